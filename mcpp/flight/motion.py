"""When a vehicle passes each point of a flight in three dimensions, with wind.

Assumptions, beside those of `mcpp.ground.kinematics`:

- The wind is the same everywhere and all the time. Against it the nose is turned into the wind, so
  that the path over the ground stays on the leg (crab angle).
- A multirotor is told a ground speed and keeps it, as long as the air speed that this asks for is
  within its limit. A fixed wing is told an air speed; its ground speed follows from the wind
  triangle.
- On a sloping leg neither the speed along the ground nor the rate of climb or descent is exceeded.
- A corner is a stop, or is cut with a radius at the speed of sideways acceleration, or (fixed wing)
  is flown past at full speed, with a turn of that radius as extra way.
- A fixed wing or VTOL climbs over its launch point, in a spiral or as a multirotor does.
"""

import math
from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.ground.kinematics import STOP_ANGLE_DEG
from mcpp.kernels import kernel
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phases:
    """The continuous motion of a flight: pieces of straight way with evenly changing speed.

    In the fraction ``u`` of its time, a phase from speed ``v`` to speed ``w`` has gone the part
    ``(2 v u + (w - v) u^2) / (v + w)`` of its way; one that begins and ends at one place holds.

    Attributes
    ----------
    time_s
        Shape (m + 1,): where each phase begins, and the end of the last.
    leg
        Shape (m,): leg of the flight that each phase is part of; that of a hold ends in its place.
    begin_m, end_m
        Shape (m, 3).
    begin_m_s, end_m_s
        Shape (m,): speed along the way.
    spread_m
        Shape (m,): how far from its way a phase may be on the map: a wing that turns in a circle.
    """

    time_s: FloatArray
    leg: IntArray
    begin_m: FloatArray
    end_m: FloatArray
    begin_m_s: FloatArray
    end_m_s: FloatArray
    spread_m: FloatArray


@kernel
def _profile(
    length: FloatArray, limit: FloatArray, corner: FloatArray, acceleration: float
) -> FloatArray:
    """Speeds of each leg, shape (n, 3): at its begin, its highest, at its end.

    The speeds at the points come of a pass forth and a pass back; between them lie trapezoids.
    """
    n = len(length)
    speed = corner.copy()
    for i in range(n):
        reach = math.sqrt(speed[i] * speed[i] + 2 * acceleration * length[i])
        speed[i + 1] = min(speed[i + 1], reach)
    for i in range(n - 1, -1, -1):
        reach = math.sqrt(speed[i + 1] * speed[i + 1] + 2 * acceleration * length[i])
        speed[i] = min(speed[i], reach)
    out = np.zeros((n, 3))
    for i in range(n):
        a, b = speed[i], speed[i + 1]
        peak = min(limit[i], math.sqrt((a * a + b * b) / 2 + acceleration * length[i]))
        out[i, 0], out[i, 1], out[i, 2] = a, max(peak, max(a, b)), b
    return out


@kernel
def _leg_times_s(length: FloatArray, speeds: FloatArray, acceleration: float) -> FloatArray:
    out = np.zeros(len(length))
    for i in range(len(length)):
        if length[i] < 1e-9:
            continue
        a, peak, b = speeds[i]
        ramps = (2 * peak * peak - a * a - b * b) / (2 * acceleration)
        out[i] = (2 * peak - a - b) / acceleration + max(length[i] - ramps, 0.0) / peak
    return out


@kernel
def _run_phases(
    xyz: FloatArray, speeds: FloatArray, acceleration: float, extra: FloatArray, spread: float
) -> tuple[IntArray, FloatArray]:
    """Cut legs into speeding up, cruising, braking and holding.

    Returns
    -------
    Leg of each phase, shape (m,), and shape (m, 10): time taken, begin, end, speeds, spread.
    """
    n = len(speeds)
    leg = np.zeros(4 * n + 1, np.int32)
    out = np.zeros((4 * n + 1, 10))
    m = 0
    if extra[0] > 0:
        out[0, 0], out[0, 1:4], out[0, 4:7] = extra[0], xyz[0], xyz[0]
        m = 1
    for i in range(n):
        way = xyz[i + 1] - xyz[i]
        length = math.sqrt((way * way).sum())
        a, peak, b = speeds[i]
        if length >= 1e-9:
            up = (peak * peak - a * a) / (2 * acceleration)
            down = (peak * peak - b * b) / (2 * acceleration)
            cruise = max(length - up - down, 0.0)
            total = up + cruise + down  # like the length, but for rounding
            done = 0.0
            for v, w, part in ((a, peak, up), (peak, peak, cruise), (peak, b, down)):
                if part <= 1e-9:
                    continue
                out[m, 0] = 2 * part / (v + w)
                out[m, 1:4] = xyz[i] + way * (done / total)
                done += part
                out[m, 4:7] = xyz[i] + way * (done / total)
                out[m, 7], out[m, 8] = v, w
                leg[m] = i
                m += 1
            out[m - 1, 4:7] = xyz[i + 1]
        if extra[i + 1] > 0:
            out[m, 0], out[m, 1:4], out[m, 4:7] = extra[i + 1], xyz[i + 1], xyz[i + 1]
            out[m, 9] = spread
            leg[m] = i
            m += 1
    return leg[:m], out[:m]


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


def _corners(
    xyz_m: FloatArray, limit: FloatArray, vehicle: Vehicle
) -> tuple[FloatArray, FloatArray]:
    """Highest speed at each point, and extra time there, shapes (n,)."""
    steps = np.diff(xyz_m, axis=0)
    length = np.linalg.norm(steps, axis=1)
    unit = steps / np.maximum(length, 1e-12)[:, None]
    for i in range(1, len(unit)):  # a leg of no length goes on as the one before
        if length[i] < 1e-9:
            unit[i] = unit[i - 1]
    cosine = (unit[:-1] * unit[1:]).sum(axis=1)
    bends = cosine < math.cos(math.radians(STOP_ANGLE_DEG)) - 1e-12
    upright = (np.abs(unit[:-1, 2]) > 0.999) | (np.abs(unit[1:, 2]) > 0.999)
    passing = np.minimum(limit[:-1], limit[1:])
    extra = np.zeros(len(cosine))
    if vehicle.turn == "stop":
        at_bend = np.zeros(len(cosine))
    elif vehicle.turn == "fly-by":
        grip = math.sqrt(vehicle.acceleration_m_s2 * vehicle.turn_radius_m)
        at_bend = np.minimum(passing, grip)
    else:
        at_bend = passing
        arc = np.arccos(np.clip(cosine, -1, 1)) * vehicle.turn_radius_m / np.maximum(passing, 0.1)
        extra = np.where(bends & ~upright, arc, 0.0)
    corner = np.where(bends, np.where(upright, 0.0, at_bend), passing)
    rest = np.zeros(1)
    return np.concatenate([rest, corner, rest]), np.concatenate([rest, extra, rest])


def hover_s(kind: IntArray, vehicle: Vehicle) -> FloatArray | None:
    """Time at rest at each point, shape (n,): at both ends of survey legs where photos want it."""
    if vehicle.trigger != "hover" or vehicle.hover_s <= 0:
        return None
    on = np.concatenate([[False], kind == LegKind.SURVEY, [False]])
    return np.asarray(np.where(on[1:] | on[:-1], vehicle.hover_s, 0.0))


def _speeds(
    xyz_m: FloatArray, kind: IntArray, vehicle: Vehicle, hover: FloatArray | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Length of each leg, its speeds as `_profile` gives them, and extra time at each point."""
    limit = _limits_m_s(xyz_m, leg_speeds_m_s(xyz_m, kind, vehicle), vehicle)
    corner, extra = _corners(xyz_m, limit, vehicle)
    if hover is not None:
        corner = np.where(hover > 0, 0.0, corner)
        extra = extra + hover
    length = np.linalg.norm(np.diff(xyz_m, axis=0), axis=1)
    return length, _profile(length, limit, corner, vehicle.acceleration_m_s2), extra


def flight_phases(
    xyz_m: FloatArray,
    kind: IntArray,
    vehicle: Vehicle,
    *,
    begin_s: float = 0.0,
    hover: FloatArray | None = None,
) -> Phases:
    """Continuous motion of a flight that comes to its first point at `begin_s`, at rest.

    The times of its points are those of `pass_times_s`.

    Parameters
    ----------
    xyz_m
        Shape (n, 3), n >= 2.
    kind, hover
        As `pass_times_s` takes them.

    Raises
    ------
    InfeasibleError
        When the wind is too strong.
    """
    _, speeds, extra = _speeds(xyz_m, kind, vehicle, hover)
    spread_m = 2 * vehicle.turn_radius_m if vehicle.turn == "loiter" else 0.0
    points = np.ascontiguousarray(xyz_m, dtype=np.float64)
    leg, row = _run_phases(points, speeds, vehicle.acceleration_m_s2, extra, spread_m)
    return Phases(
        time_s=np.concatenate([[begin_s], begin_s + np.cumsum(row[:, 0])]),
        leg=leg,
        begin_m=row[:, 1:4],
        end_m=row[:, 4:7],
        begin_m_s=row[:, 7],
        end_m_s=row[:, 8],
        spread_m=row[:, 9],
    )


def pass_times_s(
    xyz_m: FloatArray, kind: IntArray, vehicle: Vehicle, *, hover: FloatArray | None = None
) -> FloatArray:
    """When each point is passed, counted from leaving the first at rest.

    Parameters
    ----------
    xyz_m
        Shape (n, 3).
    kind
        Shape (n - 1,): `LegKind` of each leg.
    hover
        Shape (n,): time to stand still at each point, s; the time of a point is when it is left.

    Raises
    ------
    InfeasibleError
        When the wind is too strong.
    """
    if len(xyz_m) < 2:
        return np.zeros(len(xyz_m))
    length, speeds, extra = _speeds(xyz_m, kind, vehicle, hover)
    legs = _leg_times_s(length, speeds, vehicle.acceleration_m_s2)
    out: FloatArray = np.concatenate([extra[:1], extra[0] + np.cumsum(legs + extra[1:])])
    return out
