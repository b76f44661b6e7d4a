"""Cuts a route into sorties: each on one battery, complete from take-off to landing.

Each sortie goes on as long as the usable endurance and the item limit let it, with its way home.
For a fixed order of the route that gives the least number of sorties (a piece of a piece that can
be flown can be flown as well). Long legs may be cut in their middle.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.legs import Airway, subdivided
from mcpp.model import BoolArray, FloatArray, LegKind, Sortie, Vehicle

PORTABLE_ITEMS = 500
"""Mission items that every autopilot of the day takes."""
CUT_STEP_LINES = 2.0
"""A leg may be cut at steps of this many line spacings."""
CountItems = Callable[[Sortie], int]


def item_bound(
    sortie: Sortie, *, hover: bool = False, wing: bool = False, sideways: bool = False
) -> int:
    """Bound the mission items of a sortie from above.

    A waypoint for each point, and a photo too where it hovers; the start and the stop of the
    trigger for each run of survey legs; each change of speed; home, take-off, gimbal, heading,
    camera mode and landing. A wing has leads at each survey leg, and circles to climb and descend.
    A camera that looks at structures is turned at each survey leg.
    """
    on = sortie.kind == LegKind.SURVEY
    runs = int(np.count_nonzero(on[1:] & ~on[:-1])) + int(on[:1].sum())
    speeds = int(np.count_nonzero(np.abs(np.diff(sortie.speed_m_s)) > 0.01))
    photos = int(np.count_nonzero(on)) + runs if hover else 0
    leads = 5 * int(np.count_nonzero(on)) + 4 if wing else 0
    turns = int(np.count_nonzero(on)) + 1 if sideways else 0
    return len(sortie.xyz_m) + turns + photos + 2 * runs + speeds + leads + 8


def can_be_loaded(
    vehicle: Vehicle, sortie: Sortie, max_items: int, count_items: CountItems | None = None
) -> bool:
    """Whether a sortie has no more items and no more waypoints than the vehicle takes at once."""
    waypoints = len(sortie.xyz_m) - 2  # the ground at either end is none
    if vehicle.most_points is not None and waypoints > vehicle.most_points:
        return False
    if count_items is not None:
        return count_items(sortie) <= max_items
    hover, wing = vehicle.trigger == "hover", vehicle.kind != "multirotor"
    sideways = vehicle.looks_m is not None
    return item_bound(sortie, hover=hover, wing=wing, sideways=sideways) <= max_items


def _trimmed(survey: BoolArray, first: int, last: int) -> tuple[int, int]:
    """Leave out the legs at either end that survey nothing."""
    work = np.flatnonzero(survey[first:last])
    if not len(work):
        return first, first
    return first + int(work[0]), first + int(work[-1]) + 1


def cut_route(
    airway: Airway,
    xy_m: FloatArray,
    survey: BoolArray,
    *,
    begin_s: float = 0.0,
    first_number: int = 1,
    max_items: int = PORTABLE_ITEMS,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Cut a route, entered at its first point, into the least number of sorties.

    Parameters
    ----------
    xy_m, survey
        Shapes (n, 2) and (n - 1,).
    begin_s
        When the first sortie takes off; the next follow after the time to swap the battery.
    max_items, count_items
        Limit of the target, and how to count the items of a sortie; None is `item_bound`.

    Raises
    ------
    InfeasibleError
        When some part of the route is too far away for one battery.
    """
    step_m = max(CUT_STEP_LINES * airway.vehicle.spacing_m, 10.0)
    fine, fine_survey = subdivided(xy_m, survey, step_m)
    corner = _corner_mask(xy_m, fine)

    @cache
    def build(first: int, last: int) -> Sortie:
        inner = np.flatnonzero(corner[first + 1 : last]) + first + 1
        chosen = np.concatenate([[first], inner, [last]])
        return airway.sortie(fine[chosen], fine_survey[chosen[:-1]])

    def fits(first: int, last: int) -> bool:
        begin, end = _trimmed(fine_survey, first, last)
        if begin == end:
            return True
        sortie = build(begin, end)
        if sortie.time_s[-1] > airway.vehicle.endurance_s:
            return False
        return can_be_loaded(airway.vehicle, sortie, max_items, count_items)

    sorties: list[Sortie] = []
    at, end = 0, len(fine) - 1
    while at < end:
        last = _farthest(fits, at, end)
        if last == at:
            raise InfeasibleError(
                _too_far(airway, build(at, at + 1), max_items), witness=(airway.uav,)
            )
        begin, stop = _trimmed(fine_survey, at, last)
        if begin < stop:
            alone, number = build(begin, stop), first_number + len(sorties)
            sorties.append(replace(alone, number=number, time_s=begin_s + alone.time_s))
            begin_s = float(sorties[-1].time_s[-1]) + airway.vehicle.swap_s
        at = last
    return tuple(sorties)


def _corner_mask(xy_m: FloatArray, fine_m: FloatArray) -> BoolArray:
    """Tell which points of the divided route are points of the route itself."""
    mask = np.zeros(len(fine_m), dtype=np.bool_)
    at = 0
    for point in xy_m:
        while not np.array_equal(fine_m[at], point):
            at += 1
        mask[at] = True
        at += 1
    return mask


def _farthest(fits: Callable[[int, int], bool], first: int, end: int) -> int:
    """Find the last point up to which one sortie can go, or `first` if none."""
    if fits(first, end):
        return end
    low, high = first, end
    while high - low > 1:
        middle = (low + high) // 2
        if fits(first, middle):
            low = middle
        else:
            high = middle
    return low


def _too_far(airway: Airway, sortie: Sortie, max_items: int) -> str:
    vehicle = airway.vehicle
    needs_s = float(sortie.time_s[-1])
    if needs_s <= vehicle.endurance_s:
        return (
            f"{vehicle.id}: a single leg and the way to it take more than the {max_items} items "
            "of the target: use a coarser terrain tolerance"
        )
    return (
        f"{vehicle.id}: one leg and the way there and back take {needs_s:.0f} s, its usable "
        f"endurance is {vehicle.endurance_s:.0f} s: move its launch point nearer or give it a "
        "larger battery"
    )
