"""How fast: search, division, whole plans, start-up."""

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from mcpp.api import draft
from mcpp.planner import NullObserver
from planners.auto import AutoPlanner
from planners.division.divide import divide
from planners.division.params import DarpParams
from planners.grid.placement import PlacementParams, anneal_placement, objective, random_search
from tests.benchmarks.areas import Area
from tests.strategies_grids import random_instance

SAMPLES = 25_500


def _seconds(call) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def placement_search(areas: list[Area], console: Console) -> None:
    """Compare the search's objective with the best of 25,500 even samples, and time both."""
    table = Table(title=f"Placement search against {SAMPLES:,} uniform samples")
    for name in ("area", "objective", "samples' best", "search s", "evaluations/s"):
        table.add_column(name, justify="right")
    rates = []
    for area in areas:
        problem, params = area.problem(), PlacementParams()
        found = anneal_placement(problem, params, np.random.default_rng(1), NullObserver())
        seconds = _seconds(
            lambda p=problem, q=params: anneal_placement(
                p, q, np.random.default_rng(1), NullObserver()
            )
        )
        begin = time.perf_counter()
        sampled = random_search(problem, params, np.random.default_rng(1), SAMPLES)
        rates.append(SAMPLES / (time.perf_counter() - begin))
        table.add_row(
            str(area.number),
            f"{objective(problem, found).value:.4f}",
            f"{objective(problem, sampled).value:.4f}",
            f"{seconds:.3f}",
            f"{rates[-1]:,.0f}",
        )
    console.print(table)
    console.print(f"median {statistics.median(rates):,.0f} evaluations per second\n")


def whole_plans(areas: list[Area], console: Console) -> None:
    """Time a warm draft for three UAVs and the default planner for one."""
    table = Table(title="Run time in a warm process")
    for name in ("area", "ha", "draft, 3 UAVs, s", "auto, 1 UAV, s"):
        table.add_column(name, justify="right")
    drafts, autos = [], []
    for area in areas:
        uav = area.mission.uavs[0]
        three = replace(area.mission, uavs=tuple(replace(uav, id=f"u{i}") for i in range(3)))
        drafts.append(min(_seconds(lambda m=three: draft(m)) for _ in range(3)))
        problem = area.problem(1, 99.0)
        autos.append(
            _seconds(
                lambda p=problem: AutoPlanner().plan(
                    p, rng=np.random.default_rng(1), observer=NullObserver()
                )
            )
        )
        hectares = problem.target.area / 1e4
        table.add_row(str(area.number), f"{hectares:.0f}", f"{drafts[-1]:.3f}", f"{autos[-1]:.2f}")
    console.print(table)
    console.print(
        f"auto: median {statistics.median(autos):.2f} s, worst {max(autos):.2f} s; draft: median "
        f"{statistics.median(drafts):.3f} s\n"
    )


def whole_process(areas: list[Area], console: Console) -> None:
    """Time `mcpp plan` as a process, imports and files included; then its imports alone."""
    by_size = sorted(areas, key=lambda area: area.problem().target.area)
    chosen = {a.number: a for a in (by_size[0], by_size[len(by_size) // 2], by_size[-1])}
    table = Table(title="Whole process: mcpp plan, all files written (second run)")
    for name in ("area", "planner", "seconds"):
        table.add_column(name, justify="right")
    from mcpp.io.mission import mission_to_json

    for area in chosen.values():
        for planner in ("darp-stc", "auto"):
            with tempfile.TemporaryDirectory() as folder:
                source = Path(folder) / "mission.json"
                source.write_text(mission_to_json(area.mission))
                command = [sys.executable, "-m", "mcpp", "-q", "plan", str(source)]
                command += ["--planner", planner, "-o", str(Path(folder) / "out"), "--overwrite"]
                runs = [
                    _seconds(lambda c=command: subprocess.run(c, check=True, capture_output=True))
                    for _ in range(2)
                ]
            table.add_row(str(area.number), planner, f"{runs[1]:.2f}")
    console.print(table)
    for module in ("numpy", "shapely", "numba", "pydantic", "folium", "mcpp.api"):
        command = [sys.executable, "-c", f"import {module}"]
        best = min(_seconds(lambda c=command: subprocess.run(c, check=True)) for _ in range(3))
        console.print(f"import {module}: {best:.2f} s (a bare Python start included)")
    console.print()


def division(console: Console) -> None:
    """Divide 100 random grids; every region connected, every size within a cell."""
    times, exact = [], 0
    for seed in range(100):
        drawn = random_instance(seed)
        grid, shares = drawn.grid, drawn.shares
        begin = time.perf_counter()
        found = divide(grid, drawn.starts, shares, DarpParams(), rng=np.random.default_rng(seed))
        times.append(time.perf_counter() - begin)
        exact += int(np.abs(found.sizes - shares * len(grid.cells)).max() <= 1.0)
    times = sorted(times[1:])
    console.print(
        f"Division of 100 random grids: {exact} within one cell of every share; median "
        f"{1000 * statistics.median(times):.1f} ms, 95th percentile {1000 * times[94]:.1f} ms, "
        f"worst {1000 * times[-1]:.1f} ms\n"
    )
