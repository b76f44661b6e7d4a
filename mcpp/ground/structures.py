"""Structures in metres: their outline, the way flown past them, the ground they take."""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import GeometryError, InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import check_point, check_points, ring_polygon
from mcpp.limits import check_limits
from mcpp.model import FloatArray, Mission, Structure

BAND_M = 2.0
"""Width of the band about the way past a structure that counts as the ground of the mission."""
SAGITTA_M = 0.2
"""How far the chords of a round way may lie inside it."""


def _arc_segments(radius_m: float) -> int:
    """Count the chords of a quarter circle whose middles are no more than `SAGITTA_M` inside."""
    half_angle = math.acos(max(1 - SAGITTA_M / radius_m, 0.0))
    return max(2, math.ceil(math.pi / 4 / half_angle))


def structure_core(field: str, structure: Structure, frame: LocalFrame) -> BaseGeometry:
    """Make the outline of a structure in metres: a point, a polygon, or a line.

    Raises
    ------
    InputError, GeometryError
        Naming the field, and what would be right.
    """
    check_limits(structure, field)
    name, places = f"{field}.line_lon_lat_deg", structure.line_lon_lat_deg
    check_points(name, places)
    if structure.radius_m and structure.kind != "orbit":
        msg = f"{field}.radius_m: {structure.radius_m:g} m: only an orbit has one: leave it out"
        raise InputError(msg)
    if structure.kind == "perimeter":
        return ring_polygon(name, places, frame)
    if structure.kind == "orbit":
        if len(places) != 1:
            msg = f"{name}: it has {len(places)} points: an orbit goes round one"
            raise InputError(msg)
        check_point(f"{name}[0]", places[0])
        return shapely.Point(frame.to_m(places[0]))
    line = shapely.LineString(frame.to_m(places)) if len(places) > 1 else shapely.LineString()
    if line.length < 1.0:
        msg = f"{name}: a facade is a line: give two points or more that lie apart"
        raise InputError(msg)
    if not line.is_simple:
        msg = f"{name}: the line crosses or touches itself: cut it into several facades"
        raise GeometryError(msg)
    return line


def structure_way(field: str, structure: Structure, frame: LocalFrame) -> FloatArray:
    """Give the way past a structure in metres, shape (n, 2); a closed one repeats its first point.

    Raises
    ------
    InputError, GeometryError
    """
    core = structure_core(field, structure, frame)
    away_m = structure.distance_m + structure.radius_m
    segments = _arc_segments(away_m)
    if structure.kind == "facade":
        aside_m = away_m if structure.side == "left" else -away_m
        line = shapely.offset_curve(core, aside_m, quad_segs=segments, join_style="round")
        if line.geom_type != "LineString" or line.is_empty:
            msg = (
                f"{field}.distance_m: {away_m:g} m: no line runs so far beside the wall: give "
                "less, or cut the wall into several"
            )
            raise GeometryError(msg)
    else:
        line = core.buffer(away_m, quad_segs=segments).exterior
    return np.asarray(shapely.get_coordinates(line))


def structure_ground(
    field: str, structure: Structure, frame: LocalFrame
) -> tuple[BaseGeometry, BaseGeometry]:
    """Draw the band that is flown in, and what nothing may fly into.

    Raises
    ------
    InputError, GeometryError
    """
    core = structure_core(field, structure, frame)
    away_m = structure.distance_m + structure.radius_m
    band = shapely.LineString(structure_way(field, structure, frame)).buffer(
        BAND_M / 2, cap_style="flat"
    )
    return band, core.buffer(away_m - BAND_M / 2 - SAGITTA_M)


def bands(mission: Mission, frame: LocalFrame) -> list[BaseGeometry]:
    """Draw the bands past all structures of a mission.

    Raises
    ------
    InputError, GeometryError
    """
    return [
        structure_ground(f"structures[{i}]", one, frame)[0]
        for i, one in enumerate(mission.structures)
    ]
