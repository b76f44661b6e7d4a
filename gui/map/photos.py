"""The ground that each photo of a plan shows."""

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui import engine
from gui.map.mission_layer import cosmetic_pen
from gui.map.pieces import sortie_colour
from gui.map.plan_items import Overlay
from gui.tracks import Track, metres_at, photo_points
from mcpp.model import FloatArray, Plan

GAP_PX = 16.0
"""Photos of a line stand no nearer to each other on the screen: of nearer ones, each second, each
fourth and so on is drawn."""
MOST_PHOTOS = 4000
DOT_PX = 2.2
LEAST_PX = 5.0
"""Photos that are smaller on the screen are not drawn."""


class Photos(Overlay):
    """The outlines of the photos of one flight.

    Parameters
    ----------
    distance
        Between two photos, in map units.
    corners
        Of a photo about the place where it is taken, shape (4, 2), in map units: how far ahead of
        it, and how far to the right.
    heading_deg
        Of the nose, from north; None is along the flight.
    """

    def __init__(
        self, track: Track, distance: float, corners: FloatArray, heading_deg: float | None = None
    ) -> None:
        super().__init__([track], 4.2)
        self._distance = distance
        self._reach = float(np.hypot(corners[:, 0], corners[:, 1]).max())
        self._size = float(np.ptp(corners, axis=0).max())
        self.points, ahead = photo_points(track, distance)
        if heading_deg is not None:
            turned = math.radians(heading_deg)
            ahead = np.tile([math.sin(turned), -math.cos(turned)], (len(self.points), 1))
        right = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)  # the map's y runs south
        self.outlines: FloatArray = (
            self.points[:, None, :]
            + corners[None, :, :1] * ahead[:, None, :]
            + corners[None, :, 1:] * right[:, None, :]
        )
        self.legs = len(self.points)
        self._bounds = self._bounds.adjusted(-self._reach, -self._reach, self._reach, self._reach)

    def every(self, scale_px: float) -> int:
        """Tell which photos are drawn where a map unit has so many pixels: all, each second, ..."""
        gap_px = self._distance * scale_px
        return 1 if gap_px >= GAP_PX else int(2 ** math.ceil(math.log2(GAP_PX / gap_px)))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = painter.worldTransform().m11()
        if self._size * scale < LEAST_PX:
            return
        (track,) = self.tracks
        every = self.every(scale)
        seen = self.seen(self.points[::every], option, self._reach)
        shown = np.flatnonzero(seen)[:MOST_PHOTOS] * every
        colour = sortie_colour(track)
        colour.setAlpha(120)
        painter.setPen(cosmetic_pen(colour, 1.0))
        colour.setAlpha(7)
        painter.setBrush(colour)
        for outline in self.outlines[shown].tolist():
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in outline]))
        self._paint_places(painter, shown)

    def _paint_places(self, painter: QPainter, shown: npt.NDArray[np.intp]) -> None:
        """Draw a dot where each photo is taken, in pixels.

        `QPainter.drawPoints` with a pen of several pixels paints bands under a large scale.
        """
        transform = painter.worldTransform()
        places = self.points[shown] * transform.m11() + (transform.dx(), transform.dy())
        painter.save()
        painter.resetTransform()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(sortie_colour(self.tracks[0]))
        for x, y in places.tolist():
            painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)
        painter.restore()


def photos_of(plan: Plan, tracks: list[Track]) -> list[Photos]:
    """Make the photos of all flights that take some.

    Parameters
    ----------
    tracks
        The plan's flights on the map.
    """
    per_m = 1.0 / metres_at(plan)
    made = []
    for track in tracks:
        vehicle = plan.problem.vehicles[track.uav]
        if vehicle.trigger_distance_m:
            corners = engine.photo_corners_m(plan, track.uav) * per_m
            heading_deg = vehicle.heading_deg if vehicle.heading == "fixed" else None
            distance = vehicle.trigger_distance_m * per_m
            made.append(Photos(track, distance, corners, heading_deg))
    return made
