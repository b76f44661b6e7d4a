"""Files that mcpp wrote lead back to their mission: it stands in the plan.json beside them."""

from pathlib import Path
from typing import Any

from mcpp.errors import InputError
from mcpp.io.guard import archive_members
from mcpp.io.text import parse_json, read_text

PLAN_FILE = "plan.json"
WAYPOINTS_HEAD = "QGC WPL"
_TABLE_HEADS = ("uav,sortie,point,leg,", "latitude,longitude,altitude(")
"""First words of our table of waypoints, and of Litchi's."""


def is_our_flight(value: Any) -> bool:
    """Whether parsed JSON is a .plan that mcpp wrote for one vehicle."""
    return isinstance(value, dict) and value.get("fileType") == "Plan" and "mcpp" in value


def are_our_routes(value: Any) -> bool:
    """Whether parsed GeoJSON is the routes of one of our plans."""
    features = value.get("features") if isinstance(value, dict) else None
    return isinstance(features, list) and any(
        isinstance(feature, dict)
        and isinstance(feature.get("properties"), dict)
        and feature["properties"].get("type") == "route"
        and {"uav", "sortie", "kind"} <= feature["properties"].keys()
        for feature in features
    )


def is_flight_file(path: Path) -> bool:
    """Whether a table or an archive holds the waypoints of a flight: Litchi's, DJI's, or ours.

    Raises
    ------
    InputError
        When the file can not be read.
    """
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return read_text(path).lstrip().startswith(_TABLE_HEADS)
    return suffix == ".kmz" and bool(archive_members(path, frozenset({".wpml"})))


def mission_beside(path: Path, what: str) -> tuple[Any, Path]:
    """Return the mission, as JSON values, of the plan that a file of ours belongs to, and its file.

    Parameters
    ----------
    what
        What the file is, for the message.

    Raises
    ------
    InputError
        When no plan of ours lies in the same folder.
    """
    plan = path.parent / PLAN_FILE
    value = parse_json(read_text(plan), str(plan)) if plan.is_file() else None
    if not isinstance(value, dict) or "mission" not in value:
        msg = (
            f"{path}: it is {what}, and no area: give the mission, or put the {PLAN_FILE} of its "
            "plan beside it"
        )
        raise InputError(msg)
    return value["mission"], plan
