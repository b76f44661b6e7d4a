"""What photos are held against: a plan, or an area alone."""

import math
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.after.planned import PlannedPhotos, planned_photos
from mcpp.check.ground import ground_of
from mcpp.errors import InputError
from mcpp.flight.terrain import mission_terrain, read_terrain
from mcpp.ground.footprints import HeightGrid, Lens, height_grid
from mcpp.ground.frame import LocalFrame
from mcpp.model import Camera, FloatArray, Mission, Plan
from mcpp.problem.camera import find_camera, mounted_lens
from mcpp.problem.localize import frame_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says beside the files; None is not said.

    Attributes
    ----------
    least_views
        Photos that are to see each point.
    height_m
        Above ground, for photos that tell none.
    ground_m
        Height above the sea of the place of take-off, for photos that tell only their own.
    camera
        Name, where neither plan nor photos tell the lens.
    """

    least_views: int | None = None
    height_m: float | None = None
    ground_m: float | None = None
    camera: str | None = None

    def __post_init__(self) -> None:
        limits = (
            ("views", self.least_views, 1, 1000),
            ("height", self.height_m, 1.0, 5000.0),
            ("ground", self.ground_m, -500.0, 9000.0),
        )
        for name, value, low, high in limits:
            if value is not None and not (math.isfinite(value) and low <= value <= high):
                msg = f"{name}: {value:g} is outside {low:g}..{high:g}"
                raise InputError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """Ground and promise.

    Attributes
    ----------
    target
        What is to be covered, in metres.
    planned
        Photos of the plan; None without a plan.
    camera
        That of `Wishes`.
    ground
        Heights of the ground above the terrain model's zero; None is flat ground at 0.
    launch_m
        Shape (UAVs,): ground at each launch point on the same zero.
    """

    mission: Mission
    frame: LocalFrame
    target: BaseGeometry
    plan: Plan | None
    planned: PlannedPhotos | None
    wishes: Wishes
    camera: Camera | None
    ground: HeightGrid | None
    launch_m: FloatArray = field(default_factory=lambda: np.zeros(0))

    def spacing_m(self, uav: int) -> float:
        """Line spacing of a UAV of the plan; 0 without a plan."""
        return self.plan.problem.vehicles[uav].spacing_m if self.plan else 0.0

    def off_nadir_deg(self, uav: int) -> float:
        """How far from straight down the plan points the camera of a UAV; 0 without a plan."""
        return 90.0 + self.plan.problem.vehicles[uav].gimbal_pitch_deg if self.plan else 0.0

    def lens_of(self, uav: int) -> Lens | None:
        """Lens of a UAV of the plan as it is mounted; None where it has no camera."""
        name = self.mission.uavs[uav].camera
        if name is None:
            return None
        own = find_camera(name, self.mission.cameras, field=f"uavs[{uav}].camera")
        return mounted_lens(own, portrait=self.mission.flight.portrait)

    def ground_at_m(self, xy_m: FloatArray) -> FloatArray:
        """Height of the ground at some places, shape (n,)."""
        return np.zeros(len(xy_m)) if self.ground is None else self.ground.at_m(xy_m)


def setting_of(source: Plan | Mission, wishes: Wishes) -> Setting:
    """Make the setting of a plan or of an area.

    Raises
    ------
    InputError
        For a camera that nobody knows, or a terrain file that can not be read.
    """
    plan = source if isinstance(source, Plan) else None
    mission = source.mission if isinstance(source, Plan) else source
    if mission.structures:
        msg = "structures: photos of them see no ground that could be held against a plan"
        raise InputError(msg)
    frame = LocalFrame(plan.origin_lon_lat_deg) if plan else frame_of(mission)
    target = ground_of(mission, frame.origin_lon_lat_deg).target
    if target.is_empty:
        msg = "area: nothing of it is left outside the no-fly zones"
        raise InputError(msg)
    camera = None
    if wishes.camera is not None:
        camera = find_camera(wishes.camera, mission.cameras, field="--camera")
    if plan is not None:
        terrain = mission_terrain(mission, frame, plan.problem)
    else:
        west, south, east, north = target.bounds
        corners = np.array([[west, south], [west, north], [east, south], [east, north]])
        terrain = read_terrain(mission, frame, corners)
    launch = np.zeros(len(mission.uavs))
    if terrain is not None and plan is not None:
        for sortie in plan.sorties:
            launch[sortie.uav] = float(terrain.ground_m(sortie.xyz_m[:1, :2])[0])
    return Setting(
        mission=mission,
        frame=frame,
        target=target,
        plan=plan,
        planned=planned_photos(plan) if plan else None,
        wishes=wishes,
        camera=camera,
        ground=None if terrain is None else height_grid(target.bounds, terrain.ground_m),
        launch_m=launch,
    )
