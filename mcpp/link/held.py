"""Whether a vehicle still holds the mission that was given to it, or somebody has changed it."""

from typing import Final

from mcpp.link.protocol import to_us
from mcpp.link.wire import Message, dialect
from mcpp.link.words import MISSION

_UNKNOWN: Final = (0, 65535)
_SETTLES_S: Final = 3.0
_WRITING: Final = ("MISSION_COUNT", "MISSION_ITEM_INT", "MISSION_ITEM", "MISSION_CLEAR_ALL")
_ASKING: Final = ("MISSION_REQUEST", "MISSION_REQUEST_INT")


def writes_mission(message: Message) -> bool:
    """Whether a message that goes out is part of writing a mission."""
    return message.get_type() in _WRITING and getattr(message, "mission_type", 0) == MISSION


class HeldMission:
    """Follows what a vehicle tells of its mission: number of items, opaque id, transfers.

    Parameters
    ----------
    planned
        Items that it should hold; None where that is not known.

    Attributes
    ----------
    changed
        It holds another mission than the one that is followed.
    """

    def __init__(self, planned: int | None = None) -> None:
        self.changed = False
        self._planned = planned
        self._total: int | None = None
        self._id = 0
        self._wrote_s = float("-inf")
        self._writer = 0

    def wrote(self, now_s: float) -> None:
        """Take note that we are writing it: what it tells next is no surprise."""
        self._wrote_s = now_s
        self._planned, self._total, self._id, self.changed = None, None, 0, False

    def take(self, message: Message, now_s: float) -> str:
        """Take note of a message of the vehicle; words on a change, or an empty text."""
        kind = message.get_type()
        if kind == "MISSION_CURRENT":
            return self._compare(int(message.total), int(message.mission_id), now_s)
        if kind in _ASKING and message.mission_type == MISSION and not to_us(message):
            return self._another(int(message.target_system))
        if kind == "MISSION_ACK" and message.mission_type == MISSION and not to_us(message):
            accepted = message.type == dialect.MAV_MISSION_ACCEPTED
            if self._writer and accepted:
                return self._change("another ground station has changed its mission")
        return ""

    def _another(self, system: int) -> str:
        if self._writer == system:
            return ""
        self._writer = system
        return f"another ground station (system {system}) writes its mission"

    def _compare(self, total: int, number: int, now_s: float) -> str:
        if now_s - self._wrote_s < _SETTLES_S:
            return ""
        before, known = (self._total, self._id), total not in _UNKNOWN
        self._total, self._id = (total if known else self._total), number or self._id
        if self.changed:
            return ""
        if before[0] is None and known and self._planned is not None:
            if total not in (self._planned, self._planned - 1):
                return self._change(
                    f"it holds another mission: {total} items, the plan has {self._planned}"
                )
        elif before[0] is not None and known and total != before[0]:
            return self._change(f"its mission was changed: {total} items, {before[0]} before")
        if before[1] and number and number != before[1]:
            return self._change("its mission was changed by another ground station")
        return ""

    def _change(self, words: str) -> str:
        if self.changed:
            return ""
        self.changed = True
        return f"{words}: what is shown is no longer what it flies"
