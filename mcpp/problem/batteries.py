"""When a UAV can take off again: a battery swapped, and charged where no fresh one is left."""

from bisect import insort
from collections.abc import Sequence

from mcpp.model import Vehicle


class Batteries:
    """The batteries of a fleet and its chargers, flight by flight.

    A battery goes onto the charger when its UAV has landed, and is charged in full. Where chargers
    are few, batteries are charged in the order in which their flights are told of; one that comes
    late may still be charged before, where it fits between two others.

    Parameters
    ----------
    chargers
        How many batteries of the fleet are charged at a time; None is enough for all.
    """

    def __init__(self, vehicles: Sequence[Vehicle], chargers: int | None = None) -> None:
        self._vehicles = vehicles
        self._flights = [0] * len(vehicles)
        self._charged_s: list[list[float]] = [[] for _ in vehicles]
        self._busy_s: list[list[tuple[float, float]]] | None = (
            None if chargers is None else [[] for _ in range(chargers)]
        )

    def flown(self, uav: int, landed_s: float) -> None:
        """Take note that a UAV has landed with an empty battery."""
        vehicle = self._vehicles[uav]
        self._flights[uav] += 1
        if vehicle.batteries is not None:
            begin_s = self._charger_at(landed_s, vehicle.charge_s)
            insort(self._charged_s[uav], begin_s + vehicle.charge_s)

    def ready_s(self, uav: int, landed_s: float) -> float:
        """Tell when a UAV that landed at `landed_s`, its last flight, can take off again."""
        vehicle, flown = self._vehicles[uav], self._flights[uav]
        ready_s = landed_s + vehicle.swap_s
        if vehicle.batteries is None or flown < vehicle.batteries:
            return ready_s
        return max(ready_s, self._charged_s[uav][flown - vehicle.batteries])

    def _charger_at(self, from_s: float, takes_s: float) -> float:
        """Take the first gap of `takes_s` on any charger; tell when it begins."""
        if self._busy_s is None:
            return from_s
        begin_s, busy = min(
            ((_first_gap_s(busy, from_s, takes_s), busy) for busy in self._busy_s),
            key=lambda found: found[0],
        )
        insort(busy, (begin_s, begin_s + takes_s))
        return begin_s


def _first_gap_s(busy_s: list[tuple[float, float]], from_s: float, takes_s: float) -> float:
    """Find when `takes_s` fit between what is taken, each from when to when, in order."""
    at_s = from_s
    for begin_s, end_s in busy_s:
        if at_s + takes_s <= begin_s:
            break
        at_s = max(at_s, end_s)
    return at_s
