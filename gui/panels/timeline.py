"""The whole fleet's flight in time: play, slide, heights and sorties at a glance."""

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.map.pieces import sortie_colour
from gui.panels.area import ActionButton
from gui.panels.forms import label
from gui.session import Session
from gui.settings import Settings
from gui.theme import LIGHT, Theme
from gui.tracks import Track, end_s
from gui.units import Quantity, clock_text, time_text, unit_of, value_text

if TYPE_CHECKING:
    from gui.map.plan_layer import PlanLayer

TICK_MS = 40
SLIDER_STEPS = 2000
SPEEDS = (1, 5, 10, 30, 60)
BOTTOM_PX, LANE_PX, LEAST_LANE_PX = 18, 15, 11
LEAST_HEIGHTS_PX = 34
"""Height that the curves are given at least, over the lanes."""
LEAST_LEFT_PX, MOST_LEFT_PX = 64, 150


class FlightChart(QWidget):
    """Heights over time, and a lane of sorties for each UAV; a click or drag sets the time.

    Signals
    -------
    time_chosen
        Seconds of the plan.
    """

    time_chosen = Signal(float)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.theme: Theme = LIGHT
        self.tracks: list[Track] = []
        self.time_s: float | None = None
        self._fit_height()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Heights and flights over time"))
        self.setToolTip(tr("Click or drag to set the time; arrow keys move it"))

    def show_tracks(self, tracks: list[Track]) -> None:
        """Show other flights."""
        self.tracks = tracks
        self._fit_height()
        self.update()

    def _fit_height(self) -> None:
        """Be high enough for a lane for each UAV: where there is less room, it is scrolled."""
        lanes = self._lanes() * LEAST_LANE_PX
        self.setMinimumHeight(max(96, lanes + LEAST_HEIGHTS_PX + BOTTOM_PX + 12))

    def _lanes(self) -> int:
        return len({track.uav for track in self.tracks})

    def lane_px(self) -> float:
        """Height of a lane: less where there are many."""
        room = self.height() - BOTTOM_PX - LEAST_HEIGHTS_PX - 12
        return min(LANE_PX, room / max(self._lanes(), 1))

    def left_px(self) -> int:
        """Width of the names before the lanes: as long as the longest, within reason."""
        widths = [self.fontMetrics().horizontalAdvance(track.name) for track in self.tracks]
        return min(max([LEAST_LEFT_PX, *(width + 12 for width in widths)]), MOST_LEFT_PX)

    def plot(self) -> QRectF:
        """Where the heights are drawn, in pixels."""
        height = self.height() - self._lanes() * self.lane_px() - BOTTOM_PX - 12
        left = self.left_px()
        return QRectF(left, 6, max(self.width() - left - 12, 10), max(height, 10))

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
        if self.tracks:
            self.time_chosen.emit(self.time_of(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self.tracks:
            super().keyPressEvent(event)
            return
        far = end_s(self.tracks) / 100
        now = 0.0 if self.time_s is None else self.time_s
        self.time_chosen.emit(min(max(now + step * far, 0.0), end_s(self.tracks)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPointSizeF(8.0)
        painter.setFont(font)
        painter.fillRect(self.rect(), QColor(self.theme.field))
        if not self.tracks:
            painter.setPen(QColor(self.theme.quiet))
            words = tr("Heights and flights over time appear here when there is a plan.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            return
        self._paint_heights(painter)
        self._paint_lanes(painter)
        self._paint_axis(painter)
        if self.time_s is not None:
            painter.setPen(QPen(QColor(self.theme.accent), 2.0))
            x = self.x_of(self.time_s)
            painter.drawLine(QPointF(x, 2), QPointF(x, self.height() - BOTTOM_PX))

    def _paint_heights(self, painter: QPainter) -> None:
        plot = self.plot()
        highest_m = max(float(track.height_m.max()) for track in self.tracks)
        per_si = unit_of(Quantity.LENGTH, self._settings.units).per_si
        top_m = nice_top(highest_m * per_si) / per_si
        for part in (0.0, 0.5, 1.0):
            y = plot.bottom() - part * plot.height()
            painter.setPen(QPen(QColor(self.theme.line), 1.0))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(self.theme.quiet))
            words = value_text(round(part * top_m), Quantity.LENGTH, self._settings.units)
            box = QRectF(0, y - 8, plot.left() - 6, 16)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
            )
        for track in self.tracks:
            x = plot.left() + plot.width() * track.time_s / max(end_s(self.tracks), 1e-9)
            heights = plot.bottom() - track.height_m / top_m * plot.height()
            keep = _few(x, heights)
            painter.setPen(QPen(sortie_colour(track), 1.8))
            points = [
                QPointF(a, b) for a, b in zip(x[keep].tolist(), heights[keep].tolist(), strict=True)
            ]
            painter.drawPolyline(QPolygonF(points))

    def _paint_lanes(self, painter: QPainter) -> None:
        """Draw a bar for each sortie: who flies when."""
        plot, high = self.plot(), self.lane_px()
        top = plot.bottom() + 6
        lanes = {uav: lane for lane, uav in enumerate(sorted({t.uav for t in self.tracks}))}
        if high < LANE_PX - 2:
            font = painter.font()
            font.setPixelSize(max(round(high) - 1, 7))
            painter.setFont(font)
        metrics = painter.fontMetrics()
        for track in self.tracks:
            y = top + lanes[track.uav] * high
            left, right = self.x_of(float(track.time_s[0])), self.x_of(float(track.time_s[-1]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(sortie_colour(track))
            gap = min(4.0, high / 4)
            painter.drawRoundedRect(QRectF(left, y, max(right - left, 2), high - gap), 3, 3)
            painter.setPen(QColor(self.theme.text))
            room = round(plot.left()) - 10
            name = metrics.elidedText(track.name, Qt.TextElideMode.ElideRight, room)
            box = QRectF(0, y - gap / 2, plot.left() - 6, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)

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


def _few(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Which points are needed at this size: those where the height changes, and the ends."""
    bend = np.abs(np.diff(np.diff(y))) > 1e-6
    keep = np.concatenate([[True], bend, [True]]) if len(y) > 2 else np.ones(len(y), dtype=bool)
    return np.flatnonzero(keep)


class TimelinePanel(QWidget):
    """Plays the flight of the whole fleet.

    Signals
    -------
    playing_changed
        Time has begun to run, or has stopped.
    """

    playing_changed = Signal()

    def __init__(
        self, session: Session, settings: Settings, layer: "PlanLayer", button: ActionButton
    ) -> None:
        super().__init__()
        self._session = session
        self._layer = layer
        layout = self._rows = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 8)
        layout.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(button("view.play"))
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed of the film"))
        for factor in SPEEDS:
            self.speed.addItem(f"{factor} x", factor)
        self.speed.setCurrentIndex(3)
        row.addWidget(self.speed)
        self.clock = label("")
        row.addWidget(self.clock)
        row.addStretch(1)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, SLIDER_STEPS)
        self.slider.setAccessibleName(tr("Time of the flight"))
        self.slider.valueChanged.connect(self._on_slider)
        row.insertWidget(3, self.slider, 1)
        self.words = label("", "quiet")
        row.addWidget(self.words)
        self.opener = QToolButton()
        self.opener.setCheckable(True)
        self.opener.setText(tr("Chart"))
        self.opener.setToolTip(tr("Show heights and flights over time, or only one line"))
        self.opener.clicked.connect(self.show_chart)
        row.addWidget(self.opener)
        layout.addLayout(row)
        self.chart = FlightChart(settings)
        self.chart.time_chosen.connect(session.set_time)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(70)
        self._scroll.setWidget(self.chart)
        layout.addWidget(self._scroll, 1)
        self.show_chart(True)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        layer.rebuilt.connect(self._on_plan)
        session.time_changed.connect(self._on_time)
        settings.units_changed.connect(self.chart.update)
        self._on_plan()

    def show_chart(self, on: bool) -> None:
        """Show heights and lanes under the line with the button that plays, or the line alone."""
        self.opener.setChecked(on)
        self._scroll.setVisible(on)
        self.slider.setVisible(not on)
        self.setMaximumHeight(16777215)
        if not on:
            self._rows.activate()
            self.setMaximumHeight(self._rows.sizeHint().height())

    def _on_slider(self, step: int) -> None:
        if self._layer.tracks:
            self._session.set_time(step / SLIDER_STEPS * end_s(self._layer.tracks))

    @property
    def playing(self) -> bool:
        """Whether time runs."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Stop playing."""
        self._timer.stop()
        self.playing_changed.emit()

    def toggle(self) -> None:
        """Play, or stop playing."""
        if self.playing:
            self.stop()
        elif self._layer.tracks:
            now = self._session.time_s
            if now is None or now >= end_s(self._layer.tracks):
                self._session.set_time(0.0)
            self._timer.start()
            self.playing_changed.emit()

    def _tick(self) -> None:
        end = end_s(self._layer.tracks)
        now = (self._session.time_s or 0.0) + TICK_MS / 1000 * self.speed.currentData()
        if now >= end:
            self.stop()
        self._session.set_time(min(now, end))

    def _on_plan(self) -> None:
        self.stop()
        self.chart.show_tracks(self._layer.tracks)
        if not self._layer.tracks:
            self._session.set_time(None)
        self._on_time(self._session.time_s)

    def _on_time(self, time_s: float | None) -> None:
        self.chart.time_s = time_s
        self.chart.update()
        end = end_s(self._layer.tracks)
        if not self._layer.tracks:
            self.clock.setText("")
        elif time_s is None:
            self.clock.setText(time_text(end))
        else:
            self.clock.setText(f"{time_text(time_s)} / {time_text(end)}")
        self.slider.blockSignals(True)  # it follows, and does not lead
        self.slider.setValue(round(SLIDER_STEPS * (time_s or 0.0) / max(end, 1e-9)))
        self.slider.blockSignals(False)
        flying = (
            0
            if time_s is None
            else sum(bool(t.time_s[0] < time_s < t.time_s[-1]) for t in self._layer.tracks)
        )
        if time_s is None:
            self.words.setText("")
        elif self._layer.ghosts:  # real ones are on the map: these are not in the air
            self.words.setText(tr("preview: {0} in the air", flying))
        else:
            self.words.setText(tr("{0} in the air", flying))
