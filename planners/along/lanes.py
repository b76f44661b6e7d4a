"""Lanes: lines that run along a corridor, evenly spaced across it.

A lane holds the places at one distance to one side of the corridor's middle line. So no two lanes
cross; on the outside of a bend they go round it, on the inside they are cut where they meet.
"""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import NoWayError
from mcpp.ground.transit import FreeSpace
from mcpp.model import APART, BROKEN_PERCENT, FloatArray, Strip
from planners.survey.rows import fewest_rows

SMOOTH_PART = 0.01
"""Part of a spacing by which a lane may leave its true distance, so that it has fewer corners."""
FAR_PART = 0.1 * BROKEN_PERCENT / 100
"""Part of the ground away from the border that may lie too far from all lanes, in all."""
FILLS = 3
"""Rounds of filling what lies too far."""
_ARC = 16  # edges of a quarter circle
_SHORTEST_M = 0.05


def lines_of(shape: BaseGeometry) -> list[FloatArray]:
    """List the lines of a geometry, each of shape (n, 2); specks are left out."""
    parts = shapely.get_parts(shapely.line_merge(shape, directed=False))
    return [
        shapely.get_coordinates(part)
        for part in parts
        if part.geom_type in {"LineString", "LinearRing"} and part.length > _SHORTEST_M
    ]


def lay_lanes(
    strips: Sequence[Strip], room: BaseGeometry, spacing_m: float, *, parts: int = 1
) -> list[FloatArray]:
    """Lay the fewest lanes over each corridor that are at most a spacing apart.

    Where it bends so sharply that ground between two lanes lies too far from both, short lines fill
    the place.

    Parameters
    ----------
    room
        Where lanes may run.
    parts
        In how many the ground will be divided: each alone has to keep its spacing.

    Returns
    -------
    Polylines of shape (n, 2), corridor by corridor, from side to side of it, and the short lines.
    """
    lanes = list[FloatArray]()
    for strip in strips:
        count = fewest_rows(0.0, strip.width_m, spacing_m)
        line = shapely.LineString(strip.line_m)
        lanes += _across(line, strip.width_m, count, SMOOTH_PART * spacing_m)
    deep = room.buffer(-spacing_m)
    near = shapely.MultiPolygon()
    fresh = lanes
    for _ in range(FILLS + 1):
        reached = shapely.buffer([shapely.LineString(lane) for lane in fresh], APART * spacing_m)
        near = shapely.union_all([near, *reached])
        far = shapely.difference(deep, near)
        fresh = _fills(far, FAR_PART * deep.area / parts, 0.1 * spacing_m)
        if not fresh:
            break
        lanes += fresh
    return lanes


def _fills(far: BaseGeometry, spared_m2: float, shortest_m: float) -> list[FloatArray]:
    """Lay a line through each of the largest places, so that no more than an area is left."""
    places = sorted(shapely.get_parts(far), key=lambda place: -float(place.area))
    left_m2 = float(far.area)
    lines = []
    for place in places:
        if left_m2 <= spared_m2:
            break
        left_m2 -= float(place.area)
        box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(place))
        if len(box) < 4:
            continue
        sides = np.diff(box[:3], axis=0)
        along = sides[int(np.argmax(np.hypot(*sides.T)))]
        length_m = max(math.hypot(*along), 1e-9)
        half = along / length_m * max(length_m, shortest_m) / 2
        middle = (box[0] + box[2]) / 2
        lines.append(np.array([middle - half, middle + half]))
    return lines


def _across(
    line: shapely.LineString, width_m: float, count: int, smooth_m: float
) -> list[FloatArray]:
    """Lay `count` lanes evenly over the width of a corridor."""
    gap_m = width_m / count
    lanes = []
    for aside_m in (np.arange(count) + 0.5) * gap_m - width_m / 2:
        lane = line
        if abs(aside_m) > smooth_m / 2:
            lane = shapely.offset_curve(line, float(aside_m), quad_segs=_ARC, join_style="round")
        lanes += lines_of(shapely.simplify(lane, smooth_m))
    return lanes


def round_zones(
    lane: FloatArray, room: BaseGeometry, space: FreeSpace, aside_m: float
) -> list[FloatArray]:
    """Cut a lane to where it may run, and lead it round what stands in its way.

    Parameters
    ----------
    room
        Where it may run, a hair inside the space.
    aside_m
        It goes round what makes it leave itself by no more; else it ends there.

    Returns
    -------
    Polylines of shape (n, 2), in their order along the lane.
    """
    line = shapely.LineString(lane)
    pieces = lines_of(shapely.intersection(line, room))
    along = [shapely.line_locate_point(line, shapely.points(piece[[0, -1]])) for piece in pieces]
    pieces = [p if a[0] <= a[1] else p[::-1] for p, a in zip(pieces, along, strict=True)]
    order = sorted(range(len(pieces)), key=lambda i: float(min(along[i])))
    ways: list[FloatArray] = []
    for i in order:
        piece = pieces[i]
        joint = _joint(ways[-1], piece, line, space, aside_m) if ways else None
        if joint is None:
            ways.append(piece)
        else:
            ways[-1] = np.vstack([ways[-1], joint[1:-1], piece])
    return ways


def _joint(
    before: FloatArray,
    after: FloatArray,
    line: shapely.LineString,
    space: FreeSpace,
    aside_m: float,
) -> FloatArray | None:
    try:
        way = space.path(before[-1], after[0])
    except NoWayError:
        return None
    away_m = shapely.distance(line, shapely.points(way)).max()
    return way if away_m <= aside_m else None
