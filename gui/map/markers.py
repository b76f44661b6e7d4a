"""What marks a place on the map, of one size at each zoom: words, and launch points."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

MARKER_PX, BELOW_PX = 13, 13
BESIDE = QPointF(MARKER_PX + 5.0, 0.0)
DISC_HEIGHT, NAME_HEIGHT = 9.0, 8.9
"""No name lies over the number of another launch point."""
Where = Literal["over", "below", "beside"]


class LabelItem(QGraphicsItem):
    """Words about a place, of one size at each zoom.

    Parameters
    ----------
    where
        Over the place, below it, or to the right of a launch point's disc.
    """

    def __init__(self, text: str, colour: QColor, halo: QColor, where: Where = "over") -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        font = QFont()
        font.setPointSizeF(9.0)
        font.setBold(True)
        self._path = QPainterPath()
        self._path.addText(0.0, 0.0, font, text)
        box = self._path.boundingRect()
        middle = {"over": QPointF(), "below": QPointF(0.0, BELOW_PX), "beside": BESIDE}[where]
        self._path.translate(middle - box.center())
        if where == "beside":
            self._path.translate(box.width() / 2, 0.0)
        self._colour, self._halo = colour, halo

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-3, -3, 3, 3)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.strokePath(self._path, QPen(self._halo, 3.0))
        painter.fillPath(self._path, self._colour)


class UavMarker(QGraphicsItem):
    """A launch point: a disc with the UAV's number.

    Parameters
    ----------
    chosen
        Of a place that mcpp has chosen: pale, with a rim in the UAV's colour.
    """

    def __init__(
        self,
        number: str,
        colour: QColor,
        rim: QColor,
        *,
        chosen: bool = False,
    ) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self._number = number
        self._disc, self._ink = (rim, colour) if chosen else (colour, QColor("#ffffff"))
        self._rim = colour if chosen else rim

    def boundingRect(self) -> QRectF:
        reach = MARKER_PX + 3.0
        return QRectF(-reach, -reach, 2 * reach, 2 * reach)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(QPen(self._rim, 3.0))
        painter.setBrush(self._disc)
        painter.drawEllipse(QPointF(0, 0), MARKER_PX, MARKER_PX)
        font = painter.font()
        font.setPointSizeF(10.0)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self._ink)
        box = QRectF(-MARKER_PX, -MARKER_PX, 2 * MARKER_PX, 2 * MARKER_PX)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._number)
