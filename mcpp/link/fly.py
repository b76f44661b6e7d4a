"""Starting, pausing and calling back a fleet.

Motors of a vehicle that is not certainly simulated are armed only when the caller names it as
confirmed; the command line asks for a typed word before it does. See `guard.find_simulated` for
what is certain.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Final, Literal

from mcpp.errors import LinkError
from mcpp.link.commands import send_command
from mcpp.link.guard import autopilot_of, is_armed
from mcpp.link.loop import Port, Steps, Task
from mcpp.link.modes import Purpose, mode_params
from mcpp.link.preflight import Limits, Preflight, check_vehicle
from mcpp.link.protocol import Times, wait_for
from mcpp.link.upload import VehicleLoad
from mcpp.link.watch import FleetWatcher
from mcpp.link.wire import dialect
from mcpp.link.words import result_words

Order = Literal["pause", "resume", "return"]
OnDone = Callable[[str, str], None]
"""Told the UAV, and what went wrong or an empty text."""

_OK: Final[int] = dialect.MAV_RESULT_ACCEPTED


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

    def begin_preflight(
        self, limits: Limits, on_done: Callable[[Preflight], None]
    ) -> dict[str, Task]:
        """Begin the checks of all vehicles; to be called in the thread that polls."""
        loop = self.watcher.loop

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
        loop = self.watcher.loop
        return {
            uav: loop.start(
                loop.ports[uav],
                _reported(uav, self._start(loop.ports[uav], self._delays_s.get(uav, 0.0)), on_done),
            )
            for uav in self.loads
        }

    def _start(self, port: Port, delay_s: float) -> Steps[None]:
        yield from wait_for(port, lambda _: False, delay_s)
        told = self.watcher.trackers[port.uav]
        told.told_failure = ""
        try:
            yield from start_mission(port, self._times)
        except LinkError as error:
            said = f' (the vehicle says: "{told.told_failure}")' if told.told_failure else ""
            msg = f"{error}{said}"
            raise LinkError(msg) from error

    def order(self, order: Order, on_done: OnDone, uavs: Iterable[str] | None = None) -> None:
        """Pause, resume or call back some vehicles, or all; safe from any thread."""
        act = {"pause": pause, "resume": resume, "return": come_home}[order]
        loop = self.watcher.loop
        for uav in uavs if uavs is not None else self.loads:
            port = loop.ports.get(uav)
            if port is None:
                on_done(uav, f"no such UAV; there are {', '.join(loop.ports)}")
                continue
            loop.call(partial(self._begin, port, act, on_done))

    def _begin(
        self, port: Port, act: Callable[[Port, Times], Steps[None]], on_done: OnDone
    ) -> None:
        self.watcher.loop.start(port, _reported(port.uav, act(port, self._times), on_done))

    def _poll_until(self, tasks: Iterable[Task]) -> None:
        waiting = list(tasks)
        while any(not task.done for task in waiting):
            self.watcher.poll()


def _reported(uav: str, steps: Steps[None], on_done: OnDone) -> Steps[None]:
    """Run steps and tell how they ended."""
    try:
        yield from steps
    except LinkError as error:
        on_done(uav, str(error))
    else:
        on_done(uav, "")


# ---------------------------------------------------------------------------- single vehicles


def set_mode(port: Port, purpose: Purpose, times: Times) -> Steps[None]:
    """Put the vehicle into the mode for a purpose.

    Raises
    ------
    LinkError
        When it refuses, or has not been heard yet.
    """
    if port.heartbeat is None:
        msg = "no heartbeat yet"
        raise LinkError(msg)
    params = mode_params(port.heartbeat, purpose)
    result = yield from send_command(port, dialect.MAV_CMD_DO_SET_MODE, params, times=times)
    if result != _OK:
        msg = f"mode for {purpose}: {result_words(result)}"
        raise LinkError(msg)


def _arm(port: Port, times: Times) -> Steps[int]:
    command = dialect.MAV_CMD_COMPONENT_ARM_DISARM
    result = yield from send_command(port, command, (1.0,), times=times)
    return int(result)


def start_mission(port: Port, times: Times) -> Steps[None]:
    """Arm and fly the mission from its start.

    ArduCopter arms in AUTO only when AUTO_OPTIONS allows it; where not, it is armed in GUIDED, and
    MISSION_START changes to AUTO.

    Raises
    ------
    LinkError
        When the vehicle refuses; it is disarmed again where it had been armed.
    """
    yield from set_mode(port, "mission", times)
    result = yield from _arm(port, times)
    ardupilot = port.heartbeat is not None and autopilot_of(port.heartbeat) == "ardupilot"
    if result != _OK and ardupilot:
        yield from set_mode(port, "guided", times)
        result = yield from _arm(port, times)
    if result != _OK:
        msg = f"arming: {result_words(result)}"
        raise LinkError(msg)
    result = yield from send_command(port, dialect.MAV_CMD_MISSION_START, times=times)
    if result != _OK:
        # It stands on the ground with turning propellers: a vehicle in the air refuses to disarm.
        command = dialect.MAV_CMD_COMPONENT_ARM_DISARM
        yield from send_command(port, command, (0.0,), times=times)
        msg = f"starting the mission: {result_words(result)}; disarmed again"
        raise LinkError(msg)


def pause(port: Port, times: Times) -> Steps[None]:
    """Hold position: ArduCopter by DO_PAUSE_CONTINUE where it knows it, others by mode."""
    if port.heartbeat is not None and autopilot_of(port.heartbeat) == "ardupilot":
        command = dialect.MAV_CMD_DO_PAUSE_CONTINUE
        if (yield from send_command(port, command, (0.0,), times=times)) == _OK:
            return
    yield from set_mode(port, "hold", times)


def resume(port: Port, times: Times) -> Steps[None]:
    """Go on with the mission where it was left."""
    if port.heartbeat is None or not is_armed(port.heartbeat):
        msg = "not armed: there is no flight to resume"
        raise LinkError(msg)
    if autopilot_of(port.heartbeat) == "ardupilot":
        # Continue a mission paused in AUTO; the mode below serves one that was left for another.
        yield from send_command(port, dialect.MAV_CMD_DO_PAUSE_CONTINUE, (1.0,), times=times)
    yield from set_mode(port, "mission", times)


def come_home(port: Port, times: Times) -> Steps[None]:
    """Return to the launch point and land.

    Raises
    ------
    LinkError
        When the vehicle refuses both the command and the mode.
    """
    command = dialect.MAV_CMD_NAV_RETURN_TO_LAUNCH
    if (yield from send_command(port, command, times=times)) != _OK:
        yield from set_mode(port, "return", times)
