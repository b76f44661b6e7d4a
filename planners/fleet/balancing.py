"""Move ground between the UAVs until they finish together.

First all shares at once, by what each UAV made of its share: quick, but a tour's time goes up and
down by whole survey lines, so that it soon moves in circles. Then ground passes between two UAVs
at a time, and stays where it went only if that brought the end forward.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.flight.fly import fly
from mcpp.flight.measured import measured_model
from mcpp.model import FloatArray, IntArray, Problem, Route, Solution
from mcpp.planner import Observer, report_progress
from mcpp.problem.finish import FinishModel, shares_together
from planners.fleet.dividers import Divider
from planners.fleet.known_tours import KnownTours, Wanted
from planners.fleet.pads import slots_of
from planners.fleet.single import Covered, CoverParams

LATEST = 12.0
"""Power of the mean that stands for the end of the plan: high, so that the last UAV counts most."""
PORTIONS = (1.0, 0.5, 1.7, 0.25)
"""Parts of what would make two UAVs even that are tried, in this order."""
TOGETHER = 0.03
"""Ends that lie no farther apart than this part of the latest count as together."""
AT_ONCE = 4
"""Trades that are tried side by side: one number for all machines, so that plans are the same."""
LEAST_SHARE = 1e-4
"""A trade of less ground than this part of all is none."""
LATE_AT_ONCE = 2
"""UAVs that end last that are searched longer for, side by side."""


_Flown = tuple[FloatArray, FloatArray, tuple[FinishModel, ...]]


def moved_shares(shares: FloatArray, models: Sequence[FinishModel], step: float) -> FloatArray:
    """Shares, shape (n,), with which the UAVs would finish together, or `step` of the way there."""
    wanted = np.array(shares_together(models))
    # no further than half or double at a time: a tiny region tells little of the next one
    moved = shares * np.clip((wanted / shares) ** step, 0.5, 2.0)
    return np.asarray(moved / moved.sum())


def flown_together(problem: Problem, routes: Sequence[Route], shares: FloatArray) -> _Flown:
    """Fly routes: when each UAV ends, how long it works, and how both follow from its share.

    Raises
    ------
    InfeasibleError
    """
    sorties = fly(problem, Solution(planner="", routes=tuple(routes)))
    models = tuple(
        measured_model(problem.vehicles[i], [s for s in sorties if s.uav == i], share)
        for i, share in enumerate(shares)
    )
    end_s = np.zeros(len(routes))
    for sortie in sorties:
        end_s[sortie.uav] = max(end_s[sortie.uav], sortie.time_s[-1])
    waits_s = np.array([model.wait_s for model in models])
    flying = {sortie.uav for sortie in sorties}
    lost_s = slots_of(problem, float(end_s.mean())).lost_s(waits_s, flying)
    models = tuple(replace(m, wait_s=float(s)) for m, s in zip(models, lost_s, strict=True))
    work_s = np.array([model.whole_s for model in models]) * shares
    return end_s, work_s, models


def spread_of(end_s: FloatArray) -> float:
    """How far ends, shape (n,), lie apart, as a part of the latest."""
    return float(1 - end_s.min() / end_s.max())


def _unevenness(spread: float) -> float:
    return 0.1 * min(spread, 0.1) + 0.7 * min(max(0.0, spread - TOGETHER), 0.05)


def finish_cost_s(end_s: FloatArray) -> float:
    """Weigh ends, shape (n,), as `cost_of_s`, but by nothing before the latest of them.

    Of divisions that are found by all ends at once, not by one trade after another.
    """
    latest, mean = float(end_s.max()), float(end_s.mean())
    return (latest + 0.05 * mean) * (1 + _unevenness(spread_of(end_s)))


def cost_of_s(end_s: FloatArray) -> float:
    """Weigh ends, shape (n,): the latest, and a little of how unevenly they come.

    More where they do not come `TOGETHER`.
    """
    latest, spread = end_s.max(), spread_of(end_s)
    mean = float(np.mean((end_s / latest) ** LATEST)) ** (1 / LATEST)
    # both up to a limit: a UAV that ends early is no reason to fly longer
    return float(latest * mean * (1 + _unevenness(spread)))


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One division, flown.

    Attributes
    ----------
    labels
        Shape (k,): the UAV of each cell that was divided.
    shares
        Shape (n,), summing to 1.
    end_s
        Shape (n,): when each UAV has landed for good, ways and battery swaps included.
    work_s
        Shape (n,): how much of that it was over its region.
    models
        How the end of each UAV follows from its share.
    """

    labels: IntArray
    shares: FloatArray
    regions: tuple[BaseGeometry, ...]
    covered: tuple[Covered, ...]
    end_s: FloatArray
    work_s: FloatArray
    models: tuple[FinishModel, ...]

    @property
    def spread(self) -> float:
        """How far the UAVs' ends lie apart, as a part of the latest."""
        return spread_of(self.end_s)

    @property
    def cost_s(self) -> float:
        """The end of the plan, and a little of how unevenly it comes."""
        return cost_of_s(self.end_s)

    def better_shares(self, step: float) -> FloatArray:
        """Shares with which the UAVs would finish together, or `step` of the way to them."""
        return moved_shares(self.shares, self.models, step)

    def room(self, giver: int, taker: int) -> float:
        """Find the largest share that one can give another that then ends no later than itself."""
        low, high = 0.0, 0.5 * float(self.shares[giver])
        for _ in range(30):
            middle = (low + high) / 2
            gives_s = self.models[giver].finish_s(self.shares[giver] - middle)
            if self.models[taker].finish_s(self.shares[taker] + middle) <= gives_s:
                low = middle
            else:
                high = middle
        return low

    def passed_on(self, giver: int, taker: int, portion: float) -> FloatArray:
        """Shares after one UAV has given another `portion` of what makes the two end together."""
        moved = self.shares.copy()
        amount = min(portion * self.room(giver, taker), 0.5 * moved[giver])
        moved[giver] -= amount
        moved[taker] += amount
        return moved

    def offers(self, neighbours: IntArray) -> Iterator[tuple[int, int, float]]:
        """UAV that gives, UAV that takes, and portion of what would make the two even.

        First between regions that meet, as nothing else changes then; those first that end farthest
        apart.

        Parameters
        ----------
        neighbours
            Of each cell, shape (k, 4); -1 is none.
        """
        count = len(self.end_s)
        beside = np.where(neighbours >= 0, self.labels[neighbours], self.labels[:, None])
        meet = np.zeros((count, count), dtype=np.bool_)
        meet[self.labels[:, None], beside] = True
        apart = self.end_s[:, None] - self.end_s[None, :]
        order = np.argsort(-apart, axis=None, kind="stable")
        pairs = [divmod(int(k), count) for k in order if apart.flat[k] > 0]
        for wanted in (True, False):
            for portion in PORTIONS:
                for giver, taker in pairs:
                    if meet[giver, taker] == wanted and self.room(giver, taker) > LEAST_SHARE:
                        yield giver, taker, portion


def route_of(uav: int, covered: Covered) -> Route:
    """Make the tour over a region the route of its UAV."""
    return Route(uav=uav, xy_m=covered.xy_m, survey=covered.survey)


def _wanted(regions: tuple[BaseGeometry, ...], before: Trial | None) -> list[Wanted]:
    like = before.covered if before else (None,) * len(regions)
    return [Wanted(i, *pair) for i, pair in enumerate(zip(regions, like, strict=True))]


def _cost_s(trial: Trial) -> float:
    return trial.cost_s


class Balancer:
    """Divides, covers and moves ground; regions that stayed as they were are not covered again."""

    def __init__(
        self,
        problem: Problem,
        divider: Divider,
        *,
        tolerance: float,
        rng: np.random.Generator,
        observer: Observer,
    ) -> None:
        self.problem, self.divider = problem, divider
        self.tolerance, self.observer = tolerance, observer
        self.tours = KnownTours(problem, rng, observer)

    def _flown(self, shares: FloatArray, covered: tuple[Covered, ...]) -> _Flown:
        routes = [route_of(i, found) for i, found in enumerate(covered)]
        return flown_together(self.problem, routes, shares)

    def trial(
        self,
        shares: FloatArray,
        warm: IntArray | None,
        params: CoverParams,
        before: Trial | None = None,
    ) -> Trial:
        """Divide by shares, cover each region and fly.

        Parameters
        ----------
        before
            Whose tours are bent to the new regions; None searches for tours.

        Raises
        ------
        InfeasibleError
            When a region leaves no room to fly.
        Cancelled
        """
        labels, regions = self.divider.divided(shares, warm)
        return self.flown_trial(labels, shares, regions, params, before)

    def flown_trial(
        self,
        labels: IntArray,
        shares: FloatArray,
        regions: tuple[BaseGeometry, ...],
        params: CoverParams,
        before: Trial | None = None,
    ) -> Trial:
        """Cover regions and fly them with all UAVs; see `trial`."""
        covered = self.tours.best(_wanted(regions, before), params)
        return Trial(labels, shares, regions, covered, *self._flown(shares, covered))

    def _trials(
        self, many: Sequence[FloatArray], before: Trial, params: CoverParams
    ) -> Iterator[Trial]:
        """Try divisions side by side, with ways and delays as they were: to fly many is dear.

        Those with a region that leaves no room are left out.
        """
        divided = [self.divider.divided(shares, before.labels) for shares in many]
        every = [_wanted(regions, before) for _, regions in divided]
        self.tours.make_unknown(chain.from_iterable(every), params)
        for shares, (labels, regions), wanted in zip(many, divided, every, strict=True):
            try:
                covered = self.tours.best(wanted, params)
                work_s = np.array([found.time_s for found in covered])
                models = tuple(
                    replace(model, whole_s=max(work, 1e-6) / share)
                    for model, work, share in zip(before.models, work_s, shares, strict=True)
                )
                later_s = np.array(
                    [
                        new.finish_s(share) - old.finish_s(was)
                        for new, old, share, was in zip(
                            models, before.models, shares, before.shares, strict=True
                        )
                    ]
                )
                end_s = before.end_s + later_s
                yield Trial(labels, shares, regions, covered, end_s, work_s, models)
            except InfeasibleError:
                continue

    def balanced(
        self,
        shares: FloatArray,
        warm: IntArray | None,
        params: CoverParams,
        *,
        rounds: int,
        step: float,
        stage: str,
    ) -> Trial:
        """Move all shares at once until the UAVs finish together, or the rounds are over."""
        report_progress(self.observer, stage, 0.0)
        best = last = self.trial(shares, warm, params)
        draft = params.sweep.effort == "draft"
        for k in range(rounds):
            report_progress(self.observer, stage, (k + 1) / (rounds + 1))
            if best.spread <= self.tolerance:
                break
            try:
                before = None if draft else last
                last = self.trial(last.better_shares(step), last.labels, params, before)
            except InfeasibleError:
                break  # the shares have come to where a region leaves no room to fly
            if last.cost_s < best.cost_s:
                best = last
        report_progress(self.observer, stage, 1.0)
        return best

    def traded(self, best: Trial, params: CoverParams, *, trades: int) -> Trial:
        """Pass ground between two UAVs at a time, as long as that brings the end forward."""
        stage = "evening out"
        refused: set[tuple[int, int, float]] = set()
        for k in range(0, trades, AT_ONCE):
            report_progress(self.observer, stage, k / trades)
            if best.spread <= self.tolerance:
                break
            offers = best.offers(self.divider.neighbours)
            some = list(islice((o for o in offers if o not in refused), AT_ONCE))
            if not some:
                break
            refused.update(some)
            shares = [best.passed_on(*offer) for offer in some]
            found = min(self._trials(shares, best, params), key=_cost_s, default=best)
            if found.cost_s < best.cost_s:
                end_s, work_s, models = self._flown(found.shares, found.covered)
                found = replace(found, end_s=end_s, work_s=work_s, models=models)
            if found.cost_s < best.cost_s:
                best = found
                refused.clear()
        report_progress(self.observer, stage, 1.0)
        return best

    def hastened(self, trial: Trial, params: CoverParams) -> Trial:
        """Search longer for the UAVs that end last, as long as that brings the end forward."""
        stage, count = "hastening the last", len(trial.covered)
        for k in range(count):
            report_progress(self.observer, stage, k / count)
            late = np.argsort(-trial.end_s, kind="stable")[:LATE_AT_ONCE]
            self.tours.make((Wanted(int(i), trial.regions[i]) for i in late), params)
            covered = self.tours.best(_wanted(trial.regions, trial), params)
            end_s, work_s, models = self._flown(trial.shares, covered)
            if end_s.max() >= trial.end_s.max():
                break
            trial = replace(trial, covered=covered, end_s=end_s, work_s=work_s, models=models)
        report_progress(self.observer, stage, 1.0)
        return trial
