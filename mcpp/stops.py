"""A wish to stop, heard in the middle of work that knows no observer.

A planner asks its observer. Flights, checks and exports are plain functions of a plan, called by
planners too; the chain says once who may want to stop, and they ask now and then. In threads of a
pool nobody is asked: those who start them watch over them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mcpp.errors import Cancelled

_asked: ContextVar[Callable[[], bool] | None] = ContextVar("asked", default=None)


@contextmanager
def heeding(should_stop: Callable[[], bool]) -> Iterator[None]:
    """Ask `should_stop` within, in place of whoever was asked before."""
    token = _asked.set(should_stop)
    try:
        yield
    finally:
        _asked.reset(token)


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
