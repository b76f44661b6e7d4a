"""Bent tours: legal on the new ground, and steadier than a search."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import Point, Polygon, box

from mcpp.planner import NullObserver
from planners.fleet.known_tours import KnownTours, Wanted
from planners.fleet.single import CoverParams
from planners.sweep.bend import bent
from planners.sweep.layout import survey_ground
from planners.sweep.tour import SweepParams
from planners.sweep.weigh import Physics
from tests.strategies import problem_of

FIELD = box(0, 0, 400, 240)
QUICK = CoverParams(sweep=SweepParams(edges=2, angle_step_deg=45.0, tried=1, trees=0, finalists=1))


def ground_of(inner: Polygon):
    physics = Physics(5.0, 12.5, math.cos(math.radians(30)))
    return survey_ground(inner, inner, spacing_m=20, reach_m=15, physics=physics, samples=2000)


def tours_of(problem) -> KnownTours:
    return KnownTours(problem, np.random.default_rng(0), NullObserver())


@pytest.fixture(scope="module")
def known():
    (found,) = tours_of(problem_of(FIELD, count=1)).best([Wanted(0, FIELD)], QUICK)
    return found


def test_a_bent_tour_stays_inside_ground_with_a_bay(known) -> None:
    ground = ground_of(FIELD.difference(Point(200, 0).buffer(70)))
    layout = bent(ground, known.xy_m)
    assert layout is not None
    (points,) = layout.parts
    loop = shapely.linestrings(np.vstack([points, points[:1]]))
    assert ground.inner.buffer(1e-6).covers(loop)


def test_nothing_is_bent_to_ground_far_away(known) -> None:
    assert bent(ground_of(box(2000, 0, 2200, 200)), known.xy_m) is None


@settings(max_examples=6)
@given(st.floats(-30.0, 30.0))
def test_a_little_more_or_less_ground_is_flown_in_a_little_more_or_less_time(known, more_m) -> None:
    region = box(0, 0, 370 + more_m, 240)
    problem = problem_of(box(0, 0, 400, 240), count=1)
    (found,) = tours_of(problem).best([Wanted(0, region, known)], QUICK)
    assert found.coverage_percent >= problem.coverage_percent - 0.01
    assert found.time_s == pytest.approx(known.time_s * region.area / FIELD.area, rel=0.06)
    assert region.buffer(0.01).covers(shapely.LineString(found.xy_m))


def test_where_nothing_can_be_bent_a_tour_is_searched_for(known) -> None:
    problem = problem_of(box(0, 0, 3000, 240), count=1)
    far = box(2600, 0, 2800, 200)
    (found,) = tours_of(problem).best([Wanted(0, far, known)], QUICK)
    assert found.coverage_percent >= problem.coverage_percent - 0.01


def test_of_several_tours_over_a_region_the_best_is_known(known) -> None:
    tours = tours_of(problem_of(FIELD, count=1))
    (searched,) = tours.best([Wanted(0, FIELD)], QUICK)
    tours.make([Wanted(0, FIELD, searched)], QUICK)
    (best,) = tours.best([Wanted(0, FIELD)], QUICK)
    assert best.time_s <= searched.time_s
