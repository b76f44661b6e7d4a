"""Where two ways come too near each other, and which take-offs that forbids: compiled."""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray

PIECE_M = 4.0
PIECE_S = 0.5
"""Ways are compared in pieces no longer than both: the shorter, the less is forbidden in vain."""
SHORTEST_M = 0.1
ROUNDED_S = 1e-6
"""Less than this of a time that is forbidden is let be: rounding alone forbids it."""
APART_S = 0.05
"""Kept beyond the wanted times: they are rounded when they are written."""


@kernel
def _when(row: FloatArray, part: float) -> float:
    """When the part 0 to 1 of a phase's way is gone; a row is begin, end, speeds, spread, times."""
    v, w = row[6], row[7]
    if abs(w - v) <= 1e-12 * (v + w) or v + w <= 0.0:
        u = part
    else:  # (2 v u + (w - v) u^2) / (v + w) = part
        root = math.sqrt(max(v * v + (w - v) * (v + w) * part, 0.0))
        u = (v + w) * part / (v + root) if v + root > 0.0 else 0.0
    return float(row[9] + min(max(u, 0.0), 1.0) * (row[10] - row[9]))


@kernel
def _disc_span(
    px: float, py: float, dx: float, dy: float, cx: float, cy: float, radius: float
) -> tuple[float, float]:
    """Part of the line ``p + u d`` in a disc; empty: begin > end."""
    a = dx * dx + dy * dy
    b = (px - cx) * dx + (py - cy) * dy
    c = (px - cx) ** 2 + (py - cy) ** 2 - radius * radius
    if a <= 1e-18:
        return (0.0, 1.0) if c < 0.0 else (1.0, 0.0)
    inner = b * b - a * c
    if inner <= 0.0:
        return 1.0, 0.0
    root = math.sqrt(inner)
    return (-b - root) / a, (-b + root) / a


@kernel
def _near_span(
    p: FloatArray, q: FloatArray, r: FloatArray, s: FloatArray, flat: float
) -> tuple[float, float]:
    """Part of the segment r to s that is nearer on the map than `flat` to the segment p to q.

    All that is so near to a segment are two discs and a rectangle; a line cuts a convex shape in
    one piece.
    """
    dx, dy = s[0] - r[0], s[1] - r[1]
    b0, e0 = _disc_span(r[0], r[1], dx, dy, p[0], p[1], flat)
    b1, e1 = _disc_span(r[0], r[1], dx, dy, q[0], q[1], flat)
    begin, end = np.inf, -np.inf
    if b0 <= e0:
        begin, end = b0, e0
    if b1 <= e1:
        begin, end = min(begin, b1), max(end, e1)
    wx, wy = q[0] - p[0], q[1] - p[1]
    length = math.sqrt(wx * wx + wy * wy)
    if length > 1e-9:
        wx, wy = wx / length, wy / length
        low, high = 0.0, 1.0
        along, along_d = (r[0] - p[0]) * wx + (r[1] - p[1]) * wy, dx * wx + dy * wy
        across, across_d = (r[1] - p[1]) * wx - (r[0] - p[0]) * wy, dy * wx - dx * wy
        low, high = _slab(along, along_d, 0.0, length, low, high)
        low, high = _slab(across, across_d, -flat, flat, low, high)
        if low < high:
            begin, end = min(begin, low), max(end, high)
    return max(begin, 0.0), min(end, 1.0)


@kernel
def _slab(
    at: float, rate: float, below: float, above: float, low: float, high: float
) -> tuple[float, float]:
    """Narrow the parts `low` to `high` of a line to where it lies between two bounds."""
    if abs(rate) < 1e-12:
        return (low, high) if below < at < above else (1.0, 0.0)
    one, two = (below - at) / rate, (above - at) / rate
    return max(low, min(one, two)), min(high, max(one, two))


@kernel
def boxes_near(a_m: FloatArray, b_m: FloatArray, flat_m: float) -> bool:
    """Whether two boxes, shape (2, 2), are nearer to each other than `flat_m` in x and in y."""
    return bool(
        max(a_m[0, 0] - b_m[1, 0], b_m[0, 0] - a_m[1, 0]) < flat_m
        and max(a_m[0, 1] - b_m[1, 1], b_m[0, 1] - a_m[1, 1]) < flat_m
    )


@kernel
def meetings_of(a: FloatArray, b: FloatArray, flat_m: float, tall_m: float) -> FloatArray:
    """Pairs of pieces that are too near: times of the one's piece and of the other's, (k, 4).

    Parameters
    ----------
    a, b
        Shape (m, 11): rows as `_when` takes them.
    """
    count, out = 0, np.empty((64, 4))
    p, q, way = np.empty(3), np.empty(3), np.empty(3)
    for i in range(len(a)):
        for j in range(len(b)):
            flat = flat_m + a[i, 8] + b[j, 8]
            if (
                min(a[i, 0], a[i, 3]) - max(b[j, 0], b[j, 3]) >= flat
                or min(b[j, 0], b[j, 3]) - max(a[i, 0], a[i, 3]) >= flat
                or min(a[i, 1], a[i, 4]) - max(b[j, 1], b[j, 4]) >= flat
                or min(b[j, 1], b[j, 4]) - max(a[i, 1], a[i, 4]) >= flat
                or min(a[i, 2], a[i, 5]) - max(b[j, 2], b[j, 5]) >= tall_m
                or min(b[j, 2], b[j, 5]) - max(a[i, 2], a[i, 5]) >= tall_m
            ):
                continue
            begin, end = _near_span(a[i, :3], a[i, 3:6], b[j, :3], b[j, 3:6], flat)
            if begin >= end:
                continue
            length, lasts = 0.0, a[i, 10] - a[i, 9]
            for c in range(3):
                way[c] = a[i, 3 + c] - a[i, c]
                length += way[c] * way[c]
            length = math.sqrt(length)
            lowest, highest = min(b[j, 2], b[j, 5]) - tall_m, max(b[j, 2], b[j, 5]) + tall_m
            pieces = max(1, math.ceil(length / PIECE_M))
            if length > SHORTEST_M:  # a hold is one piece
                pieces = max(pieces, math.ceil(lasts / PIECE_S))
            for k in range(pieces):
                for c in range(3):
                    p[c] = a[i, c] + way[c] * (k / pieces)
                    q[c] = a[i, c] + way[c] * ((k + 1) / pieces)
                if min(p[2], q[2]) >= highest or max(p[2], q[2]) <= lowest:
                    continue
                begin, end = _near_span(p, q, b[j, :3], b[j, 3:6], flat)
                begin, end = _slab(
                    b[j, 2],
                    b[j, 5] - b[j, 2],
                    min(p[2], q[2]) - tall_m,
                    max(p[2], q[2]) + tall_m,
                    begin,
                    end,
                )
                if begin >= end:
                    continue
                if count == len(out):
                    grown = np.empty((2 * count, 4))
                    grown[:count] = out
                    out = grown
                out[count, 0], out[count, 1] = (
                    _when(a[i], k / pieces),
                    _when(a[i], (k + 1) / pieces),
                )
                out[count, 2], out[count, 3] = _when(b[j], begin), _when(b[j], end)
                count += 1
    return out[:count]


@kernel
def _early_s(t: float, part: float, least_s: float) -> float:
    """Earliest passing of what is passed `t` after the take-off, counted from it."""
    return max(t - max(least_s, part * t), 0.0)


@kernel
def forbidden_by(
    met: FloatArray,
    pads: FloatArray,
    when_s: tuple[float, float, float],
    slack: tuple[float, float, float],
) -> FloatArray:
    """Take-offs of a flight at which it can come too near to another: open intervals, (k, 2).

    Parameters
    ----------
    met
        From `meetings_of`: times of the other's pieces, and of the flight's.
    pads
        Shape (p,): take-offs, counted from the other's, at which both are at one place on the
        ground.
    when_s
        When the other takes off, when its UAV did for its first flight, and when the flight's UAV
        did; NaN where this is its first.
    slack
        How early or late each may be, as a part of the time flown, and in seconds at least; and the
        least time between two UAVs at one place on the ground.
    """
    begin_s, first_s, own_first_s = when_s
    part, least_s, clear_s = slack
    out = np.empty((len(met) + len(pads), 2))
    for k in range(len(met)):
        early = begin_s + _early_s(met[k, 0], part, least_s)
        late = begin_s + met[k, 1]
        late += max(least_s, part * (late - first_s))
        last = met[k, 3]
        if math.isnan(own_first_s):
            begin = early - last - max(least_s, part * last)
        else:  # the later it takes off, the later it may be
            begin = min(early - least_s, (early + part * own_first_s) / (1 + part)) - last
        out[k, 0] = begin - APART_S
        out[k, 1] = late - _early_s(met[k, 2], part, least_s) + APART_S
    for k in range(len(pads)):
        out[len(met) + k, 0] = begin_s + pads[k] - clear_s
        out[len(met) + k, 1] = begin_s + pads[k] + clear_s
    return out


@kernel
def merged(forbidden_s: FloatArray) -> FloatArray:
    """Join open intervals that overlap, shape (k, 2), and put them into order."""
    order = np.argsort(forbidden_s[:, 0], kind="mergesort")
    out, count = np.empty((len(order), 2)), 0
    for k in order:
        if count > 0 and forbidden_s[k, 0] < out[count - 1, 1]:
            out[count - 1, 1] = max(out[count - 1, 1], forbidden_s[k, 1])
        else:
            out[count] = forbidden_s[k]
            count += 1
    return out[:count]


@kernel
def allowed_s(least_s: float, forbidden_s: FloatArray, step_s: float) -> float:
    """Find the first of `least_s`, `least_s` + step, ... that is in none of some open intervals.

    Parameters
    ----------
    forbidden_s
        Shape (k, 2), in any order.
    """
    at = least_s
    moved = True
    while moved:
        moved = False
        for k in range(len(forbidden_s)):
            if forbidden_s[k, 0] < at < forbidden_s[k, 1] - ROUNDED_S:
                after = (forbidden_s[k, 1] - least_s) / step_s
                at = least_s + math.ceil(after - 1e-9) * step_s
                moved = True
    return at
