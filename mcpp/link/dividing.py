"""Divides among those that fly on what a lost UAV leaves, and sends it on somebody's word.

Nothing is sent before. Then vehicle after vehicle pauses, takes its new mission, has it read back
and compared, and flies it; one that does not take it goes on holding, and is told of.
"""

from collections.abc import Collection
from typing import Final

from mcpp.api import Replanned, replan
from mcpp.errors import InfeasibleError, InputError
from mcpp.link.fleet import LinkChoice, fleet_loads, sortie_of
from mcpp.link.fly import FleetPilot, OnDone
from mcpp.link.standing import fleet_state
from mcpp.link.upload import VehicleLoad
from mcpp.model import Plan

LOST_ENDINGS: Final = ("lost", "returned", "landed elsewhere", "not flown")


class Dividing:
    """The plan that a fleet in the air follows, and how it is made anew.

    Parameters
    ----------
    sortie
        Number of the sortie that all fly.
    """

    def __init__(self, plan: Plan, pilot: FleetPilot, *, sortie: int = 1) -> None:
        self.plan, self.pilot = plan, pilot
        self._numbers = {uav.id: sortie for uav in plan.mission.uavs}
        self._stale: set[str] = set()
        self._lost: set[str] = set()
        self._waiting: list[str] = []

    @property
    def sending(self) -> bool:
        """Whether vehicles are still being given their missions."""
        return bool(self._waiting)

    def lost(self) -> tuple[str, ...]:
        """Name those whose flight ended before its end, or that are not heard any more."""
        states = self.pilot.watcher.states
        return tuple(
            uav for uav in self.pilot.loads if uav in states and states[uav].ending in LOST_ENDINGS
        )

    def proposed(self, lost: Collection[str]) -> Replanned:
        """Divide what is left from where all are now; nothing is sent.

        Parameters
        ----------
        lost
            Who flies no more.

        Raises
        ------
        InputError
            When nobody is lost, or someone is who is not of the fleet.
        InfeasibleError
            When nobody is left, or no division is safe.
        """
        names = [uav.id for uav in self.plan.mission.uavs]
        for name in lost:
            if name not in names:
                raise InputError(f"replan {name}: no such UAV; there are {', '.join(names)}")
        if not lost and not self._stale:
            raise InputError("replan: nobody is lost: name who flies no more, as in replan uav1")
        if self.sending:
            raise InputError(f"replan: {self._waiting[0]} is still given its mission: wait for it")
        state = fleet_state(
            self.plan,
            self.pilot.watcher.states,
            self._numbers,
            lost=[*lost, *(name for name in self._lost if name not in lost)],
            stale=self._stale,
        )
        found = replan(self.plan, state)
        if not found.plan.report.safe:
            wrong = next(f for f in found.plan.report.findings if f.level == "error")
            msg = f"the rest can not be divided safely ({wrong.message}): call them home"
            raise InfeasibleError(msg)
        return found

    def send(self, found: Replanned, on_done: OnDone) -> tuple[str, ...]:
        """Give the vehicles in the air their new missions, one after another.

        Parameters
        ----------
        on_done
            Told each UAV, and what went wrong or an empty text.

        Returns
        -------
        Who is given one. UAVs on the ground are not: they are loaded before they start.

        Raises
        ------
        InputError
            When another UAV was lost since it was proposed.
        """
        gone = {change.id for change in found.changes if change.lost}
        late = [uav for uav in self.lost() if uav not in gone]
        if late:
            raise InputError(f"{', '.join(late)}: lost meanwhile: say replan again")
        ids = [uav.id for uav in found.plan.mission.uavs]
        moved = {change.id for change in found.changes if change.changed and not change.lost}
        loads = {}
        for index, uav in enumerate(ids):
            own = [s for s in found.plan.sorties if s.uav == index]
            if own:
                self._numbers[uav] = own[0].number
            if own and own[0].airborne and uav in moved | self._stale:
                loads[uav] = (self._load(found.plan, index, own[0].number), own[0].time_s[0])
        self.plan = found.plan
        self._lost = gone
        self._stale = {*loads}
        self._waiting = list(loads)

        def done(uav: str, problem: str) -> None:
            self._waiting.pop(0)
            if not problem:
                self._stale.discard(uav)
            on_done(uav, problem)
            give()

        def give() -> None:
            if self._waiting:
                load, hold_s = loads[self._waiting[0]]
                self.pilot.give_load(load, done, hold_s=float(hold_s))

        give()
        return tuple(loads)

    def _load(self, plan: Plan, index: int, number: int) -> VehicleLoad:
        assert sortie_of(plan, index, number) is not None
        uav = plan.mission.uavs[index].id
        held = self.pilot.loads[uav]
        choices = {
            one.id: LinkChoice("", held.system_id if one.id == uav else None)
            for one in plan.mission.uavs
        }
        return next(one for one in fleet_loads(plan, choices, sortie=number) if one.uav == uav)
