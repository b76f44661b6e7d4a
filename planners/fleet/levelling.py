"""Move the borders between regions by what their UAVs really fly, until all land together.

Each try moves borders a little (`planners.fleet.borders`), bends the tours to the new regions and
flies them with all, batteries, swaps, turns and waits included. All borders at once first, by how
each UAV's end follows from its share; a tour's time does not follow evenly, so that other parts of
the way are tried, and then single borders. Only what brings the end forward is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray, IntArray, Problem
from mcpp.planner import Observer, report_progress
from planners.fleet.balancing import Trial, cost_of_s, flown_together, route_of
from planners.fleet.borders import borders_m, moved
from planners.fleet.known_tours import SLACK_PERCENT, KnownTours, Wanted
from planners.fleet.pads import slots_of
from planners.fleet.single import Covered, CoverParams
from planners.sweep.tour import SweepParams

STEPS = (1.0, 0.6, 1.5, 0.3)
"""Parts of the way to shares with which all would land together that are tried, in this order."""
NECK = 0.5
"""Regions are kept wider than this part of a line spacing."""
LEAST_SHARE = 2e-4
"""Of all the ground, that is worth a try."""
TOLERANCE = 0.015
"""Difference of landing times that is let be, as a part of the latest."""
FIRST = 3
"""Single borders that are moved before other steps of all."""
LATER = 1e-3
"""By this part the last may land later where that brings the others nearer to it."""
SWIFT = CoverParams(
    sweep=SweepParams(edges=3, angle_step_deg=45.0, tried=1, trees=0, finalists=1, bends=1)
)
"""Of regions over which a bent tour covers too little."""
TRIES = 12
"""Times that borders are moved, at most."""
MANY = 16
"""More UAVs than these are not levelled: to fly all of them again and again is dear."""
FULL_SQUARES = 500.0
"""Area of a UAV in squared spacings up to which all tries are made: larger ones are dear, and their
times follow their shares more closely."""


def part_tried(problem: Problem) -> float:
    """Which part of the tries to even out a problem's fleet is made; 0 where nothing may move."""
    if not problem.balance or len(problem.vehicles) < 2:
        return 0.0
    squares = problem.target.area / problem.spacing_m**2 / len(problem.vehicles)
    return min(1.0, FULL_SQUARES / float(squares))


def flown_trial(
    problem: Problem,
    labels: IntArray,
    regions: tuple[BaseGeometry, ...],
    covered: tuple[Covered, ...],
) -> Trial:
    """Fly tours over regions with all; shares are the areas of the regions.

    Raises
    ------
    InfeasibleError
    """
    areas_m2 = np.array([region.area for region in regions])
    shares = areas_m2 / areas_m2.sum()
    routes = [route_of(i, found) for i, found in enumerate(covered)]
    return Trial(labels, shares, regions, covered, *flown_together(problem, routes, shares))


def covered_percent(regions: Sequence[BaseGeometry], covered: Sequence[Covered]) -> float:
    """Tell how much of all regions their tours cover."""
    areas_m2 = np.array([region.area for region in regions])
    percent = np.array([found.coverage_percent for found in covered])
    return float((areas_m2 * percent).sum() / areas_m2.sum())


def _cost_s(aim: Trial) -> float:
    """Weigh ends as all divisions are, and a little how early each one comes, however early."""
    gaps = 1 - aim.end_s / aim.end_s.max()
    return cost_of_s(aim.end_s) + float(aim.end_s.max() * (0.02 * gaps.max() + 0.05 * gaps.mean()))


class Leveller:
    """Evens out the landing times of a division into regions of any shape."""

    def __init__(
        self,
        problem: Problem,
        tours: KnownTours,
        params: CoverParams,
        *,
        tolerance: float = TOLERANCE,
    ) -> None:
        self.problem, self.tours, self.params = problem, tours, params
        self.tolerance = tolerance
        self.neck_m = NECK * min(vehicle.spacing_m for vehicle in problem.vehicles)

    def levelled(self, best: Trial, *, tries: int, observer: Observer) -> Trial:
        """Move borders, at most so many times; the best trial is kept.

        Raises
        ------
        Cancelled
        """
        stage = "landing together"
        aim = self._aimed(best)
        changes = self._changes(aim)
        for k in range(tries):
            report_progress(observer, stage, k / tries)
            change = None if aim.spread <= self.tolerance else next(changes, None)
            if change is None:
                break
            found = self._tried(best, change)
            if found is None or found.end_s.max() > (1 + LATER) * best.end_s.max():
                continue
            then = self._aimed(found)
            if _cost_s(then) < _cost_s(aim):
                best, aim = found, then
                changes = self._changes(aim)
        report_progress(observer, stage, 1.0)
        return best

    def _aimed(self, trial: Trial) -> Trial:
        """Add to each end what has to lie between it and the last one at a shared launch point.

        The models are moved so that they end as the flights did, waits included.
        """
        slots, end_s = slots_of(self.problem, float(trial.end_s.mean())), trial.end_s.copy()
        for pad in slots.pads:
            in_turn = sorted(pad, key=lambda uav: (trial.end_s[uav], uav))
            end_s[in_turn] += slots.land_s * np.arange(len(pad) - 1, -1, -1)
        models = tuple(
            replace(model, wait_s=model.wait_s + float(one_s) - model.finish_s(float(share)))
            for model, one_s, share in zip(trial.models, end_s, trial.shares, strict=True)
        )
        return replace(trial, end_s=end_s, models=models)

    def _changes(self, aim: Trial) -> Iterator[FloatArray]:
        """Yield changes of all shares, shape (n,), to be tried in turn."""
        whole = aim.better_shares(1.0) - aim.shares
        yield STEPS[0] * whole
        single = list(self._single(aim)) if len(whole) > 2 else []
        yield from single[:FIRST]
        for step in STEPS[1:]:
            yield step * whole
        yield from single[FIRST:]
        yield from (STEPS[1] * change for change in single)

    def _single(self, aim: Trial) -> Iterator[FloatArray]:
        """Over one border each: first between those that end farthest apart."""
        beside = borders_m(aim.regions) > 0
        apart_s = np.where(beside, aim.end_s[:, None] - aim.end_s[None, :], 0.0)
        for at in np.argsort(-apart_s, axis=None, kind="stable"):
            giver, taker = divmod(int(at), len(aim.end_s))
            amount = aim.room(giver, taker) if apart_s[giver, taker] > 0 else 0.0
            if amount <= LEAST_SHARE:
                break
            change = np.zeros(len(aim.end_s))
            change[giver], change[taker] = -amount, amount
            yield change

    def _tried(self, trial: Trial, change: FloatArray) -> Trial | None:
        """Move borders, bend the tours and fly; None where a region leaves no room to fly."""
        total_m2 = sum(region.area for region in trial.regions)
        chosen = np.flatnonzero(change)
        regions, covered = list(trial.regions), list(trial.covered)
        after = moved([regions[i] for i in chosen], change[chosen] * total_m2, self.neck_m)
        wanted = [
            Wanted(int(i), region, covered[i])
            for i, region in zip(chosen, after, strict=True)
            if region is not regions[i]
        ]
        if not wanted:
            return None
        try:
            for one, found in zip(wanted, self.tours.best(wanted, self.params), strict=True):
                regions[one.uav], covered[one.uav] = one.region, found
            wanted_percent = self.problem.coverage_percent - SLACK_PERCENT
            if covered_percent(regions, covered) < min(
                wanted_percent, covered_percent(trial.regions, trial.covered)
            ):
                return None
            return flown_trial(self.problem, trial.labels, tuple(regions), tuple(covered))
        except InfeasibleError:
            return None
