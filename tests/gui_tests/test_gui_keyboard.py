"""All by keyboard: corners, the order of Tab, the welcome panel; tooltips that name the keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from gui import edits
from gui.edits import ShapeRef
from gui.map.geometry import area_m2

KEY = Qt.Key
AREA = ShapeRef("area", 0)


@pytest.fixture
def drawn(window, small_mission):
    """A window that shows the small mission, with the keys on the map."""
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.map.view.setFocus()
    return window


def ring(window):
    return edits.ring_of(window.session.mission, AREA)


@pytest.mark.parametrize("key", [KEY.Key_Insert, KEY.Key_I])
def test_a_key_inserts_a_corner_after_the_selected_one(drawn, key):
    before = ring(drawn)
    drawn.session.select(replace(AREA, vertex=1))
    QTest.keyClick(drawn.map.view, key)
    after = ring(drawn)
    assert len(after) == len(before) + 1
    assert after[2] == pytest.approx(
        [(a + b) / 2 for a, b in zip(before[1], before[2], strict=True)], abs=1e-6
    )
    assert drawn.session.selection == replace(AREA, vertex=2)
    assert drawn.actions_table["edit.undo"].text() == "&Undo: Insert corner"


def test_the_last_edge_and_the_longest_edge_take_corners(drawn):
    corners = len(ring(drawn))
    drawn.session.select(replace(AREA, vertex=corners - 1))
    QTest.keyClick(drawn.map.view, KEY.Key_I)
    assert drawn.session.selection == replace(AREA, vertex=corners)
    drawn.session.select(AREA)
    size = area_m2(ring(drawn))
    QTest.keyClick(drawn.map.view, KEY.Key_I)
    assert len(ring(drawn)) == corners + 2
    assert area_m2(ring(drawn)) == pytest.approx(size, rel=1e-4)


def test_circles_and_uavs_take_no_corner(drawn):
    circle = next(
        index
        for index, zone in enumerate(drawn.session.mission.no_fly_zones)
        if hasattr(zone, "radius_m")
    )
    before = drawn.session.mission
    for ref in (ShapeRef("zone", circle), ShapeRef("uav", 0), None):
        drawn.session.select(ref)
        assert not drawn.actions_table["edit.insert"].isEnabled()
        QTest.keyClick(drawn.map.view, KEY.Key_I)
        drawn.shapes.insert_corner()
    assert drawn.session.mission == before


def test_corners_are_chosen_moved_and_deleted_by_keys(drawn):
    view = drawn.map.view
    QTest.keyClick(view, KEY.Key_N)
    assert drawn.session.selection == AREA
    QTest.keyClick(view, KEY.Key_I)
    QTest.keyClick(view, KEY.Key_Period)
    QTest.keyClick(view, KEY.Key_Period)
    chosen = drawn.session.selection
    before = ring(drawn)
    QTest.keyClick(view, KEY.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert ring(drawn)[chosen.vertex][0] > before[chosen.vertex][0]
    QTest.keyClick(view, KEY.Key_Delete)
    assert len(ring(drawn)) == len(before) - 1
    assert drawn.session.selection == replace(AREA, vertex=(chosen.vertex - 1) % len(before))


def tab_round(window):
    """Press Tab until the focus is back where it was."""
    first = QApplication.focusWidget()
    seen = [first]
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or window, KEY.Key_Tab)
        if QApplication.focusWidget() is first:
            return seen
        seen.append(QApplication.focusWidget())
    pytest.fail(f"Tab is caught in {seen[-1]}")


@pytest.mark.parametrize("step", range(4))
def test_tab_goes_round_all_panels(drawn, small_plan, step):
    drawn.session.open(drawn.session.mission, None, small_plan)
    drawn.docks["timeline"].show()
    drawn.timeline.show_chart(True)
    drawn.steps.setCurrentIndex(step)
    drawn.session.select(ShapeRef("uav", 0))
    drawn.map.view.setFocus()
    seen = tab_round(drawn)
    assert drawn.map.place_box in seen
    assert drawn.plan_bar.go in seen
    assert drawn.timeline.charts.currentWidget() in seen
    if step == 1:
        assert drawn.fleet_panel.table in seen
        assert drawn.fleet_panel.form.edits["speed_m_s"].line in seen


def test_the_welcome_panel_is_used_by_keys(window):
    window.start(None)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused is window.map.card.buttons["new"]
    QTest.keyClick(focused, KEY.Key_Tab)
    QTest.keyClick(focused, KEY.Key_Backtab)
    QTest.keyClick(QApplication.focusWidget() or window, KEY.Key_Return)
    assert window.tool_name == "area"


def test_the_focus_stays_at_the_plan_button_while_it_changes(drawn, qtbot):
    drawn.plan_bar.go.setFocus()
    with qtbot.waitSignal(drawn.session.results_changed, timeout=10000):
        QTest.keyClick(drawn.plan_bar.go, KEY.Key_Space)
        assert drawn.plan_bar.stop.hasFocus()
    qtbot.waitUntil(lambda: not drawn.planning.running, timeout=5000)
    assert drawn.plan_bar.go.hasFocus()


def test_tooltips_name_the_keys(window):
    for row in window.actions_table.rows.values():
        if row.shortcut:
            keys = QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            assert f"({keys})" in window.actions_table[row.id].toolTip()
