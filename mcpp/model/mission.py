"""What the user says, in degrees: the mission file, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from mcpp.equipment import Aircraft, Camera
from mcpp.limits import limited
from mcpp.model.arrays import LonLat
from mcpp.model.forecast import Forecast
from mcpp.model.search import ProbabilityMap, SearchPattern
from mcpp.model.shapes import AreaPart, Corridor, NoFlyZone, Structure

Autopilot = Literal["ardupilot", "px4", "generic"]
Trigger = Literal["distance", "hover", "none"]
HeightFrame = Literal["home", "terrain"]
StartDelays = Literal["station", "file"]
LaunchSpots = Literal["given", "apart"]
Gimbal = Literal["mount", "manager"]
Heading = Literal["along", "fixed"]
Purpose = Literal["mapping", "search", "coverage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uav:
    """One UAV of the fleet. A value of None is taken from its aircraft preset or from the mission.

    Attributes
    ----------
    start_lon_lat_deg
        Launch point; None lets mcpp choose one inside the area.
    landing_lon_lat_deg
        Landing point; None is the launch point.
    given_start_lon_lat_deg, given_landing_lon_lat_deg
        The points that were given, where mcpp has moved these to spots beside them
        (`FlightSettings.launch_spots`).
    share
        Wanted part of the area, 0 to 1; None for all UAVs lets the shares follow from capability.
    scan_distance_m
        Its own line spacing; None is the mission's.
    direction_deg, direction_edge_lon_lat_deg
        Which way its own survey lines run; neither is the mission's.
    endurance_s
        Of a full battery; the reserve is taken off it.
    batteries
        How many it has, each flown again when `FlightSettings.charge_s` have passed; None is as
        many as it needs.
    gimbal
        How its camera is pointed: "mount" by DO_MOUNT_CONTROL, which all autopilots know, "manager"
        by DO_GIMBAL_MANAGER_PITCHYAW of MAVLink's second gimbal protocol.
    link
        Connection for upload, as in ``udp:127.0.0.1:14550``.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    id: str
    start_lon_lat_deg: LonLat | None = None
    landing_lon_lat_deg: LonLat | None = None
    given_start_lon_lat_deg: LonLat | None = None
    given_landing_lon_lat_deg: LonLat | None = None
    share: float | None = limited(0, 1, open_low=True, default=None)
    aircraft: str = "generic-multirotor"
    camera: str | None = None
    autopilot: Autopilot = "ardupilot"
    gimbal: Gimbal = "mount"
    speed_m_s: float | None = limited(0.1, 60, "m/s", default=None)
    transit_speed_m_s: float | None = limited(0.1, 60, "m/s", default=None)
    endurance_s: float | None = limited(10, 360_000, "s", default=None)
    batteries: int | None = limited(1, 1000, "batteries", default=None)
    height_m: float | None = limited(1, 5000, "m", default=None)
    scan_distance_m: float | None = limited(0.1, 10_000, "m", default=None)
    direction_deg: float | None = limited(-360, 360, "deg", default=None)
    direction_edge_lon_lat_deg: LonLat | None = None
    system_id: int | None = limited(1, 255, default=None)
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
        None is -90 (straight down) for mapping, -45 for a search, 0 (level) at structures.
    wind_from_deg
        Where the wind comes from, degrees from north, clockwise.
    purpose
        "mapping": photos with overlap; away from the border the next survey line on either side is
        at most the scan distance away. "search": video, gimbal forward, lines as far apart as a
        person is seen. "coverage": spraying, sampling, radio; each place lies once within the
        reach of what the UAV carries. Each sets only what is not given here.
    gsd_m, sidelap, frontlap
        Ground sample distance, and overlap 0 to 1 of neighbouring lines and of photos in a line.
        With a camera they give height, scan distance and trigger distance. A `gsd_m` goes before
        `height_m`.
    turn_overshoot_m, lead_in_m
        How far a UAV flies straight on beyond the end of a survey line before it turns, and how far
        before the next one it is on it; photos stop with the line. As far as the area and its
        `overshoot_m` permit.
    min_views
        Photos that are to see each point; None is 0.6 of what the overlaps give on even ground
        away from the border.
    portrait
        Whether the camera is mounted with its long side along the flight.
    seen_width_m
        Width of the strip in which a search finds a person, or which what a UAV carries covers;
        None is what the camera sees. Where there is neither, lines keep the scan distance.
    max_height_m
        No leg is planned above it.
    reserve
        Part of the battery, 0 to 1, that no sortie uses; None is the aircraft's.
    battery_swap_s
        Time on the ground between two sorties of a UAV.
    charge_s, chargers
        Time to charge a battery in full, and how many of the fleet's are charged at a time; None is
        enough for all. Counted where a UAV has fewer batteries than sorties.
    pad_clear_s
        Time to clear a launch point after a landing, or to set up for a take-off, where UAVs share
        it: launch or landing points nearer to each other than `separation_m`.
    launch_spots
        "given": launch and landing points are those that are given. "apart": UAVs whose points are
        nearer to each other than `separation_m` get spots of their own beside them, so far apart,
        with 1.5 m and the `tracking_margin_m` for each: where a `crew_area` is drawn inside it,
        else where they fly anyhow.
    separation_m, vertical_separation_m
        Two UAVs in the air keep one or the other between them; `accept_low_separation` lets a plan
        pass that does not keep them. A `vertical_separation_m` of 0: no height is enough.
    timing_tolerance, timing_tolerance_s
        How early or late each of them may be meanwhile: a part of the time since its take-off, and
        so many seconds at least. In simulated flights the time of a whole mission was up to 5 % and
        some 10 s off.
    start_delays
        Who keeps later starts: "station", the ground station (`mcpp fly`) or the crew; "file", the
        mission itself, which waits with armed motors on the ground before its take-off. All are
        then started at once, by any ground station, and each vehicle needs DISARM_DELAY or
        COM_DISARM_PRFLT above its wait. Of multirotors alone.
    tracking_margin_m
        How far vehicles fly beside their lines: added to the buffer of each zone and to that of the
        border, so that the zone's own distance is kept as flown. What was seen of ArduCopter and
        PX4 is 1.6 m at 5 m/s.
    fly_over_zones
        Zones that end 10 m or more below all flights are flown over. Their heights, as those of the
        flights, are above the launch point: say so only where the ground is level.
    transit_over_zones
        The ways there and back of multirotors, at take-off, transit and return height, may pass
        over zones that end 10 m or more below them; survey lines and the ways between them may
        not. Heights as for `fly_over_zones`, and as little with a terrain model. A geofence has no
        ceiling: that of a UAV leaves the zones open that it passes over.
    accept_unfenced
        Let a plan pass though an autopilot takes no fence so long, or not all of its mission.
    terrain
        Path of a GeoTIFF of ground heights: heights are then above ground, and waypoints are added
        where the ground leaves the straight line by more than `terrain_tolerance_m`.
    height_frame
        How waypoints say their heights where a `terrain` is given: "home", above the launch point;
        "terrain", above the ground, for vehicles that hold terrain data themselves (ArduPilot).
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    height_m: float = limited(1, 5000, "m", default=60.0)
    transit_height_m: float | None = limited(1, 5000, "m", default=None)
    return_height_m: float | None = limited(1, 5000, "m", default=None)
    trigger: Trigger | None = None
    gimbal_pitch_deg: float | None = limited(-90, 30, "deg", default=None)
    wind_m_s: float = limited(0, 60, "m/s", default=0.0)
    wind_from_deg: float = limited(-360, 360, "deg", default=0.0)
    purpose: Purpose = "mapping"
    gsd_m: float | None = limited(1e-4, 10, "m", default=None)
    sidelap: float | None = limited(0, 0.95, "part", default=None)
    frontlap: float | None = limited(0, 0.95, "part", default=None)
    turn_overshoot_m: float = limited(0, 1000, "m", default=0.0)
    lead_in_m: float = limited(0, 1000, "m", default=0.0)
    min_views: int | None = limited(1, 1000, default=None)
    portrait: bool = False
    seen_width_m: float | None = limited(0.1, 10_000, "m", default=None)
    takeoff_height_m: float | None = limited(1, 5000, "m", default=None)
    max_height_m: float = limited(1, 10_000, "m", default=120.0)
    climb_m_s: float | None = limited(0.1, 20, "m/s", default=None)
    descent_m_s: float | None = limited(0.1, 20, "m/s", default=None)
    reserve: float | None = limited(0, 0.9, "part", default=None)
    battery_swap_s: float = limited(0, 86_400, "s", default=180.0)
    charge_s: float = limited(0, 86_400, "s", default=3600.0)
    chargers: int | None = limited(1, 1000, "chargers", default=None)
    pad_clear_s: float = limited(0, 3600, "s", default=30.0)
    launch_spots: LaunchSpots = "given"
    hover_s: float = limited(0, 600, "s", default=1.0)
    separation_m: float = limited(0, 10_000, "m", default=10.0)
    vertical_separation_m: float = limited(0, 1000, "m", default=5.0)
    timing_tolerance: float = limited(0, 0.5, "part", default=0.05)
    timing_tolerance_s: float = limited(0, 3600, "s", default=10.0)
    start_delays: StartDelays = "station"
    tracking_margin_m: float = limited(0, 100, "m", default=0.0)
    accept_low_separation: bool = False
    accept_unfenced: bool = False
    heading: Heading = "along"
    heading_deg: float = limited(-360, 360, "deg", default=0.0)
    terrain: str | None = None
    height_frame: HeightFrame = "home"
    fly_over_zones: bool = False
    transit_over_zones: bool = False
    terrain_tolerance_m: float = limited(0.1, 1000, "m", default=5.0)


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
    area, corridors
        The ground to cover: polygons, lines with a width, or both. Over corridors alone the survey
        lines follow them.
    structures
        Things to be looked at from the side, in place of ground. The fleet shares their length, and
        flies at their heights: `height_m` is that of the highest pass.
    scan_distance_m
        Distance of neighbouring survey lines, m; None lets it follow from camera and overlap.
    direction_deg, direction_edge_lon_lat_deg
        Which way the survey lines run: at an angle from north, clockwise (either way along them is
        the same), or along the edge of the border that is nearest to a place. Neither leaves it to
        the planner.
    crosshatch_deg
        Cover the ground a second time, with lines turned by so much against the first; None once.
    overshoot_m
        How far outside the border of the area a UAV may fly, m; 0 keeps it strictly inside.
    border_buffer_m
        How far inside the border all legs stay, m.
    coverage_percent
        Part of the area that must lie within the sensor's reach.
    keep_apart
        Each UAV surveys a region of its own, none overlapping.
    cameras, aircraft
        The user's own, beside the built-in ones; one of the same name goes before it.
    priority_lon_lat_deg
        Places that a search should fly over first: a map of nothing but these, all as likely.
    probability
        Where what is searched for may be: flown so that it is expected to be found early.
    search
        A pattern of search crews to be flown; None leaves the lines to the planner.
    crew_area
        Where the crew can stand: launch points that are left open lie there, inside the area or
        beside it.
    starts_at
        When the mission is to start: date, time and offset from UTC. Only what is said of daylight
        and weather depends on it.
    forecast
        The weather about that time; needs `starts_at`.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    version: Literal[1] = 1
    name: str = ""
    area: tuple[AreaPart, ...] = ()
    corridors: tuple[Corridor, ...] = ()
    structures: tuple[Structure, ...] = ()
    no_fly_zones: tuple[NoFlyZone, ...] = ()
    uavs: tuple[Uav, ...]
    scan_distance_m: float | None = limited(0.1, 10_000, "m", default=None)
    direction_deg: float | None = limited(-360, 360, "deg", default=None)
    direction_edge_lon_lat_deg: LonLat | None = None
    crosshatch_deg: float | None = limited(1, 179, "deg", default=None)
    overshoot_m: float = limited(0, 1000, "m", default=0.0)
    border_buffer_m: float = limited(0, 10_000, "m", default=0.0)
    coverage_percent: float = limited(50, 100, "%", default=99.0)
    keep_apart: bool = True
    planner: PlannerChoice = field(default_factory=PlannerChoice)
    flight: FlightSettings = field(default_factory=FlightSettings)
    seed: int = 1
    cameras: tuple[Camera, ...] = ()
    aircraft: tuple[Aircraft, ...] = ()
    priority_lon_lat_deg: tuple[LonLat, ...] = ()
    probability: ProbabilityMap | None = None
    search: SearchPattern | None = None
    starts_at: str | None = None
    forecast: tuple[Forecast, ...] = ()
    crew_area: tuple[AreaPart, ...] = ()

    @property
    def has_work(self) -> bool:
        """Whether it names anything to fly over or along."""
        return bool(self.area or self.along)

    @property
    def along(self) -> tuple[Corridor | Structure, ...]:
        """What is drawn as lines and places: corridors and structures."""
        return (*self.corridors, *self.structures)
