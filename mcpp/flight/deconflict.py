"""Keeps UAVs apart in space and time: chooses when each flight takes off.

Where two ways come too near each other both on the map and in height, every pair of pieces that do
so forbids some delays of the one flight against the other: those at which both may be there at the
same time, each as early or late as the mission's timing tolerance lets it be. A take-off is delayed
to the first time that no such pair forbids.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mcpp.flight.phases import Phases, sortie_phases
from mcpp.flight.terrain import Terrain
from mcpp.kernels import kernel
from mcpp.model import FloatArray, Problem, Sortie, Vehicle
from mcpp.stops import heed

OtherWay = Callable[[], Sortie | None]
"""Makes the same flight the other way round; None where it can not be flown so."""

DELAY_STEP_S = 5.0
PIECE_M = 4.0
"""Ways are compared in pieces of this length: the shorter, the less is forbidden without need."""
APART_M = 0.02
"""Kept beyond the wanted separation: coordinates and times are rounded when they are written."""
APART_S = 0.05


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


@kernel
def _when(row: FloatArray, part: float) -> float:
    """When the part 0 to 1 of a phase's way is gone; a row is begin, end, speeds, spread, times."""
    v, w = row[6], row[7]
    if abs(w - v) <= 1e-12 * (v + w) or v + w <= 0.0:
        u = part
    else:  # (2 v u + (w - v) u^2) / (v + w) = part
        root = math.sqrt(max(v * v + (w - v) * (v + w) * part, 0.0))
        u = (v + w) * part / (v + root) if v + root > 0.0 else 0.0
    return float(row[9] + min(max(u, 0.0), 1.0) * (row[10] - row[9]))


@kernel
def _disc_span(
    px: float, py: float, dx: float, dy: float, cx: float, cy: float, radius: float
) -> tuple[float, float]:
    """Part of the line ``p + u d`` in a disc; empty: begin > end."""
    a = dx * dx + dy * dy
    b = (px - cx) * dx + (py - cy) * dy
    c = (px - cx) ** 2 + (py - cy) ** 2 - radius * radius
    if a <= 1e-18:
        return (0.0, 1.0) if c < 0.0 else (1.0, 0.0)
    inner = b * b - a * c
    if inner <= 0.0:
        return 1.0, 0.0
    root = math.sqrt(inner)
    return (-b - root) / a, (-b + root) / a


@kernel
def _near_span(
    p: FloatArray, q: FloatArray, r: FloatArray, s: FloatArray, flat: float
) -> tuple[float, float]:
    """Part of the segment r to s that is nearer on the map than `flat` to the segment p to q.

    All that is so near to a segment are two discs and a rectangle; a line cuts a convex shape in
    one piece.
    """
    dx, dy = s[0] - r[0], s[1] - r[1]
    b0, e0 = _disc_span(r[0], r[1], dx, dy, p[0], p[1], flat)
    b1, e1 = _disc_span(r[0], r[1], dx, dy, q[0], q[1], flat)
    begin, end = np.inf, -np.inf
    if b0 <= e0:
        begin, end = b0, e0
    if b1 <= e1:
        begin, end = min(begin, b1), max(end, e1)
    wx, wy = q[0] - p[0], q[1] - p[1]
    length = math.sqrt(wx * wx + wy * wy)
    if length > 1e-9:
        wx, wy = wx / length, wy / length
        low, high = 0.0, 1.0
        along, along_d = (r[0] - p[0]) * wx + (r[1] - p[1]) * wy, dx * wx + dy * wy
        across, across_d = (r[1] - p[1]) * wx - (r[0] - p[0]) * wy, dy * wx - dx * wy
        low, high = _slab(along, along_d, 0.0, length, low, high)
        low, high = _slab(across, across_d, -flat, flat, low, high)
        if low < high:
            begin, end = min(begin, low), max(end, high)
    return max(begin, 0.0), min(end, 1.0)


@kernel
def _slab(
    at: float, rate: float, below: float, above: float, low: float, high: float
) -> tuple[float, float]:
    """Narrow the parts `low` to `high` of a line to where it lies between two bounds."""
    if abs(rate) < 1e-12:
        return (low, high) if below < at < above else (1.0, 0.0)
    one, two = (below - at) / rate, (above - at) / rate
    return max(low, min(one, two)), min(high, max(one, two))


@kernel
def _meetings(a: FloatArray, b: FloatArray, flat_m: float, tall_m: float) -> FloatArray:
    """Pairs of pieces that are too near: times of the one's piece and of the other's, (k, 4).

    Parameters
    ----------
    a, b
        Shape (m, 11): rows as `_when` takes them.
    """
    count, out = 0, np.empty((64, 4))
    p, q = np.empty(3), np.empty(3)
    for i in range(len(a)):
        for j in range(len(b)):
            flat = flat_m + a[i, 8] + b[j, 8]
            if (
                min(a[i, 0], a[i, 3]) - max(b[j, 0], b[j, 3]) >= flat
                or min(b[j, 0], b[j, 3]) - max(a[i, 0], a[i, 3]) >= flat
                or min(a[i, 1], a[i, 4]) - max(b[j, 1], b[j, 4]) >= flat
                or min(b[j, 1], b[j, 4]) - max(a[i, 1], a[i, 4]) >= flat
                or min(a[i, 2], a[i, 5]) - max(b[j, 2], b[j, 5]) >= tall_m
                or min(b[j, 2], b[j, 5]) - max(a[i, 2], a[i, 5]) >= tall_m
            ):
                continue
            begin, end = _near_span(a[i, :3], a[i, 3:6], b[j, :3], b[j, 3:6], flat)
            if begin >= end:
                continue
            way = a[i, 3:6] - a[i, :3]
            pieces = max(1, math.ceil(math.sqrt((way * way).sum()) / PIECE_M))
            for k in range(pieces):
                p[:] = a[i, :3] + way * (k / pieces)
                q[:] = a[i, :3] + way * ((k + 1) / pieces)
                begin, end = _near_span(p, q, b[j, :3], b[j, 3:6], flat)
                begin, end = _slab(
                    b[j, 2],
                    b[j, 5] - b[j, 2],
                    min(p[2], q[2]) - tall_m,
                    max(p[2], q[2]) + tall_m,
                    begin,
                    end,
                )
                if begin >= end:
                    continue
                if count == len(out):
                    grown = np.empty((2 * count, 4))
                    grown[:count] = out
                    out = grown
                out[count, 0], out[count, 1] = (
                    _when(a[i], k / pieces),
                    _when(a[i], (k + 1) / pieces),
                )
                out[count, 2], out[count, 3] = _when(b[j], begin), _when(b[j], end)
                count += 1
    return out[:count]


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


@kernel
def _allowed_s(least_s: float, forbidden_s: FloatArray) -> float:
    """Find the first of `least_s`, `least_s` + step, ... that is in none of some open intervals.

    Parameters
    ----------
    forbidden_s
        Shape (k, 2), in the order of their begins.
    """
    at = least_s
    for k in range(len(forbidden_s)):
        begin, end = forbidden_s[k, 0], forbidden_s[k, 1]
        if begin < at < end:
            at = least_s + math.ceil((end - least_s) / DELAY_STEP_S - 1e-9) * DELAY_STEP_S
    return at


@dataclass(frozen=True, slots=True, eq=False)
class Flight:
    """A sortie, its motion counted from its take-off, and how long it takes."""

    sortie: Sortie
    rows: FloatArray
    took_s: float


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
        self._apart, self._vehicles, self._pad_clear_s = apart, vehicles, pad_clear_s
        self._met: dict[tuple[int, int], FloatArray] = {}

    def flight(self, sortie: Sortie, ground_m: float) -> Flight:
        """Take a sortie's motion from its take-off on, from a launch point at some height."""
        vehicle = self._vehicles[sortie.uav]
        phases = sortie_phases(sortie, vehicle, begin_s=0.0)
        took_s = float(sortie.time_s[-1]) - (0.0 if sortie.airborne else float(sortie.time_s[0]))
        return Flight(sortie, _rows(phases, ground_m), took_s)

    def _meetings(self, one: Flight, other: Flight) -> FloatArray:
        """Pairs of their pieces that are too near, whenever they take off; found once."""
        key = (id(one), id(other))
        if key not in self._met:
            apart = self._apart
            tall_m = apart.vertical_m + APART_M if apart.vertical_m > 0 else np.inf
            met = _meetings(one.rows, other.rows, apart.horizontal_m + APART_M, tall_m)
            self._met[key], self._met[key[::-1]] = met, met[:, [2, 3, 0, 1]]
        return self._met[key]

    def _early_s(self, t: FloatArray) -> FloatArray:
        """Earliest passing of what is passed `t` after the take-off, counted from it."""
        slack = np.maximum(self._apart.tolerance_s, self._apart.tolerance * t)
        return np.maximum(t - slack, 0.0)

    def _near_s(self, other: Placed, flight: Flight, first_s: float | None) -> FloatArray:
        """Take-offs of a flight at which it can come too near to another: intervals, (k, 2).

        Parameters
        ----------
        first_s
            When its UAV took off for its first flight; None where this is the first.
        """
        part, least_s = self._apart.tolerance, self._apart.tolerance_s
        met = self._meetings(other.flight, flight)
        early = other.begin_s + self._early_s(met[:, 0])
        late = other.begin_s + met[:, 1]
        late = late + np.maximum(least_s, part * (late - other.first_s))
        if first_s is None:
            begin = early - met[:, 3] - np.maximum(least_s, part * met[:, 3])
        else:  # the later it takes off, the later it may be
            begin = np.minimum(early - least_s, (early + part * first_s) / (1 + part)) - met[:, 3]
        end = late - self._early_s(met[:, 2])
        return np.column_stack([begin - APART_S, end + APART_S])

    def _pad_taken_s(self, other: Placed, flight: Flight) -> FloatArray:
        """Take-offs of a flight at which its places on the ground are in use, shape (k, 2)."""
        taken = []
        for mine, at_s in ((0, 0.0), (-1, flight.took_s)):
            for theirs, when_s in ((0, other.begin_s), (-1, other.end_s)):
                step = flight.sortie.xyz_m[mine, :2] - other.flight.sortie.xyz_m[theirs, :2]
                if math.hypot(*step) < self._apart.horizontal_m:
                    middle = when_s - at_s
                    taken.append((middle - self._pad_clear_s, middle + self._pad_clear_s))
        return np.array(taken).reshape(-1, 2)

    def forbidden_s(self, other: Flight, flight: Flight) -> FloatArray:
        """Take-offs at which one flight, its UAV's first, may not begin after another's: (k, 2).

        Counted from the other's take-off, which is that UAV's first too.
        """
        if self._apart.horizontal_m <= 0:
            return np.empty((0, 2))
        placed = Placed(other, 0.0, 0.0)
        return np.vstack([self._near_s(placed, flight, None), self._pad_taken_s(placed, flight)])

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
        forbidden = [np.empty((0, 2))]
        for other in placed:
            heed("flights")
            if other.flight.sortie.uav != flight.sortie.uav:
                forbidden.append(self._near_s(other, flight, first_s))
                forbidden.append(self._pad_taken_s(other, flight))
        all_s = np.vstack(forbidden)
        in_order = all_s[np.argsort(all_s[:, 0], kind="stable")]
        return float(_allowed_s(float(least_s), in_order))
