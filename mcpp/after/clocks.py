"""Sets clocks against each other where photos and logs overlap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import correlate
from scipy.spatial import KDTree

from mcpp.after.shots import Log, Shot
from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.model import FloatArray, IntArray

NEAR_M = 10.0
"""A photo was taken where the track passes within this distance."""
LEAST_SHARE = 0.5
"""So many of the photos must agree on an offset."""
TOLERANCE_S = 2.0
"""Camera clocks tell whole seconds, and are set by hand."""
CLEAR_PHOTOS = 3
"""So many photos must fit the best offset and no other."""
_SAMPLE = 400
_BIN_S = 1.0
_BEAT_S = 0.5
_LONGEST_S = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockOffset:
    """How far one clock is ahead of another, and how many photos tell it."""

    group: str
    against: str
    ahead_s: float
    photos: int


def _peak(differences: FloatArray) -> tuple[float, int]:
    """Find the most frequent difference, and how often it is there."""
    bins = np.round(differences / _BIN_S).astype(np.int64)
    values, counts = np.unique(bins, return_counts=True)
    # a clock of whole seconds spreads over two bins
    with_next = counts + np.where(np.diff(values, append=values[-1] + 9) == 1,
                                  np.append(counts[1:], 0), 0)  # fmt: skip
    best = int(np.argmax(with_next))
    near = np.abs(differences - values[best] * _BIN_S - _BIN_S / 2) <= 1.5 * _BIN_S
    return float(np.median(differences[near])), int(with_next[best])


def _sampled(shots: Sequence[Shot]) -> list[Shot]:
    return list(shots[:: max(1, len(shots) // _SAMPLE)])


def against_track(shots: Sequence[Shot], log: Log) -> ClockOffset | None:
    """Compare where photos were taken with when a track passes there; None where it does not."""
    placed = [s for s in shots if s.lon_lat_deg is not None and s.stamp_s is not None]
    if len(placed) < 3 or len(log.time_s) < 3:
        return None
    chosen = _sampled(placed)
    frame = frame_at(log.lon_lat_deg[:: max(1, len(log.lon_lat_deg) // 100)])
    time_s, xy_m = _dense(log, frame)
    places = frame.to_m(np.array([s.lon_lat_deg for s in chosen]))
    near = KDTree(xy_m).query_ball_point(places, NEAR_M)
    differences: list[float] = []
    for shot, found in zip(chosen, near, strict=True):
        if found:  # one for each pass: the nearest sample of each half minute
            away = np.hypot(*(xy_m[found] - frame.to_m(np.array(shot.lon_lat_deg))).T)
            order = np.argsort(away)
            passes = np.unique(time_s[found][order] // 30, return_index=True)[1]
            differences += [
                float(shot.stamp_s or 0.0) - float(time_s[found][order][i]) for i in passes
            ]
    if not differences:
        return None
    ahead, count = _peak(np.array(differences))
    if count < LEAST_SHARE * len(chosen):
        return None
    return ClockOffset(group=shots[0].group, against=log.name, ahead_s=ahead, photos=count)


def _dense(log: Log, frame: LocalFrame) -> tuple[FloatArray, FloatArray]:
    """Track in metres, with samples no farther apart than a quarter of `NEAR_M`."""
    xy = frame.to_m(log.lon_lat_deg)
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T) + 1e-6)])
    at = np.union1d(way, np.arange(0.0, way[-1], NEAR_M / 4))
    time_s = np.interp(at, way, log.time_s)
    return time_s, np.column_stack([np.interp(at, way, xy[:, k]) for k in range(2)])


def against_events(shots: Sequence[Shot], log: Log) -> ClockOffset | None:
    """Compare the rhythm of photos with that of a log's; None where no offset stands out.

    Photos at even steps fit shifted by a step as well, but for the ends of the lines: the best
    offset must fit some photos more than any other.
    """
    stamps = np.array([s.stamp_s for s in shots if s.stamp_s is not None])
    events = np.array([s.stamp_s for s in log.shots if s.stamp_s is not None])
    if len(stamps) < 3 or len(events) < 3 or max(np.ptp(stamps), np.ptp(events)) > _LONGEST_S:
        return None
    first, against = float(stamps.min()), float(events.min())
    beats = _train(events - against, (1,))
    fits = correlate(_train(stamps - first, (0, 1, 2)), beats, method="fft")
    fits = np.rint(fits).astype(np.int64)
    lags = np.arange(len(fits)) - (len(beats) - 1)
    best = int(np.argmax(fits))
    away = np.abs(lags - lags[best]) > 2
    second = int(fits[away].max()) if away.any() else 0
    if fits[best] < LEAST_SHARE * len(stamps) or fits[best] - second < CLEAR_PHOTOS:
        return None
    near = first - against + float(lags[best]) * _BEAT_S
    nearest = np.sort(events)[_nearest(np.sort(events), stamps - near)]
    left = stamps - nearest
    close = np.abs(left - near) <= 2 * _BEAT_S
    ahead = float(np.median(left[close])) if close.any() else near
    return ClockOffset(
        group=shots[0].group, against=log.name, ahead_s=ahead, photos=int(fits[best])
    )


def _train(times_s: FloatArray, shifts: tuple[int, ...]) -> FloatArray:
    """Mark the beats in which something happens, each time shifted by some beats."""
    beats = np.unique(np.floor(times_s / _BEAT_S).astype(np.int64))
    train = np.zeros(int(np.ptp(times_s) / _BEAT_S) + 3)
    for shift in shifts:
        train[beats + shift] = 1.0
    return train


def _nearest(sorted_s: FloatArray, wanted_s: FloatArray) -> IntArray:
    after = np.clip(np.searchsorted(sorted_s, wanted_s), 1, len(sorted_s) - 1)
    earlier = wanted_s - sorted_s[after - 1] < sorted_s[after] - wanted_s
    return np.asarray(after - earlier, dtype=np.int32)


def against_receiver(shots: Sequence[Shot]) -> ClockOffset | None:
    """Compare the camera's clock with the receiver's of the same photos."""
    both = [s.stamp_s - s.gps_s for s in shots if s.stamp_s is not None and s.gps_s is not None]
    if not both:
        return None
    ahead = float(np.median(both))
    return ClockOffset(group=shots[0].group, against="GPS time", ahead_s=ahead, photos=len(both))
