"""Sweep tours over the shared areas, side by side with the published paths.

Run as ``python tests/benchmarks/bench_sweep.py MODE EFFORT ROI,...``, all optional: a coverage or
``full`` or ``paper``; ``draft``, ``normal`` or ``best``; numbers of areas.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import shapely

from mcpp.ground.frame import LocalFrame
from mcpp.ground.kinematics import count_stops, route_time_s
from mcpp.planner import NullObserver
from planners.sweep.raster import covered_area_m2
from planners.sweep.tour import SweepParams, sweep_tour

ROIS = Path(__file__).resolve().parents[3] / "shared" / "rois"
SPACING_M = 40.0
REACH_M = 0.745377 * SPACING_M


def say(*words):
    """Write a line at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def load(roi):
    """Target and the published path of an area, in metres."""
    features = json.loads((ROIS / f"roi_{roi:02d}.geojson").read_text())["features"]
    shapes: dict[str, list[shapely.Geometry]] = {"area": [], "no_fly": []}
    for feature in features:
        shapes[feature["properties"]["role"]].append(shapely.geometry.shape(feature["geometry"]))
    lon, lat = shapely.get_coordinates(shapes["area"][0])[0]
    frame = LocalFrame((float(lon), float(lat)))
    area, no_fly = (
        shapely.union_all([shapely.make_valid(frame.shape_to_m(s)) for s in shapes[role]])
        for role in ("area", "no_fly")
    )
    path = json.loads((ROIS / "published_paths" / f"roi_{roi:02d}_m3.geojson").read_text())
    xy = frame.to_m(path["features"][0]["geometry"]["coordinates"])
    return shapely.difference(area, no_fly), xy


def figures(target, xy):
    """Covered percent, metres a 1000 m2, stops, seconds, percent of the core beyond 0.52 d."""
    core = target.buffer(-REACH_M)
    near = shapely.buffer(shapely.linestrings(xy), 0.52 * SPACING_M, quad_segs=24)
    return (
        100 * covered_area_m2(target, xy, REACH_M) / target.area,
        1000 * float(np.hypot(*np.diff(xy, axis=0).T).sum()) / target.area,
        count_stops(xy, closed=True),
        route_time_s(xy, speed_m_s=5.0, acceleration_m_s2=2.0),
        100 * core.difference(near).area / core.area if core.area > 0 else 0.0,
    )


def main(mode="full", effort="normal", rois="1,2,3,5,6,7,9,10,12,14,15,17"):
    """Print a line an area and the means."""
    published = json.loads((ROIS / "published.json").read_text())["areas"]
    rows = []
    for roi in map(int, rois.split(",")):
        target, paper = load(roi)
        theirs = figures(target, paper)
        wanted = {"full": 100.0, "paper": published[str(roi)]["J1+J2+J3"]["PoC"]}
        start = time.perf_counter()
        result = sweep_tour(
            target,
            target,
            spacing_m=SPACING_M,
            reach_m=REACH_M,
            coverage_percent=wanted[mode] if mode in wanted else float(mode),
            speed_m_s=5.0,
            acceleration_m_s2=2.0,
            params=SweepParams(effort=effort),
            rng=np.random.default_rng(1),
            observer=NullObserver(),
        )
        took = time.perf_counter() - start
        xy = result.loops[0].xy_m
        ours = figures(target, xy)
        legal = target.covers(shapely.linestrings(xy))
        rows.append([*ours, ours[3] / theirs[3], ours[1] / theirs[1], took])
        say(
            f"{roi:3d} PoC {ours[0]:7.3f} (paper {theirs[0]:6.2f}) {ours[1]:6.2f} m/1000 m2"
            f" {ours[2]:4d} stops {ours[3]:7.0f} s, core beyond {ours[4]:5.2f} % ({theirs[4]:5.2f})"
            f" | time x {rows[-1][5]:.3f} length x {rows[-1][6]:.3f} | {took:5.2f} s"
            f"{'' if legal else ' ILLEGAL'}",
        )
    table = np.array(rows)
    say("mean", table.mean(axis=0).round(3).tolist())
    say(
        f"worst PoC {table[:, 0].min():.3f} worst time x {table[:, 5].max():.3f}"
        f" run median {np.median(table[:, 7]):.2f} s max {table[:, 7].max():.2f} s"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
