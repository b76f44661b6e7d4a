"""Watching, loading and ordering the fleet: the library's watcher and pilot behind Qt's signals.

Callbacks come in the watcher's thread; signals bring them into the window's. Uploads go over the
same open links, so that the live view never ends for one.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mcpp.errors import Cancelled, LinkError, McppError
from mcpp.link.channel import Port
from mcpp.link.dividing import Dividing
from mcpp.link.fleet import fleet_links, fleet_loads, start_delays_s, watched_fleet
from mcpp.link.fly import FleetPilot, Order as Order
from mcpp.link.guard import Guards
from mcpp.link.loop import Steps, Task
from mcpp.link.preflight import Limits, Preflight
from mcpp.link.protocol import Times
from mcpp.link.upload import UploadResult, VehicleLoad, upload_vehicle
from mcpp.link.watch import FleetWatcher, Watched
from mcpp.model import Plan

if TYPE_CHECKING:
    from mcpp.replan.replan import Replanned

NOTHING_WRITTEN = "nothing was written to it"


class FleetLink(QObject):
    """Open links to a whole fleet.

    Parameters
    ----------
    left_out
        UAVs that speak no MAVLink.

    Signals
    -------
    state
        `VehicleState` of a vehicle, four times a second.
    happened
        `Event` of a vehicle.
    answered
        UAV, and why an order was refused; empty when it was taken.
    moved
        UAV, stage of its upload, items through, items in all.
    uploaded
        `UploadResult` of a vehicle.
    told
        UAV, and what it does while a plan made anew is sent.
    given
        UAV that was sent its mission of a plan made anew, and why it has not taken it; empty when
        it was read back as given.

    Attributes
    ----------
    loads
        What each vehicle that is linked is to hold.
    unreachable
        UAVs whose links could not be opened, and why.

    Raises
    ------
    McppError
        When no link can be opened.
    """

    state = Signal(object)
    happened = Signal(object)
    answered = Signal(str, str)
    moved = Signal(str, str, int, int)
    uploaded = Signal(object)
    told = Signal(str, str)
    given = Signal(str, str)

    def __init__(
        self,
        plan: Plan,
        links: Mapping[str, str],
        sortie: int,
        left_out: Collection[str] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        choices = fleet_links(plan, links)
        all_loads = fleet_loads(plan, choices, sortie=sortie)
        loads = [load for load in all_loads if load.uav not in left_out]
        watched = watched_fleet(plan, loads, choices, sortie=sortie)
        self.unreachable: dict[str, str] = {}
        try:
            self._watcher = self._watch(watched)
        except LinkError:
            self.unreachable = _unreachable(watched)
            watched = [one for one in watched if one.uav not in self.unreachable]
            if not watched:
                raise
            self._watcher = self._watch(watched)
        loads = [load for load in loads if load.uav not in self.unreachable]
        self.loads: dict[str, VehicleLoad] = {load.uav: load for load in loads}
        self._pilot = FleetPilot(self._watcher, loads, delays_s=start_delays_s(plan, sortie=sortie))
        self._dividing = Dividing(plan, self._pilot, sortie=sortie)
        self._waiting: set[str] = set()
        self._uploads: list[Task] = []
        self._watcher.start()

    def _watch(self, watched: Sequence[Watched]) -> FleetWatcher:
        return FleetWatcher(watched, on_state=self.state.emit, on_event=self.happened.emit)

    # --------------------------------------------------------------------------------------- upload

    def upload(self, uav: str) -> None:
        """Write a vehicle's mission, fence and rally points, read them back and compare."""
        self._watcher.loop.call(partial(self._begin_upload, uav))

    def _begin_upload(self, uav: str) -> None:
        if self._dividing.sending:
            self._refuse_upload(uav, "new missions are being sent: wait until they are")
            return
        loop = self._watcher.loop
        self._uploads.append(loop.start(loop.ports[uav], self._upload_steps(loop.ports[uav])))

    def _upload_steps(self, port: Port) -> Steps[None]:
        uav = port.uav
        try:
            result = yield from upload_vehicle(port, self.loads[uav], Guards(), Times(), self)
        except McppError as error:
            self._refuse_upload(uav, str(error))
        else:
            self.uploaded.emit(result)

    def _refuse_upload(self, uav: str, reason: str) -> None:
        self.uploaded.emit(
            UploadResult(uav=uav, state="failed", reason=reason, holds=NOTHING_WRITTEN)
        )

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        """Take note of an upload, from the watcher's thread."""
        self.moved.emit(uav, stage, done, total)

    def should_stop(self) -> bool:
        """Tell the upload to go on: it is ended by `stop_uploads`."""
        return False

    def stop_uploads(self) -> None:
        """Let all uploads tidy up and end."""
        self._watcher.loop.call(self._stop_uploads)

    def _stop_uploads(self) -> None:
        for task in self._uploads:
            task.stop(Cancelled("stopped"))
        self._uploads = []

    # --------------------------------------------------------------------------------------- flight

    def launch_simulated(self) -> None:
        """Check all vehicles and start them, if all are certainly simulated.

        Real vehicles are armed by their crew, or by ``mcpp fly --arm``: never by one click.
        """
        self._watcher.loop.call(self._begin)

    def _begin(self) -> None:
        if self._dividing.stale:
            names = ", ".join(sorted(self._dividing.stale))
            self.answered.emit(names, "it has not taken its new mission: say replan, then send")
            return
        self._waiting = set(self._pilot.loads)
        self._pilot.begin_preflight(Limits(), self._on_checked)

    def _on_checked(self, result: Preflight) -> None:
        if not result.passed:
            self.answered.emit(result.uav, result.problems[0])
        self._waiting.discard(result.uav)
        if not self._waiting:
            self._watcher.loop.call(self._launch)

    def _launch(self) -> None:
        try:
            self._pilot.launch(self._on_started)
        except LinkError as error:
            self.answered.emit("", str(error))

    def _on_started(self, uav: str, problem: str) -> None:
        if problem and uav in self._dividing.stale:
            problem += ": say replan, then send"
        self.answered.emit(uav, f"not started: {problem}" if problem else "")

    def order(self, order: Order, uav: str | None = None) -> None:
        """Pause, resume or call back one vehicle, or all."""
        self._pilot.order(order, self.answered.emit, None if uav is None else [uav])

    # ------------------------------------------------------------------------- a plan made anew

    def proposed(self, lost: Collection[str]) -> "Replanned":
        """Divide what is left from where all are now; nothing is sent. Safe from any thread.

        Raises
        ------
        McppError
            When it can not be divided.
        """
        return self._dividing.proposed(tuple(dict.fromkeys((*lost, *self._dividing.lost()))))

    def give(self, found: "Replanned") -> None:
        """Give the vehicles their missions of a plan made anew, in the air and on the ground.

        Those on the ground start by the new plan, if this window was to start them; one that has
        not taken its mission is not started.
        """
        self._watcher.loop.call(partial(self._give, found))

    def _give(self, found: "Replanned") -> None:
        if any(not task.done for task in self._uploads):
            self.answered.emit("", "an upload still runs: stop it, say replan, then send")
            return
        try:
            self._dividing.send(found, self._on_given, self.told.emit)
        except McppError as error:
            self.answered.emit("", str(error))
            return
        wanted, states = self._dividing.wanted, self._watcher.states
        gone = {change.id for change in found.changes if change.lost}
        for uav in self.loads.keys() - wanted.keys() - gone:
            if not (states[uav].aloft or states[uav].finished):
                self.told.emit(uav, "the new plan has no flight for it: it stays on the ground")
        self.loads = {uav: wanted.get(uav, load) for uav, load in self.loads.items()}

    def _on_given(self, uav: str, problem: str) -> None:
        self.given.emit(uav, problem)
        if problem:
            self.answered.emit(uav, f"has not taken its new mission: {problem}")
            if not self._watcher.states[uav].aloft:
                self.told.emit(uav, "keep it on the ground: say replan, then send")

    def close(self) -> None:
        """Close all links."""
        self.blockSignals(True)
        self._watcher.stop()


def _unreachable(watched: Sequence[Watched]) -> dict[str, str]:
    """Find the UAVs whose links can not be opened, and why."""
    found = {}
    for one in watched:
        try:
            FleetWatcher([one]).close()
        except LinkError as error:
            found[one.uav] = str(error)
    return found
