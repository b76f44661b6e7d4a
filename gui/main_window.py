"""The window: menus and tool bars from the table of actions, panels in docks about the map."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMenu,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui import jobs
from gui.action_rows import all_rows
from gui.actions import Actions
from gui.autosave import Autosave, find_recovered
from gui.backgrounds import Backgrounds
from gui.bars import RecentMenu, ToolBar, make_menus
from gui.divide import Divide
from gui.docking import Docks
from gui.files import Files
from gui.flight import Flight
from gui.guide import next_step
from gui.i18n import tr
from gui.map.corner_bar import CornerBar
from gui.map.panel import MapPanel
from gui.map.shape_handles import REACH_PX
from gui.orders import Orders
from gui.panels.area import AreaPanel
from gui.panels.fleet import FleetPanel
from gui.panels.flight import FlightPanel
from gui.panels.flight_bar import FlightBar
from gui.panels.fly import FlyPanel
from gui.panels.forms import scrolled
from gui.panels.plan_bar import PlanBar
from gui.panels.planner import PlannerPanel
from gui.panels.result import ResultPanel
from gui.panels.timeline import TimelinePanel
from gui.panels.welcome import WelcomePanel
from gui.planning import Planning
from gui.session import Result, Session
from gui.settings import Settings
from gui.theme import TOUCH_PX, apply_theme, theme_of
from gui.tool_box import ToolBox
from gui.units import lon_lat_text
from gui.window_actions import WindowActions
from gui.window_clips import WindowClips
from mcpp.errors import McppError
from mcpp.model import LonLat

WARM_UP_MS = 300
TELL_MS = 6000
FRAME_PX = QSize(12, 44)
"""What a desktop's frame adds to a window."""
LARGEST_PX = QSize(1840, 1160)


class MainWindow(QMainWindow):
    """One mission in one window.

    Parameters
    ----------
    data
        Folder for autosaved missions; None is the user's own.
    cache
        Folder for tiles; None is the user's own.
    command
        How a planner's process is started.

    Signals
    -------
    reopen_wanted
        Another window, made anew, shall go on with the session of this one.
    """

    reopen_wanted = Signal()

    def __init__(
        self,
        settings: Settings,
        *,
        data: Path,
        cache: Path,
        command: Sequence[str] = jobs.COMMAND,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.session = Session(self)
        self.theme = theme_of(settings.theme)
        self._data = data
        self._reopening = False
        self.setAcceptDrops(True)
        self.flight = Flight(settings, self)
        self.map = MapPanel(self.session, settings)
        self.planning = Planning(self.session, self.map.mission_layer, command, self)
        self.files = Files(self.session, settings, self)
        self.backgrounds = Backgrounds(self.map.view, settings, cache, self)
        self.autosave = Autosave(self.session, data, self)
        self.tool_box = ToolBox(self.session, self.map)
        self.orders = Orders(self.flight, self)
        self.divide = Divide(self.flight, self)
        self.do = WindowActions(self)
        self.clips = WindowClips(self)
        self.actions_table = Actions(all_rows(self), self, self.theme)
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
        self._connect()
        self._dress()
        self.resize((self.screen().availableSize() - FRAME_PX).boundedTo(LARGEST_PX))
        self.reset_layout()
        self._restore_layout()
        self.timeline.show_chart(self.settings.get("window/chart", not self.docks.low))
        self.use_tool("select")
        self.backgrounds.restore()
        self._on_file()

    # --------------------------------------------------------------------------------- the parts

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
        self.flight_panel = FlightPanel(self.session, self.settings)
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
            self.session, self.settings, self.map.plan_layer, self.actions_table.button
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

    def _connect(self) -> None:
        session = self.session
        for signal in (
            session.mission_changed,
            session.plan_changed,
            session.results_changed,
            session.selection_changed,
            session.file_changed,
            self.planning.running_changed,
            self.settings.units_changed,
        ):
            signal.connect(self.actions_table.refresh)
        self.planning.running_changed.connect(self._say_next)
        self.planning.message.connect(self._say_next)
        session.undo_stack.indexChanged.connect(self._name_steps)
        session.file_changed.connect(self._on_file)
        session.mission_changed.connect(self._on_mission)
        session.selection_changed.connect(self._on_selection)
        session.mission_opened.connect(self.hide_welcome)
        self.files.failed.connect(self.do.show_problem)
        self.files.told.connect(self.tell)
        self.files.background_wanted.connect(self.add_background_file)
        self.backgrounds.changed.connect(self._on_background)
        self.backgrounds.prefetched.connect(self._on_prefetched)
        self.planning.done.connect(self._on_planned)
        self.planning.running_changed.connect(self.do.go_on_comparing)
        self.map.view.cursor_moved.connect(self._on_cursor)
        self.settings.theme_changed.connect(self._dress)
        self.settings.theme_changed.connect(self._settle)
        self.settings.theme_changed.connect(self.actions_table.refresh)
        QApplication.clipboard().dataChanged.connect(self.actions_table.refresh)
        self.tool_box.taken.connect(self._on_tool)
        self.tool_box.finished.connect(self._after_tool)
        self.tool_box.menu_wanted.connect(self._show_map_menu)
        self.tool_box.insert_wanted.connect(lambda: self.actions_table.trigger("edit.insert"))
        self.flight.changed.connect(self._on_flight)
        self.timeline.playing_changed.connect(self._on_playing)
        self.flight_bar.ordered.connect(self.orders.give)
        self.fly_panel.divide_wanted.connect(self.divide.start)
        self.divide.planned.connect(self.do.show_new_plan)
        self.divide.failed.connect(self.fly_panel.problem.setText)

    # -------------------------------------------------------------------------------- what happens

    def _dress(self) -> None:
        self.theme = theme_of(self.settings.theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self.theme, field_mode=self.settings.field_mode)
        self.corner_bar.be_large(on=self.settings.field_mode)
        self.map.show_corner(self.corner_bar)
        self.tool_box.select.handles.reach_px = (
            TOUCH_PX / 2 if self.settings.field_mode else REACH_PX
        )
        self.actions_table.dress(self.theme)
        self.map.view.theme = self.theme
        self.timeline.chart.theme = self.theme
        self.map.mission_layer.rebuild()
        self.map.view.viewport().update()

    def _settle(self) -> None:
        """Give everything its place again after a change of its size."""

        def settle() -> None:
            self.timeline.show_chart(self.timeline.opener.isChecked())
            self.docks.settle()
            self.tool_bar.fit()

        QTimer.singleShot(0, self, settle)

    @property
    def tool_name(self) -> str:
        """The tool in hand."""
        return self.tool_box.name

    def use_tool(self, name: str) -> None:
        """Give the mouse another meaning."""
        if name != "select":
            self.hide_welcome()
        self.tool_box.take(name)

    def docks_toggle(self) -> None:
        """Leave the window to the map, or bring the panels back."""
        self.docks.toggle_all()

    def _on_tool(self) -> None:
        self.actions_table.refresh()

    def _after_tool(self, last: str) -> None:
        """Go on with what the user most likely wants next."""
        if last == "uav":
            self.steps.setCurrentIndex(1)
        elif last.startswith(("area", "zone")):
            self.steps.setCurrentIndex(0)
        self._say_next()

    def _on_flight(self) -> None:
        """Show the vehicles rather than their preview while there are any."""
        self.actions_table.refresh()
        watching = self.flight.watching
        if watching and not self.map.plan_layer.ghosts:
            self.timeline.stop()
            self.session.set_time(None)
        self.map.plan_layer.show_ghosts(on=watching)

    def _on_playing(self) -> None:
        """Call the button that plays what it does now."""
        words = (tr("&Play the flight"), tr("Play"), "play")
        if self.timeline.playing:
            words = (tr("&Pause the flight"), tr("Pause"), "pause")
        self.actions_table.rename("view.play", *words)

    def _on_mission(self) -> None:
        self.hide_welcome()
        self._say_next()

    def _say_next(self) -> None:
        """Say over the map what comes next, unless a tool says what it does."""
        if self.tool_name == "select" and not self.map.view.tool_is_dragging():
            words = next_step(self.session, self.planning)
            self.map.say(words, problem=bool(self.map.mission_layer.crossing))

    def _on_selection(self) -> None:
        chosen = self.session.selection
        if chosen is not None and self.map.view.hasFocus():
            self.steps.setCurrentIndex(1 if chosen.kind == "uav" else 0)

    def _show_map_menu(self, at: QPoint) -> None:
        """Offer what can be done with what lies under the pointer, and at that place."""
        menu = self.map_menu = QMenu(self)
        port = self.map.view.viewport()
        place = self.map.view.place_at(QPointF(port.mapFromGlobal(at)))
        chosen = self.session.selection
        names: list[str] = []
        if chosen is not None:
            names += ["edit.insert"] if self.do.has_edges() else []
            names += ["edit.along_edge"] if self.do.has_area_edge() else []
            names += ["edit.any_direction"] if self.do.has_direction() else []
            names += ["edit.coordinates", "edit.cut", "edit.copy", "edit.duplicate", "edit.delete"]
        else:
            names += ["edit.paste", "draw.area", "draw.zone", "draw.uav"]
        menu.addActions([self.actions_table[name] for name in names])
        menu.addSeparator()
        if chosen is not None and chosen.kind == "uav":
            menu.addAction(tr("Land here"), lambda: self.do.land_at(place))
        menu.addAction(tr("Place a UAV here"), lambda: self.do.place_uav(place))
        menu.addAction(tr("Copy the coordinates of this place"), lambda: self.do.copy_place(place))
        menu.addAction(self.actions_table["view.fit"])
        menu.popup(at)

    def _name_steps(self) -> None:
        """Name in the Edit menu what will be undone and redone."""
        stack = self.session.undo_stack
        for name, word, step in (
            ("edit.undo", tr("&Undo"), stack.undoText()),
            ("edit.redo", tr("&Redo"), stack.redoText()),
        ):
            self.actions_table[name].setText(f"{word}: {step}" if step else word)

    def _on_file(self) -> None:
        name = self.session.title or tr("New mission")
        self.setWindowTitle(f"{name}[*] - mcpp")
        self.setWindowModified(self.session.dirty)

    def _on_cursor(self, place: LonLat | None) -> None:
        self.place_label.setText("" if place is None else lon_lat_text(place))

    def _on_background(self) -> None:
        self.map_label.setText(self.backgrounds.state_words())
        self.actions_table.refresh()

    def _on_prefetched(self, done: int, total: int) -> None:
        self.tell(tr("Fetched {0} of {1} tiles", done, total))

    def _on_planned(self) -> None:
        self.docks["timeline"].show()
        self.docks.bring("result")
        self._say_next()

    def tell(self, words: str) -> None:
        """Say something that needs no answer."""
        self.statusBar().showMessage(words, TELL_MS)

    # ---------------------------------------------------------------------------------- the layout

    def reset_layout(self) -> None:
        """Put all panels in their first places."""
        self.timeline.show_chart(not self.docks.low)
        self.docks.reset(timeline=self.session.plan is not None)

    def _restore_layout(self) -> None:
        geometry = self.settings.get_bytes("window/geometry")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        self.docks.restore()

    def start(self, path: Path | None) -> None:
        """Begin: open a file or show what can be opened; then warm up the planner."""
        if path is not None:
            self.files.open(path)
        else:
            self.show_welcome()
        QTimer.singleShot(WARM_UP_MS, self, self.planning.warm_up)

    def show_welcome(self) -> None:
        """Show what can be opened."""
        panel = WelcomePanel(
            self.settings,
            self.theme,
            self.actions_table.trigger,
            self.files.open,
            self.files.recover,
            self.map,
        )
        panel.fill(find_recovered(self._data))
        self.map.show_card(panel)

    def hide_welcome(self) -> None:
        """Take the welcome panel away."""
        self.map.show_card(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.files.drop(Path(url.toLocalFile()))

    def leave(self) -> None:
        """Close without a question: another window goes on with the session."""
        self._reopening = True
        self.close()

    def take_over(self, former: Session) -> None:
        """Go on with the mission and the shown plan of another window."""
        shown = former.finished
        plan = None if shown is None else shown.plan
        self.session.open(former.mission, former.path, plan, saved=not former.dirty)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._reopening and not (self.do.may_leave_running() and self.files.may_discard()):
            event.ignore()
            return
        self.settings.put_bytes("window/geometry", self.saveGeometry())
        self.docks.save()
        self.settings.put("window/chart", self.timeline.opener.isChecked())
        self.settings.place = (self.map.view.middle(), self.map.view.zoom)
        self.settings.sync()
        self.divide.close()
        self.fly_panel.close_links()
        self.planning.close()
        self.backgrounds.close()
        self.autosave.close()
        event.accept()

    def restore_settings(self, result: Result) -> None:
        """Make the settings of a result those of the mission."""
        self.session.edit(tr("Use the settings of plan {0}", result.number), result.mission)

    def add_background_file(self, path: Path) -> None:
        """Lay a file over the background."""
        try:
            self.backgrounds.add_file(path, go=not self.session.mission.area)
        except McppError as error:
            self.do.show_problem(str(error))
            return
        self.hide_welcome()
        self.tell(tr("Added {0}", path.name))
