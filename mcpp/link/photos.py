"""How many photos a mission should have taken by each of its items."""

import math
from collections.abc import Sequence
from typing import Final

from mcpp.export.items import Command, MissionItem
from mcpp.link.guard import distance_m
from mcpp.link.wire import has_position
from mcpp.model import LonLat

COUNTED: Final = ("CAMERA_FEEDBACK", "CAMERA_IMAGE_CAPTURED", "CAMERA_TRIGGER")
"""Messages that tell of a photo; an autopilot may send several of them for one."""


def planned_photos(
    items: Sequence[MissionItem], start_lon_lat_deg: LonLat | None = None
) -> tuple[int, ...]:
    """Photos taken in all once each item is done.

    By distance: one at once where the trigger starts, then one each so many metres; hovering: one
    for each item that takes one.
    """
    totals: list[int] = []
    taken, every_m, since_m = 0, 0.0, 0.0
    here = start_lon_lat_deg
    for item in items:
        if item.command == Command.DO_SET_CAM_TRIGG_DIST:
            every_m, since_m = item.params[0], 0.0
            taken += every_m > 0 and item.params[2] > 0
        elif item.command == Command.IMAGE_START_CAPTURE:
            taken += 1
        elif has_position(item) and (item.lat_deg or item.lon_deg):
            place = (item.lon_deg, item.lat_deg)
            if every_m > 0 and here is not None:
                since_m += distance_m(here, place)
                # a tenth of a metre of rounding is no photo less
                count = math.floor((since_m + 0.1) / every_m)
                taken += count
                since_m -= count * every_m
            here = place
        totals.append(int(taken))
    return tuple(totals)


def line_ends(items: Sequence[MissionItem]) -> tuple[int, ...]:
    """Items that end a stretch of photos: where the trigger stops."""
    return tuple(
        index
        for index, item in enumerate(items)
        if item.command == Command.DO_SET_CAM_TRIGG_DIST and item.params[0] <= 0
    )
