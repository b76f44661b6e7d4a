"""What the user draws, in degrees: areas, no-fly zones, corridors, structures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from mcpp.limits import limited
from mcpp.model.arrays import LonLat, Ring

WIDEST_ZONE_M = 100_000.0
"""Largest radius of a round zone, and largest buffer."""

StructureKind = Literal["orbit", "perimeter", "facade"]
StructureSide = Literal["left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    """One polygon of the area; rings are open (the first point is not repeated)."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    outer_lon_lat_deg: Ring
    holes_lon_lat_deg: tuple[Ring, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolygonZone:
    """A no-fly zone with corners, kept away from by `buffer_m`.

    Attributes
    ----------
    floor_m, ceiling_m
        Heights between which it is closed, as those of the flight; None is the ground, and no end.
    times
        When it is closed, in words. It is kept away from at all times.
    waived
        Why it is not kept away from, for the report; "" keeps away.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    outer_lon_lat_deg: Ring
    name: str = ""
    buffer_m: float = limited(0, WIDEST_ZONE_M, "m", default=0.0)
    floor_m: float | None = limited(0, 30_000, "m", default=None)
    ceiling_m: float | None = limited(0, 30_000, "m", default=None, open_low=True)
    times: str = ""
    waived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleZone:
    """A round no-fly zone, kept away from by `buffer_m`; heights as in `PolygonZone`."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    center_lon_lat_deg: LonLat
    radius_m: float = limited(0, WIDEST_ZONE_M, "m", open_low=True)
    name: str = ""
    buffer_m: float = limited(0, WIDEST_ZONE_M, "m", default=0.0)
    floor_m: float | None = limited(0, 30_000, "m", default=None)
    ceiling_m: float | None = limited(0, 30_000, "m", default=None, open_low=True)
    times: str = ""
    waived: str = ""


NoFlyZone = PolygonZone | CircleZone


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """Ground along a line, as a road, a river or a power line: surveyed by lines that follow it.

    Attributes
    ----------
    line_lon_lat_deg
        Its middle; one that ends where it begins goes round.
    width_m
        Of the ground, half of it to each side; at its ends it is cut off straight.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    line_lon_lat_deg: tuple[LonLat, ...]
    width_m: float = limited(0.5, 10_000, "m")
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A thing that is looked at from the side: flown along at a distance, the camera towards it.

    Nothing flies nearer to it than `distance_m`, less a metre.

    Attributes
    ----------
    kind
        "orbit": round a place; "perimeter": along the border of a polygon, outside it; "facade":
        along one side of a wall.
    line_lon_lat_deg
        The place; the corners of the polygon, open; the foot of the wall.
    distance_m
        Between the way flown and the surface of the thing.
    lowest_m, highest_m
        Heights of the lowest and the highest pass, above the launch point; without `highest_m`
        there is one.
    step_m
        Height from one pass to the next, at most; None lets it follow from camera and sidelap.
    radius_m
        Of the thing, for an orbit.
    side
        On which side of the wall a facade is flown, looking along its points.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = {"extra": "forbid"}

    kind: StructureKind
    line_lon_lat_deg: tuple[LonLat, ...]
    distance_m: float = limited(3, 500, "m")
    lowest_m: float = limited(1, 5000, "m")
    highest_m: float | None = limited(1, 5000, "m", default=None)
    step_m: float | None = limited(0.5, 500, "m", default=None)
    radius_m: float = limited(0, 5000, "m", default=0.0)
    side: StructureSide = "right"
    name: str = ""
