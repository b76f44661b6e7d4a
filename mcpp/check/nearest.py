"""The least distance of two motions whose times are not known to the second.

Found by branch and bound over the times of both: a piece of a phase lies on a straight segment, so
that the distance of two segments bounds that of two pieces from below, and the windows in which two
pieces may be flown overlap exactly when those of their ends do. No instants are sampled; what is
given is the least distance less at most `LEAF_M`.
"""

from typing import NamedTuple

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray

LEAF_M = 0.005
"""Pieces of both ways are divided down to this length."""
MOST_BOXES = 100_000
"""Pairs of pieces that are looked at for two phases; beyond, the bound itself is the answer."""
_ALIKE_M = 1e-4
_DEEP = 400
"""Pairs of pieces that wait at once, at most."""

BEGIN_M, END_M = 0, 3
"""The first of three columns each of a phase's row: where it begins and ends."""
BEGIN_M_S, END_M_S, SPREAD_M, BEGIN_S, END_S = range(6, 11)
"""Columns: speeds along the way, how far from it it may be on the map, when it begins and ends."""


class Motion(NamedTuple):
    """A flight: its phases, shape (m, 11), its take-off, and that of its UAV's first flight."""

    phases: FloatArray
    takeoff_s: float
    first_s: float


class Tolerance(NamedTuple):
    """How early or late a place may be passed: a part of the time flown, and seconds at least."""

    part: float
    least_s: float


class Within(NamedTuple):
    """What is measured where: `level`, the distance on the map, where heights differ by less.

    Otherwise the difference in height, where the distance on the map is less than `within_m`.
    """

    within_m: float
    level: bool


@kernel
def gone(v: float, w: float, u: float) -> float:
    """Part of a phase's way that is gone in the part `u` of its time; its speeds are `v`, `w`."""
    return u if v + w <= 0.0 else (2 * v * u + (w - v) * u * u) / (v + w)


@kernel
def _point_segment_2(px: float, py: float, ax: float, ay: float, bx: float, by: float) -> float:
    """Square of the distance of a point from a segment."""
    dx, dy = bx - ax, by - ay
    size = dx * dx + dy * dy
    t = 0.0 if size <= 0.0 else ((px - ax) * dx + (py - ay) * dy) / size
    t = min(max(t, 0.0), 1.0)
    x, y = ax + t * dx - px, ay + t * dy - py
    return x * x + y * y


@kernel
def _segments_m(p: FloatArray, q: FloatArray, r: FloatArray, s: FloatArray) -> float:
    """Distance of two segments on the map; 0 where they cross."""
    rx, ry, sx, sy = q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]
    cross = rx * sy - ry * sx
    if cross != 0.0:
        t = ((r[0] - p[0]) * sy - (r[1] - p[1]) * sx) / cross
        u = ((r[0] - p[0]) * ry - (r[1] - p[1]) * rx) / cross
        if 0.0 <= t <= 1.0 and 0.0 <= u <= 1.0:
            return 0.0
    least = min(
        _point_segment_2(p[0], p[1], r[0], r[1], s[0], s[1]),
        _point_segment_2(q[0], q[1], r[0], r[1], s[0], s[1]),
    )
    least = min(least, _point_segment_2(r[0], r[1], p[0], p[1], q[0], q[1]))
    return float(np.sqrt(min(least, _point_segment_2(s[0], s[1], p[0], p[1], q[0], q[1]))))


@kernel
def _height_gap_m(p: FloatArray, q: FloatArray, r: FloatArray, s: FloatArray) -> float:
    """Least difference of the heights of two segments, each taken as a whole."""
    low = max(min(p[2], q[2]), min(r[2], s[2]))
    return float(max(low - min(max(p[2], q[2]), max(r[2], s[2])), 0.0))


@kernel
def early(t: float, begin: float, part: float, least: float) -> float:
    """When a place is passed at the earliest that is passed at `t` by plan; kernels too."""
    return max(begin, t - max(least, part * (t - begin)))


@kernel
def late(t: float, first: float, part: float, least: float) -> float:
    """When a place is passed at the latest."""
    return t + max(least, part * (t - first))


@kernel
def _before(t_a: float, a: Motion, t_b: float, b: Motion, tolerance: Tolerance) -> bool:
    """Tell whether `a` has always passed its place of `t_a` before `b` comes to its of `t_b`."""
    begins = early(t_b, b.takeoff_s, tolerance.part, tolerance.least_s)
    return begins > late(t_a, a.first_s, tolerance.part, tolerance.least_s)


@kernel
def _on_way(phase: FloatArray, u: float, out: FloatArray) -> None:
    """Put the place that a phase has reached in the part `u` of its time into `out`."""
    part = gone(phase[BEGIN_M_S], phase[END_M_S], u)
    for k in range(3):
        out[k] = phase[BEGIN_M + k] + part * (phase[END_M + k] - phase[BEGIN_M + k])


@kernel
def _bound(
    a: FloatArray, b: FloatArray, box: FloatArray, ends: FloatArray, wanted: Within
) -> tuple[float, float, float]:
    """Bound the distance of two pieces of phases from below, and give the pieces' lengths squared.

    Infinite where one of the pieces can not be within what is wanted of the other.

    Parameters
    ----------
    box
        Shape (4,): part of the time of each phase at which its piece begins and ends.
    ends
        Shape (4, 3): room for the ends of both pieces.
    """
    _on_way(a, box[0], ends[0])
    _on_way(a, box[1], ends[1])
    _on_way(b, box[2], ends[2])
    _on_way(b, box[3], ends[3])
    p, q, r, s = ends[0], ends[1], ends[2], ends[3]
    a_long, b_long = 0.0, 0.0
    for k in range(3):
        a_long += (q[k] - p[k]) ** 2
        b_long += (s[k] - r[k]) ** 2
    tall = _height_gap_m(p, q, r, s)
    if wanted.level and tall >= wanted.within_m:
        return np.inf, a_long, b_long
    flat = max(_segments_m(p, q, r, s) - a[SPREAD_M] - b[SPREAD_M], 0.0)
    if wanted.level:
        return flat, a_long, b_long
    return (np.inf if flat >= wanted.within_m else tall), a_long, b_long


@kernel
def _nearest_of_phases(
    a: Motion, i: int, b: Motion, j: int, tolerance: Tolerance, wanted: Within, below: float
) -> tuple[float, float, float]:
    """Least distance of two phases, if it is less than `below`, and the times of both there."""
    one, two = a.phases[i], b.phases[j]
    a_s, a_took = one[BEGIN_S], one[END_S] - one[BEGIN_S]
    b_s, b_took = two[BEGIN_S], two[END_S] - two[BEGIN_S]
    best, best_a, best_b = below, 0.0, 0.0
    boxes, bounds, top = np.empty((_DEEP, 4)), np.empty(_DEEP), 1
    boxes[0, 0], boxes[0, 1], boxes[0, 2], boxes[0, 3] = 0.0, 1.0, 0.0, 1.0
    ends, halves, looked_at = np.empty((4, 3)), np.empty((2, 4)), 0
    bounds[0], _, _ = _bound(one, two, boxes[0], ends, wanted)
    while top > 0:
        top -= 1
        if bounds[top] >= best - _ALIKE_M:
            continue
        looked_at += 1
        box = boxes[top].copy()
        at_a0, at_a1 = a_s + box[0] * a_took, a_s + box[1] * a_took
        at_b0, at_b1 = b_s + box[2] * b_took, b_s + box[3] * b_took
        if _before(at_b1, b, at_a0, a, tolerance) or _before(at_a1, a, at_b0, b, tolerance):
            continue
        value, a_long, b_long = _bound(one, two, box, ends, wanted)
        small = max(a_long, b_long) < LEAF_M * LEAF_M
        if small or looked_at > MOST_BOXES or top > _DEEP - 10:
            best, best_a, best_b = value, (at_a0 + at_a1) / 2, (at_b0 + at_b1) / 2
            continue
        halves[0], halves[1] = box, box
        side = 0 if a_long >= b_long else 2
        halves[0, side + 1] = halves[1, side] = (box[side] + box[side + 1]) / 2
        first, _, _ = _bound(one, two, halves[0], ends, wanted)
        second, _, _ = _bound(one, two, halves[1], ends, wanted)
        far = 1 if first < second else 0  # the nearer one is looked at first: it lies on top
        boxes[top], bounds[top] = halves[far], (second if far == 1 else first)
        boxes[top + 1], bounds[top + 1] = halves[1 - far], (first if far == 1 else second)
        top += 2
    return best, best_a, best_b


@kernel
def nearest(
    a: Motion, b: Motion, tolerance: Tolerance, wanted: Within
) -> tuple[float, float, float]:
    """Least distance of two flights, and the times of both there; infinite where there is none."""
    best, best_a, best_b = np.inf, 0.0, 0.0
    low, rows = 0, b.phases
    for i in range(len(a.phases)):
        begin_s, end_s = a.phases[i, BEGIN_S], a.phases[i, END_S]
        while low < len(rows) and _before(rows[low, END_S], b, begin_s, a, tolerance):
            low += 1
        for j in range(low, len(rows)):
            if _before(end_s, a, rows[j, BEGIN_S], b, tolerance):
                break
            found, at_a, at_b = _nearest_of_phases(a, i, b, j, tolerance, wanted, best)
            if found < best:
                best, best_a, best_b = found, at_a, at_b
    return best, best_a, best_b
