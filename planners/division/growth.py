"""Connected regions of wanted sizes by weighted growth from the starts, on the graph.

Each region claims cells in the order of weight times distance to its seed, and only next to a cell
that it has, so that it is connected by construction. The weights are corrected by the sizes that
come out: too large a region gets a larger weight. Sizes come near their targets;
`planners.division.exact_sizes` makes them exact.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcpp.kernels import kernel
from mcpp.model import CoverageGrid, FloatArray, IntArray
from mcpp.planner import Observer, report_progress
from planners.division.graph import SLICE_CELLS

WEIGHT_STEP = 0.15
"""Exponent of size over target in the correction of a weight."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Growth:
    """The best of the grown divisions: labels (k,), and how many rounds it took."""

    labels: IntArray
    iterations: int


def nearest_cells(grid: CoverageGrid, xy_m: FloatArray) -> IntArray:
    """Nearest mega-cell to each point, ties by index.

    Parameters
    ----------
    xy_m
        Shape (n, 2), metres of the local frame.

    Returns
    -------
    IntArray
        Shape (n,): indices of cells.
    """
    angle = grid.placement.angle_rad
    points = np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
    # R(-angle) @ p, less the shift, in cells
    u = np.cos(angle) * points[:, 0] + np.sin(angle) * points[:, 1] - grid.placement.dx_m
    v = np.cos(angle) * points[:, 1] - np.sin(angle) * points[:, 0] - grid.placement.dy_m
    at = np.column_stack((u, v)) / grid.cell_m - 0.5
    return nearest_of(grid.cells.astype(np.float64), at)


def nearest_of(cells: FloatArray, at: FloatArray) -> IntArray:
    """Index of the row of `cells` (k, 2) that is nearest to each row of `at` (n, 2)."""
    nearest = [np.argmin(((cells - point) ** 2).sum(axis=1).round(9)) for point in at]
    return np.array(nearest, dtype=np.int32)


def distinct_seeds(nb: IntArray, starts_cell: IntArray) -> IntArray:
    """Give each UAV a cell of its own: its start, or the fewest steps from it that is free.

    UAVs of lower index choose first among those whose starts coincide; a start that is one UAV's
    alone is never taken by another. All starts must lie in one component with enough cells.
    """
    seeds = np.full(len(starts_cell), -1, np.int32)
    taken: set[int] = set()
    for i, start in enumerate(starts_cell.tolist()):
        if start not in taken:
            seeds[i] = start
            taken.add(start)
    for i in np.flatnonzero(seeds < 0).tolist():
        queue = [int(starts_cell[i])]
        seen = set(queue)
        for c in queue:
            if c not in taken:
                seeds[i] = c
                taken.add(c)
                break
            for u in nb[c].tolist():
                if u >= 0 and u not in seen:
                    seen.add(u)
                    queue.append(u)
    return seeds


@kernel
def _sift_in(
    key: npt.NDArray[np.float32],
    item: IntArray,
    region: IntArray,
    size: int,
    x: float,
    c: int,
    i: int,
) -> None:
    at = size
    while at > 0:
        up = (at - 1) // 2
        if key[up] <= x:
            break
        key[at], item[at], region[at] = key[up], item[up], region[up]
        at = up
    key[at], item[at], region[at] = x, c, i


@kernel
def _drop_first(key: npt.NDArray[np.float32], item: IntArray, region: IntArray, size: int) -> None:
    last = size - 1
    x, c, i = key[last], item[last], region[last]
    at = 0
    while True:
        down = 2 * at + 1
        if down >= last:
            break
        if down + 1 < last and key[down + 1] < key[down]:
            down += 1
        if key[down] >= x:
            break
        key[at], item[at], region[at] = key[down], item[down], region[down]
        at = down
    key[at], item[at], region[at] = x, c, i


@kernel
def _grow_slice(
    labels: IntArray,
    nb: IntArray,
    xy: npt.NDArray[np.float32],
    seeds: IntArray,
    weights: npt.NDArray[np.float32],
    best: npt.NDArray[np.float32],
    key: npt.NDArray[np.float32],
    item: IntArray,
    region: IntArray,
    size: int,
    budget: int,
) -> int:
    """Claim up to `budget` cells from the heap of `size` entries; returns its new size."""
    while size > 0 and budget > 0:
        c, i = item[0], region[0]
        _drop_first(key, item, region, size)
        size -= 1
        if labels[c] >= 0:
            continue
        labels[c] = i
        budget -= 1
        for j in range(4):
            u = nb[c, j]
            if u < 0 or labels[u] >= 0:
                continue
            dx = xy[u, 0] - xy[seeds[i], 0]
            dy = xy[u, 1] - xy[seeds[i], 1]
            x = weights[i] * np.sqrt(dx * dx + dy * dy)
            # an entry with a smaller key is in the heap already and will win
            if x < best[u]:
                best[u] = x
                _sift_in(key, item, region, size, x, u, i)
                size += 1
    return size


class _Grower:
    """Work space of repeated growths on one graph."""

    def __init__(self, cells: IntArray, nb: IntArray, seeds: IntArray) -> None:
        k = len(nb)
        self._nb, self._seeds = nb, seeds
        self._xy = np.ascontiguousarray(cells, dtype=np.float32)
        self._best = np.empty(k, np.float32)
        room = 4 * k + len(seeds)
        self._key = np.empty(room, np.float32)
        self._item = np.empty(room, np.int32)
        self._region = np.empty(room, np.int32)

    def grow(self, weights: FloatArray, observer: Observer, fraction: float) -> IntArray:
        n, k = len(self._seeds), len(self._nb)
        labels = np.full(k, -1, np.int32)
        self._best[:] = np.inf
        self._key[:n] = -1.0
        self._item[:n] = self._seeds
        self._region[:n] = np.arange(n)
        size = n
        while size > 0:
            report_progress(observer, "divide", fraction)
            size = _grow_slice(
                labels,
                self._nb,
                self._xy,
                self._seeds,
                weights.astype(np.float32),
                self._best,
                self._key,
                self._item,
                self._region,
                size,
                SLICE_CELLS,
            )
        return labels


def grow_regions(
    cells: IntArray,
    nb: IntArray,
    seeds: IntArray,
    targets: IntArray,
    *,
    iterations: int,
    observer: Observer,
    spread: FloatArray | None = None,
) -> Growth:
    """Grow connected regions whose sizes come near the targets.

    Parameters
    ----------
    cells, nb
        Shape (k, 2) and (k, 4) of one connected graph.
    seeds, targets
        Shape (n,): a cell of its own for each region, and its wanted size, summing to k.
    iterations
        Most rounds of correcting the weights.
    spread
        Factors (n,) on the first weights: another draw gives another division.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    n = len(seeds)
    grower = _Grower(cells, nb, seeds)
    weights = 1.0 / np.sqrt(np.maximum(targets, 1) / targets.mean())
    if spread is not None:
        weights = weights * spread
    best_labels = None
    best_error = np.inf
    # a cell too many or too few is cheap to mend: rounds after that gain nothing
    good_enough = max(n // 2, int(0.002 * len(nb)))
    rounds = 0
    for rounds in range(1, iterations + 1):
        labels = grower.grow(weights, observer, 0.5 * rounds / iterations)
        sizes = np.bincount(labels, minlength=n)
        error = np.abs(sizes - targets).sum()
        if error < best_error:
            best_error, best_labels = error, labels
        if error <= good_enough:
            break
        ratio = np.clip(sizes / targets, 0.25, 4.0)
        weights = weights * ratio ** (WEIGHT_STEP * max(0.3, 1.0 - rounds / iterations))
        weights /= np.exp(np.log(weights).mean())
    if best_labels is None:
        msg = f"iterations must be at least 1, not {iterations}"
        raise ValueError(msg)
    return Growth(labels=best_labels, iterations=rounds)
