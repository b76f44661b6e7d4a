"""Missions of Potensic's app for the Atom 2, of up to 50 points: a zip of two JSON files.

Potensic tells nothing of its files. The form is the one that DroneTM found out and writes for the
Atom 2 (drone_flightplan/output/potensic_v2.py): a folder named by a number of milliseconds, in it
global.json and the list of waypoints under that number, followed by an empty list of points of
interest. The app opens no file: the folder is put where it keeps its own, as DroneTM does by a
cable. No end of a flight is known but the return, so that a flight is not continued in the air: the
preset lets the planner make flights of 50 points instead. The number is made of the contents, for
no output of mcpp holds the time.

NEVER FLOWN by us: look at the route in the app, and fly it first where nothing can be hit.
"""

import hashlib
import io
import json
import zipfile
from typing import Any

from mcpp.errors import ExportError
from mcpp.export.app_route import AppPoint, Part, headings_deg, parts, returns_home
from mcpp.export.app_words import app_of
from mcpp.export.targets import app_limits
from mcpp.export.wpml_parts import add_member
from mcpp.model import LonLat, Plan, Sortie, Vehicle

_LIMITS = app_limits("potensic")
_FIRST_NUMBER = 1_700_000_000_000
_NUMBERS = 10**10


def takes(plan: Plan, sortie: Sortie) -> bool:
    """Whether the sortie's aircraft is flown with Potensic's app."""
    return app_of(plan.mission, sortie.uav) == "potensic"


def to_bytes(plan: Plan, sortie: Sortie) -> bytes:
    """Write one sortie as a zip. Same sortie, same bytes.

    Raises
    ------
    ExportError
        When the aircraft is not a Potensic, has too many points, or lands elsewhere than it took
        off.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    if not takes(plan, sortie):
        aircraft = plan.mission.uavs[sortie.uav].aircraft
        msg = f"potensic: {vehicle.id} is a {aircraft!r}, which Potensic's app does not fly"
        raise ExportError(msg)
    if not returns_home(sortie):
        msg = (
            f"potensic: {vehicle.id} lands elsewhere than it takes off: its app only returns: "
            "leave landing_lon_lat_deg out"
        )
        raise ExportError(msg)
    cut = parts(plan, sortie, _LIMITS)
    if len(cut) > 1:
        msg = (
            f"potensic: a flight of {vehicle.id} has more than {_LIMITS.points} points: give the "
            f"aircraft most_points {_LIMITS.points} and plan again"
        )
        raise ExportError(msg)
    return _zip(plan, vehicle, cut[0])


def _zip(plan: Plan, vehicle: Vehicle, part: Part) -> bytes:
    headings = headings_deg(vehicle, part.points)
    points = [
        _point(point, place, heading_deg, vehicle)
        for point, place, heading_deg in zip(part.points, part.places(plan), headings, strict=True)
    ]
    settings = {
        "finishAction": "RETURN",
        "globalHeight": 0,
        "globalHeightType": 0,
        "isOrder": True,
        "lostAction": "RETURN",
        "speed": round(min(vehicle.speed_m_s, _LIMITS.speed_m_s), 2),
    }
    mission = json.dumps(points, allow_nan=False) + ";[]"
    digest = hashlib.sha256(mission.encode()).digest()
    number = _FIRST_NUMBER + int.from_bytes(digest[:8], "big") % _NUMBERS
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        add_member(archive, f"{number}/global.json", json.dumps(settings, indent=2).encode())
        add_member(archive, f"{number}/{number}.json", mission.encode())
    return out.getvalue()


def _point(point: AppPoint, place: LonLat, heading_deg: float, vehicle: Vehicle) -> dict[str, Any]:
    lon, lat = place
    return {
        "action": "PHOTO" if point.photo else "NONE",
        "fileName": "point.jpg",
        "gimbalPitch": round(vehicle.gimbal_pitch_deg),
        "gimbalType": "DEFINE",
        "height": round(float(point.xyz_m[2]), 2),
        "hoverTime": round(vehicle.hover_s) if point.photo else 0,
        "lat": lat,
        "lng": lon,
        "poiHeight": 0.0,
        "poiLat": 0.0,
        "poiLng": 0.0,
        "poiType": 0,
        "speed": point.speed_m_s,
        "speedType": "DEFINE",
        "yaw": round((heading_deg + 180.0) % 360.0 - 180.0),
        "yawType": "DEFINE",
        "zoomRatio": 1.0,
        "zoomType": "DEFINE",
    }
