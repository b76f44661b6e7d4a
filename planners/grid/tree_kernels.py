"""Kernels of the spanning tree: first trees, annealed swaps, and the way around.

A region is its neighbour table ``nb``, shape (k, 4), int32: cells in the east, north, west and
south, -1 for none. A tree is a byte per cell: bit j is set when the step to neighbour j is in it.
"""

import math

import numpy as np
import numpy.typing as npt

from mcpp.kernels import kernel
from mcpp.model import IntArray
from planners.grid.lattice import ByteArray

TURNS = np.zeros(16, dtype=np.int32)
"""Turns of the tour within a cell, by its byte: a corner is turned when its two sides are both in
the tree or both not."""
for _byte in range(16):
    TURNS[_byte] = sum((_byte >> _j & 1) == (_byte >> (_j + 1) % 4 & 1) for _j in range(4))
TURNS.flags.writeable = False


@kernel
def count_turns(tree: ByteArray) -> int:
    """Count the turns of the closed tour around the tree."""
    total = 0
    for i in range(tree.shape[0]):
        total += TURNS[tree[i]]
    return total


@kernel
def kruskal(nb: IntArray, cells: IntArray, sides: IntArray) -> tuple[ByteArray, int]:
    """Build a tree of the first edges that join, and tell how many edges it took.

    Edge i leads from ``cells[i]`` to its neighbour ``sides[i]``.
    """
    k = nb.shape[0]
    root = np.arange(k)
    tree = np.zeros(k, np.uint8)
    taken = 0
    for i in range(cells.shape[0]):
        a, side = cells[i], sides[i]
        b = nb[a, side]
        x, y = a, b
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        while root[y] != y:
            root[y] = root[root[y]]
            y = root[y]
        if x == y:
            continue
        root[max(x, y)] = min(x, y)
        tree[a] |= np.uint8(1 << side)
        tree[b] |= np.uint8(1 << (side + 2) % 4)
        taken += 1
    return tree, taken


@kernel
def _rooted(nb: IntArray, tree: ByteArray) -> IntArray:
    """Side of each cell that leads to its parent, -1 at the root, cell 0."""
    k = nb.shape[0]
    up = np.full(k, -1, np.int32)
    stack = np.empty(k, np.int32)
    stack[0] = 0
    top = 1
    while top > 0:
        top -= 1
        a = stack[top]
        for side in range(4):
            if tree[a] >> side & 1 and side != up[a]:
                b = nb[a, side]
                up[b] = (side + 2) % 4
                stack[top] = b
                top += 1
    return up


@kernel
def _draw(state: npt.NDArray[np.uint64]) -> float:
    """Draw from 0 to 1 (xorshift64*; Vigna, *An experimental exploration*, 2016)."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def _meeting(
    nb: IntArray, up: IntArray, a: int, b: int, seen: IntArray, mark: int, limit: int
) -> int:
    """First common ancestor of two cells, or -1 when it is more than `limit` steps away.

    ``seen`` holds ``2 * mark`` where the way up from `a` passed and ``2 * mark + 1`` for `b`.
    """
    seen[a], seen[b] = 2 * mark, 2 * mark + 1
    x, y = a, b
    for _ in range(limit):
        if up[x] >= 0:
            x = int(nb[x, up[x]])
            if seen[x] == 2 * mark + 1:
                return x
            seen[x] = 2 * mark
        if up[y] >= 0:
            y = int(nb[y, up[y]])
            if seen[y] == 2 * mark:
                return y
            seen[y] = 2 * mark + 1
    return -1


@kernel
def anneal_swaps(
    nb: IntArray,
    first: ByteArray,
    cells: IntArray,
    sides: IntArray,
    begin: int,
    end: int,
    moves: int,
    t_first: float,
    t_last: float,
    limit: int,
    seed: int,
) -> ByteArray:
    """Anneal the turns of a tree; an edge comes in, and the best of the cycle it closes goes out.

    `cells` and `sides` list all edges, each once. Cycles longer than about twice `limit` are left
    alone. Of all `moves` of the cooling, only those from `begin` to `end` are made.
    """
    tree = first.copy()
    up = _rooted(nb, tree)
    seen = np.full(nb.shape[0], -1, np.int32)
    state = np.empty(1, np.uint64)
    state[0] = np.uint64(seed + begin) * np.uint64(11400714819323198485) | np.uint64(1)
    count = cells.shape[0]
    factor = math.log(t_last / t_first) / max(moves, 1)
    for move in range(begin, end):
        edge = int(_draw(state) * count)
        a, side = cells[edge], sides[edge]
        if tree[a] >> side & 1:
            continue
        b, back = nb[a, side], (side + 2) % 4
        meet = _meeting(nb, up, a, b, seen, move, limit)
        if meet < 0:
            continue
        change = -TURNS[tree[a]] - TURNS[tree[b]]
        tree[a] |= np.uint8(1 << side)
        tree[b] |= np.uint8(1 << back)
        change += TURNS[tree[a]] + TURNS[tree[b]]
        best, best_cell, from_a, ties = 99, -1, True, 0
        for start in range(2):
            x = a if start == 0 else b
            while x != meet:
                j = up[x]
                y = nb[x, j]
                without_x = tree[x] ^ np.uint8(1 << j)
                without_y = tree[y] ^ np.uint8(1 << (j + 2) % 4)
                gain = TURNS[without_x] - TURNS[tree[x]] + TURNS[without_y] - TURNS[tree[y]]
                if gain < best:
                    best, best_cell, from_a, ties = gain, x, start == 0, 1
                elif gain == best:
                    ties += 1
                    if _draw(state) * ties < 1.0:
                        best_cell, from_a = x, start == 0
                x = y
        change += best
        if change > 0 and _draw(state) >= math.exp(-change / (t_first * math.exp(factor * move))):
            tree[a] ^= np.uint8(1 << side)
            tree[b] ^= np.uint8(1 << back)
            continue
        j = up[best_cell]
        y = nb[best_cell, j]
        tree[best_cell] ^= np.uint8(1 << j)
        tree[y] ^= np.uint8(1 << (j + 2) % 4)
        # what hung below the edge taken out hangs from the new edge: turn its way up round
        x, new_up = (a, side) if from_a else (b, back)
        while True:
            old_up = up[x]
            up[x] = new_up
            if x == best_cell:
                break
            new_up = (old_up + 2) % 4
            x = nb[x, old_up]
    return tree


@kernel
def walk_around(nb: IntArray, tree: ByteArray, cell: int, corner: int) -> IntArray:
    """Sub-cells in the order of the tour, counter-clockwise: shape (4k, 3), cell, corner, heading.

    Corners are numbered south-west, south-east, north-east, north-west; the heading is the side to
    which the tour leaves. It ends when it is back at its start.
    """
    out = np.empty((4 * nb.shape[0], 3), np.int32)
    a, q = cell, corner
    n = 0
    while n < out.shape[0]:
        ahead = (q + 3) % 4  # the side that a tour leaves by if the tree does
        out[n, 0], out[n, 1] = a, q
        if tree[a] >> ahead & 1:
            out[n, 2] = ahead
            a, q = nb[a, ahead], ahead
        else:
            out[n, 2] = q
            q = (q + 1) % 4
        n += 1
        if a == cell and q == corner:
            break
    return out[:n]
