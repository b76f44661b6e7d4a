"""A way home along the border that surveys the strip beside it, so that lines may end before it."""

import numpy as np
import shapely

from mcpp.model import FloatArray
from planners.survey.place import Part, Place, parts_of
from planners.survey.rows import Rows, clipped
from planners.sweep.lines import turned
from planners.sweep.raster import ring_edges

INSET = 0.25
"""How far inside the border the way home runs, in spacings."""
BESIDE = 0.3
"""How far before the way home lines end, in spacings. Together with `INSET`: photos with the usual
3:2 or 4:3 image see the ground at the border at least as often as those of lines that end on it. A
point there loses the views of the last 0.55 spacings of each line, and gains those of one pass."""
SMOOTH = 0.05
"""By how much the way home may leave the border's shape, in spacings."""


def _side(place: Place, rows: Rows, side: int) -> Part | None:
    """Run along the left (0) or right (1) side of a place, from its lowest row to its highest."""
    spacing_m = place.flier.spacing_m
    eroded = shapely.buffer(place.lines, -INSET * spacing_m, join_style="mitre")
    parts = [p for p in shapely.get_parts(eroded) if isinstance(p, shapely.Polygon) and p.area > 0]
    if not parts:
        return None
    largest = max(parts, key=lambda part: float(part.area))
    smooth = shapely.simplify(largest, SMOOTH * spacing_m)
    if not isinstance(smooth, shapely.Polygon) or smooth.is_empty:
        return None
    ring = shapely.linearrings(turned(shapely.get_coordinates(smooth.exterior), -rows.angle_rad))
    lines, spans = clipped(rows, place.line_edges)
    if not len(lines) or lines[0] == lines[-1]:
        return None
    heights = rows.heights_m
    ends = []
    for line in (lines[0], lines[-1]):
        own = spans[lines == line]
        x = own[:, 0].min() if side == 0 else own[:, 1].max()
        ends.append(float(shapely.line_locate_point(ring, shapely.Point(x, heights[line]))))
    first, last = ends
    length = float(ring.length)
    one = _between(ring, first, last, length)
    other = _between(ring, last, first, length)[::-1]
    left, right = sorted((one, other), key=_middle_x)
    return left if side == 0 else right


def _between(ring: shapely.LinearRing, first: float, last: float, length: float) -> FloatArray:
    """Go along a ring from one place on it to another, both given by their way from its start."""
    corners = shapely.get_coordinates(ring)[:-1]
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    away, whole = (at - first) % length, (last - first) % length
    order = np.argsort(away, kind="stable")
    between = [corners[k] for k in order if 1e-6 < away[k] < whole - 1e-6]
    ends = shapely.get_coordinates(shapely.line_interpolate_point(ring, [first, last]))
    return np.array([ends[0], *between, ends[1]])


def _middle_x(way: FloatArray) -> float:
    return float(shapely.get_x(shapely.centroid(shapely.linestrings(way))))


def with_way_home(place: Place, rows: Rows, side: int) -> list[Part] | None:
    """Make the parts of a layout with a way home at one side, which is the last of them.

    None where the place has no such way, or it would not lie inside.

    Parameters
    ----------
    side
        0 is left in the turned frame, 1 right.
    """
    chain = _side(place, rows, side)
    if chain is None or len(chain) < 2:
        return None
    way = turned(chain, rows.angle_rad)
    line = shapely.linestrings(way)
    if line.length < 1.0 or not place.lines.buffer(1e-6).covers(line):
        return None
    spacing_m = place.flier.spacing_m
    strip = shapely.buffer(line, BESIDE * spacing_m, cap_style="flat", join_style="mitre")
    room = shapely.difference(place.lines, strip)
    parts = parts_of(*clipped(rows, ring_edges(room)), rows.heights_m, rows.angle_rad)
    # what is left between the way home and the border lies beside it all along
    beside = shapely.buffer(line, 1.1 * (INSET + SMOOTH) * spacing_m)
    shapely.prepare(beside)
    kept = [part for part in parts if not beside.covers(shapely.linestrings(part))]
    return [*kept, way] if kept else None
