"""Move the borders between regions: a strip along what two share passes from one to the other.

The border keeps its shape and moves evenly, so that the time over either region changes as its area
does; a new division of a lattice changes both shapes, and with them the tours.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.overlay import GRAIN_M, joined_ground, shared_ground
from mcpp.model import FloatArray
from mcpp.stops import heed

BESIDE_M = 0.01
"""Regions whose borders lie within this share them."""
CRUMB_M2 = 1e-3
"""What is smaller is no part of a region but comes of rounding."""
CLOSE = 0.02
"""A strip may differ from what is wanted by this part of it."""
MOST_GIVEN = 0.5
"""Of a region that passes on at a time."""
_LOOKS = 24


def borders_m(regions: Sequence[BaseGeometry]) -> FloatArray:
    """Measure the border that each two regions share, shape (n, n)."""
    count = len(regions)
    lines = [shapely.boundary(region) for region in regions]
    around = [shapely.buffer(line, BESIDE_M, quad_segs=1) for line in lines]
    tree = shapely.STRtree(around)
    shared_m = np.zeros((count, count))
    for i, j in zip(*tree.query(lines, predicate="intersects"), strict=True):
        if i < j:
            shared_m[i, j] = shapely.length(shapely.intersection(lines[i], around[j]))
    shared_m[shared_m < 10 * BESIDE_M] = 0.0  # they meet at a corner
    return np.asarray(shared_m + shared_m.T)


def flows(changes: FloatArray, borders_m: FloatArray) -> FloatArray:
    """Tell what each region passes to each other one, shape (n, n), so that all change as wanted.

    The least sum of squares, each by the length of the border: much ground goes over long borders.
    Where no border leads from who has too much to who has too little, what can be done is.

    Parameters
    ----------
    changes
        Shape (n,): what each gains; losses are below 0.
    """
    laplacian = np.diag(borders_m.sum(axis=1)) - borders_m
    height = np.linalg.pinv(laplacian, hermitian=True) @ changes
    passed = borders_m * (height[None, :] - height[:, None])
    return np.asarray(np.maximum(passed, 0.0))


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(shape)
    return [p for p in parts if p.geom_type == "Polygon" and p.area > CRUMB_M2]


def _joined(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    return shapely.MultiPolygon(list(parts)) if len(parts) != 1 else parts[0]


def _wide_parts(shape: BaseGeometry, neck_m: float) -> int:
    """Count the parts that are left where all that is narrower is taken out."""
    wide = shapely.buffer(shape, -neck_m / 2, quad_segs=4)
    return sum(part.area > neck_m**2 for part in _parts(wide))


def _strip_passed(
    giver: BaseGeometry, taker: BaseGeometry, width_m: float
) -> tuple[BaseGeometry, BaseGeometry]:
    """Pass what lies within a width of the taker; what that cuts off goes along."""
    near = shapely.buffer(taker, width_m, join_style="mitre", mitre_limit=2.0)
    strip = shared_ground(giver, near)
    joined = joined_ground([taker, *_parts(strip)])
    # beyond a zone the strip does not touch the taker
    grown = [part for part in _parts(joined) if shapely.intersects(part, taker)]
    kept = _parts(shapely.difference(giver, _joined(grown), grid_size=GRAIN_M))
    kept.sort(key=lambda part: -part.area)
    staying = kept[: len(_parts(giver))]
    taken = _joined(grown)
    if len(staying) < len(kept):
        taken = joined_ground([*grown, *kept[len(staying) :]])
    return _joined(staying), taken


def passed_on(
    giver: BaseGeometry, taker: BaseGeometry, area_m2: float, border_m: float, neck_m: float
) -> tuple[BaseGeometry, BaseGeometry] | None:
    """Pass an area from one region to another over the border that they share.

    Parameters
    ----------
    border_m
        Its length, about.
    neck_m
        Neither may fall into more parts where it is narrower than this.

    Returns
    -------
    Both regions, or None where neither that area nor about half of it can pass.
    """
    area_m2 = min(area_m2, MOST_GIVEN * giver.area)
    width_m, low_m, high_m = area_m2 / max(border_m, 1.0), 0.0, np.inf
    found: tuple[BaseGeometry, BaseGeometry] | None = None
    off_m2 = 0.6 * area_m2
    for _ in range(_LOOKS):
        after = _strip_passed(giver, taker, width_m)
        gained_m2 = after[1].area - taker.area
        if abs(gained_m2 - area_m2) < off_m2:
            found, off_m2 = after, abs(gained_m2 - area_m2)
        if off_m2 <= CLOSE * area_m2:
            break
        low_m, high_m = (width_m, high_m) if gained_m2 < area_m2 else (low_m, width_m)
        width_m = (low_m + high_m) / 2 if np.isfinite(high_m) else 2 * width_m
    if found is None:
        return None
    for before, now in zip((giver, taker), found, strict=True):
        more = len(_parts(now)) > len(_parts(before))
        if more or _wide_parts(now, neck_m) > max(1, _wide_parts(before, neck_m)):
            return None
    return found


def moved(
    regions: Sequence[BaseGeometry], changes_m2: FloatArray, neck_m: float
) -> tuple[BaseGeometry, ...]:
    """Move all borders until each region has gained or lost its part, as far as that can be.

    Parameters
    ----------
    changes_m2
        Shape (n,), summing to 0.
    """
    after = list(regions)
    shared_m = borders_m(regions)
    passed_m2 = flows(changes_m2, shared_m)
    least_m2 = 0.02 * float(np.abs(changes_m2).max(initial=0.0))
    for at in np.argsort(-passed_m2, axis=None, kind="stable"):
        giver, taker = divmod(int(at), len(after))
        if passed_m2[giver, taker] <= least_m2:
            break
        heed("landing together")
        found = passed_on(
            after[giver],
            after[taker],
            float(passed_m2[giver, taker]),
            float(shared_m[giver, taker]),
            neck_m,
        )
        if found is not None:
            after[giver], after[taker] = found
    return tuple(after)
