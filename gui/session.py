"""What the windows look at: the mission, its plans, what is selected, and where it is saved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from gui.commands import MissionEdit
from gui.edits import ShapeRef, empty_mission, exists
from mcpp.model import Mission, Plan, as_given

MOST_RESULTS = 40
"""The oldest ones go: a day of planning must not fill the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """A finished plan, with the mission for which it was asked."""

    number: int
    mission: Mission
    plan: Plan


def same_flight(one: Mission, other: Mission) -> bool:
    """Whether two missions lead to the same plan: all but their names and links agree.

    A launch point that mcpp moved counts as the one that was given.
    """
    return _unnamed(one) == _unnamed(other)


def _unnamed(mission: Mission) -> Mission:
    uavs = tuple(replace(uav, link=None) for uav in as_given(mission).uavs)
    return replace(mission, name="", uavs=uavs)


class Session(QObject):
    """The state of one window. Views read it, connect to its signals and change it by `edit`.

    Signals
    -------
    mission_changed
        After each step, undo and redo.
    plan_changed
        What `plan` gives is another, or fits the mission no longer or again.
    results_changed
        The list of finished plans has grown or was emptied.
    selection_changed, file_changed
        What is selected; the path, or whether there is something to save.
    time_changed
        The moment that the timeline shows, in seconds of the plan; None when it is not in use.
    """

    mission_changed = Signal()
    plan_changed = Signal()
    results_changed = Signal()
    selection_changed = Signal()
    file_changed = Signal()
    time_changed = Signal(object)
    place_wanted = Signal(object)
    mission_opened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(1000)
        self.undo_stack.cleanChanged.connect(self._on_clean)
        self.mission: Mission = empty_mission()
        self.results: tuple[Result, ...] = ()
        self.selection: ShapeRef | None = None
        self.also: tuple[ShapeRef, ...] = ()
        self.path: Path | None = None
        self.time_s: float | None = None
        self._shown: Result | None = None
        self._draft: Result | None = None
        self._restored = False

    def _on_clean(self, _clean: bool) -> None:
        self.file_changed.emit()

    # ------------------------------------------------------------------------------ the mission

    def edit(self, text: str, mission: Mission, *, merge: str | None = None) -> None:
        """Make `mission` the mission, as a step that can be undone under the name `text`."""
        if mission != self.mission:
            self.undo_stack.push(MissionEdit(self, mission, text, merge=merge))

    def show_mission(self, mission: Mission) -> None:
        """Put `mission` in place. For the steps of the undo stack alone."""
        self.mission = mission
        self.also = tuple(ref for ref in self.also if exists(mission, ref))
        if self.selection is not None and not exists(mission, self.selection):
            self.select(None)
        fitting = [r for r in self.results if same_flight(r.mission, mission)]
        self._shown = fitting[-1] if fitting else None
        self.mission_changed.emit()
        self.plan_changed.emit()

    def open(
        self, mission: Mission, path: Path | None, plan: Plan | None = None, *, saved: bool = True
    ) -> None:
        """Begin anew with another mission, and its plan where there is one."""
        self._restored = not saved
        self.undo_stack.clear()
        self.path = path
        self.selection, self.also = None, ()
        self.results = ()
        self._shown = self._draft = None
        if plan is not None:
            self._shown = Result(1, mission, plan)
            self.results = (self._shown,)
        self.set_time(None)
        self.mission = mission
        for signal in (
            self.mission_changed,
            self.results_changed,
            self.plan_changed,
            self.selection_changed,
            self.file_changed,
            self.mission_opened,
        ):
            signal.emit()

    def mark_saved(self, path: Path) -> None:
        """Note that the mission is now in the file `path`."""
        self.path = path
        self._restored = False
        self.undo_stack.setClean()
        self.file_changed.emit()

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return self._restored or not self.undo_stack.isClean()

    @property
    def title(self) -> str:
        """Name of the mission, or of its file."""
        if self.path is not None:
            return self.path.name
        return self.mission.name

    # -------------------------------------------------------------------------------- its plans

    @property
    def plan(self) -> Plan | None:
        """The plan to be shown: the chosen result, else the draft."""
        shown = self._shown or self._draft
        return shown.plan if shown else None

    @property
    def shown(self) -> Result | None:
        """The result that is shown, or None when it is a draft, or nothing."""
        return self._shown

    @property
    def is_draft(self) -> bool:
        """Whether the shown plan is a draft."""
        return self._shown is None and self._draft is not None

    @property
    def fits(self) -> bool:
        """Whether what is shown, plan or draft, was made for the mission as it is now."""
        shown = self._shown or self._draft
        return shown is not None and same_flight(shown.mission, self.mission)

    @property
    def finished(self) -> Result | None:
        """The result that is shown and fits the mission: what may be exported and flown."""
        if self._shown is not None and same_flight(self._shown.mission, self.mission):
            return self._shown
        return None

    def add_result(self, mission: Mission, plan: Plan) -> Result:
        """Keep a finished plan beside the former ones; show it if it fits the mission."""
        last = self.results[-1].number if self.results else 0
        result = Result(last + 1, mission, plan)
        if same_flight(mission, self.mission):
            self._shown = result
        kept = list(self.results)
        if len(kept) >= MOST_RESULTS:
            kept.remove(next(old for old in kept if old is not self._shown))
        self.results = (*kept, result)
        self.results_changed.emit()
        self.plan_changed.emit()
        return result

    def set_draft(self, mission: Mission, plan: Plan | None) -> None:
        """Show a draft until there is a finished plan for the mission."""
        self._draft = None if plan is None else Result(0, mission, plan)
        if self._shown is None:
            self.plan_changed.emit()

    def look_at(self, result: Result) -> None:
        """Show one of the results, whether it fits the mission or not."""
        self._shown = result
        self.plan_changed.emit()

    # ----------------------------------------------------------------------- what is looked upon

    def select(self, ref: ShapeRef | None, also: Iterable[ShapeRef] = ()) -> None:
        """Select a shape, a corner or a UAV; `also` are further whole ones."""
        more = tuple(also)
        if ref != self.selection or more != self.also:
            self.selection, self.also = ref, more
            self.selection_changed.emit()

    def select_more(self, ref: ShapeRef) -> None:
        """Add a whole shape or UAV to what is selected, or take it out."""
        chosen = self.chosen
        if ref in chosen:
            chosen.remove(ref)
        else:
            chosen.append(ref)
        self.select(chosen[0] if chosen else None, chosen[1:])

    @property
    def chosen(self) -> list[ShapeRef]:
        """All whole shapes and UAVs that are selected, or a corner of which is."""
        return [] if self.selection is None else [self.selection.whole(), *self.also]

    def set_time(self, time_s: float | None) -> None:
        """Show the fleet as it is at a moment of the plan."""
        if time_s != self.time_s:
            self.time_s = time_s
            self.time_changed.emit(time_s)
