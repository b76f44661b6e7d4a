"""The tools that draw: polygons, rectangles, circles, launch points; and the one that measures."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui import edits, search_edits
from gui.i18n import tr
from gui.map import geometry
from gui.map.drawn import (
    Target,
    finish_along,
    finish_ring,
    finish_zone,
    ink_of,
    structure_along,
)
from gui.map.mission_layer import MissionLayer
from gui.map.tools import SNAP_PX, PointsTool
from gui.map.view import MapView
from gui.session import Session
from gui.units import area_text, length_text
from mcpp.model import CircleZone, LonLat, Ring

LEAST_PX = 2
"""No side of a rectangle and no radius is shorter on the screen: that is a slip of the hand."""


class PolygonTool(PointsTool):
    """Draws a polygon, corner by corner."""

    def __init__(
        self, session: Session, view: MapView, layer: MissionLayer, target: Target
    ) -> None:
        super().__init__(session, view, layer)
        self.target: Target = target

    def ink(self) -> str:
        return ink_of(self.target, self.view.theme)

    def hint(self) -> str:
        names = {
            "area": tr("area"),
            "crew": tr("ground for the crew"),
            "zone": tr("no-fly zone"),
            "perimeter": tr("structure"),
        }
        what = names[self.target]
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
        if not self.is_second_press(at):
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
        fill = QColor(self.view.theme.error if wrong else self.ink())
        fill.setAlpha(50)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(pixels))
        if len(pixels) > 2:  # the edge that will close it
            painter.setPen(QPen(QColor(self.ink()), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(pixels[-1], pixels[0])
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

    def ink(self) -> str:
        return ink_of(self.target, self.view.theme)

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
        if self.target == "orbit":
            return tr("Click the middle of the structure, or drag from there to its wall.")
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
        outline = self.target in {"area", "crew"}  # their parts have corners alone
        if len(places) < 2 or outline or self.is_slip(places):
            super().finish()
            return
        self.points = []
        radius_m = round(max(geometry.distance_m(*places[:2]), 0.1), 1)
        if self.target == "orbit":
            orbit = structure_along(self.session.mission, "orbit", (places[0],), radius_m)
            finish_along(self.session, tr("Draw orbit"), orbit)
        else:
            finish_zone(self.session, CircleZone(center_lon_lat_deg=places[0], radius_m=radius_m))
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


class DatumTool(PointsTool):
    """Picks with one click where what is searched for most likely is."""

    def hint(self) -> str:
        return tr("Click where what is searched for most likely is.")

    def add_point(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        changed = search_edits.change_search(
            self.session.mission, datum_lon_lat_deg=self.view.place_at(at)
        )
        self.session.edit(tr("Pick the datum"), changed)
        self.done.emit()

    def finish(self) -> None:
        self.done.emit()


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
