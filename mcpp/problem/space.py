"""Where legs may run and what is to be covered, in metres."""

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import ARC_SEGMENTS, grown, zone_shape
from mcpp.ground.structures import structure_ground
from mcpp.model import Mission, Problem, Vehicle, is_heeded, is_passed_over

HAIR_M = 0.05
"""How far legs stay off every border, so that a coordinate rounded to 1e-7 degrees (1.1 cm) stays
inside."""
SIMPLIFY_ABOVE_VERTICES = 1500


def over_m(vehicles: tuple[Vehicle, ...]) -> float | None:
    """Height that no UAV is below while it moves over the ground.

    None where a launch point is still to be chosen: it might be chosen under that height, in a zone
    that is flown over.
    """
    if any(vehicle.start_m is None for vehicle in vehicles):
        return None
    heights = [
        (v.height_m, v.lowest_m, v.takeoff_height_m, v.transit_height_m, v.return_height_m)
        for v in vehicles
    ]
    return min(height for own in heights for height in own if height is not None)


def way_m(vehicle: Vehicle) -> float:
    """Height that a UAV is not below on its ways there and back, after its climb."""
    own = (vehicle.takeoff_height_m, vehicle.transit_height_m, vehicle.return_height_m)
    transit_m = vehicle.height_m if vehicle.transit_height_m is None else vehicle.transit_height_m
    unsaid = (transit_m, vehicle.height_m, vehicle.height_m)
    return min(m if h is None else h for h, m in zip(own, unsaid, strict=True))


def ways_of(
    mission: Mission,
    frame: LocalFrame,
    area: BaseGeometry,
    vehicles: tuple[Vehicle, ...],
    spacing_m: float,
) -> tuple[BaseGeometry | None, ...]:
    """Draw where the ways there and back of each UAV may run that passes over zones.

    A wing passes over none: where it climbs, circles and approaches is no part of these ways.

    Returns
    -------
    One for each UAV, None where all its legs may run alike; empty where that is so for all.
    """
    zones = zone_shapes(mission, frame, over_m(vehicles))
    drawn: dict[tuple[bool, ...], BaseGeometry] = {}
    ways: list[BaseGeometry | None] = []
    for vehicle in vehicles:
        passed = tuple(
            vehicle.kind == "multirotor" and is_passed_over(zone, mission.flight, way_m(vehicle))
            for zone in mission.no_fly_zones
        )
        if any(passed) and passed not in drawn:
            kept = [zone for zone, over in zip(zones, passed, strict=True) if not over]
            kept += structure_zones(mission, frame)
            no_fly = shapely.union_all(kept) if kept else shapely.MultiPolygon()
            drawn[passed] = allowed_space(mission, area, no_fly, spacing_m)
        ways.append(drawn.get(passed))
    return tuple(ways) if any(way is not None for way in ways) else ()


def structure_zones(mission: Mission, frame: LocalFrame) -> list[BaseGeometry]:
    """Draw what nothing may fly into about each structure, in metres."""
    return [
        structure_ground(f"structures[{i}]", one, frame)[1]
        for i, one in enumerate(mission.structures)
    ]


def zone_shapes(
    mission: Mission, frame: LocalFrame, lowest_m: float | None = None, *, buffered: bool = True
) -> list[BaseGeometry]:
    """Make the no-fly zones in metres, in their order; one that is not heeded is empty.

    Parameters
    ----------
    lowest_m
        Height that no UAV is below, so that low zones are passed over; None when none is.
    """
    margin_m = mission.flight.tracking_margin_m
    return [
        zone_shape(f"no_fly_zones[{i}]", zone, frame, buffered=buffered, margin_m=margin_m)
        if is_heeded(zone, mission.flight, lowest_m)
        else shapely.MultiPolygon()
        for i, zone in enumerate(mission.no_fly_zones)
    ]


def polygons_only(shape: BaseGeometry, smallest_m2: float = 0.0) -> BaseGeometry:
    """Keep the polygons of a shape that are not slivers."""
    parts = [
        part
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and part.area > smallest_m2
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def allowed_space(
    mission: Mission, area: BaseGeometry, no_fly: BaseGeometry, spacing_m: float
) -> BaseGeometry:
    """Draw where legs may run: inside the area with its overshoot or buffer, outside the zones."""
    moved = (
        0.0
        if mission.structures
        else mission.overshoot_m - mission.border_buffer_m - mission.flight.tracking_margin_m
    )
    space = area.buffer(moved, quad_segs=ARC_SEGMENTS) if moved > 0 else grown(area, moved)
    space = space.difference(no_fly)
    tolerance = 0.0
    if shapely.get_num_coordinates(space) > SIMPLIFY_ABOVE_VERTICES:
        # a border drawn finer than the flight can follow is simplified, to the inside only
        tolerance = spacing_m / 100
    space = space.buffer(-HAIR_M - tolerance, join_style="mitre")
    if tolerance:
        space = shapely.simplify(space, tolerance)
    return polygons_only(shapely.make_valid(space))


def target_of(area: BaseGeometry, zones: BaseGeometry, spacing_m: float) -> BaseGeometry:
    """Return the ground to cover: the area without its zones; their buffers are covered."""
    target = area.difference(zones)
    if shapely.get_num_coordinates(target) > SIMPLIFY_ABOVE_VERTICES:
        target = shapely.simplify(target, spacing_m / 200)
    return polygons_only(target)


def shut_in_ground(
    target: BaseGeometry,
    allowed: BaseGeometry,
    pockets: BaseGeometry,
    vehicles: tuple[Vehicle, ...],
) -> BaseGeometry:
    """Find the ground that can be covered from pockets of the allowed space alone."""
    reach_m = max(vehicle.reach_m for vehicle in vehicles)
    outside = allowed.difference(pockets)
    parts = shapely.get_parts(target)
    apart = parts[shapely.intersects(parts, pockets) & ~shapely.intersects(parts, outside)]
    seen = shapely.difference(pockets.buffer(reach_m), outside.buffer(reach_m))
    return polygons_only(shapely.union_all([*apart, seen.intersection(target)]))


def pockets_of(
    parts: tuple[BaseGeometry, ...], vehicles: tuple[Vehicle, ...], spacing_m: float
) -> BaseGeometry:
    """Unite the shut-in parts that are to be given up: large, and no UAV starts or lands there."""
    pockets = shapely.union_all([part for part in parts if part.area > spacing_m**2])
    places = [p for v in vehicles for p in (v.start_m, v.landing_m) if p is not None]
    if any(shapely.intersects_xy(pockets, *place) for place in places):
        return shapely.MultiPolygon()
    return pockets


def space_of(problem: Problem, uav: int) -> BaseGeometry:
    """Where the legs of one UAV may run: the allowed space and its corridors."""
    corridor = problem.corridors[uav] if problem.corridors else None
    if corridor is None:
        return problem.allowed
    return shapely.union_all([problem.allowed, corridor])


def passes_over(problem: Problem, uav: int) -> bool:
    """Tell whether the ways there and back of a UAV may pass over zones."""
    return bool(problem.ways) and problem.ways[uav] is not None


def way_space_of(problem: Problem, uav: int) -> BaseGeometry:
    """Where the ways there and back of one UAV may run, at their own heights."""
    own = problem.ways[uav] if problem.ways else None
    space = space_of(problem, uav)
    return space if own is None else shapely.union_all([space, own])
