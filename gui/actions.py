"""All actions in one table: menus, tool bars, panels, tests and the list of shortcuts read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget

from gui import icons
from gui.theme import Theme


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action.

    Attributes
    ----------
    id
        ``menu.name``.
    icon
        Name in `gui.icons`; empty for none.
    enabled
        Whether it can be done now.
    checked
        Whether it is on; None for an action that is not switched.
    group
        Actions of one group exclude each other.
    short
        Title for buttons; empty for the title itself.
    also
        Further shortcuts, for those who come from other programs.
    """

    id: str
    title: str
    tip: str
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    group: str = ""
    short: str = ""
    also: tuple[str, ...] = ()

    @property
    def menu(self) -> str:
        """Id of the menu that holds it."""
        return self.id.partition(".")[0]


class ActionButton(QToolButton):
    """A button that does an action and looks as the action is."""

    def __init__(self, action: QAction, text: str) -> None:
        super().__init__()
        self._action = action
        self._own_text = text
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(action.isCheckable())
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._own_text or self._action.iconText())
        self.setAccessibleName(self.text())
        self.setIcon(self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())


class Actions(QObject):
    """The table as Qt's actions.

    Parameters
    ----------
    rows
        In the order of the menus.
    """

    def __init__(self, rows: Iterable[ActionRow], window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.rows = {row.id: row for row in rows}
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._icons = {name: row.icon for name, row in self.rows.items() if row.icon}
        self._theme = theme
        for row in self.rows.values():
            self._actions[row.id] = self._make(row, window)
        self.dress(theme)
        self.refresh()

    def _make(self, row: ActionRow, window: QWidget) -> QAction:
        action = QAction(row.title, window)
        action.setObjectName(row.id)
        keys = f" ({QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
        tip = row.tip + (keys if row.shortcut else "")
        action.setToolTip(tip)
        action.setStatusTip(tip)
        if row.short:
            action.setIconText(row.short)
        if row.shortcut:
            action.setShortcuts([QKeySequence(keys) for keys in (row.shortcut, *row.also)])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if row.checked is not None:
            action.setCheckable(True)
            action.setIconVisibleInMenu(False)  # menus show there whether it is on
        if row.group:
            group = self._groups.get(row.group)
            if group is None:
                group = self._groups[row.group] = QActionGroup(self)
            group.addAction(action)
        action.triggered.connect(lambda _checked=False, row=row: self._run(row))
        window.addAction(action)
        return action

    def _run(self, row: ActionRow) -> None:
        row.run()
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def trigger(self, name: str) -> None:
        """Do an action by its id, if it can be done now."""
        self._actions[name].trigger()

    def refresh(self) -> None:
        """Look again what can be done and what is on."""
        for name, row in self.rows.items():
            action = self._actions[name]
            if row.enabled is not None:
                action.setEnabled(row.enabled())
            if row.checked is not None:
                action.setChecked(row.checked())

    def dress(self, theme: Theme) -> None:
        """Draw the icons in the colours of a theme."""
        self._theme = theme
        for name, icon in self._icons.items():
            self._actions[name].setIcon(icons.icon(icon, theme))

    def rename(self, name: str, title: str, short: str, icon: str) -> None:
        """Give an action other words and another icon: it does the opposite now."""
        self._actions[name].setText(title)
        self._actions[name].setIconText(short)
        self._icons[name] = icon
        self._actions[name].setIcon(icons.icon(icon, self._theme))

    def button(self, name: str, text: str = "") -> QToolButton:
        """Make a button of an action, under its own short title or another one."""
        button = ActionButton(self._actions[name], text)
        button.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if self.rows[name].icon
            else Qt.ToolButtonStyle.ToolButtonTextOnly
        )
        return button

    def in_menu(self, menu: str) -> list[ActionRow]:
        """List the actions of a menu, by its id."""
        return [row for row in self.rows.values() if row.menu == menu]
