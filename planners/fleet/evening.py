"""Cut the tour of a fleet's rows where each UAV has flown enough: all land together.

Ground is given by each UAV's own flights (`planners.fleet.filling`). What then makes UAVs wait for
others is told by all flights together, and counted when the ground is given the next time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray
from mcpp.planner import report_progress
from planners.fleet.balancing import TOGETHER, Balancer, Trial
from planners.fleet.filling import Filler, Given
from planners.fleet.pads import slots_of
from planners.fleet.row_flights import RowFlights
from planners.fleet.row_orders import orders_worth_a_try
from planners.fleet.single import CoverParams
from planners.survey.strips import RowDivider

FLOWN = 2
"""Divisions of each round that are flown by all together."""
WAITS = 0.01
"""Waits shorter than this part of the latest end are no reason to give the ground anew."""
STAGE = "landing together"


@dataclass(frozen=True, slots=True)
class _Flown:
    """A division, foretold and flown."""

    given: Given
    trial: Trial


def _foretold_s(given: Given) -> tuple[float, float]:
    return given.cost_s


def _cost_s(flown: _Flown) -> float:
    return flown.trial.cost_s


class Evener:
    """Moves the cuts of a division along rows until all UAVs land together."""

    def __init__(self, balancer: Balancer, divider: RowDivider, params: CoverParams) -> None:
        self._balancer, self._divider, self._params = balancer, divider, params
        self._problem = balancer.problem
        shares = np.array([vehicle.share for vehicle in self._problem.vehicles])
        self._filler = Filler(divider, RowFlights(balancer, divider, params), shares)

    def evened(self, *, orders: int, rounds: int) -> Trial:
        """Give the ground by the flights of each; the best division of all is kept.

        Parameters
        ----------
        orders
            In which the UAVs may take pieces of the tour, that are tried as long as the fleet does
            not land together.
        rounds
            Of counting what makes UAVs wait.

        Raises
        ------
        InfeasibleError
            When none can be flown.
        Cancelled
        """
        wanted = orders_worth_a_try(self._problem, self._divider, orders)
        lost_s = slots_of(self._problem, 0.0).lost_s(np.zeros(len(self._problem.vehicles)))
        divisions: list[Given] = []
        for k, order in enumerate(wanted):
            report_progress(self._balancer.observer, STAGE, k / (len(wanted) + rounds))
            divisions += self._filler.given(order, lost_s)[:FLOWN]
            if min(divisions, key=_foretold_s).spread <= TOGETHER:
                break
        divisions.sort(key=_foretold_s)
        best = self._best_of(divisions[:FLOWN], None)
        for k in range(rounds):
            report_progress(
                self._balancer.observer, STAGE, (len(wanted) + k) / (len(wanted) + rounds)
            )
            again_s = None if best is None else self._waits_s(best.trial, lost_s)
            if best is None or again_s is None:
                break
            lost_s = again_s
            best = self._best_of(self._filler.given(best.given.order, lost_s)[:FLOWN], best)
        report_progress(self._balancer.observer, STAGE, 1.0)
        if best is None:
            raise InfeasibleError("no division along the rows can be flown by this fleet")
        return best.trial

    def _waits_s(self, trial: Trial, before_s: FloatArray) -> FloatArray | None:
        """What each UAV loses to others of the time up to the common end, shape (n,).

        None where nothing is lost that was not counted, or nothing is to be won.
        """
        lost_s = np.array([model.wait_s for model in trial.models])
        counted = np.abs(lost_s - before_s).max() <= WAITS * trial.end_s.max()
        return None if counted or trial.spread <= self._balancer.tolerance else lost_s

    def _best_of(self, divisions: Sequence[Given], best: _Flown | None) -> _Flown | None:
        """Fly divisions with all UAVs; the best of them and of what was best before."""
        found = [] if best is None else [best]
        for given in divisions:
            labels, shares, regions = self._divider.cut(given.order, given.cuts)
            try:
                trial = self._balancer.flown_trial(labels, shares, regions, self._params)
            except InfeasibleError:
                continue
            found.append(_Flown(given, trial))
        return min(found, key=_cost_s, default=None)
