"""Values as people read and type them."""

import pytest
from hypothesis import given, strategies as st

from gui.units import (
    Quantity,
    UnitSystem,
    area_text,
    length_text,
    lon_lat_text,
    number_text,
    parse_lon_lat,
    parse_number,
    time_text,
)

METRIC, IMPERIAL = UnitSystem.METRIC, UnitSystem.IMPERIAL


@pytest.mark.parametrize(
    "text",
    [
        "40.9302, 24.4090",
        "40.9302 24.4090",
        "24.4090 E, 40.9302 N",
        "N40.9302 E24.4090",
        "40,9302, 24,4090",
        "40°55'48.72\"N 24°24'32.4\"E",
        "40° 55.812\u2032 N  24° 24.54\u2032 E",
    ],
)
def test_a_place_is_read_as_people_write_it(text):
    lon, lat = parse_lon_lat(text)
    assert lon == pytest.approx(24.4090, abs=1e-6)
    assert lat == pytest.approx(40.9302, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["", "Kavala", "40.9", "91, 10", "10, 181", "1 2 3", "40 N x 24 E"]
)
def test_what_is_no_place_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # it repeats the text, whatever that is
        parse_lon_lat(text)


@given(st.tuples(st.floats(-180, 180), st.floats(-90, 90)))
def test_a_place_that_is_shown_can_be_typed(place):
    assert parse_lon_lat(lon_lat_text(place)) == pytest.approx(place, abs=1e-6)


@given(st.floats(0, 1e5), st.sampled_from(list(Quantity)), st.sampled_from(list(UnitSystem)))
def test_a_value_that_is_shown_can_be_typed(value, quantity, system):
    shown = number_text(value, quantity, system)
    assert parse_number(shown, quantity, system) == pytest.approx(value, rel=0.02, abs=6)


def test_a_decimal_comma_and_the_unit_are_taken():
    assert parse_number("12,5 m", Quantity.LENGTH, METRIC) == 12.5
    assert parse_number("100 ft", Quantity.LENGTH, IMPERIAL) == pytest.approx(30.48)
    with pytest.raises(ValueError, match="nan"):
        parse_number("nan", Quantity.LENGTH, METRIC)


def test_lengths_areas_and_times_change_their_unit_when_large():
    assert length_text(850, METRIC) == "850 m"
    assert length_text(1240, METRIC) == "1.24 km"
    assert length_text(3000, IMPERIAL) == "1.86 mi"
    assert area_text(583_700, METRIC) == "58.37 ha"
    assert area_text(4046.8564224, IMPERIAL) == "1.00 ac"
    assert time_text(125) == "2:05 min"
    assert time_text(3725) == "1:02:05 h"
