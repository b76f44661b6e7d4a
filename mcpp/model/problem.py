"""What a planner is given: the mission in metres, presets looked up, defaults filled in."""

from dataclasses import dataclass, field

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from mcpp.equipment import AircraftKind, AutopilotMotion, TurnBehaviour
from mcpp.model.mission import Autopilot, Gimbal, Heading, Purpose, Trigger

FOOTPRINT_RADIUS = 0.745377
"""Reach of the sensor to each side of the path, in scan distances: tan(73.4 deg / 2), the camera
and height of the evaluation in arXiv 2201.07030. Only what repeats that evaluation uses it."""

APART = 0.52
"""Lines keep their spacing where no ground away from the border lies farther than so many spacings
from all of them: half of one, with 4 % for rounding and lines that bend a little."""
DEEP = 0.75
"""Ground farther inside than so many spacings is away from the border."""
BROKEN_PERCENT = 0.1
"""Part of that ground which may lie farther from all lines: what samples can not tell from none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A UAV with presets looked up, in metres of the local frame.

    Attributes
    ----------
    start_m, landing_m
        Shape (2,), or None where the planner may choose.
    share
        Wanted part of the work; the shares of a problem sum to 1.
    spacing_m
        Distance of neighbouring survey lines, at most.
    keeps_spacing
        Away from the border the next survey line on either side is at most `spacing_m` away, and
        lines are straight and parallel: for mapping, and where nobody said how far the sensor
        reaches. Otherwise lines may move apart as far as `reach_m` covers the ground.
    direction_deg
        Which way its survey lines must run, from north, clockwise, 0 to under 180; None leaves it
        to the planner.
    reach_m
        What lies within this distance of a survey leg counts as covered: half of what the camera
        sees across the flight, or of the width that is given; without either, `spacing_m` / sqrt 2.
    acceleration_m_s2
        Of speeding up and of braking before a corner.
    endurance_s
        Usable: the reserve is taken off already.
    reserve_s
        What stays in the battery when `endurance_s` has been flown.
    speed_m_s, transit_speed_m_s
        Over the ground for a multirotor, through the air for a fixed wing or VTOL.
    max_air_speed_m_s
        A multirotor flies slower over the ground where the wind would ask for more.
    turn, turn_radius_m
        What it does at a corner: stops, cuts it with that radius, or turns past it on a circle.
    takeoff_height_m, transit_height_m, return_height_m
        None is `height_m`. It climbs straight up to the first before it moves off.
    wind_m_s
        Shape (2,): east and north part of the air's own movement (where the wind goes to).
    hover_s
        Time at rest for each photo of the trigger "hover".
    swap_s, batteries, charge_s
        Time on the ground between two sorties; the number of batteries, or None for enough; time to
        charge one.
    heading, heading_deg
        Nose along the leg, or held at `heading_deg` from north.
    turn_overshoot_m, lead_in_m
        How far it flies straight on beyond the end of a survey line before it turns, and how far
        before a line it is on it: without photos, as far as allowed space permits.
    motion
        How its autopilot moves a multirotor: corners, jerk, take-off and landing.
    most_points
        Most waypoints of a sortie, where its app takes no more at once; None for no such limit.
    camera, gsd_m
        Name of the camera and its ground sample distance at `height_m`, where it has one.
    lowest_m
        Height of its lowest pass by a structure; None is `height_m`.
    looks_m
        How far away what its camera looks at is; None is `height_m`.
    """

    id: str
    start_m: tuple[float, float] | None
    landing_m: tuple[float, float] | None
    share: float
    spacing_m: float
    reach_m: float
    speed_m_s: float = 5.0
    transit_speed_m_s: float = 5.0
    acceleration_m_s2: float = 2.0
    endurance_s: float = 1500.0
    height_m: float = 60.0
    kind: AircraftKind = "multirotor"
    autopilot: Autopilot = "ardupilot"
    trigger: Trigger = "none"
    trigger_distance_m: float | None = None
    gimbal_pitch_deg: float = -90.0
    gimbal: Gimbal = "mount"
    max_air_speed_m_s: float = 15.0
    climb_m_s: float = 2.5
    descent_m_s: float = 1.5
    turn: TurnBehaviour = "stop"
    turn_radius_m: float = 0.0
    reserve_s: float = 375.0
    takeoff_height_m: float | None = None
    transit_height_m: float | None = None
    return_height_m: float | None = None
    wind_m_s: tuple[float, float] = (0.0, 0.0)
    hover_s: float = 1.0
    swap_s: float = 180.0
    batteries: int | None = None
    charge_s: float = 3600.0
    heading: Heading = "along"
    heading_deg: float = 0.0
    camera: str | None = None
    gsd_m: float | None = None
    purpose: Purpose = "mapping"
    direction_deg: float | None = None
    keeps_spacing: bool = True
    motion: AutopilotMotion = field(default_factory=AutopilotMotion)
    turn_overshoot_m: float = 0.0
    lead_in_m: float = 0.0
    most_points: int | None = None
    lowest_m: float | None = None
    looks_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A corridor in metres: its middle line, points of shape (2,), and its whole width."""

    line_m: tuple[tuple[float, float], ...]
    width_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A structure in metres.

    Attributes
    ----------
    core_m
        Its outline, points of shape (2,): one for a thing that is round.
    round_m
        Its radius about that point, or about the outline.
    way_m
        The way flown past it, points of shape (2,); closed where it repeats its first.
    heights_m
        Of all passes, from the lowest up.
    """

    core_m: tuple[tuple[float, float], ...]
    round_m: float
    way_m: tuple[tuple[float, float], ...]
    heights_m: tuple[float, ...]
    distance_m: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """A mission in metres of the local frame.

    Attributes
    ----------
    target
        What is to be covered: the area less the no-fly zones, (Multi)Polygon.
    allowed
        Where survey and transit legs may run: the area with its overshoot or border buffer, less
        the buffered no-fly zones, drawn in by a hair so that rounding a coordinate on export
        leaves no leg outside. (Multi)Polygon.
    no_fly
        Union of the buffered no-fly zones, (Multi)Polygon or empty.
    corridors
        For each vehicle the ground outside the area that its way from the launch point and to the
        landing point may use, (Multi)Polygon, or None where both lie inside. Empty for none.
    ways
        For each vehicle where its ways there and back may run, zones that it passes over among it,
        (Multi)Polygon; None where they may run as all legs may. Empty for none.
    balance
        Nobody asked for shares: a planner may move them so that all UAVs finish together.
    shut_in
        Ground of the mission that is no part of the target, since no legal way leads there.
    separation_m, vertical_separation_m
        Two UAVs in the air keep one or the other between them; 0 m of height: no height is enough.
    timing_tolerance, timing_tolerance_s
        How early or late each may be: a part of the time since its take-off, seconds at least.
    pad_clear_s
        Between a take-off or landing of one UAV and that of another from places nearer to each
        other than `separation_m`.
    chargers
        How many batteries of the fleet are charged at a time; None is enough for all.
    strips
        The mission's corridors, where they are all its ground: survey lines follow them. (The ways
        outside the area are `corridors`.)
    covers
        Whether the target is to be covered: a sector search is thin at its rim.
    walls
        The mission's structures; `strips` are then the ways past them, one for each.
    """

    target: BaseGeometry
    allowed: BaseGeometry
    no_fly: BaseGeometry
    vehicles: tuple[Vehicle, ...]
    coverage_percent: float = 99.0
    keep_apart: bool = True
    corridors: tuple[BaseGeometry | None, ...] = ()
    ways: tuple[BaseGeometry | None, ...] = ()
    balance: bool = True
    separation_m: float = 10.0
    vertical_separation_m: float = 5.0
    timing_tolerance: float = 0.05
    timing_tolerance_s: float = 10.0
    shut_in: BaseGeometry = field(default_factory=MultiPolygon)
    pad_clear_s: float = 30.0
    chargers: int | None = None
    strips: tuple[Strip, ...] = ()
    covers: bool = True
    walls: tuple[Wall, ...] = ()

    @property
    def ground(self) -> BaseGeometry:
        """All that the mission wants covered: the target and what is shut in."""
        return shapely.union(self.target, self.shut_in) if self.shut_in else self.target

    @property
    def spacing_m(self) -> float:
        """The finest line spacing of the fleet."""
        return min(vehicle.spacing_m for vehicle in self.vehicles)
