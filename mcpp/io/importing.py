"""Any file of shapes: what it holds, with a role proposed for each shape.

::

    imported = shapes_in("field.kml")                  # every shape has a role and a reason
    imported = chosen(imported, Choice(zones=("tree*",)))   # what the user says by patterns
    imported = with_roles(imported, roles)             # or shape by shape, as a dialog does
    mission = mission_from(imported, uavs=3, scan_distance_m=25.0)
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.io.corners import csv_shapes, fen_shapes, poly_shapes, wkt_shapes
from mcpp.io.geojson import ToDegrees, coded_crs, geojson_shapes, properties_of, to_degrees
from mcpp.io.gpx import read_gpx
from mcpp.io.kml import read_kml
from mcpp.io.missions import with_roles
from mcpp.io.qgc import is_qgc_plan, qgc_shapes
from mcpp.io.roles import Choice, propose, selected
from mcpp.io.shapes import MOST_CORNERS, MOST_SHAPES, Imported, Shape
from mcpp.io.text import parse_json, read_text
from mcpp.io.vector import DRIVERS, read_vector, read_zip

__all__ = [
    "READ",
    "SHAPE_SUFFIXES",
    "Choice",
    "chosen",
    "shapes_in",
    "shapes_of_json",
    "with_roles",
]

JSON_SUFFIXES = (".json", ".geojson", ".plan", "")
TEXT_SUFFIXES = (".poly", ".fen", ".csv", ".wkt")
SHAPE_SUFFIXES = (".kml", ".kmz", ".zip", ".gpx", *DRIVERS, *TEXT_SUFFIXES)
"""Endings of files that hold shapes and never a mission of ours."""
READ = (
    "our mission and plan, GeoJSON (.geojson, .json), KML and KMZ, shapefile (.shp, .zip), "
    "GeoPackage (.gpkg), GPX, DXF, GML, WKT, CSV of corners, QGroundControl's .plan, Mission "
    "Planner's .poly and .fen, and the Java back-end's input"
)


def unread(path: Path) -> InputError:
    """Make the error for a file of a kind that is not read; it lists those that are."""
    ending = path.suffix or path.name
    return InputError(f"{path}: files ending in {ending!r} are not read; what is read: {READ}")


def _of_text(path: Path, convert: ToDegrees | None) -> tuple[list[Shape], list[str]]:
    text, name, file = read_text(path), str(path), path.stem
    if not text.strip():
        msg = f"{name}: the file is empty"
        raise InputError(msg)
    suffix = path.suffix.lower()
    if suffix == ".poly":
        return poly_shapes(text, name, file), []
    if suffix == ".fen":
        return fen_shapes(text, name, file)
    read = wkt_shapes if suffix == ".wkt" else csv_shapes
    return read(text, name, file, convert), []


def _read(path: Path, convert: ToDegrees | None, most: int) -> tuple[list[Shape], list[str]]:
    suffix = path.suffix.lower()
    if suffix in {".kml", ".kmz"}:
        return read_kml(path, most)
    if suffix == ".gpx":
        return read_gpx(path), []
    if suffix == ".zip":
        return read_zip(path, convert)
    if suffix in DRIVERS:
        return read_vector(path, convert), []
    return _of_text(path, convert)


def shapes_of_json(value: Any, path: Path, most: int = MOST_SHAPES) -> Imported:
    """Read shapes of parsed JSON: GeoJSON, or a plan of QGroundControl.

    Raises
    ------
    InputError
    """
    name = str(path)
    if is_qgc_plan(value):
        shapes, notes = qgc_shapes(value, name, path.stem)
        return _imported(path, shapes, notes, None)
    shapes = geojson_shapes(value, name, path.stem, most)
    scan = properties_of(value, name).get("scan_distance_m")
    if isinstance(scan, bool) or not isinstance(scan, int | float):
        scan = None
    return _imported(path, shapes, [], scan)


def _imported(path: Path, shapes: list[Shape], notes: list[str], scan_m: float | None) -> Imported:
    polygons = [s.geometry for s in shapes if s.kind == "polygon" and not s.flaw]
    corners = int(shapely.get_num_coordinates(polygons).sum())
    if corners > MOST_CORNERS:
        msg = f"{path}: its polygons have {corners:,} corners: at most {MOST_CORNERS:,} are read"
        raise InputError(msg)
    return Imported(
        name=path.stem, shapes=tuple(shapes), notes=tuple(notes), scan_distance_m=scan_m
    )


@np.errstate(all="ignore")
def shapes_in(
    paths: str | Path | Sequence[str | Path],
    *,
    choice: Choice | None = None,
    crs: str | None = None,
) -> Imported:
    """Read all shapes of a file, or of several, and propose what each is for.

    Parameters
    ----------
    choice
        What the user says they are for.
    crs
        Coordinate system of a file that names none, as in EPSG:25832.

    Raises
    ------
    InputError
        In one line: what can not be read, or a pattern that means nothing.
    """
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    choice = choice or Choice()
    found = [read_shapes(Path(path), crs, choice.most) for path in several]
    return chosen(joined(found), choice)


def joined(found: Sequence[Imported]) -> Imported:
    """Put the shapes of several files together; the first names the mission."""
    scans = [one.scan_distance_m for one in found if one.scan_distance_m is not None]
    return Imported(
        name=found[0].name,
        shapes=tuple(shape for one in found for shape in one.shapes),
        notes=tuple(note for one in found for note in one.notes),
        scan_distance_m=scans[0] if scans else None,
    )


def read_shapes(path: Path, crs: str | None, most: int = MOST_SHAPES) -> Imported:
    """Read all shapes of a file, without roles yet.

    Parameters
    ----------
    most
        How many it may hold.

    Raises
    ------
    InputError
    """
    suffix = path.suffix.lower()
    if suffix in SHAPE_SUFFIXES:
        convert = None if crs is None else to_degrees(coded_crs(crs, "--crs"), "--crs")
        return _imported(path, *_read(path, convert, most), None)
    if suffix in JSON_SUFFIXES:
        return shapes_of_json(parse_json(read_text(path), str(path)), path, most)
    raise unread(path)


def chosen(imported: Imported, choice: Choice) -> Imported:
    """Propose the roles anew with what the user says.

    Raises
    ------
    InputError
    """
    kept = selected(imported, choice)
    return propose(replace(kept, notes=imported.notes), choice)
