"""Lines of one UAV in a region that was cut along rows common to a fleet."""

import math

import numpy as np

from mcpp.model import BoolArray, FloatArray, IntArray
from planners.survey.place import Part, Place, parts_of
from planners.survey.rows import Rows, clipped, fewest_rows

SAME_M = 0.5
"""Ends of lines that lie no farther apart are the same end."""


def _cut_rows(
    rows: Rows, lines: IntArray, spans: FloatArray, borders: tuple[FloatArray, ...]
) -> BoolArray:
    """Tell of which rows another UAV has a piece that meets this one's; shape (rows.count,).

    Those are rows on which a line ends elsewhere than at a border.
    """
    natural = [np.empty(0) for _ in range(rows.count)]
    for edges in borders:
        all_lines, all_spans = clipped(rows, edges)
        for row in range(rows.count):
            natural[row] = np.concatenate([natural[row], all_spans[all_lines == row].ravel()])
    cut = np.zeros(rows.count, dtype=np.bool_)
    for row, ends in zip(lines, spans, strict=True):
        away = np.abs(natural[row][:, None] - ends[None, :])
        cut[row] |= bool((away.min(axis=0, initial=math.inf) > SAME_M).any())
    return cut


def _block_heights(rows: Rows, first: int, last: int, spacing_m: float) -> FloatArray:
    """Spread the fewest lines over rows `first` to `last`, a spacing apart at most."""
    low = rows.first_m + (first - 0.5) * rows.gap_m
    high = rows.first_m + (last + 0.5) * rows.gap_m
    count = fewest_rows(low, high, spacing_m)
    return np.asarray(low + (np.arange(count) + 0.5) * (high - low) / count)


def lines_in_region(place: Place, rows: Rows, borders: tuple[FloatArray, ...]) -> list[Part]:
    """Lay lines over a place that consists of whole rows and pieces of rows.

    A row that is cut keeps its line where it is, as the neighbour's piece does. Whole rows between
    them are one block, over which a UAV with a wider spacing lays fewer lines: between the last
    line of a block and the next row there is then half of either's distance.

    Parameters
    ----------
    borders
        Edges, shape (n, 4), of what ends lines of its own accord: area and zones, not neighbours.
    """
    lines, spans = clipped(rows, place.line_edges)
    if not len(lines) or fewest_rows(0.0, rows.count * rows.gap_m, place.flier.spacing_m) == (
        rows.count
    ):
        return parts_of(lines, spans, rows.heights_m, rows.angle_rad)
    cut = _cut_rows(rows, lines, spans, borders)
    heights: list[float] = []
    own = np.unique(lines)
    at = 0
    while at < len(own):
        end = at
        if not cut[own[at]]:
            while end + 1 < len(own) and own[end + 1] == own[end] + 1 and not cut[own[end + 1]]:
                end += 1
            heights += list(_block_heights(rows, own[at], own[end], place.flier.spacing_m))
        else:
            heights.append(float(rows.heights_m[own[at]]))
        at = end + 1
    parts: list[Part] = []
    for height in heights:
        one = Rows(angle_rad=rows.angle_rad, first_m=height, gap_m=rows.gap_m, count=1)
        parts += parts_of(*clipped(one, place.line_edges), one.heights_m, rows.angle_rad)
    return parts
