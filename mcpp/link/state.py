"""What is known about a flying vehicle, and how far its mission has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mcpp.export.items import MissionItem
from mcpp.link.ending import Ending
from mcpp.link.guard import distance_m
from mcpp.link.wire import has_position
from mcpp.model import LonLat

EventKind = Literal[
    "item reached",
    "fence breach",
    "fence clear",
    "low battery",
    "link lost",
    "link back",
    "armed",
    "disarmed",
    "mode",
    "message",
    "order",
    "photos",
    "mission",
    "ground station",
    "finished",
    "ended",
]

_SPEED, _RETURN = 178, 20
_DEFAULT_SPEED_M_S: Final = 5.0
_CLIMB_M_S: Final = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleState:
    """A vehicle as last heard; None is not heard yet.

    Attributes
    ----------
    item, items
        Mission item under way, and their number.
    link_percent
        Part of its messages that arrived lately; 0 when the link is lost.
    flown
        Share of the mission flown, 0 to 1, by time.
    elapsed_s, planned_s, predicted_s
        Since the mission began: now, planned end, expected end.
    photos, photos_planned
        Taken so far, and to be taken in all; None where the mission takes none.
    mission_changed
        It holds another mission than the one that is followed.
    off_ground
        Since its motors were armed it has left the ground; None where that is not known.
    finished
        The mission was flown to its end, and landed.
    ending, ending_text
        How the flight ended, and the same in words; empty before it has.
    """

    uav: str
    system_id: int | None = None
    autopilot: str = ""
    mode: str = ""
    armed: bool = False
    in_air: bool | None = None
    off_ground: bool | None = None
    lon_lat_deg: LonLat | None = None
    height_m: float | None = None
    speed_m_s: float | None = None
    heading_deg: float | None = None
    item: int | None = None
    items: int | None = None
    battery_percent: int | None = None
    battery_v: float | None = None
    gps_fix: int | None = None
    satellites: int | None = None
    ready: bool | None = None
    fence_breached: bool = False
    mission_changed: bool = False
    connected: bool = False
    link_percent: float = 0.0
    flown: float = 0.0
    elapsed_s: float | None = None
    planned_s: float | None = None
    predicted_s: float | None = None
    photos: int = 0
    photos_planned: int | None = None
    finished: bool = False
    ending: Ending = ""
    ending_text: str = ""

    @property
    def aloft(self) -> bool:
        """Whether it flies; with armed motors it may still wait on the ground for its take-off."""
        return self.armed and self.off_ground is not False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a vehicle; `time_s` is of the clock of the watch."""

    time_s: float
    uav: str
    kind: EventKind
    text: str
    item: int | None = None


class Course:
    """A mission as a line with times, to tell how much of it is flown.

    Legs take their length over the speed that the mission asks for; the same measure for what is
    flown and for the whole, so that its scale does not matter.

    Parameters
    ----------
    items
        The mission as the autopilot counts it.
    start_lon_lat_deg
        Where it begins and returns to.
    """

    def __init__(
        self, items: Sequence[MissionItem], start_lon_lat_deg: LonLat | None, *, first: int = 0
    ) -> None:
        self._places: list[LonLat | None] = []
        self._speeds: list[float] = []
        self._ends_s: list[float] = []
        here, home = start_lon_lat_deg, start_lon_lat_deg
        speed, height_m, total_s = _DEFAULT_SPEED_M_S, 0.0, 0.0
        for index, item in enumerate(items):
            place: LonLat | None = None
            if index >= first:
                if item.command == _SPEED and item.params[1] > 0:
                    speed = item.params[1]
                if item.command == _RETURN:
                    place = home
                elif has_position(item) and (item.lat_deg or item.lon_deg):
                    place = (item.lon_deg, item.lat_deg)
                    total_s += abs(item.alt_m - height_m) / _CLIMB_M_S
                    height_m = item.alt_m
                if place is not None:
                    home = home or place
                    total_s += distance_m(here, place) / speed if here is not None else 0.0
                    here = place
            self._places.append(place)
            self._speeds.append(speed)
            self._ends_s.append(total_s)

    @property
    def total_s(self) -> float:
        """Time of the whole."""
        return self._ends_s[-1] if self._ends_s else 0.0

    def flown(self, item: int, lon_lat_deg: LonLat | None) -> float:
        """Share that is flown, 0 to 1, with an item under way and a position."""
        if not self._ends_s or self.total_s <= 0:
            return 0.0
        if item >= len(self._ends_s):
            return 1.0
        before_s = self._ends_s[item - 1] if item > 0 else 0.0
        place = self._places[item]
        if place is None or lon_lat_deg is None:
            return before_s / self.total_s
        left_s = distance_m(lon_lat_deg, place) / self._speeds[item]
        return min(max(self._ends_s[item] - left_s, before_s), self._ends_s[item]) / self.total_s
