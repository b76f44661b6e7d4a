"""A plan made by hand that keeps every rule, and means to break it."""

from dataclasses import replace
from typing import Any

import numpy as np
from shapely.geometry import box

from mcpp.check.report import check
from mcpp.errors import McppError
from mcpp.flight.motion import leg_speeds_m_s, pass_times_s
from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    NO_FIGURES,
    CircleZone,
    CoverageGrid,
    Finding,
    FlightSettings,
    LegKind,
    Mission,
    Placement,
    Plan,
    PolygonZone,
    Report,
    Route,
    Solution,
    Sortie,
    Uav,
)
from mcpp.problem.autopilot import ARDUCOPTER
from mcpp.problem.localize import localize
from tests.strategies import (
    ANCHOR_LON_LAT_DEG,
    area_part_of,
    points_lon_lat_deg,
    problem_of,
    ring_lon_lat_deg,
)

FRAME = LocalFrame(ANCHOR_LON_LAT_DEG)
AREA = box(0, 0, 400, 200)
CELL_M = 40.0
COLUMNS, ROWS = 10, 5


def lon_lat(x_m: float, y_m: float) -> tuple[float, float]:
    return points_lon_lat_deg(np.array([[x_m, y_m]]))[0]


def loop(first: int, last: int) -> np.ndarray:
    """Closed tour over the sub-cells of the mega-cells in columns first..last-1, (n, 2)."""
    half, height = CELL_M / 2, 2 * ROWS
    points = []
    for column in range(2 * first, 2 * last):
        rows = range(1, height) if column % 2 == 0 else range(height - 1, 0, -1)
        points += [((column + 0.5) * half, (row + 0.5) * half) for row in rows]
    points += [((column + 0.5) * half, half / 2) for column in reversed(range(2 * first, 2 * last))]
    return np.array([*points, points[0]])


def grid_of() -> CoverageGrid:
    cells = [(column, row) for row in range(ROWS) for column in range(COLUMNS)]
    number = {cell: index for index, cell in enumerate(cells)}
    steps = [(1, 0), (0, 1), (-1, 0), (0, -1)]
    return CoverageGrid(
        placement=Placement(angle_rad=0.0, dx_m=0.0, dy_m=0.0),
        cell_m=CELL_M,
        cells=np.array(cells),
        neighbours=np.array([[number.get((c + i, r + j), -1) for i, j in steps] for c, r in cells]),
    )


def sortie_of(uav: int, way_m: np.ndarray, start_m: tuple[float, float], *, number: int = 1):
    """One flight: up, over, along the closed way, back, down."""
    ground = np.vstack([start_m, start_m, way_m, start_m, start_m])
    height = np.concatenate([[0.0], np.full(len(way_m) + 2, 60.0), [0.0]])
    middle = [LegKind.SURVEY] * (len(way_m) - 1)
    kind = [LegKind.TAKEOFF, LegKind.TRANSIT, *middle, LegKind.RETURN, LegKind.LAND]
    return timed(
        Sortie(
            uav=uav,
            number=number,
            xyz_m=np.column_stack([ground, height]),
            kind=np.array(kind),
            speed_m_s=np.full(len(kind), 5.0),
            time_s=np.zeros(len(height)),
        )
    )


def timed(sortie: Sortie, begin_s: float = 0.0) -> Sortie:
    """The sortie with the speeds and times that follow from its points."""
    vehicle = replace(problem_of(AREA).vehicles[0], motion=ARDUCOPTER)
    return replace(
        sortie,
        speed_m_s=leg_speeds_m_s(sortie.xyz_m, sortie.kind, vehicle),
        time_s=begin_s + pass_times_s(sortie.xyz_m, sortie.kind, vehicle),
    )


def good_plan() -> Plan:
    """Two UAVs, half of a 400 x 200 m area each, a zone to the east and a round one north.

    Each place is to lie in a strip of 30 m: the corners of the tours are no nearer to each other.
    """
    starts = ((5.0, 5.0), (395.0, 5.0))
    mission = Mission(
        area=(area_part_of(AREA),),
        no_fly_zones=(
            PolygonZone(
                name="barn", outer_lon_lat_deg=ring_lon_lat_deg(box(410, 0, 450, 200)), buffer_m=8
            ),
            CircleZone(name="mast", center_lon_lat_deg=lon_lat(200, 230), radius_m=20, buffer_m=5),
        ),
        uavs=tuple(
            Uav(id=name, start_lon_lat_deg=lon_lat(*start), endurance_s=1500, scan_distance_m=20)
            for name, start in zip(("one", "two"), starts, strict=True)
        ),
        scan_distance_m=20,
        flight=FlightSettings(purpose="coverage", seen_width_m=2 * 0.745377 * 20),
    )
    problem = localize(mission, FRAME)
    ways = (loop(0, 5), loop(5, 10))
    grid = grid_of()
    solution = Solution(
        planner="by hand",
        routes=tuple(
            Route(uav=index, xy_m=way, survey=np.ones(len(way) - 1, bool))
            for index, way in enumerate(ways)
        ),
        regions=(box(0, 0, 200, 200), box(200, 0, 400, 200)),
        grid=grid,
        labels=(grid.cells[:, 0] >= 5).astype(np.int32),
    )
    return Plan(
        mission=mission,
        origin_lon_lat_deg=ANCHOR_LON_LAT_DEG,
        problem=problem,
        solution=solution,
        sorties=tuple(sortie_of(i, ways[i], starts[i]) for i in range(2)),
        report=Report(uavs=(), fleet=NO_FIGURES),
        version="0",
    )


def with_mission(plan: Plan, **changes: Any) -> Plan:
    """The plan for another mission, as far as that is one: its routes and flights stay."""
    mission = replace(plan.mission, **changes)
    try:
        problem = localize(mission, FRAME)
    except McppError:
        problem = plan.problem
    return replace(plan, mission=mission, problem=problem)


def with_solution(plan: Plan, **changes: Any) -> Plan:
    return replace(plan, solution=replace(plan.solution, **changes))


def with_route(plan: Plan, uav: int, xy_m: np.ndarray, survey: np.ndarray | None = None) -> Plan:
    """Another way for one UAV, in its route and in its sortie."""
    routes, sorties = list(plan.solution.routes), list(plan.sorties)
    mask = np.ones(len(xy_m) - 1, bool) if survey is None else survey
    routes[uav] = Route(uav=uav, xy_m=xy_m, survey=mask)
    start = tuple(plan.sorties[uav].xyz_m[0, :2])
    sorties[uav] = sortie_of(uav, xy_m, start)
    return replace(with_solution(plan, routes=tuple(routes)), sorties=tuple(sorties))


def with_sortie(plan: Plan, uav: int, **changes: Any) -> Plan:
    sorties = list(plan.sorties)
    sorties[uav] = replace(sorties[uav], **changes)
    return replace(plan, sorties=tuple(sorties))


def moved(plan: Plan, uav: int, point: int, to_m: tuple[float, float]) -> Plan:
    """The plan with one point of a sortie's survey moved."""
    xyz = plan.sorties[uav].xyz_m.copy()
    xyz[point, :2] = to_m
    return with_sortie(plan, uav, xyz_m=xyz)


def only(findings: tuple[Finding, ...], code: str) -> Finding:
    """The one finding of a code; it must be there."""
    found = [finding for finding in findings if finding.code == code]
    assert found, f"{code} is not among {[finding.code for finding in findings]}"
    return found[0]


def errors(plan: Plan) -> set[str]:
    return {finding.code for finding in check(plan) if finding.level == "error"}


def place_m(finding: Finding) -> np.ndarray:
    """Where a finding is, in metres; it must have a place."""
    assert finding.lon_lat_deg is not None
    return FRAME.to_m(finding.lon_lat_deg)
