"""Over the map while vehicles are linked: pause and recall, for all and for each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.flight import Flight
from gui.flow import FlowLayout
from gui.i18n import tr
from gui.panels.forms import label, polish
from gui.panels.vehicle_card import facts_of
from gui.settings import Settings
from gui.theme import uav_colour

if TYPE_CHECKING:
    from mcpp.link.state import VehicleState

FEW_PX, MANY_PX = 204, 52
FEW = 6
"""Of so many vehicles each chip tells mode, height and battery; of more the height alone."""


class VehicleChip(QFrame):
    """One vehicle: its name, what it does, and the orders to it alone.

    Signals
    -------
    ordered
        ``pause``, ``resume`` or ``return``.
    """

    ordered = Signal(str)

    def __init__(self, uav: int, name: str, name_px: int, words_px: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name = name
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 4, 3)
        layout.setSpacing(5)
        dot = label("●")
        dot.setStyleSheet(f"color: {uav_colour(uav).name()}; font-size: 13pt;")
        layout.addWidget(dot)
        title = label(name)
        title.setMinimumWidth(name_px)  # the buttons of all stand under each other
        layout.addWidget(title)
        self.words = label("", "quiet")
        self.words.setFixedWidth(words_px)  # what is said never moves a button under the hand
        layout.addWidget(self.words)
        self.buttons: dict[str, QPushButton] = {}
        for order, words, tip in (
            ("pause", tr("Pause"), tr("Pause {0}: it waits where it is", name)),
            ("resume", tr("Resume"), tr("Resume {0}: it goes on with its mission", name)),
            ("return", tr("Recall"), tr("Recall {0}: it comes home and lands", name)),
        ):
            button = self.buttons[order] = QPushButton(words)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setProperty("small", True)
            button.setProperty("danger", "line" if order != "resume" else "")
            button.clicked.connect(lambda _on=False, order=order: self.ordered.emit(order))
            layout.addWidget(button)

    def say(self, words: str, role: str) -> None:
        """Show its state in words."""
        metrics = self.words.fontMetrics()
        room = self.words.width()
        self.words.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
        self.words.setToolTip(words)
        if self.words.property("role") != role:
            self.words.setProperty("role", role)
            polish(self.words)


class FlightBar(QFrame):
    """Stands over the map as long as vehicles are linked; nothing hides it.

    Signals
    -------
    ordered
        An order, and the vehicle that it is for; empty for all.
    """

    ordered = Signal(str, str)

    def __init__(self, flight: Flight, settings: Settings, actions: Actions) -> None:
        super().__init__()
        self._flight = flight
        self._settings = settings
        self.setProperty("role", "flight")
        self.chips: dict[str, VehicleChip] = {}
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        self.all: dict[str, QWidget] = {}
        for name, danger in (("pause_all", "full"), ("recall_all", "full"), ("resume_all", "")):
            button = self.all[name] = actions.button(f"fly.{name}")
            button.setProperty("framed", True)
            button.setProperty("danger", danger)
            button.setMinimumHeight(40)
            if danger:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            top.addWidget(button)
        top.addStretch(1)
        self.words = label("")
        top.addWidget(self.words)
        layout.addLayout(top)
        self._rows = QWidget()
        self._flow = FlowLayout(self._rows)
        self._flow.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rows)
        flight.changed.connect(self.refresh)
        flight.state.connect(self._on_state)
        self.refresh()

    def refresh(self) -> None:
        """Show the linked vehicles."""
        names = self._flight.names
        if names != list(self.chips):
            self._make_chips(names)
        self.setVisible(self._flight.watching)
        armed = len(self._flight.armed)
        self.words.setText(tr("{0} of {1} with motors on", armed, len(names)))

    def _make_chips(self, names: list[str]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = {}
        plan = self._flight.plan
        places = {} if plan is None else {uav.id: i for i, uav in enumerate(plan.mission.uavs)}
        words_px = FEW_PX if len(names) <= FEW else MANY_PX
        metrics = self.words.fontMetrics()
        name_px = max((metrics.horizontalAdvance(name) for name in names), default=0)
        for name in names:
            chip = self.chips[name] = VehicleChip(places.get(name, 0), name, name_px, words_px)
            chip.ordered.connect(lambda order, name=name: self.ordered.emit(order, name))
            self._flow.addWidget(chip)
        self._hold_all_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_all_lines()

    def _hold_all_lines(self) -> None:
        """Let no window be so low that a vehicle's orders are cut off."""
        margins = self.contentsMargins()
        inside = self._layout.contentsMargins()
        width = self.width() - margins.left() - margins.right() - inside.left() - inside.right()
        self._rows.setMinimumHeight(self._flow.heightForWidth(max(width, 1)))

    def _on_state(self, state: "VehicleState") -> None:
        chip = self.chips.get(state.uav)
        if chip is None:
            return
        if not state.connected:
            chip.say(tr("link lost") if state.mode else tr("not heard yet"), "warning")
            return
        facts = facts_of(state, self._settings.units)
        words = facts if len(self.chips) <= FEW else facts[1:2]
        role = "error" if state.fence_breached else "good" if state.finished else "quiet"
        chip.say(" · ".join(words), role)
