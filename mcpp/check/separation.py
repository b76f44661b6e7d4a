"""How near UAVs can come to each other, when each may be somewhat early or late.

A flight's place is known as a function of its own time (`mcpp.flight.phases.Phases`). When it is
really there is not known to the second, so that two flights meet wherever their ways come near each
other in windows of time that overlap. A point that is passed `t` after the take-off is passed

- at most ``max(timing_tolerance_s, timing_tolerance * t)`` earlier, but not before the take-off,
  which is kept by the clock;
- at most ``max(timing_tolerance_s, timing_tolerance * T)`` later, `T` counted from the UAV's first
  take-off: a sortie also starts late when the one before it ended late.

The least distance over all pairs of places with overlapping windows is found by branch and bound
over the times of both: a piece of a phase lies on a straight segment, so that the distance of two
segments bounds that of two pieces from below, and the windows of two pieces overlap exactly when
those of their ends do. No instants are sampled; what is given is the least distance less at most
`LEAF_M`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mcpp.flight.phases import Phases
from mcpp.kernels import kernel
from mcpp.model import FloatArray

LEAF_M = 0.005
"""Pieces of both ways are divided down to this length."""
MOST_BOXES = 100_000
"""Pairs of pieces that are looked at for two phases; beyond, the bound itself is the answer."""
_ALIKE_M = 1e-4
_SLACK_M = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flight:
    """A sortie for the measure of separation.

    Attributes
    ----------
    uav
        Flights of one UAV are never in the air together.
    first_s
        When the UAV takes off for its first flight.
    rise_m
        Height of its launch point above that of the others.
    """

    uav: int
    phases: Phases
    first_s: float
    rise_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What two UAVs in the air keep between them: one or the other.

    Attributes
    ----------
    vertical_m
        0 where no height is enough.
    tolerance, tolerance_s
        How early or late each may be: a part of the time flown, and seconds at least.
    """

    horizontal_m: float
    vertical_m: float
    tolerance: float
    tolerance_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """How near two flights can come to each other.

    Attributes
    ----------
    horizontal_m, horizontal_time_s
        Least horizontal distance while they are nearer than wanted in height, and when the first
        of the two is there by plan; infinite where that never is.
    vertical_m, vertical_time_s
        Least difference in height while they are nearer than wanted on the map, and when.
    x_m, y_m
        Where the first of the two is then.
    """

    first: int
    second: int
    horizontal_m: float
    horizontal_time_s: float
    vertical_m: float
    vertical_time_s: float
    x_m: float
    y_m: float


@kernel
def _gone(v: float, w: float, u: float) -> float:
    """Part of a phase's way that is gone in the part `u` of its time."""
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
def _early(t: float, begin: float, part: float, least: float) -> float:
    return max(begin, t - max(least, part * (t - begin)))


@kernel
def _late(t: float, first: float, part: float, least: float) -> float:
    return t + max(least, part * (t - first))


@kernel
def _on_way(row: FloatArray, u: float, out: FloatArray) -> None:
    """Put the place that a phase has reached in the part `u` of its time into `out`."""
    gone = _gone(row[6], row[7], u)
    for k in range(3):
        out[k] = row[k] + gone * (row[3 + k] - row[k])


@kernel
def _bound(
    a: FloatArray, b: FloatArray, box: FloatArray, ends: FloatArray, within_m: float, level: bool
) -> tuple[float, float, float]:
    """Bound the distance of two pieces of phases from below, and give the pieces' lengths.

    Infinite where one of the pieces can not be within `within_m` of the other.

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
    if level and tall >= within_m:
        return np.inf, a_long, b_long
    flat = max(_segments_m(p, q, r, s) - a[8] - b[8], 0.0)
    if level:
        return flat, a_long, b_long
    return (np.inf if flat >= within_m else tall), a_long, b_long


@kernel
def _nearest_of_phases(
    a: FloatArray, b: FloatArray, timing: FloatArray, within_m: float, level: bool, below: float
) -> tuple[float, float, float]:
    """Least distance of two phases, if it is less than `below`, and the times of both there.

    Parameters
    ----------
    a, b
        Shape (11,): begin, end, speeds, spread and times of a phase.
    timing
        Of each flight its take-off and that of the UAV's first; tolerances, part and seconds.
    """
    best, best_a, best_b = below, 0.0, 0.0
    stack, boxes, top = np.empty((400, 5)), 0, 1
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = 0.0, 1.0, 0.0, 1.0
    ends, pair, part, least = np.empty((4, 3)), np.empty((2, 4)), timing[4], timing[5]
    stack[0, 4], _, _ = _bound(a, b, stack[0], ends, within_m, level)
    while top > 0:
        top -= 1
        if stack[top, 4] >= best - _ALIKE_M:
            continue
        boxes += 1
        box = stack[top, :4].copy()
        at_a0, at_a1 = a[9] + box[0] * (a[10] - a[9]), a[9] + box[1] * (a[10] - a[9])
        at_b0, at_b1 = b[9] + box[2] * (b[10] - b[9]), b[9] + box[3] * (b[10] - b[9])
        if _early(at_a0, timing[0], part, least) > _late(at_b1, timing[3], part, least):
            continue
        if _early(at_b0, timing[2], part, least) > _late(at_a1, timing[1], part, least):
            continue
        value, a_long, b_long = _bound(a, b, box, ends, within_m, level)
        if max(a_long, b_long) < LEAF_M * LEAF_M or boxes > MOST_BOXES or top > 390:
            best, best_a, best_b = value, (at_a0 + at_a1) / 2, (at_b0 + at_b1) / 2
            continue
        pair[0], pair[1] = box, box
        side = 0 if a_long >= b_long else 2
        pair[0, side + 1] = pair[1, side] = (box[side] + box[side + 1]) / 2
        one, _, _ = _bound(a, b, pair[0], ends, within_m, level)
        two, _, _ = _bound(a, b, pair[1], ends, within_m, level)
        first = 1 if one < two else 0  # the nearer one is looked at first: it lies on top
        stack[top, :4], stack[top, 4] = pair[first], (two if first == 1 else one)
        stack[top + 1, :4], stack[top + 1, 4] = pair[1 - first], (one if first == 1 else two)
        top += 2
    return best, best_a, best_b


@kernel
def _nearest(
    a: FloatArray, b: FloatArray, timing: FloatArray, within_m: float, level: bool
) -> tuple[float, float, float]:
    """Least distance of two flights, and the times of both there; infinite where there is none.

    Parameters
    ----------
    a, b, timing
        Phases, shape (m, 11), as `_nearest_of_phases` takes each.
    within_m, level
        Where `level`: the least horizontal distance where the heights differ by less than
        `within_m`. Otherwise the least difference in height within that distance on the map.
    """
    best, best_a, best_b = np.inf, 0.0, 0.0
    part, least, low = timing[4], timing[5], 0
    for i in range(len(a)):
        early = _early(a[i, 9], timing[0], part, least)
        late = _late(a[i, 10], timing[1], part, least)
        while low < len(b) and _late(b[low, 10], timing[3], part, least) < early:
            low += 1
        for j in range(low, len(b)):
            if _early(b[j, 9], timing[2], part, least) > late:
                break
            found, at_a, at_b = _nearest_of_phases(a[i], b[j], timing, within_m, level, best)
            if found < best:
                best, best_a, best_b = found, at_a, at_b
    return best, best_a, best_b


def _rows(flight: Flight) -> FloatArray:
    phases = flight.phases
    lift = np.array([0.0, 0.0, flight.rise_m])
    return np.column_stack(
        [
            phases.begin_m + lift,
            phases.end_m + lift,
            phases.begin_m_s,
            phases.end_m_s,
            phases.spread_m,
            phases.time_s[:-1],
            phases.time_s[1:],
        ]
    )


def _together(a: Flight, b: Flight, timing: FloatArray) -> bool:
    """Whether both can be in the air at once."""
    part, least = float(timing[4]), float(timing[5])
    a_end, b_end = float(a.phases.time_s[-1]), float(b.phases.time_s[-1])
    return bool(
        timing[0] <= _late(b_end, b.first_s, part, least)
        and timing[2] <= _late(a_end, a.first_s, part, least)
    )


def place_at(phases: Phases, time_s: float) -> FloatArray:
    """Where a flight is at a time of its own, shape (3,)."""
    k = min(max(int(np.searchsorted(phases.time_s, time_s)) - 1, 0), len(phases.leg) - 1)
    took = max(float(phases.time_s[k + 1] - phases.time_s[k]), 1e-12)
    u = min(max((time_s - float(phases.time_s[k])) / took, 0.0), 1.0)
    gone = _gone(float(phases.begin_m_s[k]), float(phases.end_m_s[k]), u)
    return np.asarray(phases.begin_m[k] + gone * (phases.end_m[k] - phases.begin_m[k]))


def approaches(flights: Sequence[Flight], wanted: Separation) -> tuple[Approach, ...]:
    """Measure every pair of flights of different UAVs that can be in the air together.

    `Approach.first` and `second` are indices into `flights`.
    """
    rows = [_rows(flight) for flight in flights]
    out = []
    for i, j in combinations(range(len(flights)), 2):
        a, b = flights[i], flights[j]
        if a.uav == b.uav or not len(rows[i]) or not len(rows[j]):
            continue

        timing = np.array(
            [
                a.phases.time_s[0], a.first_s, b.phases.time_s[0], b.first_s,
                wanted.tolerance, wanted.tolerance_s,
            ]
        )  # fmt: skip
        alike_m = wanted.vertical_m - _SLACK_M if wanted.vertical_m > 0 else np.inf
        flat, flat_s, _ = _nearest(rows[i], rows[j], timing, alike_m, True)
        tall, tall_s, _ = _nearest(rows[i], rows[j], timing, wanted.horizontal_m - _SLACK_M, False)
        if not (np.isfinite(flat) or np.isfinite(tall) or _together(a, b, timing)):
            continue
        when = flat_s if np.isfinite(flat) else tall_s
        x, y, _ = place_at(a.phases, when)
        out.append(
            Approach(
                first=i,
                second=j,
                horizontal_m=flat,
                horizontal_time_s=flat_s,
                vertical_m=tall,
                vertical_time_s=tall_s,
                x_m=float(x),
                y_m=float(y),
            )
        )
    return tuple(out)
