"""How long a route takes.

The model: a vehicle speeds up and brakes at a fixed rate, cruises at a fixed speed, stops at each
corner sharper than `STOP_ANGLE_DEG` and passes the others without slowing. It starts and ends at
rest. A corner at 5 m/s and 2 m/s2 so costs v / a = 2.5 s over passing it.
"""

import math

import numpy as np
from numba import njit

from mcpp.model import FloatArray

STOP_ANGLE_DEG = 30.0


@njit(cache=True, nogil=True)
def _stop_and_go_s(xy: FloatArray, speed: float, acceleration: float, cos_stop: float) -> float:
    total = 0.0
    run = 0.0  # length since the last stop
    px, py = 0.0, 0.0  # unit vector of the last leg
    ramp = speed * speed / acceleration  # shortest run that reaches cruise speed
    moving = False
    for i in range(len(xy) - 1):
        dx = xy[i + 1, 0] - xy[i, 0]
        dy = xy[i + 1, 1] - xy[i, 1]
        length = math.hypot(dx, dy)
        if length < 1e-9:
            continue
        dx /= length
        dy /= length
        if moving and dx * px + dy * py < cos_stop:
            total += (
                run / speed + speed / acceleration
                if run >= ramp
                else 2 * math.sqrt(run / acceleration)
            )
            run = 0.0
        run += length
        px, py = dx, dy
        moving = True
    if moving:
        total += (
            run / speed + speed / acceleration if run >= ramp else 2 * math.sqrt(run / acceleration)
        )
    return total


def route_time_s(
    xy_m: FloatArray,
    *,
    speed_m_s: float,
    acceleration_m_s2: float,
    stop_angle_deg: float = STOP_ANGLE_DEG,
) -> float:
    """Time to fly a polyline from rest to rest.

    Parameters
    ----------
    xy_m
        Shape (n, 2).
    """
    return float(
        _stop_and_go_s(
            np.ascontiguousarray(xy_m, dtype=np.float64),
            speed_m_s,
            acceleration_m_s2,
            math.cos(math.radians(stop_angle_deg)),
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
