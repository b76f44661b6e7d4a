"""Messages, the list of keys, and what the program says of itself."""

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMessageBox

from gui import engine
from gui.engine_words import in_words
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class WordActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def show_problem(self, words: str) -> None:
        """Say in a window that does not block what went wrong."""
        box = QMessageBox(QMessageBox.Icon.Warning, "mcpp", in_words(words), parent=self.w)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def show_keys(self) -> None:
        """Show all shortcuts, from the table of actions."""
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            (QKeySequence(row.shortcut).toString(native), row.title.replace("&", ""))
            for row in self.w.actions_table.rows.values()
            if row.shortcut
        ]
        rows += [
            (tr("Arrows, + and -"), tr("Move and zoom the map")),
            (
                tr("Space, Enter, Backspace, Esc"),
                tr("Draw at the crosshair, finish, take back, drop"),
            ),
            ("N, P", tr("Next and previous shape")),
            (". ,", tr("Next and previous corner")),
            ("I", tr("Insert a corner after the selected one")),
            (tr("Alt+arrows"), tr("Move what is selected; with Shift in larger steps")),
            (tr("Alt while dragging"), tr("Do not snap")),
        ]
        cells = [
            f"<td style='padding-right: 10px'><b>{keys}</b></td>"
            f"<td style='padding-right: 16px'>{words}</td>"
            for keys, words in rows
        ]
        half = (len(cells) + 1) // 2
        lines = itertools.zip_longest(cells[:half], cells[half:], fillvalue="")
        table = "".join(f"<tr>{left}{right}</tr>" for left, right in lines)
        self.show_words(tr("Keyboard"), f"<table width='720' cellspacing='2'>{table}</table>")

    def show_about(self) -> None:
        """Show the version and the licence."""
        words = tr("Plans safe, short, fairly divided coverage missions for a fleet of UAVs.")
        terms = tr("Open source, MIT licence. Map tiles belong to their providers.")
        self.show_words("mcpp", f"<h3>mcpp {engine.version()}</h3><p>{words}</p><p>{terms}</p>")

    def show_words(self, title: str, words: str) -> None:
        """Show formatted words in a window that does not block."""
        box = QMessageBox(parent=self.w)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(words)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
