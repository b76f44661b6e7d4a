"""Which ground is likely enough to be searched by all before the rest."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.detection import Odds
from mcpp.problem.space import polygons_only

_LEAST_LEAD = 0.15
"""Part of the probability, over its part of the ground, that ground needs to be likely."""
_SMALLEST_SQUARES = 6.0
"""Squared spacings of likely ground and of the rest, below which they are not planned apart."""


def likely_ground(odds: Odds, target: BaseGeometry, spacing_m: float) -> BaseGeometry | None:
    """Find the ground that holds most of the probability on the least of the area.

    That is where the part of the probability that is at least so dense leads the part of the ground
    by most: the point of the concentration curve that is farthest from its diagonal.

    Returns
    -------
    (Multi)Polygon inside the target; None where no ground is much likelier than the rest.
    """
    flat = odds.area_m2 > 0
    if not flat.any():
        return None
    area, mass = odds.area_m2[flat], odds.mass[flat]
    density = mass / area
    order = np.argsort(-density, kind="stable")
    lead = np.cumsum(mass[order]) / odds.contained - np.cumsum(area[order]) / target.area
    best = int(np.argmax(lead))
    if lead[best] < _LEAST_LEAD:
        return None
    likely = density >= density[order[best]] * (1 - 1e-9)
    half = np.sqrt(area[likely]) / 2
    xy = odds.xy_m[flat][likely]
    squares = shapely.box(xy[:, 0] - half, xy[:, 1] - half, xy[:, 0] + half, xy[:, 1] + half)
    close_m = spacing_m / 2 + float(half.max()) / 4
    whole = shapely.union_all(squares).buffer(close_m).buffer(-2 * close_m).buffer(close_m)
    found = polygons_only(shapely.intersection(shapely.simplify(whole, spacing_m / 8), target))
    least_m2 = _SMALLEST_SQUARES * spacing_m**2
    if found.area < least_m2 or target.area - found.area < least_m2 or math.isnan(found.area):
        return None
    return found
