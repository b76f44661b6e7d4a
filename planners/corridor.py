"""Lines that follow corridors, or pass structures, divided along them among the fleet."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.ground.coverage import FULL_PERCENT, covered_shape
from mcpp.ground.transit import FreeSpace
from mcpp.model import Dropped, FloatArray, Problem, Route, Solution, Vehicle
from mcpp.planner import Observer, refuse_unsupported, report_progress
from mcpp.problem.space import space_of
from planners.along.lanes import lay_lanes, lines_of, round_zones
from planners.along.passes import route_past
from planners.along.stretches import Stretches
from planners.along.stringing import route_over, string
from planners.fleet.balancing import flown_together, moved_shares
from planners.params import param
from planners.sweep.layout import INSET_M, polygons_of

_STAGE = "following the corridor"
_NOTHING = (np.empty((0, 2)), np.empty(0, bool))
_LEAST_GAP_M2 = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorParams:
    """Parameters of the corridor planner."""

    rounds: int = param(
        5, "rounds of moving the cuts by the times of the flights", minimum=0, maximum=100
    )
    tolerance: float = param(
        0.01, "difference of finishing times that is let be", minimum=0.0, maximum=1.0
    )
    step: float = param(0.9, "how far shares move at a time", minimum=0.05, maximum=1.5)


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    regions: tuple[BaseGeometry, ...]
    routes: tuple[Route, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorridorPlanner:
    """Parallel lines along a corridor; each UAV flies those of a stretch of its own."""

    name: str = "corridor"
    params: CorridorParams = field(default_factory=CorridorParams)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        if not problem.strips:
            return "the ground is not of corridors alone"
        if any(vehicle.direction_deg is not None for vehicle in problem.vehicles):
            return "its lines follow the corridor, and no direction that is given"
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Lay lines, divide them along the corridor and move the cuts until all finish together.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        refuse_unsupported(self, problem)
        report_progress(observer, _STAGE, 0.0)
        params, count = self.params, len(problem.vehicles)
        layout, stretches = _Layout(problem, observer), Stretches(problem)
        shares = np.array([vehicle.share for vehicle in problem.vehicles])
        rounds = params.rounds if problem.balance and count > 1 else 0
        best, best_s = layout.over(stretches.regions(shares)), np.inf
        trial = best
        for k in range(rounds):
            report_progress(observer, _STAGE, k / rounds)
            end_s, _, models = flown_together(problem, trial.routes, shares)
            if end_s.max() < best_s:
                best, best_s = trial, float(end_s.max())
            if end_s.min() >= (1 - params.tolerance) * end_s.max() or k == rounds - 1:
                break
            shares = moved_shares(shares, models, params.step)
            trial = layout.over(stretches.regions(shares))
        report_progress(observer, _STAGE, 1.0)
        return Solution(
            planner=self.name, routes=best.routes, regions=best.regions, dropped=best.dropped
        )


class _Layout:
    """The lanes of a problem, for each line spacing of the fleet, and routes over them."""

    def __init__(self, problem: Problem, observer: Observer) -> None:
        self.problem, self.observer = problem, observer
        common = FreeSpace(problem.allowed)
        self.spaces = [
            common
            if not problem.corridors or problem.corridors[i] is None
            else FreeSpace(space_of(problem, i))
            for i in range(len(problem.vehicles))
        ]
        inset = shapely.buffer(problem.allowed, -INSET_M, join_style="mitre")
        self.room = polygons_of(inset)
        self.rim = shapely.MultiLineString(list(shapely.get_rings(shapely.get_parts(self.room))))
        self.lanes: dict[float, BaseGeometry] = {}
        for vehicle in problem.vehicles:
            if vehicle.spacing_m not in self.lanes:
                self.lanes[vehicle.spacing_m] = self._lanes(vehicle.spacing_m, common)

    def _watch(self) -> None:
        report_progress(self.observer, _STAGE, 0.0)

    def _lanes(self, spacing_m: float, space: FreeSpace) -> BaseGeometry:
        ways: list[FloatArray] = []
        problem, parts = self.problem, len(self.problem.vehicles)
        for lane in lay_lanes(problem.strips, problem.allowed, spacing_m, parts=parts):
            ways += round_zones(lane, self.room, space, spacing_m)
            self._watch()
        return shapely.MultiLineString(ways)

    def over(self, regions: tuple[BaseGeometry, ...]) -> _Trial:
        """Join the lanes in each region to a route of its UAV.

        Raises
        ------
        InfeasibleError
            When no lane fits into the ground at all.
        """
        routes, dropped = [], list[Dropped]()
        for i, region in enumerate(regions):
            vehicle = self.problem.vehicles[i]
            parts = self._parts(region, vehicle)
            if not parts:
                routes.append(Route(uav=i, xy_m=_NOTHING[0], survey=_NOTHING[1]))
                continue
            found = string(vehicle, parts, self.spaces[i], self._watch)
            walls = self.problem.walls
            routes.append(
                route_past(i, found, walls, self.spaces[i])
                if walls
                else route_over(i, found, self.spaces[i])
            )
            dropped += [_dropped(part, region, vehicle) for part in found.lost]
        if not any(len(route.xy_m) for route in routes):
            raise InfeasibleError("no survey line fits into the corridor")
        return _Trial(regions, tuple(routes), tuple(dropped))

    def _parts(self, region: BaseGeometry, vehicle: Vehicle) -> list[FloatArray]:
        if region.is_empty:
            return []
        parts = [
            piece
            for lane in shapely.get_parts(self.lanes[vehicle.spacing_m])
            for piece in lines_of(shapely.intersection(lane, region))
        ]
        covered = covered_shape(parts, [vehicle.reach_m] * len(parts), region)
        wanted = min(self.problem.coverage_percent, FULL_PERCENT) / 100
        if covered.area >= wanted * region.area:
            return parts
        return [*parts, *self._rims(region, shapely.difference(region, covered), vehicle)]

    def _rims(self, region: BaseGeometry, gaps: BaseGeometry, vehicle: Vehicle) -> list[FloatArray]:
        """Lay lines along the border of free space past ground that no lane comes near enough to.

        So is ground beside a zone that is wider than the lanes are apart.
        """
        rims = []
        for gap in shapely.get_parts(polygons_of(gaps)):
            if gap.area < _LEAST_GAP_M2:
                continue
            near = gap.buffer(vehicle.reach_m, quad_segs=4)
            rims.append(shapely.intersection_all([self.rim, near, region]))
        return lines_of(shapely.union_all(rims)) if rims else []


def _dropped(part: FloatArray, region: BaseGeometry, vehicle: Vehicle) -> Dropped:
    lost = shapely.intersection(region, shapely.LineString(part).buffer(vehicle.reach_m))
    return Dropped(
        area_m2=float(lost.area),
        x_m=float(part[0, 0]),
        y_m=float(part[0, 1]),
        reason="no legal way leads there from the rest of the region",
    )
