"""What a user can choose of: planners, aircraft, cameras; and what a choice brings with it."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from mcpp.errors import McppError
from mcpp.model import Mission, Uav

if TYPE_CHECKING:
    from planners.params import ParamInfo


def compared_planners(mission: Mission) -> list[str]:
    """Name the planners that are worth comparing over a mission's ground."""
    if mission.structures:
        return ["corridor"]
    left_out = {"best"} if mission.corridors and not mission.area else {"best", "corridor"}
    return [name for name in planner_names() if name not in left_out]


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
