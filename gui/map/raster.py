"""Files of rasters over the map, warped to web mercator as far as they are seen."""

import math
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gui.map.mercator import EQUATOR_M, WORLD, Projection
from mcpp.errors import InputError
from mcpp.model import LonLat

if TYPE_CHECKING:
    from rasterio.vrt import WarpedVRT
    from rasterio.windows import Window

HALF_M = EQUATOR_M / 2
LONGEST_PX = 1600


class WarpedFile(ABC):
    """Draws one file.

    Raises
    ------
    InputError
        When the file is no raster that lies somewhere on Earth.
    """

    attribution = ""

    def __init__(self, path: Path) -> None:
        import rasterio  # 0.2 s, and only for those who use it

        try:
            self._source = rasterio.open(path)
        except rasterio.errors.RasterioIOError as error:
            message = f"{path.name}: expected a GeoTIFF ({error})"
            raise InputError(message) from error
        if self._source.crs is None:
            message = f"{path.name}: says nothing of where it lies; a GeoTIFF with a CRS is needed"
            raise InputError(message)
        self._image: QImage | None = None
        self._image_rect = QRectF()
        self._image_zoom = -1.0
        self._vrt = self._warped()

    @abstractmethod
    def _warped(self) -> "WarpedVRT":
        """Open the file in web mercator."""

    @abstractmethod
    def _pixels(self, window: "Window", width: int, height: int) -> np.ndarray:
        """Read a part as bytes, shape (height, width, 4)."""

    def bounds(self) -> QRectF:
        """Where it lies, in map units."""
        return self._rect(*self._vrt.bounds)

    def _bounds_m(self, window: "Window") -> tuple[float, float, float, float]:
        """Give left, bottom, right and top of some pixels, in metres of web mercator."""
        a, _, c, _, e, f, *_ = self._vrt.transform
        right, bottom = window.col_off + window.width, window.row_off + window.height
        return a * window.col_off + c, e * bottom + f, a * right + c, e * window.row_off + f

    @staticmethod
    def _rect(left: float, bottom: float, right: float, top: float) -> QRectF:
        """Give the place of a part in metres of web mercator on the map."""
        per_m = WORLD / EQUATOR_M
        return QRectF(
            (left + HALF_M) * per_m,
            (HALF_M - top) * per_m,
            (right - left) * per_m,
            (top - bottom) * per_m,
        )

    def middle(self) -> LonLat:
        """Longitude and latitude of its middle."""
        middle = self.bounds().center()
        return Projection().place(middle.x(), middle.y())

    def paint(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        """Draw the part within `rect`, in map units."""
        seen = rect.intersected(self.bounds())
        if seen.isEmpty():
            return
        if not self._image_rect.contains(seen) or abs(zoom - self._image_zoom) > 0.7:
            self._read(seen, zoom)
        if self._image is None:
            return
        place = painter.worldTransform().mapRect(self._image_rect)
        if abs(place.width() - self._image.width()) < 1:
            # pixel on pixel: cheaper than drawing it larger or smaller
            painter.save()
            painter.resetTransform()
            painter.drawImage(place.topLeft().toPoint(), self._image)
            painter.restore()
        else:
            painter.drawImage(self._image_rect, self._image)

    def _read(self, seen: QRectF, zoom: float) -> None:
        """Read somewhat more than is seen, at the resolution of the screen."""
        window = self._window(
            seen.adjusted(
                -seen.width() / 4, -seen.height() / 4, seen.width() / 4, seen.height() / 4
            )
        )
        room = self._rect(*self._bounds_m(window))
        scale = 2.0**zoom
        shrink = min(1.0, LONGEST_PX / (max(room.width(), room.height()) * scale))
        width = max(round(room.width() * scale * shrink), 2)
        height = max(round(room.height() * scale * shrink), 2)
        pixels = np.ascontiguousarray(self._pixels(window, width, height))
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        # a copy, for the array's memory goes with this function; drawn fast in this form
        self._image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        self._image_rect, self._image_zoom = room, zoom

    def _window(self, rect: QRectF) -> "Window":
        """Find the whole pixels of the file that touch a part of the map."""
        from rasterio.windows import Window

        per_unit = EQUATOR_M / WORLD
        a, _, c, _, e, f, *_ = self._vrt.transform
        x = np.array([rect.left(), rect.right()]) * per_unit - HALF_M
        y = HALF_M - np.array([rect.top(), rect.bottom()]) * per_unit
        columns, rows = (x - c) / a, (y - f) / e
        left = min(max(math.floor(columns[0]), 0), self._vrt.width - 1)
        top = min(max(math.floor(rows[0]), 0), self._vrt.height - 1)
        right = min(max(math.ceil(columns[1]), left + 1), self._vrt.width)
        bottom = min(max(math.ceil(rows[1]), top + 1), self._vrt.height)
        return Window(left, top, right - left, bottom - top)


class RasterLayer(WarpedFile):
    """Draws a GeoTIFF of the user's as background."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.attribution = path.name

    def _warped(self) -> "WarpedVRT":
        from rasterio.vrt import WarpedVRT

        return WarpedVRT(self._source, crs="EPSG:3857", add_alpha=True)

    def _pixels(self, window: "Window", width: int, height: int) -> np.ndarray:
        bands = self._vrt.read(window=window, out_shape=(self._vrt.count, height, width))
        return _rgba(bands)


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
