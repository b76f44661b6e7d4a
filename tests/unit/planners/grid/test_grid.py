"""Tests of the coverage grid."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.model import CoverageGrid, Placement
from planners.grid.lay import (
    cell_polygons,
    centre_rule,
    components,
    induced_neighbours,
    lay_grid,
    subcells_xy,
)
from tests.strategies import polygons, problem_of

FLAT = Placement(angle_rad=0.0, dx_m=0.0, dy_m=0.0)

placements = st.builds(
    Placement,
    angle_rad=st.sampled_from([0.0, 0.3, 0.7853981633974483, 1.2]),
    dx_m=st.integers(0, 39).map(float),
    dy_m=st.integers(0, 39).map(float),
)


def naive_grid(
    allowed: BaseGeometry, placement: Placement, spacing_m: float
) -> tuple[set[tuple[int, int]], set[frozenset[tuple[int, int]]]]:
    """Cells and joined pairs by testing each leg of each cell with shapely, one by one."""
    cos, sin = math.cos(placement.angle_rad), math.sin(placement.angle_rad)

    def place(i: int, j: int) -> tuple[float, float]:
        x = (i + 0.5) * spacing_m + placement.dx_m
        y = (j + 0.5) * spacing_m + placement.dy_m
        return cos * x - sin * y, sin * x + cos * y

    def legal(a: tuple[int, int], b: tuple[int, int]) -> bool:
        return bool(allowed.covers(LineString([place(*a), place(*b)])))

    reach = int(np.abs(shapely.get_coordinates(allowed)).max() * 1.5 / (2 * spacing_m)) + 2
    cells = set()
    for c in range(-reach, reach):
        for r in range(-reach, reach):
            a, b, d, e = (
                (2 * c, 2 * r),
                (2 * c + 1, 2 * r),
                (2 * c, 2 * r + 1),
                (2 * c + 1, 2 * r + 1),
            )
            if not allowed.covers(Point(place(*a))):
                continue
            if legal(a, b) and legal(d, e) and legal(a, d) and legal(b, e):
                cells.add((c, r))
    pairs = set()
    for c, r in cells:
        right, up = (2 * c + 1, 2 * r), (2 * c, 2 * r + 1)
        if (c + 1, r) in cells and all(
            legal((right[0], j), (right[0] + 1, j)) for j in (2 * r, 2 * r + 1)
        ):
            pairs.add(frozenset({(c, r), (c + 1, r)}))
        if (c, r + 1) in cells and all(
            legal((i, up[1]), (i, up[1] + 1)) for i in (2 * c, 2 * c + 1)
        ):
            pairs.add(frozenset({(c, r), (c, r + 1)}))
    return cells, pairs


def as_sets(grid: CoverageGrid) -> tuple[set[tuple[int, int]], set[frozenset[tuple[int, int]]]]:
    cells = [(int(c), int(r)) for c, r in grid.cells]
    pairs = {
        frozenset({cells[i], cells[j]})
        for i, row in enumerate(grid.neighbours.tolist())
        for j in row
        if j >= 0
    }
    return set(cells), pairs


def legs_of(grid: CoverageGrid) -> list[LineString]:
    """The four legs of each cell, and the two of each step between neighbours."""
    xy = subcells_xy(grid)
    legs = [LineString([xy[i, q], xy[i, (q + 1) % 4]]) for i in range(len(xy)) for q in range(4)]
    for i, (east, north, _, _) in enumerate(grid.neighbours.tolist()):
        if east >= 0:
            legs += [LineString([xy[i, 1], xy[east, 0]]), LineString([xy[i, 2], xy[east, 3]])]
        if north >= 0:
            legs += [LineString([xy[i, 3], xy[north, 0]]), LineString([xy[i, 2], xy[north, 1]])]
    return legs


@given(polygons(), placements, st.sampled_from([12.0, 20.0]))
def test_the_grid_is_that_of_testing_every_leg_alone(area, placement, spacing_m):
    if area.area > 90_000:
        area = shapely.affinity.scale(area, 0.5, 0.5, origin=(0, 0))
    grid = lay_grid(area, placement, spacing_m)
    assert as_sets(grid) == naive_grid(area, placement, spacing_m)


@given(polygons(), placements)
def test_every_leg_of_the_grid_lies_in_the_allowed_ground(area, placement):
    grid = lay_grid(area, placement, 10.0)
    room = area.buffer(1e-9)
    assert all(room.covers(leg) for leg in legs_of(grid))


@given(polygons(), placements, st.floats(0.0, 3.0))
def test_turning_the_area_and_the_placement_turns_the_grid(area, placement, turn):
    shift = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    area = area.buffer(-0.01)  # off the round numbers, on which a hair decides
    turned = shapely.transform(area, lambda xy: xy @ shift)
    grid = lay_grid(area, placement, 20.0)
    other = lay_grid(
        turned,
        Placement(angle_rad=placement.angle_rad + turn, dx_m=placement.dx_m, dy_m=placement.dy_m),
        20.0,
    )
    assert np.array_equal(grid.cells, other.cells)
    assert np.array_equal(grid.neighbours, other.neighbours)


@given(polygons(), placements)
def test_neighbours_answer_each_other_and_cells_are_sorted(area, placement):
    grid = lay_grid(area, placement, 15.0)
    back = np.array([2, 3, 0, 1])
    step = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
    for i, side in zip(*np.nonzero(grid.neighbours >= 0), strict=True):
        other = grid.neighbours[i, side]
        assert grid.neighbours[other, back[side]] == i
        assert np.array_equal(grid.cells[other] - grid.cells[i], step[side])
    order = np.lexsort((grid.cells[:, 0], grid.cells[:, 1]))
    assert np.array_equal(order, np.arange(len(grid.cells)))


def test_a_rectangle_holds_all_its_cells():
    grid = lay_grid(box(0, 0, 400, 280), FLAT, 20.0)
    assert len(grid.cells) == 70
    assert sum(polygon.area for polygon in cell_polygons(grid)) == pytest.approx(112_000)
    centres = [polygon.centroid.coords[0] for polygon in cell_polygons(grid)]
    assert np.allclose(subcells_xy(grid).mean(axis=1), centres)


def test_legs_on_the_border_itself_are_legal_and_a_micrometre_beyond_is_not():
    on_border = lay_grid(box(10, 10, 70, 70), FLAT, 20.0)
    assert len(on_border.cells) == 4
    assert len(lay_grid(box(10.000001, 10, 70, 70), FLAT, 20.0).cells) == 2


def test_a_power_line_of_four_metres_is_not_crossed():
    wire = box(198, 40, 202, 160)
    grid = lay_grid(box(0, 0, 400, 200).difference(wire), FLAT, 20.0)
    assert len(grid.cells) == 50
    joined = as_sets(grid)[1]
    for row in range(5):
        pair = frozenset({(4, row), (5, row)})
        assert (pair in joined) == (row in {0, 4})


def test_a_small_obstacle_on_a_leg_takes_the_cell_and_one_between_the_legs_does_not():
    area = box(0, 0, 120, 120)
    on_leg = area.difference(box(58, 48, 62, 52))
    assert len(lay_grid(on_leg, FLAT, 20.0).cells) == 8
    between = area.difference(box(58, 58, 62, 62))
    assert len(lay_grid(between, FLAT, 20.0).cells) == 9


def test_a_notch_of_six_metres_parts_the_cells():
    notch = box(77, 0, 83, 170)
    grid = lay_grid(box(0, 0, 160, 200).difference(notch), FLAT, 20.0)
    assert components(grid).max() == 0
    joined = as_sets(grid)[1]
    assert [frozenset({(1, r), (2, r)}) in joined for r in range(5)] == [False] * 4 + [True]


def test_a_neck_narrower_than_a_cell_leaves_two_parts():
    rooms = box(0, 0, 200, 200).union(box(200, 95, 300, 105)).union(box(300, 0, 500, 200))
    grid = lay_grid(rooms, FLAT, 20.0)
    parts = components(grid)
    assert parts.max() == 1
    west = subcells_xy(grid)[:, :, 0].mean(axis=1) < 250
    assert len(set(parts[west])) == len(set(parts[~west])) == 1


def test_components_of_some_cells_are_those_among_them():
    grid = lay_grid(box(0, 0, 200, 40), FLAT, 20.0)
    assert components(grid).tolist() == [0] * 5
    ends = np.array([0, 1, 3, 4], dtype=np.int32)
    assert components(grid, ends).tolist() == [0, 0, 1, 1]
    assert induced_neighbours(grid, ends)[:, 0].tolist() == [1, -1, 3, -1]


def test_an_area_in_two_parts_and_an_empty_one():
    grid = lay_grid(MultiPolygon([box(0, 0, 80, 80), box(160, 0, 240, 80)]), FLAT, 20.0)
    assert np.bincount(components(grid)).tolist() == [4, 4]
    empty = lay_grid(Polygon(), FLAT, 20.0)
    assert empty.cells.shape == (0, 2)
    assert cell_polygons(empty) == []
    assert len(lay_grid(box(0, 0, 5, 5), FLAT, 20.0).cells) == 0


def test_better_coverage_counts_cells_whose_centre_is_inside():
    area = box(15, 15, 185, 105)
    inside = lay_grid(area, FLAT, 20.0)
    wide = lay_grid(area.buffer(20, join_style="mitre"), FLAT, 20.0, centres_in=area)
    assert len(inside.cells) == 3
    assert len(wide.cells) == 15
    assert all(area.covers(Point(xy)) for xy in subcells_xy(wide).mean(axis=1))


def test_centres_are_asked_for_only_where_legs_may_leave_the_area():
    problem = problem_of(box(0, 0, 200, 200))
    assert centre_rule(problem) is None
    wide = type(problem)(
        target=problem.target.difference(box(90, 90, 94, 94)),
        allowed=problem.target.buffer(10).difference(box(90, 90, 94, 94)),
        no_fly=box(90, 90, 94, 94),
        vehicles=problem.vehicles,
    )
    rule = centre_rule(wide)
    assert rule is not None
    assert rule.area == pytest.approx(200 * 200)


def test_a_spacing_that_fits_no_memory_is_refused():
    with pytest.raises(InputError, match="scan_distance_m"):
        lay_grid(box(0, 0, 1e5, 1e5), FLAT, 0.5)


def test_a_million_cells_take_no_more_than_seconds():
    rng = np.random.default_rng(3)
    ponds = shapely.union_all(
        [Point(*xy).buffer(100, quad_segs=4) for xy in rng.random((150, 2)) * 80_000]
    )
    area = box(0, 0, 80_000, 80_000).difference(ponds)
    grid = lay_grid(area, Placement(angle_rad=0.2, dx_m=1, dy_m=2), 40.0)
    assert 950_000 < len(grid.cells) < 1_000_000
    assert components(grid).max() >= 0
