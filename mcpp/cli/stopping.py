"""When a command that speaks to vehicles ends: after a time, or in order after a signal."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click

from mcpp.cli.options import Decorator

seconds_option: Decorator = click.option(
    "--for", "seconds", type=float, metavar="SECONDS", help="Stop after so many seconds."
)


class StopSwitch:
    """Set by the first SIGINT or SIGTERM; a second one ends the program at once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        """Ask for the end."""
        self._event.set()


@contextmanager
def stop_on_signals() -> Iterator[StopSwitch]:
    """Turn the first SIGINT or SIGTERM into a request, so that vehicles are left in order."""
    switch = StopSwitch()
    if threading.current_thread() is not threading.main_thread():
        yield switch
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: FrameType | None) -> None:
        del frame
        switch.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, handle)
    try:
        yield switch
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop_after(stop: StopSwitch, seconds: float | None) -> Callable[[], bool]:
    """Tell that a stop was asked for, or that so many seconds have gone; None never go."""
    end_s = None if seconds is None else time.monotonic() + seconds
    return lambda: stop() or (end_s is not None and time.monotonic() >= end_s)
