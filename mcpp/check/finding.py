"""When a plan finds what the mission searches for: measured on its flights, from the mission's map.

The map is sampled anew, on rows turned against those of the planner, over the ground as the check
draws it; nothing is taken from what the planner says it would find.
"""

import math
from collections.abc import Iterator

import numpy as np

from mcpp.check.ground import Ground
from mcpp.clock import minutes
from mcpp.ground.detection import Curve, Odds, effort_curve, finding_curve, passes_of
from mcpp.model import Finding, FloatArray, Plan, SearchFigures
from mcpp.problem.odds import Sampling, odds_of

_SAMPLING = Sampling(count=20_000, turn_rad=math.atan((1 + math.sqrt(5)) / 2))
CURVE_POINTS = 121
BOUND_STEPS = 361
OUTSIDE = 0.005
"""Part of the probability outside the ground that is worth a line."""


def plan_odds(plan: Plan, ground: Ground) -> Odds | None:
    """Sample the map of a plan's mission; None where it has none, or goes on from another plan.

    Raises
    ------
    InputError
        When the map's file can not be read.
    """
    if plan.begun is not None:
        return None
    return odds_of(plan.mission, ground.frame, ground.target, _SAMPLING)


def search_figures(plan: Plan, ground: Ground) -> SearchFigures | None:
    """Measure when a plan finds what is searched for; None where nothing says where it may be.

    Raises
    ------
    InputError
    """
    odds = plan_odds(plan, ground)
    if odds is None:
        return None
    curve = finding_curve(odds, passes_of(plan.sorties, plan.problem.vehicles))
    end_s = max((float(sortie.time_s[-1]) for sortie in plan.sorties), default=0.0)
    bound = _bound(odds, plan, end_s)
    times = np.linspace(0.0, end_s, CURVE_POINTS)
    factors = [odds.detection * 2 * v.reach_m / v.spacing_m for v in plan.problem.vehicles]
    return SearchFigures(
        contained=odds.contained,
        found=curve.found,
        mean_s=curve.mean_s,
        half_s=curve.half_s(),
        under_curve=curve.mean_over(end_s),
        time_s=_tuple(times, 1),
        probability=_tuple(curve.at(times), 6),
        bound_mean_s=_least_mean_s(bound, curve.found),
        bound_under_curve=bound.mean_over(end_s),
        bound_probability=_tuple(bound.at(times), 6),
        coverage_factor=sum(factors) / len(factors),
    )


def search_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Say how likely it is found and when, and what of the probability no UAV can look at."""
    figures = search_figures(plan, ground)
    if figures is None:
        return
    if figures.found > 0:
        yield Finding(
            level="note",
            code="search",
            message=f"search: found with {100 * figures.found:.1f} % by the end, and if so after "
            f"{minutes(figures.mean_s)} in the mean, half of that by {minutes(figures.half_s)}",
        )
    outside = 1.0 - figures.contained
    if outside > OUTSIDE:
        yield Finding(
            level="warning",
            code="search-outside",
            message=f"search: {100 * outside:.1f} % of the probability lies outside the area or "
            "in no-fly zones, where nothing is found",
        )


def _bound(odds: Odds, plan: Plan, end_s: float) -> Curve:
    """Bound what the fleet can have found by when: it climbs, flies there, sweeps at full speed."""
    vehicles = plan.problem.vehicles
    begin = np.array([v.height_m / v.climb_m_s for v in vehicles])
    wind = np.array([math.hypot(*v.wind_m_s) * (v.kind != "multirotor") for v in vehicles])
    speed = np.array([v.speed_m_s for v in vehicles]) + wind
    reach = np.array([v.reach_m for v in vehicles])
    ready = np.full(len(odds.mass), np.inf)
    for i, vehicle in enumerate(vehicles):
        way_m = 0.0
        if vehicle.start_m is not None:
            away = odds.xy_m - np.array(vehicle.start_m)
            way_m = np.clip(np.hypot(*away.T) - reach[i], 0.0, None)
        fastest_m_s = max(vehicle.speed_m_s, vehicle.transit_speed_m_s) + wind[i]
        ready = np.minimum(ready, begin[i] + way_m / fastest_m_s)
    return effort_curve(
        odds,
        begin,
        2 * reach * speed,
        float((math.pi * reach**2).sum()),
        ready_s=ready,
        time_s=np.linspace(0.0, max(end_s, 1.0), BOUND_STEPS),
    )


def _least_mean_s(bound: Curve, found: float) -> float:
    """Mean time of a search that keeps to a bound until it has found so much."""
    if found <= 0:
        return 0.0
    before = np.cumsum(bound.gain) - bound.gain
    gain = np.clip(np.minimum(bound.gain, found - before), 0.0, None)
    return float((gain * bound.time_s).sum() / found)


def _tuple(values: FloatArray, digits: int) -> tuple[float, ...]:
    return tuple(float(value) for value in np.round(values, digits))
