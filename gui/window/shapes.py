"""What is done with a selected shape or UAV, or a place on the map."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from gui import edits
from gui.i18n import tr
from gui.map.geometry import longest_edge
from gui.panels.coordinates import CoordinatesDialog
from gui.units import lon_lat_text
from mcpp.model import LonLat

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class ShapeActions:
    """Does it for one window's mission."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def has_edges(self) -> bool:
        """Whether the selected shape has corners and edges."""
        chosen, mission = self.w.session.selection, self.w.session.mission
        if chosen is None or not edits.exists(mission, chosen):
            return False
        return edits.least_corners(mission, chosen) > 1

    def insert_corner(self) -> None:
        """Insert a corner in the middle of the edge after the selected corner, and select it."""
        chosen = self.w.session.selection
        if chosen is None or not self.has_edges():
            return
        ring = self.w.map.mission_layer.rings[chosen.whole()]
        line = edits.is_line(self.w.session.mission, chosen)
        before = longest_edge(ring, closed=not line) if chosen.vertex is None else chosen.vertex
        if line:  # after its last corner there is no edge
            before = min(before, len(ring) - 2)
        x, y = (ring[before] + ring[(before + 1) % len(ring)]) / 2
        place = self.w.map.view.projection.place(x, y)
        changed = edits.insert_vertex(self.w.session.mission, chosen.whole(), before + 1, place)
        self.w.session.edit(tr("Insert corner"), changed)
        self.w.session.select(replace(chosen, vertex=before + 1))

    def delete_selected(self) -> None:
        """Delete the selected corner, and select the one before it; or the shape or UAV."""
        chosen = self.w.session.selection
        if chosen is None:
            return
        mission = self.w.session.mission
        if self.w.session.also:
            self.w.session.edit(tr("Delete"), edits.delete_all(mission, self.w.session.chosen))
            self.w.session.select(None)
            return
        corners = len(edits.ring_of(mission, chosen))
        self.w.session.edit(tr("Delete"), edits.delete(mission, chosen))
        if (
            chosen.vertex is not None
            and chosen.kind != "uav"
            and corners > edits.least_corners(mission, chosen)
        ):
            self.w.session.select(replace(chosen, vertex=(chosen.vertex - 1) % (corners - 1)))
        else:
            self.w.session.select(None)

    def edit_coordinates(self) -> None:
        """Type the coordinates of what is selected, or of a new area."""
        chosen, mission = self.w.session.selection, self.w.session.mission
        if chosen is None:
            dialog = CoordinatesDialog((), 3, self.w.settings.units, self.w)
            if dialog.exec():
                self.w.session.edit(tr("Type area"), edits.add_area(mission, dialog.ring))
                self.w.map.fit()
            return
        ref = chosen.whole()
        dialog = CoordinatesDialog(
            edits.ring_of(mission, ref),
            edits.least_corners(mission, ref),
            self.w.settings.units,
            self.w,
            line=edits.is_line(mission, ref),
        )
        if dialog.exec():
            self.w.session.edit(tr("Type coordinates"), edits.with_ring(mission, ref, dialog.ring))

    def has_area_edge(self) -> bool:
        """Whether an edge of the border is meant."""
        chosen = self.w.session.selection
        return self.has_edges() and chosen is not None and chosen.kind in {"area", "hole"}

    def lines_along_edge(self) -> None:
        """Let survey lines run along the edge after the selected corner."""
        chosen = self.w.session.selection
        if chosen is None or not self.has_area_edge():
            return
        ring = self.w.map.mission_layer.rings[chosen.whole()]
        first = longest_edge(ring) if chosen.vertex is None else chosen.vertex
        x, y = (ring[first] + ring[(first + 1) % len(ring)]) / 2
        place = self.w.map.view.projection.place(x, y)
        changed = edits.change_mission(
            self.w.session.mission, direction_deg=None, direction_edge_lon_lat_deg=place
        )
        self.w.session.edit(tr("Lines along an edge"), changed)

    def has_direction(self) -> bool:
        """Whether somebody has said which way the lines run."""
        mission = self.w.session.mission
        return (mission.direction_deg, mission.direction_edge_lon_lat_deg) != (None, None)

    def lines_any_way(self) -> None:
        """Let the planner choose which way the lines run."""
        changed = edits.change_mission(
            self.w.session.mission, direction_deg=None, direction_edge_lon_lat_deg=None
        )
        self.w.session.edit(tr("Lines in any direction"), changed)

    def place_uav(self, place: LonLat) -> None:
        """Add a UAV that takes off at a place."""
        session = self.w.session
        session.edit(tr("Add UAV"), edits.add_uav(session.mission, place))
        session.select(edits.ShapeRef("uav", len(session.mission.uavs) - 1))

    def land_at(self, place: LonLat) -> None:
        """Let the selected UAV land at a place."""
        chosen = self.w.session.selection
        if chosen is not None and chosen.kind == "uav":
            changed = edits.change_uav(
                self.w.session.mission, chosen.index, landing_lon_lat_deg=place
            )
            self.w.session.edit(tr("Choose landing point"), changed)

    def land_here(self) -> None:
        """Let the selected UAV land at the middle of the map."""
        self.land_at(self.w.map.view.middle())

    def copy_place(self, place: LonLat) -> None:
        """Copy coordinates as text."""
        QGuiApplication.clipboard().setText(lon_lat_text(place))
