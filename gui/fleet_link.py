"""Watching and ordering the fleet: the library's watcher and pilot behind Qt's signals.

Callbacks come in the watcher's thread; signals bring them into the window's.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from mcpp.errors import LinkError
from mcpp.link.fleet import fleet_links, fleet_loads, start_delays_s, watched_fleet
from mcpp.link.fly import FleetPilot, Order as Order
from mcpp.link.preflight import Limits, Preflight
from mcpp.link.watch import FleetWatcher
from mcpp.model import Plan


class FleetLink(QObject):
    """Open links to a whole fleet.

    Signals
    -------
    state
        `VehicleState` of a vehicle, four times a second.
    happened
        `Event` of a vehicle.
    answered
        UAV, and why an order was refused; empty when it was taken.

    Raises
    ------
    McppError
        When a link can not be opened.
    """

    state = Signal(object)
    happened = Signal(object)
    answered = Signal(str, str)

    def __init__(
        self, plan: Plan, links: Mapping[str, str], sortie: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        choices = fleet_links(plan, links)
        loads = fleet_loads(plan, choices, sortie=sortie)
        self._watcher = FleetWatcher(
            watched_fleet(plan, loads, choices, sortie=sortie),
            on_state=self.state.emit,
            on_event=self.happened.emit,
        )
        self._pilot = FleetPilot(self._watcher, loads, delays_s=start_delays_s(plan, sortie=sortie))
        self._waiting: set[str] = set()
        self._watcher.start()

    def launch_simulated(self) -> None:
        """Check all vehicles and start them, if all are certainly simulated.

        Real vehicles are armed by their crew, or by ``mcpp fly --arm``: never by one click.
        """
        self._watcher.loop.call(self._begin)

    def _begin(self) -> None:
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
            self._pilot.launch(self.answered.emit)
        except LinkError as error:
            self.answered.emit("", str(error))

    def order(self, order: Order, uav: str | None = None) -> None:
        """Pause, resume or call back one vehicle, or all."""
        self._pilot.order(order, self.answered.emit, None if uav is None else [uav])

    def close(self) -> None:
        """Close all links."""
        self.blockSignals(True)
        self._watcher.stop()
