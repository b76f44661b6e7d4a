"""Events of a simulated PX4: told with running numbers, kept for those that ask again.

Source: mavlink-devguide, `services/events`.
"""

from collections import deque
from collections.abc import Iterator
from typing import Final

from mcpp.link.px4_events import CHECKS_BEGIN, CHECKS_END, event_id
from mcpp.link.wire import Message, dialect

_KEPT: Final = 20
_WRAP: Final = 1 << 16
_UNAVAILABLE: Final = 0  # MAV_EVENT_ERROR_REASON_UNAVAILABLE
_PROTOCOL: Final = 8


class EventLog:
    """The events that one vehicle has told."""

    def __init__(self) -> None:
        self._kept: deque[Message] = deque(maxlen=_KEPT)
        self._sequence = 0

    def tell(self, number: int, severity: int, arguments: bytes = b"") -> Message:
        """Make the next event."""
        self._sequence = (self._sequence + 1) % _WRAP
        event = dialect.MAVLink_event_message(number, 0, self._sequence, 0, 0, severity, arguments)
        self._kept.append(event)
        return event

    def report(self, *failing: str) -> Iterator[Message]:
        """Make a report of all checks; those that are named fail."""
        yield self.tell(CHECKS_BEGIN, _PROTOCOL, bytes(17))
        for name in failing:
            yield self.tell(event_id(name), dialect.MAV_SEVERITY_ERROR, b"\xff" * 4 + b"\x0b")
        yield self.tell(CHECKS_END, _PROTOCOL, bytes(13))

    def sequence(self) -> Message:
        """Tell the running number of the last event."""
        return dialect.MAVLink_current_event_sequence_message(self._sequence, 0)

    def answer(self, request: Message) -> Iterator[Message]:
        """Tell some events again, or that they are not kept."""
        kept = {event.sequence: event for event in self._kept}
        sender = (request.get_srcSystem(), request.get_srcComponent())
        count = (request.last_sequence - request.first_sequence) % _WRAP + 1
        for ahead in range(min(count, _KEPT)):
            number = (request.first_sequence + ahead) % _WRAP
            if number not in kept:
                oldest = self._kept[0].sequence if self._kept else self._sequence
                yield dialect.MAVLink_response_event_error_message(
                    number, oldest, *sender, _UNAVAILABLE
                )
                return
            yield kept[number]
