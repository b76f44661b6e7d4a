"""Where a plan takes its photos, and the ground that each of them covers."""

from dataclasses import dataclass

import numpy as np

from mcpp.flight.terrain import Terrain, mission_terrain
from mcpp.ground.footprints import HeightGrid, Lens, footprints_m, gimbal_axes, height_grid
from mcpp.ground.frame import LocalFrame
from mcpp.ground.photo_places import photo_places
from mcpp.model import FloatArray, IntArray, LegKind, Plan, Sortie, Vehicle
from mcpp.problem.camera import find_camera, mounted_lens


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Photos:
    """All photos of a plan, in the order of its sorties.

    Attributes
    ----------
    uav, leg
        Shape (n,): index of the UAV; number of the leg among all legs of all sorties.
    xy_m
        Shape (n, 2).
    above_m
        Shape (n,): height above the ground below.
    footprints_m
        Shape (n, 4, 2); not a number for a photo that sees no ground.
    """

    uav: IntArray
    leg: IntArray
    xy_m: FloatArray
    above_m: FloatArray
    footprints_m: FloatArray


def lens_of(plan: Plan, uav: int) -> Lens | None:
    """Give the lens of a UAV as it is mounted; None where it takes no photos."""
    vehicle = plan.problem.vehicles[uav]
    if vehicle.camera is None or vehicle.trigger == "none" or not vehicle.trigger_distance_m:
        return None
    camera = find_camera(vehicle.camera, plan.mission.cameras)
    return mounted_lens(camera, portrait=plan.mission.flight.portrait)


def places_of(sortie: Sortie, vehicle: Vehicle) -> list[tuple[int, float]]:
    """List the photos of a sortie: leg, and part of it, 0 to 1; none where it takes none."""
    step_m = vehicle.trigger_distance_m
    if vehicle.trigger == "none" or not step_m:
        return []
    length_m = np.hypot(*np.diff(sortie.xyz_m[:, :2], axis=0).T)
    survey = sortie.kind == LegKind.SURVEY
    return list(photo_places(length_m, survey, step_m, hovers=vehicle.trigger == "hover"))


def photos_of(plan: Plan) -> Photos:
    """List the photos of a plan.

    They are taken at the `photo_places` of each sortie. Of a plan past structures there are none:
    they see no ground.

    Raises
    ------
    InputError
        When the mission's terrain file can not be read.
    """
    terrain = mission_terrain(plan.mission, LocalFrame(plan.origin_lon_lat_deg), plan.problem)
    grid = None if terrain is None else height_grid(plan.problem.target.bounds, terrain.ground_m)
    parts: list[tuple[np.ndarray, ...]] = []
    legs_before = 0
    for sortie in plan.sorties:
        camera = lens_of(plan, sortie.uav)
        if camera is not None and not plan.problem.walls:
            parts.append(_of_sortie(plan, sortie, legs_before, camera, terrain, grid))
        legs_before += len(sortie.kind)
    empty = (np.zeros(0), np.zeros(0), np.zeros((0, 2)), np.zeros(0), np.zeros((0, 4, 2)))
    columns = zip(empty, *parts, strict=True)
    uav, leg, xy, above, quads = (np.concatenate(column) for column in columns)
    return Photos(
        uav=uav.astype(np.int32),
        leg=leg.astype(np.int32),
        xy_m=xy,
        above_m=above,
        footprints_m=quads,
    )


def _of_sortie(
    plan: Plan,
    sortie: Sortie,
    legs_before: int,
    camera: Lens,
    terrain: Terrain | None,
    grid: HeightGrid | None,
) -> tuple[np.ndarray, ...]:
    vehicle = plan.problem.vehicles[sortie.uav]
    places = places_of(sortie, vehicle)
    leg = np.array([k for k, _ in places], dtype=np.int32)
    part = np.array([p for _, p in places], dtype=np.float64)
    steps = np.diff(sortie.xyz_m, axis=0)
    xyz = sortie.xyz_m[leg] + part[:, None] * steps[leg]
    course = np.degrees(np.arctan2(steps[leg, 0], steps[leg, 1]))
    heading = np.full(len(leg), vehicle.heading_deg) if vehicle.heading == "fixed" else course
    axes = gimbal_axes(heading, np.full(len(leg), vehicle.gimbal_pitch_deg))
    height, above = xyz[:, 2], xyz[:, 2]
    if terrain is not None and len(leg):
        height = height + float(terrain.ground_m(sortie.xyz_m[:1, :2])[0])
        above = height - terrain.ground_m(xyz[:, :2])
    quads = footprints_m(xyz[:, :2], height, axes, camera, ground=grid)
    uav = np.full(len(leg), sortie.uav)
    return uav, leg + legs_before, xyz[:, :2], above, quads
