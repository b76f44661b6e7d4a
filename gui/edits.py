"""Changes of a mission, as pure functions from the old mission to the new one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from mcpp.model import (
    AreaPart,
    CircleZone,
    Corridor,
    LonLat,
    Mission,
    NoFlyZone,
    PolygonZone,
    Ring,
    Structure,
    Uav,
    as_given,
)

ShapeKind = Literal["area", "hole", "corridor", "structure", "crew", "zone", "uav"]

LISTS: dict[ShapeKind, str] = {
    "area": "area",
    "hole": "area",
    "corridor": "corridors",
    "structure": "structures",
    "crew": "crew_area",
    "zone": "no_fly_zones",
    "uav": "uavs",
}
"""Names of the fields of a mission that hold them."""


@dataclass(frozen=True, slots=True)
class ShapeRef:
    """Names one thing of a mission that can be selected on the map.

    Attributes
    ----------
    index
        Of the area part, corridor, structure, crew area, zone or UAV.
    hole
        Of the hole in the area part, for kind ``hole``.
    vertex
        Of the corner that is selected, or None for the whole thing. A circle has two: the centre
        and a point on its rim.
    """

    kind: ShapeKind
    index: int
    hole: int = 0
    vertex: int | None = None

    def whole(self) -> "ShapeRef":
        """Name the whole thing."""
        return replace(self, vertex=None)


def empty_mission() -> Mission:
    """Make the mission with which a user starts."""
    return Mission(area=(), uavs=(), scan_distance_m=40.0)


def exists(mission: Mission, ref: ShapeRef) -> bool:
    """Whether `ref` names something of `mission`."""
    if ref.index >= len(getattr(mission, LISTS[ref.kind])):
        return False
    return ref.kind != "hole" or ref.hole < len(mission.area[ref.index].holes_lon_lat_deg)


def shapes(mission: Mission) -> list[ShapeRef]:
    """List all that can be selected, from the bottom of the map to its top."""
    refs: list[ShapeRef] = []
    for index, part in enumerate(mission.area):
        refs.append(ShapeRef("area", index))
        refs += [ShapeRef("hole", index, hole) for hole in range(len(part.holes_lon_lat_deg))]
    refs += [ShapeRef("corridor", index) for index in range(len(mission.corridors))]
    refs += [ShapeRef("structure", index) for index in range(len(mission.structures))]
    refs += [ShapeRef("crew", index) for index in range(len(mission.crew_area))]
    refs += [ShapeRef("zone", index) for index in range(len(mission.no_fly_zones))]
    return refs + [ShapeRef("uav", index) for index in range(len(mission.uavs))]


def ring_of(mission: Mission, ref: ShapeRef) -> Ring:
    """Give the corners of a shape or line; the centre for a circle; the start for a UAV."""
    if ref.kind == "area":
        return mission.area[ref.index].outer_lon_lat_deg
    if ref.kind == "crew":
        return mission.crew_area[ref.index].outer_lon_lat_deg
    if ref.kind == "hole":
        return mission.area[ref.index].holes_lon_lat_deg[ref.hole]
    if ref.kind == "zone":
        zone = mission.no_fly_zones[ref.index]
        if isinstance(zone, CircleZone):
            return (zone.center_lon_lat_deg,)
        return zone.outer_lon_lat_deg
    if ref.kind in {"corridor", "structure"}:
        return along_of(mission, ref).line_lon_lat_deg
    start = mission.uavs[ref.index].start_lon_lat_deg
    return () if start is None else (start,)


def along_of(mission: Mission, ref: ShapeRef) -> Corridor | Structure:
    """Give the corridor or structure that `ref` names."""
    return (mission.corridors if ref.kind == "corridor" else mission.structures)[ref.index]


def is_line(mission: Mission, ref: ShapeRef) -> bool:
    """Whether a shape is a line with two ends, or a place, and no closed outline."""
    if ref.kind == "structure":
        return mission.structures[ref.index].kind != "perimeter"
    return ref.kind == "corridor"


def least_corners(mission: Mission, ref: ShapeRef) -> int:
    """How many corners a shape has at least: with one less it is none."""
    if ref.kind == "uav":
        return 1
    if ref.kind == "zone":
        return 1 if isinstance(mission.no_fly_zones[ref.index], CircleZone) else 3
    if ref.kind == "structure" and mission.structures[ref.index].kind == "orbit":
        return 1
    return 2 if is_line(mission, ref) else 3


def with_ring(mission: Mission, ref: ShapeRef, ring: Ring) -> Mission:
    """Replace the corners of a shape, the centre of a circle, or the start of a UAV."""
    if ref.kind == "uav":
        return change_uav(mission, ref.index, start_lon_lat_deg=ring[0])
    if ref.kind == "zone":
        zone = mission.no_fly_zones[ref.index]
        if isinstance(zone, CircleZone):
            return _with_zone(mission, ref.index, replace(zone, center_lon_lat_deg=ring[0]))
        return _with_zone(mission, ref.index, replace(zone, outer_lon_lat_deg=ring))
    if ref.kind in {"corridor", "structure"}:
        return change_along(mission, ref, line_lon_lat_deg=ring)
    if ref.kind == "crew":
        return change_crew(mission, ref.index, outer_lon_lat_deg=ring)
    if ref.kind == "area":
        return change_part(mission, ref.index, outer_lon_lat_deg=ring)
    holes = _replaced(mission.area[ref.index].holes_lon_lat_deg, ref.hole, ring)
    return change_part(mission, ref.index, holes_lon_lat_deg=holes)


def move_vertex(mission: Mission, ref: ShapeRef, to_lon_lat_deg: LonLat) -> Mission:
    """Move the corner that `ref` names."""
    ring = list(ring_of(mission, ref))
    ring[ref.vertex or 0] = to_lon_lat_deg
    return with_ring(mission, ref, tuple(ring))


def insert_vertex(mission: Mission, ref: ShapeRef, at: int, lon_lat_deg: LonLat) -> Mission:
    """Put a new corner before the corner numbered `at`."""
    ring = list(ring_of(mission, ref))
    ring.insert(at, lon_lat_deg)
    return with_ring(mission, ref, tuple(ring))


def delete(mission: Mission, ref: ShapeRef) -> Mission:
    """Delete the corner that `ref` names; the whole shape where it names none or has too few."""
    ring = ring_of(mission, ref)
    if ref.vertex is not None and ref.kind != "uav" and len(ring) > least_corners(mission, ref):
        return with_ring(mission, ref, ring[: ref.vertex] + ring[ref.vertex + 1 :])
    if ref.kind != "hole":
        name = LISTS[ref.kind]
        return change_mission(mission, **{name: _without(getattr(mission, name), ref.index)})
    holes = _without(mission.area[ref.index].holes_lon_lat_deg, ref.hole)
    return change_part(mission, ref.index, holes_lon_lat_deg=holes)


def delete_all(mission: Mission, refs: Iterable[ShapeRef]) -> Mission:
    """Delete several whole shapes and UAVs, the last of each kind first: places stay true."""
    for ref in sorted(
        refs, key=lambda ref: (ref.index, ref.kind == "hole", ref.hole), reverse=True
    ):
        mission = delete(mission, ref)
    return mission


def add_area(mission: Mission, ring: Ring) -> Mission:
    """Add a part to the area."""
    return replace(mission, area=(*mission.area, AreaPart(outer_lon_lat_deg=ring)))


def change_part(mission: Mission, index: int, **values: Any) -> Mission:
    """Change fields of a part of the area."""
    part = replace(mission.area[index], **values)
    return replace(mission, area=_replaced(mission.area, index, part))


def add_zone(mission: Mission, zone: NoFlyZone) -> Mission:
    """Add a no-fly zone, with a name of its own."""
    named = replace(zone, name=zone.name or f"Zone {len(mission.no_fly_zones) + 1}")
    return replace(mission, no_fly_zones=(*mission.no_fly_zones, named))


def change_zone(mission: Mission, index: int, **values: Any) -> Mission:
    """Change fields of a no-fly zone."""
    return _with_zone(mission, index, replace(mission.no_fly_zones[index], **values))


def add_crew(mission: Mission, part: AreaPart) -> Mission:
    """Add ground where the crew can stand."""
    return replace(mission, crew_area=(*mission.crew_area, part))


def change_crew(mission: Mission, index: int, **values: Any) -> Mission:
    """Change fields of ground where the crew can stand."""
    part = replace(mission.crew_area[index], **values)
    return replace(mission, crew_area=_replaced(mission.crew_area, index, part))


def name_of(mission: Mission, ref: ShapeRef) -> str:
    """Give the name that the user gave to a zone or to ground of the crew; else none."""
    if ref.kind == "zone":
        return mission.no_fly_zones[ref.index].name
    return mission.crew_area[ref.index].name if ref.kind == "crew" else ""


def add_along(mission: Mission, along: Corridor | Structure) -> tuple[Mission, ShapeRef]:
    """Add a corridor or a structure; give what names it, too."""
    if isinstance(along, Corridor):
        ref = ShapeRef("corridor", len(mission.corridors))
        return replace(mission, corridors=(*mission.corridors, along)), ref
    ref = ShapeRef("structure", len(mission.structures))
    return replace(mission, structures=(*mission.structures, along)), ref


def change_along(mission: Mission, ref: ShapeRef, **values: Any) -> Mission:
    """Change fields of a corridor or structure."""
    if ref.kind == "corridor":
        corridor = replace(mission.corridors[ref.index], **values)
        return replace(mission, corridors=_replaced(mission.corridors, ref.index, corridor))
    structure = replace(mission.structures[ref.index], **values)
    return replace(mission, structures=_replaced(mission.structures, ref.index, structure))


def add_uav(mission: Mission, start_lon_lat_deg: LonLat | None, like: Uav | None = None) -> Mission:
    """Add a UAV, with a free id and the values of `like`, or of the last one."""
    taken = {uav.id for uav in mission.uavs}
    number = next(n for n in range(1, len(taken) + 2) if f"UAV-{n}" not in taken)
    model = like or (mission.uavs[-1] if mission.uavs else Uav(id=""))
    uav = replace(
        model,
        id=f"UAV-{number}",
        start_lon_lat_deg=start_lon_lat_deg,
        landing_lon_lat_deg=None,
        system_id=None,
        link=None,
    )
    return replace(mission, uavs=(*mission.uavs, uav))


def change_uav(mission: Mission, index: int, **values: Any) -> Mission:
    """Change fields of a UAV; a launch or landing point that is changed is a given one."""
    for name in ("start_lon_lat_deg", "landing_lon_lat_deg"):
        if name in values:
            values.setdefault(f"given_{name}", None)
    uav = replace(mission.uavs[index], **values)
    return replace(mission, uavs=_replaced(mission.uavs, index, uav))


def change_flight(mission: Mission, **values: Any) -> Mission:
    """Change fields of the flight settings; points that are to be as given are put back."""
    if values.get("launch_spots") == "given":
        mission = as_given(mission)
    return replace(mission, flight=replace(mission.flight, **values))


def change_planner(mission: Mission, **values: Any) -> Mission:
    """Change the planner's name or parameters."""
    return replace(mission, planner=replace(mission.planner, **values))


def _with_zone(mission: Mission, index: int, zone: NoFlyZone) -> Mission:
    return replace(mission, no_fly_zones=_replaced(mission.no_fly_zones, index, zone))


def _replaced(items: tuple[Any, ...], index: int, item: Any) -> tuple[Any, ...]:
    return (*items[:index], item, *items[index + 1 :])


def _without(items: tuple[Any, ...], index: int) -> tuple[Any, ...]:
    return items[:index] + items[index + 1 :]


def polygon_zone(ring: Ring) -> PolygonZone:
    """Make a no-fly zone with corners."""
    return PolygonZone(outer_lon_lat_deg=ring)


def change_mission(mission: Mission, **values: Any) -> Mission:
    """Change fields of the mission itself."""
    return replace(mission, **values)
