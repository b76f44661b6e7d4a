"""What is made of shapes that meet along their edges: divided ground, and its whole.

Where a corner of one lies a rounding error beside an edge of the other, GEOS up to 3.14 may take
the whole of one for what they share, or nothing, unless all corners lie on a grid (libgeos #1405).
"""

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

GRAIN_M = 1e-6
"""Corners are rounded to multiples of this."""


def shared_ground(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Intersect two shapes in metres."""
    return shapely.intersection(one, other, grid_size=GRAIN_M)


def joined_ground(parts: Iterable[BaseGeometry]) -> BaseGeometry:
    """Unite shapes in metres."""
    return shapely.union_all(list(parts), grid_size=GRAIN_M)
