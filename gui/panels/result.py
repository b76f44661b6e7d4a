"""The plan in figures: fleet, each UAV, findings, and results side by side."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.i18n import tr
from gui.models.results import (
    AlternativesModel,
    FindingsModel,
    ResultsModel,
    RowsModel,
    UavFiguresModel,
)
from gui.panels.forms import label, polish, scrolled
from gui.panels.result_table import WordsTable
from gui.session import Result, Session
from gui.settings import Settings
from gui.units import UnitSystem, area_text, length_text, percent_text, time_text
from mcpp.model import Finding, Plan


class FiguresCard(QFrame):
    """The figures of the whole fleet."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        figures = (
            ("finish", tr("all landed after")),
            ("coverage", tr("covered")),
            ("length", tr("way of all")),
            ("area", tr("to survey")),
        )
        self._values: dict[str, QLabel] = {}
        for index, (key, words) in enumerate(figures):
            value = self._values[key] = label("", "big")
            row, column = divmod(index, 2)
            grid.addWidget(value, 2 * row, column)
            grid.addWidget(label(words, "quiet"), 2 * row + 1, column)
        self._bound = label("", "quiet", wrap=True)
        grid.addWidget(self._bound, 4, 0, 1, 2)
        self.safe = label("", "good", wrap=True)
        grid.addWidget(self.safe, 5, 0, 1, 2)

    def show_plan(self, plan: Plan, units: UnitSystem, *, draft: bool) -> None:
        """Show the figures of a plan."""
        fleet = plan.report.fleet
        about = "≈ " if draft else ""
        self._values["finish"].setText(about + time_text(fleet.finish_s))
        self._values["coverage"].setText(about + percent_text(fleet.coverage_percent))
        self._values["length"].setText(about + length_text(fleet.length_m, units))
        self._values["area"].setText(area_text(fleet.area_m2, units))
        known = fleet.lower_bound_finish_s > 0
        self._bound.setVisible(known)
        if known:
            words = tr("No plan can land before {0}.", time_text(fleet.lower_bound_finish_s))
            self._bound.setText(words)
        self.safe.setVisible(not draft)
        errors = sum(finding.level == "error" for finding in plan.report.findings)
        self.safe.setText(
            tr("Checked: safe to export.")
            if plan.report.safe
            else tr("{0} errors: not safe to export. See the checks below.", errors)
        )
        self.safe.setProperty("role", "good" if plan.report.safe else "error")
        polish(self.safe)


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
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        self.empty = label(
            tr("No plan yet. Draw the area, add UAVs, press Plan: figures and checks appear here."),
            "quiet",
            wrap=True,
        )
        layout.addWidget(self.empty)
        self.state = label("", "warning", wrap=True)
        layout.addWidget(self.state)
        self.restorer = QPushButton(tr("Use the settings of this plan"))
        self.restorer.clicked.connect(self._on_restore)
        layout.addWidget(self.restorer)
        self.figures = FiguresCard()
        layout.addWidget(self.figures)
        self._add_tables(layout)
        self.reasons = label("", "quiet", wrap=True)
        layout.addWidget(self.reasons)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))
        for signal in (session.plan_changed, settings.units_changed):
            signal.connect(self.refresh)
        self.refresh()

    def _add_tables(self, layout: QVBoxLayout) -> None:
        models = (self._session, self._settings, self)
        self.uavs_model = UavFiguresModel(*models)
        self.findings_model = FindingsModel(*models)
        self.results_model = ResultsModel(*models)
        self.alternatives_model = AlternativesModel(*models)
        self.uavs = _add(layout, tr("Each UAV"), self.uavs_model)
        self.findings = _add(layout, tr("Checks"), self.findings_model, stretch=1, between_px=8)
        self.results = _add(layout, tr("Plans so far (click to look)"), self.results_model)
        _add(layout, tr("What other planners would give"), self.alternatives_model)
        for table, act in (
            (self.findings, self._go_to_finding),
            (self.results, self._look_at),
        ):
            table.clicked.connect(act)
            table.activated.connect(act)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        plan = self._session.plan
        self.figures.setVisible(plan is not None)
        self.empty.setVisible(plan is None)
        stale = plan is not None and not self._session.is_draft and self._session.finished is None
        self.state.setVisible(stale or self._session.is_draft)
        self.restorer.setVisible(stale)
        if self._session.is_draft:
            self.state.setText(tr("Draft: rough, for a first look. Press Plan for the real one."))
        elif stale:
            self.state.setText(tr("This plan was made for other settings than the present ones."))
        if plan is not None:
            self.figures.show_plan(plan, self._settings.units, draft=self._session.is_draft)
        reasons = self.alternatives_model.reasons()
        self.reasons.setText(reasons)
        self.reasons.setVisible(bool(reasons))

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


def _add(
    layout: QVBoxLayout, title: str, model: RowsModel, stretch: int = 0, between_px: int = 0
) -> WordsTable:
    table = WordsTable(title, model, stretch, between_px)
    layout.addWidget(table.title)
    layout.addWidget(table)
    return table
