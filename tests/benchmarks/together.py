"""Do fleets land together: mixed fleets with the batteries they have, on the areas and on fields.

Every case either lands within `TOGETHER`, or says in its own plan what keeps it from that. One
line a case; run ``python -m tests.benchmarks.together AREA... [--fleets 2,3]`` for some, with
``--launch KIND`` all launched alike, with ``--purpose coverage`` or ``search`` fleets whose ground
is divided on a lattice.
"""

import argparse
import math
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from rich.console import Console

from mcpp.api import plan
from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    FOOTPRINT_RADIUS,
    AreaPart,
    Finding,
    Mission,
    Plan,
    PlannerChoice,
    Purpose,
    Uav,
)
from mcpp.problem.localize import frame_of, localize
from tests.benchmarks.areas import Area

TOGETHER = 0.03
FLEETS = (2, 3, 5, 8)
PURPOSES: tuple[Purpose, ...] = ("mapping", "coverage", "search")
LAUNCHES = ("one point", "apart", "left to mcpp")
SPOTS = "one point, spots"
_PRESETS = (
    Uav(id="copter", aircraft="ardupilot-copter", speed_m_s=8.0, endurance_s=1200.0),
    Uav(id="hexa", aircraft="px4-multirotor", endurance_s=1500.0, batteries=2, autopilot="px4"),
    Uav(id="matrice", aircraft="dji-matrice-350"),
    Uav(id="mavic", aircraft="dji-mavic-3e", batteries=3),
)
_CAMERAS = ("Sony A6000 16 mm", "Sony A7R II 21 mm", "DJI Zenmuse P1 24 mm", "DJI Mavic 3E wide")
_LIMITS = frozenset({"limit", "batteries"})
_NO_LIMIT = re.compile(r"no limit of its own|(?P<count>\d+) without a limit of their own")


@dataclass(frozen=True)
class Case:
    """One mission of the table."""

    name: str
    launch: str
    mission: Mission


@dataclass(frozen=True)
class Landed:
    """What came of it."""

    case: Case
    plan: Plan
    ends_s: tuple[float, ...]
    cpu_s: float

    @property
    def spread(self) -> float:
        """How far the ends lie apart, as a part of the latest."""
        return 1 - min(self.ends_s) / max(self.ends_s)

    @property
    def unlimited(self) -> int:
        """How many UAVs land early for no reason that the plan knows of."""
        counts = [_NO_LIMIT.search(finding.message) for finding in self.words]
        return sum(int(count["count"] or 1) for count in counts if count)

    @property
    def words(self) -> list[Finding]:
        """Limits that the plan names itself."""
        return [f for f in self.plan.report.findings if f.code in _LIMITS]


def field(seed: int, hectares: float, lon_lat_deg: tuple[float, float] = (8.55, 47.36)) -> Mission:
    """Draw a field with a ragged border, and a zone in some."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(5, 12))
    angles = np.sort(rng.uniform(0, 2 * math.pi, count) + np.arange(count) * 0.05)
    radii = rng.uniform(0.6, 1.0, count) * (1, rng.uniform(0.5, 1.0))[seed % 2]
    ring = shapely.Polygon(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]))
    ring = ring.buffer(0).convex_hull if seed % 3 == 0 or not ring.is_valid else ring
    scale = math.sqrt(hectares * 1e4 / ring.area)
    corners = shapely.get_coordinates(ring)[:-1] * scale
    frame = LocalFrame(lon_lat_deg)

    def placed(xy: np.ndarray) -> tuple[tuple[float, float], ...]:
        return tuple((float(lon), float(lat)) for lon, lat in np.round(frame.to_deg(xy), 7))

    return Mission(
        area=(AreaPart(outer_lon_lat_deg=placed(corners)),),
        uavs=(_PRESETS[0],),
        scan_distance_m=30.0,
    )


def fleet_of(count: int, *, mixed: bool = True) -> tuple[Uav, ...]:
    """So many UAVs: each preset in turn, or all alike with long batteries."""
    if not mixed:
        alike = replace(_PRESETS[0], endurance_s=1e5)
        return tuple(replace(alike, id=f"u{i}") for i in range(count))
    return tuple(replace(_PRESETS[i % 4], id=f"{_PRESETS[i % 4].id}{i}") for i in range(count))


def launched(mission: Mission, launch: str) -> Mission:
    """Give the UAVs their launch points: all at one corner, on spots there, apart, or none."""
    if launch == "left to mcpp":
        return mission
    if launch == SPOTS:
        mission = replace(mission, flight=replace(mission.flight, launch_spots="apart"))
    frame = frame_of(mission)
    allowed = localize(mission, frame).allowed
    border = max(shapely.get_parts(allowed), key=shapely.area).buffer(-5.0)
    ring = max(shapely.get_parts(border), key=shapely.area).exterior
    places = [0.0] * len(mission.uavs)
    if launch == "apart":
        places = [k / len(mission.uavs) for k in range(len(mission.uavs))]
    uavs = []
    for uav, part in zip(mission.uavs, places, strict=True):
        point = ring.interpolate(part, normalized=True)
        lon, lat = np.round(frame.to_deg((point.x, point.y)), 7)
        uavs.append(replace(uav, start_lon_lat_deg=(float(lon), float(lat))))
    return replace(mission, uavs=tuple(uavs))


def aimed(mission: Mission, purpose: Purpose) -> Mission:
    """Give a mission a purpose: a coverage has one reach for all, a search each UAV's own camera.

    In a search the lines lie about as far apart as the scan distance was.
    """
    if purpose == "mapping":
        return mission
    scan_m = mission.scan_distance_m
    assert scan_m is not None  # each area and field names one
    flight = replace(mission.flight, purpose=purpose)
    if purpose == "coverage":
        return replace(mission, flight=replace(flight, seen_width_m=2 * FOOTPRINT_RADIUS * scan_m))
    uavs = tuple(replace(uav, camera=_CAMERAS[i % 4]) for i, uav in enumerate(mission.uavs))
    flight = replace(flight, height_m=scan_m)
    return replace(mission, uavs=uavs, scan_distance_m=None, flight=flight)


def cases(
    areas: list[Area],
    counts: tuple[int, ...] = FLEETS,
    *,
    alike: str | None = None,
    purpose: Purpose = "mapping",
) -> Iterator[Case]:
    """All areas and fields, with all fleets, launched in all ways in turn, or in one."""
    grounds = [(f"area {a.number}", replace(a.mission, planner=PlannerChoice())) for a in areas]
    grounds += [(f"field {seed}", field(seed, (12, 30, 60)[seed % 3])) for seed in range(6)]
    for name, ground in grounds:
        for k, count in enumerate(counts):
            for mixed in (True, False):
                launch = alike or LAUNCHES[(k + len(name) + mixed) % 3]
                mission = aimed(replace(ground, uavs=fleet_of(count, mixed=mixed)), purpose)
                kind = "mixed" if mixed else "alike"
                yield Case(f"{name}, {count} {kind}", launch, launched(mission, launch))


def landed(case: Case) -> Landed:
    """Plan a case."""
    begin_s = time.process_time()
    found = plan(case.mission)
    cpu_s = time.process_time() - begin_s
    ends_s = [0.0] * len(case.mission.uavs)
    for sortie in found.sorties:
        ends_s[sortie.uav] = max(ends_s[sortie.uav], float(sortie.time_s[-1]))
    return Landed(case, found, tuple(ends_s), cpu_s)


def table(wanted: list[Case], console: Console) -> None:
    """One line a case, and how many land together or say why not."""
    console.print(f"Landing times, {len(wanted)} missions", style="bold")
    every = []
    for case in wanted:
        one = landed(case)
        every.append(one)
        ends = "/".join(f"{end_s:.0f}" for end_s in one.ends_s)
        words = f"; {one.words[0].message}" if one.spread > TOGETHER and one.words else ""
        silent = "  SILENT" if one.spread > TOGETHER and not one.words else ""
        sorties = len(one.plan.sorties)
        console.print(
            f"{case.name:<20} {case.launch:<16} {one.plan.solution.planner:<8} {sorties:3} sorties"
            f" {100 * one.spread:5.1f} %  {one.cpu_s:5.1f} s  {ends}{silent}{words}",
            soft_wrap=True,
        )
    spreads = [one.spread for one in every]
    together = [one for one in every if one.spread <= TOGETHER]
    unlimited = sum(one.unlimited for one in every)
    unnamed = sum(one.spread > TOGETHER and not one.words for one in every)
    console.print(
        f"within {100 * TOGETHER:g} %: {len(together)} of {len(every)}, "
        f"silent otherwise: {unnamed}; "
        f"early with no limit of their own: {unlimited} UAVs; "
        f"mean {100 * statistics.fmean(spreads):.1f} %, worst {100 * max(spreads):.1f} %\n"
    )


def main() -> None:
    """Plan some cases, by words in their names."""
    from tests.benchmarks.areas import areas

    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", help="words of cases, as in 'area 6,'")
    parser.add_argument("--fleets", default=",".join(map(str, FLEETS)))
    parser.add_argument("--launch", choices=(*LAUNCHES, SPOTS), help="launch all in this way")
    parser.add_argument("--purpose", choices=PURPOSES, default=PURPOSES[0])
    given = parser.parse_args()
    counts = tuple(int(n) for n in given.fleets.split(","))
    every = cases(areas(), counts, alike=given.launch, purpose=given.purpose)
    some = [c for c in every if not given.names or any(name in c.name for name in given.names)]
    table(some, Console(width=160))


if __name__ == "__main__":
    main()
