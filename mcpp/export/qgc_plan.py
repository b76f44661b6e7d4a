"""QGroundControl's .plan: mission, geofence and rally points of one sortie as JSON.

Format: QGroundControl developer guide, *Plan File Format*. All items are simple ones, which MAVSDK
and Mission Planner read too. The key "mcpp" says when the sortie takes off
(see `mcpp.flight.starts`).
"""

import json
import math
from typing import Any

from mcpp.export.fence import fence_of
from mcpp.export.items import flight_items, home_item, rally_items
from mcpp.export.mission_item import Command, Frame, MissionItem
from mcpp.model import Plan, Sortie

_FIRMWARE = {"generic": 0, "ardupilot": 3, "px4": 12}  # MAV_AUTOPILOT
_VEHICLE = {"multirotor": 2, "fixed-wing": 1, "vtol": 20}  # MAV_TYPE
_RELATIVE_HEIGHT, _TERRAIN_HEIGHT = 1, 4


def to_text(plan: Plan, sortie: Sortie) -> str:
    """Write one sortie as a .plan.

    Raises
    ------
    ExportError
        When no fence can be made.
    """
    items = flight_items(plan, sortie)
    return document_text(plan, sortie, [simple_item(item, i) for i, item in enumerate(items, 1)])


def document_text(
    plan: Plan, sortie: Sortie, items: list[dict[str, Any]], hover_speed_m_s: int | None = None
) -> str:
    """Write a .plan of mission items in QGroundControl's form, with fence and rally points.

    Parameters
    ----------
    hover_speed_m_s
        The multirotor speed that stands for the whole file; None is that of the survey.

    Raises
    ------
    ExportError
        When no fence can be made.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    home = home_item(plan, sortie)
    hover = _whole(vehicle.speed_m_s) if hover_speed_m_s is None else hover_speed_m_s
    document = {
        "fileType": "Plan",
        "geoFence": _fence(plan, sortie.uav),
        "groundStation": f"mcpp {plan.version}",
        "mcpp": _note(plan, sortie),
        "mission": {
            "cruiseSpeed": _whole(vehicle.transit_speed_m_s),
            "firmwareType": _FIRMWARE[vehicle.autopilot],
            "globalPlanAltitudeMode": _RELATIVE_HEIGHT,
            "hoverSpeed": hover,
            "items": items,
            "plannedHomePosition": [home.lat_deg, home.lon_deg, home.alt_m],
            "vehicleType": _VEHICLE[vehicle.kind],
            "version": 2,
        },
        "rallyPoints": {
            "points": [
                [point.lat_deg, point.lon_deg, point.alt_m]
                for point in rally_items(plan, sortie.uav)
            ],
            "version": 2,
        },
        "version": 1,
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _note(plan: Plan, sortie: Sortie) -> dict[str, Any]:
    """Whose flight it is and when it takes off: ground stations skip a key that is not theirs.

    The time counts from the start of the mission; a wait that the items hold is part of it.
    """
    return {
        "uav": plan.problem.vehicles[sortie.uav].id,
        "sortie": sortie.number,
        "takeOffAfterS": round(float(sortie.time_s[0]), 1),
    }


def _whole(speed_m_s: float) -> int:
    """Round to a whole number, which Mission Planner's reader wants; the items hold the rest."""
    return max(1, round(speed_m_s))


def simple_item(item: MissionItem, number: int) -> dict[str, Any]:
    """Put one item into QGroundControl's form."""
    params = [None if math.isnan(p) else p for p in item.params]
    simple: dict[str, Any] = {
        "autoContinue": True,
        "command": item.command,
        "doJumpId": number,
        "frame": item.frame,
        "params": [*params, item.lat_deg, item.lon_deg, item.alt_m],
        "type": "SimpleItem",
    }
    modes: dict[int, int] = {Frame.RELATIVE: _RELATIVE_HEIGHT, Frame.TERRAIN: _TERRAIN_HEIGHT}
    mode = modes.get(item.frame)
    if mode is not None and item.command != Command.NAV_RETURN_TO_LAUNCH:
        simple |= {"AMSLAltAboveTerrain": None, "Altitude": item.alt_m, "AltitudeMode": mode}
    return simple


def _fence(plan: Plan, uav: int) -> dict[str, Any]:
    fence = fence_of(plan, uav)
    rings = [(fence.inclusion_lon_lat_deg, True)]
    rings += [(ring, False) for ring in fence.exclusions_lon_lat_deg]
    return {
        "circles": [
            {"circle": {"center": [lat, lon], "radius": radius_m}, "inclusion": False, "version": 1}
            for (lon, lat), radius_m in fence.circles
        ],
        "polygons": [
            {"inclusion": inclusion, "polygon": [[lat, lon] for lon, lat in ring], "version": 1}
            for ring, inclusion in rings
        ],
        "version": 2,
    }
