"""Buttons on the map: zoom, show all, and what is shown."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.i18n import tr
from gui.map.plan_layer import LAYERS
from gui.theme import TOUCH_PX

SIDE_PX = 34


class CornerBar(QFrame):
    """A column of buttons under the north arrow."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.buttons: list[QToolButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(2)
        for name in ("view.zoom_in", "view.zoom_out", "view.fit"):
            layout.addWidget(self._sized(actions.button(name)))
        self.layers = actions.button("view.layers")
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addActions([actions[f"view.layer_{layer}"] for layer in LAYERS])
        menu.addSeparator()
        menu.addActions([actions[name] for name in actions.rows if name.startswith("map.")])
        self.menu = menu
        layout.addWidget(self._sized(self.layers))
        self.layers.setToolTip(tr("What the map shows"))
        self.adjustSize()

    def _sized(self, button: QToolButton) -> QToolButton:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(20, 20))
        button.setFixedSize(SIDE_PX, SIDE_PX)
        self.buttons.append(button)
        return button

    def be_large(self, *, on: bool) -> None:
        """Be large enough for gloves, or as small as a mouse needs it."""
        side = TOUCH_PX if on else SIDE_PX
        for button in self.buttons:
            button.setFixedSize(side, side)
        self.adjustSize()

    def show_menu(self) -> None:
        """Show what can be shown and hidden."""
        self.menu.popup(self.layers.mapToGlobal(self.layers.rect().bottomLeft()))
