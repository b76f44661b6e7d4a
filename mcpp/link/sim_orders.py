"""How a simulated vehicle obeys commands: those that mcpp gives, as its autopilot would."""

from collections.abc import Callable
from typing import Final

from mcpp.link.chunks import pieces
from mcpp.link.guard import distance_m
from mcpp.link.mission_server import status
from mcpp.link.px4_events import event_id
from mcpp.link.sim_camera import SimCamera
from mcpp.link.sim_state import LEAST_PERCENT, SimState
from mcpp.link.sim_telemetry import current, position, version
from mcpp.link.wire import Message, dialect

Answers = list[Message]
"""Messages that go out before the COMMAND_ACK."""

_OK: Final[int] = dialect.MAV_RESULT_ACCEPTED
_DENIED: Final[int] = dialect.MAV_RESULT_DENIED
_FAILED: Final[int] = dialect.MAV_RESULT_FAILED
_UNSUPPORTED: Final[int] = dialect.MAV_RESULT_UNSUPPORTED
_MAGIC_FORCE: Final = 21196.0
_CRITICAL: Final[int] = dialect.MAV_SEVERITY_CRITICAL


def obey(state: SimState, message: Message, answers: Answers) -> int:
    """Obey a COMMAND_LONG; its MAV_RESULT."""
    action = _ORDERS.get(int(message.command))
    return _UNSUPPORTED if action is None else int(action(state, message, answers))


def _arm(state: SimState, message: Message, answers: Answers) -> int:
    flight = state.flight
    if message.param1 < 0.5:
        if flight.flying and message.param2 != _MAGIC_FORCE:
            return _DENIED
        flight.armed = False
        flight.change("ready")
        return _OK
    problem = _arming_problem(state)
    if problem and state.rules.autopilot == "px4":
        # As PX4 does: the reason is in its events alone.
        answers += pieces("Arming denied: Resolve system health failures first\t", _CRITICAL, 1)
        denied = event_id("commander_arm_denied_resolve_failures")
        answers.append(state.events.tell(denied, _CRITICAL))
        answers += state.events.report(problem)
        return int(dialect.MAV_RESULT_TEMPORARILY_REJECTED)
    if problem:
        answers.append(status(f"Arm: {problem}", _CRITICAL))
        return _FAILED
    flight.armed = True
    return _OK


def _arming_problem(state: SimState) -> str:
    may_in_auto = int(state.params.get("AUTO_OPTIONS", 3)) & 1
    if state.rules.autopilot == "ardupilot" and state.flight.purpose == "mission":
        return "" if may_in_auto else "Auto requires AUTO_OPTIONS"
    if state.flight.battery_percent >= LEAST_PERCENT:
        return ""
    return "check_battery_low" if state.rules.autopilot == "px4" else "Battery low"


def _run_checks(state: SimState, message: Message, answers: Answers) -> int:
    """Tell what its checks complain of."""
    del message
    problem = _arming_problem(state)
    if state.rules.autopilot == "px4":
        answers += state.events.report(*[problem] if problem else [])
    elif problem:
        answers.append(status(f"PreArm: {problem}", _CRITICAL))
    return _OK


def _command_mode(state: SimState, message: Message, answers: Answers) -> int:
    del answers
    number = int(message.param2)
    if state.rules.autopilot != "ardupilot":
        number = (number << 16) | (int(message.param3) << 24)
    return state.set_mode(number)


def _start_mission(state: SimState, message: Message, answers: Answers) -> int:
    del message
    if not state.flight.armed:
        return _FAILED
    waypoint = _infeasible(state)
    if waypoint is None:
        return state.change("mission")
    # As PX4 does: it takes the command, says why it will not fly, and disarms.
    answers.append(status(f"Geofence violation for waypoint {waypoint}", _CRITICAL))
    answers.append(status("Mission infeasible, refusing takeoff", _CRITICAL))
    state.flight.change("return")
    state.flight.armed = False
    return _OK


def _infeasible(state: SimState) -> int | None:
    """Item that PX4's own distance fence rules out, or None."""
    if state.rules.autopilot != "px4" or not state.params.get("GF_ACTION"):
        return None
    far_m, top_m = (state.params.get(f"GF_MAX_{d}_DIST", 0.0) for d in ("HOR", "VER"))
    for index, item in enumerate(state.flight.items):
        if item.command not in (16, 22) or not (item.x or item.y):
            continue
        away_m = distance_m(state.flight.home_lon_lat_deg, (item.y / 1e7, item.x / 1e7))
        if 0 < far_m < away_m or 0 < top_m < item.z:
            return index
    return None


def _pause(state: SimState, message: Message, answers: Answers) -> int:
    del answers
    if state.rules.autopilot != "ardupilot":
        return _UNSUPPORTED
    if message.param1 >= 0.5:
        return state.change("mission")
    return state.change("hold") if state.in_auto else _FAILED


def _jump(state: SimState, message: Message, answers: Answers) -> int:
    state.take_mission()
    if not state.flight.jump(int(message.param1)):
        return _DENIED
    answers.append(current(state))
    return _OK


def _trigger(state: SimState, message: Message, answers: Answers) -> int:
    del answers
    state.flight.camera = message.param1 > 0
    return _OK


def _take_off(state: SimState, message: Message, answers: Answers) -> int:
    del answers
    if not state.flight.armed:
        return _FAILED
    state.flight.climb_to(float(message.param7))
    return _OK


def _give_message(state: SimState, message: Message, answers: Answers) -> int:
    number = int(message.param1)
    give, show = _MESSAGES.get(number), _CAMERA_MESSAGES.get(number)
    if give is not None:
        answers.append(give(state))
    elif show is not None and state.camera is not None:
        answers.append(show(state.camera))
    else:
        return _DENIED
    return _OK


def _tilt(state: SimState, message: Message, answers: Answers) -> int:
    """Point the gimbal, as the manager of the second gimbal protocol does."""
    del answers
    camera = state.camera
    if camera is None:
        return _UNSUPPORTED
    return _OK if camera.low_deg <= message.param1 <= camera.high_deg else _DENIED


_MESSAGES: Final[dict[int, Callable[[SimState], Message]]] = {
    dialect.MAVLINK_MSG_ID_AUTOPILOT_VERSION: version,
    dialect.MAVLINK_MSG_ID_GLOBAL_POSITION_INT: position,
}
_CAMERA_MESSAGES: Final[dict[int, Callable[[SimCamera], Message]]] = {
    dialect.MAVLINK_MSG_ID_CAMERA_INFORMATION: SimCamera.information,
    dialect.MAVLINK_MSG_ID_STORAGE_INFORMATION: SimCamera.room,
    dialect.MAVLINK_MSG_ID_GIMBAL_MANAGER_INFORMATION: SimCamera.gimbal,
}
_ORDERS: Final[dict[int, Callable[[SimState, Message, Answers], int]]] = {
    dialect.MAV_CMD_COMPONENT_ARM_DISARM: _arm,
    dialect.MAV_CMD_RUN_PREARM_CHECKS: _run_checks,
    dialect.MAV_CMD_DO_SET_MODE: _command_mode,
    dialect.MAV_CMD_MISSION_START: _start_mission,
    dialect.MAV_CMD_DO_PAUSE_CONTINUE: _pause,
    dialect.MAV_CMD_NAV_RETURN_TO_LAUNCH: lambda state, _m, _a: state.change("return"),
    dialect.MAV_CMD_NAV_LAND: lambda state, _m, _a: state.change("land"),
    dialect.MAV_CMD_NAV_TAKEOFF: _take_off,
    dialect.MAV_CMD_DO_SET_MISSION_CURRENT: _jump,
    dialect.MAV_CMD_DO_SET_CAM_TRIGG_DIST: _trigger,
    dialect.MAV_CMD_DO_GIMBAL_MANAGER_PITCHYAW: _tilt,
    dialect.MAV_CMD_REQUEST_MESSAGE: _give_message,
    dialect.MAV_CMD_SET_MESSAGE_INTERVAL: lambda _s, _m, _a: _OK,  # it sends all it has anyway
}
