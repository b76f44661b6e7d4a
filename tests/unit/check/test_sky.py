"""Daylight and weather over the flights, by the time and the forecast of the mission."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from mcpp.api import draft
from mcpp.check.report import check
from mcpp.check.sky import sun_deg
from mcpp.check.wind import Weather, at_height, weather_between
from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.io.plan import plan_to_json
from mcpp.model import Forecast
from mcpp.problem.aircraft import find_aircraft
from mcpp.problem.localize import frame_of, localize
from mcpp.report.html import report_html
from tests.plan_doubles import small_mission

SKY = {"daylight", "low-sun", "forecast-missing", "wind-forecast", "wind-planned", "rain", "cold"}
NOON = "2026-06-21T12:00+02:00"


@pytest.fixture(scope="module")
def plan():
    return draft(small_mission())


def told(plan, **changes):
    """Codes of the sky, and their messages, for a plan of the changed mission."""
    mission = replace(plan.mission, **changes)
    found = [f for f in check(replace(plan, mission=mission)) if f.code in SKY]
    return {f.code for f in found}, [f.message for f in found]


def almanac_deg(lon: float, lat: float, moment: datetime) -> float:
    """Sun's height by the low-precision formulas of the Astronomical Almanac, section C."""
    n = (moment - datetime(2000, 1, 1, 12, tzinfo=UTC)) / timedelta(days=1)
    mean = math.radians((280.460 + 0.9856474 * n) % 360)
    anomaly = math.radians((357.528 + 0.9856003 * n) % 360)
    ecliptic = mean + math.radians(1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    tilt = math.radians(23.439 - 0.0000004 * n)
    right = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
    sidereal = math.radians((280.46062 + 360.98564737 * n + lon) % 360)
    phi, hour = math.radians(lat), sidereal - right
    up = math.sin(phi) * math.sin(declination)
    return math.degrees(math.asin(up + math.cos(phi) * math.cos(declination) * math.cos(hour)))


@pytest.mark.parametrize("place", [(0.0, 51.5), (22.9, 40.6), (-122.0, 37.0), (150.0, -33.9)])
@pytest.mark.parametrize("day", [10, 80, 172, 266, 355])
def test_the_sun_stands_where_the_almanac_says(place, day):
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for hour in range(0, 24, 3):
        moment = first + timedelta(days=day, hours=hour)
        assert sun_deg(place, moment) == pytest.approx(
            almanac_deg(place[0], place[1], moment), abs=0.05
        )


def test_at_the_equinox_the_sun_is_overhead_on_the_equator():
    # equinox of March 2026: the 20th, 14:46 UTC; true noon is then 7.5 minutes late
    noon = datetime(2026, 3, 20, 12, 7, 30, tzinfo=UTC)
    assert sun_deg((0.0, 0.0), noon) == pytest.approx(90, abs=0.15)


def test_without_a_start_nothing_is_said_of_the_sky(plan):
    assert told(plan) == (set(), [])


@pytest.mark.parametrize(
    ("start", "codes", "word"),
    [
        (NOON, set(), ""),
        ("2026-06-21T01:00+03:00", {"daylight"}, "at night"),
        ("2026-06-21T05:40+03:00", {"daylight"}, "civil twilight"),
        ("2026-06-21T07:30+03:00", {"low-sun"}, "long shadows"),
    ],
)
def test_flights_in_the_dark_and_under_a_low_sun_are_told(plan, start, codes, word):
    fleet = tuple(replace(uav, camera="Sony A6000 16 mm") for uav in plan.mission.uavs)
    mission = replace(plan.mission, uavs=fleet)
    shooting = draft(mission)
    found, messages = told(shooting, starts_at=start)
    assert found == codes
    assert all(word in message for message in messages)
    assert len(messages) == len(shooting.sorties) * len(codes)


def test_a_low_sun_is_told_only_of_photos(plan):
    assert told(plan, starts_at="2026-06-21T07:30+03:00")[0] == set()


def test_wind_grows_with_height():
    assert at_height([10.0], [7.0], 10.0) == 7.0
    assert at_height([10.0], [7.0], 80.0) == pytest.approx(7.0 * 8 ** (1 / 7))
    assert at_height([120.0, 10.0], [11.0, 5.0], 65.0) == pytest.approx(8.0)
    assert at_height([10.0, 80.0], [5.0, 9.0], 2.0) == 5.0


def row(hour, wind, *, minute=0, **more):
    at = datetime(2026, 6, 21, hour, minute, tzinfo=UTC)
    return at, Forecast(at=at.isoformat(), wind_m_s=wind, **more)


def between(rows, first, last, height_m=10.0):
    day = datetime(2026, 6, 21, tzinfo=UTC)
    return weather_between(
        rows, day + timedelta(hours=first), day + timedelta(hours=last), height_m
    )


def test_the_worst_from_the_row_in_force_to_the_one_after_counts():
    rows = [row(8, 20), row(9, 3, gust_m_s=5), row(10, 4, gust_m_s=9), row(11, 6), row(12, 30)]
    assert between(rows, 9.5, 10.5) == Weather(
        windy=rows[2][0], wind_m_s=6.0, gust_m_s=9.0, rain_mm_h=0.0, temperature_c=None
    )
    assert between(rows, 11.0, 11.0).gust_m_s == 6.0
    assert between(rows[::-1], 9.5, 10.5) == between(rows, 9.5, 10.5)


def test_a_forecast_that_does_not_hold_is_none():
    rows = [row(8, 3), row(10, 3)]
    assert between(rows, 6.9, 9) is None  # not begun
    assert between(rows, 7.0, 7.5).wind_m_s == 3.0  # its first row holds for an hour before
    assert between(rows, 9, 13) is not None  # its last row holds for three hours
    assert between(rows, 9, 13.1) is None
    assert between([row(2, 3), row(12, 3)], 7, 8) is None  # a gap
    assert between([row(6, 3)], 9.1, 9.2) is None


def test_rain_and_cold_are_the_worst_of_all_heights():
    rows = [row(9, 3, rain_mm_h=0.2, temperature_c=4), row(9, 5, height_m=80.0), row(10, 1)]
    found = between(rows, 9.2, 9.6, 80.0)
    assert (found.rain_mm_h, found.temperature_c, found.wind_m_s) == (0.2, 4, 5.0)


def forecast(**more):
    return (Forecast(at="2026-06-21T11:00+02:00", **{"wind_m_s": 0.0, "height_m": 500.0} | more),)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({}, set()),
        ({"wind_m_s": 0.5}, set()),
        ({"wind_m_s": 0.6}, {"wind-planned"}),
        ({"wind_m_s": 10.0}, {"wind-planned"}),
        ({"wind_m_s": 10.1}, {"wind-forecast"}),
        ({"wind_m_s": 2.0, "gust_m_s": 10.1}, {"wind-forecast"}),
        ({"rain_mm_h": 0.1}, {"rain"}),
        ({"temperature_c": 0.0}, set()),
        ({"temperature_c": -0.1}, {"cold"}),
    ],
)
def test_weather_is_held_against_the_aircraft_and_the_plan(plan, more, codes):
    assert told(plan, starts_at=NOON, forecast=forecast(**more))[0] == codes


def test_each_aircraft_has_its_own_limit(plan):
    tough = replace(find_aircraft("generic-multirotor"), name="tough", wind_limit_m_s=15.0)
    fleet = (replace(plan.mission.uavs[0], aircraft="tough"), plan.mission.uavs[1])
    mission = replace(plan.mission, aircraft=(tough,), uavs=fleet)
    other = draft(mission)
    _, messages = told(other, starts_at=NOON, forecast=forecast(wind_m_s=12.0))
    limits = [message for message in messages if "limit is" in message]
    assert len(limits) == 1
    assert mission.uavs[1].id in limits[0]


def test_a_forecast_of_another_day_does_not_hold(plan):
    found, messages = told(plan, starts_at="2026-06-22T12:00+02:00", forecast=forecast())
    assert found == {"forecast-missing"}
    assert "12:00" in messages[0]


def test_what_the_sky_has_against_a_plan_stands_in_its_report():
    mission = replace(small_mission(), starts_at=NOON, forecast=forecast(wind_m_s=11.0))
    made = draft(mission)
    assert made.report.safe  # the weather may still change: it is no reason to write nothing
    assert "wind-forecast" in {f.code for f in made.report.findings}
    assert "limit is 10 m/s" in report_html(made)
    assert plan_to_json(draft(mission)) == plan_to_json(made)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts_at": "2026-06-21T12:00"}, "starts_at: '2026-06-21T12:00'"),
        ({"forecast": forecast()}, "starts_at: it is missing"),
        ({"starts_at": NOON, "forecast": (Forecast(at="noon", wind_m_s=1.0),)}, "forecast[0].at"),
        ({"starts_at": NOON, "forecast": forecast(wind_m_s=101.0)}, "forecast[0].wind_m_s"),
    ],
)
def test_a_start_or_forecast_that_is_none_is_refused(changes, words):
    mission = replace(small_mission(), **changes)
    with pytest.raises(InputError) as refused:
        localize(mission, frame_of(mission))
    assert words in str(refused.value)


def test_a_mission_file_keeps_start_and_forecast():
    mission = replace(small_mission(), starts_at=NOON, forecast=forecast(rain_mm_h=1.0))
    assert mission_from_json(mission_value(mission)) == mission


def test_the_command_holds_a_finished_plan_against_a_forecast(plan, tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(plan_to_json(plan))

    def run(*options):
        return CliRunner().invoke(cli, ["-q", "check", str(path), "--json", *options])

    windy = run("--at", NOON, "--wind-at", "12:00=8/12")
    assert windy.exit_code == 0
    assert "wind-forecast" in windy.output
    assert "wind-forecast" not in run("--at", NOON).output
    late = run("--wind-at", "12:00=8/12")
    assert late.exit_code == 1
    assert "say by --at" in late.output
    twice = run("--at", NOON, "--wind-at", "12:00=8/12", "--wind-at", "12:00=3/4")
    assert twice.exit_code == 1
    assert "--wind-at: '12:00=3/4': its time is given twice" in twice.output
