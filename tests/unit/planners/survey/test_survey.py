"""Straight lines that keep their spacing: the promise, over random ground and for fleets."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from mcpp.errors import Cancelled
from mcpp.flight.fly import fly
from mcpp.ground.overlay import joined_ground
from mcpp.model import Problem, Route
from mcpp.planner import NullObserver
from planners.auto import AutoPlanner
from planners.draft import DraftPlanner
from planners.fleet.dividers import divided_by_rows
from planners.fleet.single import Covered, CoverParams, cover, flier_of
from planners.regions import RegionsPlanner
from planners.survey.home import with_way_home
from planners.survey.place import Place, parts_of, place_of
from planners.survey.pockets import filled
from planners.survey.rows import Rows, clipped, even_rows
from planners.survey.stringing import ordered, strung
from planners.survey.views import keeps_spacing, samples_of, seldom_seen
from planners.sweep.raster import ring_edges
from tests.strategies import comb_polygons, problem_of, star_polygons

SPACING_M = 20.0
FIELD = shapely.Polygon([(0, 0), (420, 30), (470, 260), (150, 330), (-30, 180)])
HOLE = shapely.box(180, 120, 240, 180)


def covered(problem: Problem, params: CoverParams | None = None) -> Covered:
    return cover(
        problem,
        0,
        problem.target,
        params or CoverParams(),
        rng=np.random.default_rng(1),
        observer=NullObserver(),
    )


def lines_of(routes: list[Route]) -> np.ndarray:
    """Ends of all survey legs, shape (k, 2, 2)."""
    legs = [
        np.stack([r.xy_m[:-1][r.survey], r.xy_m[1:][r.survey]], axis=1)
        for r in routes
        if len(r.xy_m)
    ]
    return np.concatenate(legs)


def too_far_percent(problem: Problem, routes: list[Route]) -> float:
    """Part of the ground deeper inside than a spacing that lies 0.52 spacings from all lines.

    Measured with distances of shapes, not with anything of the planner.
    """
    room = shapely.intersection(problem.target, problem.allowed.buffer(0.1))
    deep = room.buffer(-SPACING_M)
    if deep.is_empty:
        return 0.0
    west, south, east, north = deep.bounds
    step = max(math.sqrt(deep.area / 4000), 0.3)
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    inside = shapely.contains_xy(deep, x, y)
    tree = shapely.STRtree(shapely.linestrings(lines_of(routes)))
    _, away = tree.query_nearest(
        shapely.points(x[inside], y[inside]), return_distance=True, all_matches=False
    )
    return 100 * float((away > 0.52 * SPACING_M).mean()) if len(away) else 0.0


def crooked_part(routes: list[Route], angle_rad: float) -> float:
    """Part of the length of survey legs that does not run along a direction."""
    step = np.diff(lines_of(routes), axis=1)[:, 0]
    length = np.hypot(*step.T)
    across = np.abs(step @ [-math.sin(angle_rad), math.cos(angle_rad)])
    return float(length[across > 1e-3 * length + 1e-6].sum() / length.sum())


@settings(max_examples=25, deadline=None)
@given(area=st.one_of(star_polygons(), comb_polygons()), overhang=st.booleans())
def test_lines_over_any_ground_lie_a_spacing_apart_at_most(area, overhang):
    problem = problem_of(area, spacing_m=SPACING_M, keeps_spacing=True)
    if overhang:
        problem = replace(problem, allowed=area.buffer(15.0, join_style="mitre"))
    found = covered(problem)
    route = Route(uav=0, xy_m=found.xy_m, survey=found.survey)
    assert too_far_percent(problem, [route]) <= 0.1
    assert problem.allowed.buffer(1e-6).covers(shapely.linestrings(found.xy_m))
    assert found.xy_m[0].tolist() == found.xy_m[-1].tolist()


@pytest.mark.parametrize("direction", [None, 0.0, 30.0, 90.0, 151.0])
def test_lines_are_straight_and_run_the_way_that_is_asked_for(direction):
    problem = problem_of(FIELD, HOLE, spacing_m=SPACING_M, keeps_spacing=True)
    vehicle = replace(problem.vehicles[0], direction_deg=direction)
    found = covered(replace(problem, vehicles=(vehicle,)))
    route = Route(uav=0, xy_m=found.xy_m, survey=found.survey)
    if direction is not None:
        assert abs(math.sin(found.angle_rad - math.radians(90 - direction))) < 1e-9
    # the way home along the border is the one that bends
    assert crooked_part([route], found.angle_rad) < 0.12
    assert found.coverage_percent >= problem.coverage_percent


def test_rows_are_the_fewest_that_keep_the_spacing():
    edges = ring_edges(shapely.box(0, 0, 300, 101))
    rows = even_rows(edges, edges, 0.0, 20.0)
    assert rows.count == 6
    assert rows.gap_m == pytest.approx(101 / 6)
    assert rows.heights_m[0] == pytest.approx(101 / 12)


@pytest.mark.parametrize("area", [FIELD, shapely.box(0, 0, 100, 100)])
def test_a_rectangle_or_field_needs_no_longer_than_its_lines_and_the_way_home(area):
    problem = problem_of(area, spacing_m=SPACING_M, keeps_spacing=True)
    found = covered(problem)
    length = float(np.hypot(*np.diff(found.xy_m, axis=0).T).sum())
    # lines, hops between them, and home again
    box = shapely.minimum_rotated_rectangle(area)
    sides = sorted(np.hypot(*np.diff(shapely.get_coordinates(box)[:3], axis=0).T))
    assert length <= area.area / SPACING_M + 3.0 * sides[0] + sides[1]


@settings(max_examples=8, deadline=None)
@given(
    area=st.one_of(star_polygons(min_radius_m=150.0), comb_polygons()),
    shares=st.sampled_from([(0.5, 0.5), (0.2, 0.3, 0.5), (0.1, 0.2, 0.3, 0.15, 0.25)]),
    wider=st.sampled_from([1.0, 1.3, 2.1]),
)
def test_divided_ground_keeps_the_promise_across_all_borders(area, shares, wider):
    problem = problem_of(
        area, count=len(shares), shares=shares, spacing_m=SPACING_M, keeps_spacing=True
    )
    wide = replace(problem.vehicles[-1], spacing_m=wider * SPACING_M)
    problem = replace(problem, vehicles=(*problem.vehicles[:-1], wide), balance=False)
    divider = divided_by_rows(problem, NullObserver())
    labels, regions = divider.divided(np.array(shares), None)
    assert shapely.area(regions).sum() == pytest.approx(problem.target.area, rel=1e-6)
    whole = joined_ground(regions)
    assert whole.area == pytest.approx(problem.target.area, rel=1e-6)
    assert set(labels.tolist()) <= set(range(len(shares)))
    routes = []
    for uav, region in enumerate(regions):
        params = CoverParams(rows=divider.rows)
        found = cover(
            problem, uav, region, params, rng=np.random.default_rng(1), observer=NullObserver()
        )
        routes.append(Route(uav=uav, xy_m=found.xy_m, survey=found.survey))
    own = shapely.difference(problem.target, regions[-1]) if wider > 1 else problem.target
    near = shapely.buffer(regions[-1], wider * SPACING_M) if wider > 1 else shapely.Polygon()
    rest = replace(problem, target=shapely.difference(own, near))
    if not rest.target.is_empty:
        assert too_far_percent(rest, routes) <= 0.1


def test_shares_that_are_asked_for_are_given():
    shares = (0.15, 0.35, 0.5)
    problem = problem_of(
        FIELD, HOLE, count=3, shares=shares, spacing_m=SPACING_M, keeps_spacing=True
    )
    problem = replace(problem, balance=False)
    solution = RegionsPlanner().plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
    given_parts = shapely.area(solution.regions) / problem.target.area
    assert given_parts == pytest.approx(shares, abs=0.01)


def test_a_fleet_finishes_together_and_its_draft_keeps_the_promise_too():
    problem = problem_of(FIELD, HOLE, count=3, spacing_m=SPACING_M, keeps_spacing=True)
    for planner in (DraftPlanner(), AutoPlanner()):
        solution = planner.plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
        assert too_far_percent(problem, list(solution.routes)) <= 0.1
    end_s = [sortie.time_s[-1] for sortie in fly(problem, solution)]
    assert min(end_s) > 0.93 * max(end_s)
    assert [a.planner for a in solution.alternatives if a.chosen] == ["regions"]


def test_a_block_between_cut_rows_takes_as_few_lines_as_a_wider_spacing_allows():
    problem = problem_of(shapely.box(0, 0, 300, 200), spacing_m=40.0, keeps_spacing=True)
    rows = Rows(angle_rad=0.0, first_m=10.0, gap_m=20.0, count=10)
    found = covered(problem, CoverParams(rows=rows))
    heights = np.unique(
        np.round(lines_of([Route(uav=0, xy_m=found.xy_m, survey=found.survey)])[..., 1], 3)
    )
    assert heights == pytest.approx([20, 60, 100, 140, 180], abs=0.01)


def place_over(area: shapely.Polygon, reach_m: float = SPACING_M / math.sqrt(2)) -> Place:
    vehicle = problem_of(area, spacing_m=SPACING_M, reach_m=reach_m).vehicles[0]
    place = place_of(area, area.buffer(-0.01, join_style="mitre"), flier_of(vehicle))
    assert place is not None
    return place


def test_a_wedge_that_no_row_meets_gets_a_line_of_its_own():
    wedge = shapely.Polygon(
        [(0, 0), (200, 0), (200, 40), (500, 39), (500, 40), (200, 100), (0, 100)]
    )
    place = place_over(wedge)
    rows = even_rows(place.target_edges, place.line_edges, 0.0, SPACING_M)
    parts = parts_of(*clipped(rows, place.line_edges), rows.heights_m, 0.0)
    raster = place.raster(40_000)
    _, before = filled(place, rows, parts, 0.0, raster, lambda: None)
    more, after = filled(place, rows, parts, 99.9, raster, lambda: None)
    assert before < 99.9 <= after
    assert len(more) > len(parts)
    assert all(place.inner.covers(shapely.linestrings(part)) for part in more)


def test_the_way_home_lets_lines_end_before_it_and_is_seen_as_well_as_their_ends_were():
    place = place_over(shapely.box(0, 0, 400, 320))
    rows = even_rows(place.target_edges, place.line_edges, 0.0, SPACING_M)
    plain = parts_of(*clipped(rows, place.line_edges), rows.heights_m, 0.0)
    home = with_way_home(place, rows, 0)
    assert home is not None
    assert len(home) == len(plain) + 1
    saved = sum(np.hypot(*np.diff(p, axis=0).T).sum() for p in plain) - sum(
        np.hypot(*np.diff(p, axis=0).T).sum() for p in home[:-1]
    )
    assert saved == pytest.approx((len(plain) - 1) * 0.55 * SPACING_M, rel=0.1)
    points, seldom = samples_of(place), []
    for parts in (plain, home):
        entry = ordered(place, parts, starts=2, kicks=10, seed=1, watch=lambda: None)
        assert entry is not None
        loop = strung(place, parts, entry)
        assert loop is not None
        assert keeps_spacing(place, loop, points)
        seldom.append(seldom_seen(place, loop, points))
    assert seldom[1] <= seldom[0]


def test_lines_left_out_break_the_spacing():
    place = place_over(shapely.box(0, 0, 400, 320))
    rows = even_rows(place.target_edges, place.line_edges, 0.0, SPACING_M)
    parts = parts_of(*clipped(rows, place.line_edges), rows.heights_m, 0.0)
    entry = ordered(place, parts[:5] + parts[6:], starts=1, kicks=0, seed=1, watch=lambda: None)
    assert entry is not None
    loop = strung(place, parts[:5] + parts[6:], entry)
    assert loop is not None
    assert not keeps_spacing(place, loop, samples_of(place))


class Impatient(NullObserver):
    def __init__(self, looks: int) -> None:
        self.left = looks

    def should_stop(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("looks", [0, 1, 4])
def test_a_wish_to_stop_is_heard(looks):
    problem = problem_of(FIELD, count=2, spacing_m=SPACING_M, keeps_spacing=True)
    with pytest.raises(Cancelled):
        RegionsPlanner().plan(problem, rng=np.random.default_rng(1), observer=Impatient(looks))
