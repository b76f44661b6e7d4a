"""What the mouse and the keys do on the map: the base of all tools, and of those with points."""

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from gui import edits
from gui.i18n import tr
from gui.map import decorations, geometry
from gui.map.mission_layer import MissionLayer
from gui.map.view import MapView
from gui.session import Session
from mcpp.model import LonLat

SNAP_PX = 10
FAR_ZOOM = 10.0
"""Farther out a field is a speck: whoever wants to draw has to come nearer first."""
_CONFIRM = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Tool(QObject):
    """One meaning of the mouse. Methods get pixels of the window.

    Signals
    -------
    hint_changed
        What to do next, in words.
    done
        The tool has done its work; the window goes back to selecting.
    """

    hint_changed = Signal(str)
    done = Signal()
    menu_wanted = Signal(QPoint)
    keyboard_draws = False

    def __init__(self, session: Session, view: MapView, layer: MissionLayer) -> None:
        super().__init__(view)
        self.session = session
        self.view = view
        self.layer = layer
        self.cursor = Qt.CursorShape.CrossCursor
        self._snapped: QPointF | None = None

    def enter(self) -> None:
        """Begin."""

    def leave(self) -> None:
        """Drop what is half done."""

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        """Take a press of the left button; False lets the map be moved."""
        return False

    def move(self, at: QPointF, keys: Qt.KeyboardModifier, *, pressed: bool) -> None:
        """Follow the cursor."""

    def release(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        """End what a taken press began."""

    def click(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        """Take a click whose press was not taken."""

    def double(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        """Take a double click; False makes it a press."""
        return False

    def menu(self, at: QPointF, on_screen: QPoint) -> None:
        """Take a click of the right button."""

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; False leaves it to the map."""
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw over the map, in pixels of the window."""

    def middle_px(self) -> QPointF:
        """Find the middle of the window, where keys draw."""
        return QRectF(self.view.viewport().rect()).center()

    def snapped(self, at: QPointF, keys: Qt.KeyboardModifier) -> QPointF:
        """Draw a pixel to a corner or an edge near it; not while Alt is held."""
        self._snapped = None
        if keys & Qt.KeyboardModifier.AltModifier:
            return at
        point = self.view.to_map(at)
        rings = [self.layer.outline(ref) for ref in self.layer.rings if self.may_snap_to(ref)]
        within = SNAP_PX / self.view.scale_px
        found = geometry.snap(point.x(), point.y(), rings, within)
        if found is None:
            return at
        self._snapped = self.view.to_window(found.x, found.y)
        return self._snapped

    def may_snap_to(self, ref: edits.ShapeRef) -> bool:
        """Whether points are drawn to a shape."""
        return ref.kind != "uav"

    def paint_snap(self, painter: QPainter) -> None:
        """Mark where the cursor is drawn to."""
        if self._snapped is not None:
            painter.setPen(QPen(QColor(self.view.theme.accent), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self._snapped, 9.0, 9.0)

    def write(self, painter: QPainter, at: QPointF, text: str, *, wrong: bool = False) -> None:
        """Write beside a pixel."""
        theme = self.view.theme
        painter.setFont(decorations.small_font(painter, bold=True))
        colour = QColor(theme.error if wrong else theme.text)
        width = painter.fontMetrics().horizontalAdvance(text)
        x = min(at.x() + 16, self.view.viewport().width() - width - 8)
        decorations.draw_text(painter, QPointF(x, at.y() - 10), text, colour, QColor(theme.halo))


class PointsTool(Tool):
    """Collects points by clicks, or by the space bar at the crosshair.

    Qt's metaclass leaves no room for that of ABC: what a tool must say of itself raises here.
    """

    keyboard_draws = True

    def __init__(self, session: Session, view: MapView, layer: MissionLayer) -> None:
        super().__init__(session, view, layer)
        self.points: list[LonLat] = []
        self.cursor_px: QPointF | None = None
        self._far = False
        view.view_changed.connect(self._on_view)

    def enter(self) -> None:
        self.points = []
        self.say_hint()

    def _on_view(self) -> None:
        if self.view.tool is self and self._far != self.is_far():
            self.say_hint()

    def is_far(self) -> bool:
        """Whether what is drawn would be as large as a country."""
        return self.view.zoom < FAR_ZOOM and not self.points

    def say_hint(self) -> None:
        """Say what to do next; from far above, to come nearer."""
        self._far = self.is_far()
        far = tr("First go to your field: type its place at the top left, or turn the wheel.")
        self.hint_changed.emit(far if self._far else self.hint())

    def leave(self) -> None:
        self.points = []
        self._snapped = None

    def hint(self) -> str:
        """Say what to do next."""
        raise NotImplementedError

    def finish(self) -> None:
        """Make something of the points."""
        raise NotImplementedError

    def is_second_press(self, at: QPointF) -> bool:
        """Tell whether a press is the second of a double click: a point stands there already."""
        pixels = self.pixels(self.points[-1:])
        return bool(pixels) and (pixels[0] - at).manhattanLength() < 2

    def add_point(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        """Take one more point."""
        self.points.append(self.view.place_at(self.snapped(at, keys)))
        self.say_hint()

    def click(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.add_point(at, keys)

    def move(self, at: QPointF, keys: Qt.KeyboardModifier, *, pressed: bool) -> None:
        self.cursor_px = self.snapped(at, keys)

    def double(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        self.finish()
        return True

    def menu(self, at: QPointF, on_screen: QPoint) -> None:
        self.finish()

    def key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.cursor_px = self.middle_px()
            self.add_point(self.middle_px(), event.modifiers())
        elif key in _CONFIRM:
            self.finish()
        elif key == Qt.Key.Key_Backspace and self.points:
            self.points.pop()
            self.say_hint()
        elif key == Qt.Key.Key_Escape:
            if self.points:
                self.enter()
            else:
                self.done.emit()
        else:
            return False
        return True

    def pixels(self, places: list[LonLat]) -> list[QPointF]:
        """Places to pixels of the window."""
        if not places:
            return []
        return [self.view.to_window(x, y) for x, y in self.view.projection.to_map(places).tolist()]

    def with_cursor(self) -> list[LonLat]:
        """List the points and the one that a click would add."""
        if self.cursor_px is None or not self.points:
            return list(self.points)
        return [*self.points, self.view.place_at(self.cursor_px)]

    def ink(self) -> str:
        """Colour of what is drawn."""
        return self.view.theme.accent

    def paint_line(self, painter: QPainter, pixels: list[QPointF], *, wrong: bool = False) -> None:
        """Draw the line so far and its corners."""
        theme = self.view.theme
        for colour, width in ((theme.halo, 5.0), (theme.error if wrong else self.ink(), 2.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(pixels))
        painter.setPen(QPen(QColor(self.ink()), 2.0))
        painter.setBrush(QColor(theme.halo))
        for pixel in pixels[: len(self.points)]:
            painter.drawEllipse(pixel, 5.0, 5.0)
