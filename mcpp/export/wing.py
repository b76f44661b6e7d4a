"""What a fixed wing or VTOL needs beside its survey lines: take-off, leads, approach, and room.

A wing can not stop at a corner. It flies straight past the end of a line, turns outside it, and
comes onto the next line along a lead-in, long enough that the turn is over when the line begins.
With the guidance of `mcpp.link.wing_motion` (which leads ArduPlane's default 4-5 m off the lines in
the mean, as that was seen to be), a lead-in of three turn radii keeps the line within 1.5 m.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from mcpp.ground.coverage import straight_segments
from mcpp.model import FloatArray, LegKind, Plan, Sortie, Vehicle

LEAD_IN_RADII = 3.0
LEAD_OUT_RADII = 0.5
ROOM_RADII = 2.25
"""How far beside its ways a wing may come in a turn, in turn radii."""

TAKEOFF_HEIGHT_M = 30.0
"""A fixed wing climbs so high straight ahead before it turns."""
APPROACH_HEIGHT_M = 30.0
STEEPEST_APPROACH = 0.1
_SHORT_LEADS = (1.0, 0.75, 0.5)
_TURNS_DEG = 15.0
_COURSES = 24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WingWays:
    """Ways of one sortie of a wing, in metres of the plan's frame.

    Attributes
    ----------
    sortie
        The sortie with its leads.
    takeoff_m
        Where the straight climb after take-off ends, shape (2,); None for a VTOL.
    takeoff_deg
        Its course from north: into the wind, or as the ground allows.
    climb_m
        Middle of the circle in which it climbs on, shape (2,); None where it need not.
    approach_m
        Middle of the circle from which it goes down to land, shape (2,); None for a VTOL.
    approach_height_m
        Height at which it leaves that circle.
    room
        All ground that these ways need, (Multi)Polygon.
    faults
        What does not fit, in words.
    """

    sortie: Sortie
    takeoff_m: FloatArray | None
    takeoff_deg: float
    climb_m: FloatArray | None
    approach_m: FloatArray | None
    approach_height_m: float
    room: BaseGeometry
    faults: tuple[str, ...]


def is_wing(vehicle: Vehicle) -> bool:
    """Whether a vehicle flies on wings between its take-off and its landing."""
    return vehicle.kind != "multirotor"


def wing_ways(plan: Plan, sortie: Sortie) -> WingWays:
    """Draw the ways of one sortie of a wing."""
    vehicle = plan.problem.vehicles[sortie.uav]
    radius_m, no_fly = vehicle.turn_radius_m, plan.problem.no_fly
    shapely.prepare(no_fly)
    # one that stops for each photo hovers: its corners are those of a multirotor
    hovers = vehicle.trigger == "hover"
    led, faults = (sortie, []) if hovers else _with_leads(sortie, vehicle, no_fly)
    launch, landing = sortie.xyz_m[0, :2], sortie.xyz_m[-1, :2]
    # each straight leg alone: the buffer of a whole tour can come out crossing itself
    alone = shapely.linestrings(straight_segments([led.xyz_m[1:-1, :2]]).reshape(-1, 2, 2))
    rooms = list(shapely.buffer(alone, ROOM_RADII * radius_m, quad_segs=2))
    takeoff = climb = approach = None
    course_deg = _windward_deg(vehicle, launch, sortie.xyz_m[-2, :2])
    height_m = APPROACH_HEIGHT_M
    if vehicle.kind == "fixed-wing":
        climbs = float(sortie.xyz_m[1, 2])
        first_m = min(climbs, TAKEOFF_HEIGHT_M)
        run_m = first_m * vehicle.transit_speed_m_s / vehicle.climb_m_s
        reach_m = run_m + (radius_m if climbs > first_m + 5.0 else 0.0)
        clear, course_deg = _clear_course(launch, course_deg, reach_m, radius_m, no_fly)
        if not clear:
            faults.append("no climb-out after take-off is clear of no-fly zones: move the start")
        takeoff = launch + run_m * _unit(course_deg)
        if reach_m > run_m:
            climb = launch + reach_m * _unit(course_deg)
        rooms.append(_strip(launch, launch + reach_m * _unit(course_deg), radius_m))
        slope = min(STEEPEST_APPROACH, vehicle.descent_m_s / vehicle.transit_speed_m_s)
        height_m = min(height_m, float(sortie.xyz_m[-2, 2]))
        out_m = height_m / slope
        windward = _windward_deg(vehicle, landing, launch + _unit(course_deg))
        clear, down_deg = _clear_course(landing, windward + 180.0, out_m, radius_m, no_fly)
        if not clear:
            faults.append("no approach to land is clear of no-fly zones: move the landing point")
        approach = landing + out_m * _unit(down_deg)
        rooms.append(_strip(landing, approach, radius_m))
    return WingWays(
        sortie=led,
        takeoff_m=takeoff,
        takeoff_deg=course_deg % 360.0,
        climb_m=climb,
        approach_m=approach,
        approach_height_m=height_m,
        room=shapely.union_all(rooms),
        faults=tuple(faults),
    )


def _unit(course_deg: float) -> FloatArray:
    angle = math.radians(course_deg)
    return np.array([math.sin(angle), math.cos(angle)])


def _windward_deg(vehicle: Vehicle, place: FloatArray, towards: FloatArray) -> float:
    """Course into the wind, or in still air towards a point."""
    east, north = (-part for part in vehicle.wind_m_s)
    if not any(vehicle.wind_m_s):
        east, north = float(towards[0] - place[0]), float(towards[1] - place[1])
    return math.degrees(math.atan2(east, north))


def _strip(a: FloatArray, b: FloatArray, radius_m: float) -> BaseGeometry:
    """Room for a straight way, and for the circle and the turn at its outer end."""
    return shapely.union(
        LineString([a, b]).buffer(radius_m, quad_segs=2),
        Point(b).buffer(ROOM_RADII * radius_m, quad_segs=4),
    )


def _clear_course(
    place: FloatArray, wanted_deg: float, length_m: float, radius_m: float, no_fly: BaseGeometry
) -> tuple[bool, float]:
    """Find the course nearest to the wanted one whose strip is clear of all zones."""
    for step in range(_COURSES // 2 + 1):
        for side in (1, -1):
            course_deg = wanted_deg + side * step * 360.0 / _COURSES
            end = place + length_m * _unit(course_deg)
            if not _strip(place, end, radius_m).intersects(no_fly):
                return True, course_deg
    return False, wanted_deg


def _with_leads(sortie: Sortie, vehicle: Vehicle, no_fly: BaseGeometry) -> tuple[Sortie, list[str]]:
    """Add lead-ins and lead-outs to the survey legs at whose ends the wing turns."""
    points = [sortie.xyz_m[0]]
    kinds: list[int] = []
    speeds: list[float] = []
    faults: list[str] = []
    short = blocked = 0
    for leg, kind in enumerate(sortie.kind):
        a, b = sortie.xyz_m[leg], sortie.xyz_m[leg + 1]
        speed, survey = float(sortie.speed_m_s[leg]), kind == LegKind.SURVEY
        length_m = float(np.linalg.norm(b - a))
        if survey and length_m < 2 * vehicle.turn_radius_m and _turns(sortie, leg):
            short += 1
        elif survey and _turns(sortie, leg):
            lead = _lead(a, a - b, LEAD_IN_RADII * vehicle.turn_radius_m, vehicle, no_fly)
            blocked += lead is None
            if lead is not None and kinds and kinds[-1] not in (LegKind.TAKEOFF, LegKind.SURVEY):
                points[-1] = lead  # the way to the line leads to the lead-in
            elif lead is not None:
                points.append(lead)
                kinds.append(int(LegKind.CONNECT))
                speeds.append(speed)
            if lead is not None:
                points.append(a)
                kinds.append(int(LegKind.CONNECT))
                speeds.append(speed)
        points.append(b)
        kinds.append(int(kind))
        speeds.append(speed)
        if survey and length_m >= 2 * vehicle.turn_radius_m and _turns(sortie, leg + 1):
            lead = _lead(b, b - a, LEAD_OUT_RADII * vehicle.turn_radius_m, vehicle, no_fly)
            if lead is not None:
                points.append(lead)
                kinds.append(int(LegKind.CONNECT))
                speeds.append(speed)
    if short:
        faults.append(
            f"{short} survey legs are shorter than two turn radii"
            f" ({2 * vehicle.turn_radius_m:g} m): a wing does not keep to them"
        )
    if blocked:
        faults.append(f"{blocked} survey legs have no room for a lead-in beside a no-fly zone")
    time_s = np.interp(
        np.linspace(0.0, 1.0, len(points)),
        np.linspace(0.0, 1.0, len(sortie.time_s)),
        sortie.time_s,
    )
    led = replace(
        sortie,
        xyz_m=np.array(points),
        kind=np.array(kinds),
        speed_m_s=np.array(speeds),
        time_s=time_s,
    )
    return led, faults


def _turns(sortie: Sortie, leg: int) -> bool:
    """Whether the wing turns at the beginning of a leg."""
    steps = np.diff(sortie.xyz_m[:, :2], axis=0)
    if leg < 1 or leg >= len(steps):
        return True
    before = next((s for s in steps[leg - 1 :: -1] if np.hypot(*s) > 0.5), np.zeros(2))
    size = np.hypot(*before) * np.hypot(*steps[leg])
    return bool(size < 1e-9 or before @ steps[leg] < math.cos(math.radians(_TURNS_DEG)) * size)


def _lead(
    place: FloatArray, along: FloatArray, length_m: float, vehicle: Vehicle, no_fly: BaseGeometry
) -> FloatArray | None:
    """End of a lead along a line, as long as zones allow; None where they allow none."""
    unit = along / max(float(np.linalg.norm(along)), 1e-9)
    for part in _SHORT_LEADS:
        end = place + part * length_m * unit
        room = _strip(place[:2], end[:2], vehicle.turn_radius_m)
        if not room.intersects(no_fly):
            return np.asarray(end)
    return None


def wing_faults(plan: Plan, sortie: Sortie) -> Iterator[str]:
    """Say what of a sortie a wing can not fly as it is written; nothing for a multirotor."""
    if is_wing(plan.problem.vehicles[sortie.uav]):
        yield from wing_ways(plan, sortie).faults
