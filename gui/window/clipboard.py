"""Copy, paste, duplicate, select and turn: what is done with shapes and UAVs as wholes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRectF
from PySide6.QtGui import QGuiApplication

from gui import clips, edits, engine
from gui.i18n import tr
from mcpp.errors import McppError
from mcpp.model import LonLat, Mission

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MIME = "application/x-mcpp-shapes+json"
BESIDE_PX = 36
"""How far from its original a duplicate is put on the screen."""


class WindowClips:
    """Does it for one window; the clipboard is that of the desktop, shared by all windows."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def copy(self) -> None:
        """Copy what is selected."""
        session = self.w.session
        clip = clips.clip_of(session.mission, session.chosen)
        mime = QMimeData()
        text = engine.unchecked_mission_json(clip)
        mime.setData(MIME, text.encode())
        mime.setText(text)
        QGuiApplication.clipboard().setMimeData(mime)

    def cut(self) -> None:
        """Copy what is selected, and delete it."""
        session = self.w.session
        self.copy()
        session.edit(tr("Cut"), edits.delete_all(session.mission, session.chosen))
        session.select(None)

    def may_paste(self) -> bool:
        """Whether there is something of ours in the clipboard."""
        return _ours() is not None

    def paste(self) -> None:
        """Put what was copied under the pointer; in the middle of the map if it is elsewhere."""
        data = _ours()
        if data is None:
            return
        try:
            clip = engine.unchecked_mission(data.decode())
        except (McppError, UnicodeDecodeError) as error:
            self.w.words.show_problem(str(error))
            return
        self._add(tr("Paste"), clips.shift_to(clip, self.pointed()))

    def duplicate(self) -> None:
        """Put a copy of what is selected beside it."""
        session = self.w.session
        if session.selection is None:
            return
        far_m = BESIDE_PX * self.w.map.view.metres_per_pixel()
        clip = clips.clip_of(session.mission, session.chosen)
        self._add(tr("Duplicate"), clips.shift(clip, (far_m, -far_m)))

    def _add(self, words: str, clip: Mission) -> None:
        changed, refs = clips.add_clip(self.w.session.mission, clip)
        self.w.session.edit(words, changed)
        if refs:
            self.w.session.select(refs[0], refs[1:])

    def select_all(self) -> None:
        """Select all shapes and UAVs that can be seen as wholes."""
        refs = [ref for ref in edits.shapes(self.w.session.mission) if ref.kind != "hole"]
        if refs:
            self.w.use_tool("select")
            self.w.session.select(refs[0], refs[1:])

    def turn(self, clockwise_deg: float) -> None:
        """Turn what is selected about its middle."""
        session = self.w.session
        if session.selection is None:
            return
        about = clips.middle_of(session.mission, session.selection.whole())
        changed = clips.turned(session.mission, session.chosen, about, clockwise_deg)
        session.edit(tr("Turn"), changed, merge=f"turn {session.chosen}")

    def pointed(self) -> LonLat:
        """Find the place under the pointer, or in the middle of the map."""
        view = self.w.map.view
        at = view.viewport().mapFromGlobal(view.cursor().pos())
        if view.viewport().rect().contains(at) and view.viewport().underMouse():
            return view.place_at(QPointF(at))
        return view.place_at(QRectF(view.viewport().rect()).center())


def _ours() -> bytes | None:
    """Give the shapes in the clipboard; None where it holds none."""
    mime: QMimeData | None = QGuiApplication.clipboard().mimeData()  # None on some platforms
    if mime is None or not mime.hasFormat(MIME):
        return None
    return bytes(mime.data(MIME).data())
