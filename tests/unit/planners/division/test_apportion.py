"""Whole cells for shares: which regions take others' cells, and how sums are made to fit."""

import numpy as np

from planners.division.apportion import _bend, _subset_near


def test_each_of_a_group_may_bend_by_the_slack():
    # two of 10 make 23 when each takes up to two more: 3 are wanted, 4 are there
    assert _subset_near([10, 10], [1.0, 1.0], wanted=23, slack=2) == [0, 1]
    assert _subset_near([10, 10], [1.0, 1.0], wanted=25, slack=2) is None


def test_the_cheapest_group_is_taken():
    assert _subset_near([6, 6, 6], [3.0, 1.0, 2.0], wanted=12, slack=0) == [1, 2]


def test_cells_go_to_and_from_whoever_is_then_nearest_to_its_exact_size():
    exact, targets = np.array([3.4, 4.6]), np.array([3, 5])
    assert _bend(exact, targets, [0, 1], wanted=7, tolerance=2)
    assert targets.tolist() == [3, 4]
    assert _bend(exact, targets, [0, 1], wanted=9, tolerance=2)
    assert targets.tolist() == [4, 5]


def test_a_region_may_come_down_to_one_cell_and_not_to_none():
    targets = np.array([2])
    assert _bend(np.array([1.2]), targets, [0], wanted=1, tolerance=2)
    assert targets.tolist() == [1]
    assert not _bend(np.array([1.2]), targets, [0], wanted=0, tolerance=2)
    assert targets.tolist() == [1]


def test_no_size_leaves_its_exact_value_by_more_than_the_tolerance():
    targets = np.array([3, 5])
    assert not _bend(np.array([3.0, 5.0]), targets, [0, 1], wanted=14, tolerance=2)
    assert targets.tolist() == [3, 5]
