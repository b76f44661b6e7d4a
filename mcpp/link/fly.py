"""Starting, pausing and calling back a fleet.

Motors of a vehicle that is not certainly simulated are armed only when the caller names it as
confirmed; the command line asks for a typed word before it does. See `guard.find_simulated` for
what is certain.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Literal, get_args

from mcpp.errors import LinkError
from mcpp.link.channel import Port
from mcpp.link.loop import Steps, Task
from mcpp.link.orders import hold, resume
from mcpp.link.preflight import Limits, Preflight, check_vehicle
from mcpp.link.protocol import Times
from mcpp.link.recall import (
    come_home,
    fly_mission,
    hold_mission,
    straight_home,
    take_fence,
)
from mcpp.link.starting import Start, Starts, load_on_ground, take_off
from mcpp.link.upload import VehicleLoad
from mcpp.link.watch import FleetWatcher

Order = Literal["pause", "resume", "return", "rtl"]
"""What is told to flying vehicles: ``return`` flies the planned way home, ``rtl`` the autopilot's
own, straight, whatever lies between."""

ORDERS: Final[tuple[Order, ...]] = get_args(Order)

OnDone = Callable[[str, str], None]
"""Told the UAV, and what went wrong or an empty text."""


class FleetPilot:
    """Gives the orders to the fleet that a watcher follows.

    Parameters
    ----------
    watcher
        Must hold every vehicle of `loads`.
    loads
        What each vehicle is to fly.
    delays_s
        Seconds after the launch at which each starts, by UAV id; 0 where not named.

    Attributes
    ----------
    launched_s
        When the fleet was launched, on the clock of the loop; None before.
    starts
        Those of the vehicles, to come or over.
    """

    def __init__(
        self,
        watcher: FleetWatcher,
        loads: Sequence[VehicleLoad],
        *,
        delays_s: Mapping[str, float] | None = None,
        times: Times | None = None,
    ) -> None:
        self.watcher = watcher
        self.loads = {load.uav: load for load in loads}
        self._delays_s = dict(delays_s or {})
        self._times = times or Times()
        self._checked: dict[str, Preflight] = {}
        self._limits = Limits()
        self.launched_s: float | None = None
        self.starts = Starts(self._begin_start)
        self._on_start: OnDone = _nobody

    def begin_preflight(
        self, limits: Limits, on_done: Callable[[Preflight], None]
    ) -> dict[str, Task]:
        """Begin the checks of all vehicles; to be called in the thread that polls."""
        loop = self.watcher.loop
        self._limits = limits

        def steps(load: VehicleLoad) -> Steps[Preflight]:
            tracker = self.watcher.trackers[load.uav]
            result = yield from check_vehicle(
                loop.ports[load.uav], tracker, load, limits, self._times
            )
            self._checked[load.uav] = result
            on_done(result)
            return result

        return {uav: loop.start(loop.ports[uav], steps(load)) for uav, load in self.loads.items()}

    def preflight(self, limits: Limits | None = None) -> tuple[Preflight, ...]:
        """Check all vehicles, polling until done."""
        tasks = self.begin_preflight(limits or Limits(), lambda _result: None)
        self._poll_until(tasks.values())
        return tuple(task.outcome() for task in tasks.values())

    def launch(self, on_done: OnDone, *, confirmed: Collection[str] = ()) -> dict[str, Task]:
        """Start all vehicles, each after its delay; to be called in the thread that polls.

        Parameters
        ----------
        confirmed
            UAVs that someone has said in so many words may be armed although they are, or may be,
            real.

        Raises
        ------
        LinkError
            Before anything is armed: when a vehicle has not passed its preflight check, or is not
            certainly simulated and not confirmed.
        """
        for uav in self.loads:
            checked = self._checked.get(uav)
            if checked is None or not checked.passed:
                why = checked.problems[0] if checked else "not checked"
                msg = f"{uav}: may not start: {why}"
                raise LinkError(msg)
        real = [uav for uav in self.loads if not self._checked[uav].simulated]
        unconfirmed = [uav for uav in real if uav not in confirmed]
        if unconfirmed:
            msg = (
                f"{', '.join(unconfirmed)}: may be real vehicles, nothing was armed;"
                " arming them needs --arm and a typed confirmation"
            )
            raise LinkError(msg)
        self.launched_s, self._on_start = self.watcher.loop.clock(), on_done
        return {
            uav: self.starts.begin(uav, self.launched_s + self._delays_s.get(uav, 0.0))
            for uav in self.loads
        }

    def _begin_start(self, uav: str, start: Start, check: bool) -> Task:
        loop = self.watcher.loop
        port = loop.ports[uav]
        return loop.start(port, _reported(uav, self._start(port, start, check), self._on_start))

    def _start(self, port: Port, start: Start, check: bool) -> Steps[None]:
        tracker = self.watcher.trackers[port.uav]
        if check:
            load = self.loads[port.uav]
            found = yield from check_vehicle(port, tracker, load, self._limits, self._times)
            if not found.passed:
                start.called_off = found.problems[0]
        yield from start.wait(port)
        try:
            yield from take_off(port, tracker.told, self._times)
        finally:
            start.over = True

    def order(self, order: Order, on_done: OnDone, uavs: Iterable[str] | None = None) -> None:
        """Pause, resume or call back some vehicles, or all; safe from any thread."""
        loop = self.watcher.loop
        for uav in uavs if uavs is not None else self.loads:
            port = loop.ports.get(uav)
            if port is None:
                on_done(uav, f"no such UAV; there are {', '.join(loop.ports)}")
                continue
            loop.call(partial(self._begin, port, order, on_done))

    def _begin(self, port: Port, order: Order, on_done: OnDone) -> None:
        self.watcher.loop.start(port, _reported(port.uav, self._obey(port, order), on_done))

    def _obey(self, port: Port, order: Order) -> Steps[None]:
        """Have an order obeyed, and tell what the vehicle does now."""
        tracker = self.watcher.trackers[port.uav]
        item = tracker.state.item
        if order == "pause":
            said = yield from hold(port, self._times)
        elif order == "resume":
            said = yield from resume(port, self._times)
        elif order == "return":
            way = self.loads[port.uav].way_home if port.uav in self.loads else None
            said = yield from come_home(port, self._times, way)
        else:
            said = yield from straight_home(port, self._times)
        tracker.note(order, said, item)

    def give_load(
        self,
        load: VehicleLoad,
        on_done: OnDone,
        *,
        hold_s: float = 0.0,
        on_held: Callable[[str], None] = lambda _uav: None,
    ) -> None:
        """Give a flying vehicle what a plan made anew in the air has for it; safe from any thread.

        When it has taken it, its way home and its progress are those of the new load.

        Parameters
        ----------
        hold_s
            How long it goes on holding with its new mission, until the way is clear.
        on_held
            Called when it holds its new mission, before it flies it.
        """
        port = self.watcher.loop.ports[load.uav]

        def steps() -> Steps[None]:
            if load.fence != self.loads[load.uav].fence:
                yield from take_fence(port, load.fence, self._times)
            yield from hold_mission(port, load.mission, self._times)
            on_held(load.uav)
            yield from fly_mission(port, load.mission, self._times, hold_s=hold_s)
            self._follow(load)

        self._give(load.uav, steps(), on_done)

    def give_on_ground(self, load: VehicleLoad, on_done: OnDone) -> None:
        """Upload to a vehicle on the ground what a new plan has for it; safe from any thread.

        One that waits for its take-off with armed motors is disarmed first. A start that is still
        to come waits until `Starts.at`, and is called off where the vehicle does not take its load.
        """
        uav = load.uav
        port = self.watcher.loop.ports[uav]
        self.starts.put_off(uav)

        def steps() -> Steps[None]:
            try:
                yield from load_on_ground(port, load, self._limits.guards, self._times)
            except LinkError:
                self.starts.call_off(uav, "it has not taken its new mission")
                raise
            self._follow(load)

        self._give(uav, steps(), on_done)

    def _follow(self, load: VehicleLoad) -> None:
        """Go by what a vehicle has taken from now on."""
        self.loads[load.uav] = load
        first = 1 if load.expected.autopilot == "ardupilot" else 0
        start = load.expected.start_lon_lat_deg
        self.watcher.trackers[load.uav].follow(load.mission, start, first=first)

    def _give(self, uav: str, steps: Steps[None], on_done: OnDone) -> None:
        loop = self.watcher.loop
        port = loop.ports[uav]

        def begin() -> None:
            loop.start(port, _reported(uav, steps, on_done))

        loop.call(begin)

    def _poll_until(self, tasks: Iterable[Task]) -> None:
        waiting = list(tasks)
        while any(not task.done for task in waiting):
            self.watcher.poll()


def _nobody(_uav: str, _problem: str) -> None:
    """Tell nobody."""


def _reported(uav: str, steps: Steps[None], on_done: OnDone) -> Steps[None]:
    """Run steps and tell how they ended."""
    try:
        yield from steps
    except LinkError as error:
        on_done(uav, str(error))
    else:
        on_done(uav, "")
