"""What a flight turned out to be: figures, gaps and findings."""

from dataclasses import dataclass, field

from mcpp.after.clocks import ClockOffset
from mcpp.after.gather import Gathered
from mcpp.after.lines import OnLines
from mcpp.after.promise import Promise
from mcpp.after.setting import Setting
from mcpp.after.shots import Unused
from mcpp.after.taken import Taken
from mcpp.ground.views import Views
from mcpp.model import BoolArray, Finding, LonLat, Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A figure over all photos: the middle, and what 5 % of them are worse than; None unknown."""

    median: float
    worst_5_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UavFlown:
    """What one UAV did, or the whole fleet.

    Attributes
    ----------
    photos, usable
        Photos with a place; those that show the ground as planned.
    planned, missing
        Photos of the plan; those that its lines lack.
    lines, lines_left_out
        With photos; those of them without a usable one.
    frontlap, sidelap
        Overlap, 0 to 1, with the next photo of the line and with the neighbouring line.
    off_line_m, rise_m
        Distance from the planned line; height above it.
    blur_px
        Way during the exposure in pixels.
    """

    id: str
    photos: int
    usable: int
    planned: int
    missing: int
    lines: int
    lines_left_out: int
    tilted: int
    too_coarse: int
    too_low: int
    blurred: int
    frontlap: Spread | None
    sidelap: Spread | None
    off_line_m: Spread | None
    rise_m: Spread | None
    blur_px: Spread | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFlown:
    """A line that lacks photos."""

    uav: str
    sortie: int
    line: int
    planned: int
    missing: int
    begin_lon_lat_deg: LonLat
    end_lon_lat_deg: LonLat


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Ground that fewer photos see than it was promised; `ring` is its outer border."""

    number: int
    area_m2: float
    least_views: int
    wanted_views: int
    lon_lat_deg: LonLat
    ring_lon_lat_deg: Ring
    holes_lon_lat_deg: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsFlown:
    """Photos that see a point, over the ground: as flown, and as planned (0 without a plan)."""

    mean: float
    median: int
    p5: int
    least: int
    planned_mean: float
    planned_median: int
    unseen_percent: float
    short_percent: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Basis:
    """What the figures were reckoned from: for maps, and for planning what is missing."""

    setting: Setting
    gathered: Gathered
    taken: Taken
    promise: Promise
    views: Views
    short: BoolArray
    usable: BoolArray
    lines: OnLines | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All that was found out about a flight.

    Attributes
    ----------
    complete
        No gap is left, and no photo is left out that may belong to one.
    promised
        The promise in words.
    """

    complete: bool
    promised: str
    area_m2: float
    gaps_m2: float
    fleet: UavFlown
    uavs: tuple[UavFlown, ...]
    views: ViewsFlown
    gaps: tuple[Gap, ...]
    lines: tuple[LineFlown, ...]
    clocks: tuple[ClockOffset, ...]
    unused: tuple[Unused, ...]
    findings: tuple[Finding, ...]
    basis: Basis = field(repr=False, compare=False)
