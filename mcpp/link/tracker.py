"""From the messages of one vehicle to its state and events."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from mcpp.export.items import MissionItem
from mcpp.link.ending import LOST_AFTER_S, ending_of, is_flown, landing_of
from mcpp.link.guard import autopilot_of, is_armed
from mcpp.link.held import HeldMission
from mcpp.link.modes import mode_name
from mcpp.link.photos import COUNTED, line_ends, planned_photos
from mcpp.link.state import Course, Event, EventKind, VehicleState
from mcpp.link.told import Told, tells_of_breach
from mcpp.link.wire import Message, dialect
from mcpp.model import LonLat

LINK_LOST_S: Final = 3.5
LOW_BATTERY_PERCENT: Final = 20
_WINDOW_S: Final = 5.0
_FEWEST: Final = 0.5
_POLE_1E7: Final = 900_000_000  # degrees of latitude at a pole, as telemetry has them
_RETURNING: Final = frozenset({"RTL", "SMART_RTL", "AUTO_RTL", "QRTL", "RETURN", "LAND", "QLAND"})


@dataclass(slots=True)
class _Quality:
    """Part of the frames that arrived in the present and the last window."""

    totals: tuple[int, int] = (0, 0)
    before: tuple[int, int] = (0, 0)
    since_s: float = 0.0

    def percent(self, totals: tuple[int, int], now_s: float) -> float:
        if now_s - self.since_s > _WINDOW_S:
            self.before, self.totals, self.since_s = self.totals, totals, now_s
        heard, missed = (new - old for new, old in zip(totals, self.before, strict=True))
        return 100.0 * heard / (heard + missed) if heard else 0.0


class VehicleTracker:
    """Follows one vehicle.

    Parameters
    ----------
    planned_s
        Planned time of the mission, take-off to landing.
    mission, start_lon_lat_deg
        What it is to fly and from where, as far as that is known.
    first
        Index of the first item that is flown: 1 where item 0 is home.
    count
        Gives the frames that were heard and that were missed so far.
    """

    def __init__(
        self,
        uav: str,
        *,
        clock: Callable[[], float],
        on_event: Callable[[Event], None],
        planned_s: float | None = None,
        mission: Sequence[MissionItem] = (),
        start_lon_lat_deg: LonLat | None = None,
        first: int = 0,
        count: Callable[[], tuple[int, int]] = lambda: (1, 0),
    ) -> None:
        self.state = VehicleState(uav=uav, planned_s=planned_s)
        self.reached: set[int] = set()
        self.told = Told(lambda text: self._tell("message", text), clock)
        self._clock = clock
        self._on_event = on_event
        self._count = count
        self._quality = _Quality()
        self._heartbeat_s: float | None = None
        self._began_s: float | None = None
        self._low_told = False
        self._photos_told = False
        self._photo_counts: Counter[str] = Counter()
        self._highest_m = 0.0
        self._called_at: int | None = None
        self._furthest = 0
        self._course: Course | None = None
        self._takers: dict[str, Callable[[Message], None]] = {
            "HEARTBEAT": self._take_heartbeat,
            "GLOBAL_POSITION_INT": self._take_position,
            "SYS_STATUS": self._take_status,
            "GPS_RAW_INT": self._take_gps,
            "EXTENDED_SYS_STATE": self._take_landed,
            "MISSION_CURRENT": self._take_current,
            "MISSION_ITEM_REACHED": self._take_reached,
            "FENCE_STATUS": self._take_fence,
            "STATUSTEXT": self._take_text,
            **dict.fromkeys(COUNTED, self._take_photo),
        }
        self.follow(mission, start_lon_lat_deg, first=first)

    def follow(
        self, mission: Sequence[MissionItem], start_lon_lat_deg: LonLat | None, *, first: int = 0
    ) -> None:
        """Follow another mission from here on: what was reached and taken before counts no more."""
        if not self.state.armed:  # it stands on the ground, and flies anew
            self._began_s = None
            self._set(finished=False, ending="", ending_text="", elapsed_s=None, predicted_s=None)
        self._photos_by = planned_photos(mission, start_lon_lat_deg)
        self._line_ends = line_ends(mission)
        self._landing = landing_of(mission, start_lon_lat_deg)
        self._flown_items = [i for i in range(first, len(mission)) if is_flown(mission[i])]
        self._course = Course(mission, start_lon_lat_deg, first=first) if mission else None
        self._held = HeldMission(len(mission) or None)
        self._furthest, self._called_at = 0, None
        self._photo_counts.clear()
        self.reached.clear()
        total = self._photos_by[-1] if self._photos_by else 0
        self._set(photos=0, photos_planned=total or None, flown=0.0, mission_changed=False)

    def wrote_mission(self) -> None:
        """Take note that a mission is written to the vehicle from here."""
        self._held.wrote(self._clock())
        self._set(mission_changed=False)

    def receive(self, message: Message) -> None:
        """Take note of a message of this vehicle."""
        words = self._held.take(message, self._clock())
        if words:
            self._set(mission_changed=self._held.changed)
            self._tell("mission", words)
        taker = self._takers.get(message.get_type())
        if taker is not None:
            taker(message)

    def refresh(self) -> VehicleState:
        """Bring what depends on the time up to date."""
        now_s = self._clock()
        if self._heartbeat_s is not None:
            connected = now_s - self._heartbeat_s <= LINK_LOST_S
            if self.state.connected and not connected:
                self._tell("link lost", f"no heartbeat for {now_s - self._heartbeat_s:.1f} s")
            elif connected and not self.state.connected and self.state.mode:
                self._tell("link back", "heard again")
            self._set(connected=connected, link_percent=self._percent() if connected else 0.0)
            self._note_lost(now_s - self._heartbeat_s)
        if self._began_s is not None and not self.state.ending:
            self._set(elapsed_s=now_s - self._began_s)
            self._predict()
        return self.state

    def _percent(self) -> float:
        return self._quality.percent(self._count(), self._clock())

    def _predict(self) -> None:
        elapsed_s, share, planned_s = (
            self.state.elapsed_s,
            self.state.flown,
            self.state.planned_s,
        )
        if elapsed_s is not None and share > 0.05:
            self._set(predicted_s=elapsed_s / share)
        elif elapsed_s is not None and planned_s is not None:
            self._set(predicted_s=elapsed_s + (1 - share) * planned_s)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def hear_station(self, words: str) -> None:
        """Take note of another ground station on its link."""
        self._tell("ground station", words)

    def _tell(self, kind: EventKind, text: str, item: int | None = None) -> None:
        self._on_event(Event(self._clock(), self.state.uav, kind, text, item))

    def note(self, order: str, text: str, item: int | None) -> None:
        """Tell what the vehicle does at an order that was given at an item."""
        if order in ("return", "rtl"):
            self._call_home(item or 0)
        self._tell("order", f"{order}: {text}")

    def _call_home(self, item: int) -> None:
        """Take note that it turned back before the end of its mission."""
        if self._called_at is None and self._began_s is not None and item < self._landing.last:
            self._called_at = item
            if self._course is not None:  # what it flies from now on is its way home
                self._set(flown=min(self.state.flown, self._course.flown(item, None)))

    def _note_lost(self, silent_s: float) -> None:
        lost = silent_s > LOST_AFTER_S and self.state.armed
        if lost and not self.state.ending:
            text = f"not heard for {silent_s:.0f} s at item {self.state.item}"
            self._set(ending="lost", ending_text=text)
            self._tell("ended", f"lost: {text}")
        elif self.state.ending == "lost" and not lost:
            self._set(ending="", ending_text="")

    def _take_heartbeat(self, message: Message) -> None:
        if message.autopilot == dialect.MAV_AUTOPILOT_INVALID:
            return
        first = self._heartbeat_s is None
        self._heartbeat_s = self._clock()
        armed, mode = is_armed(message), mode_name(message)
        if not first and armed != self.state.armed:
            self._tell("armed" if armed else "disarmed", "motors on" if armed else "motors off")
        if not first and mode != self.state.mode:
            self._tell("mode", mode)
        if armed and not self.state.armed:
            self._begin()
        if armed and mode in _RETURNING and mode != self.state.mode:
            self._call_home(self.state.item or 0)
        if self.state.armed and not armed:
            self._end()
        self._set(
            armed=armed,
            mode=mode,
            autopilot=autopilot_of(message),
            system_id=message.get_srcSystem(),
        )
        if first:
            self._set(connected=True, link_percent=self._percent())

    def _begin(self) -> None:
        """Begin a flight anew: motors are on."""
        self._began_s = self._clock()
        self._highest_m, self._furthest, self._called_at = 0.0, 0, None
        self._photo_counts.clear()
        self._photos_told = False
        self.reached.clear()
        self._set(finished=False, ending="", ending_text="", flown=0.0, photos=0, off_ground=False)

    def _end(self) -> None:
        end_s = None if self._began_s is None else self._clock() - self._began_s
        item = max(self._furthest, max(self.reached, default=0))
        ending, text = ending_of(
            self._landing,
            here=self.state.lon_lat_deg,
            item=item,
            highest_m=self._highest_m,
            called_at=self._called_at,
        )
        done = ending == "done"
        self._set(ending=ending, ending_text=text, finished=done, elapsed_s=end_s)
        if done:
            self._set(flown=1.0, predicted_s=end_s)
        if self.state.photos_planned is not None and ending != "not flown":
            text += f"; {self.state.photos} of {self.state.photos_planned} photos"
        self._tell("finished" if done else "ended", text)

    def waypoints(self) -> tuple[int, int]:
        """Waypoints reached, and all of the mission: items that are flown."""
        return len(self.reached.intersection(self._flown_items)), len(self._flown_items)

    def _take_photo(self, message: Message) -> None:
        if getattr(message, "capture_result", 1) == 0:
            self._tell("photos", "a photo failed, the camera says")
            return
        self._photo_counts[message.get_type()] += 1
        self._set(photos=max(self._photo_counts.values()))

    def _watch_photos(self, item: int) -> None:
        """Warn once when lines have been flown and far too few photos were taken."""
        ended = [end for end in self._line_ends if end < item]
        if self._photos_told or not ended or self._called_at is not None:
            return
        planned = self._photos_by[ended[-1]]
        if self.state.photos < _FEWEST * planned - 1:
            self._photos_told = True
            words = "no photo" if not self.state.photos else f"{self.state.photos} photos"
            self._tell("photos", f"{words} taken, {planned} planned so far: is the camera set up?")

    def _take_position(self, message: Message) -> None:
        if (message.lat, message.lon) == (0, 0):
            return
        if abs(message.lat) > _POLE_1E7 or abs(message.lon) > 2 * _POLE_1E7:
            return  # no place on Earth
        self._set(
            lon_lat_deg=(message.lon / 1e7, message.lat / 1e7),
            height_m=message.relative_alt / 1000,
            speed_m_s=(message.vx**2 + message.vy**2) ** 0.5 / 100,
            heading_deg=None if message.hdg == 65535 else message.hdg / 100,
        )
        if self.state.armed:
            self._highest_m = max(self._highest_m, message.relative_alt / 1000)
            self._note_height()
        self._take_progress()

    def _note_height(self) -> None:
        """Take note that it has left the ground: some tell their height, some that they fly."""
        if self._highest_m > 1.0 or self.state.in_air:
            self._set(off_ground=True)

    def _take_progress(self) -> None:
        """Share flown; it never goes back, though a pause or a return leads away from the line."""
        if self._course is None or self.state.item is None or not self.state.armed:
            return
        if self._called_at is not None:
            return
        share = self._course.flown(self.state.item, self.state.lon_lat_deg)
        self._set(flown=max(share, self.state.flown))

    def _take_status(self, message: Message) -> None:
        percent = None if message.battery_remaining < 0 else int(message.battery_remaining)
        volts = None if message.voltage_battery in (0, 65535) else message.voltage_battery / 1000
        self._set(battery_percent=percent, battery_v=volts)
        check = int(dialect.MAV_SYS_STATUS_PREARM_CHECK)
        if message.onboard_control_sensors_present & check:
            self._set(ready=bool(message.onboard_control_sensors_health & check))
        if percent is not None and percent < LOW_BATTERY_PERCENT and not self._low_told:
            self._low_told = True
            self._tell("low battery", f"{percent} % left")

    def _take_gps(self, message: Message) -> None:
        satellites = None if message.satellites_visible == 255 else int(message.satellites_visible)
        self._set(gps_fix=int(message.fix_type), satellites=satellites)

    def _take_landed(self, message: Message) -> None:
        state = message.landed_state
        if state != dialect.MAV_LANDED_STATE_UNDEFINED:
            self._set(in_air=state != dialect.MAV_LANDED_STATE_ON_GROUND)

    def _take_current(self, message: Message) -> None:
        self._set(item=int(message.seq))
        if self.state.armed:
            self._furthest = max(self._furthest, int(message.seq))
            self._watch_photos(int(message.seq))
        if message.total not in (0, 65535):
            self._set(items=int(message.total))
        self._take_progress()

    def _take_reached(self, message: Message) -> None:
        item = self._flown_before(int(message.seq))
        if item not in self.reached:
            self.reached.add(item)
            self._tell("item reached", f"item {item}", item)

    def _flown_before(self, seq: int) -> int:
        """Item that is meant: PX4 reports the last command that follows a waypoint."""
        return max((i for i in self._flown_items if i <= seq), default=seq)

    def _take_fence(self, message: Message) -> None:
        self._note_fence(breached=bool(message.breach_status))

    def _note_fence(self, *, breached: bool) -> None:
        if breached and not self.state.fence_breached:
            self._tell("fence breach", "outside the fence")
        elif self.state.fence_breached and not breached:
            self._tell("fence clear", "inside the fence again")
        self._set(fence_breached=breached)

    def _take_text(self, message: Message) -> None:
        text = self.told.take_text(message)
        aloft = self.state.armed and self._highest_m > 1.0
        if aloft and tells_of_breach(text):  # PX4 sends no FENCE_STATUS
            self._note_fence(breached=True)
