"""Photos as they were taken: where, how high, which way, through which lens."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.spatial import KDTree

from mcpp.after.gather import Gathered
from mcpp.after.setting import Setting
from mcpp.after.shots import Shot
from mcpp.errors import InputError
from mcpp.ground.footprints import Lens, footprints_m, gimbal_axes
from mcpp.model import BoolArray, Camera, FloatArray, IntArray
from mcpp.problem.camera import find_camera, mounted_lens

HALF_DIAGONAL_MM = math.hypot(36.0, 24.0) / 2
LENS_TOLERANCE = 0.07
"""The equivalent focal length is told in whole millimetres, and makers round it."""
FOCAL_TOLERANCE = 0.03
_SPEED_SPAN_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Taken:
    """Photos in metres; all arrays are of shape (n, ...).

    Attributes
    ----------
    uav
        Index into the UAVs, or groups.
    z_m
        Height on the zero of the setting's ground: above launch where it is flat.
    height_m
        Above the ground below.
    off_nadir_deg
        How far the camera looks away from straight down.
    nearest
        Index of the nearest planned photo of the same UAV; -1 without a plan.
    height_told, pitch_told
        Whether the photo or a log told it; else the plan's was taken.
    other_lens
        Whether the photo tells a focal length that is not the plan's camera's.
    gsd_m, speed_m_s, exposure_s
        Not a number where unknown.
    footprints
        Shape (n, 4, 2).
    """

    shots: tuple[Shot, ...]
    uav: IntArray
    xy_m: FloatArray
    z_m: FloatArray
    height_m: FloatArray
    heading_deg: FloatArray
    off_nadir_deg: FloatArray
    nearest: IntArray
    height_told: BoolArray
    pitch_told: BoolArray
    other_lens: BoolArray
    gsd_m: FloatArray
    speed_m_s: FloatArray
    exposure_s: FloatArray
    across_m: FloatArray
    along_m: FloatArray
    footprints: FloatArray


def _told(shots: tuple[Shot, ...], name: str) -> FloatArray:
    return np.array(
        [math.nan if (v := getattr(s, name)) is None else v for s in shots], dtype=np.float64
    )


def nearest_planned(setting: Setting, xy_m: FloatArray, uav: IntArray) -> IntArray:
    """Index of the nearest planned photo of the same UAV, -1 where it has none; shape (n,)."""
    found = np.full(len(xy_m), -1, dtype=np.int32)
    if setting.planned is None:
        return found
    for index in np.unique(uav):
        own = np.flatnonzero(setting.planned.uav == index)
        mine = np.flatnonzero(uav == index)
        if len(own):
            _, near = KDTree(setting.planned.xyz_m[own, :2]).query(xy_m[mine])
            found[mine] = own[near]
    return found


def _heights(
    setting: Setting, shots: tuple[Shot, ...], xy_m: FloatArray, uav: IntArray, near: IntArray
) -> tuple[FloatArray, BoolArray]:
    """Height of each photo on the ground's zero, and whether it was told; NaN where unknown."""
    above, altitude = _told(shots, "above_launch_m"), _told(shots, "altitude_m")
    ground = setting.ground_at_m(xy_m)
    if setting.plan is not None:
        z = above + setting.launch_m[uav]
    else:
        z = above if setting.ground is None else np.full(len(xy_m), math.nan)
    if setting.ground is not None:
        z = np.where(np.isnan(z), altitude, z)
    elif setting.wishes.ground_m is not None:
        z = np.where(np.isnan(z), altitude - setting.wishes.ground_m, z)
    told = np.isfinite(z)
    if setting.wishes.height_m is not None:
        z = np.where(told, z, ground + setting.wishes.height_m)
    if setting.planned is not None and len(setting.planned.xyz_m):
        planned = setting.planned.xyz_m[near, 2] + setting.launch_m[uav]
        z = np.where(np.isnan(z) & (near >= 0), planned, z)
    return z, told


def _courses_deg(shots: tuple[Shot, ...], xy_m: FloatArray) -> FloatArray:
    """Course over ground at each photo, from its neighbours in time within its group."""
    course = np.full(len(xy_m), math.nan)
    for own in _in_time(shots):
        if len(own) < 2:
            continue
        way = np.diff(xy_m[own], axis=0)
        before = np.vstack([way[:1], way])
        after = np.vstack([way, way[-1:]])
        # at the ends of a line one neighbour lies on the next line: the nearer one counts
        near = np.hypot(*before.T) <= np.hypot(*after.T)
        east, north = np.where(near[:, None], before, after).T
        course[own] = np.degrees(np.arctan2(east, north)) % 360.0
    return course


def _in_time(shots: tuple[Shot, ...]) -> list[IntArray]:
    """Photos of each group in order of time; without stamps in the order read."""
    groups: dict[str, list[int]] = {}
    for i, shot in enumerate(shots):
        groups.setdefault(shot.group, []).append(i)
    return [
        np.array(sorted(own, key=lambda i: (shots[i].stamp_s or 0.0, i)), dtype=np.int32)
        for own in groups.values()
    ]


def _headings(
    setting: Setting, shots: tuple[Shot, ...], xy_m: FloatArray, near: IntArray
) -> FloatArray:
    heading = _told(shots, "yaw_deg")
    body = np.array([math.nan if s.body_deg is None else s.body_deg[2] for s in shots])
    heading = np.where(np.isnan(heading), body, heading)
    if setting.planned is not None and len(setting.planned.heading_deg):
        planned = np.where(near >= 0, setting.planned.heading_deg[near], math.nan)
        heading = np.where(np.isnan(heading), planned, heading)
    heading = np.where(np.isnan(heading), _courses_deg(shots, xy_m), heading)
    return np.where(np.isnan(heading), 0.0, heading)


def _cameras(setting: Setting, uav: IntArray) -> list[Camera | None]:
    known: dict[int, Camera | None] = {}
    for index in np.unique(uav).tolist():
        name = setting.mission.uavs[index].camera if setting.plan is not None else None
        own = None if name is None else find_camera(name, setting.mission.cameras)
        known[index] = setting.camera or own
    return [known[index] for index in uav.tolist()]


def _told_lens(shot: Shot, base: Lens | None, camera: Camera | None) -> tuple[Lens, bool] | None:
    """Lens of a photo, and whether it is another one than the plan's."""
    width, height = float(shot.width_px or 4), float(shot.height_px or 3)
    diagonal = math.hypot(width, height)
    half = HALF_DIAGONAL_MM / shot.focal_35_mm if shot.focal_35_mm else None
    if base is None:
        return (
            None
            if half is None
            else (Lens(half * width / diagonal, half * height / diagonal), False)
        )
    if camera is not None and shot.focal_mm:
        part = camera.focal_mm / shot.focal_mm
        if abs(part - 1) <= FOCAL_TOLERANCE:
            return base, False
        if half is None:
            return Lens(base.right * part, base.up * part), True
    if half is not None:
        part = half / math.hypot(base.right, base.up)
        if abs(part - 1) > LENS_TOLERANCE:
            return Lens(base.right * part, base.up * part), True
    return base, False


def _lenses(
    setting: Setting, shots: tuple[Shot, ...], cameras: list[Camera | None]
) -> tuple[list[Lens | None], BoolArray]:
    portrait = setting.mission.flight.portrait

    @cache
    def base_of(camera: Camera | None) -> Lens | None:
        if camera is None:
            return None
        return mounted_lens(camera, portrait=portrait)

    found = [_told_lens(s, base_of(one), one) for s, one in zip(shots, cameras, strict=True)]
    other = np.array([one is not None and one[1] for one in found], dtype=np.bool_)
    return [None if one is None else one[0] for one in found], other


def _speeds(shots: tuple[Shot, ...], xy_m: FloatArray) -> FloatArray:
    """Speed over ground: told, or from places and times a few seconds around."""
    speed = _told(shots, "speed_m_s")
    stamp = _told(shots, "stamp_s")
    for own in _in_time(shots):
        times = stamp[own]
        if not np.isfinite(times).all() or len(own) < 3:
            continue
        way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy_m[own], axis=0).T))])
        first = np.searchsorted(times, times - _SPEED_SPAN_S)
        last = np.searchsorted(times, times + _SPEED_SPAN_S, side="right") - 1
        span = times[last] - times[first]
        steady = span >= _SPEED_SPAN_S / 2
        reckoned = np.where(
            steady, (way[last] - way[first]) / np.where(steady, span, 1.0), math.nan
        )
        speed[own] = np.where(np.isnan(speed[own]), reckoned, speed[own])
    return speed


def _gsd_m(
    shots: tuple[Shot, ...],
    lenses: list[Lens | None],
    cameras: list[Camera | None],
    height: FloatArray,
) -> FloatArray:
    """Ground that a pixel covers straight below, from diagonals: whichever way it is mounted."""
    gsd = np.full(len(shots), math.nan)
    for i, (shot, own, camera) in enumerate(zip(shots, lenses, cameras, strict=True)):
        wide, high = shot.width_px, shot.height_px
        if camera is not None and (wide is None or high is None):
            wide, high = camera.image_width_px, camera.image_height_px
        if own is not None and wide and high:
            gsd[i] = 2 * height[i] * math.hypot(own.right, own.up) / math.hypot(wide, high)
    return gsd


def taken_photos(setting: Setting, gathered: Gathered) -> tuple[Taken, int, int]:
    """Place all photos.

    Returns
    -------
    The photos; how many tell no height and have none from elsewhere; how many tell no lens.

    Raises
    ------
    InputError
        When none is left, saying what to give.
    """
    shots, uav = gathered.shots, gathered.uav
    if not shots:
        msg = "no photo tells where it was taken: give the flight log too, or a table of positions"
        raise InputError(msg)
    xy_m = setting.frame.to_m(np.array([s.lon_lat_deg for s in shots]))
    near = nearest_planned(setting, xy_m, uav)
    z, told = _heights(setting, shots, xy_m, uav, near)
    cameras = _cameras(setting, uav)
    lenses, other = _lenses(setting, shots, cameras)
    no_lens = np.array([one is None for one in lenses])
    keep = np.flatnonzero(np.isfinite(z) & ~no_lens)
    if not len(keep):
        wants = "--height, or --terrain" if not np.isfinite(z).any() else "--camera"
        what = "height above ground" if not np.isfinite(z).any() else "lens"
        msg = f"none of {len(shots)} photos tells its {what}: give {wants}"
        raise InputError(msg)
    no_height = int(np.isnan(z).sum())
    shots = tuple(shots[i] for i in keep)
    lenses = [lenses[i] for i in keep]
    uav, xy_m, near, z, told = uav[keep], xy_m[keep], near[keep], z[keep], told[keep]
    heading = _headings(setting, shots, xy_m, near)
    pitch, roll = _told(shots, "pitch_deg"), np.nan_to_num(_told(shots, "roll_deg"))
    wanted = _wanted_pitch(setting, uav)
    pitch_told = np.isfinite(pitch)
    axes = gimbal_axes(heading, np.where(pitch_told, pitch, wanted), roll)
    height = z - setting.ground_at_m(xy_m)
    across, along = _extents(lenses, height)
    return (
        Taken(
            shots=shots,
            uav=uav,
            xy_m=xy_m,
            z_m=z,
            height_m=height,
            heading_deg=heading,
            off_nadir_deg=np.degrees(np.arccos(np.clip(-axes[:, 2, 2], -1.0, 1.0))),
            nearest=near,
            height_told=told,
            pitch_told=pitch_told,
            other_lens=other[keep],
            gsd_m=_gsd_m(shots, lenses, [cameras[i] for i in keep], height),
            speed_m_s=_speeds(shots, xy_m),
            exposure_s=_told(shots, "exposure_s"),
            across_m=across,
            along_m=along,
            footprints=_footprints(setting, lenses, xy_m, z, axes),
        ),
        no_height,
        int(no_lens.sum()),
    )


def _wanted_pitch(setting: Setting, uav: IntArray) -> FloatArray:
    if setting.plan is None:
        return np.full(len(uav), -90.0)
    pitches = np.array([vehicle.gimbal_pitch_deg for vehicle in setting.plan.problem.vehicles])
    return np.asarray(pitches[uav])


def _extents(lenses: list[Lens | None], height: FloatArray) -> tuple[FloatArray, FloatArray]:
    right = np.array([0.0 if one is None else one.right for one in lenses])
    up = np.array([0.0 if one is None else one.up for one in lenses])
    return 2 * right * height, 2 * up * height


def _footprints(
    setting: Setting, lenses: list[Lens | None], xy_m: FloatArray, z: FloatArray, axes: FloatArray
) -> FloatArray:
    found = np.full((len(xy_m), 4, 2), math.nan)
    for own in {one for one in lenses if one is not None}:
        mine = np.array([i for i, one in enumerate(lenses) if one == own])
        found[mine] = footprints_m(xy_m[mine], z[mine], axes[mine], own, ground=setting.ground)
    return found
