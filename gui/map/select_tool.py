"""The tool that selects and edits: corners, edges, whole shapes, UAVs, the way of the lines."""

import math
from dataclasses import replace
from itertools import count

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from gui import clips, edits
from gui.edits import ShapeRef
from gui.i18n import tr
from gui.map import geometry
from gui.map.along_words import along_text
from gui.map.handles import (
    paint_corners,
    paint_course,
    paint_cross,
    paint_middles,
    paint_turn,
)
from gui.map.mission_layer import MissionLayer
from gui.map.select_keys import take_key
from gui.map.shape_handles import MOST_HANDLES, REACH_PX, Part, ShapeHandles
from gui.map.tools import Tool
from gui.map.view import MapView
from gui.session import Session
from gui.units import area_text, length_text
from mcpp.model import LonLat, Mission, Ring

SHIFT = Qt.KeyboardModifier.ShiftModifier
SNAP_DEG = 2.0
"""The way of the lines is drawn to an edge's within this."""


class SelectTool(Tool):
    """Selects by click, Shift+click and a frame; drags handles and UAVs.

    Signals
    -------
    insert_wanted
        A corner shall be inserted after the selected one.
    """

    insert_wanted = Signal()

    def __init__(self, session: Session, view: MapView, layer: MissionLayer) -> None:
        super().__init__(session, view, layer)
        self.cursor = Qt.CursorShape.ArrowCursor
        self.handles = ShapeHandles(session, view, layer)
        self._drag: tuple[ShapeRef, Part] | None = None
        self._frame: QRectF | None = None
        self._from = QPointF()
        self._mission: Mission = session.mission
        self._about: LonLat = (0.0, 0.0)
        self._drags = count()
        self._drag_key = ""

    def enter(self) -> None:
        self._drag = self._frame = None
        self.hint_changed.emit("")

    def leave(self) -> None:
        self._drag = self._frame = None
        self._snapped = None

    def handle_at(self, at: QPointF) -> tuple[ShapeRef, Part] | None:
        """Find the handle under a pixel."""
        return self.handles.at(at)

    def shape_at(self, at: QPointF) -> ShapeRef | None:
        """Find the topmost shape whose inside or border is under a pixel."""
        uav = self.handles.uav_at(at)
        if uav is not None:
            return uav
        for ref in reversed(list(self.layer.rings)):
            pixels = self.handles.pixels(ref)
            if not len(pixels) or ref.kind == "uav":
                continue
            gap = self.handles.edge_at(ref, at)[0]
            if ref.kind == "hole":
                if gap < REACH_PX:
                    return ref
            elif ref in self.layer.grounds:
                if gap < REACH_PX or self._is_on_ground(ref, at):
                    return ref
            elif gap < REACH_PX / 2 or geometry.inside(at.x(), at.y(), pixels):
                return ref
        return None

    def _is_on_ground(self, ref: ShapeRef, at: QPointF) -> bool:
        """Whether a pixel lies on the ground of a corridor or structure."""
        point = self.view.to_map(at)
        rings = self.layer.grounds[ref]
        return sum(geometry.inside(point.x(), point.y(), ring) for ring in rings) % 2 == 1

    # ----------------------------------------------------------------------------------- the mouse

    def press(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        found = self.handle_at(at)
        self._from, self._mission = at, self.session.mission
        if keys & SHIFT:
            return self._press_more(at, found)
        if found is None:
            return False
        ref, part = found
        self._drag_key = f"drag {next(self._drags)}"
        if part == "edge":
            self._insert(ref, at)
            ref, part = replace(ref, vertex=(ref.vertex or 0) + 1), "corner"
        self._drag = (ref, part)
        self._mission = self.session.mission
        if part == "turn":
            self._about = clips.middle_of(self._mission, ref)
        if part == "corner" or ref not in self.session.chosen:
            self.session.select(ref)
        return True

    def _press_more(self, at: QPointF, found: tuple[ShapeRef, Part] | None) -> bool:
        """Add what is under the pointer to the selection; on free ground, begin a frame."""
        ref = found[0].whole() if found is not None else self.shape_at(at)
        if ref is not None:
            self.session.select_more(ref)
        else:
            self._frame = QRectF(at, at)
        self._drag = None
        return True

    def _insert(self, ref: ShapeRef, at: QPointF) -> None:
        changed = edits.insert_vertex(
            self.session.mission, ref.whole(), (ref.vertex or 0) + 1, self.view.place_at(at)
        )
        self.session.edit(tr("Insert corner"), changed, merge=self._drag_key)

    def move(self, at: QPointF, keys: Qt.KeyboardModifier, *, pressed: bool) -> None:
        if pressed and self._frame is not None:
            self._frame = QRectF(self._from, at).normalized()
        elif pressed and self._drag is not None:
            self._move_drag(*self._drag, at, keys)
        else:
            found = self.handle_at(at)
            self.cursor = Qt.CursorShape.ArrowCursor
            if found is not None:
                whole = found[1] == "whole"
                shapes = Qt.CursorShape
                self.cursor = shapes.SizeAllCursor if whole else shapes.PointingHandCursor

    def _move_drag(self, ref: ShapeRef, part: Part, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        if part == "corner":
            place = self.view.place_at(self.snapped(at, keys))
            self._edit(tr("Move corner"), edits.move_vertex(self.session.mission, ref, place))
        elif part == "rim":
            self._resize(ref, at)
        elif part == "turn":
            self._turn(at)
        elif part == "course":
            self._point_lines(ref, at)
        else:
            self._shift(ref, at - self._from)

    def _resize(self, ref: ShapeRef, at: QPointF) -> None:
        zone = self.handles.circle(ref)
        if zone is None:
            return
        radius_m = geometry.distance_m(zone.center_lon_lat_deg, self.view.place_at(at))
        changed = edits.change_zone(
            self.session.mission, ref.index, radius_m=round(max(radius_m, 0.5), 1)
        )
        self._edit(tr("Resize circle"), changed)

    def _turn(self, at: QPointF) -> None:
        """Turn what is selected, as it was at the press, by the angle that the hand has gone."""
        middle = self.view.to_window(*self.view.projection.point(self._about))
        angles = [math.atan2(p.y() - middle.y(), p.x() - middle.x()) for p in (self._from, at)]
        degrees = math.degrees(angles[1] - angles[0])
        changed = clips.turned(self._mission, self.session.chosen, self._about, degrees)
        self._edit(tr("Turn"), changed)

    def _point_lines(self, ref: ShapeRef, at: QPointF) -> None:
        """Let the survey lines run toward the pointer; an edge's direction draws them to it."""
        step = at - self.handles.cross(ref)
        course = math.degrees(math.atan2(step.x(), -step.y())) % 180
        pixels = self.handles.pixels(ref)
        sides = np.roll(pixels, -1, axis=0) - pixels
        edges = np.degrees(np.arctan2(sides[:, 0], -sides[:, 1])) % 180
        gaps = np.abs((edges - course + 90) % 180 - 90)
        near = int(gaps.argmin())
        if gaps[near] < SNAP_DEG:
            course = float(edges[near])
        changed = edits.change_mission(
            self.session.mission,
            direction_deg=round(course, 1) % 180,
            direction_edge_lon_lat_deg=None,
        )
        self._edit(tr("Choose the way of the lines"), changed)

    def _shift(self, ref: ShapeRef, by_px: QPointF) -> None:
        """Move what is selected as it was at the press: its shape on the screen stays."""
        by = np.array([by_px.x(), by_px.y()]) / self.view.scale_px
        projection = self.view.projection

        def move(ring: Ring) -> Ring:
            there = projection.to_lon_lat(projection.to_map(ring) + by)
            return tuple((float(x), float(y)) for x, y in there)

        chosen = self.session.chosen
        refs = chosen if ref in chosen else [ref]
        words = tr("Move UAV") if ref.kind == "uav" and len(refs) == 1 else tr("Move shape")
        self._edit(words, clips.moved(self._mission, refs, move))

    def _edit(self, text: str, mission: Mission) -> None:
        self.session.edit(text, mission, merge=self._drag_key)

    def release(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        frame, self._frame = self._frame, None
        self._drag = None
        self._snapped = None
        if frame is not None and max(frame.width(), frame.height()) > REACH_PX:
            self._select_within(frame)

    def _select_within(self, frame: QRectF) -> None:
        """Select all that lies whole in a frame."""
        refs = []
        for ref in self.layer.rings:
            pixels = self.handles.pixels(ref)
            if ref.kind != "hole" and len(pixels):
                corners = (QPointF(*pixels.min(axis=0)), QPointF(*pixels.max(axis=0)))
                refs += [ref] if all(frame.contains(corner) for corner in corners) else []
        self.session.select(refs[0] if refs else None, refs[1:])

    def click(self, at: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.session.select(self.shape_at(at))

    def double(self, at: QPointF, keys: Qt.KeyboardModifier) -> bool:
        """Insert a corner where an edge of the selected shape is double-clicked."""
        selected = self.session.selection
        if selected is None or edits.least_corners(self.session.mission, selected) == 1:
            return False
        if self.handle_at(at) is not None:
            return True
        gap, edge, foot = self.handles.edge_at(selected.whole(), at)
        if gap < REACH_PX:
            self._drag_key = f"drag {next(self._drags)}"
            self._insert(replace(selected, vertex=edge), QPointF(*foot))
            self.session.select(replace(selected, vertex=edge + 1))
            return True
        return False

    def menu(self, at: QPointF, on_screen: QPoint) -> None:
        """Select what is under the pointer, down to its corner or edge, and offer its menu."""
        handle = self.handle_at(at)
        ref = handle[0] if handle is not None else self.shape_at(at)
        if ref is not None and ref.kind in {"area", "hole"} and ref.vertex is None:
            pixels = self.handles.pixels(ref)
            gap, edge, _ = geometry.nearest_edge(at.x(), at.y(), pixels)
            ref = replace(ref, vertex=edge) if gap < REACH_PX else ref
        if ref is None or ref.whole() not in self.session.chosen or ref.vertex is not None:
            self.session.select(ref)
        self.menu_wanted.emit(on_screen)

    def may_snap_to(self, ref: ShapeRef) -> bool:
        return super().may_snap_to(ref) and (self._drag is None or ref != self._drag[0].whole())

    # ------------------------------------------------------------------------------------ the keys

    def key(self, event: QKeyEvent) -> bool:
        return take_key(self, event)

    def nudge(self, ref: ShapeRef, by_px: QPointF) -> None:
        """Move what is selected by a few pixels."""
        self._drag_key = f"nudge {ref}"
        self._mission = self.session.mission
        ring = self.layer.rings[ref.whole()]
        if not len(ring):
            return
        if ref.vertex is None or ref.kind == "uav":
            self._shift(ref.whole(), by_px)
            return
        x, y = ring[ref.vertex]
        place = self.view.place_at(self.view.to_window(x, y) + by_px)
        self._edit(tr("Move corner"), edits.move_vertex(self.session.mission, ref, place))

    # ------------------------------------------------------------------------------------- handles

    def paint(self, painter: QPainter) -> None:
        selected = self.session.selection
        self.paint_snap(painter)
        if self._frame is not None:
            fill = QColor(self.view.theme.accent)
            painter.setPen(QPen(fill, 1.5))
            fill.setAlpha(40)
            painter.setBrush(fill)
            painter.drawRect(self._frame)
        if selected is None or selected.kind == "uav" or selected.whole() not in self.layer.rings:
            return
        ref, theme = selected.whole(), self.view.theme
        pixels, cross = self.handles.pixels(ref), self.handles.cross(ref)
        self._paint_size(painter, ref, cross)  # first: no label lies over a handle
        if ref.kind == "area":
            course = self.handles.course_deg()
            paint_course(
                painter, theme, cross, self.handles.course_by(cross), given=course is not None
            )
        if self.handles.circle(ref) is not None:
            rim = self.handles.rim(ref)
            paint_corners(painter, theme, np.array([[rim.x(), rim.y()]]), None)
        elif len(pixels) <= MOST_HANDLES:
            seen = QRectF(self.view.viewport().rect()).adjusted(-20, -20, 20, 20)
            middles, lengths = self.handles.middles(ref, pixels)
            paint_middles(painter, theme, middles[lengths > 4 * REACH_PX], seen)
            paint_corners(painter, theme, pixels, selected.vertex)
        paint_cross(painter, theme, cross)
        paint_turn(painter, theme, self.handles.turn_by(cross))

    def _paint_size(self, painter: QPainter, ref: ShapeRef, cross: QPointF) -> None:
        units = self.view.units
        zone = self.handles.circle(ref)
        if zone is not None:
            text = f"{tr('radius')} {length_text(zone.radius_m, units)}"
        elif ref in self.layer.grounds:
            text = along_text(edits.along_of(self.session.mission, ref), units)
        else:
            ring = edits.ring_of(self.session.mission, ref)
            if len(ring) > MOST_HANDLES:
                return
            text = area_text(geometry.area_m2(ring), units)
            text += "  ·  " + length_text(geometry.perimeter_m(ring), units)
        if ref in self.layer.crossing:
            return  # the window says so, and an area means nothing then
        if name := edits.name_of(self.session.mission, ref):
            text = f"{name}  ·  {text}"
        self.write(painter, cross + QPointF(-28, 40), text)
