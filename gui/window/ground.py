"""Choose, load and remove the ground heights of the mission."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui import engine
from gui.engine_words import in_words
from gui.i18n import tr
from mcpp.errors import McppError

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class GroundActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def choose(self) -> None:
        """Let the user choose a file of ground heights."""
        folder = self.w.settings.get("ground/folder", str(Path.home()))
        name, _ = QFileDialog.getOpenFileName(
            self.w, tr("Choose ground heights"), folder, "GeoTIFF (*.tif *.tiff)"
        )
        if name:
            self.w.settings.put("ground/folder", str(Path(name).parent))
            self.use(Path(name))

    def use(self, path: Path) -> None:
        """Keep all heights above the ground of a file."""
        try:
            self.w.ground.choose(path)
        except McppError as error:
            self.w.words.show_problem(str(error))

    def show_loaded(self, lines: list[str]) -> None:
        """Say what was loaded, and what a crew must know of it."""
        told = "".join(f"<p>{in_words(line)}</p>" for line in lines)
        known = "".join(f"<li>{in_words(words)}</li>" for words in engine.ground_caveats())
        title = tr("Ground heights")
        self.w.words.show_words(title, f"<h3>{title}</h3>{told}<ul>{known}</ul>")

    def toggle_shade(self) -> None:
        """Show or hide the hill shade."""
        self.w.backgrounds.shaded = not self.w.backgrounds.shaded
