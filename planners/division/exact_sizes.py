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

from mcpp.kernels import kernel
from mcpp.model import BoolArray, IntArray
from mcpp.planner import Observer, report_progress
from planners.division.graph import border_lengths
from planners.division.push import Workspace, push_cells

_SMALL_SEARCH = 128
"""Cells looked at beyond the wanted number before a cell is given up, in the quick pass."""


@kernel
def _find_chain(edges: IntArray, blocked: BoolArray, spare: IntArray) -> IntArray:
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
