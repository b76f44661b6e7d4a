"""Goes on with a flight that was broken off."""

from dataclasses import replace

import numpy as np

from mcpp.errors import InputError
from mcpp.flight.fly import airway_of
from mcpp.flight.sorties import PORTABLE_ITEMS, CountItems, cut_route
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import Begun, FloatArray, LegKind, Plan, Route, Sortie


def resume(
    plan: Plan,
    uav: str,
    waypoint_index: int,
    *,
    sortie: int = 1,
    max_items: int = PORTABLE_ITEMS,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Make what is left of a sortie a flight of its own, from take-off to landing.

    Parameters
    ----------
    uav
        Its id.
    waypoint_index
        First point of the broken sortie (row of `Sortie.xyz_m`) that is to be flown again; the leg
        from it on is surveyed.
    sortie
        `Sortie.number` of the broken flight.

    Returns
    -------
    As a rule one sortie, starting at time 0; more where the way to the rest is so long that one
    battery no longer does.

    Raises
    ------
    InputError
        When there is no such UAV, sortie or waypoint, or nothing is left to survey.
    """
    ids = [vehicle.id for vehicle in plan.problem.vehicles]
    if uav not in ids:
        msg = f"uav: there is no UAV {uav!r}: give one of {', '.join(ids)}"
        raise InputError(msg)
    index = ids.index(uav)
    flown = [one for one in plan.sorties if one.uav == index]
    broken = next((one for one in flown if one.number == sortie), None)
    if broken is None:
        msg = f"sortie: {uav} has no sortie {sortie}: it has {len(flown)}"
        raise InputError(msg)
    if not 0 <= waypoint_index < len(broken.xyz_m):
        msg = f"waypoint_index: {waypoint_index} is outside 0..{len(broken.xyz_m) - 1}"
        raise InputError(msg)
    left = np.flatnonzero(broken.kind == LegKind.SURVEY)
    left = left[left >= waypoint_index]
    if not len(left):
        msg = f"waypoint_index: nothing is left to survey from point {waypoint_index} of {uav} on"
        raise InputError(msg)
    first, last = int(left[0]), int(left[-1]) + 1
    # past structures each pass has a height of its own
    xy = np.asarray(broken.xyz_m[first : last + 1, : 3 if plan.problem.walls else 2])
    frame = LocalFrame(plan.origin_lon_lat_deg)
    airway = airway_of(
        plan.problem,
        index,
        flown[0].xyz_m[0, :2],
        terrain=mission_terrain(plan.mission, frame, plan.problem),
    )
    return cut_route(
        airway,
        xy,
        broken.kind[first:last] == LegKind.SURVEY,
        max_items=max_items,
        count_items=count_items,
    )


def resumed_plan(plan: Plan, uav: str, waypoint_index: int, *, sortie: int = 1) -> Plan:
    """Make a plan of its own of what is left of a sortie: no other UAV flies in it.

    Its report is that of `plan`: it wants to be checked anew. Later sorties of the UAV are not part
    of it, their files stay as they are. Passes by structures that are not in it count as flown.

    Raises
    ------
    InputError
        As `resume`.
    """
    rest = resume(plan, uav, waypoint_index, sortie=sortie)
    heights = bool(plan.problem.walls)
    count = len(plan.problem.vehicles)
    routes = tuple(_route_of(rest, i, heights=heights) for i in range(count))
    solution = replace(
        plan.solution,
        routes=routes,
        regions=(),
        grid=None,
        labels=None,
        dropped=(),
        alternatives=(),
    )
    begun = plan.begun
    if plan.problem.walls:
        vehicles = plan.problem.vehicles
        full_s = tuple(vehicle.endurance_s for vehicle in vehicles)
        begun = Begun(time_s=0.0, at_m=(None,) * len(vehicles), battery_s=full_s)
    return replace(plan, solution=solution, sorties=rest, begun=begun)


def _route_of(sorties: tuple[Sortie, ...], uav: int, *, heights: bool) -> Route:
    """Join what the sorties of a UAV survey; empty where it does not fly."""
    points: list[FloatArray] = []
    survey: list[bool] = []
    for one in sorties:
        work = np.flatnonzero(one.kind == LegKind.SURVEY)
        if one.uav != uav or not len(work):
            continue
        first, last = int(work[0]), int(work[-1]) + 1
        survey += [False] * bool(points)
        survey += [bool(kind == LegKind.SURVEY) for kind in one.kind[first:last]]
        points.append(np.asarray(one.xyz_m[first : last + 1]))
    xyz = np.vstack(points) if points else np.empty((0, 3))
    height_m = xyz[:, 2] if heights else None
    return Route(
        uav=uav, xy_m=xyz[:, :2], survey=np.array(survey, dtype=np.bool_), height_m=height_m
    )
