"""The ground of a mission as the check sees it, made from the degrees of the mission alone.

Nothing here comes from the problem that the planner was given. The buffers of
zones and round zones are tested by distance and not by polygons that stand for them.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.affinity import rotate
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.model import (
    OVER_ZONE_M,
    CircleZone,
    Corridor,
    FlightSettings,
    FloatArray,
    LonLat,
    Mission,
    NoFlyZone,
    Structure,
    is_heeded,
)

TOLERANCE_M = 0.01
"""Violations less deep than this are none: a coordinate rounded to 1e-7 degrees moves by 8 mm."""

ARC_SEGS = 32
BAND_M = 1.25
"""How far from the way past a structure the legs may lie: chords of round ways lie inside."""

Legs = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class ZoneGround:
    """A no-fly zone: nothing lower than `top_m` may come nearer to `core` than `keep_m`.

    On the ways there and back of a multirotor nothing lower than `pass_m` may.
    """

    name: str
    core: BaseGeometry
    keep_m: float
    own: BaseGeometry
    shape: BaseGeometry
    top_m: float = math.inf
    pass_m: float = math.inf

    def metres_inside(self, legs: Legs) -> FloatArray:
        """Length of each leg in the zone with its buffer; 0 where it is less deep than 1 cm."""
        if self.keep_m > TOLERANCE_M:
            hit = shapely.dwithin(self.core, legs, self.keep_m - TOLERANCE_M)
        else:
            inner = shapely.buffer(self.core, -TOLERANCE_M, join_style="mitre")
            hit = shapely.intersects(self.core if inner.is_empty else inner, legs)
        metres = np.zeros(len(legs))
        metres[hit] = shapely.length(shapely.intersection(legs[hit], self.shape))
        # A leg that hit has a length inside, though the polygon that stands for it may miss it.
        metres[hit] = np.maximum(metres[hit], TOLERANCE_M)
        return metres


@dataclass(frozen=True, slots=True, eq=False)
class Facade:
    """A structure: its outline, the way past it as it is meant, and how far that is from it."""

    name: str
    core: BaseGeometry
    radius_m: float
    away_m: float
    way: BaseGeometry

    def kept_off(self) -> ZoneGround:
        """Make the zone that nothing may fly into: nearer than the way, but for the band."""
        keep_m = self.away_m - BAND_M
        own = self.core.buffer(self.radius_m, quad_segs=ARC_SEGS)
        shape = self.core.buffer(keep_m, quad_segs=ARC_SEGS)
        return ZoneGround(self.name, self.core, keep_m, own, shape)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Area, zones and target in metres.

    Attributes
    ----------
    margin_m
        How far legs may leave the area; below 0 how far inside its border they stay.
    target
        Area less the zones without their buffers.
    facades
        The structures of the mission, each a zone as well.
    """

    frame: LocalFrame
    area: BaseGeometry
    zones: tuple[ZoneGround, ...]
    margin_m: float
    target: BaseGeometry
    facades: "tuple[Facade, ...]" = ()

    def metres_outside(self, legs: Legs, corridor: BaseGeometry | None = None) -> FloatArray:
        """Length of each leg outside the area with its margin and outside the corridor."""
        if corridor is not None:
            legs = shapely.difference(legs, corridor.buffer(TOLERANCE_M))
        metres = np.zeros(len(legs))
        if self.margin_m < 0:
            near = shapely.dwithin(self.area.boundary, legs, -self.margin_m - TOLERANCE_M)
            hit = (near | ~shapely.covers(self.area, legs)) & ~shapely.is_empty(legs)
            room = shapely.buffer(self.area, self.margin_m, join_style="mitre")
            metres[hit] = shapely.length(shapely.difference(legs[hit], room))
            metres[hit] = np.maximum(metres[hit], TOLERANCE_M)
            return metres
        # Arcs are drawn about the true circle: 0.03 % of the margin too kind, at corners only.
        reach_m = (self.margin_m + TOLERANCE_M) / math.cos(math.pi / (4 * ARC_SEGS))
        grown = shapely.buffer(self.area, reach_m, quad_segs=ARC_SEGS)
        shapely.prepare(grown)
        hit = ~shapely.covers(grown, legs) & ~shapely.is_empty(legs)
        room = self.area if self.margin_m == 0 else grown
        metres[hit] = shapely.length(shapely.difference(legs[hit], room))
        return metres

    def lon_lat_deg(self, xy_m: npt.ArrayLike) -> LonLat:
        """Give a place in degrees, rounded as on export."""
        lon, lat = np.round(self.frame.to_deg(xy_m), 7)
        return float(lon), float(lat)


def ground_of(mission: Mission, origin_lon_lat_deg: LonLat) -> Ground:
    """Make the ground of a mission in the frame of a plan."""
    frame = LocalFrame(origin_lon_lat_deg)
    polygons = [
        _polygon(frame, part.outer_lon_lat_deg).difference(
            shapely.union_all([_polygon(frame, hole) for hole in part.holes_lon_lat_deg])
        )
        for part in mission.area
    ]
    facades = [facade_of(frame, one, index) for index, one in enumerate(mission.structures)]
    bands = [facade.way.buffer(BAND_M, cap_style="flat") for facade in facades]
    strips = [_strip(frame, one) for one in mission.corridors]
    area = shapely.union_all([*polygons, *strips, *bands])
    drawn = tuple(
        _zone(frame, zone, index, mission.flight)
        for index, zone in enumerate(mission.no_fly_zones)
        if is_heeded(zone, mission.flight)
    )
    zones = (*drawn, *(facade.kept_off() for facade in facades))
    margin_m = mission.overshoot_m - mission.border_buffer_m - mission.flight.tracking_margin_m
    no_fly = shapely.union_all([zone.own for zone in zones]) if zones else MultiPolygon()
    return Ground(
        frame=frame,
        area=area,
        zones=zones,
        margin_m=0.0 if facades else margin_m,
        facades=tuple(facades),
        target=_searched(mission, frame, area.difference(no_fly)),
    )


def _searched(mission: Mission, frame: LocalFrame, ground: BaseGeometry) -> BaseGeometry:
    """Take of the ground what a search pattern is to search: so far from its datum."""
    search = mission.search
    if search is None or search.datum_lon_lat_deg is None or search.radius_m is None:
        return ground
    x, y = frame.to_m(search.datum_lon_lat_deg)
    reach_m = search.radius_m
    if search.kind == "sector":
        return ground.intersection(Point(x, y).buffer(reach_m, quad_segs=ARC_SEGS))
    whole = box(x - reach_m, y - reach_m, x + reach_m, y + reach_m)
    return ground.intersection(rotate(whole, -first_course_deg(mission), origin=(x, y)))


def first_course_deg(mission: Mission) -> float:
    """Course of the first leg about a datum: as asked; else into the wind, or down it."""
    search, flight = mission.search, mission.flight
    if search is None or search.direction_deg is not None:
        return 0.0 if search is None or search.direction_deg is None else search.direction_deg
    if flight.wind_m_s <= 0:
        return 0.0
    return flight.wind_from_deg + (180.0 if search.kind == "sector" else 0.0)


def as_exported(frame: LocalFrame, xy_m: FloatArray) -> FloatArray:
    """Points as they come back from a file that holds 1e-7 degrees."""
    return frame.to_m(np.round(frame.to_deg(xy_m), 7))


def legs_of(xy_m: FloatArray) -> Legs:
    """Make a line of each leg of a polyline, shape (n - 1,)."""
    if len(xy_m) < 2:
        return np.empty(0, dtype=object)
    legs: Legs = shapely.linestrings(np.stack([xy_m[:-1], xy_m[1:]], axis=1))
    return legs


def _polygon(frame: LocalFrame, ring: tuple[LonLat, ...]) -> BaseGeometry:
    return shapely.make_valid(Polygon(frame.to_m(ring)))


def _strip(frame: LocalFrame, corridor: Corridor) -> BaseGeometry:
    """Ground within half a width of a line, its ends cut off straight."""
    line = shapely.LineString(frame.to_m(corridor.line_lon_lat_deg))
    return line.buffer(corridor.width_m / 2, quad_segs=ARC_SEGS, cap_style="flat")


def facade_of(frame: LocalFrame, structure: Structure, index: int) -> Facade:
    """Draw a structure and the way past it."""
    name = structure.name or f"structures[{index}]"
    places = frame.to_m(structure.line_lon_lat_deg).reshape(-1, 2)
    away_m = structure.distance_m + structure.radius_m
    if structure.kind == "facade":
        core: BaseGeometry = shapely.LineString(places)
        aside_m = away_m if structure.side == "left" else -away_m
        way = shapely.offset_curve(core, aside_m, quad_segs=ARC_SEGS, join_style="round")
        return Facade(name, core, 0.0, away_m, way)
    core = Point(places[0]) if structure.kind == "orbit" else shapely.make_valid(Polygon(places))
    way = core.buffer(away_m, quad_segs=ARC_SEGS).exterior
    return Facade(name, core, structure.radius_m, away_m, way)


def _zone(frame: LocalFrame, zone: NoFlyZone, index: int, flight: FlightSettings) -> ZoneGround:
    name = zone.name or f"no_fly_zones[{index}]"
    clear_m = math.inf
    if zone.ceiling_m is not None and flight.terrain is None:
        clear_m = zone.ceiling_m + OVER_ZONE_M
    top_m = clear_m if flight.fly_over_zones else math.inf
    pass_m = clear_m if flight.transit_over_zones else top_m
    if isinstance(zone, CircleZone):
        center = Point(frame.to_m(zone.center_lon_lat_deg))
        keep_m = zone.radius_m + zone.buffer_m + flight.tracking_margin_m
        own = center.buffer(zone.radius_m, quad_segs=ARC_SEGS)
        whole = center.buffer(keep_m, quad_segs=ARC_SEGS)
        return ZoneGround(name, center, keep_m, own, whole, top_m, pass_m)
    own = _polygon(frame, zone.outer_lon_lat_deg)
    keep_m = zone.buffer_m + flight.tracking_margin_m
    shape = own.buffer(keep_m, quad_segs=ARC_SEGS) if keep_m > 0 else own
    return ZoneGround(name, own, keep_m, own, shape, top_m, pass_m)
