"""From airspace to no-fly zones of a mission: those that touch it, with heights above ground."""

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError, one_line
from mcpp.flight.terrain import read_terrain
from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.ground.shapes import mission_points
from mcpp.io.airspace import AirspaceZone, Limit
from mcpp.io.missions import without_holes
from mcpp.io.shapes import counted
from mcpp.model import CircleZone, Mission, NoFlyZone, PolygonZone

REACH_M = 1000.0
"""A zone touches a mission that comes so near to its area and launch points."""
PRESSURE_M = 600.0
"""How far a flight level may lie from its height above sea: 70 hPa off the standard."""
_GRID = 40

Span = tuple[float, float]


def with_airspace(
    mission: Mission, zones: Sequence[AirspaceZone], *, ground_height_m: float | None = None
) -> tuple[Mission, list[str]]:
    """Add the zones that touch a mission to its no-fly zones.

    Heights above sea become heights above ground with the mission's terrain model, or with the
    height of its ground. Where neither is known a zone is kept away from whatever its heights
    above sea, and that is told.

    Parameters
    ----------
    ground_height_m
        Height of the mission's ground above sea.

    Returns
    -------
    The mission, and a line for each zone that was added.

    Raises
    ------
    InputError
    """
    points = mission_points(mission)
    points += [u.start_lon_lat_deg for u in mission.uavs if u.start_lon_lat_deg is not None]
    frame = frame_at(points)
    hull = shapely.MultiPoint(frame.to_m(points)).convex_hull
    near = hull.buffer(REACH_M)
    shapes = [zone.geometry for zone in zones]
    if not shapes:
        return mission, ["the airspace file holds no zones"]
    metres = shapely.transform(np.array(shapes, object), frame.to_m)
    radii = [zone.radius_m or 0.0 for zone in zones]
    touching = [
        zone
        for zone, shape, radius_m in zip(zones, metres, radii, strict=True)
        if shapely.distance(shape, near) <= radius_m
    ]
    ground = _ground(mission, frame, hull, ground_height_m)
    told = [f"airspace: {len(touching)} of {counted(len(zones), 'zone')} touch the mission"]
    added: list[NoFlyZone] = []
    for zone in touching:
        made, line = _zone(zone, ground)
        added += made
        told.append(one_line(line))
    return replace(mission, no_fly_zones=(*mission.no_fly_zones, *added)), told


def _ground(
    mission: Mission, frame: LocalFrame, hull: BaseGeometry, given_m: float | None
) -> Span | None:
    """Find the lowest and highest ground of a mission above sea; None when it is not known."""
    if given_m is not None:
        return given_m, given_m
    if mission.flight.terrain is None:
        return None
    west, south, east, north = hull.bounds
    x, y = np.meshgrid(np.linspace(west, east, _GRID), np.linspace(south, north, _GRID))
    places = np.column_stack([x.ravel(), y.ravel()])
    places = places[shapely.dwithin(hull, shapely.points(places), 1.0)]
    places = np.concatenate([places, shapely.get_coordinates(hull)])
    terrain = read_terrain(mission, frame, places)
    if terrain is None:
        return None
    heights = terrain.ground_m(places)
    return float(heights.min()), float(heights.max())


def _above_ground(
    limit: Limit | None, ground: Span | None, *, upper: bool
) -> tuple[float | None, bool]:
    """Turn a limit into a height above ground; whether it could be."""
    if limit is None:
        return None, True
    if limit.above == "ground":
        return max(limit.height_m, 0.0), True
    if ground is None:
        return None, False
    off_m = PRESSURE_M if limit.above == "standard" else 0.0
    # each rounded so that the zone is the larger one
    if upper:
        return max(limit.height_m + off_m - ground[0], 0.0), True
    return max(limit.height_m - off_m - ground[1], 0.0), True


def _zone(zone: AirspaceZone, ground: Span | None) -> tuple[list[NoFlyZone], str]:
    floor_m, floor_known = _above_ground(zone.lower, ground, upper=False)
    ceiling_m, _ = _above_ground(zone.upper, ground, upper=True)
    facts: dict[str, Any] = {
        "name": zone.title,
        "floor_m": floor_m or None,
        "ceiling_m": ceiling_m or None,
        "times": zone.times,
    }
    line = f"zone {zone.title!r}: {zone.heights()}"
    if not floor_known:
        line += "; kept away from at all heights: give --ground-height or a terrain model"
    elif floor_m:
        line += f"; from {floor_m:,.0f} m above the highest ground"
    if zone.times:
        line += f"; {zone.times}"
    if zone.radius_m is not None:
        centre = (float(zone.geometry.x), float(zone.geometry.y))
        return [CircleZone(center_lon_lat_deg=centre, radius_m=zone.radius_m, **facts)], line
    return [_polygon(piece, facts) for piece in without_holes(zone.geometry)], line


def _polygon(piece: BaseGeometry, facts: dict[str, Any]) -> PolygonZone:
    corners = shapely.get_coordinates(piece.exterior)[:-1]
    ring = tuple((float(lon), float(lat)) for lon, lat in corners)
    return PolygonZone(outer_lon_lat_deg=ring, **facts)


def with_waivers(mission: Mission, waivers: Sequence[tuple[str, str]]) -> Mission:
    """Waive zones by name; the report keeps the reasons.

    Parameters
    ----------
    waivers
        Pattern of the zone's name, and the reason.

    Raises
    ------
    InputError
        For a pattern that no zone has, or an empty reason.
    """
    zones = list(mission.no_fly_zones)
    for pattern, reason in waivers:
        if not reason.strip():
            msg = f"--waive: {pattern!r}: give the reason, as in 'CTR*=permit 12/34'"
            raise InputError(msg)
        hits = [
            i for i, z in enumerate(zones) if fnmatchcase(z.name.casefold(), pattern.casefold())
        ]
        if not hits:
            names = ", ".join(repr(z.name) for z in zones[:8] if z.name) or "none with a name"
            msg = f"--waive: {pattern!r}: there is no such zone; there are {names}"
            raise InputError(msg)
        for i in hits:
            zones[i] = replace(zones[i], waived=reason.strip())
    return replace(mission, no_fly_zones=tuple(zones))
