"""Elements of DJI's WPML that its enterprise and its consumer app share, and their archive."""

import io
import math
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mcpp.export.app_route import AppPoint, Part, returns_home
from mcpp.model import Plan, Sortie, Vehicle

STOP = "toPointAndStopWithDiscontinuityCurvature"
_KML = "http://www.opengis.net/kml/2.2"
_WPML = "http://www.dji.com/wpmz/1.0.2"
_LEAST_TAKEOFF_M = 8.0


def put(parent: ET.Element, name: str, value: object = None) -> ET.Element:
    """Add an element of the wpml namespace."""
    element = ET.SubElement(parent, f"wpml:{name}")
    if value is not None:
        element.text = f"{value:.10g}" if isinstance(value, float) else str(value)
    return element


def new_document() -> tuple[ET.Element, ET.Element]:
    """Begin a file: its root, and the document in it."""
    root = ET.Element("kml", {"xmlns": _KML, "xmlns:wpml": _WPML})
    return root, ET.SubElement(root, "Document")


def packed(template: ET.Element, waylines: ET.Element) -> bytes:
    """Pack the two files as a KMZ. Same files, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root in (("template.kml", template), ("waylines.wpml", waylines)):
            ET.indent(root, " ")
            add_member(
                archive,
                f"wpmz/{name}",
                ET.tostring(root, encoding="UTF-8", xml_declaration=True),
            )
    return out.getvalue()


def add_member(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Add a member without the time and the system of its writing."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on all systems
    archive.writestr(entry, data)


def put_config(
    document: ET.Element, plan: Plan, sortie: Sortie, part: Part, most_speed_m_s: float
) -> ET.Element:
    """Say how the flight begins and ends, and what a lost link does; the aircraft is missing."""
    vehicle = plan.problem.vehicles[sortie.uav]
    config = put(document, "missionConfig")
    put(config, "flyToWaylineMode", "safely")
    ends = "goHome" if returns_home(sortie) else "autoLand"
    put(config, "finishAction", ends if part.last else "noAction")
    put(config, "exitOnRCLost", "executeLostAction")
    put(config, "executeRCLostAction", "goBack")
    takeoff_m = max(round(float(sortie.xyz_m[1, 2]), 1), _LEAST_TAKEOFF_M)
    put(config, "takeOffSecurityHeight", takeoff_m)
    transit = round(min(vehicle.transit_speed_m_s, most_speed_m_s), 2)
    put(config, "globalTransitionalSpeed", transit)
    put(config, "globalRTHHeight", math.ceil(float(sortie.xyz_m[:, 2].max())))
    return config


def put_drone(config: ET.Element, number: int, sub_number: int = 0) -> None:
    """Name the aircraft by its numbers."""
    drone = put(config, "droneInfo")
    put(drone, "droneEnumValue", number)
    put(drone, "droneSubEnumValue", sub_number)


def put_folder(
    document: ET.Element, sortie: Sortie, part: Part, vehicle: Vehicle, most_speed_m_s: float
) -> ET.Element:
    """Begin the wayline: heights above the launch point, the length and the time it takes."""
    folder = ET.SubElement(document, "Folder")
    put(folder, "templateId", 0)
    put(folder, "executeHeightMode", "relativeToStartPoint")
    put(folder, "waylineId", 0)
    legs = [math.dist(a.xyz_m, b.xyz_m) for a, b in pairwise(part.points)]
    put(folder, "distance", round(sum(legs), 1))
    put(folder, "duration", round(float(sortie.time_s[-1] - sortie.time_s[0]) / part.of, 1))
    put(folder, "autoFlightSpeed", round(min(vehicle.speed_m_s, most_speed_m_s), 2))
    return folder


def put_placemarks(
    folder: ET.Element, plan: Plan, part: Part
) -> Iterator[tuple[AppPoint, ET.Element]]:
    """Add the places of a part, one after the other."""
    for point, (lon, lat) in zip(part.points, part.places(plan), strict=True):
        mark = ET.SubElement(folder, "Placemark")
        place = ET.SubElement(mark, "Point")
        ET.SubElement(place, "coordinates").text = f"{lon!r},{lat!r}"
        yield point, mark


def put_flown(mark: ET.Element, index: int, point: AppPoint, vehicle: Vehicle) -> None:
    """Say how a waypoint is flown: in a straight line, with a stop."""
    put(mark, "index", index)
    put(mark, "executeHeight", round(float(point.xyz_m[2]), 2))
    put(mark, "waypointSpeed", point.speed_m_s)
    heading = put(mark, "waypointHeadingParam")
    if point.look is None:
        put_heading(heading, vehicle)
    else:
        lon, lat, height_m = point.look  # latitude comes first here
        put(heading, "waypointHeadingMode", "towardPOI")
        put(heading, "waypointPoiPoint", f"{lat!r},{lon!r},{height_m!r}")
        put(heading, "waypointHeadingPathMode", "followBadArc")
    turn = put(mark, "waypointTurnParam")
    put(turn, "waypointTurnMode", STOP)
    put(turn, "waypointTurnDampingDist", 0)
    put(mark, "useStraightLine", 1)


def put_heading(parent: ET.Element, vehicle: Vehicle) -> None:
    """Turn the nose along the line, or hold it."""
    fixed = vehicle.heading == "fixed"
    put(parent, "waypointHeadingMode", "smoothTransition" if fixed else "followWayline")
    if fixed:
        put(parent, "waypointHeadingAngle", round((vehicle.heading_deg + 180) % 360 - 180, 1))
    put(parent, "waypointHeadingPathMode", "followBadArc")


def put_gimbal(group: ET.Element, vehicle: Vehicle, *, base: str) -> None:
    """Point the camera, whose yaw is left as it is."""
    action = put(group, "action")
    put(action, "actionId", 0)
    put(action, "actionActuatorFunc", "gimbalRotate")
    param = put(action, "actionActuatorFuncParam")
    put(param, "payloadPositionIndex", 0)
    put(param, "gimbalHeadingYawBase", base)
    put(param, "gimbalRotateMode", "absoluteAngle")
    for axis in ("Pitch", "Roll", "Yaw"):
        put(param, f"gimbal{axis}RotateEnable", int(axis == "Pitch"))
        put(param, f"gimbal{axis}RotateAngle", vehicle.gimbal_pitch_deg if axis == "Pitch" else 0)
    put(param, "gimbalRotateTimeEnable", 0)
    put(param, "gimbalRotateTime", 0)


def put_group(
    mark: ET.Element, number: int, first: int, last: int, trigger: str, param: float | None = None
) -> ET.Element:
    """Begin a group of actions from one point to another."""
    group = put(mark, "actionGroup")
    put(group, "actionGroupId", number)
    put(group, "actionGroupStartIndex", first)
    put(group, "actionGroupEndIndex", last)
    put(group, "actionGroupMode", "sequence")
    trigger_of = put(group, "actionTrigger")
    put(trigger_of, "actionTriggerType", trigger)
    if param is not None:
        put(trigger_of, "actionTriggerParam", round(param, 2))
    return group


def put_photo(group: ET.Element, hover_s: float, extra: Sequence[tuple[str, object]] = ()) -> None:
    """Take a photo, after hovering where it does."""
    names = ["hover", "takePhoto"] if hover_s > 0 else ["takePhoto"]
    for i, name in enumerate(names):
        action = put(group, "action")
        put(action, "actionId", i)
        put(action, "actionActuatorFunc", name)
        param = put(action, "actionActuatorFuncParam")
        if name == "hover":
            put(param, "hoverTime", round(hover_s, 1))
            continue
        put(param, "payloadPositionIndex", 0)
        for key, value in extra:
            put(param, key, value)
