"""What a simulated flight leaves behind: where it was and what happened; and the ground below."""

from collections.abc import Callable
from dataclasses import dataclass

from mcpp.model import LonLat

GroundOf = Callable[[LonLat], float]
"""Height of the ground at a place above that at home, m."""


def level(_place: LonLat) -> float:
    """Ground as high as at home, everywhere."""
    return 0.0


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """Where a vehicle was: seconds of the simulation, degrees, metres above home, item, camera."""

    time_s: float
    lon_deg: float
    lat_deg: float
    height_m: float
    item: int
    camera: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """Something to tell: "reached" an item, "landed", "low" battery, or the n-th "photo"."""

    what: str
    time_s: float
    item: int = 0
