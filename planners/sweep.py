"""Trimmed sweep with covering return leg: a closed tour over an area, short and legal."""

import math
import time
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import Cancelled, InputError
from mcpp.kinematics import STOP_ANGLE_DEG, route_time_s
from mcpp.model import BoolArray, FloatArray
from mcpp.planner import Observer, report_progress
from planners.sweep_finish import Polisher, finish
from planners.sweep_layout import (
    Ground,
    Layout,
    lay_parts,
    string_parts,
    string_tour,
    survey_ground,
)
from planners.sweep_lines import candidate_angles
from planners.sweep_raster import covered_area_m2, lay_raster
from planners.sweep_polish import Tour

FULL_PERCENT = 99.9
"""What 100 percent asks for: the rest is slivers in corners that cost metres each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepParams:
    """How hard the sweep planner looks.

    Attributes
    ----------
    effort
        ``draft`` is for a preview: few angles, coverage estimated by samples. ``best`` goes on
        after ``normal`` until a limit is met.
    """

    effort: Literal["draft", "normal", "best"] = "normal"
    edges: int = 8
    angle_step_deg: float = 15.0
    finalists: int = 5
    seconds: float = math.inf
    iterations: int = 200
    idle_iterations: int = 60
    keep_best_on_stop: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepLoop:
    xy_m: FloatArray
    survey: BoolArray
    angle_rad: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SweepResult:
    loops: tuple[SweepLoop, ...]
    coverage_percent: float
    attainable_percent: float
    exact: bool
    time_s: float
    length_m: float


def _rank(ground: Ground, params: SweepParams, rng, watch) -> list[Layout]:
    draft = params.effort == "draft"
    angles = candidate_angles(ground.target, edges=params.edges, step_deg=params.angle_step_deg)
    found = []
    for angle in angles:
        for phase in (0.0,):
            for side in (None, 0, 1):
                laid = lay_parts(ground, angle, phase, side)
                if laid is None or not laid[0]:
                    continue
                found.append(
                    string_parts(
                        ground,
                        angle,
                        laid[0],
                        has_chain=laid[1],
                        starts=3,
                        kicks=20,
                        seed=1,
                        loss=1.0 / ground.spacing_m,
                    )
                )
    found.sort(key=lambda layout: layout.worth)
    return found


def _polished(ground, layout, lost_share, raster, watch) -> Tour:
    tour = string_tour(ground, layout)
    polisher = Polisher(ground, tour, raster, watch)
    finish(polisher, lost_share, rounds=6)
    return polisher


def sweep_tour(
    target,
    allowed,
    *,
    spacing_m,
    reach_m,
    coverage_percent,
    speed_m_s,
    acceleration_m_s2,
    params,
    rng,
    observer,
):
    physics = np.array(
        [speed_m_s, speed_m_s**2 / acceleration_m_s2, math.cos(math.radians(STOP_ANGLE_DEG))]
    )

    def watch():
        report_progress(observer, "sweep", 0.5)

    want = min(coverage_percent, FULL_PERCENT)
    loops = []
    t0 = time.time()
    ground = survey_ground(
        target, allowed, spacing_m=spacing_m, reach_m=reach_m, physics=physics, samples=6000
    )
    layouts = _rank(ground, params, rng, watch)
    t1 = time.time()
    raster = lay_raster(ground.target, spacing_m / 16, reach_m)
    best = None
    t2 = time.time()
    import os

    for k, layout in enumerate(layouts[: params.finalists]):
        p = _polished(ground, layout, 1 - want / 100, raster, watch)
        if os.environ.get("V"):
            print(
                k,
                f"{math.degrees(layout.angle_rad):.1f} {layout.has_chain} worth {layout.worth:.0f} -> {p.cost_m:.0f} unc {p.uncovered / raster.samples * 100:.3f}",
            )
        if best is None or p.cost_m < best[0].cost_m:
            best = p, layout
    t3 = time.time()
    if os.environ.get("V"):
        print(f"rank {t1 - t0:.2f} polish {t3 - t2:.2f} n layouts {len(layouts)}")
    xy = best[0].tour.loop()
    return SweepResult(
        loops=(SweepLoop(xy_m=xy, survey=np.ones(len(xy) - 1, bool), angle_rad=best[1].angle_rad),),
        coverage_percent=100 * covered_area_m2(target, xy, reach_m) / target.area,
        attainable_percent=100 * ground.area_m2 / target.area,
        exact=True,
        time_s=route_time_s(xy, speed_m_s=speed_m_s, acceleration_m_s2=acceleration_m_s2),
        length_m=float(np.hypot(*np.diff(xy, axis=0).T).sum()),
    )
