"""Many items of the map kept as one picture, which is moved and enlarged instead of drawn anew."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.map.picture import Picture, Place
from gui.map.pieces import CHUNK
from gui.turns import Turns

TURN_LEGS = 4096
"""Legs of tracks that are drawn in one turn of the event loop: some 5 ms."""
MARGIN_PX = 48
"""What is drawn beyond the window's edges, so that not each step of a pan has to draw."""
HEIGHT = 2.9
"""Of the picture among the items of the scene: over the area, under no-fly zones and markers."""


def weight_of(item: QGraphicsItem) -> int:
    """How much work it is to draw an item, in legs of a track."""
    legs: int = getattr(item, "legs", CHUNK)
    return legs


class PictureItem(QGraphicsItem):
    """Shows items, which are not in the scene themselves, by pictures of them.

    When the map is moved, the picture is moved too and only what comes into sight is drawn. When it
    is zoomed, the former picture is shown enlarged until a sharp one is ready. As many legs as
    `TURN_LEGS` are drawn at once, more of them in several turns of the event loop, so that neither
    a frame nor anything else waits for a large plan.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__()
        self.setZValue(HEIGHT)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.turns = Turns(parent)
        self._items: list[QGraphicsItem] = []
        self._weight = 0
        self._bounds = QRectF()
        self._sharp: Picture | None = None
        self._whole: Picture | None = None
        self._stale = True
        self._touched: list[QGraphicsItem] = []

    def boundingRect(self) -> QRectF:
        return self._bounds

    @property
    def shown(self) -> Sequence[QGraphicsItem]:
        """What it shows, the lowest first."""
        return self._items

    @property
    def sharp(self) -> Picture | None:
        """The last picture that was finished."""
        return self._sharp

    def show_items(self, items: Sequence[QGraphicsItem]) -> None:
        """Show these items, and the former ones no more."""
        self.prepareGeometryChange()
        self._items = sorted(items, key=QGraphicsItem.zValue)
        self._weight = sum(map(weight_of, self._items))
        self._bounds = QRectF()
        for item in self._items:
            self._bounds |= item.sceneBoundingRect()
        if not self._items:
            self._sharp = self._whole = None
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw all items again: they look otherwise now."""
        self._stale = True
        self._touched = []
        self.turns.stop()
        self.update()

    def touch(self, item: QGraphicsItem) -> None:
        """Draw one item again, and what lies about it."""
        self._touched.append(item)
        if sum(map(weight_of, self._touched)) > TURN_LEGS:
            self.draw_anew()
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if widget is None or not self._items:
            return
        place = Place.of(painter.worldTransform(), widget)
        self._come_to(place)
        painter.save()
        painter.resetTransform()
        self._show(painter, place)
        painter.restore()

    def _come_to(self, place: Place) -> None:
        """Make the picture of a place and of what lies around it, or begin with it."""
        sharp, wanted = self._sharp, place.around(round(MARGIN_PX * place.ratio))
        if sharp is not None and not self._stale and self._near(sharp.place, wanted):
            if not sharp.place.holds(place):
                self._sharp = sharp.moved(wanted, self._items)
            self._redraw_touched()
        elif self._weight <= TURN_LEGS:
            for _ in self._drawing(wanted):
                pass
        elif not self.turns.busy:
            self.turns.start(self._drawing(wanted))

    def _near(self, one: Place, other: Place) -> bool:
        """Whether enough can be kept of one's picture for the other's."""
        if (one.scale, one.ratio) != (other.scale, other.ratio):
            return False
        both = one.rect.translated(one.left - other.left, one.top - other.top) & other.rect
        return 2 * both.width() * both.height() > other.width * other.height

    def _drawing(self, place: Place) -> Iterator[int]:
        """Draw all, some legs at a time, and show it when it is ready."""
        picture = Picture(place)
        self._touched = []
        for batch in batches(self._items):
            picture.draw(batch)
            yield sum(map(weight_of, batch))
        former = (self._sharp, self._whole)
        if self._stale or self._holds_all(place):
            former = (None, None)
        self._whole = next((p for p in former if p is not None and self._holds_all(p.place)), None)
        self._sharp = picture
        self._stale = False
        self.update()

    def _holds_all(self, place: Place) -> bool:
        return place.on_map(place.rect).contains(self._bounds)

    def _redraw_touched(self) -> None:
        """Draw again what was touched, now that the picture is sharp."""
        if self._sharp is not None and self._touched:
            region = QRegion()
            for item in self._touched:
                region |= self._sharp.place.pixels_of(item.sceneBoundingRect())
            self._sharp.redraw(region, self._items)
            self._touched = []
            self._whole = None

    def _show(self, painter: QPainter, place: Place) -> None:
        if self._sharp is None:
            return
        if self._whole is not None and self._sharp.place.scale > place.scale:
            # Zooming out: what the sharp picture does not show is taken from one from afar.
            painter.setClipRegion(
                QRegion(place.rect) - QRegion(self._sharp.rect_in(place).toRect())
            )
            self._whole.show(painter, place)
            painter.setClipping(False)
        self._sharp.show(painter, place)


def batches(items: Sequence[QGraphicsItem]) -> Iterator[list[QGraphicsItem]]:
    """Part items, in their order, so that each part is no more work than one turn may do."""
    batch: list[QGraphicsItem] = []
    weight = 0
    for item in items:
        if batch and weight + weight_of(item) > TURN_LEGS:
            yield batch
            batch, weight = [], 0
        batch.append(item)
        weight += weight_of(item)
    if batch:
        yield batch
