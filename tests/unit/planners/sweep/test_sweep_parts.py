"""The parts of the sweep planner against slow twins."""

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from scipy import ndimage

from planners.sweep.finish import middles_of_largest
from planners.sweep.lines import candidate_angles, clip_lines, line_heights, trim_lines, within
from planners.sweep.order import order_parts
from planners.sweep.paint import LEG_SHAPE, MARKS_SHAPE, exchange, paint_loop, set_leg
from planners.sweep.raster import OUTSIDE, covered_area_m2, lay_raster, ring_edges
from planners.sweep.search import side_by_side

coordinates = st.floats(-60, 160)
points = st.tuples(coordinates, coordinates)


def naive_counts(raster, xy):
    """Legs within reach of each sample, one by one."""
    x0, y0, step, reach = raster.frame
    counts = raster.blank.copy()
    for row, col in np.ndindex(*counts.shape):
        sample = shapely.Point(x0 + col * step, y0 + row * step)
        for a, b in itertools.pairwise(xy):
            counts[row, col] += shapely.LineString([a, b]).distance(sample) <= reach
    return counts


@settings(max_examples=25, deadline=None)
@given(st.lists(points, min_size=2, max_size=4))
def test_painting_counts_the_legs_within_reach(corners):
    raster = lay_raster(shapely.box(0, 0, 100, 80), 9.0, 21.3)
    counts, xy = raster.blank.copy(), np.array(corners)
    change = paint_loop(counts, raster.frame, xy, 1)
    assert np.array_equal(counts, naive_counts(raster, xy))
    assert -change == np.count_nonzero((raster.blank == 0) & (counts > 0))
    assert paint_loop(counts, raster.frame, xy, -1) == -change
    assert np.array_equal(counts, raster.blank)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(points, min_size=3, max_size=3),
    st.lists(points, min_size=1, max_size=5),
    st.lists(points, min_size=2, max_size=3),
)
def test_exchanging_legs_is_weighed_as_if_they_were_painted(first, fresh, others):
    raster = lay_raster(shapely.box(0, 0, 100, 80), 5.0, 21.3)
    counts = raster.blank.copy()
    old, new = np.array(first), np.array([first[0], *fresh, first[-1]])
    paint_loop(counts, raster.frame, np.array(others), 1)
    paint_loop(counts, raster.frame, old, 1)
    everywhere = np.array([-np.inf, -np.inf, np.inf, np.inf])
    legs, marks = np.empty(LEG_SHAPE), np.empty(MARKS_SHAPE, dtype=np.int32)
    pairs = [*itertools.pairwise(old), *itertools.pairwise(new)]
    for k, (a, b) in enumerate(pairs):
        set_leg(legs, k, a[0], a[1], b[0], b[1], everywhere)
    before = counts.copy()
    lost = exchange(counts, raster.frame, legs, 2, len(pairs), marks, False)
    assert np.array_equal(counts, before)
    exchange(counts, raster.frame, legs, 2, len(pairs), marks, True)
    paint_loop(before, raster.frame, old, -1)
    with_new = before.copy()
    paint_loop(with_new, raster.frame, new, 1)
    assert np.array_equal(counts, with_new)
    paint_loop(before, raster.frame, old, 1)
    assert lost == np.count_nonzero(with_new == 0) - np.count_nonzero(before == 0)


def test_samples_lie_in_the_target_grown_by_half_a_step():
    target = shapely.box(0, 0, 100, 80).difference(shapely.box(30, 30, 60, 50))
    raster = lay_raster(target, 4.0, 20.0)
    grown = target.buffer(2.0, join_style="mitre")
    x0, y0, step, _ = raster.frame
    rows, cols = np.indices(raster.blank.shape)
    inside = shapely.contains_xy(grown, x0 + cols * step, y0 + rows * step)
    assert (np.asarray(raster.blank == 0) != inside).mean() < 0.02  # but for those on the border
    assert set(np.unique(raster.blank)) == {0, OUTSIDE}
    assert raster.samples * step**2 == pytest.approx(target.area, rel=0.2)


@given(st.floats(1, 900), st.floats(0, 1))
def test_lines_are_never_farther_apart_than_the_spacing(width, phase):
    heights = line_heights(10.0, 10.0 + width, 40.0, 30.0, phase)
    assert (np.diff(heights) <= 40.0 + 1e-9).all()
    assert heights[0] - 10.0 <= 30.0 + 1e-9
    assert 10.0 + width - heights[-1] <= 30.0 + 1e-9


def test_lines_are_cut_to_the_inside():
    area = shapely.box(0, 0, 100, 80).difference(shapely.box(30, 30, 60, 50))
    lines, spans = clip_lines(ring_edges(area), np.array([10.0, 40.0, 90.0]))
    assert lines.tolist() == [0, 1, 1]
    assert spans.tolist() == [[0, 100], [0, 30], [60, 100]]


def test_trimmed_lines_still_reach_all_samples_of_their_bands():
    area = shapely.Polygon([(0, 0), (300, 40), (260, 200), (30, 170)])
    raster = lay_raster(area, 4.0, 30.0)
    samples = raster.points()
    heights = line_heights(0.0, 200.0, 40.0, 30.0, 0.0)
    lines, spans = clip_lines(ring_edges(area), heights)
    free = np.zeros(len(samples), dtype=bool)
    ends = trim_lines(samples, free, heights, lines, spans, 30.0)
    legs = shapely.multilinestrings(shapely.linestrings(ends.reshape(-1, 2, 2)))
    whole = shapely.multilinestrings(
        shapely.linestrings(
            [[[a, heights[k]], [b, heights[k]]] for k, (a, b) in zip(lines, spans, strict=True)]
        )
    )
    reached = shapely.distance(legs, shapely.points(samples)) <= 30.0 + 1e-6
    possible = shapely.distance(whole, shapely.points(samples)) <= 30.0
    assert legs.length < whole.length - 100
    assert reached[possible].mean() > 0.995


def test_within_tells_the_sides_of_a_chain_apart():
    chain = np.array([[0.0, 0.0], [100.0, 0.0]])
    limits = np.array([[10.0], [20.0]])  # left, right
    at = np.array([[50.0, 9.0], [50.0, 11.0], [50.0, -19.0], [50.0, -21.0], [-5.0, 0.0]])
    assert within(at, chain, limits).tolist() == [True, False, True, False, True]


def test_angles_start_with_the_longest_edges():
    angles = np.degrees(candidate_angles(shapely.box(0, 0, 300, 50), edges=2, step_deg=45.0))
    assert angles.round(3).tolist() == [0, 90, 45, 135]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_small_orders_are_the_shortest(parts, seed):
    ends = np.random.default_rng(seed).uniform(0, 100, (2 * parts, 2))
    cost = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    entry, length = order_parts(cost, starts=3, kicks=50, seed=1)
    assert sorted(end // 2 for end in entry) == list(range(parts))

    def ways(tour):
        return sum(cost[tour[k - 1] ^ 1, tour[k]] for k in range(parts))

    assert length == pytest.approx(ways(entry))
    shortest = min(
        ways([2 * part + flip for part, flip in zip(order, flips, strict=True)])
        for order in itertools.permutations(range(parts))
        for flips in itertools.product((0, 1), repeat=parts)
    )
    assert length <= 1.03 * shortest + 1e-9


@settings(max_examples=30, deadline=None)
@given(
    st.integers(3, 9), st.floats(0.0, 1.0), st.sampled_from([1e-6, 1.0, 1e9]), st.integers(0, 99)
)
def test_orders_end_whatever_is_blocked(parts, blocked, size, seed):
    rng = np.random.default_rng(seed)
    ends = size * rng.uniform(0, 100, (2 * parts, 2))
    cost = np.hypot(*(ends[:, None] - ends[None]).transpose(2, 0, 1))
    shut = np.triu(rng.random(cost.shape) < blocked, 1)
    cost[shut | shut.T] = np.inf
    entry, length = order_parts(cost, starts=3, kicks=20, seed=1)
    assert sorted(end // 2 for end in entry) == list(range(parts))
    ways = sum(cost[entry[k - 1] ^ 1, entry[k]] for k in range(parts))
    assert length == pytest.approx(ways) or (np.isinf(length) and np.isinf(ways))


def test_covered_area_is_never_above_the_truth():
    target, middle = shapely.box(-100, -100, 100, 100), np.array([[0.0, 0.0]])
    covered = covered_area_m2(target, middle, 50.0)
    assert 0.998 * np.pi * 2500 < covered <= np.pi * 2500


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_middles_of_places_are_cells_of_the_largest_ones(seed, most):
    places = np.random.default_rng(seed).random((9, 12)) < 0.4
    rows, cols, sizes = middles_of_largest(places, most)
    labels, found = ndimage.label(places)
    by_size = sorted((int((labels == k + 1).sum()) for k in range(found)), reverse=True)
    assert sizes.tolist() == by_size[:most]
    for row, col, size in zip(rows, cols, sizes, strict=True):
        mine = np.argwhere(labels == labels[row, col])
        assert len(mine) == size
        away = np.hypot(*(mine - mine.mean(axis=0)).T)
        here = np.hypot(*([row, col] - mine.mean(axis=0)))
        assert here == pytest.approx(away.min())


def test_work_side_by_side_comes_back_in_order_and_tells_the_first_error():
    assert side_by_side(lambda n: n * n, range(20)) == [n * n for n in range(20)]
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda n: 1 / n, [2, 0, 1])
    assert side_by_side(str, []) == []
