"""What is seen, and how: layers, colours, units, language, the film of the flight."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.i18n import LANGUAGES, tr
from gui.map.shape_handles import REACH_PX
from gui.panels.preferences import PreferencesDialog
from gui.theme import TOUCH_PX, apply_theme, theme_of
from gui.units import UnitSystem

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class LookActions(QObject):
    """Does it for one window, and as long as there is that window: settings outlive it."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.w = window

    def toggle_play(self) -> None:
        """Play the flight, or stop."""
        self.w.docks["timeline"].show()
        self.w.timeline.toggle()

    def toggle_layer(self, name: str) -> None:
        """Show or hide a layer of the plan."""
        layer = self.w.map.plan_layer
        layer.set_visible(name, on=name not in layer.visible)

    def corner_bar_menu(self) -> None:
        """Show what the map can show."""
        self.w.corner_bar.show_menu()

    def set_theme(self, name: str) -> None:
        """Choose the colours."""
        self.w.settings.theme = name

    def toggle_field_mode(self) -> None:
        """Make buttons large enough for gloves, or small again."""
        self.w.settings.field_mode = not self.w.settings.field_mode

    def set_units(self, system: UnitSystem) -> None:
        """Choose the units."""
        self.w.settings.units = system

    def show_preferences(self) -> None:
        """Choose language, units, colours and the size of buttons."""
        dialog = PreferencesDialog(self.w.settings, self.languages(), self.set_language, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def languages(self) -> list[tuple[str, str]]:
        """List the languages: code and name."""
        return [(code, tr(name) if not code else name) for code, name in LANGUAGES.items()]

    def set_language(self, code: str) -> None:
        """Choose the language; offer to build the window anew in it at once."""
        if code == self.w.settings.get("language", ""):
            return
        self.w.settings.put("language", code)
        if self.w.fly_panel.connected or self.w.planning.running:
            self.w.tell(tr("The language changes at the next start."))
            return
        box = QMessageBox(self.w)
        box.setWindowTitle(tr("Language"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(tr("Show the window in the new language now?"))
        box.setInformativeText(
            tr("The mission and the shown plan stay; the list of steps to undo begins anew.")
        )
        now = box.addButton(tr("Now"), QMessageBox.ButtonRole.AcceptRole)
        now.clicked.connect(self.w.reopen_wanted)
        box.addButton(tr("At the next start"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def dress(self) -> None:
        """Give all parts the chosen colours and size of buttons."""
        self.w.theme = theme_of(self.w.settings.theme)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, self.w.theme, field_mode=self.w.settings.field_mode)
        self.w.corner_bar.be_large(on=self.w.settings.field_mode)
        self.w.map.show_corner(self.w.corner_bar)
        self.w.tool_box.select.handles.reach_px = (
            TOUCH_PX / 2 if self.w.settings.field_mode else REACH_PX
        )
        self.w.actions_table.dress(self.w.theme)
        self.w.map.view.theme = self.w.theme
        self.w.timeline.dress(self.w.theme)
        self.w.map.mission_layer.rebuild()
        self.w.map.chosen_starts.rebuild()
        self.w.map.view.viewport().update()

    def settle(self) -> None:
        """Give everything its place again after a change of its size."""

        def settle() -> None:
            self.w.timeline.show_chart(self.w.timeline.opener.isChecked())
            self.w.docks.settle()
            self.w.tool_bar.fit()

        QTimer.singleShot(0, self.w, settle)
