"""Vehicles as they are now, with the way that they have flown."""

import math

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from gui.map.mission_layer import cosmetic_pen
from gui.map.plan_items import FlyingUav
from gui.map.view import MapView
from mcpp.model import LonLat

MOST_POINTS = 5000


class LiveLayer(QObject):
    """Keeps one item and one trail for each vehicle that is heard."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self._view = view
        self.items: dict[int, FlyingUav] = {}
        self._trails: dict[int, tuple[QGraphicsPathItem, QPainterPath]] = {}

    def show(self, uav: int, place: LonLat, words: str) -> None:
        """Move a vehicle to where it is."""
        x, y = self._view.projection.point(place)
        item = self.items.get(uav)
        if item is None:
            item = self.items[uav] = FlyingUav(uav)
            item.setZValue(14.0)
            path = QPainterPath()
            path.moveTo(x, y)
            trail = QGraphicsPathItem(path)
            trail.setPen(cosmetic_pen(QColor(self._view.theme.text), 2.2))
            trail.setZValue(6.5)
            trail.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self._trails[uav] = (trail, path)
            self._view.scene().addItem(trail)
            self._view.scene().addItem(item)
        item.setPos(x, y)
        item.say(words)
        trail, path = self._trails[uav]
        last = path.currentPosition()
        far = math.hypot(x - last.x(), y - last.y()) * self._view.scale_px
        if far > 1 and path.elementCount() < MOST_POINTS:
            path.lineTo(x, y)
            trail.setPath(path)
        self._view.viewport().update()

    def clear(self) -> None:
        """Take all vehicles and trails away."""
        for item in self.items.values():
            self._view.scene().removeItem(item)
        for trail, _ in self._trails.values():
            self._view.scene().removeItem(trail)
        self.items, self._trails = {}, {}
        self._view.viewport().update()
