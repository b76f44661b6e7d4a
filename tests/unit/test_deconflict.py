"""Separation in space and time: against small steps, by hand, and after staggering."""

from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from shapely.geometry import box

from mcpp.check.flights import separation_findings
from mcpp.flight.deconflict import approaches
from mcpp.flight.fly import fly
from mcpp.flight.order import stagger
from mcpp.model import Plan, Route, Solution, Sortie, Uav
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.vehicles import resolve_vehicles
from tests.strategies import problem_of


def sortie_of(uav: int, points, times, number: int = 1) -> Sortie:
    n = len(points)
    return Sortie(
        uav=uav,
        number=number,
        xyz_m=np.array(points, float),
        kind=np.full(n - 1, 2),
        speed_m_s=np.full(n - 1, 5.0),
        time_s=np.array(times, float),
    )


def nearest(sorties, flat_m=10.0, tall_m=5.0):
    (found,) = approaches(sorties, separation_m=flat_m, vertical_separation_m=tall_m)
    return found


def test_two_uavs_that_meet_head_on_are_found_at_the_right_time() -> None:
    a = sortie_of(0, [(0, 0, 50), (100, 0, 50)], [0, 20])
    b = sortie_of(1, [(100, 3, 50), (0, 3, 50)], [0, 20])
    found = nearest([a, b])
    assert found.horizontal_m == pytest.approx(3)
    assert found.horizontal_time_s == pytest.approx(10)
    assert (found.x_m, found.y_m) == pytest.approx((50, 0))


def test_layers_and_times_part_uavs() -> None:
    a = sortie_of(0, [(0, 0, 50), (100, 0, 50)], [0, 20])
    above = sortie_of(1, [(100, 0, 55), (0, 0, 55)], [0, 20])
    found = nearest([a, above])
    assert found.horizontal_m == np.inf
    assert found.vertical_m == pytest.approx(5)
    later = sortie_of(1, [(100, 0, 50), (0, 0, 50)], [20, 40])
    assert approaches([a, later], separation_m=10, vertical_separation_m=5) == ()


def test_a_climb_through_anothers_height_is_seen() -> None:
    a = sortie_of(0, [(0, 0, 60), (100, 0, 60)], [0, 20])
    b = sortie_of(1, [(50, 4, 0), (50, 4, 120)], [0, 20])
    found = nearest([a, b])
    assert found.horizontal_m == pytest.approx(4)
    assert found.vertical_m == pytest.approx(0)
    assert found.horizontal_time_s == pytest.approx(10, abs=0.1)


random_sorties = st.lists(
    st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(0, 20), st.integers(1, 20)),
    min_size=2,
    max_size=6,
)


def drawn(uav: int, rows) -> Sortie:
    rows = np.array(rows, float)
    return sortie_of(uav, rows[:, :3], np.cumsum(rows[:, 3]))


@settings(max_examples=60)
@given(random_sorties, random_sorties)
def test_the_closest_approach_is_that_of_small_steps(one, two) -> None:
    """Naive twin: look every twentieth of a second."""
    a, b = drawn(0, one), drawn(1, two)
    begin, end = max(a.time_s[0], b.time_s[0]), min(a.time_s[-1], b.time_s[-1])
    found = approaches([a, b], separation_m=12.0, vertical_separation_m=4.0)
    if begin >= end:
        assert found == ()
        return
    times = np.linspace(begin, end, int((end - begin) * 20) + 2)
    apart = np.array(
        [
            np.interp(times, b.time_s, b.xyz_m[:, k]) - np.interp(times, a.time_s, a.xyz_m[:, k])
            for k in range(3)
        ]
    )
    flat, tall = np.hypot(apart[0], apart[1]), np.abs(apart[2])
    near = found[0]
    step = np.abs(np.diff(apart, axis=1)).sum(axis=0).max() + 1e-9
    if (tall < 4.0).any():
        assert near.horizontal_m <= flat[tall < 4.0].min() + 1e-6
    if np.isfinite(near.horizontal_m):
        at = int(np.argmin(np.abs(times - near.horizontal_time_s)))
        assert flat[at] == pytest.approx(near.horizontal_m, abs=2 * step)
        assert tall[at] <= 4.0 + 2 * step
    if (flat < 12.0).any():
        assert near.vertical_m <= tall[flat < 12.0].min() + 1e-6


@settings(max_examples=25)
@given(st.integers(2, 4), st.integers(0, 3), st.data())
def test_staggered_flights_keep_the_wanted_separation(count, meeting, data) -> None:
    """All launch at one place and cross each other's ways at one height."""
    corners = [
        data.draw(st.tuples(st.integers(5, 195), st.integers(5, 195))) for _ in range(2 * count)
    ]
    start = [(100.0, 100.0), (5.0, 5.0), (190.0, 20.0), (60.0, 150.0)][meeting]
    problem = problem_of(box(0, 0, 200, 200), count=count, starts_m=(start,) * count)
    routes = []
    for i in range(count):
        a, b = corners[2 * i], corners[2 * i + 1]
        xy = np.array([a, b if b != a else (a[0] + 1, a[1])], float)
        routes.append(Route(uav=i, xy_m=xy, survey=np.ones(1, bool)))
    sorties = fly(problem, Solution(planner="by hand", routes=tuple(routes)))
    assert len(sorties) == count
    for found in approaches(sorties, separation_m=10, vertical_separation_m=5):
        assert found.horizontal_m >= 10 - 1e-5


def test_the_first_uav_waits_for_none_and_swaps_are_kept() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2)
    line = [(0, 0, 50), (100, 0, 50)]
    sorties = (
        sortie_of(0, line, [0, 20]),
        sortie_of(0, line, [30, 50], number=2),
        sortie_of(1, line, [0, 20]),
    )
    out = stagger(sorties, problem.vehicles, separation_m=10, vertical_separation_m=5)
    assert [(s.uav, s.number) for s in out] == [(0, 1), (0, 2), (1, 1)]
    assert out[0].time_s[0] == 0
    assert out[1].time_s[0] >= out[0].time_s[-1] + problem.vehicles[0].swap_s
    assert 0 < out[2].time_s[0] <= 5  # 10 m behind at 5 m/s is 2 s
    for found in approaches(out, separation_m=10, vertical_separation_m=5):
        assert found.horizontal_m >= 10 - 1e-5


def test_the_longest_flight_does_not_wait_for_the_others() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2)
    short, long = [(0, 0, 50), (100, 0, 50)], [(0, 0, 50), (200, 0, 50)]
    out = stagger(
        (sortie_of(0, short, [0, 20]), sortie_of(1, long, [0, 40])),
        problem.vehicles,
        separation_m=10,
        vertical_separation_m=5,
    )
    assert out[1].time_s[0] == 0 < out[0].time_s[0]


def test_a_flight_that_would_wait_is_flown_the_other_way_round_if_that_ends_earlier() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2)
    north = sortie_of(0, [(0, 0, 50), (0, 100, 50), (0, 0, 50)], [0, 21, 42])
    square = [(20, 0, 50), (1, 90, 50), (90, 90, 50), (20, 0, 50)]
    near = sortie_of(1, square, [0, 20, 40, 60])
    keep = partial(stagger, separation_m=10, vertical_separation_m=5)
    waiting = keep((near, north), problem.vehicles)
    assert waiting[0].time_s[0] == 0 < waiting[1].time_s[0]  # the longer flight goes first
    turned = replace(north, xyz_m=north.xyz_m - [40, 0, 0])
    out = keep((near, north), problem.vehicles, turned={1: lambda: turned})
    assert out[1].xyz_m.tolist() == turned.xyz_m.tolist()
    assert out[1].time_s[-1] < waiting[1].time_s[-1]
    slow = replace(turned, time_s=turned.time_s * 9)
    kept = keep((near, north), problem.vehicles, turned={1: lambda: slow})
    assert kept[1].xyz_m.tolist() == north.xyz_m.tolist()


def two_uav_plan(small_mission, sorties, **flight) -> Plan:
    mission = replace(small_mission, flight=replace(small_mission.flight, **flight))
    frame = frame_of(mission)
    return Plan(
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=localize(mission, frame),
        solution=Solution(planner="by hand", routes=()),
        sorties=sorties,
        report=None,  # type: ignore[arg-type]  # not looked at
        version="test",
    )


def test_too_little_separation_is_an_error_unless_the_mission_accepts_it(small_mission) -> None:
    meeting = (
        sortie_of(0, [(0, 0, 50), (100, 0, 50)], [0, 20]),
        sortie_of(1, [(100, 3, 50), (0, 3, 50)], [0, 20]),
    )
    (error,) = separation_findings(two_uav_plan(small_mission, meeting))
    assert (error.level, error.code) == ("error", "separation")
    assert error.amount_m == pytest.approx(3)
    assert "10 s after the start" in error.message
    (warning,) = separation_findings(
        two_uav_plan(small_mission, meeting, accept_low_separation=True)
    )
    assert warning.level == "warning"
    (note,) = separation_findings(two_uav_plan(small_mission, meeting, separation_m=2.0))
    assert note.level == "note"
    assert "3.0 m" in note.message


def test_layers_of_a_fleet_part_all_pairs_of_transits(small_mission) -> None:
    fleet = tuple(Uav(id=f"u{i}") for i in range(5))
    vehicles = resolve_vehicles(replace(small_mission, uavs=fleet), frame_of(small_mission))
    for one, two in combinations(vehicles, 2):
        assert abs((one.transit_height_m or 0) - (two.transit_height_m or 0)) >= 5
        assert (one.transit_height_m or 0) >= two.height_m + 5
