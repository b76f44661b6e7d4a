"""Status texts that come in pieces: what is longer than 50 bytes goes into several STATUSTEXT.

Source: mavlink.io, `common`, STATUSTEXT: pieces of one text have one id, which is not 0, and run
from 0; the last is shorter than 50 bytes.
"""

from typing import Final

from mcpp.link.wire import Message, dialect

_BYTES: Final = 50
_LAST_ID: Final = 0xFFFF


class Chunks:
    """Puts the texts of one vehicle together."""

    def __init__(self) -> None:
        self._id = 0
        self._parts: dict[int, str] = {}

    def whole(self, message: Message) -> str:
        """Take a STATUSTEXT; the whole text when it is complete, else an empty one.

        The text keeps its tabs at the end. Where a piece was lost, "..." stands for it.
        """
        text = _raw(message)
        if not message.id:
            return text
        if message.id != self._id:
            self._id, self._parts = int(message.id), {}
        self._parts[int(message.chunk_seq)] = text
        if len(text.encode()) >= _BYTES:
            return ""
        count = int(message.chunk_seq) + 1
        joined = "".join(self._parts.get(number, "...") for number in range(count))
        self._parts = {}
        return joined


def _raw(message: Message) -> str:
    text = message.text
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)


def pieces(text: str, severity: int, number: int) -> list[Message]:
    """Make the STATUSTEXT messages of a text of any length.

    Parameters
    ----------
    number
        Id for the pieces of a long text, 1 to 65535.
    """
    data = text.encode()
    if len(data) < _BYTES:
        return [dialect.MAVLink_statustext_message(severity, data)]
    cuts = range(0, len(data) + 1, _BYTES)
    return [
        dialect.MAVLink_statustext_message(
            severity, data[at : at + _BYTES], number % _LAST_ID or 1, place
        )
        for place, at in enumerate(cuts)
    ]
