"""How long a route takes, fast enough to ask while planning.

The model: a vehicle speeds up and brakes at a fixed rate and cruises at a fixed speed; it passes
corners of up to `STOP_ANGLE_DEG` without slowing; it starts and ends at rest. At a sharper corner

- ``stop``: it stops. At 5 m/s and 2 m/s2 that costs v / a = 2.5 s over passing it;
- ``fly-by``: it cuts the corner at the speed whose sideways acceleration on the turn radius is that
  of braking, sqrt(a * r), along a way taken to be as long as the corner itself;
- ``loiter``: it flies past at full speed and turns on its circle, angle * radius of extra way.

There is no wind and no height here: `mcpp.flight.motion` times whole flights.
"""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, TurnBehaviour

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
        length = math.hypot(dx, dy)
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


def route_time_s(
    xy_m: FloatArray,
    *,
    speed_m_s: float,
    acceleration_m_s2: float,
    stop_angle_deg: float = STOP_ANGLE_DEG,
    turn: TurnBehaviour = "stop",
    turn_radius_m: float = 0.0,
) -> float:
    """Time to fly a polyline from rest to rest, s.

    Parameters
    ----------
    xy_m
        Shape (n, 2).
    turn, turn_radius_m
        What it does at corners sharper than `stop_angle_deg`.
    """
    grip = math.sqrt(acceleration_m_s2 * turn_radius_m) if turn == "fly-by" else 0.0
    return float(
        _route_s(
            np.ascontiguousarray(xy_m, dtype=np.float64),
            float(speed_m_s),
            float(acceleration_m_s2),
            math.cos(math.radians(stop_angle_deg)),
            min(float(speed_m_s), grip),
            float(turn_radius_m) if turn == "loiter" else 0.0,
        )
    )


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
