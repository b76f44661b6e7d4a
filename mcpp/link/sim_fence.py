"""Whether a place breaks a fence, as the simulated vehicles judge it, and what they do then."""

from collections.abc import Mapping, Sequence
from typing import Final

import shapely

from mcpp.link.guard import distance_m
from mcpp.link.modes import Purpose
from mcpp.link.sim_flight import Flight
from mcpp.link.wire import Message
from mcpp.model import Autopilot, LonLat

_ALTITUDE, _CIRCLE, _POLYGON, _FLOOR = 1, 2, 4, 8
_PX4_ACTIONS: Final[dict[int, Purpose]] = {2: "hold", 3: "return", 5: "land"}
_TERMINATE: Final = 4


def breaches(fence: Sequence[Message], lon_lat_deg: LonLat) -> bool:
    """Whether a place lies outside an inclusion zone or inside an exclusion zone of a fence."""
    here = shapely.Point(lon_lat_deg)
    index = 0
    while index < len(fence):
        item = fence[index]
        if item.command in (5001, 5002):
            size = max(int(item.param1), 3)
            ring = [(v.y / 1e7, v.x / 1e7) for v in fence[index : index + size]]
            inside = len(ring) >= 3 and shapely.Polygon(ring).intersects(here)
            if inside != (item.command == 5001):
                return True
            index += size
            continue
        if item.command in (5003, 5004):
            away = distance_m(lon_lat_deg, (item.y / 1e7, item.x / 1e7))
            if (away <= item.param1) != (item.command == 5003):
                return True
        index += 1
    return False


def breached(
    autopilot: Autopilot,
    params: Mapping[str, float],
    fence: Sequence[Message],
    home: LonLat,
    place: tuple[LonLat, float],
) -> bool:
    """Whether a vehicle's own fences are broken: those of its parameters, and the uploaded one.

    Parameters
    ----------
    place
        Longitude and latitude, and height above home.
    """
    here, height_m = place
    away_m = distance_m(home, here)
    if autopilot != "ardupilot":
        if not params.get("GF_ACTION", 0.0):
            return False
        far_m, top_m = params.get("GF_MAX_HOR_DIST", 0.0), params.get("GF_MAX_VER_DIST", 0.0)
        own = 0 < far_m < away_m or 0 < top_m < height_m
        return own or bool(fence and breaches(fence, here))
    if not params.get("FENCE_ENABLE", 0.0):
        return False
    kinds = int(params.get("FENCE_TYPE", _POLYGON))
    return bool(
        (kinds & _ALTITUDE and height_m > params.get("FENCE_ALT_MAX", 100.0))
        or (kinds & _CIRCLE and away_m > params.get("FENCE_RADIUS", 300.0))
        or (kinds & _FLOOR and height_m < params.get("FENCE_ALT_MIN", -10.0))
        or (kinds & _POLYGON and fence and breaches(fence, here))
    )


def act_on_breach(autopilot: Autopilot, params: Mapping[str, float], flight: Flight) -> None:
    """Do what its parameters say of a breach."""
    if autopilot == "ardupilot":
        if params.get("FENCE_ACTION", 1.0) > 0:
            flight.change("return")
        return
    action = int(params.get("GF_ACTION", 0.0))
    if action == _TERMINATE:
        flight.cut_motors()
    elif action in _PX4_ACTIONS:
        flight.change(_PX4_ACTIONS[action])
