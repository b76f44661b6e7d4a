"""Spanning trees of a region with few turns of the tour around them.

The tour around a spanning tree of the mega-cells (Gabriely and Rimon 2001) has as many turns as the
tree has corners whose two sides are both in the tree or both not. The published program takes the
best of four Kruskal orders; here that is only the start of an annealing of edge swaps.
"""

from dataclasses import dataclass

import numpy as np

from mcpp.errors import Cancelled, InputError
from mcpp.model import CoverageGrid, IntArray
from mcpp.planner import Observer
from planners.grid.lattice import ByteArray
from planners.grid.lay import induced_neighbours
from planners.grid.tree_kernels import anneal_swaps, count_turns, kruskal
from planners.params import param

SLICE_MOVES = 100_000
"""Swaps after which the kernel comes back to ask for a stop: some 50 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeParams:
    """Settings of the search for a tree with few turns."""

    moves_per_cell: int = param(
        400, "swaps tried per cell and run; 0 keeps the best of four orders", minimum=0, maximum=1e6
    )
    runs: int = param(3, "annealing runs, of which the best counts", minimum=1, maximum=100)
    min_moves: int = param(20_000, "swaps tried per run at least", minimum=0, maximum=1e9)
    max_moves: int = param(1_500_000, "swaps tried in all runs at most", minimum=0, maximum=1e10)
    t_first: float = param(1.5, "temperature at first, in turns", minimum=1e-6, maximum=100)
    t_last: float = param(0.15, "temperature at last, in turns", minimum=1e-6, maximum=100)
    cycle_limit: int = param(
        1000, "longest way up the tree that a swap may follow", minimum=1, maximum=1e9
    )


def _all_edges(nb: IntArray) -> tuple[IntArray, IntArray]:
    """Each edge once, as a cell and its side: east, then north ones, by cell."""
    east, north = np.flatnonzero(nb[:, 0] >= 0), np.flatnonzero(nb[:, 1] >= 0)
    sides = np.concatenate([np.zeros(len(east)), np.ones(len(north))])
    return np.concatenate([east, north]).astype(np.int32), sides.astype(np.int32)


def best_of_four(nb: IntArray, column_row: IntArray) -> ByteArray:
    """Tree with the fewest turns of the four orders of the published program.

    All steps along one axis first; those along the other then join the lines, from the first to
    the last or the other way round.

    Parameters
    ----------
    nb
        Shape (k, 4): the region's own neighbour table.
    column_row
        Shape (k, 2).

    Raises
    ------
    InputError
        When the region is not connected.
    """
    cells, sides = _all_edges(nb)
    best: ByteArray | None = None
    for axis in (0, 1):
        for sign in (1, -1):
            line = np.where(sides == axis, -(2**30), sign * column_row[cells, axis])
            order = np.argsort(line, kind="stable")
            tree, taken = kruskal(nb, cells[order], sides[order])
            if taken != len(nb) - 1:
                msg = f"cells: {len(nb)} cells fall into {len(nb) - taken} parts, not into one"
                raise InputError(msg)
            if best is None or count_turns(tree) < count_turns(best):
                best = tree
    assert best is not None
    return best


def tree_of(
    nb: IntArray,
    column_row: IntArray,
    params: TreeParams,
    rng: np.random.Generator,
    observer: Observer | None = None,
) -> ByteArray:
    """Find a tree with few turns, as a byte of sides per cell: shape (k,).

    Raises
    ------
    InputError
        When the region is not connected.
    Cancelled
        When the observer asks to stop.
    """
    best = best_of_four(nb, column_row)
    cells, sides = _all_edges(nb)
    seeds = rng.integers(1, 2**31, size=params.runs)
    if len(cells) < len(nb):  # a tree already: there is nothing to choose
        return best
    moves, runs = max(params.moves_per_cell * len(nb), params.min_moves), params.runs
    if moves * runs > params.max_moves:  # a large region: one longer run is worth more
        moves, runs = min(moves, params.max_moves), 1
    if not params.moves_per_cell:
        return best
    first = best
    for seed in seeds[:runs]:
        tree = first
        for begin in range(0, moves, SLICE_MOVES):
            if observer is not None and observer.should_stop():
                msg = "stopped during the search for trees"
                raise Cancelled(msg)
            tree = anneal_swaps(
                nb,
                tree,
                cells,
                sides,
                begin,
                min(begin + SLICE_MOVES, moves),
                moves,
                params.t_first,
                params.t_last,
                params.cycle_limit,
                int(seed),
            )
        if count_turns(tree) < count_turns(best):
            best = tree
    return best


def edges_of_tree(tree: ByteArray, nb: IntArray, cells: IntArray) -> IntArray:
    """List the edges as pairs of cells of the grid: shape (k - 1, 2), sorted."""
    pairs = []
    for side in (0, 1):
        own = np.flatnonzero(tree >> side & 1)
        pairs.append(np.stack([cells[own], cells[nb[own, side]]], axis=1))
    edges = np.sort(np.concatenate(pairs), axis=1)
    return np.asarray(edges[np.lexsort((edges[:, 1], edges[:, 0]))], dtype=np.int32)


def tree_of_edges(grid: CoverageGrid, cells: IntArray, edges: IntArray) -> ByteArray:
    """Turn a list of edges, as `edges_of_tree` gives it, back into a byte of sides per cell.

    Raises
    ------
    InputError
        When an edge joins cells that are not neighbours.
    """
    own = np.full(len(grid.cells), -1, dtype=np.int32)
    own[cells] = np.arange(len(cells), dtype=np.int32)
    tree = np.zeros(len(cells), np.uint8)
    for start, end in ((edges[:, 0], edges[:, 1]), (edges[:, 1], edges[:, 0])):
        hit = grid.neighbours[start] == end[:, None]
        if not hit.any(axis=1).all():
            lost = int(np.flatnonzero(~hit.any(axis=1))[0])
            msg = f"edges: cells {start[lost]} and {end[lost]} are not neighbours"
            raise InputError(msg)
        np.bitwise_or.at(tree, own[start], (1 << hit.argmax(axis=1)).astype(np.uint8))
    return tree


def spanning_tree(
    grid: CoverageGrid,
    cells: IntArray,
    params: TreeParams,
    rng: np.random.Generator,
    observer: Observer | None = None,
) -> IntArray:
    """Find a spanning tree of a connected region with few turns of the tour around it.

    Parameters
    ----------
    cells
        Indices of the region's cells.

    Returns
    -------
    Pairs of cells, shape (k - 1, 2).

    Raises
    ------
    InputError
        When the region is not connected.
    Cancelled
        When the observer asks to stop.
    """
    nb = induced_neighbours(grid, cells)
    return edges_of_tree(tree_of(nb, grid.cells[cells], params, rng, observer), nb, cells)
