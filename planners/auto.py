"""Run the planners that fit, and return the fastest plan that keeps its promises.

Where lines are to keep their spacing, planners whose lines may not are left out; who names one of
them gets its plan. Over corridors alone the lines follow them, and the others are tried only where
that plan does not keep its promises.
"""

import logging
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from mcpp.errors import Cancelled, InfeasibleError
from mcpp.flight.fly import fly
from mcpp.ground.coverage import FULL_PERCENT, covered_area, survey_runs
from mcpp.model import Alternative, Problem, Solution, Sortie
from mcpp.planner import Observer, Planner
from mcpp.problem.space import space_of
from planners.corridor import CorridorParams, CorridorPlanner
from planners.darp_stc import DarpStcParams, DarpStcPlanner
from planners.draft import DraftPlanner
from planners.regions import RegionsParams, RegionsPlanner
from planners.tour import TourParams, TourPlanner

_log = logging.getLogger(__name__)
ILLEGAL = "a leg was not legal"
SLACK_PERCENT = 0.01
"""How far below the coverage target counts as meeting it: areas are compared, not counted."""

FAR_POINTS = 10.0
"""Where all plans cover so much less than wanted, a draft is tried too."""

ALIKE_PERCENT = 0.1
"""Difference of coverage that is no reason to fly longer where no plan meets the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoParams:
    """Parameters of the planners that `AutoPlanner` runs.

    Attributes
    ----------
    keep_on_stop
        A wish to stop ends the run with the best plan so far, if there is one: for planner
        ``best``.
    """

    regions: RegionsParams = field(default_factory=RegionsParams)
    stc: DarpStcParams = field(default_factory=lambda: DarpStcParams(refine=True))
    tour: TourParams = field(default_factory=TourParams)
    corridor: CorridorParams = field(default_factory=CorridorParams)
    keep_on_stop: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A plan with its figures, and whether it keeps the coverage target and is legal."""

    solution: Solution
    figures: Alternative
    meets: bool


def _coverage_percent(problem: Problem, solution: Solution) -> float:
    paths, reaches = [], []
    for route in solution.routes:
        runs = survey_runs(route.xy_m, route.survey)
        paths += runs
        reaches += [problem.vehicles[route.uav].reach_m] * len(runs)
    return float(100.0 * covered_area(paths, reaches, problem.target) / problem.target.area)


def _legal(problem: Problem, solution: Solution) -> bool:
    """Tell whether every route stays where its UAV may fly."""
    return all(
        shapely.covers(space_of(problem, route.uav), shapely.LineString(route.xy_m))
        for route in solution.routes
        if len(route.xy_m) > 1
    )


def tried_plan(planner: Planner, problem: Problem, solution: Solution) -> Tried:
    """Fly a solution, and weigh it."""
    return weighed(planner.name, problem, solution, fly(problem, solution))


def weighed(name: str, problem: Problem, solution: Solution, sorties: tuple[Sortie, ...]) -> Tried:
    """Weigh a solution with its flights."""
    length_m = sum(float(np.hypot(*np.diff(s.xyz_m[:, :2], axis=0).T).sum()) for s in sorties)
    coverage = _coverage_percent(problem, solution)
    figures = Alternative(
        planner=name,
        finish_s=max((float(s.time_s[-1]) for s in sorties), default=0.0),
        length_m=length_m,
        coverage_percent=coverage,
    )
    if not _legal(problem, solution):
        return Tried(solution, replace(figures, reason=ILLEGAL), meets=False)
    if coverage < min(problem.coverage_percent, FULL_PERCENT) - SLACK_PERCENT:
        return Tried(solution, replace(figures, reason="covers less than wanted"), meets=False)
    return Tried(solution, figures, meets=True)


def best_of(tried: list[Tried]) -> Tried:
    """Choose the first to finish of those that keep their promises; else of what covers most.

    Where the target is out of reach for all, as beyond a zone, plans that cover as much but for
    `ALIKE_PERCENT` count as alike.
    """
    some = [t for t in tried if t.meets]
    if not some:
        most = max(t.figures.coverage_percent for t in tried)
        some = [t for t in tried if t.figures.coverage_percent >= most - ALIKE_PERCENT]
    return min(some, key=lambda t: t.figures.finish_s)


def _refused(planner: Planner, reason: str) -> Alternative:
    return Alternative(
        planner=planner.name, finish_s=0.0, length_m=0.0, coverage_percent=0.0, reason=reason
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoPlanner:
    """The fastest plan that meets the coverage target, of all planners that fit."""

    name: str = "auto"
    params: AutoParams = field(default_factory=AutoParams)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        return None

    def planners(self) -> tuple[Planner, ...]:
        """List the planners that are tried, in order."""
        return (
            RegionsPlanner(params=self.params.regions),
            DarpStcPlanner(params=self.params.stc),
            TourPlanner(params=self.params.tour),
        )

    def _drafted(
        self, problem: Problem, rng: np.random.Generator, observer: Observer
    ) -> list[Tried]:
        """Draft a plan where all others leave much uncovered, as on ground of few cells."""
        draft = DraftPlanner()
        try:
            return [tried_plan(draft, problem, draft.plan(problem, rng=rng, observer=observer))]
        except InfeasibleError:
            return []

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Plan with each planner, and choose.

        Where none meets the target, see `best_of`.

        Raises
        ------
        InfeasibleError
            When no planner finds a plan; the message is that of the first.
        Cancelled
        """
        tried: list[Tried] = []
        refused: list[Alternative] = []
        errors: list[InfeasibleError] = []
        cut_short = ""
        along = CorridorPlanner(params=self.params.corridor)
        if along.unsupported(problem) is None:
            try:
                found = along.plan(problem, rng=rng.spawn(1)[0], observer=observer)
                tried.append(tried_plan(along, problem, found))
            except InfeasibleError as error:
                errors.append(error)
                refused.append(_refused(along, str(error)))
            if errors and problem.walls:
                raise errors[0]
            if tried and (tried[0].meets or problem.walls):
                return replace(found, alternatives=(replace(tried[0].figures, chosen=True),))
        for planner, own_rng in zip(self.planners(), rng.spawn(3), strict=True):
            reason = planner.unsupported(problem)
            if len(problem.vehicles) == 1 and planner.name == "tour":
                reason = "with one UAV it is the same as regions"
            if planner.name == "darp-stc" and any(v.keeps_spacing for v in problem.vehicles):
                reason = "it does not promise the spacing of its lines at the border"
            if reason:
                refused.append(_refused(planner, reason))
                continue
            try:
                solution = planner.plan(problem, rng=own_rng, observer=observer)
                tried.append(tried_plan(planner, problem, solution))
            except InfeasibleError as error:
                errors.append(error)
                refused.append(_refused(planner, str(error)))
            except Cancelled:
                if not (tried and self.params.keep_on_stop):
                    raise
                cut_short = f"none was left for planner {planner.name!r}"
                break
        if not tried:
            raise errors[0]
        if best_of(tried).figures.coverage_percent < problem.coverage_percent - FAR_POINTS:
            tried += self._drafted(problem, rng.spawn(1)[0], observer)
        best = best_of(tried)
        for each in tried:
            _log.info(
                "%s: lands after %.0f s, %.0f m, %.2f %%%s",
                each.figures.planner,
                each.figures.finish_s,
                each.figures.length_m,
                each.figures.coverage_percent,
                f" ({each.figures.reason})" if each.figures.reason else "",
            )
        alternatives = [replace(t.figures, chosen=t is best) for t in tried]
        return replace(best.solution, alternatives=(*alternatives, *refused), cut_short=cut_short)
