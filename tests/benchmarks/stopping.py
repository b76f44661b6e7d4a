"""How soon a stop is heard: the processor's time between two looks of a run at its observer.

One thread, so that the process's time is that of the run; each mission once before, so that nothing
is compiled. A run that takes long is told to stop, and the time until it ends is told apart: `best`
still makes and checks the flights of the best plan that it has.
"""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rich.console import Console

from mcpp.api import plan
from mcpp.errors import Cancelled, McppError
from mcpp.io.mission import mission_from_json, read_mission
from mcpp.model import Mission, PlannerChoice
from mcpp.processes import THREADS_VARIABLE
from tests.benchmarks.areas import SHARED

PLANNERS = ("auto", "regions", "tour", "darp-stc", "draft", "best")
CASES = ("hang_order_parts.json", "typo_corner_66km.json")
LONGEST_S = 20.0
"""Of the processor, until a run is told to stop."""
HEARD_S = 0.2


class Gaps:
    """Measures the gaps between two looks; asks to stop after some time.

    Attributes
    ----------
    worst_s, stage
        The longest gap before it asked to stop, and where.
    after_s
        From when it asked to stop until the run ended.
    """

    def __init__(self, longest_s: float) -> None:
        self._begin_s = self._last_s = time.process_time()
        self._longest_s = longest_s
        self.worst_s, self.stage, self._now = 0.0, "", "begin"
        self.after_s, self._stopped_s = 0.0, 0.0

    def on_progress(self, stage: str, fraction: float) -> None:
        self._now = stage

    def look(self) -> None:
        """Take a look, as at the end of a run."""
        now_s = time.process_time()
        if self._stopped_s:
            self.after_s = now_s - self._stopped_s
        elif now_s - self._last_s > self.worst_s:
            self.worst_s, self.stage = now_s - self._last_s, self._now
        self._last_s = now_s

    def should_stop(self) -> bool:
        self.look()
        stop = self._last_s - self._begin_s > self._longest_s
        if stop and not self._stopped_s:
            self._stopped_s = self._last_s
        return stop


def _square(side_m: float) -> Mission:
    """A square with a hole of a tenth of its side and two zones, for three wings of range."""
    south, west, across = 39.6, 22.5, 111_320.0 * 0.7705

    def ring(x_m: float, y_m: float, size_m: float) -> list[list[float]]:
        corners = ((0, 0), (1, 0), (1, 1), (0, 1))
        return [
            [west + (x_m + i * size_m) / across, south + (y_m + j * size_m) / 111_320.0]
            for i, j in corners
        ]

    s = side_m
    value: dict[str, Any] = {
        "version": 1,
        "area": [
            {
                "outer_lon_lat_deg": ring(0, 0, s),
                "holes_lon_lat_deg": [ring(0.55 * s, 0.45 * s, s / 10)],
            }
        ],
        "no_fly_zones": [
            {"outer_lon_lat_deg": ring(0.2 * s, 0.2 * s, s / 12), "buffer_m": 10},
            {"outer_lon_lat_deg": ring(0.7 * s, 0.75 * s, s / 15), "buffer_m": 10},
        ],
        "uavs": [
            {
                "id": f"u{i}",
                "speed_m_s": 15.0,
                "endurance_s": 14_000.0,
                "start_lon_lat_deg": ring(s / 10 + 60 * i, s / 10, 1)[0],
            }
            for i in range(3)
        ],
        "scan_distance_m": 40.0 * max(1.0, s / 4000),
    }
    return mission_from_json(value)


def missions() -> dict[str, Callable[[], Mission]]:
    """The missions that stops are measured on."""
    squares = {f"{side**2 / 1e6:.0f} km2": side for side in (1000.0, 3162.0, 10_000.0)}
    found: dict[str, Callable[[], Mission]] = {
        name: lambda side=side: _square(side)  # type: ignore[misc]
        for name, side in squares.items()
    }
    for name in CASES:
        path = SHARED.parent / "cases" / name
        if path.is_file():
            found[name] = lambda path=path: read_mission(path)  # type: ignore[misc]
    return found


def worst_gap(mission: Mission, planner: str, longest_s: float = LONGEST_S) -> tuple[Gaps, str]:
    """Plan once; the gaps, and how the run ended."""
    gaps = Gaps(longest_s)
    try:
        plan(replace(mission, planner=PlannerChoice(name=planner)), gaps)
        end = "planned"
    except Cancelled:
        end = "stopped"
    except McppError as error:
        end = str(error)[:50]
    gaps.look()
    return gaps, end


def stops_heard(console: Console) -> None:
    """Print the worst gap of each planner on each mission."""
    before = os.environ.get(THREADS_VARIABLE)
    os.environ[THREADS_VARIABLE] = "1"
    try:
        for name, make in missions().items():
            for planner in PLANNERS:
                worst_gap(make(), planner, 2.0)
                gaps, end = worst_gap(make(), planner)
                late = "" if gaps.worst_s <= HEARD_S else "  above"
                console.print(
                    f"{name:24} {planner:9} {gaps.worst_s:6.2f} s  {gaps.stage} ({end}, "
                    f"{gaps.after_s:.2f} s after the stop){late}"
                )
    finally:
        if before is None:
            del os.environ[THREADS_VARIABLE]
        else:
            os.environ[THREADS_VARIABLE] = before
    console.print()
