"""The yardstick of mapping: plain parallel lines, and how often photos see each place."""

import math

import numpy as np
import shapely
import shapely.affinity

from mcpp.ground.coverage import ring_edges
from mcpp.ground.kinematics import route_time_s
from mcpp.ground.transit import FreeSpace
from mcpp.ground.views import count_views
from mcpp.model import Problem, Route, ViewFigures

SIDELAP, FRONTLAP, IMAGE_RATIO = 0.7, 0.75, 1.5
"""Of the camera that is put under a UAV whose mission names none: 3:2, long side across."""
ANGLE_STEP_DEG = 5.0
MIN_VIEWS = 8


def _lines(problem: Problem, angle: float) -> list[list[np.ndarray]]:
    """Lines at one angle, clipped at the border: of each row the pieces from left to right."""
    spacing = problem.spacing_m
    turned = shapely.affinity.rotate(problem.target, -angle, origin=(0, 0), use_radians=True)
    room = shapely.affinity.rotate(
        problem.allowed.buffer(-0.05), -angle, origin=(0, 0), use_radians=True
    )
    west, south, east, north = turned.bounds
    count = max(1, math.ceil((north - south) / spacing - 1e-6))
    rows = []
    for k in range(count):
        y = south + (k + 0.5) * (north - south) / count
        cut = shapely.intersection(room, shapely.LineString([(west - 1, y), (east + 1, y)]))
        pieces = [p for p in shapely.get_parts(cut) if p.length > 0]
        pieces.sort(key=lambda p: p.bounds[0])
        rows.append([_back(shapely.get_coordinates(p)[[0, -1]], angle) for p in pieces])
    return [row for row in rows if row]


def _back(xy: np.ndarray, angle: float) -> np.ndarray:
    c, s = math.cos(angle), math.sin(angle)
    return np.stack([c * xy[:, 0] - s * xy[:, 1], s * xy[:, 0] + c * xy[:, 1]], axis=1)


def _to_and_fro(rows: list[list[np.ndarray]], space: FreeSpace) -> Route:
    """Fly row by row, to and fro, on the shortest legal ways, and home again."""
    flown: list[np.ndarray] = []
    for k, row in enumerate(rows):
        flown += row if k % 2 == 0 else [piece[::-1] for piece in reversed(row)]
    xy, survey = [flown[0][0]], []
    for k, piece in enumerate(flown):
        xy.append(piece[-1])
        survey.append(True)
        way = space.path(piece[-1], flown[(k + 1) % len(flown)][0])
        xy += list(way[1:])
        survey += [False] * (len(way) - 1)
    return Route(uav=0, xy_m=np.array(xy), survey=np.array(survey, dtype=bool))


def time_s(route: Route, problem: Problem) -> float:
    """Time at the vehicle's own speed and corners, from rest to rest."""
    vehicle = problem.vehicles[route.uav]
    return route_time_s(
        route.xy_m,
        speed_m_s=vehicle.speed_m_s,
        acceleration_m_s2=vehicle.acceleration_m_s2,
        turn=vehicle.turn,
        turn_radius_m=vehicle.turn_radius_m,
        motion=vehicle.motion,
    )


def plain_sweep(problem: Problem) -> Route:
    """Fly plain parallel lines at the best of many angles, evenly spaced, clipped at the border."""
    space = FreeSpace(problem.allowed)
    edges = ring_edges(problem.target)
    along = np.arctan2(edges[:, 3] - edges[:, 1], edges[:, 2] - edges[:, 0])
    length = np.hypot(edges[:, 3] - edges[:, 1], edges[:, 2] - edges[:, 0])
    longest = along[np.argsort(-length)[:8]]
    angles = np.concatenate([np.radians(np.arange(0, 180, ANGLE_STEP_DEG)), longest])
    found = [_to_and_fro(_lines(problem, float(angle)), space) for angle in angles]
    return min(found, key=lambda route: time_s(route, problem))


def photos_m(routes: list[Route], spacing_m: float) -> np.ndarray:
    """Footprints of all photos along the survey legs, shape (n, 4, 2)."""
    across = spacing_m / (1 - SIDELAP)
    along = across / IMAGE_RATIO
    trigger = along * (1 - FRONTLAP)
    found = []
    for route in routes:
        for a, b in zip(route.xy_m[:-1][route.survey], route.xy_m[1:][route.survey], strict=True):
            length = math.dist(a, b)
            if length < 1e-6:
                continue
            u = (b - a) / length
            at = a + np.arange(0.0, length + 1e-9, trigger)[:, None] * u
            across_u = np.array([-u[1], u[0]])
            corners = [
                i * along / 2 * u + j * across / 2 * across_u
                for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ]
            found.append(at[:, None, :] + np.array(corners)[None])
    return np.concatenate(found)


def views(problem: Problem, routes: list[Route]) -> ViewFigures:
    """Count how many photos see each place."""
    step = max(problem.spacing_m / 8, math.sqrt(problem.target.area / 300_000))
    seen = count_views(photos_m(routes, problem.spacing_m), problem.target, step_m=step)
    figures = seen.figures(MIN_VIEWS)
    assert figures is not None
    return figures
