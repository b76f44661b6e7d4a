"""Rules on how the ground is divided and covered: cells, regions, shares, coverage."""

import itertools
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.check.figures import (
    Measured,
    attainable_percent,
    shares_given,
    shares_wanted,
    survey_lines,
)
from mcpp.check.ground import Ground, ground_of
from mcpp.ground.coverage import FULL_PERCENT
from mcpp.ground.overlay import shared_ground
from mcpp.model import CoverageGrid, Finding, FloatArray, IntArray, Plan
from mcpp.stops import heed

ON_ROUTE_M = 0.05
"""Within this distance of a route a sub-cell lies on it."""
OVERLAP_PART = 1e-6
"""Regions are disjoint when they share less than this part of the target."""
COVERAGE_SLACK_POINTS = 0.01
"""So far below the wanted coverage is as good: round ends are drawn from inside."""
SELF_CHECK_POINTS = 0.2
"""Exact and sampled coverage may differ by this many points."""
SHARE_POINTS = 1.0
SMALL_GAP_PART = 1e-4
FAR_POINTS = 10.0
"""So many points below what can be reached a plan is none."""
_AT_ONCE = 5000
"""Pieces of a way that are looked at between two looks at the observer."""
_GRID_PLANNERS = {"darp-stc"}
"""They leave the strips along the border that no mega-cell fits into."""
SHORTEST_M = 0.5
"""A route that surveys less is no route."""
_EAST_NORTH_WEST_SOUTH = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])


def check_cells(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Each mega-cell belongs to one UAV, which flies over all four of its sub-cells."""
    grid, labels = plan.solution.grid, plan.solution.labels
    if grid is None or labels is None:
        return
    count = len(plan.mission.uavs)
    if labels.shape != (len(grid.cells),) or ((labels < 0) | (labels >= count)).any():
        yield Finding(
            level="error",
            code="labels",
            message=f"each of the {len(grid.cells)} cells needs the number of one of {count} UAVs",
        )
        return
    yield from _check_grid(grid)
    centers = sub_cell_centers(grid)
    for index, uav in enumerate(plan.mission.uavs):
        own = centers[labels == index]
        lines = survey_lines(plan.solution.routes, index)
        if len(own) == 0:
            continue
        way = _way(lines)
        shapely.prepare(way)
        missed = ~shapely.dwithin(way, shapely.points(own), ON_ROUTE_M)
        if missed.any():
            cells = missed.any(axis=1)
            yield Finding(
                level="error",
                code="cells-missed",
                message=f"{uav.id}: its route passes by {int(cells.sum())} of its {len(own)} cells",
                uav=uav.id,
                lon_lat_deg=ground.lon_lat_deg(own[missed][0]),
            )


def check_connected(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Each region is in one part: on the grid's graph, or as a polygon."""
    solution = plan.solution
    if solution.grid is not None and solution.labels is not None:
        if solution.labels.shape != (len(solution.grid.cells),):
            return
        whole = _components(solution.grid, np.zeros_like(solution.labels))
        parts = _components(solution.grid, solution.labels)
        for index, uav in enumerate(plan.mission.uavs):
            own = solution.labels == index
            pieces, islands = len(np.unique(parts[own])), len(np.unique(whole[own]))
            if pieces > islands:
                yield Finding(
                    level="error",
                    code="region-split",
                    message=f"{uav.id}: its region falls into {pieces} parts",
                    uav=uav.id,
                )
            elif islands > 1:
                yield Finding(
                    level="note",
                    code="region-islands",
                    message=f"{uav.id}: its region lies on {islands} parts of the ground that no "
                    "cell joins",
                    uav=uav.id,
                )
        return
    for index, region in enumerate(solution.regions):
        parts_m2 = shapely.area(shapely.get_parts(region))
        pieces = int((parts_m2 > SMALL_GAP_PART * ground.target.area).sum())
        if pieces > 1:
            uav_id = plan.mission.uavs[index].id
            message = f"{uav_id}: its region is in {pieces} parts"
            yield Finding(level="note", code="region-islands", message=message, uav=uav_id)


def check_disjoint(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """No two regions share ground, and each UAV surveys its own."""
    if not plan.mission.keep_apart:
        return
    regions, ids = plan.solution.regions, [uav.id for uav in plan.mission.uavs]
    for one, other in itertools.combinations(range(len(regions)), 2):
        shared = shared_ground(regions[one], regions[other])
        if shared.area > OVERLAP_PART * ground.target.area:
            yield Finding(
                level="error",
                code="regions-overlap",
                message=f"regions of {ids[one]} and {ids[other]} share {shared.area:.1f} m2",
                uav=ids[other],
                lon_lat_deg=ground.lon_lat_deg((shared.centroid.x, shared.centroid.y)),
            )
    for index, region in enumerate(regions):
        spacing_m = plan.problem.vehicles[index].spacing_m
        lines = survey_lines(plan.solution.routes, index)
        away = shapely.difference(_way(lines), shapely.buffer(region, spacing_m))
        if away.length > spacing_m:
            yield Finding(
                level="error",
                code="outside-region",
                message=f"{ids[index]}: {away.length:.0f} m of survey lie outside its region",
                uav=ids[index],
                lon_lat_deg=ground.lon_lat_deg((away.centroid.x, away.centroid.y)),
                amount_m=float(away.length),
            )


def check_shares(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Shares asked for are met: within one mega-cell, or one point where there is no grid.

    Where nobody asked, the planner was free to move them.
    """
    if plan.begun is not None or any(uav.share is None for uav in plan.mission.uavs):
        return
    wanted, given = shares_wanted(plan), shares_given(plan, ground)
    grid = plan.solution.grid
    slack = SHARE_POINTS / 100.0 if grid is None else 1.0 / max(len(grid.cells), 1)
    for uav, want, got in zip(plan.mission.uavs, wanted, given, strict=True):
        if abs(want - got) > slack + 1e-9:
            yield Finding(
                level="warning",
                code="share",
                message=f"{uav.id}: share wanted {want:.1%}, given {got:.1%}",
                uav=uav.id,
            )


def _away_from(flown: BaseGeometry, way: BaseGeometry, spacing_m: float) -> BaseGeometry:
    """Pieces of a way, an eighth of a spacing long, that lie half a spacing from what was flown.

    Judged piece by piece: the buffer of a whole tour whose lines lie just as far apart as the
    buffer is wide can come out wrong.
    """
    pieces = shapely.segmentize(way, spacing_m / 8)
    corners, line = shapely.get_coordinates(shapely.get_parts(pieces), return_index=True)
    joined = line[1:] == line[:-1]
    ends = np.stack([corners[:-1][joined], corners[1:][joined]], axis=1)
    shapely.prepare(flown)
    away: list[BaseGeometry] = []
    for first in range(0, len(ends), _AT_ONCE):
        heed("checking")
        legs = shapely.linestrings(ends[first : first + _AT_ONCE])
        far = ~shapely.dwithin(flown, shapely.centroid(legs), spacing_m / 2)
        away += list(legs[far])
    return shapely.MultiLineString(away)


def check_unflown(plan: Plan, ground: Ground) -> Iterator[Finding]:
    """Compare routes and sorties: every survey leg is flown; name a UAV without a route."""
    for index, uav in enumerate(plan.mission.uavs):
        lines = survey_lines(plan.solution.routes, index)
        short = sum(float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines) < SHORTEST_M
        if short and plan.begun is not None:
            continue  # it is lost, or has done its part
        if short:
            message = f"{uav.id}: it has no route and stays on the ground"
            yield Finding(level="warning", code="no-route", message=message, uav=uav.id)
            continue
        flown = _way(survey_lines(plan.sorties, index))
        left = _away_from(flown, _way(lines), plan.problem.vehicles[index].spacing_m)
        if left.length > 0:
            yield Finding(
                level="error",
                code="unflown",
                message=f"{uav.id}: {left.length:.1f} m of its route are in no sortie",
                uav=uav.id,
                lon_lat_deg=ground.lon_lat_deg((left.centroid.x, left.centroid.y)),
                amount_m=float(left.length),
            )


def _leaves_gaps(plan: Plan) -> bool:
    """Whether the ground is not meant to be covered: a sector search is thin at its rim."""
    search = plan.mission.search
    return search is not None and search.kind == "sector"


def check_coverage(plan: Plan, ground: Ground, measured: Measured) -> Iterator[Finding]:
    """Coverage by exact area and by sampling; what is missing, and what was left out."""
    exact, sampled = measured.coverage_percent, measured.sampled_percent
    yield Finding(
        level="note",
        code="coverage",
        message=f"coverage {exact:.2f} % by exact area, {sampled:.2f} % of {measured.samples} "
        "samples",
    )
    if abs(exact - sampled) > SELF_CHECK_POINTS:
        yield Finding(
            level="error",
            code="self-check",
            message=f"coverage by exact area ({exact:.2f} %) and by sampling ({sampled:.2f} %) "
            "disagree: an error in mcpp itself",
        )
    wanted = plan.mission.coverage_percent
    if exact < min(wanted, FULL_PERCENT) - COVERAGE_SLACK_POINTS and not _leaves_gaps(plan):
        shut_in = 100.0 * sum(d.area_m2 for d in plan.solution.dropped) / ground.target.area
        message = (
            f"coverage {exact:.2f} % is below the wanted {wanted:g} %; from where the UAVs may fly "
            f"{measured.attainable_percent:.2f} % can be reached"
        )
        if shut_in >= 0.005:
            message += f", but {shut_in:.2f} % are left out, as told below"
        worst = max(measured.gaps, key=lambda gap: gap.area, default=None)
        place = None if worst is None else worst.representative_point()
        yield Finding(
            level="warning",
            code="coverage-low",
            message=message,
            lon_lat_deg=None if place is None else ground.lon_lat_deg((place.x, place.y)),
        )
    for dropped in plan.solution.dropped:
        yield Finding(
            level="warning",
            code="dropped",
            message=f"{dropped.area_m2:.0f} m2 are left out: {dropped.reason}",
            lon_lat_deg=ground.lon_lat_deg((dropped.x_m, dropped.y_m)),
        )


def far_coverage(plan: Plan, coverage_percent: float) -> Iterator[Finding]:
    """Refuse a plan that covers far less than it could, once it was made for the whole area.

    Ground that it leaves out with a reason does not count. Who names a planner of the grid by hand
    is told what its mega-cells leave, and refused only where that is more than half.
    """
    wanted = min(plan.mission.coverage_percent, FULL_PERCENT) - FAR_POINTS
    if plan.solution.stopped or coverage_percent >= wanted or _leaves_gaps(plan):
        return
    ground = ground_of(plan.mission, plan.origin_lon_lat_deg)
    dropped = 100.0 * sum(d.area_m2 for d in plan.solution.dropped) / ground.target.area
    reachable = min(attainable_percent(plan, ground) - dropped, 100.0)
    if coverage_percent < min(wanted, reachable - FAR_POINTS):
        by_hand = plan.mission.planner.name in _GRID_PLANNERS
        yield Finding(
            level="warning" if by_hand and coverage_percent > reachable / 2 else "error",
            code="coverage-far",
            message=f"coverage {coverage_percent:.2f} % is far below the {reachable:.2f} % that "
            "can be reached: give fewer UAVs, a smaller scan distance, or --planner "
            f"{'auto' if plan.solution.planner == 'draft' else 'draft'}",
        )


def sub_cell_centers(grid: CoverageGrid) -> FloatArray:
    """Centres of the four sub-cells of each mega-cell, shape (k, 4, 2)."""
    corners = np.array([[0.25, 0.25], [0.75, 0.25], [0.25, 0.75], [0.75, 0.75]])
    place = grid.placement
    local = (grid.cells[:, None, :] + corners) * grid.cell_m + (place.dx_m, place.dy_m)
    cos, sin = np.cos(place.angle_rad), np.sin(place.angle_rad)
    centers: FloatArray = local @ np.array([[cos, sin], [-sin, cos]])
    return centers


def _way(lines: list[FloatArray]) -> BaseGeometry:
    return shapely.union_all([shapely.linestrings(line) for line in lines])


def _check_grid(grid: CoverageGrid) -> Iterator[Finding]:
    """Neighbours lie where the grid says, and know each other."""
    cell, side = np.nonzero(grid.neighbours >= 0)
    other = grid.neighbours[cell, side]
    wrong = other >= len(grid.cells)
    other = np.where(wrong, 0, other)
    wrong |= (grid.cells[other] != grid.cells[cell] + _EAST_NORTH_WEST_SOUTH[side]).any(axis=1)
    wrong |= grid.neighbours[other, (side + 2) % 4] != cell
    twice = len(np.unique(grid.cells, axis=0)) != len(grid.cells)
    if wrong.any() or twice:
        yield Finding(
            level="error",
            code="grid",
            message=f"the grid contradicts itself: {int(wrong.sum())} wrong neighbours"
            + (", and a cell is listed twice" if twice else ""),
        )


def _components(grid: CoverageGrid, labels: IntArray) -> IntArray:
    """Give each cell the number of its connected part, over steps between cells of one label."""
    from scipy.sparse import coo_array  # 0.3 s: only for plans with a grid
    from scipy.sparse.csgraph import connected_components

    cell, side = np.nonzero((grid.neighbours >= 0) & (grid.neighbours < len(grid.cells)))
    other = grid.neighbours[cell, side]
    same = labels[cell] == labels[other]
    steps = coo_array(
        (np.ones(int(same.sum()), np.int8), (cell[same], other[same])),
        shape=(len(grid.cells),) * 2,
    )
    parts: IntArray = connected_components(steps, directed=False)[1]
    return parts
