"""Views that a plan promises each point, and the ground that did not get them."""

import math
from dataclasses import dataclass, replace

import numpy as np
import shapely
from scipy.ndimage import distance_transform_edt, minimum_filter
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.ground.views import Views, count_views
from mcpp.model import BoolArray, FloatArray, IntArray

KEPT_SHARE = 0.85
"""Part of the planned views that every point is to have. Where 12 are planned, one may be lost."""
LEAST_VIEWS = 3
"""Without a plan: ground on fewer photos is not reconstructed."""
SLIVER_SHARE = 0.05
"""Strips narrower than twice this part of a footprint's shorter side are no gaps: a receiver
without corrections places a photo no better."""
_SAMPLES = 400_000
_CELLS_PER_SIDE = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Promise:
    """What each sample of the ground should see.

    Attributes
    ----------
    planned
        Views by the photos of the plan; None without a plan.
    wanted
        Shape (rows, columns).
    sliver_m
        Strips of lacking ground narrower than twice this are no gaps.
    """

    area: BaseGeometry
    step_m: float
    wanted: IntArray
    planned: Views | None
    sliver_m: float


def sample_step_m(area: BaseGeometry, side_m: float) -> float:
    """Distance of samples for footprints whose shorter side is `side_m`."""
    return max(math.sqrt(area.area / _SAMPLES), side_m / _CELLS_PER_SIDE, 0.05)


def plan_promise(
    area: BaseGeometry,
    footprints: FloatArray,
    *,
    side_m: float,
    trigger_m: float,
    least_views: int | None,
) -> Promise:
    """Promise of a plan: most of the views that its own photos would give.

    Where on a line the first photo is taken is chance: what a point has whatever that place is, is
    the least that the plan gives within half a step about it.

    Parameters
    ----------
    footprints
        Shape (n, 4, 2), of the planned photos.
    side_m, trigger_m
        Shorter side of a footprint; distance of photos along a line.
    least_views
        The user's own number; None is the plan's.
    """
    step = sample_step_m(area, side_m)
    planned = count_views(footprints, area, step_m=step)
    reach = 2 * math.ceil(trigger_m / 2 / step) + 1
    sure = minimum_filter(planned.counts, size=reach, mode="nearest")
    if least_views is None:
        wanted = np.ceil(KEPT_SHARE * sure - 1e-9)
    else:
        wanted = np.full(sure.shape, least_views)
    return Promise(
        area=area,
        step_m=step,
        wanted=np.asarray(wanted, dtype=np.int32),
        planned=planned,
        sliver_m=SLIVER_SHARE * side_m,
    )


def area_promise(area: BaseGeometry, *, side_m: float, least_views: int | None) -> Promise:
    """Promise without a plan: the same number of views everywhere."""
    step = sample_step_m(area, side_m)
    empty = count_views(np.empty((0, 4, 2)), area, step_m=step)
    wanted = np.full(empty.counts.shape, LEAST_VIEWS if least_views is None else least_views)
    return Promise(
        area=area,
        step_m=step,
        wanted=np.asarray(wanted, dtype=np.int32),
        planned=None,
        sliver_m=SLIVER_SHARE * side_m,
    )


def views_of(promise: Promise, footprints: FloatArray) -> Views:
    """Count views on the samples of a promise."""
    return count_views(footprints, promise.area, step_m=promise.step_m)


def lacking(promise: Promise, views: Views) -> BoolArray:
    """Mark samples with too few views, without slivers; shape (rows, columns)."""
    short = views.inside & (views.counts < promise.wanted)
    cells = promise.sliver_m / promise.step_m
    if cells < 1 or not short.any():
        return short
    padded = np.pad(short, 1)
    core = distance_transform_edt(padded) > cells
    if not core.any():
        return np.zeros_like(short)
    grown = distance_transform_edt(~core) <= cells + 0.5
    return np.asarray((grown & padded)[1:-1, 1:-1])


def gap_shapes(promise: Promise, views: Views, short: BoolArray) -> list[Polygon]:
    """Draw lacking ground, the largest piece first."""
    marked = replace(views, counts=np.where(short, -1, 0).astype(np.int32))
    found = marked.gaps(0, min_area_m2=promise.step_m**2)
    drawn = [shapely.simplify(piece, promise.step_m * 0.75) for piece in found]
    return [piece if piece.geom_type == "Polygon" and piece.is_valid else before
            for piece, before in zip(drawn, found, strict=True)]  # fmt: skip
