"""The library's front door: plan a mission in one call.

>>> from mcpp.api import plan, read_source
>>> result = plan(read_source("mission.json"))          # doctest: +SKIP
>>> print(result.report.fleet.coverage_percent)         # doctest: +SKIP
"""

from dataclasses import replace

from mcpp.errors import InfeasibleError, InputError
from mcpp.export.folder import refuse_folder, write_outputs
from mcpp.io.plan import read_plan
from mcpp.io.source import read_source
from mcpp.model import Mission, Plan, Problem
from mcpp.pipeline import Bounds, checked, make_plan
from mcpp.planner import NullObserver, Observer, Planner
from mcpp.problem.odds import has_odds
from mcpp.replan.replan import Replanned, replan as replan_with
from mcpp.replan.state import FleetState, lost_state
from mcpp.replan.work import CoverGround
from planners.bounds import finish_lower_bound_s, plan_length_lower_bound_m
from planners.registry import choose

__all__ = [
    "FleetState",
    "Replanned",
    "draft",
    "lost_state",
    "plan",
    "read_plan",
    "read_source",
    "recheck",
    "refuse_folder",
    "replan",
    "write_outputs",
]

_FREE = ("auto", "draft", "best")
"""Planners that leave it to mcpp how ground is flown."""


def bounds_of(problem: Problem) -> Bounds:
    """Bound length and finishing time of every plan of a problem, where it is to cover ground."""
    if problem.walls or not problem.covers:
        return Bounds()
    return Bounds(
        length_m=plan_length_lower_bound_m(problem), finish_s=finish_lower_bound_s(problem)
    )


def plan(mission: Mission, observer: Observer | None = None) -> Plan:
    """Plan a mission with the planner that it names, and check the result.

    Raises
    ------
    InputError, InfeasibleError, UnknownPlannerError, Cancelled
    """
    watcher = NullObserver() if observer is None else observer
    planner = planner_for(mission)
    return make_plan(mission, planner, bounds_of=bounds_of, observer=watcher)


def planner_for(mission: Mission) -> Planner:
    """Make the planner that a mission asks for, by name, by its pattern or by its map.

    Raises
    ------
    InputError, UnknownPlannerError
    """
    from planners.search.early import EarlyPlanner  # 0.3 s that a check need not spend
    from planners.search.pattern import PatternPlanner

    if mission.search is not None:
        if mission.planner.name not in _FREE:
            raise InputError(
                f"planner.name: {mission.planner.name!r} does not fly search patterns: leave it "
                "'auto', or search out"
            )
        return PatternPlanner(mission=mission)
    planner = choose(mission.planner)
    return EarlyPlanner(inner=planner, mission=mission) if has_odds(mission) else planner


def draft(mission: Mission, observer: Observer | None = None) -> Plan:
    """Plan fast and rough, for a preview while the mission is still being drawn.

    Raises
    ------
    InputError, InfeasibleError, Cancelled
    """
    quick = replace(mission.planner, name="draft", params={})
    return plan(replace(mission, planner=quick), observer)


def replan(before: Plan, state: FleetState) -> Replanned:
    """Go on with a plan from where the fleet is, and check the new plan from there.

    Raises
    ------
    InputError, InfeasibleError
    """
    from planners.fleet.lines import lines_over  # as above

    found = _checked_replan(before, state, lines_over)
    codes = {f.code for f in found.plan.report.findings if f.level == "error"}
    if "spacing" not in codes:
        return found
    # lines made anew do not always fit beside those that are left: then these stay as they are
    try:
        as_they_are = _checked_replan(before, state, None)
    except InfeasibleError:
        return found
    return as_they_are if as_they_are.plan.report.safe else found


def _checked_replan(before: Plan, state: FleetState, cover: CoverGround | None) -> Replanned:
    found = replan_with(before, state, cover=cover)
    return replace(found, plan=checked(found.plan, Bounds()))


def recheck(finished: Plan) -> Plan:
    """Check a plan that was read from a file, without trusting the report it came with.

    A plan that is not safe has no lower bounds beside its figures.
    """
    found = checked(finished, Bounds())
    if not found.report.safe:
        return found
    bounds = bounds_of(finished.problem)
    fleet = replace(
        found.report.fleet,
        lower_bound_length_m=bounds.length_m,
        lower_bound_finish_s=bounds.finish_s,
    )
    return replace(found, report=replace(found.report, fleet=fleet))
