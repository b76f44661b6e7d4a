"""A second pass over the same ground, with its lines turned against those of the first."""

import math
from dataclasses import replace

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.ground.overlay import shared_ground
from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, Problem, Route, Solution, Vehicle
from mcpp.planner import Observer, Planner
from mcpp.problem.space import space_of

TURNING = ("auto", "regions", "best", "draft")
"""Planners that lay their lines in the direction that they are told."""


def with_crosshatch(
    problem: Problem,
    solution: Solution,
    planner: Planner,
    turn_deg: float,
    *,
    rng: np.random.Generator,
    observer: Observer,
) -> Solution:
    """Let each UAV cover its ground again, with lines turned by an angle.

    Each keeps its region; where there are none, the ground is divided anew for the second pass.

    Parameters
    ----------
    turn_deg
        From the direction of the first pass: the one that was asked for, or of its longest line.

    Raises
    ------
    InfeasibleError
        When the planner does not turn its lines, or the second pass can not be planned.
    """
    if planner.name not in TURNING:
        msg = (
            f"crosshatch_deg: planner {planner.name!r} does not turn its lines: give one of "
            f"{', '.join(TURNING)}"
        )
        raise InfeasibleError(msg)
    turned = tuple(
        _turned(vehicle, solution.routes[i], turn_deg) for i, vehicle in enumerate(problem.vehicles)
    )
    if len(solution.regions) == len(turned):
        second = [
            _over_region(problem, solution, i, turned[i], planner, rng, observer)
            for i in range(len(turned))
        ]
    else:
        again = planner.plan(replace(problem, vehicles=turned), rng=rng, observer=observer)
        second = list(again.routes)
    joined = tuple(
        _joined(first, other, problem) for first, other in zip(solution.routes, second, strict=True)
    )
    return replace(solution, routes=joined)


def _turned(vehicle: Vehicle, route: Route, turn_deg: float) -> Vehicle:
    direction = vehicle.direction_deg
    if direction is None:
        if not route.survey.any():
            return vehicle
        steps = np.diff(route.xy_m, axis=0)[route.survey]
        east, north = steps[int(np.argmax(np.hypot(*steps.T)))]
        direction = math.degrees(math.atan2(east, north))
    return replace(vehicle, direction_deg=(direction + turn_deg) % 180.0 % 180.0)


def _over_region(
    problem: Problem,
    solution: Solution,
    uav: int,
    vehicle: Vehicle,
    planner: Planner,
    rng: np.random.Generator,
    observer: Observer,
) -> Route:
    """Plan the second pass of one UAV, over its region alone."""
    region = solution.regions[uav]
    if region.is_empty or not solution.routes[uav].survey.any():
        return solution.routes[uav]
    alone = replace(
        problem,
        target=shared_ground(problem.target, region),
        vehicles=(replace(vehicle, share=1.0),),
        corridors=(problem.corridors[uav],) if problem.corridors else (),
        balance=False,
    )
    found = planner.plan(alone, rng=rng, observer=observer)
    return replace(found.routes[0], uav=uav)


def _joined(first: Route, second: Route, problem: Problem) -> Route:
    """Fly one route after the other, from where that makes the ways shortest."""
    if first is second or len(first.xy_m) < 2 or len(second.xy_m) < 2:
        return first
    vehicle, space = problem.vehicles[first.uav], FreeSpace(space_of(problem, first.uav))
    begins, ends = _turns(first), _turns(second)
    cost = space.distances(
        np.array([route.xy_m[-1] for route in begins]), np.array([r.xy_m[0] for r in ends])
    )
    if vehicle.start_m is not None:
        starts = np.array([route.xy_m[0] for route in begins])
        cost = cost + space.distances([vehicle.start_m], starts)[0][:, None]
    if vehicle.landing_m is not None:
        stops = np.array([route.xy_m[-1] for route in ends])
        cost = cost + space.distances(stops, [vehicle.landing_m])[:, 0][None, :]
    i, j = np.unravel_index(int(np.argmin(cost)), cost.shape)
    one, two = begins[int(i)], ends[int(j)]
    way: FloatArray = space.path(one.xy_m[-1], two.xy_m[0])
    return Route(
        uav=first.uav,
        xy_m=np.vstack([one.xy_m, way[1:-1], two.xy_m]),
        survey=np.concatenate([one.survey, np.zeros(len(way) - 1, dtype=np.bool_), two.survey]),
        in_order=first.in_order or second.in_order,
    )


def _turns(route: Route) -> list[Route]:
    """List the ways to fly a route: a closed one from each of its points, an open one both ways."""
    if route.in_order:
        return [route]
    if not route.closed:
        return [route, replace(route, xy_m=route.xy_m[::-1], survey=route.survey[::-1])]
    loop = route.xy_m[:-1]
    return [
        replace(
            route,
            xy_m=np.vstack([np.roll(loop, -k, axis=0), loop[k : k + 1]]),
            survey=np.roll(route.survey, -k),
        )
        for k in range(len(loop))
    ]
