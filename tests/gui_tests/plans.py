"""A plan by simple means, for tests of what shows it: strips of the bounding box, one a UAV."""

import numpy as np
import shapely

from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.model import (
    Finding,
    FleetFigures,
    LegKind,
    Mission,
    Plan,
    Problem,
    Report,
    Route,
    Solution,
    Sortie,
    UavFigures,
    Vehicle,
)

HEIGHT_M = 50.0
SPEED_M_S = 5.0


def _strip(box: tuple[float, float, float, float], index: int, count: int, spacing_m: float):
    left, bottom, right, top = box
    width = (right - left) / count
    x1, x2 = left + index * width, left + (index + 1) * width
    rows = np.arange(bottom + spacing_m / 2, top, spacing_m)
    points = []
    for k, y in enumerate(rows):
        points += [(x1, y), (x2, y)] if k % 2 == 0 else [(x2, y), (x1, y)]
    return np.array(points), shapely.box(x1, bottom, x2, top)


def _sortie(uav: int, xy: np.ndarray) -> Sortie:
    flat = np.column_stack([xy, np.full(len(xy), HEIGHT_M)])
    ground = np.array([[*xy[0], 0.0]])
    end = np.array([[*xy[-1], 0.0]])
    xyz = np.concatenate([ground, flat, end])
    length = np.linalg.norm(np.diff(xyz, axis=0), axis=1)
    kind = np.full(len(length), int(LegKind.SURVEY))
    kind[2:-1:2] = LegKind.CONNECT
    kind[0], kind[-1] = LegKind.TAKEOFF, LegKind.LAND
    return Sortie(
        uav=uav,
        number=1,
        xyz_m=xyz,
        kind=kind,
        speed_m_s=np.full(len(length), SPEED_M_S),
        time_s=np.concatenate([[0.0], np.cumsum(length / SPEED_M_S)]),
    )


def simple_plan(mission: Mission, findings: tuple[Finding, ...] = ()) -> Plan:
    """Plan a mission whose area is one polygon; zones are ignored."""
    ring = mission.area[0].outer_lon_lat_deg
    frame: LocalFrame = frame_at(ring)
    target = shapely.Polygon(frame.to_m(ring))
    count = len(mission.uavs)
    spacing_m = mission.scan_distance_m or 40.0
    vehicles = tuple(
        Vehicle(
            id=uav.id,
            start_m=None,
            landing_m=None,
            share=1 / count,
            spacing_m=spacing_m,
            reach_m=0.75 * spacing_m,
            trigger_distance_m=15.0,
        )
        for uav in mission.uavs
    )
    strips = [_strip(target.bounds, i, count, spacing_m) for i in range(count)]
    sorties = tuple(_sortie(i, xy) for i, (xy, _) in enumerate(strips))
    routes = tuple(
        Route(uav=i, xy_m=xy, survey=np.arange(len(xy) - 1) % 2 == 0)
        for i, (xy, _) in enumerate(strips)
    )
    lengths = [float(np.linalg.norm(np.diff(s.xyz_m, axis=0), axis=1).sum()) for s in sorties]
    figures = tuple(
        UavFigures(
            id=uav.id,
            share_wanted=1 / count,
            share_given=1 / count,
            length_m=lengths[i],
            survey_m=lengths[i] / 2,
            turns=len(strips[i][0]),
            flight_time_s=float(sorties[i].time_s[-1]),
            sorties=1,
        )
        for i, uav in enumerate(mission.uavs)
    )
    fleet = FleetFigures(
        coverage_percent=99.5,
        overlap_percent=20.0,
        area_m2=target.area,
        length_m=sum(lengths),
        finish_s=max(float(s.time_s[-1]) for s in sorties),
        lower_bound_length_m=1.0,
        lower_bound_finish_s=60.0,
    )
    return Plan(
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=Problem(
            target=target, allowed=target, no_fly=shapely.MultiPolygon(), vehicles=vehicles
        ),
        solution=Solution(
            planner="simple", routes=routes, regions=tuple(region for _, region in strips)
        ),
        sorties=sorties,
        report=Report(uavs=figures, fleet=fleet, findings=findings),
        version="test",
    )
