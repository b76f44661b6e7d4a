"""Division of the cells: sizes, connectivity, starts, components, refusals."""

import tracemalloc
from time import monotonic

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mcpp.errors import Cancelled, InfeasibleError
from mcpp.model import CoverageGrid, Placement
from planners.division.divide import divide
from planners.division.params import DarpParams
from tests.naive import check_division, pieces_of
from tests.strategies_grids import grid_from_mask, random_instance, random_mask

EQUAL_3 = np.full(3, 1 / 3)


def rng():
    return np.random.default_rng(1)


def test_a_hundred_random_grids_are_divided_exactly():
    held = 0
    for seed in range(100):
        case = random_instance(seed)
        found = divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng())
        check_division(case.grid, case.shares, found)
        astray = found.labels[case.starts] != np.arange(len(case.shares))
        assert astray.sum() == len(found.notes)
        held += not astray.any()
    assert held >= 98


@pytest.mark.parametrize("method", ["darp", "growth"])
def test_each_method_alone_meets_the_shares(method):
    for seed in range(100, 110):
        case = random_instance(seed)
        found = divide(case.grid, case.starts, case.shares, DarpParams(method=method), rng=rng())
        check_division(case.grid, case.shares, found)


def test_crowded_grids_are_divided_exactly():
    for seed in range(200, 230):
        case = random_instance(seed, side=(20, 20), uavs=(15, 15))
        check_division(
            case.grid,
            case.shares,
            divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng()),
        )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_small_grids_are_divided_or_refused_with_a_witness(seed):
    case = random_instance(seed, side=(4, 12), uavs=(2, 5), blocked=(0.0, 0.3))
    try:
        found = divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng())
    except InfeasibleError as error:
        assert error.witness  # noqa: PT017
        return
    n = len(case.shares)
    assert [pieces_of(case.grid, found.labels, i) for i in range(n)] == [1] * n
    assert found.exact or found.notes


def test_same_input_and_seed_give_the_same_division():
    case = random_instance(7)
    first, second = (
        divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng()) for _ in range(2)
    )
    assert first.labels.tobytes() == second.labels.tobytes()
    assert first.notes == second.notes


def test_starts_are_held_on_an_open_field():
    grid = grid_from_mask(np.ones((20, 30), bool))
    starts = np.array([0, 315, 599, 29], np.int32)
    found = divide(grid, starts, np.array([0.1, 0.2, 0.3, 0.4]), DarpParams(), rng=rng())
    assert found.labels[starts].tolist() == [0, 1, 2, 3]
    assert found.notes == ()


@pytest.mark.parametrize("method", ["darp", "growth"])
def test_unequal_shares_are_not_taken_the_wrong_way_round(method):
    grid = grid_from_mask(np.ones((30, 30), bool))
    starts = np.array([0, 29, 899], np.int32)
    for shares in ([0.6, 0.3, 0.1], [0.1, 0.3, 0.6]):
        found = divide(grid, starts, np.array(shares), DarpParams(method=method), rng=rng())
        assert found.sizes.tolist() == [round(900 * share) for share in shares]
        assert found.labels[starts].tolist() == [0, 1, 2]


def test_regions_of_a_common_start_cover_all_and_one_holds_it():
    grid = grid_from_mask(np.ones((15, 20), bool))
    found = divide(grid, np.zeros(4, np.int32), np.full(4, 0.25), DarpParams(), rng=rng())
    check_division(grid, np.full(4, 0.25), found)
    assert found.labels[0] == 0
    assert len(found.notes) == 3


def test_starts_that_a_corridor_can_not_hold_give_way_with_notes():
    grid = grid_from_mask(np.ones((1, 30), bool))
    found = divide(grid, np.array([0, 1, 2], np.int32), EQUAL_3, DarpParams(), rng=rng())
    check_division(grid, EQUAL_3, found)
    assert any("does not hold its start" in note for note in found.notes)


def test_hard_starts_in_a_corridor_are_refused_with_the_choke():
    grid = grid_from_mask(np.ones((1, 30), bool))
    with pytest.raises(InfeasibleError, match="only one region can pass the choke") as caught:
        divide(
            grid,
            np.array([0, 1, 2], np.int32),
            EQUAL_3,
            DarpParams(hold_starts=True),
            rng=rng(),
        )
    assert set(caught.value.witness) <= {0, 1, 2}
    assert caught.value.witness


def test_hard_starts_in_one_cell_are_refused():
    grid = grid_from_mask(np.ones((6, 6), bool))
    starts = np.array([3, 3, 0], np.int32)
    with pytest.raises(InfeasibleError, match="starts share a cell") as caught:
        divide(grid, starts, EQUAL_3, DarpParams(hold_starts=True), rng=rng())
    assert caught.value.witness == (1,)


def test_shares_that_no_connected_regions_can_have_are_refused():
    plus = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], bool)
    half = np.full(2, 0.5)
    with pytest.raises(InfeasibleError, match="column 1, row 1") as caught:
        divide(grid_from_mask(plus), np.array([0, 1], np.int32), half, DarpParams(), rng=rng())
    assert len(caught.value.witness) == 1
    params = DarpParams(allow_uneven=True)
    found = divide(grid_from_mask(plus), np.array([0, 1], np.int32), half, params, rng=rng())
    assert sorted(found.sizes.tolist()) == [1, 4]
    assert not found.exact
    assert found.notes


def test_teeth_of_a_comb_are_divided_exactly_where_borders_can_not_be_pushed():
    mask = np.zeros((60, 61), bool)
    mask[::2] = True
    mask[:, 30] = True
    grid = grid_from_mask(mask)
    shares = np.full(10, 0.1)
    starts = rng().choice(len(grid.cells), 10, replace=False).astype(np.int32)
    check_division(grid, shares, divide(grid, starts, shares, DarpParams(), rng=rng()))


def test_more_uavs_than_cells_are_refused():
    grid = grid_from_mask(np.ones((1, 2), bool))
    with pytest.raises(InfeasibleError, match="3 UAVs but only 2 cells") as caught:
        divide(grid, np.zeros(3, np.int32), EQUAL_3, DarpParams(), rng=rng())
    assert caught.value.witness == (2,)


def test_as_many_uavs_as_cells_have_one_each():
    grid = grid_from_mask(np.ones((3, 4), bool))
    found = divide(grid, np.zeros(12, np.int32), np.full(12, 1 / 12), DarpParams(), rng=rng())
    assert sorted(found.labels.tolist()) == list(range(12))


def test_a_share_of_less_than_a_cell_still_has_one():
    grid = grid_from_mask(np.ones((5, 5), bool))
    shares = np.array([0.001, 0.499, 0.5])
    found = divide(grid, np.array([0, 12, 24], np.int32), shares, DarpParams(), rng=rng())
    assert found.sizes[0] == 1
    assert found.sizes.sum() == 25


def test_a_missing_step_between_neighbours_is_respected():
    full = grid_from_mask(np.ones((2, 6), bool))
    steps = full.neighbours.copy()
    steps[:6, 1] = steps[6:, 3] = -1  # the rows meet at their last column only
    steps[5, 1], steps[11, 3] = 11, 5
    grid = CoverageGrid(
        placement=Placement(angle_rad=0.0, dx_m=0.0, dy_m=0.0),
        cell_m=1.0,
        cells=full.cells,
        neighbours=steps,
    )
    found = divide(grid, np.array([0, 5, 6], np.int32), EQUAL_3, DarpParams(), rng=rng())
    check_division(grid, EQUAL_3, found)


def test_a_warm_start_keeps_most_of_the_division():
    case = random_instance(11)
    first = divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng())
    shares = case.shares * np.linspace(0.98, 1.02, len(case.shares))
    shares /= shares.sum()
    again = divide(
        case.grid,
        case.starts,
        shares,
        DarpParams(),
        rng=rng(),
        warm_start_labels=first.labels,
    )
    check_division(case.grid, shares, again)
    assert np.mean(again.labels == first.labels) > 0.8
    assert np.array_equal(again.labels[case.starts], first.labels[case.starts])


def test_smoothing_shortens_borders_and_keeps_sizes():
    case = random_instance(3)
    rough = divide(case.grid, case.starts, case.shares, DarpParams(smooth_rounds=0), rng=rng())
    even = divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng())
    assert even.border_steps < even.border_steps_before
    assert even.border_steps < rough.border_steps
    check_division(case.grid, case.shares, even)


class Impatient:
    """Asks to stop after a number of questions, and notes when it was asked."""

    def __init__(self, patience):
        self.patience = patience
        self.asked = []
        self.fractions = []

    def on_progress(self, stage, fraction):
        assert stage == "divide"
        self.fractions.append(fraction)

    def should_stop(self):
        self.asked.append(monotonic())
        return len(self.asked) > self.patience


@pytest.mark.parametrize("patience", [0, 3, 20])
def test_the_division_stops_when_asked(patience):
    case = random_instance(5)
    with pytest.raises(Cancelled, match="stopped during divide"):
        divide(
            case.grid,
            case.starts,
            case.shares,
            DarpParams(),
            rng=rng(),
            observer=Impatient(patience),
        )


def test_progress_rises_to_the_end():
    case = random_instance(5)
    observer = Impatient(10**9)
    divide(case.grid, case.starts, case.shares, DarpParams(), rng=rng(), observer=observer)
    assert observer.fractions == sorted(observer.fractions)
    assert observer.fractions[-1] == pytest.approx(1.0)


def test_large_grids_are_divided_with_frequent_questions_and_little_memory():
    mask = random_mask(np.random.default_rng(0), 300, 300, 0.15)
    grid = grid_from_mask(mask)
    n = 40
    starts = rng().choice(len(grid.cells), n, replace=False).astype(np.int32)
    shares = rng().dirichlet(np.ones(n))
    observer = Impatient(10**9)
    tracemalloc.start()
    found = divide(grid, starts, shares, DarpParams(), rng=rng(), observer=observer)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    check_division(grid, shares, found)
    assert max(np.diff(observer.asked)) < 0.2
    assert peak < 300 * len(grid.cells)


def test_wrong_counts_are_refused():
    grid = grid_from_mask(np.ones((2, 2), bool))
    with pytest.raises(ValueError, match="2 start cells do not fit 3 shares"):
        divide(grid, np.zeros(2, np.int32), EQUAL_3, DarpParams(), rng=rng())
