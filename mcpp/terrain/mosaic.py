"""One GeoTIFF of ground heights from the tiles of a piece of the Earth."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio import Affine
from rasterio.fill import fillnodata
from rasterio.io import MemoryFile
from rasterio.warp import Resampling, reproject

from mcpp.model import BoolArray
from mcpp.terrain.store import Tile
from mcpp.terrain.tiles import Bounds

ATTRIBUTION = (
    "Produced using Copernicus WorldDEM-30 (c) DLR e.V. 2010-2014 and (c) Airbus Defence and Space "
    "GmbH 2014-2018 provided under COPERNICUS by the European Union and ESA; all rights reserved"
)
"""What the licence of the data asks to be said wherever they are passed on."""
Heights = npt.NDArray[np.float32]
_SEAM_PIXELS = 4
"""Tiles of different models do not meet to the pixel."""


def _grid(tiles: Sequence[Tile], bounds: Bounds) -> tuple[Affine, int, int]:
    """Make the grid of the finest tile, as far as the bounds reach: transform, rows, columns."""
    found = []
    for tile in tiles:
        if tile.path is not None:
            with rasterio.open(tile.path) as source:
                found.append(source.transform)
    finest = min(found, key=lambda t: (t.a, -t.e))
    wide, high = finest.a, -finest.e
    # one pixel more on each side, so that heights are interpolated up to the bounds
    first_column = math.floor((bounds.west_deg - finest.c) / wide) - 1
    last_column = math.ceil((bounds.east_deg - finest.c) / wide) + 1
    first_row = math.floor((finest.f - bounds.north_deg) / high) - 1
    last_row = math.ceil((finest.f - bounds.south_deg) / high) + 1
    moved = finest @ Affine.translation(first_column, first_row)
    return moved, last_row - first_row, last_column - first_column


def heights_of(tiles: Sequence[Tile], bounds: Bounds) -> tuple[Heights, Affine]:
    """Put the heights of some tiles together, cut to the bounds; the sea is at 0.

    The grid is that of the finest tile: heights of its kind are as they were, others lie on
    straight lines between their neighbours.

    Returns
    -------
    Heights, shape (rows, columns), as float32; and the transform of the grid.
    """
    transform, rows, columns = _grid(tiles, bounds)
    heights = np.full((rows, columns), np.nan, dtype=np.float32)
    for tile in tiles:
        if tile.path is None:
            continue
        with rasterio.open(tile.path) as source:
            reproject(
                rasterio.band(source, 1),
                heights,
                dst_transform=transform,
                dst_crs="EPSG:4326",
                dst_nodata=np.nan,
                init_dest_nodata=False,
                resampling=Resampling.bilinear,
            )
    heights[np.isnan(heights) & _at_sea(tiles, transform, rows, columns)] = 0.0
    holes = np.isnan(heights)
    if holes.any():
        heights = fillnodata(heights, mask=~holes, max_search_distance=_SEAM_PIXELS)
    return heights, transform


def _at_sea(tiles: Sequence[Tile], transform: Affine, rows: int, columns: int) -> BoolArray:
    """Tell which cells have their middle in a square of sea, shape (rows, columns)."""
    column, row = np.arange(columns) + 0.5, np.arange(rows) + 0.5
    lon = np.floor(transform.c + transform.a * column + 1e-9)
    lat = np.ceil(transform.f + transform.e * row - 1e-9) - 1
    at_sea = np.zeros((rows, columns), dtype=bool)
    for tile in tiles:
        if tile.path is None:
            at_sea |= (lat == tile.square.south_deg)[:, None] & (lon == tile.square.west_deg)
    return at_sea


def geotiff(heights: Heights, transform: Affine, model: str) -> bytes:
    """Write heights as the bytes of a GeoTIFF that says where they are from.

    Parameters
    ----------
    heights
        Shape (rows, columns), above sea by EGM2008.
    model
        Name of the surface model, for the file's description.
    """
    rows, columns = heights.shape
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff",
            width=columns,
            height=rows,
            count=1,
            dtype="float32",
            crs="EPSG:4326",
            transform=transform,
            nodata=math.nan,
            compress="deflate",
            predictor=3,
        ) as out:
            out.write(heights, 1)
            out.update_tags(
                TIFFTAG_IMAGEDESCRIPTION=f"{model}, a surface model: heights above sea by EGM2008",
                TIFFTAG_COPYRIGHT=ATTRIBUTION,
            )
        return bytes(memory.read())
