"""The areas and no-fly zones of a mission by their names, as they were drawn or read."""

import math

from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import corridor_line, corridor_shape, part_shape
from mcpp.ground.structures import structure_core
from mcpp.model import CircleZone, Corridor, NoFlyZone, Plan, Wall, is_heeded, is_passed_over
from mcpp.problem.space import over_m, passes_over, way_m
from mcpp.report.cells import Table

_MOST_ROWS = 40


def named_parts(plan: Plan) -> list[tuple[str, BaseGeometry]]:
    """List, in metres, areas and corridors that have a name, and all structures."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    parts = [
        (part.name, part_shape(f"area[{i}]", part, frame))
        for i, part in enumerate(plan.mission.area)
    ]
    parts += [
        (corridor.name, corridor_shape(f"corridors[{i}]", corridor, frame))
        for i, corridor in enumerate(plan.mission.corridors)
    ]
    parts += [
        (
            one.name or f"structure {i + 1}",
            structure_core(f"structures[{i}]", one, frame).buffer(max(one.radius_m, 0.5)),
        )
        for i, one in enumerate(plan.mission.structures)
    ]
    return [(name, shape) for name, shape in parts if name]


def shapes_table(plan: Plan) -> Table | None:
    """List areas and zones with name, size, heights, times and what becomes of a zone.

    None for one area without a name, no corridor and no zone.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    parts, zones, corridors = plan.mission.area, plan.mission.no_fly_zones, plan.mission.corridors
    crew, structures = plan.mission.crew_area, plan.mission.structures
    drawn = zones or corridors or structures or crew
    if not drawn and not any(part.name for part in parts):
        return None
    rows = [
        (
            part.name or f"area {i + 1}",
            "area",
            "surveyed",
            f"{part_shape(f'area[{i}]', part, frame).area / 1e4:,.2f} ha",
        )
        for i, part in enumerate(parts)
    ]
    rows += [
        (
            corridor.name or f"corridor {i + 1}",
            f"corridor of {_length_m(corridor, frame) / 1000:,.2f} km, {corridor.width_m:g} m wide",
            "surveyed along",
            f"{corridor_shape(f'corridors[{i}]', corridor, frame).area / 1e4:,.2f} ha",
        )
        for i, corridor in enumerate(corridors)
    ]
    rows += [
        (
            one.name or f"structure {i + 1}",
            f"{one.kind}, {wall.distance_m:g} m away, {_heights(wall)}",
            "flown past",
            f"{LineString(wall.way_m).length:,.0f} m",
        )
        for i, (one, wall) in enumerate(zip(structures, plan.problem.walls, strict=True))
    ]
    rows += [
        (
            zone.name or f"no-fly zone {i + 1}",
            _extent(zone),
            _use(plan, zone),
            f"{_zone_m2(zone, frame) / 1e4:,.2f} ha",
        )
        for i, zone in enumerate(zones)
    ]
    rows += [
        (
            part.name or f"crew area {i + 1}",
            "crew area",
            "launch points lie there",
            f"{part_shape(f'crew_area[{i}]', part, frame).area / 1e4:,.2f} ha",
        )
        for i, part in enumerate(crew)
    ]
    more = len(rows) - _MOST_ROWS
    if more > 0:
        rows = [*rows[:_MOST_ROWS], (f"and {more} more", "", "", "")]
    return Table(("Name", "What", "Use", "Size"), rows, text_columns=3)


def _heights(wall: Wall) -> str:
    low, high = wall.heights_m[0], wall.heights_m[-1]
    if len(wall.heights_m) == 1:
        return f"{low:g} m high"
    return f"{len(wall.heights_m)} passes, {low:g} to {high:g} m high"


def _length_m(corridor: Corridor, frame: LocalFrame) -> float:
    return float(LineString(corridor_line("corridor", corridor, frame)).length)


def _zone_m2(zone: NoFlyZone, frame: LocalFrame) -> float:
    if isinstance(zone, CircleZone):
        return math.pi * zone.radius_m**2
    return float(frame.shape_to_m(Polygon(zone.outer_lon_lat_deg)).area)


def _extent(zone: NoFlyZone) -> str:
    low = "the ground" if zone.floor_m is None else f"{zone.floor_m:,.0f} m"
    words = "no-fly zone"
    if zone.floor_m is not None or zone.ceiling_m is not None:
        words += f" from {low} " + (
            "up" if zone.ceiling_m is None else f"to {zone.ceiling_m:,.0f} m"
        )
    return f"{words}; {zone.times}" if zone.times else words


def _use(plan: Plan, zone: NoFlyZone) -> str:
    if zone.waived:
        return f"waived: {zone.waived}"
    if not is_heeded(zone, plan.mission.flight):
        return "above all flights"
    if not is_heeded(zone, plan.mission.flight, over_m(plan.problem.vehicles)):
        return "flown over"
    ways = [
        way_m(vehicle)
        for i, vehicle in enumerate(plan.problem.vehicles)
        if passes_over(plan.problem, i)
    ]
    if any(is_passed_over(zone, plan.mission.flight, height_m) for height_m in ways):
        return "passed over on ways, else kept away from"
    return "kept away from"
