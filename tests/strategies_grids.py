"""Random coverage grids for the tests and benchmarks of the division."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from mcpp.model import BoolArray, CoverageGrid, FloatArray, IntArray, Placement


def grid_from_mask(mask: BoolArray) -> CoverageGrid:
    """Grid of the True cells of a (rows, columns) mask, all steps between them legal."""
    rows, columns = mask.shape
    index = np.full((rows + 2, columns + 2), -1, np.int32)
    index[1:-1, 1:-1][mask] = np.arange(int(mask.sum()), dtype=np.int32)
    row, column = np.nonzero(mask)
    beside = [
        index[row + 1 + d_row, column + 1 + d_column]
        for d_column, d_row in ((1, 0), (0, 1), (-1, 0), (0, -1))
    ]
    return CoverageGrid(
        placement=Placement(angle_rad=0.0, dx_m=0.0, dy_m=0.0),
        cell_m=1.0,
        cells=np.column_stack((column, row)).astype(np.int32),
        neighbours=np.column_stack(beside),
    )


def random_mask(
    rng: np.random.Generator, rows: int, columns: int, blocked: float, *, connected: bool = True
) -> BoolArray:
    """Mask with a part `blocked` of single-cell obstacles; connected: its largest component."""
    mask: BoolArray = rng.random((rows, columns)) >= blocked
    if connected:
        parts, _ = ndimage.label(mask)
        mask = parts == np.argmax(np.bincount(parts.ravel())[1:]) + 1
    return mask


@dataclass(frozen=True)
class Instance:
    """A grid with starts and shares."""

    grid: CoverageGrid
    starts: IntArray
    shares: FloatArray


def random_instance(
    seed: int,
    *,
    side: tuple[int, int] = (20, 100),
    uavs: tuple[int, int] = (3, 15),
    blocked: tuple[float, float] = (0.10, 0.25),
    connected: bool = True,
) -> Instance:
    """Draw a grid with distinct starts and Dirichlet shares."""
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(side[0], side[1] + 1, 2)
    mask = random_mask(rng, rows, columns, rng.uniform(*blocked), connected=connected)
    grid = grid_from_mask(mask)
    n = int(rng.integers(uavs[0], uavs[1] + 1))
    starts = rng.choice(len(grid.cells), n, replace=False).astype(np.int32)
    return Instance(grid, starts, rng.dirichlet(np.ones(n)))
