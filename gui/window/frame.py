"""The parts of the window: actions, menus, tool bar, the map, panels in docks, the status bar."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui.actions import ActionRow, Actions
from gui.autosave import Autosave
from gui.backgrounds import Backgrounds
from gui.bars import RecentMenu, ToolBar, make_menus
from gui.divide import Divide
from gui.docking import Docks
from gui.files import Files
from gui.flight import Flight
from gui.ground import Ground
from gui.i18n import tr
from gui.map.corner_bar import CornerBar
from gui.map.panel import MapPanel
from gui.orders import Orders
from gui.panels.area import AreaPanel
from gui.panels.fleet import FleetPanel
from gui.panels.flight import FlightPanel
from gui.panels.flight_bar import FlightBar
from gui.panels.fly import FlyPanel
from gui.panels.forms import scrolled
from gui.panels.ground import GroundPanel
from gui.panels.plan_bar import PlanBar
from gui.panels.planner import PlannerPanel
from gui.panels.result import ResultPanel
from gui.panels.search import SearchPanel
from gui.panels.timeline import TimelinePanel
from gui.planning import Planning
from gui.session import Result, Session
from gui.settings import Settings
from gui.theme import theme_of
from gui.tool_box import ToolBox


class Frame(QMainWindow):
    """Holds the parts, in their places; what happens between them is the window's.

    Parameters
    ----------
    data
        Folder for autosaved missions, and for ground heights that are loaded.
    cache
        Folder for tiles.
    command
        How a planner's process is started.
    """

    def __init__(
        self, settings: Settings, *, data: Path, cache: Path, command: Sequence[str]
    ) -> None:
        super().__init__()
        self.settings = settings
        self.session = Session(self)
        self.theme = theme_of(settings.theme)
        self.flight = Flight(settings, self)
        self.map = MapPanel(self.session, settings)
        self.planning = Planning(self.session, self.map.mission_layer, command, self)
        self.files = Files(self.session, settings, self)
        self.backgrounds = Backgrounds(self.map.view, settings, cache, self)
        self.ground = Ground(self.session, data / "ground", self)
        self.map.plan_layer.above_ground_m = self.ground.above_ground_m
        self.autosave = Autosave(self.session, data, self)
        self.tool_box = ToolBox(self.session, self.map)
        self.orders = Orders(self.flight, self)
        self.divide = Divide(self.flight, self)

    def make_parts(self, rows: list[ActionRow]) -> None:
        """Make menus, bars and panels of the table of actions."""
        self.actions_table = Actions(rows, self, self.theme)
        self.corner_bar = CornerBar(self.actions_table, self.map)
        self.map.show_corner(self.corner_bar)
        self.menus = make_menus(self, self.actions_table)
        self.recent = RecentMenu(self.settings, self.files.open, self)
        self.menus["file"].insertMenu(self.actions_table["file.import"], self.recent)
        self.tool_bar = ToolBar(self.actions_table)
        self.addToolBar(self.tool_bar)
        self._make_middle()
        self._make_docks()
        self._make_status_bar()

    def _make_middle(self) -> None:
        """Put the bar for vehicles in the air over the map: no panel can cover or hide it."""
        self.flight_bar = FlightBar(self.flight, self.settings, self.actions_table)
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.flight_bar)
        layout.addWidget(self.map, 1)
        self.setCentralWidget(middle)

    def _make_docks(self) -> None:
        button = self.actions_table.button
        self.steps = QTabWidget()
        self.steps.setDocumentMode(True)
        self.area_panel = AreaPanel(self.session, self.settings, button)
        self.fleet_panel = FleetPanel(self.session, self.settings, button)
        self.ground_panel = GroundPanel(self.session, self.settings, self.ground, button)
        self.search_panel = SearchPanel(self.session, self.settings, button)
        self.flight_panel = FlightPanel(
            self.session, self.settings, self.search_panel, self.ground_panel
        )
        self.planner_panel = PlannerPanel(self.session, self.settings)
        for panel, title in (
            (self.area_panel, tr("1 Area")),
            (self.fleet_panel, tr("2 Fleet")),
            (self.flight_panel, tr("3 Flight")),
            (self.planner_panel, tr("4 Planner")),
        ):
            self.steps.addTab(scrolled(panel), title)
        self.plan_bar = PlanBar(self.session, self.settings, self.planning)
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.steps, 1)
        layout.addWidget(self.plan_bar)
        left.setMinimumWidth(322)
        self.result_panel = ResultPanel(self.session, self.settings, self.restore_settings)
        self.result_panel.setMinimumWidth(320)
        self.timeline = TimelinePanel(
            self.session, self.settings, self.map.plan_layer, self.ground, self.actions_table.button
        )
        self.fly_panel = FlyPanel(
            self.session, self.settings, self.flight, self.map, self.actions_table.button
        )
        self.docks = Docks(self, self.settings)
        docked: tuple[tuple[str, str, QWidget], ...] = (
            ("mission", tr("Mission"), left),
            ("result", tr("Result"), self.result_panel),
            ("fly", tr("Fly"), scrolled(self.fly_panel)),
            ("timeline", tr("Flight over time"), self.timeline),
        )
        for name, title, content in docked:
            self.docks.add(name, title, content)

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.place_label, self.map_label = QLabel(), QLabel()
        for widget in (self.map_label, self.place_label):
            widget.setContentsMargins(8, 0, 8, 0)
            bar.addPermanentWidget(widget)

    def restore_settings(self, result: Result) -> None:
        """Make the settings of a result those of the mission."""
        self.session.edit(tr("Use the settings of plan {0}", result.number), result.mission)
