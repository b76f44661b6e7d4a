"""Several UAVs: do they finish together, and how near to a fair part of one UAV's time?"""

import statistics
from dataclasses import replace

import numpy as np
import shapely
from rich.console import Console

from mcpp.api import plan
from mcpp.ground.kinematics import route_time_s
from mcpp.ground.transit import FreeSpace
from mcpp.model import Mission, PlannerChoice, Problem, Solution
from mcpp.planner import NullObserver, Planner
from mcpp.problem.space import space_of
from planners.regions import RegionsPlanner
from planners.tour import TourPlanner
from tests.benchmarks.areas import Area

COUNTS = (3, 5, 10)
MIXED_COUNTS = (2, 4, 8)
COVERAGE_PERCENT = 99.0


def route_times_s(problem: Problem, solution: Solution) -> np.ndarray:
    """Time of each UAV, with the way to its route and back where it has a launch point."""
    times = []
    for route in solution.routes:
        vehicle = problem.vehicles[route.uav]
        total = route_time_s(
            route.xy_m, speed_m_s=vehicle.speed_m_s, acceleration_m_s2=vehicle.acceleration_m_s2
        )
        if vehicle.start_m is not None and len(route.xy_m):
            space = FreeSpace(space_of(problem, route.uav))
            ends = route.xy_m[:-1] if route.closed else route.xy_m[[0]]
            onto = space.distances([vehicle.start_m], ends)[0]
            off = space.distances([vehicle.start_m], ends if route.closed else route.xy_m[[-1]])[0]
            total += (onto + off).min() / vehicle.transit_speed_m_s
            total += 2 * vehicle.transit_speed_m_s / vehicle.acceleration_m_s2
        times.append(total)
    return np.array(times)


def _run(area: Area, planner, problem: Problem) -> np.ndarray:
    solution = planner.plan(problem, rng=np.random.default_rng(1), observer=NullObserver())
    return route_times_s(problem, solution)


def _corner(area: Area) -> tuple[float, float]:
    corner = shapely.get_coordinates(area.problem().allowed)[0]
    lon, lat = area.frame.to_deg(corner)
    return float(lon), float(lat)


def finishing_together(areas: list[Area], console: Console) -> None:
    """Slowest over mean, and finishing time over one UAV's time shared evenly."""
    console.print(
        f"Fleets at {COVERAGE_PERCENT:g} %: slowest/mean | finish/(one UAV's time / n)",
        style="bold",
    )
    kinds = ("regions", "tour", "tour from a corner")
    sums: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for area in areas:
        alone = _run(area, RegionsPlanner(), area.problem(1, COVERAGE_PERCENT))[0]
        for kind in kinds:
            cells = []
            for n in COUNTS:
                starts = [_corner(area)] * n if kind.endswith("corner") else None
                problem = area.problem(n, COVERAGE_PERCENT, starts)
                planner: Planner = RegionsPlanner()
                if kind != "regions":
                    problem, planner = replace(problem, keep_apart=False), TourPlanner()
                times = _run(area, planner, problem)
                uneven, against = times.max() / times.mean(), times.max() / (alone / n)
                sums.setdefault((kind, n), []).append((uneven, against))
                cells.append(f"{n}: {uneven:.3f} | {against:.3f}")
            console.print(f"area {area.number:2}, {kind:<18} {'   '.join(cells)}")
    for (kind, n), values in sums.items():
        console.print(
            f"{kind}, {n} UAVs: slowest/mean {statistics.fmean(v[0] for v in values):.3f}, "
            f"finish/(single/n) {statistics.fmean(v[1] for v in values):.3f}"
        )
    console.print()


def _mixed_fleet(area: Area, count: int) -> Mission:
    """Give each UAV its own speed and line spacing, and batteries of half an hour."""
    model, spacing_m = area.mission.uavs[0], area.mission.scan_distance_m or 0.0
    fleet = tuple(
        replace(
            model,
            id=f"u{i}",
            speed_m_s=(5.0, 8.0, 3.0, 6.0)[i % 4],
            scan_distance_m=spacing_m * (1.0, 0.8, 1.3)[i % 3],
            endurance_s=1800.0,
        )
        for i in range(count)
    )
    return replace(
        area.mission,
        uavs=fleet,
        coverage_percent=COVERAGE_PERCENT,
        planner=PlannerChoice(name="regions"),
    )


def mixed_fleets(areas: list[Area], console: Console) -> None:
    """Finishing times of unlike UAVs, flights and battery swaps included."""
    console.print("Mixed fleets: latest less earliest end, as a part of the latest", style="bold")
    spreads = []
    for area in areas:
        cells = []
        for count in MIXED_COUNTS:
            finished = plan(_mixed_fleet(area, count))
            ends_s = dict.fromkeys(range(count), 0.0)
            for sortie in finished.sorties:
                ends_s[sortie.uav] = max(ends_s[sortie.uav], float(sortie.time_s[-1]))
            spreads.append(1 - min(ends_s.values()) / max(ends_s.values()))
            swaps = len(finished.sorties) - count
            cells.append(f"{count}: {100 * spreads[-1]:.1f} %, {swaps} swaps")
        console.print(f"area {area.number:2}  {'   '.join(cells)}")
    within = sum(spread <= 0.03 for spread in spreads)
    console.print(
        f"mean {100 * statistics.fmean(spreads):.1f} %, worst {100 * max(spreads):.1f} %, "
        f"within 3 %: {within} of {len(spreads)}\n"
    )
