"""Ground that single photos cover: exact quadrilaterals from lens, attitude and height.

A camera is a pinhole: its image is a rectangle that stands off the optical axis by the half sensor
over the focal length. Where the four rays through the corners of that rectangle meet the ground lie
the corners of the footprint. Flat ground is the default; `HeightGrid` holds any other.

Axes are east, north and up; headings are degrees from north, clockwise; a pitch of -90 degrees
looks straight down.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcpp.errors import InputError
from mcpp.kernels import kernel
from mcpp.model import FloatArray

FARTHEST_OFF_NADIR_DEG = 75.0
"""Ground seen flatter than this, 3.7 heights away and more, is no part of a footprint.

A pixel there covers 58 times the ground of one straight below: 1 over the cosine to the third."""

_MARCH_CELLS = 0.5
"""Step along a ray, in cells of the height grid."""
_GRID_STEP_M = 10.0
_MOST_NODES = 4_000_000


@dataclass(frozen=True, slots=True)
class Lens:
    """Half the image over the focal length.

    Attributes
    ----------
    right, up
        Tangent of half the field of view along the image's rows and along its columns.
    """

    right: float
    up: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeightGrid:
    """Heights of the ground at the nodes of a square grid.

    Attributes
    ----------
    west_m, south_m
        Place of ``height_m[0, 0]``.
    height_m
        Shape (rows, columns), from south to north and from west to east, above any one zero. Beyond
        the grid the ground goes on level from its border.
    """

    west_m: float
    south_m: float
    step_m: float
    height_m: FloatArray

    def at_m(self, xy_m: npt.ArrayLike) -> FloatArray:
        """Height of the ground at some places of shape (n, 2), bilinear; shape (n,)."""
        points = np.ascontiguousarray(xy_m, dtype=np.float64).reshape(-1, 2)
        return np.asarray(_grid_heights(points, self.west_m, self.south_m, self.step_m,
                                        np.ascontiguousarray(self.height_m)))  # fmt: skip


def height_grid(
    bounds: tuple[float, float, float, float], ground_m: Callable[[FloatArray], FloatArray]
) -> HeightGrid:
    """Take heights over a box, every 10 m or, where it is wide, of some 4 million places.

    Parameters
    ----------
    bounds
        West, south, east, north.
    ground_m
        Gives the heights at places of shape (n, 2), shape (n,).
    """
    west, south, east, north = bounds
    step = max(_GRID_STEP_M, math.sqrt((east - west) * (north - south) / _MOST_NODES))
    x = np.minimum(np.arange(west, east + step, step), east)
    y = np.minimum(np.arange(south, north + step, step), north)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    heights = ground_m(places).reshape(len(y), len(x))
    return HeightGrid(west_m=west, south_m=south, step_m=step, height_m=heights)


def lens(
    sensor_width_mm: float, sensor_height_mm: float, focal_mm: float, *, portrait: bool = False
) -> Lens:
    """Take half tangents from a sensor and a focal length.

    Parameters
    ----------
    portrait
        Whether the camera is mounted with its long side along the flight.

    Raises
    ------
    InputError
        When one of them is not above 0.
    """
    for name, value in (
        ("sensor_width_mm", sensor_width_mm),
        ("sensor_height_mm", sensor_height_mm),
        ("focal_mm", focal_mm),
    ):
        if not (math.isfinite(value) and value > 0):
            msg = f"{name}: {value:g}: give more than 0"
            raise InputError(msg)
    half = (sensor_width_mm / (2 * focal_mm), sensor_height_mm / (2 * focal_mm))
    return Lens(*(half[::-1] if portrait else half))


def gimbal_axes(
    heading_deg: npt.ArrayLike, pitch_deg: npt.ArrayLike, roll_deg: npt.ArrayLike = 0.0
) -> FloatArray:
    """Axes of a camera on a gimbal, turned by heading, then pitch, then roll about its own sight.

    Parameters
    ----------
    heading_deg, pitch_deg, roll_deg
        Shape (n,), or one number for all. Roll is positive with the right side down.

    Returns
    -------
    Shape (n, 3, 3): for each photo the unit vectors to the image's right, to its upper side, and
    along its sight.
    """
    heading, pitch, roll = np.radians(
        np.broadcast_arrays(*(np.atleast_1d(a) for a in (heading_deg, pitch_deg, roll_deg)))
    ).astype(np.float64)
    zero = np.zeros_like(heading)
    right = np.stack([np.cos(heading), -np.sin(heading), zero], axis=1)
    up = np.stack(
        [-np.sin(pitch) * np.sin(heading), -np.sin(pitch) * np.cos(heading), np.cos(pitch)], axis=1
    )
    sight = np.stack(
        [np.cos(pitch) * np.sin(heading), np.cos(pitch) * np.cos(heading), np.sin(pitch)], axis=1
    )
    cos, sin = np.cos(roll)[:, None], np.sin(roll)[:, None]
    return np.stack([right * cos - up * sin, up * cos + right * sin, sight], axis=1)


def strapped_axes(
    yaw_deg: npt.ArrayLike, pitch_deg: npt.ArrayLike, roll_deg: npt.ArrayLike
) -> FloatArray:
    """Axes of a camera that looks down out of a body without a gimbal.

    Parameters
    ----------
    yaw_deg, pitch_deg, roll_deg
        Of the body: nose from north, nose up, right side down; shape (n,) or one number for all.

    Returns
    -------
    As `gimbal_axes`; the image's upper side lies towards the nose.
    """
    nose = gimbal_axes(yaw_deg, pitch_deg, roll_deg)
    return np.stack([nose[:, 0], nose[:, 2], -nose[:, 1]], axis=1)


def footprints_m(
    xy_m: npt.ArrayLike,
    height_m: npt.ArrayLike,
    axes: FloatArray,
    camera: Lens,
    *,
    ground: HeightGrid | None = None,
    farthest_off_nadir_deg: float = FARTHEST_OFF_NADIR_DEG,
) -> FloatArray:
    """Corners of the ground that each photo covers.

    Parameters
    ----------
    xy_m
        Shape (n, 2): where the photos are taken.
    height_m
        Shape (n,), or one number for all: above the flat ground, or with `ground` above its zero.
    axes
        Shape (n, 3, 3), of `gimbal_axes` or `strapped_axes`; or (1, 3, 3) for all photos.
    farthest_off_nadir_deg
        A corner seen flatter than that is drawn in along its side of the image. A photo whose lower
        corners too look that flat, or that is taken from below the ground, covers nothing.

    Returns
    -------
    Shape (n, 4, 2): lower left, lower right, upper right and upper left corner of the image; not a
    number for a photo that covers nothing. On uneven ground the sides between the corners are
    straight.
    """
    places = np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
    count = len(places)
    heights = np.broadcast_to(np.asarray(height_m, dtype=np.float64), (count,))
    turned = np.broadcast_to(axes, (count, 3, 3))
    rays = _corner_rays(turned, camera, farthest_off_nadir_deg)
    if ground is None:
        drop = np.where(heights > 0, heights, np.nan)[:, None] / -rays[:, :, 2]
        return np.asarray(places[:, None, :] + rays[:, :, :2] * drop[:, :, None])
    flat = np.ascontiguousarray(rays.reshape(-1, 3))
    begin = np.ascontiguousarray(np.repeat(np.column_stack([places, heights]), 4, axis=0))
    found = _meet_ground(begin, flat, ground.west_m, ground.south_m, ground.step_m,
                         np.ascontiguousarray(ground.height_m, dtype=np.float64))  # fmt: skip
    corners = np.asarray(found).reshape(count, 4, 2)
    corners[~np.isfinite(corners).all(axis=(1, 2))] = np.nan
    return corners


def _corner_rays(axes: FloatArray, camera: Lens, farthest_off_nadir_deg: float) -> FloatArray:
    """Directions through the corners, shape (n, 4, 3); upper ones drawn down to the limit.

    The drop of a ray must be at least its depth ahead over the tangent of the limit, where ahead is
    the azimuth of the sight: a straight line across the image, so that without roll the part that
    is left is a trapezoid.
    """
    right, up, sight = (axes[:, k] for k in range(3))
    ahead = np.array(sight[:, :2])
    length = np.hypot(ahead[:, 0], ahead[:, 1])
    ahead = np.where(length[:, None] > 1e-9, ahead / np.maximum(length, 1e-9)[:, None], 0.0)
    reach = math.tan(math.radians(farthest_off_nadir_deg))

    def slack(ray: FloatArray) -> FloatArray:
        return np.asarray(-ray[:, 2] * reach - (ray[:, :2] * ahead).sum(axis=1))

    rays = np.empty((len(axes), 4, 3))
    for lower, upper, side in ((0, 3, -1.0), (1, 2, 1.0)):
        low = sight + side * camera.right * right - camera.up * up
        high = sight + side * camera.right * right + camera.up * up
        low_slack, high_slack = slack(low), slack(high)
        both = np.minimum(low_slack, high_slack)
        # the part of the side, from its nearer end, up to which the ground is seen steeply enough
        span = np.where(both < 0, low_slack - high_slack, 1.0)
        part = np.where(both < 0, low_slack / np.where(span == 0, 1.0, span), 1.0)[:, None]
        cut = low + part * (high - low)
        rays[:, lower] = np.where((low_slack >= 0)[:, None], low, cut)
        rays[:, upper] = np.where((high_slack >= 0)[:, None], high, cut)
        rays[(low_slack < 0) & (high_slack < 0)] = np.nan
    rays[~(rays[:, :, 2] < 0).all(axis=1)] = np.nan
    return rays


@kernel
def _height_at(
    x: float, y: float, west: float, south: float, step: float, grid: FloatArray
) -> float:
    rows, columns = grid.shape
    column = min(max((x - west) / step, 0.0), columns - 1.0)
    row = min(max((y - south) / step, 0.0), rows - 1.0)
    i, j = min(int(row), max(rows - 2, 0)), min(int(column), max(columns - 2, 0))
    k, m = min(i + 1, rows - 1), min(j + 1, columns - 1)
    v, u = row - i, column - j
    low = grid[i, j] * (1 - u) + grid[i, m] * u
    high = grid[k, j] * (1 - u) + grid[k, m] * u
    return float(low * (1 - v) + high * v)


@kernel
def _grid_heights(
    xy: FloatArray, west: float, south: float, step: float, grid: FloatArray
) -> FloatArray:
    out = np.empty(len(xy))
    for k in range(len(xy)):
        out[k] = _height_at(xy[k, 0], xy[k, 1], west, south, step, grid)
    return out


@kernel
def _meet_ground(
    begin: FloatArray, ray: FloatArray, west: float, south: float, step: float, grid: FloatArray
) -> FloatArray:
    """Walk down each ray to the first place below the ground, then halve the last step."""
    out = np.full((len(ray), 2), np.nan)
    lowest = grid.min()
    for k in range(len(ray)):
        x, y, z = begin[k]
        dx, dy, dz = ray[k]
        if not dz < 0 or not z > _height_at(x, y, west, south, step, grid):
            continue
        last = (z - lowest) / -dz  # there the ray is below all ground
        flat = math.hypot(dx, dy)
        stride = min(_MARCH_CELLS * step / flat, last) if flat > 1e-12 else last
        above = 0.0
        below = last
        while above < last:
            t = min(above + stride, last)
            if z + t * dz <= _height_at(x + t * dx, y + t * dy, west, south, step, grid):
                below = t
                break
            above = t
        for _ in range(40):
            middle = (above + below) / 2
            ground = _height_at(x + middle * dx, y + middle * dy, west, south, step, grid)
            if z + middle * dz <= ground:
                below = middle
            else:
                above = middle
        out[k, 0], out[k, 1] = x + below * dx, y + below * dy
    return out
