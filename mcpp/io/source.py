"""Any file that says what to plan: our mission, the Java back-end's input, or shapes."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mcpp.errors import InputError
from mcpp.io.airspace_kinds import airspace_kind, is_openair
from mcpp.io.importing import (
    JSON_SUFFIXES,
    SHAPE_SUFFIXES,
    Choice,
    chosen,
    joined,
    read_shapes,
    shapes_of_json,
    unread,
)
from mcpp.io.java import is_java_input, mission_from_java
from mcpp.io.mission import mission_from_json
from mcpp.io.missions import ZONE_WIDTH_M, mission_from
from mcpp.io.ours import (
    PLAN_FILE,
    WAYPOINTS_HEAD,
    are_our_routes,
    is_flight_file,
    is_our_flight,
    mission_beside,
)
from mcpp.io.plan import is_plan
from mcpp.io.shapes import Imported
from mcpp.io.text import parse_json, read_text
from mcpp.model import Mission

_NO_CHOICE = Choice()


@np.errstate(all="ignore")  # what is no number is found and told, not warned of
def load(
    paths: str | Path | Sequence[str | Path],
    *,
    choice: Choice = _NO_CHOICE,
    crs: str | None = None,
) -> Mission | Imported:
    """Read a mission, or the shapes that one is to be made of; ``-`` is standard input.

    Raises
    ------
    InputError
    """
    several = [paths] if isinstance(paths, str | Path) else list(paths)
    if len(several) == 1:
        found = _load_one(Path(several[0]), crs, choice.most)
        if isinstance(found, Mission) and choice != _NO_CHOICE:
            msg = f"{several[0]}: it is a mission, whose shapes have roles: leave --areas etc. out"
            raise InputError(msg)
        return found if isinstance(found, Mission) else chosen(found, choice)
    parts = []
    for path in several:
        found = _load_one(Path(path), crs, choice.most)
        if isinstance(found, Mission):
            msg = f"{path}: it is a whole mission: give it alone, or files of shapes together"
            raise InputError(msg)
        parts.append(found)
    return chosen(joined(parts), choice)


def _load_one(path: Path, crs: str | None, most: int) -> Mission | Imported:
    suffix = path.suffix.lower()
    if suffix in {".csv", ".kmz"} and is_flight_file(path):
        return _beside(path, "the waypoints of a flight")
    if suffix in SHAPE_SUFFIXES:
        return read_shapes(path, crs, most)
    if suffix in {".html", ".waypoints", ".txt"}:
        return _led_back(path)
    if suffix not in JSON_SUFFIXES:
        raise unread(path)
    return _of_json(parse_json(read_text(path), str(path)), path, most)


def _of_json(value: Any, path: Path, most: int) -> Mission | Imported:
    if is_plan(value):
        return mission_from_json(value.get("mission"), f"{path}: mission")
    if is_our_flight(value) and (path.parent / PLAN_FILE).is_file():
        return _beside(path, "a flight that mcpp wrote for one vehicle")
    if are_our_routes(value):
        return _beside(path, "the routes of a plan")
    airspace = airspace_kind(value)
    if airspace is not None:
        raise _no_ground(path, airspace)
    shapes = isinstance(value, dict) and ("type" in value or "fileType" in value)
    if shapes and "area" not in value:
        return shapes_of_json(value, path, most)
    if is_java_input(value):
        return mission_from_java(value, str(path))
    return mission_from_json(value, str(path))


def _beside(path: Path, what: str) -> Mission:
    value, plan = mission_beside(path, what)
    return mission_from_json(value, f"{plan}: mission")


def _no_ground(path: Path, kind: str) -> InputError:
    return InputError(
        f"{path}: it is an airspace file ({kind}): it holds zones and no area: give it by "
        "--airspace beside a mission"
    )


def _led_back(path: Path) -> Mission:
    text = read_text(path)
    if is_openair(text):
        raise _no_ground(path, "OpenAir")
    if text.startswith(WAYPOINTS_HEAD):
        return _beside(path, "a flight of waypoints")
    if path.suffix.lower() == ".html":
        return _beside(path, "a report")
    raise unread(path)


def read_source(
    path: str | Path | Sequence[str | Path],
    *,
    uavs: int | None = None,
    scan_distance_m: float | None = None,
    choice: Choice = _NO_CHOICE,
    crs: str | None = None,
    zone_width_m: float = ZONE_WIDTH_M,
    corridor_width_m: float | None = None,
) -> Mission:
    """Read a mission from any supported file, or from several files of shapes.

    Parameters
    ----------
    path
        ``-`` is standard input.
    uavs
        Number of equal UAVs, for a file of shapes; None is one.
    scan_distance_m
        Line spacing, for a file of shapes that names none.
    choice, crs, zone_width_m, corridor_width_m
        See `mcpp.io.importing.shapes_in` and `mcpp.io.missions.mission_from`.

    Raises
    ------
    InputError
    """
    found = load(path, choice=choice, crs=crs)
    if isinstance(found, Mission):
        return found
    return mission_from(
        found,
        uavs=1 if uavs is None else uavs,
        scan_distance_m=scan_distance_m,
        zone_width_m=zone_width_m,
        corridor_width_m=corridor_width_m,
    )
