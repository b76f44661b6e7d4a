"""How much longer than plain kinematics real autopilots took for a leg, for the simulated ones.

Flown over predicted by length of the leg, as seen of ArduCopter 4.5.6 and PX4 1.16.1 with default
parameters, where predicted is 2 m/s2 of acceleration and a stop at corners of over 30 degrees
(`mcpp.link.motion`). Of PX4 at 10 m/s whole flights alone were seen: its row there is the second a
leg that its flights at 5 m/s took more.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import Final

from mcpp.model import Autopilot, Vehicle
from mcpp.problem.autopilot import default_motion

Pace = Callable[[float, float], float]
"""Time over plain time of a leg, by its length (m) and the speed that is asked for (m/s)."""

_ENDS_M: Final = (10.0, 20.0, 40.0, 80.0, 150.0)
_SPEEDS_M_S: Final = (5.0, 10.0)
# by speed: legs under 10 m, 10 to 20, 20 to 40, 40 to 80, 80 to 150, over 150
FLOWN: Final[dict[Autopilot, tuple[tuple[float, ...], tuple[float, ...]]]] = {
    "ardupilot": ((1.57, 1.09, 0.92, 0.97, 0.985, 0.985), (1.7, 1.265, 1.165, 0.96, 1.025, 1.025)),
    "px4": ((1.09, 1.24, 1.10, 1.075, 1.045, 1.02), (1.31, 1.18, 1.13, 1.09, 1.06, 1.03)),
}


def plain(_length_m: float, _speed_m_s: float) -> float:
    """Take what kinematics say."""
    return 1.0


def pace_of(autopilot: Autopilot) -> Pace:
    """Give the pace of an autopilot with its default parameters."""
    if autopilot not in FLOWN:
        return plain
    slow, fast = FLOWN[autopilot]

    def pace(length_m: float, speed_m_s: float) -> float:
        row = bisect_right(_ENDS_M, length_m)
        low, high = _SPEEDS_M_S
        part = min(max((speed_m_s - low) / (high - low), 0.0), 1.0)
        return slow[row] + part * (fast[row] - slow[row])

    return pace


def pace_for(vehicle: Vehicle) -> Pace:
    """Give the pace of a planned vehicle: plain where its motion is not its autopilot's own."""
    if vehicle.kind != "multirotor" or vehicle.motion != default_motion(vehicle.autopilot):
        return plain
    return pace_of(vehicle.autopilot)
