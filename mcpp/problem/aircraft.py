"""Aircraft presets: what a type of aircraft can do, each with the source of its figures."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from mcpp.errors import InputError, did_you_mean
from mcpp.limits import check_limits
from mcpp.model import Aircraft, AutopilotMotion
from mcpp.resources import asset


def check_aircraft(aircraft: Aircraft, field: str) -> None:
    """Refuse figures out of range, and a fixed wing that would stop at corners.

    Raises
    ------
    InputError
    """
    check_limits(aircraft, field)
    if aircraft.motion is not None:
        check_limits(aircraft.motion, f"{field}.motion")
    if aircraft.kind == "fixed-wing" and aircraft.turn == "stop":
        msg = f"{field}.turn: a fixed wing can not stop: give 'fly-by' or 'loiter'"
        raise InputError(msg)
    if aircraft.turn != "stop" and aircraft.turn_radius_m <= 0:
        msg = f"{field}.turn_radius_m: 0: {aircraft.turn!r} needs a radius of more than 0"
        raise InputError(msg)


def _aircraft_of(entry: dict[str, Any]) -> Aircraft:
    motion = entry.pop("motion", None)
    return Aircraft(**entry, motion=None if motion is None else AutopilotMotion(**motion))


@cache
def built_in_aircraft() -> tuple[Aircraft, ...]:
    """All presets that mcpp ships, each checked, in the order of the file."""
    entries = json.loads(asset("aircraft.json").read_text(encoding="utf-8"))["aircraft"]
    presets = tuple(_aircraft_of(entry) for entry in entries)
    for i, preset in enumerate(presets):
        check_aircraft(preset, f"aircraft.json: aircraft[{i}]")
    return presets


def find_aircraft(name: str, own: Iterable[Aircraft] = (), *, field: str = "aircraft") -> Aircraft:
    """Look a preset up by name, the user's own first; upper and lower case are the same.

    Raises
    ------
    InputError
        When there is none, with the names that may be meant; or when an own one is out of range.
    """
    by_name = {preset.name.casefold(): preset for preset in built_in_aircraft()}
    for i, preset in enumerate(own):
        check_aircraft(preset, f"aircraft[{i}]")
        by_name[preset.name.casefold()] = preset
    found = by_name.get(name.casefold())
    if found is not None:
        return found
    hint = did_you_mean(name, (preset.name for preset in by_name.values())) or "see 'mcpp aircraft'"
    msg = f"{field}: there is no aircraft {name!r}: {hint}"
    raise InputError(msg)
