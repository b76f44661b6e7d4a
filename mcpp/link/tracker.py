"""From the messages of one vehicle to its state and events."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from mcpp.link.guard import autopilot_of, is_armed
from mcpp.link.modes import mode_name
from mcpp.link.state import Course, Event, EventKind, VehicleState
from mcpp.link.wire import Message, dialect, text_of

LINK_LOST_S: Final = 3.5
LOW_BATTERY_PERCENT: Final = 20
_WORST_TOLD: Final = dialect.MAV_SEVERITY_NOTICE  # larger numbers are only for information
_WINDOW_S: Final = 5.0
_FENCE_WORDS: Final = re.compile(r"fence.*(breach|violat|exceed)", re.IGNORECASE)


@dataclass(slots=True)
class _Count:
    """Messages heard and missed, by their running numbers, in the present and the last window."""

    last: dict[int, int] = field(default_factory=dict)
    heard: int = 0
    missed: int = 0
    before: tuple[int, int] = (0, 0)
    since_s: float = 0.0

    def add(self, component: int, number: int, now_s: float) -> None:
        if now_s - self.since_s > _WINDOW_S:
            self.before, self.heard, self.missed = (self.heard, self.missed), 0, 0
            self.since_s = now_s
        if component in self.last:
            gap = (number - self.last[component] - 1) % 256
            self.missed += gap if gap < 128 else 0  # more is a late or repeated message
        self.last[component] = number
        self.heard += 1

    @property
    def percent(self) -> float:
        heard, missed = self.heard + self.before[0], self.missed + self.before[1]
        return 100.0 * heard / (heard + missed) if heard else 0.0


class VehicleTracker:
    """Follows one vehicle.

    Parameters
    ----------
    course
        Its mission, or None when it is not known.
    planned_s
        Planned time of the mission, take-off to landing.
    """

    def __init__(
        self,
        uav: str,
        *,
        clock: Callable[[], float],
        on_event: Callable[[Event], None],
        course: Course | None = None,
        planned_s: float | None = None,
    ) -> None:
        self.state = VehicleState(uav=uav, planned_s=planned_s)
        self.reached: set[int] = set()
        self.told_failure = ""
        self._clock = clock
        self._on_event = on_event
        self._course = course
        self._count = _Count()
        self._heartbeat_s: float | None = None
        self._began_s: float | None = None
        self._low_told = False
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
        }

    def receive(self, message: Message) -> None:
        """Take note of a message of this vehicle."""
        self._count.add(message.get_srcComponent(), message.get_seq(), self._clock())
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
            self._set(connected=connected, link_percent=self._count.percent if connected else 0.0)
        if self._began_s is not None and not self.state.finished:
            self._set(elapsed_s=now_s - self._began_s)
            self._predict()
        return self.state

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

    def _tell(self, kind: EventKind, text: str, item: int | None = None) -> None:
        self._on_event(Event(self._clock(), self.state.uav, kind, text, item))

    def note(self, order: str, text: str) -> None:
        """Tell what the vehicle does at an order."""
        self._tell("order", f"{order}: {text}")

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
        if armed and self._began_s is None:
            self._began_s = self._clock()
        if self.state.armed and not armed and self.state.flown > 0.5:
            self._finish()
        self._set(
            armed=armed,
            mode=mode,
            autopilot=autopilot_of(message),
            system_id=message.get_srcSystem(),
        )
        if first:
            self._set(connected=True, link_percent=self._count.percent)

    def _finish(self) -> None:
        if not self.state.finished:
            end_s = None if self._began_s is None else self._clock() - self._began_s
            self._set(finished=True, flown=1.0, elapsed_s=end_s, predicted_s=end_s)
            self._tell("finished", "landed and disarmed")

    def _take_position(self, message: Message) -> None:
        if (message.lat, message.lon) == (0, 0):
            return
        self._set(
            lon_lat_deg=(message.lon / 1e7, message.lat / 1e7),
            height_m=message.relative_alt / 1000,
            speed_m_s=(message.vx**2 + message.vy**2) ** 0.5 / 100,
            heading_deg=None if message.hdg == 65535 else message.hdg / 100,
        )
        self._take_progress()

    def _take_progress(self) -> None:
        """Share flown; it never goes back, though a pause or a return leads away from the line."""
        if self._course is None or self.state.item is None or not self.state.armed:
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
        if message.total not in (0, 65535):
            self._set(items=int(message.total))
        self._take_progress()

    def _take_reached(self, message: Message) -> None:
        if message.seq not in self.reached:
            self.reached.add(int(message.seq))
            self._tell("item reached", f"item {message.seq}", int(message.seq))

    def _take_fence(self, message: Message) -> None:
        self._note_fence(breached=bool(message.breach_status))

    def _note_fence(self, *, breached: bool) -> None:
        if breached and not self.state.fence_breached:
            self._tell("fence breach", "outside the fence")
        elif self.state.fence_breached and not breached:
            self._tell("fence clear", "inside the fence again")
        self._set(fence_breached=breached)

    def _take_text(self, message: Message) -> None:
        text = text_of(message)
        if _FENCE_WORDS.search(text):  # PX4 sends no FENCE_STATUS
            self._note_fence(breached=True)
        if message.severity <= _WORST_TOLD:
            self._tell("message", text)
        if message.severity <= dialect.MAV_SEVERITY_WARNING:
            self.told_failure = text
