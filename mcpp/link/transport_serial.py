"""A serial port, through pyserial.

A radio that is unplugged and plugged in again may come back under another name: it is known by the
ids of its USB device, and opened again while anybody reads.
"""

import time
from typing import Any, Final

from mcpp.errors import LinkError
from mcpp.link.address import READ_BYTES, Address, Peer

_AGAIN_S: Final = 1.0


class SerialTransport:
    """One port.

    Raises
    ------
    LinkError
        When pyserial is missing, or the port can not be opened the first time.
    """

    def __init__(self, address: Address) -> None:
        try:
            import serial
            from serial.tools import list_ports
        except ImportError as error:
            msg = f"link {address}: needs the package pyserial; pip install 'mcpp-planner[serial]'"
            raise LinkError(msg) from error
        self._serial, self._list_ports = serial, list_ports
        self._lost = (serial.SerialException, OSError)
        self._name, self._baud = address.host, address.number
        self._tried_s = time.monotonic()
        self._closed = False
        try:
            self._port: Any = self._open(self._name)
        except (serial.SerialException, ValueError) as error:
            msg = f"link {address}: {error}"
            raise LinkError(msg) from error
        self._device = self._device_of(self._name)

    def _open(self, name: str) -> Any:
        return self._serial.Serial(name, self._baud, timeout=0, write_timeout=0.2)

    def _device_of(self, name: str) -> tuple[Any, ...] | None:
        """Vendor, product and serial number of the USB device of a port, where it is one."""
        for port in self._list_ports.comports():
            if port.device == name and port.vid is not None:
                return port.vid, port.pid, port.serial_number
        return None

    def _names(self) -> list[str]:
        """Names under which it may be found again: its own, then those of the same device."""
        same = [
            port.device
            for port in self._list_ports.comports()
            if self._device is not None and (port.vid, port.pid, port.serial_number) == self._device
        ]
        return [self._name, *(name for name in same if name != self._name)]

    def fileno(self) -> int:
        """Descriptor to wait on; -1 while the port is gone."""
        return self._port.fileno() if self._port.is_open else -1

    def read(self) -> list[tuple[bytes, Peer]]:
        """Take what has come in; open the port again where it has gone."""
        if not self._port.is_open and not self._reopen():
            return []
        try:
            data = self._port.read(READ_BYTES)
        except self._lost:
            self._port.close()  # unplugged
            return []
        return [(data, None)] if data else []

    def _reopen(self) -> bool:
        now_s = time.monotonic()
        if self._closed or now_s - self._tried_s < _AGAIN_S:
            return False
        self._tried_s = now_s
        for name in self._names():
            try:
                self._port = self._open(name)
            except (*self._lost, ValueError):
                continue
            self._name = name
            return True
        return False

    def write(self, data: bytes, peer: Peer) -> None:
        """Send; what a port that is gone should have sent is lost."""
        del peer
        if self._port.is_open:
            try:
                self._port.write(data)
            except self._lost:
                return

    def close(self) -> None:
        """Give the port back."""
        self._closed = True
        self._port.close()
