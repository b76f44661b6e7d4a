"""Play a newcomer's first mission, by mouse and keys, against the clock; a picture of each step.

Usage: ``python -m tests.gui_tests.walk [FOLDER] [--quick] [--language de] [--draw]``. It begins
with a fresh profile, imports a KML file with obstacles (or draws, with ``--draw``), ends with the
exported missions of three UAVs, and goes on to a simulated flight with one UAV recalled. The person
needs `CLICK_S` for a click,
`READ_S` to read what is new on the screen and `KEY_S` for a key. ``walk.md`` tells each step, the
words on the screen that ask for it, and the time. With ``--quick`` the person's time is counted but
not waited for.

Events go to the window, not to the widgets: a button that is covered or cut off is not hit.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from gui.i18n import LANGUAGES, install_language
from gui.main_window import MainWindow
from gui.panels.export import ExportDialog
from gui.panels.importing import ImportDialog
from gui.settings import Settings
from gui.theme import apply_theme, theme_of
from tests.gui_tests.screenshots import picture_of

CLICK_S = 1.0
READ_S = 2.0
KEY_S = 0.3
PLAN_LIMIT_S = 480.0
FIELD = "48.155, 1.655"
CORNERS = ((-120, -80), (90, -110), (130, 40), (40, 110), (-110, 85))
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, the words that asked for it, and when it was done."""

    done: str
    told_by: str
    at_s: float


class Walker:
    """A person at the window, who reads first and then clicks."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path, *, quick: bool) -> None:
        self.app = app
        self.window = window
        self.folder = folder
        self.quick = quick
        self.steps: list[Step] = []
        self._began_s = time.monotonic()
        self._counted_s = 0.0

    def now_s(self) -> float:
        """Tell the time since the program was started."""
        return time.monotonic() - self._began_s + self._counted_s

    def spend(self, seconds: float) -> None:
        """Let the person take time."""
        waited_s = 0.05 if self.quick else seconds
        self._counted_s += seconds - waited_s
        self.wait(waited_s)

    def wait(self, seconds: float, until: Callable[[], bool] = lambda: False) -> bool:
        """Let the program run."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            if until():
                return True
            time.sleep(0.005)
        return until()

    def read(self, label: QWidget) -> str:
        """Read words that are on the screen; words that can not be seen end the walk."""
        self.spend(READ_S)
        words = label.text() if isinstance(label, QLabel | QAbstractButton) else ""
        if not words or not label.isVisible() or label.visibleRegion().isEmpty():
            msg = f"nothing on the screen says it: {label!r}"
            raise RuntimeError(msg)
        return words.replace("\n", " ")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click what is under the place of a widget."""
        self.spend(CLICK_S)
        if widget.visibleRegion().isEmpty():
            msg = f"it can not be seen, so it can not be clicked: {widget!r}"
            raise RuntimeError(msg)
        handle, place = self._in_window(widget, at)
        QTest.mouseMove(handle, place)
        QTest.mouseClick(handle, LEFT, NO_KEYS, place)
        self.wait(0.05)

    def _in_window(self, widget: QWidget, at: QPoint | None = None):
        top = widget.window()
        return top.windowHandle(), widget.mapTo(top, at or widget.rect().center())

    def drop(self, path: Path) -> None:
        """Drag a file from a file manager to the map."""
        self.spend(4 * CLICK_S)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        port, copy = self.window.map.view.viewport(), Qt.DropAction.CopyAction
        at = port.rect().center() + QPoint(200, 200)
        enter = QDragEnterEvent(at, copy, mime, LEFT, NO_KEYS)
        self.app.sendEvent(port, enter)
        if not enter.isAccepted():
            msg = "the map refuses the file"
            raise RuntimeError(msg)
        self.app.sendEvent(port, QDropEvent(QPointF(at), copy, mime, LEFT, NO_KEYS))
        self.wait(0.1)

    def on_map(self, dx: int, dy: int) -> None:
        """Click so many pixels from the middle of the map."""
        port = self.window.map.view.viewport()
        self.click(port, port.rect().center() + QPoint(dx, dy))

    def drag_on_map(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag from one place of the map to another."""
        self.spend(2 * CLICK_S)
        port = self.window.map.view.viewport()
        middle = port.rect().center()
        for step in (0.0, 0.2, 0.6, 1.0):
            x = round(start[0] + step * (end[0] - start[0]))
            y = round(start[1] + step * (end[1] - start[1]))
            handle, place = self._in_window(port, middle + QPoint(x, y))
            QTest.mouseMove(handle, place)
            if step == 0.0:
                QTest.mousePress(handle, LEFT, NO_KEYS, place)
            self.wait(0.03)
        QTest.mouseRelease(handle, LEFT, NO_KEYS, place)
        self.wait(0.05)

    def type(self, words: str) -> None:
        """Type into what has the focus."""
        for letter in words:
            self.spend(KEY_S)
            QTest.keyClicks(self.app.focusWidget() or self.window, letter)

    def press(self, key: Qt.Key) -> None:
        """Press a key."""
        self.spend(KEY_S)
        QTest.keyClick(self.app.focusWidget() or self.window, key)
        self.wait(0.05)

    def note(self, name: str, done: str, told_by: str) -> None:
        """Write a step down and take its picture."""
        self.wait(0.1)
        self.steps.append(Step(done, told_by, self.now_s()))
        picture = picture_of(self.window)
        picture.save(str(self.folder / f"walk-{len(self.steps):02d}-{name}.png"))


def first_mission(walker: Walker) -> None:
    """From the welcome panel to the exported missions of three UAVs."""
    w, window = walker, walker.window
    banner = window.map.banner
    w.wait(10.0, lambda: window.map.card is not None)
    card: Any = window.map.card
    start = card.buttons["new"]
    told = w.read(start)
    w.note("welcome", "opened the program and read the panel", told)
    w.click(start)
    told = w.read(banner)
    w.note("draw", "pressed the first button", told)
    w.click(window.map.place_box)
    w.type(FIELD)
    w.press(Qt.Key.Key_Return)
    w.note("place", f"typed {FIELD} and Enter", told)
    told = w.read(banner)
    for corner in CORNERS:
        w.on_map(*corner)
    w.note("corners", f"clicked {len(CORNERS)} corners", told)
    told = w.read(banner)
    w.press(Qt.Key.Key_Return)
    w.note("area", "pressed Enter", told)
    draw_zone(w)
    place_uavs(w)
    plan_and_export(w)


def imported_mission(walker: Walker) -> None:
    """From a file with a field and obstacles that is dropped on the map to exported missions."""
    w, window = walker, walker.window
    w.wait(10.0, lambda: window.map.card is not None)
    card: Any = window.map.card
    told = w.read(card.buttons["open"])
    w.note("welcome", "opened the program and read the panel", told)
    w.drop(kml_of(walker.folder))
    w.wait(2.0, lambda: bool(window.findChildren(ImportDialog)))
    dialog = window.findChildren(ImportDialog)[-1]
    w.note("dropped", "dropped farm.kml on the map", told)
    told = w.read(dialog.state)
    w.click(dialog.go)
    w.note("imported", "pressed Import after a look at the roles", told)
    place_uavs(w)
    plan_and_export(w)


def kml_of(folder: Path) -> Path:
    """Write a farm: a field, three trees and a barn in a folder of obstacles."""
    west, south = 1.6531, 48.1541

    def ring(x: float, y: float, w: float, h: float) -> str:
        corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y))
        return " ".join(f"{west + a},{south + b}" for a, b in corners)

    def shape(name: str, places: str) -> str:
        return (
            f"<Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
            f"{places}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        )

    trees = "".join(
        shape(f"tree {k}", ring(0.0006 + 0.0008 * k, 0.0005, 0.00012, 0.00009)) for k in (1, 2, 3)
    )
    barn = shape("barn", ring(0.0014, 0.0011, 0.0003, 0.0002))
    folders = (
        f"<Folder><name>Field</name>{shape('Long acre', ring(0, 0, 0.0038, 0.0019))}</Folder>"
        f"<Folder><name>Obstacles</name>{trees}{barn}</Folder>"
    )
    path = folder / "farm.kml"
    head = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    path.write_text(f"{head}{folders}</Document></kml>", encoding="utf-8")
    return path


def simulated_flight(w: Walker) -> None:
    """Upload to a simulated fleet, start it, and call one UAV back."""
    window, panel = w.window, w.window.fly_panel
    button = window.tool_bar.widgetForAction(window.actions_table["fly.panel"])
    told = w.read(button)
    w.click(button)
    w.note("fly", "pressed Fly in the tool bar", told)
    told = w.read(panel.simulate)
    w.click(panel.simulate)
    w.click(panel.upload)
    wanted = len(panel.cards)
    if not w.wait(30.0, lambda: len(window.flight.held) == wanted):
        raise RuntimeError(panel.problem.text())
    w.note("uploaded", "pressed Use a simulated fleet, then Upload and verify", told)
    told = w.read(panel.launch)
    w.click(panel.launch)

    def in_air() -> list[str]:
        return [name for name, state in window.flight.states.items() if (state.height_m or 0) > 10]

    if not w.wait(40.0, lambda: bool(in_air())):  # others may take off later, to keep apart
        raise RuntimeError(panel.problem.text() or "no vehicle took off")
    w.note("flying", "pressed Start the simulated flight", told)
    name = in_air()[0]
    chip = window.flight_bar.chips[name]
    told = w.read(chip.buttons["return"])
    w.click(chip.buttons["return"])
    question: Any = window.orders.question
    w.wait(0.2)
    w.read(question.defaultButton())
    w.click(question.defaultButton())
    if not w.wait(20.0, lambda: name in window.flight.doing):
        raise RuntimeError(panel.problem.text())
    w.note("recalled", f"pressed Recall for {name}, and Recall again", told)


def draw_zone(w: Walker) -> None:
    """A round no-fly zone."""
    told = w.read(w.window.map.banner)
    w.click(w.window.area_panel.buttons["draw.zone_circle"])
    w.note("zone-tool", "pressed Circle under No-fly zones", told)
    told = w.read(w.window.map.banner)
    w.drag_on_map((30, 0), (52, 0))
    w.note("zone", "dragged a circle", told)


def place_uavs(w: Walker) -> None:
    """Three UAVs by three clicks."""
    told = w.read(w.window.map.banner)
    bar = w.window.tool_bar
    w.click(bar.widgetForAction(w.window.actions_table["draw.uav"]))
    w.note("uav-tool", "pressed UAVs in the tool bar", told)
    told = w.read(w.window.map.banner)
    for place in ((-145, -15), (-10, 130), (150, 10)):
        w.on_map(*place)
    w.note("uavs", "clicked three launch points", told)
    told = w.read(w.window.map.banner)
    w.press(Qt.Key.Key_Return)
    w.note("placed", "pressed Enter", told)


def plan_and_export(w: Walker) -> None:
    """Plan, look, export."""
    window = w.window
    told = w.read(window.map.banner)
    w.click(window.plan_bar.go)
    w.wait(2.0)
    w.note("planning", "pressed Plan", told)
    told = w.read(window.plan_bar.words)
    if not w.wait(PLAN_LIMIT_S, lambda: window.session.finished is not None):
        raise RuntimeError(window.plan_bar.words.text())
    w.note("planned", "waited for the plan", told)
    told = w.read(window.map.banner)
    w.click(window.tool_bar.widgetForAction(window.actions_table["file.export"]))
    (dialog,) = window.findChildren(ExportDialog)
    w.wait(0.3)
    w.note("export", "pressed Export in the tool bar", told)
    told = w.read(dialog.everything)
    w.click(dialog.go)
    w.note("exported", "pressed Export in the dialog", told)
    w.read(dialog.state)
    if len([path for path in dialog.written if path.suffix == ".plan"]) < 3:
        msg = f"not exported: {dialog.state.text()}"
        raise RuntimeError(msg)
    dialog.close()


def table_of(walker: Walker) -> str:
    """Write the walk as Markdown."""
    head = "| step | what was done | the words on the screen that ask for it | seconds |\n"
    rows = [
        f"| {number} | {step.done} | {step.told_by} | {step.at_s:.0f} |\n"
        for number, step in enumerate(walker.steps, start=1)
    ]
    rate = f"{CLICK_S:g} s a click, {READ_S:g} s to read, {KEY_S:g} s a key"
    title = "To exported missions, and a flight with one UAV recalled"
    lines = "| --- | --- | --- | --- |\n" + "".join(rows)
    return f"# {title}\n\nThe person: {rate}.\n\n{head}{lines}"


def walk(
    folder: Path, *, quick: bool, language: str = "en", draw: bool = False
) -> tuple[float, float]:
    """Take the walk with a fresh profile; give its seconds to the exported missions, and in all."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp()) / "crew"
    home.mkdir()
    os.environ["HOME"] = str(home)
    settings = Settings(home / "settings.ini")
    settings.put("map/provider", "none")  # in the field there is no internet
    settings.put("theme", "light")
    translators = install_language(app, language)
    apply_theme(app, theme_of("light"))
    began_s = time.monotonic()
    window = MainWindow(settings, data=home / "data", cache=home / "cache")
    window.resize(1280, 800)
    window.show()
    walker = Walker(app, window, folder, quick=quick)
    walker._began_s = began_s
    window.activateWindow()
    window.start(None)
    (first_mission if draw else imported_mission)(walker)
    exported_s = walker.steps[-1].at_s
    simulated_flight(walker)
    (folder / "walk.md").write_text(table_of(walker), encoding="utf-8")
    window.session.mark_saved(home / "saved.json")
    window.fly_panel.close_links()
    window.close()
    del translators
    return exported_s, walker.steps[-1].at_s


def main(arguments: list[str]) -> None:
    """Take the walk and say how long it took."""
    parser = argparse.ArgumentParser(description="Play a newcomer's first mission.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("artefacts"))
    parser.add_argument("--quick", action="store_true", help="count the person's time only")
    parser.add_argument("--draw", action="store_true", help="draw the area instead of a file")
    parser.add_argument("--language", choices=[c for c in LANGUAGES if c], default="en")
    given = parser.parse_args(arguments)
    exported_s, all_s = walk(
        given.folder, quick=given.quick, language=given.language, draw=given.draw
    )
    words = (
        f"to exported missions: {exported_s:.0f} s; simulated flight and recall: "
        f"{all_s - exported_s:.0f} s more; see {given.folder}/walk.md\n"
    )
    sys.stderr.write(words)


if __name__ == "__main__":
    main(sys.argv[1:])
