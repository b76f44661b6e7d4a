"""A TCP stream: one that we open, or the newest that comes to us.

A stream that has ended is opened again while anybody reads, so that a vehicle that was away, or
whose network changed, is heard again; in between it is silent, and whoever waits on it has a
deadline of its own.
"""

import select
import socket
import time
from typing import Final

from mcpp.link.address import READ_BYTES, Address, Peer

_CONNECT_S: Final = 3.0
_AGAIN_S: Final = 1.0
_STALE_S: Final = 2.0


class TcpTransport:
    """One stream.

    Raises
    ------
    OSError
        When it can not be opened the first time.
    """

    def __init__(self, address: Address) -> None:
        self._place = (address.host, address.number)
        self._listener: socket.socket | None = None
        self._stream: socket.socket | None = None
        self._opening: socket.socket | None = None
        self._tried_s = self._heard_s = time.monotonic()
        self._closed = False
        if address.kind == "tcpin":
            self._listener = socket.create_server(self._place)
            self._listener.setblocking(False)
        else:
            self._take(socket.create_connection(self._place, _CONNECT_S))

    def _take(self, stream: socket.socket) -> None:
        """Speak through a stream from here on."""
        self._drop()
        stream.setblocking(False)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._stream, self._heard_s = stream, time.monotonic()

    def fileno(self) -> int:
        """Descriptor to wait on.

        None while there is no stream, or while a stream that came to us is silent: its peer may
        have gone without a word, and come again.
        """
        if self._stream is None:
            return -1 if self._listener is None else self._listener.fileno()
        stale = self._listener is not None and time.monotonic() - self._heard_s > _STALE_S
        return -1 if stale else self._stream.fileno()

    def read(self) -> list[tuple[bytes, Peer]]:
        """Take what has come in; open the stream again where it has ended."""
        if self._listener is not None:
            self._accept(self._listener)
        elif self._stream is None and not self._closed:
            self._reopen()
        if self._stream is None:
            return []
        try:
            data = self._stream.recv(READ_BYTES)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self._drop()
            return []
        self._heard_s = time.monotonic()
        return [(data, None)]

    def _accept(self, listener: socket.socket) -> None:
        try:
            stream, _ = listener.accept()
        except OSError:
            return
        self._take(stream)

    def _reopen(self) -> None:
        """Go on with opening the stream again; at once, without waiting for it."""
        now_s = time.monotonic()
        if self._opening is None:
            if now_s - self._tried_s < _AGAIN_S:
                return
            self._tried_s = now_s
            self._opening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            self._opening.setblocking(False)
            self._opening.connect_ex(self._place)
        ready = select.select([], [self._opening], [], 0)[1]
        if ready and self._opening.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
            stream, self._opening = self._opening, None
            self._take(stream)
        elif ready or now_s - self._tried_s > _CONNECT_S:
            self._opening.close()
            self._opening = None

    def write(self, data: bytes, peer: Peer) -> None:
        """Send; what there is no room for is lost."""
        del peer
        if self._stream is None:
            return
        try:
            sent = self._stream.send(data)
        except BlockingIOError:
            return
        except OSError:
            self._drop()
            return
        if sent < len(data):
            self._drop()  # half a frame would spoil the next: better a dead link than a wrong one

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
            self._tried_s = time.monotonic()

    def close(self) -> None:
        """Give all descriptors back."""
        self._closed = True
        self._drop()
        for other in (self._listener, self._opening):
            if other is not None:
                other.close()
        self._listener = self._opening = None
