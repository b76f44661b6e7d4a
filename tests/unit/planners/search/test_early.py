"""A mission with a probability map: found early, never later than without it, and checked anew."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.api import plan, recheck
from mcpp.ground.detection import Odds
from mcpp.io.plan import plan_from_json, plan_to_json, plan_value
from mcpp.model import (
    FlightSettings,
    LikelyArea,
    Mission,
    PlannerChoice,
    PolygonZone,
    ProbabilityMap,
    Uav,
    Vehicle,
)
from planners.search.hot import likely_ground
from planners.search.parts import legs_of, parts_of
from tests.naive import found_by
from tests.strategies import area_part_of, points_lon_lat_deg, ring_lon_lat_deg

FIELD = box(0, 0, 400, 300)
HOT = box(280, 200, 380, 280)
FEW = {"sweep.tried": 1, "sweep.finalists": 1, "sweep.edges": 3}
STAGED = PlannerChoice(
    name="regions",
    params={"rounds": 0, "trades_per_uav": 0, **{f"cover.{k}": v for k, v in FEW.items()}},
)
QUICK = PlannerChoice(name="draft")


def lon_lat(x_m, y_m):
    return points_lon_lat_deg(np.array([[x_m, y_m]], float))[0]


def mission(uavs=1, areas=((HOT, 8.0),), elsewhere=2.0, planner=QUICK, **changes):
    chances = ProbabilityMap(
        areas=tuple(
            LikelyArea(outer_lon_lat_deg=ring_lon_lat_deg(shape), weight=weight)
            for shape, weight in areas
        ),
        elsewhere_weight=elsewhere,
        detection=changes.pop("detection", 1.0),
    )
    return Mission(
        area=(area_part_of(FIELD),),
        uavs=tuple(
            Uav(id=f"u{i}", start_lon_lat_deg=lon_lat(10 + 20 * i, 10)) for i in range(uavs)
        ),
        flight=FlightSettings(purpose="search", seen_width_m=40.0),
        planner=planner,
        **{"probability": chances, **changes},
    )


def search_of(made):
    figures = made.report.search
    assert figures is not None
    return figures


@pytest.fixture(scope="module")
def found():
    return {1: plan(mission(1)), 2: plan(mission(2, planner=STAGED))}


@pytest.mark.parametrize("uavs", [1, 2])
def test_a_plan_by_the_map_is_safe_and_finds_much_earlier(found, uavs):
    made = found[uavs]
    assert made.report.safe, [f.message for f in made.report.findings if f.level == "error"]
    rows = [a for a in made.solution.alternatives if a.under_curve is not None]
    (chosen,) = [a for a in rows if a.chosen]
    assert rows[0].planner.endswith("as without the map")
    assert chosen.under_curve == max(a.under_curve for a in rows)
    assert chosen.found_mean_s < 0.8 * rows[0].found_mean_s
    assert search_of(made).mean_s == pytest.approx(chosen.found_mean_s, rel=0.02)
    assert made.report.fleet.coverage_percent > rows[0].coverage_percent - 0.1


@pytest.mark.parametrize("uavs", [1, 2])
def test_the_curve_rises_under_its_bound_to_what_is_found(found, uavs):
    figures = search_of(found[uavs])
    curve, bound = np.array(figures.probability), np.array(figures.bound_probability)
    assert (np.diff(curve) >= 0).all()
    assert (bound >= curve - 0.002).all()
    assert curve[0] == 0
    assert curve[-1] == pytest.approx(figures.found, abs=1e-6)
    assert figures.bound_mean_s <= figures.mean_s
    assert figures.found == pytest.approx(found[uavs].report.fleet.coverage_percent / 100, abs=0.02)


def test_the_curve_is_that_of_a_naive_twin(found):
    made = found[2]
    figures = search_of(made)
    x, y = np.meshgrid(np.arange(4.0, 400, 8), np.arange(4.0, 300, 8))
    places = np.column_stack([x.ravel(), y.ravel()])
    hot = (places[:, 0] > 280) & (places[:, 0] < 380) & (places[:, 1] > 200) & (places[:, 1] < 280)
    mass = np.where(hot, 0.8 / hot.sum(), 0.2 / (~hot).sum())
    frame_shift = np.array(
        [[s.xyz_m[0, 0] - 10 - 20 * s.uav, s.xyz_m[0, 1] - 10] for s in made.sorties]
    ).mean(axis=0)
    reach_m = made.problem.vehicles[0].reach_m
    for k in (15, 50, 120):
        twin = found_by(places + frame_shift, mass, made.sorties, reach_m, figures.time_s[k])
        assert figures.probability[k] == pytest.approx(twin, abs=0.03)  # the twin's grid is coarse


def test_one_flat_map_changes_nothing_for_the_worse():
    made = plan(mission(areas=((FIELD, 1.0),), elsewhere=0.0))
    rows = [a for a in made.solution.alternatives if a.under_curve is not None]
    (chosen,) = [a for a in rows if a.chosen]
    assert (chosen.under_curve or 0) >= (rows[0].under_curve or 1)
    assert made.report.safe


def test_a_plan_file_keeps_its_curve_and_is_checked_to_the_same(found):
    made = found[2]
    again = plan_from_json(plan_value(made))
    assert search_of(again) == search_of(made)
    assert [r.in_order for r in again.solution.routes] == [r.in_order for r in made.solution.routes]
    checked = recheck(again)
    assert checked.report.safe
    assert search_of(checked).mean_s == pytest.approx(search_of(made).mean_s, abs=0.01)
    assert search_of(checked).found == pytest.approx(search_of(made).found, abs=1e-4)
    assert not again.edited


def test_same_seed_same_plan():
    assert plan_to_json(plan(mission(2))) == plan_to_json(plan(mission(2)))


def test_places_to_fly_over_first_are_flown_over_early():
    plain = mission(probability=None)
    marked = replace(plain, priority_lon_lat_deg=(lon_lat(200, 280), lon_lat(390, 10)))
    made, before = plan(marked), plan(plain)
    later = search_of(recheck(replace(before, mission=marked)))
    assert search_of(made).found == pytest.approx(1.0)
    assert search_of(made).mean_s < later.mean_s


def test_what_lies_in_a_zone_is_told_as_out_of_reach():
    zone = PolygonZone(outer_lon_lat_deg=ring_lon_lat_deg(box(280, 200, 330, 280)))
    made = plan(mission(no_fly_zones=(zone,)))
    assert search_of(made).contained == pytest.approx(1 - 0.8 / 2, abs=0.01)
    (outside,) = [f for f in made.report.findings if f.code == "search-outside"]
    assert outside.message.startswith("search: 40.")
    assert made.report.safe


def test_a_sensor_that_misses_finds_less_but_as_early():
    made = plan(mission(detection=0.5))
    search = search_of(made)
    assert 0.5 < search.found < 0.95  # lines overlap by a third: some ground is passed twice
    assert search.coverage_factor == pytest.approx(0.5 * 40 / (40 * 0.67), rel=0.01)


def test_a_plan_that_may_take_no_longer_takes_no_longer():
    wanted = mission()
    made = plan(replace(wanted, probability=replace(wanted.probability, longer=0.0)))
    rows = [a for a in made.solution.alternatives if a.under_curve is not None]
    (chosen,) = [a for a in rows if a.chosen]
    assert chosen.finish_s <= rows[0].finish_s
    assert (chosen.under_curve or 0) >= (rows[0].under_curve or 1)


def test_lines_are_cut_where_the_likely_ground_ends():
    vehicle = Vehicle(id="v", start_m=None, landing_m=None, share=1.0, spacing_m=10.0, reach_m=6.0)
    x = np.arange(0.5, 200, 1.0)
    odds = Odds(
        np.column_stack([x, np.zeros(200)]), np.where(x < 80, 0.9 / 80, 0.1 / 120), np.ones(200)
    )
    parts = parts_of(np.array([[0.0, 0.0, 200.0, 0.0]]), odds, vehicle)
    assert parts.ends_m == pytest.approx(np.array([[0, 0, 80, 0], [80, 0, 200, 0]]))
    assert parts.gain == pytest.approx([0.9, 0.1])
    assert parts.along == pytest.approx([0.5, 0.5])


def test_likely_ground_is_the_dense_part_and_none_where_all_is_alike():
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(2.0, 400, 4), np.arange(2.0, 300, 4)))
    hot = (x > 100) & (x < 200) & (y > 100) & (y < 200)
    places, area = np.column_stack([x, y]), np.full(len(x), 16.0)
    odds = Odds(places, np.where(hot, 5.0, 1.0) / np.where(hot, 5.0, 1.0).sum(), area)
    ground = likely_ground(odds, FIELD, 10.0)
    assert ground is not None
    assert ground.symmetric_difference(box(100, 100, 200, 200)).area < 0.1 * 100 * 100
    flat = Odds(places, np.full(len(x), 1 / len(x)), area)
    assert likely_ground(flat, FIELD, 10.0) is None


def test_legs_of_nothing_are_none():
    assert legs_of([]).shape == (0, 4)
