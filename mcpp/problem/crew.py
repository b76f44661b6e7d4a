"""Where the crew can stand: launch points that were left open lie there.

Of places on that ground, each UAV in turn gets the one with which the ground to be covered lies
nearest, in the mean, to the nearest launch point of all: short ways let the fleet land earliest.
"""

import math
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import part_shape
from mcpp.model import FloatArray, Mission, Vehicle
from mcpp.problem.shares import predicted_model

_PLACES = 400
"""Places that are looked at, about."""
_SAMPLES = 400
_INSET_M = 0.5
_APART = 1.05
"""Launch points lie so many times the separation apart, where there is room."""
NEAR = 0.1
"""A crew stands near where the way there and back takes no more than this part of a battery."""


def crew_ground(mission: Mission, frame: LocalFrame) -> BaseGeometry:
    """Ground on which the crew can stand, in metres; empty where the mission names none.

    Raises
    ------
    GeometryError
        When one of its polygons is none.
    """
    parts = [part_shape(f"crew_area[{i}]", p, frame) for i, p in enumerate(mission.crew_area)]
    return shapely.union_all(parts) if parts else shapely.MultiPolygon()


def way_s(vehicle: Vehicle, away_m: float) -> float:
    """Tell how long the straight way there and back takes in still air."""
    return 2 * away_m / vehicle.transit_speed_m_s


def near_m(vehicle: Vehicle) -> float:
    """Tell from how far the way there and back takes the part `NEAR` of a battery."""
    return NEAR * vehicle.endurance_s * vehicle.transit_speed_m_s / 2


def check_way(vehicle: Vehicle, target: BaseGeometry) -> None:
    """Refuse ground of the crew from which a UAV could fly there and back, and nothing else.

    Raises
    ------
    InputError
    """
    away_m = float(shapely.distance(target, shapely.Point(vehicle.start_m)))
    needs_s = predicted_model(vehicle, 0.0, away_m).once_s
    if needs_s >= vehicle.endurance_s:
        msg = (
            f"crew_area: it lies {away_m:.0f} m from the area: {vehicle.id} needs {needs_s:.0f} s "
            f"for the way there and back, its usable endurance is {vehicle.endurance_s:.0f} s: "
            f"give ground within {near_m(vehicle):.0f} m, or aircraft that fly farther"
        )
        raise InputError(msg)


def _points_in(shape: BaseGeometry, count: int, least_m: float = 0.0) -> FloatArray:
    """Spread points over a shape, about so many, at least so far apart; one in each part."""
    step_m = max(math.sqrt(float(shape.area) / count), least_m, 1e-3)
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.arange(west, east, step_m), np.arange(south, north, step_m))
    grid = np.column_stack([x.ravel(), y.ravel()]) + step_m / 2
    inside = grid[shapely.intersects_xy(shape, grid[:, 0], grid[:, 1])]
    own = shapely.get_coordinates(shapely.point_on_surface(shapely.get_parts(shape)))
    return np.vstack([own, inside])


def _places_on(ground: BaseGeometry, least_m: float) -> FloatArray:
    inner = ground.buffer(-_INSET_M)
    inner = ground if inner.is_empty else inner
    along_m = max(float(inner.length) / _PLACES, least_m / 4)
    border = shapely.get_coordinates(shapely.segmentize(inner.boundary, along_m))
    return np.vstack([_points_in(inner, _PLACES, least_m / 4), border])


def with_crew_starts(
    vehicles: tuple[Vehicle, ...],
    ground: BaseGeometry,
    target: BaseGeometry,
    *,
    closed: BaseGeometry,
    separation_m: float,
) -> tuple[Vehicle, ...]:
    """Give UAVs whose launch points were left open places where the crew can stand.

    Parameters
    ----------
    ground
        From `crew_ground`; empty leaves all as they are.
    closed
        No-fly zones with their buffers: nobody launches there.

    Raises
    ------
    InputError
        When no-fly zones leave nothing of it.
    """
    if ground.is_empty or all(vehicle.start_m is not None for vehicle in vehicles):
        return vehicles
    free = shapely.difference(ground, closed)
    if free.area <= 0:
        msg = "crew_area: it lies in no-fly zones: give ground outside them"
        raise InputError(msg)
    apart_m = _APART * separation_m
    places = _places_on(free, max(apart_m, 1.0))
    samples = _points_in(target, _SAMPLES)
    away_m = np.hypot(*(samples[:, None] - places[None]).transpose(2, 0, 1))
    given = [vehicle.start_m for vehicle in vehicles if vehicle.start_m is not None]
    nearest_m = np.full(len(samples), np.inf)
    room_m = np.full(len(places), np.inf)
    for place in given:
        nearest_m = np.minimum(nearest_m, np.hypot(*(samples - place).T))
        room_m = np.minimum(room_m, np.hypot(*(places - place).T))
    found = []
    for vehicle in vehicles:
        if vehicle.start_m is not None:
            found.append(vehicle)
            continue
        mean_m = np.minimum(away_m, nearest_m[:, None]).mean(axis=0)
        fits = room_m >= apart_m
        # where there is no room any more, as far from the others as there is
        chosen = int(np.argmin(np.where(fits, mean_m, np.inf)) if fits.any() else room_m.argmax())
        nearest_m = np.minimum(nearest_m, away_m[:, chosen])
        room_m = np.minimum(room_m, np.hypot(*(places - places[chosen]).T))
        start_m = (float(places[chosen, 0]), float(places[chosen, 1]))
        landing_m = start_m if vehicle.landing_m is None else vehicle.landing_m
        found.append(replace(vehicle, start_m=start_m, landing_m=landing_m))
    return tuple(found)
