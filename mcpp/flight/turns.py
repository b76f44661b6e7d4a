"""The order in which UAVs of one flight each take off: many orders, looked at fast.

How two flights forbid each other times does not change with the order: it is found once a pair, as
intervals of the one's take-off against the other's. An order is then judged in microseconds.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations

import numpy as np

from mcpp.flight.deconflict import DELAY_STEP_S, Flight, Sky
from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray

MOST_PERMUTED = 6
"""Up to so many UAVs all orders are tried."""
MOVES = 1500
"""Of more, so many exchanges and shifts of the best order so far."""


def _merged(forbidden_s: FloatArray) -> list[tuple[float, float]]:
    """Join open intervals that overlap, shape (k, 2)."""
    out: list[tuple[float, float]] = []
    for begin, end in forbidden_s[np.argsort(forbidden_s[:, 0], kind="stable")]:
        if out and begin < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], float(end)))
        else:
            out.append((float(begin), float(end)))
    return out


@kernel
def _ends(
    order: IntArray,
    took_s: FloatArray,
    first: IntArray,
    begin_s: FloatArray,
    end_s: FloatArray,
    step_s: float,
    at_s: FloatArray,
) -> tuple[float, float]:
    """Place flights one after another: when all have landed, and the sum; `at_s` is filled."""
    n = len(order)
    last, total = 0.0, 0.0
    for k in range(n):
        j = order[k]
        at = 0.0
        moved = True
        while moved:
            moved = False
            for m in range(k):
                i = order[m]
                for q in range(first[i * n + j], first[i * n + j + 1]):
                    if begin_s[q] + at_s[i] < at < end_s[q] + at_s[i]:
                        at = np.ceil((end_s[q] + at_s[i]) / step_s - 1e-9) * step_s
                        moved = True
        at_s[j] = at
        last = max(last, at + took_s[j])
        total += at + took_s[j]
    return last, total


class Turns:
    """Pairs of flights, and when the one may not take off after the other."""

    def __init__(self, sky: Sky, flights: Sequence[Flight]) -> None:
        n = len(flights)
        self._took_s: FloatArray = np.array([flight.took_s for flight in flights])
        first, begin, end = [0], [], []
        for i in range(n):
            for j in range(n):
                if i != j:
                    for low, high in _merged(sky.forbidden_s(flights[i], flights[j])):
                        begin.append(low)
                        end.append(high)
                first.append(len(begin))
        self._first: IntArray = np.array(first, dtype=np.int32)
        self._begin_s: FloatArray = np.array(begin, dtype=np.float64)
        self._end_s: FloatArray = np.array(end, dtype=np.float64)

    def ends_s(self, order: Iterable[int]) -> tuple[float, float]:
        """When all have landed, and the sum over UAVs of when each has."""
        last, total = _ends(
            np.array([*order], dtype=np.int32),
            self._took_s,
            self._first,
            self._begin_s,
            self._end_s,
            DELAY_STEP_S,
            np.zeros(len(self._took_s)),
        )
        return round(last, 6), round(total, 6)

    def best(self, orders: Sequence[Sequence[int]]) -> list[int]:
        """Find the order with which all have landed earliest; of few UAVs the best of all.

        Parameters
        ----------
        orders
            To begin with; the first of equals is kept.
        """
        n = len(self._took_s)
        best = min(orders, key=self.ends_s)
        least_s = float(self._took_s.max())
        found_s = self.ends_s(best)
        if found_s[0] <= least_s + 1e-6:
            return list(best)
        if n <= MOST_PERMUTED:
            every: list[tuple[int, ...]] = [tuple(best), *permutations(range(n))]
            return list(min(every, key=self.ends_s))
        rng = np.random.default_rng(n)
        order = np.array(best, dtype=np.int32)
        for _ in range(MOVES):
            one, other = rng.integers(n, size=2)
            tried = order.copy()
            if rng.random() < 0.5:
                tried[[one, other]] = tried[[other, one]]
            else:
                tried = np.insert(np.delete(tried, one), other, tried[one])
            tried_s = self.ends_s(tried)
            if tried_s <= found_s:
                order, found_s = tried, tried_s
            if found_s[0] <= least_s + 1e-6:
                break
        return [int(i) for i in order]
