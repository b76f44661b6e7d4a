"""Take pictures of the main states of the desktop app, light and dark, in two sizes and at 200 %.

Usage: ``python -m tests.gui_tests.screenshots [FOLDER] [--plan PLAN.json] [--language de]
[--only WORD]``. Without a plan, the sample is planned first. The folder is ``artefacts`` unless
told otherwise; git ignores it.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui import edits, engine
from gui.edits import ShapeRef
from gui.i18n import LANGUAGES, install_language
from gui.launch_edits import with_open_starts
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.tracks import end_s
from mcpp.ground.frame import LocalFrame
from mcpp.model import AreaPart, Plan

SIZES = ((1280, 800), (1920, 1080), (960, 540))
"""The last one is a screen of 1920 by 1080 at 200 %: half as many logical pixels."""
THEMES = ("light", "dark")
TITLE_PX = 28


def picture_of(window: QWidget) -> QPixmap:
    """Take a picture of a window and of the dialogs over it, framed as a desktop would."""
    picture = window.grab()
    ratio = picture.devicePixelRatio()
    for dialog in window.findChildren(QDialog):
        if not dialog.isVisible():
            continue
        shot = dialog.grab()
        size = shot.deviceIndependentSize().toSize()
        room = picture.deviceIndependentSize().toSize() - size
        corner = QPoint(room.width() // 2, room.height() // 2)
        painter = QPainter(picture)
        painter.fillRect(QRect(QPoint(0, 0), picture.size() / ratio), QColor(0, 0, 0, 90))
        frame = QRect(corner, size).adjusted(-1, -TITLE_PX, 1, 1)
        painter.fillRect(frame, QColor("#3b4650"))
        painter.setPen(QColor("#ffffff"))
        painter.drawText(
            frame.adjusted(12, 0, 0, -size.height()),
            Qt.AlignmentFlag.AlignVCenter,
            dialog.windowTitle(),
        )
        painter.drawPixmap(corner, shot)
        painter.end()
    return picture


class Camera:
    """Builds a window in a state, takes its picture, and throws it away."""

    def __init__(self, app: QApplication, folder: Path, plan: Plan) -> None:
        self.app = app
        self.folder = folder
        self.plan = plan

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            self.app.processEvents()
            time.sleep(0.01)

    def window(self, theme: str, size: tuple[int, int]) -> MainWindow:
        folder = Path(tempfile.mkdtemp())
        settings = Settings(folder / "settings.ini")
        settings.put("map/provider", "none")
        settings.put("theme", theme)
        window = MainWindow(settings, data=folder / "data", cache=folder / "cache")
        window.planning.drafts_wanted = False
        window.resize(*size)
        window.show()
        self.wait(0.05)
        window.reset_layout()
        self.wait(0.05)
        return window

    def planned(self, window: MainWindow) -> None:
        window.session.open(self.plan.mission, None, self.plan)
        window.docks["timeline"].show()
        window.docks.bring("result")
        self.wait(0.05)
        window.map.fit()

    def shoot(self, name: str, state: Callable[[MainWindow], None], theme: str) -> None:
        for size in SIZES:
            window = self.window(theme, size)
            state(window)
            window.map.plan_layer.finish()
            self.wait(0.05)
            picture = picture_of(window)
            picture.save(str(self.folder / f"{name}-{theme}-{size[0]}.png"))
            for dialog in window.findChildren(QDialog):
                dialog.close()
            window.flight.states = {}
            window.fly_panel.close_links()
            window.session.mark_saved(Path("saved.json"))
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)

    # ------------------------------------------------------------------------------- the states

    def welcome(self, window: MainWindow) -> None:
        window.show_welcome()

    def drawing(self, window: MainWindow) -> None:
        view = window.map.view
        window.use_tool("area")
        view.go_to((22.513, 39.598), 15.5)
        middle = QPointF(view.viewport().rect().center())
        tool = window.tool_box.tools["area"]
        for dx, dy in ((-160, -120), (120, -160), (190, 40), (20, 150)):
            tool.click(middle + QPointF(dx, dy), Qt.KeyboardModifier.NoModifier)
        tool.move(middle + QPointF(-150, 90), Qt.KeyboardModifier.NoModifier, pressed=False)
        view.viewport().update()

    def crossing(self, window: MainWindow) -> None:
        mission = self.plan.mission
        ring = mission.area[0].outer_lon_lat_deg
        swapped = (ring[0], ring[2], ring[1], *ring[3:])
        window.session.open(mission, None)
        window.map.fit()
        changed = edits.with_ring(mission, ShapeRef("area", 0), swapped)
        window.session.edit("Move corner", changed)
        window.session.select(ShapeRef("area", 0))
        window.planning.draft()

    def fleet(self, window: MainWindow) -> None:
        window.session.open(self.plan.mission, None)
        window.map.fit()
        window.steps.setCurrentIndex(1)
        window.session.select(ShapeRef("uav", 1))
        line: Any = window.fleet_panel.form.edits["speed_m_s"].line
        line.setText("900")
        line.setModified(True)
        line.editingFinished.emit()

    def draft(self, window: MainWindow) -> None:
        window.session.open(self.plan.mission, None)
        window.session.set_draft(self.plan.mission, self.plan)
        window.session.select(ShapeRef("zone", 0))
        window.docks["timeline"].hide()
        self.wait(0.1)
        window.map.fit()

    def plan_ready(self, window: MainWindow) -> None:
        self.planned(window)
        second = replace(self.plan.mission, scan_distance_m=self.plan.mission.scan_distance_m)
        window.session.add_result(second, self.plan)

    def timeline(self, window: MainWindow) -> None:
        self.planned(window)
        window.session.set_time(0.42 * end_s(window.map.plan_layer.tracks))

    def coverage(self, window: MainWindow) -> None:
        self.planned(window)
        window.looks.toggle_layer("coverage")
        window.looks.toggle_layer("regions")

    def export(self, window: MainWindow) -> None:
        self.planned(window)
        window.settings.put("export/folder", "/home/crew/missions/field")
        window.outputs.export()

    def flown(self, window: MainWindow) -> None:
        """A fleet in the air as its link would tell it: one recalled, one lost, one surveying."""
        from mcpp.link.state import Event, VehicleState

        self.planned(window)
        window.plans.show_fly()
        flight, plan = window.flight, self.plan
        if not flight.simulate(plan, 1) or not flight.open(plan, dict(flight.links), 1):
            return
        link: Any = flight._link
        link.blockSignals(True)  # the fleet is told of below
        self.wait(0.3)
        flight.states = {}
        frame = LocalFrame(plan.origin_lon_lat_deg)
        for number, uav in enumerate(plan.mission.uavs):
            sortie = next(s for s in plan.sorties if s.uav == number)
            row = len(sortie.xyz_m) * (number + 2) // 6
            lon, lat = frame.to_deg(sortie.xyz_m[row, :2])
            flight._on_state(
                VehicleState(
                    uav=uav.id,
                    mode=("AUTO", "AUTO", "MISSION")[number % 3],
                    armed=True,
                    connected=number != 1,
                    lon_lat_deg=(float(lon), float(lat)),
                    height_m=float(sortie.xyz_m[row, 2]),
                    battery_percent=81 - 7 * number,
                    flown=(number + 1) / 5,
                    planned_s=float(sortie.time_s[-1] - sortie.time_s[0]),
                )
            )
        first = plan.mission.uavs[0].id
        flight._on_event(Event(1.0, first, "order", "return: flies the return part of its mission"))
        window.session.set_time(0.3 * end_s(window.map.plan_layer.tracks))

    def photos(self, window: MainWindow) -> None:
        self.planned(window)
        window.steps.setCurrentIndex(2)
        window.docks.bring("mission")
        window.looks.toggle_layer("photos")
        window.looks.toggle_layer("arrows")

    def chosen(self, window: MainWindow) -> None:
        self.planned(window)
        window.session.select(ShapeRef("area", 0), [ShapeRef("uav", 0)])
        window.docks["timeline"].hide()
        self.wait(0.05)
        window.map.fit()

    def field_mode(self, window: MainWindow) -> None:
        window.settings.theme = "contrast"
        window.settings.field_mode = True
        self.planned(window)

    def side_by_side(self, window: MainWindow) -> None:
        self.planned(window)
        window.session.add_result(self.plan.mission, self.plan)
        window.plans.show_side_by_side()

    def crew(self, window: MainWindow) -> None:
        """Ground for the crew beside the field, and a plan whose launch points were left open."""
        from mcpp import api

        mission = self.plan.mission
        frame = LocalFrame(self.plan.origin_lon_lat_deg)
        corners = frame.to_m(mission.area[0].outer_lon_lat_deg)
        south = corners[corners[:, 1].argmin()]
        track = south + np.array([(-150, -110), (250, -90), (250, -30), (-150, -50)])
        ring = tuple((float(lon), float(lat)) for lon, lat in frame.to_deg(track))
        mission = edits.add_crew(mission, AreaPart(outer_lon_lat_deg=ring, name="Farm track"))
        mission = with_open_starts(mission)
        window.session.open(mission, None, api.plan(edits.change_planner(mission, name="draft")))
        window.session.select(ShapeRef("zone", 0))
        window.session.select(None)
        window.docks["timeline"].hide()
        self.wait(0.1)
        window.map.fit()

    def crew_selected(self, window: MainWindow) -> None:
        self.crew(window)
        window.session.select(ShapeRef("crew", 0))

    def crew_fleet(self, window: MainWindow) -> None:
        self.crew(window)
        window.steps.setCurrentIndex(1)


def take(folder: Path, plan: Plan, wanted: list[str], language: str) -> None:
    """Take all pictures, or those whose names are wanted."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        return
    translators = install_language(app, language)
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(app, folder, plan)
    states: dict[str, Callable[[MainWindow], None]] = {
        "01-welcome": camera.welcome,
        "02-drawing": camera.drawing,
        "03-crossing": camera.crossing,
        "04-fleet": camera.fleet,
        "05-draft": camera.draft,
        "06-plan": camera.plan_ready,
        "07-timeline": camera.timeline,
        "08-coverage": camera.coverage,
        "09-export": camera.export,
        "10-fly": camera.flown,
        "11-photos": camera.photos,
        "12-selected": camera.chosen,
        "13-field-mode": camera.field_mode,
        "14-side-by-side": camera.side_by_side,
        "15-crew": camera.crew,
        "16-crew-selected": camera.crew_selected,
        "17-crew-fleet": camera.crew_fleet,
    }
    mark = "" if language == "en" else f"-{language}"
    for theme in THEMES if language == "en" else THEMES[:1]:
        # a change of theme dresses all windows, which takes a while
        for name, state in states.items():
            if not wanted or any(word in name for word in wanted):
                camera.shoot(name + mark, state, theme)
    del translators


def main(arguments: list[str]) -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of the desktop app.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("artefacts"))
    parser.add_argument("--plan", type=Path, help="a plan to be shown instead of the sample's")
    parser.add_argument("--language", choices=[c for c in LANGUAGES if c], default="en")
    parser.add_argument("--only", nargs="*", default=[], help="part of a state's name")
    given = parser.parse_args(arguments)
    if given.plan is not None:
        plan = engine.open_file(given.plan).plan
    else:
        from mcpp import api

        sample = engine.open_file(engine.sample_mission()).mission
        plan = api.plan(edits.change_planner(sample, name="draft"))  # quick, and as well to be seen
    if plan is None:
        sys.exit(f"{given.plan}: it is no plan")
    take(given.folder, plan, given.only, given.language)


if __name__ == "__main__":
    main(sys.argv[1:])
