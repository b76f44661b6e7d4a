"""Scene items of a plan: pieces of tracks, arrows, photos, UAVs in flight."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from gui.map.mission_layer import cosmetic_pen
from gui.theme import uav_colour
from gui.tracks import Track, photo_points, spaced_points
from mcpp.model import BoolArray, FloatArray

CHUNK = 256
"""Vertices of one path item: long paths are slow to stroke, and are stroked where nobody looks."""
LEAST_SIDE = 1e-7
"""Of a piece's bounds, in map units: less than a pixel at all zooms, more than nothing."""
CROWDED_PX = 10.0
"""Lines whose legs are shorter than this are drawn thin: they stay apart, and are drawn fast."""
SURVEY_PX = 2.6
"""Width of survey lines where there is room."""
ARROW_GAP_PX = 110.0
MOST_ARROWS = 300
PHOTO_GAP_PX = 5.0
MOST_PHOTOS = 4000


class Piece(QGraphicsItem):
    """Up to 256 legs of a track, with the times of its ends.

    `QGraphicsPathItem` takes the width of a cosmetic pen for map units, so that its bounds are the
    whole world and nothing is left out. This item knows its bounds, and keeps for the present zoom
    only what can be told apart on the screen. Thick lines are drawn one by one with square ends: as
    a path, or with round ends, they take twenty times as long.
    """

    def __init__(self, track: Track, first: int, last: int) -> None:
        super().__init__()
        self.starts_s = float(track.time_s[first])
        self.ends_s = float(track.time_s[last])
        survey = track.survey[first:last]
        self.xy, self.survey = without_straight_corners(track.xy[first : last + 1], survey)
        low, high = self.xy.min(axis=0), self.xy.max(axis=0)
        self._bounds = QRectF(QPointF(*low), QPointF(*(high + LEAST_SIDE)))
        self._colour = sortie_colour(track)
        self._level: int | None = None
        self._drawn: list[tuple[QPen, QPainterPath | list[QLineF]]] = []
        self.setZValue(5.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        level = math.ceil(math.log2(painter.worldTransform().m11()))
        if level != self._level:
            self._level = level
            self._drawn = self._drawn_at(2.0**level)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen, drawn in self._drawn:
            painter.setPen(pen)
            if isinstance(drawn, QPainterPath):
                painter.drawPath(drawn)
            else:
                painter.drawLines(drawn)

    def _drawn_at(self, scale: float) -> list[tuple[QPen, QPainterPath | list[QLineF]]]:
        """Make what is drawn where a map unit has `scale` pixels: transit, then survey."""
        xy, survey = self.xy, self.survey
        pixels = np.round(xy * scale * 2)
        moved = np.concatenate([[True], (np.diff(pixels, axis=0) != 0).any(axis=1)])
        if not moved.all() and moved.sum() > 1:
            xy, survey = xy[moved], survey[moved[1:]]
            xy, survey = without_straight_corners(xy, survey)
        faint = QColor(self._colour)
        faint.setAlpha(190)
        length_px = scale * float(np.hypot(*np.diff(xy, axis=0).T).sum())
        if length_px < CROWDED_PX * len(survey):
            return [
                (cosmetic_pen(faint, 1.0), runs_path(xy, ~survey)),
                (cosmetic_pen(self._colour, 1.0), runs_path(xy, survey)),
            ]
        room_px = (scale * self._bounds.width() + 1) * (scale * self._bounds.height() + 1)
        full = length_px * SURVEY_PX > room_px  # the lines leave no ground between them
        step = 2.0 / scale if full else 0.0
        found: list[tuple[QPen, QPainterPath | list[QLineF]]] = []
        for wanted, colour, width in ((~survey, faint, 1.3), (survey, self._colour, SURVEY_PX)):
            pen = cosmetic_pen(colour, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if full else Qt.PenCapStyle.SquareCap)
            found.append((pen, lines_of(xy, wanted, step)))
        return found


def without_straight_corners(xy: FloatArray, survey: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Drop points between two legs of one kind and one direction.

    Parameters
    ----------
    xy
        Shape (n, 2).
    survey
        Shape (n - 1,).
    """
    step = np.diff(xy, axis=0)
    unit = step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-300)[:, None]
    straight = (unit[1:] * unit[:-1]).sum(axis=1) > 1 - 1e-9
    kept = np.concatenate([[True], ~(straight & (survey[1:] == survey[:-1])), [True]])
    return xy[kept], survey[kept[1:]]


def runs_path(xy: FloatArray, wanted: BoolArray) -> QPainterPath:
    """Join the wanted legs, shape (n - 1,), of a line of points, shape (n, 2), into a path."""
    edges = np.diff(np.concatenate([[False], wanted, [False]]).astype(np.int8))
    path = QPainterPath()
    for first, last in zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in xy[first : last + 1].tolist()]))
    return path


def lines_of(xy: FloatArray, wanted: BoolArray, step: float) -> list[QLineF]:
    """Give the wanted legs of a line of points one by one.

    Parameters
    ----------
    xy
        Shape (n, 2).
    wanted
        Shape (n - 1,).
    step
        Of legs that are less than this apart, one is given; 0 gives all.
    """
    legs = np.concatenate([xy[:-1][wanted], xy[1:][wanted]], axis=1)
    if step:
        ends = np.round(legs / step)
        back = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
        ends[back] = ends[back][:, [2, 3, 0, 1]]
        legs = legs[np.sort(np.unique(ends, axis=0, return_index=True)[1])]
    return [QLineF(*leg) for leg in legs.tolist()]


def sortie_colour(track: Track) -> QColor:
    """Give the UAV's colour, every second sortie darker."""
    colour = uav_colour(track.uav)
    return colour if track.number % 2 else colour.darker(135)


def pieces_of(track: Track) -> list[Piece]:
    """Cut a track into chunks."""
    legs = len(track.kind)
    return [Piece(track, first, min(first + CHUNK, legs)) for first in range(0, legs, CHUNK)]


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
        most = max(MOST_ARROWS // len(self.tracks), 12)
        level = round(math.log2(scale))
        if level != self._level:
            self._level = level
            self._spaced = [spaced_points(t, ARROW_GAP_PX / 2.0**level) for t in self.tracks]
        for track, (points, directions) in zip(self.tracks, self._spaced, strict=True):
            shown = np.flatnonzero(self.seen(points, option))
            if len(shown) > most:
                shown = shown[:: math.ceil(len(shown) / most)]
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
