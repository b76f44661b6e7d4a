"""Divide a pattern along its way among a fleet, so that all finish together."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, IntArray, Problem
from planners.fleet.single import corner_m

_HALVINGS = 40
_UNEVEN = 0.1
"""Seconds later that the last may end for each second that the others end nearer to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Straight pieces of a pattern in the order in which they are flown.

    Attributes
    ----------
    ends_m
        Shape (k, 4): x, y, x, y.
    group
        Pieces of one number stay with one UAV, shape (k,), rising.
    """

    ends_m: FloatArray
    group: IntArray


def shared(pieces: Pieces, problem: Problem, spaces: list[FreeSpace]) -> list[tuple[int, int]]:
    """Give each UAV a run of pieces, first to last, one past the end; an empty run for none.

    Where shares are asked they are kept by length; else the UAVs finish together, in the order
    (their own, or that turned round) in which they finish first.
    """
    cuts = np.concatenate([[0], np.flatnonzero(np.diff(pieces.group)) + 1, [len(pieces.group)]])
    step = pieces.ends_m[:, 2:] - pieces.ends_m[:, :2]
    gap = pieces.ends_m[1:, :2] - pieces.ends_m[:-1, 2:]
    between_m = np.hypot(gap[:, 0], gap[:, 1])
    bent = np.abs(step[:-1, 0] * step[1:, 1] - step[:-1, 1] * step[1:, 0]) > 1e-6
    stops_m = np.where(bent | (between_m > 1e-6), corner_m(problem.vehicles[0]), 0.0)
    # the way from the start of piece a to the end of piece b - 1 is clock[b] - clock[a] - lead[a]
    lead = np.concatenate([[0.0], between_m + stops_m])
    clock = np.concatenate([[0.0], np.cumsum(np.hypot(step[:, 0], step[:, 1]) + lead)])
    if not problem.balance:
        return _by_shares(cuts, clock, [vehicle.share for vehicle in problem.vehicles])
    ways = [_ways_s(problem, uav, space, pieces) for uav, space in enumerate(spaces)]
    table = _Table(cuts, clock, lead, ways, [vehicle.speed_m_s for vehicle in problem.vehicles])
    count = len(problem.vehicles)
    orders = [[(k + turn) % count for k in range(count)] for turn in range(count)]
    orders += [order[::-1] for order in orders] if count > 1 else []
    best = min((table.least(order) for order in orders), key=lambda found: found[0])
    return best[1]


def _by_shares(cuts: IntArray, clock: FloatArray, shares: list[float]) -> list[tuple[int, int]]:
    marks = clock[-1] * np.concatenate([[0.0], np.cumsum(shares)])
    ends = [int(cuts[np.argmin(np.abs(clock[cuts] - mark))]) for mark in marks]
    ends[0], ends[-1] = 0, int(cuts[-1])
    return list(pairwise(ends))


def _ways_s(
    problem: Problem, uav: int, space: FreeSpace, pieces: Pieces
) -> tuple[FloatArray, FloatArray]:
    """Time from the launch point to the start of each piece, and from its end to the landing."""
    vehicle = problem.vehicles[uav]
    found = []
    for place, ends in (
        (vehicle.start_m, pieces.ends_m[:, :2]),
        (vehicle.landing_m, pieces.ends_m[:, 2:]),
    ):
        way_m = np.zeros(len(ends)) if place is None else space.distances([place], ends)[0]
        found.append(np.where(np.isfinite(way_m), way_m, 1e9) / vehicle.transit_speed_m_s)
    return found[0], found[1]


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    cuts: IntArray
    clock: FloatArray
    lead: FloatArray
    ways: list[tuple[FloatArray, FloatArray]]
    speeds: list[float]

    def least(self, order: list[int]) -> tuple[float, list[tuple[int, int]]]:
        """Find the runs of UAVs in this order that end first, and when, evenness counted in."""
        low = 0.0
        high = max(
            float(self.clock[-1]) / speed + float(onto.max() + off.max())
            for (onto, off), speed in zip(self.ways, self.speeds, strict=True)
        )
        best = self._runs(order, high)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            found = self._runs(order, middle)
            if found is None:
                low = middle
            else:
                high, best = middle, found
        runs = [(0, 0)] * len(order)
        for uav, run in zip(order, best or [], strict=False):
            runs[uav] = run
        times_s = [self._time_s(uav, *run) for uav, run in enumerate(runs)]
        return high + _UNEVEN * (max(times_s) - min(times_s)), runs

    def _time_s(self, uav: int, first: int, last: int) -> float:
        if first == last:
            return 0.0
        onto, off = self.ways[uav]
        work_m = self.clock[last] - self.clock[first] - self.lead[first]
        return float(onto[first] + work_m / self.speeds[uav] + off[last - 1])

    def _runs(self, order: list[int], limit_s: float) -> list[tuple[int, int]] | None:
        """Let each UAV fly as far as the time lets it; None where that is not all."""
        at, runs = 0, []
        for uav in order:
            onto, off = self.ways[uav]
            last = at
            ends = self.cuts[self.cuts > at]
            if len(ends):
                work_s = (self.clock[ends] - self.clock[at] - self.lead[at]) / self.speeds[uav]
                fits = onto[at] + work_s + off[ends - 1] <= limit_s
                last = int(ends[np.flatnonzero(fits)[-1]]) if fits.any() else at
            runs.append((at, last))
            at = last
        return runs if at == self.cuts[-1] else None
