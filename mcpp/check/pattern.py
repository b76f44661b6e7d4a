"""Is the search pattern flown that the mission asks for? Drawn anew from the degrees.

Of a pattern about a datum every leg is looked for among what is flown; of parallel legs, that each
UAV goes on from one side to the other. Where no UAV may fly a leg is cut, which is told.
"""

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.check.figures import survey_lines
from mcpp.check.ground import Ground, first_course_deg
from mcpp.ground.detection import nearest_on, passes_of
from mcpp.model import Finding, FloatArray, LegKind, LonLat, Plan, SearchPattern

NEAR_M = 0.5
"""What is flown so near to a leg flies it."""
_MISSED_M = 3.0
"""Metres of each leg that may be lost at its cuts."""
_CUT_PART = 0.002
"""Part of a pattern that is cut off, worth a line."""


def pattern_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Say which legs are not flown, which are flown out of turn, and what zones cut off."""
    search = plan.mission.search
    if search is None or plan.begun is not None or not plan.sorties:
        return
    if not all(route.in_order for route in plan.solution.routes if len(route.xy_m)):
        return  # the rest of a broken flight is no pattern
    datum = search.datum_lon_lat_deg
    if datum is not None and search.kind in {"expanding-square", "sector"}:
        yield from _about_datum(plan, ground, search, datum)
    else:
        yield from _side_to_side(plan, ground)


def square_corners(spacing_m: float, rounds: int) -> FloatArray:
    """Corners of an expanding square, ahead and to the right of its datum, shape (4 n + 2, 2)."""
    corners = [(0, 0)]
    for k in range(1, rounds + 1):
        corners += [(k, 1 - k), (k, k), (-k, k), (-k, -k)]
    return spacing_m * np.array([*corners, (rounds, -rounds)], dtype=np.float64)


def sector_points(radius_m: float, lines: int) -> FloatArray:
    """Points of a sector search, ahead and to the right of its datum, shape (3 n + 1, 2)."""
    points = [(0.0, 0.0)]
    for k in range(lines):
        for spoke in (k, k + 1):
            course = math.pi * (spoke / lines + k)
            points.append((radius_m * math.cos(course), radius_m * math.sin(course)))
        points.append((0.0, 0.0))
    return np.array(points)


def _legs_m(plan: Plan, ground: Ground, search: SearchPattern, place: LonLat) -> FloatArray:
    """Legs of a pattern about its datum, in metres, shape (n, 2, 2)."""
    datum = ground.frame.to_m(place)
    course = math.radians(first_course_deg(plan.mission))
    ahead = np.array([math.sin(course), math.cos(course)])
    right = np.array([math.cos(course), -math.sin(course)])
    if search.kind == "sector" and search.radius_m is not None:
        uavs = len(plan.mission.uavs)
        lines = 3 if uavs <= 3 else uavs + (uavs + 1) % 2
        local = sector_points(search.radius_m, lines)
    else:
        spacing_m = plan.problem.spacing_m
        half_m = search.radius_m
        if half_m is None:
            away = shapely.get_coordinates(ground.target) - datum
            half_m = float(np.abs(np.column_stack([away @ ahead, away @ right])).max())
        rounds = max(1, math.ceil(half_m / spacing_m - 0.5 - 1e-6))
        local = square_corners(spacing_m, rounds)
    points = datum + local[:, :1] * ahead + local[:, 1:] * right
    return np.stack([points[:-1], points[1:]], axis=1)


def _room(plan: Plan, ground: Ground) -> BaseGeometry:
    """Where legs of the pattern are to be flown: where UAVs may be, about what is searched."""
    room = shapely.buffer(ground.area, ground.margin_m)
    room = room.difference(shapely.union_all([zone.shape for zone in ground.zones]))
    searched = ground.target.buffer(plan.problem.spacing_m)
    return shapely.intersection(room, searched).buffer(-NEAR_M)


def _about_datum(
    plan: Plan, ground: Ground, search: SearchPattern, place: LonLat
) -> Iterator[Finding]:
    legs = shapely.linestrings(_legs_m(plan, ground, search, place))
    wanted = shapely.intersection(legs, _room(plan, ground))
    lines = [
        line for uav in range(len(plan.mission.uavs)) for line in survey_lines(plan.sorties, uav)
    ]
    flown = shapely.union_all([shapely.LineString(line).buffer(NEAR_M) for line in lines])
    left = shapely.difference(wanted, flown)
    missed = np.clip(shapely.length(left) - _MISSED_M, 0.0, None)
    dropped = bool(plan.solution.dropped)
    if missed.any():
        worst = int(np.argmax(missed))
        where = shapely.point_on_surface(left[worst])
        yield Finding(
            level="warning" if dropped else "error",
            code="pattern",
            message=f"search: {missed.sum():.0f} m of the pattern are in no flight, the most of "
            f"them on its leg {worst + 1}",
            lon_lat_deg=ground.lon_lat_deg((where.x, where.y)),
            amount_m=float(missed.sum()),
        )
    whole_m = float(shapely.length(legs).sum())
    cut_m = whole_m - float(shapely.length(wanted).sum()) - 2 * NEAR_M * len(legs)
    if cut_m > _CUT_PART * whole_m:
        yield Finding(
            level="warning",
            code="pattern-cut",
            message=f"search: {100 * cut_m / whole_m:.1f} % of the pattern's legs lie outside the "
            "area or in no-fly zones, and are not flown there",
            amount_m=cut_m,
        )
    yield from _in_turn(plan, wanted)


def _in_turn(plan: Plan, wanted: np.ndarray) -> Iterator[Finding]:
    """See that each UAV flies its legs, (n,) as far as they are to be flown, in their order."""
    passes = passes_of(plan.sorties, plan.problem.vehicles)
    lines = shapely.linestrings(passes.ends_m.reshape(-1, 2, 2))
    number, times, owners = [], [], []
    for k, leg in enumerate(wanted):
        parts = shapely.get_parts(leg)
        if not len(parts):
            continue
        middle = shapely.line_interpolate_point(
            parts[int(np.argmax(shapely.length(parts)))], 0.5, normalized=True
        )
        near = np.flatnonzero(shapely.dwithin(lines, middle, NEAR_M))
        if not len(near):
            continue
        xy_m = np.repeat([[middle.x, middle.y]], len(near), axis=0)
        along = nearest_on(passes.ends_m[near], xy_m)
        when = passes.begin_s[near] + along * (passes.end_s[near] - passes.begin_s[near])
        first = int(np.argmin(when))
        number.append(float(k))
        times.append(float(when[first]))
        owners.append(plan.sorties[int(passes.flight[near[first]])].uav)
    if number:
        yield from _falls(
            plan, np.array(owners), np.array(times), np.array(number, dtype=np.float64), slack=0.5
        )


def _side_to_side(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """See that each UAV goes on from row to row to one side, and never back."""
    middles, times, owners = _flown_middles(plan)
    if not len(middles):
        return
    course = math.radians(plan.problem.vehicles[0].direction_deg or 0.0)
    across = middles @ np.array([math.cos(course), -math.sin(course)])
    spacing_m = plan.problem.spacing_m
    for uav in sorted(set(owners.tolist())):
        own = owners == uav
        order = np.argsort(times[own], kind="stable")
        way = across[own][order]
        sign = 1.0 if way[-1] >= way[0] else -1.0
        yield from _falls(
            plan, owners[own][order], times[own][order], sign * way, slack=0.5 * spacing_m
        )


def _flown_middles(plan: Plan) -> tuple[FloatArray, FloatArray, np.ndarray]:
    """Middles of all survey legs, shape (n, 2), when they are begun, and whose they are."""
    middles, times, owners = [np.empty((0, 2))], [np.empty(0)], [np.empty(0, np.int32)]
    for sortie in plan.sorties:
        on = np.flatnonzero(sortie.kind == LegKind.SURVEY)
        xy_m = sortie.xyz_m[:, :2]
        middles.append((xy_m[on] + xy_m[on + 1]) / 2)
        times.append(sortie.time_s[on])
        owners.append(np.full(len(on), sortie.uav, dtype=np.int32))
    return np.vstack(middles), np.concatenate(times), np.concatenate(owners)


def _falls(
    plan: Plan, owners: np.ndarray, times: FloatArray, rank: FloatArray, *, slack: float
) -> Iterator[Finding]:
    """Name each UAV whose legs do not come in rising order."""
    for uav in sorted(set(owners.tolist())):
        own = owners == uav
        ranks = rank[own][np.argsort(times[own], kind="stable")]
        back = np.maximum.accumulate(ranks) - ranks
        if back.max(initial=0.0) > slack:
            uav_id = plan.mission.uavs[uav].id
            yield Finding(
                level="error",
                code="pattern-order",
                message=f"{uav_id}: it does not fly the legs of the search pattern in their order",
                uav=uav_id,
            )
