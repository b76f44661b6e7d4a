"""The tool that selects and edits: corners, edges, whole shapes, UAVs."""

from dataclasses import replace
from itertools import count
from typing import Literal

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from gui import edits
from gui.edits import ShapeRef
from gui.i18n import tr
from gui.map import geometry
from gui.map.handles import paint_corners, paint_cross, paint_middles
from gui.map.mission_layer import MARKER_PX, MissionLayer
from gui.map.tools import Tool
from gui.map.view import MapView
from gui.session import Session
from gui.units import area_text, length_text
from mcpp.model import CircleZone, FloatArray, Mission

REACH_PX = 13
"""Gloves are no needles: a handle is hit within this distance."""
MOST_HANDLES = 2000
NUDGE_PX = 2

Part = Literal["corner", "edge", "whole", "rim"]
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SelectTool(Tool):
    """Selects by click; drags corners, the mark between two corners, the cross, and UAVs.

    Signals
    -------
    insert_wanted
        A corner shall be inserted after the selected one.
    """

    insert_wanted = Signal()

    def __init__(self, session: Session, view: MapView, layer: MissionLayer) -> None:
        super().__init__(session, view, layer)
        self.cursor = Qt.CursorShape.ArrowCursor
        self._drag: tuple[ShapeRef, Part] | None = None
        self._drag_from = QPointF()
        self._drag_ring: FloatArray = np.zeros((0, 2))
        self._drags = count()
        self._drag_key = ""

    def enter(self) -> None:
        self._drag = None
        self.hint_changed.emit("")

    def leave(self) -> None:
        self._drag = None
        self._snapped = None

    # ------------------------------------------------------------------------------ what is where

    def _pixels(self, ref: ShapeRef) -> FloatArray:
        ring = self.layer.rings.get(ref)
        if ring is None or not len(ring):
            return np.zeros((0, 2))
        transform = self.view.viewportTransform()
        corner: FloatArray = np.array([transform.dx(), transform.dy()])
        return np.add(ring * self.view.scale_px, corner)

    def circle(self, ref: ShapeRef) -> CircleZone | None:
        """Give the zone that `ref` names where it is round."""
        if ref.kind != "zone" or not edits.exists(self.session.mission, ref):
            return None
        zone = self.session.mission.no_fly_zones[ref.index]
        return zone if isinstance(zone, CircleZone) else None

    def cross_px(self, ref: ShapeRef) -> QPointF:
        """Where the handle that moves the whole shape stands."""
        return QPointF(*geometry.middle_of(self._pixels(ref)))

    def handle_at(self, at: QPointF) -> tuple[ShapeRef, Part] | None:
        """Find the handle under a pixel: UAVs first, then those of the selected shape."""
        for ref in reversed(list(self.layer.rings)):
            if ref.kind != "uav":
                continue
            pixels = self._pixels(ref)
            if len(pixels) and _near(at, pixels, MARKER_PX + 3) is not None:
                return (ref, "whole")
        selected = self.session.selection
        if selected is None or selected.kind == "uav" or selected.whole() not in self.layer.rings:
            return None
        ref = selected.whole()
        pixels = self._pixels(ref)
        if self.circle(ref) is not None:
            return self._circle_handle(at, ref, pixels)
        corner = _near(at, pixels, REACH_PX)
        if corner is not None:
            return (replace(ref, vertex=corner), "corner")
        if len(pixels) <= MOST_HANDLES:
            middles = (pixels + np.roll(pixels, -1, axis=0)) / 2
            edge = _near(at, middles, REACH_PX - 3)
            if edge is not None:
                return (replace(ref, vertex=edge), "edge")
        if (self.cross_px(ref) - at).manhattanLength() < 1.4 * REACH_PX:
            return (ref, "whole")
        return None

    def _circle_handle(
        self, at: QPointF, ref: ShapeRef, pixels: FloatArray
    ) -> tuple[ShapeRef, Part] | None:
        rim = pixels[len(pixels) // 4]  # east
        if (QPointF(*rim) - at).manhattanLength() < 1.4 * REACH_PX:
            return (ref, "rim")
        if (self.cross_px(ref) - at).manhattanLength() < 1.4 * REACH_PX:
            return (ref, "whole")
        return None

    def shape_at(self, at: QPointF) -> ShapeRef | None:
        """Find the topmost shape whose inside or border is under a pixel."""
        for ref in reversed(list(self.layer.rings)):
            pixels = self._pixels(ref)
            if not len(pixels):
                continue
            if ref.kind == "uav":
                if _near(at, pixels, MARKER_PX + 3) is not None:
                    return ref
            elif ref.kind == "hole":
                if geometry.nearest_edge(at.x(), at.y(), pixels)[0] < REACH_PX:
                    return ref
            elif (
                geometry.inside(at.x(), at.y(), pixels)
                or geometry.nearest_edge(at.x(), at.y(), pixels)[0] < REACH_PX / 2
            ):
                return ref
        return None

    # ----------------------------------------------------------------------------------- the mouse

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        found = self.handle_at(at)
        if found is None:
            return False
        ref, part = found
        if part == "edge":
            self._insert(ref, at)
            ref, part = replace(ref, vertex=(ref.vertex or 0) + 1), "corner"
        self._drag = (ref, part)
        self._drag_from = at
        self._drag_ring = self.layer.rings[ref.whole()]
        if part != "corner" or ref.vertex is None or found[1] == "corner":
            self._drag_key = f"drag {next(self._drags)}"
        self.session.select(ref)
        return True

    def _insert(self, ref: ShapeRef, at: QPointF) -> None:
        at_corner = (ref.vertex or 0) + 1
        self._drag_key = f"drag {next(self._drags)}"
        changed = edits.insert_vertex(
            self.session.mission, ref.whole(), at_corner, self.view.place_at(at)
        )
        self.session.edit(tr("Insert corner"), changed, merge=self._drag_key)

    def move(self, at: QPointF, keys: Qt.KeyboardModifier, *, pressed: bool) -> None:
        if not pressed or self._drag is None:
            found = self.handle_at(at)
            if found is not None:
                self.cursor = (
                    Qt.CursorShape.SizeAllCursor
                    if found[1] == "whole"
                    else Qt.CursorShape.PointingHandCursor
                )
            else:
                self.cursor = Qt.CursorShape.ArrowCursor
            return
        ref, part = self._drag
        if part == "corner":
            place = self.view.place_at(self.snapped(at, keys))
            self._edit(tr("Move corner"), edits.move_vertex(self.session.mission, ref, place))
        elif part == "rim":
            self._resize(ref, at)
        else:
            self._shift(ref, at - self._drag_from)

    def _resize(self, ref: ShapeRef, at: QPointF) -> None:
        zone = self.circle(ref)
        if zone is None:
            return
        radius_m = geometry.distance_m(zone.center_lon_lat_deg, self.view.place_at(at))
        changed = edits.change_zone(
            self.session.mission, ref.index, radius_m=round(max(radius_m, 0.5), 1)
        )
        self._edit(tr("Resize circle"), changed)

    def _shift(self, ref: ShapeRef, by_px: QPointF) -> None:
        """Move the ring as it was at the press, on the map: its shape on the screen stays."""
        by = np.array([by_px.x(), by_px.y()]) / self.view.scale_px
        ring = self._drag_ring + by
        if self.circle(ref) is not None:
            ring = np.array([geometry.middle_of(ring)])
        places = tuple((float(x), float(y)) for x, y in self.view.projection.to_lon_lat(ring))
        text = tr("Move UAV") if ref.kind == "uav" else tr("Move shape")
        self._edit(text, edits.with_ring(self.session.mission, ref, places))

    def _edit(self, text: str, mission: Mission) -> None:
        self.session.edit(text, mission, merge=self._drag_key)

    def release(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self._drag = None
        self._snapped = None

    def click(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.session.select(self.shape_at(at))

    def double(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        """Insert a corner where an edge of the selected shape is double-clicked."""
        selected = self.session.selection
        if selected is None or selected.kind == "uav" or self.circle(selected) is not None:
            return False
        if self.handle_at(at) is not None:
            return True
        pixels = self._pixels(selected.whole())
        gap, edge, foot = geometry.nearest_edge(at.x(), at.y(), pixels)
        if gap < REACH_PX:
            self._insert(replace(selected, vertex=edge), QPointF(*foot))
            self.session.select(replace(selected, vertex=edge + 1))
            return True
        return False

    def menu(self, at: QPointF, on_screen: QPoint) -> None:
        handle = self.handle_at(at)
        if handle is not None and handle[1] != "edge":
            self.session.select(handle[0])
        else:
            self.session.select(self.shape_at(at))
        self.menu_wanted.emit(on_screen)

    def may_snap_to(self, ref: ShapeRef) -> bool:
        return super().may_snap_to(ref) and (self._drag is None or ref != self._drag[0].whole())

    # ------------------------------------------------------------------------------------ the keys

    def key(self, event: QKeyEvent) -> bool:
        key, selected = Qt.Key(event.key()), self.session.selection
        if key in {Qt.Key.Key_N, Qt.Key.Key_P} and not event.modifiers():
            self._next_shape(1 if key == Qt.Key.Key_N else -1)
            return True
        if selected is None:
            return False
        if key == Qt.Key.Key_I and not event.modifiers():
            self.insert_wanted.emit()
            return True
        if key == Qt.Key.Key_Escape:
            self.session.select(None if selected.vertex is None else selected.whole())
            return True
        if key in {Qt.Key.Key_Comma, Qt.Key.Key_Period} and self.circle(selected) is None:
            corners = len(self.layer.rings[selected.whole()])
            step = 1 if key == Qt.Key.Key_Period else -1
            now = -1 if selected.vertex is None else selected.vertex
            if selected.kind != "uav" and corners:
                self.session.select(replace(selected, vertex=(now + step) % corners))
            return True
        if key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            right, down = _STEPS[key]
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            self._nudge(selected, QPointF(right, down) * NUDGE_PX * far)
            return True
        return False

    def _next_shape(self, step: int) -> None:
        refs = list(self.layer.rings)
        if refs:
            selected = self.session.selection
            at = refs.index(selected.whole()) if selected and selected.whole() in refs else -step
            self.session.select(refs[(at + step) % len(refs)])

    def _nudge(self, ref: ShapeRef, by_px: QPointF) -> None:
        self._drag_key = f"nudge {ref}"
        self._drag_ring = self.layer.rings[ref.whole()]
        if not len(self._drag_ring):
            return
        if ref.vertex is None or ref.kind == "uav":
            self._shift(ref.whole(), by_px)
            return
        x, y = self._drag_ring[ref.vertex]
        place = self.view.place_at(self.view.to_window(x, y) + by_px)
        self._edit(tr("Move corner"), edits.move_vertex(self.session.mission, ref, place))

    # ------------------------------------------------------------------------------------- handles

    def paint(self, painter: QPainter) -> None:
        selected = self.session.selection
        self.paint_snap(painter)
        if selected is None or selected.kind == "uav" or selected.whole() not in self.layer.rings:
            return
        pixels = self._pixels(selected.whole())
        if self.circle(selected) is not None:
            paint_corners(painter, self.view.theme, pixels[len(pixels) // 4][None], None)
        elif len(pixels) <= MOST_HANDLES:
            seen = QRectF(self.view.viewport().rect()).adjusted(-20, -20, 20, 20)
            middles = (pixels + np.roll(pixels, -1, axis=0)) / 2
            lengths = np.hypot(*(pixels - np.roll(pixels, -1, axis=0)).T)
            paint_middles(painter, self.view.theme, middles[lengths > 4 * REACH_PX], seen)
            paint_corners(painter, self.view.theme, pixels, selected.vertex)
        paint_cross(painter, self.view.theme, self.cross_px(selected.whole()))
        self._paint_size(painter, selected.whole())

    def _paint_size(self, painter: QPainter, ref: ShapeRef) -> None:
        units = self.view.units
        zone = self.circle(ref)
        if zone is not None:
            text = f"{tr('radius')} {length_text(zone.radius_m, units)}"
        else:
            ring = edits.ring_of(self.session.mission, ref)
            if len(ring) > MOST_HANDLES:
                return
            text = area_text(geometry.area_m2(ring), units)
            text += "  ·  " + length_text(geometry.perimeter_m(ring), units)
        if ref in self.layer.crossing:
            return  # the window says so, and an area means nothing then
        if ref.kind == "zone" and (name := self.session.mission.no_fly_zones[ref.index].name):
            text = f"{name}  ·  {text}"
        self.write(painter, self.cross_px(ref) + QPointF(0, 14), text)


def _near(at: QPointF, pixels: FloatArray, within: float) -> int | None:
    gaps = np.hypot(pixels[:, 0] - at.x(), pixels[:, 1] - at.y())
    nearest = int(gaps.argmin())
    return nearest if gaps[nearest] <= within else None
