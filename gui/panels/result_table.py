"""Tables of the result panel: quiet, and as high as their rows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.models.results import RowsModel
from gui.panels.forms import label

ROW_PX = 27
HIGHEST_PX = 330
MEASURED_ROWS = 50
"""Rows by whose words columns are made wide enough; measuring all of a large fleet takes long."""


class WordsTable(QTableView):
    """Shows rows of words under a title; both are hidden while there are none.

    Parameters
    ----------
    stretch
        The column that takes what room is left.
    between_px
        Room between rows, where they have several lines and would run into one another.
    """

    def __init__(self, title: str, model: RowsModel, stretch: int, between_px: int = 0) -> None:
        super().__init__()
        self._between_px = between_px
        self.title = label(title, "title")
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)  # Tab goes on to the next table
        self.setIconSize(QSize(12, 12))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(MEASURED_ROWS)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(34)
        model.modelReset.connect(self._on_rows)
        self._on_rows()

    def _on_rows(self) -> None:
        self.title.setVisible(bool(self._rows.rows))
        self.setVisible(bool(self._rows.rows))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()  # words wrap elsewhere

    def _fit_height(self) -> None:
        for row in range(min(len(self._rows.rows), MEASURED_ROWS)):
            self.resizeRowToContents(row)
            self.setRowHeight(row, max(self.rowHeight(row) + self._between_px, ROW_PX))
        height = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + 4
        self.setFixedHeight(min(height, HIGHEST_PX))
