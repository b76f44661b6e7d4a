"""Flight logs: MAVLink .tlog, ArduPilot .bin, PX4 .ulg."""

from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from mcpp.after.shots import Log
from mcpp.errors import InputError


def _tlog(path: Path) -> tuple[Log, ...]:
    from mcpp.after.log_mavlink import read_tlog

    return read_tlog(path)


def _dataflash(path: Path) -> tuple[Log, ...]:
    from mcpp.after.log_dataflash import read_dataflash

    return (read_dataflash(path),)


def _ulog(path: Path) -> tuple[Log, ...]:
    from mcpp.after.log_px4 import read_ulog

    return (read_ulog(path),)


_READERS: dict[str, Callable[[Path], tuple[Log, ...]]] = {
    ".tlog": _tlog,
    ".bin": _dataflash,
    ".ulg": _ulog,
}
LOG_SUFFIXES = frozenset(_READERS)


def read_logs(path: Path) -> tuple[Log, ...]:
    """Read a log: one for each vehicle that it tells of.

    Raises
    ------
    InputError
        When it is no log of its kind, or tells no position.
    """
    try:
        # the libraries print what they think of a broken log: that is told by us
        with redirect_stdout(StringIO()):
            return _READERS[path.suffix.lower()](path)
    except OSError as error:
        msg = f"it can not be read: {error.strerror}"
        raise InputError(msg) from None
