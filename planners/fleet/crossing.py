"""Find where something that goes up in steps comes to what is wanted, with few looks."""

import numpy as np


class Crossing:
    """Looks for the ground whose time, which goes up with it in steps, comes to what is aimed at.

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


class CommonEnd:
    """Looks for the end at which the last UAV of a tour is left no more and no less than fits.

    Parameters
    ----------
    end_s
        To begin with.
    part
        Of the time left over, positive or negative, by which the end is to move.
    close
        Part of the end by which it may be off.
    """

    def __init__(self, end_s: float, part: float, close: float) -> None:
        self.end_s, self._part, self._close = end_s, part, close
        self._low_s, self._high_s = 0.0, np.inf
        self._low_over_s, self._high_over_s = np.inf, -np.inf

    def seen(self, over_s: float) -> bool:
        """Take note of what the last UAV is late, and choose the next end; False at the end."""
        if over_s > 0:
            self._low_s, self._low_over_s = self.end_s, over_s
        else:
            self._high_s, self._high_over_s = self.end_s, over_s
        if abs(over_s) <= self._close * self.end_s:
            return False
        self.end_s = self._next_s()
        return self._high_s - self._low_s > 1.5 * self._close * self._low_s

    def _next_s(self) -> float:
        low_s, high_s, over_s = self._low_s, self._high_s, self._low_over_s
        if not np.isfinite(high_s):
            step_s = self._part * over_s if np.isfinite(over_s) else 0.3 * low_s
            return low_s + max(1.1 * step_s, self._close * low_s)
        if low_s <= 0:
            return max(high_s + 1.1 * self._part * self._high_over_s, high_s / 2)
        if not np.isfinite(over_s):
            return (low_s + high_s) / 2
        within = over_s / (over_s - self._high_over_s)
        return low_s + float(np.clip(within, 0.1, 0.9)) * (high_s - low_s)
