"""Cut the tour of a fleet's rows where each UAV has flown enough: all land together.

Ground is given by each UAV's own flights (`planners.fleet.filling`). What then makes UAVs wait for
others is told by all flights together, and counted when the ground is given the next time.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.model import FloatArray, Problem
from mcpp.planner import Observer, report_progress
from planners.fleet.balancing import TOGETHER, Balancer, Trial, finish_cost_s
from planners.fleet.dividers import divided_by_rows
from planners.fleet.filling import Filler, Given
from planners.fleet.known_tours import quiet
from planners.fleet.pads import pads_of, slots_of
from planners.fleet.row_flights import RowFlights
from planners.fleet.row_orders import orders_worth_a_try
from planners.fleet.single import CoverParams
from planners.survey.strips import RowDivider
from planners.survey.tour import SurveyParams

MANY = 20
"""Of more UAVs than these one direction and order is tried: each takes long."""
FLOWN = 2
"""Divisions of each round that are flown by all together."""
WAITS = 0.01
"""Waits shorter than this part of the latest end are no reason to give the ground anew."""
FULL = 0.08
"""A battery with no more room than this part of it is full: its UAV is given no more ground."""
WORSE = 0.03
"""A way that was foretold to end later than the best by this part is not flown."""
MUCH_WORSE = 0.08
"""One that was foretold so much later than the first by shares alone is looked at no more."""
MOST_CUT = 250
"""After so many routes that were cut by batteries the ground is not given anew."""
RESTS = 0.03
"""Part of the time until all have landed that each UAV which rests has to save."""
STAGE = "landing together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """How long to look for a division with which all land together.

    Attributes
    ----------
    orders
        In which the UAVs may take pieces of the tour over the rows, of each direction.
    tries
        Of directions and orders, that are flown at most.
    rounds
        Of counting what makes UAVs wait, in each.
    tolerance
        Difference of the ends, as a part of the latest, that is let be.
    """

    orders: int
    tries: int
    rounds: int
    tolerance: float


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """Rows, who takes pieces of them in what order, and about when all would have landed.

    Attributes
    ----------
    lost_s
        Shape (n,): what each is foretold to lose to others of the time up to the common end.
    """

    divider: RowDivider
    flights: RowFlights
    filler: Filler
    order: tuple[int, ...]
    lost_s: FloatArray
    foretold_s: float


@dataclass(frozen=True, slots=True, eq=False)
class _Flown:
    """A division, foretold and flown."""

    given: Given
    trial: Trial


def _foretold_s(way: _Way) -> float:
    return round(way.foretold_s * _for_all_to_fly(len(way.order), len(way.lost_s)), 3)


def _cost_s(flown: _Flown) -> float:
    end_s = flown.trial.end_s
    return finish_cost_s(end_s) * _for_all_to_fly(int((end_s > 0).sum()), len(end_s))


def _for_all_to_fly(flying: int, count: int) -> float:
    """Weigh that some of the UAVs at hand stay on the ground."""
    return 1 + RESTS * (count - flying)


class Evener:
    """Moves the cuts of a division along rows until all UAVs land together.

    Parameters
    ----------
    divider
        Of the first rows; others run across them.
    cover
        How a region is covered; along which rows follows from the divider.
    looked
        How hard to look for the direction of rows.
    """

    def __init__(
        self,
        problem: Problem,
        divider: RowDivider,
        cover: CoverParams,
        looked: SurveyParams,
        evening: Evening,
        *,
        rng: np.random.Generator,
        observer: Observer,
    ) -> None:
        self._problem, self._divider, self._cover, self._looked = problem, divider, cover, looked
        self._evening, self._observer = evening, observer
        self._balancer = Balancer(
            problem, divider, tolerance=evening.tolerance, rng=rng, observer=observer
        )
        self._refused: InfeasibleError | None = None

    def evened(self) -> Trial:
        """Give the ground by the flights of each; the best division that was flown is kept.

        Raises
        ------
        InfeasibleError
            When none can be flown.
        Cancelled
        """
        report_progress(self._observer, STAGE, 0.0)
        ways = self._ways()
        best: _Flown | None = None
        for k, way in enumerate(ways[: self._evening.tries]):
            report_progress(self._observer, STAGE, (1 + k) / (1 + self._evening.tries))
            if best is not None and not self._worth_more(best, way):
                break
            best = self._refined(way, best)
        report_progress(self._observer, STAGE, 1.0)
        if best is None:
            raise self._refused or InfeasibleError("the fleet can not fly along its rows")
        return best.trial

    def _ways(self) -> list[_Way]:
        """Foretell what comes of each direction of the rows and each order along them.

        First by the shares of all; of what looks well the end is then sought.
        """
        dividers = [self._divider]
        many = len(self._problem.vehicles) > MANY
        if not many:
            with suppress(InfeasibleError):
                dividers.append(
                    divided_by_rows(
                        self._problem,
                        quiet(self._observer),
                        self._looked,
                        beside=self._divider.rows,
                    )
                )
        shares = np.array([vehicle.share for vehicle in self._problem.vehicles])
        every: list[_Way] = []
        for divider in dividers:
            flights = RowFlights(self._balancer, divider, self._along(divider))
            filler = Filler(divider, flights, shares)
            wanted = 1 if many else self._evening.orders
            for order in orders_worth_a_try(self._problem, divider, wanted):
                every += [self._way(divider, flights, filler, some) for some in self._fleets(order)]
        every.sort(key=_foretold_s)
        if len(every) == 1:
            return every
        well = [w for w in every if _foretold_s(w) <= (1 + MUCH_WORSE) * _foretold_s(every[0])]
        return sorted(
            (replace(way, foretold_s=way.filler.foretold_s(way.order, way.lost_s)) for way in well),
            key=_foretold_s,
        )

    def _fleets(self, order: tuple[int, ...]) -> list[tuple[int, ...]]:
        """List who may fly: all, or where all share a launch point fewer, the slowest left out.

        Each more that takes off and lands there makes the others wait.
        """
        if not any(len(pad) == len(order) for pad in pads_of(self._problem)):
            return [order]
        slowest = sorted(order, key=lambda uav: (self._problem.vehicles[uav].share, -uav))
        return [
            tuple(uav for uav in order if uav not in slowest[:rest]) for rest in range(len(order))
        ]

    def _way(
        self, divider: RowDivider, flights: RowFlights, filler: Filler, order: tuple[int, ...]
    ) -> _Way:
        """Foretell by shares alone, with turns at shared launch points."""
        waits_s = np.zeros(len(self._problem.vehicles))
        lost_s, end_s = waits_s, filler.about_s(order, waits_s)
        for _ in range(2 if np.isfinite(end_s) else 0):  # the later they land, the farther apart
            lost_s = slots_of(self._problem, end_s).lost_s(waits_s, order)
            end_s = filler.about_s(order, lost_s)
        return _Way(divider, flights, filler, order, lost_s, end_s)

    def _along(self, divider: RowDivider) -> CoverParams:
        return replace(self._cover, rows=divider.rows)

    def _worth_more(self, best: _Flown, way: _Way) -> bool:
        """Whether another way may bring more: it looks earlier, or a UAV lands early for nothing.

        What keeps it from more may be a full battery, or turns at a shared launch point.
        """
        if way.flights.cut > MOST_CUT:
            return False
        last_s = _cost_s(best)
        trial, foretold_s = best.trial, _foretold_s(way)
        if not (1 - WORSE) * last_s < foretold_s <= (1 + WORSE) * last_s:
            return foretold_s < last_s
        pads = {uav for pad in pads_of(self._problem) for uav in pad}
        early = np.flatnonzero(trial.end_s < (1 - TOGETHER) * trial.end_s.max())
        return any(
            uav not in pads and not trial.models[uav].full(float(trial.shares[uav]), within=FULL)
            for uav in early
        )

    def _refined(self, way: _Way, best: _Flown | None) -> _Flown | None:
        """Give the ground exactly, fly it, and count the waits as long as that helps."""
        lost_s = way.lost_s
        own = self._best_of(way, way.filler.given(way.order, lost_s)[:FLOWN], None)
        for _ in range(self._evening.rounds):
            again_s = None if own is None else self._waits_s(own.trial, lost_s)
            if again_s is None or way.flights.cut > MOST_CUT:
                break
            lost_s = again_s
            own = self._best_of(way, way.filler.given(way.order, lost_s)[:FLOWN], own)
        return min((one for one in (best, own) if one), key=_cost_s, default=None)

    def _waits_s(self, trial: Trial, before_s: FloatArray) -> FloatArray | None:
        """Measure what each UAV loses to others of the time up to the common end, shape (n,).

        None where nothing is lost that was not counted, or nothing is to be won.
        """
        lost_s = np.array([model.wait_s for model in trial.models])
        counted = np.abs(lost_s - before_s).max() <= WAITS * trial.end_s.max()
        return None if counted or trial.spread <= self._evening.tolerance else lost_s

    def _best_of(self, way: _Way, divisions: Sequence[Given], best: _Flown | None) -> _Flown | None:
        """Fly divisions with all UAVs; the best of them and of what was best before."""
        found = [] if best is None else [best]
        for given in divisions:
            labels, shares, regions = way.divider.cut(given.order, given.cuts)
            try:
                trial = self._balancer.flown_trial(
                    labels, shares, regions, self._along(way.divider)
                )
            except InfeasibleError as error:
                self._refused = self._refused or error
                continue
            found.append(_Flown(given, trial))
        return min(found, key=_cost_s, default=None)
