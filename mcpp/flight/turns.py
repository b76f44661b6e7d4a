"""The order in which UAVs of one flight each take off, and how each of them flies: found fast.

How two flights forbid each other times does not change with the order: it is found once a pair, as
intervals of the one's take-off against the other's. An order is then judged in microseconds. A UAV
may have several ways to do its work, as a tour and the same tour the other way round; the order and
the way of each are searched together.

Flights that never meet have no say in each other's times: each group of flights that do, directly
or through others, is searched by itself.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from mcpp.flight.deconflict import DELAY_STEP_S, Flight, Sky
from mcpp.flight.turns_search import ends_of, every_order, moved_about
from mcpp.model import FloatArray, IntArray

MOVES = 2000
"""Exchanges, shifts and other ways of the best order so far that are tried."""
MOST_TRIED = 10
"""Groups of up to so many UAVs are then searched through, as far as `LOOKS` go."""
LOOKS = 200_000
"""Places of one way in an order that are looked at, at most."""
ALIKE_S = 1e-6

Turn = tuple[int, int]
"""A UAV, and which of its ways it flies."""


class Turns:
    """UAVs with their ways, and when the one may not take off after the other.

    Parameters
    ----------
    ways
        Of each UAV, one at least: the first is flown where no other is better.
    """

    def __init__(self, sky: Sky, ways: Sequence[Sequence[Flight]]) -> None:
        flights = [flight for own in ways for flight in own]
        count = len(flights)
        self._first_way: IntArray = np.cumsum([0, *map(len, ways)], dtype=np.int32)
        self._uav: IntArray = np.repeat(
            np.arange(len(ways), dtype=np.int32), np.diff(self._first_way)
        )
        self._took_s: FloatArray = np.array([flight.took_s for flight in flights])
        pairs = [p for i, j in sky.near_pairs(flights) for p in ((i, j), (j, i))]
        pairs = [(i, j) for i, j in sorted(pairs) if self._uav[i] != self._uav[j]]
        found = [sky.forbidden_s(flights[i], flights[j]) for i, j in pairs]
        sizes = np.zeros(count * count + 1, dtype=np.int32)
        for (i, j), forbidden_s in zip(pairs, found, strict=True):
            sizes[i * count + j + 1] = len(forbidden_s)
        self._first: IntArray = np.cumsum(sizes, dtype=np.int32)
        self._forbidden_s: FloatArray = np.vstack([np.empty((0, 2)), *found])
        self._group = self._groups(p for p, some in zip(pairs, found, strict=True) if len(some))

    def _groups(self, meeting: Iterable[tuple[int, int]]) -> IntArray:
        """Name the group of each UAV by the least UAV in it, shape (n,)."""
        group = np.arange(len(self._first_way) - 1, dtype=np.int32)
        for i, j in meeting:
            one, other = group[self._uav[i]], group[self._uav[j]]
            group[group == max(one, other)] = min(one, other)
        return group

    def _items(self, order: Iterable[Turn]) -> IntArray:
        return np.array([self._first_way[uav] + way for uav, way in order], dtype=np.int32)

    def _turns(self, items: Iterable[int]) -> list[Turn]:
        uavs = [(int(item), int(self._uav[item])) for item in items]
        return [(uav, item - int(self._first_way[uav])) for item, uav in uavs]

    def begins_s(self, order: Iterable[Turn]) -> dict[int, float]:
        """When each UAV takes off, one after another given the first time that is free."""
        items, at_s = self._items(order), np.zeros(len(self._took_s))
        ends_of(items, self._took_s, self._first, self._forbidden_s, DELAY_STEP_S, at_s)
        return {int(self._uav[item]): float(at_s[item]) for item in items}

    def ends_s(self, order: Iterable[Turn]) -> tuple[float, float]:
        """When all have landed, and the sum over UAVs of when each has."""
        last, total = ends_of(
            self._items(order),
            self._took_s,
            self._first,
            self._forbidden_s,
            DELAY_STEP_S,
            np.zeros(len(self._took_s)),
        )
        return round(last, 6), round(total, 6)

    def held_up(self, order: Sequence[Turn]) -> set[int]:
        """List the UAVs of all groups of which any has to wait."""
        waiting = {self._group[uav] for uav, at_s in self.begins_s(order).items() if at_s > 0}
        return {uav for uav, group in enumerate(self._group.tolist()) if group in waiting}

    def best(self, orders: Sequence[Sequence[Turn]]) -> list[Turn]:
        """Find the order and the ways with which all have landed earliest, then the least sum.

        Of groups up to `MOST_TRIED` UAVs the best of all, if `LOOKS` are enough. Groups in which
        none waits stay as they are.

        Parameters
        ----------
        orders
            To begin with; the first of equals is kept.
        """
        best = [*min(orders, key=self.ends_s)]
        begins_s, held_up = self.begins_s(best), self.held_up(best)
        alone_s = np.minimum.reduceat(self._took_s, self._first_way[:-1])
        # no order brings the end before this: up to it a group may land late for a smaller sum
        floor_s = max(
            float(alone_s[uav]) if uav in held_up else begins_s[uav] + self._took_s[item]
            for (uav, _), item in zip(best, self._items(best), strict=True)
        )
        free = [turn for turn in best if turn[0] not in held_up]
        some = [
            [turn for turn in best if self._group[turn[0]] == group]
            for group in dict.fromkeys(int(self._group[uav]) for uav, _ in best if uav in held_up)
        ]
        some = [self._searched(group, floor_s) for group in some]
        late_s = max([floor_s, *(self.ends_s(group)[0] for group in some)])
        if late_s > floor_s + ALIKE_S and len(some) > 1:
            some = [self._searched(group, late_s) for group in some]
        return [turn for group in [*some, free] for turn in group]

    def _searched(self, order: Sequence[Turn], floor_s: float) -> list[Turn]:
        """Search the orders and ways of one group; ends before `floor_s` are as good as it."""
        known = (self._first_way, self._took_s, self._first, self._forbidden_s, DELAY_STEP_S)
        draws = np.random.default_rng(len(order)).random((MOVES, 4))
        items = moved_about(self._items(order), self._uav, *known, floor_s, draws)
        if len(items) <= MOST_TRIED:
            ways = int(np.diff(self._first_way)[[uav for uav, _ in order]].sum())
            items = every_order(items, self._uav, *known, floor_s, LOOKS // ways)
        return self._turns(items)
