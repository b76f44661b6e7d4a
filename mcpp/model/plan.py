"""What will be flown, its figures, and what the check found."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

import numpy as np

from mcpp.model.arrays import FloatArray, IntArray, LonLat, read_only
from mcpp.model.mission import Mission
from mcpp.model.problem import Problem
from mcpp.model.search import SearchFigures
from mcpp.model.solution import Route, Solution


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
    """One flight of one UAV on one battery, from take-off, or from where it is, to landing.

    Attributes
    ----------
    xyz_m
        Shape (n, 3): east, north, height above the launch point. The last point is on the ground,
        and the first as well where it takes off.
    kind
        Shape (n - 1,): `LegKind` of each leg.
    speed_m_s
        Shape (n - 1,): wanted ground speed of each leg.
    time_s
        Shape (n,): when each point is passed, counted from the start of the whole mission.
    launch_m
        Shape (2,): where the vehicle took off that is in the air already; None is the first point.
    """

    uav: int
    number: int
    xyz_m: FloatArray
    kind: IntArray
    speed_m_s: FloatArray
    time_s: FloatArray
    launch_m: FloatArray | None = None

    def __post_init__(self) -> None:
        if self.launch_m is not None:
            object.__setattr__(self, "launch_m", read_only(self.launch_m, np.float64))
        object.__setattr__(self, "xyz_m", read_only(self.xyz_m, np.float64).reshape(-1, 3))
        object.__setattr__(self, "kind", read_only(self.kind, np.int32))
        object.__setattr__(self, "speed_m_s", read_only(self.speed_m_s, np.float64))
        object.__setattr__(self, "time_s", read_only(self.time_s, np.float64))

    @property
    def airborne(self) -> bool:
        """Whether it begins in the air."""
        return self.launch_m is not None

    @property
    def home_m(self) -> FloatArray:
        """Where it took off, shape (2,): what its heights count from."""
        return np.asarray(self.xyz_m[0, :2] if self.launch_m is None else self.launch_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFigures:
    """Photos that see a point, over all points of an area.

    Attributes
    ----------
    least, median
        Of all points.
    p1, p5
        What all but the worst 1 and 5 percent of the ground have at least.
    short_percent
        Share of the ground with fewer views than wanted.
    """

    least: int
    p1: int
    p5: int
    median: int
    short_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Overlaps, 0 to 1: the least, what 5 % have less than, the median."""

    least: float
    p5: float
    median: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDistances:
    """How far the next parallel survey line is, over all places along lines that have one."""

    median_m: float
    p90_m: float
    p95_m: float
    most_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFigures:
    """What is kept of the promise; None where there is nothing to measure.

    Attributes
    ----------
    too_far_percent
        Of the ground more than a spacing inside the border: farther than 0.52 spacings from all
        lines.
    views
        Of the UAV's own ground, by the photos of all UAVs.
    """

    next_line: LineDistances | None = None
    too_far_percent: float | None = None
    sidelap: Spread | None = None
    frontlap: Spread | None = None
    views: ViewFigures | None = None
    photos: int = 0
    gsd_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UavFigures:
    """Figures of one UAV: shares 0 to 1, of the area that is to be covered.

    Attributes
    ----------
    share_asked
        Whether the mission asks for `share_wanted`; else mcpp was free to choose.
    flight_time_s, landing_s
        In the air, all sorties together; when it has landed for good.
    battery_used
        Part of the usable battery, reserve taken off, that its longest sortie takes.
    waypoints
        Points of all its sorties, take-offs and landings included.
    stops_time_s
        What `flight_time_s` would be if it came to rest at each waypoint.
    """

    id: str
    share_wanted: float
    share_given: float
    length_m: float
    survey_m: float
    turns: int
    flight_time_s: float
    sorties: int
    share_asked: bool = False
    landing_s: float = 0.0
    battery_used: float = 0.0
    waypoints: int = 0
    stops_time_s: float = 0.0
    kept: KeptFigures = field(default_factory=KeptFigures)

    @property
    def survey_part(self) -> float:
        """Part of the length that surveys ground, 0 to 1."""
        return self.survey_m / self.length_m if self.length_m > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetFigures:
    """Figures of the whole plan; the bounds are 0 where none is known.

    Attributes
    ----------
    min_views
        Photos that are to see each point; None where none are taken.
    """

    coverage_percent: float
    overlap_percent: float
    area_m2: float
    length_m: float
    finish_s: float
    lower_bound_length_m: float
    lower_bound_finish_s: float
    min_views: int | None = None
    kept: KeptFigures = field(default_factory=KeptFigures)


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
    """One thing that the check found: `error` stops the export, `warning` and `note` do not.

    Attributes
    ----------
    message
        One line; it names the UAV of `uav`.
    """

    level: Literal["error", "warning", "note"]
    code: str
    message: str
    uav: str | None = None
    lon_lat_deg: LonLat | None = None
    amount_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a plan promises and keeps.

    Attributes
    ----------
    search
        How soon it finds what is searched for; None where nothing says where that may be.
    """

    uavs: tuple[UavFigures, ...]
    fleet: FleetFigures
    findings: tuple[Finding, ...] = ()
    search: SearchFigures | None = None

    @property
    def safe(self) -> bool:
        """No finding is an error."""
        return all(finding.level != "error" for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Begun:
    """What a plan goes on from, where the fleet has begun another one: its times count from now.

    Attributes
    ----------
    time_s
        Now, on the clock of the plan before.
    at_m
        For each UAV where it is in the air, shape (3,): east, north, height above its launch point;
        None for one on the ground, or lost.
    battery_s
        For each UAV: how long the battery under way still lasts, the reserve taken off.
    lost
        Indices of the UAVs that fly no more.
    surveyed
        What has been surveyed: open routes, any number for a UAV.
    """

    time_s: float
    at_m: tuple[tuple[float, float, float] | None, ...]
    battery_s: tuple[float, ...]
    lost: tuple[int, ...] = ()
    surveyed: tuple[Route, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """A mission with its answer: all that was decided.

    Attributes
    ----------
    begun
        What it goes on from; None where all UAVs begin on the ground.
    origin_lon_lat_deg
        Origin of the local frame in which `problem`, `solution` and `sorties` are given.
    edited
        It was read from a file that is not as mcpp wrote it.
    """

    mission: Mission
    origin_lon_lat_deg: LonLat
    problem: Problem
    solution: Solution
    sorties: tuple[Sortie, ...]
    report: Report
    version: str
    edited: bool = False
    begun: Begun | None = None
