"""Goes on with a flight that was broken off."""

import numpy as np

from mcpp.errors import InputError
from mcpp.flight import airway_of
from mcpp.geo import LocalFrame
from mcpp.model import LegKind, Plan, Sortie
from mcpp.sorties import PORTABLE_ITEMS, CountItems, cut_route
from mcpp.terrain import mission_terrain


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
    xy = np.asarray(broken.xyz_m[first : last + 1, :2])
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
