"""Writing files whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from mcpp.errors import ExportError


def _temporary(path: Path, content: str | bytes) -> Path:
    """Write `content` beside `path`, and have it on the disk."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def refuse_existing(paths: Iterable[Path], *, overwrite: bool, instead: str = "") -> None:
    """Refuse to replace files that are there, unless the user said so.

    Parameters
    ----------
    instead
        What else could be given, as "another folder".

    Raises
    ------
    ExportError
    """
    there = None if overwrite else next((path for path in paths if path.exists()), None)
    if there is not None:
        other = f", or {instead}" if instead else ""
        msg = f"{there}: it is already there: give --overwrite to replace it{other}"
        raise ExportError(msg)


def write_many_atomic(contents: Mapping[Path, str | bytes]) -> None:
    """Write several files: all are on the disk under other names before the first is replaced.

    Missing folders are made. When anything fails, or the user stops the run, what was there is
    left as it was and nothing of ours is left behind.

    Raises
    ------
    ExportError
        When a folder is not writable or the disk is full.
    """
    waiting: list[tuple[Path, Path]] = []
    path = Path()
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.append((_temporary(path, content), path))
        while waiting:
            temporary, path = waiting[0]
            temporary.replace(path)
            waiting.pop(0)
    except OSError as error:
        msg = f"{path}: it can not be written: {error.strerror}"
        raise ExportError(msg) from None
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def write_text_atomic(path: Path, text: str) -> None:
    """Write one text file, whole or not at all.

    Raises
    ------
    ExportError
    """
    write_many_atomic({path: text})
