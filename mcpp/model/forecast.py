"""Weather at one time and height, as a forecast says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from mcpp.limits import limited


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Weather at one time; it holds until that of the next.

    Attributes
    ----------
    at
        Date, time and offset from UTC, as in ``2026-05-01T14:00+02:00``.
    wind_m_s, gust_m_s, wind_from_deg
        Mean and gusts, and where the wind comes from, from north, clockwise.
    height_m
        Above ground, of the wind: forecasts give it at 10 m unless they say so.
    rain_mm_h
        Rain, and snow as water.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    at: str
    wind_m_s: float = limited(0, 100, "m/s")
    gust_m_s: float | None = limited(0, 150, "m/s", default=None)
    wind_from_deg: float | None = limited(-360, 360, "deg", default=None)
    height_m: float = limited(1, 5000, "m", default=10.0)
    rain_mm_h: float | None = limited(0, 500, "mm/h", default=None)
    temperature_c: float | None = limited(-90, 60, "C", default=None)
