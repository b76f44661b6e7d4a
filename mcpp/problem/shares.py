"""Shares of the work, where the mission gives none: so that all UAVs finish together.

They are foretold before planning, from speed, line spacing, endurance and the ways there and back.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.model import Vehicle
from mcpp.problem.autopilot import ends_s, right_angle_s
from mcpp.problem.finish import FinishModel, shares_together

_ROUNDS = 12


def capability_shares(vehicles: Sequence[Vehicle]) -> tuple[float, ...]:
    """Shares that follow from speed x line spacing x usable endurance; equal for equal UAVs."""
    worth = np.array([v.speed_m_s * v.spacing_m * v.endurance_s for v in vehicles])
    return tuple(float(part) for part in worth / worth.sum())


def predicted_model(vehicle: Vehicle, area_m2: float, away_m: float) -> FinishModel:
    """Foretell what a UAV needs for ground of a size, if its region of it is compact.

    Parameters
    ----------
    area_m2
        Of its region; lines are taken to be as long as a square of that area is wide.
    away_m
        From its launch point to the nearest ground that is to be covered.
    """
    side_m = math.sqrt(area_m2)
    corners = 2 * side_m / vehicle.spacing_m
    bend_s = right_angle_s(vehicle) if vehicle.turn == "stop" else 0.0
    if vehicle.turn == "loiter":
        bend_s = math.pi / 2 * vehicle.turn_radius_m / vehicle.speed_m_s
    climb_s = vehicle.height_m / vehicle.climb_m_s + vehicle.height_m / vehicle.descent_m_s
    climb_s += ends_s(vehicle)
    return FinishModel(
        vehicle=vehicle,
        whole_s=area_m2 / vehicle.spacing_m / vehicle.speed_m_s + corners * bend_s,
        once_s=climb_s + 2 * away_m / vehicle.transit_speed_m_s,
        again_s=climb_s + (2 * away_m + side_m) / vehicle.transit_speed_m_s,
    )


def predicted_finish_s(vehicle: Vehicle, area_m2: float, away_m: float) -> float:
    """Foretell when a UAV has surveyed a compact region, with its ways, corners and swaps."""
    return 0.0 if area_m2 <= 0 else predicted_model(vehicle, area_m2, away_m).finish_s(1.0)


def _abilities(vehicle: Vehicle) -> Vehicle:
    """Leave out what `predicted_model` does not look at, to tell equal UAVs."""
    return replace(
        vehicle,
        id="",
        share=0.0,
        start_m=None,
        landing_m=None,
        transit_height_m=None,
        return_height_m=None,
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
    if len({(_abilities(v), a) for v, a in zip(vehicles, away, strict=True)}) == 1:
        return (1 / count,) * count
    shares = (1 / count,) * count
    for _ in range(_ROUNDS):  # the corners that a region takes follow from its size
        models = [
            replace(found, whole_s=found.whole_s / share)
            for found, share in (
                (predicted_model(v, share * total_m2, a), share)
                for v, share, a in zip(vehicles, shares, away, strict=True)
            )
        ]
        shares = shares_together(models)
    return tuple(round(share, 9) for share in shares)


def with_predicted_shares(
    vehicles: tuple[Vehicle, ...], target: BaseGeometry
) -> tuple[Vehicle, ...]:
    """Replace the shares of a fleet by `predicted_shares`."""
    shares = predicted_shares(vehicles, target)
    return tuple(replace(v, share=share) for v, share in zip(vehicles, shares, strict=True))
