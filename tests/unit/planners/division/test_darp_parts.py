"""Division of ground in several parts: as few regions as can be lie in more than one."""

import numpy as np
from hypothesis import given, settings, strategies as st

from planners.division.divide import divide
from planners.division.graph import component_of_cells, neighbour_table, pieces
from planners.division.params import DarpParams
from tests.naive import check_division
from tests.strategies_grids import grid_from_mask, random_instance


def rng():
    return np.random.default_rng(1)


def rooms(*widths):
    """Mask of rooms ten cells high, with a wall between each two."""
    columns = [np.ones((10, width), bool) for width in widths]
    wall = np.zeros((10, 1), bool)
    parts = [part for column in columns for part in (column, wall)]
    return np.hstack(parts[:-1])


def spanned(grid, labels):
    """Number of components that each region lies in."""
    component, _ = component_of_cells(neighbour_table(grid))
    return [len(np.unique(component[labels == i])) for i in range(labels.max() + 1)]


def test_equal_rooms_go_to_one_uav_each():
    grid = grid_from_mask(rooms(8, 8))
    starts = np.array([len(grid.cells) - 1, 0], np.int32)
    found = divide(grid, starts, np.full(2, 0.5), DarpParams(), rng=rng())
    check_division(grid, np.full(2, 0.5), found)
    assert found.labels[starts].tolist() == [0, 1]
    assert found.notes == ()


def test_a_difference_of_one_cell_does_not_split_a_region():
    mask = rooms(8, 8)
    mask[0, 0] = mask[0, 1] = False
    grid = grid_from_mask(mask)
    half = np.full(2, 0.5)
    found = divide(grid, np.array([0, 100], np.int32), half, DarpParams(), rng=rng())
    check_division(grid, half, found)
    assert sorted(found.sizes.tolist()) == [78, 80]
    strict = DarpParams(tolerance_cells=0)
    found = divide(grid, np.array([0, 100], np.int32), half, strict, rng=rng())
    assert found.sizes.tolist() == [79, 79]
    assert sorted(spanned(grid, found.labels)) == [1, 2]


def test_rooms_of_odd_sizes_split_one_region_only():
    grid = grid_from_mask(rooms(20, 10))
    shares = np.full(4, 0.25)
    found = divide(grid, np.array([0, 1, 2, 3], np.int32), shares, DarpParams(), rng=rng())
    assert found.sizes.tolist() == [75, 75, 75, 75]
    assert sorted(spanned(grid, found.labels)) == [1, 1, 1, 2]
    assert any("2 separate parts" in note for note in found.notes)
    assert pieces(found.labels, neighbour_table(grid)) == 5


def test_one_uav_takes_all_rooms():
    grid = grid_from_mask(rooms(3, 4, 5))
    found = divide(grid, np.array([0], np.int32), np.ones(1), DarpParams(), rng=rng())
    assert found.labels.tolist() == [0] * len(grid.cells)
    assert spanned(grid, found.labels) == [3]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_graphs_in_pieces_meet_the_shares_with_few_splits(seed):
    case = random_instance(seed, side=(15, 30), uavs=(2, 6), blocked=(0.3, 0.45), connected=False)
    found = divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng())
    k, n = len(case.grid.cells), len(case.shares)
    assert found.labels.min() >= 0
    assert np.abs(found.targets - case.shares * k).max() <= 1 + 1e-9 or found.targets.min() == 1
    component, count = component_of_cells(neighbour_table(case.grid))
    in_parts = [len(np.unique(component[found.labels == i])) for i in range(n)]
    assert sum(in_parts) <= n + count - 1
    # each region is connected within each component
    assert pieces(found.labels, neighbour_table(case.grid)) == sum(in_parts)
