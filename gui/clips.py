"""Shapes and UAVs taken out of a mission, put into one, moved and turned: several at a time."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from gui import edits
from gui.edits import ShapeRef
from gui.map import geometry
from mcpp.ground.frame import LocalFrame, frame_at
from mcpp.model import AreaPart, CircleZone, FloatArray, LonLat, Mission, Ring

Move = Callable[[Ring], Ring]


def clip_of(mission: Mission, refs: Iterable[ShapeRef]) -> Mission:
    """Make a mission of some shapes and UAVs of another alone; a hole becomes an area."""
    clip = edits.empty_mission()
    for ref in refs:
        if ref.kind == "uav":
            clip = replace(clip, uavs=(*clip.uavs, mission.uavs[ref.index]))
        elif ref.kind == "zone":
            zones = (*clip.no_fly_zones, mission.no_fly_zones[ref.index])
            clip = replace(clip, no_fly_zones=zones)
        elif ref.kind == "crew":
            clip = edits.add_crew(clip, mission.crew_area[ref.index])
        elif ref.kind in {"corridor", "structure"}:
            clip, _ = edits.add_along(clip, edits.along_of(mission, ref))
        elif ref.kind == "area":
            clip = replace(clip, area=(*clip.area, mission.area[ref.index]))
        else:
            hole = AreaPart(outer_lon_lat_deg=edits.ring_of(mission, ref))
            clip = replace(clip, area=(*clip.area, hole))
    return clip


def places_of(mission: Mission) -> list[LonLat]:
    """List all places of a clip."""
    return [place for ref in edits.shapes(mission) for place in edits.ring_of(mission, ref)]


def add_clip(mission: Mission, clip: Mission) -> tuple[Mission, tuple[ShapeRef, ...]]:
    """Put a clip into a mission; UAVs get names of their own. Give what was added, too."""
    changed = mission
    refs: list[ShapeRef] = []
    for part in clip.area:
        refs.append(ShapeRef("area", len(changed.area)))
        changed = replace(changed, area=(*changed.area, part))
    for along in clip.along:
        changed, ref = edits.add_along(changed, along)
        refs.append(ref)
    for part in clip.crew_area:
        refs.append(ShapeRef("crew", len(changed.crew_area)))
        changed = edits.add_crew(changed, part)
    for zone in clip.no_fly_zones:
        refs.append(ShapeRef("zone", len(changed.no_fly_zones)))
        changed = edits.add_zone(changed, zone)
    for uav in clip.uavs:
        refs.append(ShapeRef("uav", len(changed.uavs)))
        changed = edits.add_uav(changed, uav.start_lon_lat_deg, uav)
    return changed, tuple(refs)


def moved(mission: Mission, refs: Sequence[ShapeRef], move: Move) -> Mission:
    """Move the corners, centres and starts of some shapes and UAVs; areas with their holes."""
    for ref in refs:
        mission = _moved_one(mission, ref, move)
        if ref.kind == "area":
            holes = tuple(move(hole) for hole in mission.area[ref.index].holes_lon_lat_deg)
            mission = edits.change_part(mission, ref.index, holes_lon_lat_deg=holes)
        elif ref.kind == "crew":
            holes = tuple(move(hole) for hole in mission.crew_area[ref.index].holes_lon_lat_deg)
            mission = edits.change_crew(mission, ref.index, holes_lon_lat_deg=holes)
    return mission


def _moved_one(mission: Mission, ref: ShapeRef, move: Move) -> Mission:
    ring = edits.ring_of(mission, ref)
    return edits.with_ring(mission, ref, move(ring)) if ring else mission


def shift(clip: Mission, by_m: tuple[float, float]) -> Mission:
    """Shift all of a clip by metres to the east and to the north."""
    places = places_of(clip)
    if not places:
        return clip
    frame = frame_at(places)

    def move(ring: Ring) -> Ring:
        return _places(frame, np.add(frame.to_m(ring), by_m))

    return moved(clip, edits.shapes(_without_holes(clip)), move)


def shift_to(clip: Mission, place: LonLat) -> Mission:
    """Shift a clip so that the middle of all its places comes to a place."""
    places = places_of(clip)
    if not places:
        return clip
    frame = frame_at(places)
    points = frame.to_m(places)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    to = frame.to_m([place])[0]
    return shift(clip, (float(to[0] - middle[0]), float(to[1] - middle[1])))


def turned(
    mission: Mission, refs: Sequence[ShapeRef], about: LonLat, clockwise_deg: float
) -> Mission:
    """Turn some shapes and UAVs about a place; round zones change their place alone."""
    frame = frame_at([about])
    middle = frame.to_m([about])[0]
    angle = math.radians(clockwise_deg)
    cosine, sine = math.cos(angle), math.sin(angle)

    def move(ring: Ring) -> Ring:
        step = frame.to_m(ring) - middle
        x, y = step[:, 0], step[:, 1]
        turned_xy = step.copy()
        turned_xy[:, 0], turned_xy[:, 1] = x * cosine + y * sine, y * cosine - x * sine
        return _places(frame, turned_xy + middle)

    return moved(mission, refs, move)


def middle_of(mission: Mission, ref: ShapeRef) -> LonLat:
    """Find the middle of the box about a shape."""
    zone = mission.no_fly_zones[ref.index] if ref.kind == "zone" else None
    if isinstance(zone, CircleZone):
        return zone.center_lon_lat_deg
    ring = edits.ring_of(mission, ref)
    frame = frame_at(ring)
    x, y = geometry.middle_of(frame.to_m(ring))
    return _places(frame, np.array([[x, y]]))[0]


def _places(frame: LocalFrame, points_m: FloatArray) -> Ring:
    return tuple((float(lon), float(lat)) for lon, lat in frame.to_deg(points_m))


def _without_holes(clip: Mission) -> Mission:
    """Name holes by their areas alone: these are moved with them."""
    return replace(clip, area=tuple(replace(p, holes_lon_lat_deg=()) for p in clip.area))
