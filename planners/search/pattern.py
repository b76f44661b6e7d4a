"""Fly a pattern of search crews: expanding square, sector search, parallel track, creeping line.

A fleet divides the pattern along its way into pieces that end together: rings of a square, sectors,
bands of parallel legs, so that each UAV has ground of its own. Legs are cut where no UAV may fly,
and the shortest legal way leads on to the next.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError, NoWayError
from mcpp.flight.cuts import without_straights
from mcpp.flight.legs import subdivided
from mcpp.ground.patterns import expanding_square, heading, sector_lines, sector_triangles
from mcpp.ground.shapes import area_shape
from mcpp.ground.transit import FreeSpace
from mcpp.model import Dropped, FloatArray, Mission, Problem, Route, Solution
from mcpp.planner import Observer, report_progress
from mcpp.problem.localize import frame_of
from mcpp.problem.pattern import Pattern, pattern_of
from mcpp.problem.space import space_of
from planners.search.share import Pieces, shared

INSET_M = 0.02
"""Legs end so far inside where they may run: no rounding takes their ends out."""
SHORTEST_M = 1.0
"""A shorter rest of a leg between two cuts is left out."""
_CUT_STEP_LINES = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternPlanner:
    """Flies the search pattern of a mission."""

    mission: Mission
    name: str = "pattern"

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        if len({vehicle.spacing_m for vehicle in problem.vehicles}) > 1:
            return "the UAVs have different line spacings, and a pattern has one"
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Lay the pattern, divide it, and lead its legs round what is closed.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        report_progress(observer, "search pattern", 0.0)
        reason = self.unsupported(problem)
        if reason is not None:
            raise InfeasibleError(f"search.kind: {reason}")
        frame = frame_of(self.mission)
        pattern = pattern_of(self.mission, frame, area_shape(self.mission, frame))
        if pattern is None:
            raise InfeasibleError("search: the mission has no pattern")
        legs = legs_of_pattern(pattern, problem)
        pieces = _pieces(legs, problem)
        if not len(pieces.ends_m):
            raise InfeasibleError("search: all legs of the pattern lie where no UAV may fly")
        spaces = [FreeSpace(space_of(problem, i)) for i in range(len(problem.vehicles))]
        parts = shared(pieces, problem, spaces)
        routes, dropped = [], list[Dropped]()
        for uav, (first, last) in enumerate(parts):
            route, lost = _strung(uav, pieces.ends_m[first:last], spaces[uav], problem)
            routes.append(route)
            dropped += lost
        report_progress(observer, "search pattern", 1.0)
        return Solution(planner=self.name, routes=tuple(routes), dropped=tuple(dropped))


def legs_of_pattern(pattern: Pattern, problem: Problem) -> list[list[FloatArray]]:
    """List the legs of a pattern in their order, (2, 2) each, in groups that no cut divides."""
    spacing_m, uavs = problem.spacing_m, len(problem.vehicles)
    if pattern.datum_m is not None and pattern.kind == "sector":
        triangles = sector_triangles(
            pattern.datum_m, pattern.direction_deg, pattern.extent_m, sector_lines(uavs)
        )
        return [[points[k : k + 2] for k in range(3)] for points in triangles]
    if pattern.datum_m is not None and pattern.kind == "expanding-square":
        half_m = pattern.extent_m
        if not math.isfinite(half_m):
            half_m = _farthest_m(pattern, problem.target)
        points = expanding_square(pattern.datum_m, pattern.direction_deg, spacing_m, half_m)
        return _divided(points, spacing_m)
    rows = parallel_rows(pattern, problem.target, spacing_m, _begin_m(pattern, problem))
    return [group for row in rows for group in _divided(row, spacing_m)]


def _divided(points: FloatArray, spacing_m: float) -> list[list[FloatArray]]:
    """Divide legs where the pattern may be handed from one UAV to the next."""
    step_m = max(_CUT_STEP_LINES * spacing_m, 10.0)
    fine, _ = subdivided(points, np.ones(len(points) - 1, dtype=np.bool_), step_m)
    return [[fine[k : k + 2]] for k in range(len(fine) - 1)]


def _farthest_m(pattern: Pattern, target: BaseGeometry) -> float:
    """Half the side of the square about the datum that holds the whole target."""
    away = shapely.get_coordinates(target) - pattern.datum_m
    ahead, aside = heading(pattern.direction_deg), heading(pattern.direction_deg + 90)
    return float(max(np.abs(away @ ahead).max(), np.abs(away @ aside).max()))


def _begin_m(pattern: Pattern, problem: Problem) -> FloatArray | None:
    if pattern.datum_m is not None:
        return pattern.datum_m
    starts = [vehicle.start_m for vehicle in problem.vehicles if vehicle.start_m is not None]
    return np.mean(starts, axis=0) if starts else None


def parallel_rows(
    pattern: Pattern, target: BaseGeometry, spacing_m: float, begin_m: FloatArray | None
) -> list[FloatArray]:
    """Lay parallel legs over ground, each from end to end, (2, 2): the first half a gap inside.

    They are as evenly apart as fits, at most a spacing, begin at the side nearer to `begin_m`, and
    run to and fro.
    """
    ahead, aside = heading(pattern.direction_deg), heading(pattern.direction_deg + 90)
    corners = shapely.get_coordinates(target)
    along, across = corners @ ahead, corners @ aside
    low, high = float(across.min()), float(across.max())
    count = max(1, math.ceil((high - low) / spacing_m - 1e-6))
    gap = (high - low) / count
    offsets = low + gap * (np.arange(count) + 0.5)
    if begin_m is not None and float(begin_m @ aside) > (low + high) / 2:
        offsets = offsets[::-1]
    begin, end = float(along.min()) - 1.0, float(along.max()) + 1.0
    rows = []
    for k, offset in enumerate(offsets):
        ends = (begin, end) if k % 2 == 0 else (end, begin)
        rows.append(np.array([offset * aside + where * ahead for where in ends]))
    return rows


def _pieces(groups: list[list[FloatArray]], problem: Problem) -> Pieces:
    """Cut legs to where they may run, in their order."""
    inner = shapely.buffer(problem.allowed, -INSET_M, join_style="mitre")
    room = shapely.intersection(inner, problem.target.buffer(problem.spacing_m))
    ends, group_of = [], []
    for number, group in enumerate(groups):
        for leg in group:
            inside = shapely.get_parts(shapely.intersection(shapely.linestrings(leg), room))
            lines = [part for part in inside if part.geom_type == "LineString" and part.length > 0]
            begin = shapely.Point(leg[0])
            away = [float(shapely.distance(begin, line)) for line in lines]
            for line in (lines[k] for k in np.argsort(away, kind="stable")):
                points = shapely.get_coordinates(line)[[0, -1]]
                if float((points[1] - points[0]) @ (leg[1] - leg[0])) < 0:
                    points = points[::-1]
                ends.append(points.ravel())
                group_of.append(number)
    return Pieces(np.array(ends).reshape(-1, 4), np.array(group_of, dtype=np.int32))


def _strung(
    uav: int, ends_m: FloatArray, space: FreeSpace, problem: Problem
) -> tuple[Route, list[Dropped]]:
    """Fly pieces one after the other, and say which no legal way leads to."""
    points, survey, dropped = list[FloatArray](), list[bool](), list[Dropped]()
    for line in _joined(ends_m):
        if points and np.hypot(*(points[-1] - line[0])) > 1e-6:
            try:
                way = space.path(points[-1], line[0])[1:]
            except NoWayError:
                dropped.append(_lost(line, problem.vehicles[uav].reach_m, problem.target))
                continue
            points += list(way)
            survey += [False] * len(way)
        elif not points:
            points.append(line[0])
        points.append(line[1])
        survey.append(True)
    if not points:
        return Route(uav=uav, xy_m=np.empty((0, 2)), survey=np.empty(0, bool)), dropped
    xy, mask = without_straights(np.array(points), np.array(survey, dtype=np.bool_))
    return Route(uav=uav, xy_m=xy, survey=mask, in_order=True), dropped


def _joined(ends_m: FloatArray) -> list[FloatArray]:
    """Join pieces on one straight that follow each other, and leave out what is too short."""
    lines = list[FloatArray]()
    for piece in ends_m.reshape(-1, 2, 2):
        if lines and np.hypot(*(lines[-1][1] - piece[0])) < 1e-6:
            before, step = lines[-1][1] - lines[-1][0], piece[1] - piece[0]
            cross = abs(float(before[0] * step[1] - before[1] * step[0]))
            if cross <= 1e-9 * np.hypot(*before) * np.hypot(*step) and before @ step > 0:
                lines[-1] = np.array([lines[-1][0], piece[1]])
                continue
        lines.append(piece)
    return [line for line in lines if np.hypot(*(line[1] - line[0])) >= SHORTEST_M]


def _lost(line: FloatArray, reach_m: float, target: BaseGeometry) -> Dropped:
    ground = shapely.intersection(shapely.LineString(line).buffer(reach_m), target)
    middle = line.mean(axis=0)
    return Dropped(
        area_m2=float(ground.area),
        x_m=float(middle[0]),
        y_m=float(middle[1]),
        reason="no legal way leads there from the rest of the pattern",
    )
