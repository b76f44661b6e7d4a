"""Tables of the result panel: quiet, and as high as their rows."""

from PySide6.QtCore import QSize
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
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._stretch = stretch
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

    def _fit_columns(self) -> None:
        """Give the column that stretches what is left; never less than a name in it takes.

        Where all together are too wide the table is scrolled sideways: a name is not cut short.
        """
        if self._stretch:  # words that wrap take what there is
            return
        header = self.horizontalHeader()
        wide = sum(
            max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(header.count())
        )
        mode = QHeaderView.ResizeMode
        fits = wide <= self.viewport().width()
        header.setSectionResizeMode(self._stretch, mode.Stretch if fits else mode.ResizeToContents)

    def _fit_height(self) -> None:
        self._fit_columns()
        for row in range(min(len(self._rows.rows), MEASURED_ROWS)):
            self.resizeRowToContents(row)
            self.setRowHeight(row, max(self.rowHeight(row) + self._between_px, ROW_PX))
        height = self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + 4
        if self.horizontalHeader().length() > self.viewport().width() + 1:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(min(height, HIGHEST_PX))
