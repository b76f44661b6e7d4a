"""GPX 1.0 and 1.1: tracks walked round a field, routes and waypoints."""

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.ground.frame import frame_at
from mcpp.io.geojson import flawed, made
from mcpp.io.guard import read_bytes
from mcpp.io.shapes import Shape
from mcpp.io.xml_tree import Element, parse_xml

NEARLY_CLOSED_M = 15.0
"""A walked border counts as closed when its ends lie so near, or within 2 % of its length."""
_NEARLY_CLOSED_PART = 0.02


def _point(element: Element) -> tuple[float, float]:
    point = float(element.attributes["lon"]), float(element.attributes["lat"])
    if not (abs(point[0]) <= 360 and abs(point[1]) <= 90):
        msg = f"({point[0]:g}, {point[1]:g}) is no longitude and latitude"
        raise ValueError(msg)
    return point


def _closed(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Close a walk whose ends nearly meet: by one more step, or where that crosses, by its last."""
    if len(points) < 4 or points[0] == points[-1]:
        return points
    steps = np.diff(frame_at(points).to_m([*points, points[0]]), axis=0)
    lengths = np.hypot(*steps.T)
    if lengths[-1] > max(NEARLY_CLOSED_M, _NEARLY_CLOSED_PART * lengths[:-1].sum()):
        return points
    one_more = [*points, points[0]]
    return one_more if shapely.Polygon(one_more).is_valid else [*points[:-1], points[0]]


def _line(element: Element, kind: str, facts: dict[str, Any]) -> list[Shape]:
    points = [_point(p) for p in element.children if p.name == kind]
    if len(set(points)) < 2:
        return [flawed("one point is no line", "LineString", **facts)] if points else []
    return made([shapely.LineString(_closed(points))], None, **facts)


def read_gpx(path: Path) -> list[Shape]:
    """Read the tracks, routes and waypoints of a GPX file.

    Raises
    ------
    InputError
    """
    root = parse_xml(read_bytes(path), str(path))
    if root.name != "gpx":
        msg = f"{path}: it can not be read: it is no GPX: it begins with <{root.name[:40]}>"
        raise InputError(msg)
    shapes: list[Shape] = []
    try:
        for element in root.children:
            facts: dict[str, Any] = {"name": element.text_of("name")[:120], "file": path.stem}
            if element.name == "wpt":
                shapes += made([shapely.Point(_point(element))], None, layer="waypoints", **facts)
            elif element.name == "rte":
                shapes += _line(element, "rtept", facts | {"layer": "routes"})
            elif element.name == "trk":
                for segment in element.every("trkseg"):
                    shapes += _line(segment, "trkpt", facts | {"layer": "tracks"})
    except (KeyError, ValueError) as error:
        msg = f"{path}: it can not be read: a point's lat or lon is wrong: {error}"
        raise InputError(msg) from None
    return shapes
