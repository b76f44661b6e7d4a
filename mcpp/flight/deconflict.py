"""Keeps UAVs apart in space and time, and measures how far apart they are.

Between two points of a sortie a UAV is taken to move evenly, so that two UAVs move linearly against
each other between any two of their times, and their closest approach is exact for that motion.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from mcpp.flight.terrain import Terrain
from mcpp.model import FloatArray, Sortie

OtherWay = Callable[[], Sortie | None]
"""Makes the same flight the other way round; None where it can not be flown so."""

DELAY_STEP_S = 5.0
_SLACK_M = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """How near two sorties come to each other, while both are in the air.

    Attributes
    ----------
    horizontal_m, horizontal_time_s
        Least horizontal distance while they are nearer than wanted in height, and when; infinite
        where that never is.
    vertical_m, vertical_time_s
        Least difference in height while they are nearer than wanted on the map, and when.
    """

    first: int
    second: int
    horizontal_m: float
    horizontal_time_s: float
    vertical_m: float
    vertical_time_s: float
    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True, eq=False)
class _Relative:
    """Two sorties against each other: `length` of each span, and motion ``at + moved * time``."""

    start_s: FloatArray
    length_s: FloatArray
    at_m: FloatArray
    moved_m_s: FloatArray


def _relative(a: Sortie, b: Sortie, rise_m: float, delay_s: float) -> _Relative | None:
    a_time, b_time = a.time_s, b.time_s + delay_s
    begin, end = max(a_time[0], b_time[0]), min(a_time[-1], b_time[-1])
    if begin >= end:
        return None
    times = np.concatenate([a_time, b_time])
    times = np.unique(np.concatenate([[begin, end], times[(times > begin) & (times < end)]]))
    apart = np.column_stack(
        [
            np.interp(times, b_time, b.xyz_m[:, k]) - np.interp(times, a_time, a.xyz_m[:, k])
            for k in range(3)
        ]
    )
    apart[:, 2] += rise_m
    length = np.diff(times)
    keep = length > 1e-9
    moved = np.diff(apart, axis=0)[keep] / length[keep, None]
    return _Relative(times[:-1][keep], length[keep], apart[:-1][keep], moved)


def _vertical_window(motion: _Relative, below_m: float) -> tuple[FloatArray, FloatArray]:
    """Part of each span in which the heights differ by less than `below_m`; empty: begin > end."""
    z, rate = motion.at_m[:, 2], motion.moved_m_s[:, 2]
    level = np.abs(rate) < 1e-12
    safe = np.where(level, 1.0, rate)
    one, two = (-below_m - z) / safe, (below_m - z) / safe
    begin = np.where(level, 0.0, np.minimum(one, two))
    end = np.where(level, motion.length_s, np.maximum(one, two))
    shut = level & (np.abs(z) >= below_m)
    begin = np.where(shut, 1.0, np.maximum(begin, 0.0))
    return begin, np.where(shut, 0.0, np.minimum(end, motion.length_s))


def _flat_window(motion: _Relative, below_m: float) -> tuple[FloatArray, FloatArray]:
    """Part of each span in which they are nearer than `below_m` on the map."""
    at, moved = motion.at_m[:, :2], motion.moved_m_s[:, :2]
    a = (moved**2).sum(axis=1)
    b = (at * moved).sum(axis=1)
    c = (at**2).sum(axis=1) - below_m**2
    still = a < 1e-18
    root = np.sqrt(np.maximum(b * b - a * c, 0.0))
    safe = np.where(still, 1.0, a)
    begin = np.where(still, 0.0, np.maximum((-b - root) / safe, 0.0))
    end = np.where(still, motion.length_s, np.minimum((-b + root) / safe, motion.length_s))
    shut = (b * b - a * c <= 0) & ~still | still & (c >= 0)
    return np.where(shut, 1.0, begin), np.where(shut, 0.0, end)


def _closest(
    motion: _Relative, separation_m: float, vertical_separation_m: float
) -> tuple[float, float, float, float]:
    """Least horizontal distance and its time, least vertical one and its time."""
    found = [np.inf, 0.0, np.inf, 0.0]
    begin, end = _vertical_window(motion, vertical_separation_m - _SLACK_M)
    open_ = begin <= end
    if open_.any():
        at, moved = motion.at_m[:, :2], motion.moved_m_s[:, :2]
        nearest = -(at * moved).sum(axis=1) / np.maximum((moved**2).sum(axis=1), 1e-18)
        when = np.clip(nearest, begin, np.maximum(begin, end))
        flat = np.where(open_, np.hypot(*(at + when[:, None] * moved).T), np.inf)
        i = int(np.argmin(flat))
        found[:2] = [float(flat[i]), float(motion.start_s[i] + when[i])]
    begin, end = _flat_window(motion, separation_m - _SLACK_M)
    open_ = begin <= end
    if open_.any():
        z, rate = motion.at_m[:, 2], motion.moved_m_s[:, 2]
        nearest = -z / np.where(np.abs(rate) < 1e-12, 1e12, rate)
        when = np.clip(nearest, begin, np.maximum(begin, end))
        tall = np.where(open_, np.abs(z + when * rate), np.inf)
        i = int(np.argmin(tall))
        found[2:] = [float(tall[i]), float(motion.start_s[i] + when[i])]
    return found[0], found[1], found[2], found[3]


def launch_ground_m(sorties: Sequence[Sortie], terrain: Terrain | None) -> FloatArray:
    """Height of each sortie's launch point; 0 for all without a terrain model."""
    if terrain is None or not sorties:
        return np.zeros(len(sorties))
    return terrain.ground_m(np.array([sortie.xyz_m[0, :2] for sortie in sorties]))


def approaches(
    sorties: Sequence[Sortie],
    *,
    separation_m: float,
    vertical_separation_m: float,
    terrain: Terrain | None = None,
) -> tuple[Approach, ...]:
    """Measure every pair of sorties of different UAVs that are in the air together.

    `Approach.first` and `second` are indices into `sorties`. Without a terrain model all launch
    points are taken to lie at one height.
    """
    ground = launch_ground_m(sorties, terrain)
    out = []
    for i, j in combinations(range(len(sorties)), 2):
        a, b = sorties[i], sorties[j]
        motion = None if a.uav == b.uav else _relative(a, b, float(ground[j] - ground[i]), 0.0)
        if motion is None:
            continue
        flat, flat_s, tall, tall_s = _closest(motion, separation_m, vertical_separation_m)
        when = flat_s if np.isfinite(flat) else tall_s
        x, y = (float(np.interp(when, a.time_s, a.xyz_m[:, k])) for k in range(2))
        out.append(
            Approach(
                first=i,
                second=j,
                horizontal_m=flat,
                horizontal_time_s=flat_s,
                vertical_m=tall,
                vertical_time_s=tall_s,
                x_m=x,
                y_m=y,
            )
        )
    return tuple(out)


def _too_near(
    a: Sortie, b: Sortie, rise_m: float, delay_s: float, flat_m: float, tall_m: float
) -> bool:
    """Whether `b`, taking off later by `delay_s`, comes too near to `a` both ways at once."""
    motion = _relative(a, b, rise_m, delay_s)
    if motion is None:
        return False
    horizontal, _, _, _ = _closest(motion, flat_m, tall_m)
    return horizontal < flat_m - _SLACK_M


def _pad_taken(a: Sortie, b: Sortie, delay_s: float, near_m: float, clear_s: float) -> bool:
    """Whether `b`, taking off later by `delay_s`, needs a place while `a` does, at either end."""
    for i in (0, -1):
        for j in (0, -1):
            apart_s = b.time_s[j] + delay_s - a.time_s[i]
            if abs(apart_s) < clear_s and np.hypot(*(b.xyz_m[j] - a.xyz_m[i])[:2]) < near_m:
                return True
    return False


class Sky:
    """The sorties that have their time, and where among them the next one fits.

    Parameters
    ----------
    pad_clear_s
        Least time between a take-off or landing of one UAV and that of another from places nearer
        to each other than `separation_m`.
    """

    def __init__(
        self, ground_m: FloatArray, separation_m: float, vertical_m: float, pad_clear_s: float
    ) -> None:
        self._ground_m, self._separation_m, self._vertical_m = ground_m, separation_m, vertical_m
        self._pad_clear_s = pad_clear_s
        self._placed: list[tuple[int, Sortie]] = []

    def _free(self, at: int, sortie: Sortie, delay_s: float) -> bool:
        for k, other in self._placed:
            rise_m = float(self._ground_m[at] - self._ground_m[k])
            if other.uav == sortie.uav:
                continue
            if _pad_taken(other, sortie, delay_s, self._separation_m, self._pad_clear_s):
                return False
            if _too_near(other, sortie, rise_m, delay_s, self._separation_m, self._vertical_m):
                return False
        return True

    def delay_s(self, at: int, sortie: Sortie, least_s: float, most_s: float = np.inf) -> float:
        """Find the least delay, in steps, at which a sortie fits; `most_s` where none is less."""
        others = [s for _, s in self._placed if s.uav != sortie.uav]
        last_s = max((s.time_s[-1] + self._pad_clear_s for s in others), default=0.0)
        begin_s, delay_s = float(sortie.time_s[0]), least_s
        while (
            delay_s < most_s and begin_s + delay_s < last_s and not self._free(at, sortie, delay_s)
        ):
            delay_s += DELAY_STEP_S
        return min(delay_s, most_s)

    def soonest(
        self, at: int, sortie: Sortie, earliest_s: float, other_way: OtherWay | None
    ) -> Sortie:
        """Delay a sortie as little as it needs; fly it the other way round if that ends earlier."""
        least_s = earliest_s - float(sortie.time_s[0])
        delay_s = self.delay_s(at, sortie, least_s)
        other = other_way() if other_way is not None and delay_s > least_s else None
        if other is not None:
            pays_s = float(sortie.time_s[-1] + delay_s - other.time_s[-1])
            other_s = self.delay_s(at, other, earliest_s - float(other.time_s[0]), pays_s)
            if other_s < pays_s:
                sortie, delay_s = other, other_s
        return replace(sortie, time_s=sortie.time_s + delay_s)

    def place(self, at: int, sortie: Sortie) -> None:
        """Let the next sorties keep away from this one."""
        self._placed.append((at, sortie))
