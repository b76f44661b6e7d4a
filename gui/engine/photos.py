"""What follows from cameras: figures of photos, how many there are, what ground they show."""

from dataclasses import dataclass, replace

import numpy as np

from mcpp.errors import McppError
from mcpp.model import FloatArray, LegKind, Mission, Plan, Uav

FARTHEST_HEIGHTS = 4.0
"""A photo is shown as far as this many flight heights; a slanting camera sees to the horizon."""


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
