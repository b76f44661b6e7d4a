"""Limits that a fleet flies under: batteries that are charged, launch points too near together.

Why UAVs do not land together is told by `mcpp.check.early`.
"""

import itertools
from collections.abc import Iterator

import numpy as np

from mcpp.check.early import early_findings
from mcpp.check.ground import Ground
from mcpp.clock import minutes
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, Plan

_TIME_S = 1.0


def limit_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Say why UAVs do not land together, batteries that are charged, and launch points too near."""
    yield from _batteries(plan)
    yield from _launch_points(plan)
    yield from _chosen(plan)
    evened = plan.solution.planner != "draft"  # a draft is not evened out
    if evened and plan.begun is None and len(plan.mission.uavs) > 1 and plan.sorties:
        yield from early_findings(plan, ground)


def _batteries(plan: Plan) -> Iterator[Finding]:
    """Tell of batteries that are flown more than once, and of the time that charging takes."""
    flight = plan.mission.flight
    for i, vehicle in enumerate(plan.problem.vehicles):
        own = sorted((s for s in plan.sorties if s.uav == i), key=lambda s: s.number)
        if vehicle.batteries is None or len(own) <= vehicle.batteries:
            continue
        gaps_s = [float(b.time_s[0] - a.time_s[-1]) for a, b in itertools.pairwise(own)]
        waits_s = sum(max(gap_s - vehicle.swap_s, 0.0) for gap_s in gaps_s)
        charged_s = [
            float(b.time_s[0] - a.time_s[-1])
            for a, b in zip(own, own[vehicle.batteries :], strict=False)
        ]
        if min(charged_s) < vehicle.charge_s - _TIME_S:
            yield Finding(
                level="warning",
                code="batteries",
                message=(
                    f"{vehicle.id}: {len(own)} sorties on {vehicle.batteries} batteries, one of "
                    f"which is charged for {minutes(min(charged_s))} only, and takes "
                    f"{minutes(vehicle.charge_s)}"
                ),
                uav=vehicle.id,
            )
            continue
        few = "" if flight.chargers is None else f" on {flight.chargers} chargers for the fleet"
        yield Finding(
            level="note",
            code="batteries",
            uav=vehicle.id,
            message=(
                f"{vehicle.id}: {len(own)} sorties on {vehicle.batteries} batteries, each charged "
                f"in {minutes(vehicle.charge_s)}{few}: it waits {minutes(waits_s)} for them; "
                f"with {len(own)} it would land that much earlier"
            ),
        )


def _launch_points(plan: Plan) -> Iterator[Finding]:
    """Tell of launch and landing points nearer to each other than UAVs have to keep."""
    wanted_m, clear_s = plan.mission.flight.separation_m, plan.mission.flight.pad_clear_s
    places: dict[int, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    for sortie in plan.sorties:
        places.setdefault(sortie.uav, np.array([sortie.home_m, sortie.xyz_m[-1, :2]]))
    near: dict[int, set[int]] = {}
    least_m = np.inf
    for i, j in itertools.combinations(sorted(places), 2):
        apart_m = float(np.hypot(*(places[i][:, None] - places[j][None]).transpose(2, 0, 1)).min())
        if apart_m < wanted_m:
            near.setdefault(i, {i}).add(j)
            near.setdefault(j, {j}).add(i)
            least_m = min(least_m, apart_m)
    if not near:
        return
    ids = ", ".join(plan.mission.uavs[i].id for i in sorted(near))
    first = min(sorted(near))
    x, y = places[first][0]
    yield Finding(
        level="warning",
        code="launch-points",
        message=(
            f"{ids}: their launch or landing points are down to {least_m:.1f} m apart: take-offs "
            f"and landings there come {clear_s:g} s apart, and the place has to be cleared in "
            f"between; {_spot_words(plan, near)}"
        ),
        lon_lat_deg=_lon_lat_deg(plan, float(x), float(y)),
        amount_m=least_m,
    )


def _spot_words(plan: Plan, near: dict[int, set[int]]) -> str:
    """Say what would keep UAVs from waiting for each other, or why spots of their own did not.

    Parameters
    ----------
    near
        UAVs, each with those whose points are too near to its own, itself among them.
    """
    flight, count = plan.mission.flight, len(plan.mission.uavs)
    if flight.launch_spots == "given":
        return (
            f"{flight.separation_m:g} m apart they need not wait for each other, and with spots of "
            "their own (--spots) they are put there"
        )
    stay: set[int] = set()
    for i in sorted(near):
        if not near[i] & stay:
            stay.add(i)
    left = len(near) - len(stay)
    if any(plan.problem.vehicles[i].kind == "fixed-wing" for i in near):
        return (
            f"{count - left} of {count} have spots of their own: fixed wings stay where they were "
            "put; give each its own point"
        )
    return (
        f"{count - left} of {count} have spots of their own, for {left} no room was found: draw "
        "an area for the crew with more room, or give points farther apart"
    )


def _lon_lat_deg(plan: Plan, x_m: float, y_m: float) -> tuple[float, float]:
    """Give a place of a plan in degrees."""
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg((x_m, y_m))
    return float(lon), float(lat)


def _chosen(plan: Plan) -> Iterator[Finding]:
    """Say where UAVs launch whose launch points were left to mcpp."""
    for i, uav in enumerate(plan.mission.uavs):
        first = next((s for s in plan.sorties if s.uav == i), None)
        if uav.start_lon_lat_deg is not None or first is None or plan.begun is not None:
            continue
        lon, lat = _lon_lat_deg(plan, float(first.home_m[0]), float(first.home_m[1]))
        yield Finding(
            level="note",
            code="launch-chosen",
            message=f"{uav.id}: launch point chosen at latitude {lat:.6f}, longitude {lon:.6f}",
            uav=uav.id,
            lon_lat_deg=(lon, lat),
        )
