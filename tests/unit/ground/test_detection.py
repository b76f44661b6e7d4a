"""How likely something has been found by when: against hand figures and a naive twin."""

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mcpp.ground.detection import (
    Odds,
    Passes,
    effort_curve,
    finding_curve,
    random_pod,
    regular_pod,
)


def passes(legs, times, reach_m=10.0, flight=None):
    legs = np.array(legs, float).reshape(-1, 4)
    times = np.array(times, float).reshape(-1, 2)
    flights = np.zeros(len(legs), np.int32) if flight is None else np.array(flight, np.int32)
    return Passes(legs, times[:, 0], times[:, 1], np.full(len(legs), reach_m), flights)


def odds(places, masses, detection=1.0):
    xy = np.array(places, float).reshape(-1, 2)
    return Odds(xy, np.array(masses, float), np.ones(len(xy)), detection)


def naive_found(one, flown, time_s):
    """What is found by a time, sample by sample, each leg a pass of its own."""
    total = 0.0
    for (x, y), mass in zip(one.xy_m, one.mass, strict=True):
        missed = 1.0
        for (ax, ay, bx, by), begin, end, reach in zip(
            flown.ends_m, flown.begin_s, flown.end_s, flown.reach_m, strict=True
        ):
            size = math.hypot(bx - ax, by - ay)
            along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / size**2
            along = min(max(along, 0.0), 1.0)
            away = math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y)
            if away <= reach and begin + along * (end - begin) <= time_s:
                missed *= 1 - one.detection
        total += mass * (1 - missed)
    return total


def test_one_place_is_found_when_it_is_passed():
    curve = finding_curve(odds([(30, 5)], [0.6]), passes([(0, 0, 100, 0)], [(10, 20)]))
    assert curve.found == pytest.approx(0.6)
    assert curve.mean_s == pytest.approx(13.0)
    assert curve.half_s() == pytest.approx(13.0)
    assert curve.mean_over(23.0) == pytest.approx(0.6 * 10 / 23)
    assert curve.at(np.array([12.9, 13.1])) == pytest.approx([0.0, 0.6])


def test_what_lies_out_of_reach_is_not_found():
    curve = finding_curve(odds([(30, 10.1)], [1.0]), passes([(0, 0, 100, 0)], [(0, 10)]))
    assert curve.found == 0


def test_each_pass_finds_its_part_of_what_was_missed():
    flown = passes([(0, 0, 100, 0), (0, 5, 100, 5)], [(0, 10), (100, 110)])
    curve = finding_curve(odds([(50, 2)], [1.0], detection=0.8), flown)
    assert curve.gain == pytest.approx([0.8, 0.16])
    assert curve.time_s == pytest.approx([5.0, 105.0])


def test_a_corner_is_one_pass_and_another_flight_is_another():
    corner = [(0, 0, 50, 0), (50, 0, 50, 50)]
    times = [(0, 5), (5, 10)]
    one = finding_curve(odds([(48, 2)], [1.0], detection=0.5), passes(corner, times))
    two = finding_curve(odds([(48, 2)], [1.0], detection=0.5), passes(corner, times, flight=[0, 1]))
    assert one.found == pytest.approx(0.5)
    assert two.found == pytest.approx(0.75)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 0.7, 0.3]))
def test_the_curve_is_that_of_its_naive_twin_and_rises(seed, detection):
    rng = np.random.default_rng(seed)
    places = rng.uniform(0, 200, (40, 2))
    one = odds(places, rng.dirichlet(np.ones(40)), detection)
    legs = rng.uniform(0, 200, (6, 4))
    begin = np.arange(6) * 1000.0  # each leg is a pass of its own
    flown = passes(legs, np.column_stack([begin, begin + 20]), reach_m=15.0)
    curve = finding_curve(one, flown)
    times = np.array([0.0, 500.0, 1010.0, 2500.0, 5010.0, 9000.0])
    assert curve.at(times) == pytest.approx([naive_found(one, flown, t) for t in times])
    assert (curve.gain >= 0).all()
    assert (np.diff(curve.time_s) >= 0).all()
    assert 0 <= curve.found <= one.contained + 1e-12


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 0.6]))
def test_no_flight_beats_the_bound_of_its_effort(seed, detection):
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(2.0, 200, 4), np.arange(2.0, 200, 4))
    places = np.column_stack([x.ravel(), y.ravel()])
    mass = rng.dirichlet(np.full(len(places), 0.3))
    one = Odds(places, mass, np.full(len(places), 16.0), detection)
    way = rng.uniform(20, 180, (7, 2))
    legs = np.hstack([way[:-1], way[1:]])
    clock = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(way, axis=0).T) / 5.0)])
    flown = passes(legs, np.column_stack([clock[:-1], clock[1:]]), reach_m=12.0)
    curve = finding_curve(one, flown)
    # samples see a swath a cell wider at most than it is
    once = math.pi * 14.0**2 + 4 * 60
    times = np.linspace(0, clock[-1] + 10, 50)
    bound = effort_curve(
        one, np.zeros(1), np.array([2 * 15.0 * 5.0]), once, ready_s=np.zeros(2500), time_s=times
    )
    assert (bound.at(times) >= curve.at(times) - 1e-9).all()


def bound_of(one, begin, rate, ready, times):
    made = effort_curve(
        one, np.array(begin), np.array(rate), 0.0, ready_s=np.array(ready), time_s=np.array(times)
    )
    return made.at(np.array(times))


def test_the_bound_of_one_uav_over_two_fields_is_that_by_hand():
    one = Odds(np.zeros((2, 2)), np.array([0.25, 0.75]), np.array([1000.0, 500.0]))
    # 50 m2/s from 10 s on: the denser field until 20 s, then the other until 40 s
    found = bound_of(one, [10.0], [50.0], [0.0, 0.0], [0.0, 10.0, 15.0, 20.0, 30.0, 40.0])
    assert found == pytest.approx([0.0, 0.375, 0.75, 0.875, 1.0, 1.0])  # what the next time brings


def test_ground_that_is_far_comes_late():
    one = Odds(np.zeros((2, 2)), np.array([0.25, 0.75]), np.array([1000.0, 500.0]))
    found = bound_of(one, [0.0], [100.0], [0.0, 100.0], [0.0, 5.0, 10.0, 50.0, 100.0])
    assert found == pytest.approx([0.125, 0.25, 0.25, 1.0, 1.0])


def test_two_uavs_sweep_together_from_when_both_are_there():
    one = Odds(np.zeros((3, 2)), np.full(3, 1 / 3), np.full(3, 100.0))
    found = bound_of(one, [0.0, 10.0], [10.0, 30.0], [0.0] * 3, [0.0, 5.0, 10.0, 12.5])
    assert found == pytest.approx([1 / 6, 1 / 3, 2 / 3, 1.0])


def test_pod_of_iamsar_at_a_coverage_factor_of_one():
    assert regular_pod(1.0) == pytest.approx(0.79, abs=0.005)
    assert random_pod(1.0) == pytest.approx(0.632, abs=0.001)
    factors = np.linspace(0.05, 3, 30)
    assert all(regular_pod(c) > random_pod(c) for c in factors)
