"""Spanning-tree coverage: the closed tour around a tree of mega-cells.

Gabriely and Rimon, *Spanning-tree based coverage of continuous areas by a mobile robot* (2001). The
tour keeps the tree at its left hand and passes every sub-cell once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, CoverageGrid, FloatArray, IntArray
from mcpp.planner import Observer
from planners.grid.lattice import ByteArray
from planners.grid.lay import components, induced_neighbours, lattice_xy
from planners.grid.tree import TreeParams, tree_of, tree_of_edges
from planners.grid.tree_kernels import walk_around
from planners.joining import Tour, join_tours

MOST_DENSE_CELLS = 1000
"""Cells in several parts above which the parts are joined at the turns of their tours only."""

_CORNERS = np.array([[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cover:
    """Tour over a set of cells.

    Attributes
    ----------
    xy_m
        Closed tour, shape (n, 2); empty where there is no cell.
    survey
        Shape (n - 1,): False on the ways between the parts of the set.
    left_out
        Indices of the cells of parts to which no legal way leads: the caller must give them to
        another UAV, or say that they are not flown.
    """

    xy_m: FloatArray
    survey: BoolArray
    left_out: IntArray


def _loop(
    grid: CoverageGrid, cells: IntArray, nb: IntArray, tree: ByteArray, *, dense: bool = False
) -> FloatArray:
    """Walk around a tree, from the first turn in the order of cells.

    With `dense` all sub-cells are listed, else only those at which the tour turns.
    """
    steps = walk_around(nb, tree, 0, 0)
    turns = np.flatnonzero(steps[:, 2] != np.roll(steps[:, 2], 1))
    first = turns[np.lexsort((steps[turns, 1], steps[turns, 0]))[0]]
    steps = np.roll(steps, -first, axis=0)
    if not dense:
        steps = steps[steps[:, 2] != np.roll(steps[:, 2], 1)]
    places = grid.cells[cells[steps[:, 0]]] + _CORNERS[steps[:, 1]]
    xy = lattice_xy(grid.placement, grid.cell_m, places)
    return np.vstack([xy, xy[:1]])


def _without_straight_points(tour: Tour) -> Tour:
    """Drop the points, but for the ends, at which nothing changes: neither heading nor purpose."""
    xy, survey = tour
    step = np.diff(xy, axis=0)
    step /= np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-12)[:, None]
    same = (np.abs(step[1:] - step[:-1]).max(axis=1) < 1e-9) & (survey[1:] == survey[:-1])
    keep = np.concatenate([[True], ~same, [True]])
    return xy[keep], survey[keep[:-1]]


def go_around(grid: CoverageGrid, cells: IntArray, edges: IntArray) -> FloatArray:
    """Walk around a tree: the closed tour that passes each sub-cell of a region once.

    Parameters
    ----------
    cells
        Indices of the region's cells.
    edges
        Its tree as pairs of cells, shape (k - 1, 2), as `spanning_tree` gives it.

    Returns
    -------
    Shape (n, 2), counter-clockwise, the first point repeated at the end. Only points at which the
    tour turns are listed.
    """
    nb = induced_neighbours(grid, cells)
    return _loop(grid, cells, nb, tree_of_edges(grid, cells, edges))


def enter_at(loop: FloatArray, point_xy: npt.ArrayLike, split_gain_m: float = 25.0) -> FloatArray:
    """Turn a closed tour so that it begins where one coming from a point joins it best.

    That is the nearest vertex, or a point within a leg when the way there and back is shorter by
    more than `split_gain_m`, which is what the stop within the leg costs.
    """
    return enter_tour_at(loop, np.ones(len(loop) - 1, bool), point_xy, split_gain_m)[0]


def enter_tour_at(
    xy_m: FloatArray, survey: BoolArray, point_xy: npt.ArrayLike, split_gain_m: float = 25.0
) -> Tour:
    """`enter_at` for a tour with its survey mask; both are given back."""
    if len(xy_m) < 2:
        return xy_m, survey
    point = np.asarray(point_xy, dtype=np.float64)
    to_vertex = np.hypot(*(xy_m[:-1] - point).T)
    start, step = xy_m[:-1], np.diff(xy_m, axis=0)
    along = ((point - start) * step).sum(axis=1) / np.maximum((step**2).sum(axis=1), 1e-12)
    foot = start + np.clip(along, 0.0, 1.0)[:, None] * step
    to_leg = np.where(survey, np.hypot(*(foot - point).T), np.inf)
    vertex, leg = int(np.argmin(to_vertex)), int(np.argmin(to_leg))
    if 2 * (to_vertex[vertex] - to_leg[leg]) > split_gain_m:
        xy_m = np.insert(xy_m, leg + 1, foot[leg], axis=0)
        survey = np.insert(survey, leg, survey[leg])
        vertex = leg + 1
    loop = np.roll(xy_m[:-1], -vertex, axis=0)
    return np.vstack([loop, loop[:1]]), np.roll(survey, -vertex)


def cover_cells(
    grid: CoverageGrid,
    cells: IntArray,
    params: TreeParams,
    rng: np.random.Generator,
    space: FreeSpace,
    observer: Observer | None = None,
) -> Cover:
    """Fly all given cells: each connected part in a tour of its own, joined by legal ways.

    Parameters
    ----------
    cells
        Indices of cells, in any number of parts.
    space
        Where the ways between the parts may run.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    cells = np.unique(np.asarray(cells, dtype=np.int32)).astype(np.int32)
    part_of = components(grid, cells)
    parts = [np.flatnonzero(part_of == part) for part in range(int(part_of.max(initial=-1)) + 1)]
    # parts are best joined at any sub-cell; where that is too many, at the turns
    dense = len(parts) > 1 and len(cells) <= MOST_DENSE_CELLS
    tours: list[Tour] = []
    for part in parts:
        own = cells[part]
        nb = induced_neighbours(grid, own)
        loop = _loop(
            grid, own, nb, tree_of(nb, grid.cells[own], params, rng, observer), dense=dense
        )
        tours.append((loop, np.ones(len(loop) - 1, bool)))
    joined, cut_off = join_tours(tours, space)
    xy, survey = _without_straight_points(joined) if dense else joined
    lost = [
        part for part, (loop, _) in enumerate(tours) if any(loop is other for other, _ in cut_off)
    ]
    return Cover(xy_m=xy, survey=survey, left_out=cells[np.isin(part_of, lost)])
