"""Files: new, open, save, drop, recover; and the questions that go with them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui import edits, engine
from gui.autosave import Recovered
from gui.i18n import tr
from gui.panels.importing import ImportDialog
from gui.session import Session, same_flight
from gui.settings import Settings
from mcpp.errors import McppError
from mcpp.model import Mission


class Files(QObject):
    """Moves missions between the session and the disk.

    Signals
    -------
    failed
        One line that says why a file was not read or written.
    told
        One line that says what was done.
    background_wanted
        A file that is a background and no mission.
    """

    failed = Signal(str)
    told = Signal(str)
    background_wanted = Signal(object)

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._window = window

    def may_discard(self) -> bool:
        """Ask what becomes of unsaved changes. False: the user wants to stay."""
        if not self._session.dirty:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            tr("Unsaved changes"),
            tr("The mission has changes that are not saved."),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    def new(self) -> bool:
        """Begin with nothing."""
        if not self.may_discard():
            return False
        self._session.open(edits.empty_mission(), None)
        return True

    def choose_and_open(self) -> None:
        """Let the user choose a file and open it."""
        path = self._ask_open(tr("Open"), (*engine.OPENABLE, *engine.BACKGROUNDS))
        if path is not None:
            self.open(path)

    def choose_and_import(self) -> None:
        """Let the user choose a file of shapes and add them to the mission."""
        path = self._ask_open(tr("Import shapes"), engine.OPENABLE)
        if path is not None:
            self.add_shapes(path)

    def _ask_open(self, title: str, suffixes: tuple[str, ...]) -> Path | None:
        patterns = " ".join(f"*{suffix}" for suffix in suffixes)
        folder = self._settings.get("files/folder", str(Path.home()))
        filters = f"{tr('Missions, shapes and maps')} ({patterns});;{tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self._window, title, folder, filters)
        if not name:
            return None
        self._settings.put("files/folder", str(Path(name).parent))
        return Path(name)

    def open(self, path: Path) -> bool:
        """Open a mission, a plan, or a file of shapes as a new mission; a background as such."""
        if path.suffix.lower() in engine.BACKGROUNDS:
            self.background_wanted.emit(path)
            return True
        if not self.may_discard():
            return False
        try:
            if path.suffix.lower() in engine.SHAPE_SUFFIXES:
                return self._open_shapes(path)
            opened = engine.open_file(path)
        except McppError as error:
            self.failed.emit(str(error))
            return False
        plan = opened.plan
        if plan is not None and not same_flight(plan.mission, opened.mission):
            plan = None  # the mission was changed elsewhere since this plan was kept beside it
        self._session.open(opened.mission, path if opened.own else None, plan)
        self._settings.add_recent(path)
        self.told.emit(tr("Opened {0}", path.name))
        return True

    def _open_shapes(self, path: Path) -> bool:
        """Make a new mission of a file of shapes; ask what is what where there are several."""

        def begin(mission: Mission) -> None:
            self._session.open(mission, None)
            self._settings.add_recent(path)
            self.told.emit(tr("Opened {0}", path.name))

        return self._with_roles(path, begin)

    def _with_roles(self, path: Path, take: Callable[[Mission], None]) -> bool:
        found = engine.load_shapes(path)
        if isinstance(found, Mission):
            take(found)
            return True
        if len(found.shapes) == 1 and found.shapes[0].role == "area":
            take(engine.mission_of(found))
            return True
        dialog = ImportDialog(found, self._settings.units, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def accept() -> None:
            if dialog.mission is not None:
                take(dialog.mission)

        dialog.accepted.connect(accept)
        dialog.open()
        return True

    def open_sample(self) -> None:
        """Open the mission that comes with the program, as one without a file."""
        if self.may_discard():
            opened = engine.open_file(engine.sample_mission())
            self._session.open(opened.mission, None)

    def add_shapes(self, path: Path) -> None:
        """Add all shapes of a file to the mission, as one step that can be undone."""

        def add(found: Mission) -> None:
            mission = self._session.mission
            changed = edits.change_mission(
                mission,
                area=(*mission.area, *found.area),
                corridors=(*mission.corridors, *found.corridors),
                no_fly_zones=(*mission.no_fly_zones, *found.no_fly_zones),
                crew_area=(*mission.crew_area, *found.crew_area),
            )
            for uav in found.uavs:
                if uav.start_lon_lat_deg is not None:
                    changed = edits.add_uav(changed, uav.start_lon_lat_deg)
            self._session.edit(tr("Import {0}", path.name), changed)
            self._session.mission_opened.emit()
            self.told.emit(tr("Imported {0}", path.name))

        try:
            self._with_roles(path, add)
        except McppError as error:
            self.failed.emit(str(error))

    def drop(self, path: Path) -> None:
        """Take a file that was dropped: shapes into a begun mission, all else as by Open."""
        begun = bool(edits.shapes(self._session.mission))
        if begun and path.suffix.lower() in engine.SHAPE_SUFFIXES:
            self.add_shapes(path)
        else:
            self.open(path)

    def save(self) -> bool:
        """Save in the mission's file, or ask for one."""
        path = self._session.path
        return self.save_as() if path is None else self._write(path)

    def save_as(self) -> bool:
        """Ask for a file and save in it."""
        folder = Path(self._settings.get("files/folder", str(Path.home())))
        proposed = folder / f"{self._session.mission.name or 'mission'}.json"
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Save mission"), str(proposed), f"{tr('Mission')} (*.json)"
        )
        if not name:
            return False
        path = Path(name)
        return self._write(path if path.suffix else path.with_suffix(".json"))

    def _write(self, path: Path) -> bool:
        try:
            engine.save_mission(path, self._session.mission)
            if self._session.finished is not None:
                engine.save_plan(path, self._session.finished.plan)
        except (McppError, OSError) as error:
            self.failed.emit(str(error))
            return False
        self._session.mark_saved(path)
        self._settings.add_recent(path)
        self.told.emit(tr("Saved {0}", path.name))
        return True

    def recover(self, found: Recovered) -> None:
        """Take back what a crash has left; it counts as unsaved."""
        if self.may_discard():
            self._session.open(found.mission, found.path, saved=False)
            found.discard()
            self._session.file_changed.emit()
