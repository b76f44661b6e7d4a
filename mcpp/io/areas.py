"""Areas and no-fly zones from the files that people have: GeoJSON, KML, KMZ, shapefile, GeoPackage.

GeoJSON is RFC 7946. A feature's property ``role`` says what it is: ``area``, ``no_fly`` or
``start``; without it polygons are area (those named like a no-fly zone are zones) and points are
launch points.
"""

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.io.text import parse_json, read_text
from mcpp.model import AreaPart, LonLat, Mission, NoFlyZone, PolygonZone, Ring, Uav

VECTOR_SUFFIXES = (".kml", ".kmz", ".shp", ".gpkg", ".zip")
_NO_FLY = re.compile(r"\bno[-_ ]?fly\b|\bnfz\b|\bobstacle\b|\bexclusion\b|\bhole\b", re.IGNORECASE)
_ROLES = {
    "area": "area",
    "roi": "area",
    "field": "area",
    "no_fly": "no_fly",
    "no-fly": "no_fly",
    "nfz": "no_fly",
    "obstacle": "no_fly",
    "start": "start",
    "home": "start",
    "launch": "start",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFile:
    """What a file of shapes says: area, zones, launch points and, in our own samples, a spacing."""

    name: str
    area: tuple[AreaPart, ...]
    no_fly_zones: tuple[NoFlyZone, ...] = ()
    starts: tuple[LonLat, ...] = ()
    scan_distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class _Feature:
    role: str
    name: str
    shape: BaseGeometry


def _ring(coordinates: Any) -> Ring:
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(coordinates)]
    return tuple(points[:-1] if len(points) > 1 and points[0] == points[-1] else points)


def _role(properties: dict[str, Any], shape: BaseGeometry, name: str) -> str:
    said = str(properties.get("role") or "").strip().lower()
    if said in _ROLES:
        return _ROLES[said]
    if shape.geom_type in {"Point", "MultiPoint"}:
        return "start"
    if shape.geom_type not in {"Polygon", "MultiPolygon"}:
        return "other"
    return "no_fly" if _NO_FLY.search(name) else "area"


def _tidy(coordinates: Any, *, rings: bool) -> Any:
    """Take positions down to two numbers, and close rings that a careless writer left open."""
    if not isinstance(coordinates, list) or not coordinates:
        return coordinates
    if all(isinstance(number, int | float) for number in coordinates):
        return coordinates[:2]
    tidy = [_tidy(inner, rings=rings) for inner in coordinates]
    points = all(isinstance(p, list) and len(p) == 2 and _are_numbers(p) for p in tidy)
    return [*tidy, tidy[0]] if rings and points and len(tidy) > 2 and tidy[0] != tidy[-1] else tidy


def _are_numbers(values: list[Any]) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _shape(where: str, geometry: Any) -> BaseGeometry:
    if isinstance(geometry, dict) and "coordinates" in geometry:
        rings = geometry.get("type") in {"Polygon", "MultiPolygon"}
        geometry = {**geometry, "coordinates": _tidy(geometry["coordinates"], rings=rings)}
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        reason = str(error).splitlines()[0] if str(error) else "no geometry"
        msg = f"{where}: its geometry can not be read: {reason}"
        raise InputError(msg) from None
    return shapely.force_2d(shape)


def _flat(shape: BaseGeometry) -> list[BaseGeometry]:
    if shape.geom_type == "GeometryCollection":
        return [part for sub in shapely.get_parts(shape) for part in _flat(sub)]
    return [shape]


def _properties(value: dict[str, Any], where: str) -> dict[str, Any]:
    properties = value.get("properties") or {}
    if not isinstance(properties, dict):
        msg = f"{where}.properties: {str(properties)[:40]!r} is not an object"
        raise InputError(msg)
    return properties


def geojson_features(value: Any, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """List properties and shape of each feature of parsed GeoJSON.

    Raises
    ------
    InputError
    """
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        rows = value.get("features")
        if not isinstance(rows, list):
            msg = f"{name}: features: it is not a list"
            raise InputError(msg)
    elif kind == "Feature":
        rows = [value]
    elif kind in {"Polygon", "MultiPolygon", "LineString", "MultiLineString", "GeometryCollection"}:
        rows = [{"geometry": value, "properties": {}}]
    else:
        msg = f"{name}: type: {kind!r} is no GeoJSON type with an area"
        raise InputError(msg)
    found = []
    for i, row in enumerate(rows):
        if not isinstance(row, dict) or not row.get("geometry"):
            continue
        properties = _properties(row, f"{name}: features[{i}]")
        found += [
            (properties, shape)
            for shape in _flat(_shape(f"{name}: features[{i}]", row["geometry"]))
            if not shape.is_empty
        ]
    return found


def _check_degrees(name: str, points: Ring) -> None:
    for lon, lat in points:
        if not (abs(lon) <= 360 and abs(lat) <= 90):
            msg = (
                f"{name}: ({lon:g}, {lat:g}) is no longitude and latitude in degrees: "
                "convert the file to WGS84 (EPSG:4326), longitude first"
            )
            raise InputError(msg)


def _collected(features: list[_Feature], name: str, scan_distance_m: float | None) -> AreaFile:
    parts, zones, starts = [], [], []
    for feature in features:
        for shape in shapely.get_parts(feature.shape):
            if feature.role == "area":
                holes = tuple(_ring(hole) for hole in shape.interiors)
                parts.append(
                    AreaPart(outer_lon_lat_deg=_ring(shape.exterior), holes_lon_lat_deg=holes)
                )
            elif feature.role == "no_fly":
                ring = _ring(shape.exterior)
                zones.append(PolygonZone(outer_lon_lat_deg=ring, name=feature.name))
            elif feature.role == "start":
                starts.append((float(shape.x), float(shape.y)))
    if not parts:
        msg = f"{name}: it has no polygon that could be the area"
        raise InputError(msg)
    for ring in (
        *(part.outer_lon_lat_deg for part in parts),
        *(z.outer_lon_lat_deg for z in zones),
    ):
        _check_degrees(name, ring)
    _check_degrees(name, tuple(starts))
    return AreaFile(
        name=name,
        area=tuple(parts),
        no_fly_zones=tuple(zones),
        starts=tuple(starts),
        scan_distance_m=scan_distance_m,
    )


def _feature(properties: dict[str, Any], shape: BaseGeometry) -> _Feature:
    keys = {str(key).lower(): key for key in properties}
    name = str(properties.get(keys.get("name", "name")) or "")
    role = _role(properties, shape, name)
    wanted = {"area": "Polygon", "no_fly": "Polygon", "start": "Point"}.get(role)
    if wanted and wanted not in shape.geom_type:
        msg = f"feature {name!r}: role {role!r} with a {shape.geom_type}: a {wanted} is needed"
        raise InputError(msg)
    return _Feature(role, name, shape)


def area_from_geojson(value: Any, name: str) -> AreaFile:
    """Read area, zones and launch points from parsed GeoJSON.

    Raises
    ------
    InputError
    """
    features = [_feature(p, shape) for p, shape in geojson_features(value, name)]
    scan = _properties(value, name).get("scan_distance_m")
    if isinstance(scan, bool) or not isinstance(scan, int | float):
        scan = None
    return _collected(features, Path(name).stem, scan)


def _vector_path(path: Path) -> str:
    """Name a file as GDAL wants it; of a zip the first folder or file in it that it can read.

    Raises
    ------
    InputError
    """
    if path.suffix.lower() != ".zip":
        return str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            inside = sorted(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        msg = f"{path}: it can not be read: it is no zip archive, or a broken one"
        raise InputError(msg) from None
    for name in inside:
        kind = PurePosixPath(name).suffix.lower()
        if kind in {".shp", ".gpkg", ".kml"} and "__MACOSX" not in name:
            # GDAL reads all shapefiles of a folder together
            inner = str(PurePosixPath(name).parent) if kind == ".shp" else name
            return f"/vsizip/{{{path}}}/{inner}".removesuffix("/.")
    msg = f"{path}: it holds no .shp, .gpkg or .kml"
    raise InputError(msg)


def area_from_vector_file(path: str | Path) -> AreaFile:
    """Read a KML, KMZ, shapefile (also zipped) or GeoPackage through GDAL, all its layers.

    Other coordinate systems are turned into WGS84; a file that names none is taken as such when
    its numbers can be degrees.

    Raises
    ------
    InputError
    """
    import pyogrio  # 0.2 s: only for those who need it
    from pyproj import CRS, Transformer

    path = Path(path)
    if not path.exists():
        msg = f"{path}: there is no such file"
        raise InputError(msg)
    features: list[_Feature] = []
    source = _vector_path(path)
    try:
        layers = [str(row[0]) for row in pyogrio.list_layers(source)]
        for layer in layers:
            meta, _, shapes, columns = pyogrio.raw.read(source, layer=layer)
            names = list(meta["fields"])
            crs = CRS.from_user_input(meta["crs"]) if meta["crs"] else None
            to_deg = Transformer.from_crs(crs, "OGC:CRS84", always_xy=True) if crs else None
            for i, blob in enumerate(shapes):
                if blob is None:
                    continue
                shape = shapely.force_2d(shapely.from_wkb(blob))
                if to_deg is not None:
                    shape = shapely.transform(shape, to_deg.transform, interleaved=False)
                properties = {n: columns[j][i] for j, n in enumerate(names)}
                parts = [part for part in _flat(shape) if not part.is_empty]
                features += [_feature(properties, part) for part in parts]
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        shapely.errors.ShapelyError,
    ) as error:
        reason = str(error).splitlines()[0].split("; It might help")[0].removesuffix(".")
        msg = f"{path}: it can not be read: {reason}"
        raise InputError(msg) from None
    return _collected(features, path.stem, None)


def read_area(path: str | Path) -> AreaFile:
    """Read an area file of any supported kind.

    Raises
    ------
    InputError
    """
    if Path(path).suffix.lower() in VECTOR_SUFFIXES:
        return area_from_vector_file(path)
    return area_from_geojson(parse_json(read_text(path), str(path)), str(path))


def mission_of_area(area: AreaFile, *, uavs: int, scan_distance_m: float | None) -> Mission:
    """Make a mission of an area file, with so many equal UAVs.

    The launch points are those of the file, in order; UAVs beyond them choose their own.

    Raises
    ------
    InputError
        When no scan distance is known.
    """
    if uavs < 1:
        msg = f"uavs: {uavs}: give 1 or more"
        raise InputError(msg)
    scan_m = scan_distance_m if scan_distance_m is not None else area.scan_distance_m
    if scan_m is None:
        msg = f"{area.name}: it names no scan distance: give --scan-distance METRES"
        raise InputError(msg)
    starts = [*area.starts[:uavs], *[None] * (uavs - len(area.starts))]
    return Mission(
        name=area.name,
        area=area.area,
        no_fly_zones=area.no_fly_zones,
        uavs=tuple(Uav(id=f"uav{i + 1}", start_lon_lat_deg=s) for i, s in enumerate(starts)),
        scan_distance_m=scan_m,
    )
