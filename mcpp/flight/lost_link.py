"""Where a lost radio link sends a UAV: straight home, or to the nearest rally point.

Autopilots return straight, through no-fly zones too. So rally points are set where the nearest of
them, home included, is in sight of every place of a UAV's way: no zone lies between.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.model import FloatArray, LegKind, Plan, Sortie
from mcpp.stops import heed

MOST_POINTS: Final = 5
"""Of the ten that PX4 was seen to take, shared with landing points."""

_STEP_M: Final = 25.0
_CLEAR_M: Final = 5.0
_CANDIDATES: Final = 40
_SAME_PLACE_M: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LostLink:
    """What a lost link does to one UAV.

    Attributes
    ----------
    crossing_before, crossing
        Part of its way, 0 to 1, from which the straight way to the nearest of home and landing
        point, and to the nearest rally point as well, crosses a no-fly zone.
    place_m
        One such place, shape (2,), or None.
    rally_m
        Rally points beside home, shape (n, 2), landing points among them.
    """

    crossing_before: float
    crossing: float
    place_m: FloatArray | None
    rally_m: FloatArray


@lru_cache(maxsize=16)  # asked for each sortie of a UAV, by the linter and by each export
def lost_link(plan: Plan, uav: int) -> LostLink:
    """Find where lost links lead a UAV through zones, and the rally points that keep it out.

    A wing gets none: it would circle at one for ever.
    """
    own = [sortie for sortie in plan.sorties if sortie.uav == uav]
    homes = np.array([s.home_m for s in own[:1]]).reshape(-1, 2)
    rally = _landings(own)
    no_fly = plan.problem.no_fly
    if not own or no_fly.is_empty:
        return LostLink(crossing_before=0.0, crossing=0.0, place_m=None, rally_m=rally)
    shapely.prepare(no_fly)
    places = np.vstack([_places(sortie) for sortie in own])
    targets = np.vstack([homes, rally])
    crossing = _crossing(places, targets, no_fly)
    before = float(crossing.mean())
    if plan.problem.vehicles[uav].kind == "multirotor":
        rally = _in_sight(places, homes, rally, no_fly)
        crossing = _crossing(places, np.vstack([homes, rally]), no_fly)
    place = places[crossing][0] if crossing.any() else None
    return LostLink(
        crossing_before=before, crossing=float(crossing.mean()), place_m=place, rally_m=rally
    )


def _landings(sorties: list[Sortie]) -> FloatArray:
    """Landing points that are not the launch point, each once, shape (n, 2)."""
    found: list[FloatArray] = []
    for sortie in sorties:
        last = sortie.xyz_m[-1, :2]
        known = [np.asarray(sortie.home_m), *found]
        if all(float(np.hypot(*(last - other))) > _SAME_PLACE_M for other in known):
            found.append(last)
    return np.array(found).reshape(-1, 2)


def _places(sortie: Sortie) -> FloatArray:
    """Places along the way of a sortie in the air, shape (n, 2)."""
    aloft = (sortie.kind != LegKind.TAKEOFF) & (sortie.kind != LegKind.LAND)
    out = []
    for leg in np.flatnonzero(aloft):
        a, b = sortie.xyz_m[leg, :2], sortie.xyz_m[leg + 1, :2]
        count = max(2, int(np.hypot(*(b - a)) / _STEP_M) + 1)
        out.append(a + np.linspace(0.0, 1.0, count)[:, None] * (b - a))
    return np.vstack(out) if out else sortie.xyz_m[:1, :2]


def _crossing(places: FloatArray, targets: FloatArray, no_fly: BaseGeometry) -> FloatArray:
    """Whether the straight way from each place to the nearest target meets a zone, shape (n,)."""
    heed("checking")
    away = np.hypot(*(places[:, None, :] - targets[None, :, :]).transpose(2, 0, 1))
    ends = targets[np.argmin(away, axis=1)]
    ways = shapely.linestrings(np.stack([places, ends], axis=1))
    return np.asarray(shapely.intersects(no_fly, ways))


def _in_sight(
    places: FloatArray, homes: FloatArray, rally: FloatArray, no_fly: BaseGeometry
) -> FloatArray:
    """Add rally points until one is in sight of every place, or the fewest places are left.

    A point draws its neighbours to it, across a wall too, so that one more may be worse before two
    more are better.
    """
    best, fewest = rally, int(_crossing(places, np.vstack([homes, rally]), no_fly).sum())
    while fewest and len(rally) < MOST_POINTS:
        targets = np.vstack([homes, rally])
        outside = shapely.distance(no_fly, shapely.points(places)) >= _CLEAR_M
        choices = places[_crossing(places, targets, no_fly) & outside]
        choices = choices[:: max(1, len(choices) // _CANDIDATES)]
        if not len(choices):
            break
        left = [int(_crossing(places, np.vstack([targets, c]), no_fly).sum()) for c in choices]
        rally = np.vstack([rally, choices[int(np.argmin(left))]])
        if min(left) < fewest:
            best, fewest = rally, min(left)
    return best
