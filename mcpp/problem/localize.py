"""From a mission in degrees to a problem in metres."""

from dataclasses import replace

import shapely

from mcpp.errors import GeometryError
from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.ground.shapes import (
    area_shape,
    check_corners,
    check_extent,
    corridor_line,
    mission_points,
)
from mcpp.ground.structures import BAND_M
from mcpp.model import Mission, Problem, Strip, Vehicle, Wall
from mcpp.problem.corridor import bridges, corridors_of
from mcpp.problem.crew import check_way, crew_ground, with_crew_starts
from mcpp.problem.pattern import ROUND_DATUM, Pattern, pattern_of
from mcpp.problem.shares import with_predicted_shares
from mcpp.problem.space import (
    allowed_space,
    over_m,
    pockets_of,
    polygons_only,
    shut_in_ground,
    structure_zones,
    target_of,
    ways_of,
    zone_shapes,
)
from mcpp.problem.validation import (
    check_fleet,
    check_numbers,
    check_place_in_reach,
    check_places,
    check_scan_distance,
)
from mcpp.problem.vehicles import resolve_vehicles
from mcpp.problem.walls import check_structures, walls_of


def frame_of(mission: Mission) -> LocalFrame:
    """Choose the local frame of a mission: about the middle of its area.

    Raises
    ------
    InputError
    """
    return frame_at(mission_points(mission))


def strips_of(
    mission: Mission, frame: LocalFrame, walls: tuple[Wall, ...] = ()
) -> tuple[Strip, ...]:
    """Give the corridors in metres, where they are all the ground of the mission.

    Of structures, give the bands about the ways past them.

    Raises
    ------
    InputError, GeometryError
    """
    if mission.area:
        return ()
    if walls:
        return tuple(Strip(line_m=wall.way_m, width_m=BAND_M) for wall in walls)
    lines = [corridor_line(f"corridors[{i}]", c, frame) for i, c in enumerate(mission.corridors)]
    return tuple(
        Strip(line_m=tuple((float(x), float(y)) for x, y in line), width_m=corridor.width_m)
        for line, corridor in zip(lines, mission.corridors, strict=True)
    )


def _for_pattern(vehicles: tuple[Vehicle, ...], pattern: Pattern | None) -> tuple[Vehicle, ...]:
    """Let the lines be those of a search pattern; about a datum not all are parallel."""
    if pattern is None:
        return vehicles
    if pattern.kind in ROUND_DATUM:
        return tuple(replace(v, direction_deg=None, keeps_spacing=False) for v in vehicles)
    return tuple(replace(v, direction_deg=pattern.direction_deg % 180.0) for v in vehicles)


def localize(mission: Mission, frame: LocalFrame) -> Problem:
    """Turn a mission into a problem in metres, and refuse what can not be planned.

    Raises
    ------
    InputError, GeometryError
        In one line that names the field, the value and what would be right.
    InfeasibleError
        When no-fly zones shut a launch point in.
    """
    check_numbers(mission)
    check_fleet(mission)
    check_places(mission)
    check_structures(mission)
    check_corners(mission, frame)
    area = area_shape(mission, frame)
    check_extent(area)
    zones = zone_shapes(mission, frame)
    pattern = pattern_of(mission, frame, area)
    vehicles = _for_pattern(resolve_vehicles(mission, frame), pattern)
    check_scan_distance(vehicles, area)
    for i, vehicle in enumerate(vehicles):
        for name, place in (("start", vehicle.start_m), ("landing", vehicle.landing_m)):
            if place is not None and not (name == "landing" and place == vehicle.start_m):
                check_place_in_reach(f"uavs[{i}].{name}_lon_lat_deg", place, area, mission, zones)
    spacing_m = min(vehicle.spacing_m for vehicle in vehicles)
    in_the_way = zone_shapes(mission, frame, over_m(vehicles))
    walls = walls_of(mission, frame)
    in_the_way += structure_zones(mission, frame)
    no_fly = shapely.union_all(in_the_way) if in_the_way else shapely.MultiPolygon()
    unwanted = shapely.union_all(zone_shapes(mission, frame, buffered=False))
    target = target_of(area, unwanted, spacing_m)
    if pattern is not None and pattern.ground is not None:
        target = polygons_only(shapely.intersection(target, pattern.ground))
    if target.is_empty:
        msg = "no_fly_zones: they cover the whole area: leave some ground to survey"
        raise GeometryError(msg)
    vehicles = with_crew_starts(
        vehicles,
        crew_ground(mission, frame),
        target,
        closed=no_fly,
        separation_m=mission.flight.separation_m,
    )
    for uav, vehicle in zip(mission.uavs, vehicles, strict=True):
        if uav.start_lon_lat_deg is None and vehicle.start_m is not None:
            check_place_in_reach("crew_area", vehicle.start_m, area, mission, zones)
            check_way(vehicle, target)
    if len(vehicles) > 1 and all(uav.share is None for uav in mission.uavs):
        vehicles = with_predicted_shares(vehicles, target)
    allowed = allowed_space(mission, area, no_fly, spacing_m)
    if allowed.is_empty:
        msg = "no_fly_zones, border_buffer_m: they leave no room to fly: make them smaller"
        raise GeometryError(msg)
    between, cut_off = bridges(allowed, no_fly)
    shut_in = shapely.MultiPolygon()
    pockets = pockets_of(cut_off, vehicles, spacing_m)
    if not pockets.is_empty:
        shut_in = shut_in_ground(target, allowed, pockets, vehicles)
        target = polygons_only(target.difference(shut_in))
        allowed = polygons_only(allowed.difference(pockets))
    return Problem(
        target=target,
        shut_in=shut_in,
        allowed=allowed,
        no_fly=no_fly,
        vehicles=vehicles,
        coverage_percent=mission.coverage_percent,
        keep_apart=mission.keep_apart,
        corridors=corridors_of(vehicles, allowed, no_fly, between),
        ways=ways_of(mission, frame, area, vehicles, spacing_m),
        balance=all(uav.share is None for uav in mission.uavs),
        separation_m=mission.flight.separation_m,
        vertical_separation_m=mission.flight.vertical_separation_m,
        pad_clear_s=mission.flight.pad_clear_s,
        chargers=mission.flight.chargers,
        covers=pattern is None or pattern.kind != "sector",
        strips=strips_of(mission, frame, walls),
        walls=walls,
        timing_tolerance=mission.flight.timing_tolerance,
        timing_tolerance_s=mission.flight.timing_tolerance_s,
    )
