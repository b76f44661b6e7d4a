"""One vehicle in the fly panel: its link, its state, and what it holds."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QProgressBar

from gui.i18n import tr
from gui.panels.forms import Message, label, polish
from gui.theme import uav_colour
from gui.units import Quantity, UnitSystem, clock_text, value_text
from gui.vehicle_book import Kept

if TYPE_CHECKING:
    from mcpp.link.state import VehicleState


class VehicleCard(QFrame):
    """Shows one vehicle.

    Parameters
    ----------
    mavlink
        Whether it takes missions over a link at all.
    """

    def __init__(self, uav: int, name: str, link: str, *, mavlink: bool = True) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.uav, self.name, self.mavlink = uav, name, mavlink
        layout = QGridLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setVerticalSpacing(4)
        dot = label("●")
        dot.setStyleSheet(f"color: {uav_colour(uav).name()}; font-size: 14pt;")
        layout.addWidget(dot, 0, 0)
        layout.addWidget(label(name, "title"), 0, 1)
        self.badge = label("", "quiet")
        self.badge.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.badge, 0, 2)
        self.link = LinkBox(name, link)
        layout.addWidget(self.link, 1, 0, 1, 3)
        self.link.setVisible(mavlink)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(tr("Progress of {0}", name))
        self.bar.hide()
        layout.addWidget(self.bar, 2, 0, 1, 3)
        self.state = label("", "quiet", wrap=True)
        layout.addWidget(self.state, 3, 0, 1, 3)
        self.way = Message("good")
        layout.addWidget(self.way, 4, 0, 1, 3)
        self.lock = Message("warning")
        layout.addWidget(self.lock, 5, 0, 1, 3)
        layout.setColumnStretch(2, 1)
        self.rest()

    def rest(self) -> None:
        """Say that there is no link to it."""
        words = tr("not connected")
        if not self.mavlink:
            words = tr("DJI: takes no MAVLink. Export its KMZ and open it in DJI Pilot 2.")
        self.bar.hide()
        self.way.setText("")
        self.say(words, "quiet")

    def say(self, words: str, role: str) -> None:
        """Show its state in words."""
        self.state.setText(words)
        _give_role(self.state, role)

    def show_kept(self, kept: Kept, print_now: str) -> None:
        """Tell by a badge whether the plan that it was last given is the shown one."""
        words, role, tip = "", "quiet", ""
        if kept.print and kept.print == print_now:
            words, role = tr("holds this plan"), "good"
        elif kept.print:
            words, role = tr("holds another plan"), "warning"
        if kept.print:
            answered = f"{kept.autopilot} {kept.system_id or ''}".strip()
            tip = tr(
                "Last upload that was read back: {0} items over {1} ({2})",
                kept.items,
                kept.link or "-",
                answered,
            )
        self.badge.setText(words)
        self.badge.setToolTip(tip)
        _give_role(self.badge, role)

    def show_transfer(self, stage: str, done: int, total: int) -> None:
        """Show how far an upload is."""
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        self.bar.show()
        self.say(f"{stage} {done} / {total}", "quiet")

    def show_state(self, state: "VehicleState", units: UnitSystem, *, holds: bool) -> None:
        """Show what the vehicle tells."""
        if not state.connected:
            self.say(tr("link lost") if state.mode else tr("not heard yet"), "warning")
            return
        self.bar.setMaximum(1000)
        self.bar.setValue(round(1000 * state.flown))
        self.bar.show()
        words = [*facts_of(state, units), tr("{0} % flown", round(100 * state.flown))]
        if state.finished:
            words = [tr("landed, mission flown")]
        elif state.planned_s is not None:
            words += [_rest_words(state, state.planned_s, holds=holds)]
        breached = tr("outside its fence! ") if state.fence_breached else ""
        other = tr("another mission! ") if state.mission_changed else ""
        role = "error" if breached else "warning" if other else "quiet"
        role = "good" if state.finished and role == "quiet" else role
        self.say(breached + other + " · ".join(words), role)


class LinkBox(QComboBox):
    """How a vehicle is reached: typed, or one of the ports that are there."""

    def __init__(self, name: str, link: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setAccessibleName(tr("Link of {0}", name))
        self.setToolTip(tr("udp:HOST:PORT, tcp:HOST:PORT or serial:DEVICE:BAUD"))
        line = self.lineEdit()
        assert line is not None
        self.line = line
        line.setAccessibleName(self.accessibleName())
        line.setText(link)
        line.setCursorPosition(0)

    def showPopup(self) -> None:
        """Look which ports are there now."""
        from gui.link_jobs import link_choices

        text = self.line.text()
        self.clear()
        self.addItems(list(link_choices()))
        self.line.setText(text)
        super().showPopup()


def facts_of(state: "VehicleState", units: UnitSystem) -> list[str]:
    """Say in few words what a vehicle does: mode, height, battery."""
    words = [state.mode or "-"]
    if state.height_m is not None:
        words.append(value_text(round(state.height_m), Quantity.LENGTH, units))
    if state.battery_percent is not None:
        words.append(tr("battery {0} %", state.battery_percent))
    return words


def _rest_words(state: "VehicleState", planned_s: float, *, holds: bool) -> str:
    """Say how much of the flight is left, as a duration that stands while the vehicle waits."""
    left, whole = clock_text((1 - state.flown) * planned_s), clock_text(planned_s)
    if holds:
        return tr("holding; about {0} min of {1} left", left, whole)
    return tr("about {0} min of {1} left", left, whole)


def _give_role(widget: "QFrame", role: str) -> None:
    if widget.property("role") != role:
        widget.setProperty("role", role)
        polish(widget)
