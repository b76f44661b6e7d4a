"""Moving cells between regions, and chains of such moves."""

import numpy as np
from hypothesis import given, strategies as st

from mcpp.planner import NullObserver
from planners.division.exact_sizes import repair
from planners.division.graph import (
    border_length,
    keep_main_parts,
    neighbour_table,
    pieces,
    pins,
    removable,
)
from planners.division.growth import grow_regions
from planners.division.push import Workspace, push_cells
from planners.division.smooth import smooth
from tests.strategies_grids import grid_from_mask, random_mask


def naive_connected(nb, cells):
    """Whether the cells hang together, by plain search."""
    left = set(cells)
    queue = [left.pop()] if left else []
    while queue:
        for u in nb[queue.pop()].tolist():
            if u in left:
                left.remove(u)
                queue.append(u)
    return not left


def grown(seed, n=4, rows=14, columns=17):
    rng = np.random.default_rng(seed)
    grid = grid_from_mask(random_mask(rng, rows, columns, 0.2))
    nb = neighbour_table(grid)
    k = len(nb)
    # steps that are illegal although both cells are there
    for c in rng.choice(k, 12):
        for j in range(4):
            u = nb[c, j]
            if u >= 0 and (nb[c] >= 0).sum() > 2 and (nb[u] >= 0).sum() > 2 and rng.random() < 0.3:
                trial = nb.copy()
                trial[c, j] = trial[u, (j + 2) % 4] = -1
                if naive_connected(trial, range(k)):
                    nb = trial
    seeds = rng.choice(k, n, replace=False).astype(np.int32)
    even = np.full(n, k // n, np.int32)
    labels = grow_regions(grid.cells, nb, seeds, even, iterations=2, observer=NullObserver()).labels
    return rng, nb, seeds, labels


def regions_connected(nb, labels, n):
    return all(naive_connected(nb, np.flatnonzero(labels == i).tolist()) for i in range(n))


@given(st.integers(0, 2**32 - 1))
def test_a_cell_called_removable_leaves_its_region_connected(seed):
    _, nb, _, labels = grown(seed)
    for c in range(len(nb)):
        if removable(labels, nb, c):
            rest = np.flatnonzero(labels == labels[c])
            assert naive_connected(nb, rest[rest != c].tolist())


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_pushed_cells_leave_both_regions_connected(seed, thorough):
    rng, nb, seeds, labels = grown(seed)
    k = len(nb)
    work = Workspace(k)
    for _ in range(12):
        a, b = rng.choice(4, 2, replace=False)
        before = labels.copy()
        amount = int(rng.integers(1, max((labels == a).sum() - 1, 1) + 1))
        amount = min(amount, int((labels == a).sum()) - 1)
        cap = k if thorough else 10
        moved = push_cells(labels, nb, pins(seeds, k), work, int(a), int(b), amount, cap)
        assert moved <= amount
        assert (labels != before).sum() == moved
        assert np.all(before[labels != before] == a)
        assert np.all(labels[labels != before] == b)
        assert labels[seeds].tolist() == [0, 1, 2, 3]
        assert regions_connected(nb, labels, 4)


def test_a_part_that_is_cut_off_moves_along_only_where_it_fits():
    # two rooms of three cells joined by a corridor of one: 0 1 2 - 3 - 4 5 6, and b at the corridor
    mask = np.zeros((2, 7), bool)
    mask[0] = True
    mask[1, 3] = True
    nb = neighbour_table(grid_from_mask(mask))
    none = np.zeros(8, bool)
    labels = np.array([0] * 7 + [1], np.int32)
    assert push_cells(labels, nb, none, Workspace(8), 0, 1, 3, 8) == 0
    assert push_cells(labels, nb, none, Workspace(8), 0, 1, 4, 8) == 4
    assert sorted(np.bincount(labels).tolist()) == [3, 5]


@given(st.integers(0, 2**32 - 1))
def test_repair_keeps_regions_connected_and_pins_in_place_even_where_it_fails(seed):
    rng, nb, seeds, labels = grown(seed)
    k = len(nb)
    targets = rng.multinomial(k - 4, rng.dirichlet(np.ones(4))).astype(np.int32) + 1
    exact = repair(
        labels, nb, targets, pins(seeds, k), Workspace(k), observer=NullObserver(), thorough=True
    )
    assert exact == np.array_equal(np.bincount(labels, minlength=4), targets)
    assert labels[seeds].tolist() == [0, 1, 2, 3]
    assert regions_connected(nb, labels, 4)


def test_repair_succeeds_on_an_open_field():
    grid = grid_from_mask(np.ones((10, 10), bool))
    nb = neighbour_table(grid)
    labels = (np.arange(100) // 25).astype(np.int32)
    targets = np.array([10, 20, 30, 40], np.int32)
    free = np.zeros(100, bool)
    assert repair(
        labels, nb, targets, free, Workspace(100), observer=NullObserver(), thorough=False
    )
    assert np.bincount(labels).tolist() == [10, 20, 30, 40]


@given(st.integers(0, 2**32 - 1))
def test_smoothing_never_lengthens_borders_nor_changes_sizes(seed):
    _, nb, seeds, labels = grown(seed)
    sizes = np.bincount(labels, minlength=4)
    before = border_length(labels, nb, 4)
    told = smooth(labels, nb, 4, pins(seeds, len(nb)), rounds=5, observer=NullObserver())
    assert told == (before, border_length(labels, nb, 4))
    assert told[1] <= told[0]
    assert np.array_equal(np.bincount(labels, minlength=4), sizes)
    assert labels[seeds].tolist() == [0, 1, 2, 3]
    assert regions_connected(nb, labels, 4)


def test_border_and_pieces_are_counted_as_by_eye():
    nb = neighbour_table(grid_from_mask(np.ones((2, 4), bool)))
    labels = np.array([0, 0, 1, 1, 0, 1, 1, 0], np.int32)
    assert border_length(labels, nb, 2) == 5
    assert pieces(labels, nb) == 3


def test_cut_off_parts_go_to_the_regions_around_them():
    nb = neighbour_table(grid_from_mask(np.ones((1, 6), bool)))
    labels = np.array([0, 0, 1, 1, 0, 0], np.int32)
    mended, lost = keep_main_parts(labels, nb, np.array([0, 3], np.int32))
    assert mended.tolist() == [0, 0, 1, 1, 1, 1]
    assert lost.tolist() == [2, 0]
