"""Missions that once hung, came out empty, or brought vehicles together: each ends right."""

from dataclasses import replace

import numpy as np
import pytest

from mcpp.api import bounds_of, plan, read_source
from mcpp.check.division import far_coverage
from mcpp.check.flights import plan_approaches
from mcpp.errors import InfeasibleError, NoWayError
from mcpp.flight.fly import fly
from mcpp.model import Problem, Route, Solution
from mcpp.pipeline import make_plan
from mcpp.planner import NullObserver, Observer
from tests.plans import good_plan


@pytest.mark.parametrize(
    ("case", "least_percent"),
    [("zero_coverage_auto", 97.0), ("low_coverage_110035", 97.0), ("low_coverage_90017", 97.0)],
)
def test_plans_that_came_out_empty_cover_the_ground(shared_dir, case, least_percent) -> None:
    made = plan(read_source(shared_dir / "cases" / f"{case}.json"))
    assert made.report.safe
    assert made.report.fleet.coverage_percent >= least_percent
    assert all(figures.length_m > 1 for figures in made.report.uavs if figures.sorties)


@pytest.mark.parametrize(
    "case", ["separation_worst", "separation_default_settings", "separation_vertical_zero"]
)
def test_vehicles_that_came_together_keep_apart_early_or_late(shared_dir, case) -> None:
    made = plan(read_source(shared_dir / "cases" / f"{case}.json"))
    assert made.report.safe
    assert all(pair.horizontal_m >= 10 for pair in plan_approaches(made))


def test_a_search_that_never_ended_ends_with_a_plan(shared_dir) -> None:
    """A strip of 8 m with twenty zones, at 2 m between the lines."""
    made = plan(read_source(shared_dir / "cases" / "hang_order_parts.json"))
    assert made.report.safe
    assert made.report.fleet.coverage_percent > 85


def test_a_plan_far_below_what_can_be_reached_is_an_error_that_says_what_would_help() -> None:
    made = good_plan()
    (finding,) = far_coverage(made, 55.0)
    assert finding.level == "error"
    assert "far below the 100.00 % that can be reached: give fewer UAVs" in finding.message
    assert list(far_coverage(made, 98.5)) == []
    stopped = replace(made, solution=replace(made.solution, stopped=True))
    assert list(far_coverage(stopped, 55.0)) == []


def test_a_route_of_no_length_is_not_flown() -> None:
    made = good_plan()
    spot = np.array([[50.0, 50.0], [50.0, 50.0]])
    routes = (Route(uav=0, xy_m=spot, survey=np.ones(1, bool)), made.solution.routes[1])
    sorties = fly(made.problem, replace(made.solution, routes=routes))
    assert [sortie.uav for sortie in sorties] == [1]


class _Parted:
    """A planner that finds no way."""

    name = "parted"

    def unsupported(self, problem: Problem) -> str | None:
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        raise NoWayError("one: no legal way", ends_m=((0.0, 0.0), (100.0, 0.0)))


def test_where_no_way_leads_is_told_in_degrees(small_mission) -> None:
    with pytest.raises(InfeasibleError, match=r"longitude, latitude: 22\.\d{6}, 40\.\d{6}; 22"):
        make_plan(small_mission, _Parted(), bounds_of=bounds_of, observer=NullObserver())
