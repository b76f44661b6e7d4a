"""From routes to flights: take-off, transit, survey, return and landing of every UAV."""

import numpy as np
import shapely

from mcpp.deconflict import stagger
from mcpp.flight_legs import Airway, enter_route, with_photo_stops
from mcpp.localize import space_of
from mcpp.model import BoolArray, FloatArray, Problem, Route, Solution, Sortie
from mcpp.sorties import PORTABLE_ITEMS, CountItems, cut_route
from mcpp.terrain import Terrain
from mcpp.transit import FreeSpace


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
    )


def _entered(airway: Airway, route: Route) -> tuple[FloatArray, BoolArray]:
    xy, survey = enter_route(route, airway.launch_m, airway.landing_m, airway.space, airway.vehicle)
    return with_photo_stops(xy, survey, airway.vehicle)


def fly(
    problem: Problem,
    solution: Solution,
    *,
    terrain: Terrain | None = None,
    max_items: int = PORTABLE_ITEMS,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Turn routes into sorties, in the order of the UAVs and of their flights.

    A UAV without a launch point takes off at the first point of its route. A UAV with an empty
    route stays on the ground. Routes too long for one battery, or for the item limit, are cut;
    take-offs are delayed where two UAVs would come too near to each other.

    Parameters
    ----------
    terrain
        Ground heights: with them all heights are above ground.
    max_items, count_items
        Limit of the target, and how to count the items of a sortie; None is
        `mcpp.sorties.item_bound`.

    Raises
    ------
    InfeasibleError
        When no legal way leads to a route, the wind is too strong, or a route is too far away for
        one battery.
    """
    common: FreeSpace | None = None
    sorties: list[Sortie] = []
    for route in solution.routes:
        if len(route.xy_m) < 2 or not route.survey.any():
            continue
        corridor = problem.corridors[route.uav] if problem.corridors else None
        if corridor is None and common is None:
            common = FreeSpace(problem.allowed)
        airway = airway_of(
            problem,
            route.uav,
            route.xy_m[0],
            terrain=terrain,
            space=common if corridor is None else None,
        )
        xy, survey = _entered(airway, route)
        sorties += cut_route(airway, xy, survey, max_items=max_items, count_items=count_items)
    return stagger(
        tuple(sorties),
        problem.vehicles,
        separation_m=problem.separation_m,
        vertical_separation_m=problem.vertical_separation_m,
        terrain=terrain,
    )


def sortie_line(sortie: Sortie) -> shapely.LineString:
    """Draw the legs of a sortie on the ground."""
    return shapely.LineString(sortie.xyz_m[:, :2])
