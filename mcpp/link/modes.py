"""Flight modes: what a heartbeat says, and how to ask an autopilot for one.

Sources: ArduPilot's ArduCopter/mode.h and ArduPlane/mode.h, PX4's px4_custom_mode.h.
"""

from typing import Final, Literal

from mcpp.link.wire import Message, dialect

Purpose = Literal["mission", "hold", "return", "land", "guided", "ready"]
"""What a mode is for; "ready" is how a vehicle stands on the ground."""

_FIXED_WING: Final = frozenset({1, 19, 20, 21, 22, 23, 24, 25})  # VTOLs run ArduPlane

_COPTER: Final = {
    0: "STABILIZE",
    2: "ALT_HOLD",
    3: "AUTO",
    4: "GUIDED",
    5: "LOITER",
    6: "RTL",
    7: "CIRCLE",
    9: "LAND",
    16: "POSHOLD",
    17: "BRAKE",
    21: "SMART_RTL",
    27: "AUTO_RTL",
}
_PLANE: Final = {
    0: "MANUAL",
    2: "STABILIZE",
    5: "FBWA",
    6: "FBWB",
    7: "CRUISE",
    10: "AUTO",
    11: "RTL",
    12: "LOITER",
    13: "TAKEOFF",
    15: "GUIDED",
    19: "QLOITER",
    20: "QLAND",
    21: "QRTL",
}
_PX4_MAIN: Final = {1: "MANUAL", 2: "ALTITUDE", 3: "POSITION", 5: "ACRO", 6: "OFFBOARD", 7: "STAB"}
_PX4_AUTO: Final = {
    1: "READY",
    2: "TAKEOFF",
    3: "HOLD",
    4: "MISSION",
    5: "RETURN",
    6: "LAND",
    8: "FOLLOW",
    9: "PRECLAND",
}
_COPTER_FOR: Final[dict[Purpose, int]] = {
    "mission": 3,
    "hold": 17,
    "return": 6,
    "land": 9,
    "guided": 4,
    "ready": 0,
}
_PLANE_FOR: Final[dict[Purpose, int]] = {
    "mission": 10,
    "hold": 12,
    "return": 11,
    "land": 11,
    "guided": 15,
    "ready": 0,
}
_PX4_FOR: Final[dict[Purpose, tuple[int, int]]] = {
    "mission": (4, 4),
    "hold": (4, 3),
    "return": (4, 5),
    "land": (4, 6),
    "guided": (4, 3),
    "ready": (4, 1),
}
_PX4_MAIN_SHIFT, _PX4_SUB_SHIFT = 16, 24


def mode_name(heartbeat: Message) -> str:
    """Name of the present mode in the autopilot's own words."""
    number = int(heartbeat.custom_mode)
    if heartbeat.autopilot == dialect.MAV_AUTOPILOT_PX4:
        main, sub = (number >> _PX4_MAIN_SHIFT) & 0xFF, (number >> _PX4_SUB_SHIFT) & 0xFF
        name = _PX4_AUTO.get(sub) if main == 4 else _PX4_MAIN.get(main)
        return name or f"mode {main}/{sub}"
    if heartbeat.autopilot == dialect.MAV_AUTOPILOT_ARDUPILOTMEGA:
        table = _PLANE if heartbeat.type in _FIXED_WING else _COPTER
        return table.get(number, f"mode {number}")
    return f"mode {number}"


def custom_mode(autopilot: int, vehicle_type: int, purpose: Purpose) -> int:
    """`custom_mode` of a heartbeat in the mode for a purpose."""
    if autopilot == dialect.MAV_AUTOPILOT_ARDUPILOTMEGA:
        return (_PLANE_FOR if vehicle_type in _FIXED_WING else _COPTER_FOR)[purpose]
    main, sub = _PX4_FOR[purpose]
    return (main << _PX4_MAIN_SHIFT) | (sub << _PX4_SUB_SHIFT)


def mode_params(heartbeat: Message, purpose: Purpose) -> tuple[float, float, float]:
    """Parameters of MAV_CMD_DO_SET_MODE for a purpose."""
    number = custom_mode(heartbeat.autopilot, heartbeat.type, purpose)
    base = float(dialect.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED)
    if heartbeat.autopilot == dialect.MAV_AUTOPILOT_ARDUPILOTMEGA:
        return base, float(number), 0.0
    return base, float((number >> _PX4_MAIN_SHIFT) & 0xFF), float(number >> _PX4_SUB_SHIFT)


def purpose_of(autopilot: int, vehicle_type: int, number: int) -> Purpose | None:
    """Find the purpose whose mode has this number."""
    purposes: tuple[Purpose, ...] = ("mission", "hold", "return", "land", "guided", "ready")
    return next((p for p in purposes if custom_mode(autopilot, vehicle_type, p) == number), None)
