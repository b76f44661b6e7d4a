"""Compiled score of a placement, alone and over many.

`weights` in the kernels is the array area, a, b, c, penalty; a placement is angle, dx, dy.
"""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray
from planners.grid.lattice import CELL, EAST, NORTH, ByteArray, mark_centres, mark_legs, turned

QUARTER_RAD = math.pi / 2
"""The grid turned by this is the same grid."""


@kernel
def _all_joined(marks: ByteArray, legal: BoolArray, count: int) -> bool:
    """Whether all legal cells hang together. Clears `legal` as it goes."""
    rows, columns = legal.shape
    stack = np.empty(count, np.int32)
    top = 0
    for start in range(rows * columns):
        if legal[start // columns, start % columns]:
            stack[0] = start
            legal[start // columns, start % columns] = False
            top = 1
            break
    while top > 0:
        top -= 1
        r, c = stack[top] // columns, stack[top] % columns
        if c + 1 < columns and legal[r, c + 1] and marks[r, c] & EAST == EAST:
            legal[r, c + 1] = False
            stack[top] = r * columns + c + 1
            top += 1
        if c > 0 and legal[r, c - 1] and marks[r, c - 1] & EAST == EAST:
            legal[r, c - 1] = False
            stack[top] = r * columns + c - 1
            top += 1
        if r + 1 < rows and legal[r + 1, c] and marks[r, c] & NORTH == NORTH:
            legal[r + 1, c] = False
            stack[top] = (r + 1) * columns + c
            top += 1
        if r > 0 and legal[r - 1, c] and marks[r - 1, c] & NORTH == NORTH:
            legal[r - 1, c] = False
            stack[top] = (r - 1) * columns + c
            top += 1
    return not legal.any()


@kernel
def box_of(edges: FloatArray) -> tuple[float, float, float, float]:
    """Smallest and largest x and y: x low, y low, x high, y high."""
    x_low, y_low, x_high, y_high = np.inf, np.inf, -np.inf, -np.inf
    for k in range(edges.shape[0]):
        x_low, x_high = min(x_low, edges[k, 0]), max(x_high, edges[k, 0])
        y_low, y_high = min(y_low, edges[k, 1]), max(y_high, edges[k, 1])
    return x_low, y_low, x_high, y_high


@kernel
def terms(
    allowed: FloatArray,
    centres: FloatArray,
    hull: FloatArray,
    dx: float,
    dy: float,
    spacing: float,
    weights: FloatArray,
) -> tuple[float, float, float, float, int, bool]:
    """J, J1, J2, J3, number of cells and whether they hang together; edges already turned."""
    cell = 2 * spacing
    x_low, y_low, x_high, y_high = box_of(allowed)
    first_c, first_r = math.floor((x_low - dx) / cell), math.floor((y_low - dy) / cell)
    columns = math.ceil((x_high - dx) / cell) - first_c
    rows = math.ceil((y_high - dy) / cell) - first_r
    x0 = dx + first_c * cell + spacing / 2
    y0 = dy + first_r * cell + spacing / 2
    marks = mark_legs(allowed, x0, y0, spacing, rows, columns, 0.0, 0.0)
    if centres.shape[0] > 0:
        legal = mark_centres(centres, x0, y0, spacing, rows, columns)
    else:
        legal = np.ones((rows, columns), np.bool_)
    count = 0
    left, right, bottom, top = columns, -1, rows, -1
    for r in range(rows):
        for c in range(columns):
            if legal[r, c] and marks[r, c] & CELL == CELL:
                count += 1
                left, right = min(left, c), max(right, c)
                bottom, top = min(bottom, r), max(top, r)
            else:
                legal[r, c] = False
    x_low, y_low, x_high, y_high = box_of(hull)
    j1 = count * cell * cell / weights[0]
    j2 = weights[0] / ((x_high - x_low) * (y_high - y_low))
    j3 = 1.0
    joined = True
    if count > 0:
        west, east = x0 + left * cell, x0 + right * cell + spacing
        south, north = y0 + bottom * cell, y0 + top * cell + spacing
        j3 = abs((x_high - east) - (west - x_low)) / (2 * (east - west))
        j3 += abs((y_high - north) - (south - y_low)) / (2 * (north - south))
        joined = _all_joined(marks, legal, count)
    value = weights[1] * j1 + weights[2] * j2 - weights[3] * j3
    if not joined:
        value -= weights[4]
    return value, j1, j2, j3, count, joined


@kernel
def score(
    allowed: FloatArray,
    centres: FloatArray,
    hull: FloatArray,
    placement: FloatArray,
    spacing: float,
    weights: FloatArray,
) -> float:
    """J of one placement."""
    angle = placement[0]
    return terms(
        turned(allowed, angle),
        turned(centres, angle),
        turned(hull, angle),
        placement[1],
        placement[2],
        spacing,
        weights,
    )[0]


@kernel
def score_many(
    allowed: FloatArray,
    centres: FloatArray,
    hull: FloatArray,
    placements: FloatArray,
    spacing: float,
    weights: FloatArray,
) -> FloatArray:
    """J of many placements, shape (n, 3); fastest when equal angles stand together."""
    out = np.empty(placements.shape[0])
    last = np.nan
    own, middle, around = allowed, centres, hull
    for i in range(placements.shape[0]):
        angle = placements[i, 0]
        if angle != last:
            own, middle, around = (
                turned(allowed, angle),
                turned(centres, angle),
                turned(hull, angle),
            )
            last = angle
        out[i] = terms(own, middle, around, placements[i, 1], placements[i, 2], spacing, weights)[0]
    return out
