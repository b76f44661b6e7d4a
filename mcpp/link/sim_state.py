"""What one simulated vehicle is and holds; how it is asked and answers stands beside it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from mcpp.link.guard import kind_of
from mcpp.link.mission_server import MissionServer
from mcpp.link.modes import Purpose, purpose_of
from mcpp.link.personality import Personality
from mcpp.link.sim_camera import SimCamera
from mcpp.link.sim_events import EventLog
from mcpp.link.sim_flight import GROUND_M, Flight
from mcpp.link.sim_params import set_up_params
from mcpp.link.sim_wing import WingFlight
from mcpp.link.wire import Message, dialect
from mcpp.link.words import MISSION

if TYPE_CHECKING:
    from mcpp.link.sim_track import Happening

LEAST_PERCENT: Final = 20
"""Charge of the battery with which it arms."""


class SimState:
    """State of one vehicle: its flight, parameters and mission lists.

    Attributes
    ----------
    type
        Its MAV_TYPE.
    now_s, started_s
        The clock, and the clock when it booted.
    breached
        It is outside its fence.
    events
        What a PX4 tells as events.
    camera
        One that speaks MAVLink, or None.
    """

    def __init__(
        self,
        name: str,
        system: int,
        rules: Personality,
        flight: Flight,
        *,
        vehicle_type: int,
        params: Mapping[str, float] | None,
        started_s: float,
    ) -> None:
        self.name, self.system, self.rules, self.flight = name, system, rules, flight
        self.type = vehicle_type
        kind = kind_of(vehicle_type)
        self.params = dict(set_up_params(rules.autopilot, kind) if params is None else params)
        if isinstance(flight, WingFlight):
            flight.params = self.params
            flight.set_up()
        self.happenings: list[Happening] = []
        self.started_s = self.now_s = started_s
        self.breached = False
        self.events = EventLog()
        self.camera: SimCamera | None = SimCamera()
        self.server = MissionServer(
            rules, self.home, in_auto=lambda: self.in_auto, started_s=started_s
        )
        self._loaded = 0

    @property
    def in_auto(self) -> bool:
        """Whether it flies its mission."""
        return self.flight.armed and self.flight.purpose == "mission"

    def home(self) -> Message:
        """Its home, as item 0 of a mission."""
        lon, lat = self.flight.home_lon_lat_deg
        return dialect.MAVLink_mission_item_int_message(
            0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0, round(lat * 1e7), round(lon * 1e7), GROUND_M
        )

    def take_mission(self) -> None:
        """Have the flight take a mission that has come since."""
        if self._loaded != self.server.changes:
            self._loaded = self.server.changes
            self.flight.load(self.server.lists[MISSION], 1 if self.rules.keeps_home else 0)

    def change(self, purpose: Purpose) -> int:
        """Take up another mode; the MAV_RESULT."""
        self.take_mission()
        if purpose == "mission" and len(self.flight.items) <= self.flight.first:
            return int(dialect.MAV_RESULT_DENIED)
        self.flight.change(purpose)
        return int(dialect.MAV_RESULT_ACCEPTED)

    def set_mode(self, number: int) -> int:
        """Take up the mode of a number of the autopilot's own; the MAV_RESULT."""
        purpose = purpose_of(self.rules.number, self.type, number)
        return int(dialect.MAV_RESULT_DENIED) if purpose is None else self.change(purpose)
