"""One way over all lanes of a UAV's stretch."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, IntArray, Route, Vehicle
from planners.survey.stringing import HOP_POWER
from planners.sweep.order import order_parts

_STARTS, _KICKS, _SEED = 4, 60, 1


@dataclass(frozen=True, slots=True, eq=False)
class Strung:
    """Lanes in the order and direction in which they are flown.

    Attributes
    ----------
    flown, lost
        Polylines of shape (n, 2); to the latter no legal way leads from the others.
    closed
        Whether the way ends where it begins.
    """

    flown: tuple[FloatArray, ...]
    lost: tuple[FloatArray, ...]
    closed: bool


def _joined(ways: FloatArray, length: FloatArray) -> IntArray:
    """Numbers of the parts of the largest group that legal ways join."""
    open_ = set(range(len(length)))
    groups = []
    while open_:
        group = {min(open_)}
        first = 2 * min(open_)
        group |= {i for i in open_ if np.isfinite(ways[first, 2 * i])}
        groups.append(sorted(group))
        open_ -= group
    largest = max(groups, key=lambda group: float(length[group].sum()))
    return np.array(largest, dtype=np.int32)


def string(
    vehicle: Vehicle,
    parts: list[FloatArray],
    space: FreeSpace,
    watch: Callable[[], None],
) -> Strung:
    """Order lanes so that the legal ways between them are short.

    With a launch point the way begins and ends where the ways there and back are short; without
    one it ends where it begins.

    Parameters
    ----------
    parts
        Polylines of shape (n, 2), one or more.

    Raises
    ------
    Cancelled
        When `watch` does.
    """
    ends = np.array([point for part in parts for point in (part[0], part[-1])])
    ways = space.distances_among(ends, watch)
    length = np.array([shapely.LineString(part).length for part in parts])
    kept = _joined(ways, length)
    lost = tuple(part for i, part in enumerate(parts) if i not in set(kept.tolist()))
    parts = [parts[i] for i in kept]
    both = np.ravel(np.column_stack([2 * kept, 2 * kept + 1]))
    ends, cost = ends[both], ways[np.ix_(both, both)] ** HOP_POWER
    closed = vehicle.start_m is None
    if not closed:
        cost = _with_launch(cost, ends, vehicle, space)
    entry, _ = order_parts(cost, starts=_STARTS, kicks=_KICKS, seed=_SEED)
    if not closed:
        entry = _opened(entry, len(parts))
    flown = tuple(parts[end // 2] if end % 2 == 0 else parts[end // 2][::-1] for end in entry)
    return Strung(flown, lost, closed)


def _with_launch(
    cost: FloatArray, ends: FloatArray, vehicle: Vehicle, space: FreeSpace
) -> FloatArray:
    """Add a part that begins at the landing point and ends at the launch point."""
    count = len(cost)
    whole = np.zeros((count + 2, count + 2))
    whole[:-2, :-2] = cost
    for end, place in ((-2, vehicle.landing_m), (-1, vehicle.start_m)):
        if place is not None:
            way = space.distances(np.array([place]), ends)[0] ** HOP_POWER
            whole[end, :-2] = whole[:-2, end] = way
    return whole


def _opened(entry: IntArray, own: int) -> IntArray:
    """Leave the launch's part out: the parts from after it to before it."""
    at = int(np.flatnonzero(entry // 2 == own)[0])
    way = np.concatenate([entry[at + 1 :], entry[:at]])
    # entered at the landing point, it is left at the launch point: the way begins there
    return way if entry[at] % 2 == 0 else way[::-1] ^ 1


def route_over(uav: int, strung: Strung, space: FreeSpace) -> Route:
    """Join lanes to a route of one UAV."""
    flown, closed = strung.flown, strung.closed
    points, survey = [flown[0]], [True] * (len(flown[0]) - 1)
    following = [*flown[1:], flown[0][:1]] if closed else flown[1:]
    at = flown[0][-1]
    for part in following:
        way = space.path(at, part[0])
        points += [way[1:-1], part]
        survey += [False] * (len(way) - 1) + [True] * (len(part) - 1)
        at = part[-1]
    xy, mask = np.vstack(points), np.array(survey, dtype=np.bool_)
    moved = np.hypot(*np.diff(xy, axis=0).T) > 1e-6
    kept = np.concatenate([[True], moved])
    xy, mask = xy[kept], mask[moved]
    if closed:
        xy = np.vstack([xy[:-1], xy[:1]])
    return Route(uav=uav, xy_m=xy, survey=mask)
