"""What a simulated vehicle tells of itself, unasked or asked for."""

import math
from collections.abc import Iterator
from typing import Final
from zlib import crc32

from mcpp.link.guard import SIMULATED_MARK
from mcpp.link.mission_server import status
from mcpp.link.modes import custom_mode
from mcpp.link.sim_flight import GROUND_M
from mcpp.link.sim_state import LEAST_PERCENT, SimState
from mcpp.link.sim_track import Happening
from mcpp.link.wire import Message, dialect

_CAPABILITIES: Final = 4 | 8192 | 16384 | 32768  # MISSION_INT, MAVLINK2, FENCE, RALLY
_LAST_NAV: Final = 95  # MAV_CMD_NAV_LAST


def slow_telemetry(state: SimState) -> Iterator[Message]:
    """Tell what comes once a second."""
    flight = state.flight
    yield heartbeat(state)
    percent = round(flight.battery_percent)
    here = dialect.MAV_SYS_STATUS_SENSOR_GPS | dialect.MAV_SYS_STATUS_PREARM_CHECK
    may_arm = percent >= LEAST_PERCENT
    healthy = here if may_arm else dialect.MAV_SYS_STATUS_SENSOR_GPS
    yield dialect.MAVLink_sys_status_message(
        here, here, healthy, 0, 14_800 + 20 * percent, -1, percent, 0, 0, 0, 0, 0, 0
    )
    lon, lat = flight.lon_lat_deg
    height_mm = round((GROUND_M + flight.height_m) * 1000)
    yield dialect.MAVLink_gps_raw_int_message(
        0, 3, round(lat * 1e7), round(lon * 1e7), height_mm, 80, 120, 65535, 65535, 14
    )
    landed = (
        dialect.MAV_LANDED_STATE_IN_AIR if flight.flying else dialect.MAV_LANDED_STATE_ON_GROUND
    )
    yield dialect.MAVLink_extended_sys_state_message(0, landed)
    yield current(state)
    yield fence_status(state)
    if state.rules.autopilot == "px4":
        yield state.events.sequence()


def heartbeat(state: SimState) -> Message:
    """Its type, mode, and whether it is armed."""
    base = dialect.MAV_MODE_FLAG_CUSTOM_MODE_ENABLED
    if state.flight.armed:
        base |= dialect.MAV_MODE_FLAG_SAFETY_ARMED
    status_now = dialect.MAV_STATE_ACTIVE if state.flight.armed else dialect.MAV_STATE_STANDBY
    mode = custom_mode(state.rules.number, state.type, state.flight.purpose)
    return dialect.MAVLink_heartbeat_message(
        state.type, state.rules.number, base, mode, status_now, 3
    )


def position(state: SimState) -> Message:
    """Where it is and flies to."""
    flight = state.flight
    lon, lat = flight.lon_lat_deg
    vx, vy, vz = flight.body.velocity
    heading = math.degrees(math.atan2(vx, vy)) % 360
    return dialect.MAVLink_global_position_int_message(
        round(state.now_s * 1000) & 0xFFFFFFFF,
        round(lat * 1e7),
        round(lon * 1e7),
        round((GROUND_M + flight.height_m) * 1000),
        round(flight.height_m * 1000),
        round(vy * 100),
        round(vx * 100),
        round(-vz * 100),
        round(heading * 100) % 36000,
    )


def current(state: SimState) -> Message:
    """Item that is under way."""
    flight = state.flight
    return dialect.MAVLink_mission_current_message(
        min(flight.item, 0xFFFF), total=len(flight.items), mission_id=_mission_id(state)
    )


def _mission_id(state: SimState) -> int:
    """Opaque id of the mission, which PX4 tells and ArduPilot does not."""
    if state.rules.autopilot == "ardupilot":
        return 0
    fields = [(m.command, m.frame, m.x, m.y, m.z, m.param1) for m in state.flight.items]
    return crc32(repr(fields).encode())


def fence_status(state: SimState) -> Message:
    """Whether it is outside its fence."""
    kind = dialect.FENCE_BREACH_BOUNDARY if state.breached else dialect.FENCE_BREACH_NONE
    return dialect.MAVLink_fence_status_message(state.breached, int(state.breached), kind, 0)


def version(state: SimState) -> Message:
    """Tell what it can do, and that it is a simulation."""
    mark = SIMULATED_MARK.ljust(8, b"\x00")
    return dialect.MAVLink_autopilot_version_message(
        _CAPABILITIES, 0, 0, 0, 0, list(mark), [0] * 8, [0] * 8, 0, 0, state.system
    )


def terrain_report(state: SimState, check: Message) -> Message:
    """Tell the ground at a place; a spacing of 0 says that it knows none there."""
    ground_m = state.flight.ground_m((check.lon / 1e7, check.lat / 1e7))
    known = math.isfinite(ground_m) and state.params.get("TERRAIN_ENABLE", 0.0) > 0
    return dialect.MAVLink_terrain_report_message(
        check.lat, check.lon, 30 if known else 0, GROUND_M + ground_m if known else 0.0,
        state.flight.height_m, 0 if known else 4, 60,
    )  # fmt: skip


def tell(state: SimState, happening: Happening) -> Iterator[Message]:
    """Tell of something that happened in flight."""
    if happening.what == "reached":
        yield from _reached(state, happening.item)
        yield current(state)
    elif happening.what == "photo":
        yield from _photo(state, happening.item)
    elif happening.what == "landed":
        yield status("landed and disarmed (mcpp simulated vehicle)")
        yield position(state)
        yield heartbeat(state)
    elif happening.what == "idle":
        yield status("Disarmed: idle on the ground", dialect.MAV_SEVERITY_WARNING)
        yield heartbeat(state)
    elif happening.what == "low":
        yield status("Battery low", dialect.MAV_SEVERITY_WARNING)


def _reached(state: SimState, item: int) -> Iterator[Message]:
    """Tell of items that are flown alone; PX4 names the last command that follows one."""
    items = state.flight.items
    if items[item].command > _LAST_NAV:
        return
    if state.rules.autopilot == "px4":
        while item + 1 < len(items) and items[item + 1].command > _LAST_NAV:
            item += 1
    yield dialect.MAVLink_mission_item_reached_message(item)


def _photo(state: SimState, number: int) -> Iterator[Message]:
    lon, lat = (round(1e7 * part) for part in state.flight.lon_lat_deg)
    if state.rules.autopilot == "ardupilot":
        if state.params.get("CAM1_TYPE", 1.0):
            yield dialect.MAVLink_camera_feedback_message(
                0, state.system, 0, number, lat, lon, 0, 0, 0, 0, 0, 0, 0
            )
    elif state.params.get("TRIG_MODE", 4.0):
        yield dialect.MAVLink_camera_trigger_message(0, number)
        yield dialect.MAVLink_camera_image_captured_message(
            0, 0, 0, lat, lon, 0, 0, [1.0, 0.0, 0.0, 0.0], number, 1, b""
        )
