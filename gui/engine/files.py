"""Files that the windows open and save."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mcpp.errors import InputError, McppError
from mcpp.model import Mission, Plan

if TYPE_CHECKING:
    from mcpp.io.shapes import Imported

SHAPE_SUFFIXES = (
    *(".geojson", ".kml", ".kmz", ".shp", ".gpkg", ".gml", ".zip", ".gpx", ".dxf", ".wkt", ".csv"),
    *(".poly", ".fen", ".plan"),
)
DEFAULT_SPACING_M = 40.0
OPENABLE = (".json", *SHAPE_SUFFIXES)
BACKGROUNDS = (".mbtiles", ".tif", ".tiff")


def asset_path(name: str) -> Path:
    """Find a file or folder of ``assets``.

    Raises
    ------
    FileNotFoundError
        When the installation is broken.
    """
    from mcpp.resources import asset

    return asset(name)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file held: a mission, and its plan where it is a plan file.

    Attributes
    ----------
    own
        Whether the file is a mission of ours, to be saved in place.
    """

    mission: Mission
    plan: Plan | None
    own: bool


def open_file(path: Path) -> Opened:
    """Read a mission, a plan, the Java back-end's input or a file of shapes.

    Raises
    ------
    McppError
        In one line.
    """
    from mcpp.io.plan import is_plan, plan_from_json

    if path.suffix.lower() in SHAPE_SUFFIXES:
        found = load_shapes(path)
        mission = found if isinstance(found, Mission) else mission_of(found)
        return Opened(mission, None, own=False)
    from mcpp.io.mission import mission_from_json
    from mcpp.io.text import parse_json, read_text

    value = parse_json(read_text(path), path.name)
    if is_plan(value):
        plan = plan_from_json(value, path.name)
        return Opened(plan.mission, plan, own=False)
    if isinstance(value, dict) and {"area", "corridors", "structures"} & set(value):
        mission = mission_from_json(value, path.name)
        return Opened(mission, _plan_beside(path), own=True)
    return Opened(_with_default_spacing(path), None, own=False)


def load_shapes(path: Path) -> "Mission | Imported":
    """Read a file of shapes, each with the role that it seems to have.

    Raises
    ------
    McppError
    """
    from mcpp.io.source import load

    return load(path)


def mission_of(found: "Imported", zone_width_m: float = 20.0) -> Mission:
    """Make a mission of shapes with their roles: a UAV for each launch point.

    Parameters
    ----------
    zone_width_m
        Width of zones that are drawn as lines or points, and of corridors.

    Raises
    ------
    McppError
    """
    from mcpp.io.missions import mission_from

    launches = sum(shape.role == "launch" for shape in found.shapes)
    scan_m = found.scan_distance_m or DEFAULT_SPACING_M
    mission = mission_from(
        found,
        uavs=max(launches, 1),
        scan_distance_m=scan_m,
        zone_width_m=zone_width_m,
        corridor_width_m=zone_width_m,
    )
    return mission if launches else replace(mission, uavs=())


def _with_default_spacing(path: Path) -> Mission:
    """Read shapes; where they name no line distance, take the one of a new mission."""
    from mcpp.io.source import read_source

    try:
        return read_source(path)
    except InputError as error:
        if "scan distance" not in str(error):
            raise
    return read_source(path, scan_distance_m=DEFAULT_SPACING_M)


def unchecked_mission_json(mission: Mission) -> str:
    """Write a mission that may still lack its area or its fleet."""
    from mcpp.io.mission import mission_to_json

    return mission_to_json(mission)


def unchecked_mission(text: str) -> Mission:
    """Read a mission that may still lack its area or its fleet.

    Raises
    ------
    McppError
    """
    from mcpp.io.mission import mission_from_json
    from mcpp.io.text import parse_json

    return mission_from_json(parse_json(text, "mission"), "mission")


def sample_mission() -> Path:
    """Name the file of the mission that shows what the program does: a mixed fleet over a field."""
    return asset_path("samples") / "mixed-fleet.json"


def save_mission(path: Path, mission: Mission) -> None:
    """Write a mission file, whole or not at all.

    Raises
    ------
    McppError
    """
    from mcpp.io.mission import write_mission

    write_mission(path, mission)


def plan_file(path: Path) -> Path:
    """Name the file that keeps the plan of a mission file."""
    return path.with_name(f"{path.stem}.plan.json")


def save_plan(path: Path, plan: Plan) -> None:
    """Write a plan file beside a mission file, whole or not at all.

    Raises
    ------
    McppError
    """
    from mcpp.io.atomic import write_many_atomic
    from mcpp.io.plan import plan_to_json

    write_many_atomic({plan_file(path): plan_to_json(plan)})


def _plan_beside(path: Path) -> Plan | None:
    """Read the plan that was saved with a mission; a damaged one is as good as none."""
    from mcpp.io.plan import plan_from_json
    from mcpp.io.text import parse_json, read_text

    beside = plan_file(path)
    if not beside.is_file():
        return None
    try:
        return plan_from_json(parse_json(read_text(beside), beside.name), beside.name)
    except McppError:
        return None
