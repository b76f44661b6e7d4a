"""Connect, upload verified, watch; with a simulated fleet at hand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import edits, engine
from gui.engine_words import in_words
from gui.flight import Flight
from gui.given_words import window_words
from gui.i18n import tr
from gui.map.live_layer import LiveLayer
from gui.panels.area import ActionButton
from gui.panels.forms import Message, label, polish
from gui.panels.vehicle_card import VehicleCard
from gui.session import Session
from gui.settings import Settings
from gui.units import Quantity, value_text
from mcpp.errors import McppError

if TYPE_CHECKING:
    from gui.map.panel import MapPanel
    from mcpp.link.state import Event, VehicleState
    from mcpp.link.upload import UploadResult
    from mcpp.model import Plan


class FlyPanel(QWidget):
    """Uploads the shown plan to the fleet, and shows the vehicles.

    While motors are on, the vehicles of the plan that they fly stay shown, whatever becomes of the
    mission in the window.

    Signals
    -------
    divide_wanted
        What lost UAVs have left shall be divided.
    """

    divide_wanted = Signal()

    def __init__(
        self,
        session: Session,
        settings: Settings,
        flight: Flight,
        map_panel: "MapPanel",
        button: ActionButton,
    ) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self.flight = flight
        self._live = LiveLayer(map_panel.view)
        self._told: list[str] = []
        self._prints: dict[str, str] = {}
        self._shown: Plan | None = None
        self.cards: dict[str, VehicleCard] = {}
        self._build(button)
        session.plan_changed.connect(self.refresh)
        flight.changed.connect(self._on_flight)
        flight.state.connect(self._on_state)
        flight.happened.connect(self._on_event)
        flight.answered.connect(self._on_answer)
        flight.told.connect(self._on_told)
        flight.moved.connect(self._on_moved)
        flight.uploaded.connect(self._on_uploaded)
        flight.failed.connect(self.problem.setText)
        self.refresh()
        self._on_flight()

    def _build(self, button: ActionButton) -> None:
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
        self.sortie.activated.connect(self._on_sortie)
        row.addWidget(self.sortie, 1)
        layout.addLayout(row)
        self.simulate = QPushButton(tr("Use a simulated fleet"))
        self.simulate.setToolTip(tr("Try all of this on this computer, without any vehicle"))
        self.simulate.setCheckable(True)
        self.simulate.clicked.connect(self._toggle_simulation)
        layout.addWidget(self.simulate)
        self.upload = QPushButton(tr("Upload and verify"))
        self.upload.setMinimumHeight(36)
        self.upload.setProperty("accent", True)
        self.upload.clicked.connect(self.start_upload)
        layout.addWidget(self.upload)
        self.watch = QPushButton(tr("Watch the fleet"))
        self.watch.setToolTip(tr("Show positions and progress on the map; nothing is changed"))
        self.watch.setCheckable(True)
        self.watch.clicked.connect(self._toggle_watch)
        layout.addWidget(self.watch)
        self.launch = QPushButton(tr("Start the simulated flight"))
        self.launch.clicked.connect(self.flight.launch)
        layout.addWidget(self.launch)
        self.divide = QPushButton()
        self.divide.setProperty("accent", True)
        self.divide.hide()
        self.divide.clicked.connect(self.divide_wanted)
        layout.addWidget(self.divide)
        self.check = button("fly.check")
        self.check.setProperty("framed", True)
        self.check.hide()
        layout.addWidget(self.check)
        self.problem = Message("error")
        layout.addWidget(self.problem)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        layout.addLayout(self._list)
        self.events = Message("quiet")
        layout.addWidget(self.events)
        layout.addStretch(1)

    # ---------------------------------------------------------------- what is to be sent

    def refresh(self) -> None:
        """Show the fleet of the shown plan; not while another plan is being flown."""
        finished = self._session.finished
        plan = None if finished is None else finished.plan
        if plan is not self._shown and not self.flight.armed:
            self._shown = plan
            self.flight.close()
            self.flight.stop_simulation()
            self._make_cards()
        self._on_flight()

    def _state_words(self) -> str:
        finished = self._session.finished
        if self._shown is not None and (finished is None or finished.plan is not self._shown):
            return tr(
                "The vehicles fly an earlier plan. Nothing is uploaded until all motors are off."
            )
        if finished is None:
            return tr("Make a plan first; then its missions can be sent to the vehicles.")
        if not finished.plan.report.safe:
            return tr("The plan has errors and is not sent to any vehicle.")
        return tr("Each vehicle gets mission, fence and rally point, read back and compared.")

    def _make_cards(self) -> None:
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        self.sortie.clear()
        self.problem.setText("")
        plan = self._shown
        if plan is None:
            return
        for number in sorted({sortie.number for sortie in plan.sorties}):
            self.sortie.addItem(tr("flight {0}", number), number)
        for index, uav in enumerate(plan.mission.uavs):
            kept = self.flight.book.of(uav.id)
            card = VehicleCard(
                index,
                uav.id,
                uav.link or kept.link,
                mavlink=engine.speaks_mavlink(plan.mission, index),
            )
            card.link.line.editingFinished.connect(lambda i=index: self._keep_link(i))
            card.link.activated.connect(lambda _at, i=index: self._keep_link(i))
            self.cards[uav.id] = card
            self._list.addWidget(card)
        self._look_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_up()

    def _look_up(self, *, compare: bool = False) -> None:
        """Show where each vehicle is looked for and whether it holds the plan, once it is seen.

        The library's links take half a second to load: not for those who only plan. What the
        vehicles would be given takes its time for long flights: it is made where one of them was
        given something before, or to `compare`.
        """
        if not self.isVisible() or self._shown is None or not self._shown.report.safe:
            return
        from gui.vehicle_book import fingerprint
        from mcpp.link.fleet import fleet_links, fleet_loads

        self._prints = {}
        given = compare or any(self.flight.book.of(name).print for name in self.cards)
        try:
            choices = fleet_links(self._shown, {})
            loads = (
                fleet_loads(self._shown, choices, sortie=self.sortie.currentData()) if given else ()
            )
        except McppError as error:
            self.problem.setText(str(error))
            return
        self._prints = {load.uav: fingerprint(load) for load in loads}
        for name, card in self.cards.items():
            choice = choices[name]
            system = choice.system_id or tr("any")
            usual = tr("{0}, system {1}", choice.address, system)
            card.link.line.setPlaceholderText(usual)
            card.show_kept(self.flight.book.of(name), self._prints.get(name, ""))

    def _keep_link(self, index: int) -> None:
        """Keep a link that was typed in the mission."""
        if index >= len(self._session.mission.uavs):
            return
        uav = self._session.mission.uavs[index]
        card = self.cards.get(uav.id)
        if card is None or self.flight.simulated:
            return
        text = card.link.line.text().strip() or None
        if text != uav.link:
            changed = edits.change_uav(self._session.mission, index, link=text)
            self._session.edit(tr("Change link"), changed)
            if self.flight.watching and not self.flight.armed:
                self.flight.close()

    def _links(self) -> dict[str, str]:
        texts = {name: card.link.line.text().strip() for name, card in self.cards.items()}
        return {name: text for name, text in texts.items() if text}

    @property
    def connected(self) -> bool:
        """Whether there is a link to a vehicle, or a simulated fleet waits for one."""
        return self.flight.watching or self.flight.simulated

    def _on_sortie(self) -> None:
        """Look at another flight: what is linked is that of the former one."""
        self.flight.close()
        self._look_up()

    # ---------------------------------------------------------------- what is pressed

    def _toggle_simulation(self, on: bool) -> None:
        self.problem.setText("")
        if not on or self._shown is None:
            self.flight.stop_simulation()
            return
        links = self.flight.simulate(self._shown, self.sortie.currentData())
        for name, link in links.items():
            self.cards[name].link.line.setText(link)
            self.cards[name].say(tr("simulated, waiting"), "quiet")

    def start_upload(self) -> None:
        """Upload to all vehicles that are not locked, over the open links; or stop doing so."""
        if self.flight.uploading:
            self.flight.stop_uploads()
            return
        self.problem.setText("")
        if not self._open_links():
            return
        for name in self.flight.upload(self.flight.names):
            self.cards[name].bar.setValue(0)
            self.cards[name].say(tr("looking for the vehicle"), "quiet")

    def _toggle_watch(self, on: bool) -> None:
        if on:
            self.problem.setText("")
            self._open_links()
        elif not self.flight.armed:
            self.flight.close()
        self._on_flight()

    def _open_links(self) -> bool:
        if self._shown is None:
            return False
        return self.flight.open(self._shown, self._links(), self.sortie.currentData())

    # ---------------------------------------------------------------- what is heard

    def _on_flight(self) -> None:
        """Show what can be done now."""
        flight = self.flight
        ready = self._shown is not None and self._shown.report.safe
        own = self._session.finished is not None and self._session.finished.plan is self._shown
        armed, linked = flight.armed, set(flight.names)
        free = not armed or bool(linked - set(armed))
        self.words.setText(self._state_words())
        self.sortie.setEnabled(ready and not armed and not flight.uploading)
        self.simulate.setEnabled(ready and not armed)
        self.simulate.setChecked(flight.simulated)
        self.upload.setEnabled(ready and own and free)
        self.upload.setText(tr("Stop") if flight.uploading else tr("Upload and verify"))
        if self.upload.property("accent") != (not armed):
            self.upload.setProperty("accent", not armed)
            polish(self.upload)
        self.watch.setEnabled(ready and not armed)
        self.watch.setChecked(flight.watching)
        self.watch.setToolTip(
            tr("The live view stays as long as motors are on.")
            if armed
            else tr("Show positions and progress on the map; nothing is changed")
        )
        self.launch.setVisible(flight.watching and flight.simulated and not armed)
        self.divide.setVisible(bool(flight.lost) and len(flight.lost) < len(flight.names))
        self.divide.setText(tr("Divide the rest of {0}", ", ".join(flight.lost)))
        for name, card in self.cards.items():
            card.lock.setText(flight.lock_of(name))
            card.link.setEnabled(not flight.simulated and not armed)
            if not flight.simulated and not flight.watching:
                self._rest(name, card)
        if not flight.watching:
            self._live.clear()

    def _rest(self, name: str, card: VehicleCard) -> None:
        uavs = {uav.id: uav for uav in self._session.mission.uavs}
        link = uavs[name].link if name in uavs else None
        if not card.link.line.hasFocus():
            card.link.line.setText(link or self.flight.book.of(name).link)
        card.rest()

    def _on_moved(self, name: str, stage: str, done: int, total: int) -> None:
        card = self.cards.get(name)
        if card is not None and name in self.flight.uploading:
            card.show_transfer(in_words(stage), done, total)

    def _on_uploaded(self, result: "UploadResult") -> None:
        card = self.cards.get(result.uav)
        if card is None:
            return
        if result.verified:
            self._note(result.uav, tr("{0} items uploaded and verified", result.items))
        else:
            self.problem.setText(f"{result.uav}: {in_words(f'{result.reason}; {result.holds}')}")
        if result.uav not in self._prints:
            self._look_up(compare=True)
        kept = self.flight.held.get(result.uav, self.flight.book.of(result.uav))
        card.show_kept(kept, self._prints.get(result.uav, ""))

    def _on_state(self, state: "VehicleState") -> None:
        card = self.cards.get(state.uav)
        if card is None:
            return
        if state.finished:
            self.check.show()
        if state.uav not in self.flight.uploading:
            holds = self.flight.holds(state.uav)
            card.show_state(state, self._settings.units, holds=holds)
            card.way.setText(in_words(self.flight.doing.get(state.uav, "")))
        if state.lon_lat_deg is not None:
            height = ""
            if state.height_m is not None:
                metres = round(state.height_m)
                height = value_text(metres, Quantity.LENGTH, self._settings.units)
            self._live.show(card.uav, state.lon_lat_deg, height)

    def _on_event(self, event: "Event") -> None:
        if event.kind != "item reached":  # the bar of its card shows it
            self._note(event.uav, in_words(event.text or event.kind))

    def _note(self, name: str, words: str) -> None:
        self._told = [*self._told[-4:], f"{name}: {words}"]
        self.events.setText("\n".join(reversed(self._told)))

    def _on_answer(self, name: str, problem: str) -> None:
        if problem:
            words = in_words(window_words(problem))
            self.problem.setText(f"{name}: {words}" if name else words)

    def _on_told(self, name: str, words: str) -> None:
        self._note(name, in_words(window_words(words)))

    def close_links(self) -> None:
        """End all that runs."""
        self.flight.close()
        self.flight.stop_simulation()
