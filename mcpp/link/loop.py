"""One loop that serves the links to all vehicles at once, in one thread.

What is done with a vehicle is written as a generator, `Steps`: it sends through its `Port`, yields
how many seconds it will wait, and is handed the next message, or None when the time ran out. The
loop runs any number of them side by side. Clock, waiting and opening can be replaced, so that tests
play minutes of a bad radio in milliseconds.
"""

import math
import queue
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Any, Final, TypeVar

from mcpp.errors import LinkError, McppError
from mcpp.link.channel import Channel, Port, PortTap, is_autopilot
from mcpp.link.transport import (
    Address,
    Transport,
    open_transport,
    parse_address,
    wait_for_any,
)
from mcpp.link.wire import Codec, Message, dialect

T = TypeVar("T")
Steps = Generator[float, Message | None, T]
"""Yields the longest wait in seconds, is sent the next message or None, returns a T."""

_LONGEST_POLL_S = 0.05
MOVED_AFTER_S: Final = 3.0
"""After so much silence a vehicle may be heard on another link."""


class Task:
    """Steps under way at one port."""

    def __init__(self, port: Port, steps: Steps[Any]) -> None:
        self.port = port
        self.result: Any = None
        self.error: McppError | None = None
        self.done = False
        self._steps = steps
        self._deadline = -math.inf
        self._advance(lambda: next(steps))

    @property
    def deadline(self) -> float:
        """When it wants to be woken, in seconds of the loop's clock."""
        return math.inf if self.done else self._deadline

    def outcome(self) -> Any:
        """Return what the finished steps returned, or raise what they raised."""
        if self.error is not None:
            raise self.error
        return self.result

    def give(self, message: Message | None) -> None:
        """Hand it a message, or None when its time has run out."""
        if not self.done:
            self._advance(lambda: self._steps.send(message))

    def stop(self, reason: McppError) -> None:
        """Raise `reason` inside the steps, which may still take some to tidy up."""
        if not self.done:
            self._advance(lambda: self._steps.throw(reason))

    def _advance(self, move: Callable[[], float]) -> None:
        try:
            self._deadline = self.port.now() + move()
        except StopIteration as end:
            self.done, self.result = True, end.value
        except McppError as error:
            self.done, self.error = True, error


class LinkLoop:
    """Holds the links to a fleet and runs the steps of all its vehicles.

    Parameters
    ----------
    key
        32 bytes for MAVLink 2 signing, or None.
    all_wanted
        Decode all messages, for a log, and not only those that are looked at.
    clock, opener, waiter
        Replaced by tests; see `wait_for_any` for what a waiter does.
    """

    def __init__(
        self,
        *,
        key: bytes | None = None,
        clock: Callable[[], float] = time.monotonic,
        opener: Callable[[Address], Transport] = open_transport,
        waiter: Callable[[Sequence[Transport], float], list[Transport]] = wait_for_any,
        heartbeat_s: float = 1.0,
        all_wanted: bool = False,
    ) -> None:
        self.clock = clock
        self.ports: dict[str, Port] = {}
        self.taps: list[PortTap] = []
        self.all_wanted = all_wanted
        self._key = key
        self._opener = opener
        self._waiter = waiter
        self._channels: dict[Address, Channel] = {}
        self._tasks: list[Task] = []
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._heartbeat_s = heartbeat_s
        self._next_heartbeat = -math.inf

    def open(self, uav: str, link: str, system: int | None = None) -> Port:
        """Add a vehicle. Several may name the same link if each has its system id.

        Raises
        ------
        InputError
            When the address is none.
        LinkError
            When it can not be opened, or two vehicles on it could not be told apart.
        """
        address = parse_address(link)
        channel = self._channels.get(address)
        if channel is None:
            codec = Codec(key=self._key, link_id=len(self._channels) % 256)
            channel = Channel(address, self._opener(address), codec)
            self._channels[address] = channel
        channel.all_wanted = self.all_wanted
        port = Port(uav, channel, system, self.clock, self.taps)
        channel.ports.append(port)
        systems = [other.system for other in channel.ports]
        if len(systems) > 1 and (None in systems or len(set(systems)) < len(systems)):
            names = ", ".join(other.uav for other in channel.ports)
            msg = f"link {address}: shared by {names}; each needs a system_id of its own"
            raise LinkError(msg)
        self.ports[uav] = port
        return port

    def start(self, port: Port, steps: Steps[Any]) -> Task:
        """Begin some steps; `poll` carries them on."""
        task = Task(port, steps)
        if not task.done:
            self._tasks.append(task)
        return task

    def call(self, function: Callable[[], None]) -> None:
        """Have the loop's thread call `function`; safe from any thread."""
        self._calls.put(function)

    def run(self, tasks: Iterable[Task]) -> None:
        """Poll until all the tasks are done."""
        waiting = list(tasks)
        while waiting:
            self.poll()
            waiting = [task for task in waiting if not task.done]

    def poll(self, longest_s: float = _LONGEST_POLL_S) -> None:
        """Wait for messages or for the next deadline, and act on what has come."""
        while not self._calls.empty():
            self._calls.get_nowait()()
        self._beat()
        wake = min((task.deadline for task in self._tasks), default=math.inf)
        pause_s = min(longest_s, max(wake - self.clock(), 0.0))
        by_transport = {id(channel.transport): channel for channel in self._channels.values()}
        transports = [channel.transport for channel in self._channels.values()]
        for transport in self._waiter(transports, pause_s):
            for message in by_transport[id(transport)].receive():
                self._deliver(by_transport[id(transport)], message)
        now = self.clock()
        for task in self._tasks:
            if task.deadline <= now:
                task.give(None)
        self._tasks = [task for task in self._tasks if not task.done]

    def _deliver(self, channel: Channel, message: Message) -> None:
        if message.get_type() == "HEARTBEAT":
            if is_autopilot(message):
                channel.systems_heard.add(message.get_srcSystem())
                self._follow(channel, message.get_srcSystem())
            elif message.type == dialect.MAV_TYPE_GCS:  # our own never comes back to us
                sender = message.get_srcSystem(), message.get_srcComponent()
                channel.stations[sender] = self.clock()
        for port in channel.ports:
            if port.hears(message):
                for tap in self.taps:
                    tap(port, message)
                for listener in port.listeners:
                    listener(message)
                for task in self._tasks:
                    if task.port is port:
                        task.give(message)

    def _follow(self, channel: Channel, system: int) -> None:
        """Take a vehicle along that was silent, and is now heard on another of our links."""
        if any(port.system in (system, None) for port in channel.ports):
            return
        for port in self.ports.values():
            silent = self.clock() - port.heard_s > MOVED_AFTER_S
            if port.system == system and port.channel is not channel and silent:
                port.channel.ports.remove(port)
                channel.ports.append(port)
                port.channel = channel

    def _beat(self) -> None:
        """Say once a second that a ground station is here: PX4 arms for no other."""
        if self.clock() >= self._next_heartbeat:
            self._next_heartbeat = self.clock() + self._heartbeat_s
            for channel in self._channels.values():
                channel.send(
                    dialect.MAVLink_heartbeat_message(
                        dialect.MAV_TYPE_GCS, dialect.MAV_AUTOPILOT_INVALID, 0, 0, 4, 3
                    ),
                    None,
                )

    def close(self) -> None:
        """Close all links."""
        for channel in self._channels.values():
            channel.transport.close()
        self._channels.clear()
