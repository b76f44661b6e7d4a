"""A simulated vehicle that speaks MAVLink: telemetry, commands, parameters, mission protocol.

It is kinematics, not an autopilot: it says "mcpp simulated vehicle" in its status texts and in
AUTOPILOT_VERSION, and follows the mission rules of the autopilot that it stands in for.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from mcpp.link.commands import param_bytes, param_name, param_number
from mcpp.link.guard import SIMULATED_MARK, distance_m, kind_of
from mcpp.link.mission_server import MissionServer, status
from mcpp.link.modes import Purpose, custom_mode, purpose_of
from mcpp.link.personality import Personality
from mcpp.link.sim_fence import breached
from mcpp.link.sim_flight import GROUND_M, Flight, Happening
from mcpp.link.sim_params import WHOLE, set_up_params
from mcpp.link.sim_wing import WingFlight
from mcpp.link.wire import Message, dialect
from mcpp.link.words import FENCE, MISSION

_OK: Final[int] = dialect.MAV_RESULT_ACCEPTED
_DENIED: Final[int] = dialect.MAV_RESULT_DENIED
_FAILED: Final[int] = dialect.MAV_RESULT_FAILED
_UNSUPPORTED: Final[int] = dialect.MAV_RESULT_UNSUPPORTED
_MAGIC_FORCE: Final = 21196.0
_CAPABILITIES: Final = 4 | 8192 | 16384 | 32768  # MISSION_INT, MAVLINK2, FENCE, RALLY
_SLOW_S, _FAST_S = 1.0, 0.25
_GPS_AFTER_S: Final = 0.2
_CRITICAL: Final[int] = dialect.MAV_SEVERITY_CRITICAL
_TERMINATE: Final = 4
_LAST_NAV: Final = 95  # MAV_CMD_NAV_LAST
_INT32: Final[int] = dialect.MAV_PARAM_TYPE_INT32
_REAL32: Final[int] = dialect.MAV_PARAM_TYPE_REAL32


class SimVehicle:
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
        self.name, self.system, self.rules, self.flight = name, system, rules, flight
        self.speedup = speedup
        kind = kind_of(vehicle_type)
        self.params = dict(set_up_params(rules.autopilot, kind) if params is None else params)
        if isinstance(flight, WingFlight):
            flight.params = self.params
            flight.set_up()
        self.happenings: list[Happening] = []
        self.server = MissionServer(
            rules, self._home, in_auto=lambda: self._in_auto, started_s=started_s
        )
        self._type = vehicle_type
        self._started_s = self._now_s = started_s
        self._loaded = 0
        self._due: dict[str, float] = {}
        self._breached = False
        self._greeted = False

    @property
    def _in_auto(self) -> bool:
        return self.flight.armed and self.flight.purpose == "mission"

    # ---------------------------------------------------------------------------- time passes

    def tick(self, now_s: float) -> list[Message]:
        """Fly on to `now_s` of the clock; what there is to say."""
        span_s, self._now_s = max(now_s - self._now_s, 0.0), now_s
        self._take_mission()
        happenings = self.flight.advance(span_s * self.speedup)
        self.happenings += happenings
        messages = self.server.tick(now_s)
        for happening in happenings:
            messages += self._tell(happening)
        messages += self._watch_fence()
        if self._is_due("slow", _SLOW_S):
            messages += self._slow_telemetry()
        if self._is_due("fast", _FAST_S) and now_s - self._started_s >= _GPS_AFTER_S:
            messages.append(self._position())
        return messages

    def _is_due(self, what: str, every_s: float) -> bool:
        if self._now_s < self._due.get(what, -math.inf):
            return False
        self._due[what] = self._now_s + every_s
        return True

    def _take_mission(self) -> None:
        if self._loaded != self.server.changes:
            self._loaded = self.server.changes
            self.flight.load(self.server.lists[MISSION], 1 if self.rules.keeps_home else 0)

    def _tell(self, happening: Happening) -> Iterator[Message]:
        if happening.what == "reached":
            yield from self._tell_reached(happening.item)
            yield self._current()
        elif happening.what == "photo":
            yield from self._tell_photo(happening.item)
        elif happening.what == "landed":
            yield status("landed and disarmed (mcpp simulated vehicle)")
            yield self._position()
            yield self._heartbeat()
        elif happening.what == "low":
            yield status("Battery low", dialect.MAV_SEVERITY_WARNING)

    def _tell_reached(self, item: int) -> Iterator[Message]:
        """Tell of items that are flown alone; PX4 names the last command that follows one."""
        items = self.flight.items
        if items[item].command > _LAST_NAV:
            return
        if self.rules.autopilot == "px4":
            while item + 1 < len(items) and items[item + 1].command > _LAST_NAV:
                item += 1
        yield dialect.MAVLink_mission_item_reached_message(item)

    def _tell_photo(self, number: int) -> Iterator[Message]:
        lon, lat = (round(1e7 * part) for part in self.flight.lon_lat_deg)
        if self.rules.autopilot == "ardupilot":
            if self.params.get("CAM1_TYPE", 1.0):
                yield dialect.MAVLink_camera_feedback_message(
                    0, self.system, 0, number, lat, lon, 0, 0, 0, 0, 0, 0, 0
                )
        elif self.params.get("TRIG_MODE", 4.0):
            yield dialect.MAVLink_camera_trigger_message(0, number)
            yield dialect.MAVLink_camera_image_captured_message(
                0, 0, 0, lat, lon, 0, 0, [1.0, 0.0, 0.0, 0.0], number, 1, b""
            )

    # ------------------------------------------------------------------------------ telemetry

    def _slow_telemetry(self) -> Iterator[Message]:
        if not self._greeted:
            self._greeted = True
            yield status(f"mcpp simulated vehicle {self.name}: no autopilot")
        yield self._heartbeat()
        percent = round(self.flight.battery_percent)
        healthy = dialect.MAV_SYS_STATUS_SENSOR_GPS | dialect.MAV_SYS_STATUS_PREARM_CHECK
        yield dialect.MAVLink_sys_status_message(
            healthy, healthy, healthy, 0, 14_800 + 20 * percent, -1, percent, 0, 0, 0, 0, 0, 0
        )
        lon, lat = self.flight.lon_lat_deg
        height_mm = round((GROUND_M + self.flight.height_m) * 1000)
        yield dialect.MAVLink_gps_raw_int_message(
            0, 3, round(lat * 1e7), round(lon * 1e7), height_mm, 80, 120, 65535, 65535, 14
        )
        landed = (
            dialect.MAV_LANDED_STATE_IN_AIR
            if self.flight.flying
            else dialect.MAV_LANDED_STATE_ON_GROUND
        )
        yield dialect.MAVLink_extended_sys_state_message(0, landed)
        yield self._current()
        yield self._fence_status()

    def _heartbeat(self) -> Message:
        base = dialect.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED
        if self.flight.armed:
            base |= dialect.MAV_MODE_FLAG_SAFETY_ARMED
        state = dialect.MAV_STATE_ACTIVE if self.flight.armed else dialect.MAV_STATE_STANDBY
        mode = custom_mode(self.rules.number, self._type, self.flight.purpose)
        return dialect.MAVLink_heartbeat_message(
            self._type, self.rules.number, base, mode, state, 3
        )

    def _position(self) -> Message:
        lon, lat = self.flight.lon_lat_deg
        vx, vy, vz = self.flight.body.velocity
        heading = math.degrees(math.atan2(vx, vy)) % 360
        return dialect.MAVLink_global_position_int_message(
            round(self._now_s * 1000) & 0xFFFFFFFF,
            round(lat * 1e7),
            round(lon * 1e7),
            round((GROUND_M + self.flight.height_m) * 1000),
            round(self.flight.height_m * 1000),
            round(vy * 100),
            round(vx * 100),
            round(-vz * 100),
            round(heading * 100) % 36000,
        )

    def _current(self) -> Message:
        return dialect.MAVLink_mission_current_message(
            min(self.flight.item, 0xFFFF), total=len(self.flight.items)
        )

    def _home(self) -> Message:
        lon, lat = self.flight.home_lon_lat_deg
        return dialect.MAVLink_mission_item_int_message(
            0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0, round(lat * 1e7), round(lon * 1e7), GROUND_M
        )

    def _fence_status(self) -> Message:
        kind = dialect.FENCE_BREACH_BOUNDARY if self._breached else dialect.FENCE_BREACH_NONE
        return dialect.MAVLink_fence_status_message(self._breached, int(self._breached), kind, 0)

    def _watch_fence(self) -> Iterator[Message]:
        flight = self.flight
        outside = flight.flying and breached(
            self.rules.autopilot,
            self.params,
            self.server.lists[FENCE],
            flight.home_lon_lat_deg,
            (flight.lon_lat_deg, flight.height_m),
        )
        changed, self._breached = outside != self._breached, outside
        if changed:
            yield self._fence_status()
        if changed and outside:
            yield status("Fence Breached", dialect.MAV_SEVERITY_CRITICAL)
            self._act_on_breach()

    def _act_on_breach(self) -> None:
        if self.rules.autopilot == "ardupilot":
            if self.params.get("FENCE_ACTION", 1.0) > 0:
                self.flight.change("return")
            return
        action = int(self.params.get("GF_ACTION", 0.0))
        purposes: dict[int, Purpose] = {2: "hold", 3: "return", 5: "land"}
        if action in purposes:
            self.flight.change(purposes[action])
        elif action == _TERMINATE:
            self.flight.cut_motors()

    # --------------------------------------------------------------------------- what it hears

    def receive(self, message: Message, now_s: float) -> list[Message]:
        """Answer one message."""
        if getattr(message, "target_system", self.system) not in (0, self.system):
            return []
        match message.get_type():
            case "COMMAND_LONG":
                return list(self._on_command(message))
            case "SET_MODE":
                self._set_mode(int(message.custom_mode))
                return [self._heartbeat()]
            case "PARAM_REQUEST_READ":
                return list(self._on_param(message.param_id))
            case "PARAM_SET" if (name := param_name(message.param_id)) in self.params:
                self.params[name] = param_number(message.param_value, self._wire_type(name))
                return list(self._on_param(name))
            case "MISSION_SET_CURRENT":
                self._take_mission()
                self.flight.jump(message.seq)
                return [self._current()]
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
        result = self._obey(message, answers)
        yield from answers
        yield dialect.MAVLink_command_ack_message(
            message.command,
            result,
            target_system=message.get_srcSystem(),
            target_component=message.get_srcComponent(),
        )
        yield self._heartbeat()

    def _obey(self, message: Message, answers: list[Message]) -> int:
        obey: dict[int, Callable[[Message, list[Message]], int]] = {
            dialect.MAV_CMD_COMPONENT_ARM_DISARM: self._arm,
            dialect.MAV_CMD_DO_SET_MODE: self._command_mode,
            dialect.MAV_CMD_MISSION_START: self._start_mission,
            dialect.MAV_CMD_DO_PAUSE_CONTINUE: self._pause,
            dialect.MAV_CMD_NAV_RETURN_TO_LAUNCH: lambda _m, _a: self._change("return"),
            dialect.MAV_CMD_NAV_LAND: lambda _m, _a: self._change("land"),
            dialect.MAV_CMD_NAV_TAKEOFF: self._take_off,
            dialect.MAV_CMD_DO_SET_MISSION_CURRENT: self._jump,
            dialect.MAV_CMD_DO_SET_CAM_TRIGG_DIST: self._trigger,
            dialect.MAV_CMD_REQUEST_MESSAGE: self._give_message,
            dialect.MAV_CMD_SET_MESSAGE_INTERVAL: lambda _m, _a: _OK,  # it sends all it has anyway
        }
        action = obey.get(int(message.command))
        return _UNSUPPORTED if action is None else int(action(message, answers))

    def _arm(self, message: Message, answers: list[Message]) -> int:
        flight = self.flight
        if message.param1 < 0.5:
            if flight.flying and message.param2 != _MAGIC_FORCE:
                return _DENIED
            flight.armed = False
            flight.change("ready")
            return _OK
        problem = self._arming_problem()
        if problem:
            answers.append(status(f"Arm: {problem}", dialect.MAV_SEVERITY_CRITICAL))
            return _FAILED
        flight.armed = True
        return _OK

    def _arming_problem(self) -> str:
        may_in_auto = int(self.params.get("AUTO_OPTIONS", 3)) & 1
        if self.rules.autopilot == "ardupilot" and self.flight.purpose == "mission":
            return "" if may_in_auto else "Auto requires AUTO_OPTIONS"
        return "Battery low" if self.flight.battery_percent < 20 else ""

    def _command_mode(self, message: Message, answers: list[Message]) -> int:
        del answers
        number = int(message.param2)
        if self.rules.autopilot != "ardupilot":
            number = (number << 16) | (int(message.param3) << 24)
        return self._set_mode(number)

    def _set_mode(self, number: int) -> int:
        purpose = purpose_of(self.rules.number, self._type, number)
        return _DENIED if purpose is None else self._change(purpose)

    def _change(self, purpose: Purpose) -> int:
        self._take_mission()
        if purpose == "mission" and len(self.flight.items) <= self.flight.first:
            return _DENIED
        self.flight.change(purpose)
        return _OK

    def _start_mission(self, message: Message, answers: list[Message]) -> int:
        del message
        if not self.flight.armed:
            return _FAILED
        waypoint = self._infeasible()
        if waypoint is None:
            return self._change("mission")
        # As PX4 does: it takes the command, says why it will not fly, and disarms.
        answers.append(status(f"Geofence violation for waypoint {waypoint}", _CRITICAL))
        answers.append(status("Mission infeasible, refusing takeoff", _CRITICAL))
        self.flight.change("return")
        self.flight.armed = False
        return _OK

    def _infeasible(self) -> int | None:
        """Item that PX4's own distance fence rules out, or None."""
        if self.rules.autopilot != "px4" or not self.params.get("GF_ACTION"):
            return None
        far_m, top_m = (self.params.get(f"GF_MAX_{d}_DIST", 0.0) for d in ("HOR", "VER"))
        for index, item in enumerate(self.flight.items):
            if item.command not in (16, 22) or not (item.x or item.y):
                continue
            away_m = distance_m(self.flight.home_lon_lat_deg, (item.y / 1e7, item.x / 1e7))
            if 0 < far_m < away_m or 0 < top_m < item.z:
                return index
        return None

    def _pause(self, message: Message, answers: list[Message]) -> int:
        del answers
        if self.rules.autopilot != "ardupilot":
            return _UNSUPPORTED
        if message.param1 >= 0.5:
            return self._change("mission")
        return self._change("hold") if self._in_auto else _FAILED

    def _jump(self, message: Message, answers: list[Message]) -> int:
        self._take_mission()
        if not self.flight.jump(int(message.param1)):
            return _DENIED
        answers.append(self._current())
        return _OK

    def _trigger(self, message: Message, answers: list[Message]) -> int:
        del answers
        self.flight.camera = message.param1 > 0
        return _OK

    def _take_off(self, message: Message, answers: list[Message]) -> int:
        del answers
        if not self.flight.armed:
            return _FAILED
        self.flight.climb_to(float(message.param7))
        return _OK

    def _give_message(self, message: Message, answers: list[Message]) -> int:
        if int(message.param1) == dialect.MAVLINK_MSG_ID_AUTOPILOT_VERSION:
            answers.append(_version(self.system))
            return _OK
        if int(message.param1) == dialect.MAVLINK_MSG_ID_GLOBAL_POSITION_INT:
            answers.append(self._position())
            return _OK
        return _DENIED


def _version(system: int) -> Message:
    mark = SIMULATED_MARK.ljust(8, b"\x00")
    return dialect.MAVLink_autopilot_version_message(
        _CAPABILITIES, 0, 0, 0, 0, list(mark), [0] * 8, [0] * 8, 0, 0, system
    )
