"""How an autopilot behaves as the vehicle's side of the mission protocol.

The figures were observed on ArduCopter 4.5.6 (SITL) and PX4 1.16.1 (SITL): how they ask, what they
accept, how many items they hold, how long they wait for a silent ground station.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mcpp.link.wire import Message, dialect
from mcpp.link.words import FENCE, MISSION, RALLY
from mcpp.model import Autopilot

_ACCEPTED: Final = dialect.MAV_MISSION_ACCEPTED
_NO_POSITION: Final = frozenset({20, 93, 112, 114, 115, 177})
_FENCE_COMMANDS: Final = frozenset(range(5000, 5005))


@dataclass(frozen=True, slots=True, kw_only=True)
class Personality:
    """One autopilot's rules.

    Attributes
    ----------
    asks_int
        Asks with MISSION_REQUEST_INT, and every `float_every`-th time with MISSION_REQUEST.
    ask_again_s, give_up_s
        When an item is asked for again, and when a silent ground station is given up.
    says_cancelled
        Sends an acknowledgement when it gives up.
    keeps_home
        Item 0 is its own home.
    atomic
        A broken upload leaves the old items.
    boot_s
        Answers NO_SPACE for so long after its start.
    busy
        Result code for another ground station while an upload is under way: what the sources of
        both say (GCS_MAVLink/MissionItemProtocol, mavlink_mission.cpp).
    check_item
        Result code for an item, 0 if it is taken.
    stored
        What is kept of an item.
    """

    autopilot: Autopilot
    number: int
    asks_int: bool
    float_every: int
    ask_again_s: float
    give_up_s: float
    says_cancelled: bool
    keeps_home: bool
    atomic: bool
    boot_s: float
    most: dict[int, int]
    over_count: int
    busy: int
    check_item: Callable[[Message], int]
    check_list: Callable[[int, Sequence[Message]], int]
    stored: Callable[[Message], Message]


def is_positional(command: int) -> bool:
    """Whether a command of a mission names a place: most NAV commands, ROI and the like."""
    return (
        (command < 95 and command not in _NO_POSITION) or command in (195, 201) or (command >= 5000)
    )


# --------------------------------------------------------------------------------- ArduPilot

_ARDUPILOT_FRAMES: Final = frozenset({0, 2, 3, 5, 6, 10, 11})
_ARDUPILOT_KEPT: Final = {16: (1,), 19: (1, 3), 20: (), 21: (), 22: (), 82: (1,), 5100: ()}


def _ardupilot_item(item: Message) -> int:
    if item.command in (195, 197) or item.command > 31_999:
        return int(dialect.MAV_MISSION_UNSUPPORTED)
    if item.frame not in _ARDUPILOT_FRAMES:
        return int(dialect.MAV_MISSION_UNSUPPORTED_FRAME)
    for number, value in enumerate((item.param1, item.param2, item.param3), start=1):
        if math.isnan(value):
            return int(dialect.MAV_MISSION_INVALID_PARAM1) + number - 1
    if is_positional(item.command):
        if abs(item.x) > 900_000_000:
            return int(dialect.MAV_MISSION_INVALID_PARAM5_X)
        if abs(item.y) > 1_800_000_000:
            return int(dialect.MAV_MISSION_INVALID_PARAM6_Y)
    return int(_ACCEPTED)


def _ardupilot_list(kind: int, items: Sequence[Message]) -> int:
    if kind != FENCE:
        return int(_ACCEPTED)
    index = 0
    while index < len(items):
        item = items[index]
        if item.command in (5001, 5002):
            size = int(item.param1)
            ring = items[index : index + size]
            if (
                size < 3
                or len(ring) < size
                or any((v.command, v.param1) != (item.command, item.param1) for v in ring)
            ):
                return int(dialect.MAV_MISSION_ERROR)
            index += size
        else:
            index += 1
    return int(_ACCEPTED)


def _ardupilot_stored(item: Message) -> Message:
    kept = _ARDUPILOT_KEPT.get(item.command, (1, 2, 3, 4))
    values = [
        0.0 if number not in kept or math.isnan(value) else value
        for number, value in enumerate((item.param1, item.param2, item.param3, item.param4), 1)
    ]
    if item.command == 16:
        values[0] = float(int(values[0]))
    frame = item.frame if is_positional(item.command) else 0
    frame = {5: 0, 6: 3, 11: 10}.get(frame, frame)
    return _copy(item, frame, values, round(item.z * 100) / 100)


# --------------------------------------------------------------------------------------- PX4

_PX4_FRAMES: Final = frozenset({0, 3, 5, 6})
_PX4_KEPT: Final = {16: (1, 2, 4), 20: (), 21: (4,), 22: (1, 4), 5100: ()}


def _px4_item(item: Message) -> int:
    if is_positional(item.command):
        if item.frame not in _PX4_FRAMES:
            return int(dialect.MAV_MISSION_UNSUPPORTED_FRAME)
        return int(_ACCEPTED)
    if item.frame != dialect.MAV_FRAME_MISSION:
        return int(dialect.MAV_MISSION_UNSUPPORTED)
    return int(_ACCEPTED)


def _px4_list(kind: int, items: Sequence[Message]) -> int:
    del kind, items
    return int(_ACCEPTED)


def _px4_stored(item: Message) -> Message:
    kept = _PX4_KEPT.get(item.command, (1, 2, 3, 4))
    values = [
        value if number in kept else 0.0
        for number, value in enumerate((item.param1, item.param2, item.param3, item.param4), 1)
    ]
    return _copy(item, {5: 0, 6: 3}.get(item.frame, item.frame), values, item.z)


def _copy(item: Message, frame: int, values: Sequence[float], z: float) -> Message:
    return dialect.MAVLink_mission_item_int_message(
        0,
        0,
        item.seq,
        frame,
        item.command,
        0,
        item.autocontinue,
        *values,
        item.x,
        item.y,
        z,
        mission_type=item.mission_type,
    )


ARDUPILOT: Final = Personality(
    autopilot="ardupilot",
    number=dialect.MAV_AUTOPILOT_ARDUPILOTMEGA,
    asks_int=False,
    float_every=1,
    ask_again_s=1.0,
    give_up_s=8.0,
    says_cancelled=True,
    keeps_home=True,
    atomic=False,
    boot_s=0.5,
    most={MISSION: 650, FENCE: 70, RALLY: 46},
    over_count=dialect.MAV_MISSION_NO_SPACE,
    busy=dialect.MAV_MISSION_DENIED,
    check_item=_ardupilot_item,
    check_list=_ardupilot_list,
    stored=_ardupilot_stored,
)
PX4: Final = Personality(
    autopilot="px4",
    number=dialect.MAV_AUTOPILOT_PX4,
    asks_int=True,
    float_every=7,
    ask_again_s=0.27,
    give_up_s=5.0,
    says_cancelled=False,
    keeps_home=False,
    atomic=True,
    boot_s=0.0,
    most={MISSION: 1307, FENCE: 64, RALLY: 32},
    over_count=dialect.MAV_MISSION_NO_SPACE,
    busy=dialect.MAV_MISSION_ERROR,
    check_item=_px4_item,
    check_list=_px4_list,
    stored=_px4_stored,
)
PERSONALITIES: Final[dict[Autopilot, Personality]] = {
    "ardupilot": ARDUPILOT,
    "px4": PX4,
    "generic": PX4,
}
