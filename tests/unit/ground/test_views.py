"""Views per point against shapely, and against a grid of photos with known overlaps."""

import time

import numpy as np
import pytest
import shapely

from mcpp.errors import InputError
from mcpp.ground.footprints import footprints_m, gimbal_axes, lens
from mcpp.ground.views import count_views

CAMERA = lens(13.2, 8.8, 8.8)
SQUARE = shapely.box(0, 0, 300, 200)


def random_quads(count: int, side: float = 300.0):
    rng = np.random.default_rng(5)
    xy = rng.uniform(0, side, (count, 2))
    axes = gimbal_axes(rng.uniform(0, 360, count), rng.uniform(-90, -50, count), rng.uniform(-9, 9))
    return footprints_m(xy, rng.uniform(20, 60, count), axes, CAMERA)


def test_counts_are_those_of_points_in_polygons():
    quads = random_quads(60)
    area = SQUARE.difference(shapely.box(100, 50, 150, 120))
    views = count_views(quads, area, step_m=3.0)
    rows, columns = np.indices(views.counts.shape)
    x, y = views.west_m + (columns + 0.5) * 3.0, views.south_m + (rows + 0.5) * 3.0
    polygons = shapely.polygons(quads)
    wanted = sum(shapely.contains_xy(p, x, y).astype(int) for p in polygons)
    np.testing.assert_array_equal(views.counts, wanted)
    np.testing.assert_array_equal(views.inside, shapely.contains_xy(area, x, y))


def test_a_regular_survey_has_the_views_that_its_overlaps_give():
    x, y = np.meshgrid(np.arange(-200, 501, 15.0), np.arange(-200, 401, 10.0))
    xy = np.column_stack([x.ravel(), y.ravel()])
    quads = footprints_m(xy + 0.3, 50.0, gimbal_axes(0.0, -90.0), CAMERA)  # 75 m x 50 m
    found = count_views(quads, SQUARE, step_m=1.0).figures(25)
    assert found is not None
    assert (found.least, found.p1, found.p5, found.median) == (25, 25, 25, 25)
    assert found.short_percent == 0.0
    more = count_views(quads, SQUARE, step_m=1.0).figures(26)
    assert more is not None
    assert more.short_percent == 100.0


def test_gaps_are_the_ground_with_too_few_views():
    half = np.array([[[0, 0], [150, 0], [150, 200], [0, 200]]], dtype=float)
    views = count_views(half, SQUARE, step_m=1.0)
    (gap,) = views.gaps(1)
    assert gap.bounds == pytest.approx((150, 0, 300, 200), abs=0.51)
    found = views.figures(1)
    assert found is not None
    assert (found.least, found.p5) == (0, 0)
    assert found.short_percent == pytest.approx(50.0, abs=0.5)
    assert views.gaps(1, min_area_m2=1e6) == []
    assert count_views(half, shapely.box(10, 10, 20, 20), step_m=1.0).gaps(1) == []
    left = views.within(shapely.box(0, 0, 100, 100)).figures(1)
    assert left is not None
    assert left.least == 1
    assert views.within(shapely.Polygon()).figures(1) is None


def test_photos_that_see_nothing_count_for_nothing():
    quads = np.full((3, 4, 2), np.nan)
    assert count_views(quads, SQUARE, step_m=5.0).counts.max() == 0


def test_ten_thousand_photos_over_a_square_kilometre_take_seconds():
    side = 1000.0
    axes = gimbal_axes(np.tile([0.0, 180.0], 5000), -90.0)
    xy = np.random.default_rng(1).uniform(0, side, (10_000, 2))
    area = shapely.box(0, 0, side, side)
    count_views(footprints_m(xy[:2], 80.0, axes[:2], CAMERA), area, step_m=10.0)  # compiles
    begin = time.process_time()
    views = count_views(footprints_m(xy, 80.0, axes, CAMERA), area)
    assert time.process_time() - begin < 5.0
    assert views.step_m == pytest.approx(1.0)
    assert views.counts.nbytes < 10e6


@pytest.mark.parametrize("step_m", [0.0, -1.0, float("nan"), 1e-4])
def test_a_step_that_can_not_be_is_refused(step_m):
    with pytest.raises(InputError, match="step_m"):
        count_views(random_quads(2), SQUARE, step_m=step_m)
