"""Paint legs on samples, and weigh what it changes to have some legs in place of others.

A sample counts the legs that reach it. Legs that take the place of others mostly reach the same
samples: row by row only those are looked at whose count changes, and none is touched until a change
is wanted.
"""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.sweep.raster import Counts, Frame

MOST_LEGS = 8
"""Legs, old and new ones together, of which a change consists at most."""
AX, AY, BX, BY, UX, UY, LENGTH, WEST, SOUTH, EAST, NORTH, FIRST_ROW, LAST_ROW = range(13)
"""Columns of a table of legs: ends, direction, length, box to which it is clipped, its rows."""
LEG_SHAPE = (MOST_LEGS, 13)
MARKS_SHAPE = (2, 2 * MOST_LEGS)


@kernel
def _row_span(leg: FloatArray, reach: float, y: float) -> tuple[float, float]:
    """Where the row at height `y` lies within `reach` of a leg; empty when low > high."""
    ax, ay, bx, by = leg[AX], leg[AY], leg[BX], leg[BY]
    ux, uy, length = leg[UX], leg[UY], leg[LENGTH]
    low, high = math.inf, -math.inf
    r2 = reach * reach
    rest = r2 - (y - ay) ** 2
    if rest >= 0.0:
        half = math.sqrt(rest)
        low, high = ax - half, ax + half
    rest = r2 - (y - by) ** 2
    if rest >= 0.0:
        half = math.sqrt(rest)
        low, high = min(low, bx - half), max(high, bx + half)
    if length < 1e-9:
        return low, high
    left, right = -math.inf, math.inf
    across, along = (y - ay) * ux, (y - ay) * uy
    if abs(uy) > 1e-12:  # |(x - ax) * -uy + across| <= reach
        one, two = (across - reach) / uy, (across + reach) / uy
        left, right = min(one, two), max(one, two)
    elif abs(across) > reach:
        return low, high
    if abs(ux) > 1e-12:  # 0 <= (x - ax) * ux + along <= length
        one, two = -along / ux, (length - along) / ux
        left, right = max(left, min(one, two)), min(right, max(one, two))
    elif along < 0.0 or along > length:
        return low, high
    if left <= right:
        low, high = min(low, ax + left), max(high, ax + right)
    return low, high


@kernel
def set_leg(
    legs: FloatArray, at: int, ax: float, ay: float, bx: float, by: float, clip: FloatArray
) -> None:
    """Put a leg into the table; only samples in `clip`, west, south, east, north, are looked at."""
    length = math.hypot(bx - ax, by - ay)
    leg = legs[at]
    leg[AX], leg[AY], leg[BX], leg[BY] = ax, ay, bx, by
    leg[UX], leg[UY], leg[LENGTH] = 0.0, 0.0, length
    if length >= 1e-9:
        leg[UX], leg[UY] = (bx - ax) / length, (by - ay) / length
    leg[WEST], leg[SOUTH], leg[EAST], leg[NORTH] = clip[0], clip[1], clip[2], clip[3]


@kernel
def _mark(
    legs: FloatArray, old: int, n: int, row: int, cols: int, frame: Frame, marks: IntArray
) -> int:
    """List the columns of a row at which the number of legs changes, and by how much, in order."""
    x0, y0, step, reach = frame
    found = 0
    for j in range(n):
        leg = legs[j]
        if row < leg[FIRST_ROW] or row > leg[LAST_ROW]:
            continue
        low, high = _row_span(leg, reach, y0 + row * step)
        low, high = max(low, leg[WEST]), min(high, leg[EAST])
        if low > high:
            continue
        first = max(0, math.ceil((low - x0) / step))
        last = min(cols - 1, math.floor((high - x0) / step))
        if first > last:
            continue
        delta = -1 if j < old else 1
        for end in range(2):
            col = first if end == 0 else last + 1
            at = found
            while at > 0 and marks[0, at - 1] > col:
                marks[0, at], marks[1, at] = marks[0, at - 1], marks[1, at - 1]
                at -= 1
            marks[0, at], marks[1, at] = col, delta if end == 0 else -delta
            found += 1
    return found


@kernel
def exchange(
    counts: Counts,
    frame: Frame,
    legs: FloatArray,
    old: int,
    n: int,
    marks: IntArray,
    keep: bool,
) -> int:
    """Weigh taking the first `old` of `n` legs off and putting the others on; or do it.

    Returns
    -------
    How many samples become uncovered, less those that become covered; 0 where `keep` is set.
    """
    _, y0, step, reach = frame
    rows, cols = counts.shape
    begin, end = rows, -1
    for j in range(n):
        leg = legs[j]
        low, high = min(leg[AY], leg[BY]) - reach, max(leg[AY], leg[BY]) + reach
        leg[FIRST_ROW] = max(0, math.ceil((max(low, leg[SOUTH]) - y0) / step))
        leg[LAST_ROW] = min(rows - 1, math.floor((min(high, leg[NORTH]) - y0) / step))
        begin, end = min(begin, int(leg[FIRST_ROW])), max(end, int(leg[LAST_ROW]))
    lost = 0
    for row in range(begin, end + 1):
        found = _mark(legs, old, n, row, cols, frame, marks)
        delta = 0
        for k in range(found - 1):
            delta += marks[1, k]
            if delta == 0:
                continue
            some = 0
            if keep:
                for col in range(marks[0, k], marks[0, k + 1]):
                    counts[row, col] += delta
            elif delta > 0:
                for col in range(marks[0, k], marks[0, k + 1]):
                    some += counts[row, col] == 0
                lost -= some
            else:
                for col in range(marks[0, k], marks[0, k + 1]):
                    some += counts[row, col] == -delta
                lost += some
    return lost


@kernel
def paint(
    counts: Counts,
    frame: Frame,
    ax: float,
    ay: float,
    bx: float,
    by: float,
    delta: int,
) -> int:
    """Add `delta`, +1 or -1, to the samples within reach of a leg.

    Returns
    -------
    How many samples became uncovered, less those that became covered.
    """
    legs, marks = np.empty(LEG_SHAPE), np.empty(MARKS_SHAPE, dtype=np.int32)
    everywhere = np.array([-math.inf, -math.inf, math.inf, math.inf])
    set_leg(legs, 0, ax, ay, bx, by, everywhere)
    old = 1 if delta < 0 else 0
    change = exchange(counts, frame, legs, old, 1, marks, False)
    exchange(counts, frame, legs, old, 1, marks, True)
    return change


@kernel
def paint_loop(counts: Counts, frame: Frame, xy: FloatArray, delta: int) -> int:
    """Paint every leg of a polyline, shape (n, 2)."""
    change = 0
    for i in range(len(xy) - 1):
        change += paint(counts, frame, xy[i, 0], xy[i, 1], xy[i + 1, 0], xy[i + 1, 1], delta)
    return change
