"""Forms made from fields: each value with its unit, its limits, and what is wrong with it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.fields import Field
from gui.settings import Settings
from mcpp.errors import InputError


def polish(widget: QWidget) -> None:
    """Let a changed property show in the style."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Make a label of a role that the theme knows."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        result.setProperty("role", role)
    if wrap:
        result.setWordWrap(True)
        result.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return result


class Message(QLabel):
    """Words that come and go: without words it takes no room."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.hide()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setVisible(bool(text))


def scrolled(panel: QWidget) -> QScrollArea:
    """Put a panel in a window that is scrolled up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    # a panel is never cut at its side: long words of another language make it wider
    area.setMinimumWidth(
        panel.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width()
    )
    return area


class ValueLine(QLineEdit):
    """A line that takes back what is typed in it, and else leaves undo and redo to the window."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            typed = self.isModified() and (self.isUndoAvailable() or self.isRedoAvailable())
            if not typed and any(event.matches(key) for key in (keys.Undo, keys.Redo)):
                event.ignore()
                return False
        return super().event(event)


SEARCHED = 10
"""Of so many choices, some are found by typing a part of their names."""


class SearchBox(QComboBox):
    """A list of choices that is searched by typing: any part of a name finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        found, line = self.completer(), self.lineEdit()
        assert found is not None
        assert line is not None
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line = line
        line.editingFinished.connect(self._settle)
        line.setCursorPosition(0)

    def _settle(self) -> None:
        """Take the choice whose name was typed, or the only one that holds it; else the former."""
        text = self.line.text().strip().casefold()
        rows = [row for row in range(self.count()) if text in self.itemText(row).casefold()]
        whole = [row for row in rows if self.itemText(row).casefold() == text]
        before = self.currentIndex()
        row = (whole or rows)[0] if text and len(whole or rows) == 1 else before
        self.setCurrentIndex(row)
        self.line.setText(self.itemText(row))
        self.line.setCursorPosition(0)
        if row != before:
            self.activated.emit(row)


class FieldEdit(QWidget):
    """Edits one value.

    Signals
    -------
    edited
        A right value was given.
    """

    edited = Signal(object)

    def __init__(self, field: Field, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._settings = settings
        self._value: Any = None
        self._default: Any = None
        self._offered: tuple[str, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.line: QLineEdit | None = None
        self.box: QComboBox | None = None
        self.check: QCheckBox | None = None
        layout.addWidget(self._make_editor())
        layout.addWidget(self.error)
        self.setToolTip(f"{field.help} {field.limits(settings.units)}".strip())

    def _make_editor(self) -> QWidget:
        if self.field.kind == "flag":
            self.check = QCheckBox(self.field.title)
            self.check.clicked.connect(lambda on: self.edited.emit(on))
            return self.check
        if self.field.kind == "choice":
            return self._make_choice()
        self.line = ValueLine()
        self.line.setAccessibleName(self.field.title)
        self.line.editingFinished.connect(self._take_line)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.line, 1)
        self._unit = label(self.field.unit(self._settings.units), "quiet")
        if self._unit.text():
            self._unit.setMinimumWidth(26)
            inside.addWidget(self._unit)
        self._settings.units_changed.connect(self._show)
        return row

    def _make_choice(self) -> QComboBox:
        names = self._names()
        box = self.box = SearchBox() if len(names) >= SEARCHED else QComboBox()
        box.setAccessibleName(self.field.title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fill(box, names)
        box.activated.connect(lambda _index: self.edited.emit(box.currentData()))
        return box

    def _names(self) -> tuple[str, ...]:
        return self.field.choices() if self.field.choices else ()

    def _fill(self, box: QComboBox, names: tuple[str, ...]) -> None:
        """Offer some choices; own ones of a mission come and go with it."""
        self._offered = names
        box.clear()
        if self.field.optional:
            box.addItem(self.field.empty, None)
        for choice in names:
            box.addItem(self.field.name_of(choice), choice)

    def show_value(self, value: Any, default: Any = None) -> None:
        """Show a value; `default` is what holds where there is none."""
        if self.line is not None and self.line.hasFocus() and self.line.isModified():
            return  # what the user types is not overwritten
        self._value, self._default = value, default
        self._show()

    def _show(self) -> None:
        if self.check is not None:
            self.check.setChecked(bool(self._value))
        elif self.box is not None:
            names = self._names()
            if names != self._offered:
                self._fill(self.box, names)
            at = self.box.findData(self._value)
            if at < 0 and self._value is not None:
                self.box.addItem(str(self._value), self._value)
                at = self.box.count() - 1
            self.box.setCurrentIndex(max(at, 0))
        elif self.line is not None:
            units = self._settings.units
            self._unit.setText(self.field.unit(units))
            self.line.setText(self.field.show(self._value, units))
            self.line.setCursorPosition(0)
            default = self.field.show(self._default, units)
            self.line.setPlaceholderText(
                f"{default}  ({self.field.empty})" if default else self.field.empty
            )
            self._mark(None)

    def _take_line(self) -> None:
        if self.line is None or not self.line.isModified():
            return
        try:
            value = self.field.parse(self.line.text(), self._settings.units)
        except InputError as error:
            self._mark(str(error))
            return
        self.line.setModified(False)
        self._mark(None)
        if value != self._value:
            self.edited.emit(value)

    def _mark(self, wrong: str | None) -> None:
        if self.line is None:
            return
        self.error.setText(wrong or "")
        self.error.setVisible(wrong is not None)
        if self.line.property("wrong") != (wrong is not None):
            self.line.setProperty("wrong", wrong is not None)
            polish(self.line)


class FieldForm(QWidget):
    """A form of some fields.

    Parameters
    ----------
    read
        Gives the object whose attributes are shown, or None for nothing.
    write
        Takes a field and its new value.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        settings: Settings,
        read: Callable[[], Any],
        write: Callable[[Field, Any], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self.edits: dict[str, FieldEdit] = {}
        self._titles: dict[str, QLabel] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(10)
        layout.setVerticalSpacing(7)
        layout.setColumnStretch(1, 1)
        for row, field in enumerate(fields):
            edit = self.edits[field.key] = FieldEdit(field, settings)
            edit.edited.connect(lambda value, field=field: write(field, value))
            if field.kind == "flag":
                layout.addWidget(edit, row, 0, 1, 2)
                continue
            title = label(field.title, wrap=False)
            title.setToolTip(edit.toolTip())
            title.setBuddy(edit.line or edit.box or edit)
            self._titles[field.key] = title
            layout.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            title.setMinimumHeight(28)
            layout.addWidget(edit, row, 1)

    def show_row(self, key: str, *, on: bool) -> None:
        """Show a value with its title, or hide both."""
        self.edits[key].setVisible(on)
        self._titles[key].setVisible(on)

    def refresh(self, defaults: dict[str, Any] | None = None) -> None:
        """Show the values as they are now."""
        source = self._read()
        self.setEnabled(source is not None)
        if source is None:
            return
        for key, edit in self.edits.items():
            edit.show_value(getattr(source, key), (defaults or {}).get(key))
