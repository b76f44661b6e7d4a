"""Shapes of a mission in metres: the area and its no-fly zones, with what makes them wrong."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import GeometryError, InputError
from mcpp.ground.frame import LocalFrame
from mcpp.limits import check_limits
from mcpp.model import (
    AreaPart,
    CircleZone,
    Corridor,
    FloatArray,
    LonLat,
    Mission,
    NoFlyZone,
    PolygonZone,
    Ring,
)

ARC_SEGMENTS = 16
"""Segments to a quarter circle, for round zones and buffers."""
LONELY_M = 3_000.0
LONELY_TIMES = 10.0
"""A corner so far from all others, and so many times farther than they are apart, is mistyped."""
WIDEST_AREA_M = 500_000.0
"""Beyond this the flat frame is no longer true to the metre."""
SMALLEST_AREA_M2 = 1.0
SHORTEST_LINE_M = 1.0
SAME_POINT_M = 0.01
"""Points of a line that are nearer to each other are one."""
NARROWEST = 1e-5
"""Area of a ring over the square of its length, below which its points lie in a line."""


def check_point(field: str, point: LonLat) -> None:
    """Refuse a point that is no place on Earth.

    Raises
    ------
    InputError
        Naming the field, the value and what would be right.
    """
    lon, lat = point
    if not (math.isfinite(lon) and math.isfinite(lat)):
        msg = f"{field}: ({lon}, {lat}) is not a number: give longitude, latitude in degrees"
        raise InputError(msg)
    if abs(lat) > 90:
        swapped = " (swapped? the order is longitude, latitude)" if abs(lon) <= 90 else ""
        msg = f"{field}: latitude {lat:g} is outside -90..90 degrees{swapped}"
        raise InputError(msg)
    if abs(lon) > 360:
        msg = f"{field}: longitude {lon:g} is outside -180..180 degrees"
        raise InputError(msg)


def check_points(field: str, points: Ring) -> None:
    """Refuse points that are no places on Earth, naming the first of them.

    Raises
    ------
    InputError
    """
    for i, point in enumerate(points):
        check_point(f"{field}[{i}]", point)


def ring_polygon(field: str, ring: Ring, frame: LocalFrame) -> shapely.Polygon:
    """Make a valid polygon in metres of one ring in degrees.

    Raises
    ------
    GeometryError
        For fewer than three different points, no area, or crossing edges; then `repaired` holds
        the shape that would be accepted, in degrees.
    """
    check_points(field, ring)
    if len(set(ring)) < 3:
        msg = f"{field}: {len(set(ring))} different points are no polygon: give 3 or more"
        raise GeometryError(msg)
    polygon = shapely.Polygon(frame.to_m(ring))
    if not polygon.is_valid:
        repaired = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
        reason = shapely.is_valid_reason(polygon)
        place = ""
        if "[" in reason:
            x, y = (float(v) for v in reason.split("[")[1].rstrip("]").split())
            lon, lat = frame.to_deg((x, y))
            place = f" near longitude {lon:.6f}, latitude {lat:.6f}"
        if repaired.is_empty or repaired.area < SMALLEST_AREA_M2:
            msg = f"{field}: the polygon encloses no area: give a ring that goes round the ground"
            raise GeometryError(msg)
        msg = (
            f"{field}: the polygon crosses or touches itself{place}: mend it, or accept the "
            f"repaired one of {repaired.area:.0f} m2 in {len(shapely.get_parts(repaired))} part(s)"
            " with --repair"
        )
        raise GeometryError(msg, repaired=frame.shape_to_deg(repaired))
    # points in a line in degrees make a sliver in metres
    if polygon.area < SMALLEST_AREA_M2 or polygon.area < NARROWEST * polygon.length**2:
        msg = f"{field}: the polygon encloses no area: its points lie in a line, or at one place"
        raise GeometryError(msg)
    return shapely.orient_polygons(polygon)


def part_shape(field: str, part: AreaPart, frame: LocalFrame) -> BaseGeometry:
    """Make one polygon of the area, its holes cut out, in metres.

    Raises
    ------
    GeometryError
    """
    shape: BaseGeometry = ring_polygon(f"{field}.outer_lon_lat_deg", part.outer_lon_lat_deg, frame)
    for j, hole in enumerate(part.holes_lon_lat_deg):
        name = f"{field}.holes_lon_lat_deg[{j}]"
        shape = shape.difference(ring_polygon(name, hole, frame))
    if shape.area < SMALLEST_AREA_M2:
        msg = f"{field}: its holes leave no area"
        raise GeometryError(msg)
    return shape


def corridor_line(field: str, corridor: Corridor, frame: LocalFrame) -> FloatArray:
    """Make the middle line of a corridor in metres, shape (n, 2); no point follows itself.

    Raises
    ------
    InputError, GeometryError
        When it is no line, or crosses itself.
    """
    check_limits(corridor, field)
    name = f"{field}.line_lon_lat_deg"
    check_points(name, corridor.line_lon_lat_deg)
    places = frame.to_m(corridor.line_lon_lat_deg).reshape(-1, 2)
    moved = np.hypot(*np.diff(places, axis=0).T) > SAME_POINT_M
    places = places[np.concatenate([[True], moved])] if len(places) else places
    line = shapely.LineString(places) if len(places) > 1 else shapely.LineString()
    if line.length < SHORTEST_LINE_M:
        msg = f"{name}: it is {line.length:.1f} m long: give two points or more that lie apart"
        raise InputError(msg)
    if not line.is_simple:
        msg = f"{name}: the line crosses or touches itself: cut it into several corridors"
        raise GeometryError(msg)
    return places


def corridor_shape(field: str, corridor: Corridor, frame: LocalFrame) -> BaseGeometry:
    """Make the ground of a corridor in metres: within half its width, cut off at its ends.

    Raises
    ------
    InputError, GeometryError
    """
    line = shapely.LineString(corridor_line(field, corridor, frame))
    return line.buffer(corridor.width_m / 2, quad_segs=ARC_SEGMENTS, cap_style="flat")


def area_shape(mission: Mission, frame: LocalFrame) -> BaseGeometry:
    """Make the whole area in metres, corridors and ways past structures included, (Multi)Polygon.

    Raises
    ------
    GeometryError
    InputError
    """
    from mcpp.ground.structures import bands  # it draws with what stands here

    if not (mission.area or mission.corridors or mission.structures):
        msg = "area: it is empty: give at least one polygon, or a corridor"
        raise InputError(msg)
    parts = [part_shape(f"area[{i}]", part, frame) for i, part in enumerate(mission.area)]
    lines = [
        corridor_shape(f"corridors[{i}]", one, frame) for i, one in enumerate(mission.corridors)
    ]
    return shapely.union_all([*parts, *lines, *bands(mission, frame)])


def prepared_copy(shape: BaseGeometry) -> BaseGeometry:
    """Copy a shape and prepare the copy: what GEOS prepares is not for several threads at once."""
    copy = shapely.from_wkb(shapely.to_wkb(shape))
    shapely.prepare(copy)
    return copy


def grown(shape: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Grow a shape by at least `distance_m`, or shrink it where that is negative.

    The arcs are drawn outside the true circle.
    """
    if distance_m == 0:
        return shape
    outside = distance_m / math.cos(math.pi / (4 * ARC_SEGMENTS))
    return shape.buffer(outside, quad_segs=ARC_SEGMENTS)


def zone_shape(
    field: str, zone: NoFlyZone, frame: LocalFrame, *, buffered: bool = True, margin_m: float = 0.0
) -> BaseGeometry:
    """Make a no-fly zone in metres, with its buffer; round ones as a polygon about the circle.

    Parameters
    ----------
    margin_m
        What goes to the buffer for how far vehicles fly beside their lines.

    Raises
    ------
    GeometryError
    InputError
    """
    check_limits(zone, field)
    buffer_m = zone.buffer_m + margin_m if buffered else 0.0
    if isinstance(zone, PolygonZone):
        return grown(
            ring_polygon(f"{field}.outer_lon_lat_deg", zone.outer_lon_lat_deg, frame), buffer_m
        )
    return circle_shape(field, zone, frame, buffer_m)


def circle_shape(field: str, zone: CircleZone, frame: LocalFrame, buffer_m: float) -> BaseGeometry:
    """Make a round zone with `buffer_m` about it.

    Raises
    ------
    InputError
    """
    check_point(f"{field}.center_lon_lat_deg", zone.center_lon_lat_deg)
    check_limits(zone, field)
    return grown(shapely.Point(frame.to_m(zone.center_lon_lat_deg)), zone.radius_m + buffer_m)


def mission_points(mission: Mission) -> list[LonLat]:
    """List the corners of the area and the points of the corridors and structures.

    Raises
    ------
    InputError
        When there are none, or one is no place on Earth.
    """
    points = [point for part in mission.area for point in part.outer_lon_lat_deg]
    for i, part in enumerate(mission.area):
        check_points(f"area[{i}].outer_lon_lat_deg", part.outer_lon_lat_deg)
    for i, corridor in enumerate(mission.corridors):
        check_points(f"corridors[{i}].line_lon_lat_deg", corridor.line_lon_lat_deg)
        points += corridor.line_lon_lat_deg
    for i, structure in enumerate(mission.structures):
        check_points(f"structures[{i}].line_lon_lat_deg", structure.line_lon_lat_deg)
        points += structure.line_lon_lat_deg
    if not points:
        for field in ("structures", "corridors"):
            if getattr(mission, field):
                msg = f"{field}[0].line_lon_lat_deg: it has no points: give those of its line"
                raise InputError(msg)
        msg = "area: it has no points: give at least one polygon of 3 or more points"
        raise InputError(msg)
    return points


def check_corners(mission: Mission, frame: LocalFrame) -> None:
    """Refuse an area with one corner far away from all others, as a mistyped digit makes it.

    Raises
    ------
    InputError
        Naming the corner.
    """
    rings = [
        *((f"area[{k}].outer", part.outer_lon_lat_deg) for k, part in enumerate(mission.area)),
        *((f"corridors[{k}].line", c.line_lon_lat_deg) for k, c in enumerate(mission.corridors)),
    ]
    for name, ring in rings:
        corners = frame.to_m(ring).reshape(-1, 2)
        if len(corners) < 3:
            continue  # refused for itself, or a line of two points
        # a corner far from all others is the one farthest from their middle, the median; that of
        # numpy loads its masked arrays, in 20 ms
        in_order = np.sort(corners, axis=0)
        middle = (in_order[(len(corners) - 1) // 2] + in_order[len(corners) // 2]) / 2
        lonely = int(np.argmax(np.hypot(*(corners - middle).T)))
        others = np.delete(corners, lonely, axis=0)
        if not np.isfinite(corners).all() or len(np.unique(corners, axis=0)) < 3:
            continue  # refused for itself by `area_shape`
        nearest_m = float(np.hypot(*(others - corners[lonely]).T).min())
        across_m = float(np.hypot(*np.ptp(others, axis=0)))
        if nearest_m > max(LONELY_M, LONELY_TIMES * across_m):
            lon, lat = ring[lonely]
            msg = (
                f"{name}_lon_lat_deg[{lonely}]: {lon:.6g}, {lat:.6g} lies "
                f"{nearest_m / 1000:.0f} km from all other corners, which are "
                f"{across_m / 1000:.1f} km apart: is it mistyped?"
            )
            raise InputError(msg)


def check_extent(area: BaseGeometry) -> None:
    """Refuse an area too wide for one flat frame.

    Raises
    ------
    InputError
    """
    west, south, east, north = shapely.bounds(area)
    extent_m = float(np.hypot(east - west, north - south))
    if extent_m > WIDEST_AREA_M:
        msg = (
            f"area: its points lie {extent_m / 1000:.0f} km apart: an area is at most "
            f"{WIDEST_AREA_M / 1000:.0f} km wide (is one point mistyped, or longitude and latitude "
            "swapped?)"
        )
        raise InputError(msg)


def polygons_of(shape: BaseGeometry) -> list[shapely.Polygon]:
    """Polygons of a (Multi)shapely.Polygon or collection, as a list."""
    if isinstance(shape, shapely.Polygon):
        return [shape]
    return [part for part in getattr(shape, "geoms", []) if isinstance(part, shapely.Polygon)]
