"""Cameras and gimbals that speak MAVLink: what they are, their room for photos, their tilt.

Source: mavlink-devguide, `services/camera` and `services/gimbal_v2`. A camera is a component of its
own (100 to 105), or the autopilot answers for one that hangs on it; the gimbal manager is the
autopilot or a component.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mcpp.link.channel import Port
from mcpp.link.loop import Steps
from mcpp.link.needs import Needs
from mcpp.link.protocol import Times, wait_for
from mcpp.link.wire import Message, dialect

CAMERA_PARTS: Final = range(100, 106)
"""MAV_COMP_ID_CAMERA to CAMERA6."""

_UNUSABLE: Final = {0: "has no storage in it", 1: "has a storage that is not formatted"}
_READY: Final = 2
# A JPEG has some 0.15 bytes a pixel at least, 0.5 at usual quality.
_LEAST_BYTES, _USUAL_BYTES = 0.15, 0.5
_MIB: Final = 1 << 20
_SLACK_DEG: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MavlinkCamera:
    """A camera as it tells of itself.

    Attributes
    ----------
    pixels
        Of a photo; 0 where it does not say.
    storage
        STORAGE_STATUS; None where it does not say.
    free_mib
        Room on its storage, MiB.
    """

    component: int
    model: str
    pixels: int = 0
    storage: int | None = None
    free_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class GimbalManager:
    """How far a gimbal tilts, degrees, up counted positive."""

    low_deg: float
    high_deg: float


def _ask(port: Port, component: int, number: int, times: Times) -> Steps[Message | None]:
    """Ask one component for a message; None when it does not come."""
    name = dialect.mavlink_map[number].msgname
    command = dialect.MAV_CMD_REQUEST_MESSAGE
    for _ in range(times.retries + 1):
        port.send(
            dialect.MAVLink_command_long_message(
                port.target[0], component, command, 0, number, 0, 0, 0, 0, 0, 0
            )
        )
        message = yield from wait_for(
            port,
            lambda m: m.get_type() == name and m.get_srcComponent() == component,
            times.reply_s / 3,
        )
        if message is not None:
            return message
    return None


def find_camera(port: Port, times: Times) -> Steps[MavlinkCamera | None]:
    """Ask the first camera that answers what it is and what its storage holds."""
    heard = sorted(part for part in port.components if part in CAMERA_PARTS)
    brief = replace(times, retries=min(times.retries, 2))
    for component in (*heard, port.component):
        told = yield from _ask(port, component, dialect.MAVLINK_MSG_ID_CAMERA_INFORMATION, brief)
        if told is None:
            continue
        room = yield from _ask(port, component, dialect.MAVLINK_MSG_ID_STORAGE_INFORMATION, brief)
        return MavlinkCamera(
            component=component,
            model=_text(told.model_name),
            pixels=int(told.resolution_h) * int(told.resolution_v),
            storage=None if room is None else int(room.status),
            free_mib=0.0 if room is None else float(room.available_capacity),
        )
    return None


def find_gimbal(port: Port, times: Times) -> Steps[GimbalManager | None]:
    """Ask the gimbal manager how far it tilts; None where there is none that says."""
    brief = replace(times, retries=min(times.retries, 1))
    number = dialect.MAVLINK_MSG_ID_GIMBAL_MANAGER_INFORMATION
    told = yield from _ask(port, port.component, number, brief)
    if told is None or not told.pitch_min < told.pitch_max:
        return None
    return GimbalManager(math.degrees(told.pitch_min), math.degrees(told.pitch_max))


def _text(codes: bytes | list[int]) -> str:
    return bytes(codes).split(b"\x00")[0].decode(errors="replace")


def room_problems(camera: MavlinkCamera, photos: int) -> Iterator[str]:
    """Say why the photos of a mission surely do not go on its storage."""
    if camera.storage in _UNUSABLE:
        yield f"its camera {camera.model} {_UNUSABLE[camera.storage]}"
    elif _short(camera, photos, _LEAST_BYTES):
        yield _room_words(camera, photos, _LEAST_BYTES)


def room_notes(camera: MavlinkCamera, photos: int) -> Iterator[str]:
    """Say why they may not."""
    certain = any(room_problems(camera, photos))
    if not certain and _short(camera, photos, _USUAL_BYTES):
        yield _room_words(camera, photos, _USUAL_BYTES)


def _short(camera: MavlinkCamera, photos: int, bytes_a_pixel: float) -> bool:
    needed_mib = photos * camera.pixels * bytes_a_pixel / _MIB
    return camera.storage == _READY and camera.free_mib < needed_mib


def _room_words(camera: MavlinkCamera, photos: int, bytes_a_pixel: float) -> str:
    each_mib = camera.pixels * bytes_a_pixel / _MIB
    least = " at least" if bytes_a_pixel == _LEAST_BYTES else " about"
    return (
        f"its camera {camera.model} has room for {camera.free_mib:.0f} MiB: {photos} photos need"
        f"{least} {photos * each_mib:.0f} MiB ({each_mib:.1f} each)"
    )


def tilt_problem(gimbal: GimbalManager, needs: Needs) -> str:
    """Say that a gimbal does not reach the planned tilt; empty where it does."""
    wanted = needs.gimbal_pitch_deg
    if gimbal.low_deg - _SLACK_DEG <= wanted <= gimbal.high_deg + _SLACK_DEG:
        return ""
    return (
        f"its gimbal tilts from {gimbal.low_deg:.0f} to {gimbal.high_deg:.0f} deg:"
        f" the plan points the camera to {wanted:g} deg"
    )
