"""From the mission to plans: when one can be asked for, the live draft, and the run itself."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from gui import jobs
from gui.i18n import tr
from gui.map.mission_layer import MissionLayer
from gui.session import Session
from mcpp.model import Mission, Plan


class Planning(QObject):
    """Runs drafts while the mission changes, and plans when asked.

    Signals
    -------
    running_changed
        A run has begun or ended.
    progress
        Stage, fraction.
    message
        Why there is no plan, or no draft; empty when there is nothing to say.
    done
        The new plan.
    """

    running_changed = Signal(bool)
    progress = Signal(str, float)
    message = Signal(str)
    done = Signal(object)

    def __init__(
        self,
        session: Session,
        layer: MissionLayer,
        command: Sequence[str] = jobs.COMMAND,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._layer = layer
        self.drafts_wanted = True
        self.began_s = 0.0
        self.was_cancelled = False
        self._improving = self._stopping = False
        self.refusal = ""
        self.worker = jobs.Worker(command, self)
        self.drafts = jobs.DraftRunner(command, self)
        self.worker.progress.connect(self.progress)
        self.worker.finished.connect(self._on_plan)
        self.worker.refused.connect(self._on_refused)
        self.worker.idle.connect(lambda: self.running_changed.emit(False))
        self.drafts.drafted.connect(self._on_draft)
        self.drafts.failed.connect(self._on_no_draft)
        session.mission_changed.connect(self.draft)
        session.mission_opened.connect(self._drop_run)

    def obstacle(self) -> str:
        """Say what is missing before a plan can be asked for; empty when nothing is."""
        mission = self._session.mission
        if not mission.has_work:
            return tr("Draw the area first.")
        if self._layer.crossing:
            return self.obstacle_of_outlines()
        if not mission.uavs:
            return tr("Add at least one UAV.")
        return ""

    def obstacle_of_outlines(self) -> str:
        """Say that an outline crosses itself; empty when none does."""
        if self._layer.crossing:
            return tr("An outline crosses itself: move the corner where it is red.")
        return ""

    @property
    def running(self) -> bool:
        """Whether a plan is being made."""
        return self.worker.busy

    def warm_up(self) -> None:
        """Start the processes, so that the first draft and the first plan are quick."""
        self.drafts.worker.warm_up()
        self.worker.warm_up()

    def draft(self) -> None:
        """Ask for a draft of the mission as it is now."""
        obstacle = self.obstacle()
        self.refusal = ""
        self.message.emit(obstacle)
        if obstacle or not self.drafts_wanted or self._session.finished is not None:
            self.drafts.want(None)
            if obstacle:
                self._session.set_draft(self._session.mission, None)
            return
        self.drafts.want(self._session.mission)

    def plan(self) -> None:
        """Ask for a plan of the mission as it is now."""
        if self.running or self.obstacle():
            return
        self.began_s = time.monotonic()
        self.was_cancelled = False
        self.refusal = ""
        self.message.emit("")
        self._improving = self._session.mission.planner.name == "best"
        self._stopping = False
        self.worker.ask("plan", self._session.mission)
        self.running_changed.emit(True)

    def cancel(self) -> None:
        """End the run; the first time, one that goes on improving keeps its best plan."""
        if self.running and self._improving and not self._stopping:
            self._stopping = True
            self.worker.stop()
            self.message.emit(tr("Stopping: the best plan so far is kept."))
            return
        self.was_cancelled = True
        self.worker.cancel()
        self.message.emit(tr("Cancelled."))

    def _drop_run(self) -> None:
        """End a run for a mission that was put away; imported shapes change the one at hand."""
        if self.running and self._session.undo_stack.count() == 0:
            self._improving = False
            self.cancel()

    def _on_plan(self, mission: Mission, plan: Plan) -> None:
        self._session.add_result(mission, plan)
        self.message.emit("")
        self.done.emit(plan)

    def _on_refused(self, words: str) -> None:
        if self._stopping:  # there was nothing to keep yet
            self.was_cancelled = True
            self.message.emit(tr("Cancelled."))
            return
        self.refusal = words
        self.message.emit(words)

    def _on_draft(self, mission: Mission, plan: Plan) -> None:
        if not self.obstacle():
            self._session.set_draft(mission, plan)
            if not self.running:
                self.message.emit("")

    def _on_no_draft(self, words: str) -> None:
        self._session.set_draft(self._session.mission, None)
        if not self.running:
            self.refusal = words
            self.message.emit(words)

    def close(self) -> None:
        """End the processes."""
        self.worker.close()
        self.drafts.close()
