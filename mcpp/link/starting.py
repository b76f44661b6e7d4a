"""Starts that are still to come: when each is due, put off, or called off."""

import math
from collections.abc import Callable
from typing import Final

from mcpp.errors import LinkError
from mcpp.link.channel import Port
from mcpp.link.commands import send_command
from mcpp.link.guard import Guards, is_armed
from mcpp.link.loop import Steps, Task
from mcpp.link.orders import start_mission
from mcpp.link.preflight import ask_checks
from mcpp.link.protocol import Times, wait_for
from mcpp.link.told import Told
from mcpp.link.transfer import NullTransferObserver
from mcpp.link.upload import VehicleLoad, upload_vehicle
from mcpp.link.wire import dialect
from mcpp.link.words import result_words

PUT_OFF: Final = math.inf
"""Due time of a start that waits for something else first."""
_LOOK_S: Final = 0.25
_STOPS_S: Final = 3.0
_REASON_S: Final = 2.0


class Start:
    """A start to come.

    Parameters
    ----------
    due_s
        On the clock of the loop; `PUT_OFF` until another is set.

    Attributes
    ----------
    called_off
        Why it is not to be; empty as long as it is.
    begun, over
        It is no longer to come; and its vehicle has left the ground, or refused.
    """

    def __init__(self, due_s: float) -> None:
        self.due_s = due_s
        self.called_off = ""
        self.begun = self.over = False

    @property
    def waits(self) -> bool:
        """Whether it is still to come."""
        return not (self.begun or self.called_off)

    @property
    def under_way(self) -> bool:
        """Whether the vehicle is being armed, or is about to rise."""
        return self.begun and not self.over

    def wait(self, port: Port) -> Steps[None]:
        """Wait until it is due.

        Raises
        ------
        LinkError
            When it is called off meanwhile.
        """
        while not self.called_off and (left_s := self.due_s - port.now()) > 0:
            yield min(left_s, _LOOK_S)
        if self.called_off:
            raise LinkError(self.called_off)
        self.begun = True


class Starts:
    """The starts of a fleet.

    Parameters
    ----------
    begin
        Begins the steps of a start; it is told whether the preflight check is done once more.
    """

    def __init__(self, begin: Callable[[str, Start, bool], Task]) -> None:
        self._begin = begin
        self._of: dict[str, Start] = {}

    def of(self, uav: str) -> Start | None:
        """Give the start of a vehicle; None where it was not launched."""
        return self._of.get(uav)

    def begin(self, uav: str, due_s: float, *, check: bool = False) -> Task:
        """Begin a start anew."""
        start = self._of[uav] = Start(due_s)
        return self._begin(uav, start, check)

    def at(self, uav: str, due_s: float) -> None:
        """Let a vehicle start at another time, anew where its start is not to come any more."""
        start = self._of.get(uav)
        if start is not None and start.waits:
            start.due_s = due_s
        else:
            self.begin(uav, due_s)

    def put_off(self, uav: str) -> None:
        """Let a start that is still to come wait until `at` gives it another time."""
        start = self._of.get(uav)
        if start is not None and start.waits:
            start.due_s = PUT_OFF

    def call_off(self, uav: str, reason: str) -> None:
        """Let a vehicle whose start is still to come stay on the ground."""
        start = self._of.get(uav)
        if start is not None and start.waits:
            start.called_off = reason


def take_off(port: Port, told: Told, times: Times) -> Steps[None]:
    """Start the mission of a vehicle on the ground.

    Raises
    ------
    LinkError
        When it refuses, with its own words where it gives any.
    """
    told.failure = ""
    try:
        yield from start_mission(port, times)
    except LinkError as error:
        if not told.failure:  # its own reason may come after its answer
            yield from wait_for(port, lambda _: bool(told.failure), _REASON_S)
        if not told.failure and told.checks:
            told.failure = "; ".join(told.checks)
        if not told.failure:
            yield from ask_checks(port, told, times)
        said = f' (the vehicle says: "{told.failure}")' if told.failure else ""
        msg = f"{error}{said}"
        raise LinkError(msg) from error


def stop_motors(port: Port, times: Times) -> Steps[None]:
    """Disarm a vehicle that waits on the ground for its take-off; in the air they refuse.

    Raises
    ------
    LinkError
        When it refuses.
    """
    command = dialect.MAV_CMD_COMPONENT_ARM_DISARM
    result = yield from send_command(port, command, (0.0,), times=times)
    if result != dialect.MAV_RESULT_ACCEPTED:
        raise LinkError(f"disarming: {result_words(result)}")
    yield from wait_for(
        port, lambda _: port.heartbeat is None or not is_armed(port.heartbeat), _STOPS_S
    )


def load_on_ground(port: Port, load: VehicleLoad, guards: Guards, times: Times) -> Steps[None]:
    """Upload to a vehicle on the ground, and verify it; armed motors are stopped first.

    Raises
    ------
    LinkError
        When it does not hold all of it, with what it holds.
    """
    if port.heartbeat is not None and is_armed(port.heartbeat):
        yield from stop_motors(port, times)
    found = yield from upload_vehicle(port, load, guards, times, NullTransferObserver())
    if not found.verified:
        raise LinkError(f"{found.reason}; {found.holds}")
