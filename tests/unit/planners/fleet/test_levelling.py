"""Borders moved by real flights: what two like UAVs, and two unlike ones, come to."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.errors import Cancelled
from mcpp.ground.overlay import shared_ground
from mcpp.model import Problem
from mcpp.planner import NullObserver
from planners.fleet.balancing import Trial
from planners.fleet.known_tours import KnownTours, Wanted
from planners.fleet.levelling import Leveller, flown_trial
from planners.fleet.pads import slots_of
from planners.fleet.single import CoverParams
from planners.sweep.tour import SweepParams
from tests.strategies import problem_of

FEW = CoverParams(sweep=SweepParams(edges=1, angle_step_deg=90.0, tried=1, trees=0, finalists=1))
FIELD = box(0, 0, 400, 200)


class Stopped(NullObserver):
    def should_stop(self) -> bool:
        return True


def begun(problem: Problem, *cuts_m: float) -> tuple[Leveller, Trial]:
    """Cut the field from south to north, and fly each piece."""
    places = (0.0, *cuts_m, 400.0)
    regions = tuple(box(a, 0, b, 200) for a, b in pairwise(places))
    tours = KnownTours(problem, np.random.default_rng(0), NullObserver())
    covered = tours.best([Wanted(i, region) for i, region in enumerate(regions)], FEW)
    leveller = Leveller(problem, tours, FEW, tolerance=0.015)
    return leveller, flown_trial(problem, np.zeros(1, np.int32), regions, covered)


def test_two_like_uavs_on_an_even_field_come_to_a_half_each_and_land_together() -> None:
    leveller, start = begun(problem_of(FIELD, count=2), 270.0)
    assert start.spread > 0.3
    found = leveller.levelled(start, tries=12, observer=NullObserver())
    assert found.spread <= 0.03
    assert found.shares == pytest.approx([0.5, 0.5], abs=0.02)
    assert found.end_s.max() < start.end_s.max()
    one, other = found.regions
    assert one.geom_type == other.geom_type == "Polygon"
    assert one.area + other.area == pytest.approx(FIELD.area, abs=0.01)
    assert shared_ground(one, other).area < 0.01
    assert min(covered.coverage_percent for covered in found.covered) >= 99.0 - 0.01


def test_a_faster_uav_has_more_ground_and_both_land_together() -> None:
    problem = problem_of(FIELD, count=2)
    fast = replace(problem.vehicles[1], speed_m_s=2 * problem.vehicles[1].speed_m_s)
    leveller, start = begun(replace(problem, vehicles=(problem.vehicles[0], fast)), 200.0)
    found = leveller.levelled(start, tries=12, observer=NullObserver())
    assert found.spread <= 0.03
    # its turns take as long as the other's: it does less than twice as much
    assert 0.5 < found.shares[1] < 2 / 3


def test_ground_comes_to_who_is_not_beside_the_last() -> None:
    leveller, start = begun(problem_of(FIELD, count=3), 220.0, 320.0)
    found = leveller.levelled(start, tries=12, observer=NullObserver())
    assert found.spread <= 0.03
    assert found.shares == pytest.approx([1 / 3] * 3, abs=0.02)


def test_who_lands_together_is_let_be() -> None:
    leveller, start = begun(problem_of(FIELD, count=2), 200.0)
    found = leveller.levelled(start, tries=12, observer=NullObserver())
    assert found.regions == start.regions


def test_at_one_launch_point_the_first_lands_as_long_before_the_last_as_it_has_to() -> None:
    problem = problem_of(FIELD, count=2, starts_m=((200.0, 10.0),) * 2)
    leveller, start = begun(problem, 150.0)
    found = leveller.levelled(start, tries=12, observer=NullObserver())
    apart_s = slots_of(problem, float(found.end_s.mean())).land_s
    assert np.ptp(start.end_s) > 2 * apart_s
    assert np.ptp(found.end_s) == pytest.approx(apart_s, rel=0.25)
    assert found.end_s.max() < start.end_s.max()


def test_levelling_is_given_up_when_asked() -> None:
    leveller, start = begun(problem_of(FIELD, count=2), 270.0)
    with pytest.raises(Cancelled):
        leveller.levelled(start, tries=12, observer=Stopped())
