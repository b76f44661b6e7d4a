"""Ways for bytes to a vehicle: UDP, TCP, serial. No call waits; `LinkLoop` waits for all at once.

An address is written as MAVProxy and MAVSDK do:

=====================  ==========================================================
``udp:HOST:PORT``      listen there, answer whoever spoke (the same as ``udpin:``)
``udpout:HOST:PORT``   speak to that address first
``tcp:HOST:PORT``      connect to a vehicle that listens
``tcpin:HOST:PORT``    listen for one that connects
``serial:PATH:BAUD``   a port of this computer
=====================  ==========================================================

HOST may be left out (``udp::14550``) and is 127.0.0.1 then: nothing listens beyond this computer
unless an address says so.
"""

import re
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, cast, get_args

from mcpp.errors import InputError, LinkError

LOOPBACK = "127.0.0.1"
LinkKind = Literal["udpin", "udpout", "tcp", "tcpin", "serial"]
Peer = tuple[str, int] | None
_READ_BYTES = 65536
_EXAMPLE = "write udp:127.0.0.1:14550, udpout:, tcp:127.0.0.1:5760, tcpin: or serial:PATH:57600"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a link leads: host and UDP or TCP port, or a serial port's path and its baud rate."""

    kind: LinkKind
    host: str
    number: int

    def __str__(self) -> str:
        return f"{'udp' if self.kind == 'udpin' else self.kind}:{self.host}:{self.number}"

    @property
    def loopback(self) -> bool:
        """Whether it can not leave this computer."""
        return self.kind != "serial" and (
            self.host in ("localhost", "::1") or self.host.startswith("127.")
        )


def parse_address(text: str) -> Address:
    """Read an address such as ``udp:127.0.0.1:14550``.

    Raises
    ------
    InputError
        When it is none.
    """
    match = re.fullmatch(r"([a-z]+):(?://)?(?:(.*):)?(\d+)", text.strip())
    kind = {"udp": "udpin", "tcpout": "tcp"}.get(match[1], match[1]) if match else ""
    if match is None or kind not in get_args(LinkKind):
        msg = f"link {text!r}: not understood; {_EXAMPLE}"
        raise InputError(msg)
    host, number = match[2] or "", int(match[3])
    if kind == "serial" and not host:
        msg = f"link {text!r}: no port named; {_EXAMPLE}"
        raise InputError(msg)
    if kind != "serial" and not 0 < number < 65536:
        msg = f"link {text!r}: port {number} is not within 1 to 65535"
        raise InputError(msg)
    return Address(cast("LinkKind", kind), host or LOOPBACK, number)


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
                datagrams.append(self._socket.recvfrom(_READ_BYTES))
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


class TcpTransport:
    """One stream: we connect, or wait for the one peer that does.

    A stream that has ended stays silent; whoever waits on it has a deadline of its own.
    """

    def __init__(self, address: Address, *, connect_s: float = 3.0) -> None:
        self._listener: socket.socket | None = None
        self._stream: socket.socket | None = None
        if address.kind == "tcpin":
            self._listener = socket.create_server((address.host, address.number))
            self._listener.setblocking(False)
        else:
            self._stream = socket.create_connection((address.host, address.number), connect_s)
            self._prepare(self._stream)

    @staticmethod
    def _prepare(stream: socket.socket) -> None:
        stream.setblocking(False)
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fileno(self) -> int:
        source = self._stream or self._listener
        return -1 if source is None else source.fileno()

    def read(self) -> list[tuple[bytes, Peer]]:
        if self._stream is None:
            if self._listener is not None:
                try:
                    self._stream, _ = self._listener.accept()
                except OSError:
                    return []
                self._prepare(self._stream)
            return []
        try:
            data = self._stream.recv(_READ_BYTES)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self._drop()
            return []
        return [(data, None)]

    def write(self, data: bytes, peer: Peer) -> None:
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

    def close(self) -> None:
        self._drop()
        if self._listener is not None:
            self._listener.close()
            self._listener = None


class SerialTransport:
    """A serial port, through pyserial."""

    def __init__(self, address: Address) -> None:
        try:
            import serial
        except ImportError as error:
            msg = f"link {address}: needs the package pyserial; pip install 'mcpp-planner[serial]'"
            raise LinkError(msg) from error
        try:
            self._port = serial.Serial(address.host, address.number, timeout=0, write_timeout=0.2)
        except (serial.SerialException, ValueError) as error:
            msg = f"link {address}: {error}"
            raise LinkError(msg) from error
        self._lost = serial.SerialException

    def fileno(self) -> int:
        return self._port.fileno() if self._port.is_open else -1

    def read(self) -> list[tuple[bytes, Peer]]:
        try:
            data = self._port.read(_READ_BYTES)
        except (self._lost, OSError):
            self._port.close()  # unplugged
            return []
        return [(data, None)] if data else []

    def write(self, data: bytes, peer: Peer) -> None:
        del peer
        if self._port.is_open:
            try:
                self._port.write(data)
            except (self._lost, OSError):
                return

    def close(self) -> None:
        self._port.close()


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
