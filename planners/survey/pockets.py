"""Ground along the border that rows leave out: short lines of its own for what is worth it."""

import itertools
import math

import numpy as np
import shapely
from scipy import ndimage

from mcpp.model import FloatArray
from planners.survey.place import Part, Place, Watch
from planners.survey.rows import Rows
from planners.sweep.lines import turned
from planners.sweep.paint import paint
from planners.sweep.raster import Raster

MOST_AT_ONCE = 60
MOST_ROUNDS = 6


class Seen:
    """Samples of a place, and how many of them lie within reach of no part."""

    def __init__(self, parts: list[Part], raster: Raster) -> None:
        self.raster, self.counts = raster, raster.blank.copy()
        self.missed = raster.samples
        for part in parts:
            self.add(part)

    def add(self, part: Part) -> None:
        """See what lies within reach of one more part."""
        for a, b in itertools.pairwise(part):
            self.missed += paint(self.counts, self.raster.frame, a[0], a[1], b[0], b[1], 1)

    @property
    def percent(self) -> float:
        """Share of the samples that is seen."""
        return 100.0 * (1 - self.missed / max(self.raster.samples, 1))

    def pockets(self) -> list[FloatArray]:
        """List the samples of each place that is missed, shape (n, 2), the largest first."""
        labels, found = ndimage.label(self.counts == 0)
        rows, cols = np.nonzero(labels)
        label = labels[rows, cols]
        order = np.argsort(label, kind="stable")
        x0, y0, step, _ = self.raster.frame
        xy = np.stack([x0 + cols[order] * step, y0 + rows[order] * step], axis=1)
        groups = np.split(xy, np.cumsum(np.bincount(label, minlength=found + 1)[1:])[:-1])
        return sorted(groups, key=lambda group: -len(group))[:MOST_AT_ONCE] if found else []


def _stub(place: Place, rows: Rows, samples: FloatArray) -> Part:
    """Lay a line through a pocket, along the rows if it is as long that way as across them."""
    local = turned(samples, -rows.angle_rad)
    wide, high = np.ptp(local, axis=0)
    angle = rows.angle_rad if wide >= high else rows.angle_rad + math.pi / 2
    local = turned(samples, -angle)
    low_x, high_x = float(local[:, 0].min()), float(local[:, 0].max())
    middle = float(np.median(local[:, 1]))
    ends = turned(np.array([[low_x, middle], [high_x, middle]]), angle)
    pocket = shapely.MultiPoint(samples)
    inside = shapely.intersection(place.lines, shapely.linestrings(ends))
    pieces = [p for p in shapely.get_parts(inside) if isinstance(p, shapely.LineString)]
    if pieces:
        piece = max(pieces, key=lambda one: float(one.length))
        if piece.length > 0:
            return np.asarray(shapely.get_coordinates(piece))
    # it lies beyond where lines may run: pass at the place nearest to it
    near = shapely.shortest_line(place.lines, pocket)
    at = shapely.get_coordinates(near)[0]
    inner = shapely.get_coordinates(shapely.shortest_line(shapely.Point(at), place.inner))[1]
    return np.vstack([inner, inner])


def filled(
    place: Place,
    rows: Rows,
    parts: list[Part],
    wanted_percent: float,
    raster: Raster,
    watch: Watch,
) -> tuple[list[Part], float]:
    """Add lines for what is left out until enough is seen; the parts, and what they see in percent.

    The largest places first; a line that sees nothing new is none.
    """
    seen, added = Seen(parts, raster), list[Part]()
    for _ in range(MOST_ROUNDS):
        before = seen.missed
        for pocket in seen.pockets() if seen.percent < wanted_percent else []:
            stub = _stub(place, rows, pocket)
            missed = seen.missed
            seen.add(stub)
            if seen.missed < missed:
                added.append(stub)
            watch()
            if seen.percent >= wanted_percent:
                break
        if seen.missed == before:
            break
    return [*parts, *added], seen.percent
