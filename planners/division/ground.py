"""Divide the ground itself among the UAVs, border strips included.

The mega-cells of spanning-tree coverage leave the strips along the border to nobody. Here a finer
lattice, turned with the survey lines, is cut with the area's outline; DARP divides its cells, the
crumbs along the border go with the region that they touch most, and the staircases between regions
are straightened where they are shared, so that the regions still meet without gap or overlap.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from mcpp.model import BoolArray, CoverageGrid, FloatArray, IntArray, Placement
from mcpp.planner import Observer
from planners.division.divide import Division, divide, nearest_cells
from planners.division.graph import component_of_cells
from planners.division.params import DarpParams

Shapes = npt.NDArray[np.object_]
GRAIN_M = 1e-3
"""All lattice coordinates are multiples of this, so that neighbours share their edges exactly."""
CELLS_PER_UAV = 250
SMALLEST_NODE = 0.35
"""Part of a full cell from which on a cut one counts as a cell of its own."""
SHORTEST_DOOR = 0.15
"""Part of a cell's side that two cells must share to be neighbours."""


@dataclass(frozen=True, slots=True, eq=False)
class GroundLattice:
    """The cut lattice.

    Attributes
    ----------
    grid
        Its cells as a graph; `grid.placement` turns it.
    pieces
        Polygon of each cell, shape (k,), in the turned frame.
    crumbs
        Polygons that are no cells, shape (c,), in the turned frame.
    """

    grid: CoverageGrid
    pieces: Shapes
    crumbs: Shapes


def _turned(shape: BaseGeometry, angle_rad: float) -> BaseGeometry:
    return shapely.affinity.rotate(shape, angle_rad, origin=(0, 0), use_radians=True)


def _cut(target: BaseGeometry, cell_m: float) -> tuple[IntArray, Shapes]:
    """Cut the target into the pieces that fall into each square; column and row of each."""
    west, south, east, north = shapely.bounds(target)
    first = np.array([math.floor(west / cell_m), math.floor(south / cell_m)])
    last = np.array([math.floor(east / cell_m), math.floor(north / cell_m)])
    columns, rows = np.meshgrid(
        np.arange(first[0], last[0] + 1), np.arange(first[1], last[1] + 1), indexing="xy"
    )
    cells = np.stack([columns.ravel(), rows.ravel()], axis=1)
    low = np.round(cells * cell_m, 3)
    high = np.round((cells + 1) * cell_m, 3)
    squares = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    shapely.prepare(target)
    touched = shapely.intersects(target, squares)
    cells, squares = cells[touched], squares[touched]
    whole = shapely.contains(target, squares)
    parts = squares.copy()
    parts[~whole] = shapely.intersection(squares[~whole], target, grid_size=GRAIN_M)
    pieces, owner = shapely.get_parts(parts, return_index=True)
    solid = (shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON) & (
        shapely.area(pieces) > GRAIN_M
    )
    return cells[owner[solid]].astype(np.int32), pieces[solid]


def _doors(cells: IntArray, pieces: Shapes, cell_m: float) -> IntArray:
    """Find the neighbours (east, north, west, south) of each cell; shape (k, 4)."""
    index = {(int(c), int(r)): i for i, (c, r) in enumerate(cells)}
    neighbours = np.full((len(cells), 4), -1, dtype=np.int32)
    for side, (dx, dy) in enumerate(((1, 0), (0, 1))):
        here, there = [], []
        for (c, r), i in index.items():
            j = index.get((c + dx, r + dy))
            if j is not None:
                here.append(i)
                there.append(j)
        if not here:
            continue
        a, b = np.array(here), np.array(there)
        whole = np.isclose(shapely.area(pieces), cell_m**2, rtol=1e-6)
        open_ = whole[a] & whole[b]
        cut = ~open_
        shared = shapely.intersection(pieces[a[cut]], pieces[b[cut]], grid_size=GRAIN_M)
        open_[cut] = shapely.length(shared) >= SHORTEST_DOOR * cell_m
        neighbours[a[open_], side] = b[open_]
        neighbours[b[open_], side + 2] = a[open_]
    return neighbours


def _main_parts(cells: IntArray, pieces: Shapes, target: BaseGeometry, cell_m: float) -> BoolArray:
    """Tell the cells that hang together: of each part of the target the largest component.

    A cell beside it that is joined to it by a crumb alone is better a crumb itself.
    """
    component, count = component_of_cells(_doors(cells, pieces, cell_m))
    if count == 1:
        return np.ones(len(cells), bool)
    parts = shapely.get_parts(target)
    inside = np.zeros(len(cells), int)
    if len(parts) > 1:
        inside = shapely.STRtree(parts).nearest(shapely.point_on_surface(pieces))
    keep = np.zeros(len(cells), bool)
    for part in range(len(parts)):
        mine = inside == part
        if mine.any():
            keep |= mine & (component == np.argmax(np.bincount(component[mine])))
    return keep


def cut_lattice(target: BaseGeometry, *, cell_m: float, angle_rad: float) -> GroundLattice:
    """Cut a lattice of squares, turned by `angle_rad`, with the target."""
    cell_m = max(round(cell_m, 3), 10 * GRAIN_M)
    turned = shapely.set_precision(_turned(target, -angle_rad), GRAIN_M)
    cells, pieces = _cut(turned, cell_m)
    areas = shapely.area(pieces)
    order = np.lexsort((-areas, cells[:, 0], cells[:, 1]))
    cells, pieces, areas = cells[order], pieces[order], areas[order]
    first = np.ones(len(cells), bool)
    first[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    node = first & (areas >= SMALLEST_NODE * cell_m**2)
    if not node.any():
        node = first & (areas == areas.max())
    chosen = np.flatnonzero(node)
    node[chosen] = _main_parts(cells[node], pieces[node], turned, cell_m)
    grid = CoverageGrid(
        placement=Placement(angle_rad=angle_rad, dx_m=0.0, dy_m=0.0),
        cell_m=cell_m,
        cells=cells[node],
        neighbours=_doors(cells[node], pieces[node], cell_m),
    )
    return GroundLattice(grid, pieces[node], pieces[~node])


def cell_side_m(
    target: BaseGeometry, spacing_m: float, uavs: int, cells_per_uav: int = CELLS_PER_UAV
) -> float:
    """Choose the lattice: fine enough for fair regions, coarse enough for a fast division."""
    wanted = math.sqrt(target.area / (cells_per_uav * max(uavs, 2)))
    return float(np.clip(wanted, spacing_m / 2, 2 * spacing_m))


def _with_crumbs(lattice: GroundLattice, labels: IntArray) -> tuple[Shapes, IntArray]:
    """Give each crumb to the region with which it shares most border."""
    pieces, owners = lattice.pieces, labels.copy()
    waiting = lattice.crumbs
    while len(waiting):
        tree = shapely.STRtree(pieces)
        crumb, piece = tree.query(waiting, predicate="intersects")
        shared = shapely.length(
            shapely.intersection(waiting[crumb], pieces[piece], grid_size=GRAIN_M)
        )
        taken = np.full(len(waiting), -1)
        for i in np.unique(crumb[shared > 0]):
            mine = (crumb == i) & (shared > 0)
            by_region = np.bincount(owners[piece[mine]], weights=shared[mine])
            taken[i] = int(np.argmax(by_region))
        if (taken < 0).all():
            nearest = tree.nearest(waiting)
            taken = owners[nearest]
        pieces = np.concatenate([pieces, waiting[taken >= 0]])
        owners = np.concatenate([owners, taken[taken >= 0].astype(np.int32)])
        waiting = waiting[taken < 0]
    return pieces, owners


def _straightened(regions: Shapes, cell_m: float) -> Shapes:
    """Straighten the borders between regions, unless that breaks one of them."""
    for tolerance_m in (1.5 * cell_m, 0.75 * cell_m):
        smooth = shapely.coverage_simplify(regions, tolerance_m, simplify_boundary=False)
        same_parts = shapely.get_num_geometries(smooth) == shapely.get_num_geometries(regions)
        # the tip of a small region may be cut off, the region must not
        kept = shapely.area(smooth) > 0.8 * shapely.area(regions)
        if shapely.is_valid(smooth).all() and same_parts.all() and kept.all():
            return np.asarray(smooth)
    return regions


def _union(pieces: Shapes, cell_m: float) -> BaseGeometry:
    """Join pieces; the whole squares, whose corners match, the fast way first."""
    whole = np.isclose(shapely.area(pieces), cell_m**2, rtol=1e-6)
    squares = shapely.coverage_union_all(pieces[whole])
    return shapely.union_all([squares, *pieces[~whole]], grid_size=GRAIN_M)


def regions_of(lattice: GroundLattice, labels: IntArray, count: int) -> tuple[BaseGeometry, ...]:
    """Join the cells and crumbs of each UAV to its region, in the problem's frame.

    Parameters
    ----------
    labels
        Shape (k,): the UAV of each cell.
    """
    regions = _joined(lattice, labels, count)
    if count > 1 and shapely.coverage_is_valid(regions):
        regions = _straightened(regions, lattice.grid.cell_m)
    angle = lattice.grid.placement.angle_rad
    return tuple(_turned(region, angle) for region in regions)


def _joined(lattice: GroundLattice, labels: IntArray, count: int) -> Shapes:
    pieces, owners = _with_crumbs(lattice, labels)
    cell_m = lattice.grid.cell_m
    return np.array([_union(pieces[owners == i], cell_m) for i in range(count)])


def regions_about(
    target: BaseGeometry, grid: CoverageGrid, labels: IntArray, count: int
) -> tuple[BaseGeometry, ...]:
    """Spread regions of mega-cells over the whole target.

    Each region keeps its own mega-cells; ground without one goes with the region that it touches
    most.

    Parameters
    ----------
    labels
        Shape (k,): the UAV of each cell of `grid`.
    """
    shift = (grid.placement.dx_m, grid.placement.dy_m)
    turned = shapely.affinity.translate(
        _turned(target, -grid.placement.angle_rad), -shift[0], -shift[1]
    )
    cells, pieces = _cut(shapely.set_precision(turned, GRAIN_M), grid.cell_m)
    own = {(int(c), int(r)): int(label) for (c, r), label in zip(grid.cells, labels, strict=True)}
    owner = np.array([own.get((int(c), int(r)), -1) for c, r in cells], dtype=np.int32)
    lattice = GroundLattice(grid, pieces[owner >= 0], pieces[owner < 0])
    regions = _joined(lattice, owner[owner >= 0], count)
    back = [shapely.affinity.translate(region, *shift) for region in regions]
    return tuple(_turned(region, grid.placement.angle_rad) for region in back)


def spread_starts(grid: CoverageGrid, starts_m: list[tuple[float, float] | None]) -> FloatArray:
    """Choose a place for each UAV that has none: far from all others; shape (n, 2).

    The first is the cell farthest from the middle; each next one the cell farthest from all chosen
    (Gonzalez, *Clustering to minimize the maximum intercluster distance*, 1985).
    """
    cos, sin = math.cos(grid.placement.angle_rad), math.sin(grid.placement.angle_rad)
    plain = (grid.cells + 0.5) * grid.cell_m + [grid.placement.dx_m, grid.placement.dy_m]
    centres = plain @ np.array([[cos, sin], [-sin, cos]])
    chosen = [np.array(place) for place in starts_m if place is not None]
    if not chosen:
        away = np.hypot(*(centres - centres.mean(axis=0)).T)
    else:
        away = np.min([np.hypot(*(centres - place).T) for place in chosen], axis=0)
    found: list[FloatArray] = []
    for place in starts_m:
        if place is not None:
            found.append(np.array(place))
            continue
        best = int(np.argmax(away))
        found.append(centres[best])
        distance = np.hypot(*(centres - centres[best]).T)
        away = distance if not chosen and len(found) == 1 else np.minimum(away, distance)
    return np.array(found)


def divide_lattice(
    lattice: GroundLattice,
    starts_m: FloatArray,
    shares: FloatArray,
    params: DarpParams,
    *,
    rng: np.random.Generator,
    observer: Observer,
    warm: IntArray | None = None,
) -> Division:
    """Divide the lattice's cells; see `planners.division.divide.divide`.

    Raises
    ------
    InfeasibleError, Cancelled
    """
    starts = nearest_cells(lattice.grid, starts_m)
    return divide(
        lattice.grid, starts, shares, params, rng=rng, observer=observer, warm_start_labels=warm
    )
