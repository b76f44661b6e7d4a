"""Exact sizes from a depth-first tree: the last resort, where borders can not be pushed.

A depth-first tree of a grid winds like a snake, so the sizes of its subtrees go up in steps of
one nearly everywhere. From the leaves up, each subtree whose size is wanted is cut off. Regions
are connected and exact, their shapes are poor until borders are shortened.
"""

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.division.chokes import depth_first


@kernel
def _cut_subtrees(order: IntArray, parent: IntArray, wanted: IntArray) -> IntArray:
    """Pieces by cell whose sizes are those that `wanted` counts, or empty where none were found.

    `wanted[s]` tells how many pieces of `s` cells are to be cut; it is used up.
    """
    k = order.shape[0]
    size = np.ones(k, np.int32)
    piece = np.full(k, -1, np.int32)
    count = 0
    for x in range(k - 1, -1, -1):
        if wanted[size[x]] > 0:
            wanted[size[x]] -= 1
            piece[x] = count
            count += 1
        elif x > 0:
            size[parent[x]] += size[x]
        else:
            return np.empty(0, np.int32)
    out = np.empty(k, np.int32)
    for x in range(k):
        if piece[x] < 0:
            piece[x] = piece[parent[x]]
        out[order[x]] = piece[x]
    return out


def peel(
    nb: IntArray, cells: FloatArray, starts: IntArray, targets: IntArray, rng: np.random.Generator
) -> IntArray | None:
    """Divide a connected graph along one random depth-first tree.

    Parameters
    ----------
    nb, cells
        Shape (k, 4) and (k, 2).
    starts, targets
        Shape (n,): among regions of one size, each UAV gets one near its start.

    Returns
    -------
    IntArray or None
        Labels of shape (k,), exact and connected; None when the tree has no such subtrees.
    """
    from scipy.optimize import linear_sum_assignment  # 0.3 s, which most divisions need not spend

    root = int(rng.integers(len(nb)))
    turned = np.ascontiguousarray(nb[:, rng.permutation(4)])
    order, parent, _, _ = depth_first(turned, root)
    wanted = np.bincount(targets, minlength=len(nb) + 1).astype(np.int32)
    pieces = _cut_subtrees(order, parent, wanted)
    if len(pieces) == 0:
        return None
    sizes = np.bincount(pieces)
    away = np.empty((len(targets), len(sizes)))
    for p in range(len(sizes)):
        gap = cells[pieces == p][:, None, :] - cells[starts][None, :, :]
        away[:, p] = np.sqrt((gap**2).sum(axis=2).min(axis=0))
    away += 1e9 * (sizes[None, :] != targets[:, None])
    uavs, own = linear_sum_assignment(away)
    of_piece = np.empty(len(sizes), np.int32)
    of_piece[own] = uavs
    labels: IntArray = of_piece[pieces]
    return labels
