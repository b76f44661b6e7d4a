"""Pull the tours around spanning trees to the border of their regions, up to the coverage target.

The tour around a tree leaves the strips along the border to nobody. Its corners are moved as those
of sweeps are (`planners.sweep.polish`): towards what is not covered yet, and away from what is
covered twice.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.model import CoverageGrid, IntArray, Problem
from mcpp.planner import Observer
from mcpp.processes import thread_count
from mcpp.stops import heedful
from planners.fleet.known_tours import quiet
from planners.fleet.single import Covered, CoverParams, cover
from planners.grid.tree import TreeParams
from planners.sweep.finish import Watch
from planners.sweep.layout import Ground, Layout
from planners.sweep.tour import SweepParams
from planners.sweep.trees import layout_around

_IN_PLACES_WITHOUT_A_CELL = SweepParams(edges=3, angle_step_deg=45.0, tried=1, trees=0, finalists=1)


def refined_covers(
    problem: Problem,
    grid: CoverageGrid,
    labels: IntArray,
    regions: tuple[BaseGeometry, ...],
    params: TreeParams,
    *,
    rng: np.random.Generator,
    observer: Observer,
) -> tuple[Covered, ...]:
    """Go around the trees of all regions, then move the corners until enough is covered.

    Side by side, each with a generator of its own: most of the work holds no interpreter lock.

    Raises
    ------
    InfeasibleError, Cancelled
    """

    def covered(uav: int, own_rng: np.random.Generator) -> Covered:
        cells = np.flatnonzero(labels == uav).astype(np.int32)

        def begin(ground: Ground, watch: Watch) -> Layout | None:
            return layout_around(ground, grid, cells, params, own_rng, watch)

        return cover(
            problem,
            uav,
            regions[uav],
            CoverParams(sweep=_IN_PLACES_WITHOUT_A_CELL),
            rng=own_rng,
            observer=quiet(observer),
            begin=begin,
        )

    count = len(regions)
    with ThreadPoolExecutor(min(count, thread_count())) as pool:
        return tuple(pool.map(heedful(covered), range(count), rng.spawn(count)))
