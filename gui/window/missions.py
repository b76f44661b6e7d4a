"""Begin, put away, leave: what becomes of a mission as a whole."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class MissionActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def new_mission(self) -> None:
        """Begin with an empty mission, and draw."""
        if self.w.files.new():
            self.w.use_tool("area")

    def close_mission(self) -> None:
        """Put the mission away, and show what can be opened."""
        if self.w.files.new():
            self.w.show_welcome()

    def may_leave_running(self) -> bool:
        """Ask before the window is closed over vehicles in the air, or over a planner at work."""
        words = ""
        if self.w.flight.armed:
            words = tr(
                "Motors are on: {0}. Without this window nobody pauses or recalls them here.",
                ", ".join(self.w.flight.armed),
            )
        elif self.w.planning.running:
            words = tr("A plan is being made. Closing ends it.")
        if not words:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self.w, tr("Close"), words, buttons.Close | buttons.Cancel, buttons.Cancel
        )
        return answer == buttons.Close
