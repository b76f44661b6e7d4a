"""Frozen data types of cameras and aircraft, as they stand in the mission file and in `assets/`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from mcpp.limits import limited

AircraftKind = Literal["multirotor", "fixed-wing", "vtol"]
TurnBehaviour = Literal["stop", "fly-by", "loiter"]
CornerBehaviour = Literal["stop", "halt", "blend", "slow"]
App = Literal["mavlink", "dji-pilot", "dji-fly", "litchi", "potensic", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AutopilotMotion:
    """How an autopilot moves a multirotor along a mission: what its parameters make of it.

    In brackets stand the parameters of ArduCopter, or of PX4 where ArduCopter has none. The default
    is an ideal one: it stops at corners over 30 degrees, passes others, and adds nothing.

    Attributes
    ----------
    acceleration_m_s2, vertical_acceleration_m_s2
        The most that it commands [WPNAV_ACCEL, WPNAV_ACCEL_Z]; None is the aircraft's.
    jerk_m_s3, jerk_build_up_s
        Rate at which acceleration grows, 0 for at once [WPNAV_JERK]; and how long that rate itself
        takes to set in [ATC_INPUT_TC].
    corner
        "stop": at rest at corners over 30 degrees. "halt": at rest at each waypoint. "blend": see
        `mcpp.ground.blend`. "slow": passed at the speed of an arc within the radius.
    corner_radius_m
        How far from a waypoint its corner may be cut [WPNAV_RADIUS, NAV_ACC_RAD].
    corner_acceleration_m_s2, corner_least_m_s, corner_delay_s
        Of "slow": sideways acceleration; the slowest that it gets; what each such corner costs
        beside braking and speeding up.
    pace
        Part of the wanted speed that it keeps on a straight leg.
    takeoff_delay_s
        From arming until it leaves the ground.
    landing_wait_s, landing_slow_height_m, landing_slow_m_s, landing_delay_s
        How long it stands above the landing point [RTL_LOIT_TIME]; height below which it sinks at
        its landing speed, 0 for never [LAND_ALT_LOW, LAND_SPEED]; from touching down to disarmed.
    photo_settle_s
        How long it takes to come to rest for a hovering photo.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    acceleration_m_s2: float | None = limited(0.1, 20, "m/s2", default=None)
    vertical_acceleration_m_s2: float | None = limited(0.1, 20, "m/s2", default=None)
    jerk_m_s3: float = limited(0, 100, "m/s3", default=0.0)
    jerk_build_up_s: float = limited(0, 2, "s", default=0.0)
    corner: CornerBehaviour = "stop"
    corner_radius_m: float = limited(0, 100, "m", default=2.0)
    corner_acceleration_m_s2: float = limited(0.1, 20, "m/s2", default=1.5)
    corner_least_m_s: float = limited(0.1, 20, "m/s", default=1.0)
    corner_delay_s: float = limited(0, 60, "s", default=0.0)
    pace: float = limited(0.5, 1, "part", default=1.0)
    takeoff_delay_s: float = limited(0, 120, "s", default=0.0)
    landing_wait_s: float = limited(0, 600, "s", default=0.0)
    landing_slow_height_m: float = limited(0, 100, "m", default=0.0)
    landing_slow_m_s: float = limited(0.1, 10, "m/s", default=0.5)
    landing_delay_s: float = limited(0, 120, "s", default=0.0)
    photo_settle_s: float = limited(0, 60, "s", default=0.0)


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
    motion
        How its own autopilot moves it; None is what the mission's autopilot does by default.
    app
        What takes its missions: a ground station over MAVLink, or an app that reads files. "none":
        nothing that mcpp writes for.
    most_points
        Most waypoints of one flight: longer ones are planned as several, each from take-off to
        landing. None lets the export cut a flight into parts where its app takes no more.
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
    motion: AutopilotMotion | None = None
    app: App = "mavlink"
    most_points: int | None = limited(10, 100_000, default=None)
    source: str = ""
