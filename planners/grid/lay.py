"""From an area and a placement to the mega-cells that may be flown.

The grid of spanning-tree coverage (Gabriely and Rimon, *Spanning-tree based coverage of continuous
areas by a mobile robot*, 2001): mega-cells of two line spacings a side, of four sub-cells each. The
tour runs through the centres of the sub-cells, so it is these legs that must be legal, and each one
is tested, exactly and over its whole length. Testing the four corners of a cell alone, as the
program of arXiv 2201.07030 does, lets legs cut corners of the border and cross narrow obstacles.
"""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.shapes import prepared_copy
from mcpp.model import BoolArray, CoverageGrid, FloatArray, IntArray, Placement, Problem
from planners.division.graph import component_of_cells
from planners.grid.lattice import (
    CELL,
    EAST,
    EAST_HIGH,
    EAST_LOW,
    HIGH,
    LEFT,
    LOW,
    NORTH,
    NORTH_LEFT,
    NORTH_RIGHT,
    RIGHT,
    ByteArray,
    edges_of,
    mark_centres,
    mark_legs,
    turned,
)

MAX_LATTICE_CELLS = 400_000_000
"""Mega-cells of the bounding box above which a grid is refused: a byte or two each."""

_SURE_M = 1e-6
"""A leg with this much room on all sides is legal without an exact test."""

_LEGS = (
    # bit, from sub-cell (x, y), to sub-cell (x, y), counted from the cell's lower left one
    (LOW, (0, 0), (1, 0)),
    (HIGH, (0, 1), (1, 1)),
    (LEFT, (0, 0), (0, 1)),
    (RIGHT, (1, 0), (1, 1)),
    (EAST_LOW, (1, 0), (2, 0)),
    (EAST_HIGH, (1, 1), (2, 1)),
    (NORTH_LEFT, (0, 1), (0, 2)),
    (NORTH_RIGHT, (1, 1), (1, 2)),
)


def lattice_xy(placement: Placement, cell_m: float, column_row: FloatArray) -> FloatArray:
    """Places of points given in mega-cells from the lattice's origin, shape (..., 2).

    Every coordinate of a grid, and so of a tour on it, comes from here, so that equal points have
    equal coordinates.
    """
    cos, sin = math.cos(placement.angle_rad), math.sin(placement.angle_rad)
    x = column_row[..., 0] * cell_m + placement.dx_m
    y = column_row[..., 1] * cell_m + placement.dy_m
    return np.stack([cos * x - sin * y, sin * x + cos * y], axis=-1)


def subcells_xy(grid: CoverageGrid, cells: IntArray | None = None) -> FloatArray:
    """Centres of the sub-cells, shape (k, 4, 2): south-west, south-east, north-east, north-west."""
    chosen = grid.cells if cells is None else grid.cells[cells]
    offsets = np.array([[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75]])
    return lattice_xy(grid.placement, grid.cell_m, chosen[:, None, :] + offsets)


def cell_polygons(grid: CoverageGrid, cells: IntArray | None = None) -> list[BaseGeometry]:
    """Ground of each mega-cell: a square of side `cell_m`."""
    chosen = grid.cells if cells is None else grid.cells[cells]
    corners = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    rings = lattice_xy(grid.placement, grid.cell_m, chosen[:, None, :] + corners)
    return list(shapely.polygons(rings)) if len(rings) else []


def components(grid: CoverageGrid, cells: IntArray | None = None) -> IntArray:
    """Find the connected part of each cell, of all or of some: shape (k,), from 0 up.

    The parts are in the order of their first cells.
    """
    table = np.array(grid.neighbours, dtype=np.int32, order="C")
    if cells is not None:
        table = induced_neighbours(grid, cells)
    found: IntArray = component_of_cells(table)[0]
    return found


def induced_neighbours(grid: CoverageGrid, cells: IntArray) -> IntArray:
    """Neighbours among some cells only, as indices into `cells`: shape (len(cells), 4)."""
    own = np.full(len(grid.cells) + 1, -1, dtype=np.int32)  # the last entry answers for -1
    own[cells] = np.arange(len(cells), dtype=np.int32)
    return np.ascontiguousarray(own[grid.neighbours[cells]])


def centre_rule(problem: Problem) -> BaseGeometry | None:
    """Where the centres of cells must lie: None when legs stay inside the area.

    With an overshoot, legs may run outside the border; a cell then counts when its centre lies in
    the area. The centre may lie in a no-fly zone that the cell's legs go round.
    """
    beyond = shapely.area(shapely.difference(problem.allowed, problem.target))
    if beyond <= 1e-6 * shapely.area(problem.target):
        return None
    filled = shapely.union_all(
        [shapely.Polygon(part.exterior) for part in shapely.get_parts(problem.target)]
    )
    zones = shapely.intersection(problem.no_fly, filled)
    return shapely.union(problem.target, zones)


def lay_grid(
    allowed: BaseGeometry,
    placement: Placement,
    spacing_m: float,
    centres_in: BaseGeometry | None = None,
) -> CoverageGrid:
    """Find the mega-cells that may be flown and the legal steps between them.

    A mega-cell may be flown if and only if the four legs between its sub-cells lie in `allowed`;
    two neighbours are joined if and only if both legs between their facing sub-cells do. What
    counts is the legs: an obstacle that lies wholly inside the square of a cell's legs is flown
    round, and the cell is legal.

    Legs are judged by scan lines beside them, moved out by a micrometre to each side. Those that
    have not even that much room, and yet may be legal, are tested with `shapely.covers`.

    Parameters
    ----------
    allowed
        (Multi)Polygon in metres.
    spacing_m
        Line spacing; a mega-cell has twice that side.
    centres_in
        If given, only cells count whose centres lie in this (Multi)Polygon.

    Raises
    ------
    InputError
        When the spacing is so small that the grid would not fit into memory.
    """
    cell_m = 2 * spacing_m
    edges = turned(edges_of(allowed), placement.angle_rad)
    if not len(edges):
        return _empty(placement, cell_m)
    low = np.minimum(edges[:, :2], edges[:, 2:]).min(axis=0)
    high = np.maximum(edges[:, :2], edges[:, 2:]).max(axis=0)
    shift = np.array([placement.dx_m, placement.dy_m])
    first = np.floor((low - shift) / cell_m)
    size = np.ceil((high - shift) / cell_m) - first
    if size.prod() > MAX_LATTICE_CELLS:
        msg = (
            f"scan_distance_m: {spacing_m:g} m makes {size.prod():.3g} cells of this area: "
            f"give a larger one"
        )
        raise InputError(msg)
    columns, rows = int(size[0]), int(size[1])
    x0, y0 = shift + (first + 0.25) * cell_m
    sure = np.full((rows, columns), 255, np.uint8)
    maybe = np.zeros((rows, columns), np.uint8)
    for offset in (-_SURE_M, 0.0, _SURE_M):
        sure &= mark_legs(edges, x0, y0, spacing_m, rows, columns, offset, -_SURE_M)
        maybe |= mark_legs(edges, x0, y0, spacing_m, rows, columns, offset, _SURE_M)
    base = first.astype(np.int32)
    _settle(sure, maybe, allowed, placement, cell_m, base)
    legal = (sure & CELL) == CELL
    if centres_in is not None:
        border = turned(edges_of(centres_in), placement.angle_rad)
        legal &= mark_centres(border, x0, y0, spacing_m, rows, columns)
    return _grid(sure, legal, placement, cell_m, base)


def _empty(placement: Placement, cell_m: float) -> CoverageGrid:
    return CoverageGrid(
        placement=placement,
        cell_m=cell_m,
        cells=np.empty((0, 2), np.int32),
        neighbours=np.empty((0, 4), np.int32),
    )


def _settle(
    sure: ByteArray,
    maybe: ByteArray,
    allowed: BaseGeometry,
    placement: Placement,
    cell_m: float,
    base: IntArray,
) -> None:
    """Test the legs in doubt exactly, and set the bits in `sure` of those that are legal."""
    doubt = maybe & ~sure
    if not doubt.any():
        return
    allowed = prepared_copy(allowed)
    for bit, start, end in _LEGS:
        row, column = np.nonzero(doubt & bit)
        if not len(row):
            continue
        corner = np.stack([column, row], axis=1) + base + 0.25
        ends = np.stack([corner + np.array(start) / 2, corner + np.array(end) / 2], axis=1)
        legs = shapely.linestrings(lattice_xy(placement, cell_m, ends))
        passed = shapely.covers(allowed, legs)
        sure[row[passed], column[passed]] |= np.uint8(bit)


def _grid(
    bits: ByteArray, legal: BoolArray, placement: Placement, cell_m: float, base: IntArray
) -> CoverageGrid:
    """Make the grid: numbered cells, joined neighbours."""
    row, column = np.nonzero(legal)
    index = np.full((legal.shape[0] + 1, legal.shape[1] + 1), -1, np.int32)
    index[row, column] = np.arange(len(row), dtype=np.int32)
    own = bits[row, column]
    neighbours = np.full((len(row), 4), -1, np.int32)
    east = np.where((own & EAST) == EAST, index[row, column + 1], -1)
    north = np.where((own & NORTH) == NORTH, index[row + 1, column], -1)
    here = np.arange(len(row), dtype=np.int32)
    neighbours[:, 0], neighbours[:, 1] = east, north
    neighbours[east[east >= 0], 2] = here[east >= 0]
    neighbours[north[north >= 0], 3] = here[north >= 0]
    return CoverageGrid(
        placement=placement,
        cell_m=cell_m,
        cells=np.stack([column, row], axis=1).astype(np.int32) + base,
        neighbours=neighbours,
    )
