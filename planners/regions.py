"""A region of its own for each UAV, and the shortest tour in each: UAVs kept apart.

DARP divides the ground (`planners.ground`), `planners.single` covers each region, and where nobody
asked for shares they are moved until all UAVs finish together.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.flight import fly
from mcpp.model import Dropped, FloatArray, IntArray, LegKind, Problem, Route, Solution
from mcpp.planner import NullObserver, Observer, report_progress
from mcpp.shares import balanced_shares
from planners.darp import DarpParams
from planners.ground import (
    CELLS_PER_UAV,
    GroundLattice,
    cell_side_m,
    cut_lattice,
    divide_lattice,
    regions_of,
    spread_starts,
)
from planners.params import param
from planners.single import Covered, CoverParams, cover


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsParams:
    """Parameters of the regions planner."""

    cover: CoverParams = field(default_factory=CoverParams)
    darp: DarpParams = field(default_factory=DarpParams)
    cells_per_uav: int = param(
        CELLS_PER_UAV, "cells of the lattice that is divided, per UAV", minimum=20, maximum=100_000
    )
    draft_rounds: int = param(
        6, "rounds of moving shares by the times of draft tours", minimum=0, maximum=100
    )
    rounds: int = param(
        9, "rounds of moving shares by the times of polished tours", minimum=0, maximum=100
    )
    tolerance: float = param(
        0.01, "difference of finishing times that is let be", minimum=0.0, maximum=1.0
    )
    step: float = param(0.8, "how far shares move at a time", minimum=0.05, maximum=1.5)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """One division, flown.

    Attributes
    ----------
    end_s
        Shape (n,): when each UAV has landed for good, ways and battery swaps included.
    work_s
        Shape (n,): how much of that it was over its region.
    """

    labels: IntArray
    shares: FloatArray
    regions: tuple[BaseGeometry, ...]
    covered: tuple[Covered, ...]
    end_s: FloatArray
    work_s: FloatArray

    @property
    def finish_s(self) -> float:
        return float(self.end_s.max())

    @property
    def uneven(self) -> float:
        return float(self.end_s.max() / self.end_s.mean() - 1)

    def better_shares(self, step: float) -> FloatArray:
        """Shares with which the UAVs would finish together, or `step` of the way to them."""
        overhead_s = self.end_s - self.work_s
        wanted = np.array(
            balanced_shares(self.shares.tolist(), self.end_s.tolist(), overhead_s.tolist())
        )
        # no further than half or double at a time: a tiny region tells little of the next one
        moved = self.shares * np.clip((wanted / self.shares) ** step, 0.5, 2.0)
        return np.asarray(moved / moved.sum())


def _flown_s(problem: Problem, covered: list[Covered]) -> tuple[FloatArray, FloatArray]:
    """Fly the routes: when each UAV ends, and how long it works; each of shape (n,)."""
    routes = tuple(_route(i, found) for i, found in enumerate(covered))
    end_s, work_s = np.zeros(len(routes)), np.zeros(len(routes))
    for sortie in fly(problem, Solution(planner="", routes=routes)):
        at_work = (sortie.kind == LegKind.SURVEY) | (sortie.kind == LegKind.CONNECT)
        end_s[sortie.uav] = max(end_s[sortie.uav], sortie.time_s[-1])
        work_s[sortie.uav] += np.diff(sortie.time_s)[at_work].sum()
    return end_s, work_s


class _Search:
    """Divides, covers and moves shares; the best division is kept."""

    def __init__(
        self,
        problem: Problem,
        params: RegionsParams,
        lattice: GroundLattice,
        rng: np.random.Generator,
        observer: Observer,
    ) -> None:
        self.problem, self.params, self.lattice = problem, params, lattice
        self.rng, self.observer = rng, observer
        self.starts_m = spread_starts(lattice.grid, [v.start_m for v in problem.vehicles])

    def trial(self, shares: FloatArray, warm: IntArray | None, cover_params: CoverParams) -> _Trial:
        """Divide by shares and cover each region."""
        count = len(self.problem.vehicles)
        division = divide_lattice(
            self.lattice,
            self.starts_m,
            shares,
            self.params.darp,
            rng=self.rng,
            observer=NullObserver(),
            warm=warm,
        )
        regions = regions_of(self.lattice, division.labels, count)
        covered = []
        for i, region in enumerate(regions):
            found = cover(
                self.problem, i, region, cover_params, rng=self.rng, observer=_Quiet(self.observer)
            )
            covered.append(found)
        end_s, work_s = _flown_s(self.problem, covered)
        return _Trial(division.labels, shares, regions, tuple(covered), end_s, work_s)

    def balanced(
        self,
        shares: FloatArray,
        warm: IntArray | None,
        cover_params: CoverParams,
        rounds: int,
        stage: str,
    ) -> _Trial:
        """Move shares until the UAVs finish together, or the rounds are over."""
        report_progress(self.observer, stage, 0.0)
        best = last = self.trial(shares, warm, cover_params)
        for k in range(rounds):
            report_progress(self.observer, stage, (k + 1) / (rounds + 1))
            if best.uneven <= self.params.tolerance:
                break
            try:
                last = self.trial(last.better_shares(self.params.step), last.labels, cover_params)
            except InfeasibleError:
                break  # the shares have come to where a region leaves no room to fly
            if last.finish_s < best.finish_s:
                best = last
        report_progress(self.observer, stage, 1.0)
        return best

    def hastened(self, trial: _Trial, cover_params: CoverParams) -> _Trial:
        """Search longer for the UAV that ends last, as long as that brings the end forward."""
        count = len(self.problem.vehicles)
        for k in range(count):
            report_progress(self.observer, "hastening the last", k / count)
            last = int(np.argmax(trial.end_s))
            found = cover(
                self.problem,
                last,
                trial.regions[last],
                cover_params,
                rng=self.rng,
                observer=_Quiet(self.observer),
            )
            if found.time_s >= trial.covered[last].time_s - 1e-6:
                break
            covered = [found if i == last else c for i, c in enumerate(trial.covered)]
            end_s, work_s = _flown_s(self.problem, covered)
            if end_s.max() >= trial.finish_s:
                break
            trial = replace(trial, covered=tuple(covered), end_s=end_s, work_s=work_s)
        report_progress(self.observer, "hastening the last", 1.0)
        return trial


class _Quiet:
    """Passes on the wish to stop, not the progress of each small tour."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def on_progress(self, stage: str, fraction: float) -> None:
        return None

    def should_stop(self) -> bool:
        return self._observer.should_stop()


def _draft(params: CoverParams) -> CoverParams:
    return replace(params, sweep=replace(params.sweep, effort="draft"))


def _quick(params: CoverParams) -> CoverParams:
    """Make the search some times as fast: its tours are a percent longer at most."""
    few = replace(params.sweep, effort="normal", edges=3, angle_step_deg=45.0, tried=1, finalists=1)
    return replace(params, sweep=replace(few, trees=0))


def _route(uav: int, covered: Covered) -> Route:
    return Route(uav=uav, xy_m=covered.xy_m, survey=covered.survey)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsPlanner:
    """A region of its own for each UAV, covered by trimmed sweeps; all finish together."""

    name: str = "regions"
    params: RegionsParams = field(default_factory=RegionsParams)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Divide the ground and cover the regions.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        params = self.params
        if len(problem.vehicles) == 1:
            alone = cover(problem, 0, problem.target, params.cover, rng=rng, observer=observer)
            return Solution(
                planner=self.name,
                routes=(_route(0, alone),),
                regions=(problem.target,),
                dropped=alone.dropped,
            )
        whole = cover(
            problem, 0, problem.target, _draft(params.cover), rng=rng, observer=_Quiet(observer)
        )
        side_m = cell_side_m(
            problem.target, problem.spacing_m, len(problem.vehicles), params.cells_per_uav
        )
        lattice = cut_lattice(problem.target, cell_m=side_m, angle_rad=whole.angle_rad)
        search = _Search(problem, params, lattice, rng, observer)
        shares = np.array([vehicle.share for vehicle in problem.vehicles])
        rounds = params.draft_rounds if problem.balance else 0
        found = search.balanced(shares, None, _draft(params.cover), rounds, "dividing the area")
        if params.cover.sweep.effort != "draft":
            rounds = params.rounds if problem.balance else 0
            found = search.balanced(
                found.shares, found.labels, _quick(params.cover), rounds, "covering the regions"
            )
            found = search.hastened(found, params.cover)
        dropped: tuple[Dropped, ...] = tuple(d for c in found.covered for d in c.dropped)
        return Solution(
            planner=self.name,
            routes=tuple(_route(i, c) for i, c in enumerate(found.covered)),
            regions=found.regions,
            dropped=dropped,
        )
