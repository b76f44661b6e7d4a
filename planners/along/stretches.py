"""The ground of corridors, divided along them: each UAV gets a stretch of its own.

Ground belongs to the place on the middle lines that is nearest to it, so that stretches are cut
across the corridor, share no ground and leave none out, however it bends.
"""

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment
from scipy.spatial import Voronoi
from shapely.geometry.base import BaseGeometry

from mcpp.model import FloatArray, IntArray, Problem
from mcpp.problem.space import polygons_only

PLACES = 3000
"""Along all corridors, between which they may be cut; finer than a quarter of a spacing is none."""
_FEWEST = 24


def _chained(lines: list[FloatArray]) -> list[FloatArray]:
    """Put lines end to end: after each the one that begins or ends nearest, turned to suit."""
    chain, waiting = [lines[0]], list(lines[1:])
    while waiting:
        at = chain[-1][-1]
        ends = np.array([(line[0], line[-1]) for line in waiting])
        away = np.hypot(*(ends - at).transpose(2, 0, 1))
        i, end = np.unravel_index(int(np.argmin(away)), away.shape)
        line = waiting.pop(int(i))
        chain.append(line[::-1] if end else line)
    return chain


class Stretches:
    """Divides the ground of a problem along its corridors.

    Attributes
    ----------
    places_m
        Shape (k, 2): places on the middle lines, in their order.
    area_m2
        Shape (k,): ground that belongs to each of them.
    order
        Shape (n,): UAVs in their order along the corridors.
    """

    def __init__(self, problem: Problem) -> None:
        self.target = problem.target
        lines = _chained([np.array(strip.line_m) for strip in problem.strips])
        drawn = [shapely.LineString(line) for line in lines]
        whole_m = sum(line.length for line in drawn)
        step_m = max(whole_m / PLACES, problem.spacing_m / 4)
        step_m = min(step_m, whole_m / (_FEWEST * len(problem.vehicles)))
        places = []
        for line in drawn:
            count = max(1, round(line.length / step_m))
            at = (np.arange(count) + 0.5) * line.length / count
            places.append(shapely.get_coordinates(shapely.line_interpolate_point(line, at)))
        found = np.vstack(places)
        _, first = np.unique(np.round(found, 6), axis=0, return_index=True)
        self.places_m: FloatArray = found[np.sort(first)]
        self.cells = _nearest(self.places_m, problem.target)
        self.area_m2: FloatArray = np.asarray(shapely.area(self.cells))
        self.order = self._order(problem)

    def _order(self, problem: Problem) -> IntArray:
        """Assign UAVs to stretches in order: each to one near where it starts."""
        count = len(problem.vehicles)
        piece = np.minimum(np.arange(len(self.places_m)) * count // len(self.places_m), count - 1)
        away = np.zeros((count, count))
        for i, vehicle in enumerate(problem.vehicles):
            if vehicle.start_m is not None:
                to_place = np.hypot(*(self.places_m - vehicle.start_m).T)
                away[i] = [to_place[piece == k].min() for k in range(count)]
        uav, place = linear_sum_assignment(away**2)
        order = np.empty(count, dtype=np.int32)
        order[place] = uav
        return order

    def regions(self, shares: FloatArray) -> tuple[BaseGeometry, ...]:
        """Divide the ground by shares that sum to 1: a region for each UAV."""
        if len(shares) == 1:
            return (self.target,)
        along = np.concatenate([[0.0], np.cumsum(self.area_m2)])
        wanted = np.concatenate([[0.0], np.cumsum(shares[self.order])]) * along[-1]
        cuts = np.searchsorted((along[:-1] + along[1:]) / 2, wanted)
        cuts[0], cuts[-1] = 0, len(self.cells)
        regions: list[BaseGeometry] = [shapely.MultiPolygon()] * len(shares)
        for k, uav in enumerate(self.order):
            own = self.cells[cuts[k] : cuts[k + 1]]
            if len(own):
                regions[int(uav)] = polygons_only(shapely.union_all(own))
        return tuple(regions)


def _nearest(places_m: FloatArray, target: BaseGeometry) -> np.ndarray:
    """Give each place the ground of the target that is nearest to it."""
    if len(places_m) < 2:
        return np.array([target], object)
    # far points beyond all ground make every cell that counts finite
    west, south, east, north = shapely.union(shapely.MultiPoint(places_m), target).bounds
    middle, far_m = np.array([west + east, south + north]) / 2, 10 * (east - west + north - south)
    around = middle + far_m * np.array([[-1, 0], [1, 0], [0, -1], [0, 1]])
    diagram = Voronoi(np.vstack([places_m, around]))
    corners = [diagram.regions[k] for k in diagram.point_region[: len(places_m)]]
    cells = [shapely.MultiPoint(diagram.vertices[own]).convex_hull for own in corners]
    shapely.prepare(target)
    found: np.ndarray = shapely.intersection(np.array(cells, object), target)
    return found
