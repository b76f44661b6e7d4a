"""The values that a user can edit: their words, units and limits. Tables and forms read them."""

from gui.fields.area import (
    corridor_fields,
    crew_fields,
    line_fields,
    mission_fields,
    structure_fields,
    zone_fields,
)
from gui.fields.field import Field, Kind
from gui.fields.fleet import uav_fields
from gui.fields.flight import flight_fields, photo_fields
from gui.fields.search import likely_fields, pattern_fields
from gui.fields.seldom import ground_fields, seldom_fields

__all__ = [
    "Field",
    "Kind",
    "corridor_fields",
    "crew_fields",
    "flight_fields",
    "ground_fields",
    "likely_fields",
    "line_fields",
    "mission_fields",
    "pattern_fields",
    "photo_fields",
    "seldom_fields",
    "structure_fields",
    "uav_fields",
    "zone_fields",
]
