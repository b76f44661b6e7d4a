"""Arithmetic on drawn shapes: lengths, areas, crossings, snapping. Plain functions of arrays."""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from pyproj import Geod

from mcpp.errors import McppError
from mcpp.ground.frame import frame_at
from mcpp.ground.shapes import corridor_shape
from mcpp.ground.structures import structure_core, structure_ground
from mcpp.model import CircleZone, Corridor, FloatArray, LonLat, Ring, Structure

CIRCLE_CORNERS = 72


@lru_cache(maxsize=1)
def _geod() -> Geod:
    return Geod(ellps="WGS84")


def distance_m(one: LonLat, other: LonLat) -> float:
    """Distance of two places on the ellipsoid."""
    return float(_geod().inv(*one, *other)[2])


def bearing_deg(one: LonLat, other: LonLat) -> float:
    """Direction from one place to another, from north, clockwise, 0 to 360."""
    return float(_geod().inv(*one, *other)[0]) % 360.0


def offset(place: LonLat, bearing: float, length_m: float) -> LonLat:
    """Find the place at a bearing, in degrees, and a distance."""
    lon, lat, _ = _geod().fwd(*place, bearing, length_m)
    return (float(lon), float(lat))


def length_m(points: Ring) -> float:
    """Length of an open polyline."""
    return sum(distance_m(a, b) for a, b in pairwise(points))


def area_m2(ring: Ring) -> float:
    """Area of a simple ring on the ellipsoid."""
    if len(ring) < 3:
        return 0.0
    lon, lat = zip(*ring, strict=True)
    return abs(float(_geod().polygon_area_perimeter(lon, lat)[0]))


def perimeter_m(ring: Ring) -> float:
    """Length around a ring."""
    return length_m((*ring, ring[0])) if len(ring) > 1 else 0.0


@lru_cache(maxsize=256)
def along_rings(along: Corridor | Structure) -> tuple[Ring, ...]:
    """Outline the ground of a corridor, or a structure and the way past it, if it is one."""
    if not along.line_lon_lat_deg:
        return ()
    try:
        frame = frame_at(np.reshape(along.line_lon_lat_deg, (-1, 2)))
        if isinstance(along, Corridor):
            shape = corridor_shape("corridor", along, frame)
        else:
            core = structure_core("structure", along, frame).buffer(max(along.radius_m, 0.5))
            band, _ = structure_ground("structure", along, frame)
            shape = shapely.union_all([core, band])
    except McppError:
        return ()
    shape = frame.shape_to_deg(shape)
    rings = shapely.get_rings(shapely.get_parts(shape))
    return tuple(
        tuple((float(x), float(y)) for x, y in shapely.get_coordinates(ring)[:-1]) for ring in rings
    )


def circle_ring(centre: LonLat, radius_m: float, corners: int = CIRCLE_CORNERS) -> Ring:
    """Make a circle as a ring, from north, clockwise."""
    bearings = np.arange(corners) * (360.0 / corners)
    lon = np.full(corners, centre[0])
    lat = np.full(corners, centre[1])
    lon, lat, _ = _geod().fwd(lon, lat, bearings, np.full(corners, radius_m))
    return tuple((float(x), float(y)) for x, y in zip(lon, lat, strict=True))


def zone_ring(zone: CircleZone) -> Ring:
    """Make the outline of a round zone."""
    return circle_ring(zone.center_lon_lat_deg, zone.radius_m)


def rectangle_ring(one: LonLat, other: LonLat) -> Ring:
    """Make the rectangle of two opposite corners, sides north to south and west to east."""
    return (one, (other[0], one[1]), other, (one[0], other[1]))


def crossing_edges(xy: FloatArray, *, closed: bool = True) -> list[tuple[int, int]]:
    """Find the pairs of edges that cross or touch though they are no neighbours.

    Parameters
    ----------
    xy
        Shape (n, 2); edge i runs from point i to the next one.
    """
    count = len(xy) if closed else len(xy) - 1
    if count < 3:
        return []
    after = np.roll(xy, -1, axis=0)[:count]
    edges = shapely.linestrings(np.stack([xy[:count], after], axis=1))
    first, second = shapely.STRtree(edges).query(edges, predicate="intersects")
    apart = second - first
    pairs = (apart > 1) & ~((apart == count - 1) & closed)
    return sorted((int(i), int(j)) for i, j in zip(first[pairs], second[pairs], strict=True))


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a point was drawn to: a corner, or a place on an edge."""

    x: float
    y: float
    corner: bool


def snap(x: float, y: float, rings: list[FloatArray], within: float) -> Snap | None:
    """Draw a point to the nearest corner within a distance, else to the nearest edge, else not.

    Parameters
    ----------
    rings
        Closed rings, shape (n, 2) each, in the units of x, y and `within`.
    """
    corner: tuple[float, Snap] | None = None
    edge: tuple[float, Snap] | None = None
    point = np.array([x, y])
    for ring in rings:
        if not len(ring):
            continue
        gaps = np.hypot(*(ring - point).T)
        at = int(gaps.argmin())
        if gaps[at] <= within and (corner is None or gaps[at] < corner[0]):
            corner = (float(gaps[at]), Snap(float(ring[at, 0]), float(ring[at, 1]), corner=True))
        gap, _, (foot_x, foot_y) = nearest_edge(x, y, ring)
        if gap <= within and (edge is None or gap < edge[0]):
            edge = (gap, Snap(foot_x, foot_y, corner=False))
    found = corner or edge
    return None if found is None else found[1]


def nearest_edge(x: float, y: float, ring: FloatArray) -> tuple[float, int, tuple[float, float]]:
    """Find the edge of a closed ring nearest to a point: distance, its number, the foot on it."""
    start = ring
    step = np.roll(ring, -1, axis=0) - ring
    squared = (step**2).sum(axis=1)
    along = ((np.array([x, y]) - start) * step).sum(axis=1) / np.where(squared > 0, squared, 1.0)
    foot = start + np.clip(along, 0.0, 1.0)[:, None] * step
    gaps = np.hypot(foot[:, 0] - x, foot[:, 1] - y)
    at = int(gaps.argmin())
    return float(gaps[at]), at, (float(foot[at, 0]), float(foot[at, 1]))


def longest_edge(ring: FloatArray, *, closed: bool = True) -> int:
    """Find the longest edge of a ring or line, shape (n, 2), by the corner where it begins."""
    steps = np.roll(ring, -1, axis=0) - ring if closed else np.diff(ring, axis=0)
    return int(np.argmax(np.hypot(steps[:, 0], steps[:, 1])))


def inside(x: float, y: float, ring: FloatArray) -> bool:
    """Whether a point lies in a closed ring (even-odd rule)."""
    if len(ring) < 3:
        return False
    x1, y1 = ring.T
    x2, y2 = np.roll(ring, -1, axis=0).T
    across = (y1 > y) != (y2 > y)
    rise = np.where(across, y2 - y1, 1.0)
    return bool((across & (x < (x2 - x1) * (y - y1) / rise + x1)).sum() % 2)


def middle_of(points: FloatArray) -> tuple[float, float]:
    """Middle of the bounding box of some points, shape (n, 2)."""
    low, high = points.min(axis=0), points.max(axis=0)
    middle = (low + high) / 2
    return float(middle[0]), float(middle[1])


def compass(bearing: float) -> str:
    """Name a bearing by one of sixteen winds."""
    winds = [
        "N",
        "NNE",
        "NE",
        "ENE",
        "E",
        "ESE",
        "SE",
        "SSE",
        "S",
        "SSW",
        "SW",
        "WSW",
        "W",
        "WNW",
        "NW",
        "NNW",
    ]
    return winds[math.floor((bearing % 360.0) / 22.5 + 0.5) % 16]
