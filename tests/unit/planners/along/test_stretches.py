"""Stretches: each UAV its part of the corridors, disjoint and whole."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from mcpp.model import Strip
from planners.along.stretches import Stretches
from tests.strategies import bent_lines, problem_of


def problem_along(places, width_m, count, starts=None):
    ground = shapely.LineString(places).buffer(width_m / 2, cap_style="flat", quad_segs=16)
    problem = problem_of(ground, count=count, spacing_m=20.0, starts_m=starts, keeps_spacing=True)
    return replace(problem, strips=(Strip(line_m=tuple(places), width_m=width_m),))


def test_a_straight_corridor_is_cut_across():
    problem = problem_along([(0.0, 0.0), (1000.0, 0.0)], 40.0, 2)
    first, second = Stretches(problem).regions(np.array([0.3, 0.7]))
    assert first.bounds == pytest.approx((0, -20, 300, 20), abs=3.0)
    assert second.bounds == pytest.approx((300, -20, 1000, 20), abs=3.0)


def test_who_starts_at_an_end_gets_that_end():
    starts = ((980.0, 0.0), (10.0, 0.0))
    problem = problem_along([(0.0, 0.0), (1000.0, 0.0)], 40.0, 2, starts)
    first, second = Stretches(problem).regions(np.array([0.5, 0.5]))
    assert first.centroid.x > 500 > second.centroid.x


def test_a_ring_of_places_on_one_circle_is_divided_without_overlap():
    ring = [(0.0, 0.0), (400.0, 0.0), (400.0, 300.0), (0.0, 300.0), (0.0, 0.0)]
    problem = problem_along(ring, 60.0, 2)
    one, other = Stretches(problem).regions(np.array([0.5, 0.5]))
    assert one.intersection(other).area < 1e-6
    assert one.area == pytest.approx(other.area, rel=0.01)
    assert one.area + other.area == pytest.approx(problem.target.area)


@settings(max_examples=40, deadline=None)
@given(bent_lines(), st.floats(15, 150), st.integers(2, 5), st.randoms(use_true_random=False))
def test_regions_are_disjoint_whole_and_of_their_shares(places, width_m, count, random):
    problem = problem_along(list(places), width_m, count)
    shares = np.array([random.uniform(1, 3) for _ in range(count)])
    shares /= shares.sum()
    stretches = Stretches(problem)
    regions = stretches.regions(shares)
    total = problem.target.area
    assert shapely.union_all(regions).area == pytest.approx(total, rel=1e-6)
    assert sum(region.area for region in regions) == pytest.approx(total, rel=1e-6)
    largest = stretches.area_m2.max() / total
    for region, share in zip(regions, shares, strict=True):
        assert region.area / total == pytest.approx(share, abs=largest + 1e-6)
