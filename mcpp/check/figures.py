"""Figures of a finished plan: shares, lengths, turns, times, coverage, overlap."""

import math
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon

from mcpp.check.ground import Ground
from mcpp.errors import InfeasibleError
from mcpp.flight.motion import hover_s, pass_times_s
from mcpp.ground.coverage import corner_points, covered_shape, gaps, sample_coverage, survey_runs
from mcpp.ground.overlay import shared_ground
from mcpp.model import (
    FleetFigures,
    FloatArray,
    KeptFigures,
    LegKind,
    Plan,
    Route,
    Sortie,
    UavFigures,
)
from mcpp.stops import heed

WANTED_SAMPLES = 250_000
SAMPLE_TURN = (1 + math.sqrt(5)) / 2
"""Slope of the rows of samples: no border with a rational slope runs along them, where a thin strip
of gaps would be hit by all samples of a row or by none."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Coverage of the target by the survey legs as flown.

    Attributes
    ----------
    coverage_percent
        By exact area.
    sampled_percent, overlap_percent
        Of the samples: covered, and covered by more than one straight segment.
    attainable_percent
        What could be covered from the places where the UAVs may fly.
    """

    coverage_percent: float
    sampled_percent: float
    overlap_percent: float
    samples: int
    attainable_percent: float
    gaps: tuple[Polygon, ...]


def survey_lines(flown: Iterable[Route | Sortie], uav: int) -> list[FloatArray]:
    """Polylines of the survey legs of one UAV, from its routes or its sorties.

    Returns
    -------
    Arrays of shape (n, 2), n >= 2.
    """
    lines = []
    for item in flown:
        if item.uav != uav:
            continue
        if isinstance(item, Route):
            lines += survey_runs(item.xy_m, item.survey)
        else:
            lines += survey_runs(item.xyz_m[:, :2], item.kind == LegKind.SURVEY)
    return lines


def _turned(xy_m: FloatArray) -> FloatArray:
    """Turn points so that the rows of samples, laid from west to east, are turned against them."""
    cosine = 1 / math.hypot(1, SAMPLE_TURN)
    sine = cosine * SAMPLE_TURN
    turned: FloatArray = xy_m @ np.array([[cosine, sine], [-sine, cosine]])
    return turned


def measure(plan: Plan, ground: Ground) -> Measured:
    """Measure the coverage of a plan: of its sorties, or of its routes while it has none."""
    paths, reaches = [], []
    for index, vehicle in enumerate(plan.problem.vehicles):
        lines = survey_lines(plan.sorties or plan.solution.routes, index)
        if plan.begun is not None:
            lines += survey_lines(plan.begun.surveyed, index)
        paths += lines
        reaches += [vehicle.reach_m] * len(lines)
    target = ground.target
    heed("checking")
    covered = covered_shape(paths, reaches, target)
    heed("checking")
    counts = sample_coverage(
        [_turned(path) for path in paths],
        reaches,
        shapely.transform(target, _turned),
        step_m=math.sqrt(target.area / WANTED_SAMPLES),
    )
    heed("checking")
    return Measured(
        coverage_percent=100.0 * covered.area / target.area,
        sampled_percent=counts.covered_percent,
        overlap_percent=counts.repeated_percent,
        samples=counts.samples,
        attainable_percent=attainable_percent(plan, ground),
        gaps=tuple(gaps(target, covered)),
    )


def attainable_percent(plan: Plan, ground: Ground) -> float:
    """Part of the target that could be covered from the places where the UAVs may fly."""
    reach_m = max(vehicle.reach_m for vehicle in plan.problem.vehicles)
    seen = shapely.intersection(shapely.buffer(_room(ground), reach_m), ground.target)
    return float(100.0 * seen.area / ground.target.area)


def shares_wanted(plan: Plan) -> tuple[float, ...]:
    """Shares that the mission asks for, or those that the problem drew from capability."""
    asked = [uav.share for uav in plan.mission.uavs]
    given = [share for share in asked if share is not None]
    if len(given) < len(asked):
        return tuple(vehicle.share for vehicle in plan.problem.vehicles)
    return tuple(share / sum(given) for share in given)


def shares_given(plan: Plan, ground: Ground) -> tuple[float, ...]:
    """Shares by cells; without a grid by area of the regions; without these by survey length."""
    solution, count = plan.solution, len(plan.mission.uavs)
    if solution.grid is not None and solution.labels is not None:
        sizes = [float((solution.labels == index).sum()) for index in range(count)]
    elif len(solution.regions) == count:
        regions = [shared_ground(region, ground.target) for region in solution.regions]
        sizes = [float(area) for area in shapely.area(regions)]
    else:
        sizes = [_length_m(survey_lines(solution.routes, index)) for index in range(count)]
    total = sum(sizes)
    return tuple(size / total if total > 0 else 0.0 for size in sizes)


def _stops_time_s(plan: Plan, sorties: Iterable[Sortie]) -> float:
    """Time in the air if each waypoint were a stop; 0 where the wind lets nothing fly."""
    total = 0.0
    with suppress(InfeasibleError):
        for one in sorties:
            vehicle = plan.problem.vehicles[one.uav]
            hover = hover_s(one.kind, vehicle)
            times = pass_times_s(one.xyz_m, one.kind, vehicle, hover=hover, stop_everywhere=True)
            total += float(times[-1])
        return total
    return 0.0


def uav_figures(
    plan: Plan, ground: Ground, kept: tuple[KeptFigures, ...] | None = None
) -> tuple[UavFigures, ...]:
    """Figures of each UAV; turns are counted on its route as `mcpp.check.evaluate` counts them."""
    wanted, given = shares_wanted(plan), shares_given(plan, ground)
    found = []
    for index, uav in enumerate(plan.mission.uavs):
        sorties = [sortie for sortie in plan.sorties if sortie.uav == index]
        routes = [route for route in plan.solution.routes if route.uav == index]
        air_s = [float(sortie.time_s[-1] - sortie.time_s[0]) for sortie in sorties]
        flown = [sortie.xyz_m[:, :2] for sortie in sorties] or [route.xy_m for route in routes]
        found.append(
            UavFigures(
                id=uav.id,
                share_wanted=wanted[index],
                share_given=given[index],
                length_m=_length_m(flown),
                survey_m=_length_m(survey_lines(sorties or routes, index)),
                turns=sum(len(corner_points(route.xy_m)) for route in routes),
                flight_time_s=sum(air_s),
                sorties=len(sorties),
                share_asked=uav.share is not None,
                landing_s=max((float(s.time_s[-1]) for s in sorties), default=0.0),
                battery_used=max(air_s, default=0.0) / plan.problem.vehicles[index].endurance_s,
                waypoints=sum(len(sortie.xyz_m) for sortie in sorties),
                stops_time_s=_stops_time_s(plan, sorties),
                kept=KeptFigures() if kept is None else kept[index],
            )
        )
    return tuple(found)


def fleet_figures(
    plan: Plan,
    ground: Ground,
    measured: Measured,
    *,
    lower_bound_length_m: float = 0.0,
    lower_bound_finish_s: float = 0.0,
    min_views: int | None = None,
    kept: KeptFigures | None = None,
) -> FleetFigures:
    """Figures of the whole plan."""
    return FleetFigures(
        coverage_percent=measured.coverage_percent,
        overlap_percent=measured.overlap_percent,
        area_m2=float(ground.target.area),
        length_m=sum(uav.length_m for uav in uav_figures(plan, ground)),
        finish_s=max((float(sortie.time_s[-1]) for sortie in plan.sorties), default=0.0),
        lower_bound_length_m=lower_bound_length_m,
        lower_bound_finish_s=lower_bound_finish_s,
        min_views=min_views,
        kept=KeptFigures() if kept is None else kept,
    )


def _room(ground: Ground) -> shapely.Geometry:
    """Where the UAVs may fly, for an estimate of what they can reach."""
    room = shapely.buffer(ground.area, ground.margin_m)
    return shapely.difference(room, shapely.union_all([zone.shape for zone in ground.zones]))


def _length_m(lines: Iterable[FloatArray]) -> float:
    return float(sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in lines))
