"""One vehicle in the fly panel: its link, its state, and the orders to it alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QProgressBar, QPushButton

from gui.i18n import tr
from gui.panels.forms import label, polish
from gui.theme import uav_colour
from gui.units import Quantity, UnitSystem, clock_text, value_text

if TYPE_CHECKING:
    from mcpp.link.state import VehicleState


class VehicleCard(QFrame):
    """Shows one vehicle.

    Signals
    -------
    ordered
        ``pause``, ``resume`` or ``return``.
    """

    ordered = Signal(str)

    def __init__(self, uav: int, name: str, link: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.uav, self.name = uav, name
        layout = QGridLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setVerticalSpacing(4)
        dot = label("●")
        dot.setStyleSheet(f"color: {uav_colour(uav).name()}; font-size: 14pt;")
        layout.addWidget(dot, 0, 0)
        layout.addWidget(label(name, "title"), 0, 1)
        self.link = QLineEdit(link)
        self.link.setPlaceholderText("udp:127.0.0.1:14550")
        self.link.setAccessibleName(tr("Link of {0}", name))
        self.link.setToolTip(tr("udp:HOST:PORT, tcp:HOST:PORT or serial:DEVICE:BAUD"))
        layout.addWidget(self.link, 0, 2)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.hide()
        layout.addWidget(self.bar, 1, 0, 1, 3)
        self.state = label("", "quiet", wrap=True)
        layout.addWidget(self.state, 2, 0, 1, 3)
        self.orders = QHBoxLayout()
        self.orders.setSpacing(6)
        self.buttons: dict[str, QPushButton] = {}
        for order, words in (
            ("pause", tr("Pause")),
            ("resume", tr("Resume")),
            ("return", tr("Recall")),
        ):
            button = self.buttons[order] = QPushButton(words)
            button.clicked.connect(lambda _on=False, order=order: self.ordered.emit(order))
            button.hide()
            self.orders.addWidget(button)
        layout.addLayout(self.orders, 3, 0, 1, 3)
        layout.setColumnStretch(2, 1)
        self.say(tr("not connected"), "quiet")

    def say(self, words: str, role: str) -> None:
        """Show its state in words."""
        self.state.setText(words)
        if self.state.property("role") != role:
            self.state.setProperty("role", role)
            polish(self.state)

    def show_orders(self, *, on: bool) -> None:
        """Offer the orders, or not."""
        for button in self.buttons.values():
            button.setVisible(on)

    def show_transfer(self, stage: str, done: int, total: int) -> None:
        """Show how far an upload is."""
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        self.bar.show()
        self.say(f"{stage} {done} / {total}", "quiet")

    def show_state(self, state: "VehicleState", units: UnitSystem, speedup: float) -> None:
        """Show what the vehicle tells; a simulated one flies `speedup` times as fast."""
        if not state.connected:
            self.say(tr("link lost") if state.mode else tr("not heard yet"), "warning")
            return
        self.bar.setMaximum(1000)
        self.bar.setValue(round(1000 * state.flown))
        self.bar.show()
        words = [state.mode or "-"]
        if state.height_m is not None:
            words.append(value_text(round(state.height_m), Quantity.LENGTH, units))
        if state.battery_percent is not None:
            words.append(tr("battery {0} %", state.battery_percent))
        words.append(tr("{0} % flown", round(100 * state.flown)))
        if state.finished:
            words = [tr("landed, mission flown")]
        elif state.predicted_s is not None and state.planned_s is not None:
            planned, expected = clock_text(state.planned_s), clock_text(state.predicted_s * speedup)
            words.append(tr("lands at {0}, planned {1}", expected, planned))
        breached = tr("outside its fence! ") if state.fence_breached else ""
        role = "error" if breached else "good" if state.finished else "quiet"
        self.say(breached + " · ".join(words), role)
