"""Geofences: one inclusion about all legs of a UAV, one exclusion for each no-fly zone.

A fence only errs to the safe side: the inclusion is simplified outward, so no leg breaches it; an
exclusion holds its whole zone, and no leg. Both are drawn within the target's number of points.

Fence polygons have no holes and ArduPilot keeps to the common part of all inclusions, so there is
one inclusion. Where it covers a zone, the zone's own exclusion counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.errors import ExportError
from mcpp.export.targets import Target, fence_points, limits
from mcpp.export.wing import is_wing, wing_ways
from mcpp.ground.coverage import straight_segments
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape
from mcpp.model import CircleZone, LonLat, NoFlyZone, Plan, PolygonZone, Ring, is_heeded
from mcpp.problem.space import over_m

MARGIN_M = 5.0
"""Room between the legs and the inclusion, for a position that wanders."""

ROUNDING_M = 0.03
"""What an exclusion is grown by, so that corners rounded to 1e-7 degrees still hold the zone."""

_STEPS_M = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 70.0, 100.0)
_LAST_STEPS_M = (150.0, 200.0, 300.0, 500.0, 1000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A geofence in degrees; rings are open.

    Attributes
    ----------
    inclusion_lon_lat_deg
        Where the UAV may be.
    exclusions_lon_lat_deg
        Where it may not be.
    circles
        Centre and radius in metres of round exclusions.
    notes
        What does not fit, in words.
    """

    inclusion_lon_lat_deg: Ring
    exclusions_lon_lat_deg: tuple[Ring, ...] = ()
    circles: tuple[tuple[LonLat, float], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Number of fence points, as `mcpp.export.targets.fence_points` counts them."""
        rings = (self.inclusion_lon_lat_deg, *self.exclusions_lon_lat_deg)
        return fence_points(tuple(len(ring) for ring in rings), len(self.circles))


@dataclass(slots=True)
class _Draft:
    """A fence polygon being simplified: `shape` holds `true`; `legs` are None for the inclusion."""

    true: Polygon
    shape: Polygon
    legs: BaseGeometry | None
    name: str
    step: int = 0
    stuck: bool = False

    @property
    def corners(self) -> int:
        return len(self.shape.exterior.coords) - 1

    def simplify(self) -> None:
        """Take the next coarser outline that saves corners and covers no leg, if there is one."""
        steps = _STEPS_M if self.legs is not None else _STEPS_M + _LAST_STEPS_M
        while self.step < len(steps):
            coarser = outward(self.true, steps[self.step])
            self.step += 1
            saves = len(coarser.exterior.coords) - 1 < self.corners
            clear = self.legs is None or not coarser.intersects(self.legs)
            if saves and clear:
                self.shape = coarser
                return
        hull = self.true.convex_hull
        fits = self.legs is None or not hull.intersects(self.legs)
        if isinstance(hull, Polygon) and fits and len(hull.exterior.coords) - 1 < self.corners:
            self.shape = hull
        self.stuck = True


def outward(shape: Polygon, tolerance_m: float) -> Polygon:
    """Outline with fewer corners that holds `shape` and reaches at most some tolerances further.

    The shape is grown by the tolerance and then simplified by it, so that what the simplifying
    cuts off is only what was grown (Douglas and Peucker, 1973). Holes are filled.
    """
    filled = Polygon(shape.exterior)
    grown = filled.buffer(tolerance_m, join_style="mitre", mitre_limit=2.0)
    coarse = Polygon(grown.exterior).simplify(tolerance_m * 0.98)
    if isinstance(coarse, Polygon) and coarse.is_valid and coarse.contains(filled):
        return coarse
    return Polygon(grown.exterior)


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """Polygons of a (Multi)Polygon or collection, as a list."""
    if isinstance(shape, Polygon):
        return [shape]
    return [part for part in getattr(shape, "geoms", []) if isinstance(part, Polygon)]


def _legs(plan: Plan, uav: int) -> BaseGeometry:
    lines = [LineString(s.xyz_m[:, :2]) for s in plan.sorties if s.uav == uav and len(s.xyz_m) > 1]
    if not lines:
        msg = f"{plan.problem.vehicles[uav].id}: no fence is made for a UAV that does not fly"
        raise ExportError(msg)
    return shapely.union_all(lines)


def _inclusion(plan: Plan, uav: int, legs: BaseGeometry, frame: LocalFrame) -> Polygon:
    """Ground that the fence must hold: the touched parts of the area, the corridor, the legs."""
    mission, problem = plan.mission, plan.problem
    flown = [sortie.xyz_m[:, :2] for sortie in plan.sorties if sortie.uav == uav]
    room_m = mission.overshoot_m + MARGIN_M
    # each straight leg alone: the buffer of a whole tour can come out crossing itself
    alone = shapely.linestrings(straight_segments(flown).reshape(-1, 2, 2))
    home = Point(plan_start(plan, uav))
    wanted = list(shapely.buffer([home, *alone], MARGIN_M, quad_segs=2))
    parts = [
        part.buffer(room_m, join_style="mitre") for part in polygons_of(area_shape(mission, frame))
    ]
    wanted += [part for part in parts if part.intersects(legs)]
    if problem.corridors:
        corridor = problem.corridors[uav]
        if corridor is not None:
            wanted.append(corridor.buffer(MARGIN_M, join_style="mitre"))
    if is_wing(problem.vehicles[uav]):
        # the declared ways of a wing: take-off, leads and turns, approach
        own = [sortie for sortie in plan.sorties if sortie.uav == uav]
        wanted += [wing_ways(plan, sortie).room.buffer(MARGIN_M, quad_segs=1) for sortie in own]
    union = shapely.union_all(wanted)
    whole = next(part for part in polygons_of(union) if part.intersects(home))
    return Polygon(whole.exterior)


def plan_start(plan: Plan, uav: int) -> tuple[float, float]:
    """Launch point of the first sortie of a UAV, east and north in metres."""
    first = next(sortie for sortie in plan.sorties if sortie.uav == uav)
    return float(first.home_m[0]), float(first.home_m[1])


def _closed_zones(plan: Plan) -> list[tuple[int, NoFlyZone]]:
    """List the zones that the flights keep away from: a fence has no floor and no ceiling."""
    lowest_m = over_m(plan.problem.vehicles)
    zones = enumerate(plan.mission.no_fly_zones)
    return [(i, zone) for i, zone in zones if is_heeded(zone, plan.mission.flight, lowest_m)]


def _zone_drafts(plan: Plan, legs: BaseGeometry, frame: LocalFrame) -> list[_Draft]:
    drafts = []
    for i, zone in _closed_zones(plan):
        if isinstance(zone, PolygonZone):
            name = zone.name or f"no-fly zone {i + 1}"
            true = frame.shape_to_m(Polygon(zone.outer_lon_lat_deg))
            drafts.append(_exclusion(true, legs, name))
    return drafts


def _hole_drafts(plan: Plan, legs: BaseGeometry, frame: LocalFrame) -> list[_Draft]:
    """Holes of the area that no leg enters are fenced too, where there is room for them."""
    drafts = []
    for i, part in enumerate(plan.mission.area):
        for j, hole in enumerate(part.holes_lon_lat_deg):
            true = frame.shape_to_m(Polygon(hole))
            if not true.intersects(legs):
                drafts.append(_exclusion(true, legs, f"hole {j + 1} of area part {i + 1}"))
    return drafts


def _exclusion(true: Polygon, legs: BaseGeometry, name: str) -> _Draft:
    grown = true.buffer(ROUNDING_M, join_style="mitre", mitre_limit=5.0)
    fits = isinstance(grown, Polygon) and not grown.intersects(legs)
    shape = Polygon(grown.exterior) if fits else true
    return _Draft(true=shape, shape=shape, legs=legs, name=name)


def _circles(plan: Plan, legs: BaseGeometry, frame: LocalFrame) -> list[tuple[LonLat, float, str]]:
    circles = []
    for i, zone in _closed_zones(plan):
        if isinstance(zone, CircleZone):
            centre = Point(frame.to_m(zone.center_lon_lat_deg))
            radius_m = min(zone.radius_m + ROUNDING_M, max(zone.radius_m, centre.distance(legs)))
            lon, lat = zone.center_lon_lat_deg
            name = zone.name or f"no-fly zone {i + 1}"
            circles.append(((round(lon, 7), round(lat, 7)), round(radius_m, 2), name))
    return circles


def _reduce(drafts: Sequence[_Draft], circles: int, budget: int) -> bool:
    """Simplify until the drafts fit, always the one with most corners. Says whether they do."""
    while True:
        over = fence_points(tuple(draft.corners for draft in drafts), circles) - budget
        if over <= 0:
            return True
        open_drafts = [draft for draft in drafts if not draft.stuck and draft.corners > 4]
        if not open_drafts:
            return False
        most = max(open_drafts, key=lambda draft: draft.corners)
        most.simplify()


def fence_of(plan: Plan, uav: int, target: Target | None = None) -> Fence:
    """Draw the geofence of a UAV.

    Parameters
    ----------
    target
        Whose number of points it keeps to; None is the UAV's autopilot.

    Raises
    ------
    ExportError
        When the UAV does not fly.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    legs = _legs(plan, uav)
    budget = limits(target or plan.problem.vehicles[uav].autopilot).fence_points
    ground = _inclusion(plan, uav, legs, frame)
    all_zones, holes = _zone_drafts(plan, legs, frame), _hole_drafts(plan, legs, frame)
    all_circles = _circles(plan, legs, frame)
    inclusion, count = ground, -1
    while True:  # a coarser inclusion may reach further zones, and ends when it reaches no more
        zones = [draft for draft in all_zones if draft.true.intersects(inclusion)]
        circles = [circle for circle in all_circles if _disc(circle, frame).intersects(inclusion)]
        if len(zones) + len(circles) == count:
            break
        count = len(zones) + len(circles)
        inclusion, exclusions, notes = _fitted(ground, zones, holes, len(circles), budget)
    pierced = [draft.name for draft in exclusions if draft.shape.intersects(legs)]
    pierced += [circle[2] for circle in circles if _disc(circle, frame).intersects(legs)]
    notes += [f"{name}: a leg runs through it, the fence would stop the flight" for name in pierced]
    return Fence(
        inclusion_lon_lat_deg=_ring_deg(inclusion, frame),
        exclusions_lon_lat_deg=tuple(_ring_deg(draft.shape, frame) for draft in exclusions),
        circles=tuple((centre, radius_m) for centre, radius_m, _ in circles),
        notes=tuple(notes),
    )


def _fitted(
    ground: Polygon, zones: list[_Draft], holes: list[_Draft], circles: int, budget: int
) -> tuple[Polygon, list[_Draft], list[str]]:
    """Simplify inclusion and exclusions into the budget, without the holes where they do not fit.

    Returns
    -------
    Inclusion, exclusions, and notes on what does not fit.
    """
    notes: list[str] = []
    for exclusions in ([*zones, *holes], zones) if holes else (zones,):
        inclusion = _Draft(true=ground, shape=ground, legs=None, name="inclusion")
        for draft in exclusions:
            draft.shape, draft.step, draft.stuck = draft.true, 0, False
        if _reduce([inclusion, *exclusions], circles, budget):
            return inclusion.shape, exclusions, notes
        if exclusions is not zones:
            notes.append("holes of the area are not fenced: there are too few fence points")
    notes.append(
        f"the fence has more than the {budget} points that fit, and can not be simplified further"
        " without covering a leg: merge no-fly zones or give them fewer corners"
    )
    return inclusion.shape, exclusions, notes


def _disc(circle: tuple[LonLat, float, str], frame: LocalFrame) -> BaseGeometry:
    return Point(frame.to_m(circle[0])).buffer(circle[1] * 0.999, quad_segs=32)


def _ring_deg(shape: Polygon, frame: LocalFrame) -> Ring:
    corners = np.array(shapely.geometry.polygon.orient(shape).exterior.coords)[:-1]
    ring = [(round(float(lon), 7), round(float(lat), 7)) for lon, lat in frame.to_deg(corners)]
    return tuple(point for i, point in enumerate(ring) if point != ring[i - 1])
