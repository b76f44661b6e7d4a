"""GPX 1.1 of a plan, for handheld devices: places, a route a flight, area and zones as tracks.

Format: topografix.com/GPX/1/1. An elevation is above the sea: it is written where the mission's
terrain model gives the height of the launch point, and left out elsewhere. Holes, and round zones
as the corners that stand for them, are tracks of their own.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from mcpp.export.drawn import area_features, flight_line, places, zone_polygons
from mcpp.export.items import home_item
from mcpp.model import Plan

_NAMESPACE = "http://www.topografix.com/GPX/1/1"


def to_text(plan: Plan) -> str:
    """Write the whole plan."""
    root = ET.Element("gpx", version="1.1", creator="mcpp", xmlns=_NAMESPACE)
    ET.SubElement(ET.SubElement(root, "metadata"), "name").text = plan.mission.name or "mission"
    for kind, uav, (lon, lat) in places(plan):
        place = ET.SubElement(root, "wpt", lat=f"{lat!r}", lon=f"{lon!r}")
        ET.SubElement(place, "name").text = f"{kind} {uav}"
    for sortie in plan.sorties:
        route = ET.SubElement(root, "rte")
        name = f"{plan.problem.vehicles[sortie.uav].id} flight {sortie.number}"
        ET.SubElement(route, "name").text = name
        known = plan.mission.flight.terrain is not None
        launch_m = home_item(plan, sortie).alt_m if known else None
        for lon, lat, height_m in flight_line(plan, sortie):
            point = ET.SubElement(route, "rtept", lat=f"{lat!r}", lon=f"{lon!r}")
            if launch_m is not None:
                ET.SubElement(point, "ele").text = f"{launch_m + height_m:.2f}"
    for name, polygon in area_features(plan):
        _track(root, f"area {name}".strip(), polygon.exterior.coords)
        for hole in polygon.interiors:
            _track(root, f"hole {name}".strip(), hole.coords)
    for name, polygon in zone_polygons(plan):
        _track(root, f"no-fly {name}".strip(), polygon.exterior.coords)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _track(root: ET.Element, name: str, ring: Iterable[tuple[float, ...]]) -> None:
    track = ET.SubElement(root, "trk")
    ET.SubElement(track, "name").text = name
    segment = ET.SubElement(track, "trkseg")
    for lon, lat, *_ in ring:
        ET.SubElement(segment, "trkpt", lat=f"{lat!r}", lon=f"{lon!r}")
