"""Gathers the positions and photos of a log while it is read."""

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np

from mcpp.after.shots import Log, Shot
from mcpp.errors import InputError
from mcpp.model import FloatArray

_WEEK_2000_S = 946_684_800.0
"""Seconds from 1970 to 2000: a clock that shows less was never set."""


@dataclass(slots=True)
class TrackBuilder:
    """Rows of a log: time, longitude, latitude, altitude, height above launch, yaw."""

    name: str
    kind: str
    system_id: int | None = None
    rows: list[tuple[float, float, float, float, float, float]] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)

    def add(
        self,
        time_s: float,
        lon: float,
        lat: float,
        *,
        altitude_m: float = math.nan,
        above_launch_m: float = math.nan,
        yaw_deg: float = math.nan,
    ) -> None:
        """Add a position; one at 0, 0 is a receiver without a fix."""
        if (lon, lat) != (0.0, 0.0) and abs(lat) <= 90 and abs(lon) <= 180:
            self.rows.append((time_s, lon, lat, altitude_m, above_launch_m, yaw_deg))

    def photo(self, time_s: float, place: tuple[float, float] | None, **told: float | None) -> None:
        """Add a photo that the log tells of."""
        fields = {k: v for k, v in told.items() if v is not None and math.isfinite(v)}
        body = [fields.pop(f"body_{axis}_deg", None) for axis in ("pitch", "roll", "yaw")]
        known = place is not None and place != (0.0, 0.0)
        self.shots.append(
            Shot(
                name=f"{self.name}: photo {len(self.shots) + 1}",
                group=self.name,
                lon_lat_deg=place if known else None,
                stamp_s=time_s,
                # three numbers, and fields that are numbers: mypy sees neither in a list and a dict
                body_deg=None if None in body else tuple(body),  # type: ignore[arg-type]
                **fields,  # type: ignore[arg-type]
            )
        )

    def log(self) -> Log:
        """Make the log; its photos without a place take it from the track.

        Raises
        ------
        InputError
            When it holds neither positions nor photos.
        """
        if not self.rows and not any(shot.lon_lat_deg for shot in self.shots):
            msg = "it tells no position"
            raise InputError(msg)
        rows = np.array(sorted(self.rows), dtype=np.float64).reshape(-1, 6)
        rows = rows[np.concatenate([[True], np.diff(rows[:, 0]) > 0])[: len(rows)]]
        log = Log(
            name=self.name,
            kind=self.kind,
            system_id=self.system_id,
            utc=bool(len(rows)) and bool(rows[0, 0] > _WEEK_2000_S),
            time_s=rows[:, 0],
            lon_lat_deg=rows[:, 1:3],
            altitude_m=rows[:, 3],
            above_launch_m=rows[:, 4],
            yaw_deg=rows[:, 5],
        )
        shots = tuple(located(shot, log, 0.0) for shot in sorted(self.shots, key=_stamp))
        return replace(log, shots=shots)


def _stamp(shot: Shot) -> float:
    return shot.stamp_s or 0.0


def at_time(log: Log, values: FloatArray, time_s: float) -> float | None:
    """Interpolate a column of a log; None outside its time, or where it knows nothing."""
    if not len(log.time_s) or not log.time_s[0] - 1.0 <= time_s <= log.time_s[-1] + 1.0:
        return None
    known = np.isfinite(values)
    if not known.any():
        return None
    return float(np.interp(time_s, log.time_s[known], values[known]))


def speed_at(log: Log, time_s: float) -> float | None:
    """Speed over ground about a moment, from positions 1 s around it."""
    i = int(np.searchsorted(log.time_s, time_s))
    first, last = max(i - 1, 0), min(i + 1, len(log.time_s) - 1)
    while first > 0 and log.time_s[last] - log.time_s[first] < 1.0:
        first -= 1
    span = float(log.time_s[last] - log.time_s[first]) if last > first else 0.0
    if not 0 < span <= 10.0:
        return None
    places = log.lon_lat_deg[first : last + 1]
    return sum(_distance_m(a, b) for a, b in pairwise(places)) / span


def _distance_m(a: FloatArray, b: FloatArray) -> float:
    """Distance of two near places, on the sphere."""
    mean = math.radians(float(a[1] + b[1]) / 2)
    return 111_195.0 * math.hypot(float(b[0] - a[0]) * math.cos(mean), float(b[1] - a[1]))


def located(shot: Shot, log: Log, clock_s: float) -> Shot:
    """Fill in what the log knows of a photo and the photo does not tell.

    Parameters
    ----------
    clock_s
        How far the photo's clock is ahead of the log's.
    """
    if shot.stamp_s is None:
        return shot
    time_s = shot.stamp_s - clock_s
    lon = at_time(log, log.lon_lat_deg[:, 0], time_s)
    lat = at_time(log, log.lon_lat_deg[:, 1], time_s)
    if lon is None or lat is None:
        return shot
    told: dict[str, Any] = {
        "lon_lat_deg": (lon, lat),
        "altitude_m": at_time(log, log.altitude_m, time_s),
        "above_launch_m": at_time(log, log.above_launch_m, time_s),
        "speed_m_s": speed_at(log, time_s),
    }
    return replace(shot, **{k: v for k, v in told.items() if getattr(shot, k) is None})
