"""Figures of the desktop app, offscreen: frames, first window, live draft, lateness, memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from rich.console import Console

from gui import edits, engine
from gui.edits import ShapeRef
from gui.map.panel import MapPanel
from gui.map.plan_layer import LAYERS
from gui.map.view import MapView
from gui.session import Session
from gui.settings import Settings
from mcpp.model import Mission
from tests.benchmarks.gui_scenes import (
    LoopWatch,
    application,
    open_window,
    square_mission,
    stairs,
    wait_for,
)
from tests.gui_tests.plans import simple_plan

VERTICES = 60_000
FRAMES = 60
DRAFTS = 12
PLANS = 1000
ROOT = Path(__file__).resolve().parents[2]

_CHILD = """
import os, sys
from gui import app
def first_picture():
    for _ in range(3):
        app.QApplication.processEvents()
    print("shown", flush=True)
    os._exit(0)
app.QApplication.exec = staticmethod(first_picture)
app.run(None)
"""


class _Counter:
    """A background that counts how often the map is painted."""

    attribution = ""

    def __init__(self) -> None:
        self.paints = 0

    def paint(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        """Count."""
        self.paints += 1


def _pan(view: MapView, frame: int) -> None:
    view.pan_px(9 if frame % 2 else -7, 5)


def _zoom(view: MapView, frame: int) -> None:
    view.zoom_by(0.1 if frame < FRAMES / 2 else -0.1)


def frames(console: Console) -> None:
    """Pan and zoom a plan of 60,000 corners in a map of 1280 x 800 pixels."""
    app = application()
    mission = square_mission(400, 20)
    plan = stairs(simple_plan(mission), VERTICES)
    with tempfile.TemporaryDirectory() as folder:
        session = Session()
        panel = MapPanel(session, Settings(Path(folder) / "settings.ini"))
        panel.resize(1280, 800)
        panel.show()
        app.processEvents()
        session.open(mission, None, plan)
        _move(panel, "", console)
        for layer in LAYERS:
            panel.plan_layer.set_visible(layer, on=True)
        _move(panel, "all layers, ", console)
        panel.hide()
        panel.deleteLater()
        app.processEvents()


def _move(panel: MapPanel, layers: str, console: Console) -> None:
    for name, closer, step in (
        ("pan, all in sight", 0.0, _pan),
        ("pan, four times closer", 2.0, _pan),
        ("zoom", 0.0, _zoom),
    ):
        panel.fit()
        panel.view.zoom_by(closer)
        panel.plan_layer.finish()
        times, busy = _frame_times_ms(panel.view, step)
        begin = time.perf_counter()
        panel.plan_layer.finish()
        sharp_ms = 1000 * (time.perf_counter() - begin)
        vertices = sum(len(track.xy) for track in panel.plan_layer.tracks)
        console.print(
            f"{layers}{name}, {vertices:,} vertices: median {statistics.median(times):.1f} ms a "
            f"frame ({statistics.median(busy):.1f} ms of the processor), 95th percentile "
            f"{np.percentile(times, 95):.1f} ms; sharp {sharp_ms:.0f} ms after the last "
            "(wanted: median below 16)"
        )


def _frame_times_ms(
    view: MapView, step: Callable[[MapView, int], None]
) -> tuple[list[float], list[float]]:
    counter = _Counter()
    view.backgrounds = [counter]
    view.viewport().repaint()
    counter.paints = 0
    times, busy = [], []
    for frame in range(FRAMES):
        begin, begin_busy = time.perf_counter(), time.process_time()
        step(view, frame)
        view.viewport().repaint()
        QApplication.processEvents()  # what is drawn over several turns takes its time, too
        times.append(1000 * (time.perf_counter() - begin))
        busy.append(1000 * (time.process_time() - begin_busy))
    if counter.paints < FRAMES:
        message = f"the map was painted {counter.paints} times in {FRAMES} frames"
        raise RuntimeError(message)
    return times, busy


def first_window(console: Console) -> None:
    """Time a whole process from its start to its first picture, the best and the median of five."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "mcpp" / "mcpp-gui.ini"
        config.parent.mkdir()
        config.write_text("[map]\nprovider=none\n")
        home = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), folder)
        for _ in range(6):
            begin = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", _CHILD],
                env=os.environ | home,
                cwd=ROOT,
                check=True,
                capture_output=True,
            )
            times.append(time.perf_counter() - begin)
    times = times[1:]  # the first one reads files that nobody has read yet
    console.print(
        f"first window, whole process: median {statistics.median(times):.2f} s, "
        f"best {min(times):.2f} s (wanted: below 1.5)"
    )


def _is_last(drafted: list[Mission], mission: Mission) -> bool:
    return bool(drafted) and drafted[-1] == mission


def live_draft(console: Console) -> None:
    """Drag a corner of a field of 100 hectares; time each move to the draft that fits it."""
    mission = square_mission(100, 40)
    times: list[float] = []
    with open_window() as window:
        session = window.session
        session.open(mission, None)
        wait_for(session.plan_changed, 30_000, lambda: session.is_draft)
        ref = ShapeRef("area", 0, vertex=2)
        lon, lat = mission.area[0].outer_lon_lat_deg[2]
        drafted: list[Mission] = []
        window.planning.drafts.drafted.connect(lambda wanted, _plan: drafted.append(wanted))
        for k in range(DRAFTS):
            moved = edits.move_vertex(session.mission, ref, (lon + 1e-4 * (k + 1), lat))
            begin = time.perf_counter()
            session.edit("Move corner", moved, merge="drag")
            if wait_for(window.planning.drafts.drafted, 10_000, partial(_is_last, drafted, moved)):
                times.append(time.perf_counter() - begin)
    console.print(
        f"live draft of 100 ha, three UAVs: {len(times)} of {DRAFTS} moves were drafted; median "
        f"{statistics.median(times):.3f} s, worst {max(times):.3f} s (wanted: below 0.3)"
    )


def lateness(console: Console) -> None:
    """While a plan is made and shown, watch by how much a timer of the window comes too late."""
    mission = square_mission(100, 40)
    with open_window() as window:
        window.planning.drafts_wanted = False
        window.session.open(mission, None)
        wait_for(window.planning.drafts.worker.idle, 3000, lambda: False)  # processes warm up
        watch = LoopWatch()
        begin = time.perf_counter()
        window.planning.plan()
        wait_for(window.planning.running_changed, 120_000, lambda: not window.planning.running)
        seconds = time.perf_counter() - begin
        while_planning = watch.take()
        wait_for(window.planning.done, 500, lambda: False)  # the plan is drawn
        after = watch.take()
        watch.stop()
        made = window.session.finished is not None
    console.print(
        f"event loop while planning ({seconds:.1f} s, {'a plan' if made else 'no plan'}): late by "
        f"{max(while_planning):.0f} ms at most, 99th percentile "
        f"{np.percentile(while_planning, 99):.1f} ms; {max(after):.0f} ms at most right after "
        "(wanted: never above 50)"
    )


def taking_in(console: Console) -> None:
    """Give the window a plan of 60,000 corners, all layers shown, as the planner's process does."""
    mission = square_mission(400, 20)
    packed = engine.pack_plan(stairs(simple_plan(mission), VERTICES))
    late = []
    with open_window() as window:
        window.planning.drafts_wanted = False
        window.session.open(mission, None)
        for layer in LAYERS:
            window.map.plan_layer.set_visible(layer, on=True)
        wait_for(window.planning.done, 2000, lambda: False)
        watch = LoopWatch()
        for _ in range(5):
            window.planning.worker.finished.emit(mission, engine.unpack_plan(packed))
            wait_for(window.planning.done, 3000, lambda: False)
            late.append(max(watch.take()))
        watch.stop()
    console.print(
        f"event loop while a plan of {VERTICES:,} corners is taken in, all layers shown: late by "
        f"{late[0]:.0f} ms at most, {statistics.median(late[1:]):.0f} ms with those that follow "
        "(wanted: never above 50)"
    )


def memory(console: Console) -> None:
    """Give the window a thousand plans, drafts and finished ones, and watch its memory."""
    mission = square_mission(100, 40)
    packed = engine.pack_plan(simple_plan(mission))
    for name in ("drafts", "finished plans"):
        with open_window() as window:
            window.planning.drafts_wanted = False
            window.session.open(mission, None)
            sizes = []
            for number in range(PLANS + 1):
                plan = engine.unpack_plan(packed)
                if name == "drafts":
                    window.session.set_draft(mission, plan)
                else:
                    window.session.add_result(mission, plan)
                if number % 5 == 0:
                    window.map.view.viewport().repaint()
                    QApplication.processEvents()
                    # Without a running loop, what is to be deleted later waits for this.
                    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
                if number % 100 == 0:
                    sizes.append(_resident_mb())
        console.print(
            f"memory over {PLANS:,} {name}: {sizes[0]:.0f} MB with the first, {sizes[1]:.0f} MB "
            f"after 100, {sizes[PLANS // 200]:.0f} MB after {PLANS // 2}, "
            f"{sizes[-1]:.0f} MB after all"
        )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def all_figures(console: Console) -> None:
    """Measure everything of the desktop app."""
    for measure in (first_window, frames, live_draft, lateness, taking_in, memory):
        measure(console)
    console.print()
