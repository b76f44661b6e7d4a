"""Keep the mission safe from crashes and power cuts.

While a program runs, its mission stands in a file of its own beside a lock. Each change is written
within a second, to a new file that replaces the old one in one step. A clean exit removes both; a
file whose lock belongs to no living process is what a crash has left.
"""

import json
import os
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer

from gui import engine
from gui.session import Session
from mcpp.errors import McppError
from mcpp.model import Mission

DELAY_MS = 800


def default_directory() -> Path:
    """Where the user's autosaved missions stand."""
    kind = QStandardPaths.StandardLocation.AppLocalDataLocation
    return Path(QStandardPaths.writableLocation(kind)) / "autosave"


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that at any time the old or the new content is whole on the disk."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a crash has left."""

    file: Path
    mission: Mission
    path: Path | None
    changed: datetime

    def discard(self) -> None:
        """Remove it."""
        self.file.unlink(missing_ok=True)
        self.file.with_suffix(".lock").unlink(missing_ok=True)


class Autosave(QObject):
    """Writes the session's mission while there are changes that the user has not saved."""

    def __init__(self, session: Session, directory: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        directory.mkdir(parents=True, exist_ok=True)
        self.file = directory / f"{uuid.uuid4().hex}.json"
        self._lock = QLockFile(str(self.file.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.write)
        session.mission_changed.connect(self._plan_write)
        session.file_changed.connect(self._plan_write)

    def _plan_write(self) -> None:
        if not self._timer.isActive():  # not restarted: a long drag is saved too
            self._timer.start()

    def write(self) -> None:
        """Write now; remove the file when all is saved elsewhere."""
        self._timer.stop()
        if not self._session.dirty:
            self.file.unlink(missing_ok=True)
            return
        path = self._session.path
        record = {
            "path": None if path is None else str(path),
            "mission": json.loads(engine.unchecked_mission_json(self._session.mission)),
        }
        write_atomically(self.file, json.dumps(record))

    def close(self) -> None:
        """Remove the file: the program ends as the user wants."""
        self._timer.stop()
        self.file.unlink(missing_ok=True)
        self._lock.unlock()


def find_recovered(directory: Path) -> list[Recovered]:
    """Look for what crashes have left, the newest first. Damaged files are left alone."""
    found: list[Recovered] = []
    for file in sorted(directory.glob("*.json")):
        lock = QLockFile(str(file.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue  # a living program's
        lock.unlock()
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
            mission = engine.unchecked_mission(json.dumps(record["mission"]))
            path = None if record["path"] is None else Path(record["path"])
        except (OSError, ValueError, KeyError, TypeError, McppError):
            continue
        changed = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
        found.append(Recovered(file, mission, path, changed))
    return sorted(found, key=lambda one: one.changed, reverse=True)
