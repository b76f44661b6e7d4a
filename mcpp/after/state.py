"""Where a fleet is, by the log of its flight that is still going on."""

from collections.abc import Collection, Sequence

import numpy as np

from mcpp.after.shots import Log
from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, IntArray, Plan
from mcpp.replan.state import FleetState, UavState, point_near

IN_AIR_M = 1.0
"""Higher than this above its launch point it flies."""


def state_of_logs(plan: Plan, logs: Sequence[Log], lost: Collection[str]) -> FleetState:
    """Tell where each UAV is at the end of the logs; those without one are where they were planned.

    Parameters
    ----------
    lost
        Ids of UAVs that fly no more: what they did until their last message counts.

    Raises
    ------
    InputError
        When a log belongs to no UAV of the plan, or tells of no flight.
    """
    ids = [uav.id for uav in plan.mission.uavs]
    for name in lost:
        if name not in ids:
            msg = f"lost: there is no UAV {name!r}: the plan has {', '.join(ids)}"
            raise InputError(msg)
    own = {_owner(plan, log): log for log in logs}
    begins_s, told = [], {}
    for uav, log in own.items():
        offs, height_m = _take_offs(log)
        first = next((s for s in plan.sorties if (s.uav, s.number) == (uav, 1)), None)
        if first is not None and len(offs):
            begins_s.append(float(log.time_s[offs[0]]) - float(first.time_s[0]))
        told[uav] = (offs, height_m)
    if not begins_s:
        msg = "log: no UAV of the plan has taken off in it"
        raise InputError(msg)
    begin_s = min(begins_s)
    now_s = max(float(log.time_s[-1]) for log in logs) - begin_s
    states = [_state(plan, uav, log, *told[uav], lost=ids[uav] in lost) for uav, log in own.items()]
    named = {state.id for state in states}
    states += [UavState(id=name, status="lost") for name in lost if name not in named]
    return FleetState(time_s=now_s, uavs=tuple(states))


def _owner(plan: Plan, log: Log) -> int:
    """Find the UAV of a log: by its MAVLink system id, or by its place in the fleet, from 1 on."""
    systems = [uav.system_id for uav in plan.mission.uavs]
    if log.system_id in systems and log.system_id is not None:
        return systems.index(log.system_id)
    if log.system_id is None or not 1 <= log.system_id <= len(systems):
        msg = f"{log.name}: system id {log.system_id} is that of no UAV of the plan"
        raise InputError(msg)
    return log.system_id - 1


def _take_offs(log: Log) -> tuple[IntArray, FloatArray]:
    """Rows at which it has taken off, and its heights, gaps filled."""
    height_m = np.where(np.isfinite(log.above_launch_m), log.above_launch_m, 0.0)
    flies = np.concatenate([[False], height_m > IN_AIR_M])
    return np.flatnonzero(flies[1:] & ~flies[:-1]).astype(np.int32), height_m


def _state(
    plan: Plan, uav: int, log: Log, offs: IntArray, height_m: FloatArray, *, lost: bool
) -> UavState:
    name, number = plan.mission.uavs[uav].id, len(offs)
    sortie = next((s for s in plan.sorties if (s.uav, s.number) == (uav, number)), None)
    if number and sortie is None:
        msg = f"{log.name}: it tells of {number} flights of {name}, the plan has not so many"
        raise InputError(msg)
    if sortie is None or height_m[-1] <= IN_AIR_M:
        done = None if sortie is None else len(sortie.xyz_m)
        return UavState(
            id=name,
            status="lost" if lost else "ground",
            sortie=number,
            point=done if lost else None,
        )
    place = (float(log.lon_lat_deg[-1, 0]), float(log.lon_lat_deg[-1, 1]))
    flown_s = float(log.time_s[-1] - log.time_s[int(offs[-1])])
    at_m = LocalFrame(plan.origin_lon_lat_deg).to_m(place)
    return UavState(
        id=name,
        status="lost" if lost else "flying",
        sortie=number,
        point=point_near(sortie, at_m, flown_s),
        lon_lat_deg=place,
        height_m=float(height_m[-1]),
        battery_s=None if lost else plan.problem.vehicles[uav].endurance_s - flown_s,
    )
