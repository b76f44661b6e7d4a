"""Where a UAV in the air is taken to be: on its line, where what it tells is about there.

Vehicles fly some way beside their lines, and positions and heights are measured no better. Taken to
the letter, a metre would be a way of its own, or a place where no UAV may be.
"""

from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray, LegKind, Sortie, Vehicle
from mcpp.problem.autopilot import strays_m
from mcpp.replan.pieces import HAIR_M

STRAYS_M: Final = 2.0
"""A UAV may be told to be so far beside its line, or as far as its kind strays, if that is more."""
HEIGHT_STRAYS_M: Final = 3.0
"""And so far above or below it."""
_WORK: Final = (LegKind.SURVEY, LegKind.CONNECT)


def _beside_m(vehicle: Vehicle) -> float:
    return max(STRAYS_M, strays_m(vehicle.kind, vehicle.autopilot, vehicle.speed_m_s))


def _on_leg(sortie: Sortie, point: int, told_m: FloatArray) -> FloatArray:
    """Find the place nearest on the map of the leg that ends in a point, shape (3,)."""
    begin, end = sortie.xyz_m[point - 1], sortie.xyz_m[point]
    step = (end - begin)[:2]
    length2 = float(step @ step)
    if length2 < 1e-6:  # straight up or down
        low, high = sorted((float(begin[2]), float(end[2])))
        return np.array([*begin[:2], np.clip(told_m[2], low, high)])
    part = float(np.clip((told_m[:2] - begin[:2]) @ step / length2, 0.0, 1.0))
    return np.asarray(begin + part * (end - begin))


def off_line(vehicle: Vehicle, sortie: Sortie, point: int, at_m: FloatArray) -> bool:
    """Whether a UAV is so far beside a line that it surveys that it has to come back to it."""
    away = np.abs(at_m - _on_leg(sortie, point, at_m))
    beside = float(np.hypot(*away[:2])) > _beside_m(vehicle) or away[2] > HEIGHT_STRAYS_M
    return sortie.kind[point - 1] in _WORK and bool(beside)


def placed(
    vehicle: Vehicle,
    uav: int,
    room: BaseGeometry,
    sortie: Sortie,
    point: int,
    told_m: FloatArray,
    *,
    ceiling: bool,
) -> FloatArray:
    """Put a UAV in the air onto its line and onto legal ground, where it strays from either.

    Parameters
    ----------
    uav
        Its index, which goes into what is raised.
    room
        Where it may fly.
    point
        End of the leg of `sortie` that it is on.
    told_m
        Shape (3,): east, north, height above its launch point.
    ceiling
        Whether the heights of its vehicle are above the launch point, and so bound where it is.

    Raises
    ------
    InfeasibleError
        When it is farther from where it may fly, or higher, than any strays.
    """
    at_m, line_m = told_m.copy(), _on_leg(sortie, point, told_m)
    if float(np.hypot(*(told_m - line_m)[:2])) <= _beside_m(vehicle):
        at_m[:2] = line_m[:2]
    if abs(told_m[2] - line_m[2]) <= HEIGHT_STRAYS_M:
        at_m[2] = line_m[2]
    here = shapely.Point(at_m[:2])
    away_m = float(room.distance(here))
    if away_m > _beside_m(vehicle):
        msg = (
            f"{vehicle.id}: it is {away_m:,.0f} m from where it may fly, beyond the border or in a "
            "no-fly zone: fly it out by hand and replan then, or tell of it as lost"
        )
        raise InfeasibleError(msg, witness=(uav,))
    if away_m > 0:
        way = shapely.shortest_line(room.buffer(-HAIR_M), here)
        at_m[:2] = shapely.get_coordinates(way)[0]
    if ceiling:
        at_m[2] = _below(_top_m(vehicle, sortie), at_m[2], vehicle.id, uav)
    return at_m


def _top_m(vehicle: Vehicle, sortie: Sortie) -> float:
    heights = (vehicle.takeoff_height_m, vehicle.transit_height_m, vehicle.return_height_m)
    given = max((h for h in heights if h is not None), default=0.0)
    return max(given, vehicle.height_m, float(sortie.xyz_m[:, 2].max()))


def _below(top_m: float, height_m: float, name: str, uav: int) -> float:
    if height_m > top_m + HEIGHT_STRAYS_M:
        msg = (
            f"{name}: it is {height_m:.0f} m high, its flights reach {top_m:.0f} m: bring it down "
            "by hand and replan then, or tell of it as lost"
        )
        raise InfeasibleError(msg, witness=(uav,))
    return min(height_m, top_m)
