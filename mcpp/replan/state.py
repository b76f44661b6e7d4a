"""Where a fleet is: what each UAV has flown, where it is, and what its battery still gives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import check_point
from mcpp.limits import check_limits, limited
from mcpp.model import FloatArray, LonLat, NoFlyZone, Plan, Sortie, Uav

_BESIDE_M = 3.0
"""Legs so much farther away than the nearest are told apart by when they are planned."""
_POINT_M = 1e-3
Status = Literal["flying", "ground", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UavState:
    """Where one UAV is in its plan.

    Attributes
    ----------
    status
        "lost" flies no more; what it had surveyed until then counts.
    sortie
        Number of the sortie under way, or that was when it was lost; on the ground that of the last
        one flown, 0 for none.
    point
        First point of that sortie (row of `Sortie.xyz_m`) that it has not passed yet, their number
        where it has passed all; None is the end of the leg nearest to `lon_lat_deg`.
    lon_lat_deg, height_m
        Where it is, height above its launch point; None on the ground.
    battery_s
        How long its battery lasts from now on, the reserve taken off; None is as planned.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    id: str
    status: Status
    sortie: int = limited(0, 100_000, default=0)
    point: int | None = None
    lon_lat_deg: LonLat | None = None
    height_m: float | None = limited(-5000, 30_000, "m", default=None)
    battery_s: float | None = limited(-360_000, 360_000, "s", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetState:
    """Where the fleet is, and what is new.

    Attributes
    ----------
    time_s
        Now, on the clock of the plan.
    uavs
        Those not named are where they were planned to be.
    joins
        UAVs that come on top, on the ground.
    no_fly_zones
        Zones that have appeared.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    time_s: float = limited(0, 10_000_000, "s")
    uavs: tuple[UavState, ...] = ()
    joins: tuple[Uav, ...] = ()
    no_fly_zones: tuple[NoFlyZone, ...] = ()


def planned_state(plan: Plan, uav: int, time_s: float) -> UavState:
    """Tell where a UAV is at a time if it flies as planned."""
    name = plan.mission.uavs[uav].id
    own = sorted((s for s in plan.sorties if s.uav == uav), key=lambda s: s.number)
    begun = [sortie for sortie in own if sortie.time_s[0] < time_s or sortie.airborne]
    if not begun:
        return UavState(id=name, status="ground", sortie=own[0].number - 1 if own else 0)
    last = begun[-1]
    if last.time_s[-1] <= time_s:
        return UavState(id=name, status="ground", sortie=last.number)
    point = int(np.searchsorted(last.time_s, time_s, side="right"))
    x, y, height_m = (float(np.interp(time_s, last.time_s, last.xyz_m[:, k])) for k in range(3))
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg((x, y))
    full_s = plan.problem.vehicles[uav].endurance_s
    if last.airborne and plan.begun is not None:
        full_s = plan.begun.battery_s[uav]
    return UavState(
        id=name,
        status="flying",
        sortie=last.number,
        point=point,
        lon_lat_deg=(float(lon), float(lat)),
        height_m=height_m,
        battery_s=full_s - (time_s - float(last.time_s[0])),
    )


def lost_state(plan: Plan, lost: Mapping[str, float], now_s: float | None = None) -> FleetState:
    """Tell where the fleet is when some UAVs were lost, and all else is as planned.

    Parameters
    ----------
    lost
        Time of the loss by UAV id, on the clock of the plan; 0 is before its take-off.
    now_s
        None is the time of the last loss.

    Raises
    ------
    InputError
    """
    ids = [uav.id for uav in plan.mission.uavs]
    for name, at_s in lost.items():
        if name not in ids:
            msg = f"lost: there is no UAV {name!r}: the plan has {', '.join(ids)}"
            raise InputError(msg)
        if not (np.isfinite(at_s) and at_s >= 0):
            msg = f"lost: {name}@{at_s:g}: give a time from 0 s on"
            raise InputError(msg)
        ends_s = max((float(s.time_s[-1]) for s in plan.sorties if ids[s.uav] == name), default=0.0)
        if at_s > ends_s:
            words = f"by the plan it has landed for good at {ends_s:.0f} s: give an earlier time"
            if ends_s == 0:
                words = "by the plan it stays on the ground: it leaves nothing to the others"
            msg = f"lost: {name}@{at_s:g}: {words}"
            raise InputError(msg)
    time_s = max(lost.values(), default=0.0) if now_s is None else now_s
    states = []
    for i, name in enumerate(ids):
        if name in lost:
            states.append(_lost(plan, i, lost[name]))
    return FleetState(time_s=time_s, uavs=tuple(states))


def _lost(plan: Plan, uav: int, time_s: float) -> UavState:
    """Tell how far a UAV had come when it was lost."""
    one = planned_state(plan, uav, time_s)
    if one.status == "ground" and one.sortie:
        flown = [s for s in plan.sorties if (s.uav, s.number) == (uav, one.sortie)]
        one = replace(one, point=len(flown[0].xyz_m) if flown else None)
    return replace(one, status="lost", battery_s=None)


def completed(plan: Plan, state: FleetState) -> tuple[UavState, ...]:
    """Give the state of every UAV of a plan, in order; those lost before it stay lost.

    Raises
    ------
    InputError
        Naming the UAV and what does not fit its plan.
    """
    ids = [uav.id for uav in plan.mission.uavs]
    check_limits(state)
    told = {}
    for one in state.uavs:
        check_limits(one, f"uavs: {one.id}")
        if one.lon_lat_deg is not None:
            check_point(f"uavs: {one.id}.lon_lat_deg", one.lon_lat_deg)
        if one.id not in ids:
            msg = f"uavs: there is no UAV {one.id!r}: the plan has {', '.join(ids)}"
            raise InputError(msg)
        if one.id in told:
            msg = f"uavs: {one.id!r} is told of twice"
            raise InputError(msg)
        told[one.id] = one
    lost_before = set(plan.begun.lost) if plan.begun is not None else set()
    found = []
    for i, name in enumerate(ids):
        if i in lost_before:
            found.append(UavState(id=name, status="lost"))
            continue
        one = told[name] if name in told else planned_state(plan, i, state.time_s)
        found.append(_settled(plan, i, one, state.time_s))
    return tuple(found)


def _settled(plan: Plan, uav: int, one: UavState, time_s: float) -> UavState:
    """Fill in what a state leaves open, and refuse what does not fit the plan."""
    own = {s.number: s for s in plan.sorties if s.uav == uav}
    if one.status == "flying" and one.lon_lat_deg is None:
        planned = planned_state(plan, uav, time_s)
        if planned.status != "flying":
            msg = f"{one.id}: lon_lat_deg: by the plan it is not in the air now: say where it is"
            raise InputError(msg)
        one = replace(planned, battery_s=_first(one.battery_s, planned.battery_s))
    if one.status == "lost" and one.lon_lat_deg is None and one.point is None:
        return _lost(plan, uav, time_s)
    if not one.sortie:
        if one.status == "flying":
            msg = f"{one.id}: sortie: 0: say which of its sorties it flies, from 1 on"
            raise InputError(msg)
        return one
    if one.status == "ground" and one.sortie < max(own, default=0):
        return one  # of an earlier plan, or of this one
    if one.sortie not in own:
        msg = f"{one.id}: sortie: it has no sortie {one.sortie}: it has {sorted(own) or 'none'}"
        raise InputError(msg)
    if one.status == "ground":
        return one
    sortie = own[one.sortie]
    if one.lon_lat_deg is None:
        if one.point == len(sortie.xyz_m):
            return one
        x, y = sortie.xyz_m[min(max((one.point or 1) - 1, 0), len(sortie.xyz_m) - 1), :2]
        lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg((float(x), float(y)))
        one = replace(one, lon_lat_deg=(float(lon), float(lat)))
    assert one.lon_lat_deg is not None
    point = one.point if one.point is not None else _next_point(plan, sortie, one.lon_lat_deg)
    if not 0 < point < len(sortie.xyz_m):
        msg = f"{one.id}: point: {point} is outside 1..{len(sortie.xyz_m) - 1}"
        raise InputError(msg)
    height_m = _first(one.height_m, float(sortie.xyz_m[point, 2]))
    left_s = _first(one.battery_s, _left_s(plan, sortie, point, one.lon_lat_deg))
    return replace(one, point=point, height_m=height_m, battery_s=left_s)


def _first(value: float | None, other: float | None) -> float | None:
    return other if value is None else value


def _left_s(plan: Plan, sortie: Sortie, point: int, place: LonLat) -> float:
    """Tell how long a battery lasts from a place on, if all went as planned."""
    full_s = plan.problem.vehicles[sortie.uav].endurance_s
    if sortie.airborne and plan.begun is not None:
        full_s = plan.begun.battery_s[sortie.uav]
    parts, _ = _beside(sortie, LocalFrame(plan.origin_lon_lat_deg).to_m(place))
    upright = (
        float(np.hypot(*np.diff(sortie.xyz_m[point - 1 : point + 1, :2], axis=0)[0])) < _POINT_M
    )
    part = 1.0 if upright else parts[point - 1]  # how far up it is counts as all the way
    passed_s = np.interp(part, (0.0, 1.0), sortie.time_s[point - 1 : point + 1])
    return full_s - float(passed_s - sortie.time_s[0])


def _beside(sortie: Sortie, at_m: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Find for each leg the part of it that is nearest to a place, and how far away that is."""
    xy, step = sortie.xyz_m[:-1, :2], np.diff(sortie.xyz_m[:, :2], axis=0)
    length2 = np.maximum((step**2).sum(axis=1), 1e-12)
    part = np.clip(((at_m - xy) * step).sum(axis=1) / length2, 0.0, 1.0)
    return part, np.hypot(*(at_m - xy - part[:, None] * step).T)


def _next_point(plan: Plan, sortie: Sortie, place: LonLat) -> int:
    """Find the end of the leg that passes nearest to a place."""
    _, away = _beside(sortie, LocalFrame(plan.origin_lon_lat_deg).to_m(place))
    return int(np.argmin(away)) + 1


def point_near(sortie: Sortie, at_m: FloatArray, flown_s: float) -> int:
    """Find the end of the leg that a UAV is on: the nearest, and of like ones that of the time.

    Parameters
    ----------
    at_m
        Shape (2,).
    flown_s
        Since the beginning of the sortie.
    """
    part, away = _beside(sortie, at_m)
    passed_s = sortie.time_s[:-1] + part * np.diff(sortie.time_s) - sortie.time_s[0]
    off_s = np.where(away <= away.min() + _BESIDE_M, np.abs(passed_s - flown_s), np.inf)
    return int(np.argmin(off_s)) + 1
