"""A world with a clock of its own for tests of the link: bad radios and vehicles, in no time.

`LinkLoop` runs unchanged on it: opener, clock and waiter are the world's. A vehicle is the
`MissionServer` of an autopilot with a heartbeat and a position, or `SimVehicle`, whole.
"""

import heapq
import itertools
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mcpp.export.items import MissionItem
from mcpp.link.diff import differences
from mcpp.link.guard import Expected
from mcpp.link.loop import LinkLoop
from mcpp.link.mission_server import MissionServer
from mcpp.link.personality import ARDUPILOT, PX4, Personality
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_vehicle import SimVehicle
from mcpp.link.transport import Address, Peer, Transport
from mcpp.link.upload import UploadResult, VehicleLoad, upload_fleet
from mcpp.link.wire import Codec, Message, dialect, item_of
from mcpp.link.words import FENCE, MISSION, RALLY
from mcpp.model import AircraftKind

START = (8.55, 47.40)
AUTOPILOTS = ("ardupilot", "px4")
TYPES: dict[AircraftKind, int] = {"multirotor": 2, "fixed-wing": 1, "vtol": 21}


@dataclass(frozen=True)
class Radio:
    """How bad a link is, in both directions; chances from 0 to 1, `delay_s` at most so long."""

    drop: float = 0.0
    repeat: float = 0.0
    delay_s: float = 0.0
    reorder: float = 0.0


class World:
    """Clock and calendar."""

    def __init__(self, seed: int = 1) -> None:
        self.now_s = 0.0
        self.rng = np.random.default_rng(seed)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self.wires: dict[int, Wire] = {}

    def at(self, delay_s: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self.now_s + delay_s, next(self._numbers), action))

    def clock(self) -> float:
        return self.now_s

    def open(self, address: Address) -> Transport:
        return self.wires[address.number]

    def wait(self, transports: Sequence[Transport], longest_s: float) -> list[Transport]:
        end_s = self.now_s + max(longest_s, 0.0)
        while True:
            ready = [t for t in transports if isinstance(t, Wire) and t.inbox]
            if ready or not self._events or self._events[0][0] > end_s:
                if not ready:
                    self.now_s = end_s
                return list(ready)
            self.now_s, _, action = heapq.heappop(self._events)
            action()

    def loop(self, key: bytes | None = None) -> LinkLoop:
        return LinkLoop(clock=self.clock, opener=self.open, waiter=self.wait, key=key)


class Wire:
    """The ground's end of a bad radio; `vehicle` is at the other."""

    def __init__(self, world: World, number: int, radio: Radio = Radio()) -> None:
        self.world, self.radio = world, radio
        self.inbox: list[bytes] = []
        self.alive = True
        self.peer: Peer = None  # where the vehicle speaks from; nobody is at its former places
        self.to_vehicle: Callable[[bytes], None] = lambda _data: None
        self.sent = 0
        world.wires[number] = self

    def fileno(self) -> int:
        return 0

    def read(self) -> list[tuple[bytes, Peer]]:
        data, self.inbox = self.inbox, []
        return [(frame, self.peer) for frame in data]

    def write(self, data: bytes, peer: Peer) -> None:
        self.sent += 1
        if peer != self.peer:
            return
        self._carry(data, lambda frame: self.to_vehicle(frame))

    def close(self) -> None:
        self.alive = False

    def from_vehicle(self, data: bytes) -> None:
        self._carry(data, lambda frame: self.inbox.append(frame))

    def _carry(self, data: bytes, deliver: Callable[[bytes], None]) -> None:
        radio, rng = self.radio, self.world.rng
        for _ in range(1 + (rng.random() < radio.repeat)):
            if rng.random() < radio.drop:
                continue
            delay_s = 0.001 + radio.delay_s * rng.random()
            if rng.random() < radio.reorder:
                delay_s += 0.05
            self.world.at(delay_s, lambda: deliver(data) if self.alive else None)


@dataclass
class Craft:
    """A vehicle that heartbeats, tells its position and serves its lists, and does nothing else.

    `die_after` counts messages of the mission protocol; after so many it falls silent.
    """

    world: World
    wire: Wire
    rules: Personality
    system: int = 1
    type: int = dialect.MAV_TYPE_QUADROTOR
    position: tuple[float, float] = START
    armed: bool = False
    key: bytes | None = None
    die_after: int | None = None
    server: MissionServer = field(init=False)
    heard: list[Message] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.codec = Codec(self.system, 1, key=self.key)
        self.server = MissionServer(self.rules, self.home, started_s=self.world.now_s)
        self.wire.to_vehicle = self.receive
        self.world.at(0.3, self.beat)
        self.world.at(0.05, self.tick)

    def home(self) -> Message:
        return dialect.MAVLink_mission_item_int_message(
            0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0,
            round(self.position[1] * 1e7), round(self.position[0] * 1e7), 400.0,
        )  # fmt: skip

    def say(self, *messages: Message) -> None:
        for message in messages:
            self.wire.from_vehicle(self.codec.encode(message))

    def beat(self) -> None:
        mode = 128 if self.armed else 0
        self.say(
            dialect.MAVLink_heartbeat_message(self.type, self.rules.number, mode, 0, 3, 3),
            dialect.MAVLink_global_position_int_message(
                0, round(self.position[1] * 1e7), round(self.position[0] * 1e7), 0, 0, 0, 0, 0, 0
            ),
        )
        self.world.at(1.0, self.beat)

    def tick(self) -> None:
        self.say(*self.server.tick(self.world.now_s))
        self.world.at(0.05, self.tick)

    def receive(self, data: bytes) -> None:
        for message in self.codec.decode(data):
            if message.get_type().startswith("MISSION_"):
                self.heard.append(message)
                if self.die_after is not None and len(self.heard) > self.die_after:
                    self.wire.alive = False
                    return
            self.say(*self.server.receive(message, self.world.now_s))


def craft(
    autopilot: str = "px4", *, world: World | None = None, radio: Radio = Radio(), **others: Any
) -> Craft:
    """A vehicle on a world of its own; its link is ``udp::14550 + system - 1``."""
    rules = ARDUPILOT if autopilot == "ardupilot" else PX4
    place = world or World()
    system = int(str(others.get("system", 1)))
    return Craft(place, Wire(place, 14549 + system, radio), rules, **others)


def link_to(vehicle: "Craft | Sim") -> str:
    return f"udp::{14549 + vehicle.system}"


def waypoint(lat: float, lon: float, *, alt: float = 60.0, frame: int = 3) -> MissionItem:
    return item(16, frame, (0.0, 0.0, 0.0, 0.0), lat, lon, alt)


def item(
    command: int,
    frame: int = 2,
    params: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
    lat: float = 0.0,
    lon: float = 0.0,
    alt: float = 0.0,
) -> MissionItem:
    return MissionItem(
        command=command, frame=frame, params=params, lat_deg=lat, lon_deg=lon, alt_m=alt
    )


def mission(autopilot: str = "px4", *, points: int = 3) -> tuple[MissionItem, ...]:
    """Home where the autopilot wants it, take-off, speed, trigger, points, trigger off, return."""
    lon, lat = START
    home = (waypoint(lat, lon, alt=0.0, frame=0),) if autopilot == "ardupilot" else ()
    return (
        *home,
        item(22, 3, lat=lat, lon=lon, alt=60.0),
        item(178, params=(1.0, 8.0, -1.0, 0.0)),
        item(206, params=(12.0, 0.0, 1.0, 0.0)),
        *(waypoint(lat + 1e-4 * (i % 17), lon + 1.1e-4 * (i // 17)) for i in range(points)),
        item(206),
        item(20),
    )


def fence(corners: int = 4) -> tuple[MissionItem, ...]:
    lon, lat = START
    turns = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return tuple(
        item(5001, 0, (float(corners), 0.0, 0.0, 0.0), lat + 0.01 * y, lon + 0.01 * x)
        for x, y in zip(np.cos(turns).tolist(), np.sin(turns).tolist(), strict=True)
    )


def rally() -> tuple[MissionItem, ...]:
    return (item(5100, 3, lat=START[1], lon=START[0], alt=30.0),)


def load(
    autopilot: str = "px4",
    *,
    uav: str = "a",
    points: int = 3,
    system: int | None = 1,
    **lists: Any,
) -> VehicleLoad:
    given = {"fence": fence(), "rally": rally()} | lists
    return VehicleLoad(
        uav=uav,
        mission=mission(autopilot, points=points),
        expected=Expected(
            kind="multirotor",
            autopilot="ardupilot" if autopilot == "ardupilot" else "px4",
            start_lon_lat_deg=START,
        ),
        system_id=system,
        **given,
    )


class Sim:
    """A whole simulated vehicle in the world."""

    def __init__(
        self,
        world: World,
        autopilot: str = "px4",
        *,
        system: int = 1,
        speedup: float = 1.0,
        endurance_s: float = 1500.0,
        radio: Radio = Radio(),
        kind: AircraftKind = "multirotor",
        vehicle_type: int | None = None,
        params: Mapping[str, float] | None = None,
        name: str = "",
        home: tuple[float, float] = START,
        flight: Flight | None = None,
    ) -> None:
        rules = ARDUPILOT if autopilot == "ardupilot" else PX4
        self.world, self.system = world, system
        self.wire = Wire(world, 14549 + system, radio)
        self.codec = Codec(system, 1)
        self.vehicle = SimVehicle(
            name or f"u{system}",
            system,
            rules,
            flight
            or Flight(home_lon_lat_deg=home, first=int(rules.keeps_home), endurance_s=endurance_s),
            vehicle_type=TYPES[kind] if vehicle_type is None else vehicle_type,
            params=params,
            speedup=speedup,
            started_s=world.now_s,
        )
        self.wire.to_vehicle = self.receive
        self.tick()

    @property
    def flight(self) -> Flight:
        return self.vehicle.flight

    def tick(self) -> None:
        self.say(self.vehicle.tick(self.world.now_s))
        self.world.at(0.05, self.tick)

    def receive(self, data: bytes) -> None:
        for message in self.codec.decode(data):
            self.say(self.vehicle.receive(message, self.world.now_s))

    def say(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.wire.from_vehicle(self.codec.encode(message))


def upload(
    vehicle: Craft, what: VehicleLoad, *, key: bytes | None = None, **options: Any
) -> UploadResult:
    loop = vehicle.world.loop(key)
    (result,) = upload_fleet([what], {what.uav: link_to(vehicle)}, loop=loop, **options)
    return result


def held(vehicle: Craft, kind: int) -> tuple[MissionItem, ...]:
    return tuple(item_of(message) for message in vehicle.server.lists[kind])


def holds_all_of(vehicle: Craft, what: VehicleLoad) -> bool:
    autopilot = vehicle.rules.autopilot
    return not any(
        differences(what.items(kind), held(vehicle, kind), kind=kind, autopilot=autopilot)
        for kind in (MISSION, FENCE, RALLY)
    )


def free_port() -> int:
    """A number that no TCP or UDP socket of this computer listens on."""
    with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        tcp.bind(("127.0.0.1", 0))
        number = int(tcp.getsockname()[1])
        udp.bind(("127.0.0.1", number))
    return number
