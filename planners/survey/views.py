"""How well photos along a tour's lines see the ground at its border: an estimate, to compare tours.

A point sees as many photos of a line as the line has length within a photo's own length of it, over
the distance of photos: a part of what it would see deep inside an endless survey.
"""

import numpy as np
import shapely

from mcpp.model import APART, DEEP, FloatArray
from planners.survey.place import Loop, Place
from planners.survey.view_kernel import part_below

ACROSS, ALONG = 1 / 0.3, 1 / 0.45
"""Of a photo, in spacings: a 3:2 image with 70 % of sidelap."""
SELDOM = ((0.58, 2.0), (0.3, 8.0))
"""Parts of the usual views, about 8 and 4 of 13.3, and for how much ground that sees less counts:
the part of the flight time that a tour may be longer for it, for each part of the ground."""
SAMPLES = 4000


def samples_of(place: Place) -> FloatArray:
    """Lay points over a place, shape (n, 2)."""
    return place.raster(SAMPLES).points()


def seldom_seen(place: Place, loop: Loop, points: FloatArray) -> float:
    """Weigh which parts of a place are seen seldom; see `SELDOM`.

    Parameters
    ----------
    points
        Shape (n, 2), evenly spread over the place.
    """
    begin, end = loop.xy_m[:-1][loop.survey], loop.xy_m[1:][loop.survey]
    step = end - begin
    length = np.hypot(step[:, 0], step[:, 1])
    moving = length > 1e-6
    spacing_m = place.flier.spacing_m
    begin, unit = begin[moving] / spacing_m, step[moving] / length[moving, None]
    legs = np.column_stack([begin, unit, length[moving] / spacing_m])
    points = points / spacing_m
    return sum(
        cost * float(part_below(points, legs, ACROSS, ALONG, part * ACROSS * ALONG))
        for part, cost in SELDOM
    )


def keeps_spacing(place: Place, loop: Loop, points: FloatArray) -> bool:
    """Tell whether no point away from the border is farther from all lines than it may be."""
    spacing_m = place.flier.spacing_m
    edge = shapely.boundary(shapely.intersection(place.target, place.inner))
    shapely.prepare(edge)
    deep = shapely.points(points)
    deep = deep[~shapely.dwithin(edge, deep, DEEP * spacing_m)]
    ends = np.stack([loop.xy_m[:-1][loop.survey], loop.xy_m[1:][loop.survey]], axis=1)
    lines = shapely.multilinestrings(ends)
    shapely.prepare(lines)
    return bool(shapely.dwithin(lines, deep, APART * spacing_m).all())
