"""Connect, upload verified, watch, pause and recall; with a simulated fleet at hand."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui import edits
from gui.engine_words import in_words
from gui.i18n import tr
from gui.map.live_layer import LiveLayer
from gui.panels.forms import Message, label
from gui.panels.vehicle_card import VehicleCard
from gui.session import Session
from gui.settings import Settings
from gui.units import Quantity, value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.fleet_link import FleetLink, Order
    from gui.link_jobs import UploadThread
    from gui.map.panel import MapPanel
    from mcpp.link.simulate import SimulatedFleet
    from mcpp.link.state import Event, VehicleState
    from mcpp.link.upload import UploadResult


class FlyPanel(QWidget):
    """Uploads the shown plan to the fleet."""

    def __init__(self, session: Session, settings: Settings, map_panel: "MapPanel") -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._upload: UploadThread | None = None
        self._fleet: SimulatedFleet | None = None
        self._link: FleetLink | None = None
        self._live = LiveLayer(map_panel.view)
        self._told: list[str] = []
        self._all_verified = False
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
        self.upload = QPushButton(tr("Upload and verify"))
        self.upload.setProperty("accent", True)
        self.upload.setMinimumHeight(36)
        self.upload.clicked.connect(self.start_upload)
        layout.addWidget(self.upload)
        self.problem = Message("error")
        layout.addWidget(self.problem)
        self._make_orders(layout)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        layout.addLayout(self._list)
        self.events = Message("quiet")
        layout.addWidget(self.events)
        layout.addStretch(1)
        session.plan_changed.connect(self.refresh)
        self._shown: object = None
        self.refresh()

    def _make_orders(self, layout: QVBoxLayout) -> None:
        self.watch = QPushButton(tr("Watch the fleet"))
        self.watch.setToolTip(tr("Show positions and progress on the map; nothing is changed"))
        self.watch.setCheckable(True)
        self.watch.clicked.connect(self._toggle_watch)
        layout.addWidget(self.watch)
        self.launch = QPushButton(tr("Start the simulated flight"))
        self.launch.clicked.connect(self._launch)
        self.launch.hide()
        layout.addWidget(self.launch)
        row = QHBoxLayout()
        self.orders: dict[str, QPushButton] = {}
        for order, words in (
            ("pause", tr("Pause all")),
            ("resume", tr("Resume all")),
            ("return", tr("Recall all")),
        ):
            button = self.orders[order] = QPushButton(words)
            button.clicked.connect(lambda _on=False, order=order: self._order(order))
            button.hide()
            row.addWidget(button)
        layout.addLayout(row)

    def refresh(self) -> None:
        """Show the fleet of the shown plan."""
        finished = self._session.finished
        ready = finished is not None and finished.plan.report.safe
        for widget in (self.simulate, self.upload, self.sortie, self.watch):
            widget.setEnabled(ready)
        if finished is None:
            self.words.setText(
                tr("Make a plan first; then its missions can be sent to the vehicles.")
            )
        elif not ready:
            self.words.setText(tr("The plan has errors and is not sent to any vehicle."))
        else:
            self.words.setText(
                tr("Each vehicle gets mission, fence and rally point, read back and compared.")
            )
        shown = None if finished is None else finished.plan
        if shown is not self._shown:
            self._shown = shown
            self.stop_watching()
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
            card.ordered.connect(lambda order, name=uav.id: self._order(order, name))
            self.cards[uav.id] = card
            self._list.addWidget(card)

    def _keep_link(self, index: int) -> None:
        """Keep a link that was typed in the mission."""
        uav = self._session.mission.uavs[index]
        text = self.cards[uav.id].link.text().strip() or None
        if self._fleet is None and text != uav.link:
            changed = edits.change_uav(self._session.mission, index, link=text)
            self._session.edit(tr("Change link"), changed)

    @property
    def connected(self) -> bool:
        """Whether there is a link to a vehicle, or one is being written to."""
        return self._link is not None or self._upload is not None or self._fleet is not None

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
        self.stop_watching()
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
        self.stop_watching()
        self.problem.setText("")
        links = self._links()
        thread = self._upload = UploadThread(finished.plan, links, self.sortie.currentData(), self)
        thread.moved.connect(self._on_moved)
        thread.ended.connect(self._on_uploaded)
        thread.failed.connect(self.problem.setText)
        thread.finished.connect(self._on_thread_end)
        self._all_verified = False
        self.upload.setText(tr("Stop"))
        for card in self.cards.values():
            card.bar.setValue(0)
            card.bar.show()
            card.say(tr("looking for the vehicle"), "quiet")
        thread.start()

    def _on_moved(self, name: str, stage: str, done: int, total: int) -> None:
        card = self.cards.get(name)
        if card is not None:
            card.show_transfer(stage, done, total)

    def _on_uploaded(self, results: "Sequence[UploadResult]") -> None:
        self._all_verified = all(result.verified for result in results)
        for result in results:
            card = self.cards.get(result.uav)
            if card is None:
                continue
            if result.verified:
                card.say(tr("{0} items uploaded and verified", result.items), "good")
            else:
                card.say(in_words(f"{result.reason}; {result.holds}"), "error")

    def _on_thread_end(self) -> None:
        self.upload.setText(tr("Upload and verify"))
        for card in self.cards.values():
            card.bar.hide()
        if self._upload is not None:
            self._upload.deleteLater()
            self._upload = None
        if self._all_verified:
            self.start_watching()

    # ---------------------------------------------------------------------------------------- watch

    def _links(self) -> dict[str, str]:
        return {name: card.link.text() for name, card in self.cards.items() if card.link.text()}

    def _toggle_watch(self, on: bool) -> None:
        if on:
            self.start_watching()
        else:
            self.stop_watching()

    def start_watching(self) -> None:
        """Open the links and show what is heard."""
        from gui.fleet_link import FleetLink
        from mcpp.errors import McppError

        finished = self._session.finished
        if finished is None or self._link is not None:
            return
        self.problem.setText("")
        try:
            self._link = FleetLink(finished.plan, self._links(), self.sortie.currentData(), self)
        except McppError as error:
            self.problem.setText(str(error))
            self.watch.setChecked(False)
            return
        self._link.state.connect(self._on_state)
        self._link.happened.connect(self._on_event)
        self._link.answered.connect(self._on_answer)
        self._show_orders(on=True)

    def stop_watching(self) -> None:
        """Close the links."""
        if self._link is not None:
            self._link.close()
            self._link.deleteLater()
            self._link = None
        self._live.clear()
        self._show_orders(on=False)

    def _show_orders(self, *, on: bool) -> None:
        self.watch.setChecked(on)
        self.launch.setVisible(on and self._fleet is not None)
        for button in self.orders.values():
            button.setVisible(on)
        for card in self.cards.values():
            card.show_orders(on=on)

    def _launch(self) -> None:
        if self._link is not None:
            self._link.launch_simulated()

    def _order(self, order: "Order", name: str | None = None) -> None:
        if self._link is not None:
            self._link.order(order, name)

    def _on_state(self, state: "VehicleState") -> None:
        card = self.cards.get(state.uav)
        if card is None or self._link is None:
            return
        card.show_state(state, self._settings.units, self._speedup)
        if state.lon_lat_deg is not None:
            height = ""
            if state.height_m is not None:
                metres = round(state.height_m)
                height = value_text(metres, Quantity.LENGTH, self._settings.units)
            self._live.show(card.uav, state.lon_lat_deg, height)

    @property
    def _speedup(self) -> float:
        """Seconds of flight in one second: real vehicles have no other than 1."""
        from gui.link_jobs import SIM_SPEEDUP

        return 1.0 if self._fleet is None else SIM_SPEEDUP

    def _on_event(self, event: "Event") -> None:
        if event.kind == "item reached":  # the bar of its card shows it
            return
        words = in_words(event.text or event.kind)
        self._told = [*self._told[-4:], f"{event.uav}: {words}"]
        self.events.setText("\n".join(reversed(self._told)))

    def _on_answer(self, name: str, problem: str) -> None:
        if problem:
            self.problem.setText(f"{name}: {problem}" if name else problem)

    def close_links(self) -> None:
        """End all that runs."""
        if self._upload is not None:
            self._upload.stop()
            self._upload.wait(5000)
        self.stop_watching()
        self.stop_simulation()
