"""Corners as text: Mission Planner's .poly and .fen, Osmosis .poly, WKT, and CSV of corners."""

import csv
import io
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

from mcpp.errors import InputError, shown
from mcpp.io.geojson import ToDegrees, coded_crs, made, name_of, simple_properties, to_degrees
from mcpp.io.shapes import MOST_SHAPES, Shape, flat
from mcpp.io.words import plain

_SRID = re.compile(r"^\s*SRID\s*=\s*(\d+)\s*;", re.IGNORECASE)
_LON = {"lon", "long", "lng", "longitude", "x", "lon deg", "longitude deg", "lange", "longitud"}
_LAT = {"lat", "latitude", "y", "lat deg", "latitude deg", "breite", "latitud"}
_WKT = {"wkt", "geometry", "geom", "the geom", "shape"}
_GROUPS = {"id", "name", "polygon", "part", "field", "area", "zone", "polygon id", "group"}


def _numbers(line: str) -> list[float] | None:
    try:
        values = [float(word) for word in re.split(r"[\s,;]+", line.strip()) if word]
    except ValueError:
        return None
    return values if all(math.isfinite(value) for value in values) else None


def _latitude_first(text: str, name: str) -> list[tuple[float, float]]:
    points = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        values = _numbers(line)
        if values is None or len(values) < 2:
            msg = f"{name}: line {number}: {shown(line.strip())} is no latitude and longitude"
            raise InputError(msg)
        points.append((values[1], values[0]))
    return points


def _closed_ring(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return points if points[:1] == points[-1:] else [*points, points[0]]


def _polygon(points: list[tuple[float, float]], where: str, **facts: Any) -> list[Shape]:
    if len(set(points)) < 3:
        msg = f"{where}: {len(set(points))} different points are no polygon: give 3 or more"
        raise InputError(msg)
    return made([shapely.Polygon(_closed_ring(points))], None, **facts)


def poly_shapes(text: str, name: str, file: str) -> list[Shape]:
    """Read a .poly: Mission Planner's corners, latitude first, or the rings of Osmosis.

    Raises
    ------
    InputError
    """
    if any(line.strip() == "END" for line in text.splitlines()):
        return _osmosis(text, name, file)
    return _polygon(_latitude_first(text, name), name, file=file)


def _osmosis(text: str, name: str, file: str) -> list[Shape]:
    """Read rings of longitude and latitude, each after its name and before END; "!" is a hole."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title, shapes = lines[0], []
    rings: list[tuple[str, list[tuple[float, float]]]] = []
    for line in lines[1:]:
        values = _numbers(line)
        if line == "END":
            continue
        if values is None or len(values) != 2 or not rings:
            rings.append((line, []))
        else:
            rings[-1][1].append((values[0], values[1]))
    for ring, points in rings:
        role = {"role": "hole"} if ring.startswith("!") else {}
        shapes += _polygon(
            points, f"{name}: ring {ring[:20]!r}", file=file, name=title[:120], properties=role
        )
    return shapes


def fen_shapes(text: str, name: str, file: str) -> tuple[list[Shape], list[str]]:
    """Read Mission Planner's .fen: its first point is where a breach sends the vehicle.

    Raises
    ------
    InputError
    """
    points = _latitude_first(text, name)
    shapes = _polygon(points[1:], name, file=file, name="fence", properties={"role": "area"})
    back = Shape(geometry=shapely.Point(points[0]), name="return point", file=file)
    return [*shapes, back], []


def wkt_shapes(text: str, name: str, file: str, convert: ToDegrees | None) -> list[Shape]:
    """Read a file of WKT: one geometry, or one a line.

    Raises
    ------
    InputError
    """
    try:
        return _one_wkt(text, name, convert, file=file)
    except InputError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
    shapes = []
    for number, line in enumerate(lines, start=1):
        shapes += _one_wkt(line, f"{name}: geometry {number}", convert, file=file)
    return shapes


def _one_wkt(text: str, where: str, convert: ToDegrees | None, **facts: Any) -> list[Shape]:
    srid = _SRID.match(text)
    if srid:
        convert = to_degrees(coded_crs(f"EPSG:{srid[1]}", where), where)
        text = text[srid.end() :]
    try:
        with np.errstate(over="ignore"):  # a number beyond all bounds is refused as a place
            parts = flat(shapely.from_wkt(text.strip()))
    except (shapely.errors.ShapelyError, InputError) as error:
        msg = f"{where}: not WKT: {str(error).splitlines()[0][:120]}"
        raise InputError(msg) from None
    return made(parts, convert, **facts)


def _delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


def _column(names: list[str], wanted: Iterable[str]) -> int | None:
    wanted = set(wanted)
    return next((i for i, name in enumerate(names) if plain(name) in wanted), None)


def csv_shapes(text: str, name: str, file: str, convert: ToDegrees | None) -> list[Shape]:
    """Read a table with a column of WKT, or with a longitude and a latitude for each corner.

    Corners are those of one polygon, or of one for each value of a column id, name or part.

    Raises
    ------
    InputError
    """
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=_delimiter(first)) if row]
    except csv.Error as error:
        msg = f"{name}: it can not be read as a table: {error}"
        raise InputError(msg) from None
    header = rows[0] if rows else []
    wkt, lon, lat = (_column(header, keys) for keys in (_WKT, _LON, _LAT))
    if len(rows) > MOST_SHAPES:
        msg = f"{name}: it has {len(rows):,} rows: at most {MOST_SHAPES:,} are read"
        raise InputError(msg)
    if wkt is not None:
        return _wkt_rows(rows, wkt, name, file, convert)
    if lon is None or lat is None:
        msg = (
            f"{name}: its first line names no columns lon and lat, nor one WKT: {shown(first)}: "
            "write them above the corners"
        )
        raise InputError(msg)
    return _corner_rows(rows, lon, lat, name, file, convert)


def _wkt_rows(
    rows: list[list[str]], column: int, name: str, file: str, convert: ToDegrees | None
) -> list[Shape]:
    header, shapes = rows[0], []
    for number, row in enumerate(rows[1:], start=2):
        properties = {
            key: value
            for i, (key, value) in enumerate(zip(header, row, strict=False))
            if i != column
        }
        if column >= len(row) or not row[column].strip():
            continue
        shapes += _one_wkt(
            row[column],
            f"{name}: line {number}",
            convert,
            file=file,
            name=name_of(properties),
            properties=simple_properties(properties),
        )
    return shapes


def _number(text: str, name: str, number: int) -> float:
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = f"{name}: line {number}: {shown(text)} is no number"
        raise InputError(msg)
    return value


def _corner_rows(
    rows: list[list[str]], lon: int, lat: int, name: str, file: str, convert: ToDegrees | None
) -> list[Shape]:
    by = _group_column(rows, {lon, lat})
    groups: dict[str, list[tuple[float, float]]] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) <= max(lon, lat):
            msg = f"{name}: line {number}: {shown(','.join(row))}: a value is missing"
            raise InputError(msg)
        key = row[by] if by is not None and by < len(row) else ""
        point = (_number(row[lon], name, number), _number(row[lat], name, number))
        groups.setdefault(key, []).append(point)
    if not groups:
        msg = f"{name}: it has no corners"
        raise InputError(msg)
    shapes = []
    for key, points in groups.items():
        where = f"{name}: {key!r}" if key else name
        if len(set(points)) < 3:
            msg = f"{where}: {len(set(points))} different points are no polygon: give 3 or more"
            raise InputError(msg)
        polygon = shapely.Polygon(_closed_ring(points))
        shapes += made([polygon], convert, file=file, name=key.strip()[:120])
    return shapes


def _group_column(rows: list[list[str]], taken: set[int]) -> int | None:
    """Find the column that tells polygons apart: one whose values come again from row to row."""
    for i, key in enumerate(rows[0]):
        if i in taken or plain(key) not in _GROUPS:
            continue
        values = [row[i] for row in rows[1:] if i < len(row)]
        if len(set(values)) <= len(values) / 3:
            return i
    return None
