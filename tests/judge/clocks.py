"""Where a flight may be when: its clock set to the plan's, then early or late as real flights are.

A plan says when each corner is left, and bears that a vehicle is there earlier or later by its
stated tolerance: by `timing_tolerance_s` seconds, or by the part `timing_tolerance` of the time
flown if that is more; late counts from the vehicle's first take-off, and none takes off early.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np

from tests.judge.flying import Flown

PROFILE_S = 3.0
"""How far within a leg the judge's even acceleration may be from an autopilot's own: less than the
tolerance by so much is drawn, so that what is faulted is a fault of the plan."""
STEP_S = 0.25
DRAWN = 6
"""Clocks that wander, of every two flights."""
LEG_PART, LEG_S = 0.6, 30.0
"""How far a leg's time may be from this model, which knows no autopilot."""


@dataclass
class Clock:
    """How early and late a flight may be: a part of its time, seconds at least."""

    part: float
    least_s: float
    since_first_s: float

    def early_s(self, flown_s: np.ndarray) -> np.ndarray:
        early_s: np.ndarray = np.maximum(self.least_s, self.part * flown_s - PROFILE_S)
        bound_s: np.ndarray = np.minimum(early_s, flown_s)
        return bound_s

    def late_s(self, flown_s: np.ndarray) -> np.ndarray:
        late_s: np.ndarray = np.maximum(
            self.least_s, self.part * (flown_s + self.since_first_s) - PROFILE_S
        )
        return late_s


def clock_of(one: Flown, first_s: float, flight: dict[str, Any]) -> Clock:
    """Clock of a flight whose vehicle takes off for the first time at `first_s`."""
    return Clock(
        part=flight["timing_tolerance"],
        least_s=max(flight["timing_tolerance_s"] - PROFILE_S, 0.0),
        since_first_s=one.begin_s - first_s,
    )


def set_to_plan(one: Flown, plan_s: np.ndarray) -> None:
    """Let a flight pass its corners when the plan says.

    A leg that the plan gives more time is flown as the judge would, and then waited out: autopilots
    stand before a landing and at corners. One that it gives less time is flown faster.
    """
    times, places = [one.times_s[:1]], [one.places_m[:1]]
    for i in range(len(plan_s) - 1):
        begin, end = one.corner_s[i], one.corner_s[i + 1]
        within = (one.times_s > begin) & (one.times_s <= end)
        if end > begin:
            faster = min(1.0, (plan_s[i + 1] - plan_s[i]) / (end - begin))
            times.append(plan_s[i] + (one.times_s[within] - begin) * faster)
            places.append(one.places_m[within])
        times.append(plan_s[i + 1 : i + 2])
        places.append(one.corners_m[i + 1 : i + 2])
    one.times_s, one.places_m = np.concatenate(times), np.concatenate(places)
    one.corner_s = plan_s


def odd_legs(one: Flown, plan_s: np.ndarray) -> Iterator[str]:
    """Legs whose time by the plan is far from what the judge flies."""
    own, said = np.diff(one.corner_s), np.diff(plan_s)
    for i in np.flatnonzero(np.abs(own - said) > LEG_PART * own + LEG_S):
        yield f"leg {i}: {said[i]:.0f} s claimed, {own[i]:.0f} s flown"


def clocked(
    one: Flown, clock: Clock, share: np.ndarray, step_s: float = STEP_S
) -> tuple[np.ndarray, np.ndarray]:
    """Times since the start of the plan, and places, of a flight that is early or late.

    Parameters
    ----------
    share
        Knots over the flight, from -1 (as early as the plan bears) over 0 to 1 (as late).
    """
    grid = np.arange(0.0, one.times_s[-1] + step_s, step_s)
    knots = np.linspace(0.0, grid[-1], len(share))
    part = np.interp(grid, knots, share) if len(share) > 1 else np.full(len(grid), share[0])
    off = np.where(part < 0, part * clock.early_s(grid), part * clock.late_s(grid))
    return one.begin_s + np.maximum.accumulate(grid + off), one.at(grid)


def shares(name: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Knots for two flights: each early, on time and late; then as drawn."""
    for a in (-1.0, 0.0, 1.0):
        for b in (-1.0, 0.0, 1.0):
            yield np.array([a]), np.array([b])
    random = Random(name)
    for _ in range(DRAWN):
        yield tuple(  # type: ignore[misc]
            np.array([random.uniform(-1.0, 1.0) for _ in range(random.randint(1, 9))])
            for _ in range(2)
        )
