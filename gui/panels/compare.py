"""Two plans side by side: both maps, moved together, and the figures with their difference."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import engine
from gui.i18n import tr
from gui.map.mission_layer import MissionLayer
from gui.map.plan_layer import PlanLayer
from gui.map.view import MapView
from gui.panels.forms import label
from gui.session import Result, Session
from gui.settings import Settings
from gui.theme import Theme
from gui.units import UnitSystem, length_text, percent_text, time_text
from mcpp.ground.shapes import mission_points
from mcpp.model import Plan


class PlanView(QWidget):
    """One of the two: the list from which it is chosen, over its map."""

    def __init__(self, results: Sequence[Result], title: str, theme: Theme) -> None:
        super().__init__()
        self.session = Session(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        for result in results:
            words = f"{result.number}  {result.plan.solution.planner}"
            self.box.addItem(words, result)
        self.box.currentIndexChanged.connect(self._show)
        layout.addWidget(self.box)
        self.view = MapView(self)
        self.view.theme = theme
        self.mission_layer = MissionLayer(self.session, self.view)
        self.plan_layer = PlanLayer(self.session, self.view)
        layout.addWidget(self.view, 1)

    @property
    def plan(self) -> Plan:
        """The plan that is shown."""
        result: Result = self.box.currentData()
        return result.plan

    def _show(self) -> None:
        result: Result | None = self.box.currentData()
        if result is None:
            return
        self.session.open(result.mission, None, result.plan)


NAMES_PX = QMargins(16, 16, 80, 36)
"""Names of UAVs stand to the right of their markers; scale and degrees at the foot."""


class CompareDialog(QDialog):
    """Compares two of the plans so far; the window behind it stays at work."""

    def __init__(
        self, results: Sequence[Result], settings: Settings, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._units: UnitSystem = settings.units
        self.setWindowTitle(tr("Two plans side by side"))
        self.resize(parent.size() * 0.9)
        layout = QVBoxLayout(self)
        both = QSplitter(Qt.Orientation.Horizontal)
        self.sides = [
            PlanView(results, title, theme) for title in (tr("Left plan"), tr("Right plan"))
        ]
        for side in self.sides:
            both.addWidget(side)
            side.box.currentIndexChanged.connect(self._tell)
            side.view.view_changed.connect(lambda side=side: self._follow(side))
        layout.addWidget(both, 1)
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.windowTitle())
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.setHorizontalHeaderLabels(["", tr("Left"), tr("Right"), tr("Difference")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setFixedHeight(210)
        layout.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(label(tr("Both maps move together."), "quiet"))
        layout.addLayout(row)
        self._following = False
        for side, at in zip(self.sides, (len(results) - 2, len(results) - 1), strict=True):
            side.box.setCurrentIndex(-1)
            side.box.setCurrentIndex(at)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)  # the maps have their sizes then

    def _fit(self) -> None:
        places = mission_points(self.sides[0].session.mission)
        self.sides[0].view.fit(places, margin=1.2, covered_px=NAMES_PX)

    def _follow(self, moved: PlanView) -> None:
        """Show the same place on the other map."""
        if self._following:
            return
        self._following = True
        for side in self.sides:
            if side is not moved:
                side.view.go_to(moved.view.middle(), moved.view.zoom)
        self._following = False

    def _tell(self) -> None:
        if any(side.box.currentIndex() < 0 for side in self.sides):
            return
        rows = figures_of(self.sides[0].plan, self.sides[1].plan, self._units)
        self.table.setRowCount(len(rows))
        for line, cells in enumerate(rows):
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                if column:
                    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    item.setTextAlignment(right)
                self.table.setItem(line, column, item)


def figures_of(left: Plan, right: Plan, units: UnitSystem) -> list[tuple[str, str, str, str]]:
    """Lay the figures of two plans beside each other, with what the right one has more."""

    def row(
        what: str, one: float, other: float, write: Callable[[float], str]
    ) -> tuple[str, str, str, str]:
        step = other - one
        sign = "" if abs(step) < 1e-9 else "+" if step > 0 else "\u2212"
        return (what, write(one), write(other), sign + write(abs(step)))

    def length(value: float) -> str:
        return length_text(value, units)

    fleets = left.report.fleet, right.report.fleet
    numbers = [
        [
            sum(engine.count_photos(plan, k) for k in range(len(plan.problem.vehicles)))
            for plan in (left, right)
        ],
        [sum(len(sortie.xyz_m) for sortie in plan.sorties) for plan in (left, right)],
        [sum(uav.turns for uav in plan.report.uavs) for plan in (left, right)],
        [len(plan.sorties) for plan in (left, right)],
    ]
    rows = [
        row(tr("all landed after"), fleets[0].finish_s, fleets[1].finish_s, time_text),
        row(tr("covered"), fleets[0].coverage_percent, fleets[1].coverage_percent, _percent),
        row(tr("way of all"), fleets[0].length_m, fleets[1].length_m, length),
    ]
    titles = (tr("Photos"), tr("Points"), tr("Turns"), tr("Flights"))
    rows += [
        row(title, one, other, _whole) for title, (one, other) in zip(titles, numbers, strict=True)
    ]
    errors = [sum(f.level == "error" for f in plan.report.findings) for plan in (left, right)]
    return [*rows, row(tr("Errors found"), errors[0], errors[1], _whole)]


def _percent(value: float) -> str:
    return percent_text(value, 2)


def _whole(value: float) -> str:
    return f"{value:.0f}"
