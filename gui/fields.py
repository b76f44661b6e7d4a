"""The values that a user can edit: their words, units and limits. Tables and forms read them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from gui import engine
from gui.i18n import tr
from gui.units import (
    Quantity,
    UnitSystem,
    lon_lat_text,
    number_text,
    parse_lon_lat,
    parse_number,
    unit_of,
    value_text,
)
from mcpp.errors import InputError

Kind = Literal["number", "integer", "part", "text", "name", "choice", "place", "flag"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value.

    Attributes
    ----------
    key
        Name of the attribute.
    kind
        ``part`` is 0 to 1 inside and percent outside.
    low, high
        Limits in SI units.
    optional
        Whether it may be empty, which is None; `empty` says what that means.
    choices
        Gives the values of a choice.
    """

    key: str
    title: str
    help: str
    kind: Kind = "number"
    quantity: Quantity = Quantity.NUMBER
    low: float = 0.0
    high: float = 1e9
    optional: bool = False
    empty: str = ""
    choices: Callable[[], tuple[str, ...]] | None = None

    def unit(self, units: UnitSystem) -> str:
        """Sign of the unit in which it is shown."""
        return "%" if self.kind == "part" else unit_of(self.quantity, units).symbol

    def limits(self, units: UnitSystem) -> str:
        """Limits in words; empty where there are none."""
        if self.kind not in {"number", "integer", "part"}:
            return ""
        low, high = (self.show(limit, units) for limit in (self.low, self.high))
        gap = "" if self.unit(units) in {"", "°"} else " "
        if self.high >= 1e9:
            return tr("{0} or more", f"{low}{gap}{self.unit(units)}")
        return tr("{0} to {1}", low, f"{high}{gap}{self.unit(units)}")

    def show(self, value: Any, units: UnitSystem) -> str:
        """Write a value as it is edited, without its unit."""
        if value is None:
            return ""
        if self.kind == "number":
            return number_text(value, self.quantity, units)
        if self.kind == "part":
            return f"{100 * value:.4g}"
        if self.kind == "integer":
            return str(int(value))
        if self.kind == "place":
            return lon_lat_text(value)
        return str(value)

    def show_with_unit(self, value: Any, units: UnitSystem) -> str:
        """Write a value as it is read."""
        if value is not None and self.kind == "number":
            return value_text(value, self.quantity, units)
        text = self.show(value, units)
        return f"{text} %" if text and self.kind == "part" else text

    def parse(self, text: str, units: UnitSystem) -> Any:
        """Read a value as typed.

        Raises
        ------
        InputError
            In one line that says what would be right.
        """
        text = text.strip()
        if not text and self.kind not in {"text", "name"}:
            if self.optional:
                return None
            raise InputError(tr("{0} is missing: {1}", self.title, self.limits(units)))
        if self.kind in {"text", "name", "choice"}:
            return self._parse_words(text)
        if self.kind == "place":
            try:
                return parse_lon_lat(text)
            except ValueError:
                words = tr("no place on Earth; latitude, longitude as in 40.9302, 24.4090")
                raise InputError(f"{text!r}: {words}") from None
        return self._parse_number(text, units)

    def _parse_words(self, text: str) -> str | None:
        if not text and self.optional:
            return None
        if not text:
            raise InputError(tr("{0} is missing", self.title))
        if self.choices is not None and text not in self.choices():
            raise InputError(tr("{0}: choose one of {1}", self.title, ", ".join(self.choices())))
        if self.kind == "name" and not engine.names_a_file(text):
            raise InputError(tr("{0!r}: use letters, digits, - _ and . without spaces", text))
        return text

    def _parse_number(self, text: str, units: UnitSystem) -> float | int:
        try:
            if self.kind == "integer":
                value: float = int(text)
            elif self.kind == "part":
                value = parse_number(text.removesuffix("%"), Quantity.NUMBER, units) / 100
            else:
                value = parse_number(text, self.quantity, units)
        except ValueError:
            what = tr("a whole number") if self.kind == "integer" else tr("a number")
            raise InputError(tr("{0!r} is not {1}", text, what)) from None
        slack = 1e-9 * max(abs(self.low), abs(self.high))
        if not self.low - slack <= value <= self.high + slack:
            raise InputError(tr("{0}: {1}", self.title, self.limits(units)))
        return value


def uav_fields() -> list[Field]:
    """List the values of a UAV, the most used first."""
    from_aircraft, from_mission = tr("from the aircraft"), tr("from the mission")
    length, speed = Quantity.LENGTH, Quantity.SPEED
    return [
        Field("id", tr("Name"), tr("What you call it; used in file names."), "name"),
        Field(
            "aircraft",
            tr("Aircraft"),
            tr("Preset with speed, climb, turns and battery."),
            "choice",
            choices=engine.aircraft_names,
        ),
        Field(
            "camera",
            tr("Camera"),
            tr("With a camera, overlap gives line distance and photo distance."),
            "choice",
            optional=True,
            empty=tr("none"),
            choices=engine.camera_names,
        ),
        Field(
            "speed_m_s",
            tr("Survey speed"),
            tr("Speed on the survey lines."),
            quantity=speed,
            low=0.5,
            high=60,
            optional=True,
            empty=from_aircraft,
        ),
        Field(
            "endurance_s",
            tr("Battery time"),
            tr("Flight time of a full battery; the reserve is taken off it."),
            quantity=Quantity.TIME,
            low=60,
            high=86400,
            optional=True,
            empty=from_aircraft,
        ),
        Field(
            "share",
            tr("Share"),
            tr("Wanted part of the area. Leave empty for all: then all finish together."),
            "part",
            low=0.001,
            high=1,
            optional=True,
            empty=tr("automatic"),
        ),
        Field(
            "start_lon_lat_deg",
            tr("Launch point"),
            tr("Where it takes off. Empty: mcpp chooses one inside the area."),
            "place",
            optional=True,
            empty=tr("automatic"),
        ),
        Field(
            "landing_lon_lat_deg",
            tr("Landing point"),
            tr("Where it lands, if not where it took off."),
            "place",
            optional=True,
            empty=tr("launch point"),
        ),
        Field(
            "height_m",
            tr("Survey height"),
            tr("Height above the launch point on the survey lines."),
            quantity=length,
            low=2,
            high=5000,
            optional=True,
            empty=from_mission,
        ),
        Field(
            "scan_distance_m",
            tr("Line distance"),
            tr("Its own distance between survey lines."),
            quantity=length,
            low=0.5,
            high=10000,
            optional=True,
            empty=from_mission,
        ),
        Field(
            "transit_speed_m_s",
            tr("Transit speed"),
            tr("Speed on the way to the area and back."),
            quantity=speed,
            low=0.5,
            high=60,
            optional=True,
            empty=from_aircraft,
        ),
        Field(
            "batteries",
            tr("Batteries"),
            tr("How many it has; empty is as many as it needs."),
            "integer",
            low=1,
            high=100,
            optional=True,
            empty=tr("enough"),
        ),
        Field(
            "autopilot",
            tr("Autopilot"),
            tr("For whom files and uploads are written."),
            "choice",
            choices=lambda: ("ardupilot", "px4", "generic"),
        ),
        Field(
            "system_id",
            tr("System id"),
            tr("MAVLink id of the vehicle; uploads to another one are refused."),
            "integer",
            low=1,
            high=255,
            optional=True,
            empty=tr("any"),
        ),
        Field(
            "link",
            tr("Link"),
            tr("Connection for upload, as in udp:127.0.0.1:14550 or serial:/dev/ttyUSB0:57600."),
            "text",
            optional=True,
            empty=tr("none"),
        ),
    ]


def mission_fields() -> list[Field]:
    """List the values of the mission itself."""
    length = Quantity.LENGTH
    return [
        Field(
            "scan_distance_m",
            tr("Line distance"),
            tr("Distance between neighbouring survey lines."),
            quantity=length,
            low=0.5,
            high=10000,
            optional=True,
            empty=tr("from the camera"),
        ),
        Field(
            "coverage_percent",
            tr("Coverage wanted"),
            tr("Part of the area that must be within the sensor's reach."),
            quantity=Quantity.PERCENT,
            low=96,
            high=100,
        ),
        Field(
            "border_buffer_m",
            tr("Keep inside the border by"),
            tr("All legs stay at least so far inside the area."),
            quantity=length,
            high=1000,
        ),
        Field(
            "overshoot_m",
            tr("May leave the area by"),
            tr("Turns may reach so far beyond the border. 0: strictly inside."),
            quantity=length,
            high=1000,
        ),
        Field(
            "keep_apart",
            tr("A region of its own for each UAV"),
            tr("No two UAVs survey the same ground: the safest way to fly together."),
            "flag",
        ),
    ]


def flight_fields() -> list[Field]:
    """List the flight settings."""
    length, speed = Quantity.LENGTH, Quantity.SPEED
    same = tr("as survey height")
    camera = tr("from the camera")
    return [
        Field(
            "purpose",
            tr("Purpose"),
            tr("Mapping: photos that overlap. Search: video, camera looking ahead."),
            "choice",
            choices=lambda: ("mapping", "search"),
        ),
        Field(
            "height_m",
            tr("Survey height"),
            tr("Height above the launch point on the survey lines."),
            quantity=length,
            low=2,
            high=5000,
        ),
        Field(
            "transit_height_m",
            tr("Transit height"),
            tr("Height on the way to the first line."),
            quantity=length,
            low=2,
            high=5000,
            optional=True,
            empty=same,
        ),
        Field(
            "return_height_m",
            tr("Return height"),
            tr("Height on the way back."),
            quantity=length,
            low=2,
            high=5000,
            optional=True,
            empty=same,
        ),
        Field(
            "max_height_m",
            tr("Highest allowed"),
            tr("No leg is planned above it. Often 120 m by law."),
            quantity=length,
            low=2,
            high=10000,
        ),
        Field(
            "sidelap",
            tr("Side overlap"),
            tr("Of photos on neighbouring lines; with a camera it gives the line distance."),
            "part",
            high=0.95,
            optional=True,
            empty=tr("not used"),
        ),
        Field(
            "frontlap",
            tr("Forward overlap"),
            tr("Of photos one after the other; with a camera it gives the photo distance."),
            "part",
            high=0.95,
            optional=True,
            empty=camera,
        ),
        Field(
            "trigger",
            tr("Camera trigger"),
            tr("By distance, hovering for each photo, or none."),
            "choice",
            optional=True,
            empty=tr("automatic"),
            choices=lambda: ("distance", "hover", "none"),
        ),
        Field(
            "gimbal_pitch_deg",
            tr("Gimbal pitch"),
            tr("-90° looks straight down."),
            quantity=Quantity.ANGLE,
            low=-90,
            high=30,
        ),
        Field(
            "wind_m_s",
            tr("Wind speed"),
            tr("Flight times are reckoned with it."),
            quantity=speed,
            high=40,
        ),
        Field(
            "wind_from_deg",
            tr("Wind comes from"),
            tr("0° is north, 90° is east."),
            quantity=Quantity.ANGLE,
            high=360,
        ),
        Field(
            "reserve",
            tr("Battery reserve"),
            tr("Part of the battery that no flight uses."),
            "part",
            high=0.8,
            optional=True,
            empty=tr("from the aircraft"),
        ),
        Field(
            "separation_m",
            tr("UAVs keep apart, across"),
            tr("Two UAVs in the air keep this distance, or the height distance."),
            quantity=length,
            high=1000,
        ),
        Field(
            "vertical_separation_m",
            tr("UAVs keep apart, in height"),
            tr("Two UAVs in the air keep this height distance, or the distance across."),
            quantity=length,
            high=200,
        ),
    ]


def zone_fields(*, circle: bool) -> list[Field]:
    """List the values of a no-fly zone."""
    length = Quantity.LENGTH
    fields = [
        Field("name", tr("Name"), tr("What is there."), "text", optional=True),
        Field(
            "buffer_m",
            tr("Keep away by"),
            tr("All legs stay at least so far from the zone."),
            quantity=length,
            high=2000,
        ),
    ]
    if circle:
        fields += [
            Field(
                "radius_m",
                tr("Radius"),
                tr("Of the zone, without its buffer."),
                quantity=length,
                low=0.5,
                high=100_000,
            ),
            Field("center_lon_lat_deg", tr("Centre"), tr("Latitude, longitude."), "place"),
        ]
    return fields
