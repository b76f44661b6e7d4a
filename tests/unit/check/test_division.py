"""Rules on cells, regions, shares and coverage: kept by a good plan, broken by a mutation."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from mcpp.check.division import sub_cell_centers
from mcpp.check.figures import measure
from mcpp.check.ground import ground_of
from mcpp.check.report import check, make_report
from mcpp.ground.coverage import SampleCounts
from mcpp.model import (
    Dropped,
    Placement,
    Route,
)
from tests.plans import (
    AREA,
    errors,
    good_plan,
    grid_of,
    only,
    place_m,
    sortie_of,
    with_mission,
    with_route,
    with_solution,
)


def test_swapped_labels_are_caught() -> None:
    plan = good_plan()
    labels = plan.solution.labels
    assert labels is not None
    assert "cells-missed" in errors(with_solution(plan, labels=1 - labels))


def test_a_dropped_cell_is_caught_with_its_place() -> None:
    plan = good_plan()
    way = plan.solution.routes[0].xy_m
    # Leave out the two top rows of the first two columns of sub-cells: one mega-cell.
    kept = way[~((way[:, 0] < 40) & (way[:, 1] > 160))]
    finding = only(check(with_route(plan, 0, kept)), "cells-missed")
    assert "1 of its 25 cells" in finding.message
    place = place_m(finding)
    assert 0 < place[0] < 40
    assert 160 < place[1] < 200


def test_cells_passed_on_other_than_survey_legs_are_not_surveyed() -> None:
    plan = good_plan()
    way = plan.solution.routes[0].xy_m
    survey = np.ones(len(way) - 1, bool)
    survey[20:30] = False
    assert "cells-missed" in errors(with_route(plan, 0, way, survey))


def test_a_turned_and_shifted_grid_has_its_sub_cells_where_it_says() -> None:
    grid = replace(
        grid_of(),
        placement=Placement(angle_rad=math.pi / 2, dx_m=5.0, dy_m=1.0),
        cells=np.array([[0, 0]]),
        neighbours=np.full((1, 4), -1),
    )
    found = {tuple(point) for point in np.round(sub_cell_centers(grid)[0], 6)}
    assert found == {(-11.0, 15.0), (-11.0, 35.0), (-31.0, 15.0), (-31.0, 35.0)}


@pytest.mark.parametrize("label", [-1, 2])
def test_a_cell_of_no_uav_is_caught(label: int) -> None:
    labels = np.array(good_plan().solution.labels)
    labels[7] = label
    assert "labels" in errors(with_solution(good_plan(), labels=labels))
    assert not make_report(with_solution(good_plan(), labels=labels)).safe


def test_labels_of_another_grid_are_caught() -> None:
    labels = np.array(good_plan().solution.labels)[:-1]
    assert "labels" in errors(with_solution(good_plan(), labels=labels))


def test_a_region_in_two_parts_is_caught() -> None:
    labels = np.array(good_plan().solution.labels)
    labels[0], labels[9] = 1, 0  # the two lower corners change hands
    plan = with_solution(good_plan(), labels=labels)
    assert {f.uav for f in check(plan) if f.code == "region-split"} == {"one", "two"}


def test_cells_are_neighbours_only_where_the_grid_says() -> None:
    plan = good_plan()
    grid = plan.solution.grid
    assert grid is not None
    neighbours = grid.neighbours.copy()
    own = grid.cells[:, 0] == 0
    neighbours[own, 0] = -1  # no step from the first column to the second, nor back
    neighbours[grid.cells[:, 0] == 1, 2] = -1
    cut = with_solution(plan, grid=replace(grid, neighbours=neighbours))
    # The ground itself now has two parts; that a UAV has both is told, and no error.
    assert "region-islands" in {f.code for f in check(cut) if f.level == "note"}
    assert errors(cut) == set()
    neighbours[own, 0] = np.flatnonzero(own) + 1  # steps that lead one way only
    assert "grid" in errors(with_solution(plan, grid=replace(grid, neighbours=neighbours)))


def test_a_cell_listed_twice_is_caught() -> None:
    grid = good_plan().solution.grid
    assert grid is not None
    cells = grid.cells.copy()
    cells[1] = cells[0]
    assert "grid" in errors(with_solution(good_plan(), grid=replace(grid, cells=cells)))


def test_overlapping_regions_are_caught_unless_they_may() -> None:
    regions = (box(0, 0, 200.5, 200), box(200, 0, 400, 200))
    plan = with_solution(good_plan(), regions=regions)
    assert "share 100.0 m2" in only(check(plan), "regions-overlap").message
    assert errors(with_mission(plan, keep_apart=False)) == set()


def test_a_uav_that_surveys_the_region_of_another_is_caught() -> None:
    regions = good_plan().solution.regions[::-1]
    plan = with_solution(good_plan(), regions=regions, grid=None, labels=None)
    assert "outside-region" in errors(plan)


def test_a_polygon_region_in_two_parts_is_a_note() -> None:
    apart = shapely.union_all([box(0, 0, 90, 200), box(110, 0, 200, 200)])
    regions = (apart, good_plan().solution.regions[1])
    plan = with_solution(good_plan(), regions=regions, grid=None, labels=None)
    assert only(check(plan), "region-islands").level == "note"


def test_shares_more_than_one_cell_off_are_a_warning() -> None:
    plan = good_plan()
    for part, warned in ((0.5, 0), (0.519, 0), (0.53, 2)):
        uavs = tuple(
            replace(uav, share=share)
            for uav, share in zip(plan.mission.uavs, (part, 1 - part), strict=True)
        )
        found = [f for f in check(with_mission(plan, uavs=uavs)) if f.code == "share"]
        assert len(found) == warned
        assert all(f.level == "warning" for f in found)


def test_shares_without_a_grid_are_those_of_the_regions() -> None:
    regions = (box(0, 0, 160, 200), box(160, 0, 400, 200))
    plan = with_solution(good_plan(), regions=regions, grid=None, labels=None)
    assert "share" not in {finding.code for finding in check(plan)}  # nobody asked for any
    halves = tuple(replace(uav, share=0.5) for uav in plan.mission.uavs)
    found = only(check(with_mission(plan, uavs=halves)), "share")
    assert "share wanted 50.0%, given 40.0%" in found.message


def test_a_route_that_no_sortie_flies_is_caught() -> None:
    plan = good_plan()
    found = only(check(replace(plan, sorties=plan.sorties[:1])), "unflown")
    assert found.uav == "two"
    short = sortie_of(0, plan.solution.routes[0].xy_m[:-30], (5.0, 5.0))
    assert "unflown" in errors(replace(plan, sorties=(short, plan.sorties[1])))


def test_a_uav_without_a_route_is_a_warning() -> None:
    plan = good_plan()
    empty = Route(uav=1, xy_m=np.empty((0, 2)), survey=np.empty(0, bool))
    plan = with_solution(plan, routes=(plan.solution.routes[0], empty), grid=None, labels=None)
    plan = replace(plan, sorties=plan.sorties[:1])
    finding = only(check(plan), "no-route")
    assert (finding.level, finding.uav) == ("warning", "two")


def test_low_coverage_is_a_warning_that_says_what_can_be_reached() -> None:
    plan = good_plan()
    empty = Route(uav=1, xy_m=np.empty((0, 2)), survey=np.empty(0, bool))
    plan = with_solution(plan, routes=(plan.solution.routes[0], empty), grid=None, labels=None)
    finding = only(check(replace(plan, sorties=plan.sorties[:1])), "coverage-low")
    assert finding.level == "warning"
    assert "can be reached" in finding.message
    assert "100.00 %" in finding.message
    place = place_m(finding)
    assert place[0] > 200  # in the half of the UAV that stays on the ground


def test_ground_that_is_shut_in_is_told_beside_what_can_be_reached() -> None:
    plan = good_plan()
    empty = Route(uav=1, xy_m=np.empty((0, 2)), survey=np.empty(0, bool))
    lost = Dropped(area_m2=0.25 * AREA.area, x_m=300.0, y_m=100.0, reason="a moat")
    routes = (plan.solution.routes[0], empty)
    plan = with_solution(plan, routes=routes, grid=None, labels=None, dropped=(lost,))
    found = check(replace(plan, sorties=plan.sorties[:1]))
    assert "but 25.00 % are left out, as told below" in only(found, "coverage-low").message
    assert "a moat" in only(found, "dropped").message


@pytest.mark.parametrize(("above", "told"), [(0.004, False), (0.02, True)])
def test_coverage_is_low_from_a_hundredth_of_a_percent_on(above: float, told: bool) -> None:
    plan = good_plan()
    empty = Route(uav=1, xy_m=np.empty((0, 2)), survey=np.empty(0, bool))
    plan = with_solution(plan, routes=(plan.solution.routes[0], empty), grid=None, labels=None)
    plan = replace(plan, sorties=plan.sorties[:1])
    reached = re.search(r"coverage ([0-9.]+) % by exact", only(check(plan), "coverage").message)
    assert reached
    wanted = with_mission(plan, coverage_percent=float(reached[1]) + above)
    assert told == any(f.code == "coverage-low" for f in check(wanted))


def test_ground_that_no_legal_leg_can_reach_is_told() -> None:
    plan = with_mission(good_plan(), border_buffer_m=30.0)
    message = only(check(replace(plan, sorties=plan.sorties[:1])), "coverage-low").message
    room = box(30, 30, 370, 170).buffer(20 * 0.745377, quad_segs=16).intersection(AREA)
    told = re.search(r"fly ([0-9.]+) % can be reached", message)
    assert told
    assert float(told[1]) == pytest.approx(100 * room.area / AREA.area, abs=0.05)


def test_dropped_ground_is_a_warning_with_its_place() -> None:
    dropped = (Dropped(area_m2=321.0, x_m=30.0, y_m=40.0, reason="behind a wall"),)
    finding = only(check(with_solution(good_plan(), dropped=dropped)), "dropped")
    assert "321 m2 are left out: behind a wall" in finding.message
    assert np.allclose(place_m(finding), (30, 40), atol=0.02)


def test_gaps_along_the_rows_of_an_upright_area_are_sampled_as_they_are() -> None:
    plan = good_plan()  # its lines run straight up, and leave strips of 0.4 m between them
    narrow = tuple(replace(vehicle, reach_m=9.8) for vehicle in plan.problem.vehicles)
    plan = replace(plan, problem=replace(plan.problem, vehicles=narrow))
    measured = measure(plan, ground_of(plan.mission, plan.origin_lon_lat_deg))
    assert measured.coverage_percent < 97.5
    assert abs(measured.coverage_percent - measured.sampled_percent) < 0.05


def test_two_measures_of_coverage_that_disagree_are_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from mcpp.check import figures as measured

    def wrong(*_: object, **__: object) -> SampleCounts:
        return SampleCounts(1.0, 1000, 990, 500)

    assert "self-check" not in errors(good_plan())
    monkeypatch.setattr(measured, "sample_coverage", wrong)
    assert "self-check" in errors(good_plan())
