"""What ArduPilot's parameters must be for a plan: ArduCopter, and ArduPlane with quadplanes."""

import math
from collections.abc import Iterator
from typing import Final

from mcpp.link.needs import Needs
from mcpp.link.rules import ARMED_SPARE_S, Rule, Unfit, Values

ROOM_M: Final = 20.0
"""What a fence of the firmware is to leave beyond the plan's farthest and highest point."""

_LONGEST_ARMED_S: Final = 127
_ALTITUDE, _CIRCLE, _POLYGON, _FLOOR = 1, 2, 4, 8
_CAMERA_TYPES: Final = (
    "no photo is taken; set it to what triggers your camera: 1 servo, 2 relay, 4 mount,"
    " 5 MAVLink, 6 MAVLink camera v2"
)

COPTER_NAMES: Final = (
    "FENCE_ENABLE", "FENCE_TYPE", "FENCE_ACTION", "FENCE_RADIUS", "FENCE_ALT_MAX",
    "FENCE_ALT_MIN", "FENCE_MARGIN", "RTL_ALT", "RTL_ALT_FINAL", "RTL_SPEED", "RTL_LOIT_TIME",
    "RTL_CONE_SLOPE", "RTL_CLIMB_MIN", "WPNAV_SPEED", "WPNAV_SPEED_UP", "WPNAV_SPEED_DN",
    "WPNAV_ACCEL", "WPNAV_RADIUS", "WPNAV_JERK", "LAND_SPEED", "LAND_SPEED_HIGH",
    "LAND_ALT_LOW", "PILOT_TKOFF_ALT", "BATT_MONITOR", "BATT_CAPACITY", "BATT_LOW_MAH",
    "BATT_FS_LOW_ACT", "BATT_FS_CRT_ACT", "FS_THR_ENABLE", "FS_GCS_ENABLE", "CAM1_TYPE",
    "WP_YAW_BEHAVIOR", "RALLY_LIMIT_KM", "RALLY_INCL_HOME", "DISARM_DELAY",
    "TERRAIN_ENABLE",
)  # fmt: skip
PLANE_NAMES: Final = (
    "FENCE_ENABLE", "FENCE_TYPE", "FENCE_ACTION", "FENCE_RADIUS", "FENCE_ALT_MAX",
    "FENCE_ALT_MIN", "FENCE_MARGIN", "FENCE_AUTOENABLE", "WP_RADIUS", "WP_LOITER_RAD",
    "RTL_RADIUS", "RTL_ALTITUDE", "ALT_HOLD_RTL", "RTL_AUTOLAND", "AIRSPEED_CRUISE",
    "AIRSPEED_MIN", "AIRSPEED_MAX", "NAVL1_PERIOD", "ROLL_LIMIT_DEG", "LIM_ROLL_CD",
    "BATT_MONITOR", "BATT_CAPACITY", "BATT_LOW_MAH", "BATT_FS_LOW_ACT", "BATT_FS_CRT_ACT",
    "FS_LONG_ACTN", "CAM1_TYPE", "RALLY_LIMIT_KM", "RALLY_INCL_HOME", "Q_ENABLE", "Q_RTL_MODE",
    "Q_RTL_ALT", "Q_MAV_TYPE", "TERRAIN_ENABLE", "Q_LAND_SPEED", "Q_LAND_FINAL_ALT",
)  # fmt: skip


def _is(values: Values, name: str, *bad: float) -> bool:
    return name in values and values[name] in bad


def _fence_on(values: Values, needs: Needs) -> Iterator[Unfit]:
    if needs.fenced and _is(values, "FENCE_ENABLE", 0):
        yield Unfit("FENCE_ENABLE", 0.0, 1.0, "its fence is off")
    kinds = int(values.get("FENCE_TYPE", _POLYGON))
    if needs.fenced and not kinds & _POLYGON:
        why = "it does not look at the planned fence"
        yield Unfit("FENCE_TYPE", float(kinds), float(kinds | _POLYGON), why)
    if needs.fenced and _is(values, "FENCE_ACTION", 0):
        yield Unfit("FENCE_ACTION", 0.0, 1.0, "a breach is only told, nothing is done")


def _fence_reach(values: Values, needs: Needs) -> Iterator[Unfit]:
    """Circle and ceiling, which are the firmware's own: on with FENCE_ENABLE 1 alone."""
    kinds = int(values.get("FENCE_TYPE", _POLYGON))
    margin_m = max(values.get("FENCE_MARGIN", 0.0), 0.0)
    far_m = needs.farthest_m + needs.turn_radius_m
    radius_m = values.get("FENCE_RADIUS", math.inf)
    if kinds & _CIRCLE and radius_m < far_m + margin_m:
        yield Unfit(
            "FENCE_RADIUS",
            radius_m,
            math.ceil(far_m + margin_m + ROOM_M),
            f"the mission goes {far_m:.0f} m from home and would end in a fence breach",
        )
    top_m = values.get("FENCE_ALT_MAX", math.inf)
    if kinds & _ALTITUDE and top_m < needs.highest_m + margin_m:
        yield Unfit(
            "FENCE_ALT_MAX",
            top_m,
            math.ceil(needs.highest_m + margin_m + ROOM_M),
            f"the mission climbs to {needs.highest_m:.0f} m and would end in a fence breach",
        )
    floor_m = values.get("FENCE_ALT_MIN", -math.inf)
    if kinds & _FLOOR and floor_m > needs.lowest_m - 1.0:
        yield Unfit(
            "FENCE_ALT_MIN",
            floor_m,
            math.floor(needs.lowest_m - 10.0),
            f"the mission goes down to {needs.lowest_m:.0f} m and would end in a fence breach",
        )


def _copter_return(values: Values, needs: Needs) -> Iterator[Unfit]:
    height_m = values.get("RTL_ALT", math.nan) / 100
    ceiling_m = needs.ceiling_m
    if int(values.get("FENCE_TYPE", 0)) & _ALTITUDE and values.get("FENCE_ENABLE"):
        ceiling_m = min(ceiling_m, values.get("FENCE_ALT_MAX", math.inf))
    wanted = float(round(100 * min(needs.return_height_m, ceiling_m)))
    if height_m > ceiling_m:
        why = f"a return would climb to {height_m:.0f} m, above the limit of {ceiling_m:.0f} m"
        yield Unfit("RTL_ALT", values["RTL_ALT"], wanted, why)
    elif height_m < needs.return_height_m - 0.5:
        why = f"a return by radio loss is lower than the planned {needs.return_height_m:.0f} m"
        yield Unfit("RTL_ALT", values["RTL_ALT"], wanted, why, blocks=False)
    if values.get("RTL_ALT_FINAL", 0.0) > 0:
        why = "a return ends hovering there and does not land"
        yield Unfit("RTL_ALT_FINAL", values["RTL_ALT_FINAL"], 0.0, why)


def _copter_speeds(values: Values, needs: Needs) -> Iterator[Unfit]:
    radius_m = values.get("WPNAV_RADIUS", 0.0) / 100
    most_m = max(needs.spacing_m / 4, 2.0)
    if radius_m > most_m:
        why = f"waypoints count as reached {radius_m:g} m away: corners are cut"
        yield Unfit("WPNAV_RADIUS", values["WPNAV_RADIUS"], 200.0, why)
    for name, planned, what in (
        ("WPNAV_SPEED_UP", needs.climb_m_s, "climb"),
        ("WPNAV_SPEED_DN", needs.descent_m_s, "descent"),
    ):
        found = values.get(name, 100 * planned) / 100
        if found < 0.8 * planned:
            why = f"{what} at {planned:g} m/s is planned: the flight takes longer"
            yield Unfit(name, values[name], 100 * planned, why, blocks=False)


def _batteries(values: Values, needs: Needs) -> Iterator[Unfit]:
    if _is(values, "BATT_MONITOR", 0):
        yield Unfit("BATT_MONITOR", 0.0, None, "it does not measure its battery", blocks=False)
        return
    if _is(values, "BATT_FS_LOW_ACT", 0):
        why = "it does not come home when its battery is low"
        yield Unfit("BATT_FS_LOW_ACT", 0.0, 2.0 if needs.kind == "multirotor" else 1.0, why, False)
    capacity, low = values.get("BATT_CAPACITY", 0.0), values.get("BATT_LOW_MAH", 0.0)
    acts = values.get("BATT_FS_LOW_ACT", 0.0) > 0
    if acts and capacity > 0 and low / capacity > needs.reserve + 0.02:
        yield Unfit(
            "BATT_LOW_MAH",
            low,
            math.floor(capacity * needs.reserve),
            f"it comes home with {100 * low / capacity:.0f} % left, the plan uses all but"
            f" {100 * needs.reserve:.0f} %",
        )


def _camera(values: Values, needs: Needs) -> Iterator[Unfit]:
    if needs.trigger != "none" and _is(values, "CAM1_TYPE", 0):
        yield Unfit("CAM1_TYPE", 0.0, None, _CAMERA_TYPES)


def _heading(values: Values, needs: Needs) -> Iterator[Unfit]:
    held = values.get("WP_YAW_BEHAVIOR", 0.0)
    if needs.fixed_heading and held != 0:
        yield Unfit("WP_YAW_BEHAVIOR", held, 0.0, "the planned heading is not held along the route")


def _rally(values: Values, needs: Needs) -> Iterator[Unfit]:
    limit_m = 1000 * values.get("RALLY_LIMIT_KM", math.inf)
    if needs.rally_points and 0 < limit_m < needs.farthest_m:
        why = f"rally points count only within {limit_m:.0f} m"
        wanted = math.ceil(needs.farthest_m / 100 + 1) / 10
        yield Unfit("RALLY_LIMIT_KM", values["RALLY_LIMIT_KM"], wanted, why, blocks=False)


def _plane_turns(values: Values, needs: Needs) -> Iterator[Unfit]:
    radius_m = values.get("WP_RADIUS", 0.0)
    most_m = wing_waypoint_radius_m(needs.turn_radius_m)
    if radius_m > most_m:
        why = f"it turns {radius_m:g} m before a waypoint and leaves the survey lines"
        yield Unfit("WP_RADIUS", radius_m, most_m, why)
    circle_m = abs(values.get("WP_LOITER_RAD", 0.0))
    if needs.turn_radius_m and circle_m > needs.turn_radius_m + 0.5:
        why = f"its circles are wider than the {needs.turn_radius_m:g} m that the fence allows for"
        yield Unfit("WP_LOITER_RAD", values["WP_LOITER_RAD"], needs.turn_radius_m, why)
    back_m = abs(values.get("RTL_RADIUS", 0.0))
    if needs.turn_radius_m and back_m > needs.turn_radius_m + 0.5:
        why = f"a return circles wider than the {needs.turn_radius_m:g} m that the fence allows for"
        yield Unfit("RTL_RADIUS", values["RTL_RADIUS"], 0.0, why)
    for name, low in (("AIRSPEED_MIN", True), ("AIRSPEED_MAX", False)):
        limit = values.get(name, needs.speed_m_s)
        if (limit > needs.speed_m_s) if low else (limit < needs.speed_m_s):
            why = f"{needs.speed_m_s:g} m/s through the air are planned"
            yield Unfit(name, limit, None, why)


def wing_waypoint_radius_m(turn_radius_m: float) -> float:
    """Largest WP_RADIUS of a wing: the lead-in to a line must not be cut."""
    return float(max(5, round(turn_radius_m / 4)))


def _plane_return(values: Values, needs: Needs) -> Iterator[Unfit]:
    if needs.lands and _is(values, "RTL_AUTOLAND", 0):
        why = "a return circles for ever, and with DO_LAND_START it refuses to arm"
        yield Unfit("RTL_AUTOLAND", 0.0, 2.0, why)
    if needs.kind == "vtol":
        if _is(values, "Q_ENABLE", 0):
            yield Unfit("Q_ENABLE", 0.0, 1.0, "it can neither rise nor land upright")
        if _is(values, "Q_RTL_MODE", 0) and not needs.lands:
            yield Unfit("Q_RTL_MODE", 0.0, 1.0, "a return circles for ever and does not land")
        elif _is(values, "Q_RTL_MODE", 0):
            why = "a return by radio loss circles and does not land"
            yield Unfit("Q_RTL_MODE", 0.0, 1.0, why, blocks=False)


def _ground_wait(values: Values, needs: Needs) -> Iterator[Unfit]:
    """Keep it armed while its mission waits: at most 127 s, or for ever with 0."""
    after_s = values.get("DISARM_DELAY", 0.0)
    if needs.ground_wait_s > 0 and 0 < after_s < needs.ground_wait_s + ARMED_SPARE_S / 2:
        wanted = math.ceil(needs.ground_wait_s + ARMED_SPARE_S)
        why = f"its mission waits {needs.ground_wait_s:g} s on the ground and it disarms before"
        yield Unfit("DISARM_DELAY", after_s, wanted if wanted <= _LONGEST_ARMED_S else 0.0, why)


def _terrain(values: Values, needs: Needs) -> Iterator[Unfit]:
    if needs.terrain_samples and _is(values, "TERRAIN_ENABLE", 0):
        why = "its waypoints are heights above the ground, and it looks at no terrain data"
        yield Unfit("TERRAIN_ENABLE", 0.0, 1.0, why)


COPTER_RULES: Final[tuple[Rule, ...]] = (
    _fence_on,
    _fence_reach,
    _copter_return,
    _copter_speeds,
    _batteries,
    _camera,
    _heading,
    _rally,
    _ground_wait,
    _terrain,
)
PLANE_RULES: Final[tuple[Rule, ...]] = (
    _fence_on,
    _fence_reach,
    _plane_turns,
    _plane_return,
    _batteries,
    _camera,
    _rally,
    _terrain,
)
