"""A simulated vehicle that speaks MAVLink: telemetry, commands, parameters, mission protocol.

It is kinematics, not an autopilot: it says "mcpp simulated vehicle" in its status texts and in
AUTOPILOT_VERSION, and follows the mission rules of the autopilot that it stands in for.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Final

from mcpp.link.commands import param_bytes, param_name, param_number
from mcpp.link.mission_server import status
from mcpp.link.personality import Personality
from mcpp.link.sim_fence import act_on_breach, breached
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_orders import obey
from mcpp.link.sim_params import WHOLE
from mcpp.link.sim_state import SimState
from mcpp.link.sim_telemetry import (
    current,
    fence_status,
    heartbeat,
    position,
    slow_telemetry,
    tell,
    terrain_report,
)
from mcpp.link.wire import Message, dialect
from mcpp.link.words import FENCE
from mcpp.model import Autopilot

_SLOW_S, _FAST_S = 1.0, 0.25
_GPS_AFTER_S: Final = 0.2
_DISARMS: Final[dict[Autopilot, str]] = {
    "ardupilot": "DISARM_DELAY", "px4": "COM_DISARM_PRFLT", "generic": "COM_DISARM_PRFLT",
}  # fmt: skip
_INT32: Final[int] = dialect.MAV_PARAM_TYPE_INT32
_REAL32: Final[int] = dialect.MAV_PARAM_TYPE_REAL32


class SimVehicle(SimState):
    """One vehicle. Messages and the time go in; `tick` and `receive` give what it says.

    Parameters
    ----------
    params
        By name; None is what a crew has set up.
    speedup
        How many seconds of flight pass in one second of the clock. The mission protocol and the
        telemetry keep the clock's time.
    started_s
        The clock when it boots.
    """

    def __init__(
        self,
        name: str,
        system: int,
        rules: Personality,
        flight: Flight,
        *,
        vehicle_type: int = dialect.MAV_TYPE_QUADROTOR,
        params: Mapping[str, float] | None = None,
        speedup: float = 1.0,
        started_s: float = 0.0,
    ) -> None:
        super().__init__(
            name,
            system,
            rules,
            flight,
            vehicle_type=vehicle_type,
            params=params,
            started_s=started_s,
        )
        self.speedup = speedup
        self._due: dict[str, float] = {}
        self._greeted = False

    # ---------------------------------------------------------------------------- time passes

    def tick(self, now_s: float) -> list[Message]:
        """Fly on to `now_s` of the clock; what there is to say."""
        span_s, self.now_s = max(now_s - self.now_s, 0.0), now_s
        self.take_mission()
        self.flight.disarms_after_s = self.params.get(_DISARMS[self.rules.autopilot], 0.0)
        happenings = self.flight.advance(span_s * self.speedup)
        self.happenings += happenings
        messages = self.server.tick(now_s)
        for happening in happenings:
            messages += tell(self, happening)
        messages += self._watch_fence()
        if self._is_due("slow", _SLOW_S):
            if not self._greeted:
                self._greeted = True
                messages.append(status(f"mcpp simulated vehicle {self.name}: no autopilot"))
            messages += slow_telemetry(self)
        if self._is_due("fast", _FAST_S) and now_s - self.started_s >= _GPS_AFTER_S:
            messages.append(position(self))
        return messages

    def _is_due(self, what: str, every_s: float) -> bool:
        if self.now_s < self._due.get(what, -math.inf):
            return False
        self._due[what] = self.now_s + every_s
        return True

    def _watch_fence(self) -> Iterator[Message]:
        flight = self.flight
        outside = flight.flying and breached(
            self.rules.autopilot,
            self.params,
            self.server.lists[FENCE],
            flight.home_lon_lat_deg,
            (flight.lon_lat_deg, flight.height_m),
        )
        changed, self.breached = outside != self.breached, outside
        if changed:
            yield fence_status(self)
        if changed and outside:
            yield status("Fence Breached", dialect.MAV_SEVERITY_CRITICAL)
            act_on_breach(self.rules.autopilot, self.params, self.flight)

    # --------------------------------------------------------------------------- what it hears

    def receive(self, message: Message, now_s: float) -> list[Message]:
        """Answer one message."""
        if getattr(message, "target_system", self.system) not in (0, self.system):
            return []
        match message.get_type():
            case "COMMAND_LONG":
                return list(self._on_command(message))
            case "SET_MODE":
                self.set_mode(int(message.custom_mode))
                return [heartbeat(self)]
            case "PARAM_REQUEST_READ":
                return list(self._on_param(message.param_id))
            case "PARAM_SET" if (name := param_name(message.param_id)) in self.params:
                self.params[name] = param_number(message.param_value, self._wire_type(name))
                return list(self._on_param(name))
            case "TERRAIN_CHECK" if self.rules.autopilot == "ardupilot":
                return [terrain_report(self, message)]
            case "REQUEST_EVENT":
                return list(self.events.answer(message))
            case "MISSION_SET_CURRENT":
                self.take_mission()
                self.flight.jump(message.seq)
                return [current(self)]
        return self.server.receive(message, now_s)

    def _on_param(self, given: str | bytes) -> Iterator[Message]:
        name = param_name(given)
        if name in self.params:
            names, kind = list(self.params), self._wire_type(name)
            value = param_bytes(self.params[name], kind)
            yield dialect.MAVLink_param_value_message(
                name.encode(), value, kind, len(names), names.index(name)
            )

    def _wire_type(self, name: str) -> int:
        return _INT32 if self.rules.autopilot == "px4" and name in WHOLE else _REAL32

    def _on_command(self, message: Message) -> Iterator[Message]:
        answers: list[Message] = []
        result = obey(self, message, answers)
        yield from answers
        yield dialect.MAVLink_command_ack_message(
            message.command,
            result,
            target_system=message.get_srcSystem(),
            target_component=message.get_srcComponent(),
        )
        yield heartbeat(self)
