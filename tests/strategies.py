"""Hypothesis strategies: polygons with holes, zones, fleets, problems and missions.

Everything is drawn in metres about an anchor and brought to degrees where a mission is wanted.
"""

import math

import numpy as np
import shapely
import shapely.affinity
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    FOOTPRINT_RADIUS,
    AreaPart,
    CircleZone,
    LonLat,
    Mission,
    PolygonZone,
    Problem,
    Ring,
    Uav,
    Vehicle,
)

ANCHOR_LON_LAT_DEG: LonLat = (22.92, 40.63)
ANCHORS_LON_LAT_DEG: tuple[LonLat, ...] = (
    ANCHOR_LON_LAT_DEG,
    (-70.5, -33.4),
    (179.9995, -17.0),
    (15.6, 78.2),
    (0.0, 0.0),
)
HAIR_M = 0.02
EMPTY = MultiPolygon()

# ------------------------------------------------------------------------------- plain builders


def points_lon_lat_deg(
    xy_m: np.ndarray, anchor_lon_lat_deg: LonLat = ANCHOR_LON_LAT_DEG
) -> list[LonLat]:
    """Points in metres about the anchor, shape (n, 2), as longitudes and latitudes."""
    frame = LocalFrame(anchor_lon_lat_deg)
    return [(float(lon), float(lat)) for lon, lat in frame.to_deg(np.asarray(xy_m, dtype=float))]


def ring_lon_lat_deg(shape: Polygon, anchor_lon_lat_deg: LonLat = ANCHOR_LON_LAT_DEG) -> Ring:
    """Outer ring of a polygon in metres, open, in degrees."""
    return tuple(points_lon_lat_deg(np.array(shape.exterior.coords)[:-1], anchor_lon_lat_deg))


def area_part_of(shape: Polygon, anchor_lon_lat_deg: LonLat = ANCHOR_LON_LAT_DEG) -> AreaPart:
    """A polygon in metres as part of a mission's area."""
    holes = [Polygon(hole) for hole in shape.interiors]
    return AreaPart(
        outer_lon_lat_deg=ring_lon_lat_deg(shape, anchor_lon_lat_deg),
        holes_lon_lat_deg=tuple(ring_lon_lat_deg(hole, anchor_lon_lat_deg) for hole in holes),
    )


def problem_of(
    area: BaseGeometry,
    no_fly: BaseGeometry = EMPTY,
    *,
    count: int = 1,
    spacing_m: float = 20.0,
    shares: tuple[float, ...] | None = None,
    starts_m: tuple[tuple[float, float] | None, ...] | None = None,
    reach_m: float | None = None,
    keeps_spacing: bool = False,
) -> Problem:
    """Problem over an area in metres, with `count` like vehicles; shares are equal unless given.

    They cover what lies within reach, unless their lines are to keep their spacing.
    """
    target = area.difference(no_fly)
    shares = shares or (1.0 / count,) * count
    starts_m = starts_m or (None,) * count
    return Problem(
        target=target,
        allowed=target.buffer(-HAIR_M, join_style="mitre"),
        no_fly=no_fly,
        vehicles=tuple(
            Vehicle(
                id=f"uav-{index + 1}",
                start_m=starts_m[index],
                landing_m=starts_m[index],
                share=shares[index],
                spacing_m=spacing_m,
                reach_m=FOOTPRINT_RADIUS * spacing_m if reach_m is None else reach_m,
                keeps_spacing=keeps_spacing,
            )
            for index in range(count)
        ),
        corridors=(None,) * count,
    )


# ----------------------------------------------------------------------------------- strategies


@st.composite
def star_polygons(
    draw: st.DrawFn,
    *,
    min_radius_m: float = 60.0,
    max_radius_m: float = 300.0,
    max_corners: int = 12,
) -> Polygon:
    """Star-shaped polygons about the origin: valid by construction, often with deep notches."""
    corners = draw(st.integers(3, max_corners))
    gaps = np.array(draw(st.lists(st.integers(2, 6), min_size=corners, max_size=corners)), float)
    angles = np.cumsum(gaps) * (2 * math.pi / gaps.sum())
    parts = draw(st.lists(st.integers(0, 20), min_size=corners, max_size=corners))
    radii = min_radius_m + np.array(parts) / 20 * (max_radius_m - min_radius_m)
    turn = draw(st.integers(0, 23)) * (math.pi / 12)
    ring = radii[:, None] * np.stack([np.cos(angles + turn), np.sin(angles + turn)], axis=1)
    return Polygon(np.round(ring, 3))


@st.composite
def comb_polygons(draw: st.DrawFn) -> Polygon:
    """Rectangles with rectangular bites out of their long sides: necks, arms and corridors."""
    width, height = draw(st.integers(8, 30)) * 20.0, draw(st.integers(5, 20)) * 20.0
    shape: BaseGeometry = shapely.box(0, 0, width, height)
    for _ in range(draw(st.integers(0, 3))):
        x = draw(st.integers(1, 9)) / 10 * width
        bite_width = draw(st.integers(1, 12)) * 5.0
        depth = draw(st.integers(1, 9)) / 10 * height
        bottom = 0.0 if draw(st.booleans()) else height - depth
        shape = shape.difference(shapely.box(x, bottom, x + bite_width, bottom + depth))
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return Polygon(parts[0])


@st.composite
def polygons(draw: st.DrawFn, *, max_holes: int = 2) -> Polygon:
    """Valid polygons of 100 to 600 m with up to `max_holes` holes; a hole that does not fit goes.

    The polygon stays in one part, and a hole keeps 10 m from the border and from other holes.
    """
    shape: Polygon = draw(st.one_of(star_polygons(), comb_polygons()))
    holes: list[Polygon] = []
    for _ in range(draw(st.integers(0, max_holes))):
        x, y = draw(points_inside(shape))
        room = shapely.boundary(shape).distance(Point(x, y)) - 10.0
        hole = draw(star_polygons(min_radius_m=0.3, max_radius_m=1.0, max_corners=7))
        hole = shapely.affinity.translate(
            shapely.affinity.scale(hole, room, room, origin=(0, 0)), x, y
        )
        if room > 4 and all(hole.distance(other) > 10 for other in holes):
            holes.append(hole)
    return Polygon(shape.exterior, [hole.exterior for hole in holes])


@st.composite
def _shapes_within(draw: st.DrawFn, shape: Polygon) -> Polygon:
    """Small star polygons about a point of a shape; they may stick out of it."""
    small = draw(star_polygons(min_radius_m=5.0, max_radius_m=50.0, max_corners=7))
    x, y = draw(points_inside(shape))
    return shapely.transform(small, lambda points: np.round(points + np.array([x, y]), 3))


@st.composite
def points_inside(draw: st.DrawFn, shape: BaseGeometry) -> tuple[float, float]:
    """Points inside a shape, at least a hair from its border where it has that much room."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(parts[0]))
    triangle = triangles[draw(st.integers(0, len(triangles) - 1))]
    weights = np.array([draw(st.integers(1, 9)) for _ in range(3)], float)
    x, y = weights / weights.sum() @ np.array(triangle.exterior.coords)[:3]
    return float(x), float(y)


@st.composite
def share_vectors(draw: st.DrawFn, count: int) -> tuple[float, ...]:
    """Shares that sum to 1, none below a twentieth of an equal share."""
    weights = np.array(draw(st.lists(st.integers(1, 10), min_size=count, max_size=count)), float)
    shares = weights / weights.sum()
    return tuple(float(share) for share in shares)


@st.composite
def problems(draw: st.DrawFn, *, max_uavs: int = 4, max_holes: int = 2) -> Problem:
    """Problems in metres: polygon with holes, up to one zone at its border, a fleet with shares."""
    area = draw(polygons(max_holes=max_holes))
    no_fly: BaseGeometry = EMPTY
    if draw(st.booleans()):
        zone = draw(_shapes_within(area))
        if area.difference(zone).area > 0.5 * area.area:
            no_fly = zone
    count = draw(st.integers(1, max_uavs))
    target = area.difference(no_fly)
    starts = tuple(
        draw(st.one_of(st.none(), points_inside(target.buffer(-1.0)))) for _ in range(count)
    )
    return problem_of(
        area,
        no_fly,
        count=count,
        spacing_m=draw(st.sampled_from([10.0, 15.0, 20.0, 30.0])),
        shares=draw(share_vectors(count)),
        starts_m=starts,
    )


@st.composite
def fleets(
    draw: st.DrawFn, shape: BaseGeometry, anchor_lon_lat_deg: LonLat, *, max_uavs: int = 4
) -> tuple[Uav, ...]:
    """UAVs with or without starts inside the shape (metres), and with or without shares."""
    count = draw(st.integers(1, max_uavs))
    shares: tuple[float | None, ...] = (None,) * count
    if draw(st.booleans()):
        shares = draw(share_vectors(count))
    uavs = []
    for index in range(count):
        start = None
        if draw(st.booleans()):
            point = draw(points_inside(shape))
            start = points_lon_lat_deg(np.array([point]), anchor_lon_lat_deg)[0]
        uavs.append(Uav(id=f"uav-{index + 1}", start_lon_lat_deg=start, share=shares[index]))
    return tuple(uavs)


@st.composite
def missions(draw: st.DrawFn, *, max_uavs: int = 4, max_zones: int = 2) -> Mission:
    """Missions that a planner can meet: an area, zones that leave most of it, and a fleet."""
    anchor = draw(st.sampled_from(ANCHORS_LON_LAT_DEG))
    area = draw(polygons(max_holes=1))
    free: BaseGeometry = area
    zones: list[PolygonZone | CircleZone] = []
    for number in range(draw(st.integers(0, max_zones))):
        shape = draw(_shapes_within(area))
        buffer_m = draw(st.sampled_from([0.0, 2.5, 10.0]))
        zone: PolygonZone | CircleZone
        if draw(st.booleans()):
            radius_m = draw(st.integers(5, 40))
            ground = Point(shape.centroid).buffer(radius_m + buffer_m)
            center = points_lon_lat_deg(np.array([shape.centroid.coords[0]]), anchor)[0]
            zone = CircleZone(
                name=f"round {number}",
                center_lon_lat_deg=center,
                radius_m=float(radius_m),
                buffer_m=buffer_m,
            )
        else:
            ground = shape.buffer(buffer_m)
            zone = PolygonZone(
                name=f"zone {number}",
                outer_lon_lat_deg=ring_lon_lat_deg(shape, anchor),
                buffer_m=buffer_m,
            )
        if free.difference(ground).area > 0.5 * area.area:
            free = free.difference(ground)
            zones.append(zone)
    return Mission(
        name="drawn",
        area=(area_part_of(area, anchor),),
        no_fly_zones=tuple(zones),
        uavs=draw(fleets(free.buffer(-1.0), anchor, max_uavs=max_uavs)),
        scan_distance_m=draw(st.sampled_from([10.0, 15.0, 20.0, 30.0])),
        seed=draw(st.integers(0, 99)),
    )


@st.composite
def bent_lines(draw: st.DrawFn) -> tuple[tuple[float, float], ...]:
    """A line in metres that does not cross itself, of 1 to 6 legs and turns up to 115 degrees."""
    heading = draw(st.floats(0, 2 * math.pi))
    points = [(0.0, 0.0)]
    for _ in range(draw(st.integers(1, 6))):
        length = draw(st.floats(60, 350))
        x, y = points[-1]
        after = (x + length * math.cos(heading), y + length * math.sin(heading))
        if not shapely.LineString([*points, after]).is_simple:
            break
        points.append(after)
        heading += draw(st.floats(-2.0, 2.0))
    return tuple(points)
