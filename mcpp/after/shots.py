"""What photos and logs tell, before anything is reckoned from it."""

from dataclasses import dataclass, field

import numpy as np

from mcpp.model import FloatArray, LonLat
from mcpp.model.arrays import read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One photo, as its file or a log tells it; None is what it does not tell.

    Attributes
    ----------
    name
        Its file, or the number of the photo within a log.
    group
        What shares a clock and an aircraft: the folder and the serial number, or the log.
    altitude_m
        Above the sea or the ellipsoid, whichever the receiver gives.
    above_launch_m
        Above the place of take-off.
    stamp_s
        The camera's own clock: seconds since 1970, taken as UTC where no offset is told.
    gps_s
        The receiver's clock at the photo, seconds since 1970 in UTC.
    pitch_deg, yaw_deg, roll_deg
        Of the camera; a pitch of -90 looks straight down.
    body_deg
        Pitch, roll and yaw of the aircraft.
    focal_mm, focal_35_mm
        Focal length, and its equivalent on a frame of 36 x 24 mm.
    """

    name: str
    group: str
    lon_lat_deg: LonLat | None = None
    altitude_m: float | None = None
    above_launch_m: float | None = None
    stamp_s: float | None = None
    gps_s: float | None = None
    pitch_deg: float | None = None
    yaw_deg: float | None = None
    roll_deg: float | None = None
    body_deg: tuple[float, float, float] | None = None
    speed_m_s: float | None = None
    exposure_s: float | None = None
    make: str = ""
    model: str = ""
    serial: str = ""
    focal_mm: float | None = None
    focal_35_mm: float | None = None
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Log:
    """A flight log: where the aircraft was when, and the photos that it tells of.

    Attributes
    ----------
    system_id
        MAVLink system id, where the log tells it.
    time_s
        Shape (n,), rising: seconds since 1970 in UTC, or since an unknown moment where not `utc`.
    lon_lat_deg
        Shape (n, 2).
    altitude_m, above_launch_m, yaw_deg
        Shape (n,); not a number where unknown.
    shots
        In order of time; their stamps are on the same clock.
    broken
        A part of the file could not be read.
    """

    name: str
    kind: str
    time_s: FloatArray
    lon_lat_deg: FloatArray
    altitude_m: FloatArray
    above_launch_m: FloatArray
    yaw_deg: FloatArray
    utc: bool = True
    system_id: int | None = None
    shots: tuple[Shot, ...] = ()
    broken: bool = False

    def __post_init__(self) -> None:
        for name in ("time_s", "altitude_m", "above_launch_m", "yaw_deg"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.float64))
        places = read_only(self.lon_lat_deg, np.float64).reshape(-1, 2)
        object.__setattr__(self, "lon_lat_deg", places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """A file that could not be used, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flown:
    """Everything that was read.

    Attributes
    ----------
    owners
        For each group that the user named a UAV for, its id.
    """

    shots: tuple[Shot, ...] = ()
    logs: tuple[Log, ...] = ()
    unused: tuple[Unused, ...] = ()
    owners: dict[str, str] = field(default_factory=dict)
