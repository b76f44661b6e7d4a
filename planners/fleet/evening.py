"""Cut the tour of a fleet's rows where each UAV has flown enough: all land together.

Along the one tour over the rows each UAV in turn is given ground until its own flights, made and
timed as they will be flown, with those before it in the air, fill the time up to one end for all.
The end is moved until the last UAV is left no more and no less.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.deconflict import Flight, Placed, Sky, apart_of
from mcpp.flight.fly import flights_alone
from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, Problem
from mcpp.planner import report_progress
from mcpp.problem.batteries import Batteries
from mcpp.problem.space import space_of
from planners.fleet.balancing import Balancer, Trial, route_of
from planners.fleet.known_tours import Wanted
from planners.fleet.pads import slots_of
from planners.fleet.single import CoverParams
from planners.survey.strips import RowDivider

ENDS = 5
"""Ends for all that are tried, at most."""
FLOWN = 2
"""Of those, so many with the earliest ends are flown by all together."""
MANY, FEW_ENDS = 20, 3
"""Of more UAVs than these, so few ends are tried: each takes long."""
LOOKS = 5
"""Places at which a UAV's ground is tried to end, at most."""
CLOSE = 0.006
"""A UAV whose time is filled but for this part of it is given no more."""
LEAST_PART = 5e-4
"""Of the ground, that each UAV is given at least."""


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """Ground of one UAV: to where on the tour, its flights, and when it has landed for good."""

    last: float
    placed: tuple[Placed, ...]
    end_s: float


def _cost_s(trial: Trial) -> float:
    return trial.cost_s


class Evener:
    """Moves the cuts of a division along rows until all UAVs land together."""

    def __init__(self, balancer: Balancer, divider: RowDivider, params: CoverParams) -> None:
        self.balancer, self.divider, self.params = balancer, divider, params
        self.problem: Problem = balancer.problem
        problem = self.problem
        self._order = [int(uav) for uav in divider.order]
        self._sky = Sky(apart_of(problem), problem.vehicles, problem.pad_clear_s)
        self._flights: dict[tuple[int, float, float], tuple[Flight, ...] | None] = {}
        self._spaces: dict[int | None, FreeSpace] = {}

    def evened(self, best: Trial, *, rounds: int) -> Trial:
        """Give ground anew by the flights of a trial; the best trial is kept.

        Raises
        ------
        Cancelled
        """
        stage, last = "landing together", best
        for k in range(rounds):
            report_progress(self.balancer.observer, stage, k / rounds)
            if best.spread <= self.balancer.tolerance:
                break
            found = self._shared(last)
            if not found:
                break
            last = min(found, key=_cost_s)
            best = min(best, last, key=_cost_s)
        report_progress(self.balancer.observer, stage, 1.0)
        return best

    def _shared(self, trial: Trial) -> list[Trial]:
        """Share the ground out for some ends, and fly it with all."""
        worth = np.asarray(trial.shares / np.maximum(trial.work_s, 1.0))
        slots = slots_of(self.problem, float(trial.end_s.mean()))
        early_s = slots.early_s(self._order)
        end_s = float(((trial.end_s + early_s) * worth).sum() / worth.sum())
        found = []
        for cuts in self._cuts_for(worth, early_s, end_s):
            shares, regions = np.zeros(len(worth)), list(trial.regions)
            for k, uav in enumerate(self._order):
                shares[uav] = self.divider.part(cuts[k + 1]) - self.divider.part(cuts[k])
                regions[uav] = self.divider.region(cuts[k], cuts[k + 1])
            labels = self.divider.labels_of(np.array(cuts))
            try:
                flown = self.balancer.flown_trial(labels, shares, tuple(regions), self.params)
            except InfeasibleError:
                continue
            found.append(flown)
        return found

    def _cuts_for(self, worth: FloatArray, early_s: FloatArray, end_s: float) -> list[list[float]]:
        """Give the whole tour away by some ends, nearer and nearer to the earliest: the cuts."""
        found: list[list[_Given]] = []
        low_s, high_s = 0.0, np.inf
        for _ in range(ENDS if len(worth) <= MANY else FEW_ENDS):
            given = self._given_by(worth, early_s, end_s)
            if given is None:
                break
            found.append(given)
            last = self._order[-1]
            over_s = given[-1].end_s + float(early_s[last]) - end_s  # it takes what is left
            if abs(over_s) <= CLOSE * end_s:
                break
            low_s, high_s = (end_s, high_s) if over_s > 0 else (low_s, end_s)
            end_s += over_s * float(worth[last] / worth.sum())
            if not low_s < end_s < high_s:
                end_s = (low_s + min(high_s, 2 * low_s + 1.0)) / 2

        def latest_s(given: list[_Given]) -> float:
            return max(
                one.end_s + float(early_s[uav]) for one, uav in zip(given, self._order, strict=True)
            )

        found.sort(key=latest_s)
        best = found[:FLOWN]
        if found:
            best.append(self._evened_out(found[0], early_s))
        return [[0.0, *(one.last for one in given)] for given in best]

    def _given_by(
        self, worth: FloatArray, early_s: FloatArray, end_s: float
    ) -> list[_Given] | None:
        """Give each UAV in turn what it can do by an end, and the last one the rest."""
        found: list[_Given] = []
        placed: list[Placed] = []
        for k, uav in enumerate(self._order):
            first = found[-1].last if found else 0.0
            after = len(self._order) - 1 - k
            if after and math.floor(first) + after >= len(self.divider.row):
                return None  # not a line for each is left
            if after == 0:
                given = self._until(uav, first, self.divider.place(1.0), placed)
            else:
                most = float(len(self.divider.row) - after)
                has_s = end_s - float(early_s[uav])
                given = self._filled(uav, first, most, float(worth[uav]), has_s, placed)
            found.append(given)
            placed += given.placed
        return found

    def _evened_out(self, found: list[_Given], early_s: FloatArray) -> list[_Given]:
        """Pass ground over each cut, from the last one back, until both sides end together."""
        found = list(found)
        for k in range(len(found) - 2, -1, -1):
            first = found[k - 1].last if k else 0.0
            others = [p for i, one in enumerate(found) if i not in (k, k + 1) for p in one.placed]
            low, high = first, found[k + 1].last
            for _ in range(LOOKS):
                mine, theirs = found[k], found[k + 1]
                own_s = mine.end_s + float(early_s[self._order[k]])
                their_s = theirs.end_s + float(early_s[self._order[k + 1]])
                if abs(own_s - their_s) <= 2 * CLOSE * max(own_s, their_s):
                    break
                low, high = (low, mine.last) if own_s > their_s else (mine.last, high)
                part = (self.divider.part(low) + self.divider.part(high)) / 2
                if np.isfinite(own_s + their_s):
                    rate = (mine.last - first) / max(own_s, 1.0)
                    aim = mine.last + rate * (their_s - own_s) / 2
                    part = self.divider.part(aim) if low < aim < high else part
                cut = self.divider.place(part)
                if not low < cut < high:
                    break
                given = self._until(self._order[k], first, cut, others)
                after = self._until(self._order[k + 1], cut, theirs.last, [*others, *given.placed])
                then_s = max(
                    given.end_s + float(early_s[self._order[k]]),
                    after.end_s + float(early_s[self._order[k + 1]]),
                )
                if then_s < max(own_s, their_s):
                    found[k], found[k + 1] = given, after
                elif own_s > their_s:
                    low = cut
                else:
                    high = cut
        return found

    def _filled(
        self,
        uav: int,
        first: float,
        most_lines: float,
        worth: float,
        has_s: float,
        placed: Sequence[Placed],
    ) -> _Given:
        """Give a UAV the most ground that it has done in the time it has."""
        begin, most = self.divider.part(first), self.divider.part(most_lines)
        low, high = begin, most  # parts at which it has time left, and none
        low_s, high_s = 0.0, np.inf
        best: _Given | None = None
        at = begin + worth * max(has_s, 0.0)
        for _ in range(LOOKS):
            at = float(np.clip(at, begin + LEAST_PART, most))
            last = min(self.divider.place(at), most_lines)
            last = last if last > first else math.floor(first) + 1.0
            given = self._until(uav, first, last, placed)
            fits = given.end_s <= has_s
            if best is None or _rank(given, has_s) > _rank(best, has_s):
                best = given
            if fits and given.end_s >= (1 - CLOSE) * has_s:
                break
            if fits:
                low, low_s = at, given.end_s
            else:
                high, high_s = at, given.end_s
            if high - low < LEAST_PART or (fits and at >= most):
                break
            aim_s = (1 - CLOSE / 2) * has_s
            if np.isfinite(high_s) and low > begin:
                within = (aim_s - low_s) / max(high_s - low_s, 1e-6)
                at = low + float(np.clip(within, 0.1, 0.9)) * (high - low)
            else:
                at += worth * (aim_s - given.end_s)
                if not low < at < high:
                    at = (low + high) / 2
        assert best is not None
        return best

    def _until(self, uav: int, first: float, last: float, placed: Sequence[Placed]) -> _Given:
        """Fly what lies between two places on the tour, with others placed before."""
        key = (uav, first, last)
        if key not in self._flights:
            self._flights[key] = self._flights_over(uav, first, last)
        flights = self._flights[key]
        if flights is None:
            return _Given(last, (), np.inf)
        batteries = Batteries(self.problem.vehicles, self.problem.chargers)
        ready_s, first_s = 0.0, None
        own: list[Placed] = []
        for flight in flights:
            begin_s = self._sky.begin_s(flight, placed, ready_s, first_s)
            first_s = begin_s if first_s is None else first_s
            own.append(Placed(flight, begin_s, first_s))
            batteries.flown(uav, own[-1].end_s)
            ready_s = batteries.ready_s(uav, own[-1].end_s)
        return _Given(last, tuple(own), own[-1].end_s if own else 0.0)

    def _flights_over(self, uav: int, first: float, last: float) -> tuple[Flight, ...] | None:
        """Cover the ground between two places, and fly it; None where that can not be."""
        region = self.divider.region(first, last)
        corridor = self.problem.corridors[uav] if self.problem.corridors else None
        key = None if corridor is None else uav
        if key not in self._spaces:
            self._spaces[key] = FreeSpace(space_of(self.problem, uav))
        try:
            (covered,) = self.balancer.tours.best([Wanted(uav, region)], self.params)
            sorties = flights_alone(self.problem, route_of(uav, covered), self._spaces[key])
        except InfeasibleError:
            return None
        return tuple(self._sky.flight(sortie, 0.0) for sortie in sorties)


def _rank(given: _Given, has_s: float) -> tuple[bool, float]:
    """Order ways to fill a UAV's time: the most ground that fits, else the least."""
    fits = given.end_s <= has_s
    return fits, given.last if fits else -given.last
