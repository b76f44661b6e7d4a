"""A small finished plan made by hand, so that what is tested on it depends on no planner."""

from dataclasses import replace
from typing import Any

import numpy as np
from shapely.geometry import MultiPolygon, Point, Polygon, box

from mcpp.export.fence import Fence
from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    Alternative,
    AreaPart,
    CircleZone,
    Finding,
    FleetFigures,
    LegKind,
    LonLat,
    Mission,
    Plan,
    PolygonZone,
    Problem,
    Report,
    Route,
    Solution,
    Sortie,
    Uav,
    UavFigures,
    Vehicle,
)
from mcpp.problem.localize import frame_of, localize
from tests.strategies import ANCHOR_LON_LAT_DEG, points_lon_lat_deg, ring_lon_lat_deg

TRANSIT_M = 30.0
SURVEY_M = 60.0


def _place(x_m: float, y_m: float, anchor: LonLat) -> LonLat:
    return points_lon_lat_deg(np.array([[x_m, y_m]]), anchor)[0]


def small_mission(anchor: LonLat = ANCHOR_LON_LAT_DEG) -> Mission:
    """Two UAVs over 400 x 300 m; a barn and a mast are no-fly zones."""
    return Mission(
        name="two fields",
        area=(AreaPart(outer_lon_lat_deg=ring_lon_lat_deg(box(0, 0, 400, 300), anchor)),),
        no_fly_zones=(
            PolygonZone(
                name="barn", outer_lon_lat_deg=ring_lon_lat_deg(box(95, 105, 105, 115), anchor)
            ),
            CircleZone(
                name="mast", center_lon_lat_deg=_place(300, 110, anchor), radius_m=6, buffer_m=1
            ),
        ),
        uavs=(
            Uav(id="one", start_lon_lat_deg=_place(10, 10, anchor)),
            Uav(id="two", start_lon_lat_deg=_place(390, 10, anchor), autopilot="px4"),
        ),
        scan_distance_m=40,
        seed=7,
    )


def lawn_xyz_m(x0_m: float, x1_m: float, lines_m: tuple[float, ...]) -> list[list[float]]:
    """Survey lines to and fro, at the survey height."""
    points = []
    for i, y_m in enumerate(lines_m):
        ends = (x0_m, x1_m) if i % 2 == 0 else (x1_m, x0_m)
        points += [[x, y_m, SURVEY_M] for x in ends]
    return points


def sortie_of(
    uav: int,
    start_m: tuple[float, float],
    landing_m: tuple[float, float],
    survey: list[list[float]],
    *,
    number: int = 1,
    starts_s: float = 0.0,
) -> Sortie:
    """Take-off, way there, lines with connecting legs between them, way back, landing."""
    points = np.array(
        [
            [*start_m, 0.0],
            [*start_m, TRANSIT_M],
            [survey[0][0], survey[0][1], TRANSIT_M],
            *survey,
            [survey[-1][0], survey[-1][1], TRANSIT_M],
            [*landing_m, TRANSIT_M],
            [*landing_m, 0.0],
        ]
    )
    work = [LegKind.SURVEY if i % 2 == 0 else LegKind.CONNECT for i in range(len(survey) - 1)]
    kinds = [LegKind.TAKEOFF, LegKind.TRANSIT, LegKind.TRANSIT, *work]
    kinds += [LegKind.RETURN, LegKind.RETURN, LegKind.LAND]
    speeds = [5.0 if kind in (LegKind.SURVEY, LegKind.CONNECT) else 8.0 for kind in kinds]
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1) / np.array(speeds)
    return Sortie(
        uav=uav,
        number=number,
        xyz_m=points,
        kind=np.array([int(kind) for kind in kinds]),
        speed_m_s=np.array(speeds),
        time_s=starts_s + np.concatenate([[0.0], np.cumsum(steps)]),
    )


def hand_plan(
    mission: Mission | None = None, anchor: LonLat = ANCHOR_LON_LAT_DEG, **vehicle: Any
) -> Plan:
    """Plan two sorties of the first UAV and one of the second, which lands elsewhere.

    Keyword arguments replace fields of both vehicles.
    """
    mission = mission or small_mission(anchor)
    frame = frame_of(mission)
    problem = localize(mission, frame)
    corner = frame.to_m(np.array(_place(0, 0, anchor)))

    def moved(points: list[list[float]]) -> list[list[float]]:
        return [[x + corner[0], y + corner[1], z] for x, y, z in points]

    def spot(x_m: float, y_m: float) -> tuple[float, float]:
        return float(x_m + corner[0]), float(y_m + corner[1])

    sorties = (
        sortie_of(0, spot(10, 10), spot(10, 10), moved(lawn_xyz_m(20, 180, (20, 60, 90, 130)))),
        sortie_of(
            0,
            spot(10, 10),
            spot(10, 10),
            moved(lawn_xyz_m(20, 180, (170, 210, 250, 280))),
            number=2,
            starts_s=480.0,
        ),
        sortie_of(
            1, spot(390, 10), spot(390, 290), moved(lawn_xyz_m(380, 220, (20, 60, 90, 130, 170)))
        ),
    )
    problem = replace(problem, vehicles=_vehicles(problem, vehicle))
    west = box(corner[0], corner[1], corner[0] + 200, corner[1] + 300)
    east = box(corner[0] + 200, corner[1], corner[0] + 400, corner[1] + 300)
    return Plan(
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=problem,
        solution=_solution((west, east), sorties),
        sorties=sorties,
        report=_report(frame),
        version="0.0.0",
    )


def _vehicles(problem: Problem, changes: dict[str, Any]) -> tuple[Vehicle, ...]:
    given: dict[str, Any] = {"trigger": "distance", "trigger_distance_m": 12.5, **changes}
    return tuple(replace(vehicle, **given) for vehicle in problem.vehicles)


def _solution(regions: tuple[Polygon, Polygon], sorties: tuple[Sortie, ...]) -> Solution:
    routes = []
    for uav in (0, 1):
        points = np.vstack([s.xyz_m[3:-3, :2] for s in sorties if s.uav == uav])
        routes.append(Route(uav=uav, xy_m=points, survey=np.ones(len(points) - 1, dtype=bool)))
    return Solution(
        planner="lines",
        routes=tuple(routes),
        regions=regions,
        alternatives=(
            Alternative(
                planner="lines", finish_s=640.0, length_m=3100.0, coverage_percent=91.0, chosen=True
            ),
            Alternative(
                planner="spiral",
                finish_s=700.0,
                length_m=3400.0,
                coverage_percent=92.0,
                reason="takes longer",
            ),
        ),
    )


def _report(frame: LocalFrame) -> Report:
    return Report(
        uavs=tuple(
            UavFigures(
                id=name,
                share_wanted=0.5,
                share_asked=True,
                landing_s=640.0,
                battery_used=0.75,
                waypoints=20,
                share_given=given,
                length_m=1650.0,
                survey_m=1200.0,
                turns=14,
                flight_time_s=310.0,
                sorties=sorties,
            )
            for name, given, sorties in (("one", 0.52, 2), ("two", 0.48, 1))
        ),
        fleet=FleetFigures(
            coverage_percent=91.25,
            overlap_percent=0.4,
            area_m2=119_800.0,
            length_m=3300.0,
            finish_s=640.0,
            lower_bound_length_m=2900.0,
            lower_bound_finish_s=500.0,
        ),
        findings=(
            Finding(level="warning", code="coverage", message="coverage 91.2 %, wanted 99 %"),
            Finding(
                level="note",
                code="gap",
                message="a strip of 120 m2 stays uncovered",
                uav="two",
                lon_lat_deg=frame.origin_lon_lat_deg,
            ),
        ),
    )


def fence_shapes_m(fence: Fence, frame: LocalFrame) -> tuple[Polygon, MultiPolygon]:
    """Inclusion, and all exclusions with the circles, in metres: as an autopilot reads a fence."""
    inclusion = Polygon(frame.to_m(fence.inclusion_lon_lat_deg))
    zones = [Polygon(frame.to_m(ring)) for ring in fence.exclusions_lon_lat_deg]
    zones += [Point(frame.to_m(centre)).buffer(radius_m) for centre, radius_m in fence.circles]
    return inclusion, MultiPolygon(zones)
