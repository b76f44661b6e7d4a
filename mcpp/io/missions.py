"""A mission of imported shapes whose roles are settled."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.frame import frame_at
from mcpp.ground.shapes import NARROWEST, SMALLEST_AREA_M2
from mcpp.io.mission import MOST
from mcpp.io.shapes import Imported, Role, Shape, counted
from mcpp.io.words import plain
from mcpp.model import (
    AreaPart,
    CircleZone,
    Corridor,
    LonLat,
    Mission,
    NoFlyZone,
    PolygonZone,
    Ring,
    Uav,
)

ZONE_WIDTH_M = 20.0
"""Of a zone that is drawn as a line or a point, where the file names no width."""
FAR_M = 25_000.0
"""Zones and launch points farther from the area are left out: no flight comes there."""
MOST_USED_CORNERS = 200_000
_WIDTHS = ("width", "width m", "breite", "largeur", "anchura")
_WAYS = {"power", "aerialway", "highway", "railway"}
_GEOD = Geod(ellps="WGS84")
_CAP_SEGMENTS = 4


def with_roles(imported: Imported, roles: Sequence[Role]) -> Imported:
    """Give each shape the role that the user chose for it, in the order of the shapes."""
    shapes = [
        s if s.role == role else replace(s, role=role, why="you said so")
        for s, role in zip(imported.shapes, roles, strict=True)
    ]
    return replace(imported, shapes=tuple(shapes))


def _of(imported: Imported, role: Role) -> list[Shape]:
    return [shape for shape in imported.shapes if shape.role == role]


def _ring(ring: BaseGeometry) -> Ring:
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
    return tuple(points[:-1] if len(points) > 1 and points[0] == points[-1] else points)


def check_degrees(imported: Imported) -> None:
    """Refuse shapes whose coordinates are no degrees.

    Raises
    ------
    InputError
    """
    for shape in imported.shapes:
        if shape.role == "unused":
            continue
        points = shapely.get_coordinates(shape.geometry)
        wrong = (np.abs(points[:, 0]) > 360) | (np.abs(points[:, 1]) > 90)
        if wrong.any():
            lon, lat = points[wrong][0]
            msg = (
                f"{imported.name}: ({lon:g}, {lat:g}) is no longitude and latitude in degrees: "
                "convert the file to WGS84 (EPSG:4326), longitude first, or say by --crs EPSG:..."
                " what its coordinates are"
            )
            raise InputError(msg)


def _no_area(imported: Imported) -> InputError:
    flawed = [s for s in imported.shapes if s.flaw]
    zones = _of(imported, "zone")
    unused = [s for s in imported.shapes if s.role == "unused" and not s.flaw]
    reason = ""
    if flawed:
        reason = f": {flawed[0].title!r}: {flawed[0].flaw}"
    elif zones:
        reason = (
            f": {zones[0].title!r} is a zone ({zones[0].why}): give --areas PATTERN to say which "
            "are ground"
        )
        if any(zone.kind == "line" for zone in zones):
            reason += ", or --corridor-width METRES to survey along lines"
    elif unused:
        kinds = sorted({s.kind for s in unused})
        reason = (
            f": it has {counted(len(unused), 'shape')} ({' and '.join(kinds)}) without that role"
        )
    return InputError(f"{imported.name}: it has no polygon that could be the area{reason}")


def area_parts(imported: Imported) -> tuple[tuple[AreaPart, ...], list[Shape]]:
    """Make the area's polygons with their holes; return those holes too that lie in none.

    Raises
    ------
    InputError
        When there is neither area nor corridor.
    """
    areas = _of(imported, "area")
    if not areas and _of(imported, "corridor"):
        return (), _of(imported, "hole")
    if not areas:
        raise _no_area(imported)
    own: list[list[Ring]] = [[_ring(r) for r in a.geometry.interiors] for a in areas]
    lost = []
    tree = shapely.STRtree([shapely.make_valid(a.geometry) for a in areas])
    for hole in _of(imported, "hole"):
        inner = shapely.make_valid(hole.geometry)
        around = [
            int(i)
            for i in tree.query(inner, predicate="intersects")
            if shapely.intersection(tree.geometries[i], inner).area > 0.99 * inner.area
        ]
        if around:
            nearest = min(around, key=lambda i: areas[i].geometry.area)
            own[nearest].append(_ring(hole.geometry.exterior))
        else:
            lost.append(hole)
    parts = tuple(
        AreaPart(
            outer_lon_lat_deg=_ring(area.geometry.exterior),
            holes_lon_lat_deg=tuple(holes),
            name=area.name,
        )
        for area, holes in zip(areas, own, strict=True)
    )
    return parts, lost


def _number(shape: Shape, *keys: str) -> float | None:
    """Give the first property that is a number of metres above 0."""
    for key, value in shape.properties.items():
        if plain(key) in keys:
            try:
                number = float(str(value).strip().removesuffix("m").strip())
            except ValueError:
                continue
            if 0 < number < 10_000:
                return number
    return None


def _size_m(shape: Shape, *keys: str) -> float | None:
    """Give the size that a property holds, of what it is flown along or kept away from.

    Raises
    ------
    InputError
        When one of them says something that is no size: left out, a zone would be too small.
    """
    size_m = _number(shape, *keys)
    for key, value in shape.properties.items():
        said = plain(key) in keys and value is not None and str(value).strip() != ""
        if size_m is None and said and not _is_zero(value):
            msg = (
                f"shape {shape.title!r}: {key} {value!r} is no size: give a number of metres, "
                "above 0 and below 10000, or leave the property out"
            )
            raise InputError(msg)
    return size_m


def _is_zero(value: object) -> bool:
    try:
        return float(str(value).strip().removesuffix("m").strip()) == 0
    except ValueError:
        return False


def without_holes(polygon: BaseGeometry) -> list[BaseGeometry]:
    """Cut a polygon with holes into polygons without."""
    if polygon.geom_type != "Polygon":
        return [piece for part in shapely.get_parts(polygon) for piece in without_holes(part)]
    if not polygon.interiors:
        return [polygon] if polygon.area > 0 else []
    west, south, east, north = polygon.bounds
    middle = shapely.Polygon(polygon.interiors[0]).representative_point().x
    halves = [
        polygon.intersection(shapely.box(west, south, middle, north)),
        polygon.intersection(shapely.box(middle, south, east, north)),
    ]
    return [piece for half in halves for piece in without_holes(half)]


def _outlines(shape: Shape, width_m: float) -> list[BaseGeometry]:
    """Outline a zone in degrees: polygons as drawn, lines with their width."""
    geometry = shape.geometry
    way = shape.walked and any(plain(key) in _WAYS for key in shape.properties)
    if shape.kind == "polygon" and not way:
        return without_holes(geometry)
    line = geometry.exterior if way else geometry
    frame = frame_at(shapely.get_coordinates(line))
    wide_m = _size_m(shape, *_WIDTHS) or width_m
    outline = frame.shape_to_m(line).buffer(wide_m / 2, quad_segs=_CAP_SEGMENTS)
    return [frame.shape_to_deg(piece) for piece in without_holes(outline)]


def _corridors_of(imported: Imported, width_m: float | None) -> tuple[Corridor, ...]:
    """Make the corridors, each as wide as the file says, or as the user does.

    Raises
    ------
    InputError
        When nobody says how wide one is.
    """
    found = []
    for shape in _of(imported, "corridor"):
        wide_m = _size_m(shape, *_WIDTHS) or width_m
        if wide_m is None:
            msg = (
                f"{imported.name}: corridor {shape.title!r}: nothing says how wide it is: give "
                "--corridor-width METRES, or a property width"
            )
            raise InputError(msg)
        line = shape.geometry.exterior if shape.walked else shape.geometry
        places = tuple((float(x), float(y)) for x, y in shapely.get_coordinates(line))
        found.append(Corridor(line_lon_lat_deg=places, width_m=wide_m, name=shape.name))
    return tuple(found)


def _zones_of(shape: Shape, width_m: float) -> list[NoFlyZone]:
    facts: dict[str, Any] = {
        "name": shape.name,
        "buffer_m": _size_m(shape, "buffer m", "buffer") or 0.0,
        "ceiling_m": _number(shape, "height", "height m", "hohe", "hoehe", "hauteur", "altura"),
    }
    if shape.kind == "point":
        place = (float(shape.geometry.x), float(shape.geometry.y))
        radius_m = _size_m(shape, "radius", "radius m") or width_m / 2
        return [CircleZone(center_lon_lat_deg=place, radius_m=radius_m, **facts)]
    return [
        PolygonZone(outer_lon_lat_deg=_ring(outline.exterior), **facts)
        for outline in _outlines(shape, width_m)
    ]


def settled(imported: Imported) -> Imported:
    """Leave out areas that enclose nothing, and zones so far away that no flight comes there.

    A zone that encloses nothing is kept away from as a line.
    """
    shapes = list(imported.shapes)
    drawn = [i for i, s in enumerate(shapes) if s.role in {"area", "corridor", "zone", "hole"}]
    corners = [shapely.get_coordinates(shapes[i].geometry) for i in drawn if not shapes[i].flaw]
    if not corners or (np.abs(np.concatenate(corners)) > (360.0, 90.0)).any():
        return imported  # refused by and by, with a better reason
    ground = {"area", "corridor"}
    at = [xy for i, xy in zip(drawn, corners, strict=True) if shapes[i].role in ground]
    frame = frame_at(np.concatenate(at or corners))
    metres = shapely.transform(np.array([shapes[i].geometry for i in drawn], object), frame.to_m)
    for i, shape_m in zip(drawn, metres, strict=True):
        walls = shapes[i].kind == "polygon" and shapes[i].role != "corridor"
        if walls and _encloses_nothing(shape_m):
            shapes[i] = _as_sliver(shapes[i])
    areas_m = [m for i, m in zip(drawn, metres, strict=True) if shapes[i].role in ground]
    if areas_m:
        ground_m = shapely.MultiPoint(shapely.get_coordinates(areas_m)).convex_hull
        for i, away_m in zip(drawn, shapely.distance(ground_m, metres), strict=True):
            if shapes[i].role == "zone" and not away_m <= FAR_M:
                why = f"it lies more than {FAR_M / 1000:.0f} km from the area"
                shapes[i] = replace(shapes[i], role="unused", why=why)
    return replace(imported, shapes=tuple(shapes))


def _encloses_nothing(polygon_m: BaseGeometry) -> bool:
    sound = polygon_m if polygon_m.is_valid else shapely.make_valid(polygon_m)
    return bool(sound.area < max(SMALLEST_AREA_M2, NARROWEST * polygon_m.length**2))


def _as_sliver(shape: Shape) -> Shape:
    if shape.role == "zone":
        return replace(shape, geometry=shapely.LineString(shape.geometry.exterior), walked=False)
    why = "it encloses no area"
    return replace(shape, role="unused", why=why, flaw=why)


def mission_from(
    imported: Imported,
    *,
    uavs: int = 1,
    scan_distance_m: float | None = None,
    zone_width_m: float = ZONE_WIDTH_M,
    corridor_width_m: float | None = None,
) -> Mission:
    """Make a mission of shapes with their roles, for so many equal UAVs.

    The launch points are those of the file, in order; UAVs beyond them choose their own.

    Parameters
    ----------
    zone_width_m
        Width of zones drawn as lines or points where the file names none.
    corridor_width_m
        The same of corridors; with None the file has to name it.

    Raises
    ------
    InputError
        When there is no ground, no scan distance is known, or the shapes are too many.
    """
    if uavs < 1:
        msg = f"uavs: {uavs}: give 1 or more"
        raise InputError(msg)
    check_degrees(imported)
    imported = settled(imported)
    _check_counts(imported)
    parts, lost = area_parts(imported)
    scan_m = scan_distance_m if scan_distance_m is not None else imported.scan_distance_m
    if scan_m is None:
        msg = f"{imported.name}: it names no scan distance: give --scan-distance METRES"
        raise InputError(msg)
    places = [(float(s.geometry.x), float(s.geometry.y)) for s in _of(imported, "launch")]
    starts: list[LonLat | None] = [*places[:uavs], *[None] * (uavs - len(places))]
    return Mission(
        name=imported.name,
        area=parts,
        corridors=_corridors_of(imported, corridor_width_m),
        no_fly_zones=tuple(
            zone
            for shape in (*_of(imported, "zone"), *lost)
            for zone in _zones_of(shape, zone_width_m)
        ),
        uavs=tuple(Uav(id=f"uav{i + 1}", start_lon_lat_deg=s) for i, s in enumerate(starts)),
        scan_distance_m=scan_m,
        crew_area=tuple(
            AreaPart(
                outer_lon_lat_deg=_ring(shape.geometry.exterior),
                holes_lon_lat_deg=tuple(_ring(inner) for inner in shape.geometry.interiors),
                name=shape.name,
            )
            for shape in _of(imported, "crew")
        ),
    )


def _check_counts(imported: Imported) -> None:
    for role, key in (("zone", "no_fly_zones"), ("area", "area"), ("corridor", "corridors")):
        count, most = sum(shape.role == role for shape in imported.shapes), MOST[key]
        if count > most:
            msg = (
                f"{imported.name}: it has {counted(count, role)}: a mission takes {most:,}: choose "
                "some by --layer, --where or --areas"
            )
            raise InputError(msg)
    used = [s.geometry for s in imported.shapes if s.role != "unused"]
    corners = int(shapely.get_num_coordinates(used).sum()) if used else 0
    if corners > MOST_USED_CORNERS:
        msg = (
            f"{imported.name}: its shapes have {corners:,} corners: a mission takes "
            f"{MOST_USED_CORNERS:,}: simplify them, or choose some by --layer, --where or --areas"
        )
        raise InputError(msg)


def area_ha(shape: Shape) -> float:
    """Area of a polygon on the ellipsoid, hectares."""
    return abs(_GEOD.geometry_area_perimeter(shape.geometry)[0]) / 1e4


def length_m(shape: Shape) -> float:
    """Length of a line, or of a polygon's border, on the ellipsoid."""
    return float(_GEOD.geometry_length(shape.geometry))
