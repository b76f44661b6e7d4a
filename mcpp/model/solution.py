"""What a planner answers."""

from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.model.arrays import BoolArray, FloatArray, IntArray, read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where the coverage grid lies: turned by `angle_rad` about the origin, then shifted.

    The centre of mega-cell (column c, row r) of side `s` is ``R(angle) @ ((c + 0.5) * s + dx,
    (r + 0.5) * s + dy)``.
    """

    angle_rad: float
    dx_m: float
    dy_m: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CoverageGrid:
    """Mega-cells that may be flown, and the legal steps between them.

    Attributes
    ----------
    cell_m
        Side of a mega-cell: two scan distances. Its four sub-cells have half that side.
    cells
        Shape (k, 2): column and row of each mega-cell, sorted by row, then column.
    neighbours
        Shape (k, 4): index of the cell to the east, north, west and south, or -1 where there is
        none or where the two legs between them would be illegal.
    """

    placement: Placement
    cell_m: float
    cells: IntArray
    neighbours: IntArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", read_only(self.cells, np.int32).reshape(-1, 2))
        object.__setattr__(self, "neighbours", read_only(self.neighbours, np.int32).reshape(-1, 4))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """What one UAV surveys, without the way from its start and back.

    Attributes
    ----------
    uav
        Index into the problem's vehicles.
    xy_m
        Shape (n, 2). A closed tour repeats its first point at the end. Empty when the UAV stays
        on the ground.
    survey
        Shape (n - 1,): True where a leg covers ground, False where it only leads on.
    in_order
        It is flown from its first point to its last, for the sake of what it passes early; else it
        may be entered elsewhere, and flown the other way round.
    height_m
        Shape (n,): height of each point, where a route is flown at several; None is that of its
        vehicle.
    """

    uav: int
    xy_m: FloatArray
    survey: BoolArray
    in_order: bool = False
    height_m: FloatArray | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "xy_m", read_only(self.xy_m, np.float64).reshape(-1, 2))
        object.__setattr__(self, "survey", read_only(self.survey, np.bool_).reshape(-1))
        if len(self.survey) != max(len(self.xy_m) - 1, 0):
            msg = f"{len(self.xy_m)} points need {len(self.xy_m) - 1} legs, not {len(self.survey)}"
            raise ValueError(msg)
        if self.height_m is not None:
            object.__setattr__(self, "height_m", read_only(self.height_m, np.float64).reshape(-1))
            if len(self.height_m) != len(self.xy_m):
                msg = f"{len(self.xy_m)} points with {len(self.height_m)} heights"
                raise ValueError(msg)

    @property
    def points_m(self) -> FloatArray:
        """Its points, shape (n, 2), or with their heights, shape (n, 3)."""
        if self.height_m is None:
            return self.xy_m
        return np.column_stack([self.xy_m, self.height_m])

    @property
    def closed(self) -> bool:
        """Whether the tour ends where it began."""
        points = self.points_m
        return len(points) > 1 and bool(np.array_equal(points[0], points[-1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Ground that the planner leaves out, and why: a line of the report each."""

    area_m2: float
    x_m: float
    y_m: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What another planner, or another setting, would have given.

    Attributes
    ----------
    found_mean_s
        Expected time until it is found, where something is searched for, if it is.
    under_curve
        See `SearchFigures`, over the same time for all.
    """

    planner: str
    finish_s: float
    length_m: float
    coverage_percent: float
    chosen: bool = False
    reason: str = ""
    found_mean_s: float | None = None
    under_curve: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """A planner's answer.

    Attributes
    ----------
    routes
        One per vehicle, in their order.
    regions
        The ground of each UAV, (Multi)Polygon per vehicle, or empty where the planner keeps none.
    grid, labels
        Where the planner works on mega-cells: the grid, and for each cell the UAV, shape (k,).
    stopped
        The user ended the search, and this is the best that it had found.
    cut_short
        What the user should know of a search that a limit of time ended too early; empty for none.
    """

    planner: str
    routes: tuple[Route, ...]
    regions: tuple[BaseGeometry, ...] = ()
    grid: CoverageGrid | None = None
    labels: IntArray | None = None
    dropped: tuple[Dropped, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    stopped: bool = False
    cut_short: str = ""
