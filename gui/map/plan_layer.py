"""The plan on the map: regions, paths, arrows, photos, coverage, and the fleet in flight."""

from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from gui import engine
from gui.i18n import tr
from gui.map.coverage_image import Coverage, count_coverage, coverage_image
from gui.map.mission_layer import cosmetic_pen
from gui.map.photos import photos_of
from gui.map.picture_item import TURN_LEGS, PictureItem
from gui.map.pieces import Piece, line_path, pieces_of, sortie_colour
from gui.map.plan_items import Arrows, FlyingUav, Region
from gui.map.view import MapView
from gui.session import Session
from gui.tracks import Near, Track, lay_tracks, moments_at, nearest, regions_of
from gui.turns import Turns
from gui.units import Quantity, time_text, value_text
from mcpp.model import IntArray, LegKind, Plan

LAYERS = ("regions", "paths", "arrows", "photos", "coverage", "gaps")
SHOWN_AT_FIRST = frozenset({"regions", "paths", "arrows", "gaps"})
HOVER_PX = 8.0
FADED = 0.3
AboveGround = Callable[[int, int, float, float], float | None]
"""Gives the height above the ground of a UAV, a flight, a height above its launch point, a time."""


def leg_words(kind: int) -> str:
    """Name the kind of a leg."""
    return {
        LegKind.TAKEOFF: tr("take-off"),
        LegKind.TRANSIT: tr("transit"),
        LegKind.SURVEY: tr("survey"),
        LegKind.CONNECT: tr("connecting leg"),
        LegKind.RETURN: tr("return"),
        LegKind.LAND: tr("landing"),
    }[LegKind(kind)]


class PlanLayer(QObject):
    """Keeps the items of the shown plan on the map.

    Signals
    -------
    rebuilt
        Another plan is shown; `tracks` are its flights.
    changed
        A layer was filled, emptied or hidden.
    """

    rebuilt = Signal()
    changed = Signal()

    def __init__(self, session: Session, view: MapView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.tracks: list[Track] = []
        self.visible: set[str] = set(SHOWN_AT_FIRST)
        self._plan: Plan | None = None
        self._items: dict[str, list[QGraphicsItem]] = {}
        self._coverage: Coverage | None = None
        self._building = Turns(self)
        self._counting = Turns(self)
        self._flying: dict[int, FlyingUav] = {}
        self._partial: dict[int, QGraphicsPathItem] = {}
        self._cut = view.projection
        self._numbers: dict[int, IntArray] = {}
        self.above_ground_m: AboveGround = lambda *_at: None
        self.ghosts = False
        self.picture = PictureItem(self)
        view.scene().addItem(self.picture)
        session.plan_changed.connect(self.refresh)
        session.time_changed.connect(self._show_time)
        self.refresh()

    def set_visible(self, layer: str, *, on: bool) -> None:
        """Show or hide a layer."""
        self._building.finish()
        (self.visible.add if on else self.visible.discard)(layer)
        self._fill(layer)
        self._show_items()

    def refresh(self) -> None:
        """Show the session's plan, if it is another than the one that is shown."""
        plan = self._session.plan
        if plan is not self._plan or self._cut != self._view.projection:
            self._clear()
            self._plan, self._cut = plan, self._view.projection
            self._building.start(self._build())
            if plan is None or sum(len(sortie.kind) for sortie in plan.sorties) <= TURN_LEGS:
                self._building.finish()
        elif not self._building.busy and self._fade():
            self.picture.draw_anew()

    def _build(self) -> Iterator[int]:
        """Make the tracks and the items of the plan, a track or a layer at a time."""
        tracks = []
        if self._plan is not None:
            for track in lay_tracks(self._plan, self._cut):
                tracks.append(track)
                yield len(track.kind)
        self.tracks = tracks
        for layer in LAYERS:
            self._fill(layer)
            yield 1
        self._show_time(self._session.time_s)
        self._show_items()
        self.rebuilt.emit()

    def finish(self) -> None:
        """Draw now what waits for its turn: a picture is to be taken."""
        self._building.finish()
        self._counting.finish()
        self._view.viewport().repaint()
        while self.picture.turns.busy:
            self.picture.turns.finish()
            self._view.viewport().repaint()  # asks for more where the map was moved meanwhile

    def _show_items(self) -> None:
        """Give the picture all items that are shown."""
        self._fade()
        self.picture.show_items([item for items in self._items.values() for item in items])
        self.changed.emit()

    def _fade(self) -> bool:
        """Make pale what does not fit the mission any longer; tell whether anything changed."""
        stale = self._session.finished is None and not self._session.is_draft
        opacity = FADED if stale else 1.0
        changed = False
        for items in self._items.values():
            for item in items:
                timed = isinstance(item, Piece) and self._session.time_s is not None
                if not timed and item.opacity() != opacity:
                    item.setOpacity(opacity)
                    changed = True
        return changed

    def _clear(self) -> None:
        self._counting.stop()
        self._coverage = None
        self._items = {}
        self._numbers = {}
        self.tracks = []
        self._land()

    def _land(self) -> None:
        """Take away the fleet in flight."""
        for moving in (*self._flying.values(), *self._partial.values()):
            self._view.scene().removeItem(moving)
        self._flying, self._partial = {}, {}

    def _fill(self, layer: str) -> None:
        self._items.pop(layer, None)
        if layer in self.visible and self._plan is not None:
            self._items[layer] = self._make(layer, self._plan)

    def has(self, layer: str) -> bool:
        """Whether something of a layer is on the map."""
        return bool(self._items.get(layer))

    def _make(self, layer: str, plan: Plan) -> list[QGraphicsItem]:
        if layer == "regions":
            return [Region(uav, rings) for uav, rings in enumerate(regions_of(plan, self._cut))]
        if layer == "paths":
            return [piece for track in self.tracks for piece in pieces_of(track)]
        if layer == "arrows":
            return [Arrows(self.tracks, 6.0)] if self.tracks else []
        if layer == "photos":
            return list(photos_of(plan, self.tracks))
        if self._session.is_draft and layer == "gaps":
            return []  # a rough plan has gaps that the plan will not have
        return self._coverage_items(plan, only_gaps=layer == "gaps")

    def _coverage_items(self, plan: Plan, *, only_gaps: bool) -> list[QGraphicsItem]:
        if self._coverage is None:
            if not self._counting.busy:
                self._counting.start(self._count(plan))
            return []
        counts, rect = self._coverage.counts, self._coverage.rect
        if only_gaps and not (counts == 0).any():
            return []
        image = coverage_image(counts, only_gaps=only_gaps)
        item = QGraphicsPixmapItem(QPixmap.fromImage(image))
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        item.setPos(rect.topLeft())
        item.setScale(rect.width() / image.width())
        item.setZValue(2.5)
        return [item]

    def _count(self, plan: Plan) -> Iterator[int]:
        """Count how often the ground is covered, then show it."""
        self._coverage = yield from count_coverage(plan, self.tracks, self._cut)
        for layer in ("coverage", "gaps"):
            self._fill(layer)
        self._show_items()

    # ------------------------------------------------------------------------------- what is flown

    def show_ghosts(self, *, on: bool) -> None:
        """Tell the preview apart from vehicles that are on the map too, or no longer."""
        self.ghosts = on
        for item in self._flying.values():
            item.be_ghost(on=on)

    def _show_time(self, time_s: float | None) -> None:
        pieces = [piece for piece in self._items.get("paths", []) if isinstance(piece, Piece)]
        for piece in pieces:
            flown = time_s is None or piece.ends_s <= time_s
            opacity = 1.0 if flown else FADED
            if piece.opacity() != opacity:
                piece.setOpacity(opacity)
                self.picture.touch(piece)
        if time_s is not None:
            self._move_fleet(time_s)
            return
        self._land()
        if self._fade():
            self.picture.draw_anew()

    def _move_fleet(self, time_s: float) -> None:
        for uav, moment in moments_at(self.tracks, time_s).items():
            item = self._flying.get(uav)
            if item is None:
                item = self._flying[uav] = FlyingUav(uav)
                item.be_ghost(on=self.ghosts)
                self._view.scene().addItem(item)
            item.setPos(moment.x, moment.y)
            height = value_text(round(moment.height_m), Quantity.LENGTH, self._view.units)
            item.say(height if moment.flying else "")
        for index, track in enumerate(self.tracks):
            self._show_partial(index, track, time_s)

    def _show_partial(self, index: int, track: Track, time_s: float) -> None:
        """Draw the flown part of the piece that is being flown."""
        partial = self._partial.get(index)
        if partial is None:
            partial = self._partial[index] = QGraphicsPathItem()
            partial.setPen(cosmetic_pen(sortie_colour(track), 2.6))
            partial.setZValue(5.5)
            self._view.scene().addItem(partial)
        if not track.time_s[0] < time_s < track.time_s[-1] or "paths" not in self.visible:
            partial.setPath(line_path(np.zeros((0, 2))))
            return
        last = int(np.searchsorted(track.time_s, time_s, side="right"))
        here = [np.interp(time_s, track.time_s, track.xy[:, k]) for k in (0, 1)]
        points = np.vstack([track.xy[max(last - 257, 0) : last], here])
        partial.setPath(line_path(points))

    # ----------------------------------------------------------------------------- what is pointed

    def words_at(self, at_px: QPointF) -> str | None:
        """Tell what flies under a pixel of the window: UAV, leg, height, time."""
        if not self.tracks or "paths" not in self.visible:
            return None
        point = self._view.to_map(at_px)
        found = nearest(self.tracks, point.x(), point.y())
        if found is None or found.gap * self._view.scale_px > HOVER_PX:
            return None
        return self._words(found)

    def _words(self, found: Near) -> str:
        track, units = self.tracks[found.track], self._view.units
        height = value_text(found.height_m, Quantity.LENGTH, units)
        speed = value_text(float(track.speed_m_s[found.leg]), Quantity.SPEED, units)
        number = self._item_number(found)
        what = [
            track.name,
            tr("flight {0}", track.number),
            tr("leg {0} of {1}", found.leg + 1, len(track.kind)),
            *([tr("to item {0}", number)] if number >= 0 else []),
            leg_words(int(track.kind[found.leg])),
        ]
        how = [f"{tr('height')} {height}", time_text(found.time_s), speed]
        above_m = self.above_ground_m(track.uav, track.number, found.height_m, found.time_s)
        if above_m is not None:
            above = value_text(round(above_m), Quantity.LENGTH, units)
            how.insert(1, tr("{0} above the ground", above))
        return f"{' · '.join(what)}\n{' · '.join(how)}"

    def _item_number(self, found: Near) -> int:
        """Find the number of the item to which a leg leads; -1 where it is none or unknown."""
        if self._plan is None:
            return -1
        numbers = self._numbers.get(found.track)
        if numbers is None:
            track = self.tracks[found.track]
            sortie = next(
                s for s in self._plan.sorties if (s.uav, s.number) == (track.uav, track.number)
            )
            numbers = self._numbers[found.track] = engine.item_numbers(self._plan, sortie)
        return int(numbers[found.leg])
