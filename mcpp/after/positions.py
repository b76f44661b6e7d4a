"""Tables of photo positions (CSV), whatever their makers call the columns."""

import csv
import math
import re
from calendar import timegm
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mcpp.after.shots import Shot
from mcpp.errors import InputError

_COLUMNS = {
    "name": ("filename", "sourcefile", "file", "image", "photo", "label", "name"),
    "lat": ("latitude", "lat", "gpslatitude", "latdeg"),
    "lon": ("longitude", "lon", "lng", "long", "gpslongitude", "londeg"),
    "altitude_m": ("absolutealtitude", "altitude", "alt", "gpsaltitude", "elevation", "height"),
    "above_launch_m": ("relativealtitude", "relalt", "relativeheight", "agl", "heightagl"),
    "pitch_deg": ("gimbalpitchdegree", "gimbalpitch", "camerapitch", "pitch"),
    "yaw_deg": ("gimbalyawdegree", "flightyawdegree", "gimbalyaw", "yaw", "heading"),
    "roll_deg": ("gimbalrolldegree", "gimbalroll", "cameraroll"),
    "time": ("datetimeoriginal", "datetime", "timestamp", "time", "utc"),
    "speed_m_s": ("speed", "speedms", "groundspeed"),
}
_DMS = re.compile(
    r"""^\s*(\d+(?:\.\d+)?)\s*(?:deg|\N{DEGREE SIGN}|d)\s*(\d+(?:\.\d+)?)\s*['\N{PRIME}]\s*"""
    r"""(\d+(?:\.\d+)?)\s*(?:"|\N{DOUBLE PRIME}|'')\s*([NSEW])\s*$"""
)


def read_positions(path: Path, group: str) -> tuple[tuple[Shot, ...], int]:
    """Read a table with a row for each photo.

    Returns
    -------
    The photos, and how many rows had no position.

    Raises
    ------
    InputError
        When it is no table, or no column tells latitude and longitude.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        msg = "it is no table in UTF-8"
        raise InputError(msg) from None
    lines = text.splitlines()
    if len(lines) < 2:
        msg = "it is no table: give a line of column names, then a line for each photo"
        raise InputError(msg)
    mark = max(",;\t", key=lines[0].count)
    rows = csv.DictReader(lines, delimiter=mark)
    columns = _found(rows.fieldnames or ())
    if "lat" not in columns or "lon" not in columns:
        msg = "no column tells latitude and longitude: name them 'latitude' and 'longitude'"
        raise InputError(msg)
    shots, bad = [], 0
    for number, row in enumerate(rows, start=1):
        shot = _shot({key: row.get(name) or "" for key, name in columns.items()}, number, group)
        bad += shot is None
        shots += [] if shot is None else [shot]
    if not shots:
        msg = "no row has a position"
        raise InputError(msg)
    return tuple(shots), bad


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", re.sub(r"\(.*?\)|\[.*?\]", "", name.lower()))


def _found(names: Sequence[str]) -> dict[str, str]:
    """Which column of the table holds what."""
    plain = {_plain(name): name for name in reversed(list(names)) if name}
    found = {}
    for key, choices in _COLUMNS.items():
        name = next((plain[choice] for choice in choices if choice in plain), None)
        if name is not None:
            found[key] = name
    return found


def degrees(text: str) -> float | None:
    """Read degrees: a number, or ``8 deg 27' 55.22" N``."""
    match = _DMS.match(text)
    if match:
        value = float(match[1]) + float(match[2]) / 60 + float(match[3]) / 3600
        return -value if match[4] in "SW" else value
    return _number(text)


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ".") if text.count(",") == 1 else text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _time_s(text: str) -> float | None:
    """Seconds since 1970: a number of them, or a date and a time."""
    seconds = _number(text)
    if seconds is not None:
        return seconds / 1000 if seconds > 1e11 else seconds
    for form in ("%Y:%m:%d %H:%M:%S.%f", "%Y:%m:%d %H:%M:%S"):
        try:
            found = datetime.strptime(text.strip(), form)
        except ValueError:
            continue
        return timegm(found.timetuple()) + found.microsecond / 1e6
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if found.tzinfo is not None:
        return found.timestamp()
    return timegm(found.timetuple()) + found.microsecond / 1e6


def _shot(row: dict[str, str], number: int, group: str) -> Shot | None:
    lat, lon = degrees(row["lat"]), degrees(row["lon"])
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180):
        return None
    told = {
        key: _number(row[key])
        for key in ("altitude_m", "above_launch_m", "pitch_deg", "yaw_deg", "roll_deg", "speed_m_s")
        if key in row
    }
    name = Path(row["name"].replace("\\", "/")).name if row.get("name") else f"row {number}"
    return Shot(
        name=name,
        group=group,
        lon_lat_deg=(lon, lat),
        stamp_s=_time_s(row["time"]) if row.get("time") else None,
        # every key of `told` names a field that is a number, which mypy does not see in a dict
        **{key: value for key, value in told.items() if value is not None},  # type: ignore[arg-type]
    )
