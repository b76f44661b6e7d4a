"""How a simulated wing moves: it can not stop, and turns only as its bank allows.

Sideways guidance is the L1 law of Park, Deyst and How, *A New Nonlinear Guidance Logic for
Trajectory Tracking* (2004), with the look-ahead of ArduPlane, period * damping * speed / pi: it
leads the wing back to the line between two waypoints. A waypoint counts as reached within its
radius, or when the wing has passed it. Still air, constant air speed.
"""

import math
from dataclasses import dataclass
from typing import Final

from mcpp.link.motion import Ability, Point

_STEP_S: Final = 0.1
_GRAVITY_M_S2: Final = 9.81
_DAMPING: Final = 0.75
_ROLL_LAG_S: Final = 0.6
_STEEPEST: Final = 1.0 / math.sqrt(2.0)


@dataclass(slots=True)
class WingBody:
    """Where the wing is and how it flies; east, north and height in metres.

    Attributes
    ----------
    begin
        Where the line to the present target begins, east and north.
    course_rad
        Where it flies to, counted from east, counter-clockwise.
    reach_m, circle_m
        Waypoint radius, and radius of its circles.
    period_s
        NAVL1_PERIOD.
    """

    ability: Ability
    position: Point = (0.0, 0.0, 0.0)
    speed_m_s: float = 0.0
    velocity: Point = (0.0, 0.0, 0.0)
    begin: tuple[float, float] = (0.0, 0.0)
    course_rad: float = 0.0
    roll_rad: float = 0.0
    reach_m: float = 50.0
    circle_m: float = 80.0
    period_s: float = 15.0
    roll_limit_rad: float = math.radians(45.0)
    _target: Point | None = None

    def fly_towards(
        self,
        target: Point,
        cruise_m_s: float,
        end_m_s: float,
        longest_s: float,
        *,
        height_m: float | None = None,
    ) -> float:
        """Fly along the line to a target for at most `longest_s` seconds.

        Parameters
        ----------
        height_m
            Height to fly at; None is that of the target.

        Returns
        -------
        float
            Seconds left over: more than 0 when the target has been reached.
        """
        del end_m_s  # a wing passes its waypoints at full speed
        if self._target != target:
            last = self._target or self.position
            self.begin, self._target = (last[0], last[1]), target
        aim_m = target[2] if height_m is None else height_m
        left_s = longest_s
        while left_s > 1e-9:
            if self._reached(target):
                return max(left_s, 1e-9)
            step_s = min(_STEP_S, left_s)
            self._step(self._line_acceleration(target, cruise_m_s), aim_m, cruise_m_s, step_s)
            left_s -= step_s
        return 0.0

    def circle(self, centre: Point, cruise_m_s: float, span_s: float) -> None:
        """Fly round a place, clockwise, towards its height."""
        self._target = None
        left_s = span_s
        while left_s > 1e-9:
            step_s = min(_STEP_S, left_s)
            wanted = self._circle_acceleration(centre, cruise_m_s)
            self._step(wanted, centre[2], cruise_m_s, step_s)
            left_s -= step_s

    def straight(self, height_m: float, cruise_m_s: float, longest_s: float) -> float:
        """Climb straight ahead, as a take-off does; seconds left over once it is up."""
        left_s = longest_s
        while left_s > 1e-9:
            if self.position[2] >= height_m - 0.01:
                return max(left_s, 1e-9)
            step_s = min(_STEP_S, left_s)
            self._step(0.0, height_m, cruise_m_s, step_s)
            left_s -= step_s
        return 0.0

    def hold(self) -> None:
        """Stand on the ground."""
        self.speed_m_s, self.roll_rad = 0.0, 0.0
        self.velocity = (0.0, 0.0, 0.0)
        self._target = None

    def _reached(self, target: Point) -> bool:
        x, y, _ = self.position
        if math.hypot(target[0] - x, target[1] - y) <= self.reach_m:
            return True
        along = (target[0] - self.begin[0], target[1] - self.begin[1])
        return (x - target[0]) * along[0] + (y - target[1]) * along[1] > 0.0

    def _line_acceleration(self, target: Point, speed_m_s: float) -> float:
        """Sideways acceleration to the left that leads back to the line, m/s2."""
        x, y, _ = self.position
        ahead_m = _DAMPING * self.period_s * speed_m_s / math.pi
        along = (target[0] - self.begin[0], target[1] - self.begin[1])
        length_m = math.hypot(*along)
        if length_m < 1e-6:
            along, length_m = (
                (target[0] - x, target[1] - y),
                math.hypot(target[0] - x, target[1] - y),
            )
        if length_m < 1e-6:
            return 0.0
        ux, uy = along[0] / length_m, along[1] / length_m
        across_m = ux * (y - self.begin[1]) - uy * (x - self.begin[0])  # left of the line
        to_line = -math.asin(max(-_STEEPEST, min(_STEEPEST, across_m / ahead_m)))
        turn = _wrapped(math.atan2(uy, ux) + to_line - self.course_rad)
        turn = max(-math.pi / 2, min(math.pi / 2, turn))
        return 4 * _DAMPING**2 * speed_m_s**2 / ahead_m * math.sin(turn)

    def _circle_acceleration(self, centre: Point, speed_m_s: float) -> float:
        x, y, _ = self.position
        away = (x - centre[0], y - centre[1])
        away_m = max(math.hypot(*away), 1e-6)
        tangent = math.atan2(away[1], away[0]) - math.pi / 2
        error = (away_m - self.circle_m) / max(self.circle_m, 1.0)
        lead = max(-1.2, min(1.2, 1.5 * error))
        turn = _wrapped(tangent - lead - self.course_rad)
        ahead_m = _DAMPING * self.period_s * speed_m_s / math.pi
        steady = -(speed_m_s**2) / max(away_m, self.circle_m)
        return steady + 4 * _DAMPING**2 * speed_m_s**2 / ahead_m * math.sin(turn)

    def _step(self, sideways_m_s2: float, height_m: float, speed_m_s: float, step_s: float) -> None:
        wanted = math.atan(sideways_m_s2 / _GRAVITY_M_S2)
        wanted = max(-self.roll_limit_rad, min(self.roll_limit_rad, wanted))
        self.roll_rad += (wanted - self.roll_rad) * min(1.0, step_s / _ROLL_LAG_S)
        gain_m_s = self.ability.acceleration_m_s2 * step_s
        self.speed_m_s = min(speed_m_s, self.speed_m_s + gain_m_s)
        if self.speed_m_s > 0.1:
            self.course_rad += _GRAVITY_M_S2 * math.tan(self.roll_rad) / self.speed_m_s * step_s
        x, y, z = self.position
        rise_m = max(
            -self.ability.sink_m_s * step_s, min(self.ability.climb_m_s * step_s, height_m - z)
        )
        vx = self.speed_m_s * math.cos(self.course_rad)
        vy = self.speed_m_s * math.sin(self.course_rad)
        self.velocity = (vx, vy, rise_m / step_s)
        self.position = (x + vx * step_s, y + vy * step_s, z + rise_m)


def _wrapped(angle_rad: float) -> float:
    return (angle_rad + math.pi) % (2 * math.pi) - math.pi
