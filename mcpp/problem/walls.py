"""Structures of a mission as the planners see them: ways, heights, and how far a camera looks."""

import math

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.structures import structure_core, structure_way
from mcpp.model import Mission, Structure, Uav, Wall
from mcpp.problem.aircraft import find_aircraft
from mcpp.problem.camera import find_camera, photo_geometry

USUAL_SIDELAP = 0.7


def check_structures(mission: Mission) -> None:
    """Refuse a mission of structures with what is meant for ground.

    Raises
    ------
    InputError
    """
    if not mission.structures:
        return
    if mission.area or mission.corridors:
        msg = "structures: they are flown in a mission of their own: leave area and corridors out"
        raise InputError(msg)
    if mission.search is not None or mission.probability is not None:
        msg = "search, probability: they are for ground: leave them out of a mission of structures"
        raise InputError(msg)
    if mission.crosshatch_deg is not None:
        msg = "crosshatch_deg: structures are flown along: leave it out"
        raise InputError(msg)
    flight = mission.flight
    for name in ("terrain", "gsd_m", "min_views"):
        if getattr(flight, name) is not None:
            msg = f"flight.{name}: it is for ground: leave it out of a mission of structures"
            raise InputError(msg)
    for name in ("turn_overshoot_m", "lead_in_m"):
        if getattr(flight, name) > 0:
            msg = f"flight.{name}: it is for ground: leave it out of a mission of structures"
            raise InputError(msg)
    if flight.heading != "along":
        msg = f"flight.heading: {flight.heading!r}: the nose is towards the structure: leave it out"
        raise InputError(msg)
    directed: tuple[Mission | Uav, ...] = (mission, *mission.uavs)
    if any(
        one.direction_deg is not None or one.direction_edge_lon_lat_deg is not None
        for one in directed
    ):
        msg = "direction_deg: structures are flown along: leave it out"
        raise InputError(msg)
    for i, uav in enumerate(mission.uavs):
        if find_aircraft(uav.aircraft, mission.aircraft, field=f"uavs[{i}]").kind != "multirotor":
            msg = f"uavs[{i}].aircraft: {uav.aircraft!r}: only a multirotor flies along structures"
            raise InputError(msg)
        if uav.height_m is not None:
            msg = f"uavs[{i}].height_m: {uav.height_m:g} m: structures say how high they are flown"
            raise InputError(msg)


def looks_m(mission: Mission) -> float | None:
    """How far away the nearest surface of a structure is from its way; None without any."""
    return min((one.distance_m for one in mission.structures), default=None)


def highest_m(mission: Mission) -> float | None:
    """Height of the highest pass of all; None without structures."""
    heights = [one.lowest_m if one.highest_m is None else one.highest_m
               for one in mission.structures]  # fmt: skip
    return max(heights, default=None)


def lowest_m(mission: Mission) -> float | None:
    """Height of the lowest pass of all; None without structures."""
    return min((one.lowest_m for one in mission.structures), default=None)


def _step_m(mission: Mission, field: str, structure: Structure) -> float:
    """Height between passes: as given, or what the cameras of all UAVs see one above the other."""
    if structure.step_m is not None:
        return structure.step_m
    flight, steps = mission.flight, []
    for i, uav in enumerate(mission.uavs):
        if uav.camera is None:
            continue
        camera = find_camera(uav.camera, mission.cameras, field=f"uavs[{i}].camera")
        # it moves along the long side of the picture, unless that stands upright
        photo = photo_geometry(
            camera,
            height_m=structure.distance_m,
            sidelap=USUAL_SIDELAP if flight.sidelap is None else flight.sidelap,
            portrait=not flight.portrait,
        )
        steps.append(photo.scan_distance_m)
    if not steps:
        msg = f"{field}.step_m: none is given, and no camera from which it could follow: give one"
        raise InputError(msg)
    return min(steps)


def heights_m(mission: Mission, field: str, structure: Structure) -> tuple[float, ...]:
    """Heights of the passes of a structure, from the lowest up, evenly spaced.

    Raises
    ------
    InputError
    """
    low, high = structure.lowest_m, structure.highest_m
    if high is None or high == low:
        return (low,)
    if high < low:
        msg = f"{field}.highest_m: {high:g} m is below lowest_m ({low:g} m)"
        raise InputError(msg)
    if high > mission.flight.max_height_m:
        limit_m = mission.flight.max_height_m
        msg = f"{field}.highest_m: {high:g} m is above flight.max_height_m ({limit_m:g} m)"
        raise InputError(msg)
    count = 1 + math.ceil((high - low) / _step_m(mission, field, structure) - 1e-6)
    return tuple(round(float(height), 4) for height in np.linspace(low, high, count))


def walls_of(mission: Mission, frame: LocalFrame) -> tuple[Wall, ...]:
    """Give the structures in metres.

    Raises
    ------
    InputError, GeometryError
    """
    walls = []
    for i, structure in enumerate(mission.structures):
        field = f"structures[{i}]"
        core = shapely.get_coordinates(structure_core(field, structure, frame))
        way = structure_way(field, structure, frame)
        walls.append(
            Wall(
                core_m=tuple((float(x), float(y)) for x, y in core),
                round_m=structure.radius_m,
                way_m=tuple((float(x), float(y)) for x, y in way),
                heights_m=heights_m(mission, field, structure),
                distance_m=structure.distance_m,
            )
        )
    return tuple(walls)
