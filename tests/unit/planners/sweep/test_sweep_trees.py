"""Tests of tours around trees as beginnings of the local search."""

import math
from itertools import islice

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from mcpp.planner import NullObserver
from planners.sweep.finish import Polisher
from planners.sweep.layout import INSET_M, survey_ground
from planners.sweep.search import start_tour
from planners.sweep.tour import SweepParams, sweep_tour
from planners.sweep.trees import layout_of_loop, tree_layouts, with_points_between
from planners.sweep.weigh import Physics

PHYSICS = Physics(5.0, 12.5, math.cos(math.radians(30.0)))
BENT = shapely.Polygon([(0, 0), (420, 30), (380, 260), (200, 180), (40, 300)])


def ground_of(area):
    inner = shapely.buffer(area, -INSET_M, join_style="mitre")
    found = survey_ground(area, inner, spacing_m=20.0, reach_m=15.0, physics=PHYSICS, samples=3000)
    assert found is not None
    return found


def layouts_of(area, count):
    return list(tree_layouts(ground_of(area), count, np.random.default_rng(1), lambda: None))


def swept(area, percent, **params):
    return sweep_tour(
        area,
        area,
        spacing_m=20.0,
        reach_m=15.0,
        coverage_percent=percent,
        speed_m_s=5.0,
        acceleration_m_s2=2.0,
        params=SweepParams(**params),
        rng=np.random.default_rng(1),
        observer=NullObserver(),
    )


def test_points_between_lie_on_the_legs_one_step_apart():
    loop = np.array([[0.0, 0], [60, 0], [60, 20], [0, 20], [0, 0]])
    points = with_points_between(loop, 20.0)
    assert points.tolist() == [
        [0, 0], [20, 0], [40, 0], [60, 0], [60, 20], [40, 20], [20, 20], [0, 20],
    ]  # fmt: skip


def test_a_layout_of_a_loop_starts_as_the_loop():
    ground = ground_of(box(0, 0, 200, 200))
    loop = np.array([[20.0, 20], [180, 20], [180, 180], [20, 180], [20, 20]])
    tour = start_tour(ground, layout_of_loop(ground, loop, 0.0))
    assert tour is not None
    assert shapely.equals(
        shapely.Polygon(tour.loop()).normalize(), shapely.Polygon(loop).normalize()
    )


def test_tours_around_trees_differ_and_stay_inside():
    found = layouts_of(BENT, 4)
    assert len(found) == 4
    for layout in found:
        assert BENT.covers(shapely.LineString(layout.parts[0]))
    assert len({layout.parts[0].tobytes() for layout in found}) == 4


@pytest.mark.parametrize("area", [box(0, 0, 18, 18), box(0, 0, 400, 18)])
def test_where_no_cell_fits_there_is_no_tour(area):
    assert layouts_of(area, 4) == []


def test_no_trees_are_looked_for_where_none_are_wanted():
    assert layouts_of(BENT, 0) == []


def test_straightening_keeps_the_way():
    ground = ground_of(BENT)
    (layout,) = islice(tree_layouts(ground, 1, np.random.default_rng(1), lambda: None), 1)
    tour = start_tour(ground, layout)
    assert tour is not None
    before, corners = shapely.LineString(tour.loop()), tour.n
    Polisher(ground, tour, ground.coarse, lambda: None).straighten()
    assert tour.n < corners
    after = shapely.LineString(tour.loop())
    assert after.length == pytest.approx(before.length)
    assert after.hausdorff_distance(before) < 1e-6


def test_a_way_there_and_back_over_ground_of_its_own_is_surveyed_once_at_least():
    ground = ground_of(box(0, 0, 200, 60))
    loop = np.array([[15.0, 30], [185, 30], [15, 30]])
    tour = start_tour(ground, layout_of_loop(ground, loop, 0.0))
    assert tour is not None
    polisher = Polisher(ground, tour, ground.coarse, lambda: None)
    before = polisher.uncovered
    polisher.straighten()
    assert polisher.uncovered == before
    assert polisher.needed().any()


def test_trees_make_no_tour_slower_and_lines_of_trees_are_survey_legs():
    with_trees, without = swept(BENT, 99.0), swept(BENT, 99.0, trees=0)
    assert with_trees.time_s <= without.time_s
    assert with_trees.coverage_percent >= 99.0 - 0.01
    alone = swept(BENT, 99.0, tried=1, finalists=2)
    (loop,) = alone.loops
    legs = shapely.linestrings(np.stack([loop.xy_m[:-1], loop.xy_m[1:]], axis=1))
    seen = shapely.union_all(shapely.buffer(legs[loop.survey], 15.0))
    assert shapely.intersection(seen, BENT).area >= 0.9895 * BENT.area
