"""Where to cut a tour that one battery can not fly: where the ways home are short.

The greedy cut (`mcpp.flight.sorties.cut_route`) needs the fewest flights from where the tour is
entered, but lands wherever the battery ends. Here all cuts, and where the tour begins, are chosen
together, so that the ways, climbs and swaps take least: shortest path over the places where a
flight may end, each flight within its battery by an estimate that the real flights then have to
bear out.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.legs import Airway, subdivided
from mcpp.flight.motion import hover_s, pass_times_s
from mcpp.flight.sorties import CUT_STEP_LINES, CountItems, cut_route
from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray, IntArray, LegKind, Sortie

MOST_POINTS = 900
"""Of a tour that may be cut there."""
MOST_BEGINS = 60
_MARGINS = (1.0, 0.98, 0.95)
"""Parts of the battery that the estimate is let use, one after the other."""


@kernel
def _cheapest(
    clock_s: FloatArray,
    out_s: FloatArray,
    home_s: FloatArray,
    turn_s: float,
    lasts_s: float,
    begin: int,
    count: int,
) -> tuple[float, IntArray]:
    """Find the cheapest cuts of the points begin..begin + count: cost, and for each the cut before.

    Parameters
    ----------
    clock_s, out_s, home_s
        When each point is passed, and the ways from the launch point and to the landing point.
    """
    cost = np.full(count + 1, np.inf)
    before = np.full(count + 1, -1, dtype=np.int32)
    cost[0] = 0.0
    for j in range(1, count + 1):
        for i in range(j - 1, -1, -1):
            work_s = clock_s[begin + j] - clock_s[begin + i]
            if work_s > lasts_s:
                break
            way_s = out_s[begin + i] + home_s[begin + j]
            if work_s + way_s <= lasts_s and cost[i] + way_s + turn_s < cost[j]:
                cost[j] = cost[i] + way_s + turn_s
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


def well_cut(
    airway: Airway,
    xy_m: FloatArray,
    survey: BoolArray,
    greedy: tuple[Sortie, ...],
    *,
    max_items: int,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Cut a route that takes several flights so that all have landed earliest.

    A closed route may begin at any of its points, an open one at either end.

    Parameters
    ----------
    greedy
        Its flights as `cut_route` gives them: kept where nothing better is found.
    """
    if len(greedy) < 2:
        return greedy
    closed = bool(np.array_equal(xy_m[0], xy_m[-1]))
    best = greedy
    ways = [(xy_m, survey)] if closed else [(xy_m, survey), (xy_m[::-1], survey[::-1])]
    for xy, mask in ways:
        for margin in _MARGINS:
            try:
                found = _cut(airway, xy, mask, margin, max_items, count_items)
            except InfeasibleError:
                break
            if found is not None:
                best = min(best, found, key=lambda sorties: _takes_s(airway, sorties))
                break
    return best


def _turn_s(airway: Airway) -> float:
    """Time on the ground between two flights, in the long run: a swap, or charging."""
    vehicle = airway.vehicle
    if vehicle.batteries is None:
        return vehicle.swap_s
    cycle_s = (vehicle.endurance_s + vehicle.charge_s) / vehicle.batteries
    return max(vehicle.swap_s, cycle_s - vehicle.endurance_s)


def _takes_s(airway: Airway, sorties: tuple[Sortie, ...]) -> float:
    air_s = sum(float(sortie.time_s[-1] - sortie.time_s[0]) for sortie in sorties)
    return round(air_s + (len(sorties) - 1) * _turn_s(airway), 3)


def _cut(
    airway: Airway,
    xy_m: FloatArray,
    survey: BoolArray,
    margin: float,
    max_items: int,
    count_items: CountItems | None,
) -> tuple[Sortie, ...] | None:
    """Cut by the estimate with a part of the battery; None where a flight does not bear it out."""
    vehicle, closed = airway.vehicle, bool(np.array_equal(xy_m[0], xy_m[-1]))
    length_m = float(np.linalg.norm(np.diff(xy_m, axis=0), axis=1).sum())
    step_m = max(CUT_STEP_LINES * vehicle.spacing_m, 10.0, length_m / MOST_POINTS)
    fine, mask = subdivided(xy_m, survey, step_m)
    count = len(mask)
    kind = np.where(mask, int(LegKind.SURVEY), int(LegKind.CONNECT)).astype(np.int32)
    xyz = fine
    if fine.shape[1] == 2:
        xyz = np.column_stack([fine, np.full(len(fine), vehicle.height_m)])
    clock_s = pass_times_s(xyz, kind, vehicle, hover=hover_s(kind, vehicle))
    up_s, down_s = _ends_s(airway, fine, mask)
    out_s = _ways_s(airway, airway.launch_m, fine) + up_s
    home_s = _ways_s(airway, airway.landing_m, fine) + down_s
    begins = [0]
    if closed:
        clock_s = np.concatenate([clock_s, clock_s[-1] + clock_s[1:] - clock_s[0]])
        out_s, home_s = (np.concatenate([ways_s, ways_s[1:]]) for ways_s in (out_s, home_s))
        cheap = np.argsort((out_s + home_s)[:count], kind="stable")[: MOST_BEGINS // 2]
        even = np.linspace(0, count - 1, MOST_BEGINS // 2).astype(int)
        begins = sorted({*cheap.tolist(), *even.tolist()})
    lasts_s = margin * vehicle.endurance_s
    found = [
        (*_cheapest(clock_s, out_s, home_s, _turn_s(airway), lasts_s, begin, count), begin)
        for begin in begins
    ]
    cost_s, before, begin = min(found, key=lambda one: (one[0], one[2]))
    if not np.isfinite(cost_s):
        return None
    cuts = [count]
    while cuts[-1] > 0:
        cuts.append(int(before[cuts[-1]]))
    order = np.arange(begin, begin + count + 1)
    if closed:
        order = order % count
    return _built(airway, fine[order], mask[order[:-1]], cuts[::-1], max_items, count_items)


def _built(
    airway: Airway,
    fine: FloatArray,
    survey: BoolArray,
    cuts: list[int],
    max_items: int,
    count_items: CountItems | None,
) -> tuple[Sortie, ...] | None:
    sorties: list[Sortie] = []
    for first, last in pairwise(cuts):
        xy, mask = without_straights(fine[first : last + 1], survey[first:last])
        if not mask.any():
            continue
        alone = cut_route(airway, xy, mask, max_items=max_items, count_items=count_items)
        if len(alone) != 1:
            return None
        begin_s = float(sorties[-1].time_s[-1]) + airway.vehicle.swap_s if sorties else 0.0
        sortie = replace(alone[0], number=len(sorties) + 1, time_s=alone[0].time_s + begin_s)
        sorties.append(sortie)
    return tuple(sorties)


def without_straights(xy_m: FloatArray, survey: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Leave out points in the middle of a straight of one kind, which the cuts needed."""
    before, after = xy_m[1:-1] - xy_m[:-2], xy_m[2:] - xy_m[1:-1]
    size = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    if xy_m.shape[1] == 2:
        cross = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    else:
        cross = np.linalg.norm(np.cross(before, after), axis=1)
    straight = (cross <= 1e-9 * size) & ((before * after).sum(axis=1) > 0)
    keep = np.ones(len(xy_m), dtype=np.bool_)
    keep[1:-1] = ~(straight & (survey[:-1] == survey[1:]))
    return xy_m[keep], survey[keep[:-1]]
