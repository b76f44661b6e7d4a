"""The tools that draw lines: corridors and facades."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from gui.i18n import tr
from gui.map import geometry
from gui.map.drawn import corridor_along, finish_along, structure_along
from gui.map.tools import PointsTool
from gui.units import length_text
from mcpp.model import Corridor, Ring, Structure


class LineTool(PointsTool):
    """Draws a line, corner by corner; its ground is seen meanwhile.

    What a kind of line must say of itself raises here, as in `PointsTool`.
    """

    def step(self) -> str:
        """Name the step that adds it."""
        raise NotImplementedError

    def begin_hint(self) -> str:
        """Say where to click first."""
        raise NotImplementedError

    def made_of(self, line: Ring) -> Corridor | Structure:
        """Make what the line stands for."""
        raise NotImplementedError

    def hint(self) -> str:
        if not self.points:
            return self.begin_hint()
        if len(self.points) < 2:
            return tr("Click the next corner. Backspace takes one back.")
        return tr("Click more corners; double-click or press Enter to finish.")

    def add_point(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        if not self.is_second_press(at):
            super().add_point(at, keys)

    def finish(self) -> None:
        line = tuple(self.points)
        if len(line) < 2:
            self.hint_changed.emit(tr("A line needs at least two corners."))
            return
        self.points = []
        finish_along(self.session, self.step(), self.made_of(line))
        self.done.emit()

    def paint(self, painter: QPainter) -> None:
        self.paint_snap(painter)
        places = self.with_cursor()
        if len(places) < 2:
            return
        fill = QColor(self.ink())
        fill.setAlpha(50)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        for ring in geometry.along_rings(self.made_of(tuple(places))):
            painter.drawPolygon(QPolygonF(self.pixels(list(ring))))
        pixels = self.pixels(places)
        self.paint_line(painter, pixels)
        self.write(painter, pixels[-1], self.label(tuple(places)))

    def label(self, line: Ring) -> str:
        """Length of the last leg and, of more than one, of the whole line, in words."""
        units = self.view.units
        text = length_text(geometry.length_m(line[-2:]), units)
        if len(line) > 2:
            text += f"  ·  {tr('whole line')} {length_text(geometry.length_m(line), units)}"
        return text


class CorridorTool(LineTool):
    """Draws the middle of a corridor, as wide as the last one."""

    def step(self) -> str:
        return tr("Draw corridor")

    def begin_hint(self) -> str:
        return tr("Click where the corridor begins: a road, a river, a power line.")

    def made_of(self, line: Ring) -> Corridor:
        return corridor_along(self.session.mission, line)


class FacadeTool(LineTool):
    """Draws the foot of a wall; it is flown on the right, unless the form says otherwise."""

    def step(self) -> str:
        return tr("Draw facade")

    def begin_hint(self) -> str:
        return tr("Click along the foot of the wall: it is flown on the right of the line.")

    def made_of(self, line: Ring) -> Structure:
        return structure_along(self.session.mission, "facade", line)
