"""Improve a plan until told to stop: by the clock, by rounds, by no gain, or by the user.

Each round either searches longer for the tour of the UAV that ends last, or plans all anew with
other chance; what brings the end forward, meets the coverage target and is legal is kept.
"""

import math
import time
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import shapely

from mcpp.errors import Cancelled, InfeasibleError
from mcpp.flight.fly import fly
from mcpp.model import Problem, Route, Solution
from mcpp.planner import IMPROVING, BestObserver, Observer, Planner, report_progress
from planners.auto import AutoParams, AutoPlanner, Tried, best_of, tried_plan
from planners.darp_stc import DarpStcPlanner
from planners.draft import DraftPlanner
from planners.fleet.single import CoverParams, cover
from planners.params import param
from planners.regions import RegionsPlanner
from planners.survey.tour import LONG
from planners.tour import TourPlanner


@dataclass(frozen=True, slots=True, kw_only=True)
class BestParams:
    """Whose plans are improved, for how long."""

    planner: Literal["auto", "regions", "darp-stc", "tour"] = param(
        "auto", "planner whose plans are improved"
    )
    seconds: float = param(
        math.inf, "limit of time, from when there is a draft", unit="s", minimum=0
    )
    rounds: int = param(60, "limit of rounds", minimum=0, maximum=1_000_000)
    idle_rounds: int = param(8, "rounds without gain before the end", minimum=1, maximum=1_000_000)
    auto: AutoParams = field(default_factory=AutoParams)


class _Limited:
    """Asks to stop when the user does, or the time is up."""

    def __init__(self, observer: Observer, until_s: float, *, tells: bool) -> None:
        self._observer, self._until_s, self._tells = observer, until_s, tells

    def on_progress(self, stage: str, fraction: float) -> None:
        if self._tells:
            self._observer.on_progress(stage, fraction)

    def should_stop(self) -> bool:
        return time.monotonic() > self._until_s or self._observer.should_stop()


def _harder(params: CoverParams, variant: int = 0) -> CoverParams:
    """Search a region for long, and keep what was found when that is cut short."""
    sweep = replace(
        params.sweep, effort="best", iterations=80, idle_iterations=40, keep_best_on_stop=True
    )
    return replace(params, sweep=sweep, survey=replace(LONG, variant=variant))


def _too_short(seconds: float, what: str) -> str:
    return (
        f"effort 'best': {seconds:g} s of time were too short for the plan of effort 'normal': "
        f"{what}; give more seconds, or effort 'normal'"
    )


def _last_to_end(problem: Problem, solution: Solution) -> int:
    end_s = np.zeros(len(problem.vehicles))
    for sortie in fly(problem, solution):
        end_s[sortie.uav] = max(end_s[sortie.uav], sortie.time_s[-1])
    return int(np.argmax(end_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class BestPlanner:
    """Goes on improving a plan until it is told to stop, or nothing is gained any more."""

    name: str = "best"
    params: BestParams = field(default_factory=BestParams)

    def _inner(self) -> Planner:
        auto = self.params.auto
        if self.params.planner == "regions":
            return RegionsPlanner(params=auto.regions)
        if self.params.planner == "darp-stc":
            return DarpStcPlanner(params=auto.stc)
        if self.params.planner == "tour":
            return TourPlanner(params=auto.tour)
        return AutoPlanner(params=replace(auto, keep_on_stop=True))

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        return self._inner().unsupported(problem)

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Draft, plan, then improve. A stop after the draft returns the best plan so far.

        Raises
        ------
        InfeasibleError
        Cancelled
            When the observer asks to stop before there is a first plan.
        """
        begin_s = time.monotonic()
        inner, cut_short = self._inner(), ""
        first = self._drafted(problem, rng.spawn(1)[0], observer)
        until_s = math.inf if first is None else begin_s + self.params.seconds
        tried = [] if first is None else [first]
        try:
            telling = _Limited(observer, until_s, tells=True)
            found = inner.plan(problem, rng=rng.spawn(1)[0], observer=telling)
            tried.append(tried_plan(inner, problem, found))
            self._improve(tried, problem, rng, begin_s, observer)
        except Cancelled:
            if not tried:
                raise
            if tried == [first] and not observer.should_stop():
                cut_short = "this one has effort 'draft'"
        solution = best_of(tried).solution
        cut_short = "" if observer.should_stop() else cut_short or solution.cut_short
        cut_short = _too_short(self.params.seconds, cut_short) if cut_short else ""
        return replace(solution, stopped=observer.should_stop(), cut_short=cut_short)

    def _drafted(
        self, problem: Problem, rng: np.random.Generator, observer: Observer
    ) -> Tried | None:
        """Have something to keep at once; None where only a longer search finds a plan."""
        draft = DraftPlanner()
        try:
            return tried_plan(draft, problem, draft.plan(problem, rng=rng, observer=observer))
        except InfeasibleError:
            return None

    def _improve(
        self,
        tried: list[Tried],
        problem: Problem,
        rng: np.random.Generator,
        begin_s: float,
        observer: Observer,
    ) -> None:
        """Put better plans into `tried`, round by round. Raises `Cancelled` at the end of time."""
        params, inner, idle = self.params, self._inner(), 0
        limited = _Limited(observer, begin_s + params.seconds, tells=False)
        for k in range(params.rounds):
            best = best_of(tried)
            tried[:] = [best]
            if isinstance(observer, BestObserver):
                observer.on_best(best.figures.finish_s, best.figures.coverage_percent)
            gone = (time.monotonic() - begin_s) / max(params.seconds, 1e-9)
            observer.on_progress(IMPROVING, min(max(k / params.rounds, gone), 1.0))
            report_progress(limited, IMPROVING, 0.0)
            tried += self._round(k, inner, problem, best.solution, rng.spawn(1)[0], limited)
            idle = idle + 1 if best_of(tried) is best else 0
            if idle >= params.idle_rounds:
                break

    def _round(
        self,
        k: int,
        inner: Planner,
        problem: Problem,
        best: Solution,
        rng: np.random.Generator,
        observer: Observer,
    ) -> list[Tried]:
        """Make one more plan, if it can be made."""
        regions = self.params.auto.regions
        try:
            if any(v.keeps_spacing for v in problem.vehicles) and isinstance(
                inner, AutoPlanner | RegionsPlanner
            ):
                cover = _harder(regions.cover, variant=k)
                straight = RegionsPlanner(params=replace(regions, cover=cover))
                found = straight.plan(problem, rng=rng, observer=observer)
            elif k % 2 == 0 and best.planner == "tour" and len(problem.vehicles) > 1:
                tour = self.params.auto.tour
                harder: Planner = TourPlanner(params=replace(tour, cover=_harder(tour.cover)))
                found = harder.plan(problem, rng=rng, observer=observer)
            elif k % 2 == 0 and best.grid is None:
                found = self._hastened(problem, best, rng, observer)
            else:
                found = inner.plan(problem, rng=rng, observer=observer)
        except InfeasibleError:
            return []
        return [tried_plan(inner, problem, found)]

    def _hastened(
        self, problem: Problem, best: Solution, rng: np.random.Generator, observer: Observer
    ) -> Solution:
        """Search longer for the tour of the UAV that ends last."""
        last = _last_to_end(problem, best)
        region = problem.target if len(problem.vehicles) == 1 else best.regions[last]
        params = _harder(self.params.auto.regions.cover)
        covered = cover(problem, last, region, params, rng=rng, observer=observer)
        routes = list(best.routes)
        routes[last] = Route(uav=last, xy_m=covered.xy_m, survey=covered.survey)
        others = tuple(d for d in best.dropped if not region.covers(shapely.Point(d.x_m, d.y_m)))
        return replace(best, routes=tuple(routes), dropped=(*others, *covered.dropped))
