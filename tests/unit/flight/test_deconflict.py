"""Separation in space and time: against small steps, by hand, and after staggering."""

from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from shapely.geometry import box

from mcpp.check.flights import separation_findings
from mcpp.check.separation import Approach, Flight, Separation, approaches, place_at
from mcpp.flight.deconflict import Apart
from mcpp.flight.fly import fly
from mcpp.flight.motion import pass_times_s
from mcpp.flight.order import stagger
from mcpp.flight.phases import flight_phases
from mcpp.model import Plan, Route, Solution, Sortie, Uav, Vehicle
from mcpp.problem.localize import frame_of, localize
from mcpp.problem.vehicles import resolve_vehicles
from tests.strategies import problem_of

CRAFT = problem_of(box(0, 0, 200, 200)).vehicles[0]
APART = Apart(horizontal_m=10, vertical_m=5, tolerance=0.05, tolerance_s=10)
PUNCTUAL = Separation(horizontal_m=10, vertical_m=5, tolerance=0.0, tolerance_s=0.0)
USUAL = Separation(horizontal_m=10, vertical_m=5, tolerance=0.05, tolerance_s=10)


def sortie_of(uav: int, points, begin_s: float = 0.0, number: int = 1) -> Sortie:
    xyz, kind = np.array(points, float), np.full(len(points) - 1, 2, np.int32)
    return Sortie(
        uav=uav,
        number=number,
        xyz_m=xyz,
        kind=kind,
        speed_m_s=np.full(len(kind), 5.0),
        time_s=begin_s + pass_times_s(xyz, kind, CRAFT),
    )


def flight_of(sortie: Sortie, first_s: float | None = None, vehicle: Vehicle = CRAFT) -> Flight:
    begin_s = float(sortie.time_s[0])
    phases = flight_phases(sortie.xyz_m, sortie.kind, vehicle, begin_s=begin_s)
    return Flight(uav=sortie.uav, phases=phases, first_s=begin_s if first_s is None else first_s)


def nearest(sorties, wanted: Separation = PUNCTUAL):
    (found,) = approaches([flight_of(sortie) for sortie in sorties], wanted)
    return found


def test_two_uavs_that_meet_head_on_are_found_at_the_right_time() -> None:
    a = sortie_of(0, [(0, 0, 50), (100, 0, 50)])
    b = sortie_of(1, [(100, 3, 50), (0, 3, 50)])
    found = nearest([a, b])
    assert found.horizontal_m == pytest.approx(3, abs=0.01)
    assert found.horizontal_time_s == pytest.approx(a.time_s[-1] / 2, abs=0.6)
    assert (found.x_m, found.y_m) == pytest.approx((50, 0), abs=3)


def test_layers_and_times_part_uavs() -> None:
    a = sortie_of(0, [(0, 0, 50), (100, 0, 50)])
    above = sortie_of(1, [(100, 0, 55), (0, 0, 55)])
    found = nearest([a, above])
    assert found.horizontal_m == np.inf
    assert found.vertical_m == pytest.approx(5)
    later = sortie_of(1, [(100, 0, 50), (0, 0, 50)], begin_s=float(a.time_s[-1]) + 0.1)
    assert approaches([flight_of(a), flight_of(later)], PUNCTUAL) == ()
    assert nearest([a, later], USUAL).horizontal_m == pytest.approx(0, abs=0.01)
    late = replace(
        later, time_s=later.time_s + 10
    )  # `later` is not early, `a` is at most 10 s late
    assert approaches([flight_of(a), flight_of(late)], USUAL) == ()


def test_uavs_that_speed_up_and_brake_meet_where_even_motion_would_not() -> None:
    """From rest the one is 25 m behind the place that even motion gives it."""
    fast = replace(CRAFT, speed_m_s=10.0, transit_speed_m_s=10.0)
    way = np.array([(0, 0, 50), (100, 0, 50)], float)
    a = flight_of(sortie_of(0, way), vehicle=fast)
    assert a.phases.time_s[-1] == pytest.approx(15)
    assert place_at(a.phases, 5.0)[0] == pytest.approx(25)
    crossing = sortie_of(1, [(25, -20, 50), (25, 0, 50), (25, 40, 50)])
    at = float(crossing.time_s[1])  # flown past, without a stop
    met = replace(a, phases=replace(a.phases, time_s=a.phases.time_s + at - 5.0), first_s=at - 5.0)
    (found,) = approaches([met, flight_of(crossing)], PUNCTUAL)
    assert found.horizontal_m == pytest.approx(0, abs=0.01)


def test_without_a_wanted_height_between_them_no_height_is_enough() -> None:
    low, high = [(0, 0, 50), (100, 0, 50)], [(100, 3, 500), (0, 3, 500)]
    found = nearest([sortie_of(0, low), sortie_of(1, high)], replace(PUNCTUAL, vertical_m=0.0))
    assert found.horizontal_m == pytest.approx(3, abs=0.01)


def test_a_climb_through_anothers_height_is_seen() -> None:
    a = sortie_of(0, [(0, 0, 60), (100, 0, 60)])
    b = sortie_of(1, [(30, 4, 0), (30, 4, 120)])
    found = nearest([a, b], USUAL)
    assert found.horizontal_m == pytest.approx(4, abs=0.01)
    assert found.vertical_m == pytest.approx(0, abs=0.01)


def test_a_second_sortie_is_late_by_what_the_first_one_was() -> None:
    """1000 s after the first take-off it may be 50 s late, though never early at its take-off."""
    a = sortie_of(0, [(0, 0, 50), (100, 0, 50)], begin_s=1000.0, number=2)
    b = sortie_of(1, [(0, 0, 50), (100, 0, 50)], begin_s=1000.0 + float(a.time_s[-1] - 1000) + 30)
    second, other = flight_of(a, first_s=0.0), flight_of(b)
    assert approaches([flight_of(a), other], USUAL) == ()
    (found,) = approaches([second, other], USUAL)
    assert found.horizontal_m == pytest.approx(0, abs=0.01)


random_points = st.lists(
    st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(0, 20)),
    min_size=2,
    max_size=5,
    unique=True,
)


def passed_s(flight: Flight, wanted: Separation, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Earliest and latest time at which the place of a time of its own is passed."""
    begin = flight.phases.time_s[0]
    least = wanted.tolerance_s
    early = np.maximum(begin, t - np.maximum(least, wanted.tolerance * (t - begin)))
    return early, t + np.maximum(least, wanted.tolerance * (t - flight.first_s))


@settings(max_examples=30)
@given(random_points, random_points, st.floats(0, 30), st.sampled_from([0.0, 2.0, 10.0]))
def test_the_closest_approach_is_that_of_small_steps(one, two, begin_s, tolerance_s) -> None:
    """Naive twin: all pairs of places of both ways, looked at in small steps of time."""
    wanted = Separation(horizontal_m=12, vertical_m=4, tolerance=0.1, tolerance_s=tolerance_s)
    a, b = flight_of(sortie_of(0, one)), flight_of(sortie_of(1, two, begin_s=begin_s))
    found = approaches([a, b], wanted)
    step_s = 0.25
    places, windows = [], []
    for flight in (a, b):
        begin, end = flight.phases.time_s[[0, -1]]
        t = np.append(np.arange(begin, end, step_s), end)
        places.append(np.array([place_at(flight.phases, when) for when in t]))
        windows.append(passed_s(flight, wanted, t))
    together = windows[0][0][:, None] <= windows[1][1][None]
    together &= windows[1][0][None] <= windows[0][1][:, None]
    away = places[0][:, None] - places[1][None]
    flat, tall = np.hypot(away[..., 0], away[..., 1]), np.abs(away[..., 2])
    level, over = together & (tall < 4.0), together & (flat < 12.0)
    if not together.any():
        assert not found or found[0].horizontal_m > 0  # at most ends that just touch
        return
    step_m = 2 * step_s * 5.0
    if level.any():
        assert found[0].horizontal_m <= flat[level].min() + 1e-6
        wide = together & (tall < 4.0 + step_m)
        assert found[0].horizontal_m >= flat[wide].min() - 2 * step_m
    if over.any():
        assert found[0].vertical_m <= tall[over].min() + 1e-6


def kept(problem, sorties) -> tuple[Approach, ...]:
    """What the check measures of some flights of a problem."""
    flights = [
        replace(
            flight_of(one, vehicle=problem.vehicles[one.uav]),
            first_s=min(float(s.time_s[0]) for s in sorties if s.uav == one.uav),
        )
        for one in sorties
    ]
    return approaches(flights, USUAL)


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
    for found in kept(problem, sorties):
        assert found.horizontal_m >= 10


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 5.0]))
def test_sorties_of_a_fleet_are_staggered_as_the_check_wants_it(seed, vertical_m) -> None:
    """Ways at random heights, two sorties each; the check and the choice share no formula."""
    rng = np.random.default_rng(seed)
    problem = problem_of(box(0, 0, 200, 200), count=3)
    sorties = tuple(
        sortie_of(uav, rng.uniform(0, 120, (4, 3)) * (1, 1, 0.3), number=number)
        for uav in range(3)
        for number in (1, 2)
    )
    apart = replace(APART, vertical_m=vertical_m)
    out = stagger(sorties, problem.vehicles, apart=apart)
    wanted = replace(USUAL, vertical_m=vertical_m)
    first_s = {s.uav: float(s.time_s[0]) for s in out if s.number == 1}
    for found in approaches([flight_of(s, first_s[s.uav]) for s in out], wanted):
        assert found.horizontal_m >= 10
    for one, two in zip(out[::2], out[1::2], strict=True):
        assert two.time_s[0] >= one.time_s[-1] + problem.vehicles[one.uav].swap_s


def test_one_of_two_that_cross_waits_and_swaps_are_kept() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2)
    line = [(0, 0, 50), (100, 0, 50)]
    sorties = (sortie_of(0, line), sortie_of(0, line, number=2), sortie_of(1, line))
    out = stagger(sorties, problem.vehicles, apart=APART)
    assert [(s.uav, s.number) for s in out] == [(0, 1), (0, 2), (1, 1)]
    assert out[1].time_s[0] >= out[0].time_s[-1] + problem.vehicles[0].swap_s
    assert sorted([out[0].time_s[0], out[2].time_s[0]])[0] == 0
    # 10 m behind at 5 m/s, and both 10 s off
    assert 20 < abs(out[2].time_s[0] - out[0].time_s[0]) <= 30


def test_the_order_is_that_which_lets_the_last_land_first() -> None:
    """The way of the second crosses the end of the first one's: it waits, or goes before it."""
    problem = problem_of(box(0, 0, 400, 200), count=2)
    long = sortie_of(0, [(0, 0, 50), (300, 0, 50), (0, 0, 50)])
    short = sortie_of(1, [(5, 2, 50), (5, 30, 50)])
    out = stagger((long, short), problem.vehicles, apart=APART)
    assert max(s.time_s[-1] for s in out) <= long.time_s[-1] + 35
    assert (out[0].time_s[0] == 0) or (out[1].time_s[0] == 0)


def test_a_flight_that_would_wait_is_flown_the_other_way_round_if_that_ends_earlier() -> None:
    problem = problem_of(box(0, 0, 200, 200), count=2)
    north = sortie_of(0, [(0, 0, 50), (0, 100, 50), (0, 0, 50)])
    near = sortie_of(1, [(20, 0, 50), (1, 90, 50), (90, 90, 50), (20, 0, 50)])
    keep = partial(stagger, apart=APART)
    waiting = keep((near, north), problem.vehicles)
    assert max(one.time_s[0] for one in waiting) > 0
    turned = replace(north, xyz_m=north.xyz_m - [40, 0, 0])
    out = keep((near, north), problem.vehicles, others=[(), (lambda: [turned],)])
    if waiting[1].time_s[0] > 0:
        assert out[1].xyz_m.tolist() == turned.xyz_m.tolist()
        assert max(s.time_s[-1] for s in out) < max(s.time_s[-1] for s in waiting)
    longer = sortie_of(0, [(-40, 0, 50), (-40, 900, 50), (-40, 0, 50)])
    kept_way = keep((near, north), problem.vehicles, others=[(), (lambda: [longer],)])
    assert kept_way[1].xyz_m.tolist() == north.xyz_m.tolist()


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
        sortie_of(0, [(0, 0, 50), (100, 0, 50)]),
        sortie_of(1, [(100, 3, 50), (0, 3, 50)]),
    )
    (error,) = separation_findings(two_uav_plan(small_mission, meeting))
    assert (error.level, error.code) == ("error", "separation")
    assert error.amount_m == pytest.approx(3, abs=0.01)
    assert "wanted 10 m" in error.message
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
