"""KML 2.2 and KMZ: polygons, lines and points with their folders; pictures and links are told.

A picture laid over the ground has a rectangle that is no area, and is left out.
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.io.geojson import flawed, made
from mcpp.io.guard import MOST_TEXT_BYTES, archive_members, read_bytes
from mcpp.io.shapes import MOST_SHAPES, Properties, Shape, check_count, counted
from mcpp.io.xml_tree import Element, parse_xml

_FOLDERS = ("Document", "Folder")
_GEOMETRIES = (
    "Polygon",
    "LineString",
    "LinearRing",
    "Point",
    "MultiGeometry",
    "MultiTrack",
    "Track",
)
_LEFT_OUT = {
    "GroundOverlay": "picture laid over the ground",
    "ScreenOverlay": "picture on the screen",
    "PhotoOverlay": "photo",
    "NetworkLink": "link to another file",
}
_COMMA = re.compile(r"\s*,\s*")


class _BadGeometryError(ValueError):
    """A geometry that can not be read."""


def _positions(text: str) -> list[tuple[float, float]]:
    points = []
    for word in _COMMA.sub(",", text).split():
        parts = word.split(",")
        try:
            point = (float(parts[0]), float(parts[1]))
        except (ValueError, IndexError):
            point = (math.nan, math.nan)
        if not (math.isfinite(point[0]) and math.isfinite(point[1])):
            msg = f"{word[:40]!r} is no longitude and latitude"
            raise _BadGeometryError(msg)
        points.append(point)
    return points


def _coordinates(element: Element | None) -> list[tuple[float, float]]:
    return _positions(element.text_of("coordinates")) if element else []


def _ring(boundary: Element | None) -> list[tuple[float, float]]:
    points = _coordinates(boundary.first("LinearRing") if boundary else None)
    if len(set(points)) < 3:
        msg = f"{len(set(points))} different points are no polygon"
        raise _BadGeometryError(msg)
    return points


def _polygon(element: Element) -> BaseGeometry:
    holes = [b for b in element.children if b.name == "innerBoundaryIs"]
    rings = [_ring(Element("", children=[r])) for b in holes for r in b.children]
    return shapely.Polygon(_ring(element.first("outerBoundaryIs")), rings)


def _line(points: list[tuple[float, float]], *, closed: bool = False) -> BaseGeometry:
    if len(set(points)) < 2:
        msg = f"{counted(len(points), 'point')} make no line"
        raise _BadGeometryError(msg)
    if closed and points[0] != points[-1]:
        points = [*points, points[0]]
    return shapely.LineString(points)


def _track(element: Element) -> list[tuple[float, float]]:
    return _positions(
        " ".join(",".join(c.text.split()[:2]) for c in element.children if c.name == "coord")
    )


def _geometries(element: Element) -> Iterator[BaseGeometry]:
    if element.name == "Polygon":
        yield _polygon(element)
    elif element.name in {"LineString", "LinearRing"}:
        yield _line(_coordinates(element), closed=element.name == "LinearRing")
    elif element.name == "Track":
        yield _line(_track(element))
    elif element.name == "Point":
        points = _coordinates(element)
        if len(points) != 1:
            msg = f"{counted(len(points), 'position')} for one point"
            raise _BadGeometryError(msg)
        yield shapely.Point(points[0])
    else:
        for child in element.children:
            if child.name in _GEOMETRIES:
                yield from _geometries(child)


def _properties(placemark: Element) -> Properties:
    found: dict[str, str | float | bool | None] = {}
    for data in placemark.every("Data"):
        found[data.attributes.get("name", "")[:80]] = data.text_of("value")[:500]
    for data in placemark.every("SimpleData"):
        found[data.attributes.get("name", "")[:80]] = data.text[:500]
    return found


def _placemark(element: Element, layer: str, folder: str, file: str) -> list[Shape]:
    facts: dict[str, Any] = {
        "name": element.text_of("name")[:120],
        "file": file,
        "layer": layer,
        "folder": folder,
        "properties": _properties(element),
    }
    shapes = []
    for child in element.children:
        if child.name in _GEOMETRIES:
            try:
                shapes += made(list(_geometries(child)), None, **facts)
            except _BadGeometryError as error:
                shapes.append(flawed(str(error), child.name, **facts))
    return shapes


def _walk(element: Element, layer: str, folder: str, file: str) -> Iterator[Shape]:
    for child in element.children:
        if child.name == "Placemark":
            yield from _placemark(child, layer, folder, file)
        elif child.name == "Document":
            yield from _walk(child, child.text_of("name")[:120] or layer, folder, file)
        elif child.name == "Folder":
            name = child.text_of("name")[:120].replace("/", "-")
            yield from _walk(child, layer, f"{folder}/{name}".strip("/"), file)


def kml_shapes(
    data: bytes, name: str, file: str, most: int = MOST_SHAPES
) -> tuple[list[Shape], list[str]]:
    """Read the placemarks of a KML document, and tell what is left out.

    Raises
    ------
    InputError
    """
    root = parse_xml(data, name)
    if root.name not in {"kml", *_FOLDERS, "Placemark"}:
        msg = f"{name}: it can not be read: it is no KML: it begins with <{root.name[:40]}>"
        raise InputError(msg)
    check_count(name, sum(1 for _ in root.every("Placemark")), most)
    shapes: list[Shape] = []
    for shape in _walk(Element("", children=[root]) if root.name != "kml" else root, "", "", file):
        shapes.append(shape)
        check_count(name, len(shapes), MOST_SHAPES)
    notes = []
    for kind, words in _LEFT_OUT.items():
        count = sum(1 for _ in root.every(kind))
        if count:
            notes.append(f"{counted(count, words, _plural(words))} left out")
    return shapes, notes


def _plural(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first}s {rest}".strip()


def read_kml(path: Path, most: int = MOST_SHAPES) -> tuple[list[Shape], list[str]]:
    """Read a .kml or .kmz file.

    Raises
    ------
    InputError
    """
    if path.suffix.lower() == ".kml":
        return kml_shapes(read_bytes(path), str(path), path.stem, most)
    members = archive_members(path, frozenset({".kml"}), MOST_TEXT_BYTES)
    if not members:
        msg = f"{path}: it holds no .kml"
        raise InputError(msg)
    # Google Earth opens doc.kml, or else the first one of the archive
    main = PurePosixPath("doc.kml")
    first = main if main in members else next(iter(members))
    shapes, notes = kml_shapes(members[first], f"{path}/{first}", path.stem, most)
    for other, data in members.items():
        if other != first:
            more, told = kml_shapes(data, f"{path}/{other}", other.stem, most)
            shapes, notes = shapes + more, notes + told
    return shapes, notes
