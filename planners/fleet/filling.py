"""Give the tour over a fleet's rows away piece by piece: each UAV as much as it flies by one end.

Each UAV in turn, in the order of the tour, is given the most ground with which it lands by an end
that is common to all; the last one takes what is left. The end is moved until that takes the last
one as long. The time of a UAV goes up with its ground, by its own flights: slowly while a line
grows, steeply where a line more is begun, and by a whole sortie where a battery is full.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.model import FloatArray
from planners.fleet.row_flights import Piece, RowFlights
from planners.survey.strips import RowDivider

ENDS = 9
"""Ends for all that are tried, at most."""
LOOKS = 9
"""Places at which a UAV's ground is tried to end, at most."""
UNEVEN = 0.012
"""Ends that lie farther apart than this part of the latest are evened out once more."""
PAIRS, HALVINGS = 2, 7
"""Cuts that are moved then, at most, for each UAV, and places tried for each."""
CLOSE = 0.004
"""A UAV whose time is filled but for this part of it is given no more."""
_WAYS = 0.2
"""Part of its time that a UAV is taken to need for its ways, at first."""
LEAST_PART = 2e-4
"""Of the ground: less is no difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The tour, given away.

    Attributes
    ----------
    order
        UAVs in the order of the tour.
    cuts
        Where each begins, and the end of the tour: n + 1 places, in lines and parts of them.
    end_s
        Shape (n,), by UAV: when it has landed, and what it loses to others.
    """

    order: tuple[int, ...]
    cuts: tuple[float, ...]
    end_s: FloatArray

    @property
    def cost_s(self) -> tuple[float, float]:
        """The end of all, and the sum of all ends."""
        return round(float(self.end_s.max()), 3), round(float(self.end_s.sum()), 3)

    @property
    def spread(self) -> float:
        """How far the ends lie apart, as a part of the latest."""
        return float(1 - self.end_s.min() / self.end_s.max())


class Crossing:
    """Looks for where a time that goes up with the ground, in steps, comes to what is aimed at.

    Parameters
    ----------
    none_s
        Guess of the time without ground.
    most
        The most ground there is, a part of all.
    pace_s
        Guess of the time for all of the ground.
    """

    def __init__(self, none_s: float, most: float, *, aim_s: float, pace_s: float) -> None:
        self._low, self._low_s = 0.0, none_s
        self._high: float | None = None  # nothing is known to take too long
        self._high_s = np.inf
        self._most, self._aim_s, self._pace_s = most, aim_s, pace_s
        self._longer, self._same = True, 0

    def next(self) -> float:
        """Where to look next: ahead, or between; in the middle where one side stays."""
        if self._high is None:
            ahead = (self._aim_s - self._low_s) / self._pace_s * max(1, self._same)
            return min(self._low + ahead, self._most)
        within = 0.5
        if np.isfinite(self._high_s) and self._same < 2:
            within = (self._aim_s - self._low_s) / max(self._high_s - self._low_s, 1e-6)
        return self._low + float(np.clip(within, 0.08, 0.92)) * (self._high - self._low)

    def inside(self, at: float) -> bool:
        """Whether a look there can tell anything new."""
        return at > self._low and (self._high is None or at < self._high)

    def seen(self, at: float, took_s: float) -> None:
        """Take note of what a part of the ground takes."""
        longer = took_s <= self._aim_s
        self._same = self._same + 1 if longer == self._longer else 1
        self._longer = longer
        if longer:
            self._low, self._low_s = at, took_s
        else:
            self._high, self._high_s = at, took_s


class Filler:
    """Gives a tour over rows away so that the last UAV lands as early as can be."""

    def __init__(self, divider: RowDivider, flights: RowFlights, shares: FloatArray) -> None:
        self._divider, self._flights = divider, flights
        self._shares = shares
        self._pace_s = np.zeros(len(shares))  # for all of the ground, beside the ways
        self._filled_before: dict[tuple[int, bool], tuple[float, float]] = {}

    def given(self, order: Sequence[int], lost_s: FloatArray) -> list[Given]:
        """Give the tour away by several ends; the best division first.

        Parameters
        ----------
        order
            Of the UAVs, along the tour.
        lost_s
            Shape (n,): how much of the time up to the common end each can not fly.
        """
        found: list[Given] = []
        low_s, high_s, low_over_s, high_over_s = 0.0, np.inf, np.inf, -np.inf
        last = order[-1]
        end_s = self._first_end_s(order, lost_s)
        for _ in range(ENDS):
            given = self._given_by(order, lost_s, end_s)
            found.append(given)
            over_s = float(given.end_s[last]) - end_s
            if abs(over_s) <= CLOSE * end_s:
                break
            if over_s > 0:
                low_s, low_over_s = end_s, over_s
            else:
                high_s, high_over_s = end_s, over_s
            if high_s < np.inf and high_s - low_s <= CLOSE / 2 * high_s:
                break
            end_s = self._next_end_s(last, (low_s, low_over_s), (high_s, high_over_s))
        found.sort(key=lambda one: one.cost_s)
        if found[0].spread > UNEVEN:
            found.append(self._paired(self._between(found[0], lost_s), lost_s))
        return sorted(found, key=lambda one: one.cost_s)

    def _first_end_s(self, order: Sequence[int], lost_s: FloatArray) -> float:
        """Foretell the common end by what each takes for its share."""
        parts = np.concatenate([[0.0], np.cumsum(self._shares[list(order)])])
        at = [self._divider.place(float(min(part, 1.0))) for part in parts[:-1]]
        at.append(self._divider.place(1.0))
        pieces = [Piece(uav, at[k], at[k + 1]) for k, uav in enumerate(order)]
        alone_s = self._flights.ends_s(pieces)
        ends_s = []
        for piece, end_s in zip(pieces, alone_s, strict=True):
            part = self._divider.part(piece.last) - self._divider.part(piece.first)
            if np.isfinite(end_s) and part > LEAST_PART:
                if not self._pace_s[piece.uav] > 0:
                    self._pace_s[piece.uav] = 0.8 * end_s / part
                ends_s.append(end_s + float(lost_s[piece.uav]))
        known = self._pace_s > 0
        typical_s = float(np.median(self._pace_s[known])) if known.any() else 600.0
        self._pace_s[~known] = typical_s
        return float(np.mean(ends_s)) if ends_s else typical_s

    def _next_end_s(self, last: int, low: tuple[float, float], high: tuple[float, float]) -> float:
        """Choose the next end to try, between one that is too early and one that is too late."""
        (low_s, low_over_s), (high_s, high_over_s) = low, high
        worth = 1 / self._pace_s
        part = float(worth[last] / worth.sum())
        if not np.isfinite(high_s):
            step_s = part * low_over_s if np.isfinite(low_over_s) else 0.3 * low_s
            return low_s + max(1.1 * step_s, CLOSE * low_s)
        if low_s <= 0:
            return max(high_s + 1.1 * part * high_over_s, high_s / 2)
        if not np.isfinite(low_over_s):
            return (low_s + high_s) / 2
        within = low_over_s / (low_over_s - high_over_s)
        return low_s + float(np.clip(within, 0.1, 0.9)) * (high_s - low_s)

    def _given_by(self, order: Sequence[int], lost_s: FloatArray, end_s: float) -> Given:
        cuts = [0.0]
        for uav in order[:-1]:
            cuts.append(self._filled(uav, cuts[-1], end_s - float(lost_s[uav]), back=False))
        return self._timed(order, lost_s, (*cuts, self._divider.place(1.0)))

    def _timed(self, order: Sequence[int], lost_s: FloatArray, cuts: Sequence[float]) -> Given:
        pieces = [Piece(uav, cuts[k], cuts[k + 1]) for k, uav in enumerate(order)]
        ends_s = np.zeros(len(order))
        for piece, end_s in zip(pieces, self._flights.ends_s(pieces), strict=True):
            if piece.first < piece.last:
                ends_s[piece.uav] = end_s + float(lost_s[piece.uav])
        return Given(tuple(order), tuple(cuts), ends_s)

    def _between(self, given: Given, lost_s: FloatArray) -> Given:
        """Share what time is left among all, where the last one alone has it.

        The tour is given away by the same end from its last line back, which leaves the time to the
        first one; then it is cut half-way between.
        """
        end_s = float(given.end_s.max())
        cuts = [self._divider.place(1.0)]
        for uav in given.order[:0:-1]:
            cuts.append(self._filled(uav, cuts[-1], end_s - float(lost_s[uav]), back=True))
        back = [0.0, *cuts[::-1]]
        half = [
            self._divider.place((self._divider.part(a) + self._divider.part(b)) / 2)
            for a, b in zip(given.cuts, back, strict=True)
        ]
        return self._timed(given.order, lost_s, half)

    def _paired(self, given: Given, lost_s: FloatArray) -> Given:
        """Pass ground over one cut at a time, where the two ends lie farthest apart, to even them."""
        refused: set[tuple[float, float, float]] = set()
        for _ in range(PAIRS * len(given.order)):
            ends_s = given.end_s[list(given.order)]
            ranked = np.argsort(-np.abs(np.diff(ends_s)), kind="stable")
            k = next((int(k) for k in ranked if given.cuts[k : k + 3] not in refused), None)
            if k is None or given.spread <= UNEVEN:
                break
            moved = self._evened(given, k, lost_s)
            if moved is given:
                refused.add(given.cuts[k : k + 3])
            given = moved
        return given

    def _evened(self, given: Given, k: int, lost_s: FloatArray) -> Given:
        """Move the cut after the k-th UAV to where it and the next one end together."""
        one, other = given.order[k : k + 2]
        begin, end = given.cuts[k], given.cuts[k + 2]
        low, high = begin, end
        best, cut = given, given.cuts[k + 1]
        for _ in range(HALVINGS):
            before = best if cut == best.cuts[k + 1] else self._with_cut(best, k + 1, cut, lost_s)
            one_s, other_s = float(before.end_s[one]), float(before.end_s[other])
            if max(one_s, other_s) < float(best.end_s[[one, other]].max()):
                best = before
            low, high = (cut, high) if one_s < other_s else (low, cut)
            if abs(one_s - other_s) <= CLOSE * max(one_s, other_s):
                break
            parts = [self._divider.part(place) for place in (low, high)]
            middle = self._divider.place(sum(parts) / 2)
            if not low < middle < high:
                break
            cut = middle
        return best

    def _with_cut(self, given: Given, at: int, cut: float, lost_s: FloatArray) -> Given:
        cuts = (*given.cuts[:at], cut, *given.cuts[at + 1 :])
        return self._timed(given.order, lost_s, cuts)

    def _filled(self, uav: int, place: float, has_s: float, *, back: bool) -> float:
        """Give a UAV the most ground that it has done in the time it has: to where.

        Parameters
        ----------
        place
            From where on the tour; `back` goes to earlier lines.
        """
        best, part = place, self._divider.part(place)
        if has_s <= 0:
            return best
        most, pace_s = part if back else 1.0 - part, float(self._pace_s[uav])
        search = Crossing(_WAYS * has_s, most, aim_s=(1 - CLOSE / 2) * has_s, pace_s=pace_s)
        for look in range(LOOKS):
            wanted = max(search.next(), LEAST_PART)
            if look == 0 and (uav, back) in self._filled_before:
                filled, filled_s = self._filled_before[uav, back]
                wanted = float(np.clip(filled * has_s / filled_s, LEAST_PART, most))
            to = self._divider.place(part - wanted if back else part + wanted)
            gets = abs(self._divider.part(to) - part)
            if to == place or not search.inside(gets):
                break
            end_s = self._flights.end_s(Piece(uav, min(place, to), max(place, to)))
            if end_s <= has_s:
                best = to
                self._filled_before[uav, back] = gets, end_s
                if end_s >= (1 - CLOSE) * has_s or gets >= most:
                    break
            search.seen(gets, end_s)
        return best
