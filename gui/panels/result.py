"""The plan in figures: fleet, each UAV, findings, and results side by side."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.models.results import (
    AlternativesModel,
    FindingsModel,
    ResultsModel,
    RowsModel,
    UavFiguresModel,
)
from gui.panels.forms import label, polish
from gui.session import Result, Session
from gui.settings import Settings
from gui.units import area_text, length_text, time_text
from mcpp.model import Finding

ROW_PX = 27


def make_table(model: RowsModel, stretch: int, name: str) -> QTableView:
    """Make a quiet table of words that is as high as its rows."""
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setIconSize(QSize(12, 12))
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_PX)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    header.setHighlightSections(False)
    header.setMinimumSectionSize(34)
    return table


class ResultPanel(QWidget):
    """Shows what a plan promises; a click on a finding shows its place on the map.

    Parameters
    ----------
    restore
        Makes the settings of a result those of the mission.
    """

    def __init__(
        self, session: Session, settings: Settings, restore: Callable[[Result], None]
    ) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._restore = restore
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        inside = QWidget()
        scroll.setWidget(inside)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        self.empty = label("", "quiet", wrap=True)
        layout.addWidget(self.empty)
        self.state = label("", "warning", wrap=True)
        layout.addWidget(self.state)
        self.restorer = QPushButton(tr("Use the settings of this plan"))
        self.restorer.clicked.connect(self._on_restore)
        layout.addWidget(self.restorer)
        self.figures = QFrame()
        self.figures.setProperty("role", "card")
        self._values: dict[str, QLabel] = {}
        self._make_figures()
        layout.addWidget(self.figures)
        self.uavs_model = UavFiguresModel(session, settings, self)
        self.findings_model = FindingsModel(session, settings, self)
        self.results_model = ResultsModel(session, settings, self)
        self.alternatives_model = AlternativesModel(session, settings, self)
        self._sections: list[tuple[QLabel, QTableView, RowsModel]] = []
        self.uavs = self._add(layout, tr("Each UAV"), self.uavs_model, 0)
        self.findings = self._add(layout, tr("Checks"), self.findings_model, 1)
        self.findings.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.findings.clicked.connect(self._go_to_finding)
        self.findings.activated.connect(self._go_to_finding)
        self.results = self._add(layout, tr("Plans so far (click to look)"), self.results_model, 0)
        self.results.clicked.connect(self._look_at)
        self.results.activated.connect(self._look_at)
        self.alternatives = self._add(
            layout, tr("What other planners would give"), self.alternatives_model, 0
        )
        self.reasons = label("", "quiet", wrap=True)
        layout.addWidget(self.reasons)
        layout.addStretch(1)
        for signal in (session.plan_changed, session.results_changed, settings.units_changed):
            signal.connect(self.refresh)
        self.refresh()

    def _make_figures(self) -> None:
        grid = QGridLayout(self.figures)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        figures = (
            ("finish", tr("all landed after")),
            ("coverage", tr("covered")),
            ("length", tr("way of all")),
            ("area", tr("to survey")),
        )
        for index, (key, words) in enumerate(figures):
            value = self._values[key] = label("", "big")
            row, column = divmod(index, 2)
            grid.addWidget(value, 2 * row, column)
            grid.addWidget(label(words, "quiet"), 2 * row + 1, column)
        self._values["bound"] = label("", "quiet", wrap=True)
        grid.addWidget(self._values["bound"], 4, 0, 1, 2)
        self._values["safe"] = label("", "good", wrap=True)
        grid.addWidget(self._values["safe"], 5, 0, 1, 2)

    def _add(self, layout: QVBoxLayout, title: str, model: RowsModel, stretch: int) -> QTableView:
        words = label(title, "title")
        table = make_table(model, stretch, title)
        layout.addWidget(words)
        layout.addWidget(table)
        self._sections.append((words, table, model))
        model.modelReset.connect(self._fit_tables)
        return table

    def _fit_tables(self) -> None:
        for words, table, model in self._sections:
            words.setVisible(bool(model.rows))
            table.setVisible(bool(model.rows))
            table.resizeRowsToContents()
            height = table.verticalHeader().length() + table.horizontalHeader().sizeHint().height()
            table.setFixedHeight(min(height + 4, 330))

    def refresh(self) -> None:
        """Show the plan as it is now."""
        plan = self._session.plan
        self.figures.setVisible(plan is not None)
        self.empty.setVisible(plan is None)
        self.empty.setText(
            tr("No plan yet. Draw the area, add UAVs, press Plan: figures and checks appear here.")
        )
        stale = plan is not None and not self._session.is_draft and self._session.finished is None
        self.state.setVisible(stale or self._session.is_draft)
        self.restorer.setVisible(stale)
        if self._session.is_draft:
            self.state.setText(tr("Draft: rough, for a first look. Press Plan for the real one."))
        elif stale:
            self.state.setText(tr("This plan was made for other settings than the present ones."))
        if plan is not None:
            self._show_figures()
        self.reasons.setText(self.alternatives_model.reasons())
        self.reasons.setVisible(bool(self.alternatives_model.reasons()))
        self._fit_tables()

    def _show_figures(self) -> None:
        plan = self._session.plan
        if plan is None:
            return
        fleet, units = plan.report.fleet, self._settings.units
        about = "≈ " if self._session.is_draft else ""
        self._values["finish"].setText(about + time_text(fleet.finish_s))
        self._values["coverage"].setText(f"{about}{fleet.coverage_percent:.1f} %")
        self._values["length"].setText(about + length_text(fleet.length_m, units))
        self._values["area"].setText(area_text(fleet.area_m2, units))
        bound = ""
        if fleet.lower_bound_finish_s > 0:
            bound = tr("No plan can land before {0}.", time_text(fleet.lower_bound_finish_s))
        self._values["bound"].setText(bound)
        self._values["bound"].setVisible(bool(bound))
        safe = self._values["safe"]
        errors = sum(f.level == "error" for f in plan.report.findings)
        safe.setVisible(not self._session.is_draft)
        safe.setText(
            tr("Checked: safe to export.")
            if plan.report.safe
            else tr("{0} errors: not safe to export. See the checks below.", errors)
        )
        safe.setProperty("role", "good" if plan.report.safe else "error")
        polish(safe)

    def _on_restore(self) -> None:
        if self._session.shown is not None:
            self._restore(self._session.shown)

    def _go_to_finding(self, index: QModelIndex) -> None:
        finding = self.findings_model.rows[index.row()].item
        if isinstance(finding, Finding) and finding.lon_lat_deg is not None:
            self._session.place_wanted.emit(finding.lon_lat_deg)

    def _look_at(self, index: QModelIndex) -> None:
        result = self.results_model.rows[index.row()].item
        if isinstance(result, Result):
            self._session.look_at(result)
