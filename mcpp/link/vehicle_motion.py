"""How a vehicle moves, from its own parameters: what the plan's model of time is to know of it."""

from dataclasses import asdict, replace
from typing import Any, Final

from mcpp.link.rules import Family, Values
from mcpp.model import AutopilotMotion
from mcpp.problem.autopilot import ARDUCOPTER, PX4_MULTIROTOR

_COPTER: Final = (
    ("acceleration_m_s2", "WPNAV_ACCEL", 0.01),
    ("jerk_m_s3", "WPNAV_JERK", 1.0),
    ("corner_radius_m", "WPNAV_RADIUS", 0.01),
    ("landing_wait_s", "RTL_LOIT_TIME", 0.001),
    ("landing_slow_height_m", "LAND_ALT_LOW", 0.01),
    ("landing_slow_m_s", "LAND_SPEED", 0.01),
)
_PX4: Final = (
    ("corner_radius_m", "NAV_ACC_RAD", 1.0),
    ("landing_slow_m_s", "MPC_LAND_SPEED", 1.0),
    ("landing_slow_height_m", "MPC_LAND_ALT1", 1.0),
)


def motion_from(family: Family, values: Values) -> AutopilotMotion | None:
    """Make the motion of a multirotor from its parameters; None for a wing.

    What the parameters do not say is what the autopilot does by default.
    """
    if family == "plane":
        return None
    default, table = (ARDUCOPTER, _COPTER) if family == "copter" else (PX4_MULTIROTOR, _PX4)
    read: dict[str, Any] = {
        field: values[name] * unit for field, name, unit in table if name in values
    }
    return replace(default, **read)


def motion_value(motion: AutopilotMotion) -> dict[str, Any]:
    """Write a motion as the mission file's ``aircraft[].motion`` has it."""
    return {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in asdict(motion).items()
        if value is not None
    }
