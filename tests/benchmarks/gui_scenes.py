"""What the desktop app is measured with: missions, large plans, windows, a watch on its loop."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import shapely
from PySide6.QtCore import QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.settings import Settings
from mcpp.ground.frame import LocalFrame
from mcpp.model import AreaPart, LegKind, LonLat, Mission, Plan, Uav

MIDDLE: LonLat = (16.0, 48.0)
TICK_MS = 5


def application() -> QApplication:
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication(sys.argv[:1])


def square_mission(hectares: float, spacing_m: float, uavs: int = 3) -> Mission:
    """A square with starts inside it, near its southern border."""
    side = (hectares * 1e4) ** 0.5
    frame = LocalFrame(MIDDLE)
    corners = shapely.get_coordinates(shapely.box(0, 0, side, side))[:4]
    starts = [(side * (index + 0.5) / uavs, 0.05 * side) for index in range(uavs)]
    return Mission(
        name="square",
        area=(AreaPart(outer_lon_lat_deg=_places(frame, corners)),),
        uavs=tuple(
            Uav(id=f"UAV-{index + 1}", start_lon_lat_deg=place)
            for index, place in enumerate(_places(frame, np.array(starts)))
        ),
        scan_distance_m=spacing_m,
    )


def _places(frame: LocalFrame, xy_m: np.ndarray) -> tuple[LonLat, ...]:
    return tuple((float(lon), float(lat)) for lon, lat in frame.to_deg(xy_m))


def stairs(plan: Plan, vertices: int) -> Plan:
    """The plan with a corner every few metres on all of its way: none can be left out."""
    columns, step_m = 140, 7.0
    sorties = []
    for sortie in plan.sorties:
        along = np.arange(vertices // len(plan.sorties))
        row, column = np.divmod(along, columns)
        east = np.where(row % 2, columns - 1 - column, column) * step_m * 2 / 3
        north = 2 * step_m * row + step_m * (along % 2)
        left = sortie.uav * columns * step_m * 2 / 3
        sorties.append(
            replace(
                sortie,
                xyz_m=np.stack([east + left - 1000, north - 1000, np.full(len(along), 50.0)], 1),
                kind=np.full(len(along) - 1, int(LegKind.SURVEY)),
                speed_m_s=np.full(len(along) - 1, 5.0),
                time_s=along.astype(np.float64),
            )
        )
    return replace(plan, sorties=tuple(sorties))


@contextmanager
def open_window() -> Iterator[MainWindow]:
    """The whole window with the real planner's processes, no map server, files of its own."""
    app = application()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.ini")
        settings.put("map/provider", "none")
        window = MainWindow(settings, data=Path(folder) / "data", cache=Path(folder) / "cache")
        window.show()
        window.planning.warm_up()
        app.processEvents()
        yield window
        window.session.mark_saved(Path(folder) / "saved.json")
        window.close()
        window.deleteLater()
        app.processEvents()


def wait_for(signal: SignalInstance, timeout_ms: int, until: Callable[[], bool]) -> bool:
    """Let the event loop run until a condition holds after a signal."""
    if until():
        return True
    loop = QEventLoop()
    signal.connect(lambda *_: loop.quit() if until() else None)
    QTimer.singleShot(timeout_ms, loop, loop.quit)
    loop.exec()
    return until()


class LoopWatch:
    """Notes by how much a timer of the window comes too late."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(1000 * (now - self._last) - TICK_MS)
        self._last = now

    def take(self) -> list[float]:
        """Give what was noted since the last time."""
        noted, self.late_ms = self.late_ms, []
        return noted

    def stop(self) -> None:
        """End the watch."""
        self._timer.stop()
