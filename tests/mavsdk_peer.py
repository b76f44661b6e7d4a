"""MAVSDK, an independent reader of mission files: a client with no vehicle and no socket.

Its importer needs to know an autopilot; one HEARTBEAT over the raw connection tells it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mavsdk.mavsdk import Configuration, Mavsdk
from mavsdk.plugins.mission_raw import MissionRaw
from pymavlink.dialects.v20 import common

AUTOPILOT = {"generic": 0, "ardupilot": 3, "px4": 12}
_QUADROTOR, _STANDBY = 2, 3


def _heartbeat(autopilot: str) -> bytes:
    link = common.MAVLink(None, srcSystem=1, srcComponent=1)
    message = common.MAVLink_heartbeat_message(_QUADROTOR, AUTOPILOT[autopilot], 0, 0, _STANDBY, 3)
    frame: bytes = message.pack(link)
    return frame


@contextmanager
def mission_reader(autopilot: str) -> Iterator[Any]:
    """Give a `MissionRaw` that believes to speak with such an autopilot."""
    peer = Mavsdk(Configuration.create_manual(245, 190, False))
    try:
        peer.add_any_connection("raw://")
        peer.pass_received_raw_bytes(_heartbeat(autopilot))
        system = peer.first_autopilot(5.0)
        assert system is not None, "MAVSDK heard no autopilot"
        yield MissionRaw(system)
    finally:
        peer.destroy()
