"""Straight parts of survey routes: cut where the likely ground ends, with the ways between them."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from mcpp.flight.cuts import without_straights
from mcpp.ground.detection import Odds, nearest_on
from mcpp.ground.kinematics import STOP_ANGLE_DEG
from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, IntArray, Route, Vehicle
from planners.fleet.single import corner_m

MOST_PARTS = 700
"""Of one UAV; more are not put into a new order."""
_SHORTEST = 3
"""Cells of a line, each a spacing long, that a cut leaves at least on either side."""
_MET_M = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Straight lines to be flown, in any order and either way.

    Attributes
    ----------
    ends_m
        Shape (n, 4): x, y, x, y, in the order and direction of the routes that they come from.
    gain, along
        Shape (n,): how likely each finds, and where on it in the mean, 0 to 1 from its first end.
    """

    ends_m: FloatArray
    gain: FloatArray
    along: FloatArray


def legs_of(routes: list[Route]) -> FloatArray:
    """List the survey legs of routes, shape (n, 4), those on one straight as one."""
    legs = [np.empty((0, 4))]
    for route in routes:
        if len(route.xy_m) < 2:
            continue
        xy, survey = without_straights(route.xy_m, route.survey)
        legs.append(np.hstack([xy[:-1], xy[1:]])[survey])
    ends = np.vstack(legs)
    return np.asarray(ends[np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]) > _MET_M])


def _nearest(ends_m: FloatArray, odds: Odds, reach_m: float) -> tuple[IntArray, IntArray]:
    """Give each sample within reach to the line that is nearest: samples, and lines."""
    tree = shapely.STRtree(shapely.linestrings(ends_m.reshape(-1, 2, 2)))
    sample, line = tree.query_nearest(
        shapely.points(odds.xy_m), max_distance=reach_m, all_matches=False
    )
    return sample, line


def parts_of(legs_m: FloatArray, odds: Odds, vehicle: Vehicle) -> Parts:
    """Cut lines where they come to ground that is much likelier, or much less likely."""
    if not len(legs_m) or not len(odds.mass):
        return Parts(legs_m, np.zeros(len(legs_m)), np.full(len(legs_m), 0.5))
    cut = _cut(legs_m, odds, vehicle)
    ends = cut if len(cut) <= MOST_PARTS else legs_m
    sample, line = _nearest(ends, odds, vehicle.reach_m)
    mass = odds.mass[sample]
    gain: FloatArray = np.bincount(line, mass, minlength=len(ends)).astype(np.float64)
    where = nearest_on(ends[line], odds.xy_m[sample])
    found = np.bincount(line, mass * where, minlength=len(ends))
    along: FloatArray = np.where(gain > 0, found / np.maximum(gain, 1e-300), 0.5)
    return Parts(ends, gain * odds.detection, along)


def _cut(legs_m: FloatArray, odds: Odds, vehicle: Vehicle) -> FloatArray:
    sample, line = _nearest(legs_m, odds, vehicle.reach_m)
    where = nearest_on(legs_m[line], odds.xy_m[sample])
    lengths = np.hypot(legs_m[:, 2] - legs_m[:, 0], legs_m[:, 3] - legs_m[:, 1])
    counts = np.maximum(np.round(lengths / vehicle.spacing_m), 1).astype(int)
    first = np.concatenate([[0], np.cumsum(counts)])
    cell = first[line] + np.minimum((where * counts[line]).astype(int), counts[line] - 1)
    mass = np.bincount(cell, odds.mass[sample], minlength=first[-1])
    density = mass / np.repeat(lengths / counts, counts)
    hot = density > (mass * density).sum() / max(float(mass.sum()), 1e-300) / 2
    out = []
    for leg, count, begin in zip(legs_m, counts, first[:-1], strict=True):
        a, b = leg[:2], leg[2:]
        marks = [0, *_changes(hot[begin : begin + count]), int(count)]
        points = [a + mark / count * (b - a) for mark in marks]
        points[-1] = b
        out += [np.concatenate(pair) for pair in pairwise(points)]
    return np.array(out)


def _changes(hot: IntArray) -> list[int]:
    """Where a line of cells turns from hot to cold and back; short stretches are let be."""
    marks: list[int] = []
    for mark in (int(k) + 1 for k in np.flatnonzero(hot[1:] != hot[:-1])):
        before = marks[-1] if marks else 0
        if mark - before >= _SHORTEST and len(hot) - mark >= _SHORTEST:
            marks.append(mark)
    return marks


def ways_s(parts: Parts, vehicle: Vehicle, space: FreeSpace) -> FloatArray:
    """Time from each end of a part to each other, shape (2 n, 2 n), with the corners on the way.

    Ends are numbered 2 e and 2 e + 1; a way leaves a part at an end and enters another at one.
    """
    points = parts.ends_m.reshape(-1, 2)
    length = space.distances_among(points)
    step = parts.ends_m[:, 2:] - parts.ends_m[:, :2]
    unit = step / np.hypot(step[:, 0], step[:, 1])[:, None]
    inward = np.stack([unit, -unit], axis=1).reshape(-1, 2)  # how each end is entered
    away = points[None, :, :] - points[:, None, :]
    beeline = np.hypot(away[..., 0], away[..., 1])
    heading = away / np.maximum(beeline, 1e-9)[..., None]
    limit = math.cos(math.radians(STOP_ANGLE_DEG))
    met = beeline < _MET_M
    leaves = -(heading * inward[:, None, :]).sum(axis=2) < limit
    enters = (heading * inward[None, :, :]).sum(axis=2) < limit
    bends = -(inward[:, None, :] * inward[None, :, :]).sum(axis=2) < limit
    corners = np.where(met, bends, leaves.astype(float) + enters)
    return np.asarray((length + corners * corner_m(vehicle)) / vehicle.speed_m_s)


def takes_s(parts: Parts, vehicle: Vehicle) -> FloatArray:
    """Time along each part at survey speed, shape (n,); stops are counted with the ways."""
    length = np.hypot(
        parts.ends_m[:, 2] - parts.ends_m[:, 0], parts.ends_m[:, 3] - parts.ends_m[:, 1]
    )
    return np.asarray(length / vehicle.speed_m_s)


def onto_s(parts: Parts, vehicle: Vehicle, space: FreeSpace) -> FloatArray:
    """Time of the way from the launch point to each end, shape (2 n,); 0 where it may be chosen."""
    points = parts.ends_m.reshape(-1, 2)
    if vehicle.start_m is None:
        return np.zeros(len(points))
    return np.asarray(space.distances([vehicle.start_m], points)[0] / vehicle.transit_speed_m_s)


def strung(uav: int, parts: Parts, entry: IntArray, space: FreeSpace) -> Route:
    """Fly parts one after the other, each entered at an end, by the shortest legal ways.

    Raises
    ------
    NoWayError
    """
    points, survey = list[FloatArray](), list[bool]()
    for end in entry:
        line = parts.ends_m[end // 2].reshape(2, 2)
        line = line[::-1] if end % 2 else line
        if points and np.hypot(*(points[-1] - line[0])) > _MET_M:
            way = space.path(points[-1], line[0])[1:]
            points += list(way)
            survey += [False] * len(way)
        elif not points:
            points.append(line[0])
        points.append(line[1])
        survey.append(True)
    xy, mask = without_straights(np.array(points), np.array(survey, dtype=np.bool_))
    return Route(uav=uav, xy_m=xy, survey=mask, in_order=True)
