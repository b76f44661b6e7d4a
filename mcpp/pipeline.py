"""The chain from a mission to a checked plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely

import mcpp
from mcpp.check.report import make_report
from mcpp.check.zones import zone_findings
from mcpp.flight.fly import fly
from mcpp.flight.terrain import mission_terrain
from mcpp.model import NO_FIGURES, Dropped, Finding, Mission, Plan, Problem, Report
from mcpp.planner import Observer, Planner, report_progress
from mcpp.problem.corridor import without_unused_corridors
from mcpp.problem.localize import frame_of, localize


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What no plan can beat: 0 where nothing is known."""

    length_m: float = 0.0
    finish_s: float = 0.0


BoundsOf = Callable[[Problem], Bounds]
_NO_REPORT = Report(uavs=(), fleet=NO_FIGURES)


def checked(plan: Plan, bounds: Bounds) -> Plan:
    """Return the plan with a fresh report on what it keeps."""
    report = make_report(
        plan,
        lower_bound_length_m=bounds.length_m,
        lower_bound_finish_s=bounds.finish_s,
    )
    return replace(plan, report=report)


class _Finishing:
    """Passes on progress, but no wish to stop: it was heard, and what was found is to be kept."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def on_progress(self, stage: str, fraction: float) -> None:
        self._observer.on_progress(stage, fraction)

    def should_stop(self) -> bool:
        return False


def _shut_in(problem: Problem) -> tuple[Dropped, ...]:
    parts = shapely.get_parts(problem.shut_in)
    inside = shapely.get_coordinates(shapely.point_on_surface(parts))
    return tuple(
        Dropped(
            area_m2=float(part.area), x_m=float(x), y_m=float(y), reason="no-fly zones shut it in"
        )
        for part, (x, y) in zip(parts, inside, strict=True)
    )


def assemble(mission: Mission, problem: Problem, planner: Planner, observer: Observer) -> Plan:
    """Plan a localized mission and make its flights; the report is still empty.

    Raises
    ------
    InfeasibleError, Cancelled
    """
    rng = np.random.default_rng(np.random.SeedSequence(mission.seed))
    solution = planner.plan(problem, rng=rng, observer=observer)
    solution = replace(solution, dropped=(*solution.dropped, *_shut_in(problem)))
    if solution.stopped:
        observer = _Finishing(observer)
    report_progress(observer, "flights", 0.0)
    sorties = fly(problem, solution, terrain=mission_terrain(mission, frame_of(mission), problem))
    if problem.corridors:
        problem = without_unused_corridors(problem, solution.routes, sorties)
    report_progress(observer, "flights", 1.0)
    return Plan(
        mission=mission,
        origin_lon_lat_deg=frame_of(mission).origin_lon_lat_deg,
        problem=problem,
        solution=solution,
        sorties=sorties,
        report=_NO_REPORT,
        version=mcpp.__version__,
    )


def make_plan(
    mission: Mission, planner: Planner, *, bounds_of: BoundsOf, observer: Observer
) -> Plan:
    """Localize, plan, fly and check: the whole chain.

    Raises
    ------
    InputError
        When the mission is wrong.
    InfeasibleError
        When no plan can meet it, or the planner can not take it.
    Cancelled
        When the observer asks to stop.
    """
    report_progress(observer, "reading the mission", 0.0)
    frame = frame_of(mission)
    problem = localize(mission, frame)
    report_progress(observer, "reading the mission", 1.0)
    plan = assemble(mission, problem, planner, observer)
    if plan.solution.stopped:
        observer = _Finishing(observer)
    report_progress(observer, "checking", 0.0)
    plan = checked(plan, bounds_of(plan.problem))
    findings = (*plan.report.findings, *zone_findings(mission, frame))
    if plan.solution.cut_short:
        short = Finding(level="warning", code="effort", message=plan.solution.cut_short)
        findings = (*findings, short)
    plan = replace(plan, report=replace(plan.report, findings=findings))
    report_progress(observer, "checking", 1.0)
    return plan
