"""Forecasts from files and from the command line: CSV, JSON, and Open-Meteo's JSON."""

import csv
import io
import re
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from mcpp.clock import time_of_day
from mcpp.errors import InputError, shown
from mcpp.io.text import parse_json, read_text
from mcpp.io.validation import validated
from mcpp.limits import check_limits
from mcpp.model import Forecast

MOST_ROWS = 5000
_FIELDS = tuple(field.name for field in fields(Forecast))
_TYPED = re.compile(
    r"(?P<at>[^=]+)=(?P<wind>\d+(?:\.\d+)?)(?:/(?P<gust>\d+(?:\.\d+)?))?(?:@(?P<from>\d+(?:\.\d+)?))?"
)
_FACTORS = {"m/s": 1.0, "km/h": 1 / 3.6, "mp/h": 0.44704, "kn": 1852 / 3600}
"""Open-Meteo's units of wind, to m/s."""


def _moment(text: str, start: datetime | None, where: str) -> str:
    """Read a time: whole, or without date or offset, which are then those of the start."""
    if start is not None:
        if re.fullmatch(r"\d{1,2}:\d{2}", text):
            hour, minute = (int(part) for part in text.split(":"))
            if hour < 24 and minute < 60:
                return start.replace(hour=hour, minute=minute, second=0, microsecond=0).isoformat()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is not None and moment.tzinfo is None:
            return moment.replace(tzinfo=start.tzinfo).isoformat()
    return time_of_day(text, where).isoformat()


def typed_wind(text: str, start: datetime | None) -> Forecast:
    """Read ``TIME=WIND[/GUST][@FROM]``, as in ``14:00=8/12@270``: m/s, and degrees from north.

    Parameters
    ----------
    start
        When the mission starts: gives the date and the offset.

    Raises
    ------
    InputError
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        msg = f"--wind-at: {shown(text)}: give TIME=WIND/GUST in m/s, as in 14:00=8/12"
        raise InputError(msg)
    found = Forecast(
        at=_moment(match["at"].strip(), start, "--wind-at"),
        wind_m_s=float(match["wind"]),
        gust_m_s=None if match["gust"] is None else float(match["gust"]),
        wind_from_deg=None if match["from"] is None else float(match["from"]),
    )
    check_limits(found, "--wind-at")
    if found.gust_m_s is not None and found.gust_m_s < found.wind_m_s:
        msg = (
            f"--wind-at: {shown(text)}: gusts of {found.gust_m_s:g} m/s are below the wind of "
            f"{found.wind_m_s:g} m/s: give TIME=WIND/GUST"
        )
        raise InputError(msg)
    return found


def read_forecast(path: Path, start: datetime | None) -> tuple[Forecast, ...]:
    """Read a forecast file.

    CSV has a row of names first: at, wind_m_s, and as many of gust_m_s, wind_from_deg, height_m,
    rain_mm_h, temperature_c as there are. JSON is a list of objects with these, or what Open-Meteo
    answers for hourly values.

    Parameters
    ----------
    start
        When the mission starts: its offset is that of times without one.

    Raises
    ------
    InputError
    """
    text = read_text(path)
    if text.lstrip()[:1] in {"{", "["}:
        value = parse_json(text, str(path))
        rows = _open_meteo(value, path) if isinstance(value, dict) else value
    else:
        rows = _csv_rows(text, path)
    if not rows or len(rows) > MOST_ROWS:
        msg = f"{path}: it has {len(rows):,} rows: give 1 to {MOST_ROWS:,}"
        raise InputError(msg)
    found = []
    for i, row in enumerate(rows):
        where = f"{path}: row {i + 1}"
        forecast: Forecast = validated(Forecast, row, where)
        check_limits(forecast, where)
        at = _moment(forecast.at, start, f"{where}: at")
        found.append(validated(Forecast, {**row, "at": at}, where))
    return tuple(found)


def _csv_rows(text: str, path: Path) -> list[dict[str, Any]]:
    first = text.splitlines()[0] if text.strip() else ""
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    names = [name.strip() for name in reader.fieldnames or ()]
    unknown = [name for name in names if name not in _FIELDS]
    if unknown or "at" not in names or "wind_m_s" not in names:
        said = f"unknown column {shown(unknown[0])}" if unknown else "at and wind_m_s are needed"
        msg = f"{path}: {said}: the columns are {', '.join(_FIELDS)}"
        raise InputError(msg)
    reader.fieldnames = names
    rows: list[dict[str, Any]] = []
    for i, line in enumerate(reader):
        row: dict[str, Any] = {}
        for name, cell in line.items():
            if name is None or cell is None:
                msg = f"{path}: row {i + 1}: it has not {len(names)} cells"
                raise InputError(msg)
            if cell.strip():
                row[name] = cell.strip() if name == "at" else _number(cell, f"{path}: row {i + 1}")
        rows.append(row)
    return rows


def _number(cell: str, where: str) -> float:
    try:
        return float(cell)
    except ValueError:
        msg = f"{where}: {shown(cell)} is no number"
        raise InputError(msg) from None


def _open_meteo(value: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    """Take the hourly values of Open-Meteo: a row for each height of the wind.

    Source: https://open-meteo.com/en/docs, hourly variables and units.
    """
    hourly, units = value.get("hourly"), value.get("hourly_units", {})
    offset_s = value.get("utc_offset_seconds", 0)
    if not isinstance(hourly, dict) or not isinstance(units, dict) or type(offset_s) is not int:
        msg = f"{path}: it has no 'hourly' values: give Open-Meteo's answer, or a list of rows"
        raise InputError(msg)
    times = hourly.get("time")
    winds = sorted(name for name in hourly if re.fullmatch(r"wind_speed_\d+m", name))
    used = [*winds, "wind_gusts_10m", "wind_direction_10m", "precipitation", "temperature_2m"]
    columns = {name: hourly[name] for name in used if name in hourly}
    if not isinstance(times, list) or not winds:
        msg = f"{path}: hourly: it needs time and wind_speed_10m"
        raise InputError(msg)
    if any(not isinstance(c, list) or len(c) != len(times) for c in columns.values()):
        msg = f"{path}: hourly: its lists are not equally long"
        raise InputError(msg)
    zone = timezone(timedelta(seconds=offset_s))
    rows: list[dict[str, Any]] = []
    for i, time in enumerate(times):
        moment = datetime.fromisoformat(str(time)) if _is_time(time) else None
        if moment is None:
            msg = f"{path}: hourly.time[{i}]: {shown(time)}: ask for timeformat=iso8601"
            raise InputError(msg)
        at = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).isoformat()
        for name in winds:
            if columns[name][i] is None:
                continue
            row: dict[str, Any] = {"at": at, "height_m": float(name[11:-1])}
            row["wind_m_s"] = _speed(columns[name][i], units.get(name, "km/h"), path)
            if name == "wind_speed_10m":
                row |= _other_values(columns, units, i, path)
            rows.append(row)
    return rows


def _is_time(value: Any) -> bool:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _other_values(
    columns: dict[str, list[Any]], units: dict[str, Any], i: int, path: Path
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    gust = columns.get("wind_gusts_10m", [None] * (i + 1))[i]
    if gust is not None:
        row["gust_m_s"] = _speed(gust, units.get("wind_gusts_10m", "km/h"), path)
    wanted = {
        "wind_direction_10m": ("wind_from_deg", "°"),
        "precipitation": ("rain_mm_h", "mm"),
        "temperature_2m": ("temperature_c", "°C"),
    }
    for name, (key, unit) in wanted.items():
        given = columns.get(name, [None] * (i + 1))[i]
        if given is None:
            continue
        if units.get(name, unit) != unit:
            msg = f"{path}: hourly_units.{name}: {shown(units[name])}: ask for {unit}"
            raise InputError(msg)
        row[key] = given
    return row


def _speed(value: Any, unit: Any, path: Path) -> float:
    if unit not in _FACTORS or isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"{path}: wind of {shown(value)} {shown(unit)}: give a number in m/s, km/h or kn"
        raise InputError(msg)
    return round(value * _FACTORS[unit], 3)
