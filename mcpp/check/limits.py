"""What keeps a fleet from landing together: which limit binds, and what lifting it brings.

Told from the flights themselves: how long each UAV works, its ways, its batteries. What would come
of another battery, or of launch points farther apart, is foretold from that, not planned.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from mcpp.check.figures import shares_given
from mcpp.check.ground import Ground
from mcpp.clock import minutes
from mcpp.flight.measured import measured_model
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, Plan
from mcpp.problem.finish import FinishModel, finish_together_s

TOGETHER = 0.03
"""Landing times that differ by no more than this part of the latest are called equal."""
_TIME_S = 1.0
_MOST_TOLD = 4
"""More UAVs than these that land early are told of in one line."""
_LONGER = 4.0
"""How many times as long a battery is foretold with, where one is full."""


def limit_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Say why UAVs do not land together, batteries that are charged, and launch points too near."""
    yield from _batteries(plan)
    yield from _launch_points(plan)
    yield from _chosen(plan)
    evened = plan.solution.planner != "draft"  # a draft is not evened out
    if evened and plan.begun is None and len(plan.mission.uavs) > 1 and plan.sorties:
        yield from _early(plan, ground)


def _early(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Name the limit of each UAV that lands well before the last."""
    models = _models(plan, ground)
    ends_s = _ends_s(plan)
    last_s = float(ends_s.max())
    early = [i for i in range(len(ends_s)) if ends_s[i] < (1 - TOGETHER) * last_s]
    if not early:
        return
    asked = [uav.share for uav in plan.mission.uavs]
    if all(share is not None for share in asked):
        together_s = finish_together_s(models)
        yield _note(
            f"the fleet lands at {minutes(last_s)} with the shares that were asked; with shares of "
            f"its own it would land at about {minutes(min(together_s, last_s))}"
        )
        return
    shares = shares_given(plan, ground)
    flying = {sortie.uav for sortie in plan.sorties}
    early = [i for i in early if i in flying]
    full = [i for i in early if models[i].full(shares[i], within=0.08)]
    if len(early) > _MOST_TOLD:
        by_s = sorted(last_s - float(ends_s[i]) for i in early)
        yield _note(
            f"{len(early)} of {len(ends_s)} UAVs land {minutes(by_s[0])} to {minutes(by_s[-1])} "
            f"before the last; the batteries of {len(full)} of them are full, and one more flight "
            "of theirs would end later than all"
        )
        return
    for i in early:
        uav, model = plan.mission.uavs[i], models[i]
        before = f"{uav.id} lands {minutes(last_s - float(ends_s[i]))} before the last"
        if i not in full:
            yield _note(
                f"{before}: no limit of its own keeps it from more, but no other division that was "
                "tried lets the fleet land earlier; planning with --effort best may",
                uav.id,
            )
            continue
        flights = model.flights(shares[i])
        words = "its battery is" if flights == 1 else f"its {flights} batteries are"
        yield _note(
            f"{before}: {words} full at {100 * shares[i]:.0f} % of the ground, and one more flight "
            f"would end later than all; {_lifted(models, i, last_s)}",
            uav.id,
        )


def _lifted(models: Sequence[FinishModel], index: int, last_s: float) -> str:
    """Say what a longer battery brings."""
    model = models[index]
    vehicle = replace(model.vehicle, endurance_s=_LONGER * model.vehicle.endurance_s)
    longer = [*models[:index], replace(model, vehicle=vehicle), *models[index + 1 :]]
    lands_s = finish_together_s(longer)
    if lands_s > 0.99 * last_s:
        return "a longer battery would bring little"
    needs_s = longer[index].share_by(lands_s) * model.whole_s + model.once_s
    return (
        f"with a battery that lasts {minutes(needs_s)} (reserve taken off) the fleet would land at "
        f"about {minutes(lands_s)}, not {minutes(last_s)}"
    )


def _models(plan: Plan, ground: Ground) -> list[FinishModel]:
    shares = shares_given(plan, ground)
    return [
        measured_model(vehicle, [s for s in plan.sorties if s.uav == i], shares[i])
        for i, vehicle in enumerate(plan.problem.vehicles)
    ]


def _ends_s(plan: Plan) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    ends_s = np.zeros(len(plan.mission.uavs))
    for sortie in plan.sorties:
        ends_s[sortie.uav] = max(ends_s[sortie.uav], sortie.time_s[-1])
    return ends_s


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
            f"between; {wanted_m:g} m apart they need not wait for each other"
        ),
        lon_lat_deg=_lon_lat_deg(plan, float(x), float(y)),
        amount_m=least_m,
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


def _note(message: str, uav: str | None = None) -> Finding:
    return Finding(level="note", code="limit", message=message, uav=uav)
