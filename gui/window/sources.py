"""Whose pictures lie under the map, and what may be kept of them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QInputDialog

from gui import engine
from gui.i18n import tr
from mcpp.errors import McppError

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class SourceActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def add_background(self) -> None:
        """Choose a file to lay over the background."""
        patterns = " ".join(f"*{suffix}" for suffix in engine.BACKGROUNDS)
        name, _ = QFileDialog.getOpenFileName(
            self.w, tr("Add a background"), str(Path.home()), f"MBTiles, GeoTIFF ({patterns})"
        )
        if name:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> None:
        """Lay a file over the background."""
        try:
            self.w.backgrounds.add_file(path, go=not self.w.session.mission.has_work)
        except McppError as error:
            self.w.words.show_problem(str(error))
            return
        self.w.hide_welcome()
        self.w.tell(tr("Added {0}", path.name))

    def choose_own_server(self) -> None:
        """Type the address of a tile server."""
        before = self.w.settings.get("map/own_server", "https://HOST/{z}/{x}/{y}.png")
        text, accepted = QInputDialog.getText(
            self.w, tr("Own tile server"), tr("Address with {z}, {x} and {y}:"), text=before
        )
        if accepted:
            try:
                self.w.backgrounds.set_own_server(text.strip())
            except McppError as error:
                self.w.words.show_problem(str(error))

    def show_terms(self) -> None:
        """Say whose the pictures of the map are, with the way to their terms."""
        title, credit, terms = self.w.backgrounds.terms()
        link = f"<p><a href='{terms}'>{terms}</a></p>" if terms else ""
        kept = tr("Tiles that you have looked at are kept on this computer, and no others.")
        self.w.words.show_words(title, f"<h3>{title}</h3><p>{credit}</p>{link}<p>{kept}</p>")

    def prefetch(self) -> None:
        """Fetch the tiles of this view."""
        words = self.w.backgrounds.prefetch_words()
        if words:
            self.w.words.show_problem(words)
            return
        count = self.w.backgrounds.prefetch()
        self.w.tell(tr("Fetching {0} tiles", count) if count else tr("All tiles are kept already."))
