"""The paper's marginal-utility study: finishing time over the number of UAVs, side by side.

The paper's two areas are not published, nor is its scan distance. Here the outline of the sample
mission is scaled to their sizes, and 50 m is taken, near to area over length of the paper's single
UAV (53 and 52 m). What is held side by side is therefore the shape of the curve; the first rows
show how near the lengths are.

"by its model" is the paper's estimate of the longest path, length / speed + 0.6 s a waypoint at
3 m/s; "as flown" is ours: take-off, ways, corners, battery swaps, landing. A swap takes the crew
5 + 3n minutes, as in the paper's sheet, and a battery lasts 25 minutes, which is what its numbers
of batteries allow (24.1 to 27.6). The paper counts batteries as time over endurance; ours fly home
from the far end of the area to swap, so that few UAVs on the large area need more of them.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.affinity
from rich.console import Console
from rich.table import Table

from mcpp.api import plan
from mcpp.ground.coverage import corner_points
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape
from mcpp.io.source import read_source
from mcpp.model import AreaPart, Mission, Plan, PlannerChoice, Uav
from mcpp.problem.localize import frame_of
from mcpp.study.sizes import StudyCosts, StudyRow, fastest, fleet_of, knee, row_of
from tests.benchmarks.areas import SHARED

SPEED_M_S = 3.0
TURN_S = 0.6
SPACING_M = 50.0
BATTERY_S = 1500.0
PLANNERS = ("darp-stc", "regions")


def mission_of(area_m2: float, coverage_percent: float) -> Mission:
    """Scale the outline of the sample mission to an area."""
    sample = Path(__file__).resolve().parents[2] / "assets" / "samples" / "three-uavs.json"
    mission = read_source(sample)
    frame = frame_of(mission)
    outline = area_shape(mission, frame)
    factor = float(np.sqrt(area_m2 / outline.area))
    scaled = shapely.affinity.scale(outline, factor, factor, origin="centroid")
    return Mission(
        area=(AreaPart(outer_lon_lat_deg=_ring(scaled, frame)),),
        uavs=(Uav(id="u", speed_m_s=SPEED_M_S, endurance_s=BATTERY_S),),
        scan_distance_m=SPACING_M,
        coverage_percent=max(96.0, coverage_percent),
        flight=replace(mission.flight, reserve=0.0),
    )


def _ring(shape: Any, frame: LocalFrame) -> tuple[tuple[float, float], ...]:
    corners = np.array(shape.exterior.coords)[:-1]
    return tuple((float(lon), float(lat)) for lon, lat in frame.to_deg(corners))


def longest_path_s(finished: Plan) -> float:
    """Estimate the longest path as the paper does."""
    times = [0.0]
    for route in finished.solution.routes:
        length_m = float(np.hypot(*np.diff(route.xy_m, axis=0).T).sum()) if len(route.xy_m) else 0
        times.append(length_m / SPEED_M_S + TURN_S * len(corner_points(route.xy_m)))
    return max(times)


def _study(
    area_m2: float, published: list[dict[str, Any]], planner: str
) -> tuple[list[float], list[StudyRow]]:
    mission = mission_of(area_m2, published[0]["PoC"])
    mission = replace(mission, planner=PlannerChoice(name=planner))
    estimates, rows = [], []
    for theirs in published:
        count = theirs["uavs"]
        flight = replace(mission.flight, battery_swap_s=60.0 * (5 + 3 * count))
        finished = plan(fleet_of(replace(mission, flight=flight), count))
        estimates.append(longest_path_s(finished))
        rows.append(row_of(finished, StudyCosts()))
    return estimates, rows


def _curves_agree(ours: list[float], theirs: list[float], console: Console, words: str) -> None:
    """Correlate the logarithms, and say how far the curves lie apart when scaled to each other."""
    a, b = np.log(ours), np.log(theirs)
    apart = (a - b) - (a - b).mean()
    console.print(
        f"{words}: correlation of log times {np.corrcoef(a, b)[0, 1]:.4f}, curves scaled to each"
        f" other lie {100 * np.expm1(np.abs(apart)).mean():.1f} % apart on average,"
        f" {100 * np.expm1(np.abs(apart).max()):.1f} % at most"
    )


def _table(
    name: str,
    published: list[dict[str, Any]],
    found: dict[str, tuple[list[float], list[StudyRow]]],
) -> Table:
    table = Table(title=f"{name} area, {published[0]['area_m2']:,.0f} m2: minutes")
    table.add_column("UAVs", justify="right")
    table.add_column("paper", justify="right")
    for planner in found:
        table.add_column(f"{planner}, by its model", justify="right")
    table.add_column("paper in all", justify="right")
    for planner in found:
        table.add_column(f"{planner} as flown, in all", justify="right")
        table.add_column("batteries", justify="right")
    for i, theirs in enumerate(published):
        cells = [str(theirs["uavs"]), f"{theirs['mission_time_min']:.1f}"]
        cells += [f"{estimates[i] / 60:.1f}" for estimates, _ in found.values()]
        cells.append(f"{theirs['total_time_min']:.1f}")
        for _, rows in found.values():
            cells += [f"{rows[i].total_s / 60:.1f}", str(rows[i].swaps + rows[i].uavs)]
        table.add_row(*cells)
    return table


def marginal_utility(console: Console) -> None:
    """Print finishing times for 1 to 15 UAVs beside the published ones, and compare the curves."""
    if not SHARED.is_dir():
        console.print("the published study is not here: nothing to hold ours against")
        return
    sheet = json.loads((SHARED / "marginal_utility.json").read_text())
    for name in ("small", "large"):
        published = sheet[name]
        found = {p: _study(published[0]["area_m2"], published, p) for p in PLANNERS}
        console.print(_table(name, published, found))
        paper = [
            StudyRow(
                uavs=row["uavs"],
                finish_s=60 * row["mission_time_min"],
                deploy_s=60 * (row["total_time_min"] - row["mission_time_min"]),
            )
            for row in published
        ]
        _name_fleets("the paper", paper, console)
        for planner, (estimates, rows) in found.items():
            by_model = [
                StudyRow(uavs=row.uavs, finish_s=time_s)
                for row, time_s in zip(rows, estimates, strict=True)
            ]
            _name_fleets(planner, rows, console, by_model)
            published_s = [row.finish_s for row in paper]
            _curves_agree(estimates, published_s, console, f"{planner}, by its model")
            in_all_s = [row.total_s for row in rows]
            _curves_agree(in_all_s, [row.total_s for row in paper], console, f"{planner}, in all")
        console.print()


def _name_fleets(
    name: str, rows: list[StudyRow], console: Console, by_model: list[StudyRow] | None = None
) -> None:
    found, best = knee(by_model or rows), fastest(rows)
    knee_at = "none" if found is None else str(found.uavs)
    best_at = "none" if best is None else str(best.uavs)
    console.print(f"{name}: knee at {knee_at} UAVs, fastest in all with {best_at}")
