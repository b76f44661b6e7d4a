"""From routes to flights: take-off, transit, survey, return and landing of every UAV."""

import numpy as np
import shapely

from mcpp.errors import InfeasibleError
from mcpp.flight_motion import leg_speeds_m_s, pass_times_s
from mcpp.localize import space_of
from mcpp.model import (
    BoolArray,
    FloatArray,
    IntArray,
    LegKind,
    Problem,
    Route,
    Solution,
    Sortie,
    Vehicle,
)
from mcpp.transit import FreeSpace


def _bends(xy_m: FloatArray) -> BoolArray:
    """At which points of a closed tour, given without its repeated end, it turns sharply."""
    incoming = xy_m - np.roll(xy_m, 1, axis=0)
    outgoing = np.roll(xy_m, -1, axis=0) - xy_m
    dot = (incoming * outgoing).sum(axis=1)
    size = np.linalg.norm(incoming, axis=1) * np.linalg.norm(outgoing, axis=1)
    return np.asarray(dot < 0.866 * size)


def enter_route(
    route: Route, launch_m: FloatArray, landing_m: FloatArray, space: FreeSpace, vehicle: Vehicle
) -> tuple[FloatArray, BoolArray]:
    """Turn a route so that the way to its first and from its last point is shortest.

    A closed tour may be entered at any of its points; an open one at either end. Entering in the
    middle of a straight costs a stop more than at a corner.

    Returns
    -------
    Points, shape (n, 2), and survey mask, shape (n - 1,).
    """
    xy, survey = route.xy_m, route.survey
    if not route.closed:
        there = space.distances(launch_m, xy[[0, -1]])[0]
        back = space.distances(xy[[-1, 0]], landing_m)[:, 0]
        if there[1] + back[1] < there[0] + back[0] - 1e-9:
            return xy[::-1], survey[::-1]
        return xy, survey
    loop = xy[:-1]
    cost = space.distances(launch_m, loop)[0] + space.distances(loop, landing_m)[:, 0]
    stop_m = vehicle.speed_m_s**2 / vehicle.acceleration_m_s2
    first = int(np.argmin(cost + np.where(_bends(loop), 0.0, stop_m)))
    turned = np.roll(loop, -first, axis=0)
    return np.vstack([turned, turned[:1]]), np.roll(survey, -first)


def _path(space: FreeSpace, a: FloatArray, b: FloatArray, vehicle: Vehicle) -> FloatArray:
    try:
        return space.path(a, b)
    except InfeasibleError as error:
        msg = f"{vehicle.id}: {error}"
        raise InfeasibleError(msg) from error


def _at_height(xy_m: FloatArray, height_m: float) -> FloatArray:
    return np.column_stack([xy_m, np.full(len(xy_m), height_m)])


def build_legs(
    xy_m: FloatArray,
    survey: BoolArray,
    launch_m: FloatArray,
    landing_m: FloatArray,
    space: FreeSpace,
    vehicle: Vehicle,
) -> tuple[FloatArray, IntArray]:
    """Put the way there and back about a piece of a route.

    It climbs straight up to the take-off height, slants up to the transit height, goes to above
    the first point, changes to the survey height there, and comes back the same way.

    Returns
    -------
    Points, shape (n, 3), and `LegKind` of the legs, shape (n - 1,).
    """
    survey_h = vehicle.height_m
    transit_h = survey_h if vehicle.transit_height_m is None else vehicle.transit_height_m
    return_h = survey_h if vehicle.return_height_m is None else vehicle.return_height_m
    takeoff_h = transit_h if vehicle.takeoff_height_m is None else vehicle.takeoff_height_m
    there = _path(space, launch_m, xy_m[0], vehicle)
    back = _path(space, xy_m[-1], landing_m, vehicle)
    way = _at_height(there[1:], transit_h)
    points = np.vstack([[*launch_m, 0.0], [*launch_m, takeoff_h], way])
    kinds = [int(LegKind.TAKEOFF)] + [int(LegKind.TRANSIT)] * (len(way) + 1)
    work = np.where(survey, int(LegKind.SURVEY), int(LegKind.CONNECT))
    points = np.vstack([points, _at_height(xy_m, survey_h), _at_height(back, return_h)])
    kinds += [*work.tolist(), *[int(LegKind.RETURN)] * len(back), int(LegKind.LAND)]
    points = np.vstack([points, _at_height(landing_m[None], 0.0)])
    return _without_repeats(points, np.array(kinds, dtype=np.int32))


def _without_repeats(xyz_m: FloatArray, kind: IntArray) -> tuple[FloatArray, IntArray]:
    moved = np.linalg.norm(np.diff(xyz_m, axis=0), axis=1) > 1e-6
    return xyz_m[np.concatenate([[True], moved])], kind[moved]


def fly(problem: Problem, solution: Solution) -> tuple[Sortie, ...]:
    """Turn routes into sorties, in the order of the UAVs.

    A UAV without a launch point takes off at the first point of its route. A UAV with an empty
    route stays on the ground.

    Raises
    ------
    InfeasibleError
        When no legal way leads to a route, or the wind is too strong.
    """
    sorties = []
    for route in solution.routes:
        if len(route.xy_m) < 2:
            continue
        vehicle = problem.vehicles[route.uav]
        space = FreeSpace(space_of(problem, route.uav))
        launch = np.array(vehicle.start_m if vehicle.start_m is not None else route.xy_m[0])
        landing = np.array(vehicle.landing_m) if vehicle.landing_m is not None else launch
        xy, survey = enter_route(route, launch, landing, space, vehicle)
        xyz, kind = build_legs(xy, survey, launch, landing, space, vehicle)
        sorties.append(
            Sortie(
                uav=route.uav,
                number=1,
                xyz_m=xyz,
                kind=kind,
                speed_m_s=leg_speeds_m_s(xyz, kind, vehicle),
                time_s=pass_times_s(xyz, kind, vehicle),
            )
        )
    return tuple(sorties)


def sortie_line(sortie: Sortie) -> shapely.LineString:
    """Draw the legs of a sortie on the ground."""
    return shapely.LineString(sortie.xyz_m[:, :2])
