"""Ways for bytes: UDP sockets here, TCP and serial ports beside; opening any of them by address."""

import select
import socket
import time
from collections.abc import Sequence
from typing import Protocol

from mcpp.errors import LinkError
from mcpp.link.address import (
    LOOPBACK as LOOPBACK,
    READ_BYTES,
    Address as Address,
    LinkKind as LinkKind,
    Peer as Peer,
    parse_address as parse_address,
)
from mcpp.link.transport_serial import SerialTransport
from mcpp.link.transport_tcp import TcpTransport


class Transport(Protocol):
    """An open way. `read` and `write` return at once."""

    def fileno(self) -> int:
        """Descriptor to wait on; -1 while there is none."""
        ...

    def read(self) -> list[tuple[bytes, Peer]]:
        """Take what has come in, with its sender where several may speak."""
        ...

    def write(self, data: bytes, peer: Peer) -> None:
        """Send; bytes for which there is no room, or no receiver yet, are lost as on a radio."""
        ...

    def close(self) -> None:
        """Give the descriptor back."""
        ...


class UdpTransport:
    """A datagram socket: listening, or speaking to one address."""

    def __init__(self, address: Address) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 23)
        self._speaks_first = address.kind == "udpout"
        target = (address.host, address.number)
        try:
            if self._speaks_first:
                self._socket.connect(target)  # so that nobody else is heard
            else:
                self._socket.bind(target)
        except OSError:
            self._socket.close()
            raise

    def fileno(self) -> int:
        return self._socket.fileno()

    def read(self) -> list[tuple[bytes, Peer]]:
        datagrams: list[tuple[bytes, Peer]] = []
        for _ in range(256):  # bounded, so that one loud peer does not starve the others
            try:
                datagrams.append(self._socket.recvfrom(READ_BYTES))
            except BlockingIOError:
                break
            except ConnectionError:  # an answer that an earlier datagram found nobody there
                continue
        return datagrams

    def write(self, data: bytes, peer: Peer) -> None:
        try:
            if self._speaks_first:
                self._socket.send(data)
            elif peer is not None:
                self._socket.sendto(data, peer)
        except OSError:
            return  # nobody there, or no room: lost, as a datagram may be

    def close(self) -> None:
        self._socket.close()


def wait_for_any(transports: Sequence[Transport], longest_s: float) -> list[Transport]:
    """Those that have something to read, after at most `longest_s` seconds.

    A transport with no descriptor to wait on is always among them.
    """
    numbers = [transport.fileno() for transport in transports]
    blind = [number < 0 for number in numbers]
    pause_s = min(longest_s, 0.05) if any(blind) else longest_s
    known = [number for number in numbers if number >= 0]
    if known:
        ready = set(select.select(known, [], [], max(pause_s, 0.0))[0])
    else:
        time.sleep(max(pause_s, 0.0))
        ready = set()
    return [t for t, n in zip(transports, numbers, strict=True) if n < 0 or n in ready]


def open_transport(address: Address) -> Transport:
    """Open the way.

    Raises
    ------
    LinkError
        When it can not be opened: port in use, nobody listening, no such serial port.
    """
    try:
        if address.kind == "serial":
            return SerialTransport(address)
        if address.kind in ("tcp", "tcpin"):
            return TcpTransport(address)
        return UdpTransport(address)
    except OSError as error:
        msg = f"link {address}: {error.strerror or error}"
        raise LinkError(msg) from error
