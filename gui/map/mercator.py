"""Web mercator (EPSG:3857) in map units: the world is 256 wide, as the tile of zoom 0 in pixels.

A `Projection` is cut open opposite to its middle, so that an area across the antimeridian is in one
piece when the middle is near it.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcpp.model import FloatArray, LonLat

WORLD = 256.0
MAX_LAT_DEG = 85.05112877980659
EQUATOR_M = 40075016.685578488
MIN_ZOOM, MAX_ZOOM = 1.0, 22.0  # beyond 22 the scroll range leaves 32 bits
MARGIN = 45.0
"""How far the map may be moved beyond the cut, in map units."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Longitudes within 180 degrees of `middle_lon_deg` have one place on the map."""

    middle_lon_deg: float = 0.0

    def to_map(self, lon_lat_deg: npt.ArrayLike) -> FloatArray:
        """Longitudes and latitudes, shape (..., 2), to map units, y downward."""
        points = np.asarray(lon_lat_deg, dtype=np.float64)
        lon = points[..., 0] - self.middle_lon_deg
        lon = (lon + 180.0) % 360.0 - 180.0 + self.middle_lon_deg
        lat = np.radians(np.clip(points[..., 1], -MAX_LAT_DEG, MAX_LAT_DEG))
        x = (lon / 360.0 + 0.5) * WORLD
        y = (0.5 - np.arcsinh(np.tan(lat)) / (2 * math.pi)) * WORLD
        return np.stack([x, y], axis=-1)

    def to_lon_lat(self, xy: npt.ArrayLike) -> FloatArray:
        """Map units, shape (..., 2), to longitudes in -180 to 180 and latitudes."""
        points = np.asarray(xy, dtype=np.float64)
        lon = (points[..., 0] / WORLD - 0.5) * 360.0
        lon = (lon + 180.0) % 360.0 - 180.0
        lat = np.degrees(np.arctan(np.sinh((0.5 - points[..., 1] / WORLD) * 2 * math.pi)))
        return np.stack([lon, lat], axis=-1)

    def point(self, lon_lat_deg: LonLat) -> tuple[float, float]:
        """One place to map units."""
        x, y = self.to_map(lon_lat_deg)
        return (float(x), float(y))

    def place(self, x: float, y: float) -> LonLat:
        """Map units to one place."""
        lon, lat = self.to_lon_lat((x, y))
        return (float(lon), float(lat))

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the map."""
        middle = (self.middle_lon_deg / 360.0 + 0.5) * WORLD
        return (middle - WORLD / 2 - MARGIN, 0.0, WORLD + 2 * MARGIN, WORLD)


def metres_per_unit(lat_deg: float) -> float:
    """Ground distance of one map unit at a latitude."""
    return EQUATOR_M / WORLD * math.cos(math.radians(lat_deg))


def zoom_to_fit(width: float, height: float, width_px: float, height_px: float) -> float:
    """Find the zoom at which a box of map units fills a window."""
    scale = min(width_px / max(width, 1e-9), height_px / max(height, 1e-9))
    return min(max(math.log2(max(scale, 1e-9)), MIN_ZOOM), MAX_ZOOM)


@dataclass(frozen=True, slots=True)
class TileRange:
    """Tiles of one zoom that meet a box; x may leave 0 to 2^zoom, where the world repeats."""

    zoom: int
    x_min: int
    y_min: int
    x_max: int
    y_max: int

    def __len__(self) -> int:
        return max(self.x_max - self.x_min + 1, 0) * max(self.y_max - self.y_min + 1, 0)

    def tiles(self) -> list[tuple[int, int]]:
        """Column and row of each, row by row."""
        return [
            (x, y)
            for y in range(self.y_min, self.y_max + 1)
            for x in range(self.x_min, self.x_max + 1)
        ]


def tiles_in(left: float, top: float, right: float, bottom: float, zoom: int) -> TileRange:
    """Find the tiles of a zoom that meet a box of map units."""
    per_unit = 2**zoom / WORLD
    last = 2**zoom - 1
    return TileRange(
        zoom,
        math.floor(left * per_unit),
        min(max(math.floor(top * per_unit), 0), last),
        math.floor(right * per_unit),
        min(max(math.floor(bottom * per_unit), 0), last),
    )


def graticule_step_deg(degrees_across: float, lines: float = 6.0) -> float:
    """Choose a round distance of graticule lines, so that about `lines` are seen."""
    wanted = max(degrees_across, 1e-9) / lines
    steps = (
        30, 15, 10, 5, 2, 1, 1 / 2, 1 / 4, 1 / 6, 1 / 12, 1 / 30, 1 / 60,
        1 / 120, 1 / 240, 1 / 360, 1 / 720, 1 / 1800, 1 / 3600, 1 / 7200, 1 / 18000, 1 / 36000,
    )  # fmt: skip
    return min(steps, key=lambda step: abs(math.log(step / wanted)))


def scale_bar_m(metres_per_pixel: float, longest_px: float) -> float:
    """Choose the longest round distance (1, 2, 5 times a power of ten) that fits in some pixels."""
    longest = metres_per_pixel * longest_px
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= longest)
