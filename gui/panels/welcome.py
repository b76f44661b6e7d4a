"""What is seen first: start anew, open, go on, try the sample."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons
from gui.autosave import Recovered
from gui.i18n import tr
from gui.panels.forms import label
from gui.settings import Settings
from gui.theme import Theme

WIDTH_PX = 460


class WelcomePanel(QFrame):
    """A card over the map.

    Parameters
    ----------
    trigger
        Runs an action by its id.
    open_path
        Opens a file.
    recover
        Takes back what a crash has left.
    """

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        trigger: Callable[[str], None],
        open_path: Callable[[Path], object],
        recover: Callable[[Recovered], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._theme = theme
        self._trigger = trigger
        self._open_path = open_path
        self._recover = recover
        self.setProperty("role", "card")
        self.setMaximumWidth(WIDTH_PX)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(26, 22, 26, 22)
        self._layout.setSpacing(9)
        self.buttons: dict[str, QPushButton] = {}

    def fill(self, recovered: list[Recovered]) -> None:
        """Show the choices of now."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        title = label(tr("Plan a coverage mission"), "big")
        self._layout.addWidget(title)
        words = tr("Draw an area, add UAVs, press Plan, export. Works without internet.")
        self._layout.addWidget(label(words, "quiet", wrap=True))
        self._layout.addSpacing(4)
        for found in recovered[:2]:
            name = found.path.name if found.path else found.mission.name or tr("unnamed mission")
            when = found.changed.astimezone().strftime("%d %b %H:%M")
            made = self._add(
                "recover", tr("Recover “{0}”, unsaved since {1}", name, when), strong=True
            )
            made.clicked.connect(lambda _on=False, found=found: self._recover(found))
        start = self._add("new", tr("New mission: draw the area"), strong=not recovered)
        start.clicked.connect(lambda: self._trigger("draw.area"))
        self._add("open", tr("Open a mission, KML, GeoJSON or shapefile…")).clicked.connect(
            lambda: self._trigger("file.open")
        )
        self._add("sample", tr("Look at the sample: three UAVs, one field")).clicked.connect(
            lambda: self._trigger("file.sample")
        )
        if self._settings.recent:
            self._layout.addSpacing(4)
            self._layout.addWidget(label(tr("Recent"), "quiet"))
            for path in self._settings.recent[:4]:
                self._layout.addLayout(self._recent_row(path))
        self.adjustSize()

    def sizeHint(self) -> QSize:
        width = min(WIDTH_PX, self.maximumWidth())
        return QSize(width, self._layout.totalHeightForWidth(width))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        next(iter(self.buttons.values())).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focused, QPushButton
        ):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _add(self, name: str, words: str, *, strong: bool = False) -> QPushButton:
        button = QPushButton(words)
        colour = self._theme.accent_text if strong else self._theme.text
        button.setProperty("accent", strong)
        button.setIcon(icons.pixmap(name, colour, QSize(40, 40)))
        button.setIconSize(QSize(20, 20))
        button.setMinimumHeight(42)
        button.setStyleSheet("text-align: left; padding-left: 12px;")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.buttons.setdefault(name, button)
        self._layout.addWidget(button)
        return button

    def _recent_row(self, path: Path) -> QHBoxLayout:
        row = QHBoxLayout()
        button = QPushButton(path.name)
        button.setFlat(True)
        button.setToolTip(str(path))
        button.setStyleSheet("text-align: left; border: none; padding: 3px 6px;")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _on=False, path=path: self._open_path(path))
        folder = QLabel(path.parent.name)
        folder.setProperty("role", "quiet")
        row.addWidget(button)
        row.addStretch(1)
        row.addWidget(folder)
        self.buttons.setdefault(f"recent:{path}", button)
        return row
