"""A wish to stop, heard in the middle of work that knows no observer.

A planner asks its observer. Flights, checks and exports are plain functions of a plan, called by
planners too; the chain says once who may want to stop, and they ask now and then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from mcpp.errors import Cancelled

P = ParamSpec("P")
T = TypeVar("T")

_asked: ContextVar[Callable[[], bool] | None] = ContextVar("asked", default=None)


@contextmanager
def heeding(should_stop: Callable[[], bool]) -> Iterator[None]:
    """Ask `should_stop` within, in place of whoever was asked before."""
    token = _asked.set(should_stop)
    try:
        yield
    finally:
        _asked.reset(token)


def heedful(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function that another thread calls ask whom this thread asks."""
    asked = _asked.get()

    def heeding_call(*args: P.args, **named: P.kwargs) -> T:
        token = _asked.set(asked)
        try:
            return function(*args, **named)
        finally:
            _asked.reset(token)

    return heeding_call


def heed(work: str) -> None:
    """Leave work if the user wants it to stop.

    Raises
    ------
    Cancelled
    """
    asked = _asked.get()
    if asked is not None and asked():
        msg = f"stopped during {work}"
        raise Cancelled(msg)
