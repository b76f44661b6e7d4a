"""How long a route takes, fast enough to ask while planning.

Without an autopilot's own motion, as the paper's evaluation and the benchmarks ask it:

The model: a vehicle speeds up and brakes at a fixed rate and cruises at a fixed speed; it passes
corners of up to `STOP_ANGLE_DEG` without slowing; it starts and ends at rest. At a sharper corner

- ``stop``: it stops. At 5 m/s and 2 m/s2 that costs v / a = 2.5 s over passing it;
- ``fly-by``: it cuts the corner at the speed whose sideways acceleration on the turn radius is that
  of braking, sqrt(a * r), along a way taken to be as long as the corner itself;
- ``loiter``: it flies past at full speed and turns on its circle, angle * radius of extra way.

With an `AutopilotMotion` a vehicle that would stop does what that says: `mcpp.ground.blend`, or
slow corners. There is no wind and no height here: `mcpp.flight.motion` times whole flights.
"""

import math

import numpy as np

from mcpp.ground.blend import blended_legs
from mcpp.kernels import kernel, plain
from mcpp.model import AutopilotMotion, FloatArray, TurnBehaviour

STOP_ANGLE_DEG = 30.0


@kernel
def _run_s(run: float, begin: float, end: float, speed: float, acceleration: float) -> float:
    """Time of a run without corners, from speed `begin` to speed `end`."""
    if abs(end * end - begin * begin) > 2 * acceleration * run:  # too short to change so much
        return 2 * run / max(begin + end, 1e-9)
    peak = min(speed, math.sqrt((begin * begin + end * end) / 2 + acceleration * run))
    ramps = (2 * peak * peak - begin * begin - end * end) / (2 * acceleration)
    return (2 * peak - begin - end) / acceleration + max(run - ramps, 0.0) / peak


@kernel
def _route_s(
    xy: FloatArray,
    speed: float,
    acceleration: float,
    cos_stop: float,
    corner_speed: float,
    arc_radius: float,
) -> float:
    total = 0.0
    run = 0.0  # length since the last corner
    begin = 0.0  # speed there
    px, py = 0.0, 0.0  # unit vector of the last leg
    moving = False
    for i in range(len(xy) - 1):
        dx = xy[i + 1, 0] - xy[i, 0]
        dy = xy[i + 1, 1] - xy[i, 1]
        length = np.hypot(dx, dy)  # the same bits in Python; not so math.hypot
        if length < 1e-9:
            continue
        dx /= length
        dy /= length
        cosine = dx * px + dy * py
        if moving and cosine < cos_stop:
            if arc_radius > 0:
                total += math.acos(max(-1.0, cosine)) * arc_radius / speed
            else:
                total += _run_s(run, begin, corner_speed, speed, acceleration)
                run = 0.0
                begin = corner_speed
        run += length
        px, py = dx, dy
        moving = True
    if moving:
        total += _run_s(run, begin, 0.0, speed, acceleration)
    return total


@kernel
def ramped_legs(
    length: FloatArray, limit: FloatArray, corner: FloatArray, acceleration: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Time of each leg, and speed at each point, where speed grows and falls at fixed rates.

    Parameters
    ----------
    length, limit, acceleration
        Shape (n,): of each leg, with the highest speed on it.
    corner
        Shape (n + 1,): highest speed at each point; it is got by a pass forth and a pass back.
    """
    n = len(length)
    speed = corner.copy()
    for i in range(n):
        reach = math.sqrt(speed[i] * speed[i] + 2 * acceleration[i] * length[i])
        speed[i + 1] = min(speed[i + 1], reach)
    for i in range(n - 1, -1, -1):
        reach = math.sqrt(speed[i + 1] * speed[i + 1] + 2 * acceleration[i] * length[i])
        speed[i] = min(speed[i], reach)
    out = np.zeros(n)
    for i in range(n):
        if length[i] >= 1e-9:
            a, b = speed[i], speed[i + 1]
            peak = min(limit[i], math.sqrt((a * a + b * b) / 2 + acceleration[i] * length[i]))
            peak = max(peak, max(a, b))
            ramps = (2 * peak * peak - a * a - b * b) / (2 * acceleration[i])
            out[i] = (2 * peak - a - b) / acceleration[i] + max(length[i] - ramps, 0.0) / peak
    return out, speed


def arc_speeds_m_s(cosine: FloatArray, motion: AutopilotMotion) -> FloatArray:
    """Speed at which corners are passed on an arc within the radius of the waypoint, shape (n,).

    The arc that touches both legs at the radius from the corner has that radius over the tangent of
    half the turn (so PX4 works it out: computeMaxSpeedInWaypoint).
    """
    half = np.sqrt((1 - cosine) / np.maximum(1 + cosine, 1e-12))  # tangent of half the turn
    arc_m = motion.corner_radius_m / np.maximum(half, 1e-9)
    speeds = np.sqrt(motion.corner_acceleration_m_s2 * arc_m)
    return np.asarray(np.maximum(speeds, motion.corner_least_m_s))


def early_braking_m_s2(
    most_m_s2: FloatArray, speed_m_s: FloatArray, jerk_m_s3: float
) -> FloatArray:
    """Rate at which PX4 slows down before a waypoint, and about that at which it speeds up.

    It allows only the speed from which it could still stop with time for its jerk:
    v^2 + 4 a^2 / j * v = 2 a * distance (computeMaxSpeedFromDistance). As an even rate from
    `speed_m_s` to rest that is a * v / (v + 4 a^2 / j).
    """
    if jerk_m_s3 <= 0:
        return most_m_s2
    margin = 4 * most_m_s2**2 / jerk_m_s3
    return np.asarray(most_m_s2 * speed_m_s / (speed_m_s + margin))


def _moved_route_s(
    xy_m: FloatArray,
    speed_m_s: float,
    acceleration_m_s2: float,
    motion: AutopilotMotion,
    *,
    once: bool,
) -> float:
    """Time of a level route under an autopilot that blends, slows or halts."""
    steps = np.diff(np.asarray(xy_m, dtype=np.float64), axis=0)
    length = np.hypot(steps[:, 0], steps[:, 1])
    steps, length = steps[length > 1e-9], length[length > 1e-9]
    if not len(length):
        return 0.0
    unit = np.ascontiguousarray(steps / length[:, None])
    most = motion.acceleration_m_s2
    limit = np.full(len(length), speed_m_s * motion.pace)
    rate = np.full(len(length), min(acceleration_m_s2, most or acceleration_m_s2))
    if motion.corner == "blend":
        blends = np.ones(len(length) + 1, dtype=np.bool_)
        legs = plain(blended_legs) if once else blended_legs
        took, _ = legs(length, unit, limit, rate, blends, motion.jerk_m_s3,
                       motion.jerk_build_up_s, motion.corner_radius_m)  # fmt: skip
        return float(took.sum())
    arc = np.zeros(len(length) - 1)
    if motion.corner == "slow":
        rate = early_braking_m_s2(rate, limit, motion.jerk_m_s3)
        arc = arc_speeds_m_s(np.clip((unit[:-1] * unit[1:]).sum(axis=1), -1.0, 1.0), motion)
    slow = arc < limit[0]
    ramps = plain(ramped_legs) if once else ramped_legs
    took, _ = ramps(length, limit, np.concatenate([[0.0], np.minimum(arc, limit[0]), [0.0]]), rate)
    return float(took.sum() + slow.sum() * motion.corner_delay_s)


def route_time_s(
    xy_m: FloatArray,
    *,
    speed_m_s: float,
    acceleration_m_s2: float,
    stop_angle_deg: float = STOP_ANGLE_DEG,
    turn: TurnBehaviour = "stop",
    turn_radius_m: float = 0.0,
    motion: AutopilotMotion | None = None,
    once: bool = False,
) -> float:
    """Time to fly a polyline from rest to rest, s.

    Parameters
    ----------
    xy_m
        Shape (n, 2).
    turn, turn_radius_m
        What it does at corners sharper than `stop_angle_deg`.
    motion
        Of its autopilot; None, or one whose corners are stops, keeps to `stop_angle_deg`.
    once
        For a few calls: the same time without the compiler, which takes longer to load.
    """
    if motion is not None and turn == "stop" and motion.corner != "stop":
        return _moved_route_s(xy_m, float(speed_m_s), float(acceleration_m_s2), motion, once=once)
    route = plain(_route_s) if once else _route_s
    grip = math.sqrt(acceleration_m_s2 * turn_radius_m) if turn == "fly-by" else 0.0
    return float(
        route(
            np.ascontiguousarray(xy_m, dtype=np.float64),
            float(speed_m_s),
            float(acceleration_m_s2),
            math.cos(math.radians(stop_angle_deg)),
            min(float(speed_m_s), grip),
            float(turn_radius_m) if turn == "loiter" else 0.0,
        )
    )


def corner_s(
    *,
    speed_m_s: float,
    acceleration_m_s2: float,
    motion: AutopilotMotion,
    turn_deg: float = 90.0,
) -> float:
    """Give the time that a corner between long legs costs over flying straight on, s."""
    leg_m = 20 * speed_m_s**2 / acceleration_m_s2 + 20 * speed_m_s
    ahead = np.array([0.0, leg_m])
    turn = math.radians(turn_deg)
    bent = np.array([[0.0, 0.0], ahead, ahead + leg_m * np.array([math.sin(turn), math.cos(turn)])])
    straight = np.array([[0.0, 0.0], ahead, 2 * ahead])
    times = [
        route_time_s(
            xy, speed_m_s=speed_m_s, acceleration_m_s2=acceleration_m_s2, motion=motion, once=True
        )
        for xy in (bent, straight)
    ]
    return times[0] - times[1]


def count_stops(
    xy_m: FloatArray, *, closed: bool = False, stop_angle_deg: float = STOP_ANGLE_DEG
) -> int:
    """Corners sharper than `stop_angle_deg`; on a closed tour the one at its ends counts too."""
    steps = np.diff(np.asarray(xy_m, dtype=np.float64), axis=0)
    steps = steps[np.hypot(steps[:, 0], steps[:, 1]) > 1e-9]
    if len(steps) < 2:
        return 0
    before, after = (steps, np.roll(steps, -1, axis=0)) if closed else (steps[:-1], steps[1:])
    cosine = (before * after).sum(axis=1) / (
        np.hypot(before[:, 0], before[:, 1]) * np.hypot(after[:, 0], after[:, 1])
    )
    return int((cosine < math.cos(math.radians(stop_angle_deg)) - 1e-12).sum())


def java_time_s(length_m: float, waypoints: int, speed_m_s: float) -> float:
    """Flight time as the paper's own planner reckons it, s.

    ``length / speed + waypoints * delay`` with ``delay = speed / 20 * (1 + |speed|)``, 0.6 s at
    3 m/s (arXiv 2201.07030, Dist.getEstimatedTime of its program).
    """
    return length_m / speed_m_s + waypoints * speed_m_s / 20 * (1 + abs(speed_m_s))
