"""Launch and landing points that mcpp moved: near the point that was given, and on open ground.

That they are no nearer to each other than wanted, outside all zones, and inside the area where the
crew can stand, where one is drawn, is told of all points alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Point

from mcpp.check.ground import Ground
from mcpp.model import Finding, FloatArray, Plan, Uav

_ROOM, _ROOM_M = 1.2, 3.0
"""Spots in a row are at most so many times as far apart as UAVs keep, with margins, and so far."""
_MOST_ALONG = 40
_SLACK_M = 0.2
_MOST_TOLD = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MovedPoint:
    """A launch or landing point, and where the given one was, in metres."""

    uav: Uav
    what: str
    given_m: FloatArray
    at_m: FloatArray

    @property
    def away_m(self) -> float:
        """How far it was moved."""
        return float(np.hypot(*(self.at_m - self.given_m)))


def moved_points(plan: Plan, ground: Ground) -> list[MovedPoint]:
    """List the launch and landing points of a plan's mission that are not those that were given."""
    found = []
    for uav in plan.mission.uavs:
        for what, at, given in (
            ("launch point", uav.start_lon_lat_deg, uav.given_start_lon_lat_deg),
            ("landing point", uav.landing_lon_lat_deg, uav.given_landing_lon_lat_deg),
        ):
            if at is not None and given is not None:
                at_m, given_m = ground.frame.to_m(at), ground.frame.to_m(given)
                found.append(MovedPoint(uav=uav, what=what, given_m=given_m, at_m=at_m))
    return found


def spot_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Tell of points that were moved, and find those that were moved too far.

    No spot lies farther from its given point than a row of spots for all UAVs is long, nor farther
    outside the area than that, unless it lies where the crew can stand.
    """
    moved = moved_points(plan, ground)
    flight = plan.mission.flight
    apart_m = _ROOM * (flight.separation_m + 2 * flight.tracking_margin_m) + _ROOM_M
    farthest_m = apart_m * min(len(plan.mission.uavs), _MOST_ALONG)
    for one in moved:
        wrong = []
        if one.away_m > farthest_m:
            wrong.append(f"farther than a row of {farthest_m:.0f} m for all UAVs")
        given_out_m, out_m = (
            float(shapely.distance(ground.area, Point(place))) for place in (one.given_m, one.at_m)
        )
        allowed_m = max(given_out_m, ground.margin_m, 0.0)
        if not plan.mission.crew_area and out_m > allowed_m + _SLACK_M:
            wrong.append(f"{out_m - allowed_m:.1f} m farther outside the area")
        if wrong:
            lon, lat = ground.frame.to_deg(one.at_m)
            yield Finding(
                level="error",
                code="launch-spots",
                message=(
                    f"{one.uav.id}: its {one.what} lies {one.away_m:.1f} m from the one that was "
                    f"given: {', '.join(wrong)}"
                ),
                uav=one.uav.id,
                lon_lat_deg=(float(lon), float(lat)),
                amount_m=one.away_m,
            )
    if moved:
        yield Finding(level="note", code="launch-spots", message=_words(moved))


def _words(moved: list[MovedPoint]) -> str:
    told = [f"{one.uav.id} {one.what} {one.away_m:.1f} m" for one in moved[:_MOST_TOLD]]
    rest = moved[_MOST_TOLD:]
    if rest:
        told.append(f"{len(rest)} more up to {max(one.away_m for one in rest):.1f} m")
    return f"spots of their own, so far from the points that were given: {', '.join(told)}"
