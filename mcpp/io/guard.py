"""What is opened at all: plain files of a bounded size, and archives that unpack to a bounded one.

A device never ends, a pipe may never begin, and a small archive may hold gigabytes: each is
refused before the first byte is read.
"""

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from mcpp.errors import InputError

MOST_TEXT_BYTES = 128 * 2**20
"""Of a file that is read as a whole: JSON, KML, GPX and other text."""
MOST_BINARY_BYTES = 512 * 2**20
"""Of a GeoPackage or a shapefile."""
MOST_MEMBERS = 2000
MOST_RATIO = 200.0
"""An archive's member may be so many times as long as it is packed; text packs to about 20."""
_SMALL_BYTES = 2**20
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)


def _size(bytes_: int) -> str:
    return f"{bytes_ / 2**20:,.0f} MB"


def check_file(path: str | Path, most_bytes: int = MOST_TEXT_BYTES) -> int:
    """Refuse what is no plain file, or too large; return its size.

    Raises
    ------
    InputError
    """
    try:
        status = Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        msg = f"{path}: there is no such file"
        raise InputError(msg) from None
    except (OSError, ValueError) as error:
        msg = f"{path}: it can not be read: {getattr(error, 'strerror', None) or error}"
        raise InputError(msg) from None
    if stat.S_ISDIR(status.st_mode):
        msg = f"{path}: it can not be read: it is a folder: give a file"
        raise InputError(msg)
    if not stat.S_ISREG(status.st_mode):
        msg = f"{path}: it can not be read: it is no plain file but a device, a pipe or a socket"
        raise InputError(msg)
    if status.st_size > most_bytes:
        msg = f"{path}: it has {_size(status.st_size)}: at most {_size(most_bytes)} are read"
        raise InputError(msg)
    return status.st_size


def read_bytes(path: str | Path, most_bytes: int = MOST_TEXT_BYTES) -> bytes:
    """Read a plain file of a bounded size.

    Raises
    ------
    InputError
    """
    check_file(path, most_bytes)
    try:
        with Path(path).open("rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        msg = f"{path}: it can not be read: {error.strerror}"
        raise InputError(msg) from None
    if len(data) > most_bytes:  # it grew since it was measured
        msg = f"{path}: it has more than {_size(most_bytes)}, the most that is read"
        raise InputError(msg)
    return data


def _check_member(path: Path, info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        msg = f"{path}: {info.filename!r} is locked with a password: unpack it and give its files"
        raise InputError(msg)
    if info.file_size > _SMALL_BYTES and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        msg = f"{path}: {info.filename!r} unpacks to {_size(info.file_size)} from next to nothing"
        raise InputError(msg)


def archive_members(
    path: Path, suffixes: frozenset[str], most_bytes: int = MOST_BINARY_BYTES
) -> dict[PurePosixPath, bytes]:
    """Unpack the members of a zip archive whose ending is wanted, in order of their names.

    Sizes are held against the archive's own table before anything is unpacked, and against what
    comes out.

    Raises
    ------
    InputError
    """
    check_file(path, most_bytes)
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpacked(path, archive, suffixes, most_bytes)
    except InputError:
        raise
    except _DAMAGED:
        msg = f"{path}: it can not be read: it is no zip archive, or a broken one"
        raise InputError(msg) from None


def _unpacked(
    path: Path, archive: zipfile.ZipFile, suffixes: frozenset[str], most_bytes: int
) -> dict[PurePosixPath, bytes]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        msg = f"{path}: it holds {len(infos)} files: at most {MOST_MEMBERS} are read"
        raise InputError(msg)
    wanted = [
        info
        for info in sorted(infos, key=lambda info: info.filename)
        if PurePosixPath(info.filename).suffix.lower() in suffixes
        and "__MACOSX" not in info.filename
    ]
    whole = sum(info.file_size for info in wanted)
    if whole > most_bytes:
        msg = f"{path}: it unpacks to {_size(whole)}: at most {_size(most_bytes)} are read"
        raise InputError(msg)
    members: dict[PurePosixPath, bytes] = {}
    for info in wanted:
        _check_member(path, info)
        with archive.open(info) as member:
            data = member.read(info.file_size + 1)
        if len(data) > info.file_size:
            msg = f"{path}: {info.filename!r} unpacks to more than the archive says"
            raise InputError(msg)
        members[PurePosixPath(info.filename)] = data
    return members
