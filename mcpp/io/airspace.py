"""Airspace files: ED-269 and ED-318 JSON, OpenAir, GeoJSON of OpenAIP, facility maps of the FAA.

Each zone keeps its heights with what they are measured from; `mcpp.io.airspace_zones` turns those
that touch a mission into its no-fly zones.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError, shown
from mcpp.io.airspace_kinds import airspace_kind, is_openair
from mcpp.io.text import parse_json, read_text

Reference = Literal["ground", "sea", "standard"]
FOOT_M = 0.3048
NAUTICAL_MILE_M = 1852.0


@dataclass(frozen=True, slots=True)
class Limit:
    """A height and what it is measured from: ground, sea, or the standard pressure of 1013 hPa."""

    height_m: float
    above: Reference

    def words(self) -> str:
        """Say the height, as in "120 m above ground"."""
        where = {"ground": "above ground", "sea": "above sea", "standard": "(flight level)"}
        if self.above == "ground" and self.height_m <= 0:
            return "ground"
        return f"{self.height_m:,.0f} m {where[self.above]}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AirspaceZone:
    """A zone of an airspace file, in degrees.

    Attributes
    ----------
    geometry
        Polygon, or the centre of a round zone.
    radius_m
        Of a round zone.
    kind
        What the file calls it: PROHIBITED, CTR, class D.
    lower, upper
        None is the ground, and no end.
    times
        When it is in force, in words; "" is always.
    """

    geometry: BaseGeometry
    radius_m: float | None = None
    name: str
    kind: str = ""
    lower: Limit | None = None
    upper: Limit | None = None
    times: str = ""

    @property
    def title(self) -> str:
        """Name and kind."""
        return f"{self.name} ({self.kind})" if self.kind else self.name

    def heights(self) -> str:
        """Say from where to where it reaches."""
        low = self.lower.words() if self.lower else "ground"
        return f"{low} to {self.upper.words()}" if self.upper else f"{low} up"


def limit(value: Any, unit: str, above: Reference, where: str) -> Limit | None:
    """Make a limit of a number and its unit; None of nothing.

    Raises
    ------
    InputError
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e6:
        msg = f"{where}: {shown(value)} is no height"
        raise InputError(msg)
    factors = {"m": 1.0, "ft": FOOT_M, "feet": FOOT_M, "fl": 100 * FOOT_M}
    factor = factors.get(unit.strip().casefold())
    if factor is None:
        msg = f"{where}: {shown(unit)} is no unit of height: m, ft or FL"
        raise InputError(msg)
    return Limit(float(value) * factor, above)


def read_airspace(path: str | Path) -> tuple[AirspaceZone, ...]:
    """Read an airspace file of any kind that is known.

    Raises
    ------
    InputError
        In one line: what is damaged in it, or that it is none.
    """
    from mcpp.io import airspace_formats as formats

    text = read_text(path)
    name = str(path)
    if is_openair(text):
        return _on_earth(formats.openair_zones(text, name), name)
    if not text.lstrip().startswith("{"):
        raise _no_airspace(name)
    value = parse_json(text, name)
    readers = {
        "ED-269": formats.ed269_zones,
        "ED-318": formats.ed318_zones,
        "OpenAIP": formats.openaip_zones,
        "FAA UAS facility map": formats.faa_zones,
    }
    reader = readers.get(airspace_kind(value) or "")
    if reader is None:
        raise _no_airspace(name)
    return _on_earth(reader(value, name), name)


def _on_earth(zones: tuple[AirspaceZone, ...], name: str) -> tuple[AirspaceZone, ...]:
    for zone in zones:
        points = shapely.get_coordinates(zone.geometry)
        if not (np.abs(points) <= (360.0, 90.0)).all():
            msg = f"{name}: zone {shown(zone.name)}: a corner is no longitude and latitude"
            raise InputError(msg)
    return zones


def _no_airspace(name: str) -> InputError:
    return InputError(
        f"{name}: it is no airspace file that is known: ED-269 or ED-318 JSON, OpenAir, GeoJSON of "
        "OpenAIP or a facility map of the FAA"
    )
