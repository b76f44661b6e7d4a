"""`fetch_terrain`: the ground heights of a mission as one file, which plans then use offline."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mcpp.errors import InputError
from mcpp.ground.shapes import check_points, mission_points
from mcpp.io.atomic import refuse_existing, write_many_atomic
from mcpp.model import LonLat, Mission
from mcpp.planner import NullObserver, Observer, report_progress
from mcpp.terrain.mosaic import geotiff, heights_of
from mcpp.terrain.store import STAGE, Tile, TileStore
from mcpp.terrain.tiles import Bounds, Square, squares_of

MARGIN_M = 1000.0
"""Ground about the area and the launch points: ways between them leave the area."""
MOST_MARGIN_M = 50_000.0
MOST_SQUARE_DEG = 3.0
"""More ground makes a file that no plan reads (`mcpp.flight.terrain`)."""
_METRES_PER_DEG = 111_000.0
_HIGHEST_LAT_DEG = 85.0
CAVEATS = (
    (
        "A surface model of one height per 30 m: trees and buildings are in it, levelled out; "
        "masts, lines and single trees are not. Draw tall obstacles as zones."
    ),
    (
        "A launch point among trees or houses may lie lower than it says: then all flights are as "
        "much lower too. Compare its height there with what you see."
    ),
    (
        "The maker states a height error of less than 4 m for 90 % of the ground (2 m between "
        "neighbouring places on slopes up to 20 %). What was built, felled or dug since about 2015 "
        "is not in it."
    ),
    (
        "Heights are above sea by the EGM2008 geoid, as autopilots and maps have them to a metre "
        "or so; GNSS heights above the ellipsoid differ by up to 100 m."
    ),
)
"""What a user must know of the model. Source: Copernicus DEM Product Handbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was written.

    Attributes
    ----------
    path
        The GeoTIFF.
    tiles
        The tiles that it is made of, from south-west on; those of the sea have no file.
    lowest_m, highest_m
        Its heights above sea.
    """

    path: Path
    tiles: tuple[Tile, ...]
    lowest_m: float
    highest_m: float

    def told(self) -> list[str]:
        """Say what it holds, a line for each thing."""
        with_file = [tile for tile in self.tiles if tile.path is not None]
        lines = [
            f"{self.path}: ground from {self.lowest_m:.0f} to {self.highest_m:.0f} m above sea, of "
            + ", ".join(tile.square.name(tile.product) for tile in with_file)
        ]
        sea = [tile.square.name("GLO-30") for tile in self.tiles if tile.path is None]
        if sea:
            lines.append(f"there is only sea, taken as 0 m, where there is no {', '.join(sea)}")
        if any(tile.product == "GLO-90" for tile in with_file):
            lines.append("GLO-30 leaves this country out: of GLO-90, with one height per 90 m")
        return lines


def places_of(mission: Mission) -> list[LonLat]:
    """List the corners of a mission's area and of its crew's, and launch and landing points.

    Raises
    ------
    InputError
    """
    ends = [
        place
        for uav in mission.uavs
        for place in (uav.start_lon_lat_deg, uav.landing_lon_lat_deg)
        if place is not None
    ]
    ends += [point for part in mission.crew_area for point in part.outer_lon_lat_deg]
    check_points("uavs, crew_area", tuple(ends))
    return [*mission_points(mission), *ends]


def bounds_about(places: Sequence[LonLat], margin_m: float) -> Bounds:
    """Draw bounds about some places, with a margin.

    Raises
    ------
    InputError
        Across the antimeridian, near a pole, or for more ground than a plan can use.
    """
    if not 0 <= margin_m <= MOST_MARGIN_M:
        msg = f"margin: {margin_m:g} m is outside 0..{MOST_MARGIN_M:g} m"
        raise InputError(msg)
    lon, lat = np.array(places, dtype=np.float64).T
    lon = (lon + 180.0) % 360.0 - 180.0
    up_deg = margin_m / _METRES_PER_DEG
    south, north = float(lat.min()) - up_deg, float(lat.max()) + up_deg
    if max(-south, north) > _HIGHEST_LAT_DEG:
        msg = f"terrain: latitude {max(-south, north):.2f} is beyond 85 degrees: no tiles there"
        raise InputError(msg)
    side_deg = up_deg / math.cos(math.radians(max(-south, north)))
    west, east = float(lon.min()) - side_deg, float(lon.max()) + side_deg
    if west < -180 or east > 180 or east - west > 180:
        msg = "terrain: the mission lies across the 180th meridian: give a GeoTIFF of your own"
        raise InputError(msg)
    if (east - west) * (north - south) > MOST_SQUARE_DEG:
        msg = (
            f"terrain: the mission spans {east - west:.1f} x {north - south:.1f} degrees: more "
            "ground than one plan can use; divide it"
        )
        raise InputError(msg)
    return Bounds(west_deg=west, south_deg=south, east_deg=east, north_deg=north)


def squares_about(places: Sequence[LonLat], margin_m: float = MARGIN_M) -> tuple[Square, ...]:
    """List the square degrees that `fetch_terrain` needs for some places.

    Raises
    ------
    InputError
    """
    return squares_of(bounds_about(places, margin_m))


def fetch_terrain(
    places: Sequence[LonLat],
    path: Path,
    *,
    store: TileStore,
    margin_m: float = MARGIN_M,
    overwrite: bool = False,
    observer: Observer | None = None,
) -> Fetched:
    """Write the ground heights about some places as a GeoTIFF, whole or not at all.

    Tiles that are not on disk are loaded and kept: the next time, no server is asked. A download
    that was stopped goes on where it ended.

    Parameters
    ----------
    places
        Longitudes and latitudes in degrees: see `places_of`.
    margin_m
        Ground about them that is to be in the file.

    Raises
    ------
    InputError
        For places that no file can be made for.
    LinkError
        When the server can not be reached or refuses.
    ExportError
        When the file can not be written, or is there and `overwrite` is not set.
    Cancelled
        When the observer asks to stop.
    """
    observer = NullObserver() if observer is None else observer
    refuse_existing([path], overwrite=overwrite)
    bounds = bounds_about(places, margin_m)
    squares = squares_of(bounds)
    share = 0.95 / len(squares)
    tiles = [store.tile(s, observer, i * share, share) for i, s in enumerate(squares)]
    if all(tile.path is None for tile in tiles):
        msg = (
            f"terrain: there is no tile {squares[0].name('GLO-30')}: over open sea no terrain is "
            "needed; else the server is not one of these tiles"
        )
        raise InputError(msg)
    report_progress(observer, STAGE, 0.95)
    heights, transform = heights_of(tiles, bounds)
    coarse = any(tile.product == "GLO-90" for tile in tiles)
    model = "Copernicus DEM GLO-90" if coarse else "Copernicus DEM GLO-30"
    write_many_atomic({path: geotiff(heights, transform, model)})
    observer.on_progress(STAGE, 1.0)
    return Fetched(
        path=path,
        tiles=tuple(tiles),
        lowest_m=float(np.nanmin(heights)),
        highest_m=float(np.nanmax(heights)),
    )
