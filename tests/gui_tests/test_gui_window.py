"""The whole window: its table of actions, files, and the whole job by mouse and keyboard."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gui import engine, icons
from gui.action_rows import menus
from gui.autosave import Autosave
from gui.main_window import MainWindow
from gui.panels.export import ExportDialog
from gui.session import Session
from mcpp.model import CircleZone
from tests.gui_tests.conftest import FAKE_WORKER

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def click(window, dx, dy):
    port = window.map.view.viewport()
    at = port.rect().center() + QPoint(dx, dy)
    QTest.mouseMove(port, at)
    QTest.mouseClick(port, LEFT, NONE, at)


def drag(window, start, end):
    port = window.map.view.viewport()
    middle = port.rect().center()
    QTest.mousePress(port, LEFT, NONE, middle + QPoint(*start))
    QTest.mouseMove(port, middle + QPoint(*start) + QPoint(6, 6))
    QTest.mouseMove(port, middle + QPoint(*end))
    QTest.mouseRelease(port, LEFT, NONE, middle + QPoint(*end))


def test_the_whole_job_by_mouse_and_keyboard(window, qtbot, tmp_path, monkeypatch):
    """Draw, no-fly zone, three UAVs, plan, undo, redo, export, save, reopen."""
    window.start(None)
    welcome = window.map.card
    qtbot.mouseClick(welcome.buttons["new"], LEFT)
    window.map.view.go_to((22.513, 39.598), 16.0)
    for corner in ((-200, -150), (200, -150), (200, 150)):
        click(window, *corner)
    click(window, -200, 150)
    qtbot.keyClick(window.map.view, Qt.Key.Key_Return)
    assert len(window.session.mission.area) == 1

    qtbot.keyClick(window.map.view, Qt.Key.Key_C)
    assert window.tool_name == "zone_circle"
    drag(window, (0, 0), (30, 0))
    assert isinstance(window.session.mission.no_fly_zones[0], CircleZone)

    qtbot.keyClick(window.map.view, Qt.Key.Key_U)
    for dx in (-150, 0, 150):
        click(window, dx, 120)
    qtbot.keyClick(window.map.view, Qt.Key.Key_Return)
    assert len(window.session.mission.uavs) == 3

    with qtbot.waitSignal(window.session.results_changed, timeout=10000):
        qtbot.mouseClick(window.plan_bar.go, LEFT)
    assert window.session.finished is not None
    assert "Planned and checked" in window.plan_bar.words.text()
    planned = window.session.mission

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(window.session.mission.uavs) == 2
    assert window.session.finished is None
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.session.mission == planned
    assert window.session.finished is not None

    window.settings.put("export/folder", str(tmp_path / "out"))
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = window.findChildren(ExportDialog)
    dialog.everything.setChecked(False)
    for name in ("qgc-plan", "geojson"):
        dialog.formats[name].setChecked(True)
    qtbot.mouseClick(dialog.go, LEFT)
    assert len(list((tmp_path / "out").glob("*.plan"))) == 3
    assert (tmp_path / "out" / "routes.geojson").exists()
    dialog.close()

    path = tmp_path / "field.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not window.session.dirty
    window.files.new()
    assert window.session.mission.area == ()
    assert window.files.open(path)
    assert window.session.mission == planned
    assert window.settings.recent[0] == path


def test_every_action_is_in_a_menu_with_words_and_its_own_shortcut(window):
    known = {name for name, _ in menus()}
    seen = set()
    for row in window.actions_table.rows.values():
        assert row.menu in known
        assert row.title
        assert row.tip
        assert not row.icon or row.icon in icons.names()
        if row.shortcut:
            assert row.shortcut not in seen
            seen.add(row.shortcut)
        assert window.actions_table[row.id].toolTip().startswith(row.tip)


def test_actions_are_off_when_they_can_do_nothing(window, small_mission, small_plan):
    table = window.actions_table
    for name in ("plan.run", "file.export", "edit.undo", "edit.delete", "view.play"):
        assert not table[name].isEnabled(), name
    window.session.open(small_mission, None, small_plan)
    for name in ("plan.run", "file.export", "view.play"):
        assert table[name].isEnabled(), name


def test_the_edit_menu_names_the_step(window, small_mission):
    window.session.open(small_mission, None)
    window.session.edit("Move corner", replace(small_mission, seed=3))
    assert window.actions_table["edit.undo"].text() == "&Undo: Move corner"
    window.session.undo_stack.undo()
    assert window.actions_table["edit.redo"].text() == "&Redo: Move corner"


def test_a_draft_follows_the_mission(window, qtbot, small_mission):
    window.session.open(small_mission, None)
    qtbot.waitUntil(lambda: window.session.is_draft, timeout=10000)
    assert "Draft" in window.plan_bar.words.text()
    window.session.edit("x", replace(small_mission, seed=5))
    qtbot.waitUntil(lambda: window.session.plan.mission.seed == 5, timeout=10000)


def test_a_run_is_cancelled_by_its_button(window, qtbot, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, name="slow"), None)
    with qtbot.waitSignal(window.planning.progress, timeout=10000):
        qtbot.mouseClick(window.plan_bar.go, LEFT)
    assert window.plan_bar.stop.isVisible()
    assert "thinking" in window.plan_bar.words.text()
    with qtbot.waitSignal(window.planning.running_changed, timeout=1000):
        qtbot.mouseClick(window.plan_bar.stop, LEFT)
    assert window.plan_bar.go.isVisible()
    assert window.session.results == ()


def test_why_there_is_no_plan_is_said(window, qtbot, small_mission):
    assert window.plan_bar.words.text() == "Draw the area first."
    assert not window.plan_bar.go.isEnabled()
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, name="refuse"), None)
    with qtbot.waitSignal(window.planning.worker.refused, timeout=10000):
        window.planning.plan()
    assert "the area has 4 cells" in window.plan_bar.words.text()


def test_a_crossing_outline_is_said_and_stops_the_plan(window, small_mission):
    (part,) = small_mission.area
    a, b, c, d = part.outer_lon_lat_deg
    crossed = replace(part, outer_lon_lat_deg=(a, c, b, d))
    window.session.open(replace(small_mission, area=(crossed,)), None)
    assert "crosses itself" in window.plan_bar.words.text()
    assert not window.plan_bar.go.isEnabled()


def test_planners_are_compared_and_the_fastest_is_shown(window, qtbot, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.actions_table.trigger("plan.compare")
    names = engine.compared_planners(small_mission)
    qtbot.waitUntil(lambda: len(window.session.results) == len(names), timeout=20000)
    qtbot.waitUntil(lambda: window.session.finished is not None, timeout=2000)
    assert [r.mission.planner.name for r in window.session.results] == names


def test_a_dropped_file_is_opened_or_added(window, tmp_path, small_mission, monkeypatch):
    engine.save_mission(tmp_path / "m.json", small_mission)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "m.json"))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, mime, LEFT, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert window.session.mission == small_mission
    shape = tmp_path / "more.geojson"
    shape.write_text(
        '{"type": "Polygon", "coordinates":'
        " [[[22.95, 40.6], [22.96, 40.6], [22.96, 40.61], [22.95, 40.6]]]}"
    )
    window.files.drop(shape)
    assert len(window.session.mission.area) == 2
    window.session.undo_stack.undo()
    assert len(window.session.mission.area) == 1


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"area": 3}', "\x00\x01"])
def test_a_file_that_is_no_mission_is_refused_in_one_line(window, tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_text(text)
    said: list[str] = []
    window.files.failed.disconnect()
    window.files.failed.connect(said.append)
    assert not window.files.open(path)
    assert len(said) == 1
    assert "\n" not in said[0]


def test_unsaved_changes_are_asked_about(window, small_mission, monkeypatch):
    window.session.open(small_mission, None)
    window.session.edit("x", replace(small_mission, seed=3))
    buttons = QMessageBox.StandardButton
    monkeypatch.setattr(QMessageBox, "question", lambda *a, **k: buttons.Cancel)
    assert not window.files.new()
    assert window.session.mission.seed == 3
    monkeypatch.setattr(QMessageBox, "question", lambda *a, **k: buttons.Discard)
    assert window.files.new()
    assert window.session.mission.area == ()


def test_a_crashed_mission_is_offered_and_taken_back(settings, qtbot, tmp_path, small_mission):
    crashed = Autosave(Session(), tmp_path / "data")
    crashed._session.edit("x", small_mission)
    crashed.write()
    crashed._lock.unlock()
    window = MainWindow(settings, data=tmp_path / "data", cache=tmp_path / "c", command=FAKE_WORKER)
    qtbot.addWidget(window, before_close_func=lambda w: w.session.mark_saved(tmp_path / "x.json"))
    window.show()
    window.show_welcome()
    card: Any = window.map.card
    qtbot.mouseClick(card.buttons["recover"], LEFT)
    assert window.session.mission == small_mission
    assert window.session.dirty
    assert window.map.card is None


def test_the_layout_and_the_place_are_remembered(settings, qtbot, tmp_path):
    for turn in (1, 2):
        window = MainWindow(
            settings, data=tmp_path / "d", cache=tmp_path / "c", command=FAKE_WORKER
        )
        window.show()
        if turn == 1:
            window.docks["result"].close()
            window.map.view.go_to((24.4, 40.9), 14.0)
        else:
            assert not window.docks["result"].isVisible()
            assert window.map.view.middle() == pytest.approx((24.4, 40.9), abs=1e-3)
            assert window.map.view.zoom == 14.0
        window.close()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_themes_dress_the_window(window, name):
    window.looks.set_theme(name)
    assert window.theme.dark is (name == "dark")
    assert window.map.view.theme is window.theme
    assert window.actions_table["view.theme_" + name].isChecked()


def test_the_sample_opens_from_the_welcome_panel(window, qtbot):
    window.start(None)
    qtbot.mouseClick(window.map.card.buttons["sample"], LEFT)
    assert len(window.session.mission.uavs) == 3
    assert window.map.card is None


def test_coverage_has_a_legend(window, small_mission, small_plan):
    window.session.open(small_mission, None, small_plan)
    window.actions_table.trigger("view.layer_coverage")
    window.map.plan_layer.finish()
    assert window.map.legend.isVisible()
    window.actions_table.trigger("view.layer_coverage")
    assert not window.map.legend.isVisible()


def test_the_picture_goes_to_the_clipboard(window, qapp):
    window.outputs.copy_picture()
    assert not qapp.clipboard().pixmap().isNull()


def test_a_selected_thing_is_deleted_by_its_key(window, qtbot, small_mission):
    window.session.open(small_mission, None)
    window.map.view.setFocus()
    qtbot.keyClick(window.map.view, Qt.Key.Key_N)
    qtbot.keyClick(window.map.view, Qt.Key.Key_N)
    qtbot.keyClick(window.map.view, Qt.Key.Key_Delete)
    assert [zone.name for zone in window.session.mission.no_fly_zones] == ["mast"]
    assert window.actions_table["edit.undo"].text() == "&Undo: Delete"


def test_prefetching_needs_a_willing_server(window):
    window.sources.prefetch()
    box = window.findChild(QMessageBox)
    assert "No map server" in box.text()
    box.close()


def test_all_shortcuts_are_shown(window):
    window.words.show_keys()
    box = window.findChild(QMessageBox)
    assert "Ctrl+E" in box.text()
    box.close()
