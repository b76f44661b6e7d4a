"""The fly panel against the simulated fleet on loopback."""

import pytest
from PySide6.QtCore import Qt

from gui.panels.fly import FlyPanel
from gui.tracks import end_s


@pytest.fixture
def panel(qtbot, session, settings, map_panel, small_mission, small_plan):
    session.open(small_mission, None, small_plan)
    made = FlyPanel(session, settings, map_panel)
    qtbot.addWidget(made, before_close_func=lambda w: w.close_links())
    made.resize(340, 700)
    made.show()
    return made


def test_without_a_plan_nothing_can_be_sent(qtbot, session, settings, map_panel):
    panel = FlyPanel(session, settings, map_panel)
    qtbot.addWidget(panel)
    assert not panel.upload.isEnabled()
    assert "Make a plan first" in panel.words.text()


def test_a_typed_link_belongs_to_the_mission_and_keeps_the_plan(panel, session):
    line = panel.cards["one"].link
    line.setText("udp:127.0.0.1:14999")
    line.editingFinished.emit()
    assert session.mission.uavs[0].link == "udp:127.0.0.1:14999"
    assert session.finished is not None


def test_a_link_that_is_none_is_told_in_words(panel, qtbot):
    panel.cards["one"].link.setText("carrier pigeon")
    qtbot.mouseClick(panel.upload, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.problem.text() != "", timeout=5000)
    assert "carrier pigeon" in panel.problem.text()


def test_the_simulated_fleet_is_loaded_watched_and_recalled(panel, qtbot, map_panel):
    qtbot.mouseClick(panel.simulate, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.upload, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.watch.isChecked(), timeout=20000)  # all was verified
    qtbot.waitUntil(lambda: len(panel._live.items) == 2, timeout=10000)
    qtbot.mouseClick(panel.launch, Qt.MouseButton.LeftButton)
    heights = {}
    panel._link.state.connect(lambda s: heights.update({s.uav: s.height_m or 0.0}))

    def flying():
        return len(heights) == 2 and min(heights.values()) > 5

    qtbot.waitUntil(flying, timeout=20000)
    assert panel.problem.text() == ""
    modes = {}
    panel._link.state.connect(lambda s: modes.update({s.uav: s.mode}))
    qtbot.mouseClick(panel.cards["one"].buttons["return"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: modes.get("one") != modes.get("two"), timeout=10000)
    qtbot.mouseClick(panel.watch, Qt.MouseButton.LeftButton)
    assert panel._live.items == {}
    assert end_s(map_panel.plan_layer.tracks) > 0
