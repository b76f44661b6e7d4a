"""Start the program: settings, language, colours, one window."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer, QTranslator
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
    apply_theme(app, theme_of(settings.theme), field_mode=settings.field_mode)
    shown = Windows(app, settings, data=default_directory(), cache=default_cache())
    window = shown.window
    QTimer.singleShot(0, window, lambda: window.start(path))
    _close_on_interrupt(app)
    return app.exec()


class Windows:
    """Shows one window at a time; another one where the language changes.

    Attributes
    ----------
    window
        The one that is shown.
    """

    def __init__(self, app: QApplication, settings: Settings, *, data: Path, cache: Path) -> None:
        self._app, self._settings = app, settings
        self._data, self._cache = data, cache
        self._translators: list[QTranslator] = []
        self.window = self._make()

    def _make(self) -> MainWindow:
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators = install_language(self._app, self._settings.get("language", ""))
        window = MainWindow(self._settings, data=self._data, cache=self._cache)
        window.reopen_wanted.connect(self._reopen)
        window.show()
        return window

    def _reopen(self) -> None:
        former = self.window
        self._app.setQuitOnLastWindowClosed(False)  # for a moment there is no window
        former.leave()
        self.window = self._make()
        self.window.take_over(former.session)
        former.deleteLater()
        self._app.setQuitOnLastWindowClosed(True)


def _close_on_interrupt(app: QApplication) -> None:
    """Let Ctrl-C in the terminal end the program; Qt's loop gives Python its turn by a timer."""
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)
    timer.start(SIGNAL_TICK_MS)
