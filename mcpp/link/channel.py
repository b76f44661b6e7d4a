"""Opened links with their codecs, and vehicles as the ground speaks to them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from mcpp.link.transport import Address, Peer, Transport
from mcpp.link.wire import AUTOPILOT_COMPONENT, Codec, Message, dialect

Tap = Callable[[Message], None]
PortTap = Callable[["Port", Message], None]
"""Told every message from and to a vehicle, with its port."""


LISTENED: Final = frozenset(
    dialect.__dict__[f"MAVLINK_MSG_ID_{name}"]
    for name in (
        "HEARTBEAT", "SYS_STATUS", "PARAM_VALUE", "GPS_RAW_INT", "GLOBAL_POSITION_INT",
        "MISSION_ITEM", "MISSION_REQUEST", "MISSION_SET_CURRENT", "MISSION_CURRENT",
        "MISSION_REQUEST_LIST", "MISSION_COUNT", "MISSION_CLEAR_ALL", "MISSION_ITEM_REACHED",
        "MISSION_ACK", "MISSION_REQUEST_INT", "MISSION_ITEM_INT", "COMMAND_ACK", "CAMERA_TRIGGER",
        "AUTOPILOT_VERSION", "FENCE_STATUS", "CAMERA_FEEDBACK", "EXTENDED_SYS_STATE",
        "STATUSTEXT", "CAMERA_INFORMATION", "CAMERA_IMAGE_CAPTURED", "RADIO_STATUS", "EVENT",
        "CURRENT_EVENT_SEQUENCE", "RESPONSE_EVENT_ERROR", "STORAGE_INFORMATION",
        "CAMERA_CAPTURE_STATUS", "GIMBAL_MANAGER_INFORMATION", "TERRAIN_REPORT",
    )
)  # fmt: skip
"""Messages that are looked at: all others are let go before they are decoded, but for a log."""


class Channel:
    """One opened address with its codec; vehicles that share it are told apart by system id.

    Attributes
    ----------
    systems_heard
        Systems of vehicles.
    stations
        Other ground stations, by system and component: when each was last heard.
    """

    def __init__(self, address: Address, transport: Transport, codec: Codec) -> None:
        self.address = address
        self.transport = transport
        self.codec = codec
        self.ports: list[Port] = []
        self.systems_heard: set[int] = set()
        self.stations: dict[tuple[int, int], float] = {}
        self.all_wanted = False
        self._peers: dict[int, Peer] = {}

    def receive(self) -> list[Message]:
        """Take what has come in since the last call."""
        messages: list[Message] = []
        for data, peer in self.transport.read():
            for message in self.codec.decode(data, None if self.all_wanted else LISTENED):
                self._peers[message.get_srcSystem()] = peer
                messages.append(message)
        return messages

    def send(self, message: Message, system: int | None) -> None:
        """Send to a system, or with None to everyone who has been heard here."""
        frame = self.codec.encode(message)
        if system is not None:
            self.transport.write(frame, self._peers.get(system))
            return
        for peer in dict.fromkeys(self._peers.values()) or (None,):
            self.transport.write(frame, peer)


@dataclass(slots=True, eq=False)
class Port:
    """One vehicle as the ground speaks to it.

    Attributes
    ----------
    system
        Its system id; None until the first heartbeat on a link of its own names it.
    heartbeat
        The last heartbeat of its autopilot.
    heard_s
        When anything was last heard from it, on the loop's clock.
    components
        Components of its system that were heard: cameras are 100 to 105.
    """

    uav: str
    channel: Channel
    system: int | None
    clock: Callable[[], float]
    taps: list[PortTap]
    heartbeat: Message | None = None
    listeners: list[Tap] = field(default_factory=list)
    component: int = AUTOPILOT_COMPONENT
    heard_s: float = -math.inf
    components: set[int] = field(default_factory=set)

    def now(self) -> float:
        """Seconds of the loop's clock."""
        return self.clock()

    def send(self, message: Message) -> None:
        """Send to this vehicle."""
        self.channel.send(message, self.system)
        for tap in self.taps:
            tap(self, message)

    @property
    def target(self) -> tuple[int, int]:
        """System and component that messages to it are addressed to."""
        return self.system or 0, self.component

    @property
    def frames(self) -> tuple[int, int]:
        """Frames of its system that were heard, and that were missed, so far."""
        codec, system = self.channel.codec, self.system
        totals = [
            sum(number for key, number in counted.items() if key >> 8 == system)
            for counted in (codec.heard, codec.missed)
        ]
        return totals[0], totals[1]

    def hears(self, message: Message) -> bool:
        """Whether a message of the channel is from this vehicle; binds a port with no system."""
        if message.get_type() == "HEARTBEAT" and is_autopilot(message):
            if self.system is None:
                self.system = message.get_srcSystem()
                self.component = message.get_srcComponent()
            if message.get_srcSystem() == self.system:
                self.heartbeat = message
        if message.get_srcSystem() != self.system:
            return False
        self.components.add(message.get_srcComponent())
        self.heard_s = self.clock()
        return True


def is_autopilot(heartbeat: Message) -> bool:
    """Whether a heartbeat is of a vehicle, not of a ground station, camera or gimbal."""
    return bool(
        heartbeat.autopilot != dialect.MAV_AUTOPILOT_INVALID
        and heartbeat.type != dialect.MAV_TYPE_GCS
    )
