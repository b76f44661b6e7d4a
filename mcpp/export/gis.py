"""GeoPackage and DXF of a plan, written through GDAL.

The GeoPackage is in degrees (EPSG:4326), a layer each for area, no-fly zones, regions, routes and
launch points; "role" says what a shape is for, so that the file is read back as what it is. The DXF
is in metres of the UTM zone, whose EPSG number stands in the file's name since a DXF has no place
for it: a layer AREA, a layer NO_FLY, HOME, and for each UAV one a kind of leg. Heights are above
the launch point.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from mcpp.export.drawn import area_features, places, zone_polygons
from mcpp.export.geojson import region_features, route_features, zone_features
from mcpp.model import Plan

_DEGREES = "EPSG:4326"
_NO_TIME = "2000-01-01T00:00:00.000Z"
"""No output holds the time: a GeoPackage has to name one."""
Row = tuple[BaseGeometry, dict[str, Any]]


def to_gpkg(plan: Plan) -> bytes:
    """Write the whole plan as a GeoPackage. Same plan, same bytes."""
    layers: dict[str, tuple[str, list[Row]]] = {
        "area": (
            "Polygon",
            [(polygon, {"name": name, "role": "area"}) for name, polygon in area_features(plan)],
        ),
        "no_fly_zones": ("Polygon", list(_rows(zone_features(plan), "no_fly"))),
        "regions": ("MultiPolygon", list(_rows(region_features(plan), "unused"))),
        "routes": (
            "LineString Z",
            [
                row
                for sortie in plan.sorties
                for row in _rows(route_features(plan, sortie), "unused")
            ],
        ),
        "places": (
            "Point",
            [
                (Point(place), {"uav": uav, "role": "start" if kind == "home" else "unused"})
                for kind, uav, place in places(plan)
            ],
        ),
    }
    with tempfile.TemporaryDirectory(prefix="mcpp-") as folder:
        path = Path(folder) / "plan.gpkg"
        for layer, (kind, rows) in layers.items():
            if rows:
                _write(path, rows, "GPKG", kind, _DEGREES, layer=layer)
        return path.read_bytes()


def dxf_stem(plan: Plan) -> str:
    """Name the DXF by its coordinate system."""
    return f"routes-epsg{_utm(plan)}"


def to_dxf(plan: Plan) -> bytes:
    """Write the whole plan as a DXF. Same plan, same bytes."""
    rows: list[Row] = []
    for _, polygon in area_features(plan):
        rows += [(polygon, {"Layer": "AREA"})]
    rows += [(polygon, {"Layer": "NO_FLY"}) for _, polygon in zone_polygons(plan)]
    rows += [(Point(place), {"Layer": kind.upper()}) for kind, _, place in places(plan)]
    for sortie in plan.sorties:
        for feature in route_features(plan, sortie):
            facts = feature["properties"]
            rows.append((shape(feature["geometry"]), {"Layer": f"{facts['uav']} {facts['kind']}"}))
    code = f"EPSG:{_utm(plan)}"
    project = Transformer.from_crs(_DEGREES, code, always_xy=True).transform
    metres = [(_projected(geometry, project), facts) for geometry, facts in rows]
    with tempfile.TemporaryDirectory(prefix="mcpp-") as folder:
        path = Path(folder) / "plan.dxf"
        _write(path, metres, "DXF", "Unknown", code)
        return path.read_bytes()


def _projected(geometry: BaseGeometry, project: Any) -> BaseGeometry:
    def moved(xyz: Any) -> Any:
        east, north = project(xyz[:, 0], xyz[:, 1])
        return np.column_stack([east, north, *xyz[:, 2:].T]).round(4)

    return shapely.transform(geometry, moved, include_z=geometry.has_z)


def _utm(plan: Plan) -> int:
    lon, lat = plan.origin_lon_lat_deg
    zone = int((lon + 180.0) % 360.0 // 6.0) + 1
    return (32600 if lat >= 0 else 32700) + zone


def _rows(features: Sequence[dict[str, Any]], role: str) -> Iterator[Row]:
    for feature in features:
        facts = {k: v for k, v in feature["properties"].items() if k not in ("type", "center")}
        geometry = shape(feature["geometry"])
        if geometry.geom_type == "Polygon" and role == "unused":
            geometry = shapely.multipolygons([geometry])
        yield geometry, {**facts, "role": role}


def _columns(rows: Sequence[Row]) -> tuple[list[str], list[Any], list[Any]]:
    """Give the attributes as columns, and which of their values are missing."""
    names = list(dict.fromkeys(name for _, facts in rows for name in facts))
    columns, masks = [], []
    for name in names:
        values = [facts.get(name) for _, facts in rows]
        missing = np.array([value is None for value in values])
        number = next((type(v) for v in values if v is not None), str)
        filled = [number() if value is None else value for value in values]
        columns.append(np.array(filled, object if number is str else None))
        masks.append(missing if missing.any() else None)
    return names, columns, masks


def _write(
    path: Path, rows: Sequence[Row], driver: str, kind: str, crs: str, *, layer: str | None = None
) -> None:
    import pyogrio  # 0.2 s: only for those who need it

    names, columns, masks = _columns(rows)
    options = {"OGR_CURRENT_DATE": _NO_TIME, "DXF_WRITE_HATCH": "NO"}
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        pyogrio.raw.write(
            path,
            shapely.to_wkb([geometry for geometry, _ in rows], output_dimension=3),
            columns,
            names,
            field_mask=masks,
            layer=layer,
            driver=driver,
            geometry_type=kind,
            crs=crs,
        )
    finally:
        pyogrio.set_gdal_config_options(before)
