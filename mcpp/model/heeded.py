"""Which no-fly zones flights must keep away from, and which they may pass over."""

from mcpp.model.mission import FlightSettings
from mcpp.model.shapes import NoFlyZone

OVER_ZONE_M = 10.0
"""A flight passes over a zone that ends in the air by at least so much."""


def is_heeded(zone: NoFlyZone, flight: FlightSettings, lowest_m: float | None = None) -> bool:
    """Tell whether flights must keep away from a zone.

    They need not when the user waived it, when it begins above all flights, or when all of them
    pass over it and the user lets them; with a terrain model nothing is known to pass over.

    Parameters
    ----------
    lowest_m
        Height that no UAV is below while it moves over the ground; None when it is not known.
    """
    if zone.waived or (zone.floor_m is not None and zone.floor_m >= flight.max_height_m):
        return False
    if lowest_m is None or zone.ceiling_m is None or flight.terrain is not None:
        return True
    return not (flight.fly_over_zones and lowest_m >= zone.ceiling_m + OVER_ZONE_M)


def is_passed_over(zone: NoFlyZone, flight: FlightSettings, ways_m: float) -> bool:
    """Tell whether ways there and back may pass over a zone, none of them lower than `ways_m`."""
    if not flight.transit_over_zones or zone.ceiling_m is None or flight.terrain is not None:
        return False
    return ways_m >= zone.ceiling_m + OVER_ZONE_M
