"""The patterns of search crews, as points and legs in metres.

IAMSAR Manual, volume II, chapter 5, and volume III, section 12 (search patterns): an expanding
square begins at the datum, its first two legs are one track spacing long and every second leg is
one longer; a sector search flies out from the datum, across, and back through it, all turns to
the same side, of 120 degrees where its legs are three lines through the datum.
"""

import math

import numpy as np

from mcpp.model import FloatArray


def heading(direction_deg: float) -> FloatArray:
    """Give the unit vector of a course from north, clockwise, shape (2,)."""
    angle = math.radians(direction_deg)
    return np.array([math.sin(angle), math.cos(angle)])


def square_rings(half_m: float, spacing_m: float) -> int:
    """How often an expanding square goes round until it has covered `half_m` to each side."""
    return max(1, math.ceil((half_m - spacing_m / 2) / spacing_m - 1e-9))


def expanding_square(
    datum_m: FloatArray, direction_deg: float, spacing_m: float, half_m: float
) -> FloatArray:
    """Points of an expanding square, shape (n, 2), with right turns.

    Legs of one, one, two, two, three, ... spacings; the last one closes the last round.
    """
    rings = square_rings(half_m, spacing_m)
    points = [np.asarray(datum_m, dtype=np.float64)]
    for leg in range(4 * rings + 1):
        length_m = min(leg // 2 + 1, 2 * rings) * spacing_m
        points.append(points[-1] + length_m * heading(direction_deg + 90 * leg))
    return np.array(points)


def sector_triangles(
    datum_m: FloatArray, direction_deg: float, radius_m: float, lines: int
) -> list[FloatArray]:
    """Triangles of a sector search, in the order in which they are flown, shape (4, 2) each.

    Each goes from the datum out, across and back; the next goes on straight through the datum.

    Parameters
    ----------
    lines
        Lines through the datum, an odd number: as many triangles, which turn by 90 + 90 / lines
        degrees.
    """
    found = []
    course, step = direction_deg, 180.0 / lines
    for _ in range(lines):
        out = datum_m + radius_m * heading(course)
        across = datum_m + radius_m * heading(course + step)
        found.append(np.array([datum_m, out, across, datum_m]))
        course += step + 180.0
    return found


def sector_lines(uavs: int) -> int:
    """Lines through the datum: three, or so many that each UAV has a triangle of its own."""
    return max(3, uavs + 1 - uavs % 2)
