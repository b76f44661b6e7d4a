"""From a mission in degrees to a problem in metres."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import GeometryError, InputError
from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.ground.shapes import (
    ARC_SEGMENTS,
    area_shape,
    check_extent,
    check_point,
    check_points,
    grown,
    mission_points,
    zone_shape,
)
from mcpp.model import Finding, Mission, Problem, Route, Sortie, Vehicle
from mcpp.problem.corridor import access_corridor, bridges
from mcpp.problem.shares import with_predicted_shares
from mcpp.problem.vehicles import resolve_vehicles

HAIR_M = 0.05
"""How far legs stay off every border, so that a coordinate rounded to 1e-7 degrees (1.1 cm) stays
inside."""
SIMPLIFY_ABOVE_VERTICES = 1500
FARTHEST_START_M = 20_000.0
LONGEST_ID = 60
MOST_UAVS = 1000


def frame_of(mission: Mission) -> LocalFrame:
    """Choose the local frame of a mission: about the middle of its area.

    Raises
    ------
    InputError
    """
    return frame_at(mission_points(mission))


def _merged_zones(mission: Mission, frame: LocalFrame, *, buffered: bool) -> BaseGeometry:
    zones = [
        zone_shape(f"no_fly_zones[{i}]", zone, frame, buffered=buffered)
        for i, zone in enumerate(mission.no_fly_zones)
    ]
    return shapely.union_all(zones) if zones else shapely.MultiPolygon()


def _polygons(shape: BaseGeometry, smallest_m2: float = 0.0) -> BaseGeometry:
    """Keep the polygons of a shape that are not slivers."""
    parts = [
        part
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and part.area > smallest_m2
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _allowed(
    mission: Mission, area: BaseGeometry, no_fly: BaseGeometry, spacing_m: float
) -> BaseGeometry:
    """Draw where legs may run: inside the area with its overshoot or buffer, outside the zones."""
    moved = mission.overshoot_m - mission.border_buffer_m
    space = area.buffer(moved, quad_segs=ARC_SEGMENTS) if moved > 0 else grown(area, moved)
    space = space.difference(no_fly)
    tolerance = 0.0
    if shapely.get_num_coordinates(space) > SIMPLIFY_ABOVE_VERTICES:
        # a border drawn finer than the flight can follow is simplified, to the inside only
        tolerance = spacing_m / 100
    space = space.buffer(-HAIR_M - tolerance, join_style="mitre")
    if tolerance:
        space = shapely.simplify(space, tolerance)
    return _polygons(shapely.make_valid(space))


def _target(area: BaseGeometry, zones: BaseGeometry, spacing_m: float) -> BaseGeometry:
    target = area.difference(zones)
    if shapely.get_num_coordinates(target) > SIMPLIFY_ABOVE_VERTICES:
        target = shapely.simplify(target, spacing_m / 200)
    return _polygons(target)


def check_numbers(mission: Mission) -> None:
    """Refuse numbers outside their limits.

    Raises
    ------
    InputError
        Naming the field, the value and the limits.
    """
    limits = [
        ("scan_distance_m", mission.scan_distance_m, 0.1, 10_000.0, "m"),
        ("overshoot_m", mission.overshoot_m, 0.0, 1000.0, "m"),
        ("border_buffer_m", mission.border_buffer_m, 0.0, 10_000.0, "m"),
        ("coverage_percent", mission.coverage_percent, 50.0, 100.0, "%"),
    ]
    for field, value, low, high, unit in limits:
        if value is not None and not (math.isfinite(value) and low <= value <= high):
            msg = f"{field}: {value:g} {unit} is outside {low:g}..{high:g} {unit}"
            raise InputError(msg)
    if not 0 <= mission.seed < 2**63:
        msg = f"seed: {mission.seed} is not a whole number from 0 up"
        raise InputError(msg)


def names_a_file(name: str) -> bool:
    """Whether a UAV's id can be part of a file's name on all systems."""
    characters = all(c.isalnum() or c in "-_." for c in name) and not name.startswith(".")
    return characters and 0 < len(name) <= LONGEST_ID


def _check_places(mission: Mission) -> None:
    """Refuse launch, landing and priority points that are no places on Earth."""
    for i, uav in enumerate(mission.uavs):
        for name in ("start_lon_lat_deg", "landing_lon_lat_deg"):
            place = getattr(uav, name)
            if place is not None:
                check_point(f"uavs[{i}].{name}", place)
    check_points("priority_lon_lat_deg", mission.priority_lon_lat_deg)


def check_fleet(mission: Mission) -> None:
    """Refuse an empty fleet, ids used twice, and shares that are no division.

    Raises
    ------
    InputError
    """
    if not mission.uavs:
        msg = "uavs: there is none: list at least one"
        raise InputError(msg)
    if len(mission.uavs) > MOST_UAVS:
        msg = f"uavs: there are {len(mission.uavs)}: give {MOST_UAVS} or fewer"
        raise InputError(msg)
    ids = [uav.id for uav in mission.uavs]
    for i, name in enumerate(ids):
        if not names_a_file(name):
            msg = (
                f"uavs[{i}].id: {name!r} can not name a file: use 1 to {LONGEST_ID} letters, "
                "digits, '-', '_', '.'"
            )
            raise InputError(msg)
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        msg = f"uavs: id {twice[0]!r} is used {ids.count(twice[0])} times: give each UAV its own"
        raise InputError(msg)
    shares = [uav.share for uav in mission.uavs]
    given = [share for share in shares if share is not None]
    if not given:
        return
    if len(given) != len(shares):
        msg = f"uavs: {len(given)} of {len(shares)} have a share: give one to all or to none"
        raise InputError(msg)
    for i, share in enumerate(given):
        if not (math.isfinite(share) and 0 < share <= 1):
            msg = f"uavs[{i}].share: {share:g} is outside 0..1 (more than 0)"
            raise InputError(msg)
    if abs(sum(given) - 1) > 1e-3:
        msg = (
            f"uavs: the shares {', '.join(f'{s:g}' for s in given)} sum to {sum(given):g}, not to 1"
        )
        raise InputError(msg)


def _check_scan_distance(vehicles: tuple[Vehicle, ...], area: BaseGeometry) -> None:
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))
    sides = np.hypot(*np.diff(box, axis=0).T)[:2]
    for vehicle in vehicles:
        if vehicle.spacing_m > max(sides):
            msg = (
                f"scan_distance_m: {vehicle.spacing_m:g} m is larger than the area "
                f"({max(sides):.0f} m x {min(sides):.0f} m): give at most {max(sides):.0f} m"
            )
            raise InputError(msg)


def _check_place(
    field: str,
    place_m: tuple[float, float],
    area: BaseGeometry,
    mission: Mission,
    zones: list[BaseGeometry],
) -> None:
    """Refuse a launch or landing point in a no-fly zone or far from the area."""
    for j, shape in enumerate(zones):
        if shapely.intersects_xy(shape, *place_m):
            zone = mission.no_fly_zones[j]
            name = zone.name or f"no_fly_zones[{j}]"
            buffer = f" with its buffer of {zone.buffer_m:g} m" if zone.buffer_m else ""
            msg = f"{field}: it lies in the no-fly zone {name!r}{buffer}: move it out"
            raise InputError(msg)
    away_m = shapely.distance(area, shapely.Point(place_m))
    if away_m > FARTHEST_START_M or not math.isfinite(away_m):
        msg = (
            f"{field}: it is {away_m / 1000:.0f} km from the area: give a place within "
            f"{FARTHEST_START_M / 1000:.0f} km (the order is longitude, latitude)"
        )
        raise InputError(msg)


def _shut_in(
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
    return _polygons(shapely.union_all([*apart, seen.intersection(target)]))


def _pockets(
    parts: tuple[BaseGeometry, ...], vehicles: tuple[Vehicle, ...], spacing_m: float
) -> BaseGeometry:
    """Unite the shut-in parts that are to be given up: large, and no UAV starts or lands there."""
    pockets = shapely.union_all([part for part in parts if part.area > spacing_m**2])
    places = [p for v in vehicles for p in (v.start_m, v.landing_m) if p is not None]
    if any(shapely.intersects_xy(pockets, *place) for place in places):
        return shapely.MultiPolygon()
    return pockets


def _corridors(
    vehicles: tuple[Vehicle, ...],
    allowed: BaseGeometry,
    no_fly: BaseGeometry,
    between: tuple[BaseGeometry, ...],
) -> tuple[BaseGeometry | None, ...]:
    corridors: list[BaseGeometry | None] = []
    for i, vehicle in enumerate(vehicles):
        own = list(between)
        for name, place in (("start", vehicle.start_m), ("landing", vehicle.landing_m)):
            if place is not None:
                access = access_corridor(f"uavs[{i}].{name}_lon_lat_deg", place, allowed, no_fly)
                own += [] if access is None else [access]
        corridors.append(shapely.union_all(own) if own else None)
    return tuple(corridors)


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
    _check_places(mission)
    area = area_shape(mission, frame)
    check_extent(area)
    zones = [zone_shape(f"no_fly_zones[{i}]", z, frame) for i, z in enumerate(mission.no_fly_zones)]
    vehicles = resolve_vehicles(mission, frame)
    _check_scan_distance(vehicles, area)
    for i, vehicle in enumerate(vehicles):
        for name, place in (("start", vehicle.start_m), ("landing", vehicle.landing_m)):
            if place is not None and not (name == "landing" and place == vehicle.start_m):
                _check_place(f"uavs[{i}].{name}_lon_lat_deg", place, area, mission, zones)
    spacing_m = min(vehicle.spacing_m for vehicle in vehicles)
    no_fly = shapely.union_all(zones) if zones else shapely.MultiPolygon()
    target = _target(area, _merged_zones(mission, frame, buffered=False), spacing_m)
    if target.is_empty:
        msg = "no_fly_zones: they cover the whole area: leave some ground to survey"
        raise GeometryError(msg)
    if len(vehicles) > 1 and all(uav.share is None for uav in mission.uavs):
        vehicles = with_predicted_shares(vehicles, target)
    allowed = _allowed(mission, area, no_fly, spacing_m)
    if allowed.is_empty:
        msg = "no_fly_zones, border_buffer_m: they leave no room to fly: make them smaller"
        raise GeometryError(msg)
    between, cut_off = bridges(allowed, no_fly)
    shut_in: BaseGeometry = shapely.MultiPolygon()
    pockets = _pockets(cut_off, vehicles, spacing_m)
    if not pockets.is_empty:
        shut_in = _shut_in(target, allowed, pockets, vehicles)
        target = _polygons(target.difference(shut_in))
        allowed = _polygons(allowed.difference(pockets))
    return Problem(
        target=target,
        shut_in=shut_in,
        allowed=allowed,
        no_fly=no_fly,
        vehicles=vehicles,
        coverage_percent=mission.coverage_percent,
        keep_apart=mission.keep_apart,
        corridors=_corridors(vehicles, allowed, no_fly, between),
        balance=all(uav.share is None for uav in mission.uavs),
        separation_m=mission.flight.separation_m,
        vertical_separation_m=mission.flight.vertical_separation_m,
    )


def zone_findings(mission: Mission, frame: LocalFrame) -> tuple[Finding, ...]:
    """Name no-fly zones that change nothing, since they lie outside the area."""
    area = area_shape(mission, frame)
    found = []
    for i, zone in enumerate(mission.no_fly_zones):
        shape = zone_shape(f"no_fly_zones[{i}]", zone, frame)
        if not shapely.intersects(shape, area):
            name = zone.name or f"no_fly_zones[{i}]"
            lon, lat = frame.to_deg(shapely.get_coordinates(shape.centroid)[0])
            found.append(
                Finding(
                    level="note",
                    code="zone-outside",
                    message=f"no-fly zone {name!r} lies outside the area: only transits heed it",
                    lon_lat_deg=(float(lon), float(lat)),
                )
            )
    return tuple(found)


def space_of(problem: Problem, uav: int) -> BaseGeometry:
    """Where the legs of one UAV may run: the allowed space and its corridors."""
    corridor = problem.corridors[uav] if problem.corridors else None
    if corridor is None:
        return problem.allowed
    return shapely.union_all([problem.allowed, corridor])


def without_unused_corridors(
    problem: Problem, routes: Sequence[Route], sorties: Sequence[Sortie]
) -> Problem:
    """Keep, of each UAV's corridors, only those which its routes and flights use."""
    paths = [(route.uav, route.xy_m) for route in routes]
    paths += [(sortie.uav, sortie.xyz_m[:, :2]) for sortie in sorties]
    flown: list[list[BaseGeometry]] = [[] for _ in problem.vehicles]
    for uav, xy in paths:
        if len(xy) > 1:
            flown[uav].append(shapely.LineString(xy))
    kept: list[BaseGeometry | None] = []
    for legs, corridors in zip(flown, problem.corridors, strict=True):
        outside = shapely.union_all(legs).difference(problem.allowed)
        used = (
            []
            if corridors is None
            else [c for c in shapely.get_parts(corridors) if outside.intersects(c)]
        )
        kept.append(shapely.union_all(used) if used else None)
    return replace(problem, corridors=tuple(kept))
