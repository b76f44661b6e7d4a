"""Where the camera looks on each leg past a structure: one place a leg, so that autopilots keep it.

A region of interest turns nose and gimbal on both kinds of autopilot. Past a straight wall it lies
far behind the wall, so that the camera looks at it almost squarely all along the leg; round a
corner or a thing that is round it is that corner or the middle itself.
"""

import math

import numpy as np
import shapely

from mcpp.model import FloatArray, LegKind, Problem, Sortie, Wall

FAR_LEGS = 10.0
"""A place looked at past a straight wall lies so many lengths of the leg away: the camera is at
most 3 degrees from square."""
SHORT_PART = 0.5
"""A leg no longer than this part of the distance looks at the nearest place itself."""


def core_of(wall: Wall) -> shapely.Geometry:
    """Outline of a structure: a point, or a line along it."""
    return (
        shapely.Point(wall.core_m[0]) if len(wall.core_m) == 1 else shapely.LineString(wall.core_m)
    )


def looks_m(problem: Problem, sortie: Sortie) -> list[tuple[float, float, float] | None]:
    """For each leg of a sortie the place looked at, east, north, height; None on other legs.

    Legs between passes look where the pass before them did.
    """
    pitch = math.tan(math.radians(problem.vehicles[sortie.uav].gimbal_pitch_deg))
    ways = [shapely.LineString(wall.way_m) for wall in problem.walls]
    cores = [core_of(wall) for wall in problem.walls]
    found: list[tuple[float, float, float] | None] = []
    for leg, kind in enumerate(sortie.kind):
        a, b = sortie.xyz_m[leg], sortie.xyz_m[leg + 1]
        if kind != LegKind.SURVEY or not problem.walls:
            found.append(found[-1] if kind == LegKind.CONNECT and found else None)
            continue
        middle = (a + b) / 2
        place = shapely.Point(middle[:2])
        core = cores[int(np.argmin([way.distance(place) for way in ways]))]
        found.append(_look(core, place, middle, float(np.linalg.norm(b - a)), pitch))
    return found


def _look(
    core: shapely.Geometry, place: shapely.Point, middle: FloatArray, leg_m: float, pitch: float
) -> tuple[float, float, float]:
    near = shapely.get_coordinates(shapely.shortest_line(core, place))[0]
    ahead = near - middle[:2]
    away_m = math.hypot(*ahead)
    far_m = away_m if leg_m <= SHORT_PART * away_m else max(away_m, FAR_LEGS * leg_m)
    x, y = middle[:2] + ahead * (far_m / max(away_m, 1e-9))
    return round(float(x), 2), round(float(y), 2), round(float(middle[2] + far_m * pitch), 2)
