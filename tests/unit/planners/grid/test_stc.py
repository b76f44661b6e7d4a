"""Tests of spanning trees and of the way around them."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import LineString, MultiPolygon, box

from mcpp.errors import Cancelled, InputError
from mcpp.ground.kinematics import count_stops
from mcpp.ground.transit import FreeSpace
from mcpp.model import CoverageGrid, IntArray, Placement
from planners.grid.lay import components, induced_neighbours, lay_grid, subcells_xy
from planners.grid.stc import cover_cells, enter_at, enter_tour_at, go_around
from planners.grid.tree import TreeParams, best_of_four, spanning_tree, tree_of
from planners.grid.tree_kernels import count_turns
from tests.strategies import polygons

FLAT = Placement(angle_rad=0.0, dx_m=0.0, dy_m=0.0)
TURNED = Placement(angle_rad=0.4, dx_m=3.0, dy_m=7.0)
QUICK = TreeParams(moves_per_cell=50, min_moves=1000, runs=1)


def largest_part(grid: CoverageGrid) -> IntArray:
    parts = components(grid)
    return np.flatnonzero(parts == np.bincount(parts).argmax()).astype(np.int32)


def all_points(loop: np.ndarray, spacing_m: float) -> np.ndarray:
    """Points of a tour one spacing apart, its end not repeated."""
    points = []
    for a, b in pairwise(loop):
        steps = np.hypot(*(b - a)) / spacing_m
        assert steps == pytest.approx(round(steps), abs=1e-6)
        points += [a + (b - a) * i / round(steps) for i in range(round(steps))]
    return np.array(points)


def sorted_points(points: np.ndarray) -> np.ndarray:
    rounded = np.round(points.reshape(-1, 2), 5)
    return rounded[np.lexsort(rounded.T)]


@given(
    polygons(), st.sampled_from([FLAT, TURNED]), st.sampled_from([10.0, 20.0]), st.integers(0, 9)
)
def test_a_tour_passes_each_subcell_once_by_unit_legal_steps(area, placement, spacing_m, seed):
    grid = lay_grid(area, placement, spacing_m)
    if not len(grid.cells):
        return
    cells = largest_part(grid)
    edges = spanning_tree(grid, cells, QUICK, np.random.default_rng(seed))
    loop = go_around(grid, cells, edges)
    assert np.array_equal(loop[0], loop[-1])
    passed = all_points(loop, spacing_m)
    assert len(passed) == 4 * len(cells)
    assert np.allclose(sorted_points(passed), sorted_points(subcells_xy(grid, cells)), atol=2e-5)
    assert area.buffer(1e-9).covers(LineString(loop))


@given(polygons(), st.integers(0, 9))
def test_edges_are_a_tree_of_legal_steps(area, seed):
    grid = lay_grid(area, TURNED, 10.0)
    if not len(grid.cells):
        return
    cells = largest_part(grid)
    edges = spanning_tree(grid, cells, QUICK, np.random.default_rng(seed))
    assert edges.shape == (len(cells) - 1, 2)
    group = {int(cell): int(cell) for cell in cells}

    def find(cell: int) -> int:
        while group[cell] != cell:
            cell = group[cell]
        return cell

    for a, b in edges.tolist():
        assert b in grid.neighbours[a]
        assert find(a) != find(b)
        group[find(a)] = find(b)


@given(polygons(), st.integers(0, 9))
def test_annealing_gives_no_more_turns_than_four_orders_and_counts_them_right(area, seed):
    grid = lay_grid(area, TURNED, 10.0)
    if not len(grid.cells):
        return
    cells = largest_part(grid)
    nb = induced_neighbours(grid, cells)
    first = best_of_four(nb, grid.cells[cells])
    found = tree_of(nb, grid.cells[cells], QUICK, np.random.default_rng(seed))
    assert count_turns(found) <= count_turns(first)
    loop = go_around(grid, cells, spanning_tree(grid, cells, QUICK, np.random.default_rng(seed)))
    assert count_turns(found) == count_stops(loop, closed=True) == len(loop) - 1


def fewest_turns(nb: IntArray) -> int:
    """Turns of the best of all spanning trees, by trying every one."""
    edges = [
        (a, side, int(nb[a, side])) for a in range(len(nb)) for side in (0, 1) if nb[a, side] >= 0
    ]
    best = 10**9

    def grow(at: int, group: list[int], tree: list[int], taken: int) -> None:
        nonlocal best
        if taken == len(nb) - 1:
            best = min(best, count_turns(np.array(tree, dtype=np.uint8)))
            return
        if len(edges) - at < len(nb) - 1 - taken:
            return
        a, side, b = edges[at]
        if group[a] != group[b]:
            merged = [group[a] if g == group[b] else g for g in group]
            more = list(tree)
            more[a] |= 1 << side
            more[b] |= 1 << side + 2
            grow(at + 1, merged, more, taken + 1)
        grow(at + 1, group, tree, taken)

    grow(0, list(range(len(nb))), [0] * len(nb), 0)
    return best


@pytest.mark.parametrize("bites", [(), ((1, 1),), ((0, 0), (2, 1)), ((3, 0), (0, 2))])
def test_annealing_finds_the_best_of_all_trees_of_a_small_region(bites):
    area = box(0, 0, 160, 120)
    for c, r in bites:
        area = area.difference(box(c * 40 + 15, r * 40 + 5, c * 40 + 25, r * 40 + 15))
    grid = lay_grid(area, FLAT, 20.0)
    cells = largest_part(grid)
    nb = induced_neighbours(grid, cells)
    found = tree_of(nb, grid.cells[cells], TreeParams(), np.random.default_rng(0))
    assert count_turns(found) == fewest_turns(nb)


def test_one_cell_is_a_loop_of_four():
    grid = lay_grid(box(0, 0, 40, 40), FLAT, 20.0)
    cells = np.array([0], dtype=np.int32)
    edges = spanning_tree(grid, cells, TreeParams(), np.random.default_rng(0))
    loop = go_around(grid, cells, edges)
    assert loop.tolist() == [[10, 10], [30, 10], [30, 30], [10, 30], [10, 10]]


def test_the_same_seed_gives_the_same_tree():
    grid = lay_grid(box(0, 0, 300, 300).difference(box(100, 100, 130, 190)), TURNED, 10.0)
    cells = largest_part(grid)
    one, two = (spanning_tree(grid, cells, QUICK, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one, two)


def test_a_region_in_two_parts_is_refused_by_the_tree():
    grid = lay_grid(box(0, 0, 200, 40), FLAT, 20.0)
    with pytest.raises(InputError, match="2 parts"):
        spanning_tree(grid, np.array([0, 4], np.int32), QUICK, np.random.default_rng(0))


def test_edges_between_strangers_are_refused():
    grid = lay_grid(box(0, 0, 120, 40), FLAT, 20.0)
    with pytest.raises(InputError, match="not neighbours"):
        go_around(grid, np.arange(3, dtype=np.int32), np.array([[0, 2], [1, 2]], np.int32))


class _Stopper:
    def on_progress(self, stage: str, fraction: float) -> None:
        pass

    def should_stop(self) -> bool:
        return True


def test_the_search_for_a_tree_stops_when_asked():
    grid = lay_grid(box(0, 0, 200, 200), FLAT, 10.0)
    cells = np.arange(len(grid.cells), dtype=np.int32)
    with pytest.raises(Cancelled):
        spanning_tree(grid, cells, TreeParams(), np.random.default_rng(0), _Stopper())


def test_entering_turns_the_tour_to_the_nearest_vertex():
    loop = np.array([[0.0, 0], [60, 0], [60, 20], [0, 20], [0, 0]])
    entered = enter_at(loop, (70, 25))
    assert entered[0].tolist() == entered[-1].tolist() == [60, 20]
    assert LineString(entered).length == LineString(loop).length


def test_entering_splits_a_leg_only_when_that_saves():
    loop = np.array([[0.0, 0], [200, 0], [200, 20], [0, 20], [0, 0]])
    survey = np.array([True, False, True, True])
    entered, mask = enter_tour_at(loop, survey, (100, -5))
    assert entered[0].tolist() == [100, 0]
    assert mask.tolist() == [True, False, True, True, True]
    near = enter_at(loop, (8, -1))
    assert near[0].tolist() == [0, 0]
    assert len(near) == len(loop)


@given(polygons(), st.integers(0, 5))
@settings(max_examples=25)
def test_all_parts_are_flown_in_one_closed_legal_tour(area, seed):
    grid = lay_grid(area, TURNED, 15.0)
    cells = np.arange(len(grid.cells), dtype=np.int32)
    cover = cover_cells(grid, cells, QUICK, np.random.default_rng(seed), FreeSpace(area))
    assert len(cover.survey) == max(len(cover.xy_m) - 1, 0)
    assert not len(cover.left_out)
    if not len(cells):
        return
    assert np.array_equal(cover.xy_m[0], cover.xy_m[-1])
    assert area.buffer(1e-6).covers(LineString(cover.xy_m))
    legs = shapely.linestrings(np.stack([cover.xy_m[:-1], cover.xy_m[1:]], axis=1))
    assert shapely.length(legs[cover.survey]).sum() == pytest.approx(60 * len(cells))
    flown = shapely.union_all(legs[cover.survey]).buffer(1e-6)
    assert shapely.covers(flown, shapely.points(subcells_xy(grid).reshape(-1, 2))).all()


def test_two_rooms_are_joined_through_a_neck_by_the_shortest_way():
    rooms = box(0, 0, 200, 200).union(box(200, 95, 300, 105)).union(box(300, 0, 500, 200))
    grid = lay_grid(rooms, FLAT, 20.0)
    cells = np.arange(len(grid.cells), dtype=np.int32)
    cover = cover_cells(grid, cells, QUICK, np.random.default_rng(1), FreeSpace(rooms))
    between = LineString(cover.xy_m).length - 80 * len(cells)
    assert 280 < between < 290  # there and back, from x = 190 m to x = 330 m
    assert rooms.covers(LineString(cover.xy_m))


def test_parts_out_of_reach_are_named():
    islands = MultiPolygon([box(0, 0, 200, 200), box(320, 0, 400, 40), box(320, 120, 360, 160)])
    grid = lay_grid(islands, FLAT, 20.0)
    cells = np.arange(len(grid.cells), dtype=np.int32)
    cover = cover_cells(grid, cells, QUICK, np.random.default_rng(1), FreeSpace(islands))
    assert len(cover.left_out) == 3
    assert (subcells_xy(grid, cover.left_out)[:, 0, 0] > 250).all()
    assert len(cover.left_out) + LineString(cover.xy_m).length / 80 == len(cells)


def test_trees_of_the_shared_areas_have_fewer_turns(shared_dir):
    shapes = sorted((shared_dir / "rois").glob("roi_*.geojson"))
    first = found = 0
    for path in shapes:
        collection = shapely.from_geojson(path.read_text())
        area, *zones = shapely.get_parts(collection)
        area = area.difference(shapely.union_all(zones)) if zones else area
        metres = np.array([84_000.0, 111_000.0])  # near enough for counting turns
        middle = np.array(area.centroid.coords[0])
        local = shapely.transform(area, lambda xy, m=middle, s=metres: (xy - m) * s)
        grid = lay_grid(local, Placement(angle_rad=0.5, dx_m=10.0, dy_m=20.0), 40.0)
        cells = largest_part(grid)
        nb = induced_neighbours(grid, cells)
        first += count_turns(best_of_four(nb, grid.cells[cells]))
        rng = np.random.default_rng(1)
        found += count_turns(tree_of(nb, grid.cells[cells], TreeParams(), rng))
    assert found <= 0.92 * first
