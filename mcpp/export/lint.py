"""What a target would refuse, or read otherwise than it is meant: found before the upload."""

import math
import re
from collections.abc import Callable, Iterator, Sequence

from mcpp.export.mission_item import Command, Frame, MissionItem
from mcpp.export.targets import Target, TargetLimits, fence_points, limits
from mcpp.model import Autopilot

_TERRAIN_FRAMES = (10, 11)
_ABSOLUTE_FRAMES = (0, 5)
_GLOBAL_FRAMES = (0, 3, 5, 6, 10, 11)
_TAKEOFFS = (Command.NAV_TAKEOFF, Command.NAV_VTOL_TAKEOFF)
_POLYGONS = (Command.FENCE_POLYGON_INCLUSION, Command.FENCE_POLYGON_EXCLUSION)
_FENCE_CIRCLES = (5003, int(Command.FENCE_CIRCLE_EXCLUSION))
_INCLUSION_CIRCLE = 5003
_ROI_NAMES = {195: "DO_SET_ROI_LOCATION", 197: "DO_SET_ROI_NONE"}
_LAST_NAV = 95  # MAV_CMD_NAV_LAST: commands up to it are flown, 195 is the one DO with a position

Check = Callable[[Sequence[MissionItem], TargetLimits], Iterator[str]]


def lint(
    items: Sequence[MissionItem],
    fence: Sequence[MissionItem],
    rally: Sequence[MissionItem],
    target: Target | Autopilot,
    *,
    over_terrain: bool = False,
) -> list[str]:
    """Check what would be uploaded to one vehicle.

    Parameters
    ----------
    items
        As the target counts them: for ArduPilot with the home row.
    over_terrain
        Heights follow a terrain model: where the ground falls they may lie below home.

    Returns
    -------
    One line for each fault, like ones together; empty when the target takes all as it is meant.
    """
    rules = limits(target)
    faults = [fault for check in _MISSION_CHECKS for fault in check(items, rules)]
    if not over_terrain:
        faults += _below_home(items)
    faults += [fault for check in _FENCE_CHECKS for fault in check(fence, rules)]
    faults += _rally(rally, rules)
    return _together(faults)


NO_TAKEOFF = "the mission has no take-off: a vehicle on the ground does not start it"
_ITEM = re.compile(r"^((?:fence |rally )?)item (\d+) (\([^)]*\))(.*)$", re.DOTALL)


def _together(faults: Sequence[str]) -> list[str]:
    """Tell a fault that many items have in one line."""
    alike: dict[tuple[str, ...], list[str]] = {}
    lines: dict[tuple[str, ...], str] = {}
    for fault in faults:
        form = _ITEM.match(fault)
        key: tuple[str, ...] = (form[1], form[3], form[4]) if form else (fault,)
        lines.setdefault(key, fault)
        alike.setdefault(key, []).append(form[2] if form else "")
    for key, numbers in alike.items():
        if len(numbers) > 1 and len(key) > 1:
            more = f" (and {len(numbers) - 1} more such items, up to {numbers[-1]})"
            lines[key] += more
    return list(lines.values())


def _name(index: int, item: MissionItem) -> str:
    try:
        command = Command(item.command).name
    except ValueError:
        command = _ROI_NAMES.get(item.command, "command")
    return f"item {index} ({command} {item.command})"


def _has_position(item: MissionItem) -> bool:
    placeless = (Command.NAV_RETURN_TO_LAUNCH, Command.NAV_DELAY)
    flown = item.command <= _LAST_NAV and item.command not in placeless
    if item.command == Command.DO_SET_ROI:
        return item.params[0] > 0
    return flown or item.command in (*_ROI_NAMES, *_POLYGONS, *_FENCE_CIRCLES, Command.RALLY_POINT)


def item_count_faults(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    """Tell of more mission items than a target takes."""
    if len(items) > rules.mission_items:
        yield (
            f"the mission has {len(items)} items: {rules.label} takes {rules.mission_items}:"
            " cut it into more sorties"
        )


def _is_home(item: MissionItem) -> bool:
    return item.command == Command.NAV_WAYPOINT and item.frame in _ABSOLUTE_FRAMES


def _home(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    if rules.home_row is True and not (items and _is_home(items[0])):
        yield (
            f"item 0 is not home: {rules.label} overwrites item 0 with its home, so the first item"
            " would be lost"
        )
    if rules.home_row is False and items and _is_home(items[0]):
        yield f"item 0 is a home row: {rules.label} has none and would fly to it"


def _order(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    start = 1 if items and _is_home(items[0]) and rules.home_row is not False else 0
    takeoff = next((i for i, item in enumerate(items) if item.command in _TAKEOFFS), None)
    if takeoff is None:
        yield NO_TAKEOFF
        return
    for i, item in enumerate(items[start:takeoff], start=start):
        if item.command == Command.NAV_DELAY:
            yield from _ground_wait(i, item, rules)
            continue
        yield f"{_name(i, item)} stands before the take-off: {rules.label} would skip it or refuse"


_DISARMS = {"ardupilot": "DISARM_DELAY", "px4": "COM_DISARM_PRFLT"}


def _ground_wait(i: int, item: MissionItem, rules: TargetLimits) -> Iterator[str]:
    name = _DISARMS.get(rules.name)
    cure = "start the vehicle later instead"
    if name is not None:
        cure += f", or set {name} above {item.params[0]:g} (mcpp params does)"
    yield (
        f"{_name(i, item)} waits with armed motors on the ground: {rules.label} disarms"
        f" after 10 s there by default: {cure}"
    )


def _frames(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    for i, item in enumerate(items):
        if i == 0 and _is_home(item) and rules.home_row is not False:
            continue
        if _has_position(item):
            if item.frame in _TERRAIN_FRAMES and item.frame not in rules.position_frames:
                yield (
                    f"{_name(i, item)} has a height above terrain (frame {item.frame}), which"
                    f" {rules.label} refuses: use heights above home (3)"
                )
            elif item.frame not in rules.position_frames or item.frame == Frame.NONE:
                yield f"{_name(i, item)} has frame {item.frame}: use 3, height above home"
        elif item.frame not in rules.command_frames:
            yield f"{_name(i, item)} has frame {item.frame}, which {rules.label} refuses: use 2"


def _parameters(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    for i, item in enumerate(items):
        for number, value in enumerate(item.params, start=1):
            if math.isnan(value) and number not in rules.nan_params:
                yield f"{_name(i, item)} has no number in p{number}: {rules.label} wants one, use 0"
            if math.isinf(value):
                yield f"{_name(i, item)} has an infinite p{number}"
        if item.command in rules.unsupported:
            yield f"{_name(i, item)} is not supported by {rules.label}: take it out"
        if (
            item.command == Command.NAV_WAYPOINT
            and rules.name == "px4"
            and item.params[3] == 0.0
            and not _is_home(item)
        ):
            yield (
                f"{_name(i, item)} has p4 = 0: {rules.label} would turn the nose north: leave it"
                " without a number"
            )
        if item.command == Command.CONDITION_YAW and rules.name == "ardupilot":
            yield (
                f"{_name(i, item)}: {rules.label} keeps this heading along the route only with the"
                " parameter WP_YAW_BEHAVIOR = 0"
            )
        if item.command == Command.CONDITION_YAW and rules.name == "px4":
            yield f"{_name(i, item)} is not flown by {rules.label}: use p4 of the waypoints"


def _positions(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    for i, item in enumerate(items):
        if not _has_position(item):
            continue
        if not abs(item.lat_deg) <= 90.0:
            yield f"{_name(i, item)} has latitude {item.lat_deg:g}: it lies between -90 and 90"
        if not abs(item.lon_deg) <= 180.0:
            yield f"{_name(i, item)} has longitude {item.lon_deg:g}: it lies between -180 and 180"
        if item.lat_deg == 0.0 and item.lon_deg == 0.0 and item.frame in _GLOBAL_FRAMES:
            yield f"{_name(i, item)} has no position: {rules.label} would read the present one"
        if not math.isfinite(item.alt_m):
            yield f"{_name(i, item)} has no height"


def _below_home(items: Sequence[MissionItem]) -> Iterator[str]:
    for i, item in enumerate(items):
        flown = item.command in (Command.NAV_WAYPOINT, *_TAKEOFFS) and item.frame in (3, 6)
        if flown and item.alt_m <= 0.0:
            yield (
                f"{_name(i, item)} has height {item.alt_m:g} m above home: it is flown into the"
                " ground unless that lies lower there"
            )


def _trigger(items: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    running: int | None = None
    for i, item in enumerate(items):
        if item.command == Command.DO_SET_CAM_TRIGG_DIST:
            running = i if item.params[0] > 0.0 else None
        ends = item.command in (
            Command.NAV_RETURN_TO_LAUNCH,
            Command.NAV_LAND,
            Command.NAV_VTOL_LAND,
        )
        if ends and running is not None:
            yield (
                f"{_name(running, items[running])} starts photos that nothing stops before the"
                f" landing: {rules.label} goes on taking them"
            )
            running = None
    if running is not None:
        yield f"{_name(running, items[running])} starts photos that nothing stops"


def _rings(fence: Sequence[MissionItem]) -> tuple[list[Sequence[MissionItem]], list[str]]:
    """Cut fence corners into rings, by the number of corners that each corner states."""
    rings: list[Sequence[MissionItem]] = []
    faults = []
    i = 0
    while i < len(fence):
        item = fence[i]
        if item.command not in _POLYGONS:
            i += 1
            continue
        stated = item.params[0]
        count = int(stated) if math.isfinite(stated) and stated >= 1 else 1
        ring = fence[i : i + count]
        alike = all(c.command == item.command and c.params[0] == stated for c in ring)
        if len(ring) != count or not alike or count < 3:
            faults.append(
                f"fence polygon {len(rings) + 1} says it has {stated:g} corners, which is not what"
                " follows, or fewer than 3"
            )
        rings.append(ring)
        i += count
    return rings, faults


def fence_size_faults(fence: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    """Tell of a geofence that is larger than a target takes, or otherwise made."""
    rings, faults = _rings(fence)
    yield from faults
    circles = sum(item.command in _FENCE_CIRCLES for item in fence)
    count = fence_points(tuple(len(ring) for ring in rings), circles)
    if count > rules.fence_points:
        yield f"the fence has {count} points: {rules.label} takes {rules.fence_points}"
    inclusions = sum(ring[0].command == Command.FENCE_POLYGON_INCLUSION for ring in rings)
    inclusions += sum(item.command == _INCLUSION_CIRCLE for item in fence)
    if inclusions > 1 and not rules.many_inclusions:
        yield (
            f"the fence has {inclusions} inclusions: {rules.label} allows only the part that all of"
            " them have in common"
        )
    for i, item in enumerate(fence):
        if item.command in _FENCE_CIRCLES and not item.params[0] > 0.0:
            yield f"fence circle (item {i}) has radius {item.params[0]:g} m: give more than 0"
        if item.command not in (*_POLYGONS, *_FENCE_CIRCLES):
            yield f"fence {_name(i, item)} does not belong in a fence"


def _fence_places(fence: Sequence[MissionItem], rules: TargetLimits) -> Iterator[str]:
    for fault in (*_positions(fence, rules), *_frames(fence, rules)):
        yield f"fence {fault}"


def _rally(rally: Sequence[MissionItem], rules: TargetLimits) -> list[str]:
    faults = []
    if len(rally) > rules.rally_points:
        faults.append(
            f"there are {len(rally)} rally points: {rules.label} takes {rules.rally_points}"
        )
    faults += [f"rally {fault}" for fault in _positions(rally, rules)]
    faults += [
        f"rally {_name(i, item)} does not belong among rally points"
        for i, item in enumerate(rally)
        if item.command != Command.RALLY_POINT
    ]
    return faults


_MISSION_CHECKS: tuple[Check, ...] = (
    item_count_faults,
    _home,
    _order,
    _frames,
    _parameters,
    _positions,
    _trigger,
)
_FENCE_CHECKS: tuple[Check, ...] = (fence_size_faults, _fence_places)
