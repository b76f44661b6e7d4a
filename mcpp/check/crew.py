"""Launches and landings outside the ground where the crew can stand, and such ground far away."""

from collections.abc import Iterator

import numpy as np
import shapely

from mcpp.check.ground import Ground
from mcpp.clock import minutes
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, Plan
from mcpp.problem.crew import NEAR, near_m, way_s

_SLACK_M = 0.2
"""Places are rounded when they are written."""


def crew_findings(plan: Plan) -> Iterator[Finding]:
    """Tell of launch and landing points outside the ground that the mission names for the crew.

    Given ones are the user's; those that mcpp chose or moved have to lie inside.
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
        left = uav.start_lon_lat_deg is None or uav.given_start_lon_lat_deg is not None
        lands = uav.landing_lon_lat_deg or uav.start_lon_lat_deg
        lands_left = lands is None or uav.given_landing_lon_lat_deg is not None
        for word, place, chosen in (
            ("launch point", own[0].home_m, left),
            ("landing point", own[0].xyz_m[-1, :2], lands_left),
        ):
            away_m = float(shapely.distance(ground, shapely.Point(place)))
            if away_m <= _SLACK_M or (
                word == "landing point" and np.allclose(place, own[0].home_m)
            ):
                continue
            lon, lat = frame.to_deg(place)
            yield Finding(
                level="error" if chosen else "warning",
                code="crew",
                message=(
                    f"{uav.id}: its {word} lies {away_m:.0f} m outside the area where the "
                    "crew can stand"
                ),
                uav=uav.id,
                lon_lat_deg=(float(lon), float(lat)),
                amount_m=away_m,
            )


def far_crew_findings(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Tell that the ground of the crew lies so far away that batteries are flown empty on ways.

    Of UAVs whose launch points were left open; of them the one that flies the largest part of a
    battery there and back is named.
    """
    if not plan.mission.crew_area or plan.begun is not None:
        return
    farthest = (NEAR, -1, 0.0)
    for i, (uav, vehicle) in enumerate(zip(plan.mission.uavs, plan.problem.vehicles, strict=True)):
        home = next((sortie.home_m for sortie in plan.sorties if sortie.uav == i), None)
        if uav.start_lon_lat_deg is None and home is not None:
            away_m = float(shapely.distance(ground.target, shapely.Point(home)))
            farthest = max(farthest, (way_s(vehicle, away_m) / vehicle.endurance_s, i, away_m))
    part, i, away_m = farthest
    if i < 0:
        return
    vehicle = plan.problem.vehicles[i]
    home = next(sortie.home_m for sortie in plan.sorties if sortie.uav == i)
    lon, lat = LocalFrame(plan.origin_lon_lat_deg).to_deg(home)
    yield Finding(
        level="warning",
        code="crew-far",
        message=(
            f"crew_area: it lies {away_m:.0f} m from the area: of each flight of {vehicle.id} "
            f"{minutes(way_s(vehicle, away_m))} go into the way there and back, "
            f"{100 * part:.0f} % of a battery; from within {near_m(vehicle):.0f} m it takes "
            f"{100 * NEAR:.0f} %"
        ),
        lon_lat_deg=(float(lon), float(lat)),
        amount_m=away_m,
    )
