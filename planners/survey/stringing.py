"""String parts of lines to one closed tour on shortest legal ways."""

import math

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray, IntArray
from planners.survey.place import Loop, Part, Place, Watch
from planners.sweep.order import order_parts

HOP_POWER = 0.97
"""Ways count with this power of their length: of two orders that are as long, the one with one long
way home and short hops wins over the one that leaves out every other line."""


def ordered(
    place: Place, parts: list[Part], *, starts: int, kicks: int, seed: int, watch: Watch
) -> IntArray | None:
    """Order parts; the end at which each is entered. None where no legal way joins them all."""
    ends = np.array([point for part in parts for point in (part[0], part[-1])])
    ways = place.free.distances_among(ends, watch)
    entry, length = order_parts(ways**HOP_POWER, starts=starts, kicks=kicks, seed=seed)
    return entry if np.isfinite(length) else None


def ordered_upward(place: Place, parts: list[Part], angle_rad: float, watch: Watch) -> IntArray:
    """Order parts on a way from the lowest row to the highest that need not come home.

    Pieces of a row on both sides of a zone then follow each other, where a closed tour would cover
    one side on its way up and the other on its way down. Of parts that no legal way joins, any
    order will do.
    """
    ends = np.array([point for part in parts for point in (part[0], part[-1])])
    ways = place.free.distances_among(ends, watch)
    height = ends @ np.array([-math.sin(angle_rad), math.cos(angle_rad)])
    cost = np.zeros((len(ends) + 2, len(ends) + 2))
    cost[:-2, :-2] = ways
    cost[-2, :-2] = cost[:-2, -2] = height - height.min()
    cost[-1, :-2] = cost[:-2, -1] = height.max() - height
    entry, _ = order_parts(cost, starts=3, kicks=40, seed=1)
    own = len(parts)
    at = int(np.flatnonzero(entry // 2 == own)[0])
    way = np.concatenate([entry[at + 1 :], entry[:at]])
    return way if entry[at] % 2 else way[::-1] ^ 1


def strung(place: Place, parts: list[Part], entry: IntArray) -> Loop | None:
    """Join parts, in the order that is given, to a closed tour; None where a way is missing."""
    corners: list[FloatArray] = []
    survey: list[bool] = []
    flown = [parts[end // 2] if end % 2 == 0 else parts[end // 2][::-1] for end in entry]
    for k, part in enumerate(flown):
        corners += list(part)
        survey += [True] * (len(part) - 1)
        following = flown[(k + 1) % len(flown)]
        try:
            way = place.free.path(part[-1], following[0])
        except InfeasibleError:
            return None
        corners += list(way[1:-1])
        survey += [False] * (len(way) - 1)
    xy, mask = np.array([*corners, corners[0]]), np.array(survey, dtype=np.bool_)
    moved = np.hypot(*np.diff(xy, axis=0).T) > 1e-6
    if not moved.any():
        xy, mask = np.vstack([xy[:1], xy[:1]]), np.ones(1, dtype=np.bool_)
    else:
        xy, mask = np.vstack([xy[:1], xy[1:][moved]]), mask[moved]
        xy[-1] = xy[0]
    return Loop(xy, mask, place.flier.time_s(xy))
