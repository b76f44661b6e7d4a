"""The airspace that a plan needs: for each sortie, pieces of ground, height and time.

A volume holds a piece of a flight with a margin about it, for as long as the UAV may be there: as
early or late as the mission's timing tolerance lets it be, which is what `mcpp.check.separation`
proves the plan with.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from mcpp.check.separation import place_at
from mcpp.errors import ExportError
from mcpp.export.wing import is_wing, wing_ways
from mcpp.flight.deconflict import launch_ground_m
from mcpp.flight.phases import sortie_phases
from mcpp.flight.terrain import Terrain
from mcpp.model import FloatArray, Plan, Sortie

_ARC_SEGMENTS = 4
_ROUNDING_M = 0.02
"""Corners are written to 1e-7 degrees; a volume still holds its margin then."""
_SIMPLE_M = 0.5
MOST_VERTICES = 10_000
"""Of the volumes of one flight. Source: ASTM F3548-21, OiMaxVertices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """How the volumes are drawn.

    Attributes
    ----------
    aside_m, height_m
        Room about the flight, to all sides and up and down.
    every_s
        A flight is cut into volumes of so long.
    """

    aside_m: float = 15.0
    height_m: float = 10.0
    every_s: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Volume:
    """A piece of airspace that one flight needs for a while.

    Attributes
    ----------
    outline_m
        In metres of the plan's frame.
    lower_m, upper_m
        Above the launch point of the flight.
    begin_s, end_s
        From the start of the mission.
    """

    uav: int
    sortie: int
    outline_m: Polygon
    lower_m: float
    upper_m: float
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two volumes of different UAVs that share room and time.

    Attributes
    ----------
    first, second
        Indices of the volumes.
    begin_s, end_s
        While both hold.
    """

    first: int
    second: int
    begin_s: float
    end_s: float
    x_m: float
    y_m: float


def volumes_of(plan: Plan, margins: Margins) -> tuple[Volume, ...]:
    """Draw the volumes of all flights, in their order and in that of time.

    A wing's flight is one volume: its take-off, turns and approach are not where its legs are.

    Raises
    ------
    ExportError
        When a flight has more vertices than the standard takes.
    """
    first_s = {uav: min(_begin_s(s) for s in plan.sorties if s.uav == uav) for uav in _uavs(plan)}
    found: list[Volume] = []
    for sortie in plan.sorties:
        own = list(_of_sortie(plan, sortie, margins, first_s[sortie.uav]))
        vertices = sum(shapely.get_num_coordinates(volume.outline_m) - 1 for volume in own)
        if vertices > MOST_VERTICES:
            msg = (
                f"{plan.problem.vehicles[sortie.uav].id}: {vertices:,} vertices in the volumes of "
                f"a flight: {MOST_VERTICES:,} are allowed; give a longer --every"
            )
            raise ExportError(msg)
        found += own
    return tuple(found)


def _uavs(plan: Plan) -> set[int]:
    return {sortie.uav for sortie in plan.sorties}


def _begin_s(sortie: Sortie) -> float:
    return 0.0 if sortie.airborne else float(sortie.time_s[0])


def _of_sortie(plan: Plan, sortie: Sortie, margins: Margins, first_s: float) -> Iterator[Volume]:
    vehicle, begin_s = plan.problem.vehicles[sortie.uav], _begin_s(sortie)
    phases = sortie_phases(sortie, vehicle, begin_s=begin_s)
    wing = is_wing(vehicle)
    end_s = float(phases.time_s[-1])
    count = 1 if wing else max(1, math.ceil((end_s - begin_s) / margins.every_s - 1e-9))
    cuts = np.linspace(begin_s, end_s, count + 1)
    corners = np.vstack([phases.begin_m[:1], phases.end_m])
    part, least = plan.problem.timing_tolerance, plan.problem.timing_tolerance_s
    for early, late in pairwise(cuts):
        between = (phases.time_s > early) & (phases.time_s < late)
        way = np.vstack([place_at(phases, early), corners[between], place_at(phases, late)])
        outline = _about(way[:, :2], margins.aside_m)
        if wing:
            room = wing_ways(plan, sortie).room.buffer(margins.aside_m)
            outline = _whole(shapely.union(outline, room))
        yield Volume(
            uav=sortie.uav,
            sortie=sortie.number,
            outline_m=outline,
            lower_m=float(way[:, 2].min()) - margins.height_m,
            upper_m=float(way[:, 2].max()) + margins.height_m,
            begin_s=max(begin_s, early - max(least, part * (early - begin_s))),
            end_s=late + max(least, part * (late - first_s)),
        )


def _about(way_m: FloatArray, aside_m: float) -> Polygon:
    """Draw the ground about a way: at least so far to each side, and without holes."""
    reach_m = aside_m + _ROUNDING_M + _SIMPLE_M
    # the corners of the arcs lie outside the true circle, so that their sides do too
    reach_m /= math.cos(math.pi / (4 * _ARC_SEGMENTS))
    drawn = LineString(way_m).buffer(reach_m, quad_segs=_ARC_SEGMENTS)
    return _whole(drawn.simplify(_SIMPLE_M))


def _whole(shape: shapely.Geometry) -> Polygon:
    """One outline about a shape: volumes have no holes, and are one piece."""
    if not isinstance(shape, Polygon):
        shape = shape.convex_hull
    return Polygon(shape.exterior)


def launches_m(plan: Plan, terrain: Terrain | None) -> dict[tuple[int, int], float]:
    """Height of each flight's launch point above the terrain model's zero; 0 without a model."""
    heights = launch_ground_m(plan.sorties, terrain)
    return {(s.uav, s.number): float(h) for s, h in zip(plan.sorties, heights, strict=True)}


def meetings(
    volumes: Sequence[Volume], launch_m: dict[tuple[int, int], float]
) -> tuple[Meeting, ...]:
    """Find all pairs of volumes of different UAVs that share room and time.

    The flights themselves keep apart: what meets is their margins, or the times at which one of
    them is early and the other late.
    """
    tree = shapely.STRtree([volume.outline_m for volume in volumes])
    found = []
    for i, one in enumerate(volumes):
        for j in sorted(int(k) for k in tree.query(one.outline_m, predicate="intersects")):
            two = volumes[j]
            if j <= i or one.uav == two.uav:
                continue
            begin_s, end_s = max(one.begin_s, two.begin_s), min(one.end_s, two.end_s)
            rise = launch_m[two.uav, two.sortie] - launch_m[one.uav, one.sortie]
            apart = one.upper_m < two.lower_m + rise or two.upper_m + rise < one.lower_m
            shared = one.outline_m.intersection(two.outline_m)
            if begin_s < end_s and not apart and shared.area > 0:
                place = shared.representative_point()
                found.append(
                    Meeting(
                        first=i, second=j, begin_s=begin_s, end_s=end_s, x_m=place.x, y_m=place.y
                    )
                )
    return tuple(found)
