"""Tracks cut into pieces that are quick to draw, and lines as Qt's paths."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.map.mission_layer import cosmetic_pen, polygon
from gui.theme import uav_colour
from gui.tracks import Track
from mcpp.model import BoolArray, FloatArray

CHUNK = 256
"""Legs of one piece: long paths are slow to stroke, and are stroked where nobody looks."""
LEAST_SIDE = 1e-7
"""Of a piece's bounds, in map units: less than a pixel at all zooms, more than nothing."""
CROWDED_PX = 10.0
"""Lines whose legs are shorter than this are drawn thin: they stay apart, and are drawn fast."""
SURVEY_PX = 2.6
"""Width of survey lines where there is room."""

Strokes = list[tuple[QPen, QPainterPath | list[QLineF]]]


class Piece(QGraphicsItem):
    """Up to 256 legs of a track, with the times of its ends.

    It keeps for the present zoom only what can be told apart on the screen. Thick lines are drawn
    one by one with square ends: as a path, or with round ends, they take twenty times as long.
    """

    def __init__(self, track: Track, first: int, last: int, bounds: QRectF) -> None:
        super().__init__()
        self.starts_s = float(track.time_s[first])
        self.ends_s = float(track.time_s[last])
        self.legs = last - first
        self._track, self._first, self._last = track, first, last
        self._bounds = bounds
        self._corners: tuple[FloatArray, BoolArray] | None = None
        self._level: int | None = None
        self._drawn: Strokes = []
        self.setZValue(5.0)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def corners(self) -> tuple[FloatArray, BoolArray]:
        """Give the points where it bends, shape (n, 2), and which legs are survey, (n - 1,)."""
        if self._corners is None:
            first, last = self._first, self._last
            self._corners = without_straight_corners(
                self._track.xy[first : last + 1], self._track.survey[first:last]
            )
        return self._corners

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

    def _drawn_at(self, scale: float) -> Strokes:
        """Make what is drawn where a map unit has `scale` pixels: transit, then survey."""
        xy, survey = self.corners()
        pixels = np.round(xy * scale * 2)
        moved = np.concatenate([[True], (np.diff(pixels, axis=0) != 0).any(axis=1)])
        if not moved.all() and moved.sum() > 1:
            xy, survey = xy[moved], survey[moved[1:]]
            xy, survey = without_straight_corners(xy, survey)
        colour = sortie_colour(self._track)
        faint = QColor(colour)
        faint.setAlpha(190)
        length_px = scale * float(np.hypot(*np.diff(xy, axis=0).T).sum())
        if length_px < CROWDED_PX * len(survey):
            return [
                (cosmetic_pen(faint, 1.0), runs_path(xy, ~survey)),
                (cosmetic_pen(colour, 1.0), runs_path(xy, survey)),
            ]
        room_px = (scale * self._bounds.width() + 1) * (scale * self._bounds.height() + 1)
        full = length_px * SURVEY_PX > room_px  # the lines leave no ground between them
        step = 2.0 / scale if full else 0.0
        found: Strokes = []
        for wanted, ink, width in ((~survey, faint, 1.3), (survey, colour, SURVEY_PX)):
            pen = cosmetic_pen(ink, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if full else Qt.PenCapStyle.SquareCap)
            found.append((pen, lines_of(xy, wanted, step)))
        return found


def pieces_of(track: Track) -> list[Piece]:
    """Cut a track into pieces. What is drawn of them is made when they are first seen."""
    legs = len(track.kind)
    starts = np.arange(0, legs, CHUNK)
    ends = np.minimum(starts + CHUNK, legs)
    low = np.minimum(np.minimum.reduceat(track.xy[:-1], starts), track.xy[ends])
    high = np.maximum(np.maximum.reduceat(track.xy[:-1], starts), track.xy[ends]) + LEAST_SIDE
    return [
        Piece(track, first, last, QRectF(QPointF(*corner), QPointF(*other)))
        for first, last, corner, other in zip(
            starts.tolist(), ends.tolist(), low.tolist(), high.tolist(), strict=True
        )
    ]


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
        path.addPolygon(polygon(xy[first : last + 1]))
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


def line_path(xy: FloatArray) -> QPainterPath:
    """Turn points, shape (n, 2), into an open path."""
    path = QPainterPath()
    path.addPolygon(polygon(xy))
    return path


def rings_path(polygons: list[list[FloatArray]]) -> QPainterPath:
    """Turn polygons with holes into a path to be filled."""
    path = QPainterPath()
    for rings in polygons:
        for ring in rings:
            path.addPolygon(polygon(ring))
            path.closeSubpath()
    return path
