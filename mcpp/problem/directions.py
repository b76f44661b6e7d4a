"""Which way survey lines run: as the user says, in degrees or by an edge of the border."""

import math

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.ground.coverage import ring_edges
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape, check_point
from mcpp.model import LonLat, Mission


def line_direction_deg(mission: Mission, index: int, frame: LocalFrame) -> float | None:
    """Direction that one UAV's lines must have, 0 to under 180 degrees from north, or None.

    What the UAV says itself goes before what the mission says.

    Raises
    ------
    InputError
        When an angle is no angle, a place no place, or both are given.
    """
    uav = mission.uavs[index]
    own = (uav.direction_deg, uav.direction_edge_lon_lat_deg)
    common = (mission.direction_deg, mission.direction_edge_lon_lat_deg)
    for where, (angle, place) in ((f"uavs[{index}].", own), ("", common)):
        if angle is not None and place is not None:
            msg = f"{where}direction_deg, {where}direction_edge_lon_lat_deg: give one of them"
            raise InputError(msg)
        if angle is not None:
            return _turned(f"{where}direction_deg", angle)
        if place is not None:
            check_point(f"{where}direction_edge_lon_lat_deg", place)
            return edge_direction_deg(mission, place, frame)
    return None


def edge_direction_deg(mission: Mission, place: LonLat, frame: LocalFrame) -> float:
    """Direction of the edge of the area's border that is nearest to a place."""
    edges = ring_edges(area_shape(mission, frame)).reshape(-1, 2, 2)
    away = shapely.distance(shapely.linestrings(edges), shapely.Point(frame.to_m(place)))
    east, north = np.diff(edges[int(np.argmin(away))], axis=0)[0]
    return math.degrees(math.atan2(east, north)) % 180.0 % 180.0  # -1e-15 % 180 is 180


def _turned(field: str, angle_deg: float) -> float:
    if not (math.isfinite(angle_deg) and -360 <= angle_deg <= 360):
        msg = f"{field}: {angle_deg:g} deg is outside -360..360 deg"
        raise InputError(msg)
    return angle_deg % 180.0 % 180.0
