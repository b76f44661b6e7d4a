"""When a UAV has landed for good, by how much ground it is given: battery by battery.

The time of a UAV goes up evenly with its ground while a battery lasts, and jumps by a swap, the
ways there and back, and where no charged battery is left by what that takes to charge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.model import FloatArray, Vehicle
from mcpp.problem.batteries import Batteries

_MOST_FLIGHTS = 10_000
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishModel:
    """What one UAV needs for its ground.

    Attributes
    ----------
    whole_s
        Time over the ground if it had all of it.
    once_s, again_s
        Of the first flight and of each later one: up, down, and the ways there and back.
    wait_s
        Before its first take-off.
    """

    vehicle: Vehicle
    whole_s: float
    once_s: float
    again_s: float
    wait_s: float = 0.0

    def flights(self, share: float) -> int:
        """Count the flights that a share of the ground takes."""
        work_s, first_s = share * self.whole_s, self._room_s(self.once_s)
        if work_s <= first_s + 1e-6:
            return 1
        return 1 + int(np.ceil((work_s - first_s) / self._room_s(self.again_s) - 1e-9))

    def finish_s(self, share: float) -> float:
        """Tell when it has landed for good with a share of the ground; 0 for none."""
        if share <= 0:
            return 0.0
        count = self.flights(share)
        air_s = share * self.whole_s + self.once_s + (count - 1) * self.again_s
        if count > _MOST_FLIGHTS:
            return np.inf
        at_s, batteries = self.wait_s, Batteries([self.vehicle])
        for _ in range(count - 1):
            at_s += self.vehicle.endurance_s
            batteries.flown(0, at_s)
            at_s = batteries.ready_s(0, at_s)
        return at_s + air_s - (count - 1) * self.vehicle.endurance_s

    def share_by(self, finish_s: float) -> float:
        """Find the largest share of the ground with which it lands for good by `finish_s`."""
        at_s, work_s, batteries = self.wait_s, 0.0, Batteries([self.vehicle])
        for count in range(_MOST_FLIGHTS):
            way_s = self.again_s if count else self.once_s
            left_s = finish_s - at_s - way_s
            if left_s <= 0 or work_s >= self.whole_s:
                break
            work_s += min(self._room_s(way_s), left_s)
            if left_s <= self._room_s(way_s):
                break
            at_s += self.vehicle.endurance_s
            batteries.flown(0, at_s)
            at_s = batteries.ready_s(0, at_s)
        return min(work_s / self.whole_s, 1.0)

    def full(self, share: float, *, within: float = 0.02) -> bool:
        """Whether its last battery has no more room than a part `within` of it."""
        room_s = self._room_s(self.once_s)
        if (count := self.flights(share)) > 1:
            room_s += (count - 1) * self._room_s(self.again_s)
        return room_s - share * self.whole_s <= within * self.vehicle.endurance_s

    def _room_s(self, way_s: float) -> float:
        """Time over the ground that one battery leaves beside the ways."""
        return max(self.vehicle.endurance_s - way_s, 1.0)


def shares_together(models: Sequence[FinishModel], *, least: float = 1e-3) -> tuple[float, ...]:
    """Shares of the ground, summing to 1, with which the last UAV lands earliest.

    All land together but those whose batteries are full, and for which the others do not wait. Each
    keeps a part `least` at any rate.
    """
    low = 0.0
    high = max(model.finish_s(1.0) for model in models)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if sum(max(model.share_by(middle), least) for model in models) < 1.0:
            low = middle
        else:
            high = middle
    shares: FloatArray = np.array([max(model.share_by(high), least) for model in models])
    return tuple(float(share) for share in shares / shares.sum())


def finish_together_s(models: Sequence[FinishModel]) -> float:
    """Tell when the last UAV lands with `shares_together`."""
    shares = shares_together(models)
    return max(model.finish_s(share) for model, share in zip(models, shares, strict=True))
