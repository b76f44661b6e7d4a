"""Tiles from a server: fetched a few at a time, kept in a cache, drawn as a background."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QRectF, QTimer, QUrl, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from gui.map.mbtiles import MbTiles
from gui.map.mercator import WORLD, TileRange, tiles_in
from gui.map.providers import Provider

TIMEOUT_MS = 8000
AT_ONCE = 6
"""OpenStreetMap's terms forbid hammering; browsers use six connections to a host."""
PIXMAPS = 512
RETRY_MS = 20_000
MOST_PREFETCHED = 600
USER_AGENT = b"mcpp-gui/0.1 (mission planner for UAV fleets)"

Key = tuple[int, int, int]


class Background(Protocol):
    """Something that is drawn under the mission."""

    attribution: str

    def paint(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        """Draw the part within `rect`, in map units."""
        ...


class TileSource(QObject):
    """Gives tiles at once or later: from the cache, or from the server.

    Parameters
    ----------
    provider
        The server; None for a file alone.
    store
        The cache, or the file.
    """

    tile_ready = Signal()
    online_changed = Signal(bool)
    prefetch_moved = Signal(int, int)

    def __init__(
        self, provider: Provider | None, store: MbTiles | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.provider = provider
        self.store = store
        self.online = True
        self._network = QNetworkAccessManager(self)
        self._network.finished.connect(self._on_finished)
        self._replies: dict[QNetworkReply, Key] = {}
        self._wanted: OrderedDict[Key, bool] = OrderedDict()  # value: for a prefetch
        self._failed: set[Key] = set()
        self._absent: set[Key] = set()
        self._prefetch_left = self._prefetch_total = 0
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._forgive)

    def data(self, key: Key) -> bytes | None:
        """Give a tile that is at hand; ask for it otherwise."""
        if key in self._absent:
            return None
        kept = self.store.get(*key) if self.store is not None else None
        if kept is None:
            self._absent.add(key)
            self.ask(key)
        return kept

    def ask(self, key: Key, *, prefetch: bool = False) -> None:
        """Fetch a tile when it is its turn."""
        if self.provider is None or key in self._failed or key[0] > self.provider.max_zoom:
            return
        if key not in self._wanted and key not in self._replies.values():
            self._wanted[key] = prefetch
            self._start_more()

    def forget_wishes(self) -> None:
        """Drop what was asked for but not begun: the user has moved on."""
        for key in [key for key, prefetch in self._wanted.items() if not prefetch]:
            del self._wanted[key]
            self._absent.discard(key)

    def prefetch(self, ranges: list[TileRange]) -> int:
        """Fetch the tiles of some ranges into the cache, as far as the terms allow.

        Returns
        -------
        int
            How many are fetched; 0 where the provider forbids it or all are there.
        """
        if self.provider is None or not self.provider.prefetch or self.store is None:
            return 0
        keys = [
            (each.zoom, x % 2**each.zoom, y)
            for each in ranges
            if each.zoom <= self.provider.max_zoom
            for x, y in each.tiles()
        ]
        missing = [key for key in keys if self.store.get(*key) is None][:MOST_PREFETCHED]
        self._prefetch_left = self._prefetch_total = len(missing)
        for key in missing:
            self.ask(key, prefetch=True)
        return len(missing)

    def retire(self) -> None:
        """Stop all and vanish when Qt is ready for it."""
        self._wanted.clear()
        self._network.finished.disconnect(self._on_finished)
        for reply in list(self._replies):
            reply.abort()
        self._replies.clear()
        self._retry.stop()
        # Were it Python's, it would go with the last reference, under the network's threads: crash.
        self.setParent(QCoreApplication.instance())
        self.deleteLater()

    def _start_more(self) -> None:
        if self.provider is None:
            return
        while self._wanted and len(self._replies) < AT_ONCE:
            key, _ = self._wanted.popitem(last=True)  # the newest wish first
            request = QNetworkRequest(QUrl(self.provider.url(*key)))
            request.setTransferTimeout(TIMEOUT_MS)
            request.setRawHeader(QByteArray(b"User-Agent"), QByteArray(USER_AGENT))
            self._replies[self._network.get(request)] = key

    def _on_finished(self, reply: QNetworkReply) -> None:
        key = self._replies.pop(reply, None)
        reply.deleteLater()
        if key is None:
            return
        payload = bytes(reply.readAll().data())
        good = reply.error() == QNetworkReply.NetworkError.NoError
        if good and payload and not QPixmap().loadFromData(payload):
            good = False  # a captive portal's page, say
        if good and payload:
            self._absent.discard(key)
            if self.store is not None:
                self.store.put(*key, payload)
            self.tile_ready.emit()
        else:
            self._failed.add(key)
            self._retry.start()
        missing = reply.error() == QNetworkReply.NetworkError.ContentNotFoundError
        self._set_online(good or missing)
        if self._prefetch_left:
            self._prefetch_left -= 1
            self.prefetch_moved.emit(
                self._prefetch_total - self._prefetch_left, self._prefetch_total
            )
        self._start_more()

    def _set_online(self, online: bool) -> None:
        if online != self.online:
            self.online = online
            self.online_changed.emit(online)

    def _forgive(self) -> None:
        """Give failed tiles another chance: the connection may be back."""
        self._absent -= self._failed
        self._failed.clear()
        self.tile_ready.emit()


class TileLayer:
    """Draws the tiles of a source, and coarser ones where they are not there yet."""

    def __init__(self, source: TileSource, attribution: str, zooms: tuple[int, int]) -> None:
        self.source = source
        self.attribution = attribution
        self._low, self._high = zooms
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()

    def zoom_of(self, zoom: float) -> int:
        """Which tiles are drawn at a zoom of the map."""
        return min(max(round(zoom), self._low), self._high)

    def paint(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        """Draw the part within `rect`, in map units."""
        tiles = tiles_in(rect.left(), rect.top(), rect.right(), rect.bottom(), self.zoom_of(zoom))
        if len(tiles) > 400:
            return
        side = WORLD / 2**tiles.zoom
        for x, y in tiles.tiles():
            target = QRectF(x * side, y * side, side, side)
            self._paint_tile(painter, target, (tiles.zoom, x % 2**tiles.zoom, y))

    def _paint_tile(self, painter: QPainter, target: QRectF, key: Key) -> None:
        pixmap = self._pixmap(key, self.source.data)
        if pixmap is not None:
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
            return
        zoom, x, y = key
        for up in range(1, 6):  # a coarser tile, enlarged
            if zoom - up < self._low:
                return
            above = self._pixmap((zoom - up, x >> up, y >> up), self._kept)
            if above is not None:
                part = above.width() / 2**up
                mask = 2**up - 1
                source = QRectF((x & mask) * part, (y & mask) * part, part, part)
                painter.drawPixmap(target, above, source)
                return

    def _kept(self, key: Key) -> bytes | None:
        return None if self.source.store is None else self.source.store.get(*key)

    def _pixmap(self, key: Key, read: Callable[[Key], bytes | None]) -> QPixmap | None:
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        data = read(key)
        if data is None:
            return None
        pixmap = QPixmap()
        if not pixmap.loadFromData(data):
            return None
        self._pixmaps[key] = pixmap
        if len(self._pixmaps) > PIXMAPS:
            self._pixmaps.popitem(last=False)
        return pixmap
