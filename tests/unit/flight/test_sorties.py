"""Cutting routes by battery and by item limit."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import LineString, box

from mcpp.errors import InfeasibleError
from mcpp.export.items import mission_items
from mcpp.flight.fly import airway_of, fly
from mcpp.flight.legs import subdivided
from mcpp.flight.sorties import cut_route, item_bound
from mcpp.model import LegKind, Plan, Route, Solution, Vehicle
from mcpp.problem.localize import frame_of, localize
from tests.strategies import problem_of


def airway(start=(5.0, 5.0), side_m=400.0, **changes):
    problem = problem_of(box(0, 0, side_m, side_m), starts_m=(start,))
    fields = {name: getattr(problem.vehicles[0], name) for name in Vehicle.__dataclass_fields__}
    vehicle = Vehicle(**{**fields, **changes})
    return airway_of(
        type(problem)(
            target=problem.target,
            allowed=problem.allowed,
            no_fly=problem.no_fly,
            vehicles=(vehicle,),
        ),
        0,
        np.array(start),
    )


def lanes(side_m: float, spacing_m: float) -> np.ndarray:
    points = []
    for k, y in enumerate(np.arange(spacing_m / 2, side_m, spacing_m)):
        ends = [(10.0, y), (side_m - 10.0, y)]
        points += ends if k % 2 == 0 else ends[::-1]
    return np.array(points)


def surveyed(sorties) -> shapely.Geometry:
    legs = [
        LineString(sortie.xyz_m[i : i + 2, :2])
        for sortie in sorties
        for i in np.flatnonzero(sortie.kind == LegKind.SURVEY)
    ]
    return shapely.union_all(legs)


@settings(max_examples=40)
@given(
    st.integers(200, 1500),
    st.floats(2, 12),
    st.floats(0.5, 4),
    st.sampled_from([20.0, 40.0, 80.0]),
    st.tuples(st.integers(5, 395), st.integers(5, 395)),
    st.sampled_from(["stop", "loiter"]),
    st.floats(0, 4),
)
def test_no_sortie_ends_below_the_reserve_and_all_is_surveyed(
    endurance_s, speed, acceleration, spacing_m, start, turn, wind
):
    way = airway(
        start=(float(start[0]), float(start[1])),
        endurance_s=float(endurance_s),
        speed_m_s=speed,
        transit_speed_m_s=speed,
        acceleration_m_s2=acceleration,
        spacing_m=spacing_m,
        turn=turn,
        turn_radius_m=10.0,
        wind_m_s=(wind / 2, -wind / 2),
    )
    route = lanes(400.0, spacing_m)
    survey = np.ones(len(route) - 1, bool)
    try:
        sorties = cut_route(way, route, survey)
    except InfeasibleError:
        # a single piece, the way there and back are too much
        fine, _ = subdivided(route, survey, 2 * spacing_m)
        pieces = [way.sortie(np.array(piece), survey[:1]) for piece in pairwise(fine)]
        assert max(piece.time_s[-1] for piece in pieces) > endurance_s
        return
    for number, sortie in enumerate(sorties, start=1):
        assert sortie.number == number
        assert sortie.time_s[-1] - sortie.time_s[0] <= endurance_s
        assert sortie.kind[0] == LegKind.TAKEOFF
        assert sortie.kind[-1] == LegKind.LAND
        assert sortie.xyz_m[0].tolist() == [*start, 0]
        assert item_bound(sortie) <= 500
    for before, after in pairwise(sorties):
        assert after.time_s[0] == pytest.approx(before.time_s[-1] + way.vehicle.swap_s)
    missing = LineString(route).difference(surveyed(sorties).buffer(1e-3))
    assert missing.length < 1e-6


def test_no_cut_needs_fewer_sorties() -> None:
    """Naive twin: shortest number of pieces over all cuts at the points of a short route."""
    route = lanes(400.0, 60.0)
    survey = np.ones(len(route) - 1, bool)
    for endurance_s in (330.0, 400.0, 600.0, 900.0):
        way = airway(endurance_s=endurance_s, spacing_m=60.0)
        n = len(route)
        best = [0] + [999] * (n - 1)
        for j in range(1, n):
            for i in range(j):
                if way.sortie(route[i : j + 1], survey[i:j]).time_s[-1] <= endurance_s:
                    best[j] = min(best[j], best[i] + 1)
        assert len(cut_route(way, route, survey)) <= best[-1]


def test_a_route_that_fits_is_one_sortie_with_no_points_added() -> None:
    route = lanes(400.0, 40.0)
    (sortie,) = cut_route(airway(endurance_s=5000.0), route, np.ones(len(route) - 1, bool))
    survey = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    assert np.array_equal(sortie.xyz_m[survey[0] : survey[-1] + 2, :2], route)


def test_a_leg_longer_than_a_battery_is_cut_in_its_middle() -> None:
    route = np.array([[10.0, 200.0], [1990.0, 200.0]])
    way = airway(start=(1000.0, 10.0), side_m=2000.0, endurance_s=500.0)
    sorties = cut_route(way, route, np.array([True]))
    assert len(sorties) == 3
    assert surveyed(sorties).length == pytest.approx(1980.0)


def test_connecting_legs_are_not_flown_at_the_ends_of_a_sortie() -> None:
    route = np.array([[10, 10], [390, 10], [390, 390], [10, 390]], float)
    sorties = cut_route(airway(endurance_s=330.0), route, np.array([True, False, True]))
    assert len(sorties) > 1
    for sortie in sorties:
        work = sortie.kind[(sortie.kind == LegKind.SURVEY) | (sortie.kind == LegKind.CONNECT)]
        assert work[0] == LegKind.SURVEY
        assert work[-1] == LegKind.SURVEY


def test_the_item_limit_cuts_as_well() -> None:
    route = lanes(400.0, 10.0)
    survey = np.ones(len(route) - 1, bool)
    way = airway(endurance_s=1e5, spacing_m=10.0)
    assert len(cut_route(way, route, survey)) == 1
    cut = cut_route(way, route, survey, max_items=40)
    assert len(cut) > 1
    assert all(item_bound(sortie) <= 40 for sortie in cut)
    counted = cut_route(way, route, survey, max_items=30, count_items=lambda s: len(s.xyz_m))
    assert all(len(sortie.xyz_m) <= 30 for sortie in counted)


def test_flights_hold_no_more_points_than_the_aircraft_takes() -> None:
    route = lanes(400.0, 10.0)
    survey = np.ones(len(route) - 1, bool)
    way = airway(endurance_s=1e5, spacing_m=10.0, most_points=30)
    cut = cut_route(way, route, survey)
    assert len(cut) > 1
    # a waypoint is a point in the air: the ground at either end is none
    assert max(len(sortie.xyz_m) - 2 for sortie in cut) == 30
    assert surveyed(cut).length == pytest.approx(
        surveyed(cut_route(airway(endurance_s=1e5, spacing_m=10.0), route, survey)).length
    )


def test_a_place_out_of_reach_is_refused_with_its_times() -> None:
    route = np.array([[390.0, 390.0], [390.0, 300.0]])
    with pytest.raises(InfeasibleError, match=r"uav-1: one leg .* endurance is 150 s"):
        cut_route(airway(endurance_s=150.0), route, np.array([True]))


@pytest.mark.parametrize("trigger", ["none", "distance", "hover"])
@pytest.mark.parametrize("wind_m_s", [0.0, 9.0])
def test_the_items_that_are_written_are_never_more_than_the_bound(
    small_mission, trigger, wind_m_s
) -> None:
    mission = replace(
        small_mission,
        uavs=tuple(replace(uav, camera="DJI Mini 2") for uav in small_mission.uavs),
        flight=replace(
            small_mission.flight, trigger=trigger, wind_m_s=wind_m_s, heading="fixed", sidelap=0.3
        ),
    )
    frame = frame_of(mission)
    problem = localize(mission, frame)
    xy = np.array([[-150, -130], [150, -130], [150, -100], [-150, -100]], float)
    route = Route(uav=0, xy_m=xy, survey=np.array([True, False, True]))
    solution = Solution(planner="by hand", routes=(route,))
    (sortie,) = fly(problem, solution)
    plan = Plan(
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=problem,
        solution=solution,
        sorties=(sortie,),
        report=None,  # type: ignore[arg-type]  # not looked at
        version="test",
    )
    written = len(mission_items(plan, sortie))
    assert written <= item_bound(sortie, hover=trigger == "hover") <= written + 14
