"""The mission on the map: area, ground for the crew, no-fly zones, launch points."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem

from gui.edits import ShapeRef, along_of, is_line, name_of, ring_of, shapes
from gui.i18n import tr
from gui.map import geometry
from gui.map.markers import DISC_HEIGHT, NAME_HEIGHT, LabelItem, UavMarker, Where
from gui.map.view import MapView
from gui.session import Session
from gui.theme import uav_colour
from mcpp.model import CircleZone, FloatArray, Ring
from mcpp.report.colors import LIKELY_COLOR

LIKELY_ALPHA, CREW_ALPHA = 45, 55
ZONE_ALPHA = 105
"""Of the red over a no-fly zone: imagery under it is still told apart."""
CHECKED_CORNERS = 3000
"""Crossings are looked for in shapes with at most this many corners, which takes 10 ms."""


class MissionLayer(QObject):
    """Keeps the items of a mission on the map, and its shapes in map units for the tools."""

    def __init__(self, session: Session, view: MapView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.rings: dict[ShapeRef, FloatArray] = {}
        self.grounds: dict[ShapeRef, tuple[FloatArray, ...]] = {}
        self.crossing: list[ShapeRef] = []
        self._converted: dict[tuple[ShapeRef, float], tuple[object, FloatArray]] = {}
        self._items: list[QGraphicsItem] = []
        session.mission_changed.connect(self.rebuild)
        session.selection_changed.connect(self.rebuild)
        session.mission_opened.connect(self._choose_cut)
        self.rebuild()

    def _choose_cut(self) -> None:
        mission = self._session.mission
        rings = [part.outer_lon_lat_deg for part in mission.area]
        rings += [one.line_lon_lat_deg for one in mission.along]
        rings += [part.outer_lon_lat_deg for part in mission.crew_area]
        if rings and rings[0]:
            self._view.cut_open_opposite(round(rings[0][0][0]))
            self.rebuild()

    def rebuild(self) -> None:
        """Draw the mission anew."""
        scene = self._view.scene()
        for item in self._items:
            scene.removeItem(item)
        self._items = []
        self.rings = {ref: self._ring(ref) for ref in shapes(self._session.mission)}
        self.grounds = {}
        self.crossing = []
        for index in range(len(self._session.mission.area)):
            self._add_area(index)
        for ref in self.rings:
            if ref.kind in {"corridor", "structure"}:
                self._add_along(ref)
        self._add_search()
        for ref, ring in self.rings.items():
            if ref.kind == "crew":
                self._add_crew(ref, ring)
            elif ref.kind == "zone":
                self._add_zone(ref, ring)
        for ref, ring in self.rings.items():
            if ref.kind == "uav":
                self._add_uav(ref, ring)
            elif not is_line(self._session.mission, ref):
                self._mark_crossings(ref, ring)
        self._view.viewport().update()

    def outline(self, ref: ShapeRef) -> FloatArray:
        """Give a shape as a closed ring, shape (n, 2): a line goes there and back."""
        ring = self.rings[ref]
        if is_line(self._session.mission, ref):
            return np.concatenate([ring, ring[-2:0:-1]])
        return ring

    def _ring(self, ref: ShapeRef) -> FloatArray:
        """Corners in map units; those of a circle's outline. Unchanged shapes are not redone."""
        mission = self._session.mission
        zone = mission.no_fly_zones[ref.index] if ref.kind == "zone" else None
        source: object
        places: Ring
        source = replace(zone, name="") if isinstance(zone, CircleZone) else ring_of(mission, ref)
        key = (ref, self._view.projection.middle_lon_deg)
        kept = self._converted.get(key)
        if kept is not None and (kept[0] is source or kept[0] == source):
            return kept[1]
        places = geometry.zone_ring(zone) if isinstance(zone, CircleZone) else ring_of(mission, ref)
        ring = self._view.projection.to_map(places) if places else np.zeros((0, 2))
        self._converted[key] = (source, ring)
        return ring

    def _add_area(self, index: int) -> None:
        theme = self._view.theme
        path = QPainterPath()
        for ref, ring in self.rings.items():
            if ref.kind in {"area", "hole"} and ref.index == index:
                path.addPolygon(polygon(ring))
                path.closeSubpath()
        chosen = self._chosen(ShapeRef("area", index))
        fill = QColor(theme.accent)
        fill.setAlpha(40 if chosen else 26)
        self._add_path(path, QColor(theme.area), 3.0 if chosen else 2.0, QBrush(fill), 1.0)

    def _add_along(self, ref: ShapeRef) -> None:
        """Draw a corridor, or a structure and the way past it; what is none yet is left out."""
        theme = self._view.theme
        path = QPainterPath()
        places = geometry.along_rings(along_of(self._session.mission, ref))
        self.grounds[ref] = tuple(self._view.projection.to_map(ring) for ring in places)
        for ring in self.grounds[ref]:
            path.addPolygon(polygon(ring))
            path.closeSubpath()
        chosen = self._chosen(ref)
        fill = QColor(theme.accent)
        fill.setAlpha(40 if chosen else 26)
        self._add_path(path, QColor(theme.area), 3.0 if chosen else 2.0, QBrush(fill), 1.0)

    def _add_search(self) -> None:
        """Draw where what is searched for may be, and the datum of its pattern."""
        mission, to_map = self._session.mission, self._view.projection.to_map
        areas = () if mission.probability is None else mission.probability.areas
        for area in areas:
            path = QPainterPath()
            path.addPolygon(polygon(to_map(area.outer_lon_lat_deg)))
            path.closeSubpath()
            fill = QColor(LIKELY_COLOR)
            fill.setAlpha(LIKELY_ALPHA)
            self._add_path(path, QColor(LIKELY_COLOR), 1.5, QBrush(fill), 2.0)
        if mission.search is not None and mission.search.datum_lon_lat_deg is not None:
            label = LabelItem(tr("Datum"), QColor(LIKELY_COLOR), QColor(self._view.theme.halo))
            label.setPos(*to_map([mission.search.datum_lon_lat_deg])[0])
            self._add(label, 7.0)

    def _add_zone(self, ref: ShapeRef, ring: FloatArray) -> None:
        theme = self._view.theme
        path = QPainterPath()
        path.addPolygon(polygon(ring))
        path.closeSubpath()
        colour = QColor(theme.zone)
        fill = QColor(colour)
        fill.setAlpha(ZONE_ALPHA)
        width = 3.5 if self._chosen(ref) else 2.5
        # a pale rim under the red line: seen on dark woods and on red roofs alike
        self._add_path(path, QColor(theme.halo), width + 3.0, QBrush(), 3.0)
        self._add_path(path, colour, width, QBrush(fill), 3.0)
        if len(ring):
            name = name_of(self._session.mission, ref)
            self._add_name(ref, name, colour, geometry.middle_of(ring))

    def _add_crew(self, ref: ShapeRef, ring: FloatArray) -> None:
        """Draw ground of the crew, hatched: told apart from zones without its colour too."""
        theme, to_map = self._view.theme, self._view.projection.to_map
        path = QPainterPath()
        holes = self._session.mission.crew_area[ref.index].holes_lon_lat_deg
        for outline in (ring, *map(to_map, holes)):
            path.addPolygon(polygon(outline))
            path.closeSubpath()
        colour = QColor(theme.crew)
        fill = QColor(colour)
        fill.setAlpha(CREW_ALPHA)
        width = 3.5 if self._chosen(ref) else 2.5
        self._add_path(path, QColor(theme.halo), width + 3.0, QBrush(fill), 2.8)
        hatch = QBrush(colour, Qt.BrushStyle.BDiagPattern)
        self._add_path(path, colour, width, hatch, 2.8)
        if len(ring):  # named below it: launch points are chosen inside, with names of their own
            words = name_of(self._session.mission, ref) or tr("Ground for the crew")
            south = geometry.middle_of(ring)[0], float(ring[:, 1].max())
            self._add_name(ref, words, colour, south, "below")

    def _add_name(
        self,
        ref: ShapeRef,
        name: str,
        colour: QColor,
        at: tuple[float, float],
        where: Where = "over",
    ) -> None:
        named = self._session.selection is not None and self._session.selection.whole() == ref
        if name and not named:  # the tool names what is selected
            label = LabelItem(name, colour, QColor(self._view.theme.halo), where)
            label.setPos(*at)
            self._add(label, 7.0)

    def _add_uav(self, ref: ShapeRef, ring: FloatArray) -> None:
        if not len(ring):
            return
        theme, uav = self._view.theme, self._session.mission.uavs[ref.index]
        rim = QColor(theme.accent if self._chosen(ref) else theme.halo)
        marker = UavMarker(str(ref.index + 1), uav_colour(ref.index), rim)
        name = LabelItem(uav.id, QColor(theme.text), QColor(theme.halo), "beside")
        for item, height in ((name, NAME_HEIGHT), (marker, DISC_HEIGHT)):
            item.setPos(float(ring[0, 0]), float(ring[0, 1]))
            self._add(item, height)

    def _mark_crossings(self, ref: ShapeRef, ring: FloatArray) -> None:
        if not 4 <= len(ring) <= CHECKED_CORNERS:
            return
        pairs = geometry.crossing_edges(ring)
        if not pairs:
            return
        self.crossing.append(ref)
        path = QPainterPath()
        for edge in {edge for pair in pairs for edge in pair}:
            path.moveTo(*ring[edge])
            path.lineTo(*ring[(edge + 1) % len(ring)])
        self._add_path(path, QColor(self._view.theme.error), 6.0, QBrush(), 8.0)

    def _chosen(self, ref: ShapeRef) -> bool:
        return ref in self._session.chosen

    def _add_path(
        self, path: QPainterPath, colour: QColor, width: float, fill: QBrush, height: float
    ) -> None:
        item = QGraphicsPathItem(path)
        item.setPen(cosmetic_pen(colour, width))
        item.setBrush(fill)
        self._add(item, height)

    def _add(self, item: QGraphicsItem, height: float) -> None:
        item.setZValue(height)
        item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._view.scene().addItem(item)
        self._items.append(item)


def polygon(ring: FloatArray) -> QPolygonF:
    """Turn an array, shape (n, 2), into Qt's polygon."""
    return QPolygonF([QPointF(x, y) for x, y in ring.tolist()])


def cosmetic_pen(colour: QColor, width: float) -> QPen:
    """Make a pen that is as wide in pixels at each zoom. Solid: dashes cost seconds a frame."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
