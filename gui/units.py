"""Values for the eye: SI inside, metric or imperial outside, coordinates as people write them."""

import math
import re
from dataclasses import dataclass
from enum import Enum

from gui.i18n import tr
from mcpp.model import LonLat


class Quantity(Enum):
    """What a number measures."""

    LENGTH = "length"
    SPEED = "speed"
    TIME = "time"
    SECONDS = "seconds"
    ANGLE = "angle"
    PERCENT = "percent"
    GSD = "gsd"
    NUMBER = "number"


class UnitSystem(Enum):
    """What the reader is used to."""

    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its sign, and how many of it make one SI unit."""

    symbol: str
    per_si: float
    decimals: int


FOOT_M = 0.3048
MILE_M = 1609.344
HECTARE_M2 = 1e4
ACRE_M2 = 4046.8564224

_METRIC = {
    Quantity.LENGTH: Unit("m", 1.0, 1),
    Quantity.SPEED: Unit("m/s", 1.0, 1),
    Quantity.TIME: Unit("min", 1 / 60, 1),
    Quantity.SECONDS: Unit("s", 1.0, 0),
    Quantity.ANGLE: Unit("°", 1.0, 0),
    Quantity.PERCENT: Unit("%", 1.0, 1),
    Quantity.GSD: Unit("cm/px", 100.0, 1),
    Quantity.NUMBER: Unit("", 1.0, 3),
}
_IMPERIAL = _METRIC | {
    Quantity.LENGTH: Unit("ft", 1 / FOOT_M, 0),
    Quantity.SPEED: Unit("mph", 3600 / MILE_M, 1),
    Quantity.GSD: Unit("in/px", 12 / FOOT_M, 2),
}


def unit_of(quantity: Quantity, system: UnitSystem) -> Unit:
    """Name the unit in which a quantity is shown."""
    return (_METRIC if system is UnitSystem.METRIC else _IMPERIAL)[quantity]


def decimal(text: str) -> str:
    """Put the reader's decimal sign in the place of the point."""
    return text.replace(".", tr("."))


def percent_text(percent: float, decimals: int = 1) -> str:
    """Write a part of a hundred."""
    return decimal(f"{percent:.{decimals}f} %")


def number_text(value: float, quantity: Quantity, system: UnitSystem) -> str:
    """Write an SI value in its unit, without the sign and without idle zeros."""
    unit = unit_of(quantity, system)
    text = f"{value * unit.per_si:.{unit.decimals + 1}f}"
    return decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def value_text(value: float, quantity: Quantity, system: UnitSystem) -> str:
    """Write an SI value with its unit."""
    sign = unit_of(quantity, system).symbol
    gap = "" if quantity is Quantity.ANGLE or not sign else " "
    return f"{number_text(value, quantity, system)}{gap}{sign}"


def parse_number(text: str, quantity: Quantity, system: UnitSystem) -> float:
    """Read a number as typed, in the shown unit, decimal comma or point.

    Raises
    ------
    ValueError
        When it is no finite number.
    """
    unit = unit_of(quantity, system)
    cleaned = text.strip().removesuffix(unit.symbol).strip().replace(",", ".")
    value = float(cleaned) / unit.per_si
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def length_text(length_m: float, system: UnitSystem) -> str:
    """Write a length: metres or kilometres, feet or miles."""
    if system is UnitSystem.METRIC:
        return decimal(f"{length_m / 1000:.2f} km") if length_m >= 1000 else f"{length_m:.0f} m"
    feet = length_m / FOOT_M
    return decimal(f"{length_m / MILE_M:.2f} mi") if feet >= 5280 else f"{feet:.0f} ft"


def area_text(area_m2: float, system: UnitSystem) -> str:
    """Write an area: hectares or square kilometres, acres or square miles."""
    if system is UnitSystem.METRIC:
        if area_m2 >= 1e7:
            return decimal(f"{area_m2 / 1e6:.1f} km²")
        return decimal(f"{area_m2 / HECTARE_M2:.2f} ha") if area_m2 >= 1000 else f"{area_m2:.0f} m²"
    if area_m2 >= 1e7:
        return decimal(f"{area_m2 / MILE_M**2:.1f} mi²")
    return decimal(f"{area_m2 / ACRE_M2:.2f} ac")


def time_text(time_s: float) -> str:
    """Write a duration as minutes and seconds, with hours where there are any."""
    total = round(time_s)
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02} h" if hours else f"{minutes}:{seconds:02} min"


def clock_text(time_s: float) -> str:
    """Write a duration without its unit, for tables and clocks."""
    return time_text(time_s).split(" ")[0]


def lon_lat_text(lon_lat_deg: LonLat) -> str:
    """Write a place: latitude first, as maps and crews do."""
    lon, lat = lon_lat_deg
    return f"{abs(lat):.6f}° {'N' if lat >= 0 else 'S'}  {abs(lon):.6f}° {'E' if lon >= 0 else 'W'}"


_DEGREES = re.compile(
    r"""([NSEWO]?)\s*([+-]?\d+(?:\.\d+)?)\s*°?\s*
        (?:(\d+(?:\.\d+)?)\s*['\u2032\u2019]\s*)?
        (?:(\d+(?:\.\d+)?)\s*(?:"|\u2033|''|\u201d)\s*)?
        ([NSEWO]?)""",
    re.VERBOSE,
)


def parse_lon_lat(text: str) -> LonLat:
    """Read a place: ``40.93, 24.41`` or ``40°55'48"N 24°24'36"E``; latitude first without letters.

    Raises
    ------
    ValueError
        When it is no place on Earth.
    """
    upper = text.strip().upper()
    if upper.count(",") == 3:  # decimal commas, and one between the two
        first, second, third, fourth = upper.split(",")
        upper = f"{first}.{second} {third}.{fourth}"
    matches = list(_DEGREES.finditer(upper.replace(",", " ").replace(";", " ")))
    rest = _DEGREES.sub("", upper.replace(",", " ").replace(";", " ")).strip()
    if len(matches) != 2 or rest:
        raise ValueError(text)
    values = [_signed_degrees(match) for match in matches]
    letters = [match.group(1) or match.group(5) for match in matches]
    lat, lon = values
    if letters[0] in {"E", "W", "O"} or letters[1] in {"N", "S"}:
        lat, lon = lon, lat
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(text)
    return (lon, lat)


def _signed_degrees(match: re.Match[str]) -> float:
    degrees = float(match.group(2))
    minutes = float(match.group(3) or 0) / 60 + float(match.group(4) or 0) / 3600
    value = abs(degrees) + minutes
    negative = match.group(2).startswith("-") or (match.group(1) or match.group(5)) in {"S", "W"}
    return -value if negative else value
