"""Named instances for benchmarks: the shipped samples, and families made from fixed seeds."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.ground.frame import frame_at
from mcpp.io.mission import read_mission
from mcpp.io.source import read_source
from mcpp.model import AreaPart, FlightSettings, Mission, Ring, Uav
from mcpp.resources import asset

_PLACE = (22.5, 39.6)
_SPACING_M = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One mission with a name that stays the same over versions.

    Attributes
    ----------
    short
        Whether it belongs to the set that CI runs.
    """

    name: str
    mission: Mission
    short: bool = False


def _ring(coordinates: np.ndarray) -> Ring:
    degrees = frame_at([_PLACE]).to_deg(coordinates[:-1])
    return tuple((round(float(lon), 8), round(float(lat), 8)) for lon, lat in degrees)


def _mission(name: str, shape: BaseGeometry, uavs: int, spacing_m: float = _SPACING_M) -> Mission:
    """Make a mission of like UAVs that take off along the southern border."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    area = tuple(
        AreaPart(
            outer_lon_lat_deg=_ring(shapely.get_coordinates(part.exterior)),
            holes_lon_lat_deg=tuple(_ring(shapely.get_coordinates(h)) for h in part.interiors),
        )
        for part in parts
    )
    west, south, east, _ = shapely.bounds(shape)
    places = np.column_stack([np.linspace(west, east, uavs + 2)[1:-1], np.full(uavs, south - 20)])
    starts = frame_at([_PLACE]).to_deg(places)
    fleet = tuple(
        Uav(id=f"uav{i + 1}", start_lon_lat_deg=(float(lon), float(lat)))
        for i, (lon, lat) in enumerate(starts)
    )
    # twelve ponds are more than a fence holds: what is compared here is the plan
    flight = FlightSettings(accept_unfenced=True)
    return Mission(name=name, area=area, uavs=fleet, scan_distance_m=spacing_m, flight=flight)


def holes(count: int, seed: int) -> BaseGeometry:
    """Make a rectangle of 48 ha with round ponds that do not touch."""
    rng, shape = np.random.default_rng(seed), shapely.box(0, 0, 800, 600)
    ponds: list[BaseGeometry] = []
    while len(ponds) < count:
        pond = shapely.Point(rng.uniform(60, 740), rng.uniform(60, 540)).buffer(
            rng.uniform(12, 40), quad_segs=3
        )
        if all(pond.distance(other) > 25 for other in ponds):
            ponds.append(pond)
    return shape.difference(shapely.union_all(ponds))


def ragged(squares: int, seed: int) -> BaseGeometry:
    """Grow a connected area of squares of 60 m, one after another."""
    rng = np.random.default_rng(seed)
    cells = [(0, 0)]
    while len(cells) < squares:
        x, y = cells[int(rng.integers(len(cells)))]
        dx, dy = ((1, 0), (-1, 0), (0, 1), (0, -1))[int(rng.integers(4))]
        if (x + dx, y + dy) not in cells:
            cells.append((x + dx, y + dy))
    boxes = [shapely.box(60 * x, 60 * y, 60 * x + 60, 60 * y + 60) for x, y in cells]
    return shapely.union_all(boxes)


def comb(teeth: int) -> BaseGeometry:
    """Make a comb: a spine with long teeth, where regions are hard to keep connected."""
    spine = shapely.box(0, 0, 120 * teeth, 90)
    return shapely.union_all(
        [spine, *(shapely.box(120 * i, 80, 120 * i + 70, 500) for i in range(teeth))]
    )


def bend(width_m: float, turn_deg: float) -> BaseGeometry:
    """Make a narrow band of 900 m that bends once."""
    angle = math.radians(turn_deg)
    line = [(0, 0), (500, 0), (500 + 400 * math.cos(angle), 400 * math.sin(angle))]
    return shapely.LineString(line).buffer(width_m / 2, cap_style="flat", join_style="mitre")


_FAMILIES: tuple[tuple[str, Callable[[], BaseGeometry], tuple[int, ...], bool], ...] = (
    ("holes-3", lambda: holes(3, 1), (1, 3), True),
    ("holes-12", lambda: holes(12, 2), (1, 3), False),
    ("ragged-40", lambda: ragged(40, 3), (1, 3), True),
    ("ragged-150", lambda: ragged(150, 4), (1, 5), False),
    ("comb-5", lambda: comb(5), (1, 3), True),
    ("bend-60", lambda: bend(60, 50), (1, 2), True),
    ("bend-150", lambda: bend(150, 80), (1,), False),
    ("large", lambda: shapely.box(0, 0, 2500, 1600), (1, 5, 10), False),
)


def instances(areas: Path | None = None) -> Iterator[Instance]:
    """List all instances: samples, families, and the areas of a folder where one is given."""
    for sample in ("three-uavs", "mixed-fleet"):
        yield Instance(
            name=f"sample/{sample}", mission=read_mission(asset(f"samples/{sample}.json"))
        )
    for name, make, fleets, short in _FAMILIES:
        shape = make()
        for uavs in fleets:
            label = f"{name}/{uavs}"
            yield Instance(name=label, mission=_mission(label, shape, uavs), short=short)
    if areas is not None:
        for path in sorted(areas.glob("*.geojson")):
            for uavs in (1, 3, 5):
                mission = read_source(path, uavs=uavs, scan_distance_m=_SPACING_M)
                yield Instance(name=f"areas/{path.stem}/{uavs}", mission=mission)
