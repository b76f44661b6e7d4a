"""A .plan of QGroundControl as a source: its survey areas, its fences, its home.

Waypoints are a flight and no area. A .plan that mcpp wrote leads back to its mission instead, see
`mcpp.io.ours`.
"""

import math
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError, shown
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import ARC_SEGMENTS
from mcpp.io.geojson import made
from mcpp.io.shapes import Shape, counted

_SURVEYS = {"survey", "StructureScan", "CorridorScan"}


def is_qgc_plan(value: Any) -> bool:
    """Whether parsed JSON is a plan of QGroundControl."""
    return isinstance(value, dict) and value.get("fileType") == "Plan"


def _object(value: Any, where: str) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        msg = f"{where}: {shown(value)} is not an object"
        raise InputError(msg)
    return value


def _list(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        msg = f"{where}: {shown(value)} is not a list"
        raise InputError(msg)
    return value


def _point(value: Any, where: str) -> tuple[float, float]:
    good = isinstance(value, list) and len(value) >= 2
    numbers = value[:2] if good else []
    if not good or not all(
        isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in numbers
    ):
        msg = f"{where}: {shown(value)} is no latitude and longitude"
        raise InputError(msg)
    return float(numbers[1]), float(numbers[0])


def _points(value: Any, where: str) -> list[tuple[float, float]]:
    return [_point(p, f"{where}[{i}]") for i, p in enumerate(_list(value, where))]


def _polygon(points: list[tuple[float, float]], where: str, **facts: Any) -> list[Shape]:
    if len(set(points)) < 3:
        msg = f"{where}: {len(set(points))} different points are no polygon"
        raise InputError(msg)
    return made([shapely.Polygon(points)], None, **facts)


def _surveys(items: list[Any], where: str, file: str) -> list[Shape]:
    shapes: list[Shape] = []
    for i, item in enumerate(items):
        row = _object(item, f"{where}.items[{i}]")
        kind = row.get("complexItemType")
        survey = isinstance(kind, str) and kind in _SURVEYS
        if row.get("type") != "ComplexItem" or not survey:
            continue
        at = f"{where}.items[{i}]"
        facts: dict[str, Any] = {"name": f"{kind} {len(shapes) + 1}", "file": file}
        facts |= {"layer": "survey"}
        if "polygon" in row:
            shapes += _polygon(
                _points(row["polygon"], f"{at}.polygon"),
                f"{at}.polygon",
                properties={"role": "area"},
                **facts,
            )
        elif "polyline" in row:
            line = _points(row["polyline"], f"{at}.polyline")
            if len(set(line)) > 1:
                shapes += made([shapely.LineString(line)], None, **facts)
    return shapes


def _fences(fence: dict[str, Any], where: str, file: str) -> list[Shape]:
    shapes: list[Shape] = []
    for i, row in enumerate(_list(fence.get("polygons"), f"{where}.polygons")):
        at = f"{where}.polygons[{i}]"
        inside = _object(row, at).get("inclusion", True) is not False
        shapes += _polygon(
            _points(row.get("polygon"), f"{at}.polygon"),
            at,
            name=f"{'inclusion' if inside else 'exclusion'} fence {i + 1}",
            file=file,
            layer="fence",
            properties={"inclusion": inside},
        )
    for i, row in enumerate(_list(fence.get("circles"), f"{where}.circles")):
        at = f"{where}.circles[{i}]"
        circle = _object(_object(row, at).get("circle"), f"{at}.circle")
        radius_m = circle.get("radius")
        if not isinstance(radius_m, int | float) or not 0 < radius_m < 100_000:
            msg = f"{at}.circle.radius: {shown(radius_m)}: give metres, more than 0"
            raise InputError(msg)
        inside = row.get("inclusion", True) is not False
        place = shapely.Point(_point(circle.get("center"), f"{at}.circle.center"))
        shapes.append(
            Shape(
                geometry=_disc(place, float(radius_m)) if inside else place,
                name=f"{'inclusion' if inside else 'exclusion'} circle {i + 1}",
                file=file,
                layer="fence",
                properties={"inclusion": inside, "radius": float(radius_m)},
            )
        )
    return shapes


def _disc(place: shapely.Point, radius_m: float) -> BaseGeometry:
    """Draw a round area as a polygon inside the circle."""
    frame = LocalFrame((place.x, place.y))
    return frame.shape_to_deg(shapely.Point(0.0, 0.0).buffer(radius_m, quad_segs=ARC_SEGMENTS))


def qgc_shapes(value: dict[str, Any], name: str, file: str) -> tuple[list[Shape], list[str]]:
    """Read survey areas, fences and home; with a survey, an inclusion fence is no area.

    Raises
    ------
    InputError
    """
    mission = _object(value.get("mission"), f"{name}: mission")
    items = _list(mission.get("items"), f"{name}: mission.items")
    surveys = _surveys(items, f"{name}: mission", file)
    fences = _fences(_object(value.get("geoFence"), f"{name}: geoFence"), f"{name}: geoFence", file)
    notes = []
    if "mcpp" in value:
        notes.append(
            "mcpp wrote this flight, and no plan.json lies beside it: its fence is read as the area"
        )
    flown = sum(isinstance(item, dict) and item.get("type") == "SimpleItem" for item in items)
    if flown:
        notes.append(f"{counted(flown, 'waypoint or command', 'waypoints and commands')} left out")
    if any(s.kind == "polygon" for s in surveys):
        kept = [s for s in fences if s.properties.get("inclusion") is not True]
        if len(kept) < len(fences):
            notes.append("the inclusion fence is left out: the survey's polygon is the area")
        fences = kept
    shapes = [*surveys, *fences]
    home = mission.get("plannedHomePosition")
    if home is not None:
        place = _point(home, f"{name}: mission.plannedHomePosition")
        if place != (0.0, 0.0):
            shapes.append(Shape(geometry=shapely.Point(place), name="home", file=file))
    return shapes, notes
