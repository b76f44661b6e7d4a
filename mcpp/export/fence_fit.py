"""Fits the polygons of a fence into a target's number of points, to the safe side only.

In this order, as far as needed: outlines are simplified outward; small zones become circles, which
count as two points; then larger ones; then near ones are merged. None of it may cover a leg.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.export.targets import fence_points

SMALL_M = 15.0
"""Zones in a circle of this radius are drawn as that circle before others are simplified."""
ROUND_SLACK_M = 0.03
"""What a circle is larger than the zone that it holds: its centre is rounded."""
CLEAR_M = 0.02
MOST_MERGED = 300
MOST_PAIRS = 500
"""Zones that merging is tried for, and pairs of them, the nearest first."""

_STEPS_M = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 70.0, 100.0)
_LAST_STEPS_M = (150.0, 200.0, 300.0, 500.0, 1000.0)


@dataclass(slots=True)
class Draft:
    """A fence polygon being simplified.

    Attributes
    ----------
    true, shape
        What it must hold, and what is drawn.
    legs
        What it must not cover; None for the inclusion, which holds them.
    disc
        Centre and radius of the circle that is drawn in its place.
    coarser, around
        What `simplify` and `bounding_disc` found, kept when it begins again.
    """

    true: Polygon
    shape: Polygon
    legs: BaseGeometry | None
    name: str
    step: int = 0
    stuck: bool = False
    disc: tuple[float, float, float] | None = None
    coarser: dict[int, tuple[Polygon, bool]] = field(default_factory=dict)
    around: list[tuple[float, float, float] | None] = field(default_factory=list)

    @property
    def corners(self) -> int:
        """Corners of the outline."""
        return len(self.shape.exterior.coords) - 1

    def reset(self) -> None:
        """Begin again with the true outline."""
        self.shape, self.step, self.stuck, self.disc = self.true, 0, False, None

    def simplify(self) -> None:
        """Take the next coarser outline that saves corners and covers no leg, if there is one."""
        steps = _STEPS_M if self.legs is not None else _STEPS_M + _LAST_STEPS_M
        while self.step < len(steps):
            if self.step not in self.coarser:
                outline = outward(self.true, steps[self.step])
                self.coarser[self.step] = outline, self._clear(outline)
            coarser, clear = self.coarser[self.step]
            self.step += 1
            saves = len(coarser.exterior.coords) - 1 < self.corners
            if saves and clear:
                self.shape = coarser
                return
        hull = self.true.convex_hull
        if (
            isinstance(hull, Polygon)
            and self._clear(hull)
            and len(hull.exterior.coords) - 1 < self.corners
        ):
            self.shape = hull
        self.stuck = True

    def _clear(self, outline: Polygon) -> bool:
        """Tell whether it covers no leg; the legs are prepared, and so asked."""
        return self.legs is None or not self.legs.intersects(outline)

    def bounding_disc(self) -> tuple[float, float, float] | None:
        """Find the least circle about it, unless that covers a leg."""
        if not self.around:
            self.around.append(self._least_disc())
        return self.around[0]

    def _least_disc(self) -> tuple[float, float, float] | None:
        centre = shapely.centroid(shapely.minimum_bounding_circle(self.true))
        corners = shapely.get_coordinates(self.true.exterior)
        radius_m = float(np.hypot(*(corners - (centre.x, centre.y)).T).max()) + ROUND_SLACK_M
        if self.legs is not None and self.legs.distance(centre) <= radius_m + CLEAR_M:
            return None
        return centre.x, centre.y, radius_m


def outward(shape: Polygon, tolerance_m: float) -> Polygon:
    """Outline with fewer corners that holds `shape` and reaches at most some tolerances further.

    The shape is grown by the tolerance and then simplified by it, so that what the simplifying
    cuts off is only what was grown (Douglas and Peucker, 1973). Holes are filled.
    """
    filled = Polygon(shape.exterior)
    grown = filled.buffer(tolerance_m, join_style="mitre", mitre_limit=2.0)
    coarse = Polygon(grown.exterior).simplify(tolerance_m * 0.98)
    if isinstance(coarse, Polygon) and coarse.is_valid and coarse.contains(filled):
        return coarse
    return Polygon(grown.exterior)


def points_of(drafts: Sequence[Draft], circles: int) -> int:
    """Count the points of some drafts and of `circles` more circles."""
    sizes = tuple(draft.corners for draft in drafts if draft.disc is None)
    return fence_points(sizes, circles + len(drafts) - len(sizes))


def fit(
    inclusion: Draft, exclusions: Sequence[Draft], circles: int, budget: int
) -> list[Draft] | None:
    """Fit a fence into `budget` points.

    Returns
    -------
    The exclusions, perhaps fewer; None where they do not fit.
    """
    found = list(exclusions)
    while True:
        for largest_m in (0.0, SMALL_M, np.inf):
            for draft in (inclusion, *found):
                draft.reset()
            _round(inclusion, found, circles, budget, largest_m)
            if _reduce(inclusion, found, circles, budget):
                return found
        merged = _merged(found)
        if merged is None:
            return None
        found = merged


def _reduce(inclusion: Draft, exclusions: Sequence[Draft], circles: int, budget: int) -> bool:
    """Simplify until the drafts fit, always the one with most corners. Says whether they do."""
    drafts = [inclusion, *exclusions]
    while points_of(drafts, circles) > budget:
        left = [d for d in drafts if not d.stuck and d.disc is None and d.corners > 4]
        if not left:
            return False
        max(left, key=lambda draft: draft.corners).simplify()
    return True


def _round(
    inclusion: Draft, exclusions: Sequence[Draft], circles: int, budget: int, largest_m: float
) -> None:
    """Draw zones as circles of up to a radius, those first that grow least, until they fit."""
    worth = []
    for i, draft in enumerate(exclusions):
        disc = draft.bounding_disc() if largest_m > 0 else None
        if disc is not None and disc[2] <= largest_m:
            worth.append((np.pi * disc[2] ** 2 - draft.true.area, i, disc))
    for _, i, disc in sorted(worth):
        if points_of([inclusion, *exclusions], circles) <= budget:
            return
        exclusions[i].disc = disc


def _merged(exclusions: Sequence[Draft]) -> list[Draft] | None:
    """Merge the two nearest whose common hull covers no leg; None where there are no such two."""
    if not 2 <= len(exclusions) <= MOST_MERGED:
        return None
    pairs = np.array(list(itertools.combinations(range(len(exclusions)), 2)))
    shapes = np.array([draft.true for draft in exclusions], dtype=object)
    away = shapely.distance(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    for i, j in pairs[np.argsort(away, kind="stable")[:MOST_PAIRS]].tolist():
        one, two = exclusions[i], exclusions[j]
        hull = shapely.union(one.true, two.true).convex_hull
        if isinstance(hull, Polygon) and not (one.legs and one.legs.intersects(hull)):
            name = f"{one.name}, {two.name}"
            rest = [draft for k, draft in enumerate(exclusions) if k not in (i, j)]
            return [*rest, Draft(true=hull, shape=hull, legs=one.legs, name=name)]
    return None


def disc_shape(disc: tuple[float, float, float]) -> BaseGeometry:
    """Draw a circle from inside, to see what it covers."""
    return Point(disc[:2]).buffer(disc[2], quad_segs=32)
