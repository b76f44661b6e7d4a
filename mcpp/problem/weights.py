"""Weights of a raster, as samples of the ground that is searched."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import FloatArray, IntArray

if TYPE_CHECKING:  # GDAL takes a second to load: only for those who have a raster
    from rasterio.io import DatasetReader

FIELD = "probability.raster"
_MOST_PIXELS = 20_000_000
_MOST_PARTS = 200
_RIGHT = np.array([0.0, 1.0, 0.0])
_DOWN = np.array([0.0, 0.0, 1.0])


def raster_weights(
    name: str, frame: LocalFrame, ground: BaseGeometry, wanted: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Sample a raster of weights over some ground.

    Each pixel spreads its weight evenly over itself: it has one sample, or as many as it takes for
    about `wanted` in all.

    Returns
    -------
    Places (n, 2) in metres, the part of all weight at each (n,), and the ground of each in m2.

    Raises
    ------
    InputError
        When the file can not be read, has no coordinate system, weights that can not be, or none
        on the ground.
    """
    values, corners = _read(name)
    total = float(values.sum())
    rows, columns = _about(ground, values, corners, frame)
    if not len(rows):
        raise _beside(name)
    centre = _to_m(corners, frame, *_middles(columns, rows))
    along_m = _to_m(corners, frame, columns[0] + _RIGHT, rows[0] + _DOWN)
    right, down = along_m[1] - along_m[0], along_m[2] - along_m[0]
    pixel_m2 = abs(float(right[0] * down[1] - right[1] * down[0]))
    reach_m = float(np.hypot(*right) + np.hypot(*down)) / 2
    near = shapely.dwithin(ground, shapely.points(centre), reach_m)
    rows, columns = rows[near], columns[near]
    parts = min(max(1, math.ceil(math.sqrt(wanted * pixel_m2 / ground.area))), _MOST_PARTS)
    shift = (np.arange(parts) + 0.5) / parts
    right_of, below = (axis.ravel() for axis in np.meshgrid(shift, shift))
    x = np.asarray((columns[:, None] + right_of).ravel(), dtype=np.float64)
    y = np.asarray((rows[:, None] + below).ravel(), dtype=np.float64)
    xy = _to_m(corners, frame, x, y)
    mass = np.repeat(values[rows, columns] / total / parts**2, parts**2)
    inside = shapely.contains_xy(ground, xy)
    if not inside.any():
        raise _beside(name)
    return xy[inside], mass[inside], np.full(int(inside.sum()), pixel_m2 / parts**2)


def _middles(columns: IntArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    return columns.astype(np.float64) + 0.5, rows.astype(np.float64) + 0.5


def _beside(name: str) -> InputError:
    return InputError(f"{FIELD}: {name!r} has no weight on the area: is it that of another?")


def _about(
    ground: BaseGeometry,
    values: FloatArray,
    where: tuple[str, tuple[float, ...]],
    frame: LocalFrame,
) -> tuple[IntArray, IntArray]:
    """Find the pixels with a weight about some ground: their rows and columns."""
    from rasterio.warp import transform

    a, b, c, d, e, f = where[1]
    west, south, east, north = shapely.bounds(ground)
    rim = shapely.segmentize(shapely.box(west, south, east, north), (east - west) / 8)
    lon_lat = frame.to_deg(shapely.get_coordinates(rim))
    x, y = (
        np.array(axis)
        for axis in transform("EPSG:4326", where[0], lon_lat[:, 0].tolist(), lon_lat[:, 1].tolist())
    )
    size = a * e - b * d
    column = (e * (x - c) - b * (y - f)) / size
    row = (a * (y - f) - d * (x - c)) / size
    low = np.floor([row.min(), column.min()]).astype(int).clip(0) - 1
    high = np.ceil([row.max(), column.max()]).astype(int).clip(0) + 1
    first_row, first_column = np.maximum(low, 0)
    rows, columns = np.nonzero(values[first_row : high[0], first_column : high[1]])
    return rows + first_row, columns + first_column


def _read(name: str) -> tuple[FloatArray, tuple[str, tuple[float, ...]]]:
    """Read the weights, shape (rows, columns), and where they lie: coordinate system, transform."""
    if not Path(name).is_file():
        raise InputError(f"{FIELD}: there is no file {name!r}")
    import rasterio
    from rasterio.errors import RasterioError

    try:
        with rasterio.open(name, driver="GTiff") as source:
            _check_size(source, name)
            band = source.read(1, masked=True).astype(np.float64)
            where = source.crs.to_wkt(), tuple(source.transform)[:6]
    except RasterioError as error:
        raise InputError(f"{FIELD}: {name!r} can not be read as a GeoTIFF: {error}") from error
    values = np.nan_to_num(np.ma.filled(band, 0.0), nan=0.0, posinf=-1.0, neginf=-1.0)
    if (values < 0).any():
        raise InputError(f"{FIELD}: {name!r} has weights below 0, or without end: give 0 or more")
    if not values.any():
        raise InputError(f"{FIELD}: {name!r} has no weight above 0")
    return values, where


def _check_size(source: "DatasetReader", name: str) -> None:
    if source.crs is None:
        raise InputError(f"{FIELD}: {name!r} has no coordinate system: assign one")
    if source.width * source.height > _MOST_PIXELS:
        raise InputError(
            f"{FIELD}: {name!r} has {source.width} x {source.height} pixels: give a coarser one, "
            f"of {_MOST_PIXELS:,} at most"
        )


def _to_m(
    where: tuple[str, tuple[float, ...]], frame: LocalFrame, x: FloatArray, y: FloatArray
) -> FloatArray:
    """Columns and rows, shape (n,) each, to metres of the local frame, shape (n, 2)."""
    from rasterio.warp import transform

    a, b, c, d, e, f = where[1]
    east, north = a * x + b * y + c, d * x + e * y + f
    lon, lat = transform(where[0], "EPSG:4326", east.tolist(), north.tolist())
    return frame.to_m(np.column_stack([lon, lat]))
