"""Tests of the search that goes on until it is told to stop."""

import time
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from mcpp.errors import Cancelled, InfeasibleError
from mcpp.model import PlannerChoice, Problem, Vehicle
from mcpp.planner import IMPROVING, NullObserver
from planners.auto import tried_plan
from planners.registry import choose

BENT = shapely.Polygon([(0, 0), (210, 15), (190, 130), (100, 90), (20, 150)])
FEW = {
    f"auto.{planner}.cover.sweep.{key}": value
    for planner in ("regions", "tour")
    for key, value in (("tried", 1), ("finalists", 1), ("edges", 2), ("trees", 1))
}
FEW |= {"auto.regions.rounds": 0, "auto.regions.trades_per_uav": 0}


class Listening:
    """Hears of each better plan, and stops at the beginning of a stage."""

    def __init__(self, stop_at=None):
        self.stop_at, self.heard, self.stages, self.stopped_s = stop_at, [], [], None

    def on_best(self, finish_s, coverage_percent):
        self.heard.append((finish_s, coverage_percent))

    def on_progress(self, stage, fraction):
        self.stages.append((stage, fraction))
        if stage == self.stop_at and self.stopped_s is None:
            self.stopped_s = time.monotonic()

    def should_stop(self):
        return self.stopped_s is not None


def problem_of(area, uavs=1, **changes):
    fleet = tuple(
        Vehicle(
            id=f"u{i}",
            start_m=None,
            landing_m=None,
            share=1 / uavs,
            spacing_m=20,
            reach_m=15,
            keeps_spacing=False,
        )
        for i in range(uavs)
    )
    return Problem(
        target=area,
        allowed=area,
        no_fly=shapely.Polygon(),
        vehicles=fleet,
        coverage_percent=99.0,
        **changes,
    )


def best(**params):
    return choose(PlannerChoice(name="best", params={**FEW, **params}))


def planned(planner, problem, observer=None):
    rng = np.random.default_rng(1)
    return planner.plan(problem, rng=rng, observer=observer or NullObserver())


@pytest.mark.parametrize("uavs", [1, 2])
def test_a_plan_never_gets_worse_and_its_figures_are_told(uavs):
    problem, observer = problem_of(BENT, uavs), Listening()
    planner = best(rounds=3, planner="regions")
    found = planned(planner, problem, observer)
    ends = [finish_s for finish_s, percent in observer.heard if percent >= 98.99]
    assert ends == sorted(ends, reverse=True)
    assert len(observer.heard) == 3
    figures = tried_plan(planner, problem, found).figures
    assert figures.finish_s <= ends[0]
    assert figures.coverage_percent >= 98.99
    assert not found.stopped
    assert [f for stage, f in observer.stages if stage == IMPROVING] == [0, 1 / 3, 2 / 3]


def test_pieces_of_one_tour_are_improved_too():
    problem = problem_of(BENT, 2, keep_apart=False)
    found = planned(best(rounds=1, planner="tour"), problem)
    assert len(found.routes) == 2


def test_a_stop_while_improving_keeps_the_plan_and_says_so():
    observer = Listening(stop_at=IMPROVING)
    found = planned(best(planner="regions"), problem_of(BENT), observer)
    assert found.stopped
    assert observer.stopped_s is not None
    assert time.monotonic() - observer.stopped_s < 0.5
    assert len(found.routes[0].xy_m) > 5


def test_a_stop_before_the_first_polished_plan_keeps_the_draft():
    observer = Listening(stop_at="sweep")
    with pytest.raises(Cancelled):
        planned(choose(PlannerChoice(name="regions")), problem_of(BENT), observer)
    observer = Listening(stop_at="placement")
    found = planned(best(), problem_of(BENT), observer)
    assert found.stopped
    assert found.planner == "regions"  # auto had finished the first of its planners


def test_time_and_rounds_without_gain_end_the_search():
    begin = time.monotonic()
    found = planned(best(planner="regions", seconds=0.5), problem_of(BENT, 2))
    assert time.monotonic() - begin < 5
    assert not found.stopped
    observer = Listening()
    planned(best(planner="darp-stc", rounds=1000, idle_rounds=1), problem_of(BENT), observer)
    assert len(observer.heard) < 100


def test_too_short_a_time_is_told_with_the_effort_that_the_plan_has():
    problem = problem_of(BENT)
    found = planned(best(planner="regions", seconds=0.0), problem)
    assert found.planner == "draft"
    assert "effort 'draft'" in found.cut_short
    straight = replace(problem, vehicles=(replace(problem.vehicles[0], keeps_spacing=True),))
    found = planned(best(rounds=2), straight)
    default = planned(choose(PlannerChoice(name="auto")), straight)
    assert not found.cut_short
    ends = [tried_plan(best(), straight, one).figures.finish_s for one in (found, default)]
    assert ends[0] <= ends[1]


def test_what_can_not_be_planned_is_refused():
    with pytest.raises(InfeasibleError):
        planned(best(planner="darp-stc"), problem_of(box(0, 0, 18, 18)))


def test_the_same_seed_gives_the_same_plan():
    problem = problem_of(BENT, 2)
    one, other = (planned(best(rounds=2, planner="regions"), problem) for _ in range(2))
    assert [r.xy_m.tobytes() for r in one.routes] == [r.xy_m.tobytes() for r in other.routes]
