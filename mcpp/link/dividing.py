"""Divides among those that fly on what a lost UAV leaves, and sends it on somebody's word.

Nothing is sent before. Then vehicle after vehicle in the air pauses, takes its new mission, has it
read back and compared, and flies it; one that does not take it goes on holding, and is told of.
Meanwhile those on the ground are loaded; they start when all in the air have their missions, at
their times in the new plan.
"""

from collections.abc import Callable, Collection
from typing import Final

from mcpp.api import Replanned, replan
from mcpp.errors import InfeasibleError, InputError
from mcpp.flight.starts import file_wait_s
from mcpp.link.diff import differences
from mcpp.link.fleet import LinkChoice, fleet_loads
from mcpp.link.fly import FleetPilot, OnDone
from mcpp.link.ground_starts import GroundStarts
from mcpp.link.standing import fleet_state
from mcpp.link.upload import VehicleLoad
from mcpp.link.words import FENCE, MISSION, RALLY
from mcpp.model import Plan, Sortie

LOST_ENDINGS: Final = ("lost", "returned", "landed elsewhere", "not flown")


def _ignore(_uav: str, _words: str) -> None:
    """Tell nobody."""


class Dividing:
    """The plan that a fleet in the air follows, and how it is made anew.

    Parameters
    ----------
    sortie
        Number of the sortie that all fly.

    Attributes
    ----------
    wanted
        What each vehicle with a flight of the plan made anew is to hold; empty before one is sent.
    """

    def __init__(self, plan: Plan, pilot: FleetPilot, *, sortie: int = 1) -> None:
        self.plan, self.pilot = plan, pilot
        self.grounded = GroundStarts(pilot)
        self._numbers = {uav.id: sortie for uav in plan.mission.uavs}
        self.wanted: dict[str, VehicleLoad] = {}
        self._stale: set[str] = set()
        self._lost: set[str] = set()
        self._queue: list[str] = []
        self._busy: set[str] = set()
        self._began_s: float | None = None
        self._made: tuple[Replanned, float] | None = None
        self._on_done: OnDone = _ignore
        self._tell: Callable[[str, str], None] = _ignore

    @property
    def sending(self) -> bool:
        """Whether vehicles are still being given their missions."""
        return bool(self._queue or self._busy)

    @property
    def stale(self) -> frozenset[str]:
        """Who has not taken its mission of the plan yet, or has failed to."""
        return frozenset(self._stale)

    def lost(self) -> tuple[str, ...]:
        """Name those whose flight ended before its end, or that are not heard any more."""
        states = self.pilot.watcher.states
        return tuple(
            uav
            for uav in self.pilot.loads
            if uav in states and states[uav].ending in LOST_ENDINGS and uav not in self._busy
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
        if not (lost or self._stale or self.grounded.waits):
            raise InputError("replan: nobody is lost: name who flies no more, as in replan uav1")
        if self.sending:
            name = min(self._busy) if self._busy else self._queue[0]
            raise InputError(f"replan: {name} is still given its mission: wait for it")
        now_s = self._now_s()
        begun_s = self.pilot.launched_s if self._began_s is None else self._began_s
        state = fleet_state(
            self.plan,
            self.pilot.watcher.states,
            self._numbers,
            lost=[*lost, *(name for name in self._lost if name not in lost)],
            stale=self._stale,
            elapsed_s=None if begun_s is None else now_s - begun_s,
        )
        found = replan(self.plan, state)
        if not found.plan.report.safe:
            wrong = next(f for f in found.plan.report.findings if f.level == "error")
            msg = f"the rest can not be divided safely ({wrong.message}): call them home"
            raise InfeasibleError(msg)
        self._made = (found, now_s)
        return found

    def _now_s(self) -> float:
        return float(self.pilot.watcher.loop.clock())

    def send(
        self, found: Replanned, on_done: OnDone, tell: Callable[[str, str], None] = _ignore
    ) -> tuple[str, ...]:
        """Give new missions: in the air one after another, on the ground to all at once.

        To be called in the thread that polls. Whose flight stays as it was is not touched.

        Parameters
        ----------
        on_done
            Told each UAV, and what went wrong or an empty text.
        tell
            Told what each UAV does with its mission, in words.

        Returns
        -------
        Who is given one.

        Raises
        ------
        InputError
            When another UAV was lost since it was proposed, or has taken off.
        """
        plan = found.plan
        firsts = {
            uav.id: next((s for s in plan.sorties if s.uav == index), None)
            for index, uav in enumerate(plan.mission.uavs)
            if uav.id in self.pilot.loads
        }
        gone = {change.id for change in found.changes if change.lost}
        self._refuse_late(firsts, gone)
        moved = {change.id for change in found.changes if change.changed and not change.lost}
        began_s = self._made[1] if self._made and self._made[0] is found else self._now_s()
        self.plan, self._lost, self._began_s = plan, gone, began_s
        self._on_done, self._tell = on_done, tell
        air, ground, landing = [], [], []
        loads = self.wanted = self._loads(plan, firsts)
        for uav, load in loads.items():
            sortie = firsts[uav]
            assert sortie is not None
            self._numbers[uav] = sortie.number
            if sortie.airborne and uav in moved | self._stale:
                air.append(uav)
            elif not sortie.airborne and self.pilot.watcher.states[uav].aloft:
                landing.append(uav)
            elif not sortie.airborne and (uav in self._stale or not self._holds(load)):
                ground.append(uav)
        self._stale = {*air, *ground, *landing}
        for uav in landing:
            tell(uav, "is landing: say replan and send once more then, for its next mission")
        self._begin_starts(firsts, gone, began_s)
        self._send_ground(ground, loads)
        self._send_air(air, loads, firsts, began_s)
        return (*air, *ground)

    def _refuse_late(self, firsts: dict[str, Sortie | None], gone: Collection[str]) -> None:
        """Refuse a plan that what has happened since does not fit."""
        late = [uav for uav in self.lost() if uav not in gone]
        if late:
            raise InputError(f"{', '.join(late)}: lost meanwhile: say replan again")
        for uav, sortie in firsts.items():
            state, start = self.pilot.watcher.states[uav], self.pilot.starts.of(uav)
            if uav in gone or sortie is None or sortie.airborne:
                continue
            risen = state.aloft and sortie.number == self._numbers[uav]
            if risen or (start is not None and start.under_way):
                raise InputError(f"{uav}: has taken off meanwhile: say replan again")

    def _loads(self, plan: Plan, firsts: dict[str, Sortie | None]) -> dict[str, VehicleLoad]:
        """Make what each vehicle is to hold for its first flight of the new plan."""
        held = self.pilot.loads
        choices = {
            one.id: LinkChoice("", held[one.id].system_id if one.id in held else None)
            for one in plan.mission.uavs
        }
        numbers = {uav: sortie.number for uav, sortie in firsts.items() if sortie is not None}
        of_number = {
            number: {load.uav: load for load in fleet_loads(plan, choices, sortie=number)}
            for number in sorted(set(numbers.values()))
        }
        return {uav: of_number[number][uav] for uav, number in numbers.items()}

    def _holds(self, load: VehicleLoad) -> bool:
        """Whether a vehicle has been given all of a load before."""
        held, autopilot = self.pilot.loads[load.uav], load.expected.autopilot
        return not any(
            differences(load.items(kind), held.items(kind), kind=kind, autopilot=autopilot)
            for kind in (MISSION, FENCE, RALLY)
        )

    def _begin_starts(
        self, firsts: dict[str, Sortie | None], gone: Collection[str], began_s: float
    ) -> None:
        """Put off the starts of those on the ground, and call off those of who flies no more."""
        self.grounded = GroundStarts(self.pilot, self._tell)
        for uav, sortie in firsts.items():
            if uav in gone:
                self.pilot.starts.call_off(uav, "it flies no more")
            elif sortie is None:
                self.pilot.starts.call_off(uav, "the new plan has no flight for it")
            elif not sortie.airborne and not self.pilot.watcher.states[uav].aloft:
                waits_s = file_wait_s(self.plan, sortie)
                self.grounded.add(uav, began_s + float(sortie.time_s[0]) - waits_s)

    def _send_air(
        self,
        uavs: list[str],
        loads: dict[str, VehicleLoad],
        firsts: dict[str, Sortie | None],
        began_s: float,
    ) -> None:
        """Give those in the air their missions; who then holds on the longest comes last."""
        begin_s = {uav: float(s.time_s[0]) for uav, s in firsts.items() if s is not None}
        self._queue = sorted(uavs, key=lambda uav: begin_s[uav])
        states = self.pilot.watcher.states
        others = [uav for uav in firsts if uav not in uavs and states[uav].aloft]
        late_s = [0.0 for uav in others if uav not in self._lost]

        def held(uav: str) -> None:
            late_s.append(self._now_s() - began_s)
            given.add(uav)
            give()

        def done(uav: str, problem: str) -> None:
            self._busy.discard(uav)
            if problem:
                self.grounded.block(uav)
            else:
                self._stale.discard(uav)
                self._tell(uav, "flies its new mission")
            self._on_done(uav, problem)
            if uav not in given:
                give()

        def give() -> None:
            if self._queue:
                uav = self._queue.pop(0)
                self._busy.add(uav)
                self.pilot.give_load(loads[uav], done, hold_s=begin_s[uav], on_held=held)
            else:
                self.grounded.air_is_done(late_s, self.plan.problem.timing_tolerance_s)

        given: set[str] = set()
        give()

    def _send_ground(self, uavs: list[str], loads: dict[str, VehicleLoad]) -> None:
        """Load those on the ground, all at once."""
        self._busy |= set(uavs)

        def done(uav: str, problem: str) -> None:
            self._busy.discard(uav)
            if problem:
                self.grounded.drop(uav)
            else:
                self._stale.discard(uav)
            self._on_done(uav, problem)
            self.grounded.loaded(uav)

        for uav in uavs:
            self.grounded.loading(uav)
            self.pilot.give_on_ground(loads[uav], done)
