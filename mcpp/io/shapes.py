"""What a file of shapes holds, before anything of it is used: each shape with what it says itself.

A reader makes `Shape`s; `mcpp.io.roles` proposes what each is for; `mcpp.io.missions` makes a
mission of those that are used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InputError

Kind = Literal["polygon", "line", "point"]
Role = Literal["area", "hole", "corridor", "zone", "launch", "crew", "unused"]
Properties = Mapping[str, str | float | bool | None]

MOST_SHAPES = 200_000
"""In one file; a parcel register is cut down with `--layer` and `--where`."""
MOST_AT_ONCE = 20_000
"""So many get their roles within seconds, after the user's choice of layers and attributes."""
MOST_CORNERS = 2_000_000
_KINDS: dict[str, Kind] = {
    "Polygon": "polygon",
    "LineString": "line",
    "LinearRing": "line",
    "Point": "point",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """One polygon, line or point of a file, in degrees, longitude first.

    Attributes
    ----------
    file, layer, folder
        Where it stands: the file's name without its ending, the layer or document, and the folders
        from the outermost, joined by "/".
    properties
        Its attributes: text, numbers and flags.
    walked
        It was a line that ends where it begins, and is read as a polygon.
    flaw
        Why its geometry can not be used; the geometry is then empty.
    role, why
        What it is for, and what in the file says so. As read it is "unused", for no reason.
    """

    geometry: BaseGeometry
    name: str = ""
    file: str = ""
    layer: str = ""
    folder: str = ""
    properties: Properties = field(default_factory=dict)
    walked: bool = False
    flaw: str = ""
    role: Role = "unused"
    why: str = ""

    @property
    def kind(self) -> Kind:
        """Polygon, line or point."""
        return _KINDS[self.geometry.geom_type]

    @property
    def title(self) -> str:
        """Its name, or where it stands when it has none."""
        return self.name or self.folder.rpartition("/")[2] or self.layer or self.file or self.kind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Imported:
    """All shapes of one file, or of several.

    Attributes
    ----------
    name
        Of the mission that would be made of it.
    notes
        What was left out or read otherwise than it stands, one line each.
    scan_distance_m
        Line spacing that our own samples name.
    """

    name: str
    shapes: tuple[Shape, ...]
    notes: tuple[str, ...] = ()
    scan_distance_m: float | None = None


def flat(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Take a geometry apart into polygons, lines and points without heights.

    Raises
    ------
    InputError
        For kinds that have no straight edges.
    """
    if geometry.geom_type in _KINDS:
        return [] if geometry.is_empty else [shapely.force_2d(geometry)]
    if geometry.geom_type == "GeometryCollection" or geometry.geom_type.startswith("Multi"):
        return [part for sub in shapely.get_parts(geometry) for part in flat(sub)]
    msg = f"a {geometry.geom_type} is neither polygon, line nor point"
    raise InputError(msg)


def closed_line(line: BaseGeometry) -> BaseGeometry | None:
    """Make a polygon of a line that ends where it begins and goes round some ground once."""
    points = shapely.get_coordinates(line)
    if len(points) < 4 or not (points[0] == points[-1]).all():
        return None
    ring = shapely.Polygon(points)
    return ring if ring.is_valid and ring.area > 0 else None


def check_count(name: str, count: int, most: int) -> None:
    """Refuse more shapes than are read, before any time goes into them.

    Raises
    ------
    InputError
    """
    if count <= most:
        return
    msg = f"{name}: it has {count:,} shapes: at most {most:,} are read"
    if most == MOST_AT_ONCE:
        msg = (
            f"{name}: it has {count:,} shapes, of which {most:,} are taken at once: choose some "
            "by --layer or --where"
        )
    raise InputError(msg)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
