"""Where the handles of the selected shape stand on the screen, and which one is under a pixel."""

import math
from dataclasses import replace
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from gui import edits
from gui.edits import ShapeRef
from gui.map import geometry
from gui.map.markers import MARKER_PX
from gui.map.mission_layer import MissionLayer
from gui.map.view import MapView
from gui.session import Session
from mcpp.model import CircleZone, FloatArray

REACH_PX = 13
"""Gloves are no needles: a handle is hit within this distance."""
MOST_HANDLES = 2000
APART_PX = 30.0
"""Handles that move a whole shape keep this distance from those of its corners and edges."""
COURSE_PX = 62.0
"""Length of the arm that shows which way survey lines run."""
_EDGE_PX = 44.0
_ROOMY_PX = 150.0
NAME_PX = 18
"""How far the name of a zone or of ground for the crew may reach beyond it."""
Part = Literal["corner", "edge", "whole", "rim", "turn", "course"]


class ShapeHandles:
    """Finds handles from what is selected and what is seen."""

    def __init__(self, session: Session, view: MapView, layer: MissionLayer) -> None:
        self.session = session
        self.view = view
        self.layer = layer
        self.reach_px = float(REACH_PX)

    def pixels(self, ref: ShapeRef) -> FloatArray:
        """Corners of a shape in pixels of the window, shape (n, 2)."""
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

    def rim(self, ref: ShapeRef) -> QPointF:
        """Where the handle that resizes a circle stands: in the east."""
        pixels = self.pixels(ref)
        return QPointF(*pixels[len(pixels) // 4])

    def cross(self, ref: ShapeRef) -> QPointF:
        """Where the handle that moves the whole shape stands: on no corner, and in sight."""
        pixels = self.pixels(ref)
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        if min(high - low) < _ROOMY_PX:
            return QPointF(float(high[0]) + _EDGE_PX, float(low[1] + high[1]) / 2)
        seen = QRectF(self.view.viewport().rect())
        middle = QPointF(
            min(max(float(low[0] + high[0]) / 2, seen.left() + 90), seen.right() - 120),
            min(max(float(low[1] + high[1]) / 2, seen.top() + 90), seen.bottom() - 90),
        )
        taken = self.taken(ref, pixels)
        zones = self._zones(ref)
        steps = [(dx, dy) for dy in (0, 46, -46, 92, -92) for dx in (0, 70, -70, 140, -140)]
        spots = [middle + QPointF(dx, dy) for dx, dy in sorted(steps, key=_longest)]
        spots = [s for s in spots if not any(zone.intersects(self._around(s)) for zone in zones)]
        return next((spot for spot in spots if self._is_free(spot, taken)), middle)

    def _zones(self, ref: ShapeRef) -> list[QRectF]:
        """Where other shapes in this one are, with their names."""
        found = []
        for other in self.layer.rings:
            if other.kind in {"crew", "zone"} and other != ref:
                pixels = self.pixels(other)
                low, high = pixels.min(axis=0), pixels.max(axis=0)
                box = QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))
                found.append(box.adjusted(-NAME_PX, -8, NAME_PX, 8))
        return found

    @staticmethod
    def _around(cross: QPointF) -> QRectF:
        """Give the room of the handles that move, turn and choose a course, and of words there."""
        return QRectF(cross + QPointF(-20, -20), cross + QPointF(COURSE_PX + 14, 34))

    def taken(self, ref: ShapeRef, pixels: FloatArray) -> FloatArray:
        """Where other handles stand, shape (m, 2)."""
        if self.circle(ref) is not None or len(pixels) > MOST_HANDLES:
            return pixels[:1]
        return np.concatenate([pixels, self.middles(ref, pixels)[0]])

    def middles(self, ref: ShapeRef, pixels: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Give the middles of a shape's edges, shape (m, 2), and their lengths, shape (m,)."""
        after = np.roll(pixels, -1, axis=0)
        middles, lengths = (pixels + after) / 2, np.hypot(*(pixels - after).T)
        if edits.is_line(self.session.mission, ref):
            return middles[:-1], lengths[:-1]
        return middles, lengths

    def edge_at(self, ref: ShapeRef, at: QPointF) -> tuple[float, int, tuple[float, float]]:
        """Find the edge of a shape nearest to a pixel: distance, its number, the foot on it."""
        pixels = self.pixels(ref)
        count = len(pixels)
        if not edits.is_line(self.session.mission, ref):
            return geometry.nearest_edge(at.x(), at.y(), pixels)
        there_and_back = np.concatenate([pixels, pixels[-2:0:-1]])
        gap, edge, foot = geometry.nearest_edge(at.x(), at.y(), there_and_back)
        return gap, min(edge, max(2 * count - 3 - edge, 0)), foot

    def _is_free(self, cross: QPointF, taken: FloatArray) -> bool:
        turn = self.turn_by(cross)
        return all(
            np.hypot(taken[:, 0] - spot.x(), taken[:, 1] - spot.y()).min() >= APART_PX
            for spot in (cross, turn)
        )

    @staticmethod
    def turn_by(cross: QPointF) -> QPointF:
        """Where the handle that turns stands: beside the one that moves."""
        return cross + QPointF(34, 0)

    def course_deg(self) -> float | None:
        """Direction of the survey lines from north, where somebody has given one."""
        mission = self.session.mission
        if mission.direction_deg is not None:
            return mission.direction_deg % 180
        place = mission.direction_edge_lon_lat_deg
        if place is None:
            return None
        x, y = self.view.projection.point(place)
        best = math.inf, 0.0
        for ref, ring in self.layer.rings.items():
            if ref.kind in {"area", "hole"} and len(ring) > 1:
                gap, edge, _ = geometry.nearest_edge(x, y, ring)
                step = ring[(edge + 1) % len(ring)] - ring[edge]
                best = min(best, (gap, math.degrees(math.atan2(step[0], -step[1])) % 180))
        return None if best[0] == math.inf else best[1]

    def course_by(self, cross: QPointF) -> QPointF:
        """Where the knob stands that chooses which way the lines run."""
        course = self.course_deg()
        angle = math.radians(90.0 if course is None else course)
        return cross + QPointF(math.sin(angle), -math.cos(angle)) * COURSE_PX

    def uav_at(self, at: QPointF) -> ShapeRef | None:
        """Find the UAV under a pixel."""
        for ref in reversed(list(self.layer.rings)):
            pixels = self.pixels(ref)
            within = MARKER_PX - REACH_PX + 3 + self.reach_px
            if ref.kind == "uav" and len(pixels) and near(at, pixels, within) is not None:
                return ref
        return None

    def at(self, at: QPointF) -> tuple[ShapeRef, Part] | None:
        """Find the handle under a pixel: UAVs first, then those of the selected shape."""
        uav = self.uav_at(at)
        if uav is not None:
            return (uav, "whole")
        selected = self.session.selection
        if selected is None or selected.kind == "uav" or selected.whole() not in self.layer.rings:
            return None
        ref = selected.whole()
        pixels = self.pixels(ref)
        reach = self.reach_px
        if self.circle(ref) is not None:
            if _far(self.rim(ref), at) < reach:
                return (ref, "rim")
        elif (corner := near(at, pixels, reach)) is not None:
            return (replace(ref, vertex=corner), "corner")
        elif len(pixels) <= MOST_HANDLES:
            middles, _ = self.middles(ref, pixels)
            if len(middles) and (edge := near(at, middles, reach - 3)) is not None:
                return (replace(ref, vertex=edge), "edge")
        cross = self.cross(ref)
        if ref.kind == "area" and _far(self.course_by(cross), at) < reach:
            return (ref, "course")
        if _far(self.turn_by(cross), at) < reach:
            return (ref, "turn")
        return (ref, "whole") if _far(cross, at) < reach else None


def near(at: QPointF, pixels: FloatArray, within: float) -> int | None:
    """Find the point nearest to a pixel, shape (n, 2), within a distance."""
    gaps = np.hypot(pixels[:, 0] - at.x(), pixels[:, 1] - at.y())
    nearest = int(gaps.argmin())
    return nearest if gaps[nearest] <= within else None


def _longest(step: tuple[int, int]) -> float:
    return math.hypot(*step)


def _far(one: QPointF, other: QPointF) -> float:
    step = one - other
    return math.hypot(step.x(), step.y())
