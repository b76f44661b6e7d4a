"""How a simulated vehicle moves: `mcpp.ground.kinematics`, flown step by step.

It speeds up and brakes at a fixed rate, stops at corners sharper than `STOP_ANGLE_DEG`, passes the
others without slowing, and climbs and sinks at fixed rates. No wind, no attitude, no engine.
"""

import math
from dataclasses import dataclass
from typing import Final

from mcpp.ground.kinematics import STOP_ANGLE_DEG

Point = tuple[float, float, float]
_REACHED_M: Final = 0.02
_STEP_S: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """What the vehicle can do."""

    acceleration_m_s2: float = 2.0
    climb_m_s: float = 3.0
    sink_m_s: float = 1.5


@dataclass(slots=True)
class Body:
    """Where the vehicle is, and how fast along its path; east, north and height in metres."""

    ability: Ability
    position: Point = (0.0, 0.0, 0.0)
    speed_m_s: float = 0.0
    velocity: Point = (0.0, 0.0, 0.0)

    def fly_towards(
        self, target: Point, cruise_m_s: float, end_m_s: float, longest_s: float
    ) -> float:
        """Fly straight to a point for at most `longest_s` seconds.

        Parameters
        ----------
        end_m_s
            Speed with which the point may be passed; 0 stops there.

        Returns
        -------
        float
            Seconds left over: more than 0 when the point has been reached.
        """
        left_s = longest_s
        while left_s > 1e-9:
            offset = tuple(b - a for a, b in zip(self.position, target, strict=True))
            distance_m = math.hypot(*offset)
            if distance_m < _REACHED_M:
                return self._arrive(target, end_m_s, left_s)
            step_s = min(_STEP_S, left_s)
            limit = self._limit(offset, distance_m, cruise_m_s)
            brake = math.sqrt(2 * self.ability.acceleration_m_s2 * distance_m + end_m_s**2)
            gain = self.ability.acceleration_m_s2 * step_s
            self.speed_m_s = min(self.speed_m_s + gain, limit, brake)
            step_m = self.speed_m_s * step_s
            if step_m >= distance_m:
                return self._arrive(target, end_m_s, left_s - distance_m / self.speed_m_s)
            share = step_m / distance_m
            x, y, z = self.position
            self.position = (x + share * offset[0], y + share * offset[1], z + share * offset[2])
            unit = self.speed_m_s / distance_m
            self.velocity = (unit * offset[0], unit * offset[1], unit * offset[2])
            left_s -= step_s
        return 0.0

    def hold(self) -> None:
        """Stand still."""
        self.speed_m_s = 0.0
        self.velocity = (0.0, 0.0, 0.0)

    def _arrive(self, target: Point, end_m_s: float, left_s: float) -> float:
        self.position = target
        self.speed_m_s = min(self.speed_m_s, end_m_s)
        if end_m_s == 0:
            self.hold()
        return max(left_s, 1e-9)

    def _limit(self, offset: tuple[float, ...], distance_m: float, cruise_m_s: float) -> float:
        """Speed along the line at which neither cruise nor climb nor sink rate is exceeded."""
        level_m = math.hypot(offset[0], offset[1])
        limit = cruise_m_s * distance_m / level_m if level_m > 1e-9 else math.inf
        rate = self.ability.climb_m_s if offset[2] > 0 else self.ability.sink_m_s
        if abs(offset[2]) > 1e-9:
            limit = min(limit, rate * distance_m / abs(offset[2]))
        return limit


def passing_speed_m_s(
    before: Point, corner: Point, after: Point | None, cruise_m_s: float
) -> float:
    """How fast a corner is passed: at cruise speed, or 0 where it is sharp or the path ends."""
    if after is None:
        return 0.0
    a = (corner[0] - before[0], corner[1] - before[1])
    b = (after[0] - corner[0], after[1] - corner[1])
    lengths = math.hypot(*a) * math.hypot(*b)
    if lengths < 1e-9:
        return 0.0
    cosine = (a[0] * b[0] + a[1] * b[1]) / lengths
    return cruise_m_s if cosine >= math.cos(math.radians(STOP_ANGLE_DEG)) else 0.0
