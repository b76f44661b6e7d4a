"""Which picture lies under the mission: a server's tiles, a file of tiles, a GeoTIFF, or none."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from gui.i18n import tr
from gui.map import providers
from gui.map.hill_shade import HillShade
from gui.map.mbtiles import MbTiles
from gui.map.mercator import Projection, tiles_in
from gui.map.raster import RasterLayer
from gui.map.tiles import Background, TileLayer, TileSource
from gui.map.view import MapView
from gui.settings import Settings
from mcpp.errors import McppError
from mcpp.model import LonLat

NONE = "none"
PREFETCH_ZOOMS = 3


def default_cache() -> Path:
    """Where viewed tiles are kept."""
    kind = QStandardPaths.StandardLocation.CacheLocation
    return Path(QStandardPaths.writableLocation(kind)) / "tiles"


class Backgrounds(QObject):
    """Gives the map its background, and remembers it.

    Signals
    -------
    changed
        Another background, or the connection came or went.
    """

    changed = Signal()
    prefetched = Signal(int, int)

    def __init__(
        self, view: MapView, settings: Settings, cache: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._settings = settings
        self._cache = cache
        self._source: TileSource | None = None
        self._stores: list[MbTiles] = []
        self._files: list[tuple[Path, Background]] = []
        self._layer: TileLayer | None = None
        self._ground: Path | None = None
        self._shade: HillShade | None = None
        self.provider_id = NONE
        view.view_changed.connect(self._on_move)

    def offered(self) -> list[providers.Provider]:
        """List the servers, the user's own last."""
        found = providers.offered()
        template = self._settings.get("map/own_server", "")
        return [*found, providers.own_server(template)] if template else found

    def restore(self) -> None:
        """Show what was shown last, with the user's own files; at first, satellite pictures."""
        self.choose(self._settings.get("map/provider", providers.OFFERED[0]))
        for path in self._settings.map_files:
            try:
                self._lay(path)
            except McppError:
                continue  # it was moved or damaged since: the map does without it
        self._apply()

    def choose(self, provider_id: str) -> None:
        """Show a server's tiles, or none."""
        self._drop_source()
        self.provider_id = NONE
        self._layer = None
        for provider in self.offered():
            if provider.id == provider_id:
                self.provider_id = provider_id
                self._show_provider(provider)
        self._settings.put("map/provider", self.provider_id)
        self._apply()

    def _show_provider(self, provider: providers.Provider) -> None:
        self._cache.mkdir(parents=True, exist_ok=True)
        name = provider.id if provider.id != "own" else provider.attribution
        safe = "".join(c if c.isalnum() or c in ".-" else "_" for c in name)
        store = MbTiles(self._cache / f"{safe}.mbtiles", writable=True)
        store.prune()
        self._stores.append(store)
        source = self._source = TileSource(provider, store, self)
        source.tile_ready.connect(self._repaint)
        source.online_changed.connect(lambda _online: self.changed.emit())
        source.prefetch_moved.connect(self.prefetched)
        self._layer = TileLayer(source, provider.attribution, (0, provider.max_zoom))

    def add_file(self, path: Path, *, go: bool) -> None:
        """Lay a file of tiles or a GeoTIFF over the background, and remember it.

        Parameters
        ----------
        go
            Whether the map goes there.

        Raises
        ------
        InputError
        """
        bounds = self._lay(path)
        self._settings.map_files = [known for known, _ in self._files]
        if go and bounds:
            self._view.fit(bounds, margin=1.1)
        self._apply()

    def _lay(self, path: Path) -> list[LonLat]:
        """Read a file; give two corners of what it shows, where it tells them."""
        self._files = [(known, layer) for known, layer in self._files if known != path]
        if path.suffix.lower() == ".mbtiles":
            store = MbTiles(path)
            credit = store.metadata.get("attribution", path.name)
            tiles = TileLayer(TileSource(None, store, self), credit, store.zooms())
            self._files.append((path, tiles))
            box = store.bounds_deg()
            return [] if box is None else [(box[0], box[1]), (box[2], box[3])]
        raster = RasterLayer(path)
        self._files.append((path, raster))
        flat, rect = Projection(), raster.bounds()
        low, high = rect.bottomLeft(), rect.topRight()
        return [flat.place(low.x(), low.y()), flat.place(high.x(), high.y())]

    def remove_files(self) -> None:
        """Take all files away."""
        self._files = []
        self._settings.map_files = []
        self._apply()

    @property
    def shaded(self) -> bool:
        """Whether ground heights are shown as a hill shade, where there are any."""
        return self._settings.get("map/hill_shade", True)

    @shaded.setter
    def shaded(self, on: bool) -> None:
        self._settings.put("map/hill_shade", on)
        self._show_shade()

    def show_ground(self, path: Path | None) -> None:
        """Show a file of ground heights over the background, or none."""
        if path != self._ground:
            self._ground = path
            self._show_shade()

    def _show_shade(self) -> None:
        self._shade = None
        if self._ground is not None and self.shaded:
            try:
                self._shade = HillShade(self._ground)
            except McppError:
                self._shade = None  # the plan, too, says that it can not be read
        self._apply()

    @property
    def files(self) -> list[Path]:
        """The files that are shown."""
        return [path for path, _ in self._files]

    def set_own_server(self, template: str) -> None:
        """Remember a user's own server and show it.

        Raises
        ------
        InputError
        """
        providers.own_server(template)
        self._settings.put("map/own_server", template)
        self.choose("own")

    def terms(self) -> tuple[str, str, str]:
        """Give title, credit and address of the terms of the server that is shown."""
        for provider in self.offered():
            if provider.id == self.provider_id:
                return provider.title, provider.attribution, provider.terms
        return "", "", ""

    def prefetch_words(self) -> str:
        """Say why tiles may not be fetched ahead; empty when they may."""
        if self._source is None or self._source.provider is None:
            return tr("No map server is chosen.")
        if not self._source.provider.prefetch:
            return tr(
                "{0} forbids fetching ahead. What you see is kept; for more, open an MBTiles file.",
                self._source.provider.title,
            )
        return ""

    def prefetch(self) -> int:
        """Fetch what is visible, three zooms deep, where the provider's terms allow it."""
        if self._source is None or self._layer is None:
            return 0
        seen = self._view.seen()
        now = self._layer.zoom_of(self._view.zoom)
        ranges = [
            tiles_in(seen.left(), seen.top(), seen.right(), seen.bottom(), zoom)
            for zoom in range(now, now + PREFETCH_ZOOMS + 1)
        ]
        return self._source.prefetch(ranges)

    def state_words(self) -> str:
        """Say in a few words what lies under the mission."""
        if self._source is None or self._source.provider is None:
            return tr("No map server")
        title = self._source.provider.title
        return title if self._source.online else tr("{0}: offline, showing kept tiles", title)

    def _apply(self) -> None:
        under: list[Background] = [] if self._layer is None else [self._layer]
        over: list[Background] = [] if self._shade is None else [self._shade]
        self._view.backgrounds = [*under, *(layer for _, layer in self._files), *over]
        self._repaint()
        self.changed.emit()

    def _repaint(self) -> None:
        self._view.viewport().update()

    def _on_move(self) -> None:
        if self._source is not None:
            self._source.forget_wishes()

    def _drop_source(self) -> None:
        if self._source is not None:
            self._source.retire()
            self._source = None
        for store in self._stores:
            store.close()
        self._stores = []

    def close(self) -> None:
        """Stop the traffic and close the cache."""
        self._drop_source()
        self._view.backgrounds = []
