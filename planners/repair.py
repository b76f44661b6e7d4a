"""Exact sizes: cells are pushed along chains of neighbouring regions until every size is right.

A region with cells to spare, and the region nearest to it in the adjacency graph that lacks some,
are joined by a chain; along it each region hands as many border cells to the next. A cell may
change hands when the ring around it shows that its region stays connected (`removable`), else a
search tells what would be cut off: that part moves along where it fits. A chain that can not be
walked to its end is undone, so the sum of what is lacking falls with every chain that is kept.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from numba import njit

from mcpp.model import BoolArray, IntArray
from mcpp.planner import Observer, report_progress
from planners._graph import border_lengths, removable

_SMALL_SEARCH = 128
"""Cells looked at beyond the wanted number before a cell is given up, in the quick pass."""


class Workspace:
    """Arrays that the kernels need, made once for a graph of k cells."""

    def __init__(self, k: int) -> None:
        self.seen = np.zeros(k, np.int64)
        self.clock = np.zeros(1, np.int64)
        self.low = np.empty(k, np.int32)
        self.high = np.empty(4 * k + 4, np.int32)
        self.queued = np.zeros(k, np.int64)
        self.part = np.empty(k + 4, np.int32)


@njit(cache=True, nogil=True)
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
) -> int:  # pragma: no cover
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


@njit(cache=True, nogil=True)
def _count_of(labels: IntArray, nb: IntArray, c: int, b: int) -> int:  # pragma: no cover
    count = 0
    for j in range(4):
        u = nb[c, j]
        if u >= 0 and labels[u] == b:
            count += 1
    return count


@njit(cache=True, nogil=True)
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
) -> int:  # pragma: no cover
    """Move up to `amount` border cells of region `a` to region `b`; returns how many moved.

    Cells with two or more neighbours in `b` go first, then layer by layer: that keeps the new
    border short. Both regions stay connected; pinned cells stay.
    """
    clock[0] += 1
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
    while moved < amount:
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


@njit(cache=True, nogil=True)
def _find_chain(
    edges: IntArray, blocked: BoolArray, spare: IntArray
) -> IntArray:  # pragma: no cover
    """Shortest chain of regions from one with cells to spare to one that lacks some, or empty."""
    n = spare.shape[0]
    before = np.full(n, -2, np.int32)
    queue = np.empty(n, np.int32)
    tail = 0
    for i in np.argsort(-spare, kind="mergesort"):
        if spare[i] > 0:
            before[i] = -1
            queue[tail] = i
            tail += 1
    head = 0
    while head < tail:
        a = queue[head]
        head += 1
        for b in range(n):
            if before[b] != -2 or edges[a, b] == 0 or blocked[a, b]:
                continue
            before[b] = a
            if spare[b] < 0:
                chain = np.empty(n, np.int32)
                m = 0
                while b >= 0:
                    chain[n - 1 - m] = b
                    m += 1
                    b = before[b]
                return chain[n - m :].copy()
            queue[tail] = b
            tail += 1
    return np.empty(0, np.int32)


@dataclass(slots=True)
class _State:
    labels: IntArray
    sizes: npt.NDArray[np.int64]


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


def _walk(
    state: _State,
    nb: IntArray,
    pinned: BoolArray,
    work: Workspace,
    chain: list[int],
    amount: int,
    cap: int,
) -> tuple[int, tuple[int, int]]:
    """Hand `amount` cells down the chain in place.

    Returns the least number handed on by a link, and the link that gave it. Only when that number
    is `amount` are the sizes of the regions between unchanged.
    """
    links = list(pairwise(chain))
    if all(state.sizes[i] > amount for i in chain[1:-1]):
        links.reverse()  # from the far end, so that no region swells on the way
    for a, b in links:
        moved = push_cells(state.labels, nb, pinned, work, a, b, amount, cap)
        state.sizes[a] -= moved
        state.sizes[b] += moved
        if moved < amount:
            return moved, (a, b)
    return amount, links[-1]


def repair(
    labels: IntArray,
    nb: IntArray,
    targets: IntArray,
    pinned: BoolArray,
    work: Workspace,
    *,
    observer: Observer,
    thorough: bool,
) -> bool:
    """Push cells along chains, in place, until every size is its target or nothing helps.

    Parameters
    ----------
    labels
        Shape (k,): connected regions 0 .. n - 1, none empty, of one connected graph.
    pinned
        Shape (k,): cells that must stay where they are.
    thorough
        Search the whole region before a cell is given up.

    Returns
    -------
    bool
        Whether all sizes are exact.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    n, k = len(targets), len(labels)
    state = _State(labels, np.bincount(labels, minlength=n))
    blocked = np.zeros((n, n), np.bool_)
    edges = border_lengths(labels, nb, n)
    wanted = max(int(np.abs(state.sizes - targets).sum()), 1)
    while True:
        spare = (state.sizes - targets).astype(np.int32)
        lacking = int(np.abs(spare).sum())
        if lacking == 0:
            return True
        report_progress(observer, "divide", 0.5 + 0.4 * (1.0 - min(lacking / wanted, 1.0)))
        chain = _find_chain(edges, blocked, spare).tolist()
        if not chain:
            return False
        amount = int(min(spare[chain[0]], -spare[chain[-1]], state.sizes[chain[0]] - 1))
        kept = labels.copy(), state.sizes.copy()
        while amount > 0:
            cap = k if thorough else min(amount, _SMALL_SEARCH) + _SMALL_SEARCH
            moved, link = _walk(state, nb, pinned, work, chain, amount, cap)
            if moved == amount:
                break
            labels[:], state.sizes[:] = kept
            amount = moved
        if amount > 0:
            blocked[chain] = False
            blocked[:, chain] = False
            edges = border_lengths(labels, nb, n)
        else:
            blocked[link] = True
