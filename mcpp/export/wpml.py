"""DJI's WPML (a KMZ for DJI Pilot 2) of each sortie flown by a DJI aircraft.

Format: DJI Cloud API documentation, *WPML 1.0.2* (template.kml, waylines.wpml, common elements).
The aircraft numbers are those of its pages: 60 Matrice 300, 67 Matrice 30, 77 Mavic 3E, 89 Matrice
350; the payload numbers 52 and 66 those of the cameras built into the Matrice 30 and the Mavic 3E.
Other payloads are left out, for no source gives their numbers: choose the camera in the app.

NEVER FLOWN: no file of this module has been opened by a DJI controller or flown by an aircraft.
Look at the route in the app, and fly it first where nothing can be hit. WPML carries no geofence:
set the zones in the app. All corners are stops, so that the aircraft keeps to the legs that were
checked; a plan with turns flown past takes longer than its times say.
"""

import io
import math
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mcpp.errors import ExportError
from mcpp.export.items import SAME_PLACE_M, rounded_lon_lat_deg
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, LegKind, Plan, Sortie, Vehicle

_KML = "http://www.opengis.net/kml/2.2"
_WPML = "http://www.dji.com/wpmz/1.0.2"
_AIRCRAFT = {
    "dji-matrice-300": (60, 0),
    "dji-matrice-30": (67, 0),
    "dji-mavic-3e": (77, 0),
    "dji-matrice-350": (89, 0),
}
_BUILT_IN_PAYLOAD = {"dji-matrice-30": 52, "dji-mavic-3e": 66}
_LEAST_TAKEOFF_M = 8.0
_MOST_SPEED_M_S = 15.0
_STOP = "toPointAndStopWithDiscontinuityCurvature"


@dataclass(frozen=True, slots=True)
class _Point:
    """A waypoint, the speed from there on, and whether a photo is taken at it while it hovers."""

    xyz_m: FloatArray
    speed_m_s: float
    photo: bool


def takes(plan: Plan, sortie: Sortie) -> bool:
    """Whether the sortie's aircraft is one that flies WPML, as far as is known here."""
    return plan.mission.uavs[sortie.uav].aircraft in _AIRCRAFT


def to_bytes(plan: Plan, sortie: Sortie) -> bytes:
    """Write one sortie as a KMZ. Same sortie, same bytes.

    Raises
    ------
    ExportError
        When the aircraft is not one of those whose numbers are known.
    """
    aircraft = plan.mission.uavs[sortie.uav].aircraft
    if aircraft not in _AIRCRAFT:
        name = plan.problem.vehicles[sortie.uav].id
        msg = f"wpml: {name} is a {aircraft!r}: there are {', '.join(_AIRCRAFT)}"
        raise ExportError(msg)
    points, runs = _route(plan, sortie)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root in (
            ("wpmz/template.kml", _template(plan, sortie, points)),
            ("wpmz/waylines.wpml", _waylines(plan, sortie, points, runs)),
        ):
            ET.indent(root, " ")
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same bytes on all systems
            archive.writestr(entry, ET.tostring(root, encoding="UTF-8", xml_declaration=True))
    return packed.getvalue()


def _route(plan: Plan, sortie: Sortie) -> tuple[list[_Point], list[tuple[int, int]]]:
    """Points from above the launch point to above the landing point, and runs of survey legs.

    Each point lies off the one before; the runs give the numbers of their first and last point.
    """
    vehicle = plan.problem.vehicles[sortie.uav]
    hover = vehicle.trigger == "hover"
    points: list[_Point] = []
    runs: list[tuple[int, int]] = []
    for leg in range(1, len(sortie.kind)):
        if sortie.kind[leg] == LegKind.LAND:
            break
        speed = round(min(float(sortie.speed_m_s[leg]), _MOST_SPEED_M_S), 2)
        survey = sortie.kind[leg] == LegKind.SURVEY
        start, end = sortie.xyz_m[leg], sortie.xyz_m[leg + 1]
        if not points:
            points.append(_Point(start, speed, photo=False))
        points[-1] = _Point(points[-1].xyz_m, speed, points[-1].photo or (survey and hover))
        if math.dist(start, end) < 0.01:
            continue
        if survey and runs and runs[-1][1] == len(points) - 1:
            runs[-1] = (runs[-1][0], len(points))
        elif survey:
            runs.append((len(points) - 1, len(points)))
        steps = _hover_steps(vehicle, start, end) if survey and hover else 1
        for i in range(1, steps + 1):
            place = start + (end - start) * (i / steps)
            points.append(_Point(place, speed, photo=survey and hover))
        if survey:
            runs[-1] = (runs[-1][0], len(points) - 1)
    return points, runs


def _hover_steps(vehicle: Vehicle, start: FloatArray, end: FloatArray) -> int:
    step_m = vehicle.trigger_distance_m or vehicle.spacing_m
    return max(1, math.ceil(math.dist(start, end) / step_m - 1e-6))


# ------------------------------------------------------------------------------- the two files


def _put(parent: ET.Element, name: str, value: object = None) -> ET.Element:
    """Add an element of the wpml namespace."""
    element = ET.SubElement(parent, f"wpml:{name}")
    if value is not None:
        element.text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return element


def _document() -> tuple[ET.Element, ET.Element]:
    root = ET.Element("kml", {"xmlns": _KML, "xmlns:wpml": _WPML})
    return root, ET.SubElement(root, "Document")


def _config(document: ET.Element, plan: Plan, sortie: Sortie) -> None:
    vehicle, aircraft = plan.problem.vehicles[sortie.uav], plan.mission.uavs[sortie.uav].aircraft
    home = math.dist(sortie.home_m, sortie.xyz_m[-1, :2]) <= SAME_PLACE_M
    top_m = math.ceil(float(sortie.xyz_m[:, 2].max()))
    number, sub_number = _AIRCRAFT[aircraft]
    config = _put(document, "missionConfig")
    _put(config, "flyToWaylineMode", "safely")
    _put(config, "finishAction", "goHome" if home else "autoLand")
    _put(config, "exitOnRCLost", "executeLostAction")
    _put(config, "executeRCLostAction", "goBack")
    takeoff_m = max(round(float(sortie.xyz_m[1, 2]), 1), _LEAST_TAKEOFF_M)
    _put(config, "takeOffSecurityHeight", takeoff_m)
    transit = round(min(vehicle.transit_speed_m_s, _MOST_SPEED_M_S), 2)
    _put(config, "globalTransitionalSpeed", transit)
    _put(config, "globalRTHHeight", top_m)
    drone = _put(config, "droneInfo")
    _put(drone, "droneEnumValue", number)
    _put(drone, "droneSubEnumValue", sub_number)
    if aircraft in _BUILT_IN_PAYLOAD:
        payload = _put(config, "payloadInfo")
        _put(payload, "payloadEnumValue", _BUILT_IN_PAYLOAD[aircraft])
        _put(payload, "payloadSubEnumValue", 0)
        _put(payload, "payloadPositionIndex", 0)


def _template(plan: Plan, sortie: Sortie, points: list[_Point]) -> ET.Element:
    vehicle = plan.problem.vehicles[sortie.uav]
    root, document = _document()
    _put(document, "author", "mcpp")
    _config(document, plan, sortie)
    folder = ET.SubElement(document, "Folder")
    _put(folder, "templateType", "waypoint")
    _put(folder, "templateId", 0)
    system = _put(folder, "waylineCoordinateSysParam")
    _put(system, "coordinateMode", "WGS84")
    _put(system, "heightMode", "relativeToStartPoint")
    _put(folder, "autoFlightSpeed", round(min(vehicle.speed_m_s, _MOST_SPEED_M_S), 2))
    _put(folder, "gimbalPitchMode", "manual")
    _put(folder, "globalHeight", round(vehicle.height_m, 2))
    _heading(_put(folder, "globalWaypointHeadingParam"), vehicle)
    _put(folder, "globalWaypointTurnMode", _STOP)
    _put(folder, "globalUseStraightLine", 1)
    for index, (point, mark) in enumerate(_placemarks(folder, plan, points)):
        _put(mark, "index", index)
        height_m = round(float(point.xyz_m[2]), 2)
        _put(mark, "ellipsoidHeight", height_m)
        _put(mark, "height", height_m)
        _put(mark, "useGlobalHeight", 0)
        _put(mark, "useGlobalSpeed", 0)
        _put(mark, "waypointSpeed", point.speed_m_s)
        _put(mark, "useGlobalHeadingParam", 1)
        _put(mark, "useGlobalTurnParam", 1)
    return root


def _waylines(
    plan: Plan, sortie: Sortie, points: list[_Point], runs: list[tuple[int, int]]
) -> ET.Element:
    vehicle = plan.problem.vehicles[sortie.uav]
    root, document = _document()
    _config(document, plan, sortie)
    folder = ET.SubElement(document, "Folder")
    _put(folder, "templateId", 0)
    _put(folder, "executeHeightMode", "relativeToStartPoint")
    _put(folder, "waylineId", 0)
    legs = [math.dist(a.xyz_m, b.xyz_m) for a, b in pairwise(points)]
    _put(folder, "distance", round(sum(legs), 1))
    _put(folder, "duration", round(float(sortie.time_s[-1] - sortie.time_s[0]), 1))
    _put(folder, "autoFlightSpeed", round(min(vehicle.speed_m_s, _MOST_SPEED_M_S), 2))
    if vehicle.camera is not None or vehicle.trigger != "none":
        # run again when an interrupted flight is resumed
        _gimbal(_put(folder, "startActionGroup"), vehicle)
    groups = 0
    starts = dict(runs) if vehicle.trigger == "distance" else {}
    for index, (point, mark) in enumerate(_placemarks(folder, plan, points)):
        _put(mark, "index", index)
        _put(mark, "executeHeight", round(float(point.xyz_m[2]), 2))
        _put(mark, "waypointSpeed", point.speed_m_s)
        _heading(_put(mark, "waypointHeadingParam"), vehicle)
        turn = _put(mark, "waypointTurnParam")
        _put(turn, "waypointTurnMode", _STOP)
        _put(turn, "waypointTurnDampingDist", 0)
        _put(mark, "useStraightLine", 1)
        if index in starts and vehicle.trigger_distance_m:
            _photos(mark, groups, index, starts[index], vehicle.trigger_distance_m)
            groups += 1
        elif point.photo:
            _photos(mark, groups, index, index, None, hover_s=vehicle.hover_s)
            groups += 1
    return root


def _placemarks(
    folder: ET.Element, plan: Plan, points: list[_Point]
) -> Iterator[tuple[_Point, ET.Element]]:
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for point in points:
        lon, lat = rounded_lon_lat_deg(frame, point.xyz_m.tolist())
        mark = ET.SubElement(folder, "Placemark")
        place = ET.SubElement(mark, "Point")
        ET.SubElement(place, "coordinates").text = f"{lon!r},{lat!r}"
        yield point, mark


def _heading(parent: ET.Element, vehicle: Vehicle) -> None:
    fixed = vehicle.heading == "fixed"
    _put(parent, "waypointHeadingMode", "smoothTransition" if fixed else "followWayline")
    if fixed:
        _put(parent, "waypointHeadingAngle", round((vehicle.heading_deg + 180) % 360 - 180, 1))
    _put(parent, "waypointHeadingPathMode", "followBadArc")


def _gimbal(group: ET.Element, vehicle: Vehicle) -> None:
    action = _put(group, "action")
    _put(action, "actionId", 0)
    _put(action, "actionActuatorFunc", "gimbalRotate")
    param = _put(action, "actionActuatorFuncParam")
    _put(param, "payloadPositionIndex", 0)
    _put(param, "gimbalHeadingYawBase", "north")
    _put(param, "gimbalRotateMode", "absoluteAngle")
    for axis in ("Pitch", "Roll", "Yaw"):
        _put(param, f"gimbal{axis}RotateEnable", int(axis == "Pitch"))
        _put(param, f"gimbal{axis}RotateAngle", vehicle.gimbal_pitch_deg if axis == "Pitch" else 0)
    _put(param, "gimbalRotateTimeEnable", 0)
    _put(param, "gimbalRotateTime", 0)


def _photos(
    mark: ET.Element,
    number: int,
    first: int,
    last: int,
    every_m: float | None,
    *,
    hover_s: float = 0.0,
) -> None:
    """Take photos by distance from a point to another, or one at a point after hovering."""
    group = _put(mark, "actionGroup")
    _put(group, "actionGroupId", number)
    _put(group, "actionGroupStartIndex", first)
    _put(group, "actionGroupEndIndex", last)
    _put(group, "actionGroupMode", "sequence")
    trigger = _put(group, "actionTrigger")
    _put(trigger, "actionTriggerType", "reachPoint" if every_m is None else "multipleDistance")
    if every_m is not None:
        _put(trigger, "actionTriggerParam", round(every_m, 2))
    actions = ["hover"] if hover_s > 0 else []
    for i, name in enumerate([*actions, "takePhoto"]):
        action = _put(group, "action")
        _put(action, "actionId", i)
        _put(action, "actionActuatorFunc", name)
        param = _put(action, "actionActuatorFuncParam")
        if name == "hover":
            _put(param, "hoverTime", round(hover_s, 1))
        else:
            _put(param, "payloadPositionIndex", 0)
            _put(param, "fileSuffix", "")
            _put(param, "useGlobalPayloadLensIndex", 0)
