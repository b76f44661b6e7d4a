"""The handles of a selected shape: corners, marks between them, and the cross that moves it all."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.theme import Theme
from mcpp.model import FloatArray


def paint_corners(painter: QPainter, theme: Theme, pixels: FloatArray, chosen: int | None) -> None:
    """Draw a disc at each corner, shape (n, 2) in pixels; the chosen one is filled."""
    painter.setPen(QPen(QColor(theme.area), 2.0))
    for index, (x, y) in enumerate(pixels.tolist()):
        painter.setBrush(QColor(theme.accent if index == chosen else theme.halo))
        size = 8.0 if index == chosen else 6.5
        painter.drawEllipse(QPointF(x, y), size, size)


def paint_middles(painter: QPainter, theme: Theme, pixels: FloatArray, seen: QRectF) -> None:
    """Draw a small + in the middle of each edge: drag it to insert a corner."""
    painter.setBrush(QColor(theme.halo))
    for x, y in pixels.tolist():
        if not seen.contains(x, y):
            continue
        painter.setPen(QPen(QColor(theme.area), 1.2))
        painter.drawEllipse(QPointF(x, y), 5.0, 5.0)
        painter.drawLine(QPointF(x - 2.5, y), QPointF(x + 2.5, y))
        painter.drawLine(QPointF(x, y - 2.5), QPointF(x, y + 2.5))


def paint_cross(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """Draw four arrows: drag here to move all of it."""
    painter.setPen(QPen(QColor(theme.area), 1.5))
    painter.setBrush(QColor(theme.halo))
    painter.drawRoundedRect(QRectF(at.x() - 11, at.y() - 11, 22, 22), 5, 5)
    painter.drawLine(at - QPointF(6, 0), at + QPointF(6, 0))
    painter.drawLine(at - QPointF(0, 6), at + QPointF(0, 6))
    painter.setBrush(QColor(theme.area))
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        tip = at + QPointF(8 * dx, 8 * dy)
        side = QPointF(2.5 * dy, 2.5 * dx)
        back = at + QPointF(5 * dx, 5 * dy)
        painter.drawPolygon(QPolygonF([tip, back + side, back - side]))


def paint_turn(painter: QPainter, theme: Theme, at: QPointF) -> None:
    """Draw an arc with a head: drag here to turn the shape about its middle."""
    painter.setPen(QPen(QColor(theme.area), 1.5))
    painter.setBrush(QColor(theme.halo))
    painter.drawEllipse(at, 11.0, 11.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(at.x() - 6, at.y() - 6, 12, 12), 40 * 16, 270 * 16)
    painter.setBrush(QColor(theme.area))
    tip = at + QPointF(4.6, -3.9)
    painter.drawPolygon(
        QPolygonF([tip + QPointF(3, 3), tip + QPointF(-4, 1), tip + QPointF(2, -4)])
    )


def paint_course(
    painter: QPainter, theme: Theme, middle: QPointF, knob: QPointF, *, given: bool
) -> None:
    """Draw which way survey lines run, with the knob that chooses it; hollow when nobody has."""
    step = knob - middle
    for colour, width in ((theme.halo, 4.0), (theme.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawLine(middle - step, knob)
    painter.setPen(QPen(QColor(theme.accent), 2.0))
    painter.setBrush(QColor(theme.accent if given else theme.halo))
    painter.drawEllipse(knob, 7.0, 7.0)
