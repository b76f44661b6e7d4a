"""One slow call of the library in a thread of its own."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal

from mcpp.errors import Cancelled, McppError

if TYPE_CHECKING:
    from collections.abc import Callable


class Slow(QThread):
    """Runs one slow call of the library, which tells its progress and can be stopped.

    Signals
    -------
    moved
        Stage, fraction.
    done
        What the call gave.
    failed
        Why it gave nothing.
    """

    moved = Signal(str, float)
    done = Signal(object)
    failed = Signal(str)

    def __init__(self, call: "Callable[[Slow], object]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call = call
        self._stop = threading.Event()

    def run(self) -> None:
        try:
            self.done.emit(self._call(self))
        except Cancelled:
            return
        except McppError as error:
            self.failed.emit(str(error))

    def on_progress(self, stage: str, fraction: float) -> None:
        """Take note of the progress, from the thread."""
        self.moved.emit(stage, fraction)

    def should_stop(self) -> bool:
        """Whether the user wants it to end."""
        return self._stop.is_set()

    def ask_to_stop(self) -> None:
        """End it soon."""
        self._stop.set()

    def stop(self) -> None:
        """End it soon, and wait until it has."""
        self.ask_to_stop()
        self.wait()
