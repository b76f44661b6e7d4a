"""Items of a plan: regions, arrows, UAVs in flight."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui.map.mission_layer import cosmetic_pen
from gui.map.pieces import rings_path, sortie_colour
from gui.theme import uav_colour
from gui.tracks import Track, spaced_points
from mcpp.model import FloatArray

ARROW_GAP_PX = 170.0
MOST_ARROWS = 90
"""In a window of `WINDOW_PX2`, of all tracks together."""
WINDOW_PX2 = 1e6
GHOST = 0.55
"""Opacity of the preview while there are real vehicles on the map."""


class Region(QGraphicsPathItem):
    """The ground of a UAV."""

    def __init__(self, uav: int, polygons: list[list[FloatArray]]) -> None:
        super().__init__(rings_path(polygons))
        self.legs = self.path().elementCount()
        fill = uav_colour(uav)
        fill.setAlpha(60)
        border = uav_colour(uav)
        border.setAlpha(150)
        self.setBrush(QBrush(fill))
        self.setPen(cosmetic_pen(border, 1.5))
        self.setZValue(2.0)

    def boundingRect(self) -> QRectF:
        return self.path().controlPointRect()  # Qt's adds the pen, which it takes for map units


class Overlay(QGraphicsItem):
    """Paints many small things in pixels over the part of the map that is seen."""

    def __init__(self, tracks: list[Track], height: float) -> None:
        super().__init__()
        self.setZValue(height)
        self.tracks = tracks
        self._bounds = QRectF()
        for track in tracks:
            low, high = track.xy.min(axis=0), track.xy.max(axis=0)
            self._bounds |= QRectF(QPointF(*low), QPointF(*high))

    def boundingRect(self) -> QRectF:
        return self._bounds

    def seen(
        self, points: FloatArray, option: QStyleOptionGraphicsItem, reach: float = 0.0
    ) -> np.ndarray:
        """Which of some points lie in the part that is painted, or within `reach` of it."""
        rect = option.exposedRect.adjusted(-reach, -reach, reach, reach)
        x, y = points[:, 0], points[:, 1]
        inside: np.ndarray = (
            (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
        )
        return inside


class Arrows(Overlay):
    """Arrows along the tracks, at equal distances: the same ones at zooms that are much alike."""

    def __init__(self, tracks: list[Track], height: float) -> None:
        super().__init__(tracks, height)
        self._level: int | None = None
        self._spaced: list[tuple[FloatArray, FloatArray]] = []

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        transform = painter.worldTransform()
        scale = transform.m11()
        painter.save()
        painter.resetTransform()
        level = round(math.log2(scale))
        if level != self._level:
            self._level = level
            self._spaced = [self._spaced_at(2.0**level, track) for track in self.tracks]
        for track, (points, directions) in zip(self.tracks, self._spaced, strict=True):
            shown = self.seen(points, option)
            painter.setPen(QPen(QColor("#ffffff"), 1.0))
            painter.setBrush(sortie_colour(track).darker(115))
            pixels = points[shown] * scale + np.array([transform.dx(), transform.dy()])
            _draw_arrows(painter, pixels, directions[shown])
        painter.restore()

    def _spaced_at(self, scale: float, track: Track) -> tuple[FloatArray, FloatArray]:
        """Place the arrows of a track where a map unit has `scale` pixels.

        How many are left out hangs on the scale alone, not on what is seen: they stay where they
        are while the map is moved.
        """
        points, directions = spaced_points(track, ARROW_GAP_PX / scale)
        room = (scale * self._bounds.width() + 1) * (scale * self._bounds.height() + 1)
        in_sight = len(points) * min(1.0, WINDOW_PX2 / room)
        every = math.ceil(in_sight / max(MOST_ARROWS // len(self.tracks), 6)) or 1
        return points[::every], directions[::every]


def _draw_arrows(painter: QPainter, pixels: FloatArray, directions: FloatArray) -> None:
    side = np.stack([-directions[:, 1], directions[:, 0]], axis=1)
    corners = np.stack(
        [
            pixels + 6 * directions,
            pixels - 4 * directions + 4 * side,
            pixels - 2 * directions,
            pixels - 4 * directions - 4 * side,
        ],
        axis=1,
    )
    for arrow in corners.tolist():
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in arrow]))


class FlyingUav(QGraphicsItem):
    """A UAV where it is now: four rotors about a disc with its number."""

    def __init__(self, uav: int) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(12.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._colour = uav_colour(uav)
        self._number = str(uav + 1)
        self._words = ""
        self.ghost = False

    def be_ghost(self, *, on: bool) -> None:
        """Look like a preview, that nobody takes for a vehicle: a hollow ring, pale, no number."""
        if on != self.ghost:
            self.ghost = on
            self.setOpacity(GHOST if on else 1.0)
            self.update()

    def say(self, words: str) -> None:
        """Write words under it."""
        self.prepareGeometryChange()
        self._words = words
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-60, -22, 120, 56)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.ghost:
            self._paint_ghost(painter)
            return
        painter.setPen(QPen(QColor("#101010"), 2.5))
        for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            painter.drawLine(QPointF(0, 0), QPointF(10 * dx, 10 * dy))
        painter.setBrush(QBrush(QColor("#ffffff")))
        painter.setPen(QPen(QColor("#101010"), 1.5))
        for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            painter.drawEllipse(QPointF(11 * dx, 11 * dy), 6, 6)
        painter.setBrush(self._colour)
        painter.setPen(QPen(QColor("#ffffff"), 2.0))
        painter.drawEllipse(QPointF(0, 0), 9, 9)
        font = painter.font()
        font.setPointSizeF(8.5)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(-9, -9, 18, 18), Qt.AlignmentFlag.AlignCenter, self._number)
        if self._words:
            path = QPainterPath()
            # below: to the right of a launch point stands its name
            wide = painter.fontMetrics().horizontalAdvance(self._words)
            path.addText(-wide / 2, 30.0, font, self._words)
            painter.strokePath(path, QPen(QColor("#ffffff"), 3.0))
            painter.fillPath(path, QColor("#101010"))

    def _paint_ghost(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor("#ffffff"), 5.0), (self._colour, 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(0, 0), 8, 8)
