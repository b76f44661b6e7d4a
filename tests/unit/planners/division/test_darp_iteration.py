"""DARP's iteration alone, without any repair."""

import numpy as np
import pytest

from mcpp.planner import NullObserver
from planners.division.darp_iteration import assign_cells
from planners.division.graph import neighbour_table
from tests.strategies_grids import grid_from_mask


def iterate(shares_cells, seed=1, iterations=60, **changes):
    grid = grid_from_mask(np.ones((30, 30), bool))
    settings = {"random_level": 0.0, "connectivity_variation": 0.01, "geodesic": False} | changes
    return assign_cells(
        grid.cells,
        neighbour_table(grid),
        np.array([31, 58, 840], np.int32),
        np.array(shares_cells, np.int32),
        iterations=iterations,
        rng=np.random.default_rng(seed),
        observer=NullObserver(),
        **settings,
    )


@pytest.mark.parametrize("geodesic", [False, True])
def test_the_iteration_alone_comes_near_unequal_shares(geodesic):
    found = iterate([500, 300, 100], geodesic=geodesic)
    sizes = np.bincount(found.labels, minlength=3)
    assert np.abs(sizes - [500, 300, 100]).max() <= 30
    assert found.labels[[31, 58, 840]].tolist() == [0, 1, 2]


def test_the_iteration_never_lets_a_region_leave_its_start():
    for iterations in range(1, 30):
        found = iterate([700, 150, 50], iterations=iterations, random_level=0.3)
        assert found.labels[[31, 58, 840]].tolist() == [0, 1, 2]


def test_the_random_level_is_used_and_only_it_draws():
    calm = [iterate([300, 300, 300], seed=seed, iterations=3).labels for seed in (1, 2)]
    wild = [
        iterate([300, 300, 300], seed=seed, iterations=3, random_level=0.2).labels
        for seed in (1, 2)
    ]
    assert np.array_equal(*calm)
    assert not np.array_equal(*wild)
    assert not np.array_equal(calm[0], wild[0])
