"""Geofences: one inclusion about all legs of a UAV, one exclusion for each no-fly zone.

A fence only errs to the safe side: the inclusion is simplified outward, so no leg breaches it; an
exclusion holds its whole zone, and no leg. Both are drawn within the target's number of points.

Fence polygons have no holes and ArduPilot keeps to the common part of all inclusions, so there is
one inclusion. Where it covers a zone, the zone's own exclusion counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.errors import ExportError
from mcpp.export.fence_fit import Draft, disc_shape, fit
from mcpp.export.targets import Target, fence_points, limits
from mcpp.export.wing import is_wing, wing_ways
from mcpp.flight.looks import core_of
from mcpp.ground.coverage import straight_segments
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape, polygons_of, zone_shape
from mcpp.model import (
    CircleZone,
    LonLat,
    NoFlyZone,
    Plan,
    PolygonZone,
    Ring,
    is_heeded,
    is_passed_over,
)
from mcpp.problem.space import over_m, passes_over, way_m

MARGIN_M = 5.0
"""Room between the legs and the inclusion, for a position that wanders."""

ROUNDING_M = 0.03
"""What an exclusion is grown by, so that corners rounded to 1e-7 degrees still hold the zone."""


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


def _legs(plan: Plan, uav: int) -> BaseGeometry:
    lines = [LineString(s.xyz_m[:, :2]) for s in plan.sorties if s.uav == uav and len(s.xyz_m) > 1]
    if not lines:
        msg = f"{plan.problem.vehicles[uav].id}: no fence is made for a UAV that does not fly"
        raise ExportError(msg)
    legs = shapely.union_all(lines)
    shapely.prepare(legs)  # it is asked some ten thousand times what outlines it meets
    return legs


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


def _closed_zones(
    plan: Plan, uav: int, legs: BaseGeometry, frame: LocalFrame
) -> list[tuple[int, NoFlyZone]]:
    """List the zones that a UAV's flights keep away from: a fence has no floor and no ceiling."""
    flight, lowest_m = plan.mission.flight, over_m(plan.problem.vehicles)
    zones = enumerate(plan.mission.no_fly_zones)
    closed = [(i, zone) for i, zone in zones if is_heeded(zone, flight, lowest_m)]
    if not passes_over(plan.problem, uav):
        return closed
    ways_m = way_m(plan.problem.vehicles[uav])
    return [
        (i, zone)
        for i, zone in closed
        if not is_passed_over(zone, flight, ways_m)
        or not zone_shape(f"no_fly_zones[{i}]", zone, frame, buffered=False).intersects(legs)
    ]


def _zone_drafts(
    zones: Sequence[tuple[int, NoFlyZone]], legs: BaseGeometry, frame: LocalFrame
) -> list[Draft]:
    drafts = []
    for i, zone in zones:
        if isinstance(zone, PolygonZone):
            name = zone.name or f"no-fly zone {i + 1}"
            true = frame.shape_to_m(Polygon(zone.outer_lon_lat_deg))
            drafts.append(_exclusion(true, legs, name))
    return drafts


def _structure_drafts(plan: Plan, legs: BaseGeometry) -> list[Draft]:
    """Keep structures out, half-way between them and the way past them."""
    drafts = []
    for i, (structure, wall) in enumerate(
        zip(plan.mission.structures, plan.problem.walls, strict=True)
    ):
        true = core_of(wall).buffer(wall.round_m + wall.distance_m / 2, quad_segs=2)
        name = structure.name or f"structure {i + 1}"
        drafts.append(_exclusion(Polygon(true.exterior), legs, name))
    return drafts


def _hole_drafts(plan: Plan, legs: BaseGeometry, frame: LocalFrame) -> list[Draft]:
    """Holes of the area that no leg enters are fenced too, where there is room for them."""
    drafts = []
    for i, part in enumerate(plan.mission.area):
        for j, hole in enumerate(part.holes_lon_lat_deg):
            true = frame.shape_to_m(Polygon(hole))
            if not true.intersects(legs):
                drafts.append(_exclusion(true, legs, f"hole {j + 1} of area part {i + 1}"))
    return drafts


def _exclusion(true: Polygon, legs: BaseGeometry, name: str) -> Draft:
    grown = true.buffer(ROUNDING_M, join_style="mitre", mitre_limit=5.0)
    fits = isinstance(grown, Polygon) and not grown.intersects(legs)
    shape = Polygon(grown.exterior) if fits else true
    return Draft(true=shape, shape=shape, legs=legs, name=name)


def _circles(
    zones: Sequence[tuple[int, NoFlyZone]], legs: BaseGeometry, frame: LocalFrame
) -> list[tuple[LonLat, float, str]]:
    circles = []
    for i, zone in zones:
        if isinstance(zone, CircleZone):
            centre = Point(frame.to_m(zone.center_lon_lat_deg))
            radius_m = min(zone.radius_m + ROUNDING_M, max(zone.radius_m, centre.distance(legs)))
            lon, lat = zone.center_lon_lat_deg
            name = zone.name or f"no-fly zone {i + 1}"
            circles.append(((round(lon, 7), round(lat, 7)), round(radius_m, 2), name))
    return circles


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
    budget = limits(target or plan.problem.vehicles[uav].autopilot).fence_points
    return _fence_within(plan, uav, budget)


@lru_cache(maxsize=64)  # asked for each sortie of a UAV, by the linter and by each export
def _fence_within(plan: Plan, uav: int, budget: int) -> Fence:
    """Draw the geofence of a UAV with a number of points."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    legs = _legs(plan, uav)
    ground = _inclusion(plan, uav, legs, frame)
    closed = _closed_zones(plan, uav, legs, frame)
    all_zones = [*_zone_drafts(closed, legs, frame), *_structure_drafts(plan, legs)]
    holes = _hole_drafts(plan, legs, frame)
    all_circles = _circles(closed, legs, frame)
    inclusion, count = ground, -1
    while True:  # a coarser inclusion may reach further zones, and ends when it reaches no more
        zones = [draft for draft in all_zones if draft.true.intersects(inclusion)]
        circles = [circle for circle in all_circles if _disc(circle, frame).intersects(inclusion)]
        if len(zones) + len(circles) == count:
            break
        count = len(zones) + len(circles)
        inclusion, exclusions, notes = _fitted(ground, zones, holes, len(circles), budget)
    drawn = [draft.shape if draft.disc is None else disc_shape(draft.disc) for draft in exclusions]
    pierced = [
        draft.name
        for draft, shape in zip(exclusions, drawn, strict=True)
        if shape.buffer(-ROUNDING_M).intersects(legs)
    ]
    pierced += [circle[2] for circle in circles if _disc(circle, frame).intersects(legs)]
    notes += [f"{name}: a leg runs through it, the fence would stop the flight" for name in pierced]
    discs = [
        (_place_deg(frame, draft.disc), round(draft.disc[2], 2))
        for draft in exclusions
        if draft.disc is not None
    ]
    return Fence(
        inclusion_lon_lat_deg=_ring_deg(inclusion, frame),
        exclusions_lon_lat_deg=tuple(
            _ring_deg(draft.shape, frame) for draft in exclusions if draft.disc is None
        ),
        circles=(*((centre, radius_m) for centre, radius_m, _ in circles), *discs),
        notes=tuple(notes),
    )


def _place_deg(frame: LocalFrame, disc: tuple[float, float, float]) -> LonLat:
    lon, lat = np.round(frame.to_deg(disc[:2]), 7)
    return float(lon), float(lat)


def _fitted(
    ground: Polygon, zones: list[Draft], holes: list[Draft], circles: int, budget: int
) -> tuple[Polygon, list[Draft], list[str]]:
    """Simplify inclusion and exclusions into the budget, without the holes where they do not fit.

    Returns
    -------
    Inclusion, exclusions, and notes on what does not fit.
    """
    notes: list[str] = []
    for exclusions in ([*zones, *holes], zones) if holes else (zones,):
        inclusion = Draft(true=ground, shape=ground, legs=None, name="inclusion")
        found = fit(inclusion, exclusions, circles, budget)
        if found is not None:
            return inclusion.shape, found, notes
        if exclusions is not zones:
            notes.append("holes of the area are not fenced: there are too few fence points")
    notes.append(
        f"the fence has more than the {budget} points that fit, and can not be simplified further"
        " without covering a leg: give the zones a buffer_m of some metres, so that circles fit"
        " about them, or merge them"
    )
    return inclusion.shape, zones, notes


def _disc(circle: tuple[LonLat, float, str], frame: LocalFrame) -> BaseGeometry:
    """Draw a circle less what rounding its centre and radius may add."""
    radius_m = max(circle[1] - ROUNDING_M, circle[1] / 2)
    return Point(frame.to_m(circle[0])).buffer(radius_m, quad_segs=32)


def _ring_deg(shape: Polygon, frame: LocalFrame) -> Ring:
    corners = np.array(shapely.geometry.polygon.orient(shape).exterior.coords)[:-1]
    ring = [(round(float(lon), 7), round(float(lat), 7)) for lon, lat in frame.to_deg(corners)]
    return tuple(point for i, point in enumerate(ring) if point != ring[i - 1])
