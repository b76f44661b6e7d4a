"""Slow twins of fast code: written for being plainly right."""

import math

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from mcpp.model import LegKind


def sample_counts(
    segments: np.ndarray,
    reach_m: np.ndarray,
    target: BaseGeometry,
    step_m: float,
    corner_m: tuple[float, float],
) -> tuple[int, int, int]:
    """Samples inside the target, covered, and covered by more than one of the segments.

    Parameters
    ----------
    segments
        Shape (k, 4): x, y, x, y.
    """
    _, _, east, north = target.bounds
    inside = covered = repeated = 0
    for i in range(int((east - corner_m[0]) / step_m) + 2):
        for j in range(int((north - corner_m[1]) / step_m) + 2):
            sample = Point(corner_m[0] + i * step_m, corner_m[1] + j * step_m)
            if not target.contains(sample):
                continue
            count = sum(
                LineString([segment[:2], segment[2:]]).distance(sample) <= reach
                for segment, reach in zip(segments, reach_m, strict=True)
            )
            inside += 1
            covered += count > 0
            repeated += count > 1
    return inside, covered, repeated


def metres_nearer_than(
    leg: BaseGeometry, core: BaseGeometry, keep_m: float, step_m: float = 0.01
) -> float:
    """Length of the part of a leg that is nearer than `keep_m` to a shape."""
    count = max(math.ceil(leg.length / step_m), 1)
    places = (np.arange(count) + 0.5) / count
    points = shapely.line_interpolate_point(leg, places, normalized=True)
    return float((shapely.distance(core, points) < keep_m).mean() * leg.length)


def pieces_of(grid, labels, region):
    """Connected pieces of one region, by plain search."""
    left = set(np.flatnonzero(labels == region).tolist())
    count = 0
    while left:
        queue = [left.pop()]
        count += 1
        while queue:
            for u in grid.neighbours[queue.pop()].tolist():
                if u in left:
                    left.remove(u)
                    queue.append(u)
    return count


def check_division(grid, shares, found):
    """Disjoint by construction; whole, connected, and within one cell of the shares."""
    k, n = len(grid.cells), len(shares)
    assert found.labels.shape == (k,)
    assert found.labels.min() >= 0
    sizes = np.bincount(found.labels, minlength=n)
    assert np.array_equal(sizes, found.sizes)
    assert np.array_equal(sizes, found.targets)
    assert found.exact
    assert np.all((np.abs(sizes - shares * k) <= 1 + 1e-9) | (sizes == 1))
    assert [pieces_of(grid, found.labels, i) for i in range(n)] == [1] * n


def found_by(xy_m, mass, sorties, reach_m, time_s):
    """How likely it has been found by a time: each place that a survey leg has passed by then."""
    total = 0.0
    for (x, y), chance in zip(xy_m, mass, strict=True):
        seen = False
        for sortie in sorties:
            for i in np.flatnonzero(sortie.kind == LegKind.SURVEY):
                (ax, ay), (bx, by) = sortie.xyz_m[i, :2], sortie.xyz_m[i + 1, :2]
                size = math.hypot(bx - ax, by - ay)
                along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / max(size**2, 1e-12)
                along = min(max(along, 0.0), 1.0)
                away = math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y)
                begin, end = sortie.time_s[i], sortie.time_s[i + 1]
                seen = seen or (away <= reach_m and begin + along * (end - begin) <= time_s)
        total += chance * seen
    return total
