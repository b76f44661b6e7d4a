"""A loopback server of small tiles, laid out as the public ones are."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
from rasterio import Affine
from rasterio.io import MemoryFile


def tile_bytes(
    south: int, west: int, height_of, *, pixels: int = 60, wide: int | None = None, crs="EPSG:4326"
) -> bytes:
    """A square degree whose pixels' middles lie on whole pixel steps, half a pixel off its edges.

    Heights are `height_of(lon, lat)` at those middles.
    """
    wide = pixels if wide is None else wide
    dx, dy = 1 / wide, 1 / pixels
    lon = west + np.arange(wide) * dx
    lat = south + 1 - np.arange(pixels) * dy
    heights = height_of(lon[None, :], lat[:, None]).astype("float32")
    transform = Affine(dx, 0, west - dx / 2, 0, -dy, south + 1 + dy / 2)
    with MemoryFile() as memory:
        with memory.open(
            driver="GTiff", width=wide, height=pixels, count=1, dtype="float32", crs=crs,
            transform=transform,
        ) as out:  # fmt: skip
            out.write(np.broadcast_to(heights, (pixels, wide)), 1)
        return bytes(memory.read())


class TileServer:
    """Serves `files` by path; `asked` lists the paths and the ranges that were asked for.

    Attributes
    ----------
    cut_bytes
        The next answer breaks off after so many bytes.
    status
        The answer to everything, when it is set.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: list[tuple[str, str | None]] = []
        self.cut_bytes: int | None = None
        self.status: int | None = None
        self.etag = '"one"'
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer._answer(self)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def add(self, name: str, data: bytes) -> None:
        self.files[f"/{name}/{name}.tif"] = data

    def _answer(self, request) -> None:
        self.asked.append((request.path, request.headers.get("Range")))
        data = self.files.get(request.path)
        if self.status is not None or data is None:
            request.send_error(self.status or 404)
            return
        first = 0
        wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        if wanted and request.headers.get("If-Range") == self.etag:
            first = int(wanted[1])
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
        else:
            request.send_response(200)
        request.send_header("ETag", self.etag)
        request.send_header("Content-Length", str(len(data) - first))
        request.end_headers()
        cut, self.cut_bytes = self.cut_bytes, None
        request.wfile.write(data[first:] if cut is None else data[first : first + cut])
        request.close_connection = True
