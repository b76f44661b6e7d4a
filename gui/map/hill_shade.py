"""The mission's ground heights as a hill shade over the background."""

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gui.map.mercator import EQUATOR_M
from gui.map.raster import WarpedFile
from mcpp.model import FloatArray

if TYPE_CHECKING:
    from rasterio.vrt import WarpedVRT
    from rasterio.windows import Window

SUN_AZIMUTH_DEG, SUN_HEIGHT_DEG = 315.0, 45.0
"""As cartographers have it: light from the upper left, or hills are read as holes."""
DARKEST, LIGHTEST = 0.6, 0.35
SEEN_SLOPE = 0.25
MOST_EXAGGERATION, SAMPLES = 6.0, 200
"""Gentle ground is steepened so far for the eye, that a slope of a field is seen at all."""


class HillShade(WarpedFile):
    """Darkens slopes away from the light and brightens those towards it; level ground stays."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.exaggeration = self._steepened()

    def _warped(self) -> "WarpedVRT":
        from rasterio.enums import Resampling
        from rasterio.vrt import WarpedVRT

        smooth = Resampling.bilinear
        return WarpedVRT(
            self._source, crs="EPSG:3857", resampling=smooth, nodata=math.nan, dtype="float32"
        )

    def _steepened(self) -> float:
        """Choose how much steeper the whole file is drawn than it is."""
        heights_m = self._vrt.read(1, out_shape=(SAMPLES, SAMPLES))
        step_m = self._step_m(self._vrt.bounds, SAMPLES, SAMPLES)
        slopes = np.hypot(*np.gradient(heights_m, step_m[1], step_m[0]))
        slopes = slopes[np.isfinite(slopes)]
        steep = float(np.percentile(slopes, 95)) if slopes.size else 0.0
        return min(max(SEEN_SLOPE / max(steep, 1e-6), 1.0), MOST_EXAGGERATION)

    def _pixels(self, window: "Window", width: int, height: int) -> np.ndarray:
        from rasterio.enums import Resampling

        heights_m = self._vrt.read(
            1, window=window, out_shape=(height, width), resampling=Resampling.cubic
        ).astype(np.float64)
        step_m = self._step_m(self._bounds_m(window), width, height)
        return shade(heights_m * self.exaggeration, step_m)

    @staticmethod
    def _step_m(
        bounds_m: tuple[float, float, float, float], width: int, height: int
    ) -> tuple[float, float]:
        """Tell the ground distance of neighbouring columns, and of rows, of a part."""
        left, bottom, right, top = bounds_m
        shrink = 1 / math.cosh((bottom + top) / EQUATOR_M * math.pi)  # mercator's, there
        return (right - left) / width * shrink, (top - bottom) / height * shrink


def shade(height_m: FloatArray, step_m: tuple[float, float]) -> np.ndarray:
    """Shade heights as Lambert's law has it.

    Parameters
    ----------
    height_m
        Shape (h, w), the first row northernmost; not a number where nothing is known.
    step_m
        Ground distance of neighbouring columns, and of rows.

    Returns
    -------
    Bytes, shape (h, w, 4): black or white with its opacity.
    """
    down, right = np.gradient(height_m, step_m[1], step_m[0])
    azimuth, sun = math.radians(SUN_AZIMUTH_DEG), math.radians(SUN_HEIGHT_DEG)
    east, north = math.sin(azimuth) * math.cos(sun), math.cos(azimuth) * math.cos(sun)
    # the ground's normal is (-dz/deast, -dz/dnorth, 1), and rows run to the south
    light = (math.sin(sun) - right * east + down * north) / np.sqrt(1 + right**2 + down**2)
    level = math.sin(sun)
    light = np.nan_to_num(np.clip(light, 0.0, 1.0), nan=level)
    bright = light > level
    alpha = np.where(
        bright, (light - level) / (1 - level) * LIGHTEST, (level - light) / level * DARKEST
    )
    pixels = np.empty((*height_m.shape, 4), dtype=np.uint8)
    pixels[..., :3] = np.where(bright, 255, 0)[..., None]
    pixels[..., 3] = np.round(255 * alpha)
    return pixels
