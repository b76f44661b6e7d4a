"""KML 2.2 (OGC 12-007) of a plan: regions, no-fly zones, launch points and routes in folders."""

import xml.etree.ElementTree as ET
from typing import Any

from mcpp.export.geojson import (
    crew_features,
    region_features,
    route_features,
    start_features,
    zone_features,
)
from mcpp.model import Plan
from mcpp.report.colors import CREW_COLOR, NO_FLY_COLOR, uav_color

_NAMESPACE = "http://www.opengis.net/kml/2.2"
Feature = dict[str, Any]


def to_text(plan: Plan) -> str:
    """Write the whole plan. Heights are above the ground of the launch point."""
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = ET.SubElement(root, "Document")
    ET.SubElement(document, "name").text = plan.mission.name or "mission"
    colors = {vehicle.id: uav_color(i) for i, vehicle in enumerate(plan.problem.vehicles)}
    for uav, color in colors.items():
        _style(document, f"uav-{uav}", color)
    _style(document, "no-fly", NO_FLY_COLOR)
    crew = crew_features(plan)
    if crew:
        _style(document, "crew", CREW_COLOR)
    routes = [feature for sortie in plan.sorties for feature in route_features(plan, sortie)]
    for name, features in (
        ("Regions", region_features(plan)),
        ("No-fly zones", zone_features(plan)),
        *([("Crew area", crew)] if crew else []),
        ("Launch and landing", start_features(plan)),
        ("Routes", routes),
    ):
        folder = ET.SubElement(document, "Folder")
        ET.SubElement(folder, "name").text = name
        for feature in features:
            _placemark(folder, feature)
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _style(document: ET.Element, name: str, color: str) -> None:
    red, green, blue = color[1:3], color[3:5], color[5:7]
    style = ET.SubElement(document, "Style", id=name)
    line = ET.SubElement(style, "LineStyle")
    ET.SubElement(line, "color").text = f"ff{blue}{green}{red}".lower()
    ET.SubElement(line, "width").text = "2"
    fill = ET.SubElement(style, "PolyStyle")
    ET.SubElement(fill, "color").text = f"40{blue}{green}{red}".lower()


def _placemark(folder: ET.Element, feature: Feature) -> None:
    facts, geometry = feature["properties"], feature["geometry"]
    mark = ET.SubElement(folder, "Placemark")
    nameless = "crew area" if facts["type"] == "crew" else "no-fly zone"
    words = [facts.get("uav") or facts.get("name") or nameless]
    words += [f"sortie {facts['sortie']}"] if "sortie" in facts else []
    words += [facts["kind"] if facts["type"] == "route" else facts["type"]]
    ET.SubElement(mark, "name").text = ", ".join(words)
    ground = facts["type"] in {"no-fly", "crew"}
    style = facts["type"] if ground else f"uav-{facts['uav']}"
    ET.SubElement(mark, "styleUrl").text = f"#{style}"
    match geometry["type"]:
        case "Point":
            point = ET.SubElement(mark, "Point")
            ET.SubElement(point, "coordinates").text = _tuples([geometry["coordinates"]])
        case "LineString":
            line = ET.SubElement(mark, "LineString")
            ET.SubElement(line, "altitudeMode").text = "relativeToGround"
            ET.SubElement(line, "coordinates").text = _tuples(geometry["coordinates"])
        case "Polygon":
            _polygon(mark, geometry["coordinates"])
        case _:
            several = ET.SubElement(mark, "MultiGeometry")
            for rings in geometry["coordinates"]:
                _polygon(several, rings)


def _polygon(parent: ET.Element, rings: list[list[list[float]]]) -> None:
    polygon = ET.SubElement(parent, "Polygon")
    for i, ring in enumerate(rings):
        boundary = ET.SubElement(polygon, "outerBoundaryIs" if i == 0 else "innerBoundaryIs")
        line = ET.SubElement(boundary, "LinearRing")
        ET.SubElement(line, "coordinates").text = _tuples(ring)


def _tuples(points: list[list[float]]) -> str:
    return " ".join(",".join(f"{value!r}" for value in point) for point in points)
