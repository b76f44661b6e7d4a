"""How likely something has been found by when: passes over samples of where it may be.

Koopman, *Search and Screening* (1946), chapters 2 and 3; IAMSAR Manual, volume II, chapter 4: the
sweep width W is the area under the lateral range curve, here a strip of twice the reach in which
each pass finds with the same probability; the coverage factor is ``C = W / S`` with the line
spacing S. Parallel sweeps with an inverse cube law of sighting find ``erf(sqrt(pi) / 2 * C)`` of
what lies on evenly covered ground, IAMSAR's curve for ideal conditions; searching at random finds
``1 - exp(-C)``, the least that any search with this effort should.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from mcpp.model import FloatArray, IntArray, LegKind, Sortie, Vehicle

_MOST_PASSES = 8
"""Over the same ground, that a bound tells apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """Samples of where something may be.

    Attributes
    ----------
    xy_m, mass, area_m2
        Shapes (n, 2), (n,), (n,): places, how likely it is at each, and the ground that each
        stands for. `mass` sums to the probability that it is in the ground that is searched.
    detection
        How likely one pass within reach finds it.
    """

    xy_m: FloatArray
    mass: FloatArray
    area_m2: FloatArray
    detection: float = 1.0

    @property
    def contained(self) -> float:
        """How likely it is in the ground that is searched, 0 to 1."""
        return float(self.mass.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Passes:
    """Straight survey legs as flown.

    Attributes
    ----------
    ends_m
        Shape (k, 4): x, y, x, y.
    begin_s, end_s, reach_m
        Shape (k,).
    flight
        Which flight each belongs to, shape (k,).
    """

    ends_m: FloatArray
    begin_s: FloatArray
    end_s: FloatArray
    reach_m: FloatArray
    flight: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """How likely it has been found: rises by `gain` at `time_s`, shapes (k,), in order of time."""

    time_s: FloatArray
    gain: FloatArray

    @property
    def found(self) -> float:
        """At the end, 0 to 1."""
        return float(self.gain.sum())

    @property
    def mean_s(self) -> float:
        """Expected time until it is found, if it is; 0 where it never is."""
        found = self.found
        return float((self.gain * self.time_s).sum() / found) if found > 0 else 0.0

    def mean_over(self, horizon_s: float) -> float:
        """Mean of the curve from 0 to a time: 1 if it were found at once."""
        if horizon_s <= 0:
            return 0.0
        left_s = np.clip(horizon_s - self.time_s, 0.0, None)
        return float((self.gain * left_s).sum() / horizon_s)

    def at(self, time_s: FloatArray) -> FloatArray:
        """How likely it has been found by each time."""
        sums = np.concatenate([[0.0], np.cumsum(self.gain)])
        return np.asarray(sums[np.searchsorted(self.time_s, time_s, side="right")])

    def half_s(self) -> float:
        """When half of what is found has been found."""
        if not len(self.gain):
            return 0.0
        sums = np.cumsum(self.gain)
        return float(self.time_s[int(np.searchsorted(sums, sums[-1] / 2))])


def passes_of(sorties: tuple[Sortie, ...], vehicles: tuple[Vehicle, ...]) -> Passes:
    """List the survey legs of flights, with the reach of their UAVs."""
    ends, times, reach, flight = [np.empty((0, 4))], [np.empty((0, 2))], [], []
    for number, sortie in enumerate(sorties):
        legs = np.flatnonzero(sortie.kind == LegKind.SURVEY)
        xy_m = sortie.xyz_m[:, :2]
        ends.append(np.hstack([xy_m[legs], xy_m[legs + 1]]))
        times.append(np.column_stack([sortie.time_s[legs], sortie.time_s[legs + 1]]))
        reach += [vehicles[sortie.uav].reach_m] * len(legs)
        flight += [number] * len(legs)
    when = np.vstack(times)
    return Passes(
        np.vstack(ends), when[:, 0], when[:, 1], np.array(reach), np.array(flight, dtype=np.int32)
    )


def nearest_on(ends_m: FloatArray, xy_m: FloatArray) -> FloatArray:
    """Where on each leg, 0 to 1, a point is nearest; shapes (k, 4), (k, 2), (k,)."""
    step = ends_m[:, 2:] - ends_m[:, :2]
    size = np.maximum((step**2).sum(axis=1), 1e-12)
    return np.asarray(np.clip(((xy_m - ends_m[:, :2]) * step).sum(axis=1) / size, 0.0, 1.0))


def finding_curve(odds: Odds, passes: Passes) -> Curve:
    """Accumulate how likely it has been found, pass by pass.

    A UAV passes a sample when it is nearest to it. Legs of one flight that follow each other
    within the time to fly over twice the reach, as at a corner, are one pass.
    """
    if not len(passes.ends_m) or not len(odds.mass):
        return Curve(np.empty(0), np.empty(0))
    tree = shapely.STRtree(shapely.points(odds.xy_m))
    lines = shapely.linestrings(passes.ends_m.reshape(-1, 2, 2))
    leg, sample = tree.query(lines, predicate="dwithin", distance=passes.reach_m)
    if not len(leg):
        return Curve(np.empty(0), np.empty(0))
    ends = passes.ends_m[leg]
    along = nearest_on(ends, odds.xy_m[sample])
    takes_s = passes.end_s[leg] - passes.begin_s[leg]
    time_s = passes.begin_s[leg] + along * takes_s
    length_m = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    look_s = 2 * passes.reach_m[leg] * takes_s / np.maximum(length_m, 1e-9)
    flight = passes.flight[leg]
    order = np.lexsort((time_s, flight, sample))
    sample, time_s, flight, look_s = sample[order], time_s[order], flight[order], look_s[order]
    same = (np.diff(sample) == 0) & (np.diff(flight) == 0) & (np.diff(time_s) <= look_s[1:])
    first = np.concatenate([[True], ~same])
    return _accumulated(odds, sample[first], time_s[first])


def _accumulated(odds: Odds, sample: IntArray, time_s: FloatArray) -> Curve:
    """Let each pass find its part of what the passes before it have missed."""
    order = np.lexsort((time_s, sample))
    sample, time_s = sample[order], time_s[order]
    begin = np.concatenate([[0], np.flatnonzero(np.diff(sample)) + 1])
    before = np.arange(len(sample)) - np.repeat(begin, np.diff(np.append(begin, len(sample))))
    gain = odds.mass[sample] * odds.detection * (1 - odds.detection) ** before
    order = np.lexsort((sample, time_s))
    return Curve(time_s[order], gain[order])


def effort_curve(
    odds: Odds,
    begin_s: FloatArray,
    rate_m2_s: FloatArray,
    once_m2: float,
    *,
    ready_s: FloatArray,
    time_s: FloatArray,
) -> Curve:
    """Bound what any search with this effort finds by when.

    By each time all effort so far is put where it finds most, on ground that can be reached by then
    (Koopman's allotment, for a detection that is concave in effort, as it is here).

    Parameters
    ----------
    begin_s, rate_m2_s
        For each UAV, shape (u,): when it can begin, and the ground that it sweeps in a second.
    once_m2
        Ground that all see beside what they sweep: the round ends of their strips.
    ready_s
        When each sample can be seen at the earliest, shape (n,).
    time_s
        Shape (k,), rising: the bound rises only there, by what it gains up to the next of them.
    """
    missed = (1 - odds.detection) ** np.arange(_MOST_PASSES if odds.detection < 1 else 1)
    parts = missed * odds.detection
    parts[-1] = missed[-1]  # at the last of them all that was missed: a bound may not leave it out
    gain = np.concatenate([odds.mass * part for part in parts])
    area = np.tile(np.maximum(odds.area_m2, 1e-9), len(parts))
    ready = np.tile(ready_s, len(parts))
    order = np.argsort(-gain / area, kind="stable")
    gain, area, ready = gain[order], area[order], ready[order]
    after = np.append(time_s[1:], np.inf)
    effort = (np.clip(after[:, None] - begin_s, 0.0, None) * rate_m2_s).sum(axis=1) + once_m2
    found = np.zeros(len(time_s) + 1)
    for k, (until_s, swept_m2) in enumerate(zip(after, effort, strict=True)):
        some = ready <= until_s
        before = np.cumsum(area[some]) - area[some]
        part = np.clip((swept_m2 - before) / area[some], 0.0, 1.0)
        found[k + 1] = (gain[some] * part).sum() if (begin_s <= until_s).any() else 0.0
    return Curve(time_s, np.clip(np.diff(found), 0.0, None))


def regular_pod(coverage_factor: float) -> float:
    """Probability that parallel sweeps find, by the inverse cube law (IAMSAR's ideal curve)."""
    return math.erf(math.sqrt(math.pi) / 2 * coverage_factor)


def random_pod(coverage_factor: float) -> float:
    """Probability that a search at random finds."""
    return 1 - math.exp(-coverage_factor)
