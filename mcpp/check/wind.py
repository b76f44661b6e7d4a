"""The worst of a forecast over a flight, with the wind at the flight's height."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import numpy as np

from mcpp.model import Forecast

PROFILE = 1 / 7
"""Growth of the wind with height over open ground in mixed air: the one-seventh power law, Justus
and Mikhail, *Height variation of wind speed and wind distributions statistics* (1976)."""
HOLDS = timedelta(hours=3)
"""A forecast's last row holds for so long, and its rows lie no farther apart."""

BEFORE = timedelta(hours=1)
"""Its first row holds for so long before."""

Row = tuple[datetime, Forecast]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """The worst over a time, at a height.

    Attributes
    ----------
    windy
        Time of the row with the strongest gusts.
    gust_m_s
        The mean wind where the forecast gives none.
    temperature_c
        The lowest, or None.
    """

    windy: datetime
    wind_m_s: float
    gust_m_s: float
    rain_mm_h: float
    temperature_c: float | None


def at_height(heights_m: Sequence[float], speeds_m_s: Sequence[float], height_m: float) -> float:
    """Wind at a height, of winds at some: between them on straight lines, above by the power law.

    Below the lowest it is that of the lowest.
    """
    order = np.argsort(heights_m, kind="stable")
    heights, speeds = np.asarray(heights_m)[order], np.asarray(speeds_m_s)[order]
    if height_m > heights[-1]:
        return float(speeds[-1] * (height_m / heights[-1]) ** PROFILE)
    return float(np.interp(height_m, heights, speeds))


def weather_between(
    rows: Sequence[Row], begin: datetime, end: datetime, height_m: float
) -> Weather | None:
    """Find the worst weather from `begin` to `end`; None where the forecast does not hold.

    The row in force when it begins counts, all until it ends, and the one after: weather changes
    towards it.
    """
    every = [(at, [f for _, f in group]) for at, group in groupby(
        sorted(rows, key=lambda row: row[0]), key=lambda row: row[0]
    )]  # fmt: skip
    before = [at for at, _ in every if at <= begin]
    if not before and every and every[0][0] - begin <= BEFORE:
        before = [every[0][0]]
    after = [at for at, _ in every if at >= end]
    if not before or begin - before[-1] > HOLDS:
        return None
    last = max(after[0] if after else every[-1][0], before[-1])
    if end - every[-1][0] > HOLDS or (after and last - before[-1] > HOLDS + (end - begin)):
        return None
    used = [(at, group) for at, group in every if before[-1] <= at <= last]
    winds = []
    for at, group in used:
        heights = [f.height_m for f in group]
        wind = at_height(heights, [f.wind_m_s for f in group], height_m)
        gusts = [max(f.wind_m_s, f.gust_m_s or 0.0) for f in group]
        winds.append((at_height(heights, gusts, height_m), wind, at))
    gust_m_s, _, windy = max(winds, key=lambda one: (one[0], one[1]))
    cold = [f.temperature_c for _, group in used for f in group if f.temperature_c is not None]
    return Weather(
        windy=windy.astimezone(begin.tzinfo),
        wind_m_s=max(wind for _, wind, _ in winds),
        gust_m_s=gust_m_s,
        rain_mm_h=max(f.rain_mm_h or 0.0 for _, group in used for f in group),
        temperature_c=min(cold) if cold else None,
    )
