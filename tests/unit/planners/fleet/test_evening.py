"""Ground given along rows by real flights: all of it, once, and all land together."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from mcpp.flight.fly import fly
from mcpp.ground.overlay import shared_ground
from mcpp.model import Problem, Solution
from mcpp.planner import NullObserver
from planners.fleet.pads import Slots, pads_of, slots_of
from planners.regions import RegionsPlanner
from tests.strategies import problem_of

L_SHAPE = Polygon([(0, 0), (900, 0), (900, 300), (350, 300), (350, 700), (0, 700)])


def fleet(shape: Polygon, *places, **more) -> Problem:
    problem = problem_of(shape, count=len(places), spacing_m=25.0, keeps_spacing=True)
    vehicles = tuple(
        replace(v, start_m=place, landing_m=place, endurance_s=1e5, **more)
        for v, place in zip(problem.vehicles, places, strict=True)
    )
    return replace(problem, vehicles=vehicles)


def planned(problem: Problem, *, rounds: int = 2) -> tuple[Solution, np.ndarray]:
    base = RegionsPlanner()
    planner = replace(base, params=replace(base.params, flown_rounds=rounds))
    solution = planner.plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
    ends_s = np.zeros(len(problem.vehicles))
    for sortie in fly(problem, solution):
        ends_s[sortie.uav] = max(ends_s[sortie.uav], sortie.time_s[-1])
    return solution, ends_s


def test_three_land_together_where_nothing_binds() -> None:
    problem = fleet(L_SHAPE, (20.0, 20.0), (880.0, 20.0), (20.0, 680.0))
    solution, ends_s = planned(problem)
    assert 1 - ends_s.min() / ends_s.max() <= 0.03
    assert sum(r.area for r in solution.regions) == pytest.approx(L_SHAPE.area, rel=1e-6)
    for i, one in enumerate(solution.regions):
        assert all(shared_ground(one, other).area < 1e-3 for other in solution.regions[:i])


def test_a_battery_too_small_for_the_far_end_takes_what_lies_near() -> None:
    far = fleet(box(0, 0, 4000, 300), (20.0, 20.0), (20.0, 280.0))
    short = replace(far.vehicles[1], endurance_s=900.0)
    problem = replace(far, vehicles=(far.vehicles[0], short))
    solution, ends_s = planned(problem)
    assert ends_s.min() > 0
    assert sum(r.area for r in solution.regions) == pytest.approx(4000 * 300, rel=1e-6)
    assert solution.regions[1].bounds[2] < 0.9 * 4000


def test_turns_at_one_launch_point_are_counted_before_ground_is_given() -> None:
    problem = fleet(box(0, 0, 500, 400), *[(250.0, 20.0)] * 4)
    _, evened_s = planned(problem)
    asked = replace(problem, balance=False)  # equal shares
    _, equal_s = planned(asked)
    assert evened_s.max() <= equal_s.max() + 1e-6


def test_who_stands_within_the_separation_shares_a_place() -> None:
    problem = fleet(box(0, 0, 500, 400), (20.0, 20.0), (28.0, 20.0), (200.0, 20.0), (36.0, 20.0))
    assert pads_of(problem) == ((0, 1, 3),)


def test_who_takes_off_first_lands_first() -> None:
    slots = Slots(pads=((0, 2),), off_s=30.0, land_s=50.0)
    assert slots.lost_s(np.array([40.0, 7.0, 0.0]), (0, 1, 2)).tolist() == [30.0, 7.0, 50.0]
    assert slots.lost_s(np.array([40.0, 7.0, 0.0]), (0, 1)).tolist() == [0.0, 7.0, 0.0]


def test_landings_lie_apart_by_how_late_and_early_both_may_be() -> None:
    problem = replace(fleet(box(0, 0, 99, 99), (9.0, 9.0)), timing_tolerance=0.05, pad_clear_s=30.0)
    assert slots_of(problem, 1000.0).land_s >= 2 * 0.05 * 1000.0
    assert slots_of(problem, 10.0).land_s >= 30.0


def test_fewer_take_turns_at_one_launch_point_where_that_ends_earlier() -> None:
    field, place = box(0, 0, 220, 160), (10.0, 10.0)
    all_at_hand = fleet(field, *[place] * 7)
    solution, _ = planned(all_at_hand)
    resting = [i for i, region in enumerate(solution.regions) if region.is_empty]
    assert resting
    assert sum(r.area for r in solution.regions) == pytest.approx(field.area, rel=1e-6)
    ends_s = [float(sortie.time_s[-1]) for sortie in fly(all_at_hand, solution)]
    asked, _ = planned(replace(all_at_hand, balance=False))  # all fly, with equal shares
    assert max(ends_s) < max(float(sortie.time_s[-1]) for sortie in fly(all_at_hand, asked))


def test_short_batteries_are_given_what_lies_near() -> None:
    strong = fleet(box(0, 0, 600, 400), (5.0, 5.0), (595.0, 5.0))
    short = replace(strong.vehicles[1], endurance_s=400.0)
    _, ends_s = planned(replace(strong, vehicles=(strong.vehicles[0], short)))
    _, alone_s = planned(replace(strong, vehicles=(replace(strong.vehicles[0], share=1.0),)))
    assert ends_s.max() <= 0.8 * alone_s.max()
