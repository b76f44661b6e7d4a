"""Sample raster on which the sweep planner counts what its legs cover.

A sample of the target holds the number of legs that reach it; a sample outside the target holds
`OUTSIDE`, a number that painting never brings to zero. Painting a leg and taking it away again
leaves the raster as it was, so a move is tried by painting it.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mcpp.kernels import kernel
from mcpp.model import FloatArray

OUTSIDE = 16384
Counts = NDArray[np.int16]


class Frame(NamedTuple):
    """Where samples lie: the first of the first row, their distance, and how far a leg reaches."""

    x0_m: float
    y0_m: float
    step_m: float
    reach_m: float


@kernel
def sort_few(values: FloatArray, n: int) -> None:
    """Sort the first `n` values in place, by insertion: they are few."""
    for i in range(1, n):
        value = values[i]
        j = i - 1
        while j >= 0 and values[j] > value:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = value


@kernel
def _fill(edges: FloatArray, x0: float, y0: float, step: float, counts: Counts) -> None:
    """Zero the samples inside the rings whose edges are given (even-odd rule, row by row)."""
    rows, cols = counts.shape
    hits = np.empty(len(edges))
    for row in range(rows):
        y = y0 + row * step
        found = 0
        for k in range(len(edges)):
            ay, by = edges[k, 1], edges[k, 3]
            if (ay <= y) != (by <= y):
                hits[found] = edges[k, 0] + (y - ay) / (by - ay) * (edges[k, 2] - edges[k, 0])
                found += 1
        sort_few(hits, found)
        for k in range(0, found - 1, 2):
            first = max(0, math.ceil((hits[k] - x0) / step))
            last = min(cols - 1, math.floor((hits[k + 1] - x0) / step))
            for col in range(first, last + 1):
                counts[row, col] = 0


def ring_edges(shape: BaseGeometry) -> FloatArray:
    """Edges of all rings of a (Multi)Polygon, shape (n, 4): x, y of both ends."""
    found = [np.empty((0, 4))]
    for part in shapely.get_parts(shape):
        if not isinstance(part, shapely.Polygon):
            continue
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)
            found.append(np.hstack([xy[:-1], xy[1:]]))
    return np.ascontiguousarray(np.vstack(found))


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """Samples of a target on a square grid.

    Attributes
    ----------
    blank
        Shape (rows, columns): 0 in the target, `OUTSIDE` elsewhere. Copy it before painting.
    frame
        Where they lie.
    samples
        How many samples lie in the target.
    """

    blank: Counts
    frame: Frame
    samples: int

    @property
    def step_m(self) -> float:
        """Distance of neighbouring samples."""
        return self.frame.step_m

    def points(self) -> FloatArray:
        """Positions of the samples in the target, shape (samples, 2)."""
        rows, cols = np.nonzero(self.blank == 0)
        return np.stack(
            [self.frame.x0_m + cols * self.step_m, self.frame.y0_m + rows * self.step_m], axis=1
        )


def lay_raster(target: BaseGeometry, step_m: float, reach_m: float) -> Raster:
    """Lay samples over a target.

    The target is drawn half a step wider: the outermost samples then lie on its border in the mean,
    not half a step inside.
    """
    target = shapely.buffer(target, step_m / 2, join_style="mitre")
    low_x, low_y, high_x, high_y = target.bounds
    cols = int((high_x - low_x) / step_m) + 2
    rows = int((high_y - low_y) / step_m) + 2
    x0 = low_x + ((high_x - low_x) - (cols - 1) * step_m) / 2
    y0 = low_y + ((high_y - low_y) - (rows - 1) * step_m) / 2
    blank = np.full((rows, cols), OUTSIDE, dtype=np.int16)
    _fill(ring_edges(target), x0, y0, step_m, blank)
    return Raster(blank, Frame(x0, y0, float(step_m), float(reach_m)), int((blank == 0).sum()))


def covered_area_m2(target: BaseGeometry, xy_m: FloatArray, reach_m: float) -> float:
    """Area of the target within reach of a polyline.

    Round ends are drawn as inscribed polygons, so the answer is never above the truth.
    """
    if len(xy_m) == 0:
        return 0.0
    shape = shapely.linestrings(xy_m) if len(xy_m) > 1 else shapely.points(xy_m[0])
    return float(
        shapely.area(shapely.intersection(target, shapely.buffer(shape, reach_m, quad_segs=24)))
    )
