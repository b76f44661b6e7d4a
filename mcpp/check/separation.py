"""How near UAVs can come to each other, when each may be somewhat early or late.

A flight's place is known as a function of its own time (`mcpp.flight.phases.Phases`). When it is
really there is not known to the second, so that two flights meet wherever their ways come near each
other in windows of time that overlap. A point that is passed `t` after the take-off is passed

- at most ``max(timing_tolerance_s, timing_tolerance * t)`` earlier, but not before the take-off,
  which is kept by the clock;
- at most ``max(timing_tolerance_s, timing_tolerance * T)`` later, `T` counted from the UAV's first
  take-off: a sortie also starts late when the one before it ended late.

`mcpp.check.nearest` finds the least distance over all pairs of places with overlapping windows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from mcpp.check.nearest import (
    BEGIN_M,
    BEGIN_M_S,
    BEGIN_S,
    END_M,
    END_M_S,
    END_S,
    SPREAD_M,
    Motion,
    Tolerance,
    Within,
    gone,
    late,
    nearest,
)
from mcpp.flight.phases import Phases
from mcpp.model import FloatArray

_SLACK_M = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flight:
    """A sortie for the measure of separation.

    Attributes
    ----------
    uav
        Flights of one UAV are never in the air together.
    first_s
        When the UAV takes off for its first flight.
    rise_m
        Height of its launch point above that of the others.
    """

    uav: int
    phases: Phases
    first_s: float
    rise_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What two UAVs in the air keep between them: one or the other.

    Attributes
    ----------
    vertical_m
        0 where no height is enough.
    tolerance, tolerance_s
        How early or late each may be: a part of the time flown, and seconds at least.
    """

    horizontal_m: float
    vertical_m: float
    tolerance: float
    tolerance_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """How near two flights can come to each other.

    Attributes
    ----------
    horizontal_m, horizontal_time_s
        Least horizontal distance while they are nearer than wanted in height, and when the first
        of the two is there by plan; infinite where that never is.
    vertical_m, vertical_time_s
        Least difference in height while they are nearer than wanted on the map, and when.
    x_m, y_m
        Where the first of the two is then.
    """

    first: int
    second: int
    horizontal_m: float
    horizontal_time_s: float
    vertical_m: float
    vertical_time_s: float
    x_m: float
    y_m: float


def _motion(flight: Flight) -> Motion:
    phases = flight.phases
    lift = np.array([0.0, 0.0, flight.rise_m])
    rows = np.empty((len(phases.leg), END_S + 1))
    rows[:, BEGIN_M:END_M] = phases.begin_m + lift
    rows[:, END_M:BEGIN_M_S] = phases.end_m + lift
    rows[:, BEGIN_M_S], rows[:, END_M_S] = phases.begin_m_s, phases.end_m_s
    rows[:, SPREAD_M] = phases.spread_m
    rows[:, BEGIN_S], rows[:, END_S] = phases.time_s[:-1], phases.time_s[1:]
    return Motion(rows, float(phases.time_s[0]), float(flight.first_s))


def _together(a: Motion, b: Motion, tolerance: Tolerance) -> bool:
    """Whether both can be in the air at once."""
    a_end, b_end = float(a.phases[-1, END_S]), float(b.phases[-1, END_S])
    return bool(
        a.takeoff_s <= late(b_end, b.first_s, *tolerance)
        and b.takeoff_s <= late(a_end, a.first_s, *tolerance)
    )


def place_at(phases: Phases, time_s: float) -> FloatArray:
    """Where a flight is at a time of its own, shape (3,)."""
    k = min(max(int(np.searchsorted(phases.time_s, time_s)) - 1, 0), len(phases.leg) - 1)
    took = max(float(phases.time_s[k + 1] - phases.time_s[k]), 1e-12)
    u = min(max((time_s - float(phases.time_s[k])) / took, 0.0), 1.0)
    part = gone(float(phases.begin_m_s[k]), float(phases.end_m_s[k]), u)
    return np.asarray(phases.begin_m[k] + part * (phases.end_m[k] - phases.begin_m[k]))


def approaches(flights: Sequence[Flight], wanted: Separation) -> tuple[Approach, ...]:
    """Measure every pair of flights of different UAVs that can be in the air together.

    `Approach.first` and `second` are indices into `flights`.
    """
    tolerance = Tolerance(float(wanted.tolerance), float(wanted.tolerance_s))
    alike_m = wanted.vertical_m - _SLACK_M if wanted.vertical_m > 0 else np.inf
    level, upright = Within(alike_m, True), Within(wanted.horizontal_m - _SLACK_M, False)
    motions = [_motion(flight) for flight in flights]
    out = []
    for i, j in combinations(range(len(flights)), 2):
        a, b = motions[i], motions[j]
        if flights[i].uav == flights[j].uav or not len(a.phases) or not len(b.phases):
            continue
        flat, flat_s, _ = nearest(a, b, tolerance, level)
        tall, tall_s, _ = nearest(a, b, tolerance, upright)
        if not (np.isfinite(flat) or np.isfinite(tall) or _together(a, b, tolerance)):
            continue
        when = flat_s if np.isfinite(flat) else tall_s
        x, y, _ = place_at(flights[i].phases, when)
        out.append(
            Approach(
                first=i,
                second=j,
                horizontal_m=flat,
                horizontal_time_s=flat_s,
                vertical_m=tall,
                vertical_time_s=tall_s,
                x_m=float(x),
                y_m=float(y),
            )
        )
    return tuple(out)
