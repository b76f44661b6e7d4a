"""Cameras: what a photo covers, how far apart lines and photos lie, how fast one may fly.

The formulas are those of QGroundControl (src/MissionManager/CameraCalc.cc) and, for motion blur, of
Mission Planner (Grid/GridUI.cs): half a pixel during the exposure.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mcpp.errors import InputError, did_you_mean
from mcpp.ground.footprints import Lens, lens
from mcpp.limits import check_limits
from mcpp.model import Camera
from mcpp.resources import asset

BLUR_PX = 0.5
PITCH_UM = (0.7, 40.0)
PITCH_MISMATCH = 0.06
FIELD_OF_VIEW_DEG = (5.0, 130.0)
_MOST_NAMED = 6


def mounted_lens(camera: Camera, *, portrait: bool) -> Lens:
    """Give the lens of a camera as it is mounted; `portrait` as `lens` takes it."""
    sensor_mm = (camera.sensor_width_mm, camera.sensor_height_mm)
    return lens(*sensor_mm, camera.focal_mm, portrait=portrait)


def check_camera(camera: Camera, field: str) -> None:
    """Refuse a camera whose figures can not be true together.

    The pixel pitch must be 0.7 to 40 micrometres and agree in x and y within 6 %, the horizontal
    field of view 5 to 130 degrees.

    Raises
    ------
    InputError
    """
    check_limits(camera, field)
    pitch_x = 1000 * camera.sensor_width_mm / camera.image_width_px
    pitch_y = 1000 * camera.sensor_height_mm / camera.image_height_px
    low, high = PITCH_UM
    if not (low <= pitch_x <= high and low <= pitch_y <= high):
        msg = (
            f"{field}: {camera.name!r}: pixel pitch {pitch_x:.2f} x {pitch_y:.2f} um is outside "
            f"{low:g}..{high:g} um: is the sensor in mm and the image in pixels?"
        )
        raise InputError(msg)
    if abs(pitch_x / pitch_y - 1) > PITCH_MISMATCH:
        msg = (
            f"{field}: {camera.name!r}: pixel pitch {pitch_x:.2f} um across and {pitch_y:.2f} um "
            f"along differ by more than {PITCH_MISMATCH:.0%}: check sensor and image size"
        )
        raise InputError(msg)
    view = math.degrees(2 * math.atan(camera.sensor_width_mm / (2 * camera.focal_mm)))
    low, high = FIELD_OF_VIEW_DEG
    if not low <= view <= high:
        msg = (
            f"{field}: {camera.name!r}: field of view {view:.0f} deg is outside {low:g}..{high:g} "
            "deg: give the true focal length, not its 35 mm equivalent"
        )
        raise InputError(msg)


@cache
def built_in_cameras() -> tuple[Camera, ...]:
    """All cameras that mcpp ships, each checked, in the order of the file."""
    entries = json.loads(asset("cameras.json").read_text(encoding="utf-8"))["cameras"]
    cameras = tuple(Camera(**entry) for entry in entries)
    for i, camera in enumerate(cameras):
        check_camera(camera, f"cameras.json: cameras[{i}]")
    return cameras


def find_camera(name: str, own: Iterable[Camera] = (), *, field: str = "camera") -> Camera:
    """Look a camera up by name, the user's own first; upper and lower case are the same.

    A name may be cut short where only one camera begins with it.

    Raises
    ------
    InputError
        When there is none, with the names that may be meant; when several begin with it, with all
        of them; or when an own one fails `check_camera`.
    """
    by_name: dict[str, Camera] = {camera.name.casefold(): camera for camera in built_in_cameras()}
    for i, camera in enumerate(own):
        check_camera(camera, f"cameras[{i}]")
        by_name[camera.name.casefold()] = camera
    found = by_name.get(name.casefold())
    if found is not None:
        return found
    begun = [camera.name for key, camera in by_name.items() if key.startswith(name.casefold())]
    if len(begun) == 1 and name.strip():
        return by_name[begun[0].casefold()]
    if begun:
        shown = ", ".join(repr(one) for one in begun[:_MOST_NAMED])
        more = f" and {len(begun) - _MOST_NAMED} more" if len(begun) > _MOST_NAMED else ""
        msg = f"{field}: {name!r} may be {shown}{more}: give the whole name"
        raise InputError(msg)
    hint = did_you_mean(name, (camera.name for camera in by_name.values())) or "see 'mcpp cameras'"
    msg = f"{field}: there is no camera {name!r}: {hint}"
    raise InputError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoGeometry:
    """What follows from a camera, a height and two overlaps.

    Attributes
    ----------
    across_m, along_m
        Ground that one photo covers, across and along the flight.
    blur_speed_m_s
        Fastest speed with at most half a pixel of motion blur.
    interval_speed_m_s
        Fastest speed at which the camera keeps up, infinite where its interval is not known.
    """

    height_m: float
    gsd_m: float
    across_m: float
    along_m: float
    scan_distance_m: float
    sidelap: float
    trigger_distance_m: float
    frontlap: float
    blur_speed_m_s: float
    interval_speed_m_s: float

    @property
    def highest_speed_m_s(self) -> float:
        """The slower of the two limits."""
        return min(self.blur_speed_m_s, self.interval_speed_m_s)


def height_for_gsd_m(camera: Camera, gsd_m: float) -> float:
    """Height at which a pixel covers `gsd_m` of ground."""
    return gsd_m * camera.focal_mm * camera.image_width_px / camera.sensor_width_mm


def _overlap(field: str, given: float) -> float:
    if not 0 <= given <= 0.95:
        msg = f"{field}: {given:g} is outside 0..0.95 (a part, not percent)"
        raise InputError(msg)
    return given


def photo_geometry(
    camera: Camera,
    *,
    height_m: float | None = None,
    gsd_m: float | None = None,
    sidelap: float | None = None,
    scan_distance_m: float | None = None,
    frontlap: float = 0.75,
    portrait: bool = False,
) -> PhotoGeometry:
    """Work out all figures of a photo survey.

    Parameters
    ----------
    height_m, gsd_m
        One of them.
    sidelap, scan_distance_m
        One of them: overlap of neighbouring lines, 0 to 1, or their distance.
    portrait
        Whether the long side of the image lies along the flight.

    Raises
    ------
    InputError
        When neither or both of a pair are given, or a value is out of range.
    """
    if (height_m is None) == (gsd_m is None):
        msg = "height_m, gsd_m: give one of them"
        raise InputError(msg)
    if (sidelap is None) == (scan_distance_m is None):
        msg = "sidelap, scan_distance_m: give one of them"
        raise InputError(msg)
    if gsd_m is not None:
        height_m = height_for_gsd_m(camera, gsd_m)
    if height_m is None or not (math.isfinite(height_m) and height_m > 0):
        msg = f"height_m, gsd_m: {height_m if gsd_m is None else gsd_m:g}: give more than 0"
        raise InputError(msg)
    gsd_m = height_m / height_for_gsd_m(camera, 1.0)
    across_m, along_m = camera.image_width_px * gsd_m, camera.image_height_px * gsd_m
    if portrait:
        across_m, along_m = along_m, across_m
    if scan_distance_m is None:
        sidelap = _overlap("flight.sidelap", 0.0 if sidelap is None else sidelap)
        scan_distance_m = across_m * (1 - sidelap)
    trigger_distance_m = along_m * (1 - _overlap("flight.frontlap", frontlap))
    interval_s = camera.min_interval_s
    return PhotoGeometry(
        height_m=height_m,
        gsd_m=gsd_m,
        across_m=across_m,
        along_m=along_m,
        scan_distance_m=scan_distance_m,
        sidelap=1 - scan_distance_m / across_m,
        trigger_distance_m=trigger_distance_m,
        frontlap=frontlap,
        blur_speed_m_s=BLUR_PX * gsd_m / camera.shutter_s,
        interval_speed_m_s=trigger_distance_m / interval_s if interval_s else math.inf,
    )
