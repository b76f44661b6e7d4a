"""When a vehicle passes each point of a flight in three dimensions, with wind.

Assumptions, beside those of `mcpp.ground.kinematics` and `mcpp.ground.blend`:

- The wind is the same everywhere and all the time. Against it the nose is turned into the wind, so
  that the path over the ground stays on the leg (crab angle).
- A multirotor is told a ground speed and keeps it, as long as the air speed that this asks for is
  within its limit. A fixed wing is told an air speed; its ground speed follows from the wind
  triangle.
- On a sloping leg neither the speed along the ground nor the rate of climb or descent is exceeded.
- At a corner a multirotor does what its autopilot makes it do (`mcpp.equipment.AutopilotMotion`):
  it stops, slows to the speed of a small arc, or blends one leg into the next. A wing cuts it with
  a radius at the speed of sideways acceleration, or flies past at full speed, with a turn of that
  radius as extra way.
- Take-off begins when the motors are armed, and a landing ends when they are off again.
- A fixed wing or VTOL climbs over its launch point, in a spiral or as a multirotor does.
"""

import math
from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.ground.blend import blended_legs
from mcpp.ground.kinematics import (
    STOP_ANGLE_DEG,
    arc_speeds_m_s,
    early_braking_m_s2,
    ramped_legs,
)
from mcpp.model import FloatArray, IntArray, LegKind, Vehicle

MIN_GROUND_SPEED_M_S = 0.5


def ground_speed_m_s(
    direction: FloatArray, *, air_speed_m_s: float | FloatArray, wind_m_s: tuple[float, float]
) -> FloatArray:
    """Ground speed along some directions at a given air speed: the wind triangle.

    Parameters
    ----------
    direction
        Shape (n, 2): unit vectors over the ground.
    wind_m_s
        East and north part of the air's movement.

    Returns
    -------
    Shape (n,); 0 or less, or not a number, where the wind is too strong for that direction.
    """
    along = direction @ np.array(wind_m_s)
    across = direction[:, 0] * wind_m_s[1] - direction[:, 1] * wind_m_s[0]
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sqrt(np.square(air_speed_m_s) - across**2) + along)


def _told_m_s(steps: FloatArray, kind: IntArray, vehicle: Vehicle) -> FloatArray:
    """Speed that each leg is commanded: survey, transit, or the rate of a vertical leg."""
    vertical = np.hypot(steps[:, 0], steps[:, 1]) < 1e-6
    work = (kind == LegKind.SURVEY) | (kind == LegKind.CONNECT)
    told = np.where(work, vehicle.speed_m_s, vehicle.transit_speed_m_s)
    rate = np.where(steps[:, 2] > 0, vehicle.climb_m_s, vehicle.descent_m_s)
    return np.asarray(np.where(vertical, rate, told), dtype=np.float64)


def leg_speeds_m_s(xyz_m: FloatArray, kind: IntArray, vehicle: Vehicle) -> FloatArray:
    """Ground speed that each leg is to be flown with, shape (n - 1,), before climb limits it.

    Survey speed on survey and connecting legs, transit speed on the way there and back, the rate of
    climb or descent on vertical legs; each changed by the wind as the kind of aircraft asks.

    Raises
    ------
    InfeasibleError
        When the wind is too strong.
    """
    steps = np.diff(xyz_m, axis=0)
    told = _told_m_s(steps, kind, vehicle)
    if not any(vehicle.wind_m_s):
        return told
    flat = np.hypot(steps[:, 0], steps[:, 1])
    moves = flat >= 1e-6
    direction = steps[:, :2] / np.where(moves, flat, 1.0)[:, None]
    wing = vehicle.kind != "multirotor"
    air = told if wing else np.full(len(told), vehicle.max_air_speed_m_s)
    over_ground = ground_speed_m_s(direction, air_speed_m_s=air, wind_m_s=vehicle.wind_m_s)
    if not (over_ground[moves] >= MIN_GROUND_SPEED_M_S).all():
        strength = math.hypot(*vehicle.wind_m_s)
        msg = (
            f"flight.wind_m_s: {strength:g} m/s is too strong for {vehicle.id}, which can not make "
            "way against it: wait for less wind"
        )
        raise InfeasibleError(msg)
    blown = over_ground if wing else np.minimum(told, over_ground)
    return np.asarray(np.where(moves, blown, told))


def _limits_m_s(xyz_m: FloatArray, over_ground: FloatArray, vehicle: Vehicle) -> FloatArray:
    """Highest speed along each leg, shape (n - 1,), with its climb taken into account."""
    steps = np.diff(xyz_m, axis=0)
    flat = np.hypot(steps[:, 0], steps[:, 1])
    length = np.maximum(np.hypot(flat, steps[:, 2]), 1e-12)
    rate = np.where(steps[:, 2] > 0, vehicle.climb_m_s, vehicle.descent_m_s)
    by_ground = over_ground / np.maximum(flat / length, 1e-12)
    by_rate = rate / np.maximum(np.abs(steps[:, 2]) / length, 1e-12)
    return np.asarray(np.where(flat >= 1e-6, np.minimum(by_ground, by_rate), over_ground))


def hover_s(kind: IntArray, vehicle: Vehicle) -> FloatArray | None:
    """Time at rest at each point, shape (n,): at both ends of survey legs where photos want it."""
    if vehicle.trigger != "hover" or vehicle.hover_s <= 0:
        return None
    on = np.concatenate([[False], kind == LegKind.SURVEY, [False]])
    return np.asarray(np.where(on[1:] | on[:-1], vehicle.hover_s, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Legs:
    """How each leg of a flight is flown.

    Attributes
    ----------
    took_s
        Shape (n - 1,): from point to point.
    wait_s
        Shape (n,): time at rest, or in a circle, at each point, before it is left.
    top_m_s, acceleration_m_s2
        Shape (n - 1,): highest speed and acceleration on each.
    pass_m_s
        Shape (n,): speed at each point, where the legs are not blended.
    over_s
        Shape (n,): time for which the legs that meet at a point are flown at once.
    """

    length_m: FloatArray
    took_s: FloatArray
    wait_s: FloatArray
    top_m_s: FloatArray
    acceleration_m_s2: FloatArray
    pass_m_s: FloatArray
    over_s: FloatArray


def _accelerations_m_s2(xyz_m: FloatArray, vehicle: Vehicle) -> FloatArray:
    """Bound the acceleration along each leg by what is allowed of its level and vertical part."""
    motion, most = vehicle.motion, vehicle.acceleration_m_s2
    level = most if motion.acceleration_m_s2 is None else min(most, motion.acceleration_m_s2)
    upright = motion.vertical_acceleration_m_s2
    steps = np.diff(xyz_m, axis=0)
    flat, rise = np.hypot(steps[:, 0], steps[:, 1]), np.abs(steps[:, 2])
    length = np.maximum(np.hypot(flat, rise), 1e-12)
    if upright is None:
        return np.full(len(steps), level)
    by_level = level * length / np.maximum(flat, 1e-12)
    by_rise = upright * length / np.maximum(rise, 1e-12)
    return np.asarray(np.where(rise < 1e-6, level, np.minimum(by_level, by_rise)))


def _corners(
    unit: FloatArray, limit: FloatArray, vehicle: Vehicle
) -> tuple[FloatArray, FloatArray]:
    """Highest speed at each point between two legs, and extra time there, shapes (n - 2,)."""
    cosine = np.clip((unit[:-1] * unit[1:]).sum(axis=1), -1.0, 1.0)
    bends = cosine < math.cos(math.radians(STOP_ANGLE_DEG)) - 1e-12
    upright = (np.abs(unit[:-1, 2]) > 0.999) | (np.abs(unit[1:, 2]) > 0.999)
    passing = np.minimum(limit[:-1], limit[1:])
    extra = np.zeros(len(cosine))
    motion = vehicle.motion
    if vehicle.turn == "stop" and motion.corner == "slow":
        arc = arc_speeds_m_s(cosine, motion)
        slow = (arc < passing) & ~upright
        at_corner = np.where(upright, 0.0, np.minimum(arc, passing))
        return at_corner, np.where(slow, motion.corner_delay_s, 0.0)
    if vehicle.turn == "stop":
        at_bend = np.zeros(len(cosine))
    elif vehicle.turn == "fly-by":
        grip = math.sqrt(vehicle.acceleration_m_s2 * vehicle.turn_radius_m)
        at_bend = np.minimum(passing, grip)
    else:
        at_bend = passing
        round_s = np.arccos(cosine) * vehicle.turn_radius_m / np.maximum(passing, 0.1)
        extra = np.where(bends & ~upright, round_s, 0.0)
    return np.where(bends, np.where(upright, 0.0, at_bend), passing), extra


def _directions(xyz_m: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lengths and unit vectors; a leg of no length goes on as the one before."""
    steps = np.diff(xyz_m, axis=0)
    length = np.linalg.norm(steps, axis=1)
    unit = steps / np.maximum(length, 1e-12)[:, None]
    for i in range(1, len(unit)):
        if length[i] < 1e-9:
            unit[i] = unit[i - 1]
    return length, unit


def flown_legs(
    xyz_m: FloatArray,
    kind: IntArray,
    vehicle: Vehicle,
    *,
    hover: FloatArray | None = None,
    stop_everywhere: bool = False,
) -> Legs:
    """Work out how each leg is flown; parameters as `pass_times_s`.

    Raises
    ------
    InfeasibleError
        When the wind is too strong.
    """
    motion = vehicle.motion
    limit = _limits_m_s(xyz_m, leg_speeds_m_s(xyz_m, kind, vehicle), vehicle)
    length, unit = _directions(xyz_m)
    limit = np.where(np.abs(unit[:, 2]) > 0.999, limit, limit * motion.pace)
    corner, extra = _corners(unit, limit, vehicle)
    speed = np.concatenate([[0.0], corner, [0.0]])
    wait = np.concatenate([[0.0], extra, [0.0]])
    stands = np.zeros(len(xyz_m), dtype=np.bool_)
    if hover is not None:
        stands |= hover > 0
        wait = wait + np.where(hover > 0, hover + motion.photo_settle_s, 0.0)
    stands[1:-1] |= (kind[:-1] == LegKind.TAKEOFF) | (kind[1:] == LegKind.LAND)
    if stop_everywhere or (vehicle.turn == "stop" and motion.corner == "halt"):
        stands[:] = True
    speed = np.where(stands, 0.0, speed)
    acceleration = _accelerations_m_s2(xyz_m, vehicle)
    if motion.corner == "slow":
        level = np.abs(unit[:, 2]) < 0.999
        early = early_braking_m_s2(acceleration, limit, motion.jerk_m_s3)
        acceleration = np.where(level, early, acceleration)
    over = np.zeros(len(xyz_m))
    if vehicle.turn == "stop" and motion.corner == "blend":
        moves = length > 1e-9
        ends = np.concatenate([[True], moves])
        took = np.zeros(len(length))
        took[moves], over[ends] = blended_legs(
            length[moves],
            np.ascontiguousarray(unit[moves]),
            limit[moves],
            acceleration[moves],
            ~stands[ends],
            motion.jerk_m_s3,
            motion.jerk_build_up_s,
            motion.corner_radius_m,
        )
        speed = np.zeros(len(xyz_m))
    else:
        took, speed = ramped_legs(length, limit, speed, acceleration)
    _add_ends(took, wait, xyz_m, kind, vehicle, limit, acceleration)
    return Legs(
        length_m=length,
        took_s=took,
        wait_s=wait,
        top_m_s=limit,
        acceleration_m_s2=acceleration,
        pass_m_s=speed,
        over_s=over,
    )


def _add_ends(
    took: FloatArray,
    wait: FloatArray,
    xyz_m: FloatArray,
    kind: IntArray,
    vehicle: Vehicle,
    limit: FloatArray,
    acceleration: FloatArray,
) -> None:
    """Put in what the autopilot adds to take-off and landing."""
    motion = vehicle.motion
    if kind[0] == LegKind.TAKEOFF:
        took[0] += motion.takeoff_delay_s
    if kind[-1] != LegKind.LAND:
        return
    wait[-2] += motion.landing_wait_s
    wait[-1] += motion.landing_delay_s
    fast_m, slow_m = landing_parts_m(xyz_m, vehicle)
    if slow_m > 0:
        down, _ = ramped_legs(
            np.array([fast_m]),
            limit[-1:],
            np.array([0.0, min(motion.landing_slow_m_s, float(limit[-1]))]),
            acceleration[-1:],
        )
        took[-1] = down[0] + slow_m / motion.landing_slow_m_s


def landing_parts_m(xyz_m: FloatArray, vehicle: Vehicle) -> tuple[float, float]:
    """Split the height of a landing: what is sunk at the rate of descent, and slowly at its end."""
    motion = vehicle.motion
    drop = float(np.linalg.norm(xyz_m[-1] - xyz_m[-2]))
    slow = motion.landing_slow_m_s < vehicle.descent_m_s and motion.landing_slow_height_m > 0
    slow_m = min(motion.landing_slow_height_m, drop) if slow else 0.0
    return drop - slow_m, slow_m


def pass_times_s(
    xyz_m: FloatArray,
    kind: IntArray,
    vehicle: Vehicle,
    *,
    hover: FloatArray | None = None,
    stop_everywhere: bool = False,
) -> FloatArray:
    """When each point is passed, counted from arming at the first.

    The first leg of a flight begins with standing armed on the ground.

    Parameters
    ----------
    xyz_m
        Shape (n, 3).
    kind
        Shape (n - 1,): `LegKind` of each leg.
    hover
        Shape (n,): time to stand still at each point, s; the time of a point is when it is left.
    stop_everywhere
        What it would be if the vehicle came to rest at each point.

    Raises
    ------
    InfeasibleError
        When the wind is too strong.
    """
    if len(xyz_m) < 2:
        return np.zeros(len(xyz_m))
    legs = flown_legs(xyz_m, kind, vehicle, hover=hover, stop_everywhere=stop_everywhere)
    out: FloatArray = np.concatenate(
        [legs.wait_s[:1], legs.wait_s[0] + np.cumsum(legs.took_s + legs.wait_s[1:])]
    )
    return out
