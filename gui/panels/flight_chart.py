"""Heights of the whole fleet over time, and a lane of its flights for each UAV."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.i18n import tr
from gui.map.pieces import sortie_colour
from gui.panels.time_chart import BOTTOM_PX, TimeChart
from gui.settings import Settings
from gui.tracks import Track, end_s

LANE_PX, LEAST_LANE_PX = 15, 11
LEAST_HEIGHTS_PX = 34
"""Height that the curves are given at least, over the lanes."""
LEAST_LEFT_PX, MOST_LEFT_PX = 64, 150


class FlightChart(TimeChart):
    """Heights over time, and a lane of sorties for each UAV."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.fit_height()
        self.setAccessibleName(tr("Heights and flights over time"))

    def show_tracks(self, tracks: list[Track]) -> None:
        super().show_tracks(tracks)
        self.fit_height()

    def fit_height(self) -> None:
        """Be high enough for a lane for each UAV: where there is less room, it is scrolled."""
        lanes = self._lanes() * LEAST_LANE_PX
        self.setMinimumHeight(max(96, lanes + LEAST_HEIGHTS_PX + BOTTOM_PX + 12))

    def _lanes(self) -> int:
        return len({track.uav for track in self.tracks})

    def lane_px(self) -> float:
        """Height of a lane: less where there are many."""
        room = self.height() - BOTTOM_PX - LEAST_HEIGHTS_PX - 12
        return min(LANE_PX, room / max(self._lanes(), 1))

    def left_px(self) -> int:
        """Width of the names before the lanes: as long as the longest, within reason."""
        widths = [self.fontMetrics().horizontalAdvance(track.name) for track in self.tracks]
        return min(max([LEAST_LEFT_PX, *(width + 12 for width in widths)]), MOST_LEFT_PX)

    def plot(self) -> QRectF:
        """Where the heights are drawn, in pixels."""
        height = self.height() - self._lanes() * self.lane_px() - BOTTOM_PX - 12
        left = self.left_px()
        return QRectF(left, 6, max(self.width() - left - 12, 10), max(height, 10))

    def paint_flights(self, painter: QPainter) -> None:
        self._paint_heights(painter)
        self._paint_lanes(painter)

    def _paint_heights(self, painter: QPainter) -> None:
        plot = self.plot()
        top_m = self.top_m(max(float(track.height_m.max()) for track in self.tracks))
        self.paint_grid(painter, 0.0, top_m)
        for track in self.tracks:
            x = plot.left() + plot.width() * track.time_s / max(end_s(self.tracks), 1e-9)
            heights = plot.bottom() - track.height_m / top_m * plot.height()
            keep = _few(x, heights)
            painter.setPen(QPen(sortie_colour(track), 1.8))
            points = [
                QPointF(a, b) for a, b in zip(x[keep].tolist(), heights[keep].tolist(), strict=True)
            ]
            painter.drawPolyline(QPolygonF(points))

    def _paint_lanes(self, painter: QPainter) -> None:
        """Draw a bar for each sortie: who flies when."""
        plot, high = self.plot(), self.lane_px()
        top = plot.bottom() + 6
        lanes = {uav: lane for lane, uav in enumerate(sorted({t.uav for t in self.tracks}))}
        if high < LANE_PX - 2:
            font = painter.font()
            font.setPixelSize(max(round(high) - 1, 7))
            painter.setFont(font)
        metrics = painter.fontMetrics()
        for track in self.tracks:
            y = top + lanes[track.uav] * high
            left, right = self.x_of(float(track.time_s[0])), self.x_of(float(track.time_s[-1]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(sortie_colour(track))
            gap = min(4.0, high / 4)
            painter.drawRoundedRect(QRectF(left, y, max(right - left, 2), high - gap), 3, 3)
            painter.setPen(QColor(self.theme.text))
            room = round(plot.left()) - 10
            name = metrics.elidedText(track.name, Qt.TextElideMode.ElideRight, room)
            box = QRectF(0, y - gap / 2, plot.left() - 6, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


def _few(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Which points are needed at this size: those where the height changes, and the ends."""
    bend = np.abs(np.diff(np.diff(y))) > 1e-6
    keep = np.concatenate([[True], bend, [True]]) if len(y) > 2 else np.ones(len(y), dtype=bool)
    return np.flatnonzero(keep)
