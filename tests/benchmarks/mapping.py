"""What mapping promises: lines a spacing apart, views no worse than plain lines, short flights.

Each plan stands beside a plain parallel sweep over the same ground. Views are those of a camera
with a 3:2 image, 70 % sidelap and 75 % frontlap at the area's scan distance.
"""

import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely
from rich.console import Console
from rich.table import Table

from mcpp.ground.kinematics import count_stops, route_time_s
from mcpp.io.source import read_source
from mcpp.model import (
    APART,
    DEEP,
    FOOTPRINT_RADIUS,
    Mission,
    Problem,
    Purpose,
    Route,
    Solution,
)
from mcpp.planner import NullObserver
from mcpp.problem.localize import frame_of, localize
from planners.auto import AutoPlanner
from tests.benchmarks.areas import SHARED, Area
from tests.benchmarks.plain import plain_sweep, time_s, views

CASES = SHARED.parent / "cases"
SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"
COUNTS = (1, 3, 5)
PUBLISHED = ("holes-02", "holes-05", "holes-10", "holes-15", "ragged-25", "ragged-60", "ragged-120")
OTHERS = ("strip-search", "thirty-holes", "pond-inside")
SCAN_M = {"holes": 9.0, "ragged": 40.0}
COVERAGE_PERCENT = 99.0


def planned(problem: Problem) -> tuple[Solution, float]:
    """Plan, and processor time in seconds."""
    begin = time.process_time()
    solution = AutoPlanner().plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
    return solution, time.process_time() - begin


def broken_percent(problem: Problem, routes: tuple[Route, ...] | list[Route]) -> float:
    """Part of the ground away from the border that is farther than it may be from all lines.

    Lines of UAVs with different spacings count with their own.
    """
    widest = max(vehicle.spacing_m for vehicle in problem.vehicles)
    room = shapely.intersection(problem.target, problem.allowed.buffer(0.05))
    deep = room.buffer(-DEEP * widest)
    if deep.is_empty:
        return 0.0
    west, south, east, north = deep.bounds
    step = max(problem.spacing_m / 12, (deep.area / 150_000) ** 0.5)
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    inside = shapely.contains_xy(deep, x, y)
    points = shapely.points(x[inside], y[inside])
    if not len(points):
        return 0.0
    over = np.full(len(points), np.inf)
    for route in routes:
        legs = np.stack([route.xy_m[:-1][route.survey], route.xy_m[1:][route.survey]], axis=1)
        if len(legs):
            tree = shapely.STRtree(shapely.linestrings(legs))
            _, away = tree.query_nearest(points, return_distance=True, all_matches=False)
            over = np.minimum(over, away / problem.vehicles[route.uav].spacing_m)
    return 100.0 * float((over > APART).mean())


def beside_plain_sweeps(areas: list[Area], console: Console) -> None:
    """One UAV: time, views and promise beside a plain sweep's."""
    table = Table(title="Mapping, one UAV: beside a plain parallel sweep at its best angle")
    for name in ("area", "s", "plain s", "ratio", "p1", "p5", "< 8 %", "broken %", "cpu s"):
        table.add_column(name, justify="right")
    ratios, seconds = [], []
    for area in areas:
        problem = area.problem(1, COVERAGE_PERCENT, purpose="mapping")
        solution, cpu_s = planned(problem)
        plain = plain_sweep(problem)
        own, other = views(problem, list(solution.routes)), views(problem, [plain])
        ratios.append(time_s(solution.routes[0], problem) / time_s(plain, problem))
        seconds.append(cpu_s)
        table.add_row(
            str(area.number),
            f"{time_s(solution.routes[0], problem):.0f}",
            f"{time_s(plain, problem):.0f}",
            f"{ratios[-1]:.3f}",
            f"{own.p1} ({other.p1})",
            f"{own.p5} ({other.p5})",
            f"{own.short_percent:.2f} ({other.short_percent:.2f})",
            f"{broken_percent(problem, solution.routes):.3f}",
            f"{cpu_s:.2f}",
        )
    console.print(table)
    console.print(
        f"mean ratio {statistics.fmean(ratios):.3f}, worst {max(ratios):.3f}; processor time "
        f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s (plain)\n"
    )


def _missions() -> Iterator[tuple[str, Mission]]:
    for path in sorted(SAMPLES.glob("*.json")):
        yield path.stem, read_source(path)
    for name in (*PUBLISHED, *OTHERS) if CASES.is_dir() else ():
        yield name, case(name)


def case(name: str, purpose: Purpose = "mapping") -> Mission:
    """One of the shared cases, for a UAV at 5 m/s whose battery lasts."""
    scan_m = SCAN_M.get(name.split("-")[0], 20.0)
    mission = read_source(CASES / f"{name}.geojson", scan_distance_m=scan_m)
    uav = replace(mission.uavs[0], speed_m_s=5.0, endurance_s=1e5, scan_distance_m=scan_m)
    seen_m = None if purpose == "mapping" else 2 * FOOTPRINT_RADIUS * scan_m
    flight = replace(mission.flight, purpose=purpose, seen_width_m=seen_m)
    return replace(mission, uavs=(uav,), flight=flight)


def promises(areas: list[Area], console: Console) -> None:
    """Measure the promise for fleets of several sizes, on all areas, samples and cases."""
    table = Table(title="Ground away from the border farther than 0.52 spacings from all lines, %")
    table.add_column("area")
    for count in COUNTS:
        table.add_column(f"{count} UAV", justify="right")
    worst = 0.0
    known = [(str(area.number), area.mission) for area in areas] + list(_missions())
    for name, mission in known:
        cells = []
        for count in COUNTS:
            fleet = tuple(
                replace(mission.uavs[k % len(mission.uavs)], id=f"u{k}", share=None)
                for k in range(count)
            )
            flown = replace(mission, uavs=fleet, coverage_percent=COVERAGE_PERCENT)
            problem = localize(flown, frame_of(flown))
            solution, cpu_s = planned(problem)
            part = broken_percent(problem, solution.routes)
            worst = max(worst, part)
            cells.append(f"{part:.3f} ({cpu_s:.1f} s)")
        table.add_row(name, *cells)
    console.print(table)
    console.print(f"worst {worst:.3f} %\n")


def published_cases(console: Console) -> None:
    """Length, times, bends and processor time on the areas of published solvers."""
    if not CASES.is_dir():
        return
    for purpose in ("mapping", "coverage"):
        table = Table(title=f"Holes and ragged borders, purpose {purpose}")
        for name in ("case", "m", "s", "s, all stops", "stops", "bends", "broken %", "cpu s"):
            table.add_column(name, justify="right")
        for name in PUBLISHED:
            mission = case(name, purpose)
            problem = localize(mission, frame_of(mission))
            solution, cpu_s = planned(problem)
            (route,) = solution.routes
            table.add_row(
                name,
                f"{np.hypot(*np.diff(route.xy_m, axis=0).T).sum():.0f}",
                f"{time_s(route, problem):.0f}",
                f"{stopping_s(route, problem):.0f}",
                str(count_stops(route.xy_m, closed=True)),
                str(count_stops(route.xy_m, closed=True, stop_angle_deg=1.0)),
                f"{broken_percent(problem, solution.routes):.3f}",
                f"{cpu_s:.2f}",
            )
        console.print(table)


def stopping_s(route: Route, problem: Problem) -> float:
    """Time of a vehicle that stops at each bend."""
    vehicle = problem.vehicles[route.uav]
    return route_time_s(
        route.xy_m,
        speed_m_s=vehicle.speed_m_s,
        acceleration_m_s2=vehicle.acceleration_m_s2,
        stop_angle_deg=1.0,
    )
