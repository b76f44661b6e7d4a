"""Cost over size: a plot of time per cell, and the largest division."""

import resource
import time
from pathlib import Path

import numpy as np
import shapely
from rich.console import Console

from mcpp.model import FOOTPRINT_RADIUS, Problem, Vehicle
from mcpp.planner import NullObserver
from planners.darp_stc import DarpStcPlanner
from planners.division.divide import divide
from planners.division.params import DarpParams
from tests.strategies_grids import grid_from_mask

ARTEFACTS = Path("artefacts")
SPACING_M = 40.0


def _problem(side_m: float, uavs: int) -> Problem:
    field = shapely.box(0, 0, side_m, side_m).difference(
        shapely.Point(0.6 * side_m, 0.5 * side_m).buffer(0.1 * side_m)
    )
    vehicles = tuple(
        Vehicle(
            id=f"u{i}",
            start_m=None,
            landing_m=None,
            share=1 / uavs,
            spacing_m=SPACING_M,
            reach_m=FOOTPRINT_RADIUS * SPACING_M,
        )
        for i in range(uavs)
    )
    return Problem(
        target=field, allowed=field.buffer(-0.05), no_fly=shapely.Polygon(), vehicles=vehicles
    )


def time_over_size(console: Console) -> None:
    """Plan squares of 1 to 300 km2 at 40 m with the paper's planner; plot time over cells."""
    cells, seconds = [], []
    for side_m in (1000.0, 2000.0, 4000.0, 8000.0, 17_320.0):
        begin = time.perf_counter()
        solution = DarpStcPlanner().plan(
            _problem(side_m, 5), rng=np.random.default_rng(1), observer=NullObserver()
        )
        seconds.append(time.perf_counter() - begin)
        assert solution.grid is not None
        cells.append(len(solution.grid.cells))
        console.print(
            f"{side_m**2 / 1e6:6.0f} km2 at {SPACING_M:g} m: {cells[-1]:7,} cells, "
            f"{seconds[-1]:7.2f} s, {1e6 * seconds[-1] / cells[-1]:6.0f} us per cell"
        )
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.subplots()
    axes.loglog(cells, seconds, "o-")
    axes.set(xlabel="mega-cells", ylabel="seconds", title="darp-stc, 5 UAVs: time over size")
    axes.grid(visible=True, which="both", alpha=0.3)
    ARTEFACTS.mkdir(exist_ok=True)
    figure.savefig(ARTEFACTS / "time_over_size.png", dpi=120)
    console.print(f"plot: {ARTEFACTS / 'time_over_size.png'}\n")


def largest_division(console: Console) -> None:
    """Divide 1,000,000 cells among 100 UAVs."""
    for rows, uavs in ((50, 10), (200, 20), (1000, 100)):
        grid = grid_from_mask(np.ones((rows, rows), dtype=bool))
        rng = np.random.default_rng(1)
        starts = rng.choice(len(grid.cells), uavs, replace=False).astype(np.int32)
        begin = time.perf_counter()
        found = divide(grid, starts, np.full(uavs, 1 / uavs), DarpParams(), rng=rng)
        console.print(
            f"{len(grid.cells):9,} cells x {uavs:3} UAVs: {time.perf_counter() - begin:6.2f} s, "
            f"exact: {found.exact}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    console.print(f"peak memory of this process so far: {peak:.2f} GB\n")
