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
from dataclasses import dataclass
from typing import Literal, cast, get_args

from mcpp.errors import InputError

LOOPBACK = "127.0.0.1"
LinkKind = Literal["udpin", "udpout", "tcp", "tcpin", "serial"]
Peer = tuple[str, int] | None
READ_BYTES = 65536
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
