"""Order of parts that finds early, against all orders tried one by one."""

import itertools

import numpy as np
import pytest

from planners.search.latency import early_order


def instance(rng, n):
    ends = rng.uniform(0, 100, (n, 4))
    points = ends.reshape(-1, 2)
    between = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    takes = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    along = rng.uniform(0, 1, n)
    found = (np.column_stack([along, 1 - along]) * takes[:, None]).ravel()
    return np.hypot(*points.T), between, takes, found, rng.dirichlet(np.ones(n))


def cost_s(entry, tables, last):
    """The naive twin: fly the parts, and sum up when each finds."""
    onto, between, takes, found, gain = tables
    clock, total = 0.0, 0.0
    for k, end in enumerate(entry):
        clock += onto[end] if k == 0 else between[entry[k - 1] ^ 1, end]
        total += gain[end // 2] * (clock + found[end])
        clock += takes[end // 2]
    return total + last * clock


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("last", [0.0, 0.5])
def test_few_parts_are_put_into_the_best_order(seed, last):
    tables = instance(np.random.default_rng(seed), 5)
    orders = [
        [2 * part + side for part, side in zip(parts, sides, strict=True)]
        for parts in itertools.permutations(range(5))
        for sides in itertools.product((0, 1), repeat=5)
    ]
    best = min(cost_s(order, tables, last) for order in orders)
    found = early_order(np.arange(0, 10, 2, dtype=np.int32), *tables, last=last, seed=1)
    assert sorted(found // 2) == list(range(5))
    assert cost_s(found, tables, last) == pytest.approx(best)


def test_it_is_never_worse_than_what_it_begins_with_and_the_same_each_time():
    tables = instance(np.random.default_rng(3), 40)
    first = np.arange(0, 80, 2, dtype=np.int32)
    found = early_order(first, *tables, last=0.1, seed=2)
    assert sorted(found // 2) == list(range(40))
    assert cost_s(found, tables, 0.1) <= cost_s(first, tables, 0.1)
    assert (found == early_order(first, *tables, last=0.1, seed=2)).all()


def test_one_part_is_entered_at_the_end_that_finds_first():
    onto, between, takes = np.array([5.0, 5.0]), np.zeros((2, 2)), np.array([10.0])
    found = early_order(
        np.zeros(1, np.int32),
        onto,
        between,
        takes,
        np.array([9.0, 1.0]),
        np.ones(1),
        last=0.0,
        seed=1,
    )
    assert found.tolist() == [1]
