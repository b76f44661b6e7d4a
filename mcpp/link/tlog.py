"""Log of a link as ground stations write it: .tlog, eight bytes of time before each frame.

The time is microseconds since 1970, big-endian; QGroundControl, Mission Planner and pymavlink read
such files.
"""

import struct
import time
from pathlib import Path
from typing import BinaryIO, Self

from mcpp.errors import LinkError
from mcpp.link.wire import Message


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
        frame = bytes(message.get_msgbuf())
        if frame and not self._file.closed:
            self._file.write(struct.pack(">Q", time.time_ns() // 1000) + frame)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
