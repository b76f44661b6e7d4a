"""What autopilots do by default with a mission: corners, jerk, take-off, landing.

The figures are those of the firmware's default parameters where a parameter names them, and else
were measured on flights of 300 legs in the autopilots' own simulators (ArduCopter 4.5.6, PX4 1.16.1
SIH).
"""

from functools import cache

from mcpp.ground.kinematics import corner_s
from mcpp.model import Aircraft, AircraftKind, Autopilot, AutopilotMotion, Vehicle

ARDUCOPTER = AutopilotMotion(
    acceleration_m_s2=2.5,
    vertical_acceleration_m_s2=1.0,
    jerk_m_s3=1.0,
    jerk_build_up_s=0.15,
    corner="blend",
    corner_radius_m=2.0,
    takeoff_delay_s=4.5,
    landing_wait_s=5.0,
    landing_slow_height_m=10.0,
    landing_slow_m_s=0.5,
    landing_delay_s=4.0,
    photo_settle_s=0.3,
)
"""Delays of take-off and landing are measured: arming delay and spooling up, touch-down and
disarming."""

PX4_MULTIROTOR = AutopilotMotion(
    acceleration_m_s2=3.0,
    vertical_acceleration_m_s2=3.0,
    jerk_m_s3=4.0,
    corner="slow",
    corner_radius_m=2.0,
    corner_acceleration_m_s2=1.0,
    corner_least_m_s=1.0,
    corner_delay_s=0.6,
    pace=0.97,
    takeoff_delay_s=7.0,
    landing_wait_s=14.0,
    landing_slow_height_m=10.0,
    landing_slow_m_s=0.7,
    landing_delay_s=4.0,
)
"""Parameters are acceleration, jerk, radius and landing (MPC_ACC_HOR, MPC_JERK_AUTO, NAV_ACC_RAD,
MPC_LAND_ALT1, MPC_LAND_SPEED). The rest is what flown legs of all lengths show: PX4 is slow about
its waypoints, and slows its track down while the vehicle lags behind."""

IDEAL = AutopilotMotion()

_STRAYS_M: dict[Autopilot, float] = {"ardupilot": 1.6, "px4": 1.5, "generic": 1.6}
_SEEN_AT_M_S = 5.0
_WING_STRAYS_M: dict[AircraftKind, float] = {"fixed-wing": 9.0, "vtol": 15.0}

_DEFAULTS: dict[Autopilot, AutopilotMotion] = {
    "ardupilot": ARDUCOPTER,
    "px4": PX4_MULTIROTOR,
    "generic": IDEAL,
}


def default_motion(autopilot: Autopilot) -> AutopilotMotion:
    """Take what an autopilot does by default with a multirotor."""
    return _DEFAULTS[autopilot]


def motion_of(aircraft: Aircraft, autopilot: Autopilot) -> AutopilotMotion:
    """Take the aircraft's own motion, or what its autopilot does by default; ideal for wings."""
    if aircraft.motion is not None:
        return aircraft.motion
    return _DEFAULTS[autopilot] if aircraft.kind == "multirotor" else IDEAL


def strays_m(kind: AircraftKind, autopilot: Autopilot, speed_m_s: float) -> float:
    """Give how far a vehicle flies beside its line, at most.

    Of multirotors the most that was seen at 5 m/s in the autopilots' own simulators, and above that
    in proportion to the speed, which errs to the safe side: at 10 m/s 0.42 m were seen beside a
    zone. Wings: the most of their double, with the leads and radii that a plan gives them.
    """
    if kind in _WING_STRAYS_M:
        return _WING_STRAYS_M[kind]
    return round(_STRAYS_M[autopilot] * max(1.0, speed_m_s / _SEEN_AT_M_S), 1)


def right_angle_s(vehicle: Vehicle) -> float:
    """Give the time that a right angle between long legs costs this vehicle over none."""
    return _right_angle_s(vehicle.speed_m_s, vehicle.acceleration_m_s2, vehicle.motion)


@cache
def _right_angle_s(speed_m_s: float, acceleration_m_s2: float, motion: AutopilotMotion) -> float:
    return corner_s(speed_m_s=speed_m_s, acceleration_m_s2=acceleration_m_s2, motion=motion)


def ends_s(vehicle: Vehicle) -> float:
    """Give the time that a flight's take-off and landing take beside climb and descent."""
    motion = vehicle.motion
    slow_m = min(motion.landing_slow_height_m, vehicle.height_m)
    slower_s = slow_m / motion.landing_slow_m_s - slow_m / vehicle.descent_m_s
    waits_s = motion.takeoff_delay_s + motion.landing_wait_s + motion.landing_delay_s
    return waits_s + max(slower_s, 0.0)
