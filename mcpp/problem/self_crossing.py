"""Repair of areas, crew areas and zones that cross themselves, when the user asks for it."""

from dataclasses import replace

import shapely

from mcpp.errors import GeometryError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import part_shape, zone_shape
from mcpp.model import AreaPart, Mission, NoFlyZone, PolygonZone, Ring
from mcpp.problem.localize import frame_of


def _ring(line: shapely.LinearRing) -> Ring:
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(line)[:-1])


def _repaired_part(field: str, part: AreaPart, frame: LocalFrame) -> tuple[AreaPart, ...]:
    try:
        part_shape(field, part, frame)
    except GeometryError as error:
        if error.repaired is None or part.holes_lon_lat_deg:
            raise
        return tuple(
            replace(
                part,
                outer_lon_lat_deg=_ring(polygon.exterior),
                holes_lon_lat_deg=tuple(_ring(hole) for hole in polygon.interiors),
            )
            for polygon in shapely.get_parts(error.repaired)
        )
    return (part,)


def _repaired_zone(field: str, zone: NoFlyZone, frame: LocalFrame) -> tuple[NoFlyZone, ...]:
    try:
        zone_shape(field, zone, frame)
    except GeometryError as error:
        if error.repaired is None or not isinstance(zone, PolygonZone):
            raise
        return tuple(
            replace(zone, outer_lon_lat_deg=_ring(polygon.exterior))
            for polygon in shapely.get_parts(error.repaired)
        )
    return (zone,)


def repaired_mission(mission: Mission) -> Mission:
    """Replace each polygon that crosses itself by the polygons it encloses.

    Raises
    ------
    GeometryError
        When a polygon encloses nothing, or one with holes is wrong.
    """
    frame = frame_of(mission)
    area = [
        repaired
        for i, part in enumerate(mission.area)
        for repaired in _repaired_part(f"area[{i}]", part, frame)
    ]
    crew_area = [
        repaired
        for i, part in enumerate(mission.crew_area)
        for repaired in _repaired_part(f"crew_area[{i}]", part, frame)
    ]
    zones = [
        repaired
        for i, zone in enumerate(mission.no_fly_zones)
        for repaired in _repaired_zone(f"no_fly_zones[{i}]", zone, frame)
    ]
    return replace(mission, area=tuple(area), crew_area=tuple(crew_area), no_fly_zones=tuple(zones))
