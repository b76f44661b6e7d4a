"""Settings of the placement search, and a problem as its kernels want it."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.model import FloatArray, Problem
from planners.grid.lattice import edges_of
from planners.grid.lay import centre_rule
from planners.grid.score import QUARTER_RAD, score, score_many
from planners.params import param

_DETAIL = 1 / 50
"""Borders are simplified by this part of the spacing for the search, where they are very fine."""
_FINE_VERTICES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementParams:
    """Settings of the search for the grid's place."""

    cells_weight: float = param(
        0.68, "weight of the ground that the cells cover", minimum=0, maximum=10
    )
    box_weight: float = param(0.32, "weight of the fit of the bounding box", minimum=0, maximum=10)
    margin_weight: float = param(0.25, "weight of equal margins", minimum=0, maximum=10)
    apart_penalty: float = param(0.5, "taken off when the cells fall apart", minimum=0, maximum=10)
    angle_step_deg: float = param(
        1.0, "angles of the coarse search", unit="deg", minimum=0.1, maximum=45
    )
    shifts: int = param(6, "shifts of the coarse search, each way", minimum=1, maximum=50)
    starts: int = param(12, "placements that are polished", minimum=1, maximum=200)
    steps: int = param(2500, "moves of the annealing", minimum=0, maximum=10_000_000)
    t_max: float = param(0.05, "temperature at first", minimum=1e-9, maximum=10)
    t_min: float = param(1e-4, "temperature at last", minimum=1e-12, maximum=10)
    max_cell_visits: float = param(
        3e8, "work above which a large area is searched less finely", minimum=1, maximum=1e15
    )


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """What the kernels need to know of a problem."""

    allowed: FloatArray
    centres: FloatArray
    hull: FloatArray
    spacing_m: float
    weights: FloatArray
    lattice_cells: float
    edge_angles_rad: FloatArray

    @property
    def cell_m(self) -> float:
        """Side of a mega-cell."""
        return 2 * self.spacing_m

    def score(self, placement: FloatArray) -> float:
        """J of one placement: angle, dx, dy."""
        return float(
            score(self.allowed, self.centres, self.hull, placement, self.spacing_m, self.weights)
        )

    def score_many(self, placements: FloatArray) -> FloatArray:
        """J of many, shape (n, 3)."""
        found: FloatArray = score_many(
            self.allowed, self.centres, self.hull, placements, self.spacing_m, self.weights
        )
        return found


def _simplified(shape: BaseGeometry, spacing_m: float) -> BaseGeometry:
    """Draw a very fine border coarser: `lay_grid` decides by the true one."""
    if shapely.get_num_coordinates(shape) <= _FINE_VERTICES:
        return shape
    return shapely.simplify(shape, spacing_m * _DETAIL)


def landscape_of(problem: Problem, params: PlacementParams, *, exact: bool = False) -> Landscape:
    """Gather what the kernels need, with the border as it is or simplified."""
    spacing_m = problem.spacing_m
    centres = centre_rule(problem)
    allowed = problem.allowed
    if not exact:
        allowed = _simplified(allowed, spacing_m)
        centres = None if centres is None else _simplified(centres, spacing_m)
    hull = edges_of(shapely.convex_hull(problem.target))
    edges = edges_of(allowed)
    steps = hull[:, 2:] - hull[:, :2]
    borders = edges[:, 2:] - edges[:, :2]
    lengths = np.hypot(borders[:, 0], borders[:, 1])
    longest = np.argsort(-lengths, kind="stable")[:20]
    directions = np.vstack([borders[longest], steps[np.argsort(-np.hypot(*steps.T))[:20]]])
    angles = np.arctan2(directions[:, 1], directions[:, 0]) % QUARTER_RAD
    low, high = np.minimum(edges[:, :2], edges[:, 2:]), np.maximum(edges[:, :2], edges[:, 2:])
    size = high.max(axis=0) - low.min(axis=0)
    area = float(shapely.area(problem.target))
    return Landscape(
        allowed=edges,
        centres=np.empty((0, 4)) if centres is None else edges_of(centres),
        hull=hull,
        spacing_m=spacing_m,
        weights=np.array(
            [
                area,
                params.cells_weight,
                params.box_weight,
                params.margin_weight,
                params.apart_penalty,
            ]
        ),
        lattice_cells=float(np.prod(size / (2 * spacing_m) + 1)),
        edge_angles_rad=np.unique(np.round(angles, 9)),
    )
