"""The options that say when a mission starts, and what weather is forecast."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mcpp.cli.options import as_one, at_option
from mcpp.clock import time_of_day
from mcpp.errors import InputError, shown
from mcpp.io.forecast import read_forecast, typed_wind
from mcpp.model import Forecast, Mission

_OPTIONS = (
    at_option(),
    click.option(
        "--weather",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Hold the flights against this forecast: CSV or JSON with at, wind_m_s, gust_m_s, "
        "wind_from_deg, height_m, rain_mm_h, temperature_c; or hourly JSON of Open-Meteo.",
    ),
    click.option(
        "--wind-at",
        "typed",
        multiple=True,
        metavar="TIME=WIND/GUST",
        help="A forecast typed, as in 14:00=8/12 in m/s; may be repeated.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkyOptions:
    """When the mission starts, and the forecast."""

    at: datetime | None
    weather: Path | None
    typed: tuple[str, ...]


def _gathered(given: dict[str, Any]) -> SkyOptions:
    return SkyOptions(at=given.pop("at"), weather=given.pop("weather"), typed=given.pop("typed"))


sky_options = as_one("sky", _OPTIONS, _gathered)
"""Gives a command the options; it gets them as one `SkyOptions`, named `sky`."""


def with_sky(mission: Mission, sky: SkyOptions) -> Mission:
    """Let a mission start at the time that was given, with the forecast that was.

    A forecast that is given goes in place of the mission's.

    Raises
    ------
    InputError
    """
    if sky.at is not None:
        mission = replace(mission, starts_at=sky.at.isoformat())
    if sky.weather is None and not sky.typed:
        return mission
    if mission.starts_at is None:
        raise InputError("--weather, --wind-at: say by --at when the mission starts")
    start = time_of_day(mission.starts_at, "starts_at")
    rows = () if sky.weather is None else read_forecast(sky.weather, start)
    typed: dict[datetime, Forecast] = {}
    for text in sky.typed:
        wind = typed_wind(text, start)
        moment = time_of_day(wind.at, "--wind-at")
        if moment in typed:
            raise InputError(f"--wind-at: {shown(text)}: its time is given twice: give it once")
        typed[moment] = wind
    return replace(mission, forecast=(*rows, *typed.values()))
