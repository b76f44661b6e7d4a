"""The event protocol, the ground's side: each event once, lost ones asked for again.

Source: mavlink-devguide, `services/events`. An event that a vehicle tells has a running number; a
gap is asked for, as far back as the vehicle keeps them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mcpp.link.channel import Port
from mcpp.link.messages import ARGUMENT_BYTES
from mcpp.link.px4_events import (
    CHECKS_BEGIN,
    CHECKS_END,
    SEVERITIES,
    is_check,
    name_of,
    sentence_of,
)
from mcpp.link.wire import GROUND_SYSTEM, Message, dialect

_RESET: Final = 1  # MAV_EVENT_CURRENT_SEQUENCE_FLAGS_RESET
_MOST_ASKED: Final = 32
_HALF: Final = 1 << 15
_ASK_EVERY_S: Final = 0.5
_ASKED_AGAIN: Final = 6


@dataclass(frozen=True, slots=True)
class VehicleEvent:
    """One event.

    Attributes
    ----------
    severity
        As MAV_SEVERITY; 8 and above are for programs alone.
    words
        What it means; None where that is not known here.
    check
        It is one of the checks before arming.
    """

    number: int
    severity: int
    words: str | None
    check: bool = False

    @property
    def begins_checks(self) -> bool:
        """Whether a report of all checks begins with it."""
        return self.number == CHECKS_BEGIN

    @property
    def ends_checks(self) -> bool:
        """Whether a report of all checks ends with it."""
        return self.number == CHECKS_END

    @property
    def says_more(self) -> bool:
        """Whether it says more than the status text that goes with it."""
        return name_of(self.number).startswith("commander_failsafe")

    def __str__(self) -> str:
        if self.words is not None:
            return self.words
        severity = SEVERITIES[min(self.severity, len(SEVERITIES) - 1)]
        return f"event {self.number} of PX4, severity {severity}: its words are not known here"


class EventReader:
    """Reads the events of one vehicle.

    Parameters
    ----------
    on_event
        Called with each event once, in their order.
    """

    def __init__(self, port: Port, on_event: Callable[[VehicleEvent], None]) -> None:
        self._port = port
        self._on_event = on_event
        self._last: int | None = None
        self._waiting: dict[int, Message] = {}
        self._asked_s = float("-inf")
        self._asked = 0

    def take(self, message: Message) -> None:
        """Take note of a message of this vehicle, whatever it is."""
        kind = message.get_type()
        if kind == "EVENT" and message.destination_system in (0, GROUND_SYSTEM):
            self._take_event(message)
        elif kind == "CURRENT_EVENT_SEQUENCE":
            self._take_sequence(message)
        elif kind == "RESPONSE_EVENT_ERROR" and self._last is not None:
            # it keeps no event so old: go on with the oldest that it has
            self._skip_to((int(message.sequence_oldest_available) - 1) % (1 << 16))

    def _take_event(self, message: Message) -> None:
        sequence = int(message.sequence)
        if self._last is None:
            self._last = (sequence - 1) % (1 << 16)
        if not 0 < _ahead(sequence, self._last) < _HALF:
            return  # told already
        self._waiting[sequence] = message
        self._tell_ready()
        if self._waiting:
            self._ask(max(self._waiting, key=lambda s: _ahead(s, self._last or 0)))

    def _take_sequence(self, message: Message) -> None:
        sequence = int(message.sequence)
        if self._last is None or message.flags & _RESET:
            self._last = sequence
            self._waiting.clear()
        elif 0 < _ahead(sequence, self._last) < _HALF:
            self._ask((sequence + 1) % (1 << 16))

    def _tell_ready(self) -> None:
        while self._last is not None:
            following = (self._last + 1) % (1 << 16)
            message = self._waiting.pop(following, None)
            if message is None:
                return
            self._last, self._asked = following, 0
            self._on_event(_event_of(message))

    def _ask(self, before: int) -> None:
        """Ask for what is missing before a number."""
        now_s = self._port.now()
        if self._last is None or now_s - self._asked_s < _ASK_EVERY_S:
            return
        self._asked_s = now_s
        self._asked += 1
        if self._asked > _ASKED_AGAIN:  # it keeps none: go on with what has come
            self._skip_to((before - 1) % (1 << 16))
            return
        count = min(_ahead(before, self._last) - 1, _MOST_ASKED)
        first = (self._last + 1) % (1 << 16)
        last = (self._last + count) % (1 << 16)
        self._port.send(dialect.MAVLink_request_event_message(first, last, *self._port.target))

    def _skip_to(self, sequence: int) -> None:
        if self._last is not None and 0 < _ahead(sequence, self._last) < _HALF:
            self._last, self._asked = sequence, 0
            self._waiting = {
                s: m for s, m in self._waiting.items() if 0 < _ahead(s, sequence) < _HALF
            }
            self._tell_ready()


def _ahead(sequence: int, last: int) -> int:
    """How far a running number of 16 bits is ahead of another."""
    return (sequence - last) % (1 << 16)


def _event_of(message: Message) -> VehicleEvent:
    number = int(message.id)
    arguments = bytes(message.arguments).ljust(ARGUMENT_BYTES, b"\x00")
    return VehicleEvent(
        number, int(message.log_levels) & 0xF, sentence_of(number, arguments), is_check(number)
    )
