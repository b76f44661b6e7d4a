"""Trimmed sweep with a covering way back: a closed tour over an area, short and legal.

Evenly spaced lines at the best of many angles, each trimmed to what its band needs; a chain along
the border, which covers a strip of its own, as the way back; order by a generalised tour on legal
distances; then moves of single corners, weighed by exact flight time and by what they cover.
Idea of the chain and of the trimming: after Huang, *Optimal line-sweep-based decompositions for
coverage algorithms* (2001), and Bochkarev and Smith, *On minimizing turns in robot coverage path
planning* (2016), who both choose the sweep's direction; the way back is this project's own.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.coverage import FULL_PERCENT
from mcpp.ground.kinematics import STOP_ANGLE_DEG, route_time_s
from mcpp.model import BoolArray, FloatArray
from mcpp.planner import Observer
from planners.sweep.effort import Begin, LookOut, SweepParams, search_place
from planners.sweep.layout import INSET_M, polygons_of, survey_ground
from planners.sweep.search import Found
from planners.sweep.weigh import Physics

__all__ = ["SweepLoop", "SweepParams", "SweepResult", "sweep_tour"]

_CRUMB = 2e-5  # part of the target that is not worth a loop of its own, whatever was asked for


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepLoop:
    """A closed tour.

    Attributes
    ----------
    xy_m
        Shape (n, 2), the first point repeated at the end; two equal points where one is enough.
    survey
        Shape (n - 1,): whether a leg covers ground that no other leg does.
    angle_rad
        Direction of the survey lines.
    """

    xy_m: FloatArray
    survey: BoolArray
    angle_rad: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepResult:
    """Tours over a target.

    Attributes
    ----------
    loops
        One for each place that no legal leg joins to another, largest first; joining them is the
        caller's. Empty where no leg fits at all.
    coverage_percent
        Share of the target within reach of all legs: of exact areas, or an estimate.
    attainable_percent
        Share of the target within reach of where legs may run: more can not be had.
    exact
        Whether the coverage is of exact areas, never above the truth; a draft's is not.
    time_s, length_m
        Of all loops together, without ways between them.
    """

    loops: tuple[SweepLoop, ...]
    coverage_percent: float
    attainable_percent: float
    exact: bool
    time_s: float
    length_m: float


def _check(spacing_m: float, reach_m: float, coverage_percent: float, speed: float) -> None:
    for name, value in (("spacing_m", spacing_m), ("reach_m", reach_m), ("speed_m_s", speed)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name}: {value} is not a positive number")
    if not 0 < coverage_percent <= 100:
        raise InputError(f"coverage_percent: {coverage_percent} is not above 0 and at most 100")


def _worth_a_loop(
    places: list[BaseGeometry], target: BaseGeometry, reach_m: float, lost_share: float
) -> tuple[list[BaseGeometry], float]:
    """Give up the smallest places, up to half of what may be lost; the rest may lose the less.

    Parameters
    ----------
    places
        Where legs may run, the largest first.
    lost_share
        Share that may be lost of all that is within reach of the places.
    """
    if len(places) < 2:
        return places, lost_share
    near = shapely.intersection(target, shapely.buffer(places, reach_m, quad_segs=24))
    areas = np.maximum(shapely.area(near), 0.0)
    total, given_up = float(areas.sum()), np.cumsum(areas[::-1])
    count = int(np.searchsorted(given_up, 0.5 * lost_share * total, side="right"))
    count = min(count, len(places) - 1)
    if not count:
        return places, lost_share
    lost = float(given_up[count - 1])
    return places[:-count], (lost_share * total - lost) / (total - lost)


def sweep_tour(
    target: BaseGeometry,
    allowed: BaseGeometry,
    *,
    spacing_m: float,
    reach_m: float,
    coverage_percent: float,
    speed_m_s: float,
    acceleration_m_s2: float,
    params: SweepParams,
    rng: np.random.Generator,
    observer: Observer,
    begin: Begin | None = None,
) -> SweepResult:
    """Plan a closed tour that covers a target.

    Parameters
    ----------
    target
        What is to be covered, (Multi)Polygon in metres.
    allowed
        Where legs may run, (Multi)Polygon. Where it falls into parts, each gets a loop of its own.
    spacing_m
        Neighbouring parallel lines are at most this far apart.
    reach_m
        What lies within this distance of any leg is covered.
    coverage_percent
        Wanted share of the target, of all that is within reach of where legs may run. 100 asks for
        `FULL_PERCENT`.
    rng
        Draws the placements of trees, and what effort ``best`` tries.
    begin
        Makes the one layout that is polished in each place, in place of the search.

    Raises
    ------
    InputError
        When a length, the speed or the share is out of range.
    Cancelled
        When the observer asks to stop and there is nothing to keep.
    """
    _check(spacing_m, reach_m, coverage_percent, speed_m_s)
    ramp = speed_m_s**2 / acceleration_m_s2
    physics = Physics(float(speed_m_s), float(ramp), math.cos(math.radians(STOP_ANGLE_DEG)))
    watch = LookOut(observer, params)
    watch.at(0.0)
    inner = polygons_of(shapely.buffer(allowed, -INSET_M, join_style="mitre"))
    places = sorted(shapely.get_parts(inner), key=lambda part: -float(part.area))
    reachable = shapely.intersection(target, shapely.buffer(inner, reach_m, quad_segs=24))
    attainable = float(reachable.area)
    wanted = min(coverage_percent, FULL_PERCENT) / 100 * float(target.area)
    lost_share = max(1 - wanted / attainable, 1 - FULL_PERCENT / 100) if attainable > 0 else 0.0
    places, lost_share = _worth_a_loop(places, target, reach_m, lost_share)
    rest, covered, founds = target, 0.0, list[Found]()
    for k, place in enumerate(places):
        ground = survey_ground(
            rest,
            place,
            spacing_m=spacing_m,
            reach_m=reach_m,
            physics=physics,
            samples=1500 if params.effort == "draft" else 12000,
        )
        if ground is None or (founds and ground.area_m2 < _CRUMB * attainable):
            continue
        part = (k / len(places), (k + 1) / len(places))
        watch.at(part[0])
        found = search_place(ground, lost_share, params, watch, rng, part, begin)
        if found is None:
            continue
        founds.append(found)
        covered += found.covered_m2
        if k + 1 < len(places):
            swept = shapely.buffer(shapely.linestrings(found.xy_m), reach_m, quad_segs=24)
            rest = polygons_of(shapely.difference(rest, swept))
    return SweepResult(
        loops=tuple(SweepLoop(xy_m=f.xy_m, survey=f.survey, angle_rad=f.angle_rad) for f in founds),
        coverage_percent=100 * covered / float(target.area),
        attainable_percent=100 * attainable / float(target.area),
        exact=params.effort != "draft",
        time_s=sum(
            route_time_s(f.xy_m, speed_m_s=speed_m_s, acceleration_m_s2=acceleration_m_s2)
            for f in founds
        ),
        length_m=sum(float(np.hypot(*np.diff(f.xy_m, axis=0).T).sum()) for f in founds),
    )
