"""Searches of orders of take-offs and of ways to fly, for `mcpp.flight.turns`: compiled.

A way is one number over all UAVs: those of UAV `u` are ``first_way[u]`` to ``first_way[u + 1]``. An
order is an array of ways, one a UAV. What way `i` forbids way `j` are the rows ``first[i * n + j]``
to ``first[i * n + j + 1]`` of the intervals, `n` being the number of ways.
"""

import numpy as np

from mcpp.flight.meetings import ROUNDED_S
from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray

_ALIKE_S = 1e-6


@kernel
def _earliest_s(
    way: int,
    order: IntArray,
    count: int,
    first: IntArray,
    forbidden_s: FloatArray,
    step_s: float,
    at_s: FloatArray,
) -> float:
    """Find the first time at which a way may begin after the first `count` of an order."""
    n = len(at_s)
    at = 0.0
    moved = True
    while moved:
        moved = False
        for m in range(count):
            i = order[m]
            for q in range(first[i * n + way], first[i * n + way + 1]):
                if forbidden_s[q, 0] + at_s[i] < at < forbidden_s[q, 1] + at_s[i] - ROUNDED_S:
                    at = np.ceil((forbidden_s[q, 1] + at_s[i]) / step_s - 1e-9) * step_s
                    moved = True
    return at


@kernel
def ends_of(
    order: IntArray,
    took_s: FloatArray,
    first: IntArray,
    forbidden_s: FloatArray,
    step_s: float,
    at_s: FloatArray,
) -> tuple[float, float]:
    """Place ways one after another: when all have landed, and the sum; `at_s` is filled."""
    last, total = 0.0, 0.0
    for k in range(len(order)):
        way = order[k]
        at_s[way] = _earliest_s(way, order, k, first, forbidden_s, step_s, at_s)
        last = max(last, at_s[way] + took_s[way])
        total += at_s[way] + took_s[way]
    return last, total


@kernel
def _better(last: float, total: float, best_last: float, best_total: float) -> bool:
    if last < best_last - _ALIKE_S:
        return True
    return bool(last <= best_last + _ALIKE_S and total < best_total - _ALIKE_S)


@kernel
def every_order(
    order: IntArray,
    uav: IntArray,
    first_way: IntArray,
    took_s: FloatArray,
    first: IntArray,
    forbidden_s: FloatArray,
    step_s: float,
    floor_s: float,
    nodes: int,
) -> IntArray:
    """Look through all orders and ways of some UAVs, by branch and bound.

    Placed after more others, a flight begins no earlier: what each UAV left could do at once bounds
    all that follows. Of two ways in a row that never meet, only one order is looked at.

    Returns
    -------
    The best order found; the given one if no other is better.
    """
    n, count = len(took_s), len(order)
    at_s = np.zeros(n)
    best_last, best_total = ends_of(order, took_s, first, forbidden_s, step_s, at_s)
    best_last = max(best_last, floor_s)
    best, tried = order.copy(), order.copy()
    left = np.ones(count, dtype=np.bool_)
    most = 0
    for k in range(count):
        most += first_way[uav[order[k]] + 1] - first_way[uav[order[k]]]
    ways, owner = np.zeros((count, most), dtype=np.int32), np.zeros((count, most), dtype=np.int32)
    ends, size, at = (
        np.empty((count, most)),
        np.zeros(count + 1, np.int32),
        np.zeros(count, np.int32),
    )
    last, total = np.zeros(count + 1), np.zeros(count + 1)
    last[0] = floor_s
    used = np.zeros(count, dtype=np.int32)
    depth, seen, fresh = 0, 0, True
    while depth >= 0:
        if depth == count:
            if _better(last[depth], total[depth], best_last, best_total):
                best_last, best_total = last[depth], total[depth]
                best[:] = tried
            depth -= 1
            left[used[depth]] = True
            fresh = False
            continue
        if fresh:
            seen += 1
            if seen > nodes:
                return best
            size[depth], at[depth] = 0, 0
            low_last, low_total = last[depth], total[depth]
            for k in range(count):
                if not left[k]:
                    continue
                least = np.inf
                u = uav[order[k]]
                for way in range(first_way[u], first_way[u + 1]):
                    begin = _earliest_s(way, tried, depth, first, forbidden_s, step_s, at_s)
                    end = begin + took_s[way]
                    least = min(least, end)
                    if depth > 0:
                        before = tried[depth - 1]
                        q, r = before * n + way, way * n + before
                        if way < before and first[q] == first[q + 1] and first[r] == first[r + 1]:
                            continue
                    p = size[depth]  # into its place by its end; the first of equals stays first
                    while p > 0 and ends[depth, p - 1] > end + _ALIKE_S:
                        ends[depth, p] = ends[depth, p - 1]
                        ways[depth, p] = ways[depth, p - 1]
                        owner[depth, p] = owner[depth, p - 1]
                        p -= 1
                    ends[depth, p], ways[depth, p], owner[depth, p] = end, way, k
                    size[depth] += 1
                low_last = max(low_last, least)
                low_total += least
            if not _better(low_last, low_total, best_last, best_total):
                size[depth] = 0
        if at[depth] >= size[depth]:
            depth -= 1
            if depth >= 0:
                left[used[depth]] = True
            fresh = False
            continue
        p = at[depth]
        at[depth] += 1
        way = ways[depth, p]
        tried[depth], used[depth] = way, owner[depth, p]
        left[used[depth]] = False
        at_s[way] = ends[depth, p] - took_s[way]
        last[depth + 1] = max(last[depth], ends[depth, p])
        total[depth + 1] = total[depth] + ends[depth, p]
        depth += 1
        fresh = True
    return best


@kernel
def moved_about(
    order: IntArray,
    uav: IntArray,
    first_way: IntArray,
    took_s: FloatArray,
    first: IntArray,
    forbidden_s: FloatArray,
    step_s: float,
    floor_s: float,
    draws: FloatArray,
) -> IntArray:
    """Improve an order by exchanges, shifts and other ways, as often as there are draws, (k, 4)."""
    count = len(order)
    at_s, then_s = np.zeros(len(took_s)), np.zeros(len(took_s))
    best, tried = order.copy(), order.copy()
    best_last, best_total = ends_of(best, took_s, first, forbidden_s, step_s, at_s)
    best_last = max(best_last, floor_s)
    waits = np.zeros(count, dtype=np.int32)
    for d in range(len(draws)):
        # half of the moves begin with a UAV that waits
        waiting = 0
        for k in range(count):
            if at_s[best[k]] > 0.0:
                waits[waiting] = k
                waiting += 1
        if waiting == 0:
            break
        if draws[d, 0] < 0.5:
            one = waits[int(2 * draws[d, 0] * waiting)]
        else:
            one = int(draws[d, 1] * count)
        other = int(draws[d, 2] * count)
        tried[:] = best
        u = uav[best[one]]
        own = first_way[u + 1] - first_way[u]
        kind = draws[d, 3]
        if own > 1 and kind >= 0.4:
            step = 1 + int(draws[d, 2] * (own - 1))
            tried[one] = first_way[u] + (best[one] - first_way[u] + step) % own
        if kind < 0.2 or kind > 0.8:
            tried[one], tried[other] = tried[other], tried[one]
        elif kind < 0.6:
            way = tried[one]
            for k in range(one, other):
                tried[k] = tried[k + 1]
            for k in range(one, other, -1):
                tried[k] = tried[k - 1]
            tried[other] = way
        last, total = ends_of(tried, took_s, first, forbidden_s, step_s, then_s)
        last = max(last, floor_s)
        if not _better(best_last, best_total, last, total):
            best[:], at_s[:] = tried, then_s
            best_last, best_total = last, total
    return best
