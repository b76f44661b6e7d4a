"""What a plan says of its mission, held against the mission itself.

Reach, spacing, speeds, heights, shares, endurance, ground and corridors all follow from the
mission, and the times and speeds of a flight from its points. Here all of that is derived again; a
value that differs is an error with its field's name, and the rules that follow look at what was
derived, not at what the file says.
"""

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from mcpp.errors import McppError
from mcpp.flight.motion import hover_s, leg_speeds_m_s, pass_times_s
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, FloatArray, LegKind, Plan, Problem, Sortie, Vehicle
from mcpp.problem.localize import localize

SPEED_M_S = 0.01
TIME_S = 0.05
"""Rounding of times when they are written, over the points of a flight."""
_TURN = {
    LegKind.TAKEOFF: 0,
    LegKind.TRANSIT: 1,
    LegKind.SURVEY: 2,
    LegKind.CONNECT: 2,
    LegKind.RETURN: 3,
    LegKind.LAND: 4,
}
_SHAPES = ("target", "allowed", "no_fly", "shut_in")
_OWN_WAY = ("vehicles", "corridors", "ways", *_SHAPES)
_SHAPE_M2 = 1.0
_SHAPE_PART = 1e-6
_SHARE_SUM = 1e-3


def derived_problem(plan: Plan) -> tuple[Problem | None, tuple[Finding, ...]]:
    """Derive the problem from the mission, with the plan's shares and corridors where they may be.

    Returns
    -------
    The problem, or None where the mission itself is refused; and what differs from it.
    """
    try:
        frame = LocalFrame(plan.origin_lon_lat_deg)
        problem = localize(plan.mission, frame)
    except McppError as error:
        return None, (Finding(level="error", code="mission", message=f"mission: {error}"),)
    found = [*_origin(plan), *_values(plan.problem, problem)]
    for name in _SHAPES:
        if not _alike(getattr(plan.problem, name), getattr(problem, name)):
            found.append(_differs(f"problem.{name}_m", "its shape", "another"))
    for given_way, own_way in zip_longest(plan.problem.ways, problem.ways):
        given_way, own_way = given_way or MultiPolygon(), own_way or MultiPolygon()
        if not _alike(given_way, own_way):
            found.append(_differs("problem.ways_m", "a shape", "another"))
    vehicles = list(problem.vehicles)
    for i, (given, own) in enumerate(zip(plan.problem.vehicles, problem.vehicles, strict=True)):
        wrong = list(_vehicle(f"problem.vehicles[{i}]", given, own, balance=problem.balance))
        found += wrong
        vehicles[i] = replace(own, share=given.share if problem.balance else own.share)
    found += _shares(plan)
    found += _corridors(plan, problem)
    corridors = plan.problem.corridors if problem.corridors else problem.corridors
    return replace(problem, vehicles=tuple(vehicles), corridors=corridors), tuple(found)


def check_motion(plan: Plan, sortie: Sortie, vehicle: Vehicle, name: str) -> Iterator[Finding]:
    """Compare the kinds, speeds and times of a flight with what follows from its points."""
    kinds = np.unique(sortie.kind)
    if not np.isin(kinds, [int(kind) for kind in LegKind]).all():
        last = max(int(kind) for kind in LegKind)
        message = f"{name}: kind: {int(kinds.max())}: a leg has a kind of 0 to {last}"
        yield Finding(level="error", code="kind", message=message, uav=vehicle.id)
        return
    in_turn = [LegKind(kind) for kind in sortie.kind]
    if plan.begun is not None:  # from its own ground it goes on to that of another
        in_turn = [kind for kind in in_turn if kind != LegKind.TRANSIT]
    if (np.diff([_TURN[kind] for kind in in_turn]) < 0).any():
        message = (
            f"{name}: kind: its legs are not in the order take-off, way, work, return, landing"
        )
        yield Finding(level="error", code="kind", message=message, uav=vehicle.id)
        return
    try:
        speeds = leg_speeds_m_s(sortie.xyz_m, sortie.kind, vehicle)
        hover = hover_s(sortie.kind, vehicle)
        times = pass_times_s(sortie.xyz_m, sortie.kind, vehicle, hover=hover)
    except McppError as error:
        yield Finding(level="error", code="times", message=f"{name}: {error}", uav=vehicle.id)
        return
    off_m_s = _worst(sortie.speed_m_s - speeds)
    if not off_m_s <= SPEED_M_S:
        message = f"{name}: speed_m_s: {off_m_s:.1f} m/s off what its legs and the mission give"
        yield Finding(level="error", code="speeds", message=message, uav=vehicle.id)
    off_s = _worst(sortie.time_s - sortie.time_s[0] - (times - times[0]))
    if not off_s <= TIME_S:
        message = (
            f"{name}: time_s: {off_s:.1f} s off what its legs and the mission give: plan it again"
        )
        yield Finding(level="error", code="times", message=message, uav=vehicle.id)


def check_heights(plan: Plan, sortie: Sortie, vehicle: Vehicle, name: str) -> Iterator[Finding]:
    """See that a flight keeps the heights of the mission, above its launch point.

    It begins and ends on the ground, or begins where it is in the air; it surveys at the survey
    height, and is at none of its other points lower or higher than the lowest and highest height
    that the mission gives. With a terrain model heights are above ground: see `mcpp.check.flights`.
    """
    height = sortie.xyz_m[:, 2]
    wrong = []
    flown = np.abs(height[[-1] if sortie.airborne else [0, -1]]).max()
    if plan.mission.flight.terrain is None and flown > 0.05:
        wrong.append(f"it begins or ends {flown:.1f} m off the ground")
    if plan.mission.flight.terrain is None and len(height) > 2:
        levels = [height for wall in plan.problem.walls for height in wall.heights_m]
        levels = levels or [vehicle.height_m]
        own = [*levels, vehicle.takeoff_height_m, vehicle.transit_height_m]
        known = [h for h in (*own, vehicle.return_height_m) if h is not None]
        work = sortie.kind == LegKind.SURVEY
        moving = (sortie.kind != LegKind.TAKEOFF) & (sortie.kind != LegKind.LAND)
        if sortie.airborne:  # it may be on its way up
            moving[: 1 + int(height[0] < min(known))] = False
        ends = np.concatenate([height[:-1][moving], height[1:][moving]])
        if len(ends) and ends.min() < min(known) - 0.05:
            wrong.append(f"a leg is {ends.min():.1f} m high, the lowest height is {min(known):g} m")
        top = max(*known, 0.0)
        if height.max() > top + 0.05:
            wrong.append(f"a leg is {height.max():.1f} m high, the highest height is {top:g} m")
        survey = np.concatenate([height[:-1][work], height[1:][work]])
        off = np.abs(survey[:, None] - levels).min(axis=1).max() if len(survey) else 0.0
        if off > 0.05:
            nearest = ", ".join(f"{level:g}" for level in sorted(set(levels)))
            wrong.append(f"it surveys {off:.1f} m off its height of {nearest} m")
        if height.max() > plan.mission.flight.max_height_m + 0.05:
            limit_m = plan.mission.flight.max_height_m
            wrong.append(f"{height.max():.0f} m is above flight.max_height_m ({limit_m:g} m)")
    if wrong:
        message = f"{name}: xyz_m: {'; '.join(wrong)}"
        yield Finding(level="error", code="heights", message=message, uav=vehicle.id)


def _worst(off: FloatArray) -> float:
    return float(np.abs(off).max()) if np.isfinite(off).all() else math.nan


def _differs(where: str, given: Any, wanted: Any) -> Finding:
    message = f"{where}: {given} does not follow from the mission, which gives {wanted}"
    return Finding(level="error", code="derived", message=message)


def _shown(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _same(given: Any, own: Any) -> bool:
    """Whether two values are the same, numbers but for rounding."""
    if isinstance(given, bool) or isinstance(own, bool) or given is None or own is None:
        return given is own
    if isinstance(given, int | float) and isinstance(own, int | float):
        return math.isclose(given, own, rel_tol=1e-9, abs_tol=1e-6)
    if is_dataclass(given) and type(given) is type(own):
        return all(_same(getattr(given, f.name), getattr(own, f.name)) for f in fields(given))
    if isinstance(given, tuple | list) and isinstance(own, tuple | list):
        return len(given) == len(own) and all(map(_same, given, own))
    return bool(given == own)


def _differing(where: str, given: Any, own: Any) -> Iterator[Finding]:
    """Name what of a value differs, down to the field of the part of it that does."""
    if _same(given, own):
        return
    if is_dataclass(given) and type(given) is type(own):
        for field in fields(given):
            one, two = getattr(given, field.name), getattr(own, field.name)
            yield from _differing(f"{where}.{field.name}", one, two)
        return
    yield _differs(where, _shown(given), _shown(own))


def _origin(plan: Plan) -> Iterator[Finding]:
    rings = [np.array(part.outer_lon_lat_deg) for part in plan.mission.area]
    rings += [np.array(one.line_lon_lat_deg) for one in plan.mission.along]
    east = [(ring[:, 0] - plan.origin_lon_lat_deg[0] + 180) % 360 - 180 for ring in rings]
    north = [ring[:, 1] - plan.origin_lon_lat_deg[1] for ring in rings]
    if any(min(map(np.min, off)) > 0.01 or max(map(np.max, off)) < -0.01 for off in (east, north)):
        yield _differs("origin_lon_lat_deg", "a place beside the area", "one in it")


def _values(given: Problem, own: Problem) -> Iterator[Finding]:
    for field in fields(Problem):
        if field.name in _OWN_WAY:
            continue
        one, two = getattr(given, field.name), getattr(own, field.name)
        yield from _differing(f"problem.{field.name}", one, two)


def _vehicle(where: str, given: Vehicle, own: Vehicle, *, balance: bool) -> Iterator[Finding]:
    for field in fields(Vehicle):
        if field.name == "share" and balance:
            continue
        one, two = getattr(given, field.name), getattr(own, field.name)
        yield from _differing(f"{where}.{field.name}", one, two)


def _shares(plan: Plan) -> Iterator[Finding]:
    """Shares that nobody asked for are the planner's, but they are a division of the whole."""
    shares = [vehicle.share for vehicle in plan.problem.vehicles]
    if not (all(0 < s <= 1 for s in shares) and abs(sum(shares) - 1) <= _SHARE_SUM):
        message = "problem.vehicles: their shares do not sum to 1"
        yield Finding(level="error", code="derived", message=message)


def _alike(given: BaseGeometry, own: BaseGeometry) -> bool:
    """Whether two shapes are the same but for rounding."""
    try:
        away = shapely.area(shapely.symmetric_difference(given, own))
    except shapely.errors.GEOSException:  # what it says is no valid shape
        return False
    return bool(away <= max(_SHAPE_M2, _SHAPE_PART * shapely.area(own)))


def _corridors(plan: Plan, problem: Problem) -> Iterator[Finding]:
    """Corridors may be fewer than the mission allows, not others."""
    for i, (given, uav) in enumerate(zip(plan.problem.corridors, plan.mission.uavs, strict=False)):
        own = problem.corridors[i] if problem.corridors else None
        if given is None or given.is_empty:
            continue
        try:
            room = shapely.Point() if own is None else own.buffer(0.01)
            beside_m2 = float(shapely.area(shapely.difference(given, room)))
        except shapely.errors.GEOSException:
            beside_m2 = math.inf
        if not beside_m2 <= _SHAPE_M2:
            message = f"corridor of {uav.id}: it is none that the mission needs and allows"
            yield Finding(level="error", code="corridor", message=message, uav=uav.id)
