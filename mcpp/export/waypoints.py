"""The text form "QGC WPL 110" (.waypoints), read by all ground stations.

Format: MAVLink developer guide, *File Formats*. Row 0 is home. The file holds no NaN: where PX4
would read p4 = 0 as "face north", the course of the leg is written, which is what its default does.
"""

import math

from pyproj import Geod

from mcpp.export.items import flight_items, home_item
from mcpp.export.mission_item import Frame, MissionItem
from mcpp.model import Plan, Sortie

_ELLIPSOID = Geod(ellps="WGS84")


def to_text(plan: Plan, sortie: Sortie) -> str:
    """Write one sortie; fence and rally points have no place in this format."""
    rows = (home_item(plan, sortie), *flight_items(plan, sortie))
    lines = ["QGC WPL 110"]
    previous, course_deg = rows[0], 0.0
    for index, item in enumerate(rows):
        if item.frame != Frame.NONE:
            course_deg = _course_deg(previous, item, course_deg)
            previous = item
        lines.append(_row(item, index, course_deg))
    return "\n".join(lines) + "\n"


def _row(item: MissionItem, index: int, course_deg: float) -> str:
    fields = [str(index), "1" if index == 0 else "0", str(item.frame), str(item.command)]
    fields += [f"{course_deg if math.isnan(p) else p:.8f}" for p in item.params]
    fields += [f"{item.lat_deg:.8f}", f"{item.lon_deg:.8f}", f"{item.alt_m:.6f}", "1"]
    return "\t".join(fields)


def _course_deg(start: MissionItem, end: MissionItem, before_deg: float) -> float:
    """Course from one item to the next, degrees from north; straight up keeps the one before."""
    course, _, length_m = _ELLIPSOID.inv(start.lon_deg, start.lat_deg, end.lon_deg, end.lat_deg)
    return round(float(course) % 360.0, 1) % 360.0 if length_m > 0.05 else before_deg
