"""The link to vehicles in threads of its own: upload, watch, command; and a simulated fleet."""

import threading
from collections.abc import Mapping

from PySide6.QtCore import QObject, QThread, Signal

from mcpp.errors import McppError
from mcpp.link.fleet import LinkChoice, all_system_ids, fleet_links, fleet_loads
from mcpp.link.simulate import SimulatedFleet, simulated_vehicles
from mcpp.link.upload import upload_fleet
from mcpp.model import Plan

SIM_SPEEDUP = 10.0
FIRST_SIM_PORT = 14650


class UploadThread(QThread):
    """Uploads to all vehicles at once and reads everything back.

    Signals
    -------
    moved
        UAV, stage, items through, items in all.
    ended
        `UploadResult` of each vehicle.
    failed
        Why nothing was uploaded.
    """

    moved = Signal(str, str, int, int)
    ended = Signal(object)
    failed = Signal(str)

    def __init__(
        self, plan: Plan, links: Mapping[str, str], sortie: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._links = dict(links)
        self._sortie = sortie
        self._stop = threading.Event()

    def run(self) -> None:
        try:
            choices = fleet_links(self._plan, self._links)
            loads = fleet_loads(self._plan, choices, sortie=self._sortie)
            addresses = {uav: choice.address for uav, choice in choices.items()}
            results = upload_fleet(loads, addresses, observer=self)
        except McppError as error:
            self.failed.emit(str(error))
            return
        self.ended.emit(results)

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        """Take note of the transfer, from the thread."""
        self.moved.emit(uav, stage, done, total)

    def should_stop(self) -> bool:
        """Whether the user wants it to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Let it tidy up and end."""
        self._stop.set()


def simulated_links(plan: Plan) -> dict[str, str]:
    """Give each UAV a link on this computer."""
    return {
        uav.id: f"udp:127.0.0.1:{FIRST_SIM_PORT + index}"
        for index, uav in enumerate(plan.mission.uavs)
    }


def start_simulation(plan: Plan, links: Mapping[str, str], sortie: int) -> SimulatedFleet:
    """Start a simulated fleet at the other ends of the links.

    Raises
    ------
    McppError
    """
    choices: dict[str, LinkChoice] = fleet_links(plan, links)
    vehicles = simulated_vehicles(
        plan, sortie=sortie, speedup=SIM_SPEEDUP, system_ids=all_system_ids(choices)
    )
    addresses = {uav: choice.address for uav, choice in choices.items()}
    return SimulatedFleet(vehicles, addresses).__enter__()


def stop_simulation(fleet: SimulatedFleet) -> None:
    """End a simulated fleet."""
    fleet.__exit__(None, None, None)
