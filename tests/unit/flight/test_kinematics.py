"""The time model: worked examples, and a naive twin that takes small steps."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mcpp.errors import InfeasibleError
from mcpp.flight.motion import ground_speed_m_s, leg_speeds_m_s, pass_times_s
from mcpp.flight.phases import flight_phases
from mcpp.ground.kinematics import (
    count_stops,
    java_time_s,
    route_time_s,
)
from mcpp.model import LegKind, Vehicle

SURVEY = int(LegKind.SURVEY)


def vehicle_of(**changes) -> Vehicle:
    values = {
        "id": "a", "start_m": None, "landing_m": None, "share": 1.0, "spacing_m": 20.0,
        "reach_m": 15.0, **changes,
    }  # fmt: skip
    return Vehicle(**values)


def flat(points) -> tuple[np.ndarray, np.ndarray]:
    xy = np.array(points, float)
    xyz = np.column_stack([xy, np.full(len(xy), 50.0)])
    return xyz, np.full(len(xy) - 1, SURVEY, dtype=np.int32)


def vehicle_route_time_s(xy_m, vehicle: Vehicle) -> float:
    return route_time_s(
        xy_m,
        speed_m_s=vehicle.speed_m_s,
        acceleration_m_s2=vehicle.acceleration_m_s2,
        turn=vehicle.turn,
        turn_radius_m=vehicle.turn_radius_m,
    )


def test_a_corner_at_5_m_s_and_2_m_s2_costs_two_and_a_half_seconds() -> None:
    straight = route_time_s(np.array([[0, 0], [200.0, 0]]), speed_m_s=5, acceleration_m_s2=2)
    bent = route_time_s(
        np.array([[0, 0], [100.0, 0], [100, 100]]), speed_m_s=5, acceleration_m_s2=2
    )
    assert straight == pytest.approx(200 / 5 + 2.5)
    assert bent - straight == pytest.approx(2.5)


def test_the_papers_planner_is_reproduced() -> None:
    assert java_time_s(300, 10, 3) == pytest.approx(100 + 10 * 0.6)


def test_a_leg_too_short_to_reach_cruise_is_two_ramps() -> None:
    # v^2 / a = 12.5 m at 5 m/s and 2 m/s2
    short = route_time_s(np.array([[0, 0], [8.0, 0]]), speed_m_s=5, acceleration_m_s2=2)
    assert short == pytest.approx(2 * math.sqrt(8 / 2))


def test_fly_by_and_loiter_corners_cost_what_the_model_says() -> None:
    corner = np.array([[0, 0], [100.0, 0], [100, 100]])
    plain = 200 / 5 + 2.5
    stopping = vehicle_route_time_s(corner, vehicle_of())
    cutting = vehicle_route_time_s(corner, vehicle_of(turn="fly-by", turn_radius_m=2.0))
    circling = vehicle_route_time_s(corner, vehicle_of(turn="loiter", turn_radius_m=20.0))
    # through the corner at sqrt(2 * 2) = 2 m/s: (v - c)^2 / (a v) = 0.9 s lost
    assert cutting == pytest.approx(plain + 0.9)
    assert circling == pytest.approx(plain + math.pi / 2 * 20 / 5)
    assert stopping == pytest.approx(plain + 2.5)


polylines = st.lists(
    st.tuples(st.integers(-200, 200), st.integers(-200, 200)), min_size=2, max_size=12, unique=True
).map(lambda points: np.array(points, float))


@given(polylines, st.floats(1, 20), st.floats(0.5, 5), st.sampled_from(["stop", "loiter"]))
def test_whole_flights_and_planners_agree_on_flat_routes(xy, speed, acceleration, turn) -> None:
    vehicle = vehicle_of(
        speed_m_s=speed, acceleration_m_s2=acceleration, turn=turn, turn_radius_m=15.0
    )
    times = pass_times_s(*flat(xy), vehicle)
    assert (np.diff(times) > 0).all()
    assert times[-1] == pytest.approx(vehicle_route_time_s(xy, vehicle), rel=1e-9)


@given(polylines, st.floats(1, 15), st.floats(0.5, 5))
def test_the_time_of_a_stop_and_go_flight_is_that_of_small_steps(xy, speed, acceleration) -> None:
    """Naive twin: the way from the last and to the next stop bounds the speed everywhere."""
    unit = np.diff(xy, axis=0)
    unit /= np.hypot(*unit.T)[:, None]
    length = np.hypot(*np.diff(xy, axis=0).T)
    stops = [0.0]
    for i in range(1, len(unit)):
        if unit[i - 1] @ unit[i] < math.cos(math.radians(30)) - 1e-12:
            stops.append(length[:i].sum())
    stops.append(length.sum())
    total = 0.0
    for a, b in pairwise(stops):
        edges = a + (b - a) * (1 - np.cos(np.linspace(0, math.pi, 2001))) / 2
        middle = (edges[1:] + edges[:-1]) / 2
        fastest = np.sqrt(2 * acceleration * np.minimum(middle - a, b - middle))
        total += (np.diff(edges) / np.minimum(fastest, speed)).sum()
    found = route_time_s(xy, speed_m_s=speed, acceleration_m_s2=acceleration)
    assert found == pytest.approx(total, rel=2e-3)


def test_head_wind_and_cross_wind_slow_a_wing() -> None:
    east = np.array([[1.0, 0.0]])
    assert ground_speed_m_s(east, air_speed_m_s=15, wind_m_s=(-5, 0)) == pytest.approx([10])
    assert ground_speed_m_s(east, air_speed_m_s=15, wind_m_s=(5, 0)) == pytest.approx([20])
    across = ground_speed_m_s(east, air_speed_m_s=15, wind_m_s=(0, 9))
    assert across == pytest.approx([12])


def test_a_multirotor_keeps_its_ground_speed_until_the_air_speed_runs_out() -> None:
    xyz, kind = flat([(0, 0), (300, 0)])
    still = vehicle_of(speed_m_s=8.0, max_air_speed_m_s=12.0)
    breeze = vehicle_of(speed_m_s=8.0, max_air_speed_m_s=12.0, wind_m_s=(-3.0, 0.0))
    storm = vehicle_of(speed_m_s=8.0, max_air_speed_m_s=12.0, wind_m_s=(-9.0, 0.0))
    assert leg_speeds_m_s(xyz, kind, still) == pytest.approx([8])
    assert leg_speeds_m_s(xyz, kind, breeze) == pytest.approx([8])
    assert leg_speeds_m_s(xyz, kind, storm) == pytest.approx([3])
    assert pass_times_s(xyz, kind, storm)[-1] > 2 * pass_times_s(xyz, kind, still)[-1]


@pytest.mark.parametrize("kind", ["multirotor", "fixed-wing"])
def test_wind_that_can_not_be_flown_against_is_refused(kind) -> None:
    vehicle = vehicle_of(kind=kind, speed_m_s=12.0, max_air_speed_m_s=12.0, wind_m_s=(0.0, 14.0))
    with pytest.raises(InfeasibleError, match="too strong"):
        pass_times_s(*flat([(0, 0), (100, 0)]), vehicle)


def test_there_and_back_in_wind_takes_a_wing_longer_than_in_still_air() -> None:
    there_and_back = [(0, 0), (1000, 0), (0, 0)]
    wing = {"kind": "fixed-wing", "speed_m_s": 15.0, "turn": "loiter", "turn_radius_m": 40.0}
    still = pass_times_s(*flat(there_and_back), vehicle_of(**wing))[-1]
    windy = pass_times_s(*flat(there_and_back), vehicle_of(**wing, wind_m_s=(6.0, 0.0)))[-1]
    assert windy > still * 1.1


def test_climb_and_descent_go_at_their_own_rates() -> None:
    xyz = np.array([[0, 0, 0], [0, 0, 50.0], [0, 0, 0]])
    kind = np.array([LegKind.TAKEOFF, LegKind.LAND], dtype=np.int32)
    times = pass_times_s(xyz, kind, vehicle_of(climb_m_s=2.5, descent_m_s=1.0))
    assert times[1] == pytest.approx(50 / 2.5 + 2.5 / 2)
    assert times[2] - times[1] == pytest.approx(50 / 1.0 + 1.0 / 2)


@given(st.floats(1, 200), st.floats(1, 200), st.booleans())
def test_no_slope_is_climbed_faster_than_the_climb_rate(run, rise, up) -> None:
    vehicle = vehicle_of(speed_m_s=10.0, climb_m_s=2.0, descent_m_s=1.5)
    xyz = np.array([[0, 0, 0], [run, 0, rise if up else -rise]])
    took = pass_times_s(xyz, np.array([SURVEY], dtype=np.int32), vehicle)[-1]
    assert rise / took <= (2.0 if up else 1.5) + 1e-9
    assert run / took <= 10.0 + 1e-9


def test_hovering_at_each_photo_is_counted() -> None:
    xyz, kind = flat([(0, 0), (50, 0), (100, 0)])
    vehicle = vehicle_of()
    moving = pass_times_s(xyz, kind, vehicle)[-1]
    stopping = pass_times_s(xyz, kind, vehicle, hover=np.array([1.0, 1.0, 1.0]))[-1]
    assert stopping == pytest.approx(moving + 2.5 + 3.0)


def test_corners_are_counted_once() -> None:
    square = np.array([[0, 0], [0, 10], [10, 10], [10, 0], [0, 0.0]])
    assert count_stops(square) == 3
    assert count_stops(square, closed=True) == 4
    assert count_stops(np.array([[0, 0], [5, 0.1], [10, 0]])) == 0


TURNS: tuple[dict[str, Any], ...] = (
    {},
    {"turn": "fly-by", "turn_radius_m": 4.0},
    {"turn": "loiter", "turn_radius_m": 30.0},
)


@pytest.mark.parametrize("turn", TURNS)
def test_phases_pass_all_points_at_their_times_without_a_jump(turn) -> None:
    rng = np.random.default_rng(4)
    vehicle = vehicle_of(**turn, speed_m_s=9.0, transit_speed_m_s=12.0)
    for _ in range(30):
        xyz = rng.uniform(-60, 60, (8, 3)) * (1, 1, 0.3)
        kind = rng.integers(0, 6, 7).astype(np.int32)
        hover = np.where(rng.random(8) < 0.3, 1.5, 0.0)
        phases = flight_phases(xyz, kind, vehicle, begin_s=7.0, hover=hover)
        times = 7.0 + pass_times_s(xyz, kind, vehicle, hover=hover)
        for point, when in zip(xyz[1:], times[1:], strict=True):
            at = int(np.searchsorted(phases.time_s, when - 1e-6))
            assert phases.time_s[at] == pytest.approx(when, abs=1e-6)
            assert phases.end_m[at - 1] == pytest.approx(point, abs=1e-9)
        assert phases.begin_m[1:] == pytest.approx(phases.end_m[:-1], abs=1e-9)
        length = np.linalg.norm(phases.end_m - phases.begin_m, axis=1)
        mean = (phases.begin_m_s + phases.end_m_s) / 2
        assert length == pytest.approx(mean * np.diff(phases.time_s), abs=1e-6)
        steps = np.abs(phases.end_m_s - phases.begin_m_s) / np.diff(phases.time_s)
        assert steps.max() <= vehicle.acceleration_m_s2 + 1e-6
