"""The chain from a mission to a checked plan."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely

import mcpp
from mcpp.check.division import far_coverage
from mcpp.check.report import make_report
from mcpp.check.zones import zone_findings
from mcpp.errors import InfeasibleError, NoWayError
from mcpp.export.plan_lint import lint_findings
from mcpp.flight.crosshatch import with_crosshatch
from mcpp.flight.fly import fly
from mcpp.flight.terrain import mission_terrain
from mcpp.kernels import first_run
from mcpp.model import NO_FIGURES, Dropped, Finding, Mission, Plan, Problem, Report
from mcpp.planner import Observer, Planner, report_progress
from mcpp.problem.corridor import without_unused_corridors
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.spots import with_launch_spots
from mcpp.stops import heeding


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What no plan can beat: 0 where nothing is known."""

    length_m: float = 0.0
    finish_s: float = 0.0


SIDEWAYS = ("auto", "corridor", "best", "draft")
"""Planners that fly past structures."""
_log = logging.getLogger(__name__)
BoundsOf = Callable[[Problem], Bounds]
_NO_REPORT = Report(uavs=(), fleet=NO_FIGURES)


def checked(plan: Plan, bounds: Bounds) -> Plan:
    """Return the plan with a fresh report on what it keeps."""
    report = make_report(
        plan,
        lower_bound_length_m=bounds.length_m,
        lower_bound_finish_s=bounds.finish_s,
    )
    plan = replace(plan, report=report)
    if not report.safe:  # what is wrong in itself is not held against an autopilot
        return plan
    return replace(plan, report=replace(report, findings=(*report.findings, *lint_findings(plan))))


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
    if problem.walls and planner.name not in SIDEWAYS:
        msg = (
            f"structures: planner {planner.name!r} flies over ground: give one of "
            f"{', '.join(SIDEWAYS)}"
        )
        raise InfeasibleError(msg)
    rng = np.random.default_rng(np.random.SeedSequence(mission.seed))
    solution = planner.plan(problem, rng=rng, observer=observer)
    if mission.crosshatch_deg is not None:
        solution = with_crosshatch(
            problem, solution, planner, mission.crosshatch_deg, rng=rng, observer=observer
        )
    solution = replace(solution, dropped=(*solution.dropped, *_shut_in(problem)))
    if solution.stopped:
        observer = _Finishing(observer)
    report_progress(observer, "flights", 0.0)
    with heeding(observer.should_stop):
        sorties = fly(
            problem, solution, terrain=mission_terrain(mission, frame_of(mission), problem)
        )
    for sortie in sorties:
        _log.info(
            "%s: flight of %.0f s from %.0f s on, %d points",
            problem.vehicles[sortie.uav].id,
            sortie.time_s[-1] - sortie.time_s[0],
            sortie.time_s[0],
            len(sortie.xyz_m),
        )
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
    if first_run():
        report_progress(observer, "compiling, first run only", 0.0)
    report_progress(observer, "reading the mission", 0.0)
    mission = with_launch_spots(mission)
    frame = frame_of(mission)
    problem = localize(mission, frame)
    report_progress(observer, "reading the mission", 1.0)
    _log.info(
        "%.2f ha to cover in %d part(s), %d no-fly zone(s), room to fly %.2f ha",
        problem.target.area / 1e4,
        len(shapely.get_parts(problem.target)),
        len(mission.no_fly_zones),
        problem.allowed.area / 1e4,
    )
    for vehicle in problem.vehicles:
        _log.info(
            "%s: share foretold %.1f %%, lines %.1f m apart, %.1f m/s, %.0f s usable, %.1f m high",
            vehicle.id,
            100 * vehicle.share,
            vehicle.spacing_m,
            vehicle.speed_m_s,
            vehicle.endurance_s,
            vehicle.height_m,
        )
    try:
        with heeding(observer.should_stop):
            plan = assemble(mission, problem, planner, observer)
    except NoWayError as error:
        ends = "; ".join(f"{lon:.6f}, {lat:.6f}" for lon, lat in frame.to_deg(error.ends_m))
        msg = f"{error} (longitude, latitude: {ends})"
        raise InfeasibleError(msg, witness=error.witness) from error
    if plan.solution.stopped:
        observer = _Finishing(observer)
    report_progress(observer, "checking", 0.0)
    with heeding(observer.should_stop):
        plan = checked(plan, bounds_of(plan.problem))
        far = far_coverage(plan, plan.report.fleet.coverage_percent)
        findings = (*plan.report.findings, *far, *zone_findings(mission, frame))
    if plan.solution.cut_short:
        short = Finding(level="warning", code="effort", message=plan.solution.cut_short)
        findings = (*findings, short)
    plan = replace(plan, report=replace(plan.report, findings=findings))
    report_progress(observer, "checking", 1.0)
    return plan
