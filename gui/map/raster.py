"""A GeoTIFF of the user's as background, warped to web mercator as far as it is seen."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gui.map.mercator import EQUATOR_M, WORLD
from mcpp.errors import InputError
from mcpp.model import LonLat

HALF_M = EQUATOR_M / 2
LONGEST_PX = 1600


class RasterLayer:
    """Draws one GeoTIFF.

    Raises
    ------
    InputError
        When the file is no picture that lies somewhere on Earth.
    """

    def __init__(self, path: Path) -> None:
        import rasterio  # 0.2 s, and only for those who use it
        from rasterio.vrt import WarpedVRT

        try:
            self._source = rasterio.open(path)
        except rasterio.errors.RasterioIOError as error:
            message = f"{path.name}: expected a GeoTIFF ({error})"
            raise InputError(message) from error
        if self._source.crs is None:
            message = f"{path.name}: says nothing of where it lies; a GeoTIFF with a CRS is needed"
            raise InputError(message)
        self._vrt = WarpedVRT(self._source, crs="EPSG:3857", add_alpha=True)
        self.attribution = path.name
        self._image: QImage | None = None
        self._image_rect = QRectF()
        self._image_zoom = -1.0

    def bounds(self) -> QRectF:
        """Where it lies, in map units."""
        left, bottom, right, top = self._vrt.bounds
        per_m = WORLD / EQUATOR_M
        return QRectF(
            (left + HALF_M) * per_m,
            (HALF_M - top) * per_m,
            (right - left) * per_m,
            (top - bottom) * per_m,
        )

    def middle(self) -> LonLat:
        """Longitude and latitude of its middle."""
        from gui.map.mercator import Projection

        middle = self.bounds().center()
        return Projection().place(middle.x(), middle.y())

    def paint(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        """Draw the part within `rect`, in map units."""
        seen = rect.intersected(self.bounds())
        if seen.isEmpty():
            return
        if not self._image_rect.contains(seen) or abs(zoom - self._image_zoom) > 0.7:
            self._read(seen, zoom)
        if self._image is not None:
            painter.drawImage(self._image_rect, self._image)

    def _read(self, seen: QRectF, zoom: float) -> None:
        """Read somewhat more than is seen, at the resolution of the screen."""
        from rasterio.windows import from_bounds

        room = seen.adjusted(
            -seen.width() / 4, -seen.height() / 4, seen.width() / 4, seen.height() / 4
        ).intersected(self.bounds())
        scale = 2.0**zoom
        shrink = min(1.0, LONGEST_PX / (max(room.width(), room.height()) * scale))
        width = max(round(room.width() * scale * shrink), 1)
        height = max(round(room.height() * scale * shrink), 1)
        per_unit = EQUATOR_M / WORLD
        window = from_bounds(
            room.left() * per_unit - HALF_M,
            HALF_M - room.bottom() * per_unit,
            room.right() * per_unit - HALF_M,
            HALF_M - room.top() * per_unit,
            self._vrt.transform,
        )
        bands = self._vrt.read(window=window, out_shape=(self._vrt.count, height, width))
        pixels = np.ascontiguousarray(_rgba(bands))
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        self._image = image.copy()  # the array's memory goes with this function
        self._image_rect, self._image_zoom = room, zoom


def _rgba(bands: np.ndarray) -> np.ndarray:
    """Turn bands with alpha last, shape (b, h, w), into bytes, shape (h, w, 4)."""
    colours, alpha = bands[:-1], bands[-1]
    if len(colours) < 3:
        colours = np.repeat(colours[:1], 3, axis=0)
    colours = colours[:3]
    if colours.dtype != np.uint8:
        seen = colours[:, alpha > 0]
        low, high = np.percentile(seen, (2, 98)) if seen.size else (0.0, 1.0)
        colours = np.clip((colours - low) / max(float(high - low), 1e-9) * 255, 0, 255)
    opaque = np.where(alpha > 0, 255, 0)
    return np.concatenate([colours, opaque[None]]).astype(np.uint8).transpose(1, 2, 0)
