"""All cuts of a tour chosen together, by an estimate of what each flight takes.

Shortest path over the places where a flight may end: each flight lasts no longer than the battery,
and the ways, climbs and swaps take least.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.legs import Airway, subdivided
from mcpp.flight.motion import hover_s, pass_times_s
from mcpp.flight.sorties import CUT_STEP_LINES
from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray, IntArray, LegKind

MOST_POINTS = 900
"""Of a tour that may be cut there."""
MOST_BEGINS = 60


@dataclass(frozen=True, slots=True, eq=False)
class _Clock:
    """A tour by the points at which it may be cut, a closed one twice around.

    Attributes
    ----------
    begin_s, out_s
        Of a flight that begins at a point: when its first survey leg does, and the way to there.
    end_s, home_s
        Of a flight that ends at a point: when its last survey leg does, and the way from there.
    """

    begin_s: FloatArray
    out_s: FloatArray
    end_s: FloatArray
    home_s: FloatArray

    def took_s(self, first: int, last: int) -> float:
        """Estimate a flight between two points; 0 where it would survey nothing."""
        work_s = float(self.end_s[last] - self.begin_s[first])
        return work_s + float(self.out_s[first] + self.home_s[last]) if work_s > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cuts:
    """Where a tour is cut.

    Attributes
    ----------
    xy_m, survey
        The tour from where it is entered, with all points at which it might be cut.
    at
        Points at which it is, the first and the last one included.
    took_s
        How long each flight takes by the estimate; 0 where it would survey nothing.
    """

    xy_m: FloatArray
    survey: BoolArray
    at: list[int]
    took_s: tuple[float, ...]


@kernel
def _cheapest(
    begin_s: FloatArray,
    out_s: FloatArray,
    end_s: FloatArray,
    home_s: FloatArray,
    turn_s: float,
    lasts_s: float,
    begin: int,
    count: int,
) -> tuple[float, IntArray]:
    """Find the cheapest cuts of the points begin..begin + count: cost, and for each the cut before.

    What lies between two cuts and surveys nothing is not flown.

    Parameters
    ----------
    begin_s, out_s, end_s, home_s
        See `_Clock`.
    """
    cost = np.full(count + 1, np.inf)
    before = np.full(count + 1, -1, dtype=np.int32)
    cost[0] = 0.0
    for j in range(1, count + 1):
        for i in range(j - 1, -1, -1):
            work_s = end_s[begin + j] - begin_s[begin + i]
            if work_s > lasts_s:
                break
            flight_s = 0.0
            if work_s > 0.0:
                flight_s = out_s[begin + i] + work_s + home_s[begin + j]
                if flight_s > lasts_s:
                    continue
                flight_s += turn_s
            if cost[i] + flight_s < cost[j]:
                cost[j] = cost[i] + flight_s
                before[j] = i
    return cost[count], before


def _ways_s(airway: Airway, place_m: FloatArray, points_m: FloatArray) -> FloatArray:
    """Estimate the time of a way between a place on the ground and each point, to work height."""
    vehicle = airway.vehicle
    speed_m_s = vehicle.transit_speed_m_s
    way_m = airway.ways.distances(place_m, points_m[:, :2])[0]
    return np.asarray(way_m / speed_m_s + speed_m_s / vehicle.acceleration_m_s2)


def _ends_s(airway: Airway, fine: FloatArray, survey: BoolArray) -> tuple[float, float]:
    """Measure what climbing and coming down add to the ways, on a flight of one leg."""
    first = int(np.flatnonzero(survey)[0])
    sortie = airway.sortie(fine[first : first + 2], survey[first : first + 1])
    work = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    if not len(work):  # so short that it is merged away: the flights as they were are kept
        raise InfeasibleError("the first survey leg is too short to measure ways by")
    begin_s = float(sortie.time_s[work[0]] - sortie.time_s[0])
    end_s = float(sortie.time_s[-1] - sortie.time_s[work[-1] + 1])
    there_s = float(_ways_s(airway, airway.launch_m, fine[first : first + 1])[0])
    back_s = float(_ways_s(airway, airway.landing_m, fine[first + 1 : first + 2])[0])
    return max(begin_s - there_s, 0.0), max(end_s - back_s, 0.0)


def _clock(airway: Airway, fine: FloatArray, survey: BoolArray, *, closed: bool) -> _Clock:
    """Estimate when a tour passes its points, and what the ways to and from there take."""
    vehicle = airway.vehicle
    kind = np.where(survey, int(LegKind.SURVEY), int(LegKind.CONNECT)).astype(np.int32)
    xyz = fine
    if fine.shape[1] == 2:
        xyz = np.column_stack([fine, np.full(len(fine), vehicle.height_m)])
    passed_s = pass_times_s(xyz, kind, vehicle, hover=hover_s(kind, vehicle))
    up_s, down_s = _ends_s(airway, fine, survey)
    out_s = _ways_s(airway, airway.launch_m, fine) + up_s
    home_s = _ways_s(airway, airway.landing_m, fine) + down_s
    if closed:
        passed_s = np.concatenate([passed_s, passed_s[-1] + passed_s[1:] - passed_s[0]])
        out_s, home_s = (np.concatenate([ways_s, ways_s[1:]]) for ways_s in (out_s, home_s))
        survey = np.concatenate([survey, survey])
    points = np.arange(len(passed_s))
    first = np.where(np.append(survey, True), points, len(points) - 1)
    first = np.minimum.accumulate(first[::-1])[::-1]
    last = np.maximum.accumulate(np.where(np.append(True, survey), points, 0))
    return _Clock(passed_s[first], out_s[first], passed_s[last], home_s[last])


def best_cuts(
    airway: Airway,
    xy_m: FloatArray,
    survey: BoolArray,
    *,
    margin: float,
    turn_s: float,
    most_begins: int = MOST_BEGINS,
) -> Cuts | None:
    """Choose all cuts by the estimate; None where the battery is too little for some part.

    Parameters
    ----------
    margin
        Part of the battery that the estimate is let use.
    turn_s
        Time on the ground between two flights.
    most_begins
        Points, at most, at which a closed tour may be entered.

    Raises
    ------
    InfeasibleError
        When the ways can not be measured.
    """
    vehicle, closed = airway.vehicle, bool(np.array_equal(xy_m[0], xy_m[-1]))
    length_m = float(np.linalg.norm(np.diff(xy_m, axis=0), axis=1).sum())
    step_m = max(CUT_STEP_LINES * vehicle.spacing_m, 10.0, length_m / MOST_POINTS)
    fine, mask = subdivided(xy_m, survey, step_m)
    count = len(mask)
    clock = _clock(airway, fine, mask, closed=closed)
    begins = [0]
    if closed:
        cheap = np.argsort((clock.out_s + clock.home_s)[:count], kind="stable")[: most_begins // 2]
        even = np.linspace(0, count - 1, most_begins // 2).astype(int)
        begins = sorted({*cheap.tolist(), *even.tolist()})
    lasts_s = margin * vehicle.endurance_s
    arrays = (clock.begin_s, clock.out_s, clock.end_s, clock.home_s)
    found = [(*_cheapest(*arrays, turn_s, lasts_s, begin, count), begin) for begin in begins]
    cost_s, before, begin = min(found, key=lambda one: (one[0], one[2]))
    if not np.isfinite(cost_s):
        return None
    at = [count]
    while at[-1] > 0:
        at.append(int(before[at[-1]]))
    order = np.arange(begin, begin + count + 1)
    if closed:
        order = order % count
    at = at[::-1]
    took_s = (clock.took_s(begin + first, begin + last) for first, last in pairwise(at))
    return Cuts(xy_m=fine[order], survey=mask[order[:-1]], at=at, took_s=tuple(took_s))
