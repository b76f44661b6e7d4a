"""Anneal the direction of rows between those that are looked at evenly."""

import math
import random
from collections.abc import Callable
from types import FunctionType

from simanneal import Annealer

WIDEST_RAD, FINEST_RAD = math.radians(20.0), math.radians(0.2)
HOTTEST, COLDEST = 0.03, 0.0003
"""Temperatures, as parts of the cost at the start."""


class _Turning(Annealer):
    """Turns rows, by less the colder it is.

    The base class's ``__init__`` is passed over on purpose: it takes the process's handler of
    Ctrl-C, and fails outside of the main thread.
    """

    copy_strategy = "slice"

    def __init__(
        self,
        cost: Callable[[float], float],
        angle_rad: float,
        steps: int,
        draws: random.Random,
        watch: Callable[[], None],
    ) -> None:
        self.state = [angle_rad]
        self.steps, self.updates = steps, 0
        start = cost(angle_rad)
        self.Tmax, self.Tmin = HOTTEST * start, COLDEST * start
        self._cost, self._draws, self._watch, self._taken = cost, draws, watch, 0

    def move(self) -> None:
        """Turn a little."""
        self._taken += 1
        if self._taken % 50 == 0:
            self._watch()
        width = WIDEST_RAD * (FINEST_RAD / WIDEST_RAD) ** (self._taken / self.steps)
        self.state[0] = (self.state[0] + self._draws.gauss(0.0, width)) % math.pi

    def energy(self) -> float:
        """Give the cost of the direction."""
        return self._cost(self.state[0])


def annealed_direction(
    cost: Callable[[float], float],
    angle_rad: float,
    *,
    steps: int,
    seed: int,
    watch: Callable[[], None],
) -> float:
    """Anneal a direction from a good one.

    simanneal draws from the module `random`, which is the whole process's: its method runs here
    with a source of its own in that place.

    Parameters
    ----------
    cost
        Of a direction, above 0.
    watch
        Called now and then; raises to leave.
    """
    draws = random.Random(seed)
    search = _Turning(cost, angle_rad, steps, draws, watch)
    method = Annealer.anneal
    own = FunctionType(method.__code__, {**method.__globals__, "random": draws})
    state, _ = own(search)
    return float(state[0])
