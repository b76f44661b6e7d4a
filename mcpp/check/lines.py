"""Survey lines as flown, the ground along them, and how far it is from each to the next."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.check.ground import Ground
from mcpp.model import FloatArray, IntArray, LegKind, Plan
from mcpp.stops import heed

_AT_ONCE = 1000
"""Places whose next line is looked for between two looks at the observer."""
_EVERY = 0.25
"""Distance of the places where lines are looked aside from, in spacings."""
_LOOK = 3.0
"""How far they look, in spacings."""
_PARALLEL_DEG = 30.0
_CAP = 8


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Survey legs as flown: ends of shape (n, 2), unit vectors, lengths, whose they are."""

    begin: FloatArray
    end: FloatArray
    unit: FloatArray
    length: FloatArray
    uav: IntArray


def lines_of(plan: Plan) -> Lines:
    """Take the survey legs of all sorties, and those that were flown before the plan began."""
    begin, end, uav = [np.empty((0, 2))], [np.empty((0, 2))], [np.empty(0, np.int32)]
    for sortie in plan.sorties:
        on = sortie.kind == LegKind.SURVEY
        begin.append(sortie.xyz_m[:-1, :2][on])
        end.append(sortie.xyz_m[1:, :2][on])
        uav.append(np.full(int(on.sum()), sortie.uav, dtype=np.int32))
    for route in () if plan.begun is None else plan.begun.surveyed:
        begin.append(route.xy_m[:-1][route.survey])
        end.append(route.xy_m[1:][route.survey])
        uav.append(np.full(int(route.survey.sum()), route.uav, dtype=np.int32))
    first, last, owner = np.vstack(begin), np.vstack(end), np.concatenate(uav)
    length = np.hypot(*(last - first).T)
    real = length > 1e-6
    unit = (last - first)[real] / length[real, None]
    return Lines(first[real], last[real], unit, length[real], owner[real])


def room_of(ground: Ground) -> BaseGeometry:
    """Ground that a line can lie on: away from its border lines have neighbours on both sides."""
    room = shapely.buffer(ground.area, min(ground.margin_m, 0.0), join_style="mitre")
    return shapely.difference(room, shapely.union_all([zone.shape for zone in ground.zones]))


def capsules(lines: Lines, reach: FloatArray) -> FloatArray:
    """Ground within reach of each leg, as polygons of shape (n, k, 2), drawn from inside."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, _CAP + 1)
    left = np.stack([-lines.unit[:, 1], lines.unit[:, 0]], axis=1)
    ahead = (
        np.cos(angle)[None, :, None] * lines.unit[:, None, :]
        + np.sin(angle)[None, :, None] * left[:, None, :]
    ) * reach[:, None, None]
    return np.concatenate([lines.end[:, None, :] + ahead, lines.begin[:, None, :] - ahead], axis=1)


def next_lines_m(lines: Lines, spacing: FloatArray, ground: Ground) -> FloatArray:
    """Distance to the next parallel line on either side, from places all along each leg.

    Returns
    -------
    Shape (n, 2, k), k places at most on each leg: not a number where the border comes first.
    """
    own = spacing[lines.uav] if len(lines.uav) else np.empty(0)
    most = int(max((np.ceil(lines.length / (_EVERY * own))).max(initial=1), 1))
    found = np.full((len(lines.length), 2, most), np.nan)
    if not len(lines.length):
        return found
    count = np.maximum(np.ceil(lines.length / (_EVERY * own)), 1).astype(int)
    leg = np.repeat(np.arange(len(count)), count)
    number = np.concatenate([np.arange(n) for n in count])
    place = (
        lines.begin[leg]
        + ((number + 0.5) / count[leg] * lines.length[leg])[:, None] * (lines.unit[leg])
    )
    left = np.stack([-lines.unit[leg, 1], lines.unit[leg, 0]], axis=1)
    tree = shapely.STRtree(shapely.linestrings(np.stack([lines.begin, lines.end], axis=1)))
    border = shapely.STRtree(_border_edges(room_of(ground)))
    for side, sign in enumerate((1.0, -1.0)):
        tips = place + sign * _LOOK * own[leg][:, None] * left
        rays = shapely.linestrings(np.stack([place, tips], axis=1))
        next_m, edge_m = np.empty(len(rays)), np.empty(len(rays))
        for first in range(0, len(rays), _AT_ONCE):
            heed("checking")
            some = slice(first, first + _AT_ONCE)
            next_m[some] = _first_hit(rays[some], place[some], tips[some], tree, lines, leg[some])
            edge_m[some] = _first_edge(rays[some], place[some], border)
        found[leg, side, number] = np.where(next_m <= edge_m, next_m, np.nan)
    return found


def _border_edges(room: BaseGeometry) -> np.ndarray:
    rings = shapely.get_rings(shapely.get_parts(room))
    edges = [shapely.get_coordinates(ring) for ring in rings]
    ends = [np.stack([xy[:-1], xy[1:]], axis=1) for xy in edges]
    lines: np.ndarray = shapely.linestrings(np.concatenate(ends))
    return lines


def _first_edge(rays: np.ndarray, place: FloatArray, border: shapely.STRtree) -> FloatArray:
    first = np.full(len(rays), np.inf)
    ray, edge = border.query(rays, predicate="intersects")
    met = shapely.intersection(rays[ray], border.geometries[edge])
    np.minimum.at(first, ray, shapely.distance(shapely.points(place[ray]), met))
    return first


def _first_hit(
    rays: np.ndarray,
    place: FloatArray,
    tips: FloatArray,
    tree: shapely.STRtree,
    lines: Lines,
    leg: np.ndarray,
) -> FloatArray:
    """Distance along each ray to the first other leg that runs about parallel to its own."""
    first = np.full(len(rays), np.inf)
    ray, other = tree.query(rays, predicate="intersects")
    turn = np.abs((lines.unit[leg[ray]] * lines.unit[other]).sum(axis=1))
    alike = (other != leg[ray]) & (turn > math.cos(math.radians(_PARALLEL_DEG)))
    ray, other = ray[alike], other[alike]
    met = shapely.intersection(rays[ray], tree.geometries[other])
    away = shapely.distance(shapely.points(place[ray]), met)
    apart = away > 0.02 * np.hypot(*(tips - place)[ray].T) / _LOOK  # the same line, flown on
    np.minimum.at(first, ray[apart], away[apart])
    return first
