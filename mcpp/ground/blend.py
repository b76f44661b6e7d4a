"""Legs that begin and end at rest, with limited jerk, blended into each other at the corners.

So ArduCopter flies a mission: each leg is an S-curve of its own, from rest to rest. The next one
starts while the last still brakes, as early as the sum of both movements stays within a radius of
the waypoint, and no earlier than the last begins to brake or than the next would have sped up. On a
straight line the two add up to an even speed; at a corner the sum cuts it. A waypoint is passed in
the middle of that time. Short legs are slow, since none gets faster than its own length lets it.

On 100 legs flown by ArduCopter 4.5.6 this gives the measured times within 2 % from 20 m up, and
within 10 % below.
"""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray

_HALVINGS = 40


@kernel
def s_curve(
    length: float, speed: float, acceleration: float, jerk: float, build_up: float
) -> tuple[float, float, float, float, float]:
    """Fastest way over a length from rest to rest.

    Parameters
    ----------
    jerk, build_up
        Acceleration grows at the rate `jerk`, which itself takes `build_up` seconds to set in; a
        jerk of 0 is none: the acceleration is there at once.

    Returns
    -------
    Time; top speed; highest acceleration; time in which it is built up; time of speeding up (and of
    braking).
    """
    top = speed
    peak, ramp, gain = _speed_up(top, acceleration, jerk, build_up)
    if top * gain > length:  # too short for the speed
        low, high = 0.0, speed
        for _ in range(_HALVINGS):
            top = (low + high) / 2
            peak, ramp, gain = _speed_up(top, acceleration, jerk, build_up)
            if top * gain > length:
                high = top
            else:
                low = top
    return 2 * gain + max(length - top * gain, 0.0) / max(top, 1e-9), top, peak, ramp, gain


@kernel
def _speed_up(
    top: float, acceleration: float, jerk: float, build_up: float
) -> tuple[float, float, float]:
    """Highest acceleration, its time of building up, and time, from rest to a speed."""
    if jerk <= 0.0:
        return acceleration, 0.0, top / acceleration
    # the speed gained while building up and taking down a peak p is p * (p / jerk + build_up)
    peak = jerk * (math.sqrt(build_up * build_up + 4 * top / jerk) - build_up) / 2
    peak = max(min(peak, acceleration), 1e-9)
    ramp = peak / jerk + build_up
    return peak, ramp, top / peak + ramp


@kernel
def gained_m(time: float, peak: float, ramp: float, gain: float) -> tuple[float, float]:
    """Way and speed after a time of speeding up from rest; the acceleration is a trapezium."""
    if time < ramp:
        square = time * time  # products, not powers: the same bits in Python
        return peak * (square * time) / (6 * ramp), peak * square / (2 * ramp)
    way, speed = peak * (ramp * ramp) / 6, peak * ramp / 2
    flat = min(time, gain - ramp) - ramp
    way, speed = way + speed * flat + peak * (flat * flat) / 2, speed + peak * flat
    rest = min(time, gain) - (gain - ramp)
    if rest > 0.0:
        square = rest * rest
        down = peak * (square * rest) / (6 * ramp) if ramp > 0.0 else 0.0
        way += speed * rest + peak * square / 2 - down
        speed += peak * rest - (peak * square / (2 * ramp) if ramp > 0.0 else 0.0)
    return way, speed


@kernel
def overlap_s(
    cosine: float,
    before: tuple[float, float, float, float, float],
    after: tuple[float, float, float, float, float],
    radius: float,
) -> float:
    """Time for which two legs that meet at an angle are flown at once.

    Parameters
    ----------
    cosine
        Of the angle between the two directions: 1 goes straight on.
    before, after
        Of `s_curve`.
    """
    low, high = 0.0, min(before[4], after[4])
    time = high
    for _ in range(_HALVINGS):
        left, _ = gained_m(time / 2, before[2], before[3], before[4])
        done, _ = gained_m(time / 2, after[2], after[3], after[4])
        off = left * left + done * done - 2 * left * done * cosine
        if off < radius * radius:
            low = time
        else:
            high = time
        if low == high:
            break
        time = (low + high) / 2
    return low


@kernel
def blended_legs(
    length: FloatArray,
    unit: FloatArray,
    speed: FloatArray,
    acceleration: FloatArray,
    blends: BoolArray,
    jerk: float,
    build_up: float,
    radius: float,
) -> tuple[FloatArray, FloatArray]:
    """Time of each leg, and how long it is flown at once with the next.

    Parameters
    ----------
    length, speed, acceleration
        Shape (n,): lengths are more than 0.
    unit
        Shape (n, k): directions, k of 2 or 3.
    blends
        Shape (n + 1,): at which points the legs may be blended; elsewhere the vehicle stops.

    Returns
    -------
    Shape (n,), from point to point; and shape (n + 1,).
    """
    n = len(length)
    over = np.zeros(n + 1)
    took = np.zeros(n)
    before = (0.0, 0.0, 0.0, 0.0, 0.0)
    for i in range(n):
        leg = s_curve(length[i], speed[i], acceleration[i], jerk, build_up)
        took[i] += leg[0]
        if i > 0 and blends[i]:
            cosine = 0.0
            for k in range(unit.shape[1]):
                cosine += unit[i - 1, k] * unit[i, k]
            over[i] = overlap_s(min(max(cosine, -1.0), 1.0), before, leg, radius)
            took[i - 1] -= over[i] / 2
            took[i] -= over[i] / 2
        before = leg
    return took, over
