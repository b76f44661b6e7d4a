"""Parameters of the simulated vehicles: the firmware's defaults, or what suits a plan.

The defaults are those of ArduCopter and ArduPlane 4.5.6 and PX4 1.16.1, as their simulators told
them or as they are documented; only parameters that mcpp looks at are there.
"""

from dataclasses import replace
from typing import Final

from mcpp.link.needs import Needs
from mcpp.link.parameters import family_of, unfit_parameters
from mcpp.link.rules import Family
from mcpp.model import AircraftKind, Autopilot

_FENCE: Final = {
    "FENCE_ENABLE": 0.0, "FENCE_TYPE": 7.0, "FENCE_ACTION": 1.0, "FENCE_RADIUS": 300.0,
    "FENCE_ALT_MAX": 100.0, "FENCE_ALT_MIN": -10.0, "FENCE_MARGIN": 2.0,
}  # fmt: skip
_ARDUPILOT: Final = _FENCE | {
    "TERRAIN_ENABLE": 1.0,
    "BATT_MONITOR": 4.0, "BATT_CAPACITY": 3300.0, "BATT_LOW_MAH": 0.0, "BATT_FS_LOW_ACT": 0.0,
    "BATT_FS_CRT_ACT": 0.0, "CAM1_TYPE": 0.0, "RALLY_LIMIT_KM": 0.3, "RALLY_INCL_HOME": 1.0,
}  # fmt: skip
_COPTER: Final = _ARDUPILOT | {
    "AUTO_OPTIONS": 0.0, "DISARM_DELAY": 10.0,
    "RTL_ALT": 1500.0, "RTL_ALT_FINAL": 0.0, "RTL_SPEED": 0.0,
    "RTL_LOIT_TIME": 5000.0, "RTL_CONE_SLOPE": 3.0, "RTL_CLIMB_MIN": 0.0, "WPNAV_SPEED": 1000.0,
    "WPNAV_SPEED_UP": 250.0, "WPNAV_SPEED_DN": 150.0, "WPNAV_ACCEL": 250.0, "WPNAV_RADIUS": 200.0,
    "WPNAV_JERK": 1.0, "LAND_SPEED": 50.0, "LAND_SPEED_HIGH": 0.0, "LAND_ALT_LOW": 1000.0,
    "FS_THR_ENABLE": 1.0, "FS_GCS_ENABLE": 0.0, "WP_YAW_BEHAVIOR": 2.0,
}  # fmt: skip
_PLANE: Final = _ARDUPILOT | {
    "FENCE_AUTOENABLE": 0.0, "RALLY_LIMIT_KM": 5.0, "RALLY_INCL_HOME": 0.0, "WP_RADIUS": 50.0,
    "WP_LOITER_RAD": 80.0, "RTL_RADIUS": 0.0, "RTL_ALTITUDE": 100.0, "RTL_AUTOLAND": 0.0,
    "AIRSPEED_CRUISE": 22.0, "AIRSPEED_MIN": 10.0, "AIRSPEED_MAX": 30.0, "NAVL1_PERIOD": 15.0,
    "ROLL_LIMIT_DEG": 45.0, "FS_LONG_ACTN": 0.0, "Q_ENABLE": 0.0,
}  # fmt: skip
_QUADPLANE: Final = _PLANE | {
    "Q_ENABLE": 1.0, "Q_RTL_MODE": 0.0, "Q_RTL_ALT": 15.0, "Q_MAV_TYPE": 0.0,
}  # fmt: skip
_PX4: Final = {
    "GF_ACTION": 2.0, "GF_MAX_HOR_DIST": 0.0, "GF_MAX_VER_DIST": 0.0, "NAV_DLL_ACT": 0.0,
    "NAV_RCL_ACT": 2.0, "COM_LOW_BAT_ACT": 0.0, "BAT_LOW_THR": 0.15, "BAT_CRIT_THR": 0.07,
    "BAT_EMERGEN_THR": 0.05, "RTL_TYPE": 0.0, "RTL_RETURN_ALT": 30.0, "RTL_DESCEND_ALT": 10.0,
    "RTL_LAND_DELAY": 0.0, "RTL_CONE_ANG": 45.0, "MIS_DIST_1WP": 10000.0, "MIS_TKO_LAND_REQ": 0.0,
    "NAV_ACC_RAD": 2.0, "MPC_XY_CRUISE": 5.0, "MPC_XY_VEL_MAX": 12.0, "MPC_Z_V_AUTO_UP": 3.0,
    "MPC_Z_V_AUTO_DN": 1.5, "MPC_LAND_SPEED": 0.7, "TRIG_MODE": 0.0, "COM_DISARM_PRFLT": 10.0,
}  # fmt: skip
WHOLE: Final = frozenset(
    {"GF_ACTION", "NAV_DLL_ACT", "NAV_RCL_ACT", "COM_LOW_BAT_ACT", "RTL_TYPE", "RTL_CONE_ANG",
     "MIS_TKO_LAND_REQ", "TRIG_MODE"}
)  # fmt: skip
"""PX4's parameters that are integers: their bytes travel where a float would."""

_SET_UP: Final[dict[Family, dict[str, float]]] = {
    "copter": {"FENCE_ENABLE": 1.0, "FENCE_TYPE": 4.0, "CAM1_TYPE": 1.0, "BATT_FS_LOW_ACT": 2.0},
    "plane": {"FENCE_ENABLE": 1.0, "FENCE_TYPE": 4.0, "CAM1_TYPE": 1.0, "BATT_FS_LOW_ACT": 1.0},
    "px4": {"GF_ACTION": 3.0, "TRIG_MODE": 4.0, "COM_LOW_BAT_ACT": 3.0},
}


def _family(autopilot: Autopilot, kind: AircraftKind) -> Family:
    return family_of(autopilot, wing=kind != "multirotor") or "px4"


def firmware_defaults(autopilot: Autopilot, kind: AircraftKind = "multirotor") -> dict[str, float]:
    """Parameters of a vehicle that nobody has set up."""
    if _family(autopilot, kind) == "px4":
        return dict(_PX4)
    if kind == "vtol":
        return dict(_QUADPLANE)
    return dict(_PLANE if kind == "fixed-wing" else _COPTER)


def set_up_params(
    autopilot: Autopilot, kind: AircraftKind = "multirotor", needs: Needs | None = None
) -> dict[str, float]:
    """Parameters of a vehicle whose crew has set it up for a plan: fence and camera are on."""
    family = _family(autopilot, kind)
    values = firmware_defaults(autopilot, kind) | _SET_UP[family]
    asked = replace(needs or Needs(), kind=kind)
    for unfit in unfit_parameters(family, values, asked):
        if unfit.wanted is not None:
            values[unfit.name] = unfit.wanted
    return values
