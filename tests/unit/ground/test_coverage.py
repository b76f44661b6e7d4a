"""Exact and sampled coverage."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings, strategies as st
from shapely.geometry import Polygon, box

from mcpp.errors import InputError
from mcpp.ground.coverage import (
    corner_points,
    covered_area,
    covered_shape,
    gaps,
    sample_coverage,
    straight_segments,
    survey_runs,
)
from tests.naive import sample_counts
from tests.strategies import polygons

LINE = np.array([[0.0, 0.0], [100.0, 0.0]])


@st.composite
def paths(draw: st.DrawFn, size_m: float = 300.0) -> np.ndarray:
    """Polylines with corners anywhere, also out and back on the same line."""
    count = draw(st.integers(2, 7))
    corner = st.tuples(st.integers(-30, 30), st.integers(-30, 30))
    points = draw(st.lists(corner, min_size=count, max_size=count))
    return np.array(points, float) * (size_m / 30)


def test_a_capsule_has_the_area_of_a_box_and_a_disc() -> None:
    wide = box(-500, -500, 500, 500)
    true_m2 = 100 * 40 + math.pi * 20**2
    area_m2 = covered_area([LINE], 20.0, wide)
    assert true_m2 - 0.0017 * math.pi * 20**2 <= area_m2 <= true_m2


def test_ground_covered_twice_counts_once() -> None:
    wide = box(-500, -500, 500, 500)
    assert covered_area([LINE, LINE[::-1]], 20.0, wide) == pytest.approx(
        covered_area([LINE], 20.0, wide)
    )


def test_each_path_has_its_own_reach() -> None:
    other = LINE + np.array([0, 200])
    area_m2 = covered_area([LINE, other], [10.0, 30.0], box(0, -100, 100, 300))
    assert area_m2 == pytest.approx(100 * 20 + 100 * 60)


def test_only_the_target_counts() -> None:
    assert covered_area([LINE], 20.0, box(0, 0, 100, 100)) == pytest.approx(100 * 20)


def test_no_path_covers_nothing() -> None:
    target = box(0, 0, 100, 100)
    assert covered_area([], 20.0, target) == 0
    counts = sample_coverage([], 20.0, target, step_m=1.0)
    assert (counts.covered, counts.repeated) == (0, 0)
    assert counts.samples == 10_000


def test_shallow_bends_keep_their_exact_reach() -> None:
    bend = np.array([[0.0, 0.0], [50.0, 0.15], [100.0, 0.0]])  # 0.5 % of the reach
    whole = covered_shape([bend], 30.0)
    for x in (25.0, 50.0, 75.0):
        y = 0.15 * (1 - abs(x - 50) / 50)
        assert whole.covers(shapely.Point(x, y + 29.99))
        assert whole.covers(shapely.Point(x, y - 29.99))
        assert not whole.covers(shapely.Point(x, y + 30.01))


def test_gaps_are_listed_from_the_largest_and_slivers_are_not() -> None:
    target = box(0, 0, 100, 100)
    covered = target.difference(
        shapely.union_all([box(0, 0, 10, 10), box(50, 50, 80, 80), box(20, 90, 20.1, 91)])
    )
    found = gaps(target, covered)
    assert [round(gap.area) for gap in found] == [900, 100]


def test_gaps_and_covered_ground_make_up_the_target() -> None:
    target = Polygon([(0, 0), (120, 0), (90, 80), (0, 60)])
    covered = covered_shape([LINE], 20.0, target)
    left_m2 = sum(gap.area for gap in gaps(target, covered, min_area_m2=0.0))
    assert left_m2 + covered.area == pytest.approx(target.area)


def test_points_on_a_straight_leg_are_no_corners() -> None:
    points = np.array([(0, 0), (10, 0.005), (10, 0.005), (50, -0.005), (100, 0), (100, 40)])
    assert corner_points(points).tolist() == [[0, 0], [100, 0], [100, 40]]


def test_turning_back_is_a_corner() -> None:
    assert len(corner_points([[0, 0], [100, 0], [40, 0]])) == 3
    assert len(corner_points([[0, 0], [100, 0], [0, 0]])) == 3


def test_a_path_that_stays_in_place_has_no_segment() -> None:
    assert corner_points([[3, 4], [3, 4]]).tolist() == [[3, 4]]
    assert len(straight_segments([[[3.0, 4.0], [3.0, 4.0]], np.empty((0, 2))])) == 0


def test_survey_runs_leave_out_the_other_legs() -> None:
    xy_m = np.arange(12.0).reshape(6, 2)
    runs = survey_runs(xy_m, np.array([True, True, False, False, True]))
    assert [run.tolist() for run in runs] == [xy_m[0:3].tolist(), xy_m[4:6].tolist()]
    assert survey_runs(xy_m[:0], np.array([], bool)) == []


@settings(max_examples=25)
@given(
    target=polygons(),
    drawn=st.lists(paths(), min_size=1, max_size=3),
    reach_m=st.sampled_from([3.3, 14.7, 41.9]),
    step_m=st.sampled_from([17.3, 23.9]),
)
def test_fast_counts_are_those_of_the_slow_twin(
    target: Polygon, drawn: list[np.ndarray], reach_m: float, step_m: float
) -> None:
    west, south, _, _ = target.bounds
    corner_m = (west - 0.1234, south - 0.4321)  # off the round numbers, where no sample is a tie
    counts = sample_coverage(drawn, reach_m, target, step_m=step_m, corner_m=corner_m)
    segments = straight_segments(drawn)
    slow = sample_counts(segments, np.full(len(segments), reach_m), target, step_m, corner_m)
    assert (counts.samples, counts.covered, counts.repeated) == slow


@given(target=polygons(), path=paths(), reach_m=st.sampled_from([10.0, 40.0]))
def test_samples_and_exact_area_agree(target: Polygon, path: np.ndarray, reach_m: float) -> None:
    assume(len(corner_points(path)) > 1)
    counts = sample_coverage([path], reach_m, target, step_m=math.sqrt(target.area / 100_000))
    exact_percent = 100 * covered_area([path], reach_m, target) / target.area
    assert abs(counts.covered_percent - exact_percent) < 0.5
    assert abs(counts.samples * counts.step_m**2 / target.area - 1) < 0.02


def test_a_sample_at_the_very_reach_is_covered() -> None:
    counts = sample_coverage([LINE], 10.0, box(0.5, -20.5, 99.5, 20.5), step_m=1.0, corner_m=(0, 0))
    assert counts.samples == 99 * 41
    assert counts.covered == 99 * 21


@pytest.mark.parametrize("step_m", [0.0, -1.0, math.nan, 1e-6])
def test_a_useless_step_is_refused(step_m: float) -> None:
    with pytest.raises(InputError, match="step_m"):
        sample_coverage([LINE], 10.0, box(0, 0, 100, 100), step_m=step_m)
