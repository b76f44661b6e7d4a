"""Watching a fleet: states and events of all vehicles through callbacks. No display here."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from mcpp.export.items import MissionItem
from mcpp.link.channel import Port
from mcpp.link.commands import ask_interval
from mcpp.link.events import EventReader
from mcpp.link.held import writes_mission
from mcpp.link.loop import LinkLoop
from mcpp.link.state import Event, VehicleState
from mcpp.link.stations import Station, others_heard, station_words
from mcpp.link.tlog import FleetLog
from mcpp.link.tracker import VehicleTracker
from mcpp.link.wire import GROUND_SYSTEM, Message
from mcpp.model import LonLat

_STATE_EVERY_S: Final = 0.25
_ASK_EVERY_S: Final = 10.0
# SYS_STATUS, GPS_RAW_INT, GLOBAL_POSITION_INT, MISSION_CURRENT, FENCE_STATUS, EXTENDED_SYS_STATE
_WANTED_S: Final = {1: 1.0, 24: 1.0, 33: 0.5, 42: 1.0, 162: 1.0, 245: 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A vehicle to watch, and what it is to fly as far as that is known.

    Attributes
    ----------
    home_first
        Whether item 0 of the mission is ArduPilot's home.
    """

    uav: str
    link: str
    system_id: int | None = None
    mission: tuple[MissionItem, ...] = ()
    start_lon_lat_deg: LonLat | None = None
    planned_s: float | None = None
    home_first: bool = False


def _ignore(_: object) -> None:
    """Do nothing."""


class FleetWatcher:
    """Holds the links to a fleet and follows every vehicle.

    Run it with `poll`, or as a context, which runs it in a thread of its own. Callbacks come in the
    thread that polls, and must return at once.

    Parameters
    ----------
    on_state
        Called with the state of each vehicle four times a second.
    on_event
        Called with each event as it happens.
    log
        File for all messages (.tlog), or None; beside it each vehicle gets its own, see `FleetLog`.
    key
        32 bytes for MAVLink 2 signing.

    Raises
    ------
    LinkError
        When a link can not be opened or the log not be written.
    """

    def __init__(
        self,
        fleet: Sequence[Watched],
        *,
        on_state: Callable[[VehicleState], None] = _ignore,
        on_event: Callable[[Event], None] = _ignore,
        log: Path | None = None,
        key: bytes | None = None,
        loop: LinkLoop | None = None,
    ) -> None:
        self.loop = loop or LinkLoop(key=key, all_wanted=log is not None)
        self.trackers: dict[str, VehicleTracker] = {}
        self._on_state = on_state
        self._next_state_s = 0.0
        self._next_ask_s: dict[str, float] = {}
        self._stations_told: set[tuple[str, Station]] = set()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._log: FleetLog | None = None
        try:
            for vehicle in fleet:
                self._add(vehicle, on_event)
            self.loop.taps.append(self._note_writing)
            if log is not None:
                self._log = FleetLog(log, {v.uav: v.system_id for v in fleet})
                self.loop.taps.append(self._log_message)
        except BaseException:
            self.loop.close()
            raise

    def _log_message(self, port: Port, message: Message) -> None:
        if self._log is not None:
            self._log.write(port.uav, message, port.system)

    def _note_writing(self, port: Port, message: Message) -> None:
        """Tell a tracker that its vehicle's mission is being written from here."""
        if message.get_srcSystem() == GROUND_SYSTEM and writes_mission(message):
            tracker = self.trackers.get(port.uav)
            if tracker is not None:
                tracker.wrote_mission()

    def _add(self, vehicle: Watched, on_event: Callable[[Event], None]) -> None:
        port = self.loop.open(vehicle.uav, vehicle.link, vehicle.system_id)
        tracker = VehicleTracker(
            vehicle.uav,
            clock=self.loop.clock,
            on_event=on_event,
            planned_s=vehicle.planned_s,
            mission=vehicle.mission,
            start_lon_lat_deg=vehicle.start_lon_lat_deg,
            first=1 if vehicle.home_first else 0,
            count=lambda: port.frames,
        )
        self.trackers[vehicle.uav] = tracker

        events = EventReader(port, tracker.told.take_event)

        def listen(message: Message) -> None:
            tracker.receive(message)
            events.take(message)
            if message.get_type() == "HEARTBEAT":
                self._ask(port)

        port.listeners.append(listen)

    def _ask(self, port: Port) -> None:
        """Ask for telemetry now and then: ArduPilot sends none unasked on a new link."""
        if port.now() >= self._next_ask_s.get(port.uav, 0.0):
            self._next_ask_s[port.uav] = port.now() + _ASK_EVERY_S
            for number, seconds in _WANTED_S.items():
                ask_interval(port, number, seconds)

    @property
    def states(self) -> Mapping[str, VehicleState]:
        """The vehicles as last heard, by UAV id."""
        return {uav: tracker.state for uav, tracker in self.trackers.items()}

    def poll(self) -> None:
        """Serve the links for a moment, and call back."""
        self.loop.poll()
        now_s = self.loop.clock()
        if now_s >= self._next_state_s:
            self._next_state_s = now_s + _STATE_EVERY_S
            for uav, tracker in self.trackers.items():
                self._hear_stations(uav, tracker)
                self._on_state(tracker.refresh())

    def _hear_stations(self, uav: str, tracker: VehicleTracker) -> None:
        """Tell of each other ground station on the link of a vehicle once."""
        for station in others_heard(self.loop.ports[uav]):
            if (uav, station) not in self._stations_told:
                self._stations_told.add((uav, station))
                tracker.hear_station(station_words(station))

    def run(self, should_stop: Callable[[], bool]) -> None:
        """Poll until `should_stop` says so."""
        while not should_stop():
            self.poll()

    def start(self) -> None:
        """Run in a thread of its own until `stop`."""
        self._stopping.clear()
        self._thread = threading.Thread(
            target=self.run, args=(self._stopping.is_set,), name="mcpp-watch", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and close links and log."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.close()

    def close(self) -> None:
        """Close links and log."""
        self.loop.close()
        if self._log is not None:
            self._log.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
