"""GeoJSON, RFC 7946, and its older `crs` member."""

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError, shown
from mcpp.io.shapes import MOST_SHAPES, Properties, Shape, check_count, closed_line, flat

GEOMETRIES = {
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
}
_CODE = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?(EPSG|OGC|ESRI):(?:[\w.]*:)?(\w+)$", re.IGNORECASE)
_URL = re.compile(r"https?://www\.opengis\.net/def/crs/(EPSG|OGC)/[\w.]+/(\w+)$", re.IGNORECASE)
_DEEPEST = 20
_FARTHEST = 1e9
"""No coordinate system of the Earth has larger numbers."""

ToDegrees = Callable[[np.ndarray], np.ndarray]


def to_degrees(crs: Any, name: str) -> ToDegrees | None:
    """Make the conversion from a reference system to longitude and latitude; None for WGS84.

    Parameters
    ----------
    crs
        A code such as EPSG:25832, or the text of a .prj file.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        system = CRS.from_user_input(crs)
        if system.is_geographic and system == CRS.from_user_input("OGC:CRS84"):
            return None
        transformer = Transformer.from_crs(system, "OGC:CRS84", always_xy=True)
    except (CRSError, ValueError, TypeError) as error:
        msg = f"{name}: unknown coordinate system {shown(str(crs))}: give one as EPSG:25832"
        raise InputError(msg) from error

    def convert(xy: np.ndarray) -> np.ndarray:
        lon, lat = transformer.transform(xy[:, 0], xy[:, 1])
        return np.stack([lon, lat], axis=1)

    return convert


def coded_crs(text: str, name: str) -> str:
    """Read the code of a coordinate system; no other text is given to the library behind it.

    Raises
    ------
    InputError
    """
    found = _CODE.match(text.strip()) or _URL.match(text.strip())
    if found is None:
        msg = f"{name}: {shown(text)}: it is no coordinate system: give one as EPSG:25832"
        raise InputError(msg)
    return f"{found[1].upper()}:{found[2]}"


def _crs_member(value: dict[str, Any], name: str) -> ToDegrees | None:
    member = value.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    code = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(code, str):
        msg = (
            f"{name}: crs: {shown(member)}: only a coordinate system by its name is read: convert "
            "the file to WGS84 (EPSG:4326)"
        )
        raise InputError(msg)
    return to_degrees(coded_crs(code, f"{name}: crs"), f"{name}: crs")


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


def geometry_of(where: str, geometry: Any, depth: int = 0) -> BaseGeometry:
    """Read one GeoJSON geometry, in two dimensions.

    Raises
    ------
    InputError
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in GEOMETRIES or depth > _DEEPEST:
        msg = f"{where}: its geometry can not be read: {shown(kind)} is no type of geometry"
        raise InputError(msg)
    if kind == "GeometryCollection":
        members = geometry.get("geometries")
        if not isinstance(members, list):
            msg = f"{where}: its geometry can not be read: geometries: it is not a list"
            raise InputError(msg)
        parts = [geometry_of(where, member, depth + 1) for member in members]
        return shapely.GeometryCollection(parts)
    rings = kind in {"Polygon", "MultiPolygon"}
    plain = {"type": kind, "coordinates": _tidy(geometry.get("coordinates"), rings=rings)}
    try:
        shape = shapely.from_geojson(json.dumps(plain))
    except (shapely.errors.ShapelyError, ValueError, TypeError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "no geometry"
        msg = f"{where}: its geometry can not be read: {reason}"
        raise InputError(msg) from None
    found: BaseGeometry = shapely.force_2d(shape)
    return found


def properties_of(value: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the `properties` of an object, or an empty one.

    Raises
    ------
    InputError
    """
    properties = value.get("properties") or {}
    if not isinstance(properties, dict):
        msg = f"{where}.properties: {shown(properties)} is not an object"
        raise InputError(msg)
    return properties


def feature_rows(value: Any, name: str, most: int = MOST_SHAPES) -> list[dict[str, Any]]:
    """List the features of parsed GeoJSON, or make one of a bare geometry.

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
        check_count(name, len(rows), most)
        return [row for row in rows if isinstance(row, dict)]
    if kind == "Feature":
        return [value]
    if isinstance(kind, str) and kind in GEOMETRIES:
        return [{"type": "Feature", "geometry": value, "properties": {}}]
    msg = f"{name}: type: {shown(kind)} is no GeoJSON type with an area"
    raise InputError(msg)


def geojson_features(value: Any, name: str) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """List properties and shape of each feature of parsed GeoJSON.

    Raises
    ------
    InputError
    """
    found = []
    for i, row in enumerate(feature_rows(value, name)):
        if not row.get("geometry"):
            continue
        where = f"{name}: features[{i}]"
        properties = properties_of(row, where)
        found += [(properties, part) for part in flat(geometry_of(where, row["geometry"]))]
    return found


def simple_properties(properties: dict[str, Any]) -> Properties:
    """Keep the attributes that are text, numbers or flags."""
    return {
        str(key)[:80]: value if not isinstance(value, str) else value[:500]
        for key, value in properties.items()
        if isinstance(value, str | int | float | bool)
    }


def name_of(properties: dict[str, Any]) -> str:
    """Find the name among attributes, however its key is written."""
    for wanted in ("name", "title", "label", "bezeichnung", "nom", "nombre", "id"):
        for key, value in properties.items():
            named = str(key).casefold() == wanted and isinstance(value, str | int)
            if named and not isinstance(value, bool) and str(value).strip():
                return str(value).strip()[:120] if wanted != "id" or isinstance(value, str) else ""
    return ""


def geojson_shapes(value: Any, name: str, file: str, most: int = MOST_SHAPES) -> list[Shape]:
    """Read every feature of parsed GeoJSON; one that can not be read is kept with its flaw.

    Raises
    ------
    InputError
        When it is no GeoJSON, or its coordinate system can not be read.
    """
    convert = _crs_member(value, name) if isinstance(value, dict) else None
    shapes = []
    for i, row in enumerate(feature_rows(value, name, most)):
        where = f"features[{i}]"
        properties = properties_of(row, f"{name}: {where}")
        facts = {
            "name": name_of(properties),
            "file": file,
            "properties": simple_properties(properties),
        }
        if row.get("geometry") is None:
            continue
        try:
            parts = flat(geometry_of(where, row["geometry"]))
        except InputError as error:
            kind = str(row["geometry"])[:200] if isinstance(row["geometry"], dict) else ""
            shapes.append(flawed(str(error), kind, **facts))
            continue
        shapes += made(parts, convert, **facts)
    return shapes


def flawed(flaw: str, kind: str, **facts: Any) -> Shape:
    """Keep what is known of a shape whose geometry can not be read."""
    empty = (
        shapely.Point()
        if "Point" in kind
        else shapely.LineString()
        if "Line" in kind
        else shapely.Polygon()
    )
    return Shape(geometry=empty, flaw=flaw, **facts)


def made(parts: list[BaseGeometry], convert: ToDegrees | None, **facts: Any) -> list[Shape]:
    """Make a shape of each part, in degrees; closed lines become polygons.

    Parts without extent, or with coordinates that are no numbers, are kept with their flaw.
    """
    shapes = []
    for part in parts:
        flaw = _flaw(part)
        if flaw:
            shapes.append(flawed(flaw, part.geom_type, **facts))
            continue
        degrees = shapely.transform(part, convert) if convert else part
        if convert and not np.isfinite(shapely.get_coordinates(degrees)).all():
            flaw = "its coordinates lie outside its coordinate system"
            shapes.append(flawed(flaw, part.geom_type, **facts))
            continue
        ring = closed_line(degrees) if part.geom_type == "LineString" else None
        shapes.append(Shape(geometry=ring or degrees, walked=ring is not None, **facts))
    return shapes


def _flaw(part: BaseGeometry) -> str:
    points = shapely.get_coordinates(part)
    if not (np.abs(points) <= _FARTHEST).all():
        sound = np.isfinite(points).all()
        return f"a coordinate is {'larger than any on Earth' if sound else 'no number'}"
    wanted = {"Polygon": 3, "LineString": 2}.get(part.geom_type, 1)
    different: set[tuple[float, float]] = set()
    for x, y in points.tolist():
        different.add((x, y))
        if len(different) >= wanted:
            return ""
    if part.geom_type == "Polygon":
        return f"{len(different)} different points are no polygon"
    return "one point is no line"
