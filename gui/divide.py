"""A UAV is lost: what is left is divided among the others, shown, and sent when wanted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.engine_words import in_words
from gui.flight import Flight
from gui.given_words import window_words
from gui.i18n import tr
from gui.slow import Slow
from gui.units import time_text

if TYPE_CHECKING:
    from mcpp.replan.replan import Replanned


class Divide(QObject):
    """Makes the plan anew, asks, and sends it.

    Signals
    -------
    planned
        The new plan.
    failed
        Why there is none.
    """

    planned = Signal(object)
    failed = Signal(str)

    def __init__(self, flight: Flight, window: QWidget) -> None:
        super().__init__(window)
        self._flight = flight
        self._window = window
        self._job: Slow | None = None
        self.question: QMessageBox | None = None

    def start(self) -> None:
        """Divide what lost UAVs have left; the windows stay at work meanwhile."""
        lost = self._flight.lost
        if not lost or self._job is not None:
            return
        job = self._job = Slow(lambda _: self._flight.proposed(lost), self)
        job.done.connect(self._ask)
        job.failed.connect(lambda words: self.failed.emit(in_words(window_words(words))))
        job.finished.connect(self._on_end)
        job.start()

    def _on_end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()

    def _ask(self, found: "Replanned | None") -> None:
        """Show what becomes of each UAV, and ask whether it is sent."""
        if found is None:  # the links were closed meanwhile
            return
        self.planned.emit(found.plan)
        lines = [
            tr("{0}: lost", change.id)
            if change.lost
            else tr(
                "{0}: lands after {1}, planned before: {2}",
                change.id,
                _time(change.lands_s),
                _time(change.lands_before_s),
            )
            for change in found.changes
        ]
        box = self.question = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Divide the rest"))
        box.setText(tr("Send the new missions to the vehicles, in the air and on the ground?"))
        box.setInformativeText("\n".join(lines))
        yes = box.addButton(tr("Send"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Fly on as before"), QMessageBox.ButtonRole.RejectRole)
        yes.clicked.connect(lambda: self._flight.give(found))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._forget)
        box.setModal(False)  # a pause can be given meanwhile
        box.show()

    def _forget(self) -> None:
        self.question = None
        self._window.activateWindow()

    def close(self) -> None:
        """Wait for what runs."""
        if self._job is not None:
            self._job.stop()


def _time(time_s: float | None) -> str:
    return "-" if time_s is None else time_text(time_s)
