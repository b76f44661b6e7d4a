"""No plan beats its bounds, and on ground as plain as a rectangle they are worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from mcpp.errors import InfeasibleError
from mcpp.flight.fly import fly
from mcpp.ground.coverage import covered_area, survey_runs
from mcpp.planner import NullObserver
from planners.bounds import finish_lower_bound_s, length_lower_bound_m, plan_length_lower_bound_m
from planners.registry import get
from tests.strategies import problem_of, problems

UP_AND_DOWN_S = 60 / 2.5 + 60 / 1.5


def flown(problem, name):
    """Coverage, percent, length, m, and finishing time, s, of what a planner makes of a problem."""
    planner = get(name)
    solution = planner.plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
    sorties = fly(problem, solution)
    paths, reaches = [], []
    for route in solution.routes:
        runs = survey_runs(route.xy_m, route.survey)
        paths += runs
        reaches += [problem.vehicles[route.uav].reach_m] * len(runs)
    covered = 100 * covered_area(paths, reaches, problem.target) / problem.target.area
    length_m = sum(float(np.hypot(*np.diff(s.xyz_m[:, :2], axis=0).T).sum()) for s in sorties)
    return covered, length_m, max(float(s.time_s[-1]) for s in sorties)


def assert_not_beaten(problem, name):
    covered, length_m, finish_s = flown(problem, name)
    kept = replace(problem, coverage_percent=min(problem.coverage_percent, covered))
    assert length_m >= plan_length_lower_bound_m(kept) * (1 - 1e-6)
    assert finish_s >= finish_lower_bound_s(kept) * (1 - 1e-6)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    problems(max_uavs=3),
    st.sampled_from(["draft", "darp-stc", "tour"]),
    st.sampled_from([97.0, 99.0, 100.0]),
    st.sampled_from([math.inf, 400.0]),
    st.booleans(),
)
def test_no_plan_beats_its_bounds(problem, name, percent, endurance_s, keep_apart):
    vehicles = tuple(replace(v, endurance_s=endurance_s) for v in problem.vehicles)
    changes = {"vehicles": vehicles, "coverage_percent": percent, "keep_apart": keep_apart}
    problem = replace(problem, **changes)
    assume(get(name).unsupported(problem) is None)
    try:
        assert_not_beaten(problem, name)
    except InfeasibleError:
        assume(False)


@pytest.mark.parametrize(
    "area",
    [
        shapely.box(0, 0, 900, 25),
        shapely.Polygon([(0, 0), (900, 2), (0, 40)]),
        shapely.box(0, 0, 300, 300),
        shapely.box(0, 0, 60, 60),
    ],
    ids=["strip", "spike", "square", "spot"],
)
@pytest.mark.parametrize("start_m", [None, (10.0, 10.0), (-300.0, -200.0)])
@pytest.mark.parametrize("name", ["draft", "regions"])
def test_thin_and_small_ground_is_bounded_too(area, start_m, name):
    problem = replace(problem_of(area, spacing_m=30.0, starts_m=(start_m,)), coverage_percent=100.0)
    if start_m and start_m[0] < 0:
        corridor = shapely.LineString([start_m, (10.0, 10.0)]).buffer(20.0)
        problem = replace(problem, corridors=(corridor,))
    assert_not_beaten(problem, name)


def test_a_square_takes_its_area_less_two_half_circles():
    square = shapely.box(0, 0, 1000, 1000)
    by_hand = (0.99e6 - math.pi * 30**2) / 60
    assert length_lower_bound_m(square, 30.0, coverage_percent=99.0) == pytest.approx(by_hand)
    three = (0.99e6 - 3 * math.pi * 30**2) / 60
    found = length_lower_bound_m(square, 30.0, coverage_percent=99.0, tours=3)
    assert found == pytest.approx(three)


def test_a_strip_is_flown_there_and_back():
    strip = shapely.box(0, 0, 1000, 20)  # 1 percent at either end: 980 m, less 30 at both turns
    there_and_back = length_lower_bound_m(strip, 30.0, coverage_percent=99.0)
    assert there_and_back == pytest.approx(2 * (980 - 60), rel=1e-6)
    one_way = length_lower_bound_m(strip, 30.0, coverage_percent=99.0, gap_m=900.0)
    assert one_way == pytest.approx(2 * (980 - 60) - 900, rel=1e-6)


def test_what_lies_within_reach_of_one_place_needs_no_flight():
    assert length_lower_bound_m(shapely.box(0, 0, 20, 20), 30.0) == 0.0


def test_the_time_of_a_square_is_that_of_its_length_and_of_the_climb():
    problem = problem_of(shapely.box(0, 0, 500, 500), spacing_m=40.0, reach_m=30.0)
    endless = tuple(replace(v, endurance_s=math.inf) for v in problem.vehicles)
    by_hand = (0.99 * 250_000 - math.pi * 900) / 60 / 5 + UP_AND_DOWN_S
    found = finish_lower_bound_s(replace(problem, vehicles=endless))
    assert found == pytest.approx(by_hand, rel=1e-6)


def test_more_uavs_and_faster_ones_take_less_time_at_least():
    area = shapely.box(0, 0, 500, 500)
    times = [finish_lower_bound_s(problem_of(area, count=n, spacing_m=40.0)) for n in (1, 2, 4)]
    assert times[0] > times[1] > times[2]
    one = problem_of(area, spacing_m=40.0)
    fast = replace(one, vehicles=(replace(one.vehicles[0], speed_m_s=8.0),))
    assert finish_lower_bound_s(fast) < times[0]


def test_a_battery_that_is_too_small_adds_a_swap_and_another_climb():
    problem = problem_of(shapely.box(0, 0, 500, 500), spacing_m=40.0, reach_m=30.0)
    over_ground_s = (0.99 * 250_000 - math.pi * 900) / 60 / 5
    endurance_s = UP_AND_DOWN_S + 0.6 * over_ground_s
    limited = (replace(problem.vehicles[0], endurance_s=endurance_s, swap_s=100.0),)
    by_hand = over_ground_s + 2 * UP_AND_DOWN_S + 100.0
    found = finish_lower_bound_s(replace(problem, vehicles=limited))
    assert found == pytest.approx(by_hand, rel=1e-6)


def test_a_battery_that_is_flown_again_is_charged_before():
    problem = problem_of(shapely.box(0, 0, 500, 500), spacing_m=40.0, reach_m=30.0)
    over_ground_s = (0.99 * 250_000 - math.pi * 900) / 60 / 5
    endurance_s = UP_AND_DOWN_S + 0.6 * over_ground_s
    one = replace(problem.vehicles[0], endurance_s=endurance_s, swap_s=100.0, charge_s=900.0)
    alone, spare = (
        finish_lower_bound_s(replace(problem, vehicles=(replace(one, batteries=count),)))
        for count in (1, 2)
    )
    assert alone == pytest.approx(over_ground_s + 2 * UP_AND_DOWN_S + 900.0, rel=1e-6)
    assert spare == pytest.approx(over_ground_s + 2 * UP_AND_DOWN_S + 100.0, rel=1e-6)


def test_the_way_to_a_far_target_and_back_counts_in_every_flight():
    area = shapely.box(0, 0, 500, 500)
    near = problem_of(area, spacing_m=40.0, reach_m=30.0)
    endless = tuple(replace(v, endurance_s=math.inf) for v in near.vehicles)
    near = replace(near, vehicles=endless)
    away = (replace(endless[0], start_m=(-1030.0, 250.0), landing_m=(-1030.0, 250.0)),)
    far = replace(near, vehicles=away)
    more_s = finish_lower_bound_s(far) - finish_lower_bound_s(near)
    assert more_s == pytest.approx(2 * 1000 / 5, rel=1e-6)


def test_many_uavs_still_must_reach_the_farthest_ground():
    strip = shapely.box(0, 0, 4000, 100)
    starts = ((0.0, 50.0),) * 40
    problem = problem_of(strip, count=40, spacing_m=40.0, reach_m=30.0, starts_m=starts)
    vehicles = tuple(replace(v, endurance_s=math.inf) for v in problem.vehicles)
    found = finish_lower_bound_s(replace(problem, vehicles=vehicles))
    farthest_s = 2 * (0.99 * 4000 - 30) / 5 + UP_AND_DOWN_S
    assert 0.99 * farthest_s < found <= farthest_s


def test_where_the_batteries_can_not_do_the_bound_is_a_climb():
    problem = problem_of(shapely.box(0, 0, 2000, 2000), spacing_m=40.0)
    weak = (replace(problem.vehicles[0], endurance_s=200.0, batteries=1, charge_s=math.inf),)
    assert finish_lower_bound_s(replace(problem, vehicles=weak)) == pytest.approx(UP_AND_DOWN_S)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems(max_uavs=3), st.sampled_from([math.inf, 600.0]))
def test_no_plan_that_keeps_its_spacing_beats_the_bounds_of_that(problem, endurance_s):
    vehicles = tuple(
        replace(v, keeps_spacing=True, endurance_s=endurance_s) for v in problem.vehicles
    )
    try:
        assert_not_beaten(replace(problem, vehicles=vehicles), "draft")
    except InfeasibleError:
        assume(False)


def test_lines_that_keep_their_spacing_have_a_bound_that_a_wider_sensor_does_not_lower():
    area = shapely.box(0, 0, 800, 600)
    within = problem_of(area, spacing_m=20.0, reach_m=60.0)
    spaced = problem_of(area, spacing_m=20.0, reach_m=60.0, keeps_spacing=True)
    bound_m = plan_length_lower_bound_m(spaced)
    deep_m2 = (800 - 30) * (600 - 30)
    assert bound_m == pytest.approx(0.999 * deep_m2 / (2 * 0.52 * 20.0), rel=0.01)
    assert bound_m > 2 * plan_length_lower_bound_m(within)
    assert finish_lower_bound_s(spaced) > 2 * finish_lower_bound_s(within)
