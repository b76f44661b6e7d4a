"""Moving ground between UAVs: it only ever brings the end forward, and covers nothing twice."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from mcpp.errors import Cancelled
from mcpp.model import Problem
from mcpp.planner import NullObserver
from mcpp.problem.finish import FinishModel
from planners.division.ground import cut_lattice
from planners.division.params import DarpParams
from planners.fleet.balancing import Balancer, Trial
from planners.fleet.dividers import LatticeDivider
from planners.fleet.single import Covered, CoverParams, cover
from planners.sweep.tour import SweepParams
from tests.strategies import problem_of

VEHICLE = problem_of(box(0, 0, 9, 9), count=1).vehicles[0]
DRAFT = CoverParams(sweep=SweepParams(effort="draft"))
L_SHAPE = Polygon([(0, 0), (600, 0), (600, 200), (250, 200), (250, 500), (0, 500)])


class Counted(NullObserver):
    def __init__(self, stop_after: int = 10**9) -> None:
        self.left = stop_after
        self.stages: list[tuple[str, float]] = []

    def on_progress(self, stage: str, fraction: float) -> None:
        self.stages.append((stage, fraction))

    def should_stop(self) -> bool:
        self.left -= 1
        return self.left < 0


def balancer_of(problem: Problem, observer=None, tolerance: float = 0.0) -> Balancer:
    rng, observer = np.random.default_rng(0), observer or NullObserver()
    lattice = cut_lattice(problem.target, cell_m=20.0, angle_rad=0.0)
    return Balancer(
        problem,
        LatticeDivider(problem, lattice, DarpParams(), rng, observer),
        tolerance=tolerance,
        rng=rng,
        observer=observer,
    )


def even(count: int) -> np.ndarray:
    return np.full(count, 1 / count)


def trial_of(end_s, work_s, shares) -> Trial:
    return Trial(
        labels=np.zeros(1, np.int32),
        shares=np.array(shares, float),
        regions=(),
        covered=(),
        end_s=np.array(end_s, float),
        work_s=np.array(work_s, float),
        models=tuple(
            FinishModel(
                vehicle=VEHICLE, whole_s=work / share, once_s=end - work, again_s=end - work
            )
            for end, work, share in zip(end_s, work_s, shares, strict=True)
        ),
    )


def test_what_one_uav_passes_on_makes_the_two_even_if_time_goes_with_the_share() -> None:
    trial = trial_of([130, 90, 100], [120, 80, 90], [0.5, 0.2, 0.3])
    moved = trial.passed_on(0, 1, 1.0)
    assert moved.sum() == pytest.approx(1.0)
    assert moved[2] == 0.3
    end_s = 10 + trial.work_s / trial.shares * moved
    assert end_s[0] == pytest.approx(end_s[1])
    half = trial.passed_on(0, 1, 0.5)
    assert half[1] - 0.2 == pytest.approx((moved[1] - 0.2) / 2)


def test_offers_come_first_between_regions_that_meet_and_by_how_far_they_end_apart() -> None:
    trial = trial_of([130, 90, 100], [120, 80, 90], [0.5, 0.2, 0.3])
    row = np.array([[1, -1, -1, -1], [2, -1, 0, -1], [-1, -1, 1, -1]], dtype=np.int32)
    found = list(replace(trial, labels=np.array([0, 2, 1], dtype=np.int32)).offers(row))
    assert found[:2] == [(0, 2, 1.0), (2, 1, 1.0)]
    assert found[len(found) * 2 // 3] == (0, 1, 1.0)
    assert len(set(found)) == len(found)
    assert trial.spread == pytest.approx(40 / 130)


def test_an_earlier_end_costs_less_and_so_does_a_more_even_one() -> None:
    late, early, uneven = (
        trial_of(end_s, end_s, [0.5, 0.5]) for end_s in ([100, 90], [95, 90], [100, 60])
    )
    assert early.cost_s < late.cost_s
    assert trial_of([100, 100], [100, 100], [0.5, 0.5]).cost_s > uneven.cost_s  # it works more


@pytest.mark.parametrize("count", [2, 3, 4])
def test_trading_ends_no_later_than_it_began_and_keeps_the_ground_divided(count) -> None:
    problem = problem_of(L_SHAPE, count=count)
    balancer = balancer_of(problem)
    start = balancer.trial(np.array([0.7, *[0.3 / (count - 1)] * (count - 1)]), None, DRAFT)
    found = balancer.traded(start, DRAFT, trades=6 * count)
    assert found.cost_s < start.cost_s
    assert found.end_s.max() < 0.8 * start.end_s.max()
    assert sum(region.area for region in found.regions) == pytest.approx(L_SHAPE.area, rel=1e-6)
    for i, one in enumerate(found.regions):
        assert one.geom_type == "Polygon"
        for other in found.regions[:i]:
            assert one.intersection(other).area < 1e-3


def test_regions_that_stay_are_not_covered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = problem_of(L_SHAPE, count=3)
    calls: list[int] = []

    def counted(*args: Any, **named: Any) -> Covered:
        calls.append(args[1])
        return cover(*args, **named)

    monkeypatch.setattr("planners.fleet.known_tours.cover", counted)
    balancer = balancer_of(problem)
    first = balancer.trial(even(3), None, DRAFT)
    assert calls == [0, 1, 2]
    again = balancer.trial(even(3), first.labels, DRAFT)
    assert calls == [0, 1, 2]
    assert again.end_s.tolist() == first.end_s.tolist()


def test_nothing_is_traded_where_the_difference_may_be() -> None:
    problem, observer = problem_of(box(0, 0, 400, 400), count=2), Counted()
    balancer = balancer_of(problem, observer, tolerance=1.0)
    start = balancer.trial(even(2), None, DRAFT)
    assert balancer.traded(start, DRAFT, trades=8) is start
    assert observer.stages[0] == ("evening out", 0.0)
    assert observer.stages[-1] == ("evening out", 1.0)


def test_trading_is_given_up_when_asked() -> None:
    problem = problem_of(L_SHAPE, count=3)
    start = balancer_of(problem).trial(np.array([0.6, 0.2, 0.2]), None, DRAFT)
    with pytest.raises(Cancelled):
        balancer_of(problem, Counted(stop_after=3)).traded(start, DRAFT, trades=8)


def test_hastening_never_ends_later() -> None:
    problem = problem_of(L_SHAPE, count=2)
    balancer = balancer_of(problem)
    start = balancer.trial(even(2), None, DRAFT)
    few = SweepParams(edges=2, angle_step_deg=90.0, tried=1, finalists=1)
    found = balancer.hastened(start, replace(DRAFT, sweep=few))
    assert found.end_s.max() <= start.end_s.max()
    assert found.labels is start.labels


@pytest.mark.parametrize("cores", [None, 1])
def test_the_division_does_not_depend_on_how_many_cores_there_are(
    monkeypatch: pytest.MonkeyPatch, cores: int | None
) -> None:
    problem = problem_of(box(0, 0, 240, 160), count=2)
    few = SweepParams(edges=1, angle_step_deg=90.0, tried=1, trees=2, finalists=1)

    def traded() -> Trial:
        balancer = balancer_of(problem)
        start = balancer.trial(np.array([0.6, 0.4]), None, DRAFT)
        return balancer.traded(start, replace(DRAFT, sweep=few), trades=4)

    expected = traded()
    monkeypatch.setenv("MCPP_THREADS", "" if cores is None else str(cores))
    found = traded()
    assert found.end_s.tolist() == expected.end_s.tolist()
    for one, other in zip(found.covered, expected.covered, strict=True):
        assert one.xy_m.tolist() == other.xy_m.tolist()
