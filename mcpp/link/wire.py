"""Bytes to MAVLink messages and back, in the dialect of `mcpp.link.messages`.

A message is pymavlink's own object of that dialect; `Message` is a name for the type checker.
"""

import logging
import math
from collections.abc import Container
from typing import Final

from mcpp.errors import one_line
from mcpp.export.items import MissionItem
from mcpp.link.messages import Message as Message, dialect as dialect
from mcpp.link.signing import sign_with

GROUND_SYSTEM: Final = 255
GROUND_COMPONENT: Final = 190  # MAV_COMP_ID_MISSIONPLANNER, what ground stations use
AUTOPILOT_COMPONENT: Final = 1

_MARK_V1, _MARK_V2 = 0xFE, 0xFD
_SIGNED = 0x01
_LATE = 128
_log = logging.getLogger(__name__)


class Codec:
    """Packs and parses the messages of one link. Noise between frames is skipped and counted.

    Parameters
    ----------
    system, component
        Whom the packed messages come from.
    key
        32 bytes: sign what goes out, refuse what comes in without a right signature.

    Attributes
    ----------
    heard, missed
        Frames that came, and that by their running numbers should have come, by system times 256
        plus component.
    refused
        Frames that were damaged, or not rightly signed.
    """

    def __init__(
        self,
        system: int = GROUND_SYSTEM,
        component: int = GROUND_COMPONENT,
        *,
        key: bytes | None = None,
        link_id: int = 0,
    ) -> None:
        self._mav = dialect.MAVLink(None, srcSystem=system, srcComponent=component)
        self._open = b""
        self._last: dict[int, int] = {}
        self.heard: dict[int, int] = {}
        self.missed: dict[int, int] = {}
        self.refused = 0
        if key is not None:
            sign_with(self._mav, key, link_id=link_id)

    def encode(self, message: Message) -> bytes:
        """One frame."""
        frame: bytes = message.pack(self._mav)
        self._mav.seq = (self._mav.seq + 1) % 256
        return frame

    def decode(self, data: bytes, wanted: Container[int] | None = None) -> list[Message]:
        """Messages completed by `data`; what belongs to a frame still open is kept.

        Parameters
        ----------
        wanted
            Ids of the messages to decode, or None for all: the others are only counted.
        """
        frames = self._cut(bytes(self._open) + data if self._open else data, wanted)
        messages: list[Message] = []
        for frame in frames:
            try:
                message = self._mav.decode(bytearray(frame))
            except dialect.MAVError as error:
                self.refused += 1
                _log.debug("frame refused: %s", error)
                continue
            if message.get_type() != "UNKNOWN":
                messages.append(message)
        return messages

    def _cut(self, data: bytes, wanted: Container[int] | None) -> list[bytes]:
        """Cut data into frames, and give the wanted ones; the rest is counted and let go.

        At 20 MB/s this loop runs a quarter of a million times a second: it is written flat.
        """
        frames: list[bytes] = []
        place, end, heard, last, missed = 0, len(data), self.heard, self._last, self.missed
        while place + 2 < end:
            mark = data[place]
            if mark == _MARK_V2:
                size = data[place + 1] + (25 if data[place + 2] & _SIGNED else 12)
                after = place + size
                if after > end:
                    break
                key = data[place + 5] << 8 | data[place + 6]
                seq = data[place + 4]
                number = data[place + 7] | data[place + 8] << 8 | data[place + 9] << 16
            elif mark == _MARK_V1:
                after = place + data[place + 1] + 8
                if after > end:
                    break
                key, seq = data[place + 3] << 8 | data[place + 4], data[place + 2]
                number = data[place + 5]
            else:
                place = _next_mark(data, place + 1)
                continue
            heard[key] = heard.get(key, 0) + 1
            gap = seq - last.get(key, seq - 1) - 1 & 255
            if gap and gap < _LATE:  # more is a late or repeated message
                missed[key] = missed.get(key, 0) + gap
            last[key] = seq
            if wanted is None or number in wanted:
                frames.append(data[place:after])
            place = after
        self._open = data[place:]
        return frames


def _next_mark(data: bytes, place: int) -> int:
    """Where the next frame may begin; the end of the data where none does."""
    marks = [at for mark in (_MARK_V1, _MARK_V2) if (at := data.find(mark, place)) >= 0]
    return min(marks, default=len(data))


def text_of(message: Message) -> str:
    """Words of a STATUSTEXT, as text or as bytes, without what a terminal would obey."""
    text = message.text
    words = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return one_line(words.rstrip("\x00").strip())


def plain(number: float) -> float:
    """Put 0 for NaN: autopilots that keep no NaN read it back so."""
    return 0.0 if math.isnan(number) else float(number)


def has_position(item: MissionItem) -> bool:
    """Whether the item names a place, by its frame: 2 (MAV_FRAME_MISSION) has none."""
    return item.frame != int(dialect.MAV_FRAME_MISSION)


def item_message(item: MissionItem, seq: int, kind: int, target: tuple[int, int]) -> Message:
    """Make the MISSION_ITEM_INT of an item: degrees times 1e7, or p5 and p6 as they are."""
    scale = 1e7 if has_position(item) else 1.0
    return dialect.MAVLink_mission_item_int_message(
        *target,
        seq,
        item.frame,
        item.command,
        1 if seq == 0 else 0,
        1,
        *item.params,
        round(plain(item.lat_deg) * scale),
        round(plain(item.lon_deg) * scale),
        item.alt_m,
        mission_type=kind,
    )


def item_of(message: Message) -> MissionItem:
    """Make the item of a MISSION_ITEM_INT."""
    scale = 1.0 if message.frame == dialect.MAV_FRAME_MISSION else 1e-7
    return MissionItem(
        command=int(message.command),
        frame=int(message.frame),
        params=(message.param1, message.param2, message.param3, message.param4),
        lat_deg=message.x * scale,
        lon_deg=message.y * scale,
        alt_m=float(message.z),
    )
