"""Transfers with all vehicles of a fleet at once: who watches them, and how they are run."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from mcpp.errors import Cancelled, LinkError
from mcpp.link.channel import Port
from mcpp.link.loop import LinkLoop, Steps, Task

T = TypeVar("T")


class TransferObserver(Protocol):
    """Watches transfers; both methods return at once."""

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        """Take note that of the `total` items of all stages of a vehicle `done` are through."""
        ...

    def should_stop(self) -> bool:
        """Say whether the user wants the transfers to end now."""
        ...


class NullTransferObserver:
    """Watches nothing."""

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        """Ignore it."""

    def should_stop(self) -> bool:
        """Never."""
        return False


def serve_all(
    system_ids: Mapping[str, int | None],
    links: Mapping[str, str],
    steps: Callable[[Port], Steps[T]],
    refused: Callable[[str, LinkError], T],
    *,
    observer: TransferObserver,
    key: bytes | None = None,
    loop: LinkLoop | None = None,
) -> tuple[T, ...]:
    """Take the same steps with all vehicles at once; a failure of one does not stop the others.

    Parameters
    ----------
    system_ids
        Whom to serve: system id by UAV id, or None for the one vehicle that speaks on the link.
    links
        Address by UAV id.
    steps
        Makes the steps at an open port.
    refused
        Makes the result of a UAV whose link can not be opened.
    key
        32 bytes for MAVLink 2 signing.
    loop
        Open links to use; a new loop is opened and closed otherwise.

    Returns
    -------
    tuple
        One result per UAV, in the order of `system_ids`.
    """
    station = loop or LinkLoop(key=key)
    running: dict[str, Task] = {}
    failed: dict[str, T] = {}
    try:
        for uav, system in system_ids.items():
            try:
                port = station.ports.get(uav) or station.open(uav, _link_of(links, uav), system)
            except LinkError as error:
                failed[uav] = refused(uav, error)
            else:
                running[uav] = station.start(port, steps(port))
        _run(station, list(running.values()), observer)
    finally:
        if loop is None:
            station.close()
    return tuple(failed[uav] if uav in failed else running[uav].outcome() for uav in system_ids)


def _link_of(links: Mapping[str, str], uav: str) -> str:
    if uav not in links:
        msg = f"no link to {uav}: give --uav {uav}=udp:HOST:PORT, or a link in the mission file"
        raise LinkError(msg)
    return links[uav]


def _run(station: LinkLoop, tasks: list[Task], observer: TransferObserver) -> None:
    """Run tasks to their end; a stop that the observer asks for lets them tidy up first."""
    stopped = False
    while any(not task.done for task in tasks):
        if observer.should_stop() and not stopped:
            stopped = True
            for task in tasks:
                task.stop(Cancelled("stopped by the user"))
        station.poll()
