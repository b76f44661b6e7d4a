"""The check as a whole, and the report made of it."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.check.report import check, figures, make_report
from mcpp.ground.kinematics import route_time_s
from mcpp.model import (
    AreaPart,
    Plan,
    Uav,
)
from tests.plans import (
    AREA,
    errors,
    good_plan,
    with_mission,
    with_solution,
)
from tests.strategies import (
    ring_lon_lat_deg,
)


def test_a_good_plan_has_no_errors_and_no_warnings() -> None:
    findings = check(good_plan())
    assert all(finding.level == "note" for finding in findings)
    assert [finding.code for finding in findings] == ["coverage", "separation", "heights", "limit"]
    assert make_report(good_plan()).safe


@pytest.mark.parametrize(
    "mutate",
    [
        lambda plan: with_solution(plan, routes=plan.solution.routes[:1]),
        lambda plan: with_solution(plan, routes=plan.solution.routes[::-1]),
        lambda plan: with_mission(plan, uavs=(*plan.mission.uavs, Uav(id="three"))),
        lambda plan: replace(plan, mission=replace(plan.mission, uavs=plan.mission.uavs[::-1])),
        lambda plan: with_solution(plan, regions=plan.solution.regions[:1]),
        lambda plan: replace(plan, sorties=(replace(plan.sorties[0], uav=2),)),
        lambda plan: replace(plan, problem=replace(plan.problem, corridors=(None,))),
    ],
)
def test_a_plan_for_another_fleet_is_caught(mutate: Callable[[Plan], Plan]) -> None:
    assert errors(mutate(good_plan())) == {"fleet"}
    assert not make_report(mutate(good_plan())).safe


def test_the_mission_counts_and_not_the_problem() -> None:
    """A planner that was handed too much room is found out."""
    plan = good_plan()
    wide = replace(plan.problem, target=AREA.buffer(100), allowed=AREA.buffer(100))
    narrow = with_mission(
        plan, area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 385, 200))),)
    )
    assert "outside" in errors(replace(narrow, problem=wide))


def test_figures_are_those_of_the_plan() -> None:
    plan = good_plan()
    uavs, fleet = figures(plan)
    route = plan.solution.routes[0].xy_m
    survey_m = float(np.hypot(*np.diff(route, axis=0).T).sum())
    assert survey_m == 100 * 20
    assert uavs[0].id == "one"
    assert (uavs[0].share_wanted, uavs[0].share_given) == (0.5, 0.5)
    assert uavs[0].survey_m == pytest.approx(survey_m)
    assert uavs[0].length_m == pytest.approx(survey_m + 2 * math.hypot(5, 25))
    assert uavs[0].turns == 22  # ten columns, one row, and the closing waypoint
    assert uavs[0].flight_time_s == plan.sorties[0].time_s[-1]
    assert uavs[0].sorties == 1
    assert fleet.area_m2 == pytest.approx(400 * 200, rel=1e-6)
    assert fleet.coverage_percent == pytest.approx(99.9, abs=0.11)
    assert 40 < fleet.overlap_percent < 70
    assert fleet.finish_s == max(sortie.time_s[-1] for sortie in plan.sorties)
    assert fleet.length_m == pytest.approx(sum(uav.length_m for uav in uavs))


def test_a_report_holds_figures_findings_and_bounds() -> None:
    plan = good_plan()
    report = make_report(plan, lower_bound_length_m=3900.0, lower_bound_finish_s=400.0)
    assert report.findings == check(plan)
    assert (report.uavs, replace(report.fleet, lower_bound_length_m=0, lower_bound_finish_s=0)) == (
        figures(plan)
    )
    assert (report.fleet.lower_bound_length_m, report.fleet.lower_bound_finish_s) == (3900, 400)


def test_the_sorties_of_these_tests_are_no_faster_than_physics() -> None:
    for sortie in good_plan().sorties:
        least_s = route_time_s(sortie.xyz_m[:, :2], speed_m_s=5.0, acceleration_m_s2=2.0)
        assert sortie.time_s[-1] >= least_s
