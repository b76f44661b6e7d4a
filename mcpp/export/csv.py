"""Waypoints of all sorties with their times, as a table for a spreadsheet."""

import csv
import io

import numpy as np

from mcpp.ground.frame import LocalFrame
from mcpp.model import LegKind, Plan

COLUMNS = (
    "uav",
    "sortie",
    "point",
    "leg",
    "longitude_deg",
    "latitude_deg",
    "height_m",
    "speed_m_s",
    "time_s",
    "distance_m",
)


def to_text(plan: Plan) -> str:
    """Write one row a point: the leg that leads to it, and when and after which way it is passed.

    `time_s` counts from the start of the whole mission, `distance_m` from the start of the sortie.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for sortie in plan.sorties:
        places = frame.to_deg(sortie.xyz_m[:, :2])
        steps = np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1)
        way_m = np.concatenate([[0.0], np.cumsum(steps)])
        for i, (lon, lat) in enumerate(places):
            leg = "start" if i == 0 else LegKind(int(sortie.kind[i - 1])).name.lower()
            speed = 0.0 if i == 0 else float(sortie.speed_m_s[i - 1])
            table.writerow(
                [
                    plan.problem.vehicles[sortie.uav].id,
                    sortie.number,
                    i,
                    leg,
                    f"{lon:.7f}",
                    f"{lat:.7f}",
                    f"{sortie.xyz_m[i, 2]:.2f}",
                    f"{speed:.2f}",
                    f"{sortie.time_s[i]:.1f}",
                    f"{way_m[i]:.1f}",
                ]
            )
    return out.getvalue()
