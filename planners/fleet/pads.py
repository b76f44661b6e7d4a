"""What UAVs lose that share a launch point: they take off, and land, one after another."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from mcpp.flight.deconflict import DELAY_STEP_S
from mcpp.model import FloatArray, Problem

_APPROACH_S = 12.0
"""Between two landings at one place beside the tolerances of both: they come down one way."""


def pads_of(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Group UAVs whose launch points lie nearer to each other than they have to keep in the air."""
    given = [(i, v.start_m) for i, v in enumerate(problem.vehicles) if v.start_m is not None]
    group = {i: i for i, _ in given}
    for i, a in given:
        for j, b in given:
            if i < j and np.hypot(a[0] - b[0], a[1] - b[1]) < problem.separation_m:
                old, new = group[j], group[i]
                group = {k: new if g == old else g for k, g in group.items()}
    members: dict[int, list[int]] = {}
    for i, g in group.items():
        members.setdefault(g, []).append(i)
    return tuple(tuple(found) for found in members.values() if len(found) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """Turns at shared launch points.

    Attributes
    ----------
    pads
        UAVs of each place.
    off_s, land_s
        Between two take-offs, and two landings, at one place.
    """

    pads: tuple[tuple[int, ...], ...]
    off_s: float
    land_s: float

    def lost_s(self, waits_s: FloatArray, flying: Collection[int]) -> FloatArray:
        """How much of the time up to the end of all each UAV can not fly, shape (n,).

        At a shared place who takes off first lands first, in the order of the waits.

        Parameters
        ----------
        waits_s
            What each was seen to wait: taken for all that have a place of their own.
        flying
            UAVs that have a flight: the others take no turn.
        """
        lost_s = waits_s.copy()
        for pad in self.pads:
            turns = sorted((uav for uav in pad if uav in flying), key=lambda i: (waits_s[i], i))
            for turn, uav in enumerate(turns):
                lost_s[uav] = turn * self.off_s + (len(turns) - 1 - turn) * self.land_s
        return lost_s


def slots_of(problem: Problem, end_s: float) -> Slots:
    """Foretell the turns at shared places for flights that end about a time."""
    tolerance_s = 2 * max(problem.timing_tolerance_s, problem.timing_tolerance * end_s)
    return Slots(
        pads=pads_of(problem),
        off_s=max(problem.pad_clear_s, 0.0) + DELAY_STEP_S,
        land_s=max(problem.pad_clear_s, tolerance_s + _APPROACH_S),
    )
