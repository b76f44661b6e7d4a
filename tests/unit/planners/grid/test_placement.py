"""Tests of the search for the grid's place."""

import math
import random
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import box

from mcpp.errors import Cancelled
from mcpp.model import Placement, Problem
from mcpp.planner import NullObserver
from planners.grid.lay import centre_rule, components, lay_grid, subcells_xy
from planners.grid.placement import (
    PlacementParams,
    anneal_placement,
    candidates,
    objective,
    random_search,
)
from tests.strategies import polygons, problem_of, problems

QUICK = PlacementParams(angle_step_deg=10, shifts=3, starts=2, steps=100)

placements = st.builds(
    Placement,
    angle_rad=st.floats(0.01, 1.5),
    dx_m=st.floats(0.0, 39.0),
    dy_m=st.floats(0.0, 39.0),
)


def naive_objective(problem: Problem, placement: Placement) -> float:
    """The paper's objective from the grid itself, with shapely's areas and boxes."""
    grid = lay_grid(problem.allowed, placement, problem.spacing_m, centre_rule(problem))
    cos, sin = math.cos(placement.angle_rad), math.sin(placement.angle_rad)
    back = np.array([[cos, -sin], [sin, cos]])
    x_low, y_low, x_high, y_high = shapely.transform(problem.target, lambda xy: xy @ back).bounds
    area = problem.target.area
    j1 = len(grid.cells) * grid.cell_m**2 / area
    j2 = area / ((x_high - x_low) * (y_high - y_low))
    if not len(grid.cells):
        return float(0.68 * j1 + 0.32 * j2 - 0.25)
    own = subcells_xy(grid).reshape(-1, 2) @ back
    west, south = own.min(axis=0)
    east, north = own.max(axis=0)
    j3 = abs((x_high - east) - (west - x_low)) / (2 * (east - west))
    j3 += abs((y_high - north) - (south - y_low)) / (2 * (north - south))
    apart = 0.5 if components(grid).max() > 0 else 0.0
    return float(0.68 * j1 + 0.32 * j2 - 0.25 * j3 - apart)


@given(problems(), placements)
def test_the_objective_is_that_of_the_paper_on_the_grid_itself(problem, placement):
    found = objective(problem, placement)
    assert found.value == pytest.approx(naive_objective(problem, placement), abs=1e-9)


@given(polygons(), placements)
def test_with_an_overshoot_the_cells_by_centre_are_scored(area, placement):
    problem = problem_of(area)
    wide = type(problem)(
        target=area, allowed=area.buffer(8.0), no_fly=problem.no_fly, vehicles=problem.vehicles
    )
    found = objective(wide, placement)
    assert found.value == pytest.approx(naive_objective(wide, placement), abs=1e-9)


@given(problems(), st.floats(0.1, 3.0), placements)
def test_turning_area_and_placement_together_keeps_the_objective(problem, turn, placement):
    back = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    target, allowed, no_fly = (
        shapely.transform(shape, lambda xy: xy @ back)
        for shape in (problem.target, problem.allowed, problem.no_fly)
    )
    other = type(problem)(target=target, allowed=allowed, no_fly=no_fly, vehicles=problem.vehicles)
    moved = Placement(
        angle_rad=placement.angle_rad + turn, dx_m=placement.dx_m, dy_m=placement.dy_m
    )
    assert objective(other, moved).value == pytest.approx(
        objective(problem, placement).value, abs=1e-9
    )


@given(problems(), st.integers(0, 99))
@settings(max_examples=20)
def test_the_search_is_never_worse_than_a_few_random_samples(problem, seed):
    found = anneal_placement(problem, PlacementParams(), np.random.default_rng(1), NullObserver())
    drawn = random_search(problem, PlacementParams(), np.random.default_rng(seed), 500)
    assert objective(problem, found).value >= objective(problem, drawn).value - 1e-9


@given(problems(), st.integers(0, 99))
@settings(max_examples=15)
def test_the_same_seed_gives_the_same_placement(problem, seed):
    one, two = (
        anneal_placement(problem, QUICK, np.random.default_rng(seed), NullObserver())
        for _ in range(2)
    )
    assert one == two
    assert 0 <= one.angle_rad < math.pi / 2
    assert 0 <= one.dx_m < 2 * problem.spacing_m
    assert 0 <= one.dy_m < 2 * problem.spacing_m


def test_searches_in_threads_do_not_take_each_others_draws():
    problem = problem_of(box(0, 0, 400, 300), box(120, 90, 180, 160))

    def found(seed):
        return anneal_placement(problem, QUICK, np.random.default_rng(seed), NullObserver())

    alone = [found(seed) for seed in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(found, range(8))) == alone


def test_a_rectangle_of_whole_cells_is_found_whole():
    c, s = math.cos(0.3), math.sin(0.3)
    area = shapely.transform(box(0, 0, 401, 281), lambda xy: xy @ np.array([[c, s], [-s, c]]))
    problem = problem_of(area)
    found = anneal_placement(problem, PlacementParams(), np.random.default_rng(1), NullObserver())
    terms = objective(problem, found)
    assert terms.cells == 70
    assert terms.connected
    assert terms.box_term == pytest.approx(1.0, abs=2e-3)
    assert terms.margin_term < 1e-3


def test_annealing_leaves_signals_and_the_random_module_alone(capfd):
    problem = problem_of(box(0, 0, 300, 200))
    handler = signal.getsignal(signal.SIGINT)
    random.seed(4)
    before = random.getstate()
    anneal_placement(problem, QUICK, np.random.default_rng(1), NullObserver())
    assert random.getstate() == before
    assert signal.getsignal(signal.SIGINT) is handler
    assert capfd.readouterr() == ("", "")


def test_annealing_works_outside_the_main_thread():
    problem = problem_of(box(0, 0, 300, 200))
    found: list[Placement] = []
    thread = threading.Thread(
        target=lambda: found.append(
            anneal_placement(problem, QUICK, np.random.default_rng(1), NullObserver())
        )
    )
    thread.start()
    thread.join()
    assert found == [anneal_placement(problem, QUICK, np.random.default_rng(1), NullObserver())]


class _StopAt:
    """Asks for a stop once the search has come to `fraction`."""

    def __init__(self, fraction: float) -> None:
        self.fraction = fraction
        self.reached = 0.0

    def on_progress(self, stage: str, fraction: float) -> None:
        assert stage == "placement"
        assert fraction >= self.reached
        self.reached = fraction

    def should_stop(self) -> bool:
        return self.reached >= self.fraction


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.5, 0.9])
def test_the_search_stops_when_asked_and_mends_the_random_module(fraction, monkeypatch):
    monkeypatch.setattr("planners.grid.placement.LOOK_S", 0.0)
    observer = _StopAt(fraction)
    before = random.getstate()
    problem = problem_of(box(0, 0, 300, 200))
    with pytest.raises(Cancelled):
        anneal_placement(problem, PlacementParams(), np.random.default_rng(1), observer)
    assert fraction <= observer.reached < fraction + 0.1
    assert random.getstate() == before


def test_candidates_differ_and_come_best_first():
    problem = problem_of(box(0, 0, 330, 250).difference(box(100, 100, 130, 140)))
    found = candidates(problem, PlacementParams(), np.random.default_rng(1), 10)
    assert len(set(found)) == 10
    values = [objective(problem, placement).value for placement in found]
    assert values == sorted(values, reverse=True)
    assert found[0] == anneal_placement(
        problem, PlacementParams(), np.random.default_rng(1), NullObserver()
    )


def test_an_area_too_small_for_a_cell_still_gets_a_placement():
    problem = problem_of(box(0, 0, 15, 15))
    found = anneal_placement(problem, QUICK, np.random.default_rng(1), NullObserver())
    assert objective(problem, found).cells == 0


def test_a_border_of_many_vertices_is_searched_quickly_and_scored_truly():
    angles = np.linspace(0, 2 * np.pi, 20_000, endpoint=False)
    radius = 400 + 5 * np.sin(angles * 300)
    area = shapely.Polygon(radius[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1))
    problem = problem_of(area)
    found = anneal_placement(problem, PlacementParams(), np.random.default_rng(1), NullObserver())
    assert objective(problem, found).value == pytest.approx(naive_objective(problem, found))


def test_the_search_beats_the_samples_of_the_published_program_on_all_shared_areas(shared_dir):
    for path in sorted((shared_dir / "rois").glob("roi_*.geojson")):
        area, *zones = shapely.get_parts(shapely.from_geojson(path.read_text()))
        middle = np.array(area.centroid.coords[0])
        scale = np.array([111_320 * math.cos(math.radians(middle[1])), 111_320])
        area, *zones = (
            shapely.transform(shape, lambda xy, m=middle, s=scale: (xy - m) * s)
            for shape in (area, *zones)
        )
        problem = problem_of(area, shapely.union_all(zones), spacing_m=40.0)
        params = PlacementParams()
        found = anneal_placement(problem, params, np.random.default_rng(1), NullObserver())
        drawn = random_search(problem, params, np.random.default_rng(2))
        assert objective(problem, found).value >= objective(problem, drawn).value, path.name
