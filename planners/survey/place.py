"""One connected place to survey, with all that each layout of lines needs to know of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.transit import FreeSpace
from mcpp.model import BoolArray, FloatArray, IntArray
from planners.sweep.layout import polygons_of
from planners.sweep.lines import DRAW_IN_M, turned
from planners.sweep.raster import Raster, lay_raster, ring_edges

Watch = Callable[[], None]
"""Called between short pieces of work; raises to leave."""
Part = FloatArray
"""A polyline to be flown with the sensor at work, shape (n, 2)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flier:
    """What a tour is weighed by.

    Attributes
    ----------
    time_s
        Time from rest to rest along a polyline of shape (n, 2).
    stop_m
        What a right-angled corner costs, in metres at cruise speed.
    lasts_s
        Time that a tour takes at most if one battery is to be enough for it.
    landed_s
        Time of all flights over a tour that takes longer, by its points and survey mask.
    """

    spacing_m: float
    reach_m: float
    speed_m_s: float
    stop_m: float
    time_s: Callable[[FloatArray], float]
    lasts_s: float = math.inf
    landed_s: Callable[[FloatArray, BoolArray], float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """One connected place.

    Attributes
    ----------
    target
        What is to be covered and can be.
    inner
        Where legs may run; one Polygon.
    lines
        Where survey lines may run: inside the target and a hair inside `inner`.
    line_edges, target_edges
        Edges, shape (n, 4).
    """

    target: BaseGeometry
    inner: shapely.Polygon
    lines: BaseGeometry
    line_edges: FloatArray
    target_edges: FloatArray
    free: FreeSpace
    flier: Flier

    def raster(self, samples: int) -> Raster:
        """Lay about so many samples over the target, at most a twelfth of a spacing apart."""
        step_m = min(math.sqrt(self.target.area / samples), self.flier.spacing_m / 12)
        step_m = max(step_m, math.sqrt(self.target.area / (4 * samples)))
        return lay_raster(self.target, step_m, self.flier.reach_m)


def place_of(target: BaseGeometry, inner: shapely.Polygon, flier: Flier) -> Place | None:
    """Look at one connected place; None where no leg fits or nothing is to be covered."""
    near = polygons_of(
        shapely.intersection(target, shapely.buffer(inner, flier.reach_m, quad_segs=24))
    )
    draw = shapely.buffer(inner, -DRAW_IN_M, join_style="mitre")
    lines = polygons_of(shapely.intersection(draw, near))
    if near.area <= 1e-6 or lines.is_empty:
        return None
    return Place(
        target=near,
        inner=inner,
        lines=lines,
        line_edges=ring_edges(lines),
        target_edges=ring_edges(near),
        free=FreeSpace(inner),
        flier=flier,
    )


def parts_of(
    lines: IntArray, spans: FloatArray, heights: FloatArray, angle_rad: float
) -> list[Part]:
    """Make polylines of clipped rows, in the frame that is not turned."""
    y = heights[lines]
    ends = np.stack([spans[:, 0], y, spans[:, 1], y], axis=1).reshape(-1, 2)
    return list(turned(ends, angle_rad).reshape(-1, 2, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """A closed tour over one place.

    Attributes
    ----------
    xy_m, survey
        Shape (n, 2), the first point repeated; which legs survey, shape (n - 1,).
    """

    xy_m: FloatArray
    survey: BoolArray
    time_s: float


def flown_s(flier: Flier, loop: Loop) -> float:
    """Time of a tour, or of all flights over it where one battery is too little."""
    if flier.landed_s is None or loop.time_s <= flier.lasts_s:
        return loop.time_s
    return flier.landed_s(loop.xy_m, loop.survey)
