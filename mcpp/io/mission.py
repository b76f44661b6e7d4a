"""Our mission file: JSON that is a `Mission`, field by field."""

from pathlib import Path
from typing import Any

from mcpp.errors import InputError
from mcpp.io.atomic import write_text_atomic
from mcpp.io.text import dump_json, parse_json, read_text
from mcpp.io.validation import adapter, validated
from mcpp.limits import limits_of
from mcpp.model import (
    Aircraft,
    Camera,
    CircleZone,
    Corridor,
    FlightSettings,
    Forecast,
    LikelyArea,
    Mission,
    PolygonZone,
    ProbabilityMap,
    SearchPattern,
    Structure,
    Uav,
)

VERSION = 1
MOST = {
    "area": 5000,
    "corridors": 1000,
    "structures": 200,
    "no_fly_zones": 5000,
    "priority_lon_lat_deg": 10_000,
    "crew_area": 100,
    "forecast": 5000,
}
"""How many a mission may list."""
_LIMITED = (
    Corridor,
    Structure,
    PolygonZone,
    CircleZone,
    Uav,
    FlightSettings,
    Forecast,
    Camera,
    Aircraft,
    LikelyArea,
    ProbabilityMap,
    SearchPattern,
)


def mission_from_json(value: Any, name: str = "mission") -> Mission:
    """Read a mission from parsed JSON.

    Raises
    ------
    InputError
    """
    if not isinstance(value, dict):
        msg = f"{name}: {type(value).__name__} instead of an object with area, uavs and so on"
        raise InputError(msg)
    version = value.get("version", VERSION)
    if version != VERSION or isinstance(version, bool):
        msg = f"{name}: version: {version!r}: this mcpp reads version {VERSION}"
        raise InputError(msg)
    _check_counts(value, name)
    mission: Mission = validated(Mission, value, name)
    if not {"area", "corridors", "structures"} & set(value):
        msg = f"{name}: area: it is missing; 'mcpp schema' says what it is"
        raise InputError(msg)
    return mission


def _check_counts(value: dict[str, Any], name: str) -> None:
    """Refuse so many shapes that nothing would be heard of the planning for minutes."""
    for key, most in MOST.items():
        rows = value.get(key)
        if isinstance(rows, list) and len(rows) > most:
            msg = f"{name}: {key}: there are {len(rows):,}: a mission takes {most:,}"
            raise InputError(msg)


def read_mission(path: str | Path) -> Mission:
    """Read a mission file; ``-`` is standard input.

    Raises
    ------
    InputError
    """
    return mission_from_json(parse_json(read_text(path), str(path)), str(path))


def mission_value(mission: Mission) -> dict[str, Any]:
    """Return the mission as plain JSON values."""
    value: dict[str, Any] = adapter(Mission).dump_python(mission, mode="json")
    return value


def mission_to_json(mission: Mission) -> str:
    """Return the text of a mission file."""
    return dump_json(mission_value(mission))


def write_mission(path: str | Path, mission: Mission) -> None:
    """Write a mission file, whole or not at all.

    Raises
    ------
    ExportError
    """
    write_text_atomic(Path(path), mission_to_json(mission))


def _set_limits(schema: dict[str, Any], kind: type) -> None:
    """Write the limits of a type's fields into its JSON schema."""
    for name, limits in limits_of(kind).items():
        entry = schema["properties"][name]
        numbers = [
            branch
            for branch in entry.get("anyOf", [entry])
            if branch.get("type") in {"number", "integer"}
        ]
        for branch in numbers:
            branch["exclusiveMinimum" if limits.open_low else "minimum"] = limits.low
            branch["maximum"] = limits.high
        if limits.unit:
            entry["description"] = f"unit: {limits.unit}"


def mission_schema() -> dict[str, Any]:
    """Return the JSON schema of the mission file, with the limits and units of its values."""
    schema = adapter(Mission).json_schema()
    _set_limits(schema, Mission)
    for kind in _LIMITED:
        _set_limits(schema["$defs"][kind.__name__], kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"mcpp mission, version {VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }
