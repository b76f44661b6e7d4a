"""The whole fleet's flight in time: play, slide, heights and sorties at a glance."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.ground import Ground
from gui.i18n import tr
from gui.panels.area import ActionButton
from gui.panels.flight_chart import FlightChart
from gui.panels.forms import label
from gui.panels.profile_chart import ProfileChart
from gui.session import Session
from gui.settings import Settings
from gui.theme import Theme
from gui.tracks import end_s
from gui.units import time_text

if TYPE_CHECKING:
    from gui.map.plan_layer import PlanLayer

TICK_MS = 100
"""Ten pictures a second: playing costs under a tenth of a core, whatever speed is shown."""
SLIDER_STEPS = 2000
SPEEDS = (1, 5, 10, 30, 60)


class TimelinePanel(QWidget):
    """Plays the flight of the whole fleet.

    Signals
    -------
    playing_changed
        Time has begun to run, or has stopped.
    """

    playing_changed = Signal()

    def __init__(
        self,
        session: Session,
        settings: Settings,
        layer: "PlanLayer",
        ground: Ground,
        button: ActionButton,
    ) -> None:
        super().__init__()
        self._session = session
        self._layer = layer
        self._ground = ground
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
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, SLIDER_STEPS)
        self.slider.setAccessibleName(tr("Time of the flight"))
        self.slider.valueChanged.connect(self._on_slider)
        row.addWidget(self.slider, 1)
        self._gap = QWidget()
        row.addWidget(self._gap, 1)
        self.words = label("", "quiet")
        row.addWidget(self.words)
        self.whose = QComboBox()
        self.whose.setAccessibleName(tr("Whose heights are shown"))
        self.whose.setToolTip(tr("All UAVs together, or one over the ground under it"))
        self.whose.currentIndexChanged.connect(self._show_whose)
        row.addWidget(self.whose)
        self.opener = QToolButton()
        self.opener.setCheckable(True)
        self.opener.setText(tr("Chart"))
        self.opener.setToolTip(tr("Show heights and flights over time, or only one line"))
        self.opener.clicked.connect(self.show_chart)
        row.addWidget(self.opener)
        layout.addLayout(row)
        self.chart = FlightChart(settings)
        self.profile = ProfileChart(settings)
        self.charts = QStackedWidget()
        for chart in (self.chart, self.profile):
            chart.time_chosen.connect(session.set_time)
            self.charts.addWidget(chart)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(70)
        self._scroll.setWidget(self.charts)
        layout.addWidget(self._scroll, 1)
        self.show_chart(True)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        layer.rebuilt.connect(self._on_plan)
        session.time_changed.connect(self._on_time)
        session.selection_changed.connect(self._on_selection)
        ground.changed.connect(self._show_whose)
        self._on_plan()

    def show_chart(self, on: bool) -> None:
        """Show heights and lanes under the line with the button that plays, or the line alone."""
        self.opener.setChecked(on)
        self._scroll.setVisible(on)
        self.slider.setVisible(not on)
        self.whose.setVisible(on)
        self._gap.setVisible(on)
        self.setMaximumHeight(16777215)
        if not on:
            self._rows.activate()
            self.setMaximumHeight(self._rows.sizeHint().height())

    def dress(self, theme: Theme) -> None:
        """Give the charts their colours."""
        self.chart.theme = self.profile.theme = theme

    def _fill_whose(self) -> None:
        """Offer all UAVs that fly; stay with the one that was chosen."""
        names = {track.uav: track.name for track in self._layer.tracks}
        before = self.whose.currentText()
        self.whose.blockSignals(True)
        self.whose.clear()
        self.whose.addItem(tr("All UAVs"), None)
        for uav, name in sorted(names.items()):
            self.whose.addItem(name, uav)
        self.whose.setCurrentIndex(max(self.whose.findText(before), 0))
        self.whose.blockSignals(False)

    def _show_whose(self) -> None:
        """Show all UAVs, or one over the ground."""
        uav = self.whose.currentData()
        if uav is None:
            self.chart.fit_height()
        else:
            self.chart.setMinimumHeight(0)  # the one that is hidden needs no room
        self.charts.setCurrentWidget(self.chart if uav is None else self.profile)
        self.profile.show_uav(
            self._layer.tracks, uav, self._ground.profiles, known=self._ground.known
        )

    def _on_selection(self) -> None:
        """Show the UAV that was selected on the map or in the table."""
        chosen = self._session.selection
        if chosen is not None and chosen.kind == "uav":
            self.whose.setCurrentIndex(max(self.whose.findData(chosen.index), 0))

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
        self._fill_whose()
        self._show_whose()
        if not self._layer.tracks:
            self._session.set_time(None)
        self._on_time(self._session.time_s)

    def _on_time(self, time_s: float | None) -> None:
        self.chart.show_time(time_s)
        self.profile.show_time(time_s)
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
