"""Forecasts: typed, as CSV and JSON, and as Open-Meteo gives them."""

import csv
import json
from datetime import datetime
from typing import Any

import pytest

from mcpp.clock import time_of_day
from mcpp.errors import InputError
from mcpp.io.forecast import read_forecast, typed_wind
from mcpp.model import Forecast

START = time_of_day("2026-05-01T09:30+02:00")


def written(path, text):
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("14:00=8/12", Forecast(at="2026-05-01T14:00:00+02:00", wind_m_s=8, gust_m_s=12)),
        ("9:05=8", Forecast(at="2026-05-01T09:05:00+02:00", wind_m_s=8)),
        (
            "2026-05-02T01:00=2.5@270",
            Forecast(at="2026-05-02T01:00:00+02:00", wind_m_s=2.5, wind_from_deg=270),
        ),
        ("2026-05-02T01:00Z=0/1", Forecast(at="2026-05-02T01:00:00+00:00", wind_m_s=0, gust_m_s=1)),
    ],
)
def test_wind_can_be_typed(text, wanted):
    assert typed_wind(text, START) == wanted


@pytest.mark.parametrize(
    "text", ["8/12", "14:00", "14:00=strong", "25:00=8", "14:00=-3", "=3", "14:00=12/8"]
)
def test_wind_typed_wrongly_is_refused(text):
    with pytest.raises(InputError, match="--wind-at"):
        typed_wind(text, START)


def test_too_much_wind_is_no_wind():
    with pytest.raises(InputError, match="wind_m_s"):
        typed_wind("14:00=101", START)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv_is_read_with_its_names(tmp_path, delimiter):
    path = tmp_path / "f.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["at", "wind_m_s", "rain_mm_h", "height_m", "temperature_c"])
        writer.writerow(["2026-05-01T10:00", "4", "", "80", "-2.5"])
        writer.writerow(["2026-05-01T09:00Z", "5.5", "0.2", "", ""])
    assert read_forecast(path, START) == (
        Forecast(at="2026-05-01T10:00:00+02:00", wind_m_s=4, height_m=80, temperature_c=-2.5),
        Forecast(at="2026-05-01T09:00:00+00:00", wind_m_s=5.5, rain_mm_h=0.2),
    )


def test_json_is_a_list_of_rows(tmp_path):
    rows = [{"at": "2026-05-01T10:00+02:00", "wind_m_s": 4, "gust_m_s": 7.5}]
    path = written(tmp_path / "f.json", rows)
    assert read_forecast(path, START) == (
        Forecast(at="2026-05-01T10:00:00+02:00", wind_m_s=4, gust_m_s=7.5),
    )


HOURLY: dict[str, list[Any]] = {
    "time": ["2026-05-01T09:00", "2026-05-01T10:00"],
    "temperature_2m": [11.0, None],
    "precipitation": [0.0, 0.3],
    "wind_speed_10m": [18.0, 21.6],
    "wind_speed_80m": [28.8, None],
    "wind_gusts_10m": [36.0, 43.2],
    "wind_direction_10m": [270, 280],
}
OPEN_METEO = {
    "latitude": 48.1,
    "utc_offset_seconds": 7200,
    "hourly_units": {
        "time": "iso8601",
        "temperature_2m": "°C",
        "precipitation": "mm",
        "wind_speed_10m": "km/h",
        "wind_speed_80m": "km/h",
        "wind_gusts_10m": "km/h",
        "wind_direction_10m": "°",
    },
    "hourly": HOURLY,
}


def test_open_meteos_answer_is_read_in_its_units(tmp_path):
    path = written(tmp_path / "f.json", OPEN_METEO)
    nine, ten = "2026-05-01T09:00:00+02:00", "2026-05-01T10:00:00+02:00"
    assert read_forecast(path, START) == (
        Forecast(
            at=nine, wind_m_s=5, gust_m_s=10, wind_from_deg=270, rain_mm_h=0.0, temperature_c=11.0
        ),
        Forecast(at=nine, wind_m_s=8, height_m=80),
        Forecast(at=ten, wind_m_s=6, gust_m_s=12, wind_from_deg=280, rain_mm_h=0.3),
    )
    assert datetime.fromisoformat(nine).utcoffset() == START.utcoffset()


def changed(**hourly):
    return {**OPEN_METEO, "hourly": {**HOURLY, **hourly}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "at and wind_m_s are needed"),
        ("at,wind_m_s\n", "it has 0 rows"),
        ("at,speed\n2026-05-01T10:00,3\n", "unknown column 'speed'"),
        ("at,wind_m_s\n2026-05-01T10:00,3,4\n", "row 1: it has not 2 cells"),
        ("at,wind_m_s\n2026-05-01T10:00,much\n", "row 1: 'much' is no number"),
        ("at,wind_m_s\n2026-05-01T10:00,300\n", "row 1.wind_m_s: 300"),
        ("at,wind_m_s\nnoon,3\n", "row 1: at: 'noon'"),
        ("at,wind_m_s\n2026-05-01T10:00,\n", "wind_m_s: it is missing"),
        ([5], "row 1"),
        ([{"at": "2026-05-01T10:00", "wind_m_s": "5"}], "wind_m_s"),
        ({"daily": {}}, "no 'hourly' values"),
        (changed(time=["1714543200", "1714546800"]), "ask for timeformat=iso8601"),
        (changed(wind_speed_10m=[1.0]), "not equally long"),
        (changed(wind_speed_10m=["a", "b"]), "give a number in m/s"),
        ({**OPEN_METEO, "hourly_units": {"wind_speed_10m": "furlong"}}, "give a number in m/s"),
        ({**OPEN_METEO, "hourly_units": {"temperature_2m": "°F"}}, "ask for °C"),
    ],
)
def test_what_is_no_forecast_is_refused_in_one_line(tmp_path, text, words):
    with pytest.raises(InputError) as refused:
        read_forecast(written(tmp_path / "f.csv", text), START)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
