"""What stands under the steps: the button that plans, its progress, and what is missing."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui.engine_words import in_words
from gui.i18n import tr
from gui.panels.forms import label, polish
from gui.planning import Planning
from gui.session import Session
from gui.settings import Settings
from gui.units import percent_text, time_text

READING = "reading the mission"
"""The first stage; after it the planner's code is loaded, which takes longer than the stage."""


class Rounds:
    """Makes one way from 0 to 1 of the planners' own, each of which begins anew.

    A round takes half of what is left: nobody knows how many there will be, and a bar that goes
    back tells nothing.
    """

    def __init__(self) -> None:
        self._from = 0.0
        self._last = 0.0
        self._most = 0.0

    def whole(self, fraction: float) -> float:
        """Take how far the present round is; tell how far the whole is."""
        if fraction < self._last:
            self._from = self._most
        self._last = fraction
        self._most = max(self._most, self._from + (1.0 - self._from) * fraction / 2)
        return self._most


class PlanBar(QWidget):
    """Plans, shows the progress in one bar and the best figures so far, and cancels."""

    def __init__(self, session: Session, settings: Settings, planning: Planning) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._planning = planning
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.setSpacing(6)
        self.words = label("", "quiet", wrap=True)
        layout.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        layout.addWidget(self.bar)
        row = QHBoxLayout()
        self.go = QPushButton(tr("Plan"))
        self.go.setProperty("accent", True)
        self.go.setMinimumHeight(40)
        self.go.setToolTip(tr("Make the plan (F5)"))
        self.go.clicked.connect(planning.plan)
        self.stop = QPushButton(tr("Cancel"))
        self.stop.setMinimumHeight(40)
        self.stop.clicked.connect(planning.cancel)
        row.addWidget(self.go, 1)
        row.addWidget(self.stop, 1)
        layout.addLayout(row)
        self._message = ""
        self._stage = ""
        self._round = Rounds()
        self._clock = QTimer(self)
        self._clock.setInterval(200)
        self._clock.timeout.connect(self.refresh)
        planning.running_changed.connect(self._on_running)
        planning.progress.connect(self._on_progress)
        planning.message.connect(self._on_message)
        session.plan_changed.connect(self.refresh)
        session.mission_changed.connect(self.refresh)
        settings.units_changed.connect(self.refresh)
        self.refresh()

    def _on_running(self, running: bool) -> None:
        self._round = Rounds()
        self.bar.setRange(0, 0)  # moves to and fro until the planner tells how far it is
        self._stage = tr("starting")
        if running:
            self._clock.start()
        else:
            self._clock.stop()
        self.refresh()

    def _on_progress(self, stage: str, fraction: float) -> None:
        self._stage = stage
        if stage == READING:
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * self._round.whole(fraction)))
        self.refresh()

    def _on_message(self, words: str) -> None:
        self._message = words
        self.refresh()

    def refresh(self) -> None:
        """Show the state as it is now."""
        running, obstacle = self._planning.running, self._planning.obstacle()
        shown, hidden = (self.stop, self.go) if running else (self.go, self.stop)
        focused = hidden.hasFocus()
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.go.setVisible(not running)
        self.go.setEnabled(not obstacle)
        if focused:
            shown.setFocus()
        finished = self._session.finished is not None
        self.go.setText(tr("Plan again") if finished else tr("Plan"))
        role, words = self._state(obstacle)
        self.words.setText(words)
        if self.words.property("role") != role:
            self.words.setProperty("role", role)
            polish(self.words)

    def _state(self, obstacle: str) -> tuple[str, str]:
        plan = self._session.plan
        if self._planning.running:
            seconds = time.monotonic() - self._planning.began_s
            return "quiet", f"{in_words(self._stage)} · {seconds:.0f} s" + self._best()
        if obstacle:
            return "quiet", obstacle
        if self._message:
            return "warning", in_words(self._message)
        if plan is None:
            return "quiet", tr("Ready to plan.")
        fleet = plan.report.fleet
        figures = f"{time_text(fleet.finish_s)} · {percent_text(fleet.coverage_percent)}"
        if self._session.is_draft and not self._session.fits:
            return "quiet", tr("Drafting…")
        if self._session.is_draft:
            far = [f.message for f in plan.report.findings if f.code == "crew-far"]
            words = tr("Draft: {0}", figures)
            return ("warning", f"{words}\n{in_words(far[0])}") if far else ("quiet", words)
        if self._session.finished is None:
            return "warning", tr("The mission has changed since this plan.")
        if plan.report.safe:
            return "good", tr("Planned and checked: {0}", figures)
        return "error", tr("Planned, but the check found errors.")

    def _best(self) -> str:
        """Figures of the last plan or draft of this mission, to be beaten."""
        plan = self._session.plan
        if plan is None or not self._session.fits:
            return ""
        fleet = plan.report.fleet
        covered = percent_text(fleet.coverage_percent)
        return f"\n{tr('so far')}: {time_text(fleet.finish_s)} · {covered}"
