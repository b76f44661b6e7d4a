"""Words for the numbers of MAVLink, so that a user reads reasons and not codes."""

from typing import Final

from mcpp.link.wire import dialect

MISSION: Final = 0
FENCE: Final = 1
RALLY: Final = 2
KIND_NAMES: Final = {MISSION: "mission", FENCE: "fence", RALLY: "rally"}

_ACK_WORDS: Final = {
    0: "accepted",
    1: "the vehicle reports an error",
    2: "frame not supported",
    3: "command not supported",
    4: "no space for so many items",
    5: "invalid",
    6: "parameter 1 is invalid",
    7: "parameter 2 is invalid",
    8: "parameter 3 is invalid",
    9: "parameter 4 is invalid",
    10: "parameter 5 (latitude) is invalid",
    11: "parameter 6 (longitude) is invalid",
    12: "parameter 7 (height) is invalid",
    13: "item out of sequence",
    14: "denied",
    15: "the vehicle cancelled the transfer",
}
_RESULT_WORDS: Final = {
    0: "accepted",
    1: "refused for now",
    2: "denied",
    3: "not supported",
    4: "failed",
    5: "in progress",
    6: "cancelled",
}


def ack_words(code: int) -> str:
    """Say what a MISSION_ACK code means."""
    return _ACK_WORDS.get(code, f"result {code}")


def result_words(code: int) -> str:
    """Say what the result of a command means."""
    return _RESULT_WORDS.get(code, f"result {code}")


def describe_command(command: int) -> str:
    """Short name of a MAV_CMD, as in ``NAV_WAYPOINT``."""
    entry = dialect.enums["MAV_CMD"].get(command)
    return entry.name.removeprefix("MAV_CMD_") if entry else f"command {command}"
