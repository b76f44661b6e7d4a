"""Move border cells from one region to a neighbouring one, keeping both connected."""

from typing import NamedTuple

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


class Parts(NamedTuple):
    """What a region falls into without a cell: up to four parts, searched from its neighbours.

    Attributes
    ----------
    begin
        Where the cells of each begin in the list of cells, shape (5,); part g ends where g + 1
        begins.
    whole
        Whether all its cells were found.
    holds
        Whether a pinned cell is among them.
    merged
        Whether it turned out to be the same as one whose search was given up.
    """

    begin: npt.NDArray[np.int64]
    whole: BoolArray
    holds: BoolArray
    merged: BoolArray


@kernel
def _search_part(
    labels: IntArray,
    nb: IntArray,
    pinned: BoolArray,
    seen: npt.NDArray[np.int64],
    cells: IntArray,
    parts: Parts,
    first: int,
    g: int,
    c: int,
    cap: int,
) -> int:
    """List the cells of part `g`, whose first is listed, without `c`; where the list ends.

    ``seen`` holds ``first + g`` for the cells of part g.
    """
    a = labels[c]
    head = int(parts.begin[g])
    tail = head + 1
    parts.whole[g] = True
    while head < tail:
        if tail - parts.begin[g] > cap:
            parts.whole[g] = False
            break
        x = cells[head]
        head += 1
        if pinned[x]:
            parts.holds[g] = True
        for i in range(4):
            u = nb[x, i]
            if u < 0 or labels[u] != a or u == c:
                continue
            if seen[u] >= first and seen[u] < first + 4:
                if seen[u] != first + g:  # met a part whose search was given up
                    parts.merged[g] = True
                continue
            seen[u] = first + g
            cells[tail] = u
            tail += 1
        if parts.merged[g]:
            break
    return tail


@kernel
def _staying(parts: Parts, groups: int) -> int:
    """Choose the part that stays: one not known whole, else one with pins, else the largest.

    -1 where several are not known whole.
    """
    stays, unknown = -1, 0
    for g in range(groups):
        if not parts.merged[g] and not parts.whole[g]:
            unknown += 1
            stays = g
    if unknown > 1:
        return -1
    if unknown == 1:
        return stays
    begin = parts.begin
    for g in range(groups):
        if parts.merged[g]:
            continue
        larger = stays < 0 or begin[g + 1] - begin[g] > begin[stays + 1] - begin[stays]
        if parts.holds[g] or (larger and (stays < 0 or not parts.holds[stays])):
            stays = g
    return stays


@kernel
def _cut_off(
    labels: IntArray,
    nb: IntArray,
    pinned: BoolArray,
    seen: npt.NDArray[np.int64],
    clock: npt.NDArray[np.int64],
    cells: IntArray,
    c: int,
    room: int,
    cap: int,
) -> int:
    """Find what must move along with `c`: fills `cells[:m]` (c first), returns m, 0 if none may.

    The region's parts without `c` are searched from the neighbours of `c`, each up to `cap` cells.
    All but one of them must be known whole, free of pinned cells, and fit in `room`.
    """
    first = clock[0] + 1
    clock[0] += 5
    seen[c] = clock[0]  # in no part
    parts = Parts(
        np.zeros(5, np.int64), np.zeros(4, np.bool_), np.zeros(4, np.bool_), np.zeros(4, np.bool_)
    )
    groups, tail = 0, 1
    for j in range(4):
        s = nb[c, j]
        if s < 0 or labels[s] != labels[c] or (seen[s] >= first and seen[s] < first + 4):
            continue
        parts.begin[groups] = tail
        seen[s] = first + groups
        cells[tail] = s
        tail = _search_part(labels, nb, pinned, seen, cells, parts, first, groups, c, cap)
        groups += 1
    if groups == 0:  # the last cell of its region
        return 0
    clock[1] += tail
    parts.begin[groups] = tail
    stays = _staying(parts, groups)
    if stays < 0:
        return 0
    m = 1
    for g in range(groups):
        if g == stays or parts.merged[g]:
            continue
        if parts.holds[g] or m + parts.begin[g + 1] - parts.begin[g] > room:
            return 0
        for x in range(parts.begin[g], parts.begin[g + 1]):
            cells[m] = cells[x]
            m += 1
    cells[0] = c
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
