"""Choose and remove the map of where what is searched for may be."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui import edits, engine
from gui.i18n import tr
from mcpp.errors import McppError

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class SearchActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def choose(self) -> None:
        """Let the user choose a file of likely ground."""
        suffixes = (*engine.SHAPE_SUFFIXES, ".tif", ".tiff")
        words = " ".join(f"*{suffix}" for suffix in suffixes)
        folder = self.w.settings.get("search/folder", str(Path.home()))
        name, _ = QFileDialog.getOpenFileName(
            self.w, tr("Choose likely ground"), folder, f"{tr('Polygons or GeoTIFF')} ({words})"
        )
        if name:
            self.w.settings.put("search/folder", str(Path(name).parent))
            self.use(Path(name))

    def use(self, path: Path) -> None:
        """Search first where a file says that it is likeliest."""
        try:
            changed = engine.with_likely(self.w.session.mission, path)
        except McppError as error:
            self.w.words.show_problem(str(error))
            return
        self.w.session.edit(tr("Choose likely ground"), changed)

    def remove(self) -> None:
        """Search all ground alike."""
        changed = edits.change_mission(self.w.session.mission, probability=None)
        self.w.session.edit(tr("Remove likely ground"), changed)
