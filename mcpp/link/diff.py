"""Where the items on a vehicle differ from the planned ones, its autopilot's own ways allowed for.

What the autopilots change on storing is in the project's observations of ArduCopter 4.5 and PX4
1.16: ArduPilot puts its home in item 0, keeps only some parameters of a command, reads NaN back as
0 and commands without a position in frame 0; both round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mcpp.export.items import MissionItem
from mcpp.link.wire import has_position, plain
from mcpp.link.words import FENCE, KIND_NAMES, MISSION, describe_command
from mcpp.model import Autopilot

_DEGREES: Final = 1.5e-7  # one step of the wire's 1e-7 deg, and rounding
_HEIGHT_M: Final = 0.011  # ArduPilot keeps whole centimetres
_FRAME_TWINS: Final = {5: 0, 6: 3, 11: 10}  # the _INT names of the same frames

_KEPT_ARDUPILOT: Final = {
    16: (1,),
    19: (1, 3),
    20: (),
    21: (),
    22: (),
    82: (1,),
    84: (),
    85: (),
    115: (1, 2, 3),
    178: (1, 2),
    205: (1, 2, 3),
    206: (1,),
    1000: (1, 2),
    2000: (2, 3),
    5100: (),
}
_KEPT_PX4: Final = {16: (1, 2), 20: (), 21: (), 22: (), 84: (), 85: (), 5100: ()}
_WHOLE_ARDUPILOT: Final = {(16, 1), (82, 1)}  # seconds of hold, kept as a whole number
_ALL: Final = (1, 2, 3, 4)
_A_BEGINNING: Final = 3  # fewer alike items are chance: a take-off and a speed


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as planned; `item` is None for the number of items."""

    kind: int
    item: int | None
    field: str
    planned: float | None
    found: float | None
    command: int | None = None

    def __str__(self) -> str:
        name = KIND_NAMES[self.kind]
        if self.item is None:
            return f"{name}: {self.planned:g} items planned, {self.found:g} on the vehicle"
        what = f" ({describe_command(self.command)})" if self.command is not None else ""
        digits = ".7f" if self.field in ("latitude", "longitude") else "g"
        sides = [
            "none" if value is None else format(value, digits)
            for value in (self.planned, self.found)
        ]
        return (
            f"{name} item {self.item}{what}: {self.field} {sides[0]} planned,"
            f" {sides[1]} on the vehicle"
        )


def differences(
    planned: Sequence[MissionItem],
    found: Sequence[MissionItem],
    *,
    kind: int = MISSION,
    autopilot: Autopilot = "generic",
) -> tuple[Difference, ...]:
    """Compare what is on the vehicle with the plan.

    Parameters
    ----------
    planned, found
        Items in order, ArduPilot's with the home item in front.
    kind
        `MISSION`, `FENCE` or `RALLY`.
    autopilot
        Whose ways are allowed for; "generic" allows only rounding and NaN read back as 0.
    """
    result: list[Difference] = []
    if len(planned) != len(found):
        result.append(Difference(kind, None, "number", len(planned), len(found)))
    for index, (ours, theirs) in enumerate(zip(planned, found, strict=False)):
        if index == 0 and kind == MISSION and autopilot == "ardupilot":
            continue  # the vehicle's own home
        result += [
            Difference(kind, index, name, a, b, ours.command)
            for name, a, b in _fields(ours, theirs, kind, autopilot)
        ]
    return tuple(result)


def _fields(
    ours: MissionItem, theirs: MissionItem, kind: int, autopilot: Autopilot
) -> list[tuple[str, float, float]]:
    if ours.command != theirs.command:
        return [("command", ours.command, theirs.command)]
    fields: list[tuple[str, float, float]] = []
    located = has_position(ours)
    if kind != FENCE and not _same_frame(ours.frame, theirs.frame, located=located):
        fields.append(("frame", ours.frame, theirs.frame))
    for number in _kept(ours.command, autopilot):
        a, b = plain(ours.params[number - 1]), plain(theirs.params[number - 1])
        whole = autopilot == "ardupilot" and (ours.command, number) in _WHOLE_ARDUPILOT
        if abs(a - b) > max(0.999 if whole else 1e-4, 1e-6 * abs(a)):
            fields.append((f"parameter {number}", a, b))
    if located:
        fields += [
            (name, a, b)
            for name, a, b in (
                ("latitude", ours.lat_deg, theirs.lat_deg),
                ("longitude", ours.lon_deg, theirs.lon_deg),
            )
            if not abs(a - b) <= _DEGREES
        ]
    if located and kind != FENCE and not _same_height(ours.alt_m, theirs.alt_m):
        fields.append(("height", ours.alt_m, theirs.alt_m))
    return fields


def _same_height(a_m: float, b_m: float) -> bool:
    return math.isclose(plain(a_m), plain(b_m), rel_tol=1e-6, abs_tol=_HEIGHT_M)


def _kept(command: int, autopilot: Autopilot) -> tuple[int, ...]:
    if autopilot == "ardupilot":
        return _KEPT_ARDUPILOT.get(command, _ALL)
    if autopilot == "px4":
        return _KEPT_PX4.get(command, _ALL)
    return _ALL


def _same_frame(ours: int, theirs: int, *, located: bool) -> bool:
    if not located:
        return theirs in (0, 2, ours)
    return _FRAME_TWINS.get(ours, ours) == _FRAME_TWINS.get(theirs, theirs)


def broken_off_at(
    planned: Sequence[MissionItem],
    found: Sequence[MissionItem],
    *,
    autopilot: Autopilot = "generic",
) -> int | None:
    """Tell whether a vehicle holds the beginning of a planned mission and then something else.

    An upload that breaks off leaves that on ArduPilot: the first new items, and the rest old.

    Returns
    -------
    int or None
        How many items of the plan it holds; None where that is no beginning of it, or all.
    """
    home = 1 if autopilot == "ardupilot" else 0
    shared = min(len(planned), len(found))
    alike = next(
        (i for i in range(home, shared) if _fields(planned[i], found[i], MISSION, autopilot)),
        shared,
    )
    more = alike < len(found)
    return alike if more and alike - home >= _A_BEGINNING else None
