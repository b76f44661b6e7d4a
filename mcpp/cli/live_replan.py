"""Orders of a user whose UAV is lost in the air: replan, look at the difference, send."""

import threading
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mcpp.api import write_outputs
from mcpp.cli.replan import print_changes
from mcpp.cli.terminal import terminal
from mcpp.errors import InputError, McppError
from mcpp.link.dividing import Dividing
from mcpp.model import Plan

if TYPE_CHECKING:
    from mcpp.cli.link_tables import FleetDisplay
    from mcpp.replan.replan import Replanned

WORDS: Final = ("replan", "send", "keep", "start")
FRESH_S: Final = 20.0
"""A division is sent up to so long after it was shown: the vehicles have flown on since."""


def later_flights(plan: Plan, linked: Collection[str]) -> dict[int, list[str]]:
    """Name the UAVs whose flights of a plan made anew are not given to them now, by their number.

    Parameters
    ----------
    linked
        Who is given its first flight.
    """
    found: dict[int, list[str]] = {}
    given = set(linked)
    for sortie in sorted(plan.sorties, key=lambda s: (s.number, s.uav)):
        uav = plan.mission.uavs[sortie.uav].id
        if uav in given:
            given.discard(uav)
        else:
            found.setdefault(sortie.number, []).append(uav)
    return found


class LiveReplan:
    """Takes the orders `WORDS`; nothing is sent without "send".

    Parameters
    ----------
    folder
        Where the plans made anew are written, each into a folder of its own.
    """

    def __init__(self, dividing: Dividing, display: "FleetDisplay", folder: Path) -> None:
        self.dividing, self._display, self._folder = dividing, display, folder
        self._found: Replanned | None = None
        self._asked: tuple[str, ...] = ()
        self._found_s = 0.0
        self._told: set[str] = set()
        self._count = 0
        self._busy = threading.Lock()

    def notice(self) -> None:
        """Tell once of each UAV that was lost, and what can be said then."""
        for uav in self.dividing.lost():
            if uav not in self._told:
                self._told.add(uav)
                self._display.note(uav, "lost: say 'replan' to divide its rest among the others")

    def take(self, words: list[str]) -> None:
        """Obey one line; it runs in the thread that reads the orders, not in that of the links."""
        if not self._busy.acquire(blocking=False):
            self._display.note("-", "still dividing: wait for it")
            return
        try:
            if words[0] == "replan":
                self._propose(tuple(words[1:]))
            elif words[0] == "send":
                self._send()
            elif words[0] == "start":
                self._start(words[1:])
            else:
                self._keep()
        except McppError as error:
            self._display.note("-", str(error))
        finally:
            self._busy.release()

    def _now_s(self) -> float:
        return float(self.dividing.pilot.watcher.loop.clock())

    def _propose(self, named: tuple[str, ...]) -> None:
        self._found = None
        self._asked = tuple(dict.fromkeys((*self.dividing.lost(), *named)))
        self._found = self.dividing.proposed(self._asked)
        self._found_s = self._now_s()
        begun = self._found.plan.begun
        console = terminal()
        print_changes(self._found, begun.time_s if begun is not None else 0.0, console)
        self._display.note("-", "say 'send' to give it to the vehicles, or 'keep'")

    def _send(self) -> None:
        found = self._found
        if found is None:
            raise InputError("send: nothing is divided yet: say replan first")
        if self._now_s() - self._found_s > FRESH_S:
            found = self.dividing.proposed(self._asked)
            self._display.note("-", "divided anew, from where all are now")
        self._found = None
        self._count += 1
        folder = self._folder.with_name(f"{self._folder.name}-replanned-{self._count}")
        write_outputs(found.plan, folder, overwrite=True)
        self._display.note("-", f"the new plan is in {folder}")
        linked = self.dividing.pilot.loads
        for number, uavs in later_flights(found.plan, linked).items():
            order = f"mcpp upload {folder / 'plan.json'} --sortie {number}"
            self._display.note("-", f"after landing: {order} for {', '.join(uavs)}")
        loop = self.dividing.pilot.watcher.loop
        loop.call(lambda: self._give(found))

    def _give(self, found: "Replanned") -> None:
        try:
            given = self.dividing.send(found, self._on_done, self._display.note)
        except McppError as error:
            self._display.note("-", str(error))
            return
        if not given:
            self._display.note("-", "no vehicle needs another mission")

    def _on_done(self, uav: str, problem: str) -> None:
        if problem:
            self._display.note(uav, f"has not taken its new mission: {problem}")

    def _start(self, uavs: list[str]) -> None:
        if not uavs:
            raise InputError("start: name who is to start, as in start uav1")
        loop = self.dividing.pilot.watcher.loop
        for uav in uavs:
            loop.call(partial(self._start_one, uav))

    def _start_one(self, uav: str) -> None:
        try:
            self.dividing.grounded.start(uav)
        except McppError as error:
            self._display.note("-", str(error))

    def _keep(self) -> None:
        self._found = None
        self._display.note("-", "all fly on as before")
