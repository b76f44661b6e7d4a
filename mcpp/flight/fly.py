"""From routes to flights: take-off, transit, survey, return and landing of every UAV."""

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
import shapely

from mcpp.errors import InfeasibleError
from mcpp.flight.cuts import foretold_s, well_cut
from mcpp.flight.deconflict import apart_of
from mcpp.flight.legs import Airway, enter_route, own_launch_m, with_photo_stops
from mcpp.flight.order import stagger
from mcpp.flight.other_ways import Limits, OtherWays, flown_in_one, other_ways
from mcpp.flight.sorties import PORTABLE_ITEMS, CountItems, cut_route
from mcpp.flight.terrain import Terrain
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, Problem, Route, Solution, Sortie
from mcpp.problem.space import passes_over, space_of, way_space_of

SHORTEST_M = 0.5
"""A route that surveys less is no route: nothing is flown for it."""


def airway_of(
    problem: Problem,
    uav: int,
    first_point_m: FloatArray,
    *,
    terrain: Terrain | None = None,
    space: FreeSpace | None = None,
) -> Airway:
    """Gather what the flights of one UAV have in common.

    Parameters
    ----------
    first_point_m
        Shape (2,): where it takes off if the mission gives no launch point.
    """
    vehicle = problem.vehicles[uav]
    launch = np.array(vehicle.start_m if vehicle.start_m is not None else first_point_m, float)
    landing = np.array(vehicle.landing_m, float) if vehicle.landing_m is not None else launch
    return Airway(
        uav=uav,
        vehicle=vehicle,
        launch_m=launch,
        landing_m=landing,
        space=FreeSpace(space_of(problem, uav)) if space is None else space,
        terrain=terrain,
        over=FreeSpace(way_space_of(problem, uav)) if passes_over(problem, uav) else None,
    )


def _entered(airway: Airway, route: Route) -> tuple[FloatArray, BoolArray]:
    xy, survey = enter_route(route, airway.launch_m, airway.landing_m, airway.ways, airway.vehicle)
    return with_photo_stops(xy, survey, airway.vehicle)


def _launch_points(route: Route) -> Iterator[FloatArray]:
    """Yield where a route may be flown from, shape (2,) each: a corner, then middles of it.

    The first middle is the point from which the farthest one is nearest as the crow flies; a route
    that winds has its own at a part of its length.
    """
    yield own_launch_m(route)
    xy_m = route.xy_m
    corners = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(xy_m)))
    away = np.hypot(*(xy_m[:, None, :] - corners[None, :, :]).transpose(2, 0, 1)).max(axis=1)
    yield xy_m[int(np.argmin(away))]
    length = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy_m, axis=0).T))])
    for part in (0.5, 0.25, 0.75):
        yield np.array([np.interp(part * length[-1], length, xy_m[:, k]) for k in range(2)])


def _flown(
    flown_from: Callable[[FloatArray], tuple[Sortie, ...]], route: Route, *, free: bool
) -> tuple[Sortie, ...]:
    """Fly a route; where the launch point is free and one battery is too little, choose it well."""
    if not free:
        return flown_from(route.xy_m[0])
    best: tuple[Sortie, ...] = ()
    refused: InfeasibleError | None = None
    for tried, place_m in enumerate(_launch_points(route)):
        if best and tried > 1:
            break
        try:
            found = flown_from(place_m)
        except InfeasibleError as error:
            refused = refused or error
            continue
        if len(found) < 2:
            return found
        best = min(best or found, found, key=lambda one: (len(one), float(one[-1].time_s[-1])))
    if not best and refused:
        raise refused
    return best


def _surveys_m(route: Route) -> float:
    if len(route.xy_m) < 2:
        return 0.0
    return float((np.hypot(*np.diff(route.xy_m, axis=0).T) * route.survey).sum())


def fly(
    problem: Problem,
    solution: Solution,
    *,
    terrain: Terrain | None = None,
    max_items: int = PORTABLE_ITEMS,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Turn routes into sorties, in the order of the UAVs and of their flights.

    A UAV without a launch point takes off at a corner of its route, or in the middle of it where
    one battery is too little. A UAV with an empty route stays on the ground. Routes too long for
    one battery, or for the item limit, are cut; take-offs are delayed where two UAVs would come too
    near to each other, or ground is flown over the other way round, or a tour entered elsewhere,
    where that makes the wait shorter.

    Parameters
    ----------
    terrain
        Ground heights: with them all heights are above ground.
    max_items, count_items
        Limit of the target, and how to count the items of a sortie; None is
        `mcpp.flight.sorties.item_bound`.

    Raises
    ------
    InfeasibleError
        When no legal way leads to a route, the wind is too strong, or a route is too far away for
        one battery.
    """
    common: FreeSpace | None = None
    sorties: list[Sortie] = []
    others: list[OtherWays] = []
    for route in solution.routes:
        if _surveys_m(route) < SHORTEST_M:
            continue
        corridor = problem.corridors[route.uav] if problem.corridors else None
        if corridor is None and common is None:
            common = FreeSpace(problem.allowed)
        space = common if corridor is None else FreeSpace(space_of(problem, route.uav))
        flights = flights_alone(
            problem, route, space, terrain=terrain, max_items=max_items, count_items=count_items
        )
        launch_m = flights[0].xyz_m[0, :2]
        airway = airway_of(problem, route.uav, launch_m, terrain=terrain, space=space)
        others += other_ways(airway, route, flights, Limits(max_items, count_items))
        sorties += flights
    return stagger(
        tuple(sorties),
        problem.vehicles,
        apart=apart_of(problem),
        pad_clear_s=problem.pad_clear_s,
        chargers=problem.chargers,
        terrain=terrain,
        others=others,
    )


def flights_alone(
    problem: Problem,
    route: Route,
    space: FreeSpace | None,
    *,
    terrain: Terrain | None = None,
    max_items: int = PORTABLE_ITEMS,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Fly one route as if no other UAV flew: one after another, only the swaps between.

    Parameters
    ----------
    space
        Where its UAV may fly; None looks it up.

    Raises
    ------
    InfeasibleError
        As `fly`.
    """

    def flown_from(place_m: FloatArray) -> tuple[Sortie, ...]:
        airway = airway_of(problem, route.uav, place_m, terrain=terrain, space=space)
        xy, survey = _entered(airway, route)
        if not route.in_order:
            whole = flown_in_one(airway, xy, survey, Limits(max_items, count_items))
            if whole:
                return tuple(whole)
        found = cut_route(airway, xy, survey, max_items=max_items, count_items=count_items)
        if route.in_order or len(found) == 1:
            return found
        return well_cut(airway, xy, survey, found, max_items=max_items, count_items=count_items)

    return _flown(flown_from, route, free=problem.vehicles[route.uav].start_m is None)


def foretold_alone_s(problem: Problem, route: Route, space: FreeSpace) -> float:
    """Foretell how long the flights of `flights_alone` take, the swaps between them included.

    Many times as fast: no flight is made. Infinite where one battery is too little for a part.
    """
    vehicle = problem.vehicles[route.uav]
    places = [route.xy_m[0]] if vehicle.start_m is not None else islice(_launch_points(route), 2)

    def foretold_from_s(place_m: FloatArray) -> float:
        airway = airway_of(problem, route.uav, place_m, space=space)
        return foretold_s(airway, *_entered(airway, route))

    return min(foretold_from_s(place_m) for place_m in places)
