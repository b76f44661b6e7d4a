"""Lay parallel lines and a way back along the border, and string them to a tour."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.transit import FreeSpace
from mcpp.model import FloatArray, IntArray
from planners.sweep.lines import (
    DRAW_IN_M,
    clip_lines,
    line_heights,
    trim_lines,
    turned,
    within,
)
from planners.sweep.order import order_parts
from planners.sweep.paint import paint_loop
from planners.sweep.polish import Tour, new_tour
from planners.sweep.raster import OUTSIDE, Raster, lay_raster, ring_edges
from planners.sweep.weigh import FREE, Physics

INSET_M = 0.01
"""How far inside the border of where legs may run all legs stay, against rounding."""

CORE_PRICES = ((0.001, 0.01, 0.03), (3.5, 2.0, 1.5))
"""Price of deep ground farther than half a spacing from all legs, by the share that may be lost:
who asks for less coverage wants a short flight. Where 99.9 % is asked on the published areas, 1.1 %
of the deep ground is farther than 0.52 spacings from all legs (of the paper's own tours: 1.4 %)."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One connected place to survey, with all that each layout needs to know of it.

    Attributes
    ----------
    target
        What is to be covered and can be: nothing of it is out of reach.
    area_m2
        Of `target`.
    inner
        Where legs run, drawn in by `INSET_M`; one Polygon.
    draw
        Where survey lines run: a little farther inside.
    edges, draw_edges, target_edges
        Edges, shape (n, 4), of `inner`, of where survey lines run, and of `target`.
    ring
        Shape (n, 2), closed: `reach_m` inside the border of the target; empty where there is none.
    core
        Samples deeper inside the target than reach; a leg covers what is within half a spacing.
    core_price
        Price of ground deep inside that lies farther than half a spacing from all legs, in neutral
        prices.
    """

    target: BaseGeometry
    area_m2: float
    inner: shapely.Polygon
    draw: BaseGeometry
    free: FreeSpace
    edges: FloatArray
    draw_edges: FloatArray
    target_edges: FloatArray
    ring: FloatArray
    coarse: Raster
    core: Raster
    points: FloatArray
    spacing_m: float
    reach_m: float
    physics: Physics
    core_price: float = CORE_PRICES[1][0]

    @property
    def ramp_m(self) -> float:
        """What a stop costs, in metres at cruise speed."""
        return self.physics.ramp_m


def _largest(shape: BaseGeometry) -> shapely.Polygon | None:
    parts = [p for p in shapely.get_parts(shape) if isinstance(p, shapely.Polygon) and p.area > 0]
    return max(parts, key=lambda part: float(part.area)) if parts else None


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a geometry, as one (Multi)Polygon."""
    parts = [p for p in shapely.get_parts(shape) if isinstance(p, shapely.Polygon) and p.area > 0]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _inner_ring(target: BaseGeometry, draw: BaseGeometry, reach_m: float) -> FloatArray:
    eroded = shapely.buffer(target, -reach_m, join_style="mitre")
    part = _largest(shapely.intersection(eroded, draw))
    if part is None:
        return np.empty((0, 2))
    part = _largest(shapely.simplify(part, 0.02 * reach_m))
    if part is None or not draw.covers(part.exterior):
        return np.empty((0, 2))
    return np.asarray(shapely.get_coordinates(part.exterior))


def survey_ground(
    target: BaseGeometry,
    inner: shapely.Polygon,
    *,
    spacing_m: float,
    reach_m: float,
    physics: Physics,
    samples: int,
) -> Ground | None:
    """Look at one connected place; None where no leg fits or nothing is to be covered.

    Parameters
    ----------
    inner
        Where legs run.
    """
    near = polygons_of(shapely.intersection(target, shapely.buffer(inner, reach_m, quad_segs=24)))
    draw = shapely.buffer(inner, INSET_M - DRAW_IN_M, join_style="mitre")
    area = float(near.area)
    if area <= 1e-6 or draw.is_empty:
        return None
    step = min(max(math.sqrt(area / samples), spacing_m / 20), spacing_m / 5)
    coarse = lay_raster(near, min(step, math.sqrt(area) / 20), reach_m)
    if coarse.samples == 0:
        return None
    return Ground(
        target=near,
        area_m2=area,
        inner=inner,
        draw=draw,
        free=FreeSpace(inner),
        edges=ring_edges(inner),
        draw_edges=ring_edges(draw),
        target_edges=ring_edges(near),
        ring=_inner_ring(near, draw, reach_m),
        coarse=coarse,
        core=_core_raster(near, spacing_m, reach_m),
        points=coarse.points(),
        spacing_m=spacing_m,
        reach_m=reach_m,
        physics=physics,
    )


def with_core_price(ground: Ground, lost_share: float) -> Ground:
    """Price legs too far apart by the share of the ground that may be lost; see `CORE_PRICES`."""
    return replace(ground, core_price=float(np.interp(lost_share, *CORE_PRICES)))


def give_up_rim(ground: Ground, share: float) -> Ground:
    """Leave a strip along the border out of what the lines must cover, `share` of the area.

    Lines laid for the rest keep their spacing; the strip is the cheapest ground to lose.
    """
    low, high = 0.0, ground.reach_m
    for _ in range(12):
        middle = (low + high) / 2
        left = shapely.buffer(ground.target, -middle, join_style="mitre").area
        low, high = (middle, high) if left > (1 - share) * ground.area_m2 else (low, middle)
    if low <= 0.01 * ground.reach_m:
        return ground
    core_target = polygons_of(shapely.buffer(ground.target, -low, join_style="mitre"))
    if core_target.is_empty:
        return ground
    x, y = ground.points.T
    return replace(
        ground,
        target_edges=ring_edges(core_target),
        ring=_inner_ring(core_target, ground.draw, ground.reach_m),
        points=np.ascontiguousarray(ground.points[shapely.contains_xy(core_target, x, y)]),
        core=_core_raster(core_target, ground.spacing_m, ground.reach_m),
    )


def _core_raster(target: BaseGeometry, spacing_m: float, reach_m: float) -> Raster:
    deep = shapely.buffer(target, -reach_m)
    core = lay_raster(deep if deep.area > 0 else target, spacing_m / 10, 0.505 * spacing_m)
    if deep.area > 0:
        return core
    core.blank[:] = OUTSIDE
    return Raster(core.blank, core.frame, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Parts of a tour and their order.

    Attributes
    ----------
    parts
        Polylines, each of shape (n, 2); survey lines have two points, the chain, if any, is last.
    entry
        The end at which each part is entered, in order: 2 e for the first point of part e.
    worth
        Estimated flight time of the finished tour, in metres at cruise speed: lower is better.
    """

    ground: Ground
    angle_rad: float
    parts: tuple[FloatArray, ...]
    has_chain: bool
    entry: IntArray
    worth: float


def _chains(ring: FloatArray) -> list[FloatArray]:
    """Split a ring, turned, at its top and its bottom."""
    points = ring[:-1]
    points = np.roll(points, -int(np.argmax(points[:, 1])), axis=0)
    low = int(np.argmin(points[:, 1]))
    return [points[: low + 1], np.vstack([points[low:], points[:1]])]


def _limits(chain: FloatArray, ground: Ground, *, outside_left: bool) -> FloatArray:
    """How far from each leg of a chain the ground is taken from the lines, on both sides.

    All on the border's side, the corners too: what is left there is cheaper to mend by a detour of
    the chain than by a line. Half a spacing on the other, so that a line beside the chain is a
    neighbour at one spacing.
    """
    legs = len(chain) - 1
    inside = np.full(legs, ground.spacing_m / 2)
    outside = np.full(legs, 1.7 * ground.reach_m)
    return np.stack([outside, inside] if outside_left else [inside, outside])


def lay_parts(
    ground: Ground, angle_rad: float, phase: float, chain_side: int | None
) -> tuple[list[FloatArray], bool] | None:
    """Lines at one angle, trimmed to what they must cover; the chain last, if one is asked for."""
    target_y = turned(ground.target_edges[:, :2], -angle_rad)[:, 1]
    edges = np.hstack(
        [turned(ground.draw_edges[:, :2], -angle_rad), turned(ground.draw_edges[:, 2:], -angle_rad)]
    )
    heights = line_heights(
        float(target_y.min()), float(target_y.max()), ground.spacing_m, ground.reach_m, phase
    )
    points = turned(ground.points, -angle_rad)
    taken = np.zeros(len(points), dtype=np.bool_)
    chain = None
    if chain_side is not None:
        if len(ground.ring) < 4:
            return None
        ring = turned(ground.ring, -angle_rad)
        chain = _chains(ring)[chain_side]
        outside_left = not shapely.is_ccw(shapely.linearrings(ring))
        taken = within(points, chain, _limits(chain, ground, outside_left=bool(outside_left)))
    lines, spans = clip_lines(edges, heights)
    ends = trim_lines(points, taken, heights, lines, spans, ground.reach_m)
    parts = [turned(end.reshape(2, 2), angle_rad) for end in ends]
    if chain is not None:
        parts.append(turned(chain, angle_rad))
    return parts, chain is not None


def string_parts(
    ground: Ground,
    angle_rad: float,
    parts: list[FloatArray],
    *,
    has_chain: bool,
    starts: int,
    kicks: int,
    seed: int,
    loss: float,
    watch: Callable[[], None],
) -> Layout:
    """Order the parts and estimate what the tour will cost.

    Parameters
    ----------
    loss
        Price of ground not yet covered, m per m2.
    watch
        Called between short pieces of work; raises to leave.
    """
    ends = np.array([point for part in parts for point in (part[0], part[-1])])
    way = ground.free.distances_among(ends, watch)
    entry, ways_m = order_parts(way, starts=starts, kicks=kicks, seed=seed)
    flown = sum(float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in parts)
    counts = ground.coarse.blank.copy()
    uncovered = ground.coarse.samples
    corners = []
    for end in entry:
        part = parts[end // 2]
        corners.append(part if end % 2 == 0 else part[::-1])
    uncovered += paint_loop(counts, ground.coarse.frame, np.vstack([*corners, corners[0][:1]]), 1)
    worth = flown + ways_m + 2 * ground.ramp_m * len(parts)
    worth += loss * uncovered * ground.coarse.step_m**2
    return Layout(ground, angle_rad, tuple(parts), has_chain, entry, worth)


def string_tour(ground: Ground, layout: Layout) -> Tour:
    """Make the tour of a layout: its parts joined by shortest legal ways."""
    corners: list[FloatArray] = []
    kinds: list[int] = []
    lines = 0
    for k, end in enumerate(layout.entry):
        part = layout.parts[end // 2]
        way = part if end % 2 == 0 else part[::-1]
        last = layout.entry[k - 1]
        before = layout.parts[last // 2][-1 if last % 2 == 0 else 0]
        joint = ground.free.path(before, way[0])[1:-1]
        corners.extend(joint)
        kinds.extend([FREE] * len(joint))
        is_chain = layout.has_chain and end // 2 == len(layout.parts) - 1
        if is_chain or np.hypot(*(way[-1] - way[0])) < 1.0:
            way = way if is_chain else way[:1]
            kinds.extend([FREE] * len(way))
        else:
            kinds.extend([lines, lines])
            lines += 1
        corners.extend(way)
    direction = np.array([[math.cos(layout.angle_rad), math.sin(layout.angle_rad)]])
    return new_tour(
        np.array(corners),
        np.array(kinds, dtype=np.int32),
        np.repeat(direction, max(lines, 1), axis=0),
    )
