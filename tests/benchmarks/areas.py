"""The areas of the benchmark, and what was published for them."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from mcpp.check.evaluate import PathFigures
from mcpp.ground.frame import LocalFrame
from mcpp.io.paths import read_paths
from mcpp.io.source import read_source
from mcpp.model import FOOTPRINT_RADIUS, Mission, Problem, Purpose
from mcpp.problem.localize import frame_of, localize

SHARED = Path(__file__).resolve().parents[3] / "shared" / "rois"


@dataclass(frozen=True)
class Area:
    number: int
    mission: Mission
    frame: LocalFrame
    published: dict[str, Any]
    paper_path: Path | None

    def problem(
        self,
        uavs: int = 1,
        coverage_percent: float = 100.0,
        starts=None,
        purpose: Purpose = "coverage",
    ) -> Problem:
        """Area with so many equal UAVs, at 5 m/s and 2 m/s2, whose batteries last.

        Purpose coverage has the reach of the paper's evaluation; mapping promises its lines.
        """
        scan_m = self.mission.scan_distance_m
        assert scan_m is not None  # each of them names one
        seen_m = None if purpose == "mapping" else 2 * FOOTPRINT_RADIUS * scan_m
        starts = starts or [None] * uavs
        fleet = tuple(
            replace(
                self.mission.uavs[0],
                id=f"u{i}",
                speed_m_s=5.0,
                endurance_s=1e5,
                scan_distance_m=scan_m,
                start_lon_lat_deg=starts[i],
            )
            for i in range(uavs)
        )
        mission = replace(
            self.mission,
            uavs=fleet,
            coverage_percent=coverage_percent,
            flight=replace(self.mission.flight, purpose=purpose, seen_width_m=seen_m),
        )
        return localize(mission, self.frame)

    def figures(self, paths_m: list[np.ndarray]) -> PathFigures:
        """Evaluate paths in metres by the paper's rules, on samples of their own."""
        from mcpp.cli.evaluate import evaluation_of

        paths = [self.frame.to_deg(path) for path in paths_m if len(path) > 1]
        return evaluation_of(self.mission, paths, None).fleet

    def paper(self) -> PathFigures | None:
        """Figures of the published path, measured as ours are."""
        if self.paper_path is None:
            return None
        from mcpp.cli.evaluate import evaluation_of

        return evaluation_of(self.mission, list(read_paths(self.paper_path)), None).fleet


def areas() -> list[Area]:
    """List the shared areas, or the sample alone where they are absent."""
    if not SHARED.is_dir():
        sample = Path(__file__).resolve().parents[2] / "assets" / "samples" / "three-uavs.json"
        mission = read_source(sample)
        return [Area(0, mission, frame_of(mission), {}, None)]
    published = json.loads((SHARED / "published.json").read_text())["areas"]
    found = []
    for path in sorted(SHARED.glob("roi_*.geojson")):
        number = int(path.stem.split("_")[1])
        mission = read_source(path)
        paper = SHARED / "published_paths" / f"roi_{number:02d}_m3.geojson"
        found.append(
            Area(
                number,
                mission,
                frame_of(mission),
                published.get(str(number), {}),
                paper if paper.exists() else None,
            )
        )
    return found
