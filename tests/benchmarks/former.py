"""Missions of several flights, against an older version of mcpp: when has the fleet landed?

The older version plans in a checkout of its own; its routes are cut as it cut them, where the
battery ends, and flown by the motion of today: ``python -m tests.benchmarks.former CHECKOUT``.
Three figures a mission: the default of today, which keeps the spacing; today where lines may move
apart as far as they did then; and the cuts of today against those of then, on the routes of today.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import numpy as np
import shapely
from rich.console import Console

from mcpp.api import plan
from mcpp.errors import InfeasibleError
from mcpp.flight.fly import fly
from mcpp.ground.frame import LocalFrame
from mcpp.io.mission import mission_value
from mcpp.io.source import read_source
from mcpp.model import FOOTPRINT_RADIUS, Mission, Problem, Route, Solution, Uav
from mcpp.problem.localize import frame_of, localize
from tests.benchmarks.areas import SHARED, areas
from tests.benchmarks.together import LAUNCHES, field, launched

NUMBERS = (1, 2, 3, 7, 9, 10, 12, 14, 15)
FLIGHTS = (1.6, 2.4, 3.3, 4.5, 5.6)
"""Of each UAV, about."""
APART = 0.52
"""Spacings from a line within which all ground lies where lines keep their spacing."""
_SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"
_FIELDS = ("id", "start_lon_lat_deg", "endurance_s", "batteries", "speed_m_s", "aircraft")
_NEWER = ("name", "floor_m", "ceiling_m", "times", "waived")


@dataclass(frozen=True)
class Case:
    """One mission, its lines keeping their spacing."""

    name: str
    mission: Mission

    @property
    def apart(self) -> Mission:
        """The same mission where lines may move apart."""
        seen_m = 2 * FOOTPRINT_RADIUS * (self.mission.scan_distance_m or 0.0)
        flight = replace(self.mission.flight, purpose="coverage", seen_width_m=seen_m)
        return replace(self.mission, flight=flight)


@dataclass(frozen=True)
class Flown:
    """When all have landed, with how many flights, how long all were in the air."""

    finish_s: float
    flights: int
    air_s: float
    far_percent: float = 0.0
    planner: str = ""

    def __str__(self) -> str:
        return f"{self.finish_s:6.0f} s {self.flights:2} fl {self.air_s:6.0f}"


def _grounds() -> Iterator[tuple[str, Mission]]:
    for area in areas():
        if area.number in NUMBERS:
            yield f"area {area.number}", area.mission
    for seed in range(8):
        yield f"field {seed}", field(seed, (12, 30, 60)[seed % 3])
    yield "sample three", read_source(_SAMPLES / "three-uavs.json")


def cases() -> Iterator[Case]:
    """Every ground with two fleets: one to three UAVs, launched in three ways."""
    k = 0
    for name, ground in _grounds():
        for _ in range(1 if k % 5 == 4 else 2):
            count, flights = 1 + k % 3, FLIGHTS[k % len(FLIGHTS)]
            launch = LAUNCHES[(k + k // 3) % 3]
            batteries = 2 + k % 2 if k % 4 == 3 else None
            spacing_m = ground.scan_distance_m or 30.0
            work_s = 1.3 * localize(ground, frame_of(ground)).target.area / spacing_m / 8.0
            endurance_s = max(round((work_s / count / flights + 60.0) / 0.8, -1), 300.0)
            uav = Uav(id="", speed_m_s=8.0, endurance_s=endurance_s, batteries=batteries)
            mission = Mission(
                area=ground.area,
                no_fly_zones=ground.no_fly_zones,
                scan_distance_m=spacing_m,
                uavs=tuple(replace(uav, id=f"u{i}") for i in range(count)),
                keep_apart=k % 6 != 5,
            )
            has = "" if batteries is None else f", {batteries} batteries"
            free = "" if mission.keep_apart else ", not apart"
            what = f"{name}, {count} of {endurance_s:.0f} s{has}, {launch}{free}"
            yield Case(what, launched(mission, launch))
            k += 1
    shared = SHARED.parent / "cases" / "sorties-15.json"
    if shared.exists():
        yield Case("15 sorties", read_source(shared))


def _older_value(mission: Mission) -> dict[str, Any]:
    """Say a mission in the words of the older version."""
    value = mission_value(mission)
    zones = [{k: v for k, v in zone.items() if k not in _NEWER} for zone in value["no_fly_zones"]]
    parts = [{k: v for k, v in part.items() if k != "name"} for part in value["area"]]
    uavs = [{k: uav[k] for k in _FIELDS if uav.get(k) is not None} for uav in value["uavs"]]
    return {
        "version": 1,
        "area": parts,
        "no_fly_zones": zones,
        "uavs": uavs,
        "scan_distance_m": mission.scan_distance_m,
        "keep_apart": mission.keep_apart,
    }


def older_routes(checkout: Path, mission: Mission, kept: Path) -> tuple[str, list[Any], LocalFrame]:
    """Let the older version plan: its planner, its routes, and where their metres begin."""
    if not kept.exists():
        with TemporaryDirectory() as folder:
            source, out = Path(folder) / "mission.json", Path(folder) / "out"
            source.write_text(json.dumps(_older_value(mission)))
            command = [
                sys.executable,
                "-P",
                "-m",
                "mcpp",
                "plan",
                str(source),
                "--output",
                str(out),
            ]
            subprocess.run(
                command,
                check=False,
                cwd=checkout,
                env={**os.environ, "PYTHONPATH": str(checkout)},
                stdout=subprocess.DEVNULL,
            )
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text((out / "plan.json").read_text())
    value = json.loads(kept.read_text())
    frame = LocalFrame(tuple(value["origin_lon_lat_deg"]))
    return value["solution"]["planner"], value["solution"]["routes"], frame


def _solution(
    problem: Problem, routes: list[Any], theirs: LocalFrame, ours: LocalFrame
) -> Solution:
    found = []
    for route in routes:
        xy = np.array(route["xy_m"], float).reshape(-1, 2)
        xy_m = ours.to_m(theirs.to_deg(xy)) if len(xy) else xy
        found.append(Route(uav=route["uav"], xy_m=xy_m, survey=np.array(route["survey"], bool)))
    return Solution(planner="former", routes=tuple(found))


def _greedy(_airway: Any, _xy: Any, _survey: Any, greedy: Any, **_: Any) -> Any:
    return greedy


def flown(problem: Problem, solution: Solution, *, greedy: bool, planner: str = "") -> Flown:
    """Fly a solution, its cuts as they are made today or where each battery ends."""
    if greedy:
        with patch("mcpp.flight.fly.well_cut", _greedy):
            sorties = fly(problem, solution)
    else:
        sorties = fly(problem, solution)
    return Flown(
        finish_s=max(float(s.time_s[-1]) for s in sorties),
        flights=len(sorties),
        air_s=sum(float(s.time_s[-1] - s.time_s[0]) for s in sorties),
        far_percent=far_percent(problem, solution),
        planner=planner or solution.planner,
    )


def far_percent(problem: Problem, solution: Solution) -> float:
    """Share of the ground that lies farther than `APART` spacings from every line."""
    legs = [
        np.stack([r.xy_m[:-1][r.survey], r.xy_m[1:][r.survey]], axis=1)
        for r in solution.routes
        if len(r.xy_m) > 1
    ]
    lines = shapely.multilinestrings(np.concatenate(legs))
    shapely.prepare(lines)
    low_x, low_y, high_x, high_y = problem.target.bounds
    step_m = math.sqrt(problem.target.area / 20_000)
    grid = np.meshgrid(np.arange(low_x, high_x, step_m), np.arange(low_y, high_y, step_m))
    shapely.prepare(problem.target)
    points = shapely.points(*(axis.ravel() for axis in grid))
    points = points[shapely.covers(problem.target, points)]
    near = shapely.dwithin(lines, points, APART * problem.spacing_m)
    return float(100 * (1 - near.mean()))


@dataclass(frozen=True)
class Figures:
    """What came of one mission."""

    former: Flown
    default: Flown
    apart: Flown
    cut: Flown

    @property
    def gains(self) -> tuple[float, float, float]:
        """How much earlier the fleet lands, in percent: default, apart, cuts alone."""
        pairs = (
            (self.former, self.default),
            (self.former, self.apart),
            (self.cut, self.default),
        )
        return tuple(100 * (1 - now.finish_s / then.finish_s) for then, now in pairs)  # type: ignore[return-value]


def figures(case: Case, checkout: Path, kept: Path) -> Figures:
    """Plan one mission in both ways, and by the older version."""
    planner, routes, theirs = older_routes(checkout, case.mission, kept)
    frame = frame_of(case.mission)
    problem = localize(case.mission, frame)
    former = _solution(problem, routes, theirs, frame)
    default, apart = plan(case.mission), plan(case.apart)
    return Figures(
        former=flown(problem, former, greedy=True, planner=planner),
        default=flown(default.problem, default.solution, greedy=False),
        apart=flown(apart.problem, apart.solution, greedy=False),
        cut=flown(default.problem, default.solution, greedy=True),
    )


def main() -> None:
    """Print a line a mission, and the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkout", type=Path, help="folder of the older version")
    parser.add_argument("names", nargs="*", help="words of missions, as in 'area 6,'")
    parser.add_argument("--keep", type=Path, help="folder that keeps the older version's plans")
    given = parser.parse_args()
    console = Console(width=200, highlight=False)
    every: list[Figures] = []
    with TemporaryDirectory() as folder:
        for k, case in enumerate(cases()):
            if given.names and not any(name in case.name for name in given.names):
                continue
            try:
                found = figures(
                    case, given.checkout.resolve(), (given.keep or Path(folder)) / f"{k}.json"
                )
            except InfeasibleError as error:
                console.print(f"{k:2} {case.name:<58} {error}")
                continue
            every.append(found)
            shown = " ".join(f"{gain:+6.1f}" for gain in found.gains)
            console.print(
                f"{k:2} {case.name:<58} {found.former} {found.former.planner:<8} far "
                f"{found.former.far_percent:4.1f} % | {found.default} | {found.apart} "
                f"{found.apart.planner:<8} | {found.cut} | {shown}"
            )
    for k, name in enumerate(("default", "apart", "cuts") if every else ()):
        gains = [found.gains[k] for found in every]
        console.print(
            f"{name}: mean {statistics.fmean(gains):+.1f} %, worst {min(gains):+.1f} %, "
            f"later on {sum(gain < -0.05 for gain in gains)} of {len(gains)}"
        )


if __name__ == "__main__":
    main()
