"""Fixtures for the desktop app: settings in a file of the test, no network, a quick planner."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="the desktop app's extra is not installed")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from gui.main_window import MainWindow
from gui.map.panel import MapPanel
from gui.session import Session
from gui.settings import Settings
from mcpp.model import Mission, Plan
from tests.gui_tests.plans import simple_plan


def pytest_sessionfinish() -> None:
    """Empty the clipboard: Qt's offscreen one crashes the process that ends with data in it."""
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


FAKE_WORKER = (sys.executable, str(Path(__file__).with_name("fake_worker.py")))


@pytest.fixture
def settings(tmp_path: Path, qapp: object) -> Settings:
    """Remembered in the test's folder; no map server."""
    made = Settings(tmp_path / "settings.ini")
    made.put("map/provider", "none")
    made.put("theme", "light")
    return made


@pytest.fixture
def session(qapp: object) -> Session:
    """An empty mission."""
    return Session()


@pytest.fixture
def small_plan(small_mission: Mission) -> Plan:
    """Two strips over the small mission."""
    return simple_plan(small_mission)


@pytest.fixture
def map_panel(qtbot, session: Session, settings: Settings) -> MapPanel:
    """A map of 800 x 600 pixels."""
    panel = MapPanel(session, settings)
    qtbot.addWidget(panel)
    panel.resize(800, 600)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def window(qtbot, settings: Settings, tmp_path: Path) -> Iterator[MainWindow]:
    """The whole window with the quick planner."""
    made = MainWindow(
        settings, data=tmp_path / "data", cache=tmp_path / "cache", command=FAKE_WORKER
    )
    made.show()
    made.activateWindow()  # shortcuts are the active window's; without a window manager, too
    with qtbot.waitActive(made):
        pass
    yield made
    made.session.undo_stack.setClean()
    made.session.mark_saved(tmp_path / "saved.json")
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
