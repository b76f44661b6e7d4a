"""Corridors: the only ways outside the area that a plan may use, each of them declared.

A launch or landing point outside the area is joined to it, and parts of the area that do not touch
are joined to each other, by the shortest way round the no-fly zones, `CORRIDOR_HALF_WIDTH_M` to
each side. The plan, its report and its geofence name them.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, Problem, Route, Sortie, Vehicle

CORRIDOR_HALF_WIDTH_M = 10.0
REACH_INSIDE_M = 1.0
"""How far a corridor reaches into the part that it leads to."""


def open_ground(shapes: list[BaseGeometry], no_fly: BaseGeometry) -> BaseGeometry:
    """Return the ground about some shapes, wide enough to go round every zone, less the zones."""
    everything = shapely.union_all([*shapes, no_fly])
    west, south, east, north = shapely.bounds(everything)
    margin = 10 * CORRIDOR_HALF_WIDTH_M
    return shapely.box(west - margin, south - margin, east + margin, north + margin).difference(
        no_fly
    )


def _entry(part: BaseGeometry, point: FloatArray) -> FloatArray:
    """Return the place in `part` nearest to `point`, a little inside."""
    inner = part.buffer(-REACH_INSIDE_M)
    onto = part if inner.is_empty else inner
    nearest = shapely.shortest_line(onto, shapely.Point(point))
    return np.asarray(shapely.get_coordinates(nearest)[0])


def corridor(
    start: FloatArray, end: FloatArray, no_fly: BaseGeometry, ground: FreeSpace
) -> BaseGeometry:
    """Make the corridor from `start` to `end`, both shape (2,), as one polygon.

    Raises
    ------
    InfeasibleError
        When no-fly zones shut one of the ends in.
    """
    way = shapely.LineString(ground.path(start, end))
    wide = way.buffer(CORRIDOR_HALF_WIDTH_M, quad_segs=4, join_style="mitre").difference(no_fly)
    for part in shapely.get_parts(wide):
        if part.covers(way):
            return part
    return way.buffer(0.05).difference(no_fly)


def access_corridor(
    name: str, point: tuple[float, float], allowed: BaseGeometry, no_fly: BaseGeometry
) -> BaseGeometry | None:
    """Join a launch or landing point to the allowed space; None where it already lies inside.

    Parameters
    ----------
    name
        Of the field, for the message.

    Raises
    ------
    InfeasibleError
    """
    place = np.array(point)
    if shapely.intersects_xy(allowed, *point):
        return None
    ground = FreeSpace(open_ground([allowed, shapely.Point(place)], no_fly))
    try:
        return corridor(place, _entry(allowed, place), no_fly, ground)
    except InfeasibleError as error:
        msg = f"{name}: no way from it to the area: no-fly zones shut it in; move it"
        raise InfeasibleError(msg) from error


def bridges(
    allowed: BaseGeometry, no_fly: BaseGeometry
) -> tuple[tuple[BaseGeometry, ...], tuple[BaseGeometry, ...]]:
    """Join the parts of the allowed space that do not touch: a spanning tree of corridors.

    Returns
    -------
    One polygon per bridge, and the parts that no-fly zones shut in, to which none leads.
    """
    parts = sorted(shapely.get_parts(allowed), key=lambda part: -part.area)
    if len(parts) < 2:
        return (), ()
    ground = FreeSpace(open_ground(parts, no_fly))
    joined, waiting = [parts[0]], parts[1:]
    found: list[BaseGeometry] = []
    shut_in: list[BaseGeometry] = []
    while waiting:
        gaps = [
            (shapely.distance(a, b), i, j)
            for i, a in enumerate(joined)
            for j, b in enumerate(waiting)
        ]
        _, i, j = min(gaps)
        a, b = joined[i], waiting.pop(j)
        facing = shapely.get_coordinates(shapely.shortest_line(a, b))
        try:
            found.append(corridor(_entry(a, facing[1]), _entry(b, facing[0]), no_fly, ground))
        except InfeasibleError:
            shut_in.append(b)
        else:
            joined.append(b)
    return tuple(found), tuple(shut_in)


def corridors_of(
    vehicles: tuple[Vehicle, ...],
    allowed: BaseGeometry,
    no_fly: BaseGeometry,
    between: tuple[BaseGeometry, ...],
) -> tuple[BaseGeometry | None, ...]:
    """Draw the corridors of each UAV: to its launch and landing point, and those between parts."""
    corridors: list[BaseGeometry | None] = []
    for i, vehicle in enumerate(vehicles):
        own = list(between)
        for name, place in (("start", vehicle.start_m), ("landing", vehicle.landing_m)):
            if place is not None:
                access = access_corridor(f"uavs[{i}].{name}_lon_lat_deg", place, allowed, no_fly)
                own += [] if access is None else [access]
        corridors.append(shapely.union_all(own) if own else None)
    return tuple(corridors)


def without_unused_corridors(
    problem: Problem, routes: Sequence[Route], sorties: Sequence[Sortie]
) -> Problem:
    """Keep, of each UAV's corridors, only those which its routes and flights use."""
    paths = [(route.uav, route.xy_m) for route in routes]
    paths += [(sortie.uav, sortie.xyz_m[:, :2]) for sortie in sorties]
    flown: list[list[BaseGeometry]] = [[] for _ in problem.vehicles]
    for uav, xy in paths:
        if len(xy) > 1:
            flown[uav].append(shapely.LineString(xy))
    kept: list[BaseGeometry | None] = []
    for legs, corridors in zip(flown, problem.corridors, strict=True):
        outside = shapely.union_all(legs).difference(problem.allowed)
        used = (
            []
            if corridors is None
            else [c for c in shapely.get_parts(corridors) if outside.intersects(c)]
        )
        kept.append(shapely.union_all(used) if used else None)
    return replace(problem, corridors=tuple(kept))
