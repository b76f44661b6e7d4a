"""Tiles on disk: loaded when first asked for, there whole or not at all, and offline afterwards."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import rasterio
from rasterio.errors import RasterioError

from mcpp.cache import cache_home
from mcpp.errors import ExportError, InputError, LinkError
from mcpp.planner import Observer, report_progress
from mcpp.terrain.download import Progress, check_server, load_file
from mcpp.terrain.tiles import Product, Square

SERVERS: dict[Product, str] = {
    "GLO-30": "https://copernicus-dem-30m.s3.amazonaws.com",
    "GLO-90": "https://copernicus-dem-90m.s3.amazonaws.com",
}
SERVER_VARIABLE = "MCPP_TERRAIN_SERVER"
STAGE = "ground heights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """What is known of a square degree.

    Attributes
    ----------
    path
        Its file, or None where there is only sea.
    product
        Which model the file is of.
    """

    square: Square
    path: Path | None
    product: Product = "GLO-30"


@dataclass(frozen=True, slots=True, kw_only=True)
class TileStore:
    """The folder of the tiles, and the server that fills it.

    Attributes
    ----------
    server
        One of the same folders as the public ones, for both models; None is the public ones.
    offline
        Ask no server.
    """

    folder: Path
    server: str | None = None
    offline: bool = False

    def kept(self, square: Square) -> Tile | None:
        """Return what is on disk of a square, or None."""
        for product in SERVERS:
            path = self._path(square, product)
            if path.exists():
                return Tile(square=square, path=path, product=product)
        return Tile(square=square, path=None) if self._sea_mark(square).exists() else None

    def all_kept(self) -> Iterator[Path]:
        """List the files of tiles on disk, in the order of their names."""
        yield from sorted(self.folder.glob("Copernicus_DSM_COG_*_DEM.tif"))

    def tile(self, square: Square, observer: Observer, done: float, share: float) -> Tile:
        """Return a square's tile; load it where it is not on disk.

        Parameters
        ----------
        done, share
            Part of the whole work that is done, and that this tile is.

        Raises
        ------
        LinkError
            When the server can not be reached or sends no tile.
        InputError
            When it is not on disk and no server may be asked.
        Cancelled
        """
        kept = self.kept(square)
        if kept is not None:
            return kept
        if self.offline:
            msg = (
                f"terrain: {square.name('GLO-30')} is not on disk: run 'mcpp terrain fetch' "
                "once with a connection"
            )
            raise InputError(msg)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for product in SERVERS:
                if self._load(square, product, lambda part: report_progress(
                    observer, STAGE, done + part * share
                )):  # fmt: skip
                    return Tile(square=square, path=self._path(square, product), product=product)
            self._sea_mark(square).touch()
        except OSError as error:
            msg = f"{self.folder}: it can not be written: {error.strerror}"
            raise ExportError(msg) from None
        return Tile(square=square, path=None)

    def _path(self, square: Square, product: Product) -> Path:
        return self.folder / f"{square.name(product)}.tif"

    def _sea_mark(self, square: Square) -> Path:
        return self.folder / f"{square.name('GLO-30')}.sea"

    def _load(self, square: Square, product: Product, on_progress: Progress) -> bool:
        name = square.name(product)
        server = check_server(self.server or SERVERS[product])
        loaded = self.folder / f"{name}.loaded"
        on_progress(0.0)
        if not load_file(f"{server}/{name}/{name}.tif", loaded, on_progress):
            return False
        try:
            _check_tile(loaded, square)
        except InputError as error:
            loaded.unlink()
            msg = f"{server}: what it sends for {name} is no such tile: {error}"
            raise LinkError(msg) from None
        loaded.replace(self._path(square, product))
        return True


def _check_tile(path: Path, square: Square) -> None:
    """Read a whole file once: an answer of some other page, or a broken file, is never kept."""
    try:
        with rasterio.open(path, driver="GTiff") as source:
            source.read(1)
            west, south, east, north = source.bounds
            crs = source.crs
            wide, high = source.res
    except (RasterioError, OSError) as error:
        msg = f"it can not be read as a GeoTIFF: {error}"
        raise InputError(msg) from None
    if crs is None or crs.to_epsg() != 4326:
        raise InputError("it is not in longitude and latitude")
    off = [
        abs(west - square.west_deg) / wide,
        abs(east - square.west_deg - 1) / wide,
        abs(south - square.south_deg) / high,
        abs(north - square.south_deg - 1) / high,
    ]
    if max(off) > 1:
        raise InputError(f"it lies between {west:g}, {south:g} and {east:g}, {north:g}")


def default_store(*, server: str | None = None, offline: bool = False) -> TileStore:
    """Make the store in the user's cache, with the server that MCPP_TERRAIN_SERVER names.

    Raises
    ------
    InputError
        Where there is no folder for it.
    """
    try:
        folder = cache_home() / "terrain"
    except RuntimeError:
        msg = "terrain: the user has no home folder: set MCPP_CACHE_DIR"
        raise InputError(msg) from None
    server = server or os.environ.get(SERVER_VARIABLE) or None
    return TileStore(folder=folder, server=server, offline=offline)
