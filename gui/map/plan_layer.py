"""The plan on the map: regions, paths, arrows, photos, coverage, and the fleet in flight."""

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QGraphicsPixmapItem

from gui.i18n import tr
from gui.map.coverage_image import coverage_counts, coverage_image
from gui.map.mission_layer import cosmetic_pen
from gui.map.plan_items import (
    Arrows,
    FlyingUav,
    Photos,
    Piece,
    line_path,
    pieces_of,
    rings_path,
    sortie_colour,
)
from gui.map.view import MapView
from gui.session import Session
from gui.theme import uav_colour
from gui.tracks import Track, metres_at, moments_at, nearest, regions_of, tracks_of
from gui.units import Quantity, time_text, value_text
from mcpp.model import LegKind, Plan

LAYERS = ("regions", "paths", "arrows", "photos", "coverage", "gaps")
SHOWN_AT_FIRST = frozenset({"regions", "paths", "arrows", "gaps"})
HOVER_PX = 8.0
FADED = 0.3


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
        self._flying: dict[int, FlyingUav] = {}
        self._partial: dict[int, QGraphicsPathItem] = {}
        self._cut = view.projection
        session.plan_changed.connect(self.refresh)
        session.time_changed.connect(self._show_time)
        self.refresh()

    def set_visible(self, layer: str, *, on: bool) -> None:
        """Show or hide a layer."""
        (self.visible.add if on else self.visible.discard)(layer)
        self._fill(layer)

    def refresh(self) -> None:
        """Show the session's plan, if it is another than the one that is shown."""
        plan = self._session.plan
        if plan is not self._plan or self._cut != self._view.projection:
            self._clear()
            self._plan, self._cut = plan, self._view.projection
            self.tracks = [] if plan is None else tracks_of(plan, self._cut)
            for layer in LAYERS:
                self._fill(layer)
            self._show_time(self._session.time_s)
            self.rebuilt.emit()
        self._fade()

    def _fade(self) -> None:
        """Show pale what does not fit the mission any longer."""
        stale = self._session.finished is None and not self._session.is_draft
        for items in self._items.values():
            for item in items:
                if not isinstance(item, Piece) or self._session.time_s is None:
                    item.setOpacity(FADED if stale else 1.0)

    def _clear(self) -> None:
        scene = self._view.scene()
        for items in self._items.values():
            for item in items:
                scene.removeItem(item)
        for moving in (*self._flying.values(), *self._partial.values()):
            scene.removeItem(moving)
        self._items, self._flying, self._partial = {}, {}, {}

    def _fill(self, layer: str) -> None:
        for item in self._items.pop(layer, []):
            self._view.scene().removeItem(item)
        if layer in self.visible and self._plan is not None:
            items = self._make(layer, self._plan)
            for item in items:
                self._view.scene().addItem(item)
            self._items[layer] = items
        self._fade()
        self._view.viewport().update()
        self.changed.emit()

    def has(self, layer: str) -> bool:
        """Whether something of a layer is on the map."""
        return bool(self._items.get(layer))

    def _make(self, layer: str, plan: Plan) -> list[QGraphicsItem]:
        if layer == "regions":
            return self._region_items(plan)
        if layer == "paths":
            return [piece for track in self.tracks for piece in pieces_of(track)]
        if layer == "arrows":
            return [Arrows(self.tracks, 6.0)] if self.tracks else []
        if layer == "photos":
            return self._photo_items(plan)
        if self._session.is_draft and layer == "gaps":
            return []  # a rough plan has gaps that the plan will not have
        return self._coverage_items(plan, only_gaps=layer == "gaps")

    def _region_items(self, plan: Plan) -> list[QGraphicsItem]:
        items: list[QGraphicsItem] = []
        for uav, polygons in enumerate(regions_of(plan, self._cut)):
            item = QGraphicsPathItem(rings_path(polygons))
            fill = uav_colour(uav)
            fill.setAlpha(60)
            border = uav_colour(uav)
            border.setAlpha(150)
            item.setBrush(QBrush(fill))
            item.setPen(cosmetic_pen(border, 1.5))
            item.setZValue(2.0)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            items.append(item)
        return items

    def _photo_items(self, plan: Plan) -> list[QGraphicsItem]:
        per_m = 1.0 / metres_at(plan)
        vehicles = [plan.problem.vehicles[track.uav] for track in self.tracks]
        distances = [
            v.trigger_distance_m * per_m if v.trigger_distance_m else None for v in vehicles
        ]
        if not any(distances):
            return []
        return [Photos(self.tracks, distances, [2 * v.reach_m * per_m for v in vehicles])]

    def _coverage_items(self, plan: Plan, *, only_gaps: bool) -> list[QGraphicsItem]:
        counts, rect = coverage_counts(plan, self.tracks, self._cut)
        if only_gaps and not (counts == 0).any():
            return []
        image = coverage_image(counts, only_gaps=only_gaps)
        item = QGraphicsPixmapItem(QPixmap.fromImage(image))
        item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        item.setPos(rect.topLeft())
        item.setScale(rect.width() / image.width())
        item.setZValue(2.5)
        item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        return [item]

    # ------------------------------------------------------------------------------- what is flown

    def _show_time(self, time_s: float | None) -> None:
        pieces = [piece for piece in self._items.get("paths", []) if isinstance(piece, Piece)]
        for piece in pieces:
            flown = time_s is None or piece.ends_s <= time_s
            opacity = 1.0 if flown else FADED
            if piece.opacity() != opacity:
                piece.setOpacity(opacity)
        if time_s is None:
            for moving in (*self._flying.values(), *self._partial.values()):
                self._view.scene().removeItem(moving)
            self._flying, self._partial = {}, {}
            self._fade()
        else:
            self._move_fleet(time_s, pieces)
        self._view.viewport().update()

    def _move_fleet(self, time_s: float, pieces: list[Piece]) -> None:
        for uav, moment in moments_at(self.tracks, time_s).items():
            item = self._flying.get(uav)
            if item is None:
                item = self._flying[uav] = FlyingUav(uav)
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
        track = self.tracks[found.track]
        height = value_text(found.height_m, Quantity.LENGTH, self._view.units)
        flight = tr("flight {0}", track.number)
        return (
            f"{track.name} · {flight} · {leg_words(int(track.kind[found.leg]))}\n"
            f"{tr('height')} {height} · {time_text(found.time_s)}"
        )
