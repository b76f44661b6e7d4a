"""Tours around spanning trees as beginnings for the local search, beside laid-out sweeps.

A tour around a tree of mega-cells is compact, closed and has few turns; only the strips along the
border are not its own. Pulled to them by the moves of `planners.sweep.polish`, it is on most areas
a few percent shorter than a sweep that was polished in the same way.
"""

import math
from collections.abc import Iterator

import numpy as np
import shapely

from mcpp.model import CoverageGrid, FloatArray, IntArray, Problem, Vehicle
from planners.grid.lay import lay_grid, subcells_xy
from planners.grid.placement import PlacementParams, candidates
from planners.grid.stc import cover_cells
from planners.grid.tree import TreeParams
from planners.sweep.finish import Watch
from planners.sweep.layout import Ground, Layout

PLACEMENT = PlacementParams(steps=0)
"""Without annealing: what counts here is many good placements, not the one best."""


def with_points_between(xy_m: FloatArray, step_m: float) -> FloatArray:
    """Put points on the legs of a closed tour, about `step_m` apart; its end is not repeated."""
    step = np.diff(xy_m, axis=0)
    counts = np.maximum(np.rint(np.hypot(step[:, 0], step[:, 1]) / step_m), 1).astype(int)
    first = np.repeat(np.arange(len(counts)), counts)
    part = np.concatenate([np.arange(count) / count for count in counts])
    return np.asarray(xy_m[first] + part[:, None] * step[first])


def layout_of_loop(ground: Ground, loop_m: FloatArray, angle_rad: float) -> Layout:
    """Make a layout of a closed tour: a single part, all corners of which are free.

    Its legs get points in between, one spacing apart, so that a detour bends a leg near the place
    where it is wanted, not all along.
    """
    points = with_points_between(loop_m, ground.spacing_m)
    return Layout(
        ground=ground,
        angle_rad=angle_rad,
        parts=(points,),
        has_chain=True,
        entry=np.zeros(1, dtype=np.int32),
        worth=math.inf,
    )


def _problem_of(ground: Ground) -> Problem:
    anyone = Vehicle(
        id="",
        start_m=None,
        landing_m=None,
        share=1.0,
        spacing_m=ground.spacing_m,
        reach_m=ground.reach_m,
    )
    return Problem(
        target=ground.target, allowed=ground.inner, no_fly=shapely.Polygon(), vehicles=(anyone,)
    )


class _Asking:
    """Lets a `Watch` be asked where an observer is."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def on_progress(self, stage: str, fraction: float) -> None:
        """Ignore it."""

    def should_stop(self) -> bool:
        """Leave by the watch's own exception, if at all."""
        self._watch()
        return False


def layout_around(
    ground: Ground,
    grid: CoverageGrid,
    cells: IntArray,
    params: TreeParams,
    rng: np.random.Generator,
    watch: Watch,
) -> Layout | None:
    """Go around the trees of the given cells whose legs lie inside; None where there are none."""
    corners = subcells_xy(grid, cells)
    inside = ground.free.contains(corners.reshape(-1, 2))
    own = cells[inside.reshape(-1, 4).all(axis=1)]
    if not len(own):
        return None
    loop = cover_cells(grid, own, params, rng, ground.free, _Asking(watch)).xy_m
    return layout_of_loop(ground, loop, grid.placement.angle_rad)


def tree_layouts(
    ground: Ground, count: int, rng: np.random.Generator, watch: Watch
) -> Iterator[Layout]:
    """Go around the tree with fewest turns found on each of the best placements of the grid.

    Parameters
    ----------
    count
        Placements of which the grid is laid, at most.
    """
    if count < 1:
        return
    for placement in candidates(_problem_of(ground), PLACEMENT, rng, count, _Asking(watch)):
        watch()
        grid = lay_grid(ground.inner, placement, ground.spacing_m)
        cells = np.arange(len(grid.cells), dtype=np.int32)
        layout = layout_around(ground, grid, cells, TreeParams(), rng, watch)
        if layout is not None:
            yield layout
