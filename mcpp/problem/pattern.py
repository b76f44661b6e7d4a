"""A mission's search pattern in metres, and what can not be one."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.patterns import heading, sector_lines
from mcpp.ground.shapes import ARC_SEGMENTS, check_point
from mcpp.limits import check_limits
from mcpp.model import FloatArray, Mission, PatternKind

ROUND_DATUM = ("expanding-square", "sector")
SHORTEST_ACROSS_M = 3.0
"""Of the legs across a sector: shorter ones are not to be told apart in flight."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A search pattern in metres of the local frame.

    Attributes
    ----------
    datum_m
        Shape (2,), or None for parallel legs that begin anywhere.
    direction_deg
        Course of the first leg.
    extent_m
        Half the side of the square, or the radius; infinite where the whole area is searched.
    """

    kind: PatternKind
    datum_m: FloatArray | None
    direction_deg: float
    extent_m: float

    @property
    def ground(self) -> BaseGeometry | None:
        """What it searches, where that is not the whole area."""
        if self.datum_m is None or not math.isfinite(self.extent_m):
            return None
        if self.kind == "sector":
            return shapely.Point(self.datum_m).buffer(self.extent_m, quad_segs=2 * ARC_SEGMENTS)
        ahead, aside = heading(self.direction_deg), heading(self.direction_deg + 90)
        corners = [a * ahead + b * aside for a, b in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
        return shapely.Polygon(self.datum_m + self.extent_m * np.array(corners))


def pattern_of(mission: Mission, frame: LocalFrame, area: BaseGeometry) -> Pattern | None:
    """Bring a mission's search pattern to metres.

    Parameters
    ----------
    area
        (Multi)Polygon in metres.

    Returns
    -------
    None where it has none.

    Raises
    ------
    InputError
    """
    search = mission.search
    if search is None:
        return None
    check_limits(search, "search")
    if mission.crosshatch_deg is not None:
        raise InputError("crosshatch_deg: a search pattern is flown once: leave it out")
    if mission.corridors:
        raise InputError("search: corridors are followed along their lines: leave one of them out")
    datum_m = None
    if search.datum_lon_lat_deg is not None:
        check_point("search.datum_lon_lat_deg", search.datum_lon_lat_deg)
        datum_m = frame.to_m(search.datum_lon_lat_deg)
    if search.kind in ROUND_DATUM:
        if datum_m is None:
            raise InputError(f"search.datum_lon_lat_deg: a {search.kind} needs one: give a place")
        if not shapely.intersects_xy(area, *datum_m):
            raise InputError(
                "search.datum_lon_lat_deg: it lies outside the area: move it, or draw a larger area"
            )
        if search.kind == "sector":
            _check_sector(search.radius_m, len(mission.uavs))
    elif search.radius_m is not None:
        raise InputError(f"search.radius_m: a {search.kind} searches the whole area: leave it out")
    return Pattern(
        search.kind,
        datum_m,
        _direction_deg(mission, area),
        math.inf if search.radius_m is None else search.radius_m,
    )


def _check_sector(radius_m: float | None, uavs: int) -> None:
    if radius_m is None:
        raise InputError("search.radius_m: a sector search needs one: give its legs' length")
    least_m = SHORTEST_ACROSS_M / (2 * math.sin(math.pi / 2 / sector_lines(uavs)))
    if radius_m < least_m:
        msg = (
            f"search.radius_m: {radius_m:g} m is too short for the sectors of {uavs} UAVs: give "
            f"{math.ceil(least_m)} m or more"
        )
        raise InputError(msg)


def _direction_deg(mission: Mission, area: BaseGeometry) -> float:
    search, flight = mission.search, mission.flight
    if search is None or search.direction_deg is not None:
        return 0.0 if search is None or search.direction_deg is None else search.direction_deg
    if search.kind in ROUND_DATUM:
        down = 180.0 if search.kind == "sector" and flight.wind_m_s > 0 else 0.0
        return (flight.wind_from_deg if flight.wind_m_s > 0 else 0.0) + down
    if mission.direction_deg is not None:
        return mission.direction_deg
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))
    sides = np.diff(box[:3], axis=0)
    longer = int(np.argmax(np.round(np.hypot(*sides.T), 3)))
    east, north = sides[longer if search.kind == "parallel-track" else 1 - longer]
    return math.degrees(math.atan2(east, north)) % 180.0
