"""A mission's probability map as samples of its ground: polygons, a raster, or priority places."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError
from mcpp.ground.detection import Odds
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import ring_polygon
from mcpp.limits import check_limits
from mcpp.model import FloatArray, Mission, ProbabilityMap
from mcpp.problem.weights import raster_weights

SAMPLES = 12_000
"""Samples of the ground that is searched, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How the ground is sampled: about so many samples, in rows turned by an angle."""

    count: int = SAMPLES
    turn_rad: float = 0.0


_PLAIN = Sampling()


def has_odds(mission: Mission) -> bool:
    """Tell whether a mission says where to look first."""
    return mission.probability is not None or bool(mission.priority_lon_lat_deg)


def odds_of(
    mission: Mission, frame: LocalFrame, ground: BaseGeometry, sampling: Sampling = _PLAIN
) -> Odds | None:
    """Sample where what a mission searches for may be.

    Parameters
    ----------
    ground
        What is searched, (Multi)Polygon in metres: what lies outside can not be found.

    Returns
    -------
    None where the mission does not say.

    Raises
    ------
    InputError
        Naming what is wrong with the map.
    """
    chances = mission.probability
    if chances is None:
        if not mission.priority_lon_lat_deg:
            return None
        places = frame.to_m(mission.priority_lon_lat_deg)
        inside = shapely.intersects_xy(ground, places)
        mass = np.full(len(places), 1.0 / len(places))
        return Odds(places[inside], mass[inside], np.zeros(int(inside.sum())))
    _check(mission, chances)
    if chances.raster is not None:
        xy, mass, area = raster_weights(chances.raster, frame, ground, sampling.count)
        return Odds(xy, mass, area, chances.detection)
    return _of_areas(chances, frame, ground, sampling)


def _check(mission: Mission, chances: ProbabilityMap) -> None:
    if mission.priority_lon_lat_deg:
        raise InputError(
            "priority_lon_lat_deg: the mission has a probability map too: give these places as "
            "areas of it"
        )
    check_limits(chances, "probability")
    if chances.raster is not None and chances.areas:
        raise InputError("probability: it has areas and a raster: give one of them")
    if chances.raster is None and not chances.areas:
        raise InputError(
            "probability.areas: there is none: give polygons with weights, or a raster"
        )
    if chances.raster is not None and chances.elsewhere_weight > 0:
        raise InputError(
            "probability.elsewhere_weight: a raster has weights for all ground: leave it 0"
        )
    for i, area in enumerate(chances.areas):
        check_limits(area, f"probability.areas[{i}]")


def _of_areas(
    chances: ProbabilityMap, frame: LocalFrame, ground: BaseGeometry, sampling: Sampling
) -> Odds:
    shapes = [
        ring_polygon(f"probability.areas[{i}].outer_lon_lat_deg", area.outer_lon_lat_deg, frame)
        for i, area in enumerate(chances.areas)
    ]
    total = sum(area.weight for area in chances.areas) + chances.elsewhere_weight
    xy, each_m2 = samples_in(ground, sampling)
    mass = np.zeros(len(xy))
    extra_xy, extra_mass, extra_m2 = [np.empty((0, 2))], [np.empty(0)], [np.empty(0)]

    def spread(shape: BaseGeometry, inside_m2: float, part: float) -> None:
        """Give a part of all to the samples in a shape, or to one in its middle."""
        hit = shapely.contains_xy(shape, xy)
        if hit.any():
            mass[hit] += part / int(hit.sum())
        elif inside_m2 > 0:
            point = shapely.intersection(shape, ground).representative_point()
            extra_xy.append(np.array([[point.x, point.y]]))
            extra_mass.append(np.array([part]))
            extra_m2.append(np.array([inside_m2]))

    for shape, area in zip(shapes, chances.areas, strict=True):
        shapely.prepare(shape)
        inside_m2 = float(shapely.intersection(shape, ground).area)
        spread(shape, inside_m2, area.weight / total * inside_m2 / shape.area)
    if chances.elsewhere_weight > 0:
        rest = ground.difference(shapely.union_all(shapes))
        spread(rest, float(rest.area), chances.elsewhere_weight / total)
    some = mass > 0
    if not some.any() and not extra_mass[1:]:
        raise InputError(
            "probability.areas: none of them lies on the ground that is searched: are they those "
            "of another area?"
        )
    area_m2 = np.full(int(some.sum()), each_m2)
    return Odds(
        np.vstack([xy[some], *extra_xy]),
        np.concatenate([mass[some], *extra_mass]),
        np.concatenate([area_m2, *extra_m2]),
        chances.detection,
    )


def samples_in(ground: BaseGeometry, sampling: Sampling) -> tuple[FloatArray, float]:
    """Lay an even lattice of samples over some ground.

    Returns
    -------
    Places, shape (n, 2), and the ground that each stands for, in square metres.
    """
    step_m = math.sqrt(ground.area / sampling.count)
    cosine, sine = math.cos(sampling.turn_rad), math.sin(sampling.turn_rad)
    turn = np.array([[cosine, sine], [-sine, cosine]])
    west, south, east, north = shapely.bounds(shapely.transform(ground, lambda xy: xy @ turn.T))
    x = np.arange(west + step_m / 2, east, step_m)
    y = np.arange(south + step_m / 2, north, step_m)
    xy = np.column_stack([axis.ravel() for axis in np.meshgrid(x, y)]) @ turn
    inside = xy[shapely.contains_xy(ground, xy)]
    if not len(inside):
        point = ground.representative_point()
        inside = np.array([[point.x, point.y]])
    return inside, float(ground.area) / len(inside)
