"""Where a plan takes its photos, and the ground that each of them covers."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mcpp.flight.terrain import Terrain, mission_terrain
from mcpp.ground.footprints import HeightGrid, Lens, footprints_m, gimbal_axes, lens
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, IntArray, LegKind, Plan, Sortie, Vehicle
from mcpp.problem.camera import find_camera

GRID_STEP_M = 10.0
_MOST_NODES = 4_000_000


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
    return lens(
        camera.sensor_width_mm,
        camera.sensor_height_mm,
        camera.focal_mm,
        portrait=plan.mission.flight.portrait,
    )


def photos_of(plan: Plan) -> Photos:
    """List the photos of a plan.

    Of a plan past structures there are none: they see no ground.
    A trigger by distance takes one where a run of survey legs begins, and on by its distance over
    ground, round corners too; a hovering UAV takes one at each end of each leg.

    Raises
    ------
    InputError
        When the mission's terrain file can not be read.
    """
    terrain = mission_terrain(plan.mission, LocalFrame(plan.origin_lon_lat_deg), plan.problem)
    grid = None if terrain is None else _grid(plan, terrain)
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


def _grid(plan: Plan, terrain: Terrain) -> HeightGrid:
    west, south, east, north = plan.problem.target.bounds
    step = max(GRID_STEP_M, math.sqrt((east - west) * (north - south) / _MOST_NODES))
    x = np.minimum(np.arange(west, east + step, step), east)
    y = np.minimum(np.arange(south, north + step, step), north)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    heights = terrain.ground_m(places).reshape(len(y), len(x))
    return HeightGrid(west_m=west, south_m=south, step_m=step, height_m=heights)


def _of_sortie(
    plan: Plan,
    sortie: Sortie,
    legs_before: int,
    camera: Lens,
    terrain: Terrain | None,
    grid: HeightGrid | None,
) -> tuple[np.ndarray, ...]:
    vehicle = plan.problem.vehicles[sortie.uav]
    places = list(_places(sortie, vehicle))
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


def _places(sortie: Sortie, vehicle: Vehicle) -> Iterator[tuple[int, float]]:
    """Yield leg and part of it, 0 to 1, of each photo."""
    step_m = vehicle.trigger_distance_m or math.inf
    length = np.hypot(*np.diff(sortie.xyz_m[:, :2], axis=0).T)
    due_m = 0.0  # way on this leg to the next photo
    surveys = False
    for leg, kind in enumerate(sortie.kind):
        if kind != LegKind.SURVEY or length[leg] < 1e-9:
            surveys = surveys and kind == LegKind.SURVEY
            continue
        if not surveys:
            due_m, surveys = 0.0, True
        if vehicle.trigger == "hover":
            count = max(1, math.ceil(length[leg] / step_m - 1e-6))
            yield from ((leg, k / count) for k in range(0 if due_m == 0 else 1, count + 1))
            due_m = math.inf
            continue
        while due_m <= length[leg] + 1e-6:
            yield leg, min(due_m / float(length[leg]), 1.0)
            due_m += step_m
        due_m -= float(length[leg])
