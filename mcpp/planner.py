"""What a planner and the watcher of a run look like."""

from typing import Protocol, runtime_checkable

import numpy as np

from mcpp.errors import Cancelled, InfeasibleError
from mcpp.model import Problem, Solution

IMPROVING = "improving, best so far"
"""Stage of a search that goes on until it is told to stop."""


class Observer(Protocol):
    """Watches a run. Both methods return at once."""

    def on_progress(self, stage: str, fraction: float) -> None:
        """Take note that `stage` has come to `fraction`, 0 to 1, of its work."""
        ...

    def should_stop(self) -> bool:
        """Say whether the user wants the run to end now."""
        ...


@runtime_checkable
class BestObserver(Protocol):
    """An observer that also wants to hear of each better plan while a search goes on."""

    def on_best(self, finish_s: float, coverage_percent: float) -> None:
        """Take note of the best plan so far: when it ends, and how much it covers."""
        ...


class NullObserver:
    """Watches nothing."""

    def on_progress(self, stage: str, fraction: float) -> None:
        """Ignore it."""

    def should_stop(self) -> bool:
        """Never."""
        return False


def report_progress(observer: Observer, stage: str, fraction: float) -> None:
    """Tell the observer, and leave the run if it wants to stop.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    if observer.should_stop():
        msg = f"stopped during {stage}"
        raise Cancelled(msg)
    observer.on_progress(stage, fraction)


class Planner(Protocol):
    """Turns a problem into routes. What it does depends on its arguments alone."""

    @property
    def name(self) -> str:
        """Name for the command line and for files."""
        ...

    def unsupported(self, problem: Problem) -> str | None:
        """Why the planner can not take this problem, or None."""
        ...

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Plan. Raises `Cancelled`, `InfeasibleError`."""
        ...


def refuse_unsupported(planner: Planner, problem: Problem) -> None:
    """Refuse a problem that a planner says it can not take.

    Raises
    ------
    InfeasibleError
        With the planner's name and its reason.
    """
    reason = planner.unsupported(problem)
    if reason:
        msg = f"planner {planner.name!r} can not plan this: {reason}"
        raise InfeasibleError(msg)
