"""Pictures of parts of the map: drawn, moved, enlarged."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

AROUND_PX = 16
"""How far what is drawn reaches beyond an item's bounds: wide pens, arrows."""


@dataclass(frozen=True, slots=True)
class Place:
    """What part of the map a picture shows.

    Attributes
    ----------
    scale
        Pixels of a map unit.
    left, top, width, height
        In the screen's own pixels, of which a pixel has `ratio` each way; counted from the origin
        of the map, so that pictures of one scale lie apart by whole pixels.
    """

    scale: float
    left: int
    top: int
    width: int
    height: int
    ratio: float

    @classmethod
    def of(cls, world: QTransform, window: QWidget) -> "Place":
        """Find what a window shows that looks at the map through `world`."""
        ratio = window.devicePixelRatioF()
        return cls(
            world.m11(),
            round(-world.dx() * ratio),
            round(-world.dy() * ratio),
            round(window.width() * ratio),
            round(window.height() * ratio),
            ratio,
        )

    @property
    def rect(self) -> QRect:
        """Its own pixels, from 0."""
        return QRect(0, 0, self.width, self.height)

    def around(self, pixels: int) -> "Place":
        """Take some more pixels on each side."""
        return self.part(self.rect.adjusted(-pixels, -pixels, pixels, pixels))

    def holds(self, other: "Place") -> bool:
        """Whether all of another place of the same scale is shown here."""
        there = other.rect.translated(other.left - self.left, other.top - self.top)
        same = (self.scale, self.ratio) == (other.scale, other.ratio)
        return same and self.rect.contains(there)

    def on_map(self, pixels: QRect) -> QRectF:
        """Find where some of its own pixels lie on the map, with room for what reaches into it."""
        unit = 1.0 / (self.scale * self.ratio)
        around = AROUND_PX * self.ratio
        return QRectF(
            (self.left + pixels.x() - around) * unit,
            (self.top + pixels.y() - around) * unit,
            (pixels.width() + 2 * around) * unit,
            (pixels.height() + 2 * around) * unit,
        )

    def pixels_of(self, bounds: QRectF) -> QRect:
        """Find the pixels that something drawn within some bounds of the map can touch."""
        by, around = self.scale * self.ratio, AROUND_PX * self.ratio
        found = QRectF(
            bounds.x() * by - self.left - around,
            bounds.y() * by - self.top - around,
            bounds.width() * by + 2 * around,
            bounds.height() * by + 2 * around,
        )
        return found.intersected(QRectF(self.rect)).toAlignedRect()

    def part(self, pixels: QRect) -> "Place":
        """Take some of its own pixels."""
        return Place(
            self.scale,
            self.left + pixels.x(),
            self.top + pixels.y(),
            pixels.width(),
            pixels.height(),
            self.ratio,
        )


class Picture:
    """A part of the map as pixels."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.pixels = QPixmap(place.width, place.height)
        self.pixels.setDevicePixelRatio(place.ratio)
        self.pixels.fill(Qt.GlobalColor.transparent)

    def draw(self, items: Sequence[QGraphicsItem]) -> None:
        """Draw what of some items it shows over what is there, the first ones lowest."""
        place = self.place
        painter = QPainter(self.pixels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        world = QTransform.fromScale(place.scale, place.scale)
        world *= QTransform.fromTranslate(-place.left / place.ratio, -place.top / place.ratio)
        option = QStyleOptionGraphicsItem()
        shown = place.on_map(place.rect)
        for item in items:
            if item.opacity() and shown.intersects(item.sceneBoundingRect()):
                painter.save()
                painter.setTransform(item.sceneTransform() * world)
                painter.setOpacity(item.opacity())
                option.exposedRect = item.mapFromScene(shown).boundingRect()
                item.paint(painter, option, None)
                painter.restore()
        painter.end()

    def redraw(self, region: QRegion, items: Sequence[QGraphicsItem]) -> None:
        """Draw parts of it anew."""
        for rect in region:  # type: ignore[attr-defined]  # PySide's stubs know no iterator
            # Apart: a painter leaves out at once what lies outside its picture.
            part = Picture(self.place.part(rect))
            part.draw(items)
            painter = QPainter(self.pixels)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawPixmap(QPointF(rect.topLeft()) / self.place.ratio, part.pixels)
            painter.end()

    def moved(self, place: Place, items: Sequence[QGraphicsItem]) -> "Picture":
        """Show another part of the map at the same scale: what was there is kept."""
        step = QPoint(self.place.left - place.left, self.place.top - place.top)
        kept = QRegion(self.place.rect.translated(step))
        found = self
        if self.place.rect == place.rect:
            self.pixels.scroll(step.x(), step.y(), place.rect)
            self.place = place
        else:
            found = Picture(place)
            painter = QPainter(found.pixels)
            painter.drawPixmap(QPointF(step) / place.ratio, self.pixels)
            painter.end()
        found.redraw(QRegion(place.rect) - kept, items)
        return found

    def rect_in(self, place: Place) -> QRectF:
        """Where it lies in a window that shows `place`."""
        by = place.scale / self.place.scale * place.ratio / self.place.ratio
        return QRectF(
            (self.place.left * by - place.left) / place.ratio,
            (self.place.top * by - place.top) / place.ratio,
            self.place.width * by / place.ratio,
            self.place.height * by / place.ratio,
        )

    def show(self, painter: QPainter, place: Place) -> None:
        """Paint it in a window that shows `place`; the painter is in pixels of the window."""
        rect = self.rect_in(place)
        if self.place.scale == place.scale and self.place.ratio == place.ratio:
            painter.drawPixmap(rect.topLeft(), self.pixels)
        else:
            painter.drawPixmap(rect, self.pixels, QRectF(self.place.rect))
