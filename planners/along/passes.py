"""Passes by structures: the same way at several heights, from the highest down."""

import numpy as np
import shapely

from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, Route, Wall
from planners.along.stringing import Strung

_SAME_M = 1e-3


def _passes(part: FloatArray, heights_m: tuple[float, ...]) -> list[FloatArray]:
    """Fly a part of a way at each height, from the highest down: round and round, or to and fro."""
    closed = float(np.hypot(*(part[0] - part[-1]))) < _SAME_M
    flown = []
    for k, height_m in enumerate(sorted(heights_m, reverse=True)):
        way = part if closed or k % 2 == 0 else part[::-1]
        flown.append(np.column_stack([way, np.full(len(way), height_m)]))
    return flown


def route_past(uav: int, strung: Strung, walls: tuple[Wall, ...], space: FreeSpace) -> Route:
    """Join the ways past structures, each at all its heights, to a route of one UAV.

    From one structure to the next it goes at the highest height of the two.
    """
    ways = [shapely.LineString(wall.way_m) for wall in walls]
    pieces: list[tuple[FloatArray, bool]] = []
    for part in strung.flown:
        middle = shapely.line_interpolate_point(shapely.LineString(part), 0.5, normalized=True)
        wall = walls[int(np.argmin(shapely.distance(ways, middle)))]
        flown = _passes(part, wall.heights_m)
        if pieces:
            pieces.append((_across(pieces[-1][0][-1], flown[0][0], space), False))
        pieces += [(one, True) for one in flown]
    points = np.vstack([piece for piece, _ in pieces])
    legs = [flag for piece, on in pieces for flag in (False, *[on] * (len(piece) - 1))]
    survey = np.array(legs[1:], dtype=np.bool_)
    moved = np.linalg.norm(np.diff(points, axis=0), axis=1) > 1e-6
    points = points[np.concatenate([[True], moved])]
    return Route(uav=uav, xy_m=points[:, :2], survey=survey[moved], height_m=points[:, 2])


def _across(begin: FloatArray, end: FloatArray, space: FreeSpace) -> FloatArray:
    """Go up, over and down from one place to another; its inner points, shape (k, 3)."""
    top_m = max(float(begin[2]), float(end[2]))
    way = space.path(begin[:2], end[:2])
    return np.column_stack([way, np.full(len(way), top_m)])
