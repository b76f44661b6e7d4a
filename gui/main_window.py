"""The window: menus and tool bars from the table of actions, panels in docks about the map."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from gui import jobs
from gui.action_rows import all_rows
from gui.autosave import find_recovered
from gui.guide import next_step
from gui.i18n import tr
from gui.panels.welcome import WelcomePanel
from gui.session import Session
from gui.settings import Settings
from gui.units import lon_lat_text
from gui.window.clipboard import WindowClips
from gui.window.frame import Frame
from gui.window.ground import GroundActions
from gui.window.launches import LaunchActions
from gui.window.looks import LookActions
from gui.window.map_menu import map_menu
from gui.window.missions import MissionActions
from gui.window.outputs import OutputActions
from gui.window.plans import PlanActions
from gui.window.search import SearchActions
from gui.window.shapes import ShapeActions
from gui.window.sources import SourceActions
from gui.window.words import WordActions
from mcpp.model import LonLat

WARM_UP_MS = 300
TELL_MS = 6000
FRAME_PX = QSize(12, 44)
"""What a desktop's frame adds to a window."""
LARGEST_PX = QSize(1840, 1160)


class MainWindow(Frame):
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
        super().__init__(settings, data=data, cache=cache, command=command)
        self._data = data
        self._reopening = False
        self.setAcceptDrops(True)
        self.missions = MissionActions(self)
        self.shapes = ShapeActions(self)
        self.clips = WindowClips(self)
        self.launches = LaunchActions(self)
        self.plans = PlanActions(self)
        self.outputs = OutputActions(self)
        self.looks = LookActions(self)
        self.sources = SourceActions(self)
        self.ground_actions = GroundActions(self)
        self.search_actions = SearchActions(self)
        self.words = WordActions(self)
        self.make_parts(all_rows(self))
        self._connect()
        self.looks.dress()
        self.resize((self.screen().availableSize() - FRAME_PX).boundedTo(LARGEST_PX))
        self.reset_layout()
        self._restore_layout()
        self.timeline.show_chart(self.settings.get("window/chart", not self.docks.low))
        self.use_tool("select")
        self.backgrounds.restore()
        self._on_file()

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
        self.files.failed.connect(self.words.show_problem)
        self.files.told.connect(self.tell)
        self.files.background_wanted.connect(self.sources.add_file)
        self.backgrounds.changed.connect(self._on_background)
        self.backgrounds.prefetched.connect(self._on_prefetched)
        self.ground.changed.connect(self.actions_table.refresh)
        self.ground.failed.connect(self.words.show_problem)
        self.ground.loaded.connect(self.ground_actions.show_loaded)
        self.planning.done.connect(self._on_planned)
        self.planning.running_changed.connect(self.plans.go_on_comparing)
        self.map.view.cursor_moved.connect(self._on_cursor)
        self.settings.theme_changed.connect(self.looks.dress)
        self.settings.theme_changed.connect(self.looks.settle)
        self.settings.theme_changed.connect(self.actions_table.refresh)
        QApplication.clipboard().dataChanged.connect(self.actions_table.refresh)
        self.tool_box.taken.connect(self.actions_table.refresh)
        self.tool_box.finished.connect(self._after_tool)
        self.tool_box.menu_wanted.connect(self._show_map_menu)
        self.tool_box.insert_wanted.connect(lambda: self.actions_table.trigger("edit.insert"))
        self.flight.changed.connect(self._on_flight)
        self.timeline.playing_changed.connect(self._on_playing)
        self.flight_bar.ordered.connect(self.orders.give)
        self.fly_panel.divide_wanted.connect(self.divide.start)
        self.divide.planned.connect(self.plans.show_new_plan)
        self.divide.failed.connect(self.fly_panel.problem.setText)

    # -------------------------------------------------------------------------------- what happens

    @property
    def tool_name(self) -> str:
        """The tool in hand."""
        return self.tool_box.name

    def use_tool(self, name: str) -> None:
        """Give the mouse another meaning."""
        if name != "select":
            self.hide_welcome()
        self.tool_box.take(name)

    def _after_tool(self, last: str) -> None:
        """Go on with what the user most likely wants next."""
        if last == "uav":
            self.steps.setCurrentIndex(1)
        elif last not in {"measure", "datum"}:
            self.steps.setCurrentIndex(0)
        if last.startswith("crew"):
            self.launches.tell_of_crew()
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
        self.backgrounds.show_ground(self.ground.file)
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
        self.map_menu = map_menu(self, at)
        self.map_menu.popup(at)

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
        if not self._reopening and not (
            self.missions.may_leave_running() and self.files.may_discard()
        ):
            event.ignore()
            return
        self.settings.put_bytes("window/geometry", self.saveGeometry())
        self.docks.save()
        self.settings.put("window/chart", self.timeline.opener.isChecked())
        self.settings.place = (self.map.view.middle(), self.map.view.zoom)
        self.settings.sync()
        self.divide.close()
        self.ground.close()
        self.fly_panel.close_links()
        self.planning.close()
        self.backgrounds.close()
        self.autosave.close()
        event.accept()
