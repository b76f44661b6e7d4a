"""Flight of one simulated vehicle: modes, mission items, battery, track. No messages, no sockets.

Time is the simulation's own; `advance` may be given any span of it and passes every item on the
way, so that a fast simulation skips none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from mcpp.ground.frame import LocalFrame
from mcpp.link.modes import Purpose
from mcpp.link.motion import Ability, Body, Point, passing_speed_m_s
from mcpp.link.sim_pace import Pace, plain
from mcpp.link.sim_track import GroundOf, Happening, TrackPoint, level
from mcpp.link.wing_motion import WingBody
from mcpp.link.wire import Message
from mcpp.model import AutopilotMotion, LonLat

_WAYPOINT, _SPLINE, _LOITER_TIME, _RETURN, _DELAY = 16, 82, 19, 20, 93
_SPEED, _TRIGGER, _CAPTURE = 178, 206, 2000
_TAKEOFFS: Final = frozenset({22, 84})
_LANDINGS: Final = frozenset({21, 85})
_HOLDING: Final = frozenset({_WAYPOINT, _SPLINE, _LOITER_TIME})
_PLACES: Final = _HOLDING | _LANDINGS | {31}  # NAV_LOITER_TO_ALT, of wings
_AMSL_FRAMES: Final = frozenset({0, 5})
_TERRAIN_FRAMES: Final = frozenset({10, 11})
_SLICE_S: Final = 1.0
_RETURN_HEIGHT_M: Final = 15.0
GROUND_M: Final = 400.0
"""Height of the simulated ground above sea level: the simulation has no terrain."""


@dataclass(slots=True)
class Flight:
    """State of one vehicle in the air or on the ground.

    Attributes
    ----------
    items
        MISSION_ITEM_INT messages of the mission that is flown.
    first
        Index of the first item to fly: 1 where item 0 is home.
    endurance_s
        Time of flight on a full battery.
    motion
        Its waits at take-off and landing, and how slowly it comes down at last.
    disarms_after_s
        Of standing armed on the ground before a take-off; 0 never.
    ground_m
        Height of the ground at a place above the ground at home; NaN where it knows none.
    pace
        How much longer than plain kinematics a leg of its mission takes.
    """

    home_lon_lat_deg: LonLat
    cruise_m_s: float = 5.0
    endurance_s: float = 1500.0
    first: int = 0
    ability: Ability = field(default_factory=Ability)
    motion: AutopilotMotion = field(default_factory=AutopilotMotion)
    disarms_after_s: float = 0.0
    ground_m: GroundOf = level
    pace: Pace = plain
    items: list[Message] = field(default_factory=list)
    purpose: Purpose = "ready"
    armed: bool = False
    item: int = 0
    camera: bool = False
    time_s: float = 0.0
    used_s: float = 0.0
    track: list[TrackPoint] = field(default_factory=list)
    body: Body | WingBody = field(init=False)
    _frame: LocalFrame = field(init=False)
    _speed_m_s: float = field(init=False)
    _wait_s: float = 0.0
    _climb_m: float = 0.0
    _low_told: bool = False
    _idle_s: float = 0.0
    _taken_off: bool = False
    _leg: tuple[int, Point] | None = None
    _leg_pace: float = 1.0
    _pause_s: float = 0.0
    _paused: str = ""
    _photo_every_m: float = 0.0
    _since_photo_m: float = 0.0
    photos: int = 0

    def __post_init__(self) -> None:
        self.body = Body(self.ability)
        self._frame = LocalFrame(self.home_lon_lat_deg)
        self._speed_m_s = self.cruise_m_s

    # ---------------------------------------------------------------------------- what it is told

    def load(self, items: Sequence[Message], first: int) -> None:
        """Take a new mission; it begins at its start."""
        self.items, self.first, self.item = list(items), first, first
        self._wait_s = 0.0
        self._speed_m_s = self.cruise_m_s

    def jump(self, item: int) -> bool:
        """Go on with another item; whether there is one."""
        if not self.first <= item < len(self.items):
            return False
        self.item, self._wait_s = item, 0.0
        return True

    def change(self, purpose: Purpose) -> None:
        """Take up another mode. A mission goes on where it was left."""
        self.purpose = purpose
        self._climb_m = max(self.body.position[2], _RETURN_HEIGHT_M)
        self._pause_s, self._paused = 0.0, ""
        if purpose in ("hold", "ready"):
            self.body.hold()

    def cut_motors(self) -> None:
        """Stop the motors, in the air too: it lies on the ground below."""
        self.body.position = (*self.body.position[:2], 0.0)
        self.armed, self.camera = False, False
        self.change("ready")

    def climb_to(self, height_m: float) -> None:
        """Take off, as a command outside a mission asks for."""
        self.purpose, self._climb_m = "guided", height_m

    @property
    def lon_lat_deg(self) -> LonLat:
        """Where it is."""
        lon, lat = self._frame.to_deg(self.body.position[:2])
        return float(lon), float(lat)

    @property
    def height_m(self) -> float:
        """Height above home."""
        return self.body.position[2]

    @property
    def flying(self) -> bool:
        """Whether it is off the ground."""
        return self.armed and self.height_m > 0.05

    @property
    def battery_percent(self) -> float:
        """Charge left."""
        return max(0.0, 100.0 * (1 - self.used_s / self.endurance_s))

    # ------------------------------------------------------------------------------- what it does

    def advance(self, span_s: float) -> list[Happening]:
        """Let time pass; what happened on the way, in order."""
        happenings: list[Happening] = []
        left_s = span_s
        while left_s > 1e-9:
            slice_s = min(left_s, _SLICE_S)
            rest_s = self._act(slice_s, happenings) if self.armed else 0.0
            passed_s = slice_s - rest_s
            self.time_s += passed_s
            left_s -= max(passed_s, 1e-9)
            if self.armed:
                self.used_s += passed_s
                self._note()
                self._shoot(happenings)
            self._watch_idle(passed_s, happenings)
        if self.battery_percent < 20 and not self._low_told:
            self._low_told = True
            happenings.append(Happening("low", self.time_s))
        return happenings

    def _watch_idle(self, passed_s: float, happenings: list[Happening]) -> None:
        """Disarm after standing too long on the ground, as autopilots do."""
        standing = self.armed and self.height_m < 0.05 and not self._taken_off
        self._taken_off = self.armed and (self._taken_off or not standing)
        self._idle_s = self._idle_s + passed_s if standing else 0.0
        if 0 < self.disarms_after_s < self._idle_s:
            self.cut_motors()
            happenings.append(Happening("idle", self.time_s))

    def _note(self) -> None:
        lon, lat = self.lon_lat_deg
        self.track.append(TrackPoint(self.time_s, lon, lat, self.height_m, self.item, self.camera))
        self._measure_way()

    def _measure_way(self) -> None:
        """Add the last piece of the way to what the trigger has counted since its last photo."""
        if len(self.track) > 1 and self.track[-2].camera:
            a, b = self.track[-2:]
            ends = self._frame.to_m([(a.lon_deg, a.lat_deg), (b.lon_deg, b.lat_deg)])
            self._since_photo_m += math.dist(ends[0], ends[1])

    def _shoot(self, happenings: list[Happening]) -> None:
        """Take the photos that are due by distance."""
        while self._photo_every_m > 0 and self._since_photo_m >= self._photo_every_m - 0.05:
            self._since_photo_m -= self._photo_every_m
            self._take_photo(happenings)

    def _take_photo(self, happenings: list[Happening]) -> None:
        self.photos += 1
        happenings.append(Happening("photo", self.time_s, self.photos))

    def _act(self, span_s: float, happenings: list[Happening]) -> float:
        """Do the next thing for at most `span_s`; the time left over."""
        if self.battery_percent <= 0 and self.purpose != "land":
            self.change("land")
        if self._pause_s > 1e-9:
            spent_s = min(self._pause_s, span_s)
            self._pause_s -= spent_s
            self.body.hold()
            return span_s - spent_s
        if self.purpose == "mission":
            return self._act_mission(span_s, happenings)
        x, y, z = self.body.position
        if self.purpose == "guided" and z < self._climb_m:
            return self.body.fly_towards((x, y, self._climb_m), self._speed_m_s, 0.0, span_s)
        if self.purpose == "return":
            return self._act_return(span_s, happenings)
        if self.purpose == "land":
            return self._act_land((x, y, 0.0), span_s, happenings)
        self.body.hold()
        return 0.0

    def _act_return(self, span_s: float, happenings: list[Happening]) -> float:
        self.camera = False
        x, y, z = self.body.position
        if math.hypot(x, y) < 0.05:
            return self._act_land((0.0, 0.0, 0.0), span_s, happenings)
        if z < self._climb_m - 0.05:
            return self.body.fly_towards((x, y, self._climb_m), self._speed_m_s, 0.0, span_s)
        return self.body.fly_towards((0.0, 0.0, self._climb_m), self._speed_m_s, 0.0, span_s)

    def _wait_once(self, what: str, seconds: float) -> bool:
        """Wait at a stage of the flight, once; whether that has begun just now."""
        if self._paused == what:
            return False
        self._paused, self._pause_s = what, seconds
        return seconds > 0

    def _act_land(self, place: Point, span_s: float, happenings: list[Happening]) -> float:
        x, y, z = self.body.position
        slow_m = self.motion.landing_slow_height_m
        if z > 0.0 and self._wait_once("above the landing", self.motion.landing_wait_s):
            return span_s
        if z > slow_m + 1e-6:
            return self.body.fly_towards((x, y, slow_m), self._speed_m_s, 0.0, span_s)
        speed_m_s = self.motion.landing_slow_m_s if slow_m > 0 else self._speed_m_s
        if z > 0.02 and slow_m > 0:
            down_m = min(z, speed_m_s * span_s)
            self.body.position = (x, y, z - down_m)
            return span_s - down_m / speed_m_s
        left_s = self.body.fly_towards(place, self._speed_m_s, 0.0, span_s)
        if left_s <= 0:
            return 0.0
        if self._wait_once("landed", self.motion.landing_delay_s):
            return left_s
        if self.item < len(self.items) and self.items[self.item].command in {_RETURN} | _LANDINGS:
            happenings.append(Happening("reached", self.time_s + span_s - left_s, self.item))
            self.item = self.first
        self._note()
        self.armed, self.camera = False, False
        self.change("ready")
        happenings.append(Happening("landed", self.time_s + span_s - left_s))
        return 0.0

    def _act_mission(self, span_s: float, happenings: list[Happening]) -> float:
        if self.item >= len(self.items):
            self.body.hold()  # a mission without return or landing ends in the air
            return 0.0
        item = self.items[self.item]
        if self._wait_s > 0:
            spent_s = min(self._wait_s, span_s)
            self._wait_s -= spent_s
            if self._wait_s <= 0:
                self._done(happenings, spent_s)
            return span_s - spent_s
        if item.command == _RETURN:
            return self._act_return(span_s, happenings)
        if item.command in _TAKEOFFS and self._wait_once("ready", self.motion.takeoff_delay_s):
            return span_s
        if item.command in _TAKEOFFS | _PLACES:
            return self._act_place(item, span_s, happenings)
        self._obey(item, happenings)
        if item.command != _DELAY:
            self._done(happenings, 0.0)
        return span_s

    def _act_place(self, item: Message, span_s: float, happenings: list[Happening]) -> float:
        target = self._place(item)
        end_m_s = 0.0
        if item.command in (_WAYPOINT, _SPLINE) and item.param1 <= 0:
            after = self._next_place()
            end_m_s = passing_speed_m_s(self.body.position, target, after, self._speed_m_s)
        if item.command in _LANDINGS:
            x, y, z = self.body.position
            if math.hypot(x - target[0], y - target[1]) > 0.05:
                target = (target[0], target[1], z)
                return self.body.fly_towards(target, self._speed_m_s, 0.0, span_s)
            return self._act_land((x, y, 0.0), span_s, happenings)
        left_s = self._fly_leg(item, target, end_m_s, span_s)
        if left_s > 0:
            if item.command in _HOLDING and item.param1 > 0:
                self._wait_s = float(item.param1)
            else:
                self._done(happenings, span_s - left_s)
        return left_s

    def _fly_leg(self, item: Message, target: Point, end_m_s: float, span_s: float) -> float:
        """Fly on along a leg of the mission, at the pace of its length; seconds left over."""
        if item.command in _TAKEOFFS:
            return self.body.fly_towards(target, self._speed_m_s, end_m_s, span_s)
        if self._leg != (self.item, target):
            self._leg = (self.item, target)
            self._leg_pace = self.pace(math.dist(self.body.position, target), self._speed_m_s)
        pace = self._leg_pace
        return self.body.fly_towards(target, self._speed_m_s, end_m_s, span_s / pace) * pace

    def _obey(self, item: Message, happenings: list[Happening]) -> None:
        if item.command == _SPEED and item.param2 > 0:
            self._speed_m_s = float(item.param2)
        elif item.command == _TRIGGER:
            self.camera, self._photo_every_m = item.param1 > 0, float(item.param1)
            self._since_photo_m = 0.0
            if self.camera and item.param3 > 0:
                self._take_photo(happenings)
        elif item.command == _CAPTURE:
            self._take_photo(happenings)
        elif item.command == _DELAY:
            self._wait_s = max(float(item.param1), 1e-6)

    def _done(self, happenings: list[Happening], after_s: float) -> None:
        happenings.append(Happening("reached", self.time_s + after_s, self.item))
        self.item += 1
        self._note()  # the corner itself, so that the log keeps the true line
        self._shoot(happenings)
        self._climb_m = max(self.height_m, _RETURN_HEIGHT_M)

    def _place(self, item: Message) -> Point:
        x, y, z = self.body.position
        height_m = item.z - (GROUND_M if item.frame in _AMSL_FRAMES else 0.0)
        if item.command in _TAKEOFFS:
            return x, y, max(height_m, z)
        if (item.x, item.y) == (0, 0):
            return x, y, 0.0 if item.command in _LANDINGS else height_m
        place = (item.y / 1e7, item.x / 1e7)
        east, north = self._frame.to_m(place)
        if item.frame in _TERRAIN_FRAMES:
            height_m += self.ground_m(place)
        return float(east), float(north), height_m

    def _next_place(self) -> Point | None:
        for item in self.items[self.item + 1 :]:
            if item.command in _PLACES:
                return self._place(item)
            if item.command in (_RETURN, _DELAY):
                return None
        return None
