"""Proofs of infeasible shares, against all divisions of small grids."""

from itertools import product

import numpy as np
from hypothesis import assume, given, settings, strategies as st

from planners.division.chokes import sizes_proof, starts_proof
from planners.division.graph import neighbour_table, pieces
from tests.strategies_grids import grid_from_mask, random_mask


def divisions(nb, n):
    """All ways to label the cells with n connected regions."""
    for labels in product(range(n), repeat=len(nb)):
        array = np.array(labels, np.int32)
        if len(set(labels)) == n and pieces(array, nb) == n:
            yield array


def small(seed, blocked=0.35):
    rng = np.random.default_rng(seed)
    nb = neighbour_table(grid_from_mask(random_mask(rng, 4, 5, blocked)))
    assume(4 <= len(nb) <= 9)
    n = int(rng.integers(2, 4))
    return rng, nb, n


@settings(max_examples=100)
@given(st.integers(0, 2**32 - 1))
def test_what_is_proved_of_sizes_holds_for_every_division(seed):
    _, nb, n = small(seed, blocked=0.5)
    least = np.full(n, len(nb) // n, np.int32)
    if (proof := sizes_proof(nb, least)) is not None:
        assert proof.regions
        found = divisions(nb, n)
        assert not any(np.all(np.bincount(labels) >= least) for labels in found)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_what_is_proved_of_starts_holds_for_every_division(seed):
    rng, nb, n = small(seed)
    least = rng.multinomial(len(nb) - n, np.full(n, 1 / n)).astype(np.int32) + 1
    starts = rng.choice(len(nb), n, replace=False).astype(np.int32)
    if (proof := starts_proof(nb, starts, least)) is not None:
        assert proof.regions
        for labels in divisions(nb, n):
            held = np.array_equal(labels[starts], np.arange(n))
            assert not (held and np.all(np.bincount(labels) >= least))


def test_a_corridor_has_no_room_behind_a_start():
    nb = neighbour_table(grid_from_mask(np.ones((1, 9), bool)))
    least = np.array([3, 3, 3], np.int32)
    proof = starts_proof(nb, np.array([0, 1, 5], np.int32), least)
    assert proof is not None
    assert proof.cell in (1, 2)
    assert starts_proof(nb, np.array([0, 4, 8], np.int32), least) is None


def test_four_arms_hold_no_two_large_regions():
    plus = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], bool)
    nb = neighbour_table(grid_from_mask(plus))
    proof = sizes_proof(nb, np.array([2, 3], np.int32))
    assert proof is not None
    assert (proof.cell, proof.regions) == (2, (0,))
    assert sizes_proof(nb, np.array([1, 4], np.int32)) is None


def test_an_open_field_proves_nothing():
    nb = neighbour_table(grid_from_mask(np.ones((6, 6), bool)))
    assert sizes_proof(nb, np.full(4, 9, np.int32)) is None
    assert starts_proof(nb, np.array([0, 1, 6, 7], np.int32), np.full(4, 9, np.int32)) is None
