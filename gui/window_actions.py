"""What the actions of the window do, as far as it takes more than one line."""

import itertools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from gui import edits, engine
from gui.engine_words import in_words
from gui.i18n import LANGUAGES, tr
from gui.map.geometry import longest_edge
from gui.panels.coordinates import CoordinatesDialog
from gui.panels.export import ExportDialog
from gui.panels.preferences import PreferencesDialog
from gui.units import UnitSystem, lon_lat_text
from mcpp.errors import McppError
from mcpp.model import CircleZone, LonLat, Plan

if TYPE_CHECKING:
    from gui.main_window import MainWindow

LEAST_CORNERS = 3
"""Of a shape: with one less it is deleted as a whole."""


class WindowActions:
    """Does what the window's actions ask for."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window
        self.compare_queue: list[str] = []
        self._comparing = False
        self._compared_from = 0

    def new_mission(self) -> None:
        """Begin with an empty mission, and draw."""
        if self.w.files.new():
            self.w.use_tool("area")

    def close_mission(self) -> None:
        """Put the mission away, and show what can be opened."""
        if self.w.files.new():
            self.w.show_welcome()

    def has_edges(self) -> bool:
        """Whether the selected shape has corners and edges."""
        chosen, mission = self.w.session.selection, self.w.session.mission
        if chosen is None or not edits.exists(mission, chosen) or chosen.kind == "uav":
            return False
        return chosen.kind != "zone" or not isinstance(
            mission.no_fly_zones[chosen.index], CircleZone
        )

    def insert_corner(self) -> None:
        """Insert a corner in the middle of the edge after the selected corner, and select it."""
        chosen = self.w.session.selection
        if chosen is None or not self.has_edges():
            return
        ring = self.w.map.mission_layer.rings[chosen.whole()]
        before = longest_edge(ring) if chosen.vertex is None else chosen.vertex
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
        if chosen.vertex is not None and chosen.kind != "uav" and corners > LEAST_CORNERS:
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
        round_zone = ref.kind == "zone" and isinstance(mission.no_fly_zones[ref.index], CircleZone)
        least = 1 if ref.kind == "uav" or round_zone else 3
        dialog = CoordinatesDialog(
            edits.ring_of(mission, ref), least, self.w.settings.units, self.w
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

    def export(self) -> None:
        """Export the plan."""
        finished = self.w.session.finished
        if finished is None:
            return
        self.w.map.say("")
        first = Path.home() / (finished.mission.name or "mission")
        folder = Path(self.w.settings.get("export/folder", str(first)))
        dialog = ExportDialog(finished.plan, self.w.settings, folder, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save_report(self) -> None:
        """Save the report and show it in the browser."""
        finished = self.w.session.finished
        if finished is None:
            return
        folder = Path(self.w.settings.get("export/folder", str(Path.home())))
        name, _ = QFileDialog.getSaveFileName(
            self.w, tr("Save the report"), str(folder / "report.html"), "HTML (*.html)"
        )
        if not name:
            return
        try:
            Path(name).write_text(engine.report_html(finished.plan), encoding="utf-8")
        except (McppError, OSError) as error:
            self.show_problem(str(error))
            return
        self.w.tell(tr("Report saved as {0}", name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(name))

    def print_map(self) -> None:
        """Print the map as it is seen, over the figures of the plan."""
        from gui.printing import print_sheet

        self.w.map.plan_layer.finish()
        words = f"{self.w.session.title or tr('New mission')}\n{self.w.plan_bar.words.text()}"
        if print_sheet(self.w, self.w.map.view.grab(), words):
            self.w.tell(tr("Sent to the printer."))

    def show_preferences(self) -> None:
        """Choose language, units, colours and the size of buttons."""
        dialog = PreferencesDialog(self.w.settings, self.languages(), self.set_language, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def copy_place(self, place: LonLat) -> None:
        """Copy coordinates as text."""
        QGuiApplication.clipboard().setText(lon_lat_text(place))

    def copy_picture(self) -> None:
        """Copy what the map shows."""
        self.w.map.plan_layer.finish()
        QGuiApplication.clipboard().setPixmap(self.w.map.view.grab())
        self.w.tell(tr("The picture of the map is in the clipboard."))

    def may_leave_running(self) -> bool:
        """Ask before the window is closed over vehicles in the air, or over a planner at work."""
        words = ""
        if self.w.flight.armed:
            words = tr(
                "Motors are on: {0}. Without this window nobody pauses or recalls them here.",
                ", ".join(self.w.flight.armed),
            )
        elif self.w.planning.running:
            words = tr("A plan is being made. Closing ends it.")
        if not words:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self.w, tr("Close"), words, buttons.Close | buttons.Cancel, buttons.Cancel
        )
        return answer == buttons.Close

    # ------------------------------------------------------------------------------------- planning

    def toggle_drafts(self) -> None:
        """Draft while the mission changes, or not."""
        self.w.planning.drafts_wanted = not self.w.planning.drafts_wanted
        self.w.planning.draft()

    def compare_planners(self) -> None:
        """Plan with each planner in turn; the results stand side by side."""
        # "best" goes on for minutes with the plans of the others
        self.compare_queue = [name for name in engine.planner_names() if name != "best"]
        self._comparing = True
        self._compared_from = len(self.w.session.results)
        self.w.planning.was_cancelled = False
        self.go_on_comparing(running=False)

    def go_on_comparing(self, running: bool) -> None:
        """Plan with the next planner of the comparison; at its end, show the fastest safe plan."""
        if running or not self._comparing:
            return
        if not self.compare_queue and not self.w.planning.was_cancelled:
            self._comparing = False
            self._show_fastest()
            return
        if self.w.planning.was_cancelled:
            self._comparing, self.compare_queue = False, []
            return
        name = self.compare_queue.pop(0)
        changed = edits.change_planner(self.w.session.mission, name=name, params={})
        self.w.session.edit(tr("Choose planner {0}", name), changed, merge="compare")
        self.w.planning.plan()

    def _show_fastest(self) -> None:
        found = [r for r in self.w.session.results[self._compared_from :] if r.plan.report.safe]
        if found:
            best = min(found, key=lambda result: result.plan.report.fleet.finish_s)
            words = tr("Choose planner {0}", best.mission.planner.name)
            self.w.session.edit(words, best.mission, merge="compare")

    def show_side_by_side(self) -> None:
        """Show two plans beside each other."""
        from gui.panels.compare import CompareDialog

        dialog = CompareDialog(self.w.session.results, self.w.settings, self.w.theme, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def check_photos(self) -> None:
        """Hold the photos of a flight against its plan."""
        from gui.panels.check_photos import CheckPhotosDialog

        finished = self.w.session.finished
        plan = self.w.flight.plan or (None if finished is None else finished.plan)
        if plan is None:
            return
        dialog = CheckPhotosDialog(plan, self.w.settings, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.place_wanted.connect(self.w.session.place_wanted)
        dialog.planned.connect(lambda found: self.show_new_plan(found.plan))
        dialog.show()

    def show_new_plan(self, plan: Plan) -> None:
        """Show a plan that was made of another one, with its own mission, as a step."""
        self.w.session.edit(tr("Plan the rest"), plan.mission)
        self.w.session.add_result(plan.mission, plan)
        self.w.docks.bring("result")
        self.w.map.fit()

    def show_fly(self) -> None:
        """Show the panel that connects, uploads and watches."""
        if self.w.tool_name == "select":
            self.w.map.say("")
        self.w.docks.bring("fly")

    # -------------------------------------------------------------------------------- what is seen

    def toggle_play(self) -> None:
        """Play the flight, or stop."""
        self.w.docks["timeline"].show()
        self.w.timeline.toggle()

    def toggle_layer(self, name: str) -> None:
        """Show or hide a layer of the plan."""
        layer = self.w.map.plan_layer
        layer.set_visible(name, on=name not in layer.visible)

    def corner_bar_menu(self) -> None:
        """Show what the map can show."""
        self.w.corner_bar.show_menu()

    def set_theme(self, name: str) -> None:
        """Choose the colours."""
        self.w.settings.theme = name

    def toggle_field_mode(self) -> None:
        """Make buttons large enough for gloves, or small again."""
        self.w.settings.field_mode = not self.w.settings.field_mode

    def set_units(self, system: UnitSystem) -> None:
        """Choose the units."""
        self.w.settings.units = system

    # ------------------------------------------------------------------------------------- the map

    def add_background(self) -> None:
        """Choose a file to lay over the background."""
        patterns = " ".join(f"*{suffix}" for suffix in engine.BACKGROUNDS)
        name, _ = QFileDialog.getOpenFileName(
            self.w, tr("Add a background"), str(Path.home()), f"MBTiles, GeoTIFF ({patterns})"
        )
        if name:
            self.w.add_background_file(Path(name))

    def choose_own_server(self) -> None:
        """Type the address of a tile server."""
        before = self.w.settings.get("map/own_server", "https://HOST/{z}/{x}/{y}.png")
        text, accepted = QInputDialog.getText(
            self.w, tr("Own tile server"), tr("Address with {z}, {x} and {y}:"), text=before
        )
        if accepted:
            try:
                self.w.backgrounds.set_own_server(text.strip())
            except McppError as error:
                self.show_problem(str(error))

    def show_terms(self) -> None:
        """Say whose the pictures of the map are, with the way to their terms."""
        title, credit, terms = self.w.backgrounds.terms()
        link = f"<p><a href='{terms}'>{terms}</a></p>" if terms else ""
        kept = tr("Tiles that you have looked at are kept on this computer, and no others.")
        self._show_words(title, f"<h3>{title}</h3><p>{credit}</p>{link}<p>{kept}</p>")

    def prefetch(self) -> None:
        """Fetch the tiles of this view."""
        words = self.w.backgrounds.prefetch_words()
        if words:
            self.show_problem(words)
            return
        count = self.w.backgrounds.prefetch()
        self.w.tell(tr("Fetching {0} tiles", count) if count else tr("All tiles are kept already."))

    # ---------------------------------------------------------------------------------------- help

    def languages(self) -> list[tuple[str, str]]:
        """List the languages: code and name."""
        return [(code, tr(name) if not code else name) for code, name in LANGUAGES.items()]

    def set_language(self, code: str) -> None:
        """Choose the language; offer to build the window anew in it at once."""
        if code == self.w.settings.get("language", ""):
            return
        self.w.settings.put("language", code)
        if self.w.fly_panel.connected or self.w.planning.running:
            self.w.tell(tr("The language changes at the next start."))
            return
        box = QMessageBox(self.w)
        box.setWindowTitle(tr("Language"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(tr("Show the window in the new language now?"))
        box.setInformativeText(
            tr("The mission and the shown plan stay; the list of steps to undo begins anew.")
        )
        now = box.addButton(tr("Now"), QMessageBox.ButtonRole.AcceptRole)
        now.clicked.connect(self.w.reopen_wanted)
        box.addButton(tr("At the next start"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def show_problem(self, words: str) -> None:
        """Say in a window that does not block what went wrong."""
        box = QMessageBox(QMessageBox.Icon.Warning, "mcpp", in_words(words), parent=self.w)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def show_keys(self) -> None:
        """Show all shortcuts, from the table of actions."""
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            (QKeySequence(row.shortcut).toString(native), row.title.replace("&", ""))
            for row in self.w.actions_table.rows.values()
            if row.shortcut
        ]
        rows += [
            (tr("Arrows, + and -"), tr("Move and zoom the map")),
            (
                tr("Space, Enter, Backspace, Esc"),
                tr("Draw at the crosshair, finish, take back, drop"),
            ),
            ("N, P", tr("Next and previous shape")),
            (". ,", tr("Next and previous corner")),
            ("I", tr("Insert a corner after the selected one")),
            (tr("Alt+arrows"), tr("Move what is selected; with Shift in larger steps")),
            (tr("Alt while dragging"), tr("Do not snap")),
        ]
        cells = [
            f"<td style='padding-right: 10px'><b>{keys}</b></td>"
            f"<td style='padding-right: 16px'>{words}</td>"
            for keys, words in rows
        ]
        half = (len(cells) + 1) // 2
        lines = itertools.zip_longest(cells[:half], cells[half:], fillvalue="")
        table = "".join(f"<tr>{left}{right}</tr>" for left, right in lines)
        self._show_words(tr("Keyboard"), f"<table width='720' cellspacing='2'>{table}</table>")

    def show_about(self) -> None:
        """Show the version and the licence."""
        words = tr("Plans safe, short, fairly divided coverage missions for a fleet of UAVs.")
        terms = tr("Open source, MIT licence. Map tiles belong to their providers.")
        self._show_words("mcpp", f"<h3>mcpp {engine.version()}</h3><p>{words}</p><p>{terms}</p>")

    def _show_words(self, title: str, words: str) -> None:
        box = QMessageBox(parent=self.w)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.setText(words)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
