"""Orders of UAVs along a tour: the shortest ways, against all orders."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from shapely.geometry import box

from mcpp.model import Problem
from mcpp.planner import NullObserver
from planners.fleet.dividers import divided_by_rows
from planners.fleet.row_orders import orders_worth_a_try
from planners.survey.strips import RowDivider
from tests.strategies import problem_of

FIELD = box(0, 0, 300, 1200)


def started(*places: tuple[float, float] | None) -> Problem:
    problem = problem_of(FIELD, count=len(places), spacing_m=25.0, keeps_spacing=True)
    vehicles = tuple(
        replace(v, start_m=place, endurance_s=1e5)
        for v, place in zip(problem.vehicles, places, strict=True)
    )
    return replace(problem, vehicles=vehicles)


def divider_of(problem: Problem) -> RowDivider:
    return divided_by_rows(problem, NullObserver())


def nearest_m(problem: Problem, divider: RowDivider, order: tuple[int, ...]) -> float:
    """Sum of the ways from each launch point to the nearest corner of its equal piece."""
    points = np.concatenate(divider.points_m())
    line = np.tile(np.arange(len(divider.row)), 2)
    total = 0.0
    for k, uav in enumerate(order):
        own = (line >= int(divider.place(k / len(order)))) & (
            line < np.ceil(divider.place((k + 1) / len(order)))
        )
        total += np.hypot(*(points[own] - problem.vehicles[uav].start_m).T).min()
    return total


@pytest.mark.parametrize("count", [3, 4, 6])
def test_the_first_order_has_the_shortest_ways(count: int) -> None:
    rng = np.random.default_rng(count)
    problem = started(
        *[(float(x), float(y)) for x, y in rng.uniform((0, 0), (300, 1200), (count, 2))]
    )
    divider = divider_of(problem)
    best = orders_worth_a_try(problem, divider, 3)[0]
    least_m = min(nearest_m(problem, divider, order) for order in permutations(range(count)))
    assert nearest_m(problem, divider, best) == pytest.approx(least_m, rel=1e-6)


def test_orders_are_different_and_hold_every_uav() -> None:
    problem = started((10.0, 10.0), (10.0, 600.0), (10.0, 1190.0))
    orders = orders_worth_a_try(problem, divider_of(problem), 3)
    assert len(set(orders)) == 3
    assert all(sorted(order) == [0, 1, 2] for order in orders)


def test_one_launch_point_for_all_or_like_uavs_that_choose_theirs_need_one_order() -> None:
    for problem in (started(*[(10.0, 10.0)] * 4), started(*[None] * 4)):
        assert len(orders_worth_a_try(problem, divider_of(problem), 3)) == 1


def test_more_uavs_than_rows_have_orders_too() -> None:
    problem = started(*[(10.0 * k, 5.0) for k in range(8)])
    narrow = replace(problem, target=box(0, 0, 300, 40), allowed=box(0, 0, 300, 40))
    orders = orders_worth_a_try(narrow, divider_of(narrow), 2)
    assert [sorted(order) for order in orders] == [list(range(8))] * 2
