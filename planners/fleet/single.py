"""Cover one region with one closed tour: the faster of the planners that fit."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.ground.kinematics import route_time_s
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, Dropped, FloatArray, Problem
from mcpp.planner import Observer
from mcpp.problem.space import space_of
from planners.joining import Tour, join_tours
from planners.sweep.effort import Begin
from planners.sweep.tour import SweepParams, sweep_tour

REGION_INSET_M = 0.02
"""Legs stay this far inside the region of their UAV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverParams:
    """How one region is covered."""

    sweep: SweepParams = field(default_factory=SweepParams)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Covered:
    """A closed tour over one region.

    Attributes
    ----------
    xy_m, survey
        Points, shape (n, 2), the first repeated at the end, and survey mask, shape (n - 1,).
    time_s
        At the UAV's survey speed, from rest to rest.
    coverage_percent
        Of the region.
    angle_rad
        Direction of the survey lines.
    """

    xy_m: FloatArray
    survey: BoolArray
    time_s: float
    coverage_percent: float
    angle_rad: float
    dropped: tuple[Dropped, ...] = ()


def room_of(problem: Problem, region: BaseGeometry) -> BaseGeometry:
    """Where the legs over a region may run: the allowed space inside it."""
    if region is problem.target:
        return problem.allowed
    room = shapely.intersection(problem.allowed, region.buffer(-REGION_INSET_M))
    parts = [p for p in shapely.get_parts(room) if p.geom_type == "Polygon" and not p.is_empty]
    return shapely.MultiPolygon(parts) if len(parts) != 1 else parts[0]


def _dropped(cut_off: list[Tour], target: BaseGeometry, reach_m: float) -> tuple[Dropped, ...]:
    found = []
    for xy, _ in cut_off:
        lost = shapely.intersection(target, shapely.LineString(xy).buffer(reach_m))
        where = lost.representative_point() if not lost.is_empty else shapely.Point(xy[0])
        found.append(
            Dropped(
                area_m2=float(lost.area),
                x_m=float(where.x),
                y_m=float(where.y),
                reason="no legal way leads there from the rest of the region",
            )
        )
    return tuple(found)


def cover(
    problem: Problem,
    uav: int,
    region: BaseGeometry,
    params: CoverParams,
    *,
    rng: np.random.Generator,
    observer: Observer,
    begin: Begin | None = None,
) -> Covered:
    """Cover a region for one UAV.

    Parts of the region without a legal way inside it are joined through the rest of the allowed
    space and the UAV's corridors.

    Parameters
    ----------
    begin
        Makes the tour that is polished, in place of a search; see `planners.sweep.tour.sweep_tour`.

    Raises
    ------
    InfeasibleError
        When no leg can be flown in the region at all.
    Cancelled
    """
    vehicle = problem.vehicles[uav]
    room = room_of(problem, region)
    result = sweep_tour(
        region,
        room,
        spacing_m=vehicle.spacing_m,
        reach_m=vehicle.reach_m,
        coverage_percent=problem.coverage_percent,
        speed_m_s=vehicle.speed_m_s,
        acceleration_m_s2=vehicle.acceleration_m_s2,
        params=params.sweep,
        rng=rng,
        observer=observer,
        begin=begin,
    )
    tours = [(loop.xy_m, loop.survey) for loop in result.loops]
    if not tours:
        msg = f"{vehicle.id}: its region of {region.area:.0f} m2 leaves no room to fly"
        raise InfeasibleError(msg, witness=[uav])
    cut_off: list[Tour] = []
    xy, survey = tours[0]
    if len(tours) > 1:
        (xy, survey), cut_off = join_tours(tours, FreeSpace(space_of(problem, uav)))
    return Covered(
        xy_m=xy,
        survey=survey,
        time_s=route_time_s(
            xy, speed_m_s=vehicle.speed_m_s, acceleration_m_s2=vehicle.acceleration_m_s2
        ),
        coverage_percent=result.coverage_percent,
        angle_rad=result.loops[0].angle_rad,
        dropped=_dropped(cut_off, region, vehicle.reach_m),
    )
