"""Move border cells from one region to a neighbouring one, keeping both connected."""

import numpy as np
import numpy.typing as npt

from mcpp.kernels import kernel
from mcpp.model import BoolArray, IntArray
from planners.division.graph import removable

_MOST_SEARCHED = 3_000_000
"""Cells that one push may search: some 50 ms, so that a stop is heard in time."""


class Workspace:
    """Arrays that the kernels need, made once for a graph of k cells."""

    def __init__(self, k: int) -> None:
        self.seen = np.zeros(k, np.int64)
        self.clock = np.zeros(2, np.int64)  # last stamp; cells searched
        self.low = np.empty(k, np.int32)
        self.high = np.empty(4 * k + 4, np.int32)
        self.queued = np.zeros(k, np.int64)
        self.part = np.empty(k + 4, np.int32)


@kernel
def _cut_off(
    labels: IntArray,
    nb: IntArray,
    pinned: BoolArray,
    seen: npt.NDArray[np.int64],
    clock: npt.NDArray[np.int64],
    part: IntArray,
    c: int,
    room: int,
    cap: int,
) -> int:
    """Find what must move along with `c`: fills `part[:m]` (c first), returns m, 0 if none may.

    The region's parts without `c` are searched from the neighbours of `c`, each up to `cap` cells.
    All but one of them must be known whole, free of pinned cells, and fit in `room`.
    """
    a = labels[c]
    first = clock[0] + 1
    clock[0] += 4
    seen[c] = clock[0] + 1  # in no part
    clock[0] += 1
    begin = np.zeros(5, np.int64)
    whole = np.zeros(4, np.bool_)
    holds = np.zeros(4, np.bool_)
    merged = np.zeros(4, np.bool_)
    groups = 0
    tail = 1
    for j in range(4):
        s = nb[c, j]
        if s < 0 or labels[s] != a or (seen[s] >= first and seen[s] < first + 4):
            continue
        g = groups
        groups += 1
        begin[g] = tail
        head = tail
        seen[s] = first + g
        part[tail] = s
        tail += 1
        whole[g] = True
        while head < tail:
            if tail - begin[g] > cap:
                whole[g] = False
                break
            x = part[head]
            head += 1
            if pinned[x]:
                holds[g] = True
            for i in range(4):
                u = nb[x, i]
                if u < 0 or labels[u] != a or u == c:
                    continue
                if seen[u] >= first and seen[u] < first + 4:
                    if seen[u] != first + g:  # met a part whose search was given up
                        merged[g] = True
                    continue
                seen[u] = first + g
                part[tail] = u
                tail += 1
            if merged[g]:
                break
    if groups == 0:  # the last cell of its region
        return 0
    clock[1] += tail
    begin[groups] = tail
    stays = -1
    unknown = 0
    for g in range(groups):
        if not merged[g] and not whole[g]:
            unknown += 1
            stays = g
    if unknown > 1:
        return 0
    if unknown == 0:
        for g in range(groups):
            if merged[g]:
                continue
            larger = stays < 0 or begin[g + 1] - begin[g] > begin[stays + 1] - begin[stays]
            if holds[g] or (larger and (stays < 0 or not holds[stays])):
                stays = g
    m = 1
    for g in range(groups):
        if g == stays or merged[g]:
            continue
        if holds[g] or m + begin[g + 1] - begin[g] > room:
            return 0
        for x in range(begin[g], begin[g + 1]):
            part[m] = part[x]
            m += 1
    part[0] = c
    return m


@kernel
def _count_of(labels: IntArray, nb: IntArray, c: int, b: int) -> int:
    count = 0
    for j in range(4):
        u = nb[c, j]
        if u >= 0 and labels[u] == b:
            count += 1
    return count


@kernel
def _push(
    labels: IntArray,
    nb: IntArray,
    pinned: BoolArray,
    seen: npt.NDArray[np.int64],
    clock: npt.NDArray[np.int64],
    low: IntArray,
    high: IntArray,
    queued: npt.NDArray[np.int64],
    part: IntArray,
    a: int,
    b: int,
    amount: int,
    cap: int,
) -> int:
    """Move up to `amount` border cells of region `a` to region `b`; returns how many moved.

    Cells with two or more neighbours in `b` go first, then layer by layer: that keeps the new
    border short. Both regions stay connected; pinned cells stay.
    """
    clock[0] += 1
    clock[1] = 0
    turn = clock[0]
    n_low, n_high, at_low, at_high = 0, 0, 0, 0
    for c in range(labels.shape[0]):
        if labels[c] != a:
            continue
        count = _count_of(labels, nb, c, b)
        if count > 1:
            high[n_high] = c
            n_high += 1
        elif count == 1:
            low[n_low] = c
            queued[c] = turn
            n_low += 1
    moved = 0
    while moved < amount and clock[1] < _MOST_SEARCHED:
        if at_high < n_high:
            c = high[at_high]
            at_high += 1
        elif at_low < n_low:
            c = low[at_low]
            at_low += 1
        else:
            break
        if labels[c] != a or pinned[c]:
            continue
        m = 1
        part[0] = c
        if not removable(labels, nb, c):
            m = _cut_off(labels, nb, pinned, seen, clock, part, c, amount - moved, cap)
        for x in range(m):
            labels[part[x]] = b
        moved += m
        for x in range(m):
            for j in range(4):
                u = nb[part[x], j]
                if u < 0 or labels[u] != a:
                    continue
                if _count_of(labels, nb, u, b) > 1:
                    if n_high < high.shape[0]:
                        high[n_high] = u
                        n_high += 1
                elif queued[u] != turn:
                    low[n_low] = u
                    queued[u] = turn
                    n_low += 1
    return moved


def push_cells(
    labels: IntArray,
    nb: IntArray,
    pinned: BoolArray,
    work: Workspace,
    a: int,
    b: int,
    amount: int,
    cap: int,
) -> int:
    """Move up to `amount` cells from region `a` to region `b` in place; returns how many moved."""
    return int(
        _push(
            labels,
            nb,
            pinned,
            work.seen,
            work.clock,
            work.low,
            work.high,
            work.queued,
            work.part,
            a,
            b,
            amount,
            cap,
        )
    )
