"""The fleet as it is now: links, states, uploads and orders; panels and bars look at it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui import engine
from gui.i18n import tr
from gui.settings import Settings
from gui.vehicle_book import Kept, VehicleBook, fingerprint
from mcpp.errors import McppError
from mcpp.model import Plan

if TYPE_CHECKING:
    from gui.fleet_link import FleetLink, Order
    from mcpp.link.simulate import SimulatedFleet
    from mcpp.link.state import Event, VehicleState
    from mcpp.link.upload import UploadResult
    from mcpp.replan.replan import Replanned

HOLDING = frozenset({"HOLD", "BRAKE", "LOITER", "QLOITER", "POSHOLD"})
"""Modes in which a vehicle waits in the air."""


class Flight(QObject):
    """Holds the links to the vehicles of one plan.

    Signals
    -------
    changed
        Links were opened or closed, an upload began or ended, or motors went on or off.
    state
        `VehicleState` of a vehicle, four times a second.
    happened
        `Event` of a vehicle.
    answered
        UAV or nothing, and why an order was refused; empty when it was taken.
    moved
        UAV, stage of its upload, items through, items in all.
    uploaded
        `UploadResult` of a vehicle.
    told
        UAV, and what it does while a plan made anew is sent.
    failed
        Why no link was opened.
    """

    changed = Signal()
    state = Signal(object)
    happened = Signal(object)
    answered = Signal(str, str)
    moved = Signal(str, str, int, int)
    uploaded = Signal(object)
    told = Signal(str, str)
    failed = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = VehicleBook(settings)
        self.plan: Plan | None = None
        self.states: dict[str, VehicleState] = {}
        self.uploading: set[str] = set()
        self.held: dict[str, Kept] = {}
        self.doing: dict[str, str] = {}
        self._ordered: dict[str, str] = {}
        self._paused: set[str] = set()
        self.links: dict[str, str] = {}
        self._link: FleetLink | None = None
        self._fleet: SimulatedFleet | None = None

    @property
    def watching(self) -> bool:
        """Whether links to vehicles are open."""
        return self._link is not None

    @property
    def simulated(self) -> bool:
        """Whether the vehicles are simulated ones."""
        return self._fleet is not None

    @property
    def names(self) -> list[str]:
        """The UAVs that are linked."""
        return [] if self._link is None else list(self._link.loads)

    @property
    def armed(self) -> list[str]:
        """UAVs whose motors are on, or were when they were last heard."""
        return [name for name, state in self.states.items() if state.armed]

    @property
    def lost(self) -> list[str]:
        """UAVs that are no longer heard, with motors on when they last were."""
        return [name for name in self.armed if not self.states[name].connected]

    def lock_of(self, name: str) -> str:
        """Say why nothing may be written to a vehicle; empty when it may."""
        state = self.states.get(name)
        if state is None or not state.armed:
            return ""
        if not state.connected:
            return tr("Upload locked: its motors were on when it was last heard.")
        return tr("Upload locked: its motors are on.")

    # ---------------------------------------------------------------------------------------- links

    def open(self, plan: Plan, links: Mapping[str, str], sortie: int) -> bool:
        """Open the links to the vehicles of a plan, unless they are open."""
        if self._link is not None:
            return True
        from gui.fleet_link import FleetLink

        silent = [
            uav.id
            for i, uav in enumerate(plan.mission.uavs)
            if not engine.speaks_mavlink(plan.mission, i)
        ]
        try:
            link = FleetLink(plan, links, sortie, [] if self.simulated else silent, self)
        except McppError as error:
            self.failed.emit(str(error))
            return False
        self._link, self.plan, self.links = link, plan, dict(links)
        self.states = {}
        link.state.connect(self._on_state)
        link.uploaded.connect(self._on_uploaded)
        link.happened.connect(self._on_event)
        link.answered.connect(self._on_answer)
        link.moved.connect(self.moved)
        link.told.connect(self.told)
        link.given.connect(self._on_given)
        for name, why in link.unreachable.items():
            self.failed.emit(f"{name}: {why}")
        self.changed.emit()
        return True

    def close(self) -> None:
        """Close the links."""
        if self._link is None:
            return
        self._link.close()
        self._link.deleteLater()
        self._link, self.plan = None, None
        self.states, self.held, self._ordered = {}, {}, {}
        self._paused, self.doing = set(), {}
        self.uploading = set()
        self.changed.emit()

    def _on_state(self, state: "VehicleState") -> None:
        before = self.states.get(state.uav)
        self.states[state.uav] = state
        self.state.emit(state)
        if before is None or (before.armed, before.connected) != (state.armed, state.connected):
            self.changed.emit()

    # --------------------------------------------------------------------------------------- upload

    def upload(self, names: Iterable[str]) -> list[str]:
        """Begin to upload to those of some linked vehicles that are not locked; list them."""
        if self._link is None:
            return []
        begun = [name for name in names if name in self._link.loads and not self.lock_of(name)]
        for name in begun:
            self.uploading.add(name)
            self._link.upload(name)
        self.changed.emit()
        return begun

    def stop_uploads(self) -> None:
        """End what is being uploaded."""
        if self._link is not None:
            self._link.stop_uploads()

    def _on_uploaded(self, result: "UploadResult") -> None:
        from gui.fleet_link import NOTHING_WRITTEN

        self.uploading.discard(result.uav)
        if result.verified:
            self._keep(result.uav, self._kept(result.uav, result.items))
        elif result.holds != NOTHING_WRITTEN:
            self._forget_held(result.uav)
        self.uploaded.emit(result)
        self.changed.emit()

    def _forget_held(self, name: str) -> None:
        """Take note that a vehicle holds something else than the upload that is remembered."""
        before = self.held.get(name, self.book.of(name))
        self._keep(name, replace(before, print="", items=0))

    def _kept(self, name: str, items: int) -> Kept:
        state = self.states.get(name)
        return Kept(
            link=self.links.get(name, ""),
            system_id=None if state is None else state.system_id,
            autopilot="" if state is None else state.autopilot,
            print="" if self._link is None else fingerprint(self._link.loads[name]),
            items=items,
        )

    def _keep(self, name: str, kept: Kept) -> None:
        """Remember what a vehicle holds; of a simulated one only as long as it lives."""
        self.held[name] = kept
        if not self.simulated:
            self.book.keep(name, kept)

    # ---------------------------------------------------------------- orders, simulation

    def order(self, order: "Order", name: str | None = None) -> None:
        """Pause, resume or call back one vehicle, or all."""
        if self._link is not None:
            for uav in [name] if name else self.names:
                self._ordered[uav] = order
                self._paused.discard(uav)
            self._link.order(order, name)

    def _on_event(self, event: "Event") -> None:
        if event.kind == "order":
            self.doing[event.uav] = event.text.partition(": ")[2]
        self.happened.emit(event)

    def was_recalled(self, name: str) -> bool:
        """Whether the last order to a vehicle was to come home along its planned way."""
        return self._ordered.get(name) == "return"

    def _on_answer(self, name: str, problem: str) -> None:
        if not problem and self._ordered.get(name) == "pause":
            self._paused.add(name)
        self.answered.emit(name, problem)

    def holds(self, name: str) -> bool:
        """Whether a vehicle waits in the air: told so from here, or by its mode."""
        state = self.states.get(name)
        if state is None or not state.armed:
            return False
        return name in self._paused or state.mode in HOLDING

    def proposed(self, lost: Collection[str]) -> "Replanned | None":
        """Divide what lost UAVs have left; it takes its time, and may run in any thread."""
        return None if self._link is None else self._link.proposed(lost)

    def give(self, found: "Replanned") -> None:
        """Give vehicles, in the air and on the ground, their missions of a plan made anew."""
        if self._link is not None:
            self._link.give(found)

    def _on_given(self, name: str, problem: str) -> None:
        from gui.fleet_link import NOTHING_WRITTEN

        if self._link is None:
            return
        if not problem:
            self._paused.discard(name)
            load = self._link.loads[name]
            items = len(load.mission) + len(load.fence) + len(load.rally)
            self._keep(name, self._kept(name, items))
        elif not problem.endswith(NOTHING_WRITTEN):
            self._forget_held(name)
        self.changed.emit()

    def launch(self) -> None:
        """Start the vehicles, if all are simulated."""
        if self._link is not None:
            self._link.launch_simulated()

    def simulate(self, plan: Plan, sortie: int) -> dict[str, str]:
        """Start a simulated fleet; give the links to it, or nothing where that failed."""
        from gui import link_jobs

        links = link_jobs.simulated_links(plan)
        try:
            self._fleet = link_jobs.start_simulation(plan, links, sortie)
        except McppError as error:
            self.failed.emit(str(error))
            return {}
        self.links = links
        self.changed.emit()
        return links

    def stop_simulation(self) -> None:
        """End the simulated fleet, and the links to it."""
        if self._fleet is None:
            return
        self.close()
        from gui import link_jobs

        link_jobs.stop_simulation(self._fleet)
        self._fleet = None
        self.changed.emit()
