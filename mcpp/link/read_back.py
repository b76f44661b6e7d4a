"""The ground's side of reading a mission, fence or rally list.

Source: mavlink-devguide, `services/mission`. Here we ask, and ask again after the protocol's times.
"""

from typing import Final

from mcpp.export.items import MissionItem
from mcpp.link.channel import Port
from mcpp.link.loop import Steps
from mcpp.link.protocol import OnItem, Times, TransferError, ack_message, of_transfer, wait_for
from mcpp.link.wire import Message, dialect, item_of
from mcpp.link.words import KIND_NAMES, ack_words

# Answers to what the radio repeated of an upload: they may still come while it is read back.
_LATE_WORDS: Final = (
    dialect.MAV_MISSION_ACCEPTED,
    dialect.MAV_MISSION_ERROR,
    dialect.MAV_MISSION_INVALID_SEQUENCE,
)


def download_items(
    port: Port, kind: int, times: Times, on_item: OnItem
) -> Steps[tuple[MissionItem, ...]]:
    """Read a whole list from the vehicle.

    Raises
    ------
    TransferError
        When it refuses, or leaves an item unanswered for too long.
    """
    count = yield from _ask_count(port, kind, times)
    items: list[MissionItem] = []
    for seq in range(count):
        message = yield from _ask_item(port, kind, seq, times)
        items.append(item_of(message))
        on_item(seq + 1, count)
    port.send(ack_message(port, kind, dialect.MAV_MISSION_ACCEPTED))
    return tuple(items)


def _ask_count(port: Port, kind: int, times: Times) -> Steps[int]:
    name = KIND_NAMES[kind]
    unknown = (dialect.MAV_MISSION_UNSUPPORTED, dialect.MAV_MISSION_INVALID)

    def accept(message: Message) -> bool:
        if of_transfer(message, kind, "MISSION_ACK"):
            return message.type in unknown  # any other is a word about an earlier transfer
        return of_transfer(message, kind, "MISSION_COUNT")

    for _ in range(times.retries + 1):
        port.send(dialect.MAVLink_mission_request_list_message(*port.target, mission_type=kind))
        message = yield from wait_for(port, accept, times.reply_s)
        if message is not None and message.get_type() == "MISSION_COUNT":
            return int(message.count)
        if message is not None:
            words = f"{name}: reading it back: {ack_words(message.type)}"
            raise TransferError(words, final=True)
    raise TransferError(f"{name}: no answer to the question for the list")


def _ask_item(port: Port, kind: int, seq: int, times: Times) -> Steps[Message]:
    deadline = port.now() + times.silence_s

    def accept(message: Message) -> bool:
        if of_transfer(message, kind, "MISSION_ACK"):
            return message.type not in _LATE_WORDS
        return of_transfer(message, kind, "MISSION_ITEM_INT") and message.seq == seq

    name = KIND_NAMES[kind]
    while port.now() < deadline:
        port.send(dialect.MAVLink_mission_request_int_message(*port.target, seq, mission_type=kind))
        message = yield from wait_for(port, accept, times.item_s)
        if message is not None and message.get_type() == "MISSION_ACK":
            words = f"{name} item {seq}: reading it back: {ack_words(message.type)}"
            raise TransferError(words, item=seq)
        if message is not None:
            return message
    raise TransferError(f"{name} item {seq}: no answer while reading it back", item=seq)
