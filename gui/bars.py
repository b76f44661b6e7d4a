"""The menus and the tool bar of a window, from the table of actions."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from gui.action_rows import menus
from gui.actions import Actions
from gui.i18n import tr
from gui.settings import Settings

_HEADS = frozenset(
    {
        "file.save",
        "file.export",
        "file.welcome",
        "edit.cut",
        "edit.insert",
        "view.layer_regions",
        "view.map_only",
        "map.ground_file",
        "map.likely",
        "help.about",
    }
)
"""Actions with a line over them in their menus."""
_ALL = (
    "file.new", "file.open", "file.save", "",
    "edit.undo", "edit.redo", "",
    "draw.select", "draw.area", "draw.corridor", "draw.zone", "draw.uav", "draw.measure",
    "view.fit", "",
    "plan.run", "file.export", "fly.panel",
)  # fmt: skip
_MOST = tuple(name for name in _ALL if name != "view.fit")
"""Without what stands on the map, too."""
_FEW = (
    "file.open", "file.save", "edit.undo", "",
    "draw.select", "draw.area", "draw.corridor", "draw.zone", "draw.uav", "",
    "plan.run", "file.export", "fly.panel",
)  # fmt: skip
_LEAST = (
    "draw.select", "draw.area", "draw.corridor", "draw.zone", "draw.uav", "",
    "plan.run", "file.export", "fly.panel",
)  # fmt: skip
_CHIEF = frozenset({"plan.run", "file.export", "fly.panel"})
"""Named at each width: what the work ends with."""
_KINDS = {
    "draw.area": ("draw.area", "draw.area_rectangle", "draw.area_circle"),
    "draw.corridor": ("draw.corridor", "draw.orbit", "draw.perimeter", "draw.facade"),
    "draw.zone": ("draw.zone", "draw.zone_rectangle", "draw.zone_circle"),
    "draw.uav": ("draw.uav", "draw.crew", "draw.crew_rectangle", "draw.crew_circle"),
}
_LEVELS = ((_ALL, True), (_MOST, True), (_ALL, False), (_FEW, False), (_LEAST, False))


def make_menus(window: QMainWindow, actions: Actions) -> dict[str, QMenu]:
    """Fill the menu bar; give the menus by their ids."""
    made = {}
    for name, title in menus():
        menu = made[name] = window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        group = ""
        for row in actions.in_menu(name):
            if menu.actions() and (row.group != group or row.id in _HEADS):
                menu.addSeparator()
            group = row.group
            menu.addAction(actions[row.id])
    return made


class RecentMenu(QMenu):
    """The files that were opened last."""

    def __init__(
        self, settings: Settings, open_path: Callable[[Path], object], parent: QWidget
    ) -> None:
        super().__init__(tr("Open &recent"), parent)
        self._settings = settings
        self._open = open_path
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)
        settings.recent_changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for number, path in enumerate(self._settings.recent, 1):
            action = self.addAction(f"&{number}  {path.name}")
            action.setToolTip(str(path))
            action.triggered.connect(lambda _on=False, path=path: self._open(path))
        self.setEnabled(bool(self._settings.recent))


class ToolBar(QToolBar):
    """Shows as many tools, as large, as there is room for: none falls off at the end."""

    def __init__(self, actions: Actions) -> None:
        super().__init__(tr("Tools"))
        self._table = actions
        self._level = -1
        self._menus = {name: QMenu(self) for name in _KINDS}
        for name, kinds in _KINDS.items():
            self._menus[name].addActions([actions[kind] for kind in kinds])
        self.setObjectName("tools")
        self.setIconSize(QSize(22, 22))
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self._fill(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Choose the largest form that fits in the width."""
        for level in range(len(_LEVELS)):
            self._fill(level)
            if self.sizeHint().width() <= self.width():
                return

    def _fill(self, level: int) -> None:
        if level == self._level:
            return
        self._level = level
        names, words = _LEVELS[level]
        self.clear()
        for name in names:
            if not name:
                self.addSeparator()
                continue
            self.addAction(self._table[name])
            button = self.widgetForAction(self._table[name])
            if isinstance(button, QToolButton):
                self._dress(button, name, words=words)

    def _dress(self, button: QToolButton, name: str, *, words: bool) -> None:
        style = Qt.ToolButtonStyle
        if words:
            button.setToolButtonStyle(style.ToolButtonTextUnderIcon)
        else:
            chief = name in _CHIEF
            button.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if chief else style.ToolButtonIconOnly
            )
        button.setAccessibleName(self._table[name].iconText())
        if name in self._menus:
            button.setMenu(self._menus[name])
            button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
