"""Weighted growth, nearest cells, seeds, and sharing cells out over components."""

import heapq
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from mcpp.errors import Cancelled
from mcpp.model import Placement
from mcpp.planner import NullObserver
from planners.division.apportion import apportion, integer_targets
from planners.division.graph import neighbour_table
from planners.division.growth import _Grower, distinct_seeds, grow_regions, nearest_cells
from tests.strategies_grids import grid_from_mask, random_instance, random_mask


def naive_growth(cells, nb, seeds, weights):
    """Claims in order of weight times distance, each next to a cell of the same region."""
    labels = np.full(len(nb), -1)
    heap: list[tuple[float, int, int]] = [(-1.0, int(c), i) for i, c in enumerate(seeds)]
    while heap:
        _, c, i = heapq.heappop(heap)
        if labels[c] >= 0:
            continue
        labels[c] = i
        for u in nb[c].tolist():
            if u >= 0 and labels[u] < 0:
                gap = np.hypot(*(cells[u] - cells[seeds[i]]).astype(float))
                heapq.heappush(heap, (float(np.float32(weights[i]) * np.float32(gap)), u, i))
    return labels


@given(st.integers(0, 2**32 - 1))
def test_growth_equals_its_slow_twin_where_no_ties_decide(seed):
    rng = np.random.default_rng(seed)
    grid = grid_from_mask(random_mask(rng, 12, 15, 0.2))
    n = int(rng.integers(2, 6))
    seeds = rng.choice(len(grid.cells), n, replace=False).astype(np.int32)
    weights = rng.uniform(0.7, 1.4, n)
    fast = _Grower(grid.cells, neighbour_table(grid), seeds).grow(weights, NullObserver(), 0.0)
    slow = naive_growth(grid.cells, grid.neighbours, seeds, weights)
    assert np.array_equal(fast, slow)


def test_growth_holds_all_seeds_and_comes_near_the_targets():
    case = random_instance(2)
    targets = integer_targets(case.shares, len(case.grid.cells))
    nb = neighbour_table(case.grid)
    one, many = (
        grow_regions(
            case.grid.cells, nb, case.starts, targets, iterations=rounds, observer=NullObserver()
        ).labels
        for rounds in (1, 30)
    )
    assert many[case.starts].tolist() == list(range(len(targets)))
    off = [np.abs(np.bincount(labels) - targets).sum() for labels in (one, many)]
    assert off[1] < off[0]


def test_growth_refuses_no_rounds():
    grid = grid_from_mask(np.ones((2, 2), bool))
    with pytest.raises(ValueError, match="iterations must be at least 1"):
        grow_regions(
            grid.cells,
            neighbour_table(grid),
            np.array([0, 3], np.int32),
            np.array([2, 2], np.int32),
            iterations=0,
            observer=NullObserver(),
        )


class Stopped(NullObserver):
    def should_stop(self):
        return True


def test_growth_stops_when_asked():
    grid = grid_from_mask(np.ones((2, 2), bool))
    with pytest.raises(Cancelled):
        grow_regions(
            grid.cells,
            neighbour_table(grid),
            np.array([0, 3], np.int32),
            np.array([2, 2], np.int32),
            iterations=5,
            observer=Stopped(),
        )


@given(
    st.floats(-4, 4), st.floats(-90, 90), st.floats(-90, 90), st.integers(0, 34), st.floats(1, 80)
)
def test_the_centre_of_a_cell_is_nearest_to_that_cell(angle, dx, dy, cell, side):
    grid = replace(
        grid_from_mask(np.ones((5, 7), bool)),
        placement=Placement(angle_rad=angle, dx_m=dx, dy_m=dy),
        cell_m=side,
    )
    at = (grid.cells[cell] + 0.5) * side + [dx, dy]
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert nearest_cells(grid, (turn @ at)[None, :]).tolist() == [cell]


def test_equally_near_cells_are_chosen_by_index():
    grid = grid_from_mask(np.ones((2, 2), bool))
    assert nearest_cells(grid, np.array([[1.0, 1.0], [9.0, 9.0]])).tolist() == [0, 3]


def test_coinciding_starts_give_way_to_the_nearest_free_cells():
    nb = neighbour_table(grid_from_mask(np.ones((1, 9), bool)))
    seeds = distinct_seeds(nb, np.array([4, 4, 5, 4], np.int32))
    assert seeds[0] == 4
    assert seeds[2] == 5
    assert sorted(seeds.tolist()) == [3, 4, 5, 6]


@given(st.lists(st.floats(1e-6, 1.0), min_size=1, max_size=12), st.integers(12, 3000))
def test_targets_are_whole_and_within_a_cell_of_the_shares(weights, k):
    shares = np.array(weights) / sum(weights)
    targets = integer_targets(shares, k)
    assert targets.sum() == k
    assert targets.min() >= 1
    if np.floor(shares * k).min() >= 1:
        assert np.abs(targets - shares * k).max() < 1 + 1e-6


def test_a_share_below_one_cell_takes_one_from_the_most_favoured():
    assert integer_targets(np.array([0.01, 0.33, 0.66]), 10).tolist() == [1, 3, 6]


def shared_out(targets, sizes, cost=None, tolerance=1):
    targets = np.array(targets, np.int32)
    cost = np.zeros((len(targets), len(sizes))) if cost is None else np.array(cost, float)
    given_ = apportion(
        targets.astype(float), targets, np.array(sizes, np.int32), cost, tolerance, NullObserver()
    )
    assert given_.sum(axis=0).tolist() == list(sizes)
    assert np.abs(given_.sum(axis=1) - targets).max() <= tolerance
    return given_


def test_uavs_that_fill_components_are_not_split():
    found = shared_out([30, 20, 50, 40, 60], [50, 110, 40])
    assert (found > 0).sum(axis=1).tolist() == [1, 1, 1, 1, 1]


def test_uavs_go_to_the_nearest_component_where_they_fit():
    found = shared_out([50, 50], [50, 50], cost=[[9, 1], [1, 9]])
    assert found.tolist() == [[0, 50], [50, 0]]


def test_a_gap_of_a_cell_each_is_bent_away_only_if_tolerated():
    assert (shared_out([51, 51], [50, 52]) > 0).sum() == 2
    assert (shared_out([51, 51], [50, 52], tolerance=0) > 0).sum() == 3


def test_a_large_fleet_is_shared_out_without_an_endless_search():
    rng = np.random.default_rng(3)
    targets = rng.integers(1000, 20_000, 100)
    half = int(targets.sum()) // 2
    found = shared_out(targets.tolist(), [half, int(targets.sum()) - half])
    assert (found > 0).sum() <= 101


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=8),
    st.lists(st.integers(1, 400), min_size=1, max_size=8),
    st.integers(0, 2),
)
def test_components_are_used_up_with_few_splits(targets, sizes, tolerance):
    short = sum(sizes) - sum(targets)
    (targets if short > 0 else sizes).append(abs(short) or 1)
    if short == 0:
        targets.append(1)
    found = shared_out(targets, sizes, tolerance=tolerance)
    assert (found > 0).sum() <= len(targets) + len(sizes) - 1
    assert found.sum(axis=1).min() >= 1
