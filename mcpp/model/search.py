"""What a search knows of where to look, in degrees: parts of the mission file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from mcpp.limits import limited
from mcpp.model.arrays import LonLat, Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyArea:
    """A polygon that what is searched for may be in, as likely everywhere within.

    Attributes
    ----------
    weight
        How likely it is to be in it, against the weights of the others.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    outer_lon_lat_deg: Ring
    weight: float = limited(0, 1e9, default=1.0, open_low=True)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbabilityMap:
    """Where what is searched for may be: polygons, or a raster, with weights.

    Only the proportions of the weights count: they are divided by their sum. What lies outside the
    area or in a no-fly zone stays part of that sum, though it can not be found.

    Attributes
    ----------
    areas
        Where they overlap, their probabilities add up.
    elsewhere_weight
        How likely it is to be in the area outside all `areas`, against their weights.
    raster
        Path of a GeoTIFF, in place of `areas`: the weight of each of its pixels.
    detection
        How likely a UAV that passes within its reach finds it; passes are independent.
    longer
        How much later than without the map all may have landed, as a part of that time.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    areas: tuple[LikelyArea, ...] = ()
    elsewhere_weight: float = limited(0, 1e9, default=0.0)
    raster: str | None = None
    detection: float = limited(0, 1, "part", default=1.0, open_low=True)
    longer: float = limited(0, 10, default=0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFigures:
    """How soon a plan is expected to find what it searches for.

    Probabilities are 0 to 1 and include that it may not be where the UAVs look.

    Attributes
    ----------
    contained
        That it is in the ground that is searched.
    found
        That it has been found when all have landed.
    mean_s
        Expected time until it is found, if it is.
    half_s
        When half of `found` is reached.
    under_curve
        Mean of the curve over the time until the last has landed: 1 if it were found at once.
    time_s, probability
        The curve, shape (k,) each: how likely it has been found by then.
    bound_mean_s, bound_under_curve, bound_probability
        What no plan of this fleet can beat, at the same times: Koopman's best allotment of effort,
        if every UAV flew over the likeliest ground still unseen, with no way to go.
    coverage_factor
        Sweep width over line spacing, the mean over the fleet.
    """

    contained: float
    found: float
    mean_s: float
    half_s: float
    under_curve: float
    time_s: tuple[float, ...] = ()
    probability: tuple[float, ...] = ()
    bound_mean_s: float = 0.0
    bound_under_curve: float = 1.0
    bound_probability: tuple[float, ...] = ()
    coverage_factor: float = 0.0


PatternKind = Literal["expanding-square", "sector", "parallel-track", "creeping-line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPattern:
    """A pattern of search crews, in place of the shortest flight that covers the area.

    Its lines are the UAVs' line spacing apart, and all its turns are to the right. IAMSAR Manual,
    volume II, chapter 5, and volume III, section 12.

    Attributes
    ----------
    kind
        "expanding-square": outward from the datum, with legs of one, one, two, two, three, ...
        spacings. "sector": out from the datum, across, and back through it, over and over, with
        turns of 120 degrees (for three lines). "parallel-track": from one side of the area to the
        other, with legs along its longer side. "creeping-line": with legs across it.
    datum_lon_lat_deg
        Where what is searched for most likely is; for parallel legs the side to begin at.
    direction_deg
        Course of the first leg, from north, clockwise; None is into the wind for an expanding
        square and down the wind for a sector search.
    radius_m
        How far from the datum it is searched; without it an expanding square goes on over the whole
        area.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    kind: PatternKind
    datum_lon_lat_deg: LonLat | None = None
    direction_deg: float | None = limited(-360, 360, "deg", default=None)
    radius_m: float | None = limited(1, 100_000, "m", default=None)
