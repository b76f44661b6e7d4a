"""Scene items of a plan: pieces of tracks, arrows, photos, UAVs in flight."""

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
from gui.theme import uav_colour
from gui.tracks import Track, photo_points, spaced_points
from mcpp.model import FloatArray

CHUNK = 256
"""Vertices of one path item: long paths are slow to stroke, and are stroked where nobody looks."""
ARROW_GAP_PX = 110.0
MOST_ARROWS = 300
PHOTO_GAP_PX = 5.0
MOST_PHOTOS = 4000


class Piece(QGraphicsPathItem):
    """Up to 256 vertices of a track, all survey or all transit, with the times of its ends."""

    def __init__(self, track: Track, first: int, last: int, *, survey: bool) -> None:
        super().__init__(line_path(track.xy[first : last + 1]))
        self.starts_s = float(track.time_s[first])
        self.ends_s = float(track.time_s[last])
        colour = sortie_colour(track)
        if not survey:
            colour.setAlpha(190)
        self.setPen(cosmetic_pen(colour, 2.6 if survey else 1.3))
        self.setZValue(5.0 if survey else 4.5)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)


def sortie_colour(track: Track) -> QColor:
    """The UAV's colour, every second sortie darker."""
    colour = uav_colour(track.uav)
    return colour if track.number % 2 else colour.darker(135)


def pieces_of(track: Track) -> list[Piece]:
    """Cut a track where survey begins and ends, and into chunks."""
    survey = track.survey
    cuts = [0, *(np.flatnonzero(np.diff(survey.astype(np.int8))) + 1).tolist(), len(survey)]
    pieces = []
    for first, last in zip(cuts, cuts[1:], strict=False):
        for begin in range(first, last, CHUNK):
            end = min(begin + CHUNK, last)
            pieces.append(Piece(track, begin, end, survey=bool(survey[first])))
    return pieces


def line_path(xy: FloatArray) -> QPainterPath:
    """Turn points, shape (n, 2), into an open path."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in xy.tolist()]))
    return path


def rings_path(polygons: list[list[FloatArray]]) -> QPainterPath:
    """Turn polygons with holes into a path to be filled."""
    path = QPainterPath()
    for rings in polygons:
        for ring in rings:
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
            path.closeSubpath()
    return path


class _Overlay(QGraphicsItem):
    """Paints many small things in pixels over the part of the map that is seen."""

    def __init__(self, tracks: list[Track], height: float) -> None:
        super().__init__()
        self.setZValue(height)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.tracks = tracks
        self._bounds = QRectF()
        for track in tracks:
            low, high = track.xy.min(axis=0), track.xy.max(axis=0)
            self._bounds |= QRectF(QPointF(*low), QPointF(*high))
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def seen(self, points: FloatArray, option: QStyleOptionGraphicsItem) -> np.ndarray:
        """Which of some points lie in the part that is painted."""
        rect = option.exposedRect
        x, y = points[:, 0], points[:, 1]
        inside: np.ndarray = (
            (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
        )
        return inside


class Arrows(_Overlay):
    """Arrows along the tracks, at equal distances on the screen."""

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        transform = painter.worldTransform()
        scale = transform.m11()
        painter.save()
        painter.resetTransform()
        for track in self.tracks:
            points, directions = spaced_points(track, ARROW_GAP_PX / scale)
            shown = np.flatnonzero(self.seen(points, option))
            if len(shown) > MOST_ARROWS:
                shown = shown[:: math.ceil(len(shown) / MOST_ARROWS)]
            painter.setPen(QPen(QColor("#ffffff"), 1.0))
            painter.setBrush(sortie_colour(track).darker(115))
            pixels = points[shown] * scale + np.array([transform.dx(), transform.dy()])
            _draw_arrows(painter, pixels, directions[shown])
        painter.restore()


def _draw_arrows(painter: QPainter, pixels: FloatArray, directions: FloatArray) -> None:
    side = np.stack([-directions[:, 1], directions[:, 0]], axis=1)
    corners = np.stack(
        [
            pixels + 7 * directions,
            pixels - 5 * directions + 5 * side,
            pixels - 2 * directions,
            pixels - 5 * directions - 5 * side,
        ],
        axis=1,
    )
    for arrow in corners.tolist():
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in arrow]))


class Photos(_Overlay):
    """A line across the flight for each photo, as long as the photo is wide on the ground.

    Parameters
    ----------
    distances, widths
        Of each track: between photos and across them, in map units; None takes no photos.
    """

    def __init__(
        self, tracks: list[Track], distances: list[float | None], widths: list[float]
    ) -> None:
        super().__init__(tracks, 4.2)
        self._distances = distances
        self._photos = [
            photo_points(track, distance) if distance else None
            for track, distance in zip(tracks, distances, strict=True)
        ]
        self._widths = widths

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = painter.worldTransform().m11()
        for track, photos, distance, width in zip(
            self.tracks, self._photos, self._distances, self._widths, strict=True
        ):
            if photos is None or distance is None or distance * scale < PHOTO_GAP_PX:
                continue
            points, directions = photos
            shown = np.flatnonzero(self.seen(points, option))[:MOST_PHOTOS]
            side = np.stack([-directions[shown, 1], directions[shown, 0]], axis=1) * width / 2
            colour = sortie_colour(track)
            colour.setAlpha(110)
            painter.setPen(cosmetic_pen(colour, 1.0))
            for (x1, y1), (x2, y2) in zip(
                (points[shown] - side).tolist(), (points[shown] + side).tolist(), strict=True
            ):
                painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


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

    def say(self, words: str) -> None:
        """Write words beside it."""
        self.prepareGeometryChange()
        self._words = words
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-22, -22, 200, 44)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
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
            path.addText(21.0, 4.0, font, self._words)
            painter.strokePath(path, QPen(QColor("#ffffff"), 3.0))
            painter.fillPath(path, QColor("#101010"))
