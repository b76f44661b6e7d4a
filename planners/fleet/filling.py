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
from planners.fleet.balancing import finish_cost_s, spread_of
from planners.fleet.crossing import CommonEnd, Crossing
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
MANY = 20
"""With more UAVs than these times are filled half as closely."""
MOST_PAIRS = 32
"""Cuts that are moved at most."""
COARSE, COARSE_ENDS = 0.015, 4
"""The same where the end is only foretold, and how many ends are tried then."""
_WAYS = 0.2
"""Part of its time that a UAV is taken to need for its ways, at first."""
REACH = (0.5, 0.2, 0.07)
"""Parts of a piece that are tried where a UAV does not reach all of it."""
LEAST_PART = 2e-4
"""Of the ground: less is no difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The tour, given away.

    Attributes
    ----------
    order
        UAVs that are given ground, in the order of the tour: k of the n.
    cuts
        Where each begins, and the end of the tour: k + 1 places, in lines and parts of them.
    end_s
        Shape (n,), by UAV: when it has landed, and what it loses to others; 0 without ground.
    """

    order: tuple[int, ...]
    cuts: tuple[float, ...]
    end_s: FloatArray

    @property
    def cost_s(self) -> float:
        """Weigh its ends; infinite where a UAV can not fly its ground."""
        return finish_cost_s(self.end_s) if np.isfinite(self.end_s).all() else np.inf

    @property
    def spread(self) -> float:
        """How far the ends of those in the order lie apart, as a part of the latest."""
        return spread_of(self.end_s[list(self.order)])


class Filler:
    """Gives a tour over rows away so that the last UAV lands as early as can be."""

    def __init__(self, divider: RowDivider, flights: RowFlights, shares: FloatArray) -> None:
        self._divider, self._flights = divider, flights
        self._shares = shares
        self._close = CLOSE if len(shares) <= MANY else 2 * CLOSE
        self._pace_s = np.zeros(len(shares))  # for all of the ground, beside the ways
        self._filled_before: dict[tuple[int, bool], tuple[float, float]] = {}

    def about_s(self, order: Sequence[int], lost_s: FloatArray) -> float:
        """Tell about when all would have landed by what each takes for its share alone.

        By how much ground each covers in a second of it, so that one which could not fly its share,
        or only late, counts as little as it helps. Infinite where none can.
        """
        shares = self._shares[list(order)]
        parts = np.concatenate([[0.0], np.cumsum(shares / shares.sum())])
        at = [self._divider.place(float(min(part, 1.0))) for part in parts[:-1]]
        at.append(self._divider.place(1.0))
        pieces = [Piece(uav, at[k], at[k + 1]) for k, uav in enumerate(order)]
        alone_s = self._flights.ends_s(pieces)
        rate, longest_s = 0.0, max((s for s in alone_s if np.isfinite(s)), default=0.0)
        for piece, end_s in zip(pieces, alone_s, strict=True):
            part = self._part(piece)
            if not np.isfinite(end_s):
                part, end_s = self._within_reach(piece)
                end_s = max(end_s, longest_s)  # it flies no more of it, however much time is left
            if np.isfinite(end_s) and part > LEAST_PART:
                if not self._pace_s[piece.uav] > 0:
                    self._pace_s[piece.uav] = 0.8 * end_s / part
                rate += part / (end_s + float(lost_s[piece.uav]))
        known = self._pace_s > 0
        self._pace_s[~known] = float(np.median(self._pace_s[known])) if known.any() else 600.0
        return 1 / rate if rate > 0 else np.inf

    def _part(self, piece: Piece) -> float:
        return self._divider.part(piece.last) - self._divider.part(piece.first)

    def _within_reach(self, piece: Piece) -> tuple[float, float]:
        """Find a part of a piece, at either of its ends, that can be flown: how much, and when."""
        first, last = self._divider.part(piece.first), self._divider.part(piece.last)
        for left in REACH:
            cut = left * (last - first)
            low, high = self._divider.place(first + cut), self._divider.place(last - cut)
            ends = (Piece(piece.uav, piece.first, low), Piece(piece.uav, high, piece.last))
            ends_s = self._flights.ends_s(list(ends))
            if np.isfinite(min(ends_s)):
                best = int(np.argmin(ends_s))
                return self._part(ends[best]), ends_s[best]
        return 0.0, np.inf

    def foretold_s(self, order: Sequence[int], lost_s: FloatArray) -> float:
        """Tell about when all would have landed, with few looks; parameters as `given`."""
        ends = self._common_end(order, lost_s, COARSE)
        for _ in range(COARSE_ENDS):
            given = self._given_by(order, lost_s, ends.end_s, COARSE)
            if not ends.seen(float(given.end_s[order[-1]]) - ends.end_s):
                break
        return ends.end_s

    def given(self, order: Sequence[int], lost_s: FloatArray) -> list[Given]:
        """Give the tour away by several ends; the best division first.

        Parameters
        ----------
        order
            Of the UAVs along the tour; who is not in it is given nothing.
        lost_s
            Shape (n,): how much of the time up to the common end each can not fly.
        """
        found: list[Given] = []
        ends = self._common_end(order, lost_s, self._close)
        for _ in range(ENDS):
            found.append(self._given_by(order, lost_s, ends.end_s, self._close))
            if not ends.seen(float(found[-1].end_s[order[-1]]) - ends.end_s):
                break
        found.sort(key=lambda one: one.cost_s)
        if np.isfinite(found[0].cost_s) and found[0].spread > UNEVEN:
            found.append(self._paired(self._between(found[0], lost_s), lost_s))
        return sorted(found, key=lambda one: one.cost_s)

    def _common_end(self, order: Sequence[int], lost_s: FloatArray, close: float) -> CommonEnd:
        end_s = self.about_s(order, lost_s)
        end_s = end_s if np.isfinite(end_s) else float(self._pace_s.mean())
        worth = 1 / self._pace_s[list(order)]
        return CommonEnd(end_s, float(worth[-1] / worth.sum()), close)

    def _given_by(
        self, order: Sequence[int], lost_s: FloatArray, end_s: float, close: float
    ) -> Given:
        cuts = [0.0]
        for uav in order[:-1]:
            cuts.append(self._filled(uav, cuts[-1], end_s - float(lost_s[uav]), close))
        return self._timed(order, lost_s, (*cuts, self._divider.place(1.0)))

    def _timed(self, order: Sequence[int], lost_s: FloatArray, cuts: Sequence[float]) -> Given:
        pieces = [Piece(uav, cuts[k], cuts[k + 1]) for k, uav in enumerate(order)]
        ends_s = np.zeros(len(self._shares))
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
            has_s = end_s - float(lost_s[uav])
            cuts.append(self._filled(uav, cuts[-1], has_s, self._close, back=True))
        back = [0.0, *cuts[::-1]]
        half = [
            self._divider.place((self._divider.part(a) + self._divider.part(b)) / 2)
            for a, b in zip(given.cuts, back, strict=True)
        ]
        return self._timed(given.order, lost_s, half)

    def _paired(self, given: Given, lost_s: FloatArray) -> Given:
        """Pass ground over one cut at a time, where the ends lie farthest apart."""
        refused: set[tuple[float, ...]] = set()
        for _ in range(min(PAIRS * len(given.order), MOST_PAIRS)):
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
            if abs(one_s - other_s) <= self._close * max(one_s, other_s):
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

    def _filled(
        self, uav: int, place: float, has_s: float, close: float, *, back: bool = False
    ) -> float:
        """Give a UAV the most ground that it has done in the time it has: to where.

        Parameters
        ----------
        place
            From where on the tour; `back` goes to earlier lines.
        close
            Part of the time that may be left.
        """
        best, part = place, self._divider.part(place)
        if has_s <= 0:
            return best
        most, pace_s = part if back else 1.0 - part, float(self._pace_s[uav])
        search = Crossing(_WAYS * has_s, most, aim_s=(1 - close / 2) * has_s, pace_s=pace_s)
        for look in range(LOOKS):
            wanted = max(search.next(), LEAST_PART)
            if look == 0 and (uav, back) in self._filled_before:
                filled, filled_s = self._filled_before[uav, back]
                wanted = float(np.clip(filled * has_s / filled_s, LEAST_PART, most))
            to = self._divider.place(part - wanted if back else part + wanted)
            gets = abs(self._divider.part(to) - part)
            if to == place or not search.inside(gets):
                break
            end_s = self._flights.end_s(Piece(uav, min(place, to), max(place, to)), has_s)
            if end_s <= has_s:
                best = to
                self._filled_before[uav, back] = gets, end_s
                if end_s >= (1 - close) * has_s or gets >= most:
                    break
            search.seen(gets, end_s)
        return best
