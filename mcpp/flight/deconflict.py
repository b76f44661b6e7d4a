"""Keeps UAVs apart in space and time: chooses when each flight takes off.

Where two ways come too near each other both on the map and in height, every pair of pieces that do
so forbids some delays of the one flight against the other: those at which both may be there at the
same time, each as early or late as the mission's timing tolerance lets it be. A take-off is delayed
to the first time that no such pair forbids.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcpp.flight.meetings import allowed_s, boxes_near, forbidden_by, meetings_of, merged
from mcpp.flight.phases import Phases, sortie_phases
from mcpp.flight.terrain import Terrain
from mcpp.model import FloatArray, Problem, Sortie, Vehicle
from mcpp.stops import heed

DELAY_STEP_S = 5.0
APART_M = 0.02
"""Kept beyond the wanted separation: coordinates are rounded when they are written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What UAVs in the air keep between them, and how early or late each may be.

    Attributes
    ----------
    vertical_m
        0 where no height is enough.
    tolerance, tolerance_s
        A part of the time flown, and seconds at least.
    """

    horizontal_m: float
    vertical_m: float
    tolerance: float
    tolerance_s: float


def apart_of(problem: Problem) -> Apart:
    """Gather what a problem wants kept between its UAVs."""
    return Apart(
        horizontal_m=problem.separation_m,
        vertical_m=problem.vertical_separation_m,
        tolerance=problem.timing_tolerance,
        tolerance_s=problem.timing_tolerance_s,
    )


def _rows(phases: Phases, rise_m: float) -> FloatArray:
    lift = np.array([0.0, 0.0, rise_m])
    return np.column_stack(
        [
            phases.begin_m + lift,
            phases.end_m + lift,
            phases.begin_m_s,
            phases.end_m_s,
            phases.spread_m,
            phases.time_s[:-1],
            phases.time_s[1:],
        ]
    )


def launch_ground_m(sorties: Sequence[Sortie], terrain: Terrain | None) -> FloatArray:
    """Height of each sortie's launch point; 0 for all without a terrain model."""
    if terrain is None or not sorties:
        return np.zeros(len(sorties))
    return terrain.ground_m(np.array([sortie.home_m for sortie in sorties]))


@dataclass(frozen=True, slots=True, eq=False)
class Flight:
    """A sortie, its motion counted from its take-off, and how long it takes.

    Attributes
    ----------
    rows
        Shape (m, 11), as `mcpp.flight.meetings` takes them.
    box_m
        Shape (2, 2): least and greatest x and y of where it may be.
    """

    sortie: Sortie
    rows: FloatArray
    took_s: float
    box_m: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """How a flight forbids another take-offs, counted from its own, whenever that is."""

    met: FloatArray
    pads: FloatArray

    @property
    def turned(self) -> "_Pair":
        """The other way about."""
        return _Pair(np.ascontiguousarray(self.met[:, [2, 3, 0, 1]]), -self.pads)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A flight that takes off at `begin_s`, and when its UAV's first one does."""

    flight: Flight
    begin_s: float
    first_s: float

    @property
    def end_s(self) -> float:
        """When it lands."""
        return self.begin_s + self.flight.took_s

    @property
    def taken_off(self) -> Sortie:
        """The sortie at its time."""
        sortie = self.flight.sortie
        if sortie.airborne:
            return sortie
        return replace(sortie, time_s=sortie.time_s + (self.begin_s - float(sortie.time_s[0])))


class Sky:
    """When a flight may take off, with others in the air.

    Parameters
    ----------
    pad_clear_s
        Least time between a take-off or landing of one UAV and that of another from places nearer
        to each other than the wanted separation.
    """

    def __init__(self, apart: Apart, vehicles: Sequence[Vehicle], pad_clear_s: float = 0.0) -> None:
        self._apart, self._vehicles = apart, vehicles
        self._slack = (float(apart.tolerance), float(apart.tolerance_s), float(pad_clear_s))
        self._pairs: dict[tuple[Flight, Flight], _Pair | None] = {}

    def flight(self, sortie: Sortie, ground_m: float) -> Flight:
        """Take a sortie's motion from its take-off on, from a launch point at some height."""
        vehicle = self._vehicles[sortie.uav]
        phases = sortie_phases(sortie, vehicle, begin_s=0.0)
        took_s = float(sortie.time_s[-1]) - (0.0 if sortie.airborne else float(sortie.time_s[0]))
        rows = _rows(phases, ground_m)
        spread_m = phases.spread_m.max(initial=0.0)
        low_m = sortie.xyz_m[:, :2].min(axis=0) - spread_m
        high_m = sortie.xyz_m[:, :2].max(axis=0) + spread_m
        return Flight(sortie, rows, took_s, np.array([low_m, high_m]))

    def near_pairs(self, flights: Sequence[Flight]) -> list[tuple[int, int]]:
        """List the pairs of flights of different UAVs that may meet: their boxes do."""
        if self._apart.horizontal_m <= 0 or not flights:
            return []
        boxes_m = np.array([flight.box_m for flight in flights])
        uav = np.array([flight.sortie.uav for flight in flights])
        gap_m = (boxes_m[:, None, 0] - boxes_m[None, :, 1]).max(axis=2)
        near = np.maximum(gap_m, gap_m.T) < self._apart.horizontal_m + APART_M
        found = np.argwhere(np.triu(near & (uav[:, None] != uav[None, :])))
        return [(int(i), int(j)) for i, j in found]

    def _pair(self, one: Flight, other: Flight) -> _Pair | None:
        """How the one forbids the other take-offs; None where it never does. Found once."""
        key = (one, other)
        if key not in self._pairs:
            heed("flights")
            pair = self._found(one, other)
            self._pairs[key] = pair
            self._pairs[other, one] = None if pair is None else pair.turned
        return self._pairs[key]

    def _found(self, one: Flight, other: Flight) -> _Pair | None:
        apart = self._apart
        if not boxes_near(one.box_m, other.box_m, apart.horizontal_m + APART_M):
            return None
        tall_m = apart.vertical_m + APART_M if apart.vertical_m > 0 else np.inf
        met = meetings_of(one.rows, other.rows, apart.horizontal_m + APART_M, tall_m)
        pads = []
        for mine, at_s in ((0, 0.0), (-1, other.took_s)):
            for theirs, when_s in ((0, 0.0), (-1, one.took_s)):
                step = other.sortie.xyz_m[mine, :2] - one.sortie.xyz_m[theirs, :2]
                if math.hypot(*step) < apart.horizontal_m:
                    pads.append(when_s - at_s)
        return _Pair(met, np.array(pads)) if len(met) or pads else None

    def at_one_place(self, flights: Sequence[Flight]) -> set[int]:
        """List flights that take off or land where another one does."""
        found: set[int] = set()
        for i, j in self.near_pairs(flights):
            pair = self._pair(flights[i], flights[j])
            if pair is not None and len(pair.pads):
                found |= {i, j}
        return found

    def forbidden_s(self, other: Flight, flight: Flight) -> FloatArray:
        """Take-offs at which one flight, its UAV's first, may not begin after another's: (k, 2).

        Counted from the other's take-off, which is that UAV's first too: open intervals that do not
        overlap, in order.
        """
        pair = self._pair(other, flight) if self._apart.horizontal_m > 0 else None
        if pair is None:
            return np.empty((0, 2))
        return merged(forbidden_by(pair.met, pair.pads, (0.0, 0.0, math.nan), self._slack))

    def begin_s(
        self, flight: Flight, placed: Sequence[Placed], least_s: float, first_s: float | None
    ) -> float:
        """Find the first time, in steps from `least_s`, at which a flight may take off.

        Parameters
        ----------
        first_s
            When its UAV took off for its first flight; None where this is the first.
        """
        if self._apart.horizontal_m <= 0:
            return least_s
        own_first_s = math.nan if first_s is None else float(first_s)
        forbidden = []
        for other in placed:
            if other.flight.sortie.uav == flight.sortie.uav:
                continue
            pair = self._pair(other.flight, flight)
            if pair is not None:
                when_s = (float(other.begin_s), float(other.first_s), own_first_s)
                forbidden.append(forbidden_by(pair.met, pair.pads, when_s, self._slack))
        if not forbidden:
            return least_s
        return float(allowed_s(float(least_s), np.concatenate(forbidden), DELAY_STEP_S))
