"""Tests of tours around spanning trees that are pulled to the border."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from mcpp.errors import Cancelled
from mcpp.ground.coverage import covered_area
from mcpp.model import PlannerChoice, Problem, Vehicle
from mcpp.planner import NullObserver
from planners.auto import AutoPlanner
from planners.darp_stc import DarpStcParams, DarpStcPlanner
from planners.fleet.single import tour_time_s
from planners.grid.placement import PlacementParams
from planners.registry import choose, get

BENT = shapely.Polygon([(0, 0), (420, 30), (380, 260), (200, 180), (40, 300)])
WITH_HOLE = BENT.difference(box(150, 60, 190, 110))
ISLANDS = shapely.MultiPolygon([box(0, 0, 210, 190), box(300, 0, 330, 24)])
QUICK = PlacementParams(steps=200)


def problem_of(area, uavs=1, percent=99.0):
    fleet = tuple(
        Vehicle(
            id=f"u{i}",
            start_m=None,
            landing_m=None,
            share=1 / uavs,
            spacing_m=20,
            reach_m=15,
            keeps_spacing=False,
        )
        for i in range(uavs)
    )
    return Problem(
        target=area,
        allowed=area,
        no_fly=shapely.Polygon(),
        vehicles=fleet,
        coverage_percent=percent,
    )


def planned(problem, observer=None, *, refine=True, rounds=3):
    planner = DarpStcPlanner(params=DarpStcParams(placement=QUICK, refine=refine, rounds=rounds))
    rng = np.random.default_rng(1)
    return planner.plan(problem, rng=rng, observer=observer or NullObserver())


def percent_of(solution, area):
    paths = [
        leg
        for route in solution.routes
        for leg in np.stack([route.xy_m[:-1], route.xy_m[1:]], axis=1)[route.survey]
    ]
    return 100 * covered_area(paths, 15.0, area) / area.area


@pytest.mark.parametrize(("area", "uavs"), [(BENT, 1), (BENT, 3), (WITH_HOLE, 1), (WITH_HOLE, 2)])
def test_refined_tours_meet_the_target_inside_regions_of_their_own(area, uavs):
    found = planned(problem_of(area, uavs))
    assert percent_of(found, area) >= 98.99
    assert not found.dropped
    for route, region in zip(found.routes, found.regions, strict=True):
        assert shapely.covers(region.buffer(1e-6), shapely.LineString(route.xy_m))
    for i, one in enumerate(found.regions):
        for other in found.regions[i + 1 :]:
            assert one.intersection(other).area < 1e-3


def test_a_place_without_a_cell_gets_a_tour_or_is_told():
    found = planned(problem_of(ISLANDS))
    (dropped,) = found.dropped
    assert shapely.distance(ISLANDS.geoms[1], shapely.Point(dropped.x_m, dropped.y_m)) < 1e-6
    assert percent_of(found, ISLANDS.geoms[0]) >= 98.99


def test_plain_tours_cover_less_and_know_nothing_of_refining():
    plain = planned(problem_of(BENT), refine=False)
    assert plain.routes[0].survey.all()
    assert percent_of(plain, BENT) < 99.0


def test_regions_move_until_the_uavs_finish_together_unless_shares_were_asked_for():
    problem = problem_of(WITH_HOLE, 2)
    slow = replace(problem.vehicles[1], speed_m_s=2.5)
    problem = replace(problem, vehicles=(problem.vehicles[0], slow))

    def end_s(found):
        return [
            tour_time_s(route.xy_m, vehicle)
            for route, vehicle in zip(found.routes, problem.vehicles, strict=True)
        ]

    as_given = planned(problem, refine=False, rounds=0)
    moved = planned(problem, refine=False)
    assert max(end_s(moved)) < 0.8 * max(end_s(as_given))
    assert min(end_s(moved)) > 0.7 * max(end_s(moved))
    kept = planned(replace(problem, balance=False), refine=False)
    assert kept.labels.tolist() == as_given.labels.tolist()


def test_where_lines_keep_their_spacing_refining_leaves_little_ground_farther_than_half_of_it():
    problem = problem_of(BENT)
    straight = tuple(replace(vehicle, keeps_spacing=True) for vehicle in problem.vehicles)
    problem = replace(problem, vehicles=straight)
    plain, refined = (planned(problem, refine=refine) for refine in (False, True))
    near = [
        covered_area([r.xy_m for r in found.routes], 0.52 * 20, BENT) / BENT.area
        for found in (plain, refined)
    ]
    assert near[1] > 0.98 > near[0]


def test_the_same_seed_gives_the_same_refined_tours():
    one, other = planned(problem_of(BENT, 3)), planned(problem_of(BENT, 3))
    assert [r.xy_m.tobytes() for r in one.routes] == [r.xy_m.tobytes() for r in other.routes]


def test_refining_is_a_parameter_of_the_planner_and_on_in_auto():
    refining = choose(PlannerChoice(name="darp-stc", params={"refine": "yes"}))
    in_auto = next(p for p in AutoPlanner().planners() if p.name == "darp-stc")
    for planner, refines in ((get("darp-stc"), False), (refining, True), (in_auto, True)):
        assert isinstance(planner, DarpStcPlanner)
        assert planner.params.refine is refines


class StopsIn:
    """Wants to stop from the first word of a stage on."""

    def __init__(self, stage):
        self.stage, self.heard = stage, False

    def on_progress(self, stage, fraction):
        self.heard = self.heard or stage == self.stage

    def should_stop(self):
        return self.heard


def test_a_stop_is_heard_while_tours_are_moved():
    observer = StopsIn("moving tours to the border")
    with pytest.raises(Cancelled):
        planned(problem_of(BENT, 3), observer)
    assert observer.heard
