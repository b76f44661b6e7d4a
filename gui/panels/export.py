"""One dialog for all exports, with the words of the target's linter beside the choice."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui import engine
from gui.engine_words import in_words
from gui.i18n import tr
from gui.panels.forms import Message, label, polish
from gui.settings import Settings
from mcpp.errors import McppError
from mcpp.model import Plan


class ExportDialog(QDialog):
    """Writes a plan into a folder.

    Attributes
    ----------
    written
        The files of the last export.
    """

    def __init__(
        self, plan: Plan, settings: Settings, directory: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._settings = settings
        self.written: list[Path] = []
        self.setWindowTitle(tr("Export"))
        self.setMinimumWidth(560)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(8)
        sorties = len(plan.sorties)
        head = tr("{0} UAVs, {1} flights", len(plan.problem.vehicles), sorties)
        layout.addWidget(label(head, "title"))
        self.everything = QCheckBox(tr("Everything for the crew (recommended)"))
        self.everything.setChecked(True)
        layout.addWidget(self.everything)
        words = tr(
            "Each flight as its own aircraft's app reads it, README.txt with what to load where, "
            "routes.geojson, report.html, plan.json"
        )
        hint = label(words, "quiet", wrap=True)
        hint.setContentsMargins(24, 0, 0, 4)
        layout.addWidget(hint)
        self.formats: dict[str, QCheckBox] = {}
        for form in engine.export_formats():
            box = self.formats[form.name] = QCheckBox(f"{form.suffix}   {in_words(form.title)}")
            box.toggled.connect(self._refresh)
            layout.addWidget(box)
        self.everything.toggled.connect(self._refresh)
        layout.addSpacing(6)
        layout.addLayout(self._make_folder(directory))
        layout.addSpacing(6)
        layout.addLayout(self._make_target())
        self.faults = QListWidget()
        self.faults.setWordWrap(True)
        self.faults.setMaximumHeight(130)
        self.faults.setAccessibleName(tr("What the target would refuse"))
        self.verdict = label("", "good", wrap=True)
        layout.addWidget(self.verdict)
        layout.addWidget(self.faults)
        self.state = Message("error")
        layout.addWidget(self.state)
        self._make_buttons(layout)
        self._lint()
        self._refresh()

    def _make_folder(self, directory: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(tr("Folder")))
        self.folder = QLineEdit(str(directory))
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.textChanged.connect(self._refresh)
        row.addWidget(self.folder, 1)
        browse = QPushButton(tr("Choose…"))
        browse.clicked.connect(self._browse)
        row.addWidget(browse)
        return row

    def _make_target(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(tr("Check for")))
        self.target = QComboBox()
        self.target.setAccessibleName(tr("Check for"))
        self.target.addItem(tr("the autopilot or app of each UAV"), None)
        for target in engine.TARGETS:
            self.target.addItem(target, target)
        self.target.currentIndexChanged.connect(self._lint)
        row.addWidget(self.target, 1)
        return row

    def _make_buttons(self, layout: QVBoxLayout) -> None:
        self.buttons = QDialogButtonBox()
        kind = QDialogButtonBox.ButtonRole
        self.go = QPushButton(tr("Export"))
        self.go.setProperty("accent", True)
        self.go.clicked.connect(self.export)
        self.opener = QPushButton(tr("Open folder"))
        self.opener.clicked.connect(self._open_folder)
        self.opener.setEnabled(False)
        self.buttons.addButton(self.opener, kind.ActionRole)
        self.buttons.addButton(self.go, kind.ActionRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    def _lint(self) -> None:
        faults = engine.lint_words(self._plan, self.target.currentData())
        self.faults.clear()
        self.faults.addItems([in_words(fault) for fault in faults])
        self.faults.setVisible(bool(faults))
        self.verdict.setText(
            tr("The target would not take this as it is meant:")
            if faults
            else tr("The target takes all flights as they are meant.")
        )
        self.verdict.setProperty("role", "warning" if faults else "good")
        polish(self.verdict)

    def chosen(self) -> list[str]:
        """List the formats that are ticked."""
        return [name for name, box in self.formats.items() if box.isChecked()]

    def _refresh(self) -> None:
        """Say on the button what it will do; an export that waits for a yes is asked anew."""
        self._overwrite = False
        self.go.setText(tr("Export"))
        anything = self.everything.isChecked() or bool(self.chosen())
        self.go.setEnabled(anything and bool(self.folder.text().strip()))
        self.state.setText("")

    def export(self) -> None:
        """Write the files. Those that are there are replaced after a second press only."""
        directory = Path(self.folder.text().strip()).expanduser()
        overwrite = self._overwrite
        try:
            written = []
            if self.everything.isChecked():
                written += engine.export_everything(self._plan, directory, overwrite=overwrite)
            written += engine.export_formats_to(
                self._plan, self.chosen(), directory, overwrite=overwrite, written=written
            )
        except McppError as error:
            self._show_error(str(error))
            return
        self.written = written
        self._settings.put("export/folder", str(directory))
        words = tr("{0} files written to {1}", len(written), directory)
        if any(path.suffix == ".plan" for path in written):
            words += "\n" + tr("Open the .plan files in QGroundControl, or send them from Fly.")
        self._show(words, "good")
        self.opener.setEnabled(True)
        self._overwrite = False
        self.go.setText(tr("Export"))

    def _show_error(self, message: str) -> None:
        if "already there" in message:
            self._overwrite = True
            self.go.setText(tr("Replace the files"))
            self._show(tr("The folder holds files of an earlier plan."), "warning")
        else:
            self._show(in_words(message), "error")

    def _show(self, words: str, role: str) -> None:
        self.state.setText(words)
        self.state.setProperty("role", role)
        polish(self.state)
