"""Area, corridors, structures, ground for the crew and no-fly zones as a list."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from gui import edits
from gui.edits import ShapeRef
from gui.i18n import tr
from gui.map import geometry
from gui.map.along_words import along_text, along_title
from gui.session import Session
from gui.settings import Settings
from gui.units import area_text
from mcpp.model import CircleZone
from mcpp.report.colors import CREW_COLOR

COLOURS = {"area": "#0b62a8", "corridor": "#0b62a8", "structure": "#0b62a8", "crew": CREW_COLOR}
"""Of what is flown over or along, and where the crew stands; all else is kept away from."""
Index = QModelIndex | QPersistentModelIndex


class ShapesModel(QAbstractListModel):
    """Lists area parts, holes, corridors, structures, crew areas and zones, with their sizes."""

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.refs: list[ShapeRef] = []
        self._words: list[str] = []
        session.mission_changed.connect(self.refresh)
        settings.units_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List the mission's shapes anew."""
        mission = self._session.mission
        refs = [ref for ref in edits.shapes(mission) if ref.kind != "uav"]
        words = [self._describe(ref) for ref in refs]
        if refs == self.refs:
            self._words = words
            if refs:
                self.dataChanged.emit(self.index(0), self.index(len(refs) - 1))
            return
        self.beginResetModel()
        self.refs, self._words = refs, words
        self.endResetModel()

    def _describe(self, ref: ShapeRef) -> str:
        mission = self._session.mission
        if ref.kind in {"corridor", "structure"}:
            along = edits.along_of(mission, ref)
            title = along.name or along_title(along, ref.index)
            return f"{title}  ·  {along_text(along, self._settings.units, named=False)}"
        ring = edits.ring_of(mission, ref)
        if ref.kind == "area":
            name = tr("Area") if len(mission.area) == 1 else tr("Area, part {0}", ref.index + 1)
        elif ref.kind == "hole":
            name = tr("Hole {0} of part {1}", ref.hole + 1, ref.index + 1)
        elif ref.kind == "crew":
            name = edits.name_of(mission, ref) or tr("Ground for the crew {0}", ref.index + 1)
        else:
            zone = mission.no_fly_zones[ref.index]
            name = zone.name or tr("No-fly zone {0}", ref.index + 1)
            if isinstance(zone, CircleZone):
                ring = geometry.zone_ring(zone)
        return f"{name}  ·  {area_text(geometry.area_m2(ring), self._settings.units)}"

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.refs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.refs):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return _square(COLOURS.get(self.refs[index.row()].kind, "#b3261e"))
        return None


def _square(colour: str) -> QIcon:
    """Make a square with a rim, which is seen on a selected row too and keeps its colour there."""
    pixmap = QPixmap(24, 24)
    pixmap.fill(QColor(colour))
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor("#ffffff"), 4.0))
    painter.drawRect(pixmap.rect().adjusted(1, 1, -2, -2))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
