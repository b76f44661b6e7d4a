"""After landing: was the ground covered as promised? And a flight for what is missing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.check_jobs import check_photos, plan_gaps
from gui.engine_words import in_words
from gui.i18n import tr
from gui.panels.forms import Message, label, polish
from gui.settings import Settings
from gui.slow import Slow
from gui.units import UnitSystem, area_text

if TYPE_CHECKING:
    from mcpp.after.refly import Refly
    from mcpp.after.result import Verification
    from mcpp.model import Plan

MOST_GAPS = 50


class CheckPhotosDialog(QDialog):
    """Reads a folder of photos and logs and holds it against a plan.

    Signals
    -------
    place_wanted
        Longitude and latitude of a gap.
    planned
        `Refly`: a plan of what is missing.
    """

    place_wanted = Signal(object)
    planned = Signal(object)

    def __init__(self, plan: "Plan", settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._settings = settings
        self._job: Slow | None = None
        self.found: Verification | None = None
        self.setWindowTitle(tr("Check photos"))
        self.setMinimumWidth(460)
        layout = QVBoxLayout(self)
        words = tr("Choose the folder with the photos, or the logs, of this flight.")
        layout.addWidget(label(words, "quiet", wrap=True))
        row = QHBoxLayout()
        self.folder = QLineEdit(settings.get("check/folder", ""))
        self.folder.setAccessibleName(tr("Folder of photos"))
        row.addWidget(self.folder, 1)
        browse = QPushButton(tr("Choose…"))
        browse.clicked.connect(self._browse)
        row.addWidget(browse)
        layout.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        layout.addWidget(self.bar)
        self.state = Message("quiet")
        layout.addWidget(self.state)
        self.gaps = QListWidget()
        self.gaps.setAccessibleName(tr("Gaps"))
        self.gaps.setToolTip(tr("Click to go there"))
        self.gaps.itemClicked.connect(self._go)
        self.gaps.itemActivated.connect(self._go)
        self.gaps.hide()
        layout.addWidget(self.gaps, 1)
        buttons = QHBoxLayout()
        self.check = QPushButton(tr("Check photos"))
        self.check.setProperty("accent", True)
        self.check.clicked.connect(self.start)
        self.refly = QPushButton(tr("Plan the gaps"))
        self.refly.setEnabled(False)
        self.refly.clicked.connect(self._plan_gaps)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.close)
        for button in (self.check, self.refly, close):
            buttons.addWidget(button)
        layout.addLayout(buttons)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of photos"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def start(self) -> None:
        """Read what lies in the folder."""
        text = self.folder.text().strip()
        if not text or self._job is not None:
            return
        self._settings.put("check/folder", text)
        self.gaps.hide()
        self._run(check_photos(self._plan, [Path(text).expanduser()], self), self._on_found)

    def _plan_gaps(self) -> None:
        if self.found is not None and self._job is None:
            self._run(plan_gaps(self.found, self), self._on_planned)

    def _run(self, job: Slow, take: object) -> None:
        self._job = job
        job.moved.connect(self._on_moved)
        job.done.connect(take)
        job.failed.connect(lambda words: self._say(in_words(words), "error"))
        job.finished.connect(self._on_end)
        self.check.setEnabled(False)
        self.refly.setEnabled(False)
        self.bar.setValue(0)
        self.bar.show()
        self._say("", "quiet")
        job.start()

    def _on_moved(self, stage: str, fraction: float) -> None:
        self.bar.setValue(round(1000 * fraction))
        self._say(in_words(stage), "quiet")

    def _on_end(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self.bar.hide()
        self.check.setEnabled(True)
        self.refly.setEnabled(self.found is not None and not self.found.complete)

    def _on_found(self, found: "Verification") -> None:
        self.found = found
        units = self._settings.units
        fleet = found.fleet
        words = [
            tr("Photos: {0} usable of {1}, {2} planned", fleet.usable, fleet.photos, fleet.planned),
            tr("Complete: the ground has what was promised.")
            if found.complete
            else tr("Gaps: {0} in {1} places", area_text(found.gaps_m2, units), len(found.gaps)),
        ]
        self._say("\n".join(words), "good" if found.complete else "warning")
        self._list(found, units)

    def _list(self, found: "Verification", units: UnitSystem) -> None:
        self.gaps.clear()
        for gap in found.gaps[:MOST_GAPS]:
            words = tr(
                "{0}: {1}, {2} of {3} photos",
                gap.number,
                area_text(gap.area_m2, units),
                gap.least_views,
                gap.wanted_views,
            )
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, gap.lon_lat_deg)
            self.gaps.addItem(item)
        for finding in found.findings:
            item = QListWidgetItem(in_words(finding.message))
            item.setData(Qt.ItemDataRole.UserRole, finding.lon_lat_deg)
            self.gaps.addItem(item)
        self.gaps.setVisible(self.gaps.count() > 0)

    def _go(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        if place is not None:
            self.place_wanted.emit(tuple(place))

    def _on_planned(self, found: "Refly") -> None:
        self.planned.emit(found)
        self._say(tr("Planned: {0} photos for what is missing.", found.photos), "good")

    def _say(self, words: str, role: str) -> None:
        self.state.setProperty("role", role)
        polish(self.state)
        self.state.setText(words)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job is not None:
            self._job.stop()
        super().closeEvent(event)
