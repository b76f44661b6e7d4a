"""Proofs that wanted sizes can not be had: cells without which the graph falls apart.

Only one region can hold such a cell (a choke). Every other region lies wholly in one of the parts
that are left without it, so those parts must have room for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import IntArray

_PACKING_STEPS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A choke and the regions that can not all find room around it, by position, not by UAV."""

    cell: int
    regions: tuple[int, ...]


@kernel
def depth_first(nb: IntArray, root: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Depth-first tree of a connected graph from the cell `root`.

    Returns the cells in order of discovery and, by that order, the parent, the earliest cell that
    the subtree has a step to, and the size of the subtree, each of shape (k,).
    """
    k = nb.shape[0]
    at = np.full(k, -1, np.int32)
    order = np.empty(k, np.int32)
    parent = np.full(k, -1, np.int32)
    earliest = np.arange(k).astype(np.int32)
    size = np.ones(k, np.int32)
    turn = np.zeros(k, np.int32)
    order[0], at[root] = root, 0
    found, x = 1, 0
    while x >= 0:
        if turn[x] < 4:
            u = nb[order[x], turn[x]]
            turn[x] += 1
            if u < 0:
                continue
            if at[u] < 0:
                at[u], order[found], parent[found] = found, u, x
                x = found
                found += 1
            elif at[u] != parent[x]:
                earliest[x] = min(earliest[x], at[u])
        else:
            up = parent[x]
            if up >= 0:
                earliest[up] = min(earliest[up], earliest[x])
                size[up] += size[x]
            x = up
    return order, parent, earliest, size


def _chokes(nb: IntArray, starts: IntArray) -> Iterator[tuple[int, list[tuple[int, list[int]]]]]:
    """Each choke, with the size of each part without it and the regions that start in the part."""
    order, parent, earliest, size = depth_first(nb, 0)
    k = len(nb)
    at = np.empty(k, np.int64)
    at[order] = np.arange(k)
    at_starts = at[starts]
    children: dict[int, list[int]] = {}
    cut = (earliest >= parent) & (parent >= 0)
    for x in np.flatnonzero(cut).tolist():
        children.setdefault(int(parent[x]), []).append(x)
    for v, below in children.items():
        rest = k - 1 - int(size[below].sum())
        if rest == 0 and len(below) == 1:
            continue  # the root of the tree, at a dead end
        inside = [(at_starts >= x) & (at_starts < x + size[x]) for x in below]
        parts = [
            (int(size[x]), np.flatnonzero(here).tolist())
            for x, here in zip(below, inside, strict=True)
        ]
        if rest > 0:
            others = ~np.any(inside, axis=0) & (at_starts != v)
            parts.append((rest, np.flatnonzero(others).tolist()))
        yield int(order[v]), parts


def starts_proof(nb: IntArray, starts: IntArray, least: IntArray) -> Proof | None:
    """Prove that regions of at least the sizes `least` can not all hold their starts.

    Parameters
    ----------
    starts, least
        Shape (n,): distinct start cells, and the least acceptable sizes.

    Returns
    -------
    Proof or None
        The regions that start in a part too small for them; None when no choke forbids it.
    """
    for cell, parts in _chokes(nb, starts):
        owner = np.flatnonzero(starts == cell).tolist()
        overfull = [(room, here) for room, here in parts if least[here].sum() > room]
        if not overfull:
            continue
        room, here = overfull[0]
        # one region alone may reach out of the part through the choke
        relieved = min((int(least[here].sum() - least[i]) + 1 for i in here), default=0)
        if len(overfull) > 1 or owner or relieved > room:
            return Proof(cell=cell, regions=tuple(sorted(here)))
    return None


def _packs(items: list[int], rooms: list[int], steps: list[int]) -> bool:
    """Whether the items, in falling order, fit in the rooms; True when the search is too long."""
    if not items:
        return True
    steps[0] -= 1
    if steps[0] < 0:
        return True
    for x in range(len(rooms)):
        if rooms[x] in rooms[:x] or rooms[x] < items[0]:
            continue
        if _packs(items[1:], [*rooms[:x], rooms[x] - items[0], *rooms[x + 1 :]], steps):
            return True
    return False


def sizes_proof(nb: IntArray, least: IntArray) -> Proof | None:
    """Prove that no connected regions of at least the sizes `least` exist, wherever they lie.

    Around a choke all regions but one must fit in the parts. Leaving out the largest is easiest.
    """
    order = np.lexsort((np.arange(len(least)), -least)).tolist()
    items = [int(least[i]) for i in order[1:]]
    for cell, parts in _chokes(nb, np.empty(0, np.int32)):
        if max(room for room, _ in parts) >= sum(items):
            continue
        if not _packs(items, sorted((room for room, _ in parts), reverse=True), [_PACKING_STEPS]):
            return Proof(cell=cell, regions=tuple(sorted(order[1:])))
    return None
