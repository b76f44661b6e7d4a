"""What of a mission is refused before anything is planned."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.clock import time_of_day
from mcpp.errors import InputError
from mcpp.ground.shapes import check_point, check_points
from mcpp.limits import check_limits
from mcpp.model import Mission, Vehicle

FARTHEST_START_M = 20_000.0
LONGEST_ID = 60
LONGEST_ID_BYTES = 120
"""With what is added to it a name has to stay below the 255 bytes of most file systems."""
MOST_UAVS = 1000


def check_numbers(mission: Mission) -> None:
    """Refuse numbers outside the limits that their fields name.

    Raises
    ------
    InputError
        Naming the field, the value and the limits.
    """
    check_limits(mission)
    if not 0 <= mission.seed < 2**63:
        msg = f"seed: {mission.seed} is not a whole number from 0 up"
        raise InputError(msg)
    check_limits(mission.flight, "flight")
    for i, uav in enumerate(mission.uavs):
        check_limits(uav, f"uavs[{i}]")
    if mission.starts_at is not None:
        time_of_day(mission.starts_at, "starts_at")
    elif mission.forecast:
        msg = "starts_at: it is missing: a forecast is held against a time, as 2026-05-01T09:00Z"
        raise InputError(msg)
    for i, forecast in enumerate(mission.forecast):
        check_limits(forecast, f"forecast[{i}]")
        time_of_day(forecast.at, f"forecast[{i}].at")


def names_a_file(name: str) -> bool:
    """Whether a UAV's id can be part of a file's name on all systems."""
    characters = all(c.isalnum() or c in "-_." for c in name) and not name.startswith(".")
    return characters and 0 < len(name) <= LONGEST_ID and len(name.encode()) <= LONGEST_ID_BYTES


def check_places(mission: Mission) -> None:
    """Refuse launch, landing and priority points that are no places on Earth."""
    for i, uav in enumerate(mission.uavs):
        for end in ("start_lon_lat_deg", "landing_lon_lat_deg"):
            for name in (end, f"given_{end}"):
                place = getattr(uav, name)
                if place is not None:
                    check_point(f"uavs[{i}].{name}", place)
    check_points("priority_lon_lat_deg", mission.priority_lon_lat_deg)


def check_fleet(mission: Mission) -> None:
    """Refuse an empty fleet, ids used twice, and shares that are no division.

    Raises
    ------
    InputError
    """
    if not mission.uavs:
        msg = "uavs: there is none: list at least one"
        raise InputError(msg)
    if len(mission.uavs) > MOST_UAVS:
        msg = f"uavs: there are {len(mission.uavs)}: give {MOST_UAVS} or fewer"
        raise InputError(msg)
    ids = [uav.id for uav in mission.uavs]
    for i, name in enumerate(ids):
        if not names_a_file(name):
            msg = (
                f"uavs[{i}].id: {name!r} can not name a file: use 1 to {LONGEST_ID} letters, "
                "digits, '-', '_', '.'"
            )
            raise InputError(msg)
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        msg = f"uavs: id {twice[0]!r} is used {ids.count(twice[0])} times: give each UAV its own"
        raise InputError(msg)
    shares = [uav.share for uav in mission.uavs]
    given = [share for share in shares if share is not None]
    if not given:
        return
    if len(given) != len(shares):
        msg = f"uavs: {len(given)} of {len(shares)} have a share: give one to all or to none"
        raise InputError(msg)
    if abs(sum(given) - 1) > 1e-3:
        msg = (
            f"uavs: the shares {', '.join(f'{s:g}' for s in given)} sum to {sum(given):g}, not to 1"
        )
        raise InputError(msg)


def check_scan_distance(vehicles: tuple[Vehicle, ...], area: BaseGeometry) -> None:
    """Refuse lines farther apart than the area is long.

    Raises
    ------
    InputError
    """
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))
    sides = np.hypot(*np.diff(box, axis=0).T)[:2]
    for vehicle in vehicles:
        if vehicle.spacing_m > max(sides):
            msg = (
                f"scan_distance_m: {vehicle.spacing_m:g} m is larger than the area "
                f"({max(sides):.0f} m x {min(sides):.0f} m): give at most {max(sides):.0f} m"
            )
            raise InputError(msg)


def check_place_in_reach(
    field: str,
    place_m: tuple[float, float],
    area: BaseGeometry,
    mission: Mission,
    zones: list[BaseGeometry],
) -> None:
    """Refuse a launch or landing point in a no-fly zone or far from the area."""
    for j, shape in enumerate(zones):
        if shapely.intersects_xy(shape, *place_m):
            zone = mission.no_fly_zones[j]
            name = zone.name or f"no_fly_zones[{j}]"
            buffer = f" with its buffer of {zone.buffer_m:g} m" if zone.buffer_m else ""
            msg = f"{field}: it lies in the no-fly zone {name!r}{buffer}: move it out"
            raise InputError(msg)
    away_m = shapely.distance(area, shapely.Point(place_m))
    if away_m > FARTHEST_START_M or not math.isfinite(away_m):
        msg = (
            f"{field}: it is {away_m / 1000:.0f} km from the area: give a place within "
            f"{FARTHEST_START_M / 1000:.0f} km (the order is longitude, latitude)"
        )
        raise InputError(msg)
