"""Ground that shapes share which meet along their edges."""

import shapely
from shapely.geometry.base import BaseGeometry

GRAIN_M = 1e-6
"""Corners are rounded to multiples of this."""


def shared_ground(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Intersect two shapes in metres that may meet along edges and share nothing else.

    Where a corner of one lies a rounding error beside an edge of the other, GEOS up to 3.14 may
    take the whole of one for what they share, unless all corners lie on a grid (libgeos #1405).
    """
    return shapely.intersection(one, other, grid_size=GRAIN_M)
