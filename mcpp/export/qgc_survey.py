"""QGroundControl's .plan whose flight is shown as surveys that can be edited there.

Format: QGroundControl, `SurveyComplexItem`, `TransectStyleComplexItem` and `CameraCalc`, in the
versions that all of its releases since 4.0 read. The surveys hold our own items, all from the
take-off to the landing, and QGroundControl sends them as they are until it draws a survey anew:
when somebody changes it, and as soon as it takes another speed than 5 m/s for that of the vehicle
(`TransectStyleComplexItem::setMissionFlightStatus`), as it does with a vehicle connected. So the
file says 5 m/s, the speeds stand inside the surveys, and the polygon of each is the convex hull of
its lines, which is ground where the vehicle may fly: what QGroundControl draws in it stays there.
Where zones or corners lie between lines the flight is several surveys; the ways between them are
ours as long as none of both is drawn anew.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import ExportError
from mcpp.export.items import flight_items
from mcpp.export.mission_item import Command, Frame, MissionItem
from mcpp.export.qgc_plan import document_text, simple_item
from mcpp.ground.frame import LocalFrame
from mcpp.model import LegKind, LonLat, Plan, Sortie, Vehicle
from mcpp.problem.space import space_of

_QGC_SPEED_M_S = 5
_TAKEOFFS = (Command.NAV_TAKEOFF, Command.NAV_VTOL_TAKEOFF)
_LANDINGS = (Command.NAV_RETURN_TO_LAUNCH, Command.NAV_LAND)
_MANUAL = "Manual (no camera specs)"
_SURVEYING = ("survey", "stop")  # the comments of `mcpp.export.sortie_writer`
_CORNER_M = 0.05
_PLACED = (Frame.RELATIVE, Frame.TERRAIN)


def takes(plan: Plan, sortie: Sortie) -> bool:
    """Whether the sortie is one of a multirotor on level ground, and begins there."""
    level = plan.mission.flight.terrain is None
    copter = plan.problem.vehicles[sortie.uav].kind == "multirotor"
    return level and copter and not sortie.airborne


def to_text(plan: Plan, sortie: Sortie) -> str:
    """Write one sortie as a .plan with surveys.

    Raises
    ------
    ExportError
        For a wing, for what begins in the air, and over a terrain model: what QGroundControl
        draws anew is at one height.
    """
    if not takes(plan, sortie):
        name = plan.problem.vehicles[sortie.uav].id
        msg = (
            f"qgc-survey: {name} is a wing, begins in the air, or follows a terrain model: use "
            "qgc-plan"
        )
        raise ExportError(msg)
    items = flight_items(plan, sortie)
    first = next(i for i, item in enumerate(items) if item.command in _TAKEOFFS) + 1
    last = next(i for i, item in enumerate(items) if item.command in _LANDINGS)
    rows = [simple_item(item, i) for i, item in enumerate(items, start=1)]
    found = _surveys(plan, sortie, items, first, last)
    surveys = [
        _survey(plan, sortie, items[begin:end], rows[begin:end], hull_m)
        for begin, end, hull_m in found
    ]
    return document_text(plan, sortie, [*rows[:first], *surveys, *rows[last:]], _QGC_SPEED_M_S)


def _surveys(
    plan: Plan, sortie: Sortie, items: Sequence[MissionItem], first: int, last: int
) -> list[tuple[int, int, BaseGeometry]]:
    """Part the items into surveys: first and last item, and the ground of the lines between.

    A survey goes on from line to line as long as the hull of all of them is legal ground.
    """
    legal = space_of(plan.problem, sortie.uav).buffer(_CORNER_M)
    shapely.prepare(legal)
    found: list[tuple[int, int, BaseGeometry]] = []
    begin, points, hull_m = first, shapely.MultiPoint(), shapely.Polygon()
    for start, line_m in _lines(plan, items, first, last):
        more = shapely.union(points, line_m)
        grown = _hull_m(more)
        if not points.is_empty and not legal.covers(grown):
            found.append((begin, start, hull_m))
            begin, more, grown = start, line_m, _hull_m(line_m)
        points, hull_m = more, grown
    return [*found, (begin, last, hull_m)] if not points.is_empty else found


def _lines(
    plan: Plan, items: Sequence[MissionItem], first: int, last: int
) -> Iterator[tuple[int, BaseGeometry]]:
    """Yield each run of survey items: where the way to it begins, and its points in metres."""
    frame = LocalFrame(plan.origin_lon_lat_deg)
    places = [(i, items[i]) for i in range(first - 1, last) if items[i].frame in _PLACED]
    after = ended = first
    points: list[LonLat] = []
    for (_, before), (i, item) in pairwise(places):
        if item.comment in _SURVEYING:
            points += [] if points else [(before.lon_deg, before.lat_deg)]
            points.append((item.lon_deg, item.lat_deg))
        elif points:
            yield after, shapely.multipoints(frame.to_m(points))
            after, points = ended, []
        if item.comment in _SURVEYING:
            ended = i + 1
    if points:
        yield after, shapely.multipoints(frame.to_m(points))


def _hull_m(points_m: BaseGeometry) -> BaseGeometry:
    """Give the ground of some lines; one line alone is as wide as a hand."""
    hull = shapely.convex_hull(points_m)
    return hull if hull.geom_type == "Polygon" else hull.buffer(_CORNER_M, cap_style="square")


def _survey(
    plan: Plan,
    sortie: Sortie,
    items: Sequence[MissionItem],
    rows: list[dict[str, Any]],
    hull_m: BaseGeometry,
) -> dict[str, Any]:
    vehicle, frame = plan.problem.vehicles[sortie.uav], LocalFrame(plan.origin_lon_lat_deg)
    corners = frame.to_deg(shapely.get_coordinates(hull_m)[:-1])
    flown = [[item.lat_deg, item.lon_deg] for item in items if item.frame in _PLACED]
    transect = {
        "CameraCalc": _camera(vehicle),
        "CameraShots": 0,
        "CameraTriggerInTurnAround": False,
        "FollowTerrain": False,
        "HoverAndCapture": vehicle.trigger == "hover",
        "Items": rows,
        "Refly90Degrees": False,
        "TurnAroundDistance": 0,
        "VisualTransectPoints": flown,
        "version": 1,
    }
    return {
        "TransectStyleComplexItem": transect,
        "angle": _angle_deg(sortie),
        "complexItemType": "survey",
        "entryLocation": 0,
        "flyAlternateTransects": False,
        "polygon": [[round(float(lat), 7), round(float(lon), 7)] for lon, lat in corners],
        "splitConcavePolygons": False,
        "type": "ComplexItem",
        "version": 5,
    }


def _camera(vehicle: Vehicle) -> dict[str, Any]:
    """Give line and photo distance by hand: QGroundControl then asks no camera of its own."""
    every_m = vehicle.trigger_distance_m if vehicle.trigger != "none" else None
    return {
        "AdjustedFootprintFrontal": round(every_m or 0.0, 3),
        "AdjustedFootprintSide": round(vehicle.spacing_m, 3),
        "CameraName": _MANUAL,
        "DistanceToSurface": round(vehicle.height_m, 2),
        "DistanceToSurfaceRelative": True,
        "version": 1,
    }


def _angle_deg(sortie: Sortie) -> float:
    """Give the course of the longest survey leg from north, 0 to under 180 degrees."""
    legs = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    steps = sortie.xyz_m[legs + 1, :2] - sortie.xyz_m[legs, :2]
    east, north = steps[int(np.argmax(np.hypot(*steps.T)))]
    return round(math.degrees(math.atan2(float(east), float(north))) % 180.0, 1) % 180.0
