"""One UAV: coverage, length and time beside the published figures."""

import statistics
import time

import numpy as np
import shapely
from rich.console import Console
from rich.table import Table

from mcpp.ground.coverage import corner_points
from mcpp.ground.kinematics import route_time_s
from mcpp.io.paths import read_paths
from mcpp.planner import NullObserver
from planners.darp_stc import DarpStcParams, DarpStcPlanner
from planners.grid.tree import TreeParams
from planners.regions import RegionsPlanner
from tests.benchmarks.areas import Area


def _planned(area: Area, planner, coverage_percent: float, uavs: int = 1):
    problem = area.problem(uavs, coverage_percent)
    begin = time.perf_counter()
    solution = planner.plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
    seconds = time.perf_counter() - begin
    return solution, area.figures([route.xy_m for route in solution.routes]), seconds


def too_far_apart_percent(area: Area, paths_m: list[np.ndarray]) -> float:
    """Part of the deep ground that lies farther than 0.52 spacings from all legs.

    Deep is what lies farther inside than the sensor reaches. Where parallel lines are at most one
    spacing apart, none of it does, but for the ends of lines.
    """
    problem = area.problem()
    spacing_m, reach_m = problem.spacing_m, problem.vehicles[0].reach_m
    deep = problem.target.buffer(-reach_m)
    west, south, east, north = deep.bounds
    step_m = spacing_m / 12
    x, y = np.meshgrid(np.arange(west, east, step_m), np.arange(south, north, step_m))
    inside = shapely.contains_xy(deep, x, y)
    legs = shapely.multilinestrings([shapely.linestrings(path) for path in paths_m])
    shapely.prepare(legs)
    near = shapely.dwithin(legs, shapely.points(x[inside], y[inside]), 0.52 * spacing_m)
    return 100.0 * float(1 - near.mean())


def _stopping_s(paths_m: list[np.ndarray]) -> float:
    """Time at 5 m/s and 2 m/s2 of a vehicle that stops at each bend."""
    return max(
        route_time_s(corner_points(path), speed_m_s=5.0, acceleration_m_s2=2.0, stop_angle_deg=1.0)
        for path in paths_m
    )


def _mean(values) -> float:
    values = list(values)
    return statistics.fmean(values) if values else float("nan")


def full_coverage(areas: list[Area], console: Console) -> None:
    """Cover everything: beside ETHZ's shortest and the paper's STC."""
    table = Table(title="Full coverage, one UAV, closed tour (exact area; m per 1000 m2)")
    for name in (
        "area",
        "mcpp %",
        "mcpp m",
        "stops",
        "outside m",
        "apart %",
        "ETHZ %",
        "ETHZ m",
        "paper %",
        "paper m",
        "apart %",
        "run s",
    ):
        table.add_column(name, justify="right")
    rows = []
    for area in areas:
        solution, own, seconds = _planned(area, RegionsPlanner(), 100.0)
        ethz, paper = area.published.get("ETHZ length", {}), area.published.get("J1+J2+J3", {})
        apart = [too_far_apart_percent(area, [route.xy_m for route in solution.routes])]
        if area.paper_path is not None:
            paths_m = [area.frame.to_m(path) for path in read_paths(area.paper_path)]
            apart.append(too_far_apart_percent(area, paths_m))
        rows.append((own, ethz, seconds, apart))
        table.add_row(
            str(area.number),
            f"{own.coverage_percent:.2f}",
            f"{own.length_per_1000_m2:.2f}",
            str(own.stops),
            f"{own.outside_m + own.no_fly_m:.2f}",
            f"{apart[0]:.2f}",
            f"{ethz.get('PoC', float('nan')):.1f}",
            f"{ethz.get('length_per_1000m2', float('nan')):.2f}",
            f"{paper.get('PoC', float('nan')):.1f}",
            f"{paper.get('length_per_1000m2', float('nan')):.2f}",
            f"{apart[1]:.2f}" if len(apart) > 1 else "-",
            f"{seconds:.2f}",
        )
    console.print(table)
    console.print(
        f"mean {_mean(r[0].coverage_percent for r in rows):.3f} %, worst "
        f"{min(r[0].coverage_percent for r in rows):.2f} %, "
        f"{_mean(r[0].length_per_1000_m2 for r in rows):.2f} m per 1000 m2 "
        f"(ETHZ {_mean(r[1]['length_per_1000m2'] for r in rows if r[1]):.2f}); deep ground farther "
        f"than 0.52 spacings from all legs {_mean(r[3][0] for r in rows):.2f} % "
        f"(paper {_mean(r[3][1] for r in rows if len(r[3]) > 1):.2f} %); run time median "
        f"{statistics.median(r[2] for r in rows):.2f} s, worst {max(r[2] for r in rows):.2f} s\n"
    )


def at_the_papers_coverage(areas: list[Area], console: Console) -> None:
    """Cover what the paper covers: time and length against its path."""
    table = Table(title="At the paper's own PoC: ratio to the paper's STC path")
    for name in (
        "area",
        "PoC paper",
        "PoC mcpp",
        "time",
        "all stops",
        "length",
        "stops mcpp",
        "stops paper",
    ):
        table.add_column(name, justify="right")
    ratios = []
    for area in areas:
        paper = area.paper()
        if paper is None or area.paper_path is None:
            continue
        solution, own, _ = _planned(area, RegionsPlanner(), paper.coverage_percent)
        theirs = [area.frame.to_m(path) for path in read_paths(area.paper_path)]
        ratios.append(
            (
                own.time_s / paper.time_s,
                own.length_m / paper.length_m,
                _stopping_s([r.xy_m for r in solution.routes]) / _stopping_s(theirs),
            )
        )
        table.add_row(
            str(area.number),
            f"{paper.coverage_percent:.2f}",
            f"{own.coverage_percent:.2f}",
            f"{ratios[-1][0]:.3f}",
            f"{ratios[-1][2]:.3f}",
            f"{ratios[-1][1]:.3f}",
            str(own.stops),
            str(paper.stops),
        )
    console.print(table)
    if ratios:
        console.print(
            f"mean time {_mean(r[0] for r in ratios):.3f}, "
            f"with a stop at every bend {_mean(r[2] for r in ratios):.3f}, "
            f"length {_mean(r[1] for r in ratios):.3f}; worst "
            f"{max(r[0] for r in ratios):.3f} and {max(r[1] for r in ratios):.3f}\n"
        )


def spanning_trees(areas: list[Area], console: Console) -> None:
    """Compare trees annealed for few turns with the best of the four orders."""
    table = Table(title="Spanning-tree coverage: annealed tree against the best of four orders")
    for name in (
        "area",
        "PoC",
        "stops",
        "stops of four",
        "ratio",
        "paper PoC",
        "paper turns",
        "turns",
    ):
        table.add_column(name, justify="right")
    ratios, rows = [], []
    for area in areas:
        _, own, _ = _planned(area, DarpStcPlanner(), 99.0)
        plain = DarpStcPlanner(params=DarpStcParams(tree=TreeParams(moves_per_cell=0, min_moves=0)))
        _, four, _ = _planned(area, plain, 99.0)
        ratios.append(own.stops / four.stops)
        paper = area.published.get("J1+J2+J3", {})
        rows.append((own.poc_percent, paper.get("PoC"), own.turns, paper.get("turns")))
        table.add_row(
            str(area.number),
            f"{own.poc_percent:.2f}",
            str(own.stops),
            str(four.stops),
            f"{ratios[-1]:.3f}",
            f"{paper.get('PoC', float('nan')):.2f}",
            str(paper.get("turns", "-")),
            str(own.turns),
        )
    console.print(table)
    console.print(f"mean ratio {_mean(ratios):.3f}")
    known = [row for row in rows if row[1] is not None]
    if known:
        console.print(
            f"mean PoC {_mean(r[0] for r in known):.2f} (paper {_mean(r[1] for r in known):.2f}), "
            f"least gain {min(r[0] - r[1] for r in known):+.2f}; mean turns "
            f"{_mean(r[2] for r in known) / _mean(r[3] for r in known):.3f} of the paper's\n"
        )
