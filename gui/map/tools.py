"""What the mouse and the keys do on the map: the base of all tools, and those that draw."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF

from gui import edits
from gui.i18n import tr
from gui.map import decorations, geometry
from gui.map.mission_layer import MissionLayer
from gui.map.view import MapView
from gui.session import Session
from gui.units import area_text, length_text
from mcpp.model import CircleZone, LonLat, Ring

SNAP_PX = 10
FAR_ZOOM = 10.0
"""Farther out a field is a speck: whoever wants to draw has to come nearer first."""
LEAST_PX = 2
"""No side of a rectangle and no radius is shorter on the screen: that is a slip of the hand."""
Target = Literal["area", "zone"]
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
        rings = [ring for ref, ring in self.layer.rings.items() if self.may_snap_to(ref)]
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
    """Collects points by clicks, or by the space bar at the crosshair."""

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

    def paint_line(self, painter: QPainter, pixels: list[QPointF], *, wrong: bool = False) -> None:
        """Draw the line so far and its corners."""
        theme = self.view.theme
        for colour, width in ((theme.halo, 5.0), (theme.error if wrong else theme.accent, 2.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(pixels))
        painter.setPen(QPen(QColor(theme.accent), 2.0))
        painter.setBrush(QColor(theme.halo))
        for pixel in pixels[: len(self.points)]:
            painter.drawEllipse(pixel, 5.0, 5.0)


def finish_ring(session: Session, target: Target, ring: Ring) -> None:
    """Add a drawn ring to the mission."""
    if target == "area":
        session.edit(tr("Draw area"), edits.add_area(session.mission, ring))
        session.select(edits.ShapeRef("area", len(session.mission.area) - 1))
    else:
        zone = edits.polygon_zone(ring)
        session.edit(tr("Draw no-fly zone"), edits.add_zone(session.mission, zone))
        session.select(edits.ShapeRef("zone", len(session.mission.no_fly_zones) - 1))


class PolygonTool(PointsTool):
    """Draws a polygon, corner by corner."""

    def __init__(
        self, session: Session, view: MapView, layer: MissionLayer, target: Target
    ) -> None:
        super().__init__(session, view, layer)
        self.target: Target = target

    def hint(self) -> str:
        what = tr("area") if self.target == "area" else tr("no-fly zone")
        if not self.points:
            return tr("Click the first corner of the {0}.", what)
        if len(self.points) < 3:
            return tr("Click the next corner. Backspace takes one back.")
        return tr("Click more corners; double-click or press Enter to finish.")

    def add_point(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        pixels = self.pixels(self.points)
        if len(pixels) >= 3 and (pixels[0] - at).manhattanLength() < 2 * SNAP_PX:
            self.finish()
            return
        if pixels and (pixels[-1] - at).manhattanLength() < 2:
            return  # the second press of a double click
        super().add_point(at, keys)

    def finish(self) -> None:
        ring = tuple(self.points)
        if len(ring) < 3:
            self.hint_changed.emit(tr("An outline needs at least three corners."))
            return
        self.points = []
        finish_ring(self.session, self.target, ring)
        self.done.emit()

    def paint(self, painter: QPainter) -> None:
        places = self.with_cursor()
        self.paint_snap(painter)
        if not places:
            return
        pixels = self.pixels(places)
        array = np.array([(p.x(), p.y()) for p in pixels])
        wrong = bool(geometry.crossing_edges(array, closed=len(self.points) >= 3))
        fill = QColor(self.view.theme.error if wrong else self.view.theme.accent)
        fill.setAlpha(50)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(pixels))
        self.paint_line(painter, pixels, wrong=wrong)
        units = self.view.units
        text = length_text(geometry.length_m(tuple(places[-2:])), units)
        if len(places) > 2:
            text += "  ·  " + area_text(geometry.area_m2(tuple(places)), units)
        if wrong:
            text = tr("The outline crosses itself")
        self.write(painter, pixels[-1], text, wrong=wrong)


class RectangleTool(PointsTool):
    """Draws a rectangle by two opposite corners, by a drag or two clicks."""

    def __init__(
        self, session: Session, view: MapView, layer: MissionLayer, target: Target
    ) -> None:
        super().__init__(session, view, layer)
        self.target: Target = target
        self._pressed_at = QPointF()

    def hint(self) -> str:
        if self.points:
            return tr("Click the opposite corner.")
        return tr("Click one corner of the rectangle, or drag from corner to corner.")

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        self._pressed_at = at
        if not self.points:
            self.add_point(at, keys)
        return True

    def release(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.cursor_px = self.snapped(at, keys)
        first = self.pixels(self.points[:1])
        if first and (first[0] - at).manhattanLength() > SNAP_PX:
            self.finish()

    def add_point(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        if len(self.points) == 1:
            self.cursor_px = self.snapped(at, keys)
            self.finish()
        else:
            super().add_point(at, keys)

    def finish(self) -> None:
        places = self.with_cursor()
        if len(places) < 2 or self.is_slip(places):
            return
        self.points = []
        finish_ring(self.session, self.target, self.ring(places))
        self.done.emit()

    def is_slip(self, places: list[LonLat]) -> bool:
        """Whether two points are too near to each other to be meant, as after a double click."""
        one, other = self.pixels(places[:2])
        step = other - one
        return min(abs(step.x()), abs(step.y())) < LEAST_PX

    def ring(self, places: list[LonLat]) -> Ring:
        """Make the outline of two points."""
        return geometry.rectangle_ring(places[0], places[1])

    def paint(self, painter: QPainter) -> None:
        self.paint_snap(painter)
        places = self.with_cursor()
        if len(places) < 2:
            return
        ring = self.ring(places)
        pixels = self.pixels([*ring, ring[0]])
        self.paint_line(painter, pixels)
        self.write(painter, self.pixels(places)[1], self.label(places, ring))

    def label(self, places: list[LonLat], ring: Ring) -> str:
        """Size in words."""
        units = self.view.units
        sides = [length_text(geometry.distance_m(ring[i], ring[i + 1]), units) for i in (0, 1)]
        return f"{sides[0]} x {sides[1]}  ·  {area_text(geometry.area_m2(ring), units)}"


class CircleTool(RectangleTool):
    """Draws a circle from its centre."""

    def hint(self) -> str:
        if self.points:
            return tr("Click a point on the rim.")
        return tr("Click the centre of the circle, or drag from the centre to the rim.")

    def is_slip(self, places: list[LonLat]) -> bool:
        one, other = self.pixels(places[:2])
        return (other - one).manhattanLength() < LEAST_PX

    def ring(self, places: list[LonLat]) -> Ring:
        return geometry.circle_ring(places[0], max(geometry.distance_m(*places[:2]), 0.1))

    def label(self, places: list[LonLat], ring: Ring) -> str:
        units = self.view.units
        radius = length_text(geometry.distance_m(*places[:2]), units)
        return f"{tr('radius')} {radius}  ·  {area_text(geometry.area_m2(ring), units)}"

    def finish(self) -> None:
        places = self.with_cursor()
        if len(places) < 2 or self.target == "area" or self.is_slip(places):
            super().finish()
            return
        self.points = []
        radius_m = round(max(geometry.distance_m(*places[:2]), 0.1), 1)
        zone = CircleZone(center_lon_lat_deg=places[0], radius_m=radius_m)
        self.session.edit(tr("Draw no-fly zone"), edits.add_zone(self.session.mission, zone))
        self.session.select(edits.ShapeRef("zone", len(self.session.mission.no_fly_zones) - 1))
        self.done.emit()


class MeasureTool(PointsTool):
    """Measures a line."""

    def is_far(self) -> bool:
        return False

    def hint(self) -> str:
        return tr("Click points to measure between them; Esc clears, Enter ends.")

    def finish(self) -> None:
        self.points = []
        self.done.emit()

    def paint(self, painter: QPainter) -> None:
        self.paint_snap(painter)
        places = self.with_cursor()
        if len(places) < 2:
            return
        pixels = self.pixels(places)
        self.paint_line(painter, pixels)
        units = self.view.units
        last = geometry.distance_m(*places[-2:])
        bearing = geometry.bearing_deg(*places[-2:])
        text = f"{length_text(last, units)}  {bearing:.0f}° {geometry.compass(bearing)}"
        if len(places) > 2:
            whole = length_text(geometry.length_m(tuple(places)), units)
            text += f"  ·  {tr('whole line')} {whole}"
        self.write(painter, pixels[-1], text)


class UavTool(PointsTool):
    """Places UAVs, one a click, until Esc or Enter. Those without a launch point come first."""

    def hint(self) -> str:
        waiting = self._waiting()
        if waiting is not None:
            name = self.session.mission.uavs[waiting].id
            return tr("Click where {0} takes off.", name)
        return tr("Click where the next UAV takes off; Enter when all are placed.")

    def add_point(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        place = self.view.place_at(at)
        mission = self.session.mission
        waiting = self._waiting()
        if waiting is not None:
            changed = edits.change_uav(mission, waiting, start_lon_lat_deg=place)
            self.session.edit(tr("Place UAV"), changed)
        else:
            waiting = len(mission.uavs)
            self.session.edit(tr("Add UAV"), edits.add_uav(mission, place))
        self.session.select(edits.ShapeRef("uav", waiting))
        self.say_hint()

    def _waiting(self) -> int | None:
        for index, uav in enumerate(self.session.mission.uavs):
            if uav.start_lon_lat_deg is None:
                return index
        return None

    def finish(self) -> None:
        self.done.emit()

    def double(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        return True  # two quick clicks place one UAV, not two on top of each other
