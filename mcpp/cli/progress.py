"""Progress bars on stderr, one per stage; Ctrl-C ends a run at its next step."""

import signal
from types import FrameType
from typing import Any, Self

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from mcpp.cli.terminal import terminal
from mcpp.clock import minutes
from mcpp.planner import IMPROVING, Observer


class QuietObserver:
    """Shows nothing; use it as a context.

    Within it the first Ctrl-C asks the run to stop at its next step, so that it is never lost
    inside compiled code; a second one interrupts at once.
    """

    def __init__(self) -> None:
        self._stopped = False
        self._before: Any = signal.SIG_DFL

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        if self._stopped:
            raise KeyboardInterrupt
        self._stopped = True

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def on_progress(self, stage: str, fraction: float) -> None:
        """Show nothing."""

    def should_stop(self) -> bool:
        """Tell whether Ctrl-C was pressed."""
        return self._stopped


class RichObserver(QuietObserver):
    """Shows each stage of a run as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self._progress = Progress(
            TextColumn("{task.description:<26}"),
            BarColumn(bar_width=32),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=terminal(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return super().__enter__()

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        self._progress.stop()

    def on_best(self, finish_s: float, coverage_percent: float) -> None:
        """Write the best figures so far beside the bar that moves."""
        best = f"{IMPROVING}: {minutes(finish_s)}, {coverage_percent:.1f} %"
        self.on_progress(IMPROVING, 0.0)
        self._progress.update(self._tasks[IMPROVING], description=best)

    def on_progress(self, stage: str, fraction: float) -> None:
        """Move the stage's bar."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=1.0)
        self._progress.update(self._tasks[stage], completed=min(fraction, 1.0))


def observer_for(quiet: bool) -> QuietObserver:
    """Make the observer that the user's ``--quiet`` asks for."""
    return QuietObserver() if quiet else RichObserver()


_: type[Observer] = QuietObserver  # the protocol is kept: mypy says so here
