"""Tiles in one SQLite file, as the MBTiles 1.3 specification has them (rows count from the south).

The cache of viewed tiles has one more column, `stored`, by which the oldest are thrown away.
"""

import sqlite3
import time
from pathlib import Path

from mcpp.errors import InputError

CACHE_BYTES = 400_000_000


class MbTiles:
    """A file of tiles.

    Parameters
    ----------
    path
        Made anew where there is none and `writable` is set.

    Raises
    ------
    InputError
        When the file is no MBTiles file of images.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        self.path = path
        self._writable = writable
        mode = "rwc" if writable else "ro"
        try:
            self._db = sqlite3.connect(f"file:{path.resolve()}?mode={mode}", uri=True)
            if writable:
                self._make()
            self.metadata: dict[str, str] = dict(
                self._db.execute("SELECT name, value FROM metadata")
            )
            self._db.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            message = f"{path.name}: expected an MBTiles file ({error})"
            raise InputError(message) from error
        if self.metadata.get("format") == "pbf":
            self.close()
            message = f"{path.name}: holds vector tiles; a file of images (png, jpg) is needed"
            raise InputError(message)

    def _make(self) -> None:
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, value TEXT)")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS tiles (zoom_level INTEGER, tile_column INTEGER, "
            "tile_row INTEGER, tile_data BLOB, stored REAL, "
            "PRIMARY KEY (zoom_level, tile_column, tile_row))"
        )
        for name, value in (("name", "mcpp"), ("format", "png"), ("type", "baselayer")):
            self._db.execute("INSERT OR IGNORE INTO metadata VALUES (?, ?)", (name, value))
        self._db.commit()

    def get(self, zoom: int, x: int, y: int) -> bytes | None:
        """Read a tile; y counts from the north, as in tile addresses."""
        row = self._db.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level=? AND tile_column=? AND tile_row=?",
            (zoom, x, 2**zoom - 1 - y),
        ).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, zoom: int, x: int, y: int, data: bytes) -> None:
        """Keep a tile."""
        self._db.execute(
            "INSERT OR REPLACE INTO tiles VALUES (?, ?, ?, ?, ?)",
            (zoom, x, 2**zoom - 1 - y, data, time.time()),
        )
        self._db.commit()

    def count(self) -> int:
        """Count the tiles."""
        return int(self._db.execute("SELECT count(*) FROM tiles").fetchone()[0])

    def prune(self, most_bytes: int = CACHE_BYTES) -> None:
        """Throw away the oldest tiles until the rest is small enough."""
        (total,) = self._db.execute(
            "SELECT coalesce(sum(length(tile_data)), 0) FROM tiles"
        ).fetchone()
        if total <= most_bytes:
            return
        rows = self._db.execute(
            "SELECT rowid, length(tile_data) FROM tiles ORDER BY stored"
        ).fetchall()
        gone = []
        for rowid, size in rows:
            if total <= 0.8 * most_bytes:
                break
            gone.append((rowid,))
            total -= size
        self._db.executemany("DELETE FROM tiles WHERE rowid=?", gone)
        self._db.commit()

    def zooms(self) -> tuple[int, int]:
        """Lowest and highest zoom that it holds."""
        low, high = self._db.execute(
            "SELECT min(zoom_level), max(zoom_level) FROM tiles"
        ).fetchone()
        return (int(low or 0), int(high or 0))

    def bounds_deg(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north, where the file tells them."""
        try:
            west, south, east, north = (float(v) for v in self.metadata["bounds"].split(","))
        except (KeyError, ValueError):
            return None
        return (west, south, east, north)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
