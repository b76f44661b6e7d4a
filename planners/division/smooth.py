"""Shorter borders at equal sizes: pairs of cells change places across a border."""

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import BoolArray, IntArray
from mcpp.planner import Observer, report_progress
from planners.division.graph import border_length, removable

_SLICE_WORK = 1_500_000
"""Candidates looked at before the kernel comes back to ask for a stop: some 20 ms."""


@kernel
def _gain(labels: IntArray, nb: IntArray, c: int, b: int) -> int:
    """Border steps saved when `c` goes over to region `b`."""
    a = labels[c]
    gain = 0
    for j in range(4):
        u = nb[c, j]
        if u >= 0:
            if labels[u] == b:
                gain += 1
            elif labels[u] == a:
                gain -= 1
    return gain


@kernel
def _best_of(
    labels: IntArray, nb: IntArray, pinned: BoolArray, items: IntArray, m: int, a: int, b: int
) -> int:
    """Find the cell of `items[:m]` in region `a` that gains most by going over to `b`, or -1."""
    best, best_gain = -1, -5
    for x in range(m):
        c = items[x]
        if labels[c] != a or pinned[c]:
            continue
        gain = _gain(labels, nb, c, b)
        # a cell away from b would gain at most -1, and could tear its new region apart
        if gain <= best_gain:
            continue
        touches = False
        for j in range(4):
            if nb[c, j] >= 0 and labels[nb[c, j]] == b:
                touches = True
        if touches and removable(labels, nb, c):
            best, best_gain = c, gain
    return best


@kernel
def _collect(labels: IntArray, nb: IntArray, n: int) -> tuple[IntArray, IntArray]:
    """Border cells by ordered pair of regions: ``items[first[a * n + b]:first[a * n + b + 1]]``."""
    first = np.zeros(n * n + 1, np.int32)
    for fill in range(2):
        if fill == 1:
            for p in range(n * n):
                first[p + 1] += first[p]
            items = np.empty(first[n * n], np.int32)
            at = first.copy()
        for c in range(labels.shape[0]):
            a = labels[c]
            for j in range(4):
                u = nb[c, j]
                if u < 0 or labels[u] == a:
                    continue
                b = labels[u]
                repeated = False
                for i in range(j):
                    if nb[c, i] >= 0 and labels[nb[c, i]] == b:
                        repeated = True
                if repeated:
                    continue
                if fill == 0:
                    first[a * n + b + 1] += 1
                else:
                    items[at[a * n + b]] = c
                    at[a * n + b] += 1
    return items, first


@kernel
def _add(items: IntArray, m: int, labels: IntArray, nb: IntArray, c: int, a: int) -> int:
    """Put the neighbours of `c` that are of region `a` at the end of the list."""
    for j in range(4):
        u = nb[c, j]
        if u >= 0 and labels[u] == a and m < items.shape[0]:
            items[m] = u
            m += 1
    return m


@kernel
def _swap_slice(
    labels: IntArray,
    nb: IntArray,
    pinned: BoolArray,
    items: IntArray,
    first: IntArray,
    n: int,
    pair: int,
    budget: int,
) -> tuple[int, int]:
    """Swap cells across the borders of region pairs from `pair` on while that shortens them.

    Returns the pair to go on with (n * n at the end) and the number of swaps.
    """
    swaps = 0
    while pair < n * n and budget > 0:
        a, b = pair // n, pair % n
        m_a = first[pair + 1] - first[pair]
        m_b = first[b * n + a + 1] - first[b * n + a]
        if a >= b or m_a == 0:
            pair += 1
            continue
        most = 4 * (m_a + m_b)
        of_a = np.empty(m_a + 4 * most, np.int32)
        of_b = np.empty(m_b + 4 * most, np.int32)
        of_a[:m_a] = items[first[pair] : first[pair + 1]]
        of_b[:m_b] = items[first[b * n + a] : first[b * n + a + 1]]
        for _ in range(most):
            budget -= m_a + m_b
            c = _best_of(labels, nb, pinned, of_a, m_a, a, b)
            if c < 0:
                break
            gain = _gain(labels, nb, c, b)
            labels[c] = b
            d = _best_of(labels, nb, pinned, of_b, m_b, b, a)
            if d < 0 or d == c or gain + _gain(labels, nb, d, a) <= 0:
                labels[c] = a
                break
            labels[d] = a
            swaps += 1
            m_a = _add(of_a, m_a, labels, nb, c, a)
            m_b = _add(of_b, m_b, labels, nb, d, b)
            # what moved may move again later
            if m_a < of_a.shape[0]:
                of_a[m_a] = d
                m_a += 1
            if m_b < of_b.shape[0]:
                of_b[m_b] = c
                m_b += 1
        pair += 1
    return pair, swaps


def smooth(
    labels: IntArray,
    nb: IntArray,
    n: int,
    pinned: BoolArray,
    *,
    rounds: int,
    observer: Observer,
) -> tuple[int, int]:
    """Swap cells of neighbouring regions, in place, while borders get shorter.

    Sizes and connectivity are kept, pinned cells stay.

    Returns
    -------
    tuple[int, int]
        Length of all borders in steps before and after.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    before = border_length(labels, nb, n)
    for done in range(rounds):
        items, first = _collect(labels, nb, n)
        pair, swaps = 0, 0
        while pair < n * n:
            report_progress(observer, "divide", 0.9 + 0.1 * (done + pair / (n * n)) / rounds)
            pair, more = _swap_slice(labels, nb, pinned, items, first, n, pair, _SLICE_WORK)
            swaps += more
        if swaps == 0:
            break
    return before, border_length(labels, nb, n)
