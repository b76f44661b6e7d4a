"""Folders of photos, logs and tables; what could not be used is counted and named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from struct import error as Error  # noqa: N812 - a class in spite of its name

from mcpp.after.logs import LOG_SUFFIXES, read_logs
from mcpp.after.photos import JPEG_SUFFIXES, TIFF_SUFFIXES, read_photo
from mcpp.after.positions import read_positions
from mcpp.after.shots import Flown, Log, Shot, Unused
from mcpp.errors import InputError
from mcpp.planner import NullObserver, Observer, report_progress

PHOTO_SUFFIXES = JPEG_SUFFIXES | TIFF_SUFFIXES
TABLE_SUFFIXES = frozenset({".csv"})
READABLE = PHOTO_SUFFIXES | TABLE_SUFFIXES | LOG_SUFFIXES
_STAGE = "reading photos and logs"
_BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, EOFError, Error)
"""What readers raise on files with wrong bytes; one such file must not end the reading of all."""


def named_source(text: str) -> tuple[str | None, Path]:
    """Split ``ID=PATH``, which names the UAV that a source is of; a path alone names none.

    A path that is there as a whole is one, whatever signs it has.
    """
    owner, equals, path = text.partition("=")
    if equals and owner and not Path(text).exists():
        return owner, Path(path)
    return None, Path(text)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.is_file())
    elif path.is_file():
        yield path
    else:
        msg = f"{path}: there is no such file or folder"
        raise InputError(msg)


def read_flown(sources: Sequence[str | Path], observer: Observer | None = None) -> Flown:
    """Read photos, logs and tables of positions.

    Parameters
    ----------
    sources
        Files and folders; ``ID=PATH`` tells whose they are.

    Raises
    ------
    InputError
        When a source is not there, or nothing at all could be read.
    Cancelled
    """
    watcher = NullObserver() if observer is None else observer
    listed: list[tuple[str | None, Path, Path]] = []
    for source in sources:
        owner, path = named_source(str(source))
        listed += [(owner, path, file) for file in _files(path)]
    seen: set[Path] = set()
    shots: list[Shot] = []
    logs: list[Log] = []
    unused: list[Unused] = []
    owners: dict[str, str] = {}
    for done, (owner, root, file) in enumerate(listed):
        if done % 50 == 0:
            report_progress(watcher, _STAGE, done / len(listed))
        real = file.resolve()
        if real in seen:
            continue
        seen.add(real)
        try:
            found, found_logs, left_out = _read(file, root)
        except InputError as error:
            unused.append(Unused(name=_shown(file, root), reason=str(error)))
            continue
        except _BROKEN as error:
            reason = f"it is broken: {type(error).__name__}"
            unused.append(Unused(name=_shown(file, root), reason=reason))
            continue
        unused += left_out
        shots += found
        logs += found_logs
        if owner is not None:
            owners |= {one.group: owner for one in found}
            owners |= {one.name: owner for one in found_logs}
    report_progress(watcher, _STAGE, 1.0)
    if not shots and not logs:
        first = f"; the first: {unused[0].name}: {unused[0].reason}" if unused else ""
        msg = f"no photo, log or table of positions could be read of {len(listed)} files{first}"
        raise InputError(msg)
    return Flown(shots=tuple(shots), logs=tuple(logs), unused=tuple(unused), owners=owners)


def _shown(file: Path, root: Path) -> str:
    return file.name if file == root else file.relative_to(root).as_posix()


def _group(file: Path, root: Path) -> str:
    """Folder of a photo as shown to users: below the given one, with its name."""
    folder = file.parent
    if folder == root.parent or not folder.is_relative_to(root):
        return folder.name
    return (Path(root.name) / folder.relative_to(root)).as_posix()


def _read(file: Path, root: Path) -> tuple[list[Shot], list[Log], list[Unused]]:
    suffix = file.suffix.lower()
    if suffix in PHOTO_SUFFIXES:
        shot = read_photo(file, _group(file, root))
        group = f"{shot.group} ({shot.serial})" if shot.serial else shot.group
        return [replace(shot, group=group)], [], []
    if suffix in TABLE_SUFFIXES:
        rows, bad = read_positions(file, _shown(file, root))
        left = (
            [Unused(name=_shown(file, root), reason=f"{bad} rows have no position")] if bad else []
        )
        return list(rows), [], left
    if suffix in LOG_SUFFIXES:
        logs = [_named(log, file, root) for log in read_logs(file)]
        reason = "a part of it is broken and was left out"
        return [], logs, [Unused(name=one.name, reason=reason) for one in logs if one.broken]
    msg = "it is no photo (JPEG, DNG, TIFF), log (.tlog, .bin, .ulg) or table (.csv)"
    raise InputError(msg)


def _named(log: Log, file: Path, root: Path) -> Log:
    """Name a log by its place below the given folder, so that two of the same name differ."""
    name = log.name.replace(file.name, _shown(file, root), 1)
    return replace(log, name=name, shots=tuple(replace(one, group=name) for one in log.shots))
