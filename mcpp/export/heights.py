"""Heights above the ground instead of above home, for vehicles that have terrain data themselves.

MAV_FRAME_GLOBAL_TERRAIN_ALT: between two waypoints such a vehicle keeps to its own ground, and a
launch point that is a little off shifts nothing. ArduPilot alone takes it, and only where it holds
terrain data; PX4 refuses the frame, and gets heights above home that mcpp computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.flight.terrain import Terrain, read_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, Plan, Sortie

SAMPLES = 8
"""Places of a sortie at which the vehicle's terrain data is held against the plan's."""


@dataclass(frozen=True, slots=True)
class GroundHeights:
    """The ground under one sortie.

    Attributes
    ----------
    launch_m
        Height of the ground at the launch point, as the terrain model counts it.
    """

    terrain: Terrain
    launch_m: float

    def above_ground_m(self, xyz_m: Sequence[float]) -> float:
        """Turn a height above the launch point into one above the ground below."""
        return float(xyz_m[2]) + self.launch_m - self._at(xyz_m)

    def above_launch_m(self, xy_m: FloatArray) -> FloatArray:
        """Height of the ground at some places, shape (n, 2), above the launch point."""
        return np.asarray(self.terrain.ground_m(xy_m) - self.launch_m)

    def _at(self, xyz_m: Sequence[float]) -> float:
        return float(self.terrain.ground_m(np.array([xyz_m[:2]], dtype=np.float64))[0])


def ground_heights(plan: Plan, sortie: Sortie) -> GroundHeights | None:
    """Read the ground under a sortie whose mission asks for heights above it; else None.

    Raises
    ------
    InputError
        When the terrain model can not be read.
    """
    if plan.mission.flight.height_frame != "terrain":
        return None
    launch = sortie.home_m.reshape(1, 2)
    places = np.vstack([sortie.xyz_m[:, :2], launch])
    terrain = read_terrain(plan.mission, LocalFrame(plan.origin_lon_lat_deg), places)
    if terrain is None:
        return None
    return GroundHeights(terrain, float(terrain.ground_m(launch)[0]))


def terrain_samples(plan: Plan, sortie: Sortie) -> tuple[tuple[float, float, float], ...]:
    """Longitude, latitude, and height of the ground above the launch point at some waypoints.

    Empty where the mission asks for no heights above the ground.
    """
    heights = ground_heights(plan, sortie)
    if heights is None:
        return ()
    count = min(SAMPLES, len(sortie.xyz_m))
    rows = np.unique(np.linspace(0, len(sortie.xyz_m) - 1, count).round().astype(int))
    xy_m = np.vstack([sortie.home_m, sortie.xyz_m[rows, :2]])
    lon_lat = LocalFrame(plan.origin_lon_lat_deg).to_deg(xy_m)
    ground_m = heights.above_launch_m(xy_m)
    return tuple(
        (float(lon), float(lat), float(m)) for (lon, lat), m in zip(lon_lat, ground_m, strict=True)
    )
