"""Other ways to fly what a sortie flies: the other way round, or a tour entered at another point.

They are for flights that would have to wait for others: none of them is better by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.legs import Airway, enter_route, entered_at, stop_costs_m, with_photo_stops
from mcpp.flight.sorties import CountItems, can_be_loaded
from mcpp.model import BoolArray, FloatArray, LegKind, Route, Sortie, Vehicle

OtherWays = Sequence[Callable[[], Sequence[Sortie]]]
"""Makes other flights over the same ground, step by step: a next one only while any UAV waits."""

PARTS = (1 / 6, 3 / 8, 5 / 8, 5 / 6)
"""A tour is entered once more in each part of its length between these."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a flight has to keep to be loaded; see `mcpp.flight.fly.fly`."""

    max_items: int
    count_items: CountItems | None = None

    def allow(self, vehicle: Vehicle, sortie: Sortie) -> bool:
        """Whether it can be loaded."""
        return can_be_loaded(vehicle, sortie, self.max_items, self.count_items)


def other_ways(
    airway: Airway, route: Route, flights: Sequence[Sortie], limits: Limits
) -> list[OtherWays]:
    """List what else each flight of a route could do, in their order.

    A route that one flight covers can be turned, and entered elsewhere where it is closed; one of
    several flights can be turned.
    """
    if route.in_order:
        return [() for _ in flights]
    if len(flights) == 1:
        steps = [partial(_turned_route, airway, route, limits)]
        if route.closed:
            steps.append(partial(_entered_elsewhere, airway, route, limits))
        return [steps]
    vehicle = airway.vehicle
    if route.height_m is not None or vehicle.turn_overshoot_m or vehicle.lead_in_m:
        return [() for _ in flights]  # what was surveyed can not be told from the points
    return [(partial(_turned_piece, airway, one, limits),) for one in flights]


def flown_in_one(
    airway: Airway, xy_m: FloatArray, survey: BoolArray, limits: Limits, number: int = 1
) -> list[Sortie]:
    """Fly a route in one flight; nothing where a battery or the target do not allow that.

    From the first to the last leg that surveys; or with the legs before and after, where they are a
    faster way there and home.
    """
    work = np.flatnonzero(survey)
    if not len(work):
        return []
    first, last = int(work[0]), int(work[-1])
    pieces = [(xy_m[first : last + 2], survey[first : last + 1])]
    if last + 1 - first < len(survey):
        pieces.append((xy_m, survey))
    found = []
    for points_m, mask in pieces:
        try:
            sortie = airway.sortie(points_m, mask, number=number)
        except InfeasibleError:
            continue
        lasts = sortie.time_s[-1] <= airway.vehicle.endurance_s
        if lasts and limits.allow(airway.vehicle, sortie):
            found.append(sortie)
    return sorted(found, key=lambda sortie: round(float(sortie.time_s[-1]), 2))[:1]


def _turned_route(airway: Airway, route: Route, limits: Limits) -> list[Sortie]:
    vehicle = airway.vehicle
    xy_m, survey = enter_route(route, airway.launch_m, airway.landing_m, airway.ways, vehicle)
    xy_m, survey = with_photo_stops(xy_m, survey, vehicle)
    return flown_in_one(airway, xy_m[::-1], survey[::-1], limits)


def _turned_piece(airway: Airway, sortie: Sortie, limits: Limits) -> list[Sortie]:
    work = np.flatnonzero(np.isin(sortie.kind, (LegKind.SURVEY, LegKind.CONNECT)))
    first, last = int(work[0]), int(work[-1])
    survey = np.asarray(sortie.kind[first : last + 1] == LegKind.SURVEY)
    xy_m = sortie.xyz_m[first : last + 2, :2]
    return flown_in_one(airway, xy_m[::-1], survey[::-1], limits, sortie.number)


def _entered_elsewhere(airway: Airway, route: Route, limits: Limits) -> list[Sortie]:
    """Enter a tour at other points, where that costs least, and fly it both ways round.

    A launch point that was left open goes there.
    """
    vehicle = airway.vehicle
    own_launch, own_landing = vehicle.start_m is not None, vehicle.landing_m is not None
    xy_m, survey = enter_route(route, airway.launch_m, airway.landing_m, airway.ways, vehicle)
    loop_m = xy_m[:-1, :2]
    along_m = np.cumsum(np.hypot(*np.diff(xy_m[:, :2], axis=0).T))
    part = np.concatenate([[0.0], along_m[:-1]]) / along_m[-1]
    cost_m = stop_costs_m(loop_m, vehicle)
    if own_launch:
        cost_m = cost_m + airway.ways.distances(airway.launch_m, loop_m)[0]
    if own_launch or own_landing:
        cost_m = cost_m + airway.ways.distances(loop_m, airway.landing_m)[:, 0]
    found: list[Sortie] = []
    for low, high in pairwise(PARTS):
        within = np.flatnonzero((part >= low) & (part < high))
        if not len(within):
            continue
        place = int(within[np.argmin(cost_m[within])])
        points_m, mask = entered_at(xy_m, survey, place)
        if not own_launch:
            launch_m = np.array(loop_m[place])
            landing_m = airway.landing_m if own_landing else launch_m
            airway = replace(airway, launch_m=launch_m, landing_m=landing_m)
        points_m, mask = with_photo_stops(points_m, mask, vehicle)
        found += flown_in_one(airway, points_m, mask, limits)
        found += flown_in_one(airway, points_m[::-1], mask[::-1], limits)
    return found
