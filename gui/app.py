"""Start the program: settings, language, colours, one window."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.autosave import default_directory
from gui.backgrounds import default_cache
from gui.i18n import install_language
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.theme import apply_theme, theme_of

SIGNAL_TICK_MS = 200


def run(path: Path | None) -> int:
    """Show the window and stay until it is closed.

    Parameters
    ----------
    path
        A file to open.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("mcpp-gui")
    app.setApplicationDisplayName("mcpp")
    app.setDesktopFileName("mcpp-gui")
    settings = Settings()
    translators = install_language(app, settings.get("language", ""))
    apply_theme(app, theme_of(settings.theme))
    window = MainWindow(settings, data=default_directory(), cache=default_cache())
    window.show()
    QTimer.singleShot(0, window, lambda: window.start(path))
    _close_on_interrupt(app, window)
    status = app.exec()
    del translators
    return status


def _close_on_interrupt(app: QApplication, window: MainWindow) -> None:
    """Let Ctrl-C in the terminal end the program; Qt's loop gives Python its turn by a timer."""
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    timer = QTimer(window)
    timer.timeout.connect(lambda: None)
    timer.start(SIGNAL_TICK_MS)
