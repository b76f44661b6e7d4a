"""A plan held against the autopilots and apps of its fleet, or against another target."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, cast, get_args

from mcpp.export.app_lint import app_faults
from mcpp.export.app_words import app_of, file_app_of, path_findings
from mcpp.export.fence import fence_of
from mcpp.export.items import items_of_fence, mission_items, rally_items
from mcpp.export.lint import NO_TAKEOFF, fence_size_faults, item_count_faults, lint
from mcpp.export.targets import FileApp, Target, limits
from mcpp.export.wing import wing_faults
from mcpp.flight.starts import LONGEST_WAIT_S, start_delay_s
from mcpp.model import Autopilot, Finding, Plan, Sortie
from mcpp.stops import heed


def lint_plan(plan: Plan, target: Target | FileApp | None = None) -> list[str]:
    """Check every sortie of a plan, each against its own autopilot or app unless one is named.

    What only comes of a plan made for another autopilot is told in one line a sortie.
    """
    faults = []
    for sortie in plan.sorties:
        vehicle = plan.problem.vehicles[sortie.uav]
        app = file_app_of(plan.mission, sortie.uav) if target is None else _app_named(target)
        if app is not None:
            found = list(app_faults(plan, sortie, app))
            faults += [f"{vehicle.id}, sortie {sortie.number}: {fault}" for fault in found]
            continue
        target = cast("Target | None", target)
        found = _sortie_faults(plan, sortie, target)
        if target in get_args(Autopilot) and target != vehicle.autopilot:
            found = _other_autopilot(plan, sortie, target, found)
        faults += [f"{vehicle.id}, sortie {sortie.number}: {fault}" for fault in found]
    return faults


def _app_named(target: Target | FileApp) -> FileApp | None:
    return cast("FileApp", target) if target in get_args(FileApp) else None


def _sortie_faults(plan: Plan, sortie: Sortie, target: Target | None) -> list[str]:
    fence = fence_of(plan, sortie.uav, target)
    found = lint(
        mission_items(plan, sortie),
        items_of_fence(fence),
        rally_items(plan, sortie.uav),
        target or plan.problem.vehicles[sortie.uav].autopilot,
        over_terrain=plan.mission.flight.terrain is not None,
    )
    return [
        *(fault for fault in found if not (sortie.airborne and fault == NO_TAKEOFF)),
        *fence.notes,
        *_long_wait(plan, sortie),
        *wing_faults(plan, sortie),
    ]


def _long_wait(plan: Plan, sortie: Sortie) -> Iterator[str]:
    """Tell of a wait that the mission should keep and does not."""
    wait_s = start_delay_s(plan, sortie)
    asked = plan.mission.flight.start_delays == "file" and not sortie.airborne
    if asked and wait_s > LONGEST_WAIT_S:
        yield (
            f"it takes off {wait_s:.0f} s after the first, longer than the {LONGEST_WAIT_S} s that"
            " a vehicle should wait with armed motors: start it then"
        )


def _other_autopilot(
    plan: Plan, sortie: Sortie, target: Target | None, found: list[str]
) -> list[str]:
    """Put the faults that a plan for the target would not have into one line."""
    vehicles = list(plan.problem.vehicles)
    planned_for = vehicles[sortie.uav].autopilot
    vehicles[sortie.uav] = replace(vehicles[sortie.uav], autopilot=cast("Autopilot", target))
    own = replace(plan, problem=replace(plan.problem, vehicles=tuple(vehicles)))
    rest = _sortie_faults(own, sortie, target)
    gone = [fault for fault in found if fault not in rest]
    if not gone:
        return found
    more = f", and {len(gone) - 1} more" if len(gone) > 1 else ""
    line = f"it is for {planned_for}: plan it with autopilot {target!r} ({gone[0]}{more})"
    return [line, *rest]


_ACCEPT = "; flight.accept_unfenced (--accept-unfenced) takes it as it is"


def lint_findings(plan: Plan) -> tuple[Finding, ...]:
    """Tell as findings what each UAV's autopilot or app would refuse or read otherwise.

    What does not fit it at all, a fence too long or a mission with too many items, is an error;
    `FlightSettings.accept_unfenced` makes it a warning.
    """
    accepted = plan.mission.flight.accept_unfenced
    found: dict[Finding, None] = dict.fromkeys(path_findings(plan.mission))
    for sortie in plan.sorties:
        heed("checking")
        vehicle = plan.problem.vehicles[sortie.uav]
        app = app_of(plan.mission, sortie.uav)
        if app != "mavlink":
            told = () if app == "none" else app_faults(plan, sortie, app)
            for fault in told:
                message = f"{vehicle.id}: {fault}"
                finding = Finding(level="warning", code="lint", message=message, uav=vehicle.id)
                found.setdefault(finding)
            continue
        rules, fence = limits(vehicle.autopilot), fence_of(plan, sortie.uav)
        items, corners = mission_items(plan, sortie), items_of_fence(fence)
        unfit = {*item_count_faults(items, rules), *fence_size_faults(corners, rules), *fence.notes}
        for fault in _sortie_faults(plan, sortie, None):
            hard = fault in unfit and not accepted
            message = f"{vehicle.id}: {fault}{_ACCEPT if hard else ''}"
            level: Literal["error", "warning"] = "error" if hard else "warning"
            finding = Finding(level=level, code="lint", message=message, uav=vehicle.id)
            found.setdefault(finding)
    return tuple(found)
