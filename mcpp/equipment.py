"""Frozen data types of cameras and aircraft, as they stand in the mission file and in `assets/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from mcpp.limits import limited

AircraftKind = Literal["multirotor", "fixed-wing", "vtol"]
TurnBehaviour = Literal["stop", "fly-by", "loiter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A camera with a lens of fixed focal length.

    Attributes
    ----------
    sensor_width_mm, sensor_height_mm, image_width_px, image_height_px
        In landscape: the width is the longer side.
    min_interval_s
        Shortest time between two photos, or None where the maker tells none.
    shutter_s
        Exposure time with which motion blur is reckoned.
    source
        Where the figures come from.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    name: str
    sensor_width_mm: float = limited(0, 1e4, "mm", open_low=True)
    sensor_height_mm: float = limited(0, 1e4, "mm", open_low=True)
    focal_mm: float = limited(0, 1e4, "mm", open_low=True)
    image_width_px: int = limited(1, 10**6, "px")
    image_height_px: int = limited(1, 10**6, "px")
    min_interval_s: float | None = limited(0, 60, "s", default=None)
    shutter_s: float = limited(0, 60, "s", open_low=True, default=0.001)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aircraft:
    """How an aircraft flies.

    Attributes
    ----------
    speed_m_s, transit_speed_m_s
        Of survey and of transit: over the ground for a multirotor, through the air for the others.
    max_air_speed_m_s
        The fastest that it flies through the air.
    acceleration_m_s2
        Of speeding up, braking and turning.
    turn, turn_radius_m
        At a corner it stops, cuts it with that radius, or flies past and turns on a circle.
    endurance_s
        Of a full battery in still air; `reserve`, 0 to 1, of it is not used.
    wind_limit_m_s
        The strongest wind that it may be flown in.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    name: str
    kind: AircraftKind = "multirotor"
    speed_m_s: float = limited(0.1, 60, "m/s", default=5.0)
    transit_speed_m_s: float = limited(0.1, 60, "m/s", default=5.0)
    max_air_speed_m_s: float = limited(0.1, 80, "m/s", default=15.0)
    acceleration_m_s2: float = limited(0.1, 20, "m/s2", default=2.0)
    climb_m_s: float = limited(0.1, 20, "m/s", default=2.5)
    descent_m_s: float = limited(0.1, 20, "m/s", default=1.5)
    turn: TurnBehaviour = "stop"
    turn_radius_m: float = limited(0, 1000, "m", default=0.0)
    endurance_s: float = limited(60, 360_000, "s", default=1875.0)
    reserve: float = limited(0, 0.9, "part", default=0.2)
    wind_limit_m_s: float = limited(0, 40, "m/s", default=10.0)
    source: str = ""
