"""Cover one region with one closed tour, by what its UAV promises.

Straight lines that keep their spacing (`planners.survey`), or a trimmed sweep within the sensor's
reach (`planners.sweep`).
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.ground.kinematics import route_time_s
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, Dropped, FloatArray, Problem, Vehicle
from mcpp.planner import Observer
from mcpp.problem.space import space_of
from planners.fleet.foretelling import Foreteller, lasts_s
from planners.joining import Tour, join_tours
from planners.survey.place import Flier
from planners.survey.rows import Rows
from planners.survey.tour import DRAFT, Cut, SurveyParams, survey
from planners.sweep.effort import Begin
from planners.sweep.raster import ring_edges
from planners.sweep.tour import SweepLoop, SweepParams, sweep_tour

REGION_INSET_M = 0.02
"""Legs stay this far inside the region of their UAV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverParams:
    """How one region is covered.

    Attributes
    ----------
    sweep, survey
        Within the sensor's reach; with lines that keep their spacing.
    rows
        Rows along which the ground was divided among a fleet whose lines keep their spacing.
    """

    sweep: SweepParams = field(default_factory=SweepParams)
    survey: SurveyParams = field(default_factory=SurveyParams)
    rows: Rows | None = None


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


def tour_time_s(xy_m: FloatArray, vehicle: Vehicle) -> float:
    """Time along a polyline, shape (n, 2), at the UAV's survey speed, from rest to rest."""
    return route_time_s(
        xy_m,
        speed_m_s=vehicle.speed_m_s,
        acceleration_m_s2=vehicle.acceleration_m_s2,
        turn=vehicle.turn,
        turn_radius_m=vehicle.turn_radius_m,
        motion=vehicle.motion,
    )


def corner_m(vehicle: Vehicle) -> float:
    """Give what a right-angled corner costs over flying straight on, in metres at cruise speed."""
    leg_m = 20 * (vehicle.speed_m_s**2 / vehicle.acceleration_m_s2 + vehicle.speed_m_s)
    bent = np.array([[0.0, 0.0], [leg_m, 0.0], [leg_m, leg_m]])
    straight = np.array([[0.0, 0.0], [2 * leg_m, 0.0]])
    more_s = tour_time_s(bent, vehicle) - tour_time_s(straight, vehicle)
    return max(0.0, more_s) * vehicle.speed_m_s


def flier_of(vehicle: Vehicle) -> Flier:
    """Say what a tour of straight lines is weighed by, its battery aside."""
    return Flier(
        spacing_m=vehicle.spacing_m,
        reach_m=vehicle.reach_m,
        speed_m_s=vehicle.speed_m_s,
        stop_m=corner_m(vehicle),
        time_s=lambda xy_m: tour_time_s(xy_m, vehicle),
    )


def _flier_with_battery(problem: Problem, uav: int) -> Flier:
    """Say what the tour of a UAV alone is weighed by: where it is cut, by its flights."""
    vehicle = problem.vehicles[uav]
    return replace(
        flier_of(vehicle), lasts_s=lasts_s(vehicle), landed_s=Foreteller(problem, uav).landed_s
    )


def direction_rad_of(vehicle: Vehicle) -> float | None:
    """Direction that a UAV's lines must have, from east, counter-clockwise; None is any."""
    return None if vehicle.direction_deg is None else math.radians(90.0 - vehicle.direction_deg)


def _straight(
    problem: Problem,
    uav: int,
    region: BaseGeometry,
    room: BaseGeometry,
    params: CoverParams,
    observer: Observer,
) -> tuple[tuple[SweepLoop, ...], float]:
    """Loops of straight lines, and how much they cover, in percent."""
    vehicle, draft = problem.vehicles[uav], params.sweep.effort == "draft"
    alone = len(problem.vehicles) == 1 and not draft  # in a fleet ground is given by flights
    direction_rad = direction_rad_of(vehicle)
    cut = None
    if params.rows is not None and not _turned_away(params.rows, direction_rad):
        cut = Cut(params.rows, (ring_edges(problem.allowed), ring_edges(problem.target)))
    found = survey(
        region,
        room,
        _flier_with_battery(problem, uav) if alone else flier_of(vehicle),
        coverage_percent=problem.coverage_percent,
        params=DRAFT if draft else params.survey,
        observer=observer,
        direction_rad=direction_rad,
        cut=cut,
    )
    loops = tuple(
        SweepLoop(xy_m=loop.xy_m, survey=loop.survey, angle_rad=rows.angle_rad)
        for loop, rows in zip(found.loops, found.rows, strict=True)
    )
    return loops, found.coverage_percent


def _turned_away(rows: Rows, direction_rad: float | None) -> bool:
    """Tell whether a UAV's own direction is not that of the rows."""
    return direction_rad is not None and abs(math.sin(rows.angle_rad - direction_rad)) > 1e-3


def _loops(
    problem: Problem,
    uav: int,
    region: BaseGeometry,
    room: BaseGeometry,
    params: CoverParams,
    *,
    rng: np.random.Generator,
    observer: Observer,
    begin: Begin | None,
) -> tuple[tuple[SweepLoop, ...], float]:
    """Make closed tours over the places of a region; also how much they cover, in percent."""
    vehicle = problem.vehicles[uav]
    if vehicle.keeps_spacing and begin is None:
        return _straight(problem, uav, region, room, params, observer)
    result = sweep_tour(
        region,
        room,
        spacing_m=vehicle.spacing_m,
        reach_m=within_reach_m(vehicle),
        coverage_percent=problem.coverage_percent,
        speed_m_s=vehicle.speed_m_s,
        acceleration_m_s2=vehicle.acceleration_m_s2,
        params=params.sweep,
        rng=rng,
        observer=observer,
        begin=begin,
    )
    return result.loops, result.coverage_percent


def within_reach_m(vehicle: Vehicle) -> float:
    """Reach with which a sweep covers the ground: where lines keep their spacing, half of it."""
    return 0.51 * vehicle.spacing_m if vehicle.keeps_spacing else vehicle.reach_m


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
    """Cover a region for one UAV; one without ground stays where it is.

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
    if region.is_empty:
        return Covered(
            xy_m=np.empty((0, 2)),
            survey=np.empty(0, dtype=np.bool_),
            time_s=0.0,
            coverage_percent=100.0,
            angle_rad=0.0,
        )
    room = room_of(problem, region)
    loops, coverage_percent = _loops(
        problem, uav, region, room, params, rng=rng, observer=observer, begin=begin
    )
    tours = [(loop.xy_m, loop.survey) for loop in loops]
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
        time_s=tour_time_s(xy, vehicle),
        coverage_percent=coverage_percent,
        angle_rad=loops[0].angle_rad,
        dropped=_dropped(cut_off, region, vehicle.reach_m),
    )
