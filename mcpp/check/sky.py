"""Daylight and weather over a plan's flights, when the mission says at what time it begins.

Nothing here looks at the clock: the start and the forecast stand in the mission.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
from astral import Observer
from astral.sun import elevation

from mcpp.check.wind import Weather, weather_between
from mcpp.clock import time_of_day
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, LonLat, Plan, Sortie
from mcpp.problem.aircraft import find_aircraft

TWILIGHT_DEG = -6.0
"""Civil twilight ends with the middle of the sun so far below the horizon; then it is night for
aviation: Regulation (EU) 923/2012 (SERA), article 2, and 14 CFR 107.29."""
HORIZON_DEG = -0.833
"""Sunrise and sunset: the upper edge of the sun on the horizon, with usual refraction."""
MAPPING_DEG = 30.0
"""Specifications of aerial photography usually ask for a higher sun, for the length of shadows:
answers on the practice of mapping organisations, International Archives of Photogrammetry."""
COLD_C = 0.0
_STEP_S = 60.0
_NO_WIND_M_S = 0.5


def sky_findings(plan: Plan) -> Iterator[Finding]:
    """Say what the sun and the forecast have against each flight.

    Codes ``daylight``, ``low-sun``, ``forecast-missing``, ``wind-forecast``, ``wind-planned``,
    ``rain``, ``cold``: warnings, and a note for a low sun. Nothing without `Mission.starts_at`.
    """
    if plan.mission.starts_at is None:
        return
    at = time_of_day(plan.mission.starts_at, "starts_at")
    weather = [
        (time_of_day(f.at, f"forecast[{i}].at"), f) for i, f in enumerate(plan.mission.forecast)
    ]
    for sortie in plan.sorties:
        uav = plan.mission.uavs[sortie.uav]
        name = f"sortie {sortie.number} of {uav.id}"
        yield from _daylight(plan, sortie, name, at)
        if not weather:
            continue
        begin, end = (at + timedelta(seconds=s) for s in _in_the_air_s(plan, sortie))
        height_m = float(sortie.xyz_m[:, 2].max())
        found = weather_between(weather, begin, end, height_m)
        if found is None:
            yield Finding(
                level="warning",
                code="forecast-missing",
                message=f"{name}: the forecast does not hold from {begin:%H:%M} to {end:%H:%M}",
                uav=uav.id,
            )
            continue
        limit_m_s = find_aircraft(uav.aircraft, plan.mission.aircraft).wind_limit_m_s
        yield from _weather(plan, uav.id, name, found, limit_m_s)


def sun_deg(lon_lat_deg: LonLat, moment: datetime) -> float:
    """Height of the sun's middle above the horizon, degrees, as seen through still air.

    Source: NOAA's solar calculator after Meeus, in the package astral; good to some 0.1 degrees.
    """
    lon, lat = lon_lat_deg
    return float(elevation(Observer(latitude=lat, longitude=lon), moment, with_refraction=False))


def _in_the_air_s(plan: Plan, sortie: Sortie) -> tuple[float, float]:
    """When a flight begins, and when it ends at the latest that the plan is proved for."""
    begin_s, end_s = float(sortie.time_s[0]), float(sortie.time_s[-1])
    part, least_s = plan.problem.timing_tolerance, plan.problem.timing_tolerance_s
    return begin_s, end_s + max(least_s, part * (end_s - begin_s))


def _daylight(plan: Plan, sortie: Sortie, name: str, at: datetime) -> Iterator[Finding]:
    place = LocalFrame(plan.origin_lon_lat_deg).to_deg(sortie.home_m)
    lon_lat = (float(place[0]), float(place[1]))
    begin_s, end_s = _in_the_air_s(plan, sortie)
    count = max(2, int((end_s - begin_s) / _STEP_S) + 2)
    times = [at + timedelta(seconds=float(s)) for s in np.linspace(begin_s, end_s, count)]
    heights = [sun_deg(lon_lat, moment) for moment in times]
    lowest = int(np.argmin(heights))
    sun, when = heights[lowest], times[lowest]
    uav = plan.mission.uavs[sortie.uav].id
    if sun < TWILIGHT_DEG:
        message = f"{name}: it flies at night: the sun is {-sun:.1f} degrees down at {when:%H:%M}"
        yield Finding(level="warning", code="daylight", message=message, uav=uav)
    elif sun < HORIZON_DEG:
        message = (
            f"{name}: it flies in civil twilight: the sun is {-sun:.1f} degrees down at "
            f"{when:%H:%M}"
        )
        yield Finding(level="warning", code="daylight", message=message, uav=uav)
    elif sun < MAPPING_DEG and plan.problem.vehicles[sortie.uav].trigger != "none":
        message = (
            f"{name}: the sun is {sun:.0f} degrees high at {when:%H:%M}: long shadows in the "
            f"photos; {MAPPING_DEG:.0f} degrees or more are usual for mapping"
        )
        yield Finding(level="note", code="low-sun", message=message, uav=uav)


def _weather(
    plan: Plan, uav: str, name: str, found: Weather, limit_m_s: float
) -> Iterator[Finding]:
    strongest = max(found.wind_m_s, found.gust_m_s)
    if strongest > limit_m_s:
        message = (
            f"{name}: wind of {found.wind_m_s:.1f} m/s, gusts of {found.gust_m_s:.1f} m/s at its "
            f"height at {found.windy:%H:%M}: its aircraft's limit is {limit_m_s:g} m/s"
        )
        yield Finding(level="warning", code="wind-forecast", message=message, uav=uav)
    elif found.wind_m_s > plan.mission.flight.wind_m_s + _NO_WIND_M_S:
        message = (
            f"{name}: wind of {found.wind_m_s:.1f} m/s at its height at {found.windy:%H:%M}: its "
            f"times and battery are planned with {plan.mission.flight.wind_m_s:g} m/s"
        )
        yield Finding(level="warning", code="wind-planned", message=message, uav=uav)
    if found.rain_mm_h > 0:
        message = f"{name}: rain of {found.rain_mm_h:g} mm/h is forecast"
        yield Finding(level="warning", code="rain", message=message, uav=uav)
    if found.temperature_c is not None and found.temperature_c < COLD_C:
        message = (
            f"{name}: {found.temperature_c:g} degrees Celsius are forecast: batteries last less "
            "long than planned"
        )
        yield Finding(level="warning", code="cold", message=message, uav=uav)
