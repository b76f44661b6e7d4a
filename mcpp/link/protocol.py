"""The ground's side of the mission protocol and of commands.

Source: mavlink-devguide, `services/mission` and `services/command`. Each function is `Steps` of
`LinkLoop`. The vehicle asks for the items of an upload, so its own patience governs that; where we
ask (count, list, items of a download, commands) we ask again after the protocol's times.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mcpp.errors import LinkError
from mcpp.export.items import MissionItem
from mcpp.link.channel import Port
from mcpp.link.loop import Steps
from mcpp.link.stations import others_words
from mcpp.link.wire import (
    GROUND_COMPONENT,
    GROUND_SYSTEM,
    Message,
    dialect,
    item_message,
    text_of,
)
from mcpp.link.words import KIND_NAMES, ack_words, describe_command

OnItem = Callable[[int, int], None]
"""Told how many items of how many are through."""

_REQUESTS: Final = ("MISSION_REQUEST", "MISSION_REQUEST_INT")
_WAIT_OUT: Final = (dialect.MAV_MISSION_NO_SPACE, dialect.MAV_MISSION_DENIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Patience, in seconds; the first three are the protocol's own.

    Attributes
    ----------
    reply_s
        Before a message is sent again.
    item_s
        Before one item of a download is asked for again.
    retries
        How often a message is sent again.
    boot_s
        How long a vehicle that has no space for the very count is taken to be booting still.
        ArduPilot answers so for the first half second.
    hear_s
        How long to wait for a first heartbeat.
    position_s
        How long to wait for a position; a vehicle may have to be asked for it again.
    attempts
        How often a whole transfer is begun.
    """

    reply_s: float = 1.5
    item_s: float = 0.25
    retries: int = 5
    boot_s: float = 4.0
    hear_s: float = 6.0
    position_s: float = 8.0
    attempts: int = 3

    @property
    def silence_s(self) -> float:
        """How long a vehicle may leave all our asking unanswered."""
        return self.reply_s * self.retries


class TransferError(LinkError):
    """A transfer broke off.

    Parameters
    ----------
    item
        Index of the item it broke at, or None.
    final
        Trying again would bring the same answer.
    """

    def __init__(self, message: str, *, item: int | None = None, final: bool = False) -> None:
        super().__init__(message)
        self.item = item
        self.final = final


def wait_for(
    port: Port, accept: Callable[[Message], bool], longest_s: float
) -> Steps[Message | None]:
    """Wait for the first message that `accept` takes; None when the time runs out."""
    deadline = port.now() + longest_s
    while (left_s := deadline - port.now()) > 0:
        message = yield left_s
        if message is not None and accept(message):
            return message
    return None


def to_us(message: Message) -> bool:
    """Whether a message with a target is for this ground station (0 is everyone)."""
    return message.target_system in (0, GROUND_SYSTEM) and message.target_component in (
        0,
        GROUND_COMPONENT,
    )


def of_transfer(message: Message, kind: int, *types: str) -> bool:
    """Whether a message is of one of some types, of a transfer of that kind, and for us."""
    return message.get_type() in types and message.mission_type == kind and to_us(message)


# ------------------------------------------------------------------------------------- upload


@dataclass(slots=True)
class _Offer:
    """How far an upload has come."""

    port: Port
    kind: int
    messages: list[Message]
    asked: set[int]
    last: int | None = None
    words: str = ""  # the vehicle's last STATUSTEXT: often the true reason
    refused: bool = False  # it refused the very count, for a reason that may pass

    @property
    def complete(self) -> bool:
        return len(self.asked) == len(self.messages)

    def send_count(self) -> None:
        self.port.send(
            dialect.MAVLink_mission_count_message(
                *self.port.target, len(self.messages), mission_type=self.kind
            )
        )

    def send_item(self, seq: int) -> None:
        self.port.send(self.messages[seq])
        self.asked.add(seq)
        self.last = seq

    def error(self, reason: str, *, final: bool = False) -> TransferError:
        said = f' (the vehicle says: "{self.words}")' if self.words else ""
        if self.last is None and self.refused:
            reason += f": another transfer seems to be under way{others_words(self.port)}"
        name = KIND_NAMES[self.kind]
        if self.last is None:
            where = f"{name} of {len(self.messages)} items"
        else:
            command = describe_command(self.messages[self.last].command)
            where = f"{name} item {self.last} ({command})"
        return TransferError(f"{where}: {reason}{said}", item=self.last, final=final)


def upload_items(
    port: Port,
    items: Sequence[MissionItem],
    kind: int,
    times: Times,
    on_item: OnItem,
) -> Steps[bool]:
    """Send a whole mission, fence or rally list.

    Repeated and out-of-order requests are answered as they come, in either form, with
    MISSION_ITEM_INT.

    Returns
    -------
    bool
        Whether the vehicle said that it took all; False when only its last word is missing, which
        reading back decides.

    Raises
    ------
    TransferError
        When it refuses, or is silent for too long.
    """
    messages = [item_message(item, seq, kind, port.target) for seq, item in enumerate(items)]
    offer = _Offer(port, kind, messages, set())
    boot_until = port.now() + times.boot_s
    offer.send_count()
    silent = 0
    while True:
        message = yield from wait_for(port, lambda m: _concerns(m, kind), times.reply_s)
        if message is None:
            silent += 1
            if silent > times.retries:
                if offer.complete and messages:
                    return False
                raise offer.error("no answer")
            _ask_on(offer)
        elif message.get_type() == "STATUSTEXT":
            offer.words = text_of(message)
        elif message.get_type() in _REQUESTS:
            silent = 0
            if message.seq >= len(messages):
                raise offer.error(f"the vehicle asks for item {message.seq}, which is none")
            offer.send_item(message.seq)
            on_item(len(offer.asked), len(messages))
        elif message.type == dialect.MAV_MISSION_ACCEPTED:
            if offer.complete:
                return True
        elif message.type in _WAIT_OUT and offer.last is None and port.now() < boot_until:
            offer.refused = message.type == dialect.MAV_MISSION_DENIED
            yield from wait_for(port, lambda _: False, times.reply_s / 3)
            offer.send_count()
        elif message.type == dialect.MAV_MISSION_INVALID_SEQUENCE or (
            message.type == dialect.MAV_MISSION_ERROR and offer.last is None
        ):
            # ArduPilot's answers to an item that the radio repeated, in this transfer or in the
            # one before. It goes on asking; a true error ends in silence, and then is told.
            offer.words = offer.words or ack_words(message.type)
            offer.refused = offer.refused or offer.last is None
        elif offer.complete and silent:
            return False  # an answer to the item that we repeated: the transfer may well be over
        else:
            raise _refusal(offer, message.type)


def _concerns(message: Message, kind: int) -> bool:
    return message.get_type() == "STATUSTEXT" or of_transfer(
        message, kind, "MISSION_ACK", *_REQUESTS
    )


def _ask_on(offer: _Offer) -> None:
    """Break a silence: the count again, or the last item again for a lost last word.

    In between the vehicle asks again by itself, and an item that it does not expect would only
    confuse it.
    """
    if offer.last is None:
        offer.send_count()
    elif offer.complete:
        offer.send_item(len(offer.messages) - 1)


def _refusal(offer: _Offer, code: int) -> TransferError:
    passing = (
        dialect.MAV_MISSION_ERROR,
        dialect.MAV_MISSION_OPERATION_CANCELLED,
        dialect.MAV_MISSION_DENIED,
    )
    return offer.error(ack_words(code), final=code not in passing)


# ---------------------------------------------------------------------------------- the rest


def ack_message(port: Port, kind: int, code: int) -> Message:
    """Make our word on a transfer."""
    return dialect.MAVLink_mission_ack_message(*port.target, code, mission_type=kind)


def send_cancel(port: Port, kind: int) -> None:
    """Tell the vehicle that the transfer is over. Not all autopilots listen."""
    port.send(ack_message(port, kind, dialect.MAV_MISSION_OPERATION_CANCELLED))


def clear_items(port: Port, kind: int, times: Times) -> Steps[bool]:
    """Empty a list; say whether the vehicle confirmed."""
    for _ in range(times.retries + 1):
        port.send(dialect.MAVLink_mission_clear_all_message(*port.target, mission_type=kind))
        message = yield from wait_for(
            port, lambda m: of_transfer(m, kind, "MISSION_ACK"), times.reply_s
        )
        if message is not None and message.type == dialect.MAV_MISSION_ACCEPTED:
            return True
    return False
