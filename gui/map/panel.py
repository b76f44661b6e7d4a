"""The map with what lies over it: place box, zoom buttons, backgrounds, the next step in words."""

import json

from PySide6.QtCore import QByteArray, QMargins, QPointF, QRect, QRectF, Qt, QUrl, QUrlQuery, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsItem,
    QLabel,
    QLineEdit,
    QStyleOptionGraphicsItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.map.chosen_starts import ChosenStarts
from gui.map.coverage_image import COLOURS
from gui.map.mission_layer import MissionLayer
from gui.map.plan_layer import PlanLayer
from gui.map.tiles import TIMEOUT_MS, USER_AGENT
from gui.map.view import MapView
from gui.panels.forms import polish
from gui.session import Session
from gui.settings import Settings
from gui.units import parse_lon_lat
from mcpp.model import LonLat

EDGE_PX = 10
PLACE_BOX_PX, NORTH_PX = 270, 50
"""Width of the place box, and of the corner that the north arrow takes."""
NAME_PX, FOOT_PX = 50, 36
"""Room for a UAV's name beyond its marker, and for the scale and degrees at the foot."""
BANNER_PADDING_PX = (40, 18)
GEOCODER = "https://nominatim.openstreetmap.org/search"


class PlaceBox(QLineEdit):
    """Goes to coordinates, and to names when there is internet (asked for on Enter only).

    Signals
    -------
    found
        A place.
    """

    found = Signal(object)

    def __init__(self, parent: QWidget | None = None, address: str = GEOCODER) -> None:
        super().__init__(parent)
        self._address = address
        self._network: QNetworkAccessManager | None = None
        self.setPlaceholderText(tr("Go to: 40.9302, 24.4090 or a name"))
        self.setAccessibleName(tr("Go to a place"))
        self.setToolTip(tr("Coordinates as latitude, longitude; names are looked up online"))
        self.setClearButtonEnabled(True)
        self.returnPressed.connect(self._go)

    def _go(self) -> None:
        text = self.text().strip()
        if not text:
            return
        try:
            self.found.emit(parse_lon_lat(text))
        except ValueError:
            self._look_up(text)

    def _look_up(self, text: str) -> None:
        if self._network is None:
            self._network = QNetworkAccessManager(self)
            self._network.finished.connect(self._on_answer)
        query = QUrlQuery()
        query.addQueryItem("q", text)
        query.addQueryItem("format", "json")
        query.addQueryItem("limit", "1")
        url = QUrl(self._address)
        url.setQuery(query)
        request = QNetworkRequest(url)
        request.setTransferTimeout(TIMEOUT_MS)
        request.setRawHeader(QByteArray(b"User-Agent"), QByteArray(USER_AGENT))
        self._network.get(request)

    def _on_answer(self, reply: QNetworkReply) -> None:
        reply.deleteLater()
        if reply.error() != QNetworkReply.NetworkError.NoError:
            self._say(tr("Names need internet. Coordinates always work: 40.9302, 24.4090"))
            return
        try:
            (place, *_) = json.loads(bytes(reply.readAll().data()))
            self.found.emit((float(place["lon"]), float(place["lat"])))
        except (ValueError, KeyError, TypeError):
            self._say(tr("No such place was found."))

    def _say(self, words: str) -> None:
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), words, self)


class FlagItem(QGraphicsItem):
    """A ring about a place that a finding names."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        self.setZValue(20.0)
        self._colour = colour

    def boundingRect(self) -> QRectF:
        return QRectF(-32, -32, 64, 64)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        for radius, alpha in ((12.0, 255), (20.0, 150), (28.0, 70)):
            colour = QColor(self._colour)
            colour.setAlpha(alpha)
            painter.setPen(QPen(colour, 3.0))
            painter.drawEllipse(QPointF(0, 0), radius, radius)


class MapPanel(QWidget):
    """The map with its layers and overlays."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self.view = MapView(self)
        self.view.units = settings.units
        self.mission_layer = MissionLayer(session, self.view)
        self.plan_layer = PlanLayer(session, self.view)
        self.chosen_starts = ChosenStarts(session, self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.place_box = PlaceBox(self)
        self.place_box.found.connect(self._go_to_place)
        self.banner = QLabel(self)
        self.banner.setTextFormat(Qt.TextFormat.PlainText)
        self.banner.setWordWrap(True)
        self.banner.setProperty("role", "banner")
        self.banner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.legend = CoverageLegend(self)
        self.card: QWidget | None = None
        self._corner: QWidget | None = None
        self._flag: FlagItem | None = None
        self.plan_layer.changed.connect(self._explain)
        session.place_wanted.connect(self.show_place)
        session.selection_changed.connect(self.drop_flag)
        session.plan_changed.connect(self.drop_flag)
        session.mission_opened.connect(self.fit)
        settings.units_changed.connect(self._on_units)
        self.view.cursor_moved.connect(self._on_cursor)
        place, zoom = settings.place
        self.view.go_to(place, zoom)

    def _on_units(self) -> None:
        self.view.units = self._settings.units
        self.view.viewport().update()

    def _go_to_place(self, place: LonLat) -> None:
        self.view.go_to(place, max(self.view.zoom, 15.0))
        self.view.setFocus()

    def fit(self) -> None:
        """Show the whole mission."""
        mission = self._session.mission
        places = [place for part in mission.area for place in part.outer_lon_lat_deg]
        places += [place for one in mission.along for place in one.line_lon_lat_deg]
        places += [place for part in mission.crew_area for place in part.outer_lon_lat_deg]
        places += [u.start_lon_lat_deg for u in mission.uavs if u.start_lon_lat_deg is not None]
        if places:
            self.view.fit(places, margin=1.15, covered_px=self._covered())

    def _covered(self) -> QMargins:
        """Tell what of the map's edges lies under words and buttons, and takes names of UAVs."""
        over = [self.place_box] + ([self.banner] if self.banner.isVisibleTo(self) else [])
        top = max(widget.geometry().bottom() for widget in over) + 12
        right = EDGE_PX + (0 if self._corner is None else self._corner.width())
        return QMargins(EDGE_PX, top, right + NAME_PX, FOOT_PX)

    def show_place(self, place: LonLat) -> None:
        """Show a place and ring it."""
        self.drop_flag()
        self.view.go_to(place, max(self.view.zoom, 17.0))
        self._flag = FlagItem(QColor(self.view.theme.error))
        self._flag.setPos(*self.view.projection.point(place))
        self.view.scene().addItem(self._flag)

    def _explain(self) -> None:
        layer = self.plan_layer
        self.legend.explain(gaps=layer.has("gaps"), coverage=layer.has("coverage"))
        self._place_overlays()

    def drop_flag(self) -> None:
        """Take the ring away."""
        if self._flag is not None:
            self.view.scene().removeItem(self._flag)
            self._flag = None

    def say(self, hint: str, *, problem: bool = False) -> None:
        """Show what to do next, or what is wrong, or nothing."""
        role = "problem" if problem else "banner"
        if self.banner.property("role") != role:
            self.banner.setProperty("role", role)
            polish(self.banner)
        self.banner.setText(hint)
        self.banner.setVisible(bool(hint))
        self._place_overlays()

    def show_corner(self, bar: QWidget) -> None:
        """Lay buttons under the north arrow."""
        self._corner = bar
        bar.show()
        self._place_overlays()

    def show_card(self, card: QWidget | None) -> None:
        """Lay a card over the middle of the map, or take it away."""
        if self.card is not None and self.card is not card:
            self.card.hide()
        self.card = card
        if card is not None:
            card.setParent(self)
            card.show()
            card.raise_()
        self._place_overlays()

    def _on_cursor(self, place: LonLat | None) -> None:
        if place is None or self.view.tool is None or self.view.tool.keyboard_draws:
            return
        at = self.view.viewport().mapFromGlobal(self.view.cursor().pos())
        words = self.plan_layer.words_at(QPointF(at))
        if words:
            QToolTip.showText(self.view.cursor().pos(), words, self.view)
        elif QToolTip.isVisible():
            QToolTip.hideText()

    def _place_banner(self) -> None:
        """Beside the place box where there is room; else under it, in as many lines as it takes."""
        if not self.banner.text():
            return
        left = self.place_box.geometry().right() + EDGE_PX
        right = self.width() - (self._corner.width() if self._corner else 0) - 2 * EDGE_PX
        self.banner.ensurePolished()
        metrics, words = self.banner.fontMetrics(), self.banner.text()
        width = metrics.horizontalAdvance(words) + BANNER_PADDING_PX[0]
        beside = width <= right - left
        if not beside:
            left = EDGE_PX
            width = min(width, max(right - left, 100))
        room = QRect(0, 0, width - BANNER_PADDING_PX[0] + 8, self.height())
        lines = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words)
        self.banner.setFixedSize(width, lines.height() + BANNER_PADDING_PX[1])
        middle = (self.width() - width) // 2
        below = self.place_box.geometry().bottom() + 8
        self.banner.move(min(max(middle, left), right - width), EDGE_PX if beside else below)
        self.banner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_overlays()

    def _place_overlays(self) -> None:
        room = self.width() - 2 * EDGE_PX
        self.place_box.setFixedWidth(max(min(PLACE_BOX_PX, room - NORTH_PX), 100))
        self.place_box.move(EDGE_PX, EDGE_PX)
        self.place_box.raise_()
        self._place_banner()
        self.legend.adjustSize()
        self.legend.move(
            self.width() - self.legend.width() - EDGE_PX,
            self.height() - self.legend.height() - 30,
        )
        if self._corner is not None:
            self._corner.move(self.width() - self._corner.width() - 8, 64)
        if self.card is not None:
            self.card.raise_()
            self.card.setMaximumWidth(room)
            self.card.adjustSize()
            y = max((self.height() - self.card.height()) // 2, EDGE_PX)
            self.card.move((self.width() - self.card.width()) // 2, y)


class CoverageLegend(QFrame):
    """What the colours of the coverage map mean, or the red of the gaps alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(2)
        words = (tr("not covered"), tr("once"), tr("twice"), tr("more often"))
        self._lines: list[QLabel] = []
        for (red, green, blue, _), text in zip(COLOURS, words, strict=True):
            square = f'<span style="color: rgb({red},{green},{blue})">\u25a0</span>'
            self._lines.append(QLabel(f"{square} {text}", self))
            layout.addWidget(self._lines[-1])
        self.hide()

    def explain(self, *, gaps: bool, coverage: bool) -> None:
        """Show the lines that are needed."""
        for line in self._lines[1:]:
            line.setVisible(coverage)
        self.setVisible(gaps or coverage)
