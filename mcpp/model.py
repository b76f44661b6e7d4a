"""Frozen data types of a mission, a problem and a plan.

A `Mission` is what the user says, in degrees, and is the mission file one to one. A `Problem` is
the same in metres, with presets looked up and defaults filled in: all that a planner sees. A
`Solution` is what a planner answers, a `Plan` the whole with its flights and figures.

Arrays are made read-only when a type takes them; changes go through `dataclasses.replace`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from mcpp.equipment import (
    Aircraft as Aircraft,
    AircraftKind as AircraftKind,
    Camera as Camera,
    TurnBehaviour as TurnBehaviour,
)

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
LonLat = tuple[float, float]
Ring = tuple[LonLat, ...]

FOOTPRINT_RADIUS = 0.745377
"""Reach of the sensor to each side of the path, in scan distances: tan(73.4 deg / 2), the camera
and height of the evaluation in arXiv 2201.07030."""


def _frozen(array: npt.ArrayLike, dtype: type) -> npt.NDArray[Any]:
    copy: npt.NDArray[Any] = np.array(array, dtype=dtype)
    copy.flags.writeable = False
    return copy


# --------------------------------------------------------------------------- what the user says


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    """One polygon of the area; rings are open (the first point is not repeated)."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    outer_lon_lat_deg: Ring
    holes_lon_lat_deg: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolygonZone:
    """A no-fly zone with corners, kept away from by `buffer_m`."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    outer_lon_lat_deg: Ring
    name: str = ""
    buffer_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleZone:
    """A round no-fly zone, kept away from by `buffer_m`."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    center_lon_lat_deg: LonLat
    radius_m: float
    name: str = ""
    buffer_m: float = 0.0


NoFlyZone = PolygonZone | CircleZone
Autopilot = Literal["ardupilot", "px4", "generic"]
Trigger = Literal["distance", "hover", "none"]
Heading = Literal["along", "fixed"]
Purpose = Literal["mapping", "search"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uav:
    """One UAV of the fleet. A value of None is taken from its aircraft preset or from the mission.

    Attributes
    ----------
    start_lon_lat_deg
        Launch point; None lets mcpp choose one inside the area.
    landing_lon_lat_deg
        Landing point; None is the launch point.
    share
        Wanted part of the area, 0 to 1; None for all UAVs lets the shares follow from capability.
    scan_distance_m
        Its own line spacing; None is the mission's.
    endurance_s
        Of a full battery; the reserve is taken off it.
    batteries
        How many it has; None is as many as it needs.
    link
        Connection for upload, as in ``udp:127.0.0.1:14550``.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    id: str
    start_lon_lat_deg: LonLat | None = None
    landing_lon_lat_deg: LonLat | None = None
    share: float | None = None
    aircraft: str = "generic-multirotor"
    camera: str | None = None
    autopilot: Autopilot = "ardupilot"
    speed_m_s: float | None = None
    transit_speed_m_s: float | None = None
    endurance_s: float | None = None
    batteries: int | None = None
    height_m: float | None = None
    scan_distance_m: float | None = None
    system_id: int | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightSettings:
    """Heights, camera work and wind, for the whole fleet.

    Heights are above the launch point unless a terrain model is given.

    Attributes
    ----------
    transit_height_m, return_height_m
        None is `height_m`.
    trigger
        None is by distance for a mapping UAV with a camera, and none for the others.
    gimbal_pitch_deg
        None is -90 (straight down) for mapping and -45 for a search.
    wind_from_deg
        Where the wind comes from, degrees from north, clockwise.
    purpose
        "mapping": photos with overlap. "search": video, gimbal forward, lines as far apart as a
        person is seen. Each sets only what is not given here.
    gsd_m, sidelap, frontlap
        Ground sample distance, and overlap 0 to 1 of neighbouring lines and of photos in a line.
        With a camera they give height, scan distance and trigger distance. A `gsd_m` goes before
        `height_m`.
    portrait
        Whether the camera is mounted with its long side along the flight.
    seen_width_m
        Width of the strip in which a search finds a person; None is what the camera sees.
    max_height_m
        No leg is planned above it.
    reserve
        Part of the battery, 0 to 1, that no sortie uses; None is the aircraft's.
    battery_swap_s
        Time on the ground between two sorties of a UAV.
    separation_m, vertical_separation_m
        Two UAVs in the air keep one or the other between them; `accept_low_separation` lets a plan
        pass that does not keep them.
    terrain
        Path of a GeoTIFF of ground heights: heights are then above ground, and waypoints are added
        where the ground leaves the straight line by more than `terrain_tolerance_m`.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    height_m: float = 60.0
    transit_height_m: float | None = None
    return_height_m: float | None = None
    trigger: Trigger | None = None
    gimbal_pitch_deg: float | None = None
    wind_m_s: float = 0.0
    wind_from_deg: float = 0.0
    purpose: Purpose = "mapping"
    gsd_m: float | None = None
    sidelap: float | None = None
    frontlap: float | None = None
    portrait: bool = False
    seen_width_m: float | None = None
    takeoff_height_m: float | None = None
    max_height_m: float = 120.0
    climb_m_s: float | None = None
    descent_m_s: float | None = None
    reserve: float | None = None
    battery_swap_s: float = 180.0
    hover_s: float = 1.0
    separation_m: float = 10.0
    vertical_separation_m: float = 5.0
    accept_low_separation: bool = False
    heading: Heading = "along"
    heading_deg: float = 0.0
    terrain: str | None = None
    terrain_tolerance_m: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerChoice:
    """A planner's name and the parameters that differ from its defaults, as ``stage.field``."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    name: str = "auto"
    params: Mapping[str, float | int | bool | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mission:
    """All that a plan depends on: the mission file, field by field.

    Attributes
    ----------
    scan_distance_m
        Distance of neighbouring survey lines, m; None lets it follow from camera and overlap.
    overshoot_m
        How far outside the border of the area a UAV may fly, m; 0 keeps it strictly inside.
    border_buffer_m
        How far inside the border all legs stay, m.
    coverage_percent
        Part of the area that must lie within the sensor's reach, 96 to 100.
    keep_apart
        Each UAV surveys a region of its own, none overlapping.
    cameras, aircraft
        The user's own, beside the built-in ones; one of the same name goes before it.
    priority_lon_lat_deg
        Places that a search should fly over first.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    version: Literal[1] = 1
    name: str = ""
    area: tuple[AreaPart, ...]
    no_fly_zones: tuple[NoFlyZone, ...] = ()
    uavs: tuple[Uav, ...]
    scan_distance_m: float | None = None
    overshoot_m: float = 0.0
    border_buffer_m: float = 0.0
    coverage_percent: float = 99.0
    keep_apart: bool = True
    planner: PlannerChoice = field(default_factory=PlannerChoice)
    flight: FlightSettings = field(default_factory=FlightSettings)
    seed: int = 1
    cameras: tuple[Camera, ...] = ()
    aircraft: tuple[Aircraft, ...] = ()
    priority_lon_lat_deg: tuple[LonLat, ...] = ()


# ------------------------------------------------------------------------ what a planner is given


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
        Distance of neighbouring survey lines.
    reach_m
        What lies within this distance of a survey leg counts as covered.
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
    swap_s, batteries
        Time on the ground between two sorties; the number of batteries, or None for enough.
    heading, heading_deg
        Nose along the leg, or held at `heading_deg` from north.
    priority_m
        Places to be flown over early, each of shape (2,).
    camera, gsd_m
        Name of the camera and its ground sample distance at `height_m`, where it has one.
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
    heading: Heading = "along"
    heading_deg: float = 0.0
    priority_m: tuple[tuple[float, float], ...] = ()
    camera: str | None = None
    gsd_m: float | None = None
    purpose: Purpose = "mapping"


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
    balance
        Nobody asked for shares: a planner may move them so that all UAVs finish together.
    separation_m, vertical_separation_m
        Two UAVs in the air keep one or the other between them.
    """

    target: BaseGeometry
    allowed: BaseGeometry
    no_fly: BaseGeometry
    vehicles: tuple[Vehicle, ...]
    coverage_percent: float = 99.0
    keep_apart: bool = True
    corridors: tuple[BaseGeometry | None, ...] = ()
    balance: bool = True
    separation_m: float = 10.0
    vertical_separation_m: float = 5.0

    @property
    def spacing_m(self) -> float:
        """The finest line spacing of the fleet."""
        return min(vehicle.spacing_m for vehicle in self.vehicles)


# ------------------------------------------------------------------------ what a planner answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where the coverage grid lies: turned by `angle_rad` about the origin, then shifted.

    The centre of mega-cell (column c, row r) of side `s` is ``R(angle) @ ((c + 0.5) * s + dx,
    (r + 0.5) * s + dy)``.
    """

    angle_rad: float
    dx_m: float
    dy_m: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CoverageGrid:
    """Mega-cells that may be flown, and the legal steps between them.

    Attributes
    ----------
    cell_m
        Side of a mega-cell: two scan distances. Its four sub-cells have half that side.
    cells
        Shape (k, 2): column and row of each mega-cell, sorted by row, then column.
    neighbours
        Shape (k, 4): index of the cell to the east, north, west and south, or -1 where there is
        none or where the two legs between them would be illegal.
    """

    placement: Placement
    cell_m: float
    cells: IntArray
    neighbours: IntArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", _frozen(self.cells, np.int32).reshape(-1, 2))
        object.__setattr__(self, "neighbours", _frozen(self.neighbours, np.int32).reshape(-1, 4))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """What one UAV surveys, without the way from its start and back.

    Attributes
    ----------
    uav
        Index into the problem's vehicles.
    xy_m
        Shape (n, 2). A closed tour repeats its first point at the end. Empty when the UAV stays
        on the ground.
    survey
        Shape (n - 1,): True where a leg covers ground, False where it only leads on.
    """

    uav: int
    xy_m: FloatArray
    survey: BoolArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "xy_m", _frozen(self.xy_m, np.float64).reshape(-1, 2))
        object.__setattr__(self, "survey", _frozen(self.survey, np.bool_).reshape(-1))
        if len(self.survey) != max(len(self.xy_m) - 1, 0):
            msg = f"{len(self.xy_m)} points need {len(self.xy_m) - 1} legs, not {len(self.survey)}"
            raise ValueError(msg)

    @property
    def closed(self) -> bool:
        """Whether the tour ends where it began."""
        return len(self.xy_m) > 1 and bool(np.array_equal(self.xy_m[0], self.xy_m[-1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Ground that the planner leaves out, and why: a line of the report each."""

    area_m2: float
    x_m: float
    y_m: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What another planner, or another setting, would have given."""

    planner: str
    finish_s: float
    length_m: float
    coverage_percent: float
    chosen: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """A planner's answer.

    Attributes
    ----------
    routes
        One per vehicle, in their order.
    regions
        The ground of each UAV, (Multi)Polygon per vehicle, or empty where the planner keeps none.
    grid, labels
        Where the planner works on mega-cells: the grid, and for each cell the UAV, shape (k,).
    """

    planner: str
    routes: tuple[Route, ...]
    regions: tuple[BaseGeometry, ...] = ()
    grid: CoverageGrid | None = None
    labels: IntArray | None = None
    dropped: tuple[Dropped, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


# ----------------------------------------------------------------------------- what will be flown


class LegKind(IntEnum):
    """What a leg of a sortie is for."""

    TAKEOFF = 0
    TRANSIT = 1
    SURVEY = 2
    CONNECT = 3
    RETURN = 4
    LAND = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sortie:
    """One flight of one UAV on one battery, from take-off to landing.

    Attributes
    ----------
    xyz_m
        Shape (n, 3): east, north, height above the launch point. The first and the last point are
        on the ground.
    kind
        Shape (n - 1,): `LegKind` of each leg.
    speed_m_s
        Shape (n - 1,): wanted ground speed of each leg.
    time_s
        Shape (n,): when each point is passed, counted from the start of the whole mission.
    """

    uav: int
    number: int
    xyz_m: FloatArray
    kind: IntArray
    speed_m_s: FloatArray
    time_s: FloatArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "xyz_m", _frozen(self.xyz_m, np.float64).reshape(-1, 3))
        object.__setattr__(self, "kind", _frozen(self.kind, np.int32))
        object.__setattr__(self, "speed_m_s", _frozen(self.speed_m_s, np.float64))
        object.__setattr__(self, "time_s", _frozen(self.time_s, np.float64))


@dataclass(frozen=True, slots=True, kw_only=True)
class UavFigures:
    """Figures of one UAV: shares 0 to 1, of the area that is to be covered."""

    id: str
    share_wanted: float
    share_given: float
    length_m: float
    survey_m: float
    turns: int
    flight_time_s: float
    sorties: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetFigures:
    """Figures of the whole plan; the bounds are 0 where none is known."""

    coverage_percent: float
    overlap_percent: float
    area_m2: float
    length_m: float
    finish_s: float
    lower_bound_length_m: float
    lower_bound_finish_s: float


NO_FIGURES = FleetFigures(
    coverage_percent=0.0,
    overlap_percent=0.0,
    area_m2=0.0,
    length_m=0.0,
    finish_s=0.0,
    lower_bound_length_m=0.0,
    lower_bound_finish_s=0.0,
)
"""Of a plan that is not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the check found: `error` stops the export, `warning` and `note` do not."""

    level: Literal["error", "warning", "note"]
    code: str
    message: str
    uav: str | None = None
    lon_lat_deg: LonLat | None = None
    amount_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a plan promises and keeps."""

    uavs: tuple[UavFigures, ...]
    fleet: FleetFigures
    findings: tuple[Finding, ...] = ()

    @property
    def safe(self) -> bool:
        """No finding is an error."""
        return all(finding.level != "error" for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """A mission with its answer: all that was decided.

    Attributes
    ----------
    origin_lon_lat_deg
        Origin of the local frame in which `problem`, `solution` and `sorties` are given.
    """

    mission: Mission
    origin_lon_lat_deg: LonLat
    problem: Problem
    solution: Solution
    sorties: tuple[Sortie, ...]
    report: Report
    version: str
