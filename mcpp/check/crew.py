"""Launches and landings outside the ground where the crew can stand."""

from collections.abc import Iterator

import numpy as np
import shapely

from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, Plan

_SLACK_M = 0.2
"""Places are rounded when they are written."""


def crew_findings(plan: Plan) -> Iterator[Finding]:
    """Tell of launch and landing points outside the ground that the mission names for the crew.

    Given ones are the user's; those that were left to mcpp have to lie inside.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    parts = []
    for part in plan.mission.crew_area:
        holes = [frame.to_m(hole) for hole in part.holes_lon_lat_deg]
        parts.append(shapely.make_valid(shapely.Polygon(frame.to_m(part.outer_lon_lat_deg), holes)))
    if not parts:
        return
    ground = shapely.union_all(parts)
    for i, uav in enumerate(plan.mission.uavs):
        own = [sortie for sortie in plan.sorties if sortie.uav == i]
        if not own:
            continue
        for word, place, given in (
            ("launch point", own[0].home_m, uav.start_lon_lat_deg),
            (
                "landing point",
                own[0].xyz_m[-1, :2],
                uav.landing_lon_lat_deg or uav.start_lon_lat_deg,
            ),
        ):
            away_m = float(shapely.distance(ground, shapely.Point(place)))
            if away_m <= _SLACK_M or (
                word == "landing point" and np.allclose(place, own[0].home_m)
            ):
                continue
            lon, lat = frame.to_deg(place)
            yield Finding(
                level="error" if given is None else "warning",
                code="crew",
                message=(
                    f"{uav.id}: its {word} lies {away_m:.0f} m outside the area where the "
                    "crew can stand"
                ),
                uav=uav.id,
                lon_lat_deg=(float(lon), float(lat)),
                amount_m=away_m,
            )
