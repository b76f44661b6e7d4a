"""How many photos see each point of an area.

The area is sampled at the middles of square cells, and each footprint, a convex polygon, is counted
at those inside it. Along each row of samples a footprint adds only where it begins and where it
ends, so that the work grows with the rows that footprints have and not with their ground.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.coverage import inside_row, ring_edges
from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray, IntArray, ViewFigures

WANTED_SAMPLES = 1_000_000
"""In the area, where no step is given."""
MOST_CELLS = 40_000_000
"""Of the grid about the area, which holds four bytes for each."""
SMALLEST_GAP_M2 = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Views:
    """Views of the samples of an area.

    Attributes
    ----------
    counts
        Shape (rows, columns), from south to north and from west to east; also outside the area.
    inside
        The same shape: which samples lie in the area.
    west_m, south_m
        Corner of the first cell; its sample is half a step further on.
    """

    counts: IntArray
    inside: BoolArray
    west_m: float
    south_m: float
    step_m: float

    def within(self, shape: BaseGeometry) -> "Views":
        """Return the same views, of the samples that lie in `shape` as well."""
        rows, columns = self.counts.shape
        mask = _samples_inside(shape, self.west_m, self.south_m, self.step_m, rows, columns)
        return replace(self, inside=self.inside & mask)

    def figures(self, min_views: int) -> ViewFigures | None:
        """Figures of the samples inside; None where there is none."""
        seen = self.counts[self.inside]
        if not len(seen):
            return None
        histogram = np.bincount(seen)
        share = np.cumsum(histogram) / len(seen)

        def at_least(part: float) -> int:
            return int(np.searchsorted(share, part, side="right"))

        return ViewFigures(
            least=int(np.flatnonzero(histogram)[0]),
            p1=at_least(0.01),
            p5=at_least(0.05),
            median=at_least(0.5),
            short_percent=100.0 * float(histogram[:min_views].sum()) / len(seen),
        )

    def gaps(self, min_views: int, *, min_area_m2: float = SMALLEST_GAP_M2) -> list[Polygon]:
        """Draw the ground with fewer than `min_views` views, the largest piece first.

        Borders run along the cells: they are true to half a step. Pieces under `min_area_m2` are
        left out.
        """
        from rasterio import Affine  # loads GDAL, which nothing else here needs
        from rasterio.features import shapes

        short = self.inside & (self.counts < min_views)
        if not short.any():
            return []
        transform = Affine(self.step_m, 0.0, self.west_m, 0.0, self.step_m, self.south_m)
        found = shapes(short.astype(np.uint8), mask=short, transform=transform)
        pieces = [shapely.geometry.shape(geometry) for geometry, _ in found]
        large = [piece for piece in pieces if piece.area >= min_area_m2]
        return sorted(large, key=lambda piece: (-piece.area, piece.bounds))


def count_views(
    footprints_m: npt.ArrayLike, area: BaseGeometry, *, step_m: float | None = None
) -> Views:
    """Count for each sample of an area the footprints that it lies in.

    Parameters
    ----------
    footprints_m
        Shape (n, k, 2): convex polygons of k corners, either way round; those with corners that are
        no numbers count for nothing.
    area
        (Multi)Polygon.
    step_m
        Distance of the samples; None puts a million of them into the area.

    Raises
    ------
    InputError
        When the step is not above 0, or the grid would not fit into memory.
    """
    west, south, east, north = area.bounds
    step = math.sqrt(area.area / WANTED_SAMPLES) if step_m is None else step_m
    if not (math.isfinite(step) and step > 0):
        raise InputError(f"step_m: {step} is no sample step: give one above 0")
    if step_m is None:  # a narrow area that lies aslant fills little of the grid
        step = max(step, math.sqrt((east - west) * (north - south) / MOST_CELLS))
    columns, rows = math.ceil((east - west) / step) + 1, math.ceil((north - south) / step) + 1
    if rows * columns > 2 * MOST_CELLS:
        raise InputError(f"step_m: {step:g} m gives {rows * columns} samples: take a coarser one")
    corners = np.asarray(footprints_m, dtype=np.float64)
    corners = np.ascontiguousarray(corners[np.isfinite(corners).all(axis=(1, 2))])
    counts = _count(corners, west + step / 2, south + step / 2, step, rows, columns)
    inside = _samples_inside(area, west, south, step, rows, columns)
    return Views(counts=counts, inside=inside, west_m=west, south_m=south, step_m=step)


def _samples_inside(
    shape: BaseGeometry, west: float, south: float, step: float, rows: int, columns: int
) -> BoolArray:
    if shape.is_empty:
        return np.zeros((rows, columns), dtype=np.bool_)
    edges = np.ascontiguousarray(ring_edges(shape))
    mask: BoolArray = _mask(edges, west + step / 2, south + step / 2, step, rows, columns)
    return mask


@kernel
def _mask(
    edges: FloatArray, x0: float, y0: float, step: float, rows: int, columns: int
) -> BoolArray:
    mask = np.zeros((rows, columns), np.bool_)
    crossings = np.empty(len(edges))
    for row in range(rows):
        found = inside_row(edges, y0 + row * step, crossings)
        for pair in range(0, found - 1, 2):
            first = max(math.ceil((crossings[pair] - x0) / step), 0)
            last = min(math.ceil((crossings[pair + 1] - x0) / step) - 1, columns - 1)
            for column in range(first, last + 1):
                mask[row, column] = True
    return mask


@kernel
def _count(
    corners: FloatArray, x0: float, y0: float, step: float, rows: int, columns: int
) -> IntArray:
    counts = np.zeros((rows, columns + 1), np.int32)  # first as steps of the count along each row
    size = corners.shape[1]
    for k in range(len(corners)):
        low, high = corners[k, :, 1].min(), corners[k, :, 1].max()
        first_row = max(math.ceil((low - y0) / step), 0)
        last_row = min(math.ceil((high - y0) / step) - 1, rows - 1)
        for row in range(first_row, last_row + 1):
            y = y0 + row * step
            west, east = np.inf, -np.inf
            for i in range(size):
                j = (i + 1) % size
                y1, y2 = corners[k, i, 1], corners[k, j, 1]
                if (y1 <= y) != (y2 <= y):
                    part = (y - y1) / (y2 - y1)
                    x = corners[k, i, 0] + part * (corners[k, j, 0] - corners[k, i, 0])
                    west, east = min(west, x), max(east, x)
            first = max(math.ceil((west - x0) / step), 0)
            last = min(math.ceil((east - x0) / step) - 1, columns - 1)
            if first <= last:
                counts[row, first] += 1
                counts[row, last + 1] -= 1
    for row in range(rows):
        for column in range(1, columns):
            counts[row, column] += counts[row, column - 1]
    return counts[:, :columns].copy()
