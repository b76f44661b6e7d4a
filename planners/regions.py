"""A region of its own for each UAV, and the shortest tour in each: UAVs kept apart.

DARP divides the ground (`planners.division.ground`), `planners.fleet.single` covers each region,
and where nobody asked for shares they are moved until all UAVs finish together
(`planners.fleet.balancing`).
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from mcpp.model import Dropped, Problem, Solution
from mcpp.planner import Observer
from planners.division.ground import CELLS_PER_UAV, cell_side_m, cut_lattice
from planners.division.params import DarpParams
from planners.fleet.balancing import Balancer, Trial, route_of
from planners.fleet.dividers import Divider, LatticeDivider, divided_by_rows
from planners.fleet.evening import Evener, Evening
from planners.fleet.known_tours import quiet
from planners.fleet.levelling import MANY, TOLERANCE, TRIES, Leveller, flown_trial, part_tried
from planners.fleet.single import CoverParams, cover
from planners.params import param
from planners.survey.strips import RowDivider
from planners.survey.tour import DRAFT, QUICK, SurveyParams


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsParams:
    """Parameters of the regions planner."""

    cover: CoverParams = field(default_factory=CoverParams)
    darp: DarpParams = field(default_factory=DarpParams)
    cells_per_uav: int = param(
        CELLS_PER_UAV, "cells of the lattice that is divided, per UAV", minimum=20, maximum=100_000
    )
    draft_rounds: int = param(
        6, "rounds of moving shares by the times of draft tours", minimum=0, maximum=100
    )
    rounds: int = param(
        4, "rounds of moving shares by the times of polished tours", minimum=0, maximum=100
    )
    flown_rounds: int = param(
        2, "rounds of counting the waits where ground is given along rows", minimum=0, maximum=100
    )
    orders: int = param(
        3,
        "orders in which UAVs take pieces along rows that are weighed, of each direction",
        minimum=1,
        maximum=100,
    )
    flown_orders: int = param(
        3, "of these, how many are flown until all land together", minimum=1, maximum=100
    )
    border_tries: int = param(
        TRIES, "tries to move the borders of regions by the flights of all", minimum=0, maximum=1000
    )
    trades_per_uav: int = param(
        4, "tries to pass ground from one UAV to another, per UAV", minimum=0, maximum=1000
    )
    most_trades: int = param(32, "most tries to pass ground on", minimum=0, maximum=100_000)
    tolerance: float = param(
        TOLERANCE, "difference of finishing times that is let be", minimum=0.0, maximum=1.0
    )
    step: float = param(0.8, "how far shares move at a time", minimum=0.05, maximum=1.5)


def _draft(params: CoverParams) -> CoverParams:
    return replace(params, sweep=replace(params.sweep, effort="draft"))


def _quick(params: CoverParams) -> CoverParams:
    """Make the search some times as fast: its tours are a percent longer at most."""
    few = replace(params.sweep, effort="normal", edges=3, angle_step_deg=45.0, tried=1, finalists=1)
    return replace(params, sweep=replace(few, trees=0, bends=1), survey=QUICK)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsPlanner:
    """A region of its own for each UAV, covered by trimmed sweeps; all finish together."""

    name: str = "regions"
    params: RegionsParams = field(default_factory=RegionsParams)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Divide the ground and cover the regions.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        params = self.params
        if len(problem.vehicles) == 1:
            alone = cover(problem, 0, problem.target, params.cover, rng=rng, observer=observer)
            return Solution(
                planner=self.name,
                routes=(route_of(0, alone),),
                regions=(problem.target,),
                dropped=alone.dropped,
            )
        divider, cover_params = self._divider(problem, rng, observer)
        if isinstance(divider, RowDivider) and problem.balance and not self._draft:
            evener = Evener(
                problem,
                divider,
                cover_params,
                self._looked,
                Evening(
                    orders=params.orders,
                    tries=params.flown_orders,
                    rounds=params.flown_rounds,
                    tolerance=params.tolerance,
                ),
                rng=rng,
                observer=observer,
            )
            found = evener.evened()
        else:
            balancer = Balancer(
                problem, divider, tolerance=params.tolerance, rng=rng, observer=observer
            )
            found = self._balanced(problem, balancer, cover_params)
        dropped: tuple[Dropped, ...] = tuple(d for c in found.covered for d in c.dropped)
        return Solution(
            planner=self.name,
            routes=tuple(route_of(i, c) for i, c in enumerate(found.covered)),
            regions=found.regions,
            dropped=dropped,
        )

    def _divider(
        self, problem: Problem, rng: np.random.Generator, observer: Observer
    ) -> tuple[Divider, CoverParams]:
        """Choose how shares become regions, and how those are covered then."""
        params = self.params
        if any(vehicle.keeps_spacing for vehicle in problem.vehicles):
            divider = divided_by_rows(problem, quiet(observer), self._looked, draft=self._draft)
            return divider, replace(params.cover, rows=divider.rows)
        whole = cover(
            problem, 0, problem.target, _draft(params.cover), rng=rng, observer=quiet(observer)
        )
        side_m = cell_side_m(
            problem.target, problem.spacing_m, len(problem.vehicles), params.cells_per_uav
        )
        lattice = cut_lattice(problem.target, cell_m=side_m, angle_rad=whole.angle_rad)
        return LatticeDivider(problem, lattice, params.darp, rng, observer), params.cover

    @property
    def _draft(self) -> bool:
        return self.params.cover.sweep.effort == "draft"

    @property
    def _looked(self) -> SurveyParams:
        """How hard to look for the direction of a fleet's rows."""
        return DRAFT if self._draft else replace(QUICK, variant=self.params.cover.survey.variant)

    def _balanced(self, problem: Problem, balancer: Balancer, cover: CoverParams) -> Trial:
        """Divide by draft tours, then by polished ones."""
        params, moving = self.params, problem.balance
        count = len(problem.vehicles)
        part = part_tried(problem)
        found = balancer.balanced(
            np.array([vehicle.share for vehicle in problem.vehicles]),
            None,
            _draft(cover),
            rounds=params.draft_rounds if moving else 0,
            step=params.step,
            stage="dividing the area",
        )
        if self._draft:
            return found
        quick = _quick(cover)
        trades = math.ceil(part * min(params.trades_per_uav * count, params.most_trades))
        found = balancer.balanced(
            found.shares,
            found.labels,
            quick,
            rounds=math.ceil(part * params.rounds),
            step=params.step,
            stage="covering the regions",
        )
        found = balancer.traded(found, quick, trades=trades)
        found = balancer.hastened(found, cover)
        if moving and count <= MANY:  # on a lattice: along rows cuts are moved
            tours, tolerance = balancer.tours, params.tolerance
            return Leveller(problem, tours, quick, tolerance=tolerance).levelled(
                flown_trial(problem, found.labels, found.regions, found.covered),
                tries=math.ceil(part * params.border_tries),
                observer=balancer.observer,
            )
        return balancer.traded(found, quick, trades=trades)
