"""Flights of single UAVs over pieces of a fleet's rows, each made once."""

from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.fly import flights_alone
from mcpp.ground.transit import FreeSpace
from mcpp.model import Problem, Sortie
from mcpp.problem.batteries import Batteries
from mcpp.problem.space import space_of
from planners.fleet.balancing import Balancer, route_of
from planners.fleet.known_tours import Wanted
from planners.fleet.single import CoverParams
from planners.survey.strips import RowDivider

OPEN = 0.95
"""Part of the time of a closed tour that its flights over the ground take at the least."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Ground of one UAV between two places on the tour over the rows, in lines and parts of one."""

    uav: int
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class _Alone:
    """When a UAV that flies alone has landed, at the least where that is not exact."""

    end_s: float
    sorties: int
    exact: bool = True


class RowFlights:
    """Tells when a UAV that flew alone would have landed, with a piece of the rows.

    Attributes
    ----------
    cut
        How many routes were cut by batteries for that, which takes long.
    """

    def __init__(self, balancer: Balancer, divider: RowDivider, params: CoverParams) -> None:
        self._tours, self._divider, self._params = balancer.tours, divider, params
        self._problem: Problem = balancer.problem
        self.cut = 0
        self._end_s: dict[Piece, float] = {}
        self._at_least_s: dict[Piece, float] = {}
        self._spaces: dict[int | None, FreeSpace] = {}

    def end_s(self, piece: Piece, most_s: float = np.inf) -> float:
        """When all its flights are landed, swaps and charging included.

        0 without ground, infinite where no flight reaches all of it. More than `most_s` may be told
        too early, but later than that: to cut a route by batteries is dear.
        """
        if piece.last <= piece.first:
            return 0.0
        if piece in self._end_s:
            return self._end_s[piece]
        if self._at_least_s.get(piece, 0.0) > most_s:
            return self._at_least_s[piece]
        self._note(piece, self._flown(piece, most_s))
        return self._end_s.get(piece, self._at_least_s.get(piece, np.inf))

    def ends_s(self, pieces: list[Piece]) -> list[float]:
        """Give `end_s` of several; what is not known is covered side by side."""
        new = [p for p in dict.fromkeys(pieces) if p.last > p.first and p not in self._end_s]
        wanted = [Wanted(piece.uav, self._divider.region(piece.first, piece.last)) for piece in new]
        self._tours.make_unknown(wanted, self._params)
        return [self.end_s(piece) for piece in pieces]

    def _note(self, piece: Piece, flown: _Alone) -> None:
        (self._end_s if flown.exact else self._at_least_s)[piece] = flown.end_s
        self.cut += flown.sorties > 1

    def _space_of(self, uav: int) -> FreeSpace:
        key = uav if self._problem.corridors and self._problem.corridors[uav] is not None else None
        if key not in self._spaces:
            self._spaces[key] = FreeSpace(space_of(self._problem, uav))
        return self._spaces[key]

    def _flown(self, piece: Piece, most_s: float = np.inf) -> _Alone:
        problem, uav = self._problem, piece.uav
        region = self._divider.region(piece.first, piece.last)
        try:
            (covered,) = self._tours.best([Wanted(uav, region)], self._params)
            route = route_of(uav, covered)
            vehicle, least_s = problem.vehicles[uav], OPEN * covered.time_s
            if least_s > vehicle.endurance_s and least_s + vehicle.swap_s > most_s:
                return _Alone(least_s + vehicle.swap_s, sorties=0, exact=False)
            sorties = flights_alone(problem, route, self._space_of(uav))
        except InfeasibleError:
            return _Alone(np.inf, sorties=0)
        return _Alone(_landed_s(problem, sorties), len(sorties))


def _landed_s(problem: Problem, sorties: tuple[Sortie, ...]) -> float:
    batteries = Batteries(problem.vehicles, problem.chargers)
    ready_s = end_s = 0.0
    for sortie in sorties:
        end_s = ready_s + float(sortie.time_s[-1] - sortie.time_s[0])
        batteries.flown(sortie.uav, end_s)
        ready_s = batteries.ready_s(sortie.uav, end_s)
    return end_s
