"""Tiles: from a server on loopback that is quick, slow, failing or absent; from files; kept."""

import socket
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage

from gui.backgrounds import Backgrounds
from gui.map import tiles
from gui.map.mbtiles import MbTiles
from gui.map.mercator import TileRange
from gui.map.panel import PlaceBox
from gui.map.providers import offered, own_server
from gui.map.raster import RasterLayer
from gui.map.tiles import TileLayer, TileSource
from mcpp.errors import InputError


def png(colour="#ff0000"):
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs are wrong
    return bytes(buffer.data().data())


class Server:
    """Stands for the internet: `mode` is good, slow, failing, page or empty."""

    def __init__(self):
        self.mode = "good"
        self.asked: list[str] = []
        self.agents: set[str | None] = set()
        outer = self
        self.tile = png()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                outer.agents.add(self.headers["User-Agent"])
                if outer.mode == "slow":
                    time.sleep(0.4)
                status = 500 if outer.mode == "failing" else 404 if outer.mode == "empty" else 200
                body = {
                    "page": b"<html>log in</html>",
                    "place": b'[{"lon": "24.41", "lat": "40.94"}]',
                }
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.get(outer.mode, outer.tile))

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def close(self):
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(qapp):
    made = Server()
    yield made
    made.close()


@pytest.fixture
def source(server, tmp_path, qapp):
    store = MbTiles(tmp_path / "cache.mbtiles", writable=True)
    made = TileSource(own_server(server.address + "/{z}/{x}/{y}.png"), store)
    yield made
    made.retire()
    store.close()


KEY = (3, 4, 2)


def test_a_tile_is_fetched_once_and_kept(source, server, qtbot, tmp_path):
    with qtbot.waitSignal(source.tile_ready, timeout=3000):
        assert source.data(KEY) is None
    assert source.data(KEY) == server.tile
    assert server.asked == ["/3/4/2.png"]
    assert all("mcpp" in str(agent) for agent in server.agents)
    rows = sqlite3.connect(tmp_path / "cache.mbtiles").execute(
        "SELECT zoom_level, tile_column, tile_row FROM tiles"
    )
    assert rows.fetchall() == [(3, 4, 5)]  # MBTiles counts rows from the south


def test_a_slow_server_does_not_hold_up_the_window(source, server, qtbot):
    server.mode = "slow"
    began = time.monotonic()
    source.data(KEY)
    assert time.monotonic() - began < 0.1
    qtbot.waitSignal(source.tile_ready, timeout=3000).wait()
    assert source.data(KEY) == server.tile


@pytest.mark.parametrize("mode", ["failing", "page"])
def test_a_failing_server_is_told_and_asked_again_later(source, server, qtbot, mode):
    server.mode = mode
    with qtbot.waitSignal(source.online_changed, timeout=3000) as told:
        source.data(KEY)
    assert told.args == [False]
    source.data(KEY)
    assert len(server.asked) == 1  # not at once
    server.mode = "good"
    source._forgive()
    with qtbot.waitSignal(source.tile_ready, timeout=3000):
        source.data(KEY)
    assert source.online


def test_a_missing_tile_is_no_lost_connection(source, server, qtbot):
    server.mode = "empty"
    source.data(KEY)
    qtbot.waitUntil(lambda: KEY in source._failed, timeout=3000)
    assert source.online


def test_without_a_server_kept_tiles_are_shown(tmp_path, qtbot):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = MbTiles(tmp_path / "cache.mbtiles", writable=True)
    store.put(*KEY, png())
    source = TileSource(own_server(f"http://127.0.0.1:{port}/{{z}}/{{x}}/{{y}}.png"), store)
    assert source.data(KEY) == png()
    with qtbot.waitSignal(source.online_changed, timeout=3000):
        source.data((3, 0, 0))
    source.retire()
    store.close()


def test_wishes_are_forgotten_when_the_map_moves_on(source, server, qtbot):
    server.mode = "slow"
    for x in range(30):
        source.data((5, x, 0))
    source.forget_wishes()
    qtbot.wait(700)
    assert len(server.asked) <= tiles.AT_ONCE


def test_only_a_willing_provider_is_fetched_ahead(source, server, qtbot):
    four = TileRange(2, 0, 0, 1, 1)
    with qtbot.waitSignals([source.prefetch_moved] * 4, timeout=3000):
        assert source.prefetch([four]) == 4
    qtbot.waitUntil(lambda: source.store.count() == 4, timeout=3000)
    assert source.prefetch([four]) == 0
    osm = TileSource(offered()[0], source.store)
    assert osm.prefetch([TileRange(3, 0, 0, 3, 3)]) == 0
    osm.retire()


def test_the_map_shows_tiles_and_credits(map_panel, settings, server, tmp_path, qtbot):
    settings.put("map/own_server", server.address + "/{z}/{x}/{y}.png")
    grounds = Backgrounds(map_panel.view, settings, tmp_path / "tiles")
    map_panel.view.go_to((24.4, 40.9), 12.0)
    grounds.choose("own")
    red = QColor("#ff0000").rgb()

    def middle_is_red():
        return map_panel.view.grab().toImage().pixel(500, 400) == red

    qtbot.waitUntil(middle_is_red, timeout=5000)
    asked = len(server.asked)
    map_panel.view.zoom_by(1.0)  # finer tiles are not there yet: the coarser ones are enlarged
    server.mode = "slow"
    assert middle_is_red()
    assert asked > 0
    assert "127.0.0.1" in map_panel.view.backgrounds[0].attribution
    grounds.close()


def test_an_mbtiles_file_is_a_background(map_panel, settings, tmp_path):
    store = MbTiles(tmp_path / "field.mbtiles", writable=True)
    store.put(0, 0, 0, png("#00ff00"))
    store.close()
    grounds = Backgrounds(map_panel.view, settings, tmp_path / "tiles")
    grounds.add_file(tmp_path / "field.mbtiles", go=True)
    map_panel.view.go_to((24.4, 40.9), 10.0)
    assert map_panel.view.grab().toImage().pixelColor(500, 400) == QColor("#00ff00")
    assert grounds.files == [tmp_path / "field.mbtiles"]
    grounds.remove_files()
    assert map_panel.view.backgrounds == []


@pytest.mark.filterwarnings("ignore:Use .@. matmul:PendingDeprecationWarning")  # rasterio's own
def test_a_geotiff_is_a_background(map_panel, settings, tmp_path):
    import rasterio
    from rasterio.transform import from_bounds

    path = tmp_path / "field.tif"
    pixels = np.zeros((3, 40, 40), dtype=np.uint8)
    pixels[2] = 255
    with rasterio.open(
        path, "w", driver="GTiff", width=40, height=40, count=3, dtype="uint8",
        crs="EPSG:4326", transform=from_bounds(24.40, 40.90, 24.41, 40.91, 40, 40),
    ) as file:  # fmt: skip
        file.write(pixels)
    grounds = Backgrounds(map_panel.view, settings, tmp_path / "tiles")
    grounds.add_file(path, go=True)
    assert map_panel.view.middle() == pytest.approx((24.405, 40.905), abs=1e-3)
    assert map_panel.view.grab().toImage().pixelColor(500, 400) == QColor("#0000ff")


@pytest.mark.parametrize(("kind", "name"), [(MbTiles, "a.mbtiles"), (RasterLayer, "a.tif")])
def test_a_file_of_another_kind_is_refused_in_one_line(kind, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"no map at all" * 100)
    with pytest.raises(InputError, match=f"^{name}: expected") as told:
        kind(path)
    assert "\n" not in str(told.value)


def test_vector_tiles_are_refused(tmp_path):
    store = MbTiles(tmp_path / "v.mbtiles", writable=True)
    store._db.execute("UPDATE metadata SET value='pbf' WHERE name='format'")
    store._db.commit()
    store.close()
    with pytest.raises(InputError, match="vector"):
        MbTiles(tmp_path / "v.mbtiles")


def test_the_cache_throws_the_oldest_away(tmp_path):
    store = MbTiles(tmp_path / "c.mbtiles", writable=True)
    for x in range(10):
        store.put(5, x, 0, bytes(1000))
    store.prune(most_bytes=5000)
    assert store.count() == 4
    assert store.get(5, 9, 0) is not None
    assert store.get(5, 0, 0) is None
    store.close()


@pytest.mark.parametrize(
    "text", ["", "ftp://a/{z}/{x}/{y}", "http://a/{z}/{x}", "http://a/{z}/{x}/{y}/{q}"]
)
def test_an_address_that_is_no_tile_server_is_refused(text):
    with pytest.raises(InputError, match="tile server"):
        own_server(text)


def test_offered_servers_need_no_key():
    for provider in offered():
        url = provider.url(3, 4, 2)
        assert url.startswith("https://")
        assert "{" not in url
        assert provider.attribution


def test_a_tile_layer_stays_within_its_zooms(source):
    layer = TileLayer(source, "", (4, 12))
    assert [layer.zoom_of(zoom) for zoom in (2.0, 8.4, 20.0)] == [4, 8, 12]


def test_names_are_looked_up_online_and_missed_in_words(server, qtbot, monkeypatch):
    server.mode = "place"
    box = PlaceBox(address=server.address)
    qtbot.addWidget(box)
    box.setText("Kavala")
    with qtbot.waitSignal(box.found, timeout=3000) as found:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert found.args[0] == (24.41, 40.94)
    server.mode = "failing"
    said: list[str] = []
    monkeypatch.setattr(box, "_say", said.append)
    box.setText("Drama")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said), timeout=3000)
    assert "internet" in said[0]
