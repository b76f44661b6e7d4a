"""Logs of a flight as ground stations write them: .tlog, eight bytes of time before each frame.

The time is microseconds since 1970, big-endian; QGroundControl, Mission Planner and pymavlink read
such files. A fleet gets a log per vehicle, with the frames as they were, and one of all, in which
vehicles of equal system ids, on links of their own, are given different ones.
"""

import struct
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final, Self

from mcpp.errors import LinkError
from mcpp.link.wire import Message, dialect

_MARK_V2: Final = 0xFD
_SIGNED: Final = 0x01
_CRC_BYTES: Final = 2
_SIGNATURE_BYTES: Final = 13


class TlogWriter:
    """Appends messages to a new file; use it as a context.

    Raises
    ------
    LinkError
        When the file is there already, or can not be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file: BinaryIO = path.open("xb")
        except FileExistsError as error:
            msg = f"{path}: there is such a file already; give another name for the log"
            raise LinkError(msg) from error
        except OSError as error:
            msg = f"{path}: the log can not be written: {error.strerror}"
            raise LinkError(msg) from error

    def write(self, message: Message) -> None:
        """Add a message that has been packed or parsed."""
        self.write_frame(bytes(message.get_msgbuf()))

    def write_frame(self, frame: bytes) -> None:
        """Add a frame as it is."""
        if frame and not self._file.closed:
            self._file.write(struct.pack(">Q", time.time_ns() // 1000) + frame)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def with_system(message: Message, system: int) -> bytes:
    """Frame of a message as another system would have sent it, without its signature."""
    frame = bytearray(message.get_msgbuf())
    if not frame:
        return b""
    v2 = frame[0] == _MARK_V2
    if v2 and frame[2] & _SIGNED:
        del frame[-_SIGNATURE_BYTES:]
        frame[2] &= ~_SIGNED & 0xFF
    frame[5 if v2 else 3] = system
    crc = dialect.x25crc(bytes(frame[1:-_CRC_BYTES]))
    crc.accumulate(bytes([message.crc_extra]))
    frame[-_CRC_BYTES:] = struct.pack("<H", crc.crc)
    return bytes(frame)


def joined_systems(systems: Mapping[str, int | None]) -> dict[str, int]:
    """Give every vehicle a system id of its own: those given once are kept."""
    given = list(systems.values())
    kept = {uav: own for uav, own in systems.items() if own and given.count(own) == 1}
    free = (number for number in range(1, 255) if number not in kept.values())
    return {uav: kept[uav] if uav in kept else next(free) for uav in systems}


class FleetLog:
    """Logs of a fleet: ``NAME.tlog`` with all, and ``NAME-UAV.tlog`` for each; use it as a context.

    Parameters
    ----------
    path
        Of the log of all; the others stand beside it.
    systems
        System id of each UAV as the user gives it, or None for the one vehicle on a link of its
        own. In the log of all, ids given once are kept, and the others get free ones, from 1.

    Raises
    ------
    LinkError
        When one of the files is there already, or can not be written.
    """

    def __init__(self, path: Path, systems: Mapping[str, int | None]) -> None:
        self.paths = {uav: path.with_name(f"{path.stem}-{uav}{path.suffix}") for uav in systems}
        there = next((p for p in (path, *self.paths.values()) if p.exists()), None)
        if there is not None:
            msg = f"{there}: there is such a file already; give another name for the log"
            raise LinkError(msg)
        self.systems = joined_systems(systems)
        self._own: dict[str, TlogWriter] = {}
        self._all = TlogWriter(path)
        try:
            for uav, own in self.paths.items():
                self._own[uav] = TlogWriter(own)
        except LinkError:
            self.close()
            raise

    def write(self, uav: str, message: Message, system: int | None) -> None:
        """Add a message of a vehicle, or one that was sent to it.

        Parameters
        ----------
        system
            The vehicle's own system id, once it is known.
        """
        self._own[uav].write(message)
        mine = self.systems[uav]
        if message.get_srcSystem() == system and system != mine:
            self._all.write_frame(with_system(message, mine))
        else:
            self._all.write(message)

    def close(self) -> None:
        """Close all files."""
        self._all.close()
        for own in self._own.values():
            own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
