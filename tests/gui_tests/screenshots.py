"""Take pictures of the ten main states of the desktop app, light and dark, in two sizes.

Usage: ``python tests/gui_tests/screenshots.py [FOLDER] [PLAN.json]``. Without a plan, the sample is
planned first. The folder is ``artefacts`` unless told otherwise; git ignores it.
"""

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

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui import edits, engine
from gui.edits import ShapeRef
from gui.main_window import MainWindow
from gui.settings import Settings
from gui.tracks import end_s
from mcpp.model import Plan

SIZES = ((1280, 800), (1920, 1080))


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
        self.wait(0.1)
        window.map.fit()

    def shoot(self, name: str, state: Callable[[MainWindow], QWidget | None], theme: str) -> None:
        for size in SIZES:
            window = self.window(theme, size)
            dialog = state(window)
            self.wait(0.15)
            picture = window.grab()
            if isinstance(dialog, QDialog):
                shot = dialog.grab()
                painter = QPainter(picture)
                left = (picture.width() - shot.width()) // 2
                painter.drawPixmap(left, (picture.height() - shot.height()) // 2, shot)
                painter.end()
                dialog.close()
            picture.save(str(self.folder / f"{name}-{theme}-{size[0]}.png"))
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
        tool = window.tools["area"]
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
        window.do.toggle_layer("coverage")
        window.do.toggle_layer("regions")

    def export(self, window: MainWindow) -> QWidget | None:
        self.planned(window)
        window.settings.put("export/folder", "/home/crew/missions/field")
        window.do.export()
        return next(iter(window.findChildren(QDialog)), None)

    def fly(self, window: MainWindow) -> None:
        self.planned(window)
        window.do.show_fly()
        panel = window.fly_panel
        panel.simulate.click()
        panel.upload.click()
        self.wait(15.0, lambda: panel.watch.isChecked())
        self.wait(5.0, lambda: len(panel._live.items) == len(panel.cards))
        panel.launch.click()
        self.wait(9.0)


def take(folder: Path, plan: Plan, wanted: list[str]) -> None:
    """Take all pictures, or those whose names are wanted."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        return
    folder.mkdir(parents=True, exist_ok=True)
    camera = Camera(app, folder, plan)
    states: dict[str, Callable[[MainWindow], QWidget | None]] = {
        "01-welcome": camera.welcome,
        "02-drawing": camera.drawing,
        "03-crossing": camera.crossing,
        "04-fleet": camera.fleet,
        "05-draft": camera.draft,
        "06-plan": camera.plan_ready,
        "07-timeline": camera.timeline,
        "08-coverage": camera.coverage,
        "09-export": camera.export,
        "10-fly": camera.fly,
    }
    for theme in ("light", "dark"):  # a change of theme dresses all windows, which takes a while
        for name, state in states.items():
            if not wanted or any(word in name for word in wanted):
                camera.shoot(name, state, theme)


def main(arguments: list[str]) -> None:
    """Take the pictures."""
    folder = Path(arguments[0]) if arguments else Path("artefacts")
    if len(arguments) > 1:
        plan = engine.open_file(Path(arguments[1])).plan
    else:
        from mcpp import api

        plan = api.plan(engine.open_file(engine.sample_missions()[0]).mission)
    if plan is None:
        sys.exit(f"{arguments[1]}: it is no plan")
    take(folder, plan, arguments[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
