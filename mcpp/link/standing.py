"""Where a fleet in the air is in its plan, as its links tell it."""

from collections.abc import Collection, Mapping

import numpy as np

from mcpp.ground.frame import LocalFrame
from mcpp.link.fleet import sortie_of
from mcpp.link.state import VehicleState
from mcpp.model import Plan, Sortie
from mcpp.replan.state import FleetState, UavState, point_near


def fleet_state(
    plan: Plan,
    states: Mapping[str, VehicleState],
    numbers: Mapping[str, int],
    *,
    lost: Collection[str] = (),
    stale: Collection[str] = (),
    elapsed_s: float | None = None,
) -> FleetState:
    """Say where each UAV is; who was never heard is where the plan has it.

    Parameters
    ----------
    numbers
        Of the sortie that each flies, or flies next.
    lost
        Who flies no more: what it was heard to have flown counts.
    stale
        Who has not taken its mission of this plan: none of it is flown.
    elapsed_s
        Since the plan began, where that is known: it counts while nobody is in the air, whose
        progress says how far the plan has come.
    """
    now_s, uavs = None, []
    for index, uav in enumerate(plan.mission.uavs):
        state, flown = states.get(uav.id), sortie_of(plan, index, numbers.get(uav.id, 1))
        if state is None or flown is None:
            continue
        share = 0.0 if uav.id in stale else state.flown
        begins_s, ends_s = float(flown.time_s[0]), float(flown.time_s[-1])
        if uav.id not in lost and state.aloft:
            now_s = max(now_s or 0.0, begins_s + share * (ends_s - begins_s))
        fresh = uav.id in stale
        uavs.append(_state_of(plan, uav.id, state, flown, share, lost=uav.id in lost, fresh=fresh))
    return FleetState(time_s=_first(now_s, elapsed_s), uavs=tuple(uavs))


def _first(*values: float | None) -> float:
    return next((max(value, 0.0) for value in values if value is not None), 0.0)


def _state_of(
    plan: Plan,
    uav: str,
    state: VehicleState,
    flown: Sortie,
    share: float,
    *,
    lost: bool,
    fresh: bool,
) -> UavState:
    begins_s, took_s = float(flown.time_s[0]), float(flown.time_s[-1] - flown.time_s[0])
    begins = fresh and not flown.airborne  # it is on the ground, or comes down to it
    here = state.lon_lat_deg if state.aloft and not begins else None
    if here is None:
        number, point = flown.number, None
        if state.finished and not fresh:
            point = len(flown.xyz_m)
        elif share > 0:  # it came back: what it had flown by then counts
            passed = np.searchsorted(flown.time_s, begins_s + share * took_s, side="right")
            point = min(max(int(passed), 1), len(flown.xyz_m) - 1)
        else:
            number -= 1
        if lost:
            return UavState(id=uav, status="lost", sortie=number, point=point)
        return UavState(id=uav, status="ground", sortie=number)
    at_m = LocalFrame(plan.origin_lon_lat_deg).to_m(here)
    return UavState(
        id=uav,
        status="lost" if lost else "flying",
        sortie=flown.number,
        point=1 if share == 0 else point_near(flown, at_m, share * took_s),
        lon_lat_deg=here,
        height_m=state.height_m,
    )
