"""What the crew chooses and what follows: photos, results, saved plans, two plans together."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gui import engine
from gui.edits import ShapeRef
from gui.panels.compare import CompareDialog, figures_of
from gui.panels.plan_bar import Rounds
from gui.units import UnitSystem
from mcpp.model import Mission, Uav
from tests.gui_tests.plans import simple_plan

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def type_into(line, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def opened(window, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, scan_distance_m=40.0), None)
    return window


def cells(window, row=0):
    return dict(
        zip(
            window.flight_panel.rows.titles(), window.flight_panel.rows.rows[row].cells, strict=True
        )
    )


def spacing_of(mission: Mission) -> float:
    figures = engine.photo_figures(mission, mission.uavs[0])
    assert isinstance(figures, engine.PhotoFigures)
    return figures.spacing_m


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_an_aircraft_brings_its_camera_and_the_lines_follow_live(opened):
    window, session = opened, opened.session
    window.steps.setCurrentIndex(1)
    session.select(ShapeRef("uav", 0))
    box = window.fleet_panel.form.edits["aircraft"].box
    type_into(box.line, "mavic 3e")
    assert session.mission.uavs[0].aircraft == "dji-mavic-3e"
    assert session.mission.uavs[0].camera == "DJI Mavic 3E wide"
    window.steps.setCurrentIndex(2)
    panel = window.flight_panel
    shown = cells(window)
    assert shown["Lines"] != "40 m"
    assert shown["GSD"].endswith("cm/px")
    spacing_m = spacing_of(session.mission)
    assert panel.lines.edits["scan_distance_m"].isVisible()  # the other one has no camera
    type_into(panel.photos.edits["gsd_m"].line, "2")
    assert session.mission.flight.gsd_m == pytest.approx(0.02)
    assert panel.photos.edits["height_m"].line.text() == ""
    assert "from GSD" in panel.photos.edits["height_m"].line.placeholderText()
    assert cells(window)["GSD"] == "2 cm/px"
    assert spacing_of(session.mission) != pytest.approx(spacing_m)
    type_into(panel.photos.edits["height_m"].line, "80")
    assert session.mission.flight.gsd_m is None
    assert session.mission.flight.height_m == 80
    session.edit("x", replace(session.mission, uavs=session.mission.uavs[:1]))
    assert not panel.lines.edits["scan_distance_m"].isVisible()


def test_no_tab_but_that_of_the_photos_tells_a_line_distance(opened):
    assert "scan_distance_m" not in opened.area_panel.form.edits
    assert cells(opened)["Lines"] == "40 m"
    opened.session.undo_stack.clear()


def test_names_are_readable_sorted_and_hold_the_missions_own():
    from gui.edits import empty_mission
    from mcpp.equipment import Aircraft

    assert engine.readable("dji-mavic-3e") == "DJI Mavic 3E"
    assert engine.readable("px4-multirotor") == "PX4 Multirotor"
    assert engine.readable("My own kite") == "My own kite"
    own = replace(empty_mission(), aircraft=(Aircraft(name="own-wing"),))
    names = engine.aircraft_names(own)
    assert "own-wing" in names
    titles = [engine.readable(name) for name in names]
    assert titles == sorted(titles, key=str.casefold)
    assert "own-wing" not in engine.aircraft_names()


def test_what_can_not_be_is_said_in_the_table(opened):
    flight = replace(opened.session.mission.flight, gsd_m=0.01)
    opened.session.edit("x", replace(opened.session.mission, flight=flight))
    row = opened.flight_panel.rows.rows[0]
    assert row.cells[1] == "?"
    assert "camera" in row.tip


def test_a_result_tells_photos_resolution_battery_and_points_in_the_draft_too(
    window, small_mission
):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.session.set_draft(small_mission, simple_plan(small_mission))
    model = window.result_panel.uavs_model
    shown = dict(zip(model.titles(), model.rows[0].cells, strict=True))
    plan = window.session.plan
    points = sum(len(s.xyz_m) for s in plan.sorties if s.uav == 0)
    assert shown["Points"] == str(points)
    assert int(shown["Photos"]) == engine.count_photos(plan, 0) > 20
    assert {"GSD", "Sidelap", "Battery left", "Done after"} <= set(shown)


def test_names_in_tables_are_not_cut(window, qtbot, small_mission):
    uavs = tuple(Uav(id=f"northern-field-{k}") for k in (1, 2))
    mission = replace(small_mission, uavs=uavs)
    window.planning.drafts_wanted = False
    window.session.open(mission, None, simple_plan(mission))
    window.docks.bring("result")
    qtbot.wait(50)
    table = window.result_panel.uavs
    assert table.columnWidth(0) >= table.sizeHintForColumn(0)


def test_saving_keeps_the_plan_and_opening_brings_it_back(
    window, tmp_path, small_mission, small_plan, monkeypatch
):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None, small_plan)
    path = tmp_path / "field.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    QTest.keyClick(window, Qt.Key.Key_S, CTRL)
    assert (tmp_path / "field.plan.json").exists()
    window.files.new()
    assert window.files.open(path)
    assert window.session.finished is not None
    assert window.session.plan.report.fleet.finish_s == pytest.approx(
        small_plan.report.fleet.finish_s, abs=0.01
    )
    engine.save_mission(path, replace(small_mission, seed=9))  # by another program
    window.files.new()
    assert window.files.open(path)
    assert window.session.plan is None
    (tmp_path / "field.plan.json").write_text("{")
    window.files.new()
    assert window.files.open(path)


def test_two_plans_stand_side_by_side_and_move_together(window, qtbot, small_mission, small_plan):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None, small_plan)
    assert not window.actions_table["plan.side_by_side"].isEnabled()
    other = replace(small_mission, scan_distance_m=30)
    window.session.edit("wider", other)
    window.session.add_result(other, simple_plan(other))
    QTest.keyClick(window, Qt.Key.Key_T, CTRL)
    dialog = window.findChild(CompareDialog)
    left, right = dialog.sides
    assert left.plan is small_plan
    assert right.plan.problem.vehicles[0].spacing_m == 30
    QTest.mouseClick(left.view.viewport(), LEFT)
    left.view.zoom_by(1.0)
    assert right.view.zoom == left.view.zoom
    assert right.view.middle() == pytest.approx(left.view.middle(), abs=1e-6)
    rows = {dialog.table.item(r, 0).text(): dialog.table.item(r, 3).text() for r in range(8)}
    assert rows["way of all"].startswith("\u2212")
    assert rows["Errors found"] == "0"
    right.box.setCurrentIndex(0)
    assert right.plan is small_plan
    dialog.close()


def test_the_difference_of_a_plan_with_itself_is_nothing(small_plan):
    rows = figures_of(small_plan, small_plan, UnitSystem.METRIC)
    assert all(row[1] == row[2] for row in rows)
    assert {row[3][0] for row in rows} == {"0"}


def test_the_bar_never_goes_back():
    bar, seen = Rounds(), []
    for fraction in (0.0, 0.5, 1.0, 0.0, 0.7, 0.2, 0.9, 1.0, 0.0, 1.0):
        seen.append(bar.whole(fraction))
    assert seen == sorted(seen)
    assert seen[2] == 0.5
    assert seen[-1] < 1.0
