"""The planner of arXiv 2201.07030: a placed grid, divided by DARP, flown around spanning trees."""

import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.ground.transit import FreeSpace
from mcpp.model import (
    FOOTPRINT_RADIUS,
    CoverageGrid,
    Dropped,
    FloatArray,
    IntArray,
    Problem,
    Route,
    Solution,
)
from mcpp.planner import Observer, refuse_unsupported, report_progress
from mcpp.problem.space import space_of
from planners.division.divide import divide, nearest_cells
from planners.division.ground import regions_about, spread_starts
from planners.division.params import DarpParams
from planners.fleet.balancing import route_of
from planners.fleet.known_tours import KnownTours
from planners.fleet.levelling import MANY, SWIFT, Leveller, flown_trial, part_tried
from planners.fleet.refine import refined_covers
from planners.fleet.single import tour_time_s
from planners.grid.lay import cell_polygons, centre_rule, lay_grid, subcells_xy
from planners.grid.placement import PlacementParams, candidates
from planners.grid.stc import Cover, cover_cells
from planners.grid.tree import TreeParams
from planners.params import param

STEP = 0.8
"""How far shares move at a time."""
MOST_SQUARES = 600
"""Mega-cells whose ground is measured at a time."""
MOST_CELLS_TRIED = 60_000
"""Mega-cells of all grids that are compared: on large areas few grids, which differ less there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DarpStcParams:
    """Parameters of the planner, a stage each."""

    placement: PlacementParams = field(default_factory=PlacementParams)
    darp: DarpParams = field(default_factory=DarpParams)
    tree: TreeParams = field(default_factory=TreeParams)
    placements: int = param(
        16, "placements by objective of which the best covering one counts", minimum=1, maximum=1000
    )
    refine: bool = param(
        False,
        "pull the tours to the border, each in its region, until they cover enough; where lines "
        "keep their spacing, until no ground lies farther than half of it from them",
    )
    rounds: int = param(
        3, "rounds of moving shares until the UAVs finish together", minimum=0, maximum=100
    )
    border_tries: int = param(
        8,
        "tries to move the borders of refined regions by the flights of all",
        minimum=0,
        maximum=1000,
    )


def covered_by_grid(
    grid: CoverageGrid, target: BaseGeometry, reach_m: float, observer: Observer | None = None
) -> float:
    """Measure what the tours around all cells will cover, whatever their trees, m2.

    Every sub-cell lies on a tour, and what is between the sub-cells of a cell is covered from its
    sides, so that only the squares of the sub-cells count. A large target is measured in strips.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    if not len(grid.cells):
        return 0.0
    squares = shapely.polygons(subcells_xy(grid))
    strips = [target]
    if len(squares) > MOST_SQUARES:
        west, south, east, north = target.bounds
        at = np.linspace(south, north, math.ceil(len(squares) / MOST_SQUARES) + 1)
        strips = list(shapely.intersection(target, shapely.box(west, at[:-1], east, at[1:])))
    total = 0.0
    tree = shapely.STRtree(squares)
    for strip in strips:
        low_x, low_y, high_x, high_y = strip.bounds
        around = shapely.box(low_x - reach_m, low_y - reach_m, high_x + reach_m, high_y + reach_m)
        near = np.sort(tree.query(around))
        seen = shapely.union_all(squares[near]).buffer(reach_m, quad_segs=8)
        total += float(shapely.area(shapely.intersection(seen, strip)))
        if observer is not None:
            report_progress(observer, "placement", 1.0)
    return total


def best_grid(
    problem: Problem, params: DarpStcParams, rng: np.random.Generator, observer: Observer
) -> CoverageGrid:
    """Lay the grid that covers most, of the placements with the best objectives.

    Raises
    ------
    InfeasibleError
        When no mega-cell fits into the area.
    Cancelled
    """
    rule = centre_rule(problem)
    # a camera that sees far beyond its lines tells nothing of how well the lines fill the ground
    reach_m = min(min(v.reach_m, FOOTPRINT_RADIUS * v.spacing_m) for v in problem.vehicles)
    best, best_m2, tried = None, 0.0, 0
    for placement in candidates(problem, params.placement, rng, params.placements, observer):
        report_progress(observer, "placement", 1.0)
        grid = lay_grid(problem.allowed, placement, problem.spacing_m, rule)
        covered_m2 = covered_by_grid(grid, problem.target, reach_m, observer)
        if covered_m2 > best_m2:
            best, best_m2 = grid, covered_m2
        tried += len(grid.cells)
        if tried > MOST_CELLS_TRIED:
            break
    if best is None:
        msg = (
            f"no mega-cell of {2 * problem.spacing_m:g} m fits into the area: give a smaller scan "
            "distance, or planner 'regions'"
        )
        raise InfeasibleError(msg)
    return best


def _left_out(grid: CoverageGrid, covers: list[Cover], target: BaseGeometry) -> tuple[Dropped, ...]:
    squares = np.array(cell_polygons(grid))
    found = []
    for cover in covers:
        for cell in cover.left_out:
            ground = shapely.intersection(squares[cell], target)
            place = shapely.centroid(squares[cell])
            found.append(
                Dropped(
                    area_m2=float(ground.area),
                    x_m=float(place.x),
                    y_m=float(place.y),
                    reason="no legal way leads to this mega-cell",
                )
            )
    return tuple(found)


def _starts(grid: CoverageGrid, problem: Problem) -> FloatArray:
    return spread_starts(grid, [vehicle.start_m for vehicle in problem.vehicles])


@dataclass(frozen=True, slots=True, kw_only=True)
class DarpStcPlanner:
    """The paper's planner: annealed grid, DARP regions, spanning trees with few turns."""

    name: str = "darp-stc"
    params: DarpStcParams = field(default_factory=DarpStcParams)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        if len({vehicle.spacing_m for vehicle in problem.vehicles}) > 1:
            return "the UAVs have different line spacings, and its grid has one"
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Place the grid, divide it, and fly around a tree in each region.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        refuse_unsupported(self, problem)
        grid = best_grid(problem, self.params, rng, observer)
        labels, covers = self._divided(problem, grid, rng, observer)
        regions = regions_about(problem.target, grid, labels, len(problem.vehicles))
        if self.params.refine:
            return self._refined(problem, grid, labels, regions, rng, observer)
        return Solution(
            planner=self.name,
            routes=tuple(
                Route(uav=i, xy_m=cover.xy_m, survey=cover.survey) for i, cover in enumerate(covers)
            ),
            regions=regions,
            grid=grid,
            labels=labels,
            dropped=_left_out(grid, covers, problem.target),
        )

    def _divided(
        self, problem: Problem, grid: CoverageGrid, rng: np.random.Generator, observer: Observer
    ) -> tuple[IntArray, list[Cover]]:
        """Divide the cells and go around the trees, until all finish together or no round is left.

        What differs then by less than a mega-cell takes to fly can not be evened out.
        """
        vehicles = problem.vehicles
        starts, warm = nearest_cells(grid, _starts(grid, problem)), None
        shares = np.array([vehicle.share for vehicle in vehicles])
        moving = problem.balance and len(vehicles) > 1
        earliest_s, best = math.inf, (np.empty(0, np.int32), list[Cover]())
        for _ in range(1 + (self.params.rounds if moving else 0)):
            division = divide(
                grid,
                starts,
                shares,
                self.params.darp,
                rng=rng,
                observer=observer,
                warm_start_labels=warm,
            )
            warm = division.labels
            covers = self._covers(problem, grid, warm, rng, observer)
            time_s = np.array(
                [tour_time_s(c.xy_m, v) for c, v in zip(covers, vehicles, strict=True)]
            )
            latest_s = float(time_s.max())
            if latest_s < earliest_s:
                earliest_s, best = latest_s, (warm, covers)
            cell_s = 4 * grid.cell_m / 2 / min(vehicle.speed_m_s for vehicle in vehicles)
            if latest_s - float(time_s.min()) <= cell_s or not time_s.min() > 0:
                break
            shares = shares * (time_s.mean() / time_s) ** STEP
            shares /= shares.sum()
        return best

    def _covers(
        self,
        problem: Problem,
        grid: CoverageGrid,
        labels: IntArray,
        rng: np.random.Generator,
        observer: Observer,
    ) -> list[Cover]:
        """Go around a tree in each region."""
        covers, count = [], len(problem.vehicles)
        for i in range(count):
            report_progress(observer, "spanning trees", i / count)
            cells = np.flatnonzero(labels == i).astype(np.int32)
            space = FreeSpace(space_of(problem, i))
            covers.append(cover_cells(grid, cells, self.params.tree, rng, space, observer))
        report_progress(observer, "spanning trees", 1.0)
        return covers

    def _refined(
        self,
        problem: Problem,
        grid: CoverageGrid,
        labels: IntArray,
        regions: tuple[BaseGeometry, ...],
        rng: np.random.Generator,
        observer: Observer,
    ) -> Solution:
        """Give tours that no longer pass each sub-cell: the solution names no grid."""
        stage = "moving tours to the border"
        report_progress(observer, stage, 0.0)
        own = (problem.target,) if len(regions) == 1 else regions
        covers = refined_covers(
            problem, grid, labels, own, self.params.tree, rng=rng, observer=observer
        )
        report_progress(observer, stage, 1.0)
        tries = math.ceil(part_tried(problem) * self.params.border_tries)
        if tries and len(covers) <= MANY:
            leveller = Leveller(problem, KnownTours(problem, rng, observer), SWIFT)
            flown = flown_trial(problem, labels, own, covers)
            found = leveller.levelled(flown, tries=tries, observer=observer)
            own, covers = found.regions, found.covered
        return Solution(
            planner=self.name,
            routes=tuple(route_of(i, covered) for i, covered in enumerate(covers)),
            regions=own,
            dropped=tuple(dropped for covered in covers for dropped in covered.dropped),
        )
