"""One tour over the whole area, cut into pieces that all take the same time, transits included.

It needs the fewest turns and the UAVs finish together, but pieces of different UAVs run beside and
across each other: it is for fleets that the user does not want kept apart.
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from mcpp.ground.kinematics import STOP_ANGLE_DEG
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, Problem, Route, Solution, Vehicle
from mcpp.planner import Observer, refuse_unsupported, report_progress
from mcpp.problem.space import space_of
from planners.fleet.cut import CutProblem, cut_tour
from planners.fleet.single import CoverParams, corner_m, cover
from planners.params import param

MOST_OFFSETS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class TourParams:
    """Parameters of the tour planner."""

    cover: CoverParams = field(default_factory=CoverParams)
    cut_points: int = param(
        4000, "places along the tour where it may be cut", minimum=100, maximum=100_000
    )


def with_cut_points(
    xy: FloatArray, survey: BoolArray, step_m: float
) -> tuple[FloatArray, BoolArray]:
    """Put further points on survey legs, at most `step_m` apart."""
    lengths = np.hypot(*np.diff(xy, axis=0).T)
    counts = np.where(survey, np.maximum(np.ceil(lengths / step_m), 1), 1).astype(int)
    first = np.repeat(np.arange(len(counts)), counts)
    within = np.concatenate([np.arange(c) / c for c in counts])
    points = xy[first] + within[:, None] * (xy[first + 1] - xy[first])
    return np.vstack([points, xy[-1:]]), np.repeat(survey, counts)


def _bends(loop: FloatArray) -> BoolArray:
    """Tell at which points of a closed tour, its end not repeated, the UAV stops to turn."""
    before, after = loop - np.roll(loop, 1, axis=0), np.roll(loop, -1, axis=0) - loop
    dot = (before * after).sum(axis=1)
    size = np.hypot(*before.T) * np.hypot(*after.T)
    return np.asarray(dot < math.cos(math.radians(STOP_ANGLE_DEG)) * size - 1e-9)


def _transit_s(
    place: tuple[float, float] | None, loop: FloatArray, space: FreeSpace, vehicle: Vehicle
) -> FloatArray:
    if place is None:
        return np.zeros(len(loop))
    way_m = space.distances(np.array([place]), loop)[0]
    stop_s = vehicle.transit_speed_m_s / vehicle.acceleration_m_s2
    return np.asarray(way_m / vehicle.transit_speed_m_s + stop_s)


def _orders(problem: Problem, loop: FloatArray) -> npt.NDArray[np.int64]:
    """List orders of the UAVs along the tour: by where their starts lie, from each in turn."""
    n = len(problem.vehicles)
    where = np.zeros(n)
    for i, vehicle in enumerate(problem.vehicles):
        if vehicle.start_m is not None:
            where[i] = np.argmin(np.hypot(*(loop - vehicle.start_m).T))
    order = np.lexsort((np.arange(n), where))
    alike = all(
        replace(v, id="", share=0) == replace(problem.vehicles[0], id="", share=0)
        for v in problem.vehicles
    )
    turns = 1 if alike else n
    return np.array([np.roll(order, -k) for k in range(turns)], dtype=np.int64)


def _cut_problem(problem: Problem, loop: FloatArray, spaces: list[FreeSpace]) -> CutProblem:
    steps = np.hypot(*(np.roll(loop, -1, axis=0) - loop).T)
    stops = _bends(loop).astype(float)
    vehicles = problem.vehicles
    return CutProblem(
        along_m=np.concatenate([[0.0], np.cumsum(np.tile(steps, 2))]),
        # stops[k] counts the stops at points 1..k: what a piece from 0 to k + 1 passes
        stops=np.concatenate([[0.0], np.cumsum(np.tile(np.roll(stops, -1), 2))]),
        onto_s=np.array(
            [_transit_s(v.start_m, loop, s, v) for v, s in zip(vehicles, spaces, strict=True)]
        ),
        off_s=np.array(
            [_transit_s(v.landing_m, loop, s, v) for v, s in zip(vehicles, spaces, strict=True)]
        ),
        s_per_m=np.array([1 / v.speed_m_s for v in vehicles]),
        s_per_stop=np.array([corner_m(v) / v.speed_m_s for v in vehicles]),
    )


def _piece(uav: int, loop: FloatArray, survey: BoolArray, first: int, last: int) -> Route:
    """Take the points of a piece without those on a straight, from its first photo to its last.

    A cut may fall on a transit of the tour: the UAV then finds its own way there or home.
    """
    index = np.arange(first, last + 1) % len(loop)
    photos = np.flatnonzero(survey[index[:-1]])
    if not len(photos):
        return Route(uav=uav, xy_m=np.empty((0, 2)), survey=np.empty(0, bool))
    index = index[photos[0] : photos[-1] + 2]
    xy, mask = loop[index], survey[index[:-1]]
    keep = np.ones(len(xy), bool)
    before, after = xy[1:-1] - xy[:-2], xy[2:] - xy[1:-1]
    cross = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    straight = cross < 1e-9 * np.hypot(*before.T) * np.hypot(*after.T) + 1e-12
    ahead = (before * after).sum(axis=1) > 0
    keep[1:-1] = ~(straight & ahead & (mask[:-1] == mask[1:]))
    return Route(uav=uav, xy_m=xy[keep], survey=mask[keep[:-1]])


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPlanner:
    """One tour over everything, cut into pieces of equal time; UAVs are not kept apart."""

    name: str = "tour"
    params: TourParams = field(default_factory=TourParams)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        if problem.keep_apart and len(problem.vehicles) > 1:
            return "it does not keep the UAVs in regions of their own"
        if len({(v.spacing_m, v.reach_m) for v in problem.vehicles}) > 1:
            return "the UAVs have different line spacings"
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Plan one tour and cut it.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        refuse_unsupported(self, problem)
        covered = cover(problem, 0, problem.target, self.params.cover, rng=rng, observer=observer)
        total_m = float(np.hypot(*np.diff(covered.xy_m, axis=0).T).sum())
        step_m = total_m / self.params.cut_points
        xy, survey = with_cut_points(covered.xy_m, covered.survey, step_m)
        loop = xy[:-1]
        report_progress(observer, "cutting the tour", 0.0)
        spaces = [FreeSpace(space_of(problem, i)) for i in range(len(problem.vehicles))]
        offsets = np.unique(np.linspace(0, len(loop) - 1, MOST_OFFSETS).astype(np.int64))
        cut = cut_tour(_cut_problem(problem, loop, spaces), _orders(problem, loop), offsets)
        pieces = {u: _piece(u, loop, survey, first, last) for u, first, last in cut}
        report_progress(observer, "cutting the tour", 1.0)
        return Solution(
            planner=self.name,
            routes=tuple(pieces[i] for i in range(len(problem.vehicles))),
            dropped=covered.dropped,
        )
