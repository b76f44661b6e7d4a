"""One UAV's height over time, with the ground under it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from gui.engine import GroundProfile
from gui.i18n import tr
from gui.map.pieces import sortie_colour
from gui.panels.time_chart import BOTTOM_PX, TimeChart
from gui.settings import Settings
from gui.tracks import Track
from gui.units import Quantity, time_text, value_text

LEFT_PX = 64
GROUND, GROUND_EDGE = "#b79b6c", "#7d6236"
LEAST_PX = 70


class ProfileChart(TimeChart):
    """Draws the flights of one UAV over the ground; the pointer tells its height above it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._uav: int | None = None
        self._profiles: list[GroundProfile] = []
        self._known = False
        self.setMinimumHeight(LEAST_PX)
        self.setMouseTracking(True)
        self.setToolTip("")
        self.setAccessibleName(tr("Height above the ground over time"))

    def show_uav(
        self, tracks: list[Track], uav: int | None, profiles: tuple[GroundProfile, ...], known: bool
    ) -> None:
        """Show one UAV.

        Parameters
        ----------
        tracks
            Those of all: the axis is that of the whole fleet.
        known
            Whether the heights of the ground are known; else it is drawn level.
        """
        self._uav = uav
        self._profiles = [profile for profile in profiles if profile.uav == uav]
        self._known = known
        self.show_tracks(tracks)

    def plot(self) -> QRectF:
        return QRectF(
            LEFT_PX, 6, max(self.width() - LEFT_PX - 12, 10), self.height() - BOTTOM_PX - 12
        )

    def _span_m(self) -> tuple[float, float]:
        """Choose the lowest and the highest height of the axis."""
        low_m = min((float(profile.ground_m.min()) for profile in self._profiles), default=0.0)
        high_m = max(
            (float(max(p.height_m.max(), p.ground_m.max())) for p in self._profiles), default=1.0
        )
        return -self.top_m(-low_m) if low_m < -0.5 else 0.0, self.top_m(high_m)

    def paint_flights(self, painter: QPainter) -> None:
        plot, (low_m, top_m) = self.plot(), self._span_m()

        def at(time_s: float, height_m: float) -> QPointF:
            part = (height_m - low_m) / (top_m - low_m)
            return QPointF(self.x_of(time_s), plot.bottom() - part * plot.height())

        for profile in self._profiles:
            times = profile.time_s.tolist()
            line = [at(*p) for p in zip(times, profile.ground_m.tolist(), strict=True)]
            feet = [QPointF(line[-1].x(), plot.bottom()), QPointF(line[0].x(), plot.bottom())]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(GROUND))
            painter.drawPolygon(QPolygonF([*line, *feet]))
            painter.setPen(QPen(QColor(GROUND_EDGE), 1.4))
            painter.drawPolyline(QPolygonF(line))
        self.paint_grid(painter, low_m, top_m)
        own = [track for track in self.tracks if track.uav == self._uav]
        for track in own:
            painter.setPen(QPen(sortie_colour(track), 1.8))
            ends = zip(track.time_s.tolist(), track.height_m.tolist(), strict=True)
            painter.drawPolyline(QPolygonF([at(*end) for end in ends]))
        for profile in self._profiles:
            if profile.lowest is not None and self._known:
                self._paint_lowest(
                    painter,
                    profile,
                    at(
                        float(profile.time_s[profile.lowest]),
                        float(profile.height_m[profile.lowest]),
                    ),
                )

    def _paint_lowest(self, painter: QPainter, profile: GroundProfile, at: QPointF) -> None:
        """Mark where a flight is nearest to the ground."""
        above_m = float(profile.above_ground_m[profile.lowest or 0])
        words = tr("{0} above ground", self._length(above_m))
        painter.setPen(QPen(QColor(self.theme.text), 1.4))
        painter.setBrush(QColor(self.theme.field))
        painter.drawEllipse(at, 3.0, 3.0)
        wide = painter.fontMetrics().horizontalAdvance(words)
        left = min(max(at.x() - wide / 2, self.plot().left()), self.plot().right() - wide)
        box = QRectF(left, min(at.y() + 5, self.plot().bottom() - 16), wide + 2, 14)
        painter.fillRect(box, QColor(self.theme.field))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _length(self, length_m: float) -> str:
        return value_text(round(length_m), Quantity.LENGTH, self._settings.units)

    def words_at(self, x: float) -> str:
        """Tell the heights at a pixel; empty between flights."""
        time_s = self.time_of(x)
        for profile in self._profiles:
            if profile.time_s[0] <= time_s <= profile.time_s[-1]:
                return self._words(profile, time_s)
        return ""

    def _words(self, profile: GroundProfile, time_s: float) -> str:
        height_m, ground_m = profile.height_at(time_s), profile.ground_at(time_s)
        lines = [
            f"{tr('flight {0}', profile.number)} · {time_text(time_s)}",
            tr("{0} above the launch point", self._length(height_m)),
        ]
        if self._known:
            lines += [
                tr("{0} above the ground", self._length(height_m - ground_m)),
                tr("ground {0} above the launch point", self._length(ground_m)),
            ]
        else:
            lines.append(tr("no ground heights: the ground is drawn level"))
        return "\n".join(lines)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        words = self.words_at(event.position().x()) if self.tracks else ""
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        QToolTip.hideText()
