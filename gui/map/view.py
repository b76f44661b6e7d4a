"""The map: web mercator in a `QGraphicsView`, moved by mouse, wheel, touch and keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGestureEvent,
    QGraphicsScene,
    QGraphicsView,
    QPinchGesture,
    QWidget,
)

from gui.map import decorations
from gui.map.mercator import MAX_ZOOM, MIN_ZOOM, Projection, metres_per_unit, zoom_to_fit
from gui.theme import LIGHT, Theme
from gui.units import UnitSystem
from mcpp.model import LonLat

if TYPE_CHECKING:
    from gui.map.tiles import Background
    from gui.map.tools import Tool

WHEEL_STEP = 120.0
PAN_KEY_PX = 80
CLICK_PX = 4
"""A press that moves less than this is a click."""

_PAN_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MapView(QGraphicsView):
    """Shows a scene in map units over backgrounds.

    Signals
    -------
    cursor_moved
        The place under the cursor, or None outside.
    view_changed
        The map was moved or zoomed.
    """

    cursor_moved = Signal(object)
    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.units = UnitSystem.METRIC
        self.projection = Projection()
        self.backgrounds: Sequence[Background] = ()
        self.graticule = True
        self._tool: Tool | None = None
        self._zoom = 3.0
        self._center = QPointF()
        self._pan_from: QPoint | None = None
        self._press_at: QPointF | None = None
        self._tool_has_press = False
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setAcceptDrops(False)  # files are the window's: a scene would refuse them
        self.viewport().setAcceptDrops(False)
        self.setMinimumSize(240, 180)
        self._lay_world()
        self.go_to((15.0, 30.0), 3.0)

    # ----------------------------------------------------------------------------- where we look

    @property
    def zoom(self) -> float:
        """Zoom as tile servers count it, with fractions."""
        return self._zoom

    @property
    def scale_px(self) -> float:
        """Pixels of a map unit."""
        return float(2.0**self._zoom)

    def middle(self) -> LonLat:
        """Find the place in the middle."""
        return self.projection.place(self._center.x(), self._center.y())

    def seen(self) -> QRectF:
        """Find what is seen, in map units."""
        corners = self.viewport().rect()
        return QRectF(
            self.to_map(QPointF(corners.topLeft())),
            self.to_map(QPointF(corners.x() + corners.width(), corners.y() + corners.height())),
        )

    def to_map(self, window_px: QPointF) -> QPointF:
        """Pixels of the window to map units."""
        inverse, _ = self.viewportTransform().inverted()
        return inverse.map(window_px)

    def to_window(self, x: float, y: float) -> QPointF:
        """Map units to pixels of the window."""
        return self.viewportTransform().map(QPointF(x, y))

    def place_at(self, window_px: QPointF) -> LonLat:
        """Find the place under a pixel of the window."""
        point = self.to_map(window_px)
        return self.projection.place(point.x(), point.y())

    def metres_per_pixel(self) -> float:
        """Ground distance of a pixel in the middle of the window."""
        return metres_per_unit(self.middle()[1]) / self.scale_px

    def go_to(self, place: LonLat, zoom: float | None = None) -> None:
        """Show a place in the middle."""
        if zoom is not None:
            self._set_zoom(zoom)
        self._center_on(QPointF(*self.projection.point(place)))

    def fit(
        self,
        places: Sequence[LonLat],
        margin: float = 1.25,
        closest: float = 18.0,
        covered_px: QMargins | None = None,
    ) -> None:
        """Show all of some places, with room around.

        Parameters
        ----------
        covered_px
            What of the window's edges lies under something else.
        """
        if not places:
            return
        points = self.projection.to_map(np.asarray(places))
        low, high = points.min(axis=0), points.max(axis=0)
        width, height = (high - low) * margin
        window = QRectF(self.viewport().rect())
        room = window.marginsRemoved((covered_px or QMargins()).toMarginsF())
        zoom = zoom_to_fit(width, height, max(room.width(), 50), max(room.height(), 50))
        self._set_zoom(min(zoom, closest))
        aside = (window.center() - room.center()) / self.scale_px
        self._center_on(QPointF(*((low + high) / 2)) + aside)

    def zoom_by(self, steps: float, about_px: QPointF | None = None) -> None:
        """Zoom in by some steps; what is under a pixel of the window stays there."""
        window = QRectF(self.viewport().rect())
        about = window.center() if about_px is None else about_px
        fixed = self.to_map(about)
        self._set_zoom(self._zoom + steps)
        middle = fixed + (window.center() - about) / self.scale_px
        self._center_on(middle)

    def _center_on(self, point: QPointF) -> None:
        self._center = point
        self.centerOn(point)
        self.view_changed.emit()

    def cut_open_opposite(self, lon_deg: float) -> None:
        """Choose where the world is cut: opposite to a longitude."""
        middle = self.middle()
        self.projection = Projection(lon_deg)
        self._lay_world()
        self.go_to(middle)

    def _lay_world(self) -> None:
        self.setSceneRect(QRectF(*self.projection.bounds()))

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self.setTransform(QTransform.fromScale(self.scale_px, self.scale_px))

    # ----------------------------------------------------------------------------------- the tool

    @property
    def tool(self) -> "Tool | None":
        """What the mouse does."""
        return self._tool

    def set_tool(self, tool: "Tool | None") -> None:
        """Give the mouse another meaning."""
        if self._tool is not None:
            self._tool.leave()
        self._tool = tool
        self._tool_has_press = False
        if tool is not None:
            tool.enter()
            self.viewport().setCursor(tool.cursor)
        self.viewport().update()

    def tool_is_dragging(self) -> bool:
        """Whether a press that the tool took is still held."""
        return self._tool_has_press

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press_at = event.position()
        self._tool_has_press = (
            event.button() == Qt.MouseButton.LeftButton
            and self._tool is not None
            and self._tool.press(event.position(), event.modifiers())
        )
        if not self._tool_has_press:
            self._pan_from = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self._pan(event.position().toPoint())
        elif self._tool is not None:
            self._tool.move(event.position(), event.modifiers(), pressed=self._tool_has_press)
            self.viewport().setCursor(self._tool.cursor)
            self.viewport().update()
        self.cursor_moved.emit(self.place_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        press, self._press_at = self._press_at, None
        still = press is not None and (press - event.position()).manhattanLength() < CLICK_PX
        self._pan_from = None
        if self._tool is None:
            return
        if self._tool_has_press:
            self._tool.release(event.position(), event.modifiers())
        elif still and event.button() == Qt.MouseButton.LeftButton:
            self._tool.click(event.position(), event.modifiers())
        elif still and event.button() == Qt.MouseButton.RightButton:
            self._tool.menu(event.position(), event.globalPosition().toPoint())
        self._tool_has_press = False
        self.viewport().setCursor(self._tool.cursor)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool is None or not self._tool.double(event.position(), event.modifiers()):
            self.mousePressEvent(event)
        self.viewport().update()

    def _pan(self, to: QPoint) -> None:
        if self._pan_from is None:
            return
        step = to - self._pan_from
        if not step.isNull():
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._pan_from = to
            self.pan_px(-step.x(), -step.y())

    def pan_px(self, right: int, down: int) -> None:
        """Move the window over the map."""
        across, along = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + right)
        along.setValue(along.value() + down)
        self._center = self.to_map(QRectF(self.viewport().rect()).center())
        self.view_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / WHEEL_STEP
        if steps:
            self.zoom_by(steps / 2, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._tool is not None and self._tool.key(event):
            self.viewport().update()
            return
        key = Qt.Key(event.key())
        if key in _PAN_KEYS:
            right, down = _PAN_KEYS[key]
            self.pan_px(right * PAN_KEY_PX, down * PAN_KEY_PX)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(0.5)
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Underscore}:
            self.zoom_by(-0.5)
        else:
            event.ignore()  # on to the window's shortcuts

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Gesture:
            pinch = cast("QGestureEvent", event).gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                factor = max(pinch.scaleFactor(), 0.1)
                about = self.viewport().mapFromGlobal(pinch.hotSpot())
                self.zoom_by(float(np.log2(factor)), about)
                return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(float(np.log2(max(1.0 + event.value(), 0.1))), event.position())
            return True
        if event.type() == QEvent.Type.Leave:
            self.cursor_moved.emit(None)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.centerOn(self._center)  # what was in the middle stays there
        self.view_changed.emit()

    # ----------------------------------------------------------------------------------- pictures

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        seen = self.seen()
        painter.fillRect(rect, QColor(self.theme.map_ground))
        if self.graticule:
            decorations.draw_graticule(painter, seen, self.projection, self.scale_px, self.theme)
        for background in self.backgrounds:
            background.paint(painter, seen, self._zoom)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.save()
        painter.resetTransform()
        window = QRectF(self.viewport().rect())
        if self._tool is not None:
            self._tool.paint(painter)
            if self._tool.keyboard_draws and self.hasFocus():
                decorations.draw_crosshair(painter, window, self.theme)
        decorations.draw_scale_bar(painter, window, self.metres_per_pixel(), self.theme, self.units)
        decorations.draw_north_arrow(painter, window, self.theme)
        credit = " | ".join(b.attribution for b in self.backgrounds if b.attribution)
        decorations.draw_credits(painter, window, credit, self.theme)
        painter.restore()
