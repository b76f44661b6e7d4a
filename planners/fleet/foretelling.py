"""What a tour takes where one battery is too little: the flights over it, foretold and not made."""

import math

from mcpp.errors import InfeasibleError
from mcpp.flight.fly import foretold_alone_s
from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, Problem, Route, Vehicle
from mcpp.problem.space import space_of


def lasts_s(vehicle: Vehicle) -> float:
    """Longest time of a tour for which one battery may be enough."""
    height_m = vehicle.height_m
    return vehicle.endurance_s - height_m / vehicle.climb_m_s - height_m / vehicle.descent_m_s


class Foreteller:
    """Foretells when a UAV alone has landed for good after a tour, swaps included."""

    def __init__(self, problem: Problem, uav: int) -> None:
        self._problem, self._uav = problem, uav
        self._space: FreeSpace | None = None

    def landed_s(self, xy_m: FloatArray, survey: BoolArray) -> float:
        """Infinite where the battery is too little for a part of the tour."""
        route = Route(uav=self._uav, xy_m=xy_m, survey=survey)
        try:
            if self._space is None:
                self._space = FreeSpace(space_of(self._problem, self._uav))
            return foretold_alone_s(self._problem, route, self._space)
        except InfeasibleError:
            return math.inf
