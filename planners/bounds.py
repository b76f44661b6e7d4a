"""What no plan can beat: proofs, each for every plan that keeps the asked coverage.

Three facts bear them. A connected path of length L brings at most ``2 r L + pi r^2`` within its
reach r. A closed path goes across the ground and back: twice as far as the ground is wide, less
what it reaches beyond its turns. And what a UAV has within reach by a time lies within a circle
about its launch point. Where lines keep their spacing, all ground away from the border lies within
half a spacing of one, whatever the camera sees beyond: that is the reach then, and that ground what
is to be had. Better bounds would have to count turns, which no proof here does.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from mcpp.ground.coverage import FULL_PERCENT
from mcpp.model import APART, BROKEN_PERCENT, DEEP, FloatArray, Problem, Vehicle

_ARC = 16  # edges of a quarter circle
_HALVINGS = 30
_NEVER_S = 1e9


def _halved(low: float, high: float, enough: Callable[[float], bool]) -> float:
    """Find the largest value that is not known to be enough, between `low` and `high`."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return low


def wanted_area_m2(target: BaseGeometry, coverage_percent: float) -> float:
    """How much of the target a plan covers at least."""
    return min(coverage_percent, FULL_PERCENT) / 100 * float(target.area)


def _least_width_m(target: BaseGeometry, lost_m2: float, needed_m: float) -> float:
    """Width of the target along its smallest box when `lost_m2` is cut off at either end.

    0 where the whole width is no more than `needed_m`.
    """
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(target))
    if len(box) < 4:
        return 0.0
    sides = np.diff(box[:3], axis=0)
    along = sides[int(np.argmax(np.hypot(*sides.T)))]
    if math.hypot(*along) <= needed_m:
        return 0.0
    turned = shapely.affinity.rotate(
        target, -math.atan2(along[1], along[0]), origin=(0, 0), use_radians=True
    )
    west, south, east, north = turned.bounds

    def left_m2(x: float) -> float:
        return float(shapely.clip_by_rect(turned, west - 1, south - 1, x, north + 1).area)

    first = _halved(west, east, lambda x: left_m2(x) > lost_m2)
    last = _halved(first, east, lambda x: float(turned.area) - left_m2(x) <= lost_m2)
    return max(last - first, 0.0)


def length_lower_bound_m(
    target: BaseGeometry,
    reach_m: float,
    *,
    coverage_percent: float = 100.0,
    tours: int = 1,
    gap_m: float = 0.0,
) -> float:
    """Bound the length of all tours together: a proof.

    Parameters
    ----------
    reach_m
        The largest reach r of the fleet.
    tours
        Number of connected paths, at most. All flights from one launch point are one path.
    gap_m
        With one tour: how far its end lies from its beginning.
    """
    wanted_m2 = wanted_area_m2(target, coverage_percent)
    by_area = (wanted_m2 - tours * math.pi * reach_m**2) / (2 * reach_m)
    by_width = 0.0
    if tours == 1:
        needed_m = max(by_area + gap_m, 0.0) / 2 + 2 * reach_m
        width_m = _least_width_m(target, float(target.area) - wanted_m2, needed_m)
        by_width = 2 * (width_m - 2 * reach_m) - gap_m
    return max(by_area, by_width, 0.0)


def _gap_m(vehicle: Vehicle) -> float:
    if vehicle.landing_m is None:
        return 0.0
    if vehicle.start_m is None:
        return math.inf
    return math.dist(vehicle.start_m, vehicle.landing_m)


def _spaced(problem: Problem) -> Problem | None:
    """State what lines that keep their spacing must have within reach; None where any need not."""
    vehicles = problem.vehicles
    if not all(vehicle.keeps_spacing for vehicle in vehicles):
        return None
    widest_m = max(vehicle.spacing_m for vehicle in vehicles)
    room = shapely.intersection(problem.target, problem.allowed)
    deep = shapely.buffer(room, -DEEP * widest_m)
    if deep.is_empty:
        return None
    near = tuple(replace(vehicle, reach_m=APART * vehicle.spacing_m) for vehicle in vehicles)
    return replace(problem, target=deep, vehicles=near, coverage_percent=100 - BROKEN_PERCENT)


def plan_length_lower_bound_m(problem: Problem) -> float:
    """Bound the length of all flights of a plan together: a proof."""
    spaced = _spaced(problem)
    return max(_length_bound_m(one) for one in (problem, spaced) if one is not None)


def _length_bound_m(problem: Problem) -> float:
    vehicles = problem.vehicles
    return length_lower_bound_m(
        problem.target,
        max(vehicle.reach_m for vehicle in vehicles),
        coverage_percent=problem.coverage_percent,
        tours=len(vehicles),
        gap_m=_gap_m(vehicles[0]),
    )


@dataclass(frozen=True, slots=True)
class _Flier:
    """What one UAV can do at best.

    Attributes
    ----------
    fixed_s
        Of each flight: straight up, straight down, and over ground that is not to be covered.
    flight_s
        Longest flight on one battery.
    """

    vehicle: Vehicle
    speed_m_s: float
    fixed_s: float
    flight_s: float

    def useful_s(self, time_s: float) -> float:
        """Longest time over the ground, in all flights that end by a time, swaps between them."""
        vehicle, useful_s = self.vehicle, max(self.flight_s - self.fixed_s, 0.0)
        swapped_s = self._cycled_s(time_s, vehicle.swap_s, useful_s)
        if vehicle.batteries is None:
            return swapped_s
        # each battery is flown, charged, and flown again
        charged_s = vehicle.batteries * self._cycled_s(time_s, vehicle.charge_s, useful_s)
        return min(swapped_s, charged_s)

    def _cycled_s(self, time_s: float, pause_s: float, useful_s: float) -> float:
        """Longest useful time in flights that end by a time, with a pause between two."""
        cycle_s = self.flight_s + pause_s
        whole = 0 if math.isinf(cycle_s) else math.floor(time_s / cycle_s)
        left_s = time_s - (whole * cycle_s if whole else 0.0)
        return (whole * useful_s if whole else 0.0) + max(
            min(left_s, self.flight_s) - self.fixed_s, 0.0
        )

    def swept_m2(self, time_s: float) -> float:
        """Most ground that it can have had within reach by a time."""
        useful_s, reach_m = self.useful_s(time_s), self.vehicle.reach_m
        return 2 * reach_m * self.speed_m_s * useful_s + math.pi * reach_m**2

    def within_m(self, time_s: float) -> float:
        """Bound how far from its launch point it has ground within reach by a time."""
        longest_s = min(time_s, self.flight_s) - _up_and_down_s(self.vehicle)
        way_m = self.speed_m_s * max(longest_s, 0.0) + _gap_m(self.vehicle)
        return way_m / 2 + self.vehicle.reach_m


def _fastest_m_s(vehicle: Vehicle) -> float:
    """Return a speed over the ground that the vehicle can not exceed."""
    own = max(vehicle.speed_m_s, vehicle.transit_speed_m_s)
    return own if vehicle.kind == "multirotor" else own + math.hypot(*vehicle.wind_m_s)


def _up_and_down_s(vehicle: Vehicle) -> float:
    """Time straight up after take-off and straight down before landing."""
    survey_m = vehicle.height_m
    way_m = survey_m if vehicle.transit_height_m is None else vehicle.transit_height_m
    up_m = way_m if vehicle.takeoff_height_m is None else vehicle.takeoff_height_m
    down_m = survey_m if vehicle.return_height_m is None else vehicle.return_height_m
    return up_m / vehicle.climb_m_s + down_m / vehicle.descent_m_s


def _flier_of(vehicle: Vehicle, target: BaseGeometry) -> _Flier:
    idle_m = 0.0
    for place in (vehicle.start_m, vehicle.landing_m or vehicle.start_m):
        if place is not None:
            away_m = float(target.distance(shapely.Point(place)))
            idle_m += max(away_m - vehicle.reach_m, 0.0)
    speed_m_s, up_and_down_s = _fastest_m_s(vehicle), _up_and_down_s(vehicle)
    fixed_s = up_and_down_s + idle_m / speed_m_s
    return _Flier(vehicle, speed_m_s, fixed_s, max(vehicle.endurance_s, fixed_s))


def _reached_m2(fliers: list[_Flier], target: BaseGeometry, time_s: float) -> float:
    """Bound the ground within the circles of all UAVs, drawn around, not inscribed."""
    places = np.array([flier.vehicle.start_m for flier in fliers])
    radii: FloatArray = np.array([flier.within_m(time_s) for flier in fliers])
    circles = shapely.buffer(
        shapely.points(places), radii / math.cos(math.pi / (4 * _ARC)), quad_segs=_ARC
    )
    return float(shapely.intersection(target, shapely.union_all(circles)).area)


def finish_lower_bound_s(problem: Problem) -> float:
    """Bound the finishing time of the fleet: a proof, over level ground.

    By then all UAVs together can have swept what is wanted, flying at their fastest from the first
    second on, but for climbing, coming down, the way to where the target begins and back, and the
    swaps of their batteries; and the wanted ground lies near enough to their launch points.
    """
    spaced = _spaced(problem)
    return max(_finish_bound_s(one) for one in (problem, spaced) if one is not None)


def _finish_bound_s(problem: Problem) -> float:
    wanted_m2 = wanted_area_m2(problem.target, problem.coverage_percent)
    fliers = [_flier_of(vehicle, problem.target) for vehicle in problem.vehicles]
    least_s = min(flier.fixed_s for flier in fliers)

    def swept(time_s: float) -> bool:
        return sum(flier.swept_m2(time_s) for flier in fliers) >= wanted_m2

    def reached(time_s: float) -> bool:
        return _reached_m2(fliers, problem.target, time_s) >= wanted_m2

    high_s = least_s + 1.0
    while not swept(high_s):
        high_s *= 2
        if high_s > _NEVER_S:  # the batteries will not do: no plan keeps its coverage
            return least_s
    found_s = _halved(least_s, high_s, swept)
    if all(flier.vehicle.start_m is not None for flier in fliers) and not reached(found_s):
        while not reached(high_s) and high_s <= _NEVER_S:
            high_s *= 2
        found_s = _halved(found_s, high_s, reached) if high_s <= _NEVER_S else found_s
    if len(fliers) == 1:
        only = fliers[0]
        shortest_m = _length_bound_m(problem)
        found_s = max(found_s, _up_and_down_s(only.vehicle) + shortest_m / only.speed_m_s)
    return found_s
