"""Bend a tour over one region to a region a little different: less work than a search, and steady.

Two searches over nearly the same ground can end some percent apart. A tour that is bent changes as
little as its ground does, so that times can be evened out.
"""

import math

import numpy as np
import shapely

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray
from planners.sweep.layout import Ground, Layout
from planners.sweep.trees import with_points_between

FARTHEST = 2.0
"""Corners more spacings than this away from the new ground belong to other ground."""
NEAREST = 0.05
"""Corners fewer spacings than this apart are one."""


def _moved_in(ground: Ground, loop_m: FloatArray) -> FloatArray:
    """Move corners that lie outside to the border, those of other ground left out; shape (n, 2)."""
    points = shapely.points(with_points_between(loop_m, ground.spacing_m))
    points = points[shapely.distance(points, ground.draw) <= FARTHEST * ground.spacing_m]
    nearest = shapely.get_point(shapely.shortest_line(points, ground.draw), 1)
    moved: FloatArray = shapely.get_coordinates(nearest)
    if len(moved) < 3:
        return moved
    step = np.hypot(*(np.roll(moved, -1, axis=0) - moved).T)
    return np.asarray(moved[step > NEAREST * ground.spacing_m])


def bent(ground: Ground, loop_m: FloatArray) -> Layout | None:
    """Make a layout of a closed tour that was laid for other ground; None where nothing is left.

    Parameters
    ----------
    loop_m
        Shape (n, 2), the first point repeated at the end.
    """
    corners = _moved_in(ground, loop_m)
    if len(corners) < 3:
        return None
    after = np.roll(corners, -1, axis=0)
    legal = ground.free.legal(corners, after)
    points = []
    for here, there, is_legal in zip(corners, after, legal, strict=True):
        try:
            points.append(here[None] if is_legal else ground.free.path(here, there)[:-1])
        except InfeasibleError:
            return None
    return Layout(
        ground=ground,
        angle_rad=0.0,
        parts=(np.vstack(points),),
        has_chain=True,
        entry=np.zeros(1, dtype=np.int32),
        worth=math.inf,
    )
