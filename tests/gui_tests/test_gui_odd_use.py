"""What people do that nobody meant: the window stays whole and says what is wrong."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from gui import edits
from gui.edits import ShapeRef


@pytest.fixture
def running(window, qtbot, small_mission):
    """A window in which a slow plan is being made."""
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, name="slow"), None)
    with qtbot.waitSignal(window.planning.progress, timeout=10000):
        window.planning.plan()
    return window


@pytest.mark.parametrize("lack", ["area", "uavs"])
def test_no_plan_is_begun_without_an_area_or_uavs(window, small_mission, lack):
    window.session.open(replace(small_mission, **{lack: ()}), None)
    QTest.keyClick(window, Qt.Key.Key_F5)
    window.planning.plan()
    assert not window.planning.running
    assert not window.plan_bar.go.isEnabled()
    assert window.plan_bar.words.text()


def test_what_is_planned_may_be_changed_and_undone_meanwhile(running, qtbot):
    before = running.session.mission
    running.session.select(ShapeRef("area", 0))
    running.shapes.delete_selected()
    assert running.planning.running
    assert running.session.mission.area == ()
    running.session.undo_stack.undo()
    assert running.session.mission == before
    running.session.undo_stack.redo()
    running.session.undo_stack.undo()
    with qtbot.waitSignal(running.planning.running_changed, timeout=5000):
        running.planning.cancel()
    assert running.session.results == ()


def test_another_mission_ends_the_run_of_the_former(running, qtbot, small_mission):
    running.session.open(edits.empty_mission(), None)
    qtbot.waitUntil(lambda: not running.planning.running, timeout=5000)
    assert running.session.results == ()
    assert running.plan_bar.go.isVisible()


def test_imported_shapes_do_not_end_the_run(running, tmp_path):
    shape = tmp_path / "more.geojson"
    shape.write_text(
        '{"type": "Polygon", "coordinates":'
        " [[[22.95, 40.6], [22.96, 40.6], [22.96, 40.61], [22.95, 40.6]]]}"
    )
    running.files.drop(shape)
    assert running.planning.running
    running.planning.cancel()


def test_a_refusal_is_said_once_and_no_next_step_beside_it(window, qtbot, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, name="refuse"), None)
    assert window.map.banner.text()
    with qtbot.waitSignal(window.planning.worker.refused, timeout=10000):
        window.planning.plan()
    qtbot.waitUntil(lambda: not window.planning.running, timeout=5000)
    assert window.map.banner.text() == ""
    window.session.edit("x", replace(small_mission, name="refuse", seed=2))
    assert "press Plan" in window.map.banner.text()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", ""),
        ("b.geojson", "{"),
        ("c.kml", "<kml>"),
        ("d.zip", "PK"),
        ("e.txt", "hello"),
        ("f.gpkg", "x"),
        ("g.shp", "x"),
        ("h.tif", "x"),
        ("i.mbtiles", "x"),
        ("missing.json", None),
    ],
)
def test_a_broken_file_that_is_dropped_changes_nothing(window, tmp_path, small_mission, name, text):
    window.session.open(small_mission, None)
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    window.files.drop(path)
    (box,) = (box for box in window.findChildren(QMessageBox) if box.isVisible())
    assert name in box.text()
    assert "\n" not in box.text()
    assert window.session.mission == small_mission
    box.close()


@pytest.mark.parametrize("words", ["", "abc", "-5", "1e999", "nan", "4 0", "9" * 40])
def test_a_wrong_number_is_marked_and_not_taken(window, small_mission, words):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    before = window.session.mission.overshoot_m
    edit = window.area_panel.form.edits["overshoot_m"]
    edit.line.setFocus()
    edit.line.selectAll()
    QTest.keyClicks(edit.line, words) if words else QTest.keyClick(edit.line, Qt.Key.Key_Delete)
    QTest.keyClick(edit.line, Qt.Key.Key_Return)
    assert edit.error.isVisibleTo(edit)
    assert edit.error.text()
    assert window.session.mission.overshoot_m == before


@pytest.mark.parametrize("size", [(1024, 700), (1280, 720), (800, 600)])
def test_small_windows_keep_their_panels_apart(window, small_mission, small_plan, size):
    window.session.open(small_mission, None, small_plan)
    window.docks["timeline"].show()
    window.resize(*size)
    window.showNormal()
    assert window.width() <= max(size[0], window.minimumSizeHint().width())
    boxes = [window.centralWidget(), *(d for d in window.docks.values() if d.isVisible())]
    shown = [box.geometry() for box in boxes if not box.visibleRegion().isEmpty()]
    for index, one in enumerate(shown):
        assert all(not one.intersects(other) for other in shown[index + 1 :])
    assert window.plan_bar.go.visibleRegion().boundingRect().height() >= 30


@pytest.mark.parametrize("size", [(1024, 700), (800, 600), (1280, 800)])
def test_the_welcome_panel_is_whole_in_small_windows(window, qtbot, size):
    window.resize(*size)
    window.start(None)
    qtbot.waitUntil(lambda: window.map.card.geometry().height() > 100)
    card = window.map.card
    assert window.map.rect().contains(card.geometry())
    for button in card.buttons.values():
        assert card.rect().contains(button.geometry())
    assert not window.map.place_box.geometry().intersects(window.corner_bar.geometry())
