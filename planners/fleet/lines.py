"""Survey lines over ground that is left: quickly, for one UAV."""

from dataclasses import replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.model import Problem
from mcpp.planner import NullObserver
from mcpp.replan.pieces import Piece, low
from planners.fleet.single import CoverParams, cover

_SEED = 1


def lines_over(problem: Problem, uav: int, ground: BaseGeometry) -> Piece:
    """Cover ground for one UAV, as a draft does.

    Raises
    ------
    InfeasibleError
        When no leg can be flown there.
    """
    params = CoverParams()
    found = cover(
        problem,
        uav,
        ground,
        replace(params, sweep=replace(params.sweep, effort="draft")),
        rng=np.random.default_rng(_SEED),
        observer=NullObserver(),
    )
    return low(found.xy_m, found.survey)
