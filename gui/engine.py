"""All that the windows ask of the library below, in one place.

Heavy modules are imported where they are used, so that the first window does not wait for them.
"""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import mcpp
from mcpp.errors import ExportError, InputError, McppError
from mcpp.model import FloatArray, LegKind, Mission, Plan, Uav

if TYPE_CHECKING:
    from mcpp.export.targets import Target
    from mcpp.io.shapes import Imported
    from planners.params import ParamInfo

SHAPE_SUFFIXES = (
    *(".geojson", ".kml", ".kmz", ".shp", ".gpkg", ".gml", ".zip", ".gpx", ".dxf", ".wkt", ".csv"),
    *(".poly", ".fen", ".plan"),
)
DEFAULT_SPACING_M = 40.0
OPENABLE = (".json", *SHAPE_SUFFIXES)
BACKGROUNDS = (".mbtiles", ".tif", ".tiff")
FARTHEST_HEIGHTS = 4.0
"""A photo is shown as far as this many flight heights; a slanting camera sees to the horizon."""
TARGETS: "tuple[Target, ...]" = ("ardupilot", "px4", "generic", "portable")


def asset_path(name: str) -> Path:
    """Find a file or folder of ``assets``.

    Raises
    ------
    FileNotFoundError
        When the installation is broken.
    """
    from mcpp.resources import asset

    return asset(name)


def version() -> str:
    """Tell the version of the program."""
    return mcpp.__version__


# ------------------------------------------------------------------------------------------- files


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
    if isinstance(value, dict) and "area" in value:
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
        Width of zones that are drawn as lines or points.

    Raises
    ------
    McppError
    """
    from mcpp.io.missions import mission_from

    launches = sum(shape.role == "launch" for shape in found.shapes)
    scan_m = found.scan_distance_m or DEFAULT_SPACING_M
    mission = mission_from(
        found, uavs=max(launches, 1), scan_distance_m=scan_m, zone_width_m=zone_width_m
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


def pack_plan(plan: Plan) -> bytes:
    """Make of a plan what its plan file would hold, for another process of this program.

    Numbers are rounded as in the file, so that a plan is the same whether it was saved and opened
    again or not.
    """
    from mcpp.io.plan import plan_from_json, plan_value

    return pickle.dumps(plan_from_json(plan_value(plan)), protocol=pickle.HIGHEST_PROTOCOL)


def unpack_plan(data: bytes) -> Plan:
    """Read what `pack_plan` made: some fifty times as fast as a plan file is read.

    Only for what a process of this program has written: reading can run anything.
    """
    plan: Plan = pickle.loads(data)
    solution = plan.solution
    # Arrays come out of it as ones that can be written to; made anew, they are read-only again.
    return replace(
        plan,
        sorties=tuple(replace(sortie) for sortie in plan.sorties),
        solution=replace(
            solution,
            routes=tuple(replace(route) for route in solution.routes),
            grid=None if solution.grid is None else replace(solution.grid),
        ),
    )


def sample_missions() -> list[Path]:
    """List the missions that come with the program."""
    return sorted(asset_path("samples").glob("*.json"))


# ----------------------------------------------------------------------------- planners and presets


def planner_names() -> tuple[str, ...]:
    """List the planners that a user can choose."""
    from planners.registry import names

    return names()


def planner_params(name: str) -> "list[ParamInfo]":
    """List the parameters of a planner; none where it has none.

    Raises
    ------
    UnknownPlannerError
    """
    from planners.params import params_of
    from planners.registry import get

    return params_of(get(name))


CARRIED = {
    "dji-mavic-3e": "DJI Mavic 3E wide",
    "dji-matrice-4e": "DJI Matrice 4E wide",
    "dji-mini-4-pro": "DJI Mini 4 Pro wide",
    "dji-air-3": "DJI Air 3 wide",
}
"""The camera that is built into an aircraft; others carry what their crew hangs under them."""
USUAL_SIDELAP = 0.7


def aircraft_names(mission: Mission | None = None) -> tuple[str, ...]:
    """List the aircraft presets and a mission's own, sorted as they are read."""
    from mcpp.problem.aircraft import built_in_aircraft

    own = () if mission is None else mission.aircraft
    names = {preset.name for preset in (*built_in_aircraft(), *own)}
    return tuple(sorted(names, key=lambda name: readable(name).casefold()))


def camera_names(mission: Mission | None = None) -> tuple[str, ...]:
    """List the cameras and a mission's own, sorted."""
    from mcpp.problem.camera import built_in_cameras

    own = () if mission is None else mission.cameras
    names = {camera.name for camera in (*built_in_cameras(), *own)}
    return tuple(sorted(names, key=str.casefold))


def readable(name: str) -> str:
    """Write the name of a preset as people do: ``dji-mavic-3e`` is DJI Mavic 3E."""
    if " " in name or name != name.lower():
        return name
    upper = {"dji", "px4", "vtol"}
    words = [word.upper() if word in upper else word.capitalize() for word in name.split("-")]
    return " ".join(word[:-1] + word[-1].upper() if word[:1].isdigit() else word for word in words)


def with_its_camera(mission: Mission, index: int) -> Mission:
    """Give a UAV the camera that is built into its aircraft, and the mission an overlap for it."""
    uav = mission.uavs[index]
    camera = CARRIED.get(uav.aircraft)
    if camera is None and uav.camera in CARRIED.values():
        uavs = (*mission.uavs[:index], replace(uav, camera=None), *mission.uavs[index + 1 :])
        return replace(mission, uavs=uavs)
    if camera is None or uav.camera == camera:
        return mission
    uavs = (*mission.uavs[:index], replace(uav, camera=camera), *mission.uavs[index + 1 :])
    return with_overlap(replace(mission, uavs=uavs))


def with_overlap(mission: Mission) -> Mission:
    """Let lines follow from cameras, where there are any and nobody has asked for an overlap."""
    if mission.flight.sidelap is None and any(uav.camera for uav in mission.uavs):
        return replace(mission, flight=replace(mission.flight, sidelap=USUAL_SIDELAP))
    return mission


def with_equipment(mission: Mission, index: int, changed: str) -> Mission:
    """Follow a change of a UAV's value: an aircraft brings its camera, a camera an overlap."""
    if changed == "aircraft":
        return with_its_camera(mission, index)
    return with_overlap(mission) if changed == "camera" else mission


@dataclass(frozen=True, slots=True)
class PhotoFigures:
    """What follows for one UAV from its camera, height and overlaps; None is not known.

    Attributes
    ----------
    sidelap
        Overlap of photos on neighbouring lines, 0 to 1.
    speed_limit_m_s
        Above it photos blur, or the camera does not keep up.
    """

    height_m: float
    spacing_m: float
    gsd_m: float | None = None
    sidelap: float | None = None
    trigger_distance_m: float | None = None
    speed_m_s: float | None = None
    speed_limit_m_s: float | None = None


def photo_figures(mission: Mission, uav: Uav) -> "PhotoFigures | str":
    """Reckon the figures of a UAV's photos; in words why there are none."""
    from mcpp.ground.frame import frame_at
    from mcpp.problem.camera import find_camera, photo_geometry
    from mcpp.problem.vehicles import resolve_vehicles

    place = uav.start_lon_lat_deg or (0.0, 0.0)
    alone = replace(mission, uavs=(uav,), direction_edge_lon_lat_deg=None)
    try:
        (vehicle,) = resolve_vehicles(alone, frame_at([place]))
        if vehicle.camera is None:
            return PhotoFigures(vehicle.height_m, vehicle.spacing_m, speed_m_s=vehicle.speed_m_s)
        photo = photo_geometry(
            find_camera(vehicle.camera, mission.cameras),
            height_m=vehicle.height_m,
            scan_distance_m=vehicle.spacing_m,
            portrait=mission.flight.portrait,
        )
    except McppError as error:
        return str(error)
    return PhotoFigures(
        vehicle.height_m,
        vehicle.spacing_m,
        photo.gsd_m,
        photo.sidelap,
        vehicle.trigger_distance_m,
        vehicle.speed_m_s,
        photo.highest_speed_m_s,
    )


def count_photos(plan: Plan, uav: int) -> int:
    """Count a UAV's photos: one at the start of each run of lines, then one each distance."""
    distance_m = plan.problem.vehicles[uav].trigger_distance_m
    if not distance_m:
        return 0
    photos = 0
    for sortie in plan.sorties:
        if sortie.uav == uav:
            lengths = np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1)
            survey = sortie.kind == LegKind.SURVEY
            edges = np.diff(np.concatenate([[False], survey, [False]]).astype(np.int8))
            passed = np.concatenate([[0.0], np.cumsum(lengths)])
            runs = passed[np.flatnonzero(edges < 0)] - passed[np.flatnonzero(edges > 0)]
            photos += int(np.ceil(runs / distance_m).sum())
    return photos


def names_a_file(name: str) -> bool:
    """Whether a UAV can have this name: files are named after it."""
    from mcpp.problem.validation import names_a_file as rule

    return rule(name)


def uav_defaults(mission: Mission, uav: Uav) -> dict[str, Any]:
    """Find the values that a UAV gets where its own are left empty; empty where none is known."""
    from mcpp.ground.frame import frame_at
    from mcpp.problem.vehicles import resolve_vehicles

    place = uav.start_lon_lat_deg or (0.0, 0.0)
    try:
        (vehicle,) = resolve_vehicles(replace(mission, uavs=(uav,)), frame_at([place]))
    except McppError:
        return {}
    found = {item.name: getattr(vehicle, item.name) for item in fields(vehicle)}
    del found["share"]  # it hangs on the others
    return found | {"scan_distance_m": vehicle.spacing_m}


# ------------------------------------------------------------------------------------------ export


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that a user can choose."""

    name: str
    title: str
    suffix: str


def export_formats() -> list[ExportFormat]:
    """List the formats of single files."""
    from mcpp.export import registry

    return [
        ExportFormat(form.name, form.title, form.suffix)
        for form in (registry.get(name) for name in registry.names())
    ]


def lint_words(plan: Plan, target: "Target | None") -> list[str]:
    """List what a target would refuse or read otherwise; None is each UAV's own autopilot."""
    from mcpp.export.lint import lint_plan

    return lint_plan(plan, target)


def photo_corners_m(plan: Plan, uav: int) -> FloatArray:
    """Corners of a photo on flat ground about the place under the UAV that takes it.

    Returns
    -------
    FloatArray
        Shape (4, 2): metres ahead of the nose and to its right, in the order of an outline. For a
        UAV without a camera the width alone is known, and it is a line.
    """
    from mcpp.problem.camera import find_camera

    vehicle, mission = plan.problem.vehicles[uav], plan.mission
    signs = np.array([(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)])
    if vehicle.camera is None:
        return signs * (0.0, vehicle.reach_m)
    camera = find_camera(vehicle.camera, mission.cameras)
    pixel = camera.sensor_width_mm / camera.image_width_px / camera.focal_mm
    across, along = camera.image_width_px * pixel / 2, camera.image_height_px * pixel / 2
    if mission.flight.portrait:
        across, along = along, across
    tilt = np.radians(vehicle.gimbal_pitch_deg)
    # a ray to a corner is the view's axis, plus so much of the image's top, plus of its right
    ahead = np.cos(tilt) - signs[:, 0] * along * np.sin(tilt)
    down = -np.sin(tilt) - signs[:, 0] * along * np.cos(tilt)
    far = 1.0 / np.maximum(down, np.hypot(ahead, signs[:, 1] * across) / FARTHEST_HEIGHTS)
    rays = np.stack([ahead, signs[:, 1] * across], axis=1)
    corners: FloatArray = vehicle.height_m * far[:, None] * rays
    return corners


def export_everything(plan: Plan, directory: Path, *, overwrite: bool) -> list[Path]:
    """Write the whole folder of a plan, with its report.

    Raises
    ------
    McppError
    """
    from mcpp.export.folder import write_outputs

    return list(write_outputs(plan, directory, overwrite=overwrite))


def export_formats_to(
    plan: Plan, names: Sequence[str], directory: Path, *, overwrite: bool
) -> list[Path]:
    """Write files of some formats, all or none.

    Raises
    ------
    McppError
    """
    from mcpp.export.folder import refuse_unsafe
    from mcpp.export.registry import render
    from mcpp.io.atomic import write_many_atomic

    refuse_unsafe(plan)
    texts = {directory / file: text for name in names for file, text in render(plan, name).items()}
    there = [path.name for path in texts if path.exists()]
    if there and not overwrite:
        message = f"{there[0]}: it is already there"
        raise ExportError(message)
    write_many_atomic(texts)
    return list(texts)


def report_html(plan: Plan) -> str:
    """Make the report that a browser opens without internet.

    Raises
    ------
    McppError
    """
    from mcpp.report.html import report_html as make

    return make(plan)


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
