"""Orders to a fleet in the air: one from the command line, or line by line from stdin."""

import sys
import threading
import time
from collections.abc import Callable

import click

from mcpp.cli.link_tables import FleetDisplay
from mcpp.cli.live_replan import WORDS, LiveReplan
from mcpp.link.fly import ORDERS, FleetPilot, Order
from mcpp.link.watch import FleetWatcher

ORDERS_BY_WORD: dict[str, Order] = {order: order for order in ORDERS}


def give_order(pilot: FleetPilot, watcher: FleetWatcher, order: Order) -> int:
    """Give one order to all vehicles, and wait for their answers; the exit status."""
    left = set(pilot.loads)
    problems: list[str] = []

    def on_done(uav: str, problem: str) -> None:
        left.discard(uav)
        problems.extend([f"{uav}: {problem}"] if problem else [])
        click.echo(f"{uav}: {problem or order + ' accepted'}", err=bool(problem))

    deadline_s = time.monotonic() + 10
    ports = watcher.loop.ports
    while any(ports[uav].heartbeat is None for uav in left) and time.monotonic() < deadline_s:
        watcher.poll()
    pilot.order(order, on_done)
    while left:
        watcher.poll()
    return 1 if problems else 0


def read_orders(
    give: Callable[[Order, list[str] | None], None] | None, live: LiveReplan, display: FleetDisplay
) -> None:
    """Take orders from stdin in a thread of its own, which ends with the program.

    Parameters
    ----------
    give
        Gives an order to UAVs, or to all; None where the fleet is only watched.
    """
    known = (*(ORDERS_BY_WORD if give is not None else ()), *WORDS)

    def read() -> None:
        for line in sys.stdin:
            words = line.split()
            if words and words[0] in WORDS:
                live.take(words)
            elif words and words[0] in ORDERS_BY_WORD and give is not None:
                give(ORDERS_BY_WORD[words[0]], words[1:] or None)
            elif words:
                display.note("-", f"{words[0]!r}: say {', '.join(known)}, and a UAV or none")

    threading.Thread(target=read, name="mcpp-orders", daemon=True).start()
