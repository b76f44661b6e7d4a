"""Footprints that photos of the plan have."""

import math

import numpy as np

from mcpp.after.setting import Setting
from mcpp.ground.footprints import footprints_m, gimbal_axes
from mcpp.model import FloatArray


def uav_footprints(
    setting: Setting, uav: int, xyz_m: FloatArray, heading_deg: FloatArray
) -> FloatArray:
    """Footprints of photos that a UAV of the plan takes, shape (n, 4, 2).

    Parameters
    ----------
    xyz_m
        Shape (n, 3): height above the launch point.
    heading_deg
        Shape (n,).

    Returns
    -------
    Not a number where the UAV has no camera.
    """
    own = setting.lens_of(uav)
    if setting.plan is None or own is None:
        return np.full((len(xyz_m), 4, 2), math.nan)
    axes = gimbal_axes(heading_deg, setting.plan.problem.vehicles[uav].gimbal_pitch_deg)
    height = xyz_m[:, 2] + setting.launch_m[uav]
    return footprints_m(xyz_m[:, :2], height, axes, own, ground=setting.ground)


def planned_footprints(setting: Setting) -> FloatArray:
    """Footprints of all photos of the plan, shape (n, 4, 2)."""
    planned = setting.planned
    if planned is None:
        return np.empty((0, 4, 2))
    found = np.full((len(planned.xyz_m), 4, 2), math.nan)
    for index in np.unique(planned.uav).tolist():
        mine = planned.uav == index
        found[mine] = uav_footprints(setting, index, planned.xyz_m[mine], planned.heading_deg[mine])
    return found
