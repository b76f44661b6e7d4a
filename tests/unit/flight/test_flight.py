"""Flights from take-off to landing: legs, heights, entry, findings, resuming."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import LineString, box

from mcpp.check.flights import flight_findings
from mcpp.errors import InfeasibleError, InputError
from mcpp.flight.fly import fly
from mcpp.flight.resume import resume
from mcpp.model import (
    LegKind,
    Mission,
    Plan,
    Problem,
    Route,
    Solution,
    Sortie,
    Uav,
)
from mcpp.pipeline import Bounds, checked
from mcpp.problem.localize import frame_of, localize
from tests.strategies import points_inside, polygons, problem_of, ring_lon_lat_deg

SQUARE = np.array([[20, 20], [20, 180], [180, 180], [180, 20], [20, 20]], float)


def line_of(sortie: Sortie) -> LineString:
    return LineString(sortie.xyz_m[:, :2])


def lawnmower(shape, spacing_m: float) -> np.ndarray:
    """Longest straight stretches of lines across a shape, joined only where the join is legal."""
    west, south, east, north = shape.bounds
    points: list[tuple[float, float]] = []
    for k, y in enumerate(np.arange(south + spacing_m / 2, north, spacing_m)):
        cut = [
            part
            for part in shapely.get_parts(shape.intersection(LineString([(west, y), (east, y)])))
            if part.geom_type == "LineString" and part.length > 2
        ]
        if not cut:
            continue
        row = list(max(cut, key=lambda part: part.length).segmentize(1e9).coords)
        (x0, _), (x1, _) = row[0], row[-1]
        ends = [(x0 + 0.5, y), (x1 - 0.5, y)]
        ends = ends if k % 2 == 0 else ends[::-1]
        if points and not shape.buffer(-0.2).covers(LineString([points[-1], ends[0]])):
            break
        points += ends
    return np.array(points)


def solution_of(*routes: np.ndarray) -> Solution:
    return Solution(
        planner="by hand",
        routes=tuple(
            Route(uav=i, xy_m=xy, survey=np.ones(max(len(xy) - 1, 0), bool))
            for i, xy in enumerate(routes)
        ),
    )


def with_vehicle(problem: Problem, **changes) -> Problem:
    return replace(problem, vehicles=tuple(replace(v, **changes) for v in problem.vehicles))


def plan_of(mission: Mission, *routes: np.ndarray) -> Plan:
    frame = frame_of(mission)
    problem = localize(mission, frame)
    solution = solution_of(*routes)
    empty = Plan(
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=problem,
        solution=solution,
        sorties=fly(problem, solution),
        report=None,  # type: ignore[arg-type]  # made below
        version="test",
    )
    return checked(empty, Bounds())


def test_a_flight_climbs_goes_there_surveys_comes_back_and_lands() -> None:
    problem = with_vehicle(
        problem_of(box(0, 0, 200, 200), starts_m=((5.0, 5.0),)),
        transit_height_m=80.0,
        return_height_m=90.0,
        takeoff_height_m=30.0,
    )
    (sortie,) = fly(problem, solution_of(SQUARE))
    kinds = [LegKind(kind).name for kind in sortie.kind]
    assert kinds == ["TAKEOFF", *["TRANSIT"] * 2, *["SURVEY"] * 4, *["RETURN"] * 2, "LAND"]
    assert sortie.xyz_m[:, 2].tolist() == [0, 30, 80, 60, 60, 60, 60, 60, 90, 90, 0]
    assert sortie.xyz_m[0].tolist() == [5, 5, 0] == sortie.xyz_m[-1].tolist()
    assert sortie.time_s[0] == 0
    assert (np.diff(sortie.time_s) > 0).all()


def test_a_closed_tour_is_entered_at_the_corner_nearest_to_launch_and_landing() -> None:
    problem = problem_of(box(0, 0, 200, 200), starts_m=((195.0, 170.0),))
    (sortie,) = fly(problem, solution_of(SQUARE))
    survey = sortie.xyz_m[1:-1][:, :2]
    first = survey[np.flatnonzero(sortie.kind == LegKind.SURVEY)[0] - 1]
    assert first.tolist() == [180, 180]
    assert sortie.kind.tolist().count(LegKind.SURVEY) == 4


def test_an_open_route_is_flown_from_its_nearer_end() -> None:
    line = np.array([[10, 100], [190, 100]], float)
    problem = problem_of(box(0, 0, 200, 200), starts_m=((195.0, 100.0),))
    (sortie,) = fly(with_vehicle(problem, landing_m=(5.0, 90.0)), solution_of(line))
    assert sortie.xyz_m[sortie.kind.tolist().index(LegKind.SURVEY), 0] == 190
    assert sortie.xyz_m[-1].tolist() == [5, 90, 0]


def test_a_uav_without_launch_point_takes_off_at_its_route() -> None:
    (sortie,) = fly(problem_of(box(0, 0, 200, 200)), solution_of(SQUARE))
    assert sortie.xyz_m[0].tolist() == [20, 20, 0]
    assert LegKind.TRANSIT not in sortie.kind


def test_a_uav_without_launch_point_takes_off_in_the_middle_of_a_route_that_is_too_long() -> None:
    route = np.array([[5.0, 20.0], [395.0, 20.0], [395.0, 40.0], [5.0, 40.0]])
    for endurance_s, reached in ((235.0, True), (180.0, False)):
        problem = with_vehicle(problem_of(box(0, 0, 400, 60)), endurance_s=endurance_s)
        sorties = fly(problem, solution_of(route))
        assert len(sorties) > 1
        assert all(s.time_s[-1] - s.time_s[0] <= endurance_s for s in sorties)
        given = with_vehicle(problem, start_m=(5.0, 20.0), landing_m=(5.0, 20.0))
        if reached:
            assert len(sorties) <= len(fly(given, solution_of(route)))
        else:
            with pytest.raises(InfeasibleError, match="move its launch point nearer"):
                fly(given, solution_of(route))


def test_a_winding_route_is_flown_from_a_part_of_its_length() -> None:
    walls = [
        box(x, 30.0 * (x // 20 % 2), x + 10, 170 + 30.0 * (x // 20 % 2)) for x in (20, 60, 100)
    ]
    walls += [box(x, 30.0, x + 10, 200) for x in (40, 80, 120)]
    problem = problem_of(shapely.difference(box(0, 0, 150, 200), shapely.union_all(walls)))
    legs = [(10, 10), (10, 190), (35, 190), (35, 10), (55, 10), (55, 190), (75, 190), (75, 10)]
    legs += [(95, 10), (95, 190), (115, 190), (115, 10), (140, 10), (140, 190)]
    route = np.array(legs, dtype=float)
    whole_s = fly(with_vehicle(problem, endurance_s=5000.0), solution_of(route))[0].time_s[-1]
    sorties = fly(with_vehicle(problem, endurance_s=0.62 * whole_s), solution_of(route))
    assert len(sorties) > 1


def test_a_uav_that_takes_off_at_its_route_keeps_to_the_survey_height() -> None:
    """Whatever layer is its own: there is no way to go, and so none to keep clear of."""
    problem = with_vehicle(
        problem_of(box(0, 0, 200, 200)), transit_height_m=90.0, return_height_m=95.0
    )
    straight_first = np.vstack([[100, 20], SQUARE[1:], [20, 20], [100, 20]])
    route = replace(solution_of(straight_first).routes[0], survey=np.array([False] + [True] * 5))
    (sortie,) = fly(problem, Solution(planner="by hand", routes=(route,)))
    assert sortie.xyz_m[:, 2].max() == problem.vehicles[0].height_m
    assert sortie.xyz_m[0].tolist() == [*SQUARE[2], 0], "a corner between two survey legs"
    assert sortie.kind.tolist()[0] == LegKind.TAKEOFF
    assert sortie.kind.tolist()[-1] == LegKind.LAND


def test_a_uav_with_an_empty_route_stays_on_the_ground() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2)
    sorties = fly(problem, solution_of(SQUARE, np.empty((0, 2))))
    assert [sortie.uav for sortie in sorties] == [0]


def test_transits_go_round_no_fly_zones() -> None:
    zone = box(60, 20, 140, 200)
    problem = problem_of(box(0, 0, 200, 200), zone, starts_m=((10.0, 190.0),))
    line = np.array([[150, 190], [190, 190]], float)
    (sortie,) = fly(problem, solution_of(line))
    assert not line_of(sortie).intersects(zone)
    assert problem.allowed.covers(line_of(sortie))
    assert line_of(sortie).length > 2 * math.hypot(50, 170)


@settings(max_examples=25)
@given(st.data())
def test_all_legs_stay_in_the_allowed_space(data) -> None:
    shape = data.draw(polygons(max_holes=1))
    start = data.draw(points_inside(shape.buffer(-1.0)))
    problem = problem_of(shape, starts_m=(start,))
    route = lawnmower(shape, 40.0)
    if len(route) < 2:
        route = np.array([start, (start[0] + 0.3, start[1])])
    (sortie,) = fly(problem, solution_of(route))
    assert problem.allowed.buffer(1e-6).covers(line_of(sortie))
    assert (sortie.xyz_m[1:-1, 2] > 0).all()
    assert np.isfinite(sortie.time_s).all()
    assert (np.diff(sortie.time_s) > 0).all()


def test_a_route_in_order_is_flown_from_its_first_point() -> None:
    route = lawnmower(box(0, 0, 200, 200), 20.0)
    problem = problem_of(box(0, 0, 200, 200), starts_m=((5.0, 5.0),))
    problem = with_vehicle(problem, landing_m=(195.0, 195.0))
    free = solution_of(route[::-1])
    kept = replace(free, routes=tuple(replace(r, in_order=True) for r in free.routes))
    (nearest,), (ordered,) = fly(problem, free), fly(problem, kept)
    first = [s.xyz_m[np.flatnonzero(s.kind == LegKind.SURVEY)[0], :2] for s in (nearest, ordered)]
    assert first[0] == pytest.approx(route[0])
    assert first[1] == pytest.approx(route[-1])


def test_hover_and_capture_stops_at_every_photo() -> None:
    line = np.array([[10, 100], [190, 100]], float)
    plain = problem_of(box(0, 0, 200, 200), starts_m=((10.0, 100.0),))
    hover = with_vehicle(plain, trigger="hover", trigger_distance_m=20.0, hover_s=1.0)
    (moving,), (stopping,) = fly(plain, solution_of(line)), fly(hover, solution_of(line))
    survey = np.flatnonzero(stopping.kind == LegKind.SURVEY)
    steps = np.diff(stopping.xyz_m, axis=0)[survey]
    assert len(survey) == 9
    assert np.hypot(steps[:, 0], steps[:, 1]) == pytest.approx(20)
    # 8 stops more of 2.5 s each, 10 photos of 1 s
    assert stopping.time_s[-1] - moving.time_s[-1] == pytest.approx(8 * 2.5 + 10)


def test_connecting_legs_are_told_apart_from_survey_legs() -> None:
    route = Route(
        uav=0,
        xy_m=np.array([[20, 20], [180, 20], [180, 100], [20, 100]], float),
        survey=np.array([True, False, True]),
    )
    (sortie,) = fly(problem_of(box(0, 0, 200, 200)), Solution(planner="by hand", routes=(route,)))
    work = [int(k) for k in sortie.kind if k in (LegKind.SURVEY, LegKind.CONNECT)]
    assert work == [LegKind.SURVEY, LegKind.CONNECT, LegKind.SURVEY]


def codes(plan: Plan) -> set[tuple[str, str]]:
    return {(finding.level, finding.code) for finding in flight_findings(plan)}


@pytest.fixture
def square_mission() -> Mission:
    return Mission(
        area=({"outer_lon_lat_deg": ring_lon_lat_deg(box(0, 0, 400, 400))},),  # type: ignore[arg-type]
        uavs=(Uav(id="one"),),
        scan_distance_m=20,
    )


def small_plan(mission: Mission, **uav) -> Plan:
    changed = replace(mission, uavs=tuple(replace(one, **uav) for one in mission.uavs))
    return plan_of(changed, *[np.array([[-60.0, 0], [60, 0], [60, 20], [-60, 20]])])


def test_without_terrain_the_report_says_what_heights_mean(plain_mission) -> None:
    (note,) = [f for f in flight_findings(small_plan(plain_mission)) if f.code == "heights"]
    assert note.level == "note"
    assert "above the launch point" in note.message


def test_wind_above_the_limit_is_an_error(plain_mission) -> None:
    windy = replace(plain_mission, flight=replace(plain_mission.flight, wind_m_s=9.0))
    assert ("error", "wind") not in codes(small_plan(windy))
    stormy = replace(plain_mission, flight=replace(plain_mission.flight, wind_m_s=10.5))
    assert ("error", "wind") in codes(small_plan(stormy))


def test_a_camera_that_can_not_keep_up_is_named(plain_mission) -> None:
    plan = small_plan(plain_mission, camera="DJI Phantom 4 Pro", speed_m_s=9.0)
    assert {("warning", "speed-blur"), ("warning", "speed-trigger")} <= codes(plan)
    assert not {"speed-blur", "speed-trigger"} & {
        code for _, code in codes(small_plan(plain_mission, camera="DJI Phantom 4 Pro"))
    }


def test_a_broken_flight_is_resumed_from_any_waypoint(plain_mission) -> None:
    plan = small_plan(plain_mission)
    (whole,) = plan.sorties
    survey = np.flatnonzero(whole.kind == LegKind.SURVEY)
    for index in range(int(survey[-1]) + 1):
        (rest,) = resume(plan, "one", index)
        assert rest.kind[0] == LegKind.TAKEOFF
        assert rest.kind[-1] == LegKind.LAND
        assert rest.xyz_m[0].tolist() == whole.xyz_m[0].tolist()
        left = survey[survey >= index]
        assert np.count_nonzero(rest.kind == LegKind.SURVEY) == len(left)
        begin = int(np.flatnonzero(rest.kind == LegKind.SURVEY)[0])
        assert rest.xyz_m[begin].tolist() == whole.xyz_m[left[0]].tolist()
        assert rest.time_s[-1] <= plan.problem.vehicles[0].endurance_s
        assert plan.problem.allowed.covers(line_of(rest))


@pytest.mark.parametrize(
    ("uav", "index", "number", "said"),
    [
        ("two", 1, 1, "there is no UAV 'two'"),
        ("one", 1, 4, "no sortie 4"),
        ("one", 99, 1, "outside 0"),
        ("one", -1, 1, "outside 0"),
        ("one", 6, 1, "nothing is left"),
    ],
)
def test_resuming_what_is_not_there_is_refused(plain_mission, uav, index, number, said) -> None:
    with pytest.raises(InputError, match=said):
        resume(small_plan(plain_mission), uav, index, sortie=number)


def test_the_same_input_gives_the_same_bytes() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2, starts_m=((5.0, 5.0), (5.0, 5.0)))
    routes = solution_of(SQUARE, SQUARE + 3.0)

    def raw(sorties: tuple[Sortie, ...]) -> bytes:
        return b"".join(s.xyz_m.tobytes() + s.time_s.tobytes() for s in sorties)

    assert raw(fly(problem, routes)) == raw(fly(problem, routes))
