"""What no plan can beat.

`length_lower_bound_m` and `finish_lower_bound_s` are proofs: every plan with the asked coverage is
at least that long.
"""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.model import Problem, Vehicle

WHOLE_PERCENT = 99.999


def length_lower_bound_m(
    target: BaseGeometry, reach_m: float, *, coverage_percent: float = 100.0, tours: int = 1
) -> float:
    """Bound the length of all tours together: a proof.

    What a connected path of length L covers is at most ``2 r L + pi r^2``. Where everything is to
    be covered by one closed tour, it is also at least as long as the outline of the target's
    convex hull less ``2 pi r``, since its own hull, grown by r, contains that.

    Parameters
    ----------
    reach_m
        The largest reach r of the fleet.
    tours
        Number of connected paths, at most.
    """
    wanted_m2 = coverage_percent / 100 * float(target.area)
    by_area = (wanted_m2 - tours * math.pi * reach_m**2) / (2 * reach_m)
    by_hull = 0.0
    if tours == 1 and coverage_percent >= WHOLE_PERCENT:
        by_hull = float(shapely.convex_hull(target).length) - 2 * math.pi * reach_m
    return max(by_area, by_hull, 0.0)


def _fastest_m_s(vehicle: Vehicle) -> float:
    """Return a speed over the ground that the vehicle can not exceed."""
    own = max(vehicle.speed_m_s, vehicle.transit_speed_m_s)
    return own if vehicle.kind == "multirotor" else own + math.hypot(*vehicle.wind_m_s)


def _up_and_down_s(vehicle: Vehicle) -> float:
    return vehicle.height_m / vehicle.climb_m_s + vehicle.height_m / vehicle.descent_m_s


def finish_lower_bound_s(problem: Problem) -> float:
    """Bound the finishing time of the fleet: a proof.

    All UAVs that fly at their fastest for that long would just cover the wanted ground; and where
    everything is to be covered, somebody must come within reach of the farthest place and return.
    Climbing and coming down is added for the UAV that does it fastest.
    """
    speeds = np.array([_fastest_m_s(vehicle) for vehicle in problem.vehicles])
    reaches = np.array([vehicle.reach_m for vehicle in problem.vehicles])
    wanted_m2 = problem.coverage_percent / 100 * float(problem.target.area)
    by_area = float((wanted_m2 - math.pi * (reaches**2).sum()) / (2 * reaches * speeds).sum())
    by_distance = 0.0
    starts = [vehicle.start_m for vehicle in problem.vehicles]
    if problem.coverage_percent >= WHOLE_PERCENT and all(start is not None for start in starts):
        corners = shapely.get_coordinates(problem.target)
        away = np.stack([np.hypot(*(corners - np.array(start)).T) for start in starts])
        times = 2 * np.maximum(away - reaches[:, None], 0.0) / speeds[:, None]
        by_distance = float(times.min(axis=0).max())
    climb_s = min(_up_and_down_s(vehicle) for vehicle in problem.vehicles)
    return max(by_area, by_distance, 0.0) + climb_s
