"""How a flight ended: told apart by where it landed and how much of the mission it had flown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mcpp.export.items import Command, MissionItem
from mcpp.link.guard import distance_m
from mcpp.link.wire import has_position
from mcpp.model import LonLat

Ending = Literal["", "done", "returned", "landed elsewhere", "not flown", "lost"]
"""Empty while it flies, or before it has; "lost" may yet be heard again."""

LOST_AFTER_S: Final = 60.0
"""A vehicle in the air that is not heard for so long is lost to the watch."""
NEAR_M: Final = 30.0
_LAST_NAV: Final = 95  # MAV_CMD_NAV_LAST
_LANDINGS: Final = (Command.NAV_LAND, Command.NAV_VTOL_LAND)


@dataclass(frozen=True, slots=True)
class Landing:
    """Where and when a mission is to end.

    Attributes
    ----------
    place
        Longitude and latitude; None where it is not known.
    last
        Index of the last item that is flown before the return or the landing.
    """

    place: LonLat | None
    last: int


def is_flown(item: MissionItem) -> bool:
    """Whether an item is flown, and so reached; others act on the way."""
    return item.command <= _LAST_NAV


def landing_of(mission: Sequence[MissionItem], start: LonLat | None) -> Landing:
    """Find where a mission ends, and what of it comes before."""
    flown = [i for i, item in enumerate(mission) if is_flown(item)]
    place = start
    for item in mission:
        if item.command in _LANDINGS and has_position(item) and (item.lat_deg or item.lon_deg):
            place = (item.lon_deg, item.lat_deg)
    return Landing(place, flown[-2] if len(flown) > 1 else 0)


def ending_of(
    landing: Landing, *, here: LonLat | None, item: int, highest_m: float, called_at: int | None
) -> tuple[Ending, str]:
    """Tell how a flight ended that has just been disarmed.

    Parameters
    ----------
    here
        Where it stands.
    item
        The last item of the mission that was under way.
    highest_m
        Greatest height of the flight.
    called_at
        Item at which it was called home, or turned back by itself; None where it was not.
    """
    if highest_m < 1.0:
        return "not flown", "it did not take off"
    away_m = None if here is None or landing.place is None else distance_m(here, landing.place)
    early = called_at is not None or item < landing.last
    at = item if called_at is None else called_at
    if away_m is not None and away_m > NEAR_M:
        return "landed elsewhere", f"landed {away_m:.0f} m from its landing point, at item {at}"
    if early:
        return "returned", f"returned at item {at}"
    return "done", "landed and disarmed"
