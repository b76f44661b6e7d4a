"""Covered ground, by exact area and by samples.

A straight leg covers what lies within its reach: a capsule. Areas are unions of capsules; samples
are the points of a square grid, counted once for each straight segment that covers them (the rule
of arXiv 2201.07030, as far as its published figures show it).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.kernels import kernel
from mcpp.model import FloatArray

QUAD_SEGS = 16
"""Chords to a quarter circle. The round end of a capsule is drawn from inside: its border is at
most 0.12 % of the reach too near, its area at most 0.16 % too small; straight sides are exact."""

STRAIGHT_M = 0.02
"""Points nearer than this to the straight line between their neighbours are on a straight leg;
coordinates rounded to 1e-7 degrees move a point by up to 8 mm."""

FULL_PERCENT = 99.99
"""What 100 percent asks for: the rest is slivers in corners, each of which costs metres."""

MAX_SAMPLES = 400_000_000


@dataclass(frozen=True, slots=True)
class SampleCounts:
    """How many samples lie in the target, are covered, and are covered by several segments."""

    step_m: float
    samples: int
    covered: int
    repeated: int

    @property
    def covered_percent(self) -> float:
        """PoC: percentage of the samples that a segment covers."""
        return 100.0 * self.covered / self.samples if self.samples else 0.0

    @property
    def repeated_percent(self) -> float:
        """PoOC: percentage of the samples that more than one segment covers."""
        return 100.0 * self.repeated / self.samples if self.samples else 0.0


# --------------------------------------------------------------------------------- polylines


def corner_points(xy_m: npt.ArrayLike) -> FloatArray:
    """Drop the points of a polyline that lie on a straight leg; both ends stay.

    Parameters
    ----------
    xy_m
        Shape (n, 2).

    Returns
    -------
    Shape (m, 2), m <= n. Fewer than two different points give the first point, or nothing.
    """
    points = np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
    if len(points) == 0 or np.ptp(points, axis=0).max() < STRAIGHT_M:
        return points[:1].copy()
    line = shapely.simplify(shapely.linestrings(points), STRAIGHT_M, preserve_topology=False)
    corners: FloatArray = shapely.get_coordinates(line)
    return corners


def straight_segments(paths: Sequence[npt.ArrayLike]) -> FloatArray:
    """Straight segments of all paths, collinear points dropped, shape (k, 4): x, y, x, y."""
    corners = [corner_points(path) for path in paths]
    parts = [np.hstack([points[:-1], points[1:]]) for points in corners if len(points) > 1]
    segments: FloatArray = np.vstack(parts) if parts else np.empty((0, 4))
    moving: FloatArray = segments[(segments[:, :2] != segments[:, 2:]).any(axis=1)]
    return moving


def survey_runs(xy_m: FloatArray, survey: npt.NDArray[np.bool_]) -> list[FloatArray]:
    """Cut a route into the polylines of its survey legs.

    Parameters
    ----------
    xy_m
        Shape (n, 2).
    survey
        Shape (n - 1,): True for a leg that covers ground.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], survey, [False]]).astype(np.int8)))
    return [xy_m[first : last + 1] for first, last in edges.reshape(-1, 2)]


# -------------------------------------------------------------------------------- exact area


def covered_shape(
    paths: Sequence[npt.ArrayLike],
    reach_m: float | Sequence[float],
    target: BaseGeometry | None = None,
) -> BaseGeometry:
    """Ground within reach of the paths, cut to the target where one is given.

    Each straight segment is buffered alone: a capsule has no bends that a buffer could simplify.
    See `QUAD_SEGS` for the error.

    Parameters
    ----------
    paths
        Polylines, each of shape (n, 2).
    reach_m
        One for all, or one per path.
    """
    reaches = _reach_per_path(paths, reach_m)
    capsules = [
        shapely.buffer(_lines(straight_segments([path])), reach, quad_segs=QUAD_SEGS)
        for path, reach in zip(paths, reaches, strict=True)
    ]
    if not capsules:
        return MultiPolygon()
    shape = shapely.union_all(np.concatenate(capsules))
    return shape if target is None else shapely.intersection(shape, target)


def covered_area(
    paths: Sequence[npt.ArrayLike], reach_m: float | Sequence[float], target: BaseGeometry
) -> float:
    """Square metres of the target within reach of the paths; see `covered_shape`."""
    return float(covered_shape(paths, reach_m, target).area)


def gaps(target: BaseGeometry, covered: BaseGeometry, *, min_area_m2: float = 1.0) -> list[Polygon]:
    """Parts of the target that are not covered, the largest first.

    Slivers under `min_area_m2` are left out.
    """
    left = shapely.get_parts(shapely.difference(target, covered))
    parts = [part for part in left if isinstance(part, Polygon) and part.area >= min_area_m2]
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


# ----------------------------------------------------------------------------------- samples


def sample_coverage(
    paths: Sequence[npt.ArrayLike],
    reach_m: float | Sequence[float],
    target: BaseGeometry,
    *,
    step_m: float,
    corner_m: tuple[float, float] | None = None,
) -> SampleCounts:
    """Count the samples of the target, those covered, and those covered more than once.

    Parameters
    ----------
    paths
        Polylines, each of shape (n, 2); points on a straight leg are dropped first.
    reach_m
        One for all, or one per path. A sample at this very distance is covered.
    corner_m
        A point of the grid; the minimum corner of the target's bounding box unless given.

    Raises
    ------
    InputError
        When the step is not positive, or so fine that counting would not end.
    """
    if not step_m > 0:
        raise InputError(f"step_m: {step_m} is no sample step; give one above 0")
    if target.is_empty:
        return SampleCounts(step_m, 0, 0, 0)
    west, south, east, north = target.bounds
    if (east - west) * (north - south) / step_m**2 > MAX_SAMPLES:
        raise InputError(
            f"step_m: {step_m} gives more than {MAX_SAMPLES} samples; take a coarser one"
        )
    x, y = corner_m or (west, south)
    # The first grid point on or after the corner of the bounding box, along each axis.
    first = (
        x + math.ceil((west - x) / step_m) * step_m,
        y + math.ceil((south - y) / step_m) * step_m,
    )
    size = (int((east - first[0]) // step_m) + 1, int((north - first[1]) // step_m) + 1)
    if min(size) < 1:
        return SampleCounts(step_m, 0, 0, 0)
    reaches = _reach_per_path(paths, reach_m)
    segments = [straight_segments([path]) for path in paths]
    reach = np.repeat(np.asarray(reaches, np.float64), [len(own) for own in segments])
    stacked = np.vstack([np.empty((0, 4)), *segments])
    counts = _count_samples(
        np.ascontiguousarray(stacked), reach, ring_edges(target), *first, *size, float(step_m)
    )
    return SampleCounts(step_m, *(int(count) for count in counts))


@kernel
def _covers(segment: FloatArray, reach: float, x: float, y: float) -> bool:
    dx, dy = segment[2] - segment[0], segment[3] - segment[1]
    along = ((x - segment[0]) * dx + (y - segment[1]) * dy) / (dx * dx + dy * dy)
    along = min(max(along, 0.0), 1.0)
    off_x, off_y = x - segment[0] - along * dx, y - segment[1] - along * dy
    return bool(off_x * off_x + off_y * off_y <= reach * reach)


@kernel
def _capsule_row(segment: FloatArray, reach: float, y: float) -> tuple[float, float]:
    """West and east end of the piece of the row at `y` that a capsule covers; west > east: none."""
    west, east = np.inf, -np.inf
    for end in range(2):
        off = y - segment[2 * end + 1]
        if abs(off) <= reach:
            half = math.sqrt(reach * reach - off * off)
            west = min(west, segment[2 * end] - half)
            east = max(east, segment[2 * end] + half)
    dx, dy = segment[2] - segment[0], segment[3] - segment[1]
    length = math.hypot(dx, dy)
    for side in (-1.0, 1.0):  # the two straight sides of the capsule
        x1 = segment[0] - side * reach * dy / length
        y1 = segment[1] + side * reach * dx / length
        if dy != 0.0 and 0.0 <= (y - y1) / dy <= 1.0:
            x = x1 + (y - y1) / dy * dx
            west, east = min(west, x), max(east, x)
        elif dy == 0.0 and abs(y - segment[1]) <= reach:
            west, east = min(west, x1, x1 + dx), max(east, x1, x1 + dx)
    return west, east


@kernel
def inside_row(edges: FloatArray, y: float, crossings: FloatArray) -> int:
    """Write the sorted crossings of the row at `y` with the rings; return how many."""
    found = 0
    for i in range(len(edges)):
        y1, y2 = edges[i, 1], edges[i, 3]
        if (y1 <= y) != (y2 <= y):
            crossings[found] = edges[i, 0] + (y - y1) / (y2 - y1) * (edges[i, 2] - edges[i, 0])
            found += 1
    crossings[:found].sort()
    return found


@kernel
def _count_samples(
    segments: FloatArray,
    reach: FloatArray,
    edges: FloatArray,
    x0: float,
    y0: float,
    columns: int,
    rows: int,
    step: float,
) -> tuple[int, int, int]:
    inside, covered, repeated = 0, 0, 0
    crossings = np.empty(len(edges))
    counts = np.zeros(columns + 1, np.int64)  # steps of the count along the row
    for row in range(rows):
        y = y0 + row * step
        found = inside_row(edges, y, crossings)
        if found == 0:
            continue
        counts[:] = 0
        for k in range(len(segments)):
            west, east = _capsule_row(segments[k], reach[k], y)
            if west > east:
                continue
            first = max(math.ceil((west - x0) / step), 0)
            last = min(math.floor((east - x0) / step), columns - 1)
            # Rounding can be out by one sample at each end: the distance itself decides.
            if 0 < first <= columns and _covers(segments[k], reach[k], x0 + (first - 1) * step, y):
                first -= 1
            while first <= last and not _covers(segments[k], reach[k], x0 + first * step, y):
                first += 1
            if -1 <= last < columns - 1 and _covers(
                segments[k], reach[k], x0 + (last + 1) * step, y
            ):
                last += 1
            while last >= first and not _covers(segments[k], reach[k], x0 + last * step, y):
                last -= 1
            if first <= last:
                counts[first] += 1
                counts[last + 1] -= 1
        for i in range(1, columns + 1):
            counts[i] += counts[i - 1]
        for pair in range(0, found - 1, 2):
            first = max(math.ceil((crossings[pair] - x0) / step), 0)
            last = min(math.ceil((crossings[pair + 1] - x0) / step) - 1, columns - 1)
            for column in range(first, last + 1):
                inside += 1
                covered += counts[column] > 0
                repeated += counts[column] > 1
    return inside, covered, repeated


# ------------------------------------------------------------------------------------ helpers


def _reach_per_path(
    paths: Sequence[npt.ArrayLike], reach_m: float | Sequence[float]
) -> Sequence[float]:
    return (reach_m,) * len(paths) if isinstance(reach_m, float | int) else reach_m


def _lines(segments: FloatArray) -> npt.NDArray[np.object_]:
    lines: npt.NDArray[np.object_] = shapely.linestrings(segments.reshape(-1, 2, 2))
    return lines


def ring_edges(shape: BaseGeometry) -> FloatArray:
    """Edges of all rings of a (Multi)Polygon, shape (e, 4)."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    rings = [
        shapely.get_coordinates(ring) for part in parts for ring in (part.exterior, *part.interiors)
    ]
    return np.vstack([np.hstack([ring[:-1], ring[1:]]) for ring in rings])
