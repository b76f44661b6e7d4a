"""Kernels on the graph of mega-cells that all ways of dividing it share.

``nb`` is `CoverageGrid.neighbours` as a writable array: shape (k, 4), int32, east, north, west and
south, -1 for none. ``labels`` has shape (k,), int32: the region of each cell.
"""

import numpy as np
import numpy.typing as npt

from mcpp.kernels import kernel
from mcpp.model import BoolArray, CoverageGrid, IntArray

SLICE_CELLS = 250_000
"""Cells that a kernel may work on before it comes back to ask for a stop: some 50 ms."""


def neighbour_table(grid: CoverageGrid) -> IntArray:
    """Writable copy of the neighbours, so that each kernel is compiled for one type only."""
    return np.array(grid.neighbours, dtype=np.int32, order="C")


@kernel
def flood(
    nb: IntArray, labels: IntArray, start: int, number: int, marks: IntArray, queue: IntArray
) -> int:
    """Mark the cells of the start's region that are connected with it; returns how many.

    Parameters
    ----------
    marks
        Shape (k,): below 0 for what is not marked; gets the number.
    queue
        Shape (k,): gets the cells in the order in which they are reached.
    """
    marks[start] = number
    queue[0] = start
    head, tail = 0, 1
    while head < tail:
        c = queue[head]
        head += 1
        for j in range(4):
            u = nb[c, j]
            if u >= 0 and marks[u] < 0 and labels[u] == labels[start]:
                marks[u] = number
                queue[tail] = u
                tail += 1
    return tail


@kernel
def component_of_cells(nb: IntArray) -> tuple[IntArray, int]:
    """Component of each cell, shape (k,), numbered by first cell, and how many there are."""
    k = nb.shape[0]
    one_region, component = np.zeros(k, np.int32), np.full(k, -1, np.int32)
    queue = np.empty(k, np.int32)
    count = 0
    for first in range(k):
        if component[first] < 0:
            flood(nb, one_region, first, count, component, queue)
            count += 1
    return component, count


@kernel
def removable(labels: IntArray, nb: IntArray, c: int) -> bool:
    """Whether the region of `c` surely stays connected without it, judged by the ring around it.

    Two neighbours of `c` at a corner are joined when the cell between them is of the same region
    and has legal steps to both. False may also mean: joined by a longer way.
    """
    a = labels[c]
    inside = 0
    joined = 0
    for j in range(4):
        u = nb[c, j]
        if u < 0 or labels[u] != a:
            continue
        inside += 1
        turn = (j + 1) % 4
        v = nb[c, turn]
        if v < 0 or labels[v] != a:
            continue
        corner = nb[u, turn]
        if corner >= 0 and labels[corner] == a and nb[v, j] == corner:
            joined += 1
    return inside > 0 and (inside - joined == 1 or joined == 4)


@kernel
def border_lengths(labels: IntArray, nb: IntArray, n: int) -> IntArray:
    """Legal steps from each region to each other one, shape (n, n)."""
    edges = np.zeros((n, n), np.int32)
    for c in range(labels.shape[0]):
        a = labels[c]
        for j in range(4):
            u = nb[c, j]
            if u >= 0 and labels[u] != a:
                edges[a, labels[u]] += 1
    return edges


@kernel
def keep_main_parts(labels: IntArray, nb: IntArray, seeds: IntArray) -> tuple[IntArray, IntArray]:
    """Cut each region down to the part that holds its seed, then let the parts grow again.

    Returns the mended labels and, per region, how many cells it had lost. Each seed must carry its
    own label, and each cell must be reachable from a seed.
    """
    k = labels.shape[0]
    n = seeds.shape[0]
    out = np.full(k, -1, np.int32)
    lost = np.zeros(n, np.int32)
    queue = np.empty(k, np.int32)
    tail = 0
    for i in range(n):
        tail += flood(nb, labels, seeds[i], i, out, queue[tail:])
    for c in range(k):
        if out[c] < 0:
            lost[labels[c]] += 1
    head = 0
    while head < tail:
        c = queue[head]
        head += 1
        for j in range(4):
            u = nb[c, j]
            if u >= 0 and out[u] < 0:
                out[u] = out[c]
                queue[tail] = u
                tail += 1
    return out, lost


def border_length(labels: IntArray, nb: IntArray, n: int) -> int:
    """Legal steps that cross from one region to another, each counted once."""
    return int(border_lengths(labels, nb, n).sum()) // 2


def pieces(labels: IntArray, nb: IntArray) -> int:
    """Count the connected pieces that the labels make."""
    own = np.where(nb >= 0, nb, 0)
    cut: npt.NDArray[np.int32] = np.where((nb >= 0) & (labels[own] == labels[:, None]), nb, -1)
    return int(component_of_cells(np.ascontiguousarray(cut, dtype=np.int32))[1])


def pins(starts: IntArray, k: int) -> BoolArray:
    """Cells that may not change hands, as a mask of shape (k,)."""
    pinned = np.zeros(k, np.bool_)
    pinned[starts] = True
    return pinned
