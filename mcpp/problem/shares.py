"""Shares of the work, where the mission gives none: so that all UAVs finish together.

They are foretold before planning, from speed, line spacing, endurance and the ways there and back,
and may be corrected after it, from the flights that came of them.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.model import FloatArray, Sortie, Vehicle

FAIR_SPREAD = 0.03
"""Finishing times that differ by no more than this part of the latest are called equal."""


def capability_shares(vehicles: Sequence[Vehicle]) -> tuple[float, ...]:
    """Shares that follow from speed x line spacing x usable endurance; equal for equal UAVs."""
    worth = np.array([v.speed_m_s * v.spacing_m * v.endurance_s for v in vehicles])
    return tuple(float(part) for part in worth / worth.sum())


def balanced_shares(
    shares: Sequence[float], finish_s: Sequence[float], overhead_s: Sequence[float]
) -> tuple[float, ...]:
    """Shares with which all would finish together, if survey time goes with the share.

    Parameters
    ----------
    finish_s
        When each UAV ended with the present `shares`.
    overhead_s
        How much of it does not depend on the share: climb, the ways there and back, swaps.
    """
    given, end, fixed = np.asarray(shares), np.asarray(finish_s), np.asarray(overhead_s)
    rate: FloatArray = given / np.maximum(end - fixed, 1.0)  # share surveyed in a second
    together = (1.0 + (rate * fixed).sum()) / rate.sum()
    wanted = np.maximum(rate * (together - fixed), 1e-3 * given)
    return tuple(float(part) for part in wanted / wanted.sum())


def predicted_finish_s(vehicle: Vehicle, area_m2: float, away_m: float) -> float:
    """Foretell when a UAV has surveyed a compact region, with its ways, corners and swaps.

    Parameters
    ----------
    area_m2
        Of its region; lines are taken to be as long as a square of that area is wide.
    away_m
        From its launch point to the nearest ground that is to be covered.
    """
    if area_m2 <= 0:
        return 0.0
    side_m = math.sqrt(area_m2)
    corners = 2 * side_m / vehicle.spacing_m
    corner_s = vehicle.speed_m_s / vehicle.acceleration_m_s2 if vehicle.turn == "stop" else 0.0
    if vehicle.turn == "loiter":
        corner_s = math.pi / 2 * vehicle.turn_radius_m / vehicle.speed_m_s
    survey_s = area_m2 / vehicle.spacing_m / vehicle.speed_m_s + corners * corner_s
    climb_s = vehicle.height_m / vehicle.climb_m_s + vehicle.height_m / vehicle.descent_m_s
    once_s = climb_s + 2 * away_m / vehicle.transit_speed_m_s
    again_s = climb_s + (2 * away_m + side_m) / vehicle.transit_speed_m_s
    if survey_s + once_s <= vehicle.endurance_s:
        return survey_s + once_s
    # what no longer fits is flown in further sorties, each with its own swap and ways
    flights = math.ceil(survey_s / max(vehicle.endurance_s - again_s, 1.0))
    return survey_s + flights * again_s + (flights - 1) * vehicle.swap_s


def _largest_area_m2(vehicle: Vehicle, finish_s: float, away_m: float, most_m2: float) -> float:
    """Find the largest region that a UAV is foretold to survey within `finish_s`."""
    low, high = 0.0, most_m2
    for _ in range(40):
        middle = (low + high) / 2
        if predicted_finish_s(vehicle, middle, away_m) <= finish_s:
            low = middle
        else:
            high = middle
    return low


def _abilities(vehicle: Vehicle) -> tuple[float | str, ...]:
    """List what `predicted_finish_s` looks at."""
    return (
        vehicle.spacing_m,
        vehicle.speed_m_s,
        vehicle.transit_speed_m_s,
        vehicle.acceleration_m_s2,
        vehicle.turn,
        vehicle.turn_radius_m,
        vehicle.height_m,
        vehicle.climb_m_s,
        vehicle.descent_m_s,
        vehicle.endurance_s,
        vehicle.swap_s,
    )


def predicted_shares(vehicles: Sequence[Vehicle], target: BaseGeometry) -> tuple[float, ...]:
    """Shares with which all UAVs are foretold to finish together; equal for equal UAVs.

    A battery swap is a jump in time: a UAV is filled up to the end of a battery, and gets more only
    when the others would otherwise finish later than it does after a swap.
    A UAV that is too far away to help at all keeps a thousandth.
    """
    away = [
        0.0 if v.start_m is None else float(shapely.distance(target, shapely.Point(v.start_m)))
        for v in vehicles
    ]
    count, total_m2 = len(vehicles), float(target.area)
    if len({(*_abilities(v), a) for v, a in zip(vehicles, away, strict=True)}) == 1:
        return (1 / count,) * count
    low = 0.0
    high = max(predicted_finish_s(v, total_m2, a) for v, a in zip(vehicles, away, strict=True))
    areas = np.zeros(count)
    for _ in range(40):
        middle = (low + high) / 2
        areas = np.array(
            [_largest_area_m2(v, middle, a, total_m2) for v, a in zip(vehicles, away, strict=True)]
        )
        if areas.sum() < total_m2:
            low = middle
        else:
            high = middle
    areas = np.maximum(areas, 1e-3 * total_m2)
    return tuple(round(float(part), 9) for part in areas / areas.sum())


def with_predicted_shares(
    vehicles: tuple[Vehicle, ...], target: BaseGeometry
) -> tuple[Vehicle, ...]:
    """Replace the shares of a fleet by `predicted_shares`."""
    shares = predicted_shares(vehicles, target)
    return tuple(replace(v, share=share) for v, share in zip(vehicles, shares, strict=True))


def finish_spread(sorties: Sequence[Sortie], count: int) -> float:
    """How far the finishing times of `count` UAVs lie apart, as a part of the latest."""
    ends = np.zeros(count)
    for sortie in sorties:
        ends[sortie.uav] = max(ends[sortie.uav], sortie.time_s[-1])
    return float((ends.max() - ends.min()) / ends.max()) if ends.max() > 0 else 0.0
