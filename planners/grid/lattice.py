"""Which legs of a lattice lie in a polygon: scan lines along its rows and columns.

Everything is in the frame of the lattice, in which its rows run along x. Sub-cell (i, j) of a
lattice with sub-spacing s stands at ``x0 + i * s, y0 + j * s``; mega-cell (c, r) holds the
sub-cells 2c, 2c + 1 by 2r, 2r + 1. A polygon is the array of its directed edges, shape (m, 4): x, y
of both ends; which of its rings are holes follows from counting crossings.

A mega-cell's byte says which of the eight legs that belong to it are legal: `LOW`, `HIGH`, `LEFT`,
`RIGHT` are the sides of the square through its four sub-cells; `EAST_LOW`, `EAST_HIGH` lead to the
cell in the east, `NORTH_LEFT`, `NORTH_RIGHT` to the one in the north.
"""

import math

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray, IntArray

ByteArray = npt.NDArray[np.uint8]

LOW, HIGH, LEFT, RIGHT = 1, 2, 4, 8
EAST_LOW, EAST_HIGH, NORTH_LEFT, NORTH_RIGHT = 16, 32, 64, 128
CELL = LOW | HIGH | LEFT | RIGHT
EAST = EAST_LOW | EAST_HIGH
NORTH = NORTH_LEFT | NORTH_RIGHT


def edges_of(shape: BaseGeometry) -> FloatArray:
    """Edges of all rings of a (Multi)Polygon, shape (m, 4)."""
    edges = [np.empty((0, 4))]
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)
            edges.append(np.hstack([xy[:-1], xy[1:]]))
    return np.ascontiguousarray(np.vstack(edges))


@kernel
def turned(edges: FloatArray, angle: float) -> FloatArray:
    """Edges in the frame of a lattice that is turned by `angle`."""
    cos, sin = math.cos(angle), math.sin(angle)
    out = np.empty_like(edges)
    for k in range(edges.shape[0]):
        for end in (0, 2):
            x, y = edges[k, end], edges[k, end + 1]
            out[k, end] = cos * x + sin * y
            out[k, end + 1] = cos * y - sin * x
    return out


@kernel
def crossings(
    edges: FloatArray, along: int, first: float, step: float, lines: int
) -> tuple[IntArray, FloatArray]:
    """Where lines cross the edges: bounds (lines + 1,) into the sorted crossings of each line.

    `along` is 0 for lines along x (at ``y = first + k * step``) and 1 for lines along y. A line
    through a vertex crosses one of its two edges when they lie on both sides, else none or both.
    """
    across = 1 - along
    bounds = np.zeros(lines + 1, np.int32)
    spans = np.empty((edges.shape[0], 2), np.int32)
    for k in range(edges.shape[0]):
        a, b = edges[k, across], edges[k, across + 2]
        low, high = min(a, b), max(a, b)
        i = max(0, math.ceil((low - first) / step))
        end = min(lines, math.ceil((high - first) / step))
        spans[k, 0], spans[k, 1] = i, end
        for line in range(i, end):
            bounds[line + 1] += 1
    for line in range(lines):
        bounds[line + 1] += bounds[line]
    fill = bounds[:-1].copy()
    found = np.empty(bounds[lines], np.float64)
    for k in range(edges.shape[0]):
        if spans[k, 0] >= spans[k, 1]:
            continue
        a, b = edges[k, across], edges[k, across + 2]
        p, q = edges[k, along], edges[k, along + 2]
        slope = (q - p) / (b - a)
        for line in range(spans[k, 0], spans[k, 1]):
            x = p + (first + line * step - a) * slope
            # insertion keeps each line sorted; most have two to six crossings
            at = fill[line]
            while at > bounds[line] and found[at - 1] > x:
                found[at] = found[at - 1]
                at -= 1
            found[at] = x
            fill[line] += 1
    return bounds, found


@kernel
def mark_axis(
    marks: ByteArray,
    edges: FloatArray,
    along: int,
    origin: float,
    first: float,
    step: float,
    slack: float,
) -> None:
    """Set the bits of the legs along one axis that lie in the polygon.

    `origin` is the place of sub-cell 0 along the lines, `first` the place of line 0 across them.
    Intervals are `slack` longer at both ends than the polygon, or shorter if it is negative; with
    slack, two that meet in a point are one.
    """
    rows, columns = marks.shape
    lines = 2 * (rows if along == 0 else columns)
    last = 2 * (columns if along == 0 else rows) - 1
    bounds, found = crossings(edges, along, first, step, lines)
    for line in range(lines):
        odd = line & 1
        if along == 0:
            inner = np.uint8(HIGH if odd else LOW)
            outer = np.uint8(EAST_HIGH if odd else EAST_LOW)
        else:
            inner = np.uint8(RIGHT if odd else LEFT)
            outer = np.uint8(NORTH_RIGHT if odd else NORTH_LEFT)
        cross = line >> 1
        at, end = bounds[line], bounds[line + 1]
        while at + 1 < end:
            start, stop = found[at], found[at + 1]
            at += 2
            while slack > 0 and at + 1 < end and found[at] - stop <= 2 * slack:
                stop = found[at + 1]
                at += 2
            low = max(0, math.ceil((start - slack - origin) / step))
            high = min(last, math.floor((stop + slack - origin) / step))
            if along == 0:
                for c in range((low + 1) >> 1, ((high - 1) >> 1) + 1):
                    marks[cross, c] |= inner
                for c in range(low >> 1, high >> 1):
                    marks[cross, c] |= outer
            else:
                for r in range((low + 1) >> 1, ((high - 1) >> 1) + 1):
                    marks[r, cross] |= inner
                for r in range(low >> 1, high >> 1):
                    marks[r, cross] |= outer


@kernel
def mark_legs(
    edges: FloatArray,
    x0: float,
    y0: float,
    step: float,
    rows: int,
    columns: int,
    offset: float,
    slack: float,
) -> ByteArray:
    """Bytes of all mega-cells, shape (rows, columns), with the lines moved aside by `offset`."""
    marks = np.zeros((rows, columns), np.uint8)
    mark_axis(marks, edges, 0, x0, y0 + offset, step, slack)
    mark_axis(marks, edges, 1, y0, x0 + offset, step, slack)
    return marks


@kernel
def mark_centres(
    edges: FloatArray, x0: float, y0: float, step: float, rows: int, columns: int
) -> BoolArray:
    """Which mega-cells have their centre in the polygon, shape (rows, columns)."""
    inside = np.zeros((rows, columns), np.bool_)
    x_centre, y_centre, side = x0 + step / 2, y0 + step / 2, 2 * step
    bounds, found = crossings(edges, 0, y_centre, side, rows)
    for r in range(rows):
        for at in range(bounds[r], bounds[r + 1] - 1, 2):
            low = max(0, math.ceil((found[at] - x_centre) / side))
            high = min(columns - 1, math.floor((found[at + 1] - x_centre) / side))
            for c in range(low, high + 1):
                inside[r, c] = True
    return inside
