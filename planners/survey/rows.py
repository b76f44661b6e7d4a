"""Rows of parallel lines over ground, and which direction promises the shortest flight."""

import math
from dataclasses import dataclass

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.sweep.lines import clip_lines, turned

ROUNDING_PART = 1e-6
"""Part of a spacing by which rows may be farther apart, against rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Parallel lines, evenly spaced.

    Attributes
    ----------
    angle_rad
        Direction of the lines; turned by minus that, they are horizontal.
    first_m, gap_m, count
        Height of the lowest line in the turned frame, distance of neighbours, number of lines.
    """

    angle_rad: float
    first_m: float
    gap_m: float
    count: int

    @property
    def heights_m(self) -> FloatArray:
        """Heights of the lines in the turned frame, shape (count,)."""
        return np.asarray(self.first_m + self.gap_m * np.arange(self.count), dtype=np.float64)


def turned_edges(edges: FloatArray, angle_rad: float) -> FloatArray:
    """Turn edges, shape (n, 4), by minus `angle_rad`."""
    return np.hstack([turned(edges[:, :2], -angle_rad), turned(edges[:, 2:], -angle_rad)])


def fewest_rows(low_m: float, high_m: float, spacing_m: float) -> int:
    """Fewest rows at most a spacing apart, the outer ones half a gap inside."""
    return max(1, math.ceil((high_m - low_m) / spacing_m - ROUNDING_PART))


def even_rows(
    target_edges: FloatArray, line_edges: FloatArray, angle_rad: float, spacing_m: float
) -> Rows:
    """Lay the fewest rows over a target that are at most a spacing apart.

    Parameters
    ----------
    target_edges, line_edges
        Edges, shape (n, 4), of the target and of where lines may run: no row lies farther out than
        half a spacing from the latter.
    """
    target_y = turned(target_edges[:, :2], -angle_rad)[:, 1]
    room_y = turned(line_edges[:, :2], -angle_rad)[:, 1]
    low = max(float(target_y.min()), float(room_y.min()) - spacing_m / 2)
    high = min(float(target_y.max()), float(room_y.max()) + spacing_m / 2)
    count = fewest_rows(low, high, spacing_m)
    gap = (high - low) / count
    return Rows(angle_rad=angle_rad, first_m=low + gap / 2, gap_m=gap, count=count)


def clipped(rows: Rows, line_edges: FloatArray) -> tuple[IntArray, FloatArray]:
    """Cut rows to where lines may run.

    Returns
    -------
    Row of each line, shape (k,), and x of its two ends in the turned frame, shape (k, 2).
    """
    return clip_lines(turned_edges(line_edges, rows.angle_rad), rows.heights_m)


@kernel
def _estimated_m(lines: IntArray, spans: FloatArray, gap: float, stop_m: float) -> float:
    total, before, begin = 0.0, 0, 0  # lines before..begin-1 are those of the row below
    for k in range(len(lines)):
        if k and lines[k] != lines[k - 1]:
            before, begin = begin, k
        total += spans[k, 1] - spans[k, 0] + 2 * stop_m
        if begin == 0:
            continue
        least = math.inf
        for j in range(before, begin):
            apart = max(spans[j, 0] - spans[k, 1], spans[k, 0] - spans[j, 1])
            if apart > 0.0:
                way = gap + apart
            else:
                left = math.hypot(gap, spans[j, 0] - spans[k, 0])
                right = math.hypot(gap, spans[j, 1] - spans[k, 1])
                way = (left + right) / 2
            least = min(least, way)
        total += least
    return total


def estimated_m(rows: Rows, line_edges: FloatArray, stop_m: float) -> float:
    """Estimate the flight along all rows and home again, in metres at cruise speed.

    Parameters
    ----------
    stop_m
        What a stop costs, in metres at cruise speed.
    """
    lines, spans = clipped(rows, line_edges)
    if not len(lines):
        return math.inf
    flown = _estimated_m(lines, spans, rows.gap_m, stop_m)
    return float(flown + rows.count * rows.gap_m)
