"""What a chart over time has in common: its axis, the moment that is shown, mouse and keys."""

import math
from abc import abstractmethod

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.i18n import tr
from gui.settings import Settings
from gui.theme import LIGHT, Theme
from gui.tracks import Track, end_s
from gui.units import Quantity, clock_text, unit_of, value_text

BOTTOM_PX = 18


class TimeChart(QWidget):
    """Flights over time; a click or drag sets the time.

    Signals
    -------
    time_chosen
        Seconds of the plan.
    """

    time_chosen = Signal(float)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._theme: Theme = LIGHT
        self._drawn: QPixmap | None = None
        self.tracks: list[Track] = []
        self.time_s: float | None = None
        settings.units_changed.connect(self.refresh)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(tr("Click or drag to set the time; arrow keys move it"))

    def show_tracks(self, tracks: list[Track]) -> None:
        """Show other flights."""
        self.tracks = tracks
        self.refresh()

    @property
    def theme(self) -> Theme:
        """Its colours."""
        return self._theme

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._theme = theme
        self.refresh()

    def show_time(self, time_s: float | None) -> None:
        """Show a moment."""
        self.time_s = time_s
        self.update()

    @abstractmethod
    def plot(self) -> QRectF:
        """Where the heights are drawn, in pixels."""

    @abstractmethod
    def paint_flights(self, painter: QPainter) -> None:
        """Draw what there is, under the axis and the line of the moment."""

    def x_of(self, time_s: float) -> float:
        """Seconds to pixels."""
        plot = self.plot()
        return plot.left() + plot.width() * time_s / max(end_s(self.tracks), 1e-9)

    def time_of(self, x: float) -> float:
        """Pixels to seconds."""
        plot = self.plot()
        end = end_s(self.tracks)
        return min(max((x - plot.left()) / plot.width() * end, 0.0), end)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.tracks and event.buttons() & Qt.MouseButton.LeftButton:
            self.time_chosen.emit(self.time_of(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.tracks:
            super().keyPressEvent(event)
            return
        far = end_s(self.tracks) / 100
        now = 0.0 if self.time_s is None else self.time_s
        self.time_chosen.emit(min(max(now + step * far, 0.0), end_s(self.tracks)))

    def refresh(self) -> None:
        """Draw all anew: units or colours have changed."""
        self._drawn = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawn is None:
            self._drawn = self._draw()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        if self.time_s is not None and self.tracks:
            painter.setPen(QPen(QColor(self.theme.accent), 2.0))
            x = self.x_of(self.time_s)
            painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - BOTTOM_PX))

    def _draw(self) -> QPixmap:
        """Draw all but the moment: while a flight is played, only that moves."""
        ratio = self.devicePixelRatio()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self.theme.field))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPointSizeF(8.0)
        painter.setFont(font)
        if self.tracks:
            self.paint_flights(painter)
            self._paint_axis(painter)
        else:
            painter.setPen(QColor(self.theme.quiet))
            words = tr("Heights and flights over time appear here when there is a plan.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return picture

    def paint_grid(self, painter: QPainter, low_m: float, top_m: float) -> None:
        """Draw lines of equal height, with their heights."""
        plot = self.plot()
        for part in (0.0, 0.5, 1.0):
            y = plot.bottom() - part * plot.height()
            painter.setPen(QPen(QColor(self.theme.line), 1.0))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(self.theme.quiet))
            height_m = low_m + part * (top_m - low_m)
            words = value_text(round(height_m), Quantity.LENGTH, self._settings.units)
            box = QRectF(0, y - 8, plot.left() - 6, 16)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )

    def top_m(self, highest_m: float) -> float:
        """Choose the top of an axis of heights: a round number in the units that are shown."""
        per_si = unit_of(Quantity.LENGTH, self._settings.units).per_si
        return nice_top(highest_m * per_si) / per_si

    def _paint_axis(self, painter: QPainter) -> None:
        end = end_s(self.tracks)
        steps = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
        step = next((s for s in steps if self.x_of(s) - self.plot().left() > 62), steps[-1])
        font = painter.font()
        font.setPointSizeF(8.0)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.quiet))
        for k in range(int(end // step) + 1):
            x = self.x_of(k * step)
            box = QRectF(x - 40, self.height() - BOTTOM_PX + 2, 80, BOTTOM_PX)
            words = clock_text(k * step)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, words)


def nice_top(highest: float) -> float:
    """Find a round number not below `highest`, for the top of an axis."""
    power = 10.0 ** math.floor(math.log10(max(highest, 1.0)))
    return next(k * power for k in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10) if k * power >= highest * 1.02)
