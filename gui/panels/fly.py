"""Connect, upload verified, watch, pause and recall; with a simulated fleet for want of a real one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import edits
from gui.i18n import tr
from gui.panels.forms import label, polish
from gui.session import Session
from gui.settings import Settings
from gui.theme import uav_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.link_jobs import UploadThread
    from gui.map.panel import MapPanel
    from mcpp.link.simulate import SimulatedFleet
    from mcpp.link.upload import UploadResult


class VehicleCard(QFrame):
    """One vehicle: its link, and how far it is."""

    def __init__(self, uav: int, name: str, link: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name = name
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
        layout.setColumnStretch(2, 1)
        self.say(tr("not connected"), "quiet")

    def say(self, words: str, role: str) -> None:
        """Show its state."""
        self.state.setText(words)
        if self.state.property("role") != role:
            self.state.setProperty("role", role)
            polish(self.state)


class FlyPanel(QWidget):
    """Uploads the shown plan to the fleet."""

    def __init__(self, session: Session, settings: Settings, map_panel: "MapPanel") -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._map = map_panel
        self._upload: UploadThread | None = None
        self._fleet: SimulatedFleet | None = None
        self.cards: dict[str, VehicleCard] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        self.words = label("", "quiet", wrap=True)
        layout.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(label(tr("Flight")))
        self.sortie = QComboBox()
        self.sortie.setAccessibleName(tr("Flight"))
        self.sortie.setToolTip(tr("Which flight of each UAV, where one battery is not enough"))
        row.addWidget(self.sortie, 1)
        layout.addLayout(row)
        self.simulate = QPushButton(tr("Use a simulated fleet"))
        self.simulate.setToolTip(tr("Try all of this on this computer, without any vehicle"))
        self.simulate.setCheckable(True)
        self.simulate.clicked.connect(self._toggle_simulation)
        layout.addWidget(self.simulate)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        layout.addLayout(self._list)
        self.upload = QPushButton(tr("Upload and verify"))
        self.upload.setProperty("accent", True)
        self.upload.setMinimumHeight(36)
        self.upload.clicked.connect(self.start_upload)
        layout.addWidget(self.upload)
        self.problem = label("", "error", wrap=True)
        layout.addWidget(self.problem)
        layout.addStretch(1)
        session.plan_changed.connect(self.refresh)
        self._shown: object = None
        self.refresh()

    def refresh(self) -> None:
        """Show the fleet of the shown plan."""
        finished = self._session.finished
        ready = finished is not None and finished.plan.report.safe
        for widget in (self.simulate, self.upload, self.sortie):
            widget.setEnabled(ready)
        if finished is None:
            self.words.setText(
                tr("Make a plan first; then its missions can be sent to the vehicles.")
            )
        elif not ready:
            self.words.setText(tr("The plan has errors and is not sent to any vehicle."))
        else:
            self.words.setText(
                tr(
                    "Each vehicle gets its mission, fence and rally point; all is read back and compared."
                )
            )
        shown = None if finished is None else finished.plan
        if shown is not self._shown:
            self._shown = shown
            self.stop_simulation()
            self._make_cards()

    def _make_cards(self) -> None:
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        self.sortie.clear()
        finished = self._session.finished
        if finished is None:
            return
        for number in sorted({sortie.number for sortie in finished.plan.sorties}):
            self.sortie.addItem(tr("flight {0}", number), number)
        for index, uav in enumerate(finished.mission.uavs):
            card = VehicleCard(index, uav.id, uav.link or "")
            card.link.editingFinished.connect(lambda i=index: self._keep_link(i))
            self.cards[uav.id] = card
            self._list.addWidget(card)

    def _keep_link(self, index: int) -> None:
        """A link that was typed belongs to the mission."""
        uav = self._session.mission.uavs[index]
        text = self.cards[uav.id].link.text().strip() or None
        if self._fleet is None and text != uav.link:
            changed = edits.change_uav(self._session.mission, index, link=text)
            self._session.edit(tr("Change link"), changed)

    # ----------------------------------------------------------------------------------- simulation

    def _toggle_simulation(self, on: bool) -> None:
        self.problem.setText("")
        if on:
            self._start_simulation()
        else:
            self.stop_simulation()

    def _start_simulation(self) -> None:
        from gui import link_jobs
        from mcpp.errors import McppError

        finished = self._session.finished
        if finished is None:
            return
        links = link_jobs.simulated_links(finished.plan)
        try:
            self._fleet = link_jobs.start_simulation(
                finished.plan, links, self.sortie.currentData()
            )
        except McppError as error:
            self.simulate.setChecked(False)
            self.problem.setText(str(error))
            return
        self.simulate.setChecked(True)
        for name, link in links.items():
            self.cards[name].link.setText(link)
            self.cards[name].link.setEnabled(False)
            self.cards[name].say(tr("simulated, waiting"), "quiet")

    def stop_simulation(self) -> None:
        """End the simulated fleet."""
        if self._fleet is not None:
            from gui import link_jobs

            link_jobs.stop_simulation(self._fleet)
            self._fleet = None
        self.simulate.setChecked(False)
        for card, uav in zip(self.cards.values(), self._session.mission.uavs, strict=False):
            card.link.setEnabled(True)
            card.link.setText(uav.link or "")
            card.say(tr("not connected"), "quiet")

    # --------------------------------------------------------------------------------------- upload

    def start_upload(self) -> None:
        """Upload to all vehicles, or stop doing so."""
        if self._upload is not None:
            self._upload.stop()
            return
        from gui.link_jobs import UploadThread

        finished = self._session.finished
        if finished is None:
            return
        self.problem.setText("")
        links = {name: card.link.text() for name, card in self.cards.items() if card.link.text()}
        thread = self._upload = UploadThread(finished.plan, links, self.sortie.currentData(), self)
        thread.moved.connect(self._on_moved)
        thread.ended.connect(self._on_uploaded)
        thread.failed.connect(self.problem.setText)
        thread.finished.connect(self._on_thread_end)
        self.upload.setText(tr("Stop"))
        for card in self.cards.values():
            card.bar.setValue(0)
            card.bar.show()
            card.say(tr("looking for the vehicle"), "quiet")
        thread.start()

    def _on_moved(self, name: str, stage: str, done: int, total: int) -> None:
        card = self.cards.get(name)
        if card is not None:
            card.bar.setMaximum(max(total, 1))
            card.bar.setValue(done)
            card.say(f"{stage} {done} / {total}", "quiet")

    def _on_uploaded(self, results: "Sequence[UploadResult]") -> None:
        for result in results:
            card = self.cards.get(result.uav)
            if card is None:
                continue
            if result.verified:
                card.say(tr("{0} items uploaded and verified", result.items), "good")
            else:
                card.say(f"{result.reason}; {result.holds}", "error")

    def _on_thread_end(self) -> None:
        self.upload.setText(tr("Upload and verify"))
        for card in self.cards.values():
            card.bar.hide()
        if self._upload is not None:
            self._upload.deleteLater()
            self._upload = None

    def close_links(self) -> None:
        """End all that runs."""
        if self._upload is not None:
            self._upload.stop()
            self._upload.wait(5000)
        self.stop_simulation()
