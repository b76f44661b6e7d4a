"""The formats of airspace files, one reader each."""

import math
from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError, shown
from mcpp.ground.frame import LocalFrame
from mcpp.io.airspace import (
    FOOT_M,
    NAUTICAL_MILE_M,
    AirspaceZone,
    Limit,
    Reference,
    limit,
)
from mcpp.io.geojson import GEOMETRIES, geometry_of
from mcpp.io.shapes import flat

_NO_RESTRICTION = {"NO_RESTRICTION"}
_REFERENCES: dict[str, Reference] = {
    "AGL": "ground",
    "SFC": "ground",
    "AMSL": "sea",
    "MSL": "sea",
    "WGS84": "sea",
    "STD": "standard",
}
_OPENAIP_UNITS = {0: "m", 1: "ft", 6: "fl"}
_OPENAIP_DATUMS: dict[int, Reference] = {0: "ground", 1: "sea", 2: "standard"}
_OPENAIP_KINDS = {1: "restricted", 2: "danger", 3: "prohibited", 4: "CTR", 7: "TMA"}
_OPENAIP_CLASSES = "ABCDEFG"
_FREE_CLASSES = {"E", "F", "G"}
"""Airspace classes that take no clearance: they are no zones."""
_ARC_STEP_DEG = 1.0
_MOST_ZONES = 50_000


def _rows(value: Any, name: str) -> list[dict[str, Any]]:
    rows = value.get("features")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        msg = f"{name}: features: it is no list of zones"
        raise InputError(msg)
    if len(rows) > _MOST_ZONES:
        msg = f"{name}: it has {len(rows):,} zones: at most {_MOST_ZONES:,} are read"
        raise InputError(msg)
    return rows


def _object(value: dict[str, Any], key: str) -> dict[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _reference(text: Any, where: str) -> Reference:
    found = _REFERENCES.get(str(text).strip().upper())
    if found is None:
        msg = f"{where}: {shown(text)}: a height is above AGL or AMSL"
        raise InputError(msg)
    return found


def _text(value: Any) -> str:
    """Read a name: text, or a list of texts with their languages, English first."""
    if isinstance(value, list):
        texts = [t for t in value if isinstance(t, dict) and isinstance(t.get("text"), str)]
        texts.sort(key=lambda t: not str(t.get("lang", "")).startswith("en"))
        return texts[0]["text"][:120] if texts else ""
    return str(value)[:120] if value is not None else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _schedule(rows: Any) -> str:
    """Say when a zone is in force."""
    said = []
    for row in _list(rows):
        if not isinstance(row, dict) or str(row.get("permanent", "")).upper() == "YES":
            continue
        span = [str(row[k])[:25] for k in ("startDateTime", "endDateTime") if row.get(k)]
        days = [
            f"{'/'.join(map(str, _list(day.get('day'))))} {day.get('startTime', '')}-"
            f"{day.get('endTime', '')}".strip()
            for day in _list(row.get("schedule"))
            if isinstance(day, dict)
        ]
        said.append(" ".join([" to ".join(span), ", ".join(days)]).strip())
    return "; ".join(text for text in said if text)[:300]


def _parts(geometry: Any, where: str) -> list[BaseGeometry]:
    return [part for part in flat(geometry_of(where, geometry)) if part.geom_type == "Polygon"]


def _radius(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        msg = f"{where}: {shown(value)}: give metres, more than 0"
        raise InputError(msg)
    return float(value)


def ed269_zones(value: Any, name: str) -> tuple[AirspaceZone, ...]:
    """Read ED-269: zones with a list of geometries, each with its heights.

    Raises
    ------
    InputError
    """
    zones: list[AirspaceZone] = []
    for i, row in enumerate(_rows(value, name)):
        kind = str(row.get("restriction", ""))[:40]
        if kind in _NO_RESTRICTION:
            continue
        facts: dict[str, Any] = {
            "name": _text(row.get("name")) or _text(row.get("identifier")) or f"zone {i + 1}",
            "kind": kind,
            "times": _schedule(row.get("applicability")),
        }
        for j, volume in enumerate(row.get("geometry") or []):
            zones += _ed269_volume(volume, f"{name}: features[{i}].geometry[{j}]", facts)
    return tuple(zones)


def _ed269_volume(volume: Any, where: str, facts: dict[str, Any]) -> list[AirspaceZone]:
    shape = volume.get("horizontalProjection") if isinstance(volume, dict) else None
    if not isinstance(shape, dict):
        msg = f"{where}: it has no horizontalProjection"
        raise InputError(msg)
    unit = str(volume.get("uomDimensions", "M"))
    facts = {**facts, **_limits(volume, unit, where, "{}Limit", "{}VerticalReference")}
    if shape.get("type") == "Circle":
        factor = FOOT_M if unit.upper() == "FT" else 1.0
        radius_m = _radius(shape.get("radius"), f"{where}.radius") * factor
        return [
            _round({"type": "Point", "coordinates": shape.get("center")}, radius_m, where, facts)
        ]
    return [AirspaceZone(geometry=part, **facts) for part in _parts(shape, where)]


def _limits(
    value: dict[str, Any], unit: str, where: str, number_key: str, above_key: str
) -> dict[str, Limit | None]:
    """Read both heights of a volume; the keys have {} for "lower" and "upper"."""
    found = {}
    for side in ("lower", "upper"):
        at = f"{where}.{number_key.format(side)}"
        above = _reference(value.get(above_key.format(side), "AGL"), at)
        found[side] = limit(value.get(number_key.format(side)), unit, above, at)
    return found


def _round(centre: Any, radius_m: float, where: str, facts: dict[str, Any]) -> AirspaceZone:
    return AirspaceZone(geometry=geometry_of(where, centre), radius_m=radius_m, **facts)


def ed318_zones(value: Any, name: str) -> tuple[AirspaceZone, ...]:
    """Read ED-318: GeoJSON whose geometries carry their layer of heights.

    Raises
    ------
    InputError
    """
    zones: list[AirspaceZone] = []
    for i, row in enumerate(_rows(value, name)):
        facts_in = _object(row, "properties")
        kind = str(facts_in.get("type", ""))[:40]
        if kind in _NO_RESTRICTION or row.get("geometry") is None:
            continue
        facts: dict[str, Any] = {
            "name": _text(facts_in.get("name")) or _text(facts_in.get("identifier")) or f"zone {i}",
            "kind": kind,
            "times": _schedule(facts_in.get("limitedApplicability")),
        }
        where = f"{name}: features[{i}].geometry"
        for geometry in _members(row["geometry"], where):
            zones += _ed318_volume(geometry, where, facts)
    return tuple(zones)


def _members(geometry: Any, where: str) -> Iterator[dict[str, Any]]:
    if not isinstance(geometry, dict) or geometry.get("type") not in tuple(GEOMETRIES):
        msg = f"{where}: {shown(geometry)} is no geometry"
        raise InputError(msg)
    if geometry["type"] != "GeometryCollection":
        yield geometry
        return
    for member in geometry.get("geometries") or []:
        yield from _members(member, where)


def _ed318_volume(
    geometry: dict[str, Any], where: str, facts: dict[str, Any]
) -> list[AirspaceZone]:
    layer = _object(geometry, "layer")
    unit = str(layer.get("uom", "m"))
    facts = {**facts, **_limits(layer, unit, f"{where}.layer", "{}", "{}Reference")}
    if geometry["type"] == "Point":
        radius_m = _radius(_object(geometry, "extent").get("radius"), f"{where}.extent.radius")
        return [_round(geometry, radius_m, where, facts)]
    return [AirspaceZone(geometry=part, **facts) for part in _parts(geometry, where)]


def openaip_zones(value: Any, name: str) -> tuple[AirspaceZone, ...]:
    """Read GeoJSON of OpenAIP; airspace of the classes E, F and G is no zone.

    Raises
    ------
    InputError
    """
    zones: list[AirspaceZone] = []
    for i, row in enumerate(_rows(value, name)):
        facts_in = _object(row, "properties")
        number, letter = facts_in.get("type"), facts_in.get("icaoClass")
        letter = _openaip_class(letter)
        if letter in _FREE_CLASSES and number == 0:
            continue
        kind = _OPENAIP_KINDS.get(number, "") if isinstance(number, int) else str(number)[:40]
        where = f"{name}: features[{i}]"
        facts: dict[str, Any] = {
            "name": _text(facts_in.get("name")) or f"zone {i + 1}",
            "kind": kind or (f"class {letter}" if letter else ""),
            "lower": _openaip_limit(facts_in.get("lowerLimit"), f"{where}.lowerLimit"),
            "upper": _openaip_limit(facts_in.get("upperLimit"), f"{where}.upperLimit"),
        }
        if row.get("geometry") is not None:
            zones += [AirspaceZone(geometry=p, **facts) for p in _parts(row["geometry"], where)]
    return tuple(zones)


def _openaip_class(number: Any) -> str:
    known = isinstance(number, int) and 0 <= number < len(_OPENAIP_CLASSES)
    return _OPENAIP_CLASSES[number] if known else ""


def _openaip_limit(value: Any, where: str) -> Limit | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        msg = f"{where}: {shown(value)} is no height with its unit"
        raise InputError(msg)
    unit, datum = value.get("unit"), value.get("referenceDatum")
    if unit not in tuple(_OPENAIP_UNITS) or datum not in tuple(_OPENAIP_DATUMS):
        msg = f"{where}: unit {shown(unit)}, referenceDatum {shown(datum)}: they are not known"
        raise InputError(msg)
    above = "standard" if _OPENAIP_UNITS[unit] == "fl" else _OPENAIP_DATUMS[datum]
    return limit(value.get("value"), _OPENAIP_UNITS[unit], above, where)


def faa_zones(value: Any, name: str) -> tuple[AirspaceZone, ...]:
    """Read a facility map of the FAA: a cell is closed above its ceiling, in feet above ground.

    Raises
    ------
    InputError
    """
    zones: list[AirspaceZone] = []
    for i, row in enumerate(_rows(value, name)):
        facts = _object(row, "properties")
        where = f"{name}: features[{i}]"
        ceiling = limit(facts.get("CEILING"), "ft", "ground", f"{where}.CEILING")
        if row.get("geometry") is None or ceiling is None:
            continue
        airport = str(facts.get("APT1_ICAO") or facts.get("APT1_FAAID") or "facility map")[:20]
        title = f"{airport} {facts['CEILING']:g} ft"
        zones += [
            AirspaceZone(geometry=part, name=title, kind="facility map", lower=ceiling)
            for part in _parts(row["geometry"], where)
        ]
    return tuple(zones)


def openair_zones(text: str, name: str) -> tuple[AirspaceZone, ...]:
    """Read OpenAir; airspace of the classes E, F and G is no zone.

    Raises
    ------
    InputError
    """
    import openair

    try:
        rows = openair.parse_string(text)
    except ValueError as error:
        msg = f"{name}: it can not be read: {error}"
        raise InputError(msg) from None
    zones = []
    for i, row in enumerate(rows[:_MOST_ZONES]):
        kind = str(row.get("type") or row["class"])
        if row["class"] in _FREE_CLASSES and not row.get("type"):
            continue
        where = f"{name}: zone {i + 1}"
        facts: dict[str, Any] = {
            "name": (row["name"] or f"zone {i + 1}")[:120],
            "kind": f"class {kind}" if kind in tuple("ABCD") else kind,
            "lower": _openair_limit(row["lowerBound"], where, upper=False),
            "upper": _openair_limit(row["upperBound"], where, upper=True),
            "times": _openair_times(row.get("activationTimes")),
        }
        zones.append(_openair_zone(row["geom"], where, facts))
    return tuple(zones)


def _openair_times(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    return " to ".join(str(t) for t in (value.get("start"), value.get("end")) if t)


def _openair_limit(value: Any, where: str, *, upper: bool) -> Limit | None:
    kind, number = value["type"], value.get("val")
    above: dict[str, tuple[str, Reference]] = {
        "FeetAmsl": ("ft", "sea"),
        "FeetAgl": ("ft", "ground"),
        "FlightLevel": ("fl", "standard"),
    }
    if kind in above:
        return limit(number, above[kind][0], above[kind][1], where)
    if kind == "Gnd" and upper:
        msg = f"{where}: it ends at the ground"
        raise InputError(msg)
    # what is no height is taken as the ground below and as no end above: the zone is larger
    return None


def _openair_zone(geometry: Any, where: str, facts: dict[str, Any]) -> AirspaceZone:
    if geometry["type"] == "Circle":
        centre = geometry["centerpoint"]
        radius_m = _radius(geometry["radius"] * NAUTICAL_MILE_M, where)
        place = shapely.Point(centre["lng"], centre["lat"])
        return AirspaceZone(geometry=place, radius_m=radius_m, **facts)
    points: list[tuple[float, float]] = []
    for segment in geometry["segments"]:
        if segment["type"] == "Point":
            points.append((segment["lng"], segment["lat"]))
        else:
            points += _arc(segment)
    if len(set(points)) < 3:
        msg = f"{where} ({facts['name']}): {len(set(points))} different points are no polygon"
        raise InputError(msg)
    return AirspaceZone(geometry=shapely.Polygon(points), **facts)


def _arc(segment: Any) -> list[tuple[float, float]]:
    """Draw an arc as corners on it, every degree."""
    centre = segment["centerpoint"]
    frame = LocalFrame((centre["lng"], centre["lat"]))
    if segment["type"] == "ArcSegment":
        first, last = segment["angleStart"], segment["angleEnd"]
        radii = [segment["radius"] * NAUTICAL_MILE_M] * 2
    else:
        ends = [frame.to_m((segment[e]["lng"], segment[e]["lat"])) for e in ("start", "end")]
        first, last = (math.degrees(math.atan2(x, y)) for x, y in ends)
        radii = [math.hypot(x, y) for x, y in ends]
    turn = (last - first) % 360 or 360.0
    turn = turn if segment["direction"] == "cw" else turn - 360.0 if turn != 360 else -360.0
    steps = max(2, math.ceil(abs(turn) / _ARC_STEP_DEG))
    points = []
    for k in range(steps + 1):
        angle = math.radians(first + turn * k / steps)
        radius_m = radii[0] + (radii[1] - radii[0]) * k / steps
        lon, lat = frame.to_deg((radius_m * math.sin(angle), radius_m * math.cos(angle)))
        points.append((float(lon), float(lat)))
    return points
