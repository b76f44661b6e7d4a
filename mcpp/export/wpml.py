"""DJI's WPML (a KMZ for DJI Pilot 2) of each sortie flown by a DJI aircraft.

Format: DJI Cloud API documentation, *WPML 1.0.2* (template.kml, waylines.wpml, common elements).

NEVER FLOWN: no file of this module has been opened by a DJI controller or flown by an aircraft.
Look at the route in the app, and fly it first where nothing can be hit. WPML carries no geofence:
set the zones in the app. All corners are stops, so that the aircraft keeps to the legs that were
checked; a plan with turns flown past takes longer than its times say.
"""

import xml.etree.ElementTree as ET

from mcpp.errors import ExportError
from mcpp.export.app_route import Part, parts, survey_runs
from mcpp.export.app_words import app_of
from mcpp.export.dji_aircraft import BUILT_IN_PAYLOAD, NUMBERS
from mcpp.export.targets import app_limits
from mcpp.export.wpml_parts import (
    STOP,
    new_document,
    packed,
    put,
    put_config,
    put_drone,
    put_flown,
    put_folder,
    put_gimbal,
    put_group,
    put_heading,
    put_photo,
    put_placemarks,
)
from mcpp.model import Plan, Sortie

_LIMITS = app_limits("dji-pilot")
_PHOTO = (("fileSuffix", ""), ("useGlobalPayloadLensIndex", 0))


def takes(plan: Plan, sortie: Sortie) -> bool:
    """Whether the sortie's aircraft is one that flies WPML, as far as is known here."""
    return app_of(plan.mission, sortie.uav) == "dji-pilot"


def to_bytes(plan: Plan, sortie: Sortie) -> bytes:
    """Write one sortie as a KMZ. Same sortie, same bytes.

    Raises
    ------
    ExportError
        When the aircraft is not one of those whose numbers are known.
    """
    if not takes(plan, sortie):
        name = plan.problem.vehicles[sortie.uav].id
        aircraft = plan.mission.uavs[sortie.uav].aircraft
        msg = f"wpml: {name} is a {aircraft!r}: there are {', '.join(NUMBERS)}"
        raise ExportError(msg)
    (part,) = parts(plan, sortie, _LIMITS)
    return packed(_template(plan, sortie, part), _waylines(plan, sortie, part))


def _config(document: ET.Element, plan: Plan, sortie: Sortie, part: Part) -> None:
    aircraft = plan.mission.uavs[sortie.uav].aircraft.casefold()
    config = put_config(document, plan, sortie, part, _LIMITS.speed_m_s)
    put_drone(config, *NUMBERS[aircraft])
    if aircraft in BUILT_IN_PAYLOAD:
        payload = put(config, "payloadInfo")
        put(payload, "payloadEnumValue", BUILT_IN_PAYLOAD[aircraft])
        put(payload, "payloadSubEnumValue", 0)
        put(payload, "payloadPositionIndex", 0)


def _template(plan: Plan, sortie: Sortie, part: Part) -> ET.Element:
    vehicle = plan.problem.vehicles[sortie.uav]
    root, document = new_document()
    put(document, "author", "mcpp")
    _config(document, plan, sortie, part)
    folder = ET.SubElement(document, "Folder")
    put(folder, "templateType", "waypoint")
    put(folder, "templateId", 0)
    system = put(folder, "waylineCoordinateSysParam")
    put(system, "coordinateMode", "WGS84")
    put(system, "heightMode", "relativeToStartPoint")
    put(folder, "autoFlightSpeed", round(min(vehicle.speed_m_s, _LIMITS.speed_m_s), 2))
    put(folder, "gimbalPitchMode", "manual")
    put(folder, "globalHeight", round(vehicle.height_m, 2))
    put_heading(put(folder, "globalWaypointHeadingParam"), vehicle)
    put(folder, "globalWaypointTurnMode", STOP)
    put(folder, "globalUseStraightLine", 1)
    for index, (point, mark) in enumerate(put_placemarks(folder, plan, part)):
        put(mark, "index", index)
        height_m = round(float(point.xyz_m[2]), 2)
        put(mark, "ellipsoidHeight", height_m)
        put(mark, "height", height_m)
        put(mark, "useGlobalHeight", 0)
        put(mark, "useGlobalSpeed", 0)
        put(mark, "waypointSpeed", point.speed_m_s)
        put(mark, "useGlobalHeadingParam", 1)
        put(mark, "useGlobalTurnParam", 1)
    return root


def _waylines(plan: Plan, sortie: Sortie, part: Part) -> ET.Element:
    vehicle = plan.problem.vehicles[sortie.uav]
    root, document = new_document()
    _config(document, plan, sortie, part)
    folder = put_folder(document, sortie, part, vehicle, _LIMITS.speed_m_s)
    if vehicle.camera is not None or vehicle.trigger != "none":
        # run again when an interrupted flight is resumed
        put_gimbal(put(folder, "startActionGroup"), vehicle, base="north")
    groups = 0
    starts = dict(survey_runs(part.points)) if vehicle.trigger == "distance" else {}
    for index, (point, mark) in enumerate(put_placemarks(folder, plan, part)):
        put_flown(mark, index, point, vehicle)
        if index in starts and vehicle.trigger_distance_m:
            every_m = vehicle.trigger_distance_m
            group = put_group(mark, groups, index, starts[index], "multipleDistance", every_m)
            put_photo(group, 0.0, _PHOTO)
            groups += 1
        elif point.photo:
            group = put_group(mark, groups, index, index, "reachPoint")
            put_photo(group, vehicle.hover_s, _PHOTO)
            groups += 1
    return root
