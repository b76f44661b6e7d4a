"""What is set once: language, units, colours, size of buttons."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.settings import Settings
from gui.units import UnitSystem


class PreferencesDialog(QDialog):
    """Each choice holds at once; there is nothing to confirm."""

    def __init__(
        self,
        settings: Settings,
        languages: list[tuple[str, str]],
        set_language: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._set_language = set_language
        self.setWindowTitle(tr("Preferences"))
        self.setMinimumWidth(380)
        layout = QVBoxLayout(self)
        form = QFormLayout()
        layout.addLayout(form)
        units = (
            (UnitSystem.METRIC.value, tr("Metres")),
            (UnitSystem.IMPERIAL.value, tr("Feet and miles")),
        )
        colours = (
            ("system", tr("Colours of the system")),
            ("light", tr("Light")),
            ("dark", tr("Dark")),
            ("contrast", tr("High contrast")),
        )
        self.language = _box(form, tr("Language"), languages, settings.get("language", ""))
        self.units = _box(form, tr("Units"), units, settings.units.value)
        self.theme = _box(form, tr("Colours"), colours, settings.theme)
        self.field_mode = QCheckBox(tr("Field mode: large buttons for gloves and touch"))
        self.field_mode.setChecked(settings.field_mode)
        layout.addWidget(self.field_mode)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.units.activated.connect(self._on_units)
        self.theme.activated.connect(self._on_theme)
        self.field_mode.clicked.connect(self._on_field_mode)
        self.language.activated.connect(self._on_language)

    def _on_units(self) -> None:
        self._settings.units = UnitSystem(self.units.currentData())

    def _on_theme(self) -> None:
        self._settings.theme = self.theme.currentData()

    def _on_field_mode(self, on: bool) -> None:
        self._settings.field_mode = on

    def _on_language(self) -> None:
        code = self.language.currentData()
        self.accept()  # the question that follows is the window's
        self._set_language(code)


def _box(
    form: QFormLayout,
    title: str,
    choices: "tuple[tuple[str, str], ...] | list[tuple[str, str]]",
    now: str,
) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(title)
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(box.findData(now), 0))
    form.addRow(title, box)
    return box
