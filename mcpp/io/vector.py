"""Shapefiles, GeoPackages, DXF and GML through GDAL, each by the one driver of its ending.

GDAL guesses a format by a file's content: a .shp that is a list of addresses would be fetched from
the network. Here a process of its own has that one driver and no other, see `mcpp.io.gdal_child`;
it reads a copy, so that nothing is written beside the user's file.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import shapely

from mcpp.errors import InputError
from mcpp.io.geojson import ToDegrees, flawed, made, name_of, simple_properties, to_degrees
from mcpp.io.guard import MOST_BINARY_BYTES, archive_members, check_file
from mcpp.io.kml import kml_shapes
from mcpp.io.shapes import MOST_SHAPES, Shape, flat
from mcpp.processes import own_command, own_environment

DRIVERS = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".dxf": "DXF", ".gml": "GML"}
_SIDECARS = (".shx", ".dbf", ".prj", ".cpg")
_BESIDE = {".shp": _SIDECARS, ".gml": (".xsd",)}
_LONGEST_S = 120.0
_SETTINGS = {
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
    "GDAL_DISABLE_READDIR_ON_OPEN": "FALSE",
    "GDAL_DRIVER_PATH": "disable",
    "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "SQLITE_USE_OGR_VFS": "NO",
    "PROJ_NETWORK": "OFF",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "DXF_CLOSED_LINE_AS_POLYGON": "TRUE",
    "DXF_MAX_BSPLINE_CONTROL_POINTS": "2000",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


@cache
def _other_drivers(driver: str) -> str:
    import pyogrio  # 0.2 s: only for those who need it

    return ",".join(name for name in pyogrio.list_drivers() if name != driver)


def _answer(file: Path, name: str, driver: str) -> list[str]:
    environment = own_environment() | _SETTINGS | {"GDAL_SKIP": _other_drivers(driver)}
    command = own_command("mcpp.io.gdal_child", str(file), str(MOST_SHAPES))
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        msg = f"{name}: it can not be read: it takes more than {_LONGEST_S:.0f} s"
        raise InputError(msg) from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines()
        told = [line.removeprefix("reason: ") for line in lines if line.startswith("reason: ")]
        reason = _reason(told[0], file) if told else "its reader broke off"
        msg = f"{name}: it can not be read: {reason}"
        raise InputError(msg)
    return done.stdout.decode(errors="replace").splitlines()


def _reason(text: str, file: Path) -> str:
    """Cut what GDAL says down to what concerns the user's file, not our copy of it."""
    text = text.split("; It might help")[0].removesuffix(".").replace(str(file), "the file")
    return text.replace(str(file.parent), "").replace("'the file'", "the file")


def _layers(lines: list[str]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    at = 0
    while at < len(lines):
        head = json.loads(lines[at])
        rows = [json.loads(line) for line in lines[at + 1 : at + 1 + head["count"]]]
        yield head, rows
        at += 1 + head["count"]


def _shapes_of_layer(
    head: dict[str, Any], rows: list[dict[str, Any]], convert: ToDegrees | None, file: str
) -> list[Shape]:
    shapes: list[Shape] = []
    for row in rows:
        properties = row["properties"]
        drawn_on = properties.get("Layer")  # of a DXF, whose only layer for GDAL is "entities"
        facts: dict[str, Any] = {
            "name": name_of(properties),
            "file": file,
            "layer": str(drawn_on or head["layer"])[:120],
            "properties": simple_properties(properties),
        }
        if row["wkb"] is None:
            continue
        try:
            parts = flat(shapely.from_wkb(bytes.fromhex(row["wkb"])))
        except (shapely.errors.ShapelyError, InputError) as error:
            shapes.append(flawed(str(error).splitlines()[0], "Polygon", **facts))
            continue
        shapes += made(parts, convert, **facts)
    return shapes


def _read_copy(copy: Path, name: str, file: str, default: ToDegrees | None) -> list[Shape]:
    shapes: list[Shape] = []
    for head, rows in _layers(_answer(copy, name, DRIVERS[copy.suffix.lower()])):
        convert = to_degrees(head["crs"], name) if head["crs"] else default
        shapes += _shapes_of_layer(head, rows, convert, file)
        if len(shapes) > MOST_SHAPES:
            msg = f"{name}: it has more than {MOST_SHAPES:,} shapes, the most that are read"
            raise InputError(msg)
    return shapes


def read_vector(path: Path, default: ToDegrees | None) -> list[Shape]:
    """Read all layers of one file, in degrees.

    Parameters
    ----------
    default
        The conversion for a file that names no coordinate system; None takes it as degrees.

    Raises
    ------
    InputError
    """
    suffix = path.suffix.lower()
    check_file(path, MOST_BINARY_BYTES)
    with tempfile.TemporaryDirectory(prefix="mcpp-") as folder:
        copy = Path(folder) / f"file{suffix}"
        shutil.copyfile(path, copy)
        for other in _BESIDE.get(suffix, ()):
            for beside in (path.with_suffix(other), path.with_suffix(other.upper())):
                if beside.is_file():
                    check_file(beside, MOST_BINARY_BYTES)
                    shutil.copyfile(beside, copy.with_suffix(other))
                    break
        return _named(_read_copy(copy, str(path), path.stem, default), path.stem)


def _named(shapes: list[Shape], stem: str) -> list[Shape]:
    """Give the layer that GDAL names after our copy the file's own name."""
    from dataclasses import replace

    return [replace(s, layer=stem) if s.layer == "file" else s for s in shapes]


def read_zip(path: Path, default: ToDegrees | None) -> tuple[list[Shape], list[str]]:
    """Read every shapefile, GeoPackage and KML of a zip archive, from any of its folders.

    Raises
    ------
    InputError
        When there is none, or the archive is damaged or unpacks to too much.
    """
    wanted = frozenset({".shp", ".gpkg", ".kml", *_SIDECARS})
    members = archive_members(path, wanted)
    main = [m for m in members if m.suffix.lower() in {".shp", ".gpkg", ".kml"}]
    if not main:
        msg = f"{path}: it holds no .shp, .gpkg or .kml"
        raise InputError(msg)
    shapes: list[Shape] = []
    notes: list[str] = []
    for member in main:
        where = f"{path}/{member}"
        folder = "/".join(member.parent.parts)
        if member.suffix.lower() == ".kml":
            found, told = kml_shapes(members[member], where, member.stem)
            notes += told
        else:
            found = _read_member(member, members, where, default)
        shapes += _in_folder(found, folder)
    return shapes, notes


def _in_folder(shapes: list[Shape], folder: str) -> list[Shape]:
    from dataclasses import replace

    if not folder:
        return shapes
    return [replace(s, folder=f"{folder}/{s.folder}".strip("/")) for s in shapes]


def _read_member(
    member: PurePosixPath,
    members: dict[PurePosixPath, bytes],
    where: str,
    default: ToDegrees | None,
) -> list[Shape]:
    suffix = member.suffix.lower()
    alike = {
        other.suffix.lower(): data
        for other, data in members.items()
        if other.parent == member.parent and other.stem == member.stem
    }
    with tempfile.TemporaryDirectory(prefix="mcpp-") as folder:
        copy = Path(folder) / f"file{suffix}"
        copy.write_bytes(members[member])
        for other in _BESIDE.get(suffix, ()):
            if other in alike:
                copy.with_suffix(other).write_bytes(alike[other])
        return _named(_read_copy(copy, where, member.stem, default), member.stem)
