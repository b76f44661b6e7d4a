"""Spots of their own for UAVs that were given one launch point: a row beside it.

UAVs whose points are nearer to each other than they have to keep in the air take off, and land, one
after another. As a crew would lay them out, the first stays where it was put and the others stand
beside it, no farther apart than needed: in a row across the way to the ground, so that none leaves
over the place of another, and where that has no room in further rows.
"""

import math
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    FlightSettings,
    FloatArray,
    LonLat,
    Mission,
    Problem,
    Uav,
    as_given,
    launching_at,
)
from mcpp.problem.corridor import open_ground
from mcpp.problem.crew import crew_ground
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.space import space_of, zone_shapes

PLACED_M = 1.5
"""So far from its spot a crew may set a UAV that finds it by GNSS."""
_STEP = 1 / 8
"""Places that are looked at lie so many distances of spots apart."""
_DEEP = 3.0
"""A place in a further row counts as so many times as far away as one in the first."""
_MOST_ALONG = 40
"""No spot is looked for farther away than so many of their distances."""
_INSET_M = 0.05
_ROUNDING_M = 1e-6


def spots_apart_m(flight: FlightSettings) -> float:
    """How far spots lie apart: what UAVs have to keep, and how far both may be off."""
    return flight.separation_m + 2 * (PLACED_M + flight.tracking_margin_m)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Place:
    """A launch or landing point of a UAV, as it was given and as it is, in metres."""

    uav: int
    lands: bool
    given_m: FloatArray
    at_m: FloatArray
    stays: bool


def with_launch_spots(mission: Mission) -> Mission:
    """Give UAVs spots of their own where the mission wants their launch points apart.

    The first of those that are too near to each other stays, and so does a fixed wing, which was
    put where it can run. Landing points go with launch points that they are the same as; others
    that are shared are spread alike. UAVs for which there is no room share the spots of the others.

    Returns
    -------
    The mission with other launch and landing points, each with the one that was given; all are as
    given where it wants them so.

    Raises
    ------
    InputError, GeometryError, InfeasibleError
        As `localize`.
    """
    if mission.flight.launch_spots == "given" or mission.flight.separation_m <= 0:
        return as_given(mission)
    frame = frame_of(mission)
    problem = localize(mission, frame)
    reach_m = spots_apart_m(mission.flight) * min(len(mission.uavs), _MOST_ALONG)
    places = _kept(_places(mission, problem, frame), mission.flight.separation_m, reach_m)
    done = [place for place in places if place.stays]
    if len(done) == len(places):
        return mission
    room = _Room(mission, problem, frame, done, reach_m)
    homeless, uavs = list[_Place](), list(mission.uavs)
    for place in places:
        if place.stays:
            continue
        at_m = room.take_m(place)
        if at_m is None:
            homeless.append(place)
        else:
            done.append(replace(place, at_m=at_m))
    for place in (*done, *_shared(homeless, done, reach_m)):
        if not place.stays:
            uavs[place.uav] = _moved(uavs[place.uav], place, frame)
    return replace(mission, uavs=tuple(uavs))


def _places(mission: Mission, problem: Problem, frame: LocalFrame) -> list[_Place]:
    """List the launch points that were given, then the landing points that are others."""
    found = []
    for lands in (False, True):
        for i, (uav, vehicle) in enumerate(zip(mission.uavs, problem.vehicles, strict=True)):
            at = uav.landing_lon_lat_deg if lands else uav.start_lon_lat_deg
            given = uav.given_landing_lon_lat_deg if lands else uav.given_start_lon_lat_deg
            if at is None or (lands and at == uav.start_lon_lat_deg):
                continue
            given_m, at_m = frame.to_m(given or at), frame.to_m(at)
            stays = vehicle.kind == "fixed-wing"
            found.append(_Place(uav=i, lands=lands, given_m=given_m, at_m=at_m, stays=stays))
    return found


def _kept(places: list[_Place], separation_m: float, reach_m: float) -> list[_Place]:
    """Let stay, of places that are too near to each other, the first."""
    found = list(places)
    for k, place in enumerate(places):
        stay = [other for other in found if other.stays and other.uav != place.uav]
        strayed = float(np.hypot(*(place.at_m - place.given_m))) > reach_m
        if not (place.stays or strayed) and _room_m(place.at_m, stay) >= separation_m:
            found[k] = replace(place, stays=True)
    return found


def _room_m(at_m: FloatArray, others: list[_Place]) -> float:
    return min((float(np.hypot(*(other.at_m - at_m))) for other in others), default=math.inf)


class _Room:
    """The room for spots.

    It lies in the area where the crew can stand, where one is drawn; else where a UAV flies from
    its given point anyhow, and no farther outside the area than that.
    """

    def __init__(
        self,
        mission: Mission,
        problem: Problem,
        frame: LocalFrame,
        taken: list[_Place],
        reach_m: float,
    ) -> None:
        self._problem = problem
        self._apart_m = spots_apart_m(mission.flight)
        self._middle_m = shapely.get_coordinates(problem.target.centroid)[0]
        self._closed = shapely.union_all([problem.no_fly, *zone_shapes(mission, frame)])
        self._crew = _reached(crew_ground(mission, frame), problem)
        self._taken_m = [place.at_m for place in taken]
        self._free_m: dict[bytes, FloatArray] = {}
        self._reach_m = reach_m

    def take_m(self, place: _Place) -> FloatArray | None:
        """Take the nearest free spot about a given point, shape (2,); None where there is none."""
        key = place.given_m.tobytes()
        if key not in self._free_m:
            self._free_m[key] = self._open_m(place)
            for other_m in self._taken_m:
                self._free_m[key] = self._beside_m(self._free_m[key], other_m)
        if not len(self._free_m[key]):
            return None
        at_m: FloatArray = self._free_m[key][0]
        self._taken_m.append(at_m)
        for about, free_m in self._free_m.items():
            self._free_m[about] = self._beside_m(free_m, at_m)
        return at_m

    def _beside_m(self, free_m: FloatArray, other_m: FloatArray) -> FloatArray:
        away_m = np.hypot(*(free_m - other_m).T)
        return np.asarray(free_m[away_m >= self._apart_m - _ROUNDING_M])

    def _along(self, given_m: FloatArray) -> FloatArray:
        """Direction of the row, shape (2,): across the way to the ground to be covered."""
        way = self._middle_m - given_m
        length_m = float(np.hypot(*way))
        if length_m < self._apart_m:
            return np.array([1.0, 0.0])
        return np.array([way[1], -way[0]]) / length_m

    def _open_m(self, place: _Place) -> FloatArray:
        """Places about a given point where a UAV may stand, the nearest first, shape (n, 2).

        Counted along the row, across which they are farther away than they are.
        """
        given, step_m = shapely.Point(place.given_m), _STEP * self._apart_m
        ground = self._ground(place).intersection(given.buffer(self._reach_m))
        ground = shapely.difference(ground, self._closed).buffer(-_INSET_M)
        edge = shapely.segmentize(ground.buffer(-_INSET_M).boundary, step_m / 8)
        count = math.ceil(self._reach_m / step_m)
        steps = np.arange(-count, count + 1) * step_m
        u, v = (part.reshape(-1, 1) for part in np.meshgrid(steps, steps))
        along = self._along(place.given_m)
        across = np.array([-along[1], along[0]])
        off_m = np.vstack([u * along + v * across, shapely.get_coordinates(edge) - place.given_m])
        off_m = off_m[shapely.intersects_xy(ground, *(off_m + place.given_m).T)]
        if self._crew.is_empty:
            allowed = self._problem.allowed
            outside_m = shapely.distance(allowed, shapely.points(off_m + place.given_m))
            off_m = off_m[outside_m <= shapely.distance(allowed, given) + _INSET_M]
        away_m = np.hypot(off_m @ along, _DEEP * (off_m @ across))
        return np.asarray(off_m[np.argsort(np.round(away_m, 3), kind="stable")] + place.given_m)

    def _ground(self, place: _Place) -> BaseGeometry:
        if not self._crew.is_empty:
            return self._crew
        parts = shapely.get_parts(space_of(self._problem, place.uav))
        return parts[int(np.argmin(shapely.distance(parts, shapely.Point(place.given_m))))]


def _reached(crew: BaseGeometry, problem: Problem) -> BaseGeometry:
    """Ground for the crew from which zones leave a way to the area."""
    if crew.is_empty:
        return crew
    parts = shapely.get_parts(open_ground([problem.allowed, crew], problem.no_fly))
    parts = parts[shapely.intersects(parts, problem.allowed)]
    return shapely.intersection(crew, shapely.union_all(parts))


def _shared(homeless: list[_Place], done: list[_Place], reach_m: float) -> list[_Place]:
    """Let launches without a spot of their own share the nearest ones, evenly; landings stay."""
    users: Counter[int] = Counter()
    found = []
    for place in homeless:
        near = [
            k
            for k, other in enumerate(done)
            if not other.lands and float(np.hypot(*(other.at_m - place.given_m))) <= reach_m
        ]
        if near and not place.lands:
            chosen = min(near, key=lambda k: (users[k], k))
            users[chosen] += 1
            found.append(replace(place, at_m=done[chosen].at_m))
    return found


def _moved(uav: Uav, place: _Place, frame: LocalFrame) -> Uav:
    """Put a UAV's launch or landing point where it was found to have room."""
    lon, lat = np.round(frame.to_deg(place.at_m), 7)
    at: LonLat = (float(lon), float(lat))
    if place.lands:
        given = uav.given_landing_lon_lat_deg or uav.landing_lon_lat_deg
        return replace(uav, landing_lon_lat_deg=at, given_landing_lon_lat_deg=given)
    return launching_at(uav, at, uav.given_start_lon_lat_deg or uav.start_lon_lat_deg)
