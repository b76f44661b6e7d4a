"""What leaves the program: mission files, the report, sheets of paper, pictures."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog

from gui import engine
from gui.i18n import tr
from gui.panels.export import ExportDialog
from mcpp.errors import McppError

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class OutputActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def export(self) -> None:
        """Export the plan."""
        finished = self.w.session.finished
        if finished is None:
            return
        self.w.map.say("")
        first = Path.home() / (finished.mission.name or "mission")
        folder = Path(self.w.settings.get("export/folder", str(first)))
        dialog = ExportDialog(finished.plan, self.w.settings, folder, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save_report(self) -> None:
        """Save the report and show it in the browser."""
        finished = self.w.session.finished
        if finished is None:
            return
        folder = Path(self.w.settings.get("export/folder", str(Path.home())))
        name, _ = QFileDialog.getSaveFileName(
            self.w, tr("Save the report"), str(folder / "report.html"), "HTML (*.html)"
        )
        if not name:
            return
        try:
            Path(name).write_text(engine.report_html(finished.plan), encoding="utf-8")
        except (McppError, OSError) as error:
            self.w.words.show_problem(str(error))
            return
        self.w.tell(tr("Report saved as {0}", name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(name))

    def print_map(self) -> None:
        """Print the map as it is seen, over the figures of the plan."""
        from gui.printing import print_sheet

        if print_sheet(self.w, *self._sheet()):
            self.w.tell(tr("Sent to the printer."))

    def preview_print(self) -> None:
        """Show what would be printed."""
        from gui.printing import preview_sheet

        preview_sheet(self.w, *self._sheet())

    def _sheet(self) -> tuple[QPixmap, str]:
        """Give the picture of the map, and the words under it."""
        self.w.map.plan_layer.finish()
        words = f"{self.w.session.title or tr('New mission')}\n{self.w.plan_bar.words.text()}"
        return self.w.map.view.grab(), words

    def copy_picture(self) -> None:
        """Copy what the map shows."""
        self.w.map.plan_layer.finish()
        QGuiApplication.clipboard().setPixmap(self.w.map.view.grab())
        self.w.tell(tr("The picture of the map is in the clipboard."))
