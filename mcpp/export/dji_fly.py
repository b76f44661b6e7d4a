"""DJI's WPML as its consumer app DJI Fly reads it, in parts of 99 points: a KMZ a part.

Format: WPML 1.0.2 as in `mcpp.export.wpml`, with no more in it than DJI Fly is known to heed: it
takes no photos by distance or time (FlyPath issue 3, DroneTM issue 612), so that photos stand at
points where the vehicle hovers, or are taken by the app's own timer. Aircraft number 68 is that of
missions a Mini 4 Pro's controller wrote (FlyPath), and is used for its successor and the Air 3 by
others; DJI's support says that the number is free (Mobile-SDK-Android-V5 issue 523).

NEVER FLOWN by us: look at the route in the app, and fly it first where nothing can be hit.
"""

import xml.etree.ElementTree as ET

from mcpp.errors import ExportError
from mcpp.export.app_route import Part, parts
from mcpp.export.app_words import app_of
from mcpp.export.targets import app_limits
from mcpp.export.wpml_parts import (
    new_document,
    packed,
    put,
    put_config,
    put_drone,
    put_flown,
    put_folder,
    put_gimbal,
    put_group,
    put_photo,
    put_placemarks,
)
from mcpp.model import Plan, Sortie

_DRONE = 68
_LIMITS = app_limits("dji-fly")


def takes(plan: Plan, sortie: Sortie) -> bool:
    """Whether the sortie's aircraft is flown with DJI Fly."""
    return app_of(plan.mission, sortie.uav) == "dji-fly"


def to_parts(plan: Plan, sortie: Sortie) -> tuple[bytes, ...]:
    """Write one sortie as a KMZ a part. Same sortie, same bytes.

    Raises
    ------
    ExportError
        When the aircraft is not flown with DJI Fly.
    """
    if not takes(plan, sortie):
        name = plan.problem.vehicles[sortie.uav].id
        aircraft = plan.mission.uavs[sortie.uav].aircraft
        msg = f"dji-fly: {name} is a {aircraft!r}, which DJI Fly does not fly"
        raise ExportError(msg)
    return tuple(
        packed(_template(plan, sortie, part), _waylines(plan, sortie, part))
        for part in parts(plan, sortie, _LIMITS)
    )


def _config(document: ET.Element, plan: Plan, sortie: Sortie, part: Part) -> None:
    put_drone(put_config(document, plan, sortie, part, _LIMITS.speed_m_s), _DRONE)


def _template(plan: Plan, sortie: Sortie, part: Part) -> ET.Element:
    root, document = new_document()
    put(document, "author", "mcpp")
    _config(document, plan, sortie, part)
    return root


def _waylines(plan: Plan, sortie: Sortie, part: Part) -> ET.Element:
    vehicle = plan.problem.vehicles[sortie.uav]
    root, document = new_document()
    _config(document, plan, sortie, part)
    folder = put_folder(document, sortie, part, vehicle, _LIMITS.speed_m_s)
    groups = 0
    for index, (point, mark) in enumerate(put_placemarks(folder, plan, part)):
        put_flown(mark, index, point, vehicle)
        if index == 0 and (vehicle.camera is not None or vehicle.trigger != "none"):
            put_gimbal(put_group(mark, groups, 0, 0, "reachPoint"), vehicle, base="aircraft")
            groups += 1
        if point.photo:
            put_photo(put_group(mark, groups, index, index, "reachPoint"), vehicle.hover_s)
            groups += 1
    return root
