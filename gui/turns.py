"""Long work in small pieces, one a turn of the event loop: the window never waits for it."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Takes one step of a generator in each turn of the event loop.

    The generator does a bounded amount of work between two ``yield``; what it yields is how much it
    did, for tests to look at.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.step)

    @property
    def busy(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Iterator[int]) -> None:
        """Work on this from the next turn on, and forget what is not yet done of other work."""
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Forget what is not yet done."""
        self._work = None
        self._timer.stop()

    def step(self) -> int:
        """Do the next piece of work; tell how much it was, 0 when all is done."""
        work = self._work
        done = 0 if work is None else next(work, 0)
        if not done and work is self._work:
            self.stop()
        return done

    def finish(self) -> None:
        """Do all that is left, now."""
        while self.step():
            pass
