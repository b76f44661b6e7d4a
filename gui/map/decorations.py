"""What is drawn on top of a map, or in place of one: scale bar, north arrow, graticule, credits."""

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from gui.map.mercator import Projection, graticule_step_deg, scale_bar_m
from gui.theme import Theme
from gui.units import FOOT_M, MILE_M, UnitSystem

EDGE_PX = 14


def small_font(painter: QPainter, *, bold: bool = False) -> QFont:
    """Make the font of labels on the map."""
    font = QFont(painter.font())
    font.setPointSizeF(8.5)
    font.setBold(bold)
    return font


def draw_text(painter: QPainter, at: QPointF, text: str, colour: QColor, halo: QColor) -> None:
    """Draw words that can be read on any ground."""
    path = QPainterPath()
    path.addText(at, painter.font(), text)
    painter.strokePath(path, QPen(halo, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.fillPath(path, colour)


def draw_scale_bar(
    painter: QPainter, window: QRectF, metres_per_pixel: float, theme: Theme, units: UnitSystem
) -> None:
    """Draw a bar of a round length at the lower left."""
    if units is UnitSystem.METRIC:
        length_m = scale_bar_m(metres_per_pixel, 130)
        text = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
    elif metres_per_pixel * 130 >= MILE_M:
        miles = scale_bar_m(metres_per_pixel / MILE_M, 130)
        length_m, text = miles * MILE_M, f"{miles:g} mi"
    else:
        feet = scale_bar_m(metres_per_pixel / FOOT_M, 130)
        length_m, text = feet * FOOT_M, f"{feet:g} ft"
    width = length_m / metres_per_pixel
    left, bottom = window.left() + EDGE_PX, window.bottom() - EDGE_PX
    corners = [
        QPointF(left, bottom - 7),
        QPointF(left, bottom),
        QPointF(left + width, bottom),
        QPointF(left + width, bottom - 7),
    ]
    for colour, thick in ((theme.halo, 5.0), (theme.text, 2.0)):
        painter.setPen(QPen(QColor(colour), thick))
        painter.drawPolyline(QPolygonF(corners))
    painter.setFont(small_font(painter, bold=True))
    at = QPointF(left + 6, bottom - 6)
    draw_text(painter, at, text, QColor(theme.text), QColor(theme.halo))


def draw_north_arrow(painter: QPainter, window: QRectF, theme: Theme) -> None:
    """Draw an arrow to the north at the upper right."""
    x, y = window.right() - EDGE_PX - 14, window.top() + EDGE_PX + 12
    arrow = QPolygonF(
        [QPointF(x, y - 12), QPointF(x + 9, y + 12), QPointF(x, y + 6), QPointF(x - 9, y + 12)]
    )
    painter.setPen(QPen(QColor(theme.halo), 2.0))
    painter.setBrush(QColor(theme.text))
    painter.drawPolygon(arrow)
    painter.setFont(small_font(painter, bold=True))
    draw_text(painter, QPointF(x - 4, y + 27), "N", QColor(theme.text), QColor(theme.halo))


def draw_credits(painter: QPainter, window: QRectF, text: str, theme: Theme) -> None:
    """Draw whose map it is at the lower right."""
    if not text:
        return
    painter.setFont(small_font(painter))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(window.width() * 0.6))
    width = metrics.horizontalAdvance(shown) + 12
    box = QRectF(window.right() - width, window.bottom() - 20, width, 20)
    ground = QColor(theme.panel)
    ground.setAlpha(210)
    painter.fillRect(box, ground)
    painter.setPen(QColor(theme.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def draw_crosshair(painter: QPainter, window: QRectF, theme: Theme) -> None:
    """Mark the middle of the map, where the space bar puts a point."""
    middle = window.center()
    lines = [
        QLineF(
            middle.x() + dx * near,
            middle.y() + dy * near,
            middle.x() + dx * 14,
            middle.y() + dy * 14,
        )
        for dx, dy, near in ((1, 0, 4), (-1, 0, 4), (0, 1, 4), (0, -1, 4))
    ]
    for colour, thick in ((theme.halo, 4.0), (theme.accent, 2.0)):
        painter.setPen(QPen(QColor(colour), thick))
        painter.drawLines(lines)


def draw_graticule(
    painter: QPainter, rect: QRectF, projection: Projection, scale: float, theme: Theme
) -> None:
    """Draw lines of latitude and longitude, with their values, where there are no tiles.

    Parameters
    ----------
    rect
        What is seen, in map units; the painter is in map units too.
    scale
        Pixels of a map unit.
    """
    step = graticule_step_deg(rect.width() / 256.0 * 360.0)
    west = rect.left() / 256.0 * 360.0 - 180.0
    east = rect.right() / 256.0 * 360.0 - 180.0
    _, north = projection.place(rect.center().x(), max(rect.top(), 0.0))
    _, south = projection.place(rect.center().x(), min(rect.bottom(), 256.0))
    pen = QPen(QColor(theme.map_grid), 1.0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    columns = [
        (k * step, (k * step + 180.0) / 360.0 * 256.0)
        for k in range(math.ceil(west / step), math.floor(east / step) + 1)
    ]
    rows = [
        (k * step, projection.point((projection.middle_lon_deg, k * step))[1])
        for k in range(math.ceil(south / step), math.floor(north / step) + 1)
        if abs(k * step) < 85.06
    ]
    painter.drawLines([QLineF(x, rect.top(), x, rect.bottom()) for _, x in columns])
    painter.drawLines([QLineF(rect.left(), y, rect.right(), y) for _, y in rows])
    painter.save()
    painter.resetTransform()
    painter.setFont(small_font(painter))
    painter.setPen(QColor(theme.quiet))
    for lon, x in columns:
        if (rect.right() - x) * scale < 70:
            continue
        wrapped = (lon + 180.0) % 360.0 - 180.0
        text = _degrees(wrapped, "E", "W", step)
        painter.drawText(QPointF((x - rect.left()) * scale + 4, rect.height() * scale - 34), text)
    for lat, y in rows:
        if not 60 < (y - rect.top()) * scale < rect.height() * scale - 60:
            continue  # the place box and the scale bar stand there
        text = _degrees(lat, "N", "S", step)
        painter.drawText(QPointF(6, (y - rect.top()) * scale - 4), text)
    painter.restore()


def _degrees(value: float, plus: str, minus: str, step: float) -> str:
    letter = plus if value >= 0 else minus
    degrees = round(abs(value) * 3600, 3)
    whole, rest = divmod(degrees, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{whole:.0f}°"
    if step < 1:
        text += f"{minutes:02.0f}\u2032"
    if step < 1 / 60 - 1e-9:
        text += f"{seconds:04.1f}\u2033" if step < 1 / 3600 - 1e-9 else f"{seconds:02.0f}\u2033"
    return text + letter
