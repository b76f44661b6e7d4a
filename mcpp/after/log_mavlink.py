"""MAVLink telemetry logs (.tlog), as ground stations write them.

Positions are GLOBAL_POSITION_INT; photos are CAMERA_FEEDBACK (ArduPilot), CAMERA_IMAGE_CAPTURED
(the camera protocol) or CAMERA_TRIGGER (PX4), the first of these that a vehicle sends.
"""

import math
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as dialect

from mcpp.after.shots import Log
from mcpp.after.track import TrackBuilder
from mcpp.errors import InputError

_PHOTOS = ("CAMERA_FEEDBACK", "CAMERA_IMAGE_CAPTURED", "CAMERA_TRIGGER")
_WANTED = frozenset(
    {
        dialect.MAVLINK_MSG_ID_GLOBAL_POSITION_INT,
        dialect.MAVLINK_MSG_ID_CAMERA_FEEDBACK,
        dialect.MAVLINK_MSG_ID_CAMERA_IMAGE_CAPTURED,
        dialect.MAVLINK_MSG_ID_CAMERA_TRIGGER,
    }
)
_STAMP = struct.Struct(">Q")
_LATEST_US = 4_000_000_000_000_000
"""The year 2096: a later stamp is no stamp, but the middle of a frame."""


def _frames(data: bytes) -> Iterator[tuple[float, bytes]]:
    """Yield time and bytes of each frame with a wanted message, past what is broken.

    A frame of MAVLink 1 has 8 bytes about its payload, one of MAVLink 2 has 12, and 13 more where
    it is signed.
    """
    at, size = 0, len(data)
    while at + 16 <= size:
        (stamp,) = _STAMP.unpack_from(data, at)
        magic, length = data[at + 8], data[at + 9]
        second = magic == 0xFD
        if stamp > _LATEST_US or magic not in {0xFD, 0xFE}:
            at += 1
            continue
        whole = length + (12 if second else 8) + (13 if second and data[at + 10] & 1 else 0)
        if at + 8 + whole > size:
            at += 1
            continue
        head = data[at + 15 : at + 18] if second else data[at + 13 : at + 14]
        if int.from_bytes(head, "little") in _WANTED:
            yield stamp / 1e6, data[at + 8 : at + 8 + whole]
        at += 8 + whole


def _messages(data: bytes) -> Iterator[tuple[float, Any]]:
    parser = dialect.MAVLink(None)
    for time_s, frame in _frames(data):
        try:
            yield time_s, parser.decode(bytearray(frame))
        except dialect.MAVError:
            continue  # a frame whose check sum is wrong


def read_tlog(path: Path) -> tuple[Log, ...]:
    """Read a log of one vehicle or more, one `Log` each.

    Raises
    ------
    InputError
    """
    tracks: dict[int, TrackBuilder] = {}
    photos: dict[int, dict[str, list[tuple[float, Any]]]] = {}
    for time_s, message in _messages(path.read_bytes()):
        system, kind = int(message.get_srcSystem()), message.get_type()
        if kind != "GLOBAL_POSITION_INT":
            photos.setdefault(system, {}).setdefault(kind, []).append((time_s, message))
            continue
        track = tracks.setdefault(system, TrackBuilder(path.name, "tlog", system))
        track.add(
            time_s,
            message.lon / 1e7,
            message.lat / 1e7,
            altitude_m=message.alt / 1000,
            above_launch_m=message.relative_alt / 1000,
            yaw_deg=message.hdg / 100 if message.hdg != 0xFFFF else math.nan,
        )
    systems = sorted(tracks.keys() | photos.keys())
    if not systems:
        msg = "it holds no MAVLink message with a position or a photo"
        raise InputError(msg)
    logs = []
    for system in systems:
        track = tracks.get(system) or TrackBuilder(path.name, "tlog", system)
        if len(systems) > 1:
            track.name = f"{path.name}, system {system}"
        told = photos.get(system, {})
        for time_s, message in next((told[kind] for kind in _PHOTOS if kind in told), []):
            _add_photo(track, time_s, message)
        logs.append(track.log())
    return tuple(logs)


def _add_photo(track: TrackBuilder, time_s: float, message: Any) -> None:
    if message.get_type() == "CAMERA_FEEDBACK":
        track.photo(
            time_s,
            (message.lng / 1e7, message.lat / 1e7),
            altitude_m=message.alt_msl,
            above_launch_m=message.alt_rel,
            body_pitch_deg=message.pitch,
            body_roll_deg=message.roll,
            body_yaw_deg=message.yaw,
        )
    elif message.get_type() == "CAMERA_IMAGE_CAPTURED":
        if message.capture_result == 1:
            track.photo(
                time_s,
                (message.lon / 1e7, message.lat / 1e7),
                altitude_m=message.alt / 1000,
                above_launch_m=message.relative_alt / 1000,
            )
    else:
        track.photo(time_s, None)
