"""Where panels stand about the map: side by side where there is room, else as tabs."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from gui.settings import Settings

LAYOUT_VERSION = 2
NARROW_PX, LOW_PX = 1400, 900
"""Windows less wide have all panels in one column; in less high ones the timeline is one line."""
SIDE_PX, RIGHT_PX, TIMELINE_PX = 340, 372, 185
_AREA = Qt.DockWidgetArea
_COLUMN = ("mission", "result", "fly")


class Docks(QObject):
    """Keeps the panels of a window in their places.

    As long as nobody has moved a panel by hand, they follow the window's width.
    """

    def __init__(self, window: QMainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._docks: dict[str, QDockWidget] = {}
        self._arranging = False
        self._automatic = True
        self.narrow: bool | None = None
        window.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowTabbedDocks
        )
        window.setTabPosition(_AREA.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, _AREA.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, _AREA.RightDockWidgetArea)
        window.installEventFilter(self)

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    def values(self) -> list[QDockWidget]:
        """List all docks."""
        return list(self._docks.values())

    def add(self, name: str, title: str, panel: QWidget) -> None:
        """Put a panel in a dock of its own; `reset` gives it its place."""
        dock = self._docks[name] = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        dock.dockLocationChanged.connect(self._on_moved)
        dock.topLevelChanged.connect(self._on_moved)

    def _on_moved(self) -> None:
        if not self._arranging and self._window.isVisible():
            self._automatic = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._automatic and self._docks:
            narrow = self._window.width() < NARROW_PX
            if narrow != self.narrow and self.narrow is not None:
                self._arrange(narrow=narrow)
        return super().eventFilter(watched, event)

    @property
    def low(self) -> bool:
        """Whether the window is too low, or too narrow, for the timeline's chart."""
        return self._window.height() < LOW_PX or self._window.width() < NARROW_PX

    def reset(self, *, timeline: bool) -> None:
        """Put all panels in their first places; the timeline only where there is a plan."""
        self._automatic = True
        for dock in self._docks.values():
            dock.show()
        self._arrange(narrow=self._window.width() < NARROW_PX)
        self._docks["timeline"].setVisible(timeline)

    def _arrange(self, *, narrow: bool) -> None:
        """Lay the panels out for a narrow or a wide window; what is hidden stays hidden."""
        self._arranging = True
        self.narrow = narrow
        shown = [name for name, dock in self._docks.items() if not dock.isHidden()]
        column = _COLUMN if narrow else _COLUMN[1:]
        front = next((n for n in column if not self._docks[n].visibleRegion().isEmpty()), column[0])
        for dock in self._docks.values():
            self._window.removeDockWidget(dock)
            dock.setFloating(False)
        right = _AREA.LeftDockWidgetArea if narrow else _AREA.RightDockWidgetArea
        for name, area in (
            ("mission", _AREA.LeftDockWidgetArea),
            ("result", right),
            ("fly", right),
        ):
            self._window.addDockWidget(area, self._docks[name])
        if narrow:
            self._window.tabifyDockWidget(self._docks["mission"], self._docks["result"])
        self._window.tabifyDockWidget(self._docks["result"], self._docks["fly"])
        self._window.addDockWidget(_AREA.BottomDockWidgetArea, self._docks["timeline"])
        for name, dock in self._docks.items():
            self._slim(dock, slim=narrow)
            dock.setVisible(name in shown)
        self._hide_left_tabs()
        self._docks[front].raise_()
        sides = [self._docks["mission"]] + ([] if narrow else [self._docks["result"]])
        self._window.resizeDocks(
            sides, [SIDE_PX, RIGHT_PX][: len(sides)], Qt.Orientation.Horizontal
        )
        self._window.resizeDocks([self._docks["timeline"]], [TIMELINE_PX], Qt.Orientation.Vertical)
        self._arranging = False

    def _hide_left_tabs(self) -> None:
        """Hide rows of tabs that Qt has left behind where docks were tabs before.

        The living one is that whose current tab changes with the dock in front.
        """
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = [bar for bar in self._window.findChildren(QTabBar, options=direct) if bar.count()]
        seen: dict[QTabBar, set[int]] = {bar: set() for bar in bars}
        for name in _COLUMN:
            self._docks[name].raise_()
            for bar in bars:
                seen[bar].add(bar.currentIndex())
        for bar, indices in seen.items():
            if len(indices) < 2:
                bar.hide()

    @staticmethod
    def _slim(dock: QDockWidget, *, slim: bool) -> None:
        """Take a dock's title away where its tab says the same, or give it back."""
        if slim == (dock.titleBarWidget() is not None):
            return
        former = dock.titleBarWidget()
        if slim:
            dock.setTitleBarWidget(QWidget(dock))
        else:
            # None is Qt's own title again; PySide's stubs know of no None
            dock.setTitleBarWidget(None)  # type: ignore[arg-type]
            former.deleteLater()

    def settle(self) -> None:
        """Lay the panels out again: buttons and tabs have become larger or smaller."""
        if self._automatic and self.narrow is not None:
            self._arrange(narrow=self.narrow)

    def bring(self, name: str) -> None:
        """Show a panel in front of those that share its place."""
        self._docks[name].show()
        self._docks[name].raise_()

    def toggle_all(self) -> None:
        """Leave the window to the map, or bring the panels back."""
        shown = any(not dock.isHidden() for dock in self._docks.values())
        for name, dock in self._docks.items():
            dock.setVisible(not shown and name != "timeline")

    def save(self) -> None:
        """Remember the places."""
        self._settings.put("window/automatic", self._automatic)
        self._settings.put_bytes("window/state", self._window.saveState(LAYOUT_VERSION))

    def restore(self) -> None:
        """Put the panels where they were."""
        state = self._settings.get_bytes("window/state")
        if state.isEmpty():
            return
        self._arranging = True
        if self._window.restoreState(state, LAYOUT_VERSION):
            self._automatic = self._settings.get("window/automatic", True)
        self._arranging = False
