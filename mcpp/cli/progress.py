"""Progress bars on stderr: one per stage."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from mcpp.planner import NullObserver, Observer


class RichObserver:
    """Shows each stage of a run as a bar; use it as a context."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(bar_width=32),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def on_progress(self, stage: str, fraction: float) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=1.0)
        self._progress.update(self._tasks[stage], completed=min(fraction, 1.0))

    def should_stop(self) -> bool:
        return False


class QuietObserver(NullObserver):
    """Shows nothing; for ``--quiet``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def observer_for(quiet: bool) -> RichObserver | QuietObserver:
    """Make the observer that the user's ``--quiet`` asks for."""
    return QuietObserver() if quiet else RichObserver()


_: type[Observer] = RichObserver  # the protocol is kept: mypy says so here
