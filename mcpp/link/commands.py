"""Commands, single messages and parameters: what is asked of a vehicle outside the transfers.

Source: mavlink-devguide, `services/command` and `services/parameter`.
"""

import struct
from collections.abc import Sequence
from typing import Final

from mcpp.errors import LinkError
from mcpp.link.loop import Port, Steps
from mcpp.link.protocol import Times, wait_for
from mcpp.link.wire import Message, dialect
from mcpp.link.words import describe_command

_INTEGERS: Final = {
    dialect.MAV_PARAM_TYPE_INT8: "<b",
    dialect.MAV_PARAM_TYPE_UINT8: "<B",
    dialect.MAV_PARAM_TYPE_INT16: "<h",
    dialect.MAV_PARAM_TYPE_UINT16: "<H",
    dialect.MAV_PARAM_TYPE_INT32: "<i",
    dialect.MAV_PARAM_TYPE_UINT32: "<I",
}


def send_command(
    port: Port, command: int, params: Sequence[float] = (), *, times: Times
) -> Steps[int]:
    """Send a COMMAND_LONG until it is answered; its MAV_RESULT.

    Raises
    ------
    LinkError
        When no answer comes.
    """
    numbers = [*map(float, params), *[0.0] * (7 - len(params))]
    for again in range(times.retries + 1):
        port.send(dialect.MAVLink_command_long_message(*port.target, command, again, *numbers))
        message = yield from wait_for(
            port, lambda m: m.get_type() == "COMMAND_ACK" and m.command == command, times.reply_s
        )
        if message is not None and message.result != dialect.MAV_RESULT_IN_PROGRESS:
            return int(message.result)
    msg = f"{describe_command(command)}: no answer"
    raise LinkError(msg)


def request_message(port: Port, message_id: int, *, times: Times) -> Steps[Message | None]:
    """Ask for one message of the given id; None when it does not come."""
    name = dialect.mavlink_map[message_id].msgname
    for _ in range(times.retries + 1):
        port.send(
            dialect.MAVLink_command_long_message(
                *port.target, dialect.MAV_CMD_REQUEST_MESSAGE, 0, message_id, 0, 0, 0, 0, 0, 0
            )
        )
        message = yield from wait_for(port, lambda m: m.get_type() == name, times.reply_s / 3)
        if message is not None:
            return message
    return None


def ask_interval(port: Port, message_id: int, seconds: float) -> None:
    """Ask for a message to be sent regularly; telemetry is best effort, so no answer is awaited."""
    port.send(
        dialect.MAVLink_command_long_message(
            *port.target,
            dialect.MAV_CMD_SET_MESSAGE_INTERVAL,
            0,
            message_id,
            seconds * 1e6,
            *[0] * 5,
        )
    )


def read_param(port: Port, name: str, times: Times) -> Steps[float | None]:
    """Read a parameter; None when the vehicle has none of that name, or does not say."""
    for _ in range(times.retries + 1):
        port.send(dialect.MAVLink_param_request_read_message(*port.target, name.encode()[:16], -1))
        message = yield from wait_for(
            port,
            lambda m: m.get_type() == "PARAM_VALUE" and param_name(m.param_id) == name,
            times.reply_s / 3,
        )
        if message is not None:
            return _param_value(port, message)
    return None


def param_name(given: str | bytes) -> str:
    """Name of a parameter, whether pymavlink gives it as text or as bytes."""
    text = given.decode(errors="replace") if isinstance(given, bytes) else given
    return text.rstrip("\x00")


def _param_value(port: Port, message: Message) -> float:
    """Value of a parameter: PX4 puts the bytes of an integer where the float would be."""
    form = _INTEGERS.get(message.param_type)
    px4 = port.heartbeat is not None and port.heartbeat.autopilot == dialect.MAV_AUTOPILOT_PX4
    if form is None or not px4:
        return float(message.param_value)
    raw = struct.pack("<f", message.param_value)
    return float(struct.unpack(form, raw[: struct.calcsize(form)])[0])
