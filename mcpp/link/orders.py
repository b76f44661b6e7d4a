"""What one vehicle is told in flight: modes, arming, start, pause and resume."""

import re
from typing import Final

from mcpp.errors import LinkError
from mcpp.link.channel import Port, is_autopilot
from mcpp.link.commands import send_command
from mcpp.link.guard import autopilot_of, is_armed, is_wing
from mcpp.link.loop import Steps
from mcpp.link.modes import Purpose, mode_params
from mcpp.link.protocol import Times, wait_for
from mcpp.link.wire import Message, dialect, text_of
from mcpp.link.words import result_words

_OK: Final[int] = dialect.MAV_RESULT_ACCEPTED
_CONFIRM_S: Final = 5.0
_GIVES_UP: Final = re.compile(r"infeasible|refusing|geofence violation", re.IGNORECASE)
_OFF_GROUND: Final = (dialect.MAV_LANDED_STATE_IN_AIR, dialect.MAV_LANDED_STATE_TAKEOFF)


def check_flying(port: Port, what: str) -> None:
    """Refuse an order to a vehicle on the ground, where it would only change the mode.

    Raises
    ------
    LinkError
        When its motors are not armed.
    """
    if port.heartbeat is None:
        raise LinkError("no heartbeat yet")
    if not is_armed(port.heartbeat):
        raise LinkError(f"not armed: there is no flight to {what}")


def set_mode(port: Port, purpose: Purpose, times: Times) -> Steps[None]:
    """Put the vehicle into the mode for a purpose.

    Raises
    ------
    LinkError
        When it refuses, or has not been heard yet.
    """
    if port.heartbeat is None:
        msg = "no heartbeat yet"
        raise LinkError(msg)
    params = mode_params(port.heartbeat, purpose)
    result = yield from send_command(port, dialect.MAV_CMD_DO_SET_MODE, params, times=times)
    if result != _OK:
        msg = f"mode for {purpose}: {result_words(result)}"
        raise LinkError(msg)


def _arm(port: Port, times: Times) -> Steps[int]:
    command = dialect.MAV_CMD_COMPONENT_ARM_DISARM
    result = yield from send_command(port, command, (1.0,), times=times)
    return int(result)


def start_mission(port: Port, times: Times) -> Steps[None]:
    """Arm and fly the mission from its start.

    ArduCopter arms in AUTO only when AUTO_OPTIONS allows it: so it is armed in GUIDED, and
    MISSION_START changes to AUTO. ArduPlane would run its motor in GUIDED, and arms in AUTO.

    Raises
    ------
    LinkError
        When the vehicle refuses, or gives up before it has left the ground; it is disarmed again
        where it had been armed.
    """
    heartbeat = port.heartbeat
    if heartbeat is None:
        raise LinkError("no heartbeat yet")
    copter = autopilot_of(heartbeat) == "ardupilot" and not is_wing(heartbeat)
    port.send(dialect.MAVLink_mission_set_current_message(*port.target, 0))  # from its start
    yield from set_mode(port, "guided" if copter else "mission", times)
    result = yield from _arm(port, times)
    if result != _OK:
        msg = f"arming: {result_words(result)}"
        raise LinkError(msg)
    result = yield from send_command(port, dialect.MAV_CMD_MISSION_START, times=times)
    if result != _OK:
        # It stands on the ground with turning propellers: a vehicle in the air refuses to disarm.
        command = dialect.MAV_CMD_COMPONENT_ARM_DISARM
        yield from send_command(port, command, (0.0,), times=times)
        msg = f"starting the mission: {result_words(result)}; disarmed again"
        raise LinkError(msg)
    yield from _confirm_start(port)


def _confirm_start(port: Port) -> Steps[None]:
    """See the vehicle leave the ground, or at least not give up for some seconds.

    PX4 takes the start of a mission that it finds infeasible, says so in words, and disarms.
    """
    deadline = port.now() + _CONFIRM_S
    while port.now() < deadline:
        message = yield from wait_for(port, _tells_of_start, deadline - port.now())
        if message is None:
            return
        if message.get_type() == "STATUSTEXT":
            raise LinkError(f"it does not fly the mission: {text_of(message)}")
        if message.get_type() == "EXTENDED_SYS_STATE":
            if message.landed_state in _OFF_GROUND:
                return
        elif not is_armed(message):
            raise LinkError("it disarmed again before it took off")


def _tells_of_start(message: Message) -> bool:
    if message.get_type() == "STATUSTEXT":
        return bool(_GIVES_UP.search(text_of(message)))
    heartbeat = message.get_type() == "HEARTBEAT" and is_autopilot(message)
    return heartbeat or message.get_type() == "EXTENDED_SYS_STATE"


def hold(port: Port, times: Times) -> Steps[str]:
    """Hold position: ArduCopter by DO_PAUSE_CONTINUE where it knows it, others by mode."""
    check_flying(port, "pause")
    if port.heartbeat is not None and autopilot_of(port.heartbeat) == "ardupilot":
        command = dialect.MAV_CMD_DO_PAUSE_CONTINUE
        if (yield from send_command(port, command, (0.0,), times=times)) == _OK:
            return "holds its position"
    yield from set_mode(port, "hold", times)
    return "holds its position"


def resume(port: Port, times: Times) -> Steps[str]:
    """Go on with the mission where it was left."""
    check_flying(port, "resume")
    if port.heartbeat is not None and autopilot_of(port.heartbeat) == "ardupilot":
        # Continue a mission paused in AUTO; the mode below serves one that was left for another.
        yield from send_command(port, dialect.MAV_CMD_DO_PAUSE_CONTINUE, (1.0,), times=times)
    yield from set_mode(port, "mission", times)
    return "flies on"
