"""Plans as tables: figures of each UAV, findings, and results side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from gui import engine
from gui.engine_words import in_words
from gui.i18n import tr
from gui.session import Result, Session
from gui.settings import Settings
from gui.theme import uav_colour
from gui.units import (
    Quantity,
    UnitSystem,
    clock_text,
    length_text,
    percent_text,
    time_text,
    value_text,
)
from mcpp.model import Alternative, Finding, Plan, UavFigures

Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its words, and what is known of it beside them."""

    cells: tuple[str, ...]
    colour: QColor | None = None
    tip: str = ""
    bold: bool = False
    item: object = None


class RowsModel(QAbstractTableModel):
    """A read-only table of words, made anew when the session changes.

    Qt's metaclass leaves no room for that of ABC: what a table must say of itself raises here.
    """

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.rows: list[Row] = []
        session.plan_changed.connect(self.refresh)
        session.results_changed.connect(self.refresh)
        settings.units_changed.connect(self.refresh)
        self.refresh()

    def titles(self) -> Sequence[str]:
        """Words over the columns."""
        raise NotImplementedError

    def make_rows(self) -> list[Row]:
        """Make the rows from the session."""
        raise NotImplementedError

    @property
    def units(self) -> UnitSystem:
        """Metric or imperial."""
        return self._settings.units

    def refresh(self) -> None:
        """Make the rows anew, if they are others."""
        rows = self.make_rows()
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return row.colour
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or row.cells[index.column()]
        if role == Qt.ItemDataRole.FontRole and row.bold:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return self.alignment(index.column())
        return None

    def alignment(self, column: int) -> int:
        """Where the words of a column stand."""
        return _RIGHT


class UavFiguresModel(RowsModel):
    """Figures of each UAV of the shown plan."""

    def titles(self) -> Sequence[str]:
        return (
            tr("UAV"),
            tr("Done after"),
            tr("Photos"),
            tr("GSD"),
            tr("Sidelap"),
            tr("Views"),
            tr("Battery left"),
            tr("Flights"),
            tr("Points"),
            tr("Way"),
            tr("Share"),
        )

    def make_rows(self) -> list[Row]:
        plan = self._session.plan
        if plan is None:
            return []
        return [self._row(plan, index, uav) for index, uav in enumerate(plan.report.uavs)]

    def _row(self, plan: Plan, index: int, uav: UavFigures) -> Row:
        ends = [float(s.time_s[-1]) for s in plan.sorties if s.uav == index]
        vehicle = plan.problem.vehicles[index]
        photos = engine.count_photos(plan, index)
        sees_m = 2 * vehicle.reach_m if vehicle.gsd_m is not None else 0.0
        gsd = vehicle.gsd_m
        waypoints = uav.waypoints or sum(len(s.xyz_m) for s in plan.sorties if s.uav == index)
        used, views = uav.battery_used, uav.kept.views
        cells = (
            uav.id,
            clock_text(max(ends, default=0.0)),
            str(photos) if photos else "-",
            "-" if gsd is None else value_text(round(gsd, 4), Quantity.GSD, self.units),
            f"{100 * max(1 - vehicle.spacing_m / sees_m, 0):.0f} %" if sees_m else "-",
            "-" if views is None else str(views.p5),
            f"{100 * max(1 - used, 0):.0f} %" if used else "-",
            str(uav.sorties),
            str(waypoints),
            length_text(uav.length_m, self.units),
            percent_text(100 * uav.share_given),
        )
        tip = tr(
            "{0}: {1} turns, {2} of survey lines, {3} in the air, share asked {4}",
            uav.id,
            uav.turns,
            length_text(uav.survey_m, self.units),
            time_text(uav.flight_time_s),
            percent_text(100 * uav.share_wanted),
        )
        if views is not None:
            seen = tr(
                "95 % of its ground is on {0} photos or more, half on {1}; {2} are wanted",
                views.p5,
                views.median,
                plan.report.fleet.min_views or "-",
            )
            tip = f"{tip}\n{seen}"
        return Row(cells, uav_colour(index), tip)


_LEVEL_ORDER = {"error": 0, "warning": 1, "note": 2}
LEVEL_COLOURS = {"error": "#c0392b", "warning": "#d98c00", "note": "#5b7083"}


def level_words(level: str) -> str:
    """Name the level of a finding."""
    return {"error": tr("Error"), "warning": tr("Warning"), "note": tr("Note")}[level]


class FindingsModel(RowsModel):
    """What the check found, the worst first."""

    def titles(self) -> Sequence[str]:
        return (tr("Level"), tr("What"))

    def alignment(self, column: int) -> int:
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def make_rows(self) -> list[Row]:
        plan = self._session.plan
        if plan is None or self._session.is_draft:
            return []
        findings = sorted(plan.report.findings, key=lambda f: _LEVEL_ORDER[f.level])
        return [_finding_row(finding) for finding in findings]


def _finding_row(finding: Finding) -> Row:
    words = in_words(finding.message)
    if finding.uav is not None and not words.startswith(f"{finding.uav}: "):
        words = f"{finding.uav}: {words}"
    jump = tr("Click to go there") if finding.lon_lat_deg else ""
    return Row(
        (level_words(finding.level), words),
        QColor(LEVEL_COLOURS[finding.level]),
        f"{words}\n{jump}".strip(),
        item=finding,
    )


class ResultsModel(RowsModel):
    """All finished plans side by side, each with what its planner weighed."""

    def titles(self) -> Sequence[str]:
        return (
            tr("No."),
            tr("Fleet"),
            tr("Finish"),
            tr("Way"),
            tr("Cover"),
        )

    def make_rows(self) -> list[Row]:
        return [self._row(result) for result in self._session.results]

    def _row(self, result: Result) -> Row:
        plan: Plan = result.plan
        fleet = plan.report.fleet
        shown = result is self._session.shown
        fits = result is self._session.finished
        cells = (
            f"{result.number}  {plan.solution.planner}",
            str(len(plan.problem.vehicles)),
            clock_text(fleet.finish_s),
            length_text(fleet.length_m, self.units),
            percent_text(fleet.coverage_percent),
        )
        tip = "" if fits or not shown else tr("Made for other settings than the present ones")
        return Row(cells, tip=tip, bold=shown, item=result)


class AlternativesModel(RowsModel):
    """What other planners would have given, as the shown plan reports."""

    def titles(self) -> Sequence[str]:
        return (tr("Planner"), tr("Finish"), tr("Way"), tr("Cover"))

    def make_rows(self) -> list[Row]:
        plan = self._session.plan
        if plan is None:
            return []
        return [
            Row(
                (
                    other.planner,
                    clock_text(other.finish_s) if other.finish_s else "-",
                    length_text(other.length_m, self.units) if other.length_m else "-",
                    percent_text(other.coverage_percent) if other.coverage_percent else "-",
                ),
                tip=in_words(other.reason),
                bold=other.chosen,
                item=other,
            )
            for other in plan.solution.alternatives
        ]

    def reasons(self) -> str:
        """Say why the others were not chosen, a line each."""
        others = [row.item for row in self.rows]
        return "\n".join(
            f"{other.planner}: {in_words(other.reason)}"
            for other in others
            if isinstance(other, Alternative) and other.reason and not other.chosen
        )
