"""Fly a mission with a probability map so that what is searched for is expected to be found early.

The mission is planned as any other. Then the survey lines of each UAV are put into an order in
which the likeliest come early (`planners.search.latency`), and where some ground is much likelier
than the rest, that ground is planned for the whole fleet first, and the rest after it. Each of
these plans is flown, and the one under whose curve of probability most lies is taken. The plan as
it was without the map is among them, so that the map never makes a plan worse.
"""

import logging
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from mcpp.errors import InfeasibleError
from mcpp.flight.fly import fly
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.detection import Curve, Odds, finding_curve, passes_of
from mcpp.ground.frame import LocalFrame
from mcpp.ground.overlay import joined_ground
from mcpp.ground.transit import FreeSpace
from mcpp.model import Mission, ProbabilityMap, Problem, Route, Solution, Sortie
from mcpp.planner import Observer, Planner, report_progress
from mcpp.problem.localize import frame_of
from mcpp.problem.odds import odds_of
from mcpp.problem.space import polygons_only, space_of
from planners.auto import ILLEGAL, Tried, weighed
from planners.fleet.single import room_of
from planners.regions import RegionsPlanner
from planners.search.hot import likely_ground
from planners.search.latency import early_order
from planners.search.parts import MOST_PARTS, legs_of, onto_s, parts_of, strung, takes_s, ways_s
from planners.tour import TourPlanner

_log = logging.getLogger(__name__)
_LASTS = (0.02, 0.3, 2.0, 8.0)
"""Weights of the time until all is flown that are tried."""
_BLOCKED_S = 1e6
_COVERS_LESS = 0.05
"""Points of coverage that a plan by the map may lack."""


@dataclass(frozen=True, slots=True, eq=False)
class _Flown:
    """A plan with its flights, its figures, and when it finds."""

    name: str
    tried: Tried
    curve: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyPlanner:
    """Another planner's plan, flown in the order that a probability map asks for.

    Attributes
    ----------
    mission
        Whose map it is.
    """

    inner: Planner
    mission: Mission
    name: str = field(default="early")

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        return self.inner.unsupported(problem)

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Plan without the map, then by it, and take what finds earliest.

        Raises
        ------
        InputError
            When the map is wrong.
        InfeasibleError, Cancelled
        """
        frame = frame_of(self.mission)
        odds = odds_of(self.mission, frame, problem.ground)
        own, staged = rng.spawn(2)
        plain = self.inner.plan(problem, rng=own, observer=observer)
        if odds is None or not len(odds.mass) or plain.stopped:
            return plain
        search = _Search(self, problem, odds, frame, observer)
        flown = [search.flown("as without the map", plain)]
        flown += search.ordered("likeliest lines first", plain, [plain])
        if self.inner.name != "draft":
            parts = search.staged(staged)
            if parts is not None:
                flown += search.ordered("likeliest ground first", parts[0], list(parts))
        longer = (self.mission.probability or ProbabilityMap()).longer
        return _chosen(flown, longer)


def _chosen(flown: list[_Flown], longer: float) -> Solution:
    """Take the plan under whose curve most lies, over the time until the last of all has landed."""
    plain = flown[0]
    horizon_s = max(one.tried.figures.finish_s for one in flown)
    least = plain.tried.figures.coverage_percent - _COVERS_LESS

    def kept(one: _Flown) -> bool:
        figures = one.tried.figures
        in_time = figures.finish_s <= (1 + longer) * plain.tried.figures.finish_s
        return in_time and figures.coverage_percent >= least and figures.reason != ILLEGAL

    def rank(one: _Flown) -> tuple[bool, float]:
        return one is plain or kept(one), one.curve.mean_over(horizon_s)

    best = max(flown, key=rank)
    names = dict.fromkeys(one.name for one in flown)
    flown = [max((one for one in flown if one.name == name), key=rank) for name in names]
    rows = []
    for one in flown:
        _log.info(
            "%s: found after %.0f s in the mean, %.4f under the curve",
            one.name,
            one.curve.mean_s,
            one.curve.mean_over(horizon_s),
        )
        rows.append(
            replace(
                one.tried.figures,
                planner=f"{one.tried.solution.planner}, {one.name}",
                chosen=one is best,
                found_mean_s=one.curve.mean_s,
                under_curve=one.curve.mean_over(horizon_s),
            )
        )
    solution = best.tried.solution
    before = [replace(other, chosen=False) for other in plain.tried.solution.alternatives]
    return replace(solution, alternatives=(*before, *rows))


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """What all plans of one search have in common."""

    planner: EarlyPlanner
    problem: Problem
    odds: Odds
    frame: LocalFrame
    observer: Observer

    def flown(self, name: str, solution: Solution) -> _Flown:
        """Fly a solution, and see when it finds."""
        sorties = self.sorties(solution)
        tried = weighed(self.planner.inner.name, self.problem, solution, sorties)
        curve = finding_curve(self.odds, passes_of(sorties, self.problem.vehicles))
        return _Flown(name, tried, curve)

    def sorties(self, solution: Solution) -> tuple[Sortie, ...]:
        """Fly as the pipeline will, over the mission's ground."""
        terrain = mission_terrain(self.planner.mission, self.frame, self.problem)
        return fly(self.problem, solution, terrain=terrain)

    def staged(self, rng: np.random.Generator) -> tuple[Solution, Solution] | None:
        """Plan the likely ground for all UAVs, and the rest; None where no ground is likelier."""
        problem = self.problem
        likely = likely_ground(self.odds, problem.target, problem.spacing_m)
        if likely is None:
            return None
        rest = polygons_only(problem.target.difference(likely))
        found = []
        inner = self.planner.inner
        if inner.name in {"auto", "best"}:  # several planners, or all the time, were given once
            inner = RegionsPlanner() if problem.keep_apart else TourPlanner()
            inner = RegionsPlanner() if inner.unsupported(problem) else inner
        for ground, own in zip((likely, rest), rng.spawn(2), strict=True):
            try:
                part = replace(problem, target=ground)
                found.append(inner.plan(part, rng=own, observer=self.observer))
            except InfeasibleError:
                return None
        return found[0], found[1]

    def ordered(self, name: str, like: Solution, stages: list[Solution]) -> list[_Flown]:
        """Fly the lines of solutions, one's after the other's, in orders that find early."""
        found = []
        regions = _regions(stages)
        for last in _LASTS:
            report_progress(self.observer, "likeliest ground first", 0.5)
            try:
                routes = tuple(
                    self._route(uav, [stage.routes[uav] for stage in stages], regions, last)
                    for uav in range(len(self.problem.vehicles))
                )
                solution = replace(
                    like,
                    routes=routes,
                    regions=regions,
                    grid=None if len(stages) > 1 else like.grid,
                    labels=None if len(stages) > 1 else like.labels,
                    dropped=tuple(d for stage in stages for d in stage.dropped),
                )
                found.append(self.flown(name, solution))
            except InfeasibleError:
                continue
        return found

    def _route(
        self, uav: int, routes: list[Route], regions: tuple[shapely.Geometry, ...], last: float
    ) -> Route:
        vehicle, problem = self.problem.vehicles[uav], self.problem
        legs = legs_of(routes)
        if not len(legs) or len(legs) > MOST_PARTS:
            if len(routes) == 1 or not len(legs):
                return routes[0]
            raise InfeasibleError("there are too many lines to put into a new order")
        parts = parts_of(legs, self.odds, vehicle)
        space = FreeSpace(space_of(problem, uav))
        if problem.keep_apart and regions:
            own = FreeSpace(room_of(problem, regions[uav]))
            if np.isfinite(own.distances(parts.ends_m[:1, :2], parts.ends_m[:, :2])).all():
                space = own
        between = np.minimum(ways_s(parts, vehicle, space), _BLOCKED_S)
        onto = onto_s(parts, vehicle, FreeSpace(space_of(problem, uav)))
        takes = takes_s(parts, vehicle)
        found = np.column_stack([parts.along, 1 - parts.along]) * takes[:, None]
        entry = early_order(
            np.arange(0, 2 * len(takes), 2, dtype=np.int32),
            np.minimum(onto, _BLOCKED_S),
            between,
            takes,
            found.ravel(),
            parts.gain,
            last=last * float(parts.gain.sum()),
            seed=1 + uav,
        )
        return strung(uav, parts, entry, space)


def _regions(stages: list[Solution]) -> tuple[shapely.Geometry, ...]:
    """Unite the ground that each UAV has in all stages; none where a stage keeps none."""
    if not all(stage.regions for stage in stages):
        return ()
    return tuple(
        polygons_only(joined_ground(parts))
        for parts in zip(*(stage.regions for stage in stages), strict=True)
    )
