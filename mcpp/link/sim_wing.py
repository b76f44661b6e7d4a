"""Flight of one simulated wing: fixed wing or VTOL, as ArduPlane flies it.

What was seen of ArduPlane 4.5.6 and is played here: take-off runs straight ahead, a return circles
for ever unless RTL_AUTOLAND or Q_RTL_MODE says otherwise, lines are left by WP_RADIUS.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from mcpp.link.modes import Purpose
from mcpp.link.motion import Point
from mcpp.link.sim_flight import Flight
from mcpp.link.sim_track import Happening
from mcpp.link.wing_motion import WingBody
from mcpp.link.wire import Message

_VTOL_TAKEOFF, _VTOL_LAND, _LOITER_TO_ALT, _LAND_START = 84, 85, 31, 189
_HOVER_M_S: Final = 5.0
_NEAR_M: Final = 0.5
_ALOFT_M: Final = 1.0
_LOOK_S: Final = 0.2


@dataclass(slots=True)
class WingFlight(Flight):
    """State of one wing.

    Attributes
    ----------
    params
        Its parameters, by ArduPlane's names.
    takeoff_deg
        Where its nose points on the ground, degrees from north.
    """

    params: Mapping[str, float] = field(default_factory=dict)
    takeoff_deg: float = 0.0
    _hover: bool = False
    _hold_at: Point | None = None

    def __post_init__(self) -> None:
        super(WingFlight, self).__post_init__()
        self.body = WingBody(self.ability)
        self.set_up()

    def set_up(self) -> None:
        """Take what its parameters say of radii, and point its nose."""
        body, params = self.wing, self.params
        body.reach_m = params.get("WP_RADIUS", params.get("NAV_ACC_RAD", 10.0))
        body.circle_m = abs(params.get("WP_LOITER_RAD", params.get("NAV_LOITER_RAD", 80.0)))
        body.period_s = params.get("NAVL1_PERIOD", 15.0)
        body.course_rad = math.radians(90.0 - self.takeoff_deg)

    @property
    def wing(self) -> WingBody:
        """The body that flies."""
        return cast("WingBody", self.body)

    def change(self, purpose: Purpose) -> None:
        """Take up another mode; what holds, circles."""
        super(WingFlight, self).change(purpose)
        self._hold_at = self.body.position if purpose in ("hold", "guided") else None

    def _act(self, span_s: float, happenings: list[Happening]) -> float:
        if self.purpose in ("hold", "guided") and self._hold_at is not None:
            self.wing.circle(self._hold_at, self._speed_m_s, span_s)
            return 0.0
        return super(WingFlight, self)._act(span_s, happenings)

    def _act_place(self, item: Message, span_s: float, happenings: list[Happening]) -> float:
        target, body = self._place(item), self.wing
        if item.command == _VTOL_TAKEOFF:
            left_s = self._rise(target[2], span_s)
        elif item.command == 22:
            left_s = body.straight(target[2], self._speed_m_s, span_s)
        elif item.command == _LOITER_TO_ALT:
            left_s = self._circle_to_height(item, target, span_s)
        elif item.command == _VTOL_LAND:
            return self._land_upright(target, span_s, happenings)
        elif item.command == 21:
            return self._land_flat(target, span_s, happenings)
        else:
            left_s = body.fly_towards(target, self._speed_m_s, 0.0, span_s)
        if left_s > 0:
            self._done(happenings, span_s - left_s)
        return left_s

    def _circle_to_height(self, item: Message, target: Point, span_s: float) -> float:
        body, left_s = self.wing, span_s
        body.circle_m = abs(item.param2) or body.circle_m
        while left_s > 1e-9:
            step_s = min(left_s, _LOOK_S)
            body.circle(target, self._speed_m_s, step_s)
            left_s -= step_s
            if self._may_leave(target):
                return max(left_s, 1e-9)
        return 0.0

    def _may_leave(self, centre: Point) -> bool:
        """Whether it is at the height of its circle, and points to where it goes next."""
        x, y, z = self.body.position
        if abs(z - centre[2]) > _ALOFT_M:
            return False
        after = self._next_place() or centre
        wanted = math.atan2(after[1] - y, after[0] - x) - self.wing.course_rad
        return abs((wanted + math.pi) % (2 * math.pi) - math.pi) < math.radians(10.0)

    def _rise(self, height_m: float, span_s: float) -> float:
        x, y, z = self.body.position
        up_m = min(height_m - z, self.ability.climb_m_s * span_s)
        self.body.position = (x, y, z + up_m)
        if z + up_m < height_m - 1e-6:
            return 0.0
        after = self._next_place()
        if after is not None:  # it turns on the spot before it flies off
            self.wing.course_rad = math.atan2(after[1] - y, after[0] - x)
        return max(span_s - up_m / self.ability.climb_m_s, 1e-9)

    def _land_flat(self, target: Point, span_s: float, happenings: list[Happening]) -> float:
        """Go down along a straight slope to the landing point."""
        body = self.wing
        x, y, z = body.position
        away_m = math.hypot(target[0] - x, target[1] - y)
        step_s = min(span_s, _LOOK_S)
        aim_m = z * max(1.0 - self._speed_m_s * step_s / max(away_m, 1.0), 0.0)
        reach_m, body.reach_m = body.reach_m, 1.0
        passed_s = body.fly_towards(target, self._speed_m_s, 0.0, step_s, height_m=aim_m)
        body.reach_m = reach_m
        if passed_s <= 0 and body.position[2] > 0.05:
            return span_s - step_s
        body.position = (*body.position[:2], 0.0)
        body.hold()
        return self._act_land(body.position, 1e-6, happenings)

    def _land_upright(self, target: Point, span_s: float, happenings: list[Happening]) -> float:
        """Come near on wings, then hover to the place and sink."""
        x, y, z = self.body.position
        if not self._hover and z > 0.05:
            left_s = self.wing.fly_towards((target[0], target[1], z), self._speed_m_s, 0.0, span_s)
            self._hover = left_s > 0
            return left_s
        away_m = math.hypot(target[0] - x, target[1] - y)
        if away_m > _NEAR_M:
            share = min(1.0, _HOVER_M_S * span_s / away_m)
            self.body.position = (x + share * (target[0] - x), y + share * (target[1] - y), z)
            return 0.0
        down_m = min(z, self.ability.sink_m_s * span_s)
        self.body.position = (target[0], target[1], z - down_m)
        if z - down_m > 0.05:
            return 0.0
        self._hover = False
        self.wing.hold()
        return self._act_land((target[0], target[1], 0.0), 1e-6, happenings)

    def _act_return(self, span_s: float, happenings: list[Happening]) -> float:
        """Fly home and circle there, unless the parameters have it land."""
        self.camera = False
        home = (0.0, 0.0, max(self._climb_m, self.params.get("RTL_ALTITUDE", 0.0)))
        x, y, _ = self.body.position
        if math.hypot(x, y) <= self.wing.circle_m + self.wing.reach_m:
            start = next((i for i, m in enumerate(self.items) if m.command == _LAND_START), None)
            if start is not None and self.params.get("RTL_AUTOLAND", 0.0) in (1, 2):
                self.jump(start)
                self.purpose = "mission"
                return span_s
            if self.params.get("Q_ENABLE", 0.0) and self.params.get("Q_RTL_MODE", 0.0):
                return self._land_upright((0.0, 0.0, 0.0), span_s, happenings)
        self.wing.circle(home, self._speed_m_s, span_s)
        return 0.0
