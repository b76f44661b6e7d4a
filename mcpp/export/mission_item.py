"""A MAVLink mission item, and the numbers of commands and frames.

Commands and parameters follow the MAVLink `common` dialect (mavlink.io, *Messages (common)*).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from mcpp.ground.frame import LocalFrame
from mcpp.model import LonLat

SAME_PLACE_M = 0.5
"""A landing point nearer to the launch point than this is the launch point."""


class Command(IntEnum):
    """The MAV_CMD numbers that mcpp writes."""

    NAV_WAYPOINT = 16
    NAV_RETURN_TO_LAUNCH = 20
    NAV_LAND = 21
    NAV_TAKEOFF = 22
    NAV_LOITER_TO_ALT = 31
    NAV_VTOL_TAKEOFF = 84
    NAV_VTOL_LAND = 85
    NAV_DELAY = 93
    CONDITION_YAW = 115
    DO_CHANGE_SPEED = 178
    DO_LAND_START = 189
    DO_SET_ROI = 201
    DO_MOUNT_CONTROL = 205
    DO_SET_CAM_TRIGG_DIST = 206
    DO_GIMBAL_MANAGER_PITCHYAW = 1000
    IMAGE_START_CAPTURE = 2000
    FENCE_POLYGON_INCLUSION = 5001
    FENCE_POLYGON_EXCLUSION = 5002
    FENCE_CIRCLE_EXCLUSION = 5004
    RALLY_POINT = 5100


class Frame(IntEnum):
    """The MAV_FRAME numbers that mcpp writes in files; `wire_items` puts their _INT twins."""

    ABSOLUTE = 0
    NONE = 2
    RELATIVE = 3
    TERRAIN = 10


_WIRE_FRAME = {0: 5, 3: 6, 10: 11}


@dataclass(frozen=True, slots=True, kw_only=True)
class MissionItem:
    """One mission, fence or rally item.

    Attributes
    ----------
    params
        p1 to p4; NaN is the autopilot's own default.
    lat_deg, lon_deg, alt_m
        Position, or p5 to p7 of a command without one.
    comment
        What it is for; no file carries it.
    """

    command: int
    frame: int
    params: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    lat_deg: float = 0.0
    lon_deg: float = 0.0
    alt_m: float = 0.0
    comment: str = ""


def rounded_lon_lat_deg(frame: LocalFrame, xyz_m: Sequence[float]) -> LonLat:
    """Longitude and latitude of a point, rounded to what the protocol carries: 1e-7 degrees."""
    lon, lat = frame.to_deg(np.asarray(xyz_m[:2], dtype=np.float64))
    return round(float(lon), 7), round(float(lat), 7)


def wire_items(items: Sequence[MissionItem]) -> tuple[MissionItem, ...]:
    """Put the _INT frames that MISSION_ITEM_INT carries."""
    return tuple(replace(item, frame=_WIRE_FRAME.get(item.frame, item.frame)) for item in items)
