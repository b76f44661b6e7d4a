"""The ground under the mission: its file of heights, and how high flights are above it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui import engine
from gui.i18n import tr
from gui.session import Session
from gui.slow import Slow
from mcpp.errors import McppError

if TYPE_CHECKING:
    from mcpp.model import Plan

if TYPE_CHECKING:
    from mcpp.terrain.fetch import Fetched


class Ground(QObject):
    """Loads and reads ground heights, in threads of its own.

    Parameters
    ----------
    folder
        Where files are kept that are loaded for missions.

    Signals
    -------
    changed
        Profiles are there or gone, or loading has begun or ended.
    moved
        Fraction of a file that is loaded.
    loaded
        A file was loaded: lines about it.
    failed
        Why none was.
    """

    changed = Signal()
    moved = Signal(float)
    loaded = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._loading: Slow | None = None
        self._reading: Slow | None = None
        self._read_plan: Plan | None = None
        self.profiles: tuple[engine.GroundProfile, ...] = ()
        self.problem = ""
        session.plan_changed.connect(self.refresh)
        self.refresh()

    @property
    def file(self) -> Path | None:
        """The mission's file of ground heights."""
        name = self._session.mission.flight.terrain
        return None if name is None else Path(name)

    # ------------------------------------------------------------------------- the mission's file

    def choose(self, path: Path) -> None:
        """Let the mission keep its heights above the ground of a file.

        Raises
        ------
        InputError
        """
        changed = engine.with_ground(self._session.mission, path)
        self._session.edit(tr("Choose ground heights"), changed)

    def remove(self) -> None:
        """Let the mission keep its heights above the launch points."""
        changed = engine.without_ground(self._session.mission)
        self._session.edit(tr("Remove ground heights"), changed)

    @property
    def loading(self) -> bool:
        """Whether a file is being loaded."""
        return self._loading is not None

    def load(self) -> None:
        """Load the ground heights about the mission's places, and use them."""
        if self.loading:
            return
        mission = self._session.mission
        try:
            path = engine.ground_file(mission, self._folder)
        except McppError as error:
            self.failed.emit(str(error))
            return
        job = self._loading = Slow(lambda job: engine.fetch_ground(mission, path, job), self)
        job.moved.connect(lambda _stage, fraction: self.moved.emit(fraction))
        job.failed.connect(self.failed)
        job.done.connect(self._on_loaded)
        job.finished.connect(self._on_load_ended)
        self.changed.emit()
        job.start()

    def stop_loading(self) -> None:
        """Load no further."""
        if self._loading is not None:
            self._loading.ask_to_stop()

    def _on_loaded(self, found: "Fetched") -> None:
        try:
            self.choose(found.path)
        except McppError as error:  # the mission was changed meanwhile
            self.failed.emit(str(error))
            return
        self.loaded.emit(found.told())

    def _on_load_ended(self) -> None:
        self._loading = None
        self.changed.emit()

    # -------------------------------------------------------------------------- the plan's heights

    def refresh(self) -> None:
        """Lay the ground under the plan that is shown."""
        plan = self._session.plan
        if plan is self._read_plan or self._reading is not None:
            return
        self._read_plan = plan
        self._take((), "")
        if plan is None:
            return
        if plan.mission.flight.terrain is None:
            self._take(engine.ground_profiles(plan), "")
            return
        job = self._reading = Slow(lambda _job: engine.ground_profiles(plan), self)
        job.done.connect(lambda found: self._take(found, ""))
        job.failed.connect(lambda words: self._take((), words))
        job.finished.connect(self._on_read)
        job.start()

    def _on_read(self) -> None:
        self._reading = None
        self.refresh()  # another plan may be shown by now

    def _take(self, profiles: tuple[engine.GroundProfile, ...], problem: str) -> None:
        if (profiles, problem) != (self.profiles, self.problem):
            self.profiles, self.problem = profiles, problem
            self.changed.emit()

    @property
    def known(self) -> bool:
        """Whether the plan that is shown was made with ground heights."""
        return self._read_plan is not None and self._read_plan.mission.flight.terrain is not None

    def above_ground_m(self, uav: int, number: int, height_m: float, time_s: float) -> float | None:
        """Height above the ground of a UAV in a flight; None where no ground heights are known."""
        if not self.known:
            return None
        for profile in self.profiles:
            if (profile.uav, profile.number) == (uav, number):
                return height_m - profile.ground_at(time_s)
        return None

    def close(self) -> None:
        """End what runs."""
        for job in (self._loading, self._reading):
            if job is not None:
                job.stop()
