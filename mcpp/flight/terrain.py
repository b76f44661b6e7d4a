"""Ground heights from a GeoTIFF, and flights that keep their height above ground."""

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, IntArray, Mission, Problem

if TYPE_CHECKING:  # GDAL and scipy take a second to load: only for those who have a terrain
    from rasterio.io import DatasetReader
    from rasterio.windows import Window

SAMPLE_M = 5.0
"""Distance of the places at which the ground under a leg is looked at."""
_MARGIN_PIXELS = 3
_MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terrain:
    """Ground heights over a part of the Earth.

    Attributes
    ----------
    height_m
        Shape (rows, columns); not a number where the file holds none.
    frame
        The local frame in which heights are asked for.
    crs, inverse
        Coordinate system of the raster; transform (a, b, c, d, e, f) from its coordinates to
        column and row.
    tolerance_m
        How far a leg may leave the wanted height above ground.
    """

    height_m: FloatArray
    frame: LocalFrame
    crs: str
    inverse: tuple[float, float, float, float, float, float]
    tolerance_m: float = 5.0

    def ground_m(self, xy_m: FloatArray) -> FloatArray:
        """Height of the ground above the file's zero at some places, by bilinear interpolation.

        Parameters
        ----------
        xy_m
            Shape (n, 2), in the local frame.

        Raises
        ------
        InputError
            When the file has no height there.
        """
        from rasterio.warp import transform
        from scipy.ndimage import map_coordinates

        lon_lat = self.frame.to_deg(xy_m)
        east, north = transform(
            "EPSG:4326", self.crs, lon_lat[:, 0].tolist(), lon_lat[:, 1].tolist()
        )
        a, b, c, d, e, f = self.inverse
        x, y = np.array(east), np.array(north)
        column, row = a * x + b * y + c - 0.5, d * x + e * y + f - 0.5
        found = map_coordinates(
            self.height_m, [row, column], order=1, mode="constant", cval=math.nan
        )
        if not np.isfinite(found).all():
            lon, lat = lon_lat[int(np.argmin(np.isfinite(found)))]
            msg = (
                f"flight.terrain: no ground height at {lon:.5f}, {lat:.5f}: give a file that "
                "covers the whole area and the launch points"
            )
            raise InputError(msg)
        return np.asarray(found, dtype=np.float64)


def read_terrain(mission: Mission, frame: LocalFrame, xy_m: FloatArray) -> Terrain | None:
    """Read the part of the mission's terrain file about some places, shape (n, 2).

    Returns
    -------
    None when the mission names no file.

    Raises
    ------
    InputError
        When the file can not be read, has no coordinate system, or does not cover the places.
    """
    name = mission.flight.terrain
    if name is None:
        return None
    if not Path(name).is_file():
        msg = f"flight.terrain: there is no file {name!r}"
        raise InputError(msg)
    import rasterio
    from rasterio.errors import RasterioError
    from rasterio.warp import transform

    try:
        with rasterio.open(name, driver="GTiff") as source:
            if source.crs is None:
                msg = f"flight.terrain: {name!r} has no coordinate system: assign one"
                raise InputError(msg)
            lon_lat = frame.to_deg(xy_m)
            east, north = transform(
                "EPSG:4326", source.crs, lon_lat[:, 0].tolist(), lon_lat[:, 1].tolist()
            )
            a, b, c, d, e, f, *_ = ~source.transform
            window = _window(source, np.array(east), np.array(north), name)
            band = source.read(1, window=window, masked=True).astype(np.float64)
            return Terrain(
                height_m=np.ma.filled(band, math.nan),
                frame=frame,
                crs=source.crs.to_wkt(),
                inverse=(a, b, c - window.col_off, d, e, f - window.row_off),
                tolerance_m=mission.flight.terrain_tolerance_m,
            )
    except RasterioError as error:
        msg = f"flight.terrain: {name!r} can not be read as a GeoTIFF: {error}"
        raise InputError(msg) from error


def _window(source: "DatasetReader", east: FloatArray, north: FloatArray, name: str) -> "Window":
    """Pixels about some places, with a margin for interpolation."""
    from rasterio.windows import Window

    a, b, c, d, e, f, *_ = ~source.transform
    columns, rows = a * east + b * north + c, d * east + e * north + f
    first_column = max(math.floor(columns.min()) - _MARGIN_PIXELS, 0)
    first_row = max(math.floor(rows.min()) - _MARGIN_PIXELS, 0)
    last_column = min(math.ceil(columns.max()) + _MARGIN_PIXELS, source.width)
    last_row = min(math.ceil(rows.max()) + _MARGIN_PIXELS, source.height)
    if first_column >= last_column or first_row >= last_row:
        msg = f"flight.terrain: {name!r} does not cover the area"
        raise InputError(msg)
    if (last_column - first_column) * (last_row - first_row) > _MOST_PIXELS:
        msg = f"flight.terrain: {name!r} is too fine for this area: give a coarser one"
        raise InputError(msg)
    return Window(first_column, first_row, last_column - first_column, last_row - first_row)


def _corner_points(along_m: FloatArray, height_m: FloatArray, tolerance_m: float) -> list[int]:
    """Keep the points of a profile needed to stay within the tolerance (Douglas and Peucker)."""
    keep = {0, len(along_m) - 1}
    stack = [(0, len(along_m) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        span = slice(first, last + 1)
        line = np.interp(along_m[span], along_m[[first, last]], height_m[[first, last]])
        gap = np.abs(height_m[span] - line)
        worst = int(np.argmax(gap))
        if gap[worst] > tolerance_m:
            middle = first + worst
            keep.add(middle)
            stack += [(first, middle), (middle, last)]
    return sorted(keep)


def follow_ground(
    xyz_m: FloatArray, kind: IntArray, terrain: Terrain
) -> tuple[FloatArray, IntArray]:
    """Turn heights above ground into heights above the launch point, adding waypoints.

    Parameters
    ----------
    xyz_m
        Shape (n, 3); the height is above the ground below; the first point is the launch point.
    kind
        Shape (n - 1,).

    Returns
    -------
    Points and kinds of legs, with a waypoint wherever the ground leaves the straight line by more
    than the tolerance. Vertical legs stay as they are.
    """
    launch_m = float(terrain.ground_m(xyz_m[:1, :2])[0])
    points, kinds = [xyz_m[0]], []
    for i, what in enumerate(kind):
        a, b = xyz_m[i], xyz_m[i + 1]
        length = math.hypot(b[0] - a[0], b[1] - a[1])
        count = max(1, math.ceil(length / SAMPLE_M)) + 1
        part = np.linspace(0.0, 1.0, count)
        leg = a + part[:, None] * (b - a)
        leg[:, 2] += terrain.ground_m(leg[:, :2]) - launch_m
        for j in _corner_points(part * length, leg[:, 2], terrain.tolerance_m)[1:]:
            points.append(leg[j])
            kinds.append(int(what))
    return np.array(points), np.array(kinds, dtype=np.int32)


def lowest_clearance_m(
    xyz_m: FloatArray, terrain: Terrain, launch_m: FloatArray
) -> tuple[float, FloatArray]:
    """Find where a flight comes nearest to the ground, without its vertical legs at the ends.

    Parameters
    ----------
    xyz_m
        Shape (n, 3): heights above the launch point.
    launch_m
        Shape (2,).

    Returns
    -------
    Height above the ground, and the place, shape (2,).
    """
    launch_h = float(terrain.ground_m(launch_m.reshape(1, 2))[0])
    worst, where = math.inf, xyz_m[0, :2]
    for a, b in pairwise(xyz_m[1:-1]):
        count = max(1, math.ceil(math.hypot(*(b - a)[:2]) / SAMPLE_M)) + 1
        leg = a + np.linspace(0.0, 1.0, count)[:, None] * (b - a)
        clear = leg[:, 2] + launch_h - terrain.ground_m(leg[:, :2])
        lowest = int(np.argmin(clear))
        if clear[lowest] < worst:
            worst, where = float(clear[lowest]), leg[lowest, :2]
    return worst, where


def mission_terrain(mission: Mission, frame: LocalFrame, problem: Problem) -> Terrain | None:
    """Read the mission's terrain file, if it names one, about all ground that a plan may use.

    Raises
    ------
    InputError
    """
    shapes = [problem.allowed, *(corridor for corridor in problem.corridors if corridor)]
    west, south, east, north = shapely.total_bounds(shapes)
    places = np.array([[west, south], [west, north], [east, south], [east, north]])
    return read_terrain(mission, frame, places)
