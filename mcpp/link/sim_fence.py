"""Whether a place breaks a fence, as the simulated vehicles judge it."""

from collections.abc import Sequence

import shapely

from mcpp.link.guard import distance_m
from mcpp.link.wire import Message
from mcpp.model import LonLat


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
