"""Commands, single messages and parameters: what is asked of a vehicle outside the transfers.

Source: mavlink-devguide, `services/command` and `services/parameter`.
"""

import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mcpp.errors import LinkError, one_line
from mcpp.link.channel import Port
from mcpp.link.loop import Steps
from mcpp.link.protocol import Times, wait_for
from mcpp.link.wire import Message, dialect
from mcpp.link.words import describe_command

_ASKED_AT_ONCE: Final = 16  # so that a slow radio is not choked with questions
_ASKED_AGAIN: Final = 2
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


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter as the vehicle tells it; `type` is a MAV_PARAM_TYPE."""

    value: float
    type: int


def read_params(port: Port, names: Iterable[str], times: Times) -> Steps[dict[str, Param]]:
    """Read some parameters, asking for all at once; those that it has not are left out.

    What is not answered is asked for again; a vehicle says nothing to a name that it has not.
    """
    wanted = list(dict.fromkeys(names))
    found: dict[str, Param] = {}
    rounds = min(times.retries, _ASKED_AGAIN) + 1
    for _ in range(rounds):
        missing = [name for name in wanted if name not in found]
        if not missing:
            break
        for first in range(0, len(missing), _ASKED_AT_ONCE):
            some = missing[first : first + _ASKED_AT_ONCE]
            for name in some:
                port.send(
                    dialect.MAVLink_param_request_read_message(*port.target, name.encode()[:16], -1)
                )
            yield from _take_params(port, some, found, times)
    return found


def _take_params(
    port: Port, wanted: Sequence[str], found: dict[str, Param], times: Times
) -> Steps[None]:
    """Collect answers until all are there, or no new one has come for a while.

    A value that is no number is none: it is damaged, or of a type that is not meant.
    """
    patience_s = times.reply_s / 3
    deadline_s = port.now() + patience_s
    while not all(name in found for name in wanted) and port.now() < deadline_s:
        message = yield from wait_for(
            port,
            lambda m: m.get_type() == "PARAM_VALUE" and param_name(m.param_id) in wanted,
            deadline_s - port.now(),
        )
        if message is None:
            return
        name, kind, value = (
            param_name(message.param_id), int(message.param_type), _value_of(port, message)
        )  # fmt: skip
        if not math.isfinite(value):
            continue
        if name not in found:
            deadline_s = port.now() + patience_s
        found[name] = Param(value, kind)


def read_param(port: Port, name: str, times: Times) -> Steps[float | None]:
    """Read a parameter; None when the vehicle has none of that name, or does not say."""
    found = yield from read_params(port, (name,), times)
    return found[name].value if name in found else None


def write_param(port: Port, name: str, value: float, kind: int, times: Times) -> Steps[None]:
    """Write a parameter and have the vehicle say that it holds it.

    Parameters
    ----------
    kind
        MAV_PARAM_TYPE that the vehicle told with the former value.

    Raises
    ------
    LinkError
        When it holds another value, or does not say.
    """
    held: float | None = None
    for _ in range(times.retries + 1):
        sent = param_bytes(value, _wire_kind(port, kind))
        port.send(dialect.MAVLink_param_set_message(*port.target, name.encode()[:16], sent, kind))
        message = yield from wait_for(
            port,
            lambda m: m.get_type() == "PARAM_VALUE" and param_name(m.param_id) == name,
            times.reply_s / 3,
        )
        if message is not None:
            held = _value_of(port, message)
            if math.isclose(held, value, rel_tol=1e-5, abs_tol=1e-6):
                return
    if held is None:
        msg = f"{name}: no answer to setting it to {value:g}"
    else:
        msg = f"{name}: set to {value:g}, but the vehicle holds {held:g}"
    raise LinkError(msg)


def param_name(given: str | bytes) -> str:
    """Name of a parameter, as text or as bytes, without what a terminal would obey."""
    text = given.decode(errors="replace") if isinstance(given, bytes) else given
    return one_line(text.rstrip("\x00"))


def _wire_kind(port: Port, kind: int) -> int:
    """Type by which a value travels: only PX4 sends the bytes of integers."""
    px4 = port.heartbeat is not None and port.heartbeat.autopilot == dialect.MAV_AUTOPILOT_PX4
    return kind if px4 else int(dialect.MAV_PARAM_TYPE_REAL32)


def param_number(sent: float, kind: int) -> float:
    """Value of a parameter whose bytes, of the type `kind`, stand where a float would."""
    form = _INTEGERS.get(kind)
    if form is None:
        return float(sent)
    return float(struct.unpack(form, struct.pack("<f", sent)[: struct.calcsize(form)])[0])


def param_bytes(value: float, kind: int) -> float:
    """Float whose bytes are those of a value of the type `kind`."""
    form = _INTEGERS.get(kind)
    if form is None:
        return float(value)
    raw = struct.pack(form, round(value)).ljust(4, b"\x00")
    return float(struct.unpack("<f", raw)[0])


def _value_of(port: Port, message: Message) -> float:
    return param_number(message.param_value, _wire_kind(port, int(message.param_type)))
