"""Parallel lines over a target: where they lie, and which part of each is needed."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray, IntArray
from planners.sweep.raster import ring_edges, sort_few

DRAW_IN_M = 0.04
"""How far survey lines stay inside the border of where legs may run."""


def turned(xy_m: FloatArray, angle_rad: float) -> FloatArray:
    """Turn points, shape (n, 2), by `angle_rad` about the origin."""
    c, s = math.cos(angle_rad), math.sin(angle_rad)
    return np.ascontiguousarray(
        np.stack([c * xy_m[:, 0] - s * xy_m[:, 1], s * xy_m[:, 0] + c * xy_m[:, 1]], axis=1)
    )


def candidate_angles(shape: BaseGeometry, *, edges: int, step_deg: float) -> FloatArray:
    """Directions worth a try, 0 to pi: of the longest edges, of the smallest box, evenly spread.

    Edges of one direction count together. Directions closer than half a degree count as one.
    """
    sides = ring_edges(shapely.simplify(shape, 0.5))
    dx, dy = sides[:, 2] - sides[:, 0], sides[:, 3] - sides[:, 1]
    length = np.hypot(dx, dy)
    direction = np.arctan2(dy, dx) % math.pi
    bins = np.round(np.degrees(direction)).astype(int) % 180
    weight = np.bincount(bins, weights=length, minlength=180)
    weight = weight + 0.5 * (np.roll(weight, 1) + np.roll(weight, -1))
    wanted: list[float] = []
    for at in np.argsort(-weight, kind="stable")[: 3 * edges]:
        members = np.flatnonzero(bins == at)
        if len(members) and len(wanted) < edges:
            wanted.append(float(direction[members[np.argmax(length[members])]]))
    box = ring_edges(shapely.minimum_rotated_rectangle(shape))
    wanted += [math.atan2(e[3] - e[1], e[2] - e[0]) % math.pi for e in box[:2]]
    if step_deg > 0:
        wanted += list(np.radians(np.arange(0.0, 180.0, step_deg)))
    kept: list[float] = []
    for angle in wanted:
        apart = [abs((angle - other + math.pi / 2) % math.pi - math.pi / 2) for other in kept]
        if not apart or min(apart) > math.radians(0.5):
            kept.append(angle)
    return np.array(kept)


def line_heights(
    low: float, high: float, spacing_m: float, reach_m: float, phase: float
) -> FloatArray:
    """Heights of lines over a target that spans `low` to `high`.

    Phase 0 spreads the lines evenly, at most `spacing_m` apart, the outer ones `reach_m` from the
    extremes. A phase above 0 sets them `spacing_m` apart, the first shifted by that part of what
    is left over.
    """
    room = high - low - 2 * reach_m
    if room <= 0:
        return np.array([(low + high) / 2])
    gaps = math.ceil(room / spacing_m - 1e-9)
    if phase <= 0:
        return np.asarray(np.linspace(low + reach_m, high - reach_m, gaps + 1), dtype=np.float64)
    slack = gaps * spacing_m - room
    first = low + reach_m - phase * slack
    return np.asarray(first + spacing_m * np.arange(gaps + 1), dtype=np.float64)


@kernel
def _clip(edges: FloatArray, heights: FloatArray) -> tuple[IntArray, FloatArray]:
    """Parts of horizontal lines inside the rings: line of each, and its two ends."""
    lines = np.empty(len(edges) * len(heights) + 1, dtype=np.int32)
    spans = np.empty((len(edges) * len(heights) + 1, 2))
    found = 0
    hits = np.empty(len(edges))
    for line in range(len(heights)):
        y = heights[line]
        crossed = 0
        for k in range(len(edges)):
            ay, by = edges[k, 1], edges[k, 3]
            if (ay <= y) != (by <= y):
                hits[crossed] = edges[k, 0] + (y - ay) / (by - ay) * (edges[k, 2] - edges[k, 0])
                crossed += 1
        sort_few(hits, crossed)
        for k in range(0, crossed - 1, 2):
            lines[found] = line
            spans[found, 0], spans[found, 1] = hits[k], hits[k + 1]
            found += 1
    return lines[:found].copy(), spans[:found].copy()


@kernel
def _trim(
    points: FloatArray,
    taken: BoolArray,
    heights: FloatArray,
    lines: IntArray,
    spans: FloatArray,
    reach: float,
) -> tuple[FloatArray, BoolArray]:
    """Shorten each span to what the samples of its band need, and tell which are needed at all."""
    out = np.empty_like(spans)
    for k in range(len(spans)):
        out[k, 0], out[k, 1] = math.inf, -math.inf
    first = np.zeros(len(heights) + 1, dtype=np.int32)
    for k in range(len(lines)):
        first[lines[k] + 1] += 1
    for k in range(len(heights)):
        first[k + 1] += first[k]
    gap = heights[1] - heights[0] if len(heights) > 1 else 1.0
    for i in range(len(points)):
        if taken[i]:
            continue
        x, y = points[i, 0], points[i, 1]
        line = min(max(math.floor((y - heights[0]) / gap + 0.5), 0), len(heights) - 1)
        rest = reach * reach - (y - heights[line]) ** 2
        if rest <= 0.0:
            continue
        half = math.sqrt(rest)
        best, away = -1, half
        for k in range(first[line], first[line + 1]):
            apart = max(spans[k, 0] - x, x - spans[k, 1])
            if apart <= away:
                best, away = k, max(apart, 0.0)
        if best >= 0:
            out[best, 0] = min(out[best, 0], x + half)
            out[best, 1] = max(out[best, 1], x - half)
    needed = np.zeros(len(spans), dtype=np.bool_)
    for k in range(len(spans)):
        if out[k, 0] == math.inf:
            continue
        needed[k] = True
        low = min(max(out[k, 0], spans[k, 0]), spans[k, 1])
        high = min(max(out[k, 1], spans[k, 0]), spans[k, 1])
        if low > high:
            low = high = (low + high) / 2
        out[k, 0], out[k, 1] = low, high
    return out, needed


@kernel
def within(points: FloatArray, chain: FloatArray, limits: FloatArray) -> BoolArray:
    """Tell which points lie within their own limit of a polyline.

    Parameters
    ----------
    points, chain
        Shapes (n, 2), (m, 2).
    limits
        Shape (2, m - 1): the limit at each leg for points on its left, and for those on its right.
    """
    out = np.zeros(len(points), dtype=np.bool_)
    for i in range(len(points)):
        for k in range(len(chain) - 1):
            ax, ay = chain[k, 0], chain[k, 1]
            dx, dy = chain[k + 1, 0] - ax, chain[k + 1, 1] - ay
            px, py = points[i, 0] - ax, points[i, 1] - ay
            side = 0 if dx * py - dy * px >= 0 else 1
            t = min(max((px * dx + py * dy) / max(dx * dx + dy * dy, 1e-12), 0.0), 1.0)
            if (px - t * dx) ** 2 + (py - t * dy) ** 2 <= limits[side, k] ** 2:
                out[i] = True
                break
    return out


def clip_lines(edges_m: FloatArray, heights_m: FloatArray) -> tuple[IntArray, FloatArray]:
    """Cut horizontal lines to the inside of rings.

    Parameters
    ----------
    edges_m
        Shape (n, 4), turned so that the lines are horizontal.
    heights_m
        Shape (m,).

    Returns
    -------
    Line of each part, shape (k,), and its left and right end, shape (k, 2), in order.
    """
    lines, spans = _clip(edges_m, heights_m)
    return lines, spans


def trim_lines(
    points_m: FloatArray,
    taken: BoolArray,
    heights_m: FloatArray,
    lines: IntArray,
    spans_m: FloatArray,
    reach_m: float,
) -> FloatArray:
    """Shorten line parts to what the samples nearest to them need.

    A sample is served by the line whose band it lies in, at the part nearest to it. The part must
    come so near that the sample lies within reach.

    Parameters
    ----------
    points_m, taken
        Samples, shape (n, 2), and which of them something else covers, shape (n,).

    Returns
    -------
    Shape (k, 4): x, y of the left and of the right end of each part that is needed.
    """
    spans, needed = _trim(points_m, taken, heights_m, lines, spans_m, reach_m)
    y = heights_m[lines]
    return np.stack([spans[:, 0], y, spans[:, 1], y], axis=1)[needed]
