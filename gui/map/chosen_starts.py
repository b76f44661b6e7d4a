"""Launch points that mcpp chose, on the map: those of the shown plan."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from gui.i18n import tr
from gui.launch_edits import chosen_starts
from gui.map.markers import DISC_HEIGHT, NAME_HEIGHT, LabelItem, UavMarker
from gui.map.view import MapView
from gui.session import Session
from gui.theme import uav_colour

FADED = 0.45
"""Opacity of those of a plan that fits the mission no longer."""


class ChosenStarts(QObject):
    """Keeps a pale marker for each of them; they can not be dragged, as they are no one's words."""

    def __init__(self, session: Session, view: MapView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.markers: list[UavMarker] = []
        self._names: list[LabelItem] = []
        session.plan_changed.connect(self.rebuild)
        self.rebuild()

    def rebuild(self) -> None:
        """Mark them anew."""
        for old in (*self.markers, *self._names):
            self._view.scene().removeItem(old)
        theme, uavs = self._view.theme, self._session.mission.uavs
        self.markers, self._names = [], []
        for index, place in chosen_starts(self._session).items():
            marker = UavMarker(str(index + 1), uav_colour(index), QColor("#ffffff"), chosen=True)
            marker.setToolTip(tr("{0}: launch point chosen by mcpp", uavs[index].id))
            name = LabelItem(uavs[index].id, QColor(theme.text), QColor(theme.halo), "beside")
            for item, height in ((name, NAME_HEIGHT), (marker, DISC_HEIGHT)):
                item.setPos(*self._view.projection.point(place))
                item.setZValue(height)
                item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
                item.setOpacity(1.0 if self._session.fits else FADED)
                self._view.scene().addItem(item)
            self.markers.append(marker)
            self._names.append(name)
