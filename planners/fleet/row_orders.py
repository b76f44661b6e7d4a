"""In what order UAVs take pieces of the tour over a fleet's rows: orders worth a try."""

from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from mcpp.model import FloatArray, Problem
from planners.fleet.pads import pads_of
from planners.survey.strips import RowDivider

MOST_PERMUTED = 5
"""Of up to so many UAVs all orders are weighed."""
MOST_WEIGHED = 3000
"""Of more, so many exchanges of two at most."""
FAR = 0.8
"""Part of a battery that the ways there and back may take."""

_Order = tuple[int, ...]


def orders_worth_a_try(problem: Problem, divider: RowDivider, count: int) -> list[_Order]:
    """List orders, the one with the shortest ways first.

    Weighed is what the ways between launch points and pieces take from all: the time of each UAV
    counts by how much ground it covers in it. Where no launch point is given all are alike, and
    some are drawn.
    """
    ways = _Ways(problem, divider)
    first = tuple(int(uav) for uav in divider.order)
    alike = len({(v.speed_m_s, v.endurance_s, v.batteries) for v in problem.vehicles}) == 1
    if alike and any(len(pad) == len(first) for pad in pads_of(problem)):
        return [first]  # whoever takes off first lands first, whatever it has surveyed
    if not ways.matter:
        return [first] if alike else _drawn(first, count)
    known = {first: ways.cost_s(first)}
    if len(first) <= MOST_PERMUTED:
        known.update((order, ways.cost_s(order)) for order in permutations(first))
    else:
        for order in _descent(first, ways):
            known[order] = ways.cost_s(order)
    return sorted(known, key=lambda order: (round(known[order], 3), order))[:count]


def _drawn(first: _Order, count: int) -> list[_Order]:
    found = [first]
    rng = np.random.default_rng(len(first))
    for _ in range(3 * count):
        order = tuple(int(uav) for uav in rng.permutation(len(first)))
        if len(found) < count and order not in found:
            found.append(order)
    return found


def _descent(first: _Order, ways: "_Ways") -> Iterator[_Order]:
    """Exchange two UAVs as long as that shortens the ways; yield all orders that were weighed."""
    best, best_s, weighed, better = first, ways.cost_s(first), 0, True
    while better and weighed < MOST_WEIGHED:
        better = False
        for i in range(len(first)):
            for j in range(i + 1, len(first)):
                order = [*best]
                order[i], order[j] = order[j], order[i]
                tried_s = ways.cost_s(order)
                weighed += 1
                yield tuple(order)
                if tried_s < best_s - 1e-6:
                    best, best_s, better = tuple(order), tried_s, True


class _Ways:
    """What the ways to the pieces of the tour take from the fleet."""

    def __init__(self, problem: Problem, divider: RowDivider) -> None:
        self._divider, self._vehicles = divider, problem.vehicles
        points = divider.points_m()
        self.matter = False
        self._away_m: list[FloatArray | None] = []
        for vehicle in problem.vehicles:
            away = None
            if vehicle.start_m is not None:
                away = np.min([np.hypot(*(end - vehicle.start_m).T) for end in points], axis=0)
                self.matter = True
            self._away_m.append(away)

    def cost_s(self, order: Sequence[int]) -> float:
        """Give the mean of the ways, weighed by shares; far too much where a battery is too small.

        Pieces are as large as the shares foretold.
        """
        cost_s, part = 0.0, 0.0
        for uav in order:
            vehicle, away_m = self._vehicles[uav], self._away_m[uav]
            first, part = self._divider.place(part), part + vehicle.share
            last = self._divider.place(min(part, 1.0))
            if away_m is None:
                continue
            line = min(int(first), len(away_m) - 1)
            lines = slice(line, max(int(np.ceil(last)), line + 1))
            way_s = 2 * float(away_m[lines].min()) / vehicle.transit_speed_m_s
            cost_s += vehicle.share * way_s
            cost_s += max(0.0, way_s - FAR * vehicle.endurance_s)
        return cost_s
