"""Panels and dialogs, each alone."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from gui import edits
from gui.edits import ShapeRef
from gui.fields import (
    flight_fields,
    line_fields,
    mission_fields,
    photo_fields,
    uav_fields,
    zone_fields,
)
from gui.ground import Ground
from gui.panels.area import AreaPanel
from gui.panels.coordinates import CoordinatesDialog, parse_places
from gui.panels.export import ExportDialog
from gui.panels.fleet import FleetPanel
from gui.panels.flight import FlightPanel
from gui.panels.planner import PlannerPanel
from gui.panels.result import ResultPanel
from gui.panels.time_chart import nice_top
from gui.panels.timeline import TimelinePanel
from gui.tracks import end_s
from gui.units import UnitSystem
from mcpp.errors import InputError
from mcpp.model import Finding, FlightSettings, Mission, Uav
from tests.gui_tests.plans import simple_plan


def button(name, text=""):
    made = QToolButton()
    made.setText(text or name)
    return made


def type_into(qtbot, edit, text):
    edit.line.setFocus()
    edit.line.selectAll()
    qtbot.keyClicks(edit.line, text)
    edit.line.setModified(True)
    edit.line.editingFinished.emit()


def line_of(panel, name) -> Any:
    return panel.form.edits[name].line


@pytest.fixture
def opened(session, small_mission):
    session.open(small_mission, None)
    return session


def test_a_right_value_is_a_step_and_a_wrong_one_is_marked(qtbot, opened, settings):
    panel = FlightPanel(opened, settings, QWidget(), QWidget())
    qtbot.addWidget(panel)
    panel.show()
    edit: Any = panel.lines.edits["scan_distance_m"]
    type_into(qtbot, edit, "35")
    assert opened.mission.scan_distance_m == 35
    assert opened.undo_stack.undoText() == "Change Line distance"
    type_into(qtbot, edit, "-3")
    assert opened.mission.scan_distance_m == 35
    assert edit.error.isVisible()
    assert "0.1 to 10000 m" in edit.error.text()
    assert edit.line.property("wrong") is True
    type_into(qtbot, edit, "forty")
    assert "not a number" in edit.error.text()
    opened.undo_stack.undo()
    assert edit.line.text() == "20" or edit.line.hasFocus()


def test_forms_change_their_units(qtbot, opened, settings):
    panel = FlightPanel(opened, settings, QWidget(), QWidget())
    qtbot.addWidget(panel)
    settings.units = UnitSystem.IMPERIAL
    edit: Any = panel.photos.edits["height_m"]
    assert edit.line.text() == "196.9"
    type_into(qtbot, edit, "100")
    assert opened.mission.flight.height_m == pytest.approx(30.48)


def test_a_zone_is_listed_selected_and_edited(qtbot, opened, settings):
    panel = AreaPanel(opened, settings, button)
    qtbot.addWidget(panel)
    panel.show()
    assert [panel.model.data(panel.model.index(i)).split("  ")[0] for i in range(3)] == [
        "Area", "barn", "mast",
    ]  # fmt: skip
    panel.list.setCurrentIndex(panel.model.index(2))
    assert opened.selection == ShapeRef("zone", 1)
    form = panel.forms[True]
    assert form.isVisible()
    assert not panel.forms[False].isVisible()
    type_into(qtbot, form.edits["radius_m"], "22")
    assert opened.mission.no_fly_zones[1].radius_m == 22


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_fleet_grows_from_a_preset(qtbot, opened, settings):
    panel = FleetPanel(opened, settings, button)
    qtbot.addWidget(panel)
    panel.show()
    panel.presets.line.setFocus()
    panel.presets.line.selectAll()
    QTest.keyClicks(panel.presets.line, "mavic")
    QTest.keyClick(panel.presets.line, Qt.Key.Key_Return)
    assert panel.presets.line.text() == "DJI Mavic 3E"
    panel.adder.click()
    assert opened.mission.uavs[-1].aircraft == "dji-mavic-3e"
    assert opened.mission.uavs[-1].camera == "DJI Mavic 3E wide"
    assert opened.mission.flight.sidelap == 0.7
    assert opened.selection == ShapeRef("uav", 2)
    assert line_of(panel, "speed_m_s").placeholderText().endswith("(from the aircraft)")


def test_an_aircraft_that_takes_no_files_is_told_before_planning(qtbot, opened, settings):
    panel = FleetPanel(opened, settings, button)
    qtbot.addWidget(panel)
    panel.show()
    opened.select(ShapeRef("uav", 1))
    assert not panel.path.isVisible()
    opened.edit("x", edits.change_uav(opened.mission, 1, aircraft="potensic-atom-2"))
    assert panel.path.isVisible()
    assert "opens no files" in panel.path.text()
    opened.select(ShapeRef("uav", 0))
    assert not panel.path.isVisible()


def test_a_uavs_form_follows_the_selection(qtbot, opened, settings):
    panel = FleetPanel(opened, settings, button)
    qtbot.addWidget(panel)
    panel.show()
    opened.select(ShapeRef("uav", 1))
    assert panel.title.text() == "two"
    type_into(qtbot, panel.form.edits["id"], "east")
    assert opened.mission.uavs[1].id == "east"
    camera: Any = panel.form.edits["camera"]
    camera.box.setCurrentIndex(1)
    camera.box.activated.emit(1)
    assert opened.mission.uavs[1].camera is not None
    type_into(qtbot, panel.form.edits["start_lon_lat_deg"], "40.6305, 22.925")
    assert opened.mission.uavs[1].start_lon_lat_deg == (22.925, 40.6305)


def test_planners_and_their_parameters_are_chosen(qtbot, opened, settings):
    panel = PlannerPanel(opened, settings)
    qtbot.addWidget(panel)
    panel.show()
    row = panel.box.findData("darp-stc")
    panel.box.setCurrentIndex(row)
    panel.box.activated.emit(row)
    assert not panel._params.isVisible()
    qtbot.mouseClick(panel.expert, Qt.MouseButton.LeftButton)
    assert panel._params.isVisible()
    assert panel.seed.isVisible()
    assert opened.mission.planner.name == "darp-stc"
    name, (edit, default) = next(
        (n, pair)
        for n, pair in panel._edits.items()
        if isinstance(pair[1], int | float) and pair[0].line
    )
    type_into(qtbot, edit, "no number")
    assert edit.error.text()
    low = edit.field.low
    type_into(qtbot, edit, str(int(low) if edit.field.kind == "integer" else low))
    if low != default:
        assert opened.mission.planner.params[name] == low


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (uav_fields, Uav), (flight_fields, FlightSettings), (mission_fields, Mission),
        (line_fields, Mission), (photo_fields, FlightSettings),
    ],
)  # fmt: skip
def test_fields_are_fields_of_the_model_and_say_what_they_are(fields, kind):
    names = set(kind.__dataclass_fields__)
    for field in fields():
        assert field.key in names
        assert field.title
        assert field.help.endswith(".")


def test_every_zone_field_is_shown():
    assert {f.key for f in zone_fields(circle=True)} > {f.key for f in zone_fields(circle=False)}


def test_a_finding_jumps_to_its_place(qtbot, opened, settings, small_mission):
    panel = ResultPanel(opened, settings, lambda result: None)
    qtbot.addWidget(panel)
    panel.resize(360, 700)
    panel.show()
    finding = Finding(level="warning", code="x", message="near the barn", lon_lat_deg=(22.9, 40.6))
    opened.add_result(small_mission, simple_plan(small_mission, (finding,)))
    row = panel.findings.visualRect(panel.findings_model.index(0, 1)).center()
    with qtbot.waitSignal(opened.place_wanted, timeout=500) as wanted:
        QTest.mouseClick(
            panel.findings.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            row,
        )
    assert wanted.args == [(22.9, 40.6)]


def test_an_error_is_said_in_the_figures(qtbot, opened, settings, small_mission):
    panel = ResultPanel(opened, settings, lambda result: None)
    qtbot.addWidget(panel)
    error = Finding(level="error", code="x", message="leaves the area")
    opened.add_result(small_mission, simple_plan(small_mission, (error,)))
    assert "1 errors: not safe" in panel.figures.safe.text()


def test_settings_of_an_old_plan_can_be_taken_back(
    qtbot, opened, settings, small_mission, small_plan
):
    taken: list[Any] = []
    panel = ResultPanel(opened, settings, taken.append)
    qtbot.addWidget(panel)
    panel.show()
    first = opened.add_result(small_mission, small_plan)
    opened.edit("x", replace(small_mission, seed=4))
    opened.look_at(first)
    assert panel.restorer.isVisible()
    panel.restorer.click()
    assert taken == [first]


def test_the_timeline_plays_and_is_dragged(
    qtbot, map_panel, session, settings, small_mission, small_plan, tmp_path
):
    session.open(small_mission, None, small_plan)
    panel = TimelinePanel(
        session, settings, map_panel.plan_layer, Ground(session, tmp_path), button
    )
    qtbot.addWidget(panel)
    panel.resize(700, 180)
    panel.show()
    panel.toggle()
    qtbot.waitUntil(lambda: (session.time_s or 0) > 1, timeout=3000)
    panel.toggle()
    assert not panel.playing
    chart = panel.chart
    x = round(chart.x_of(100.0))
    QTest.mouseClick(
        chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, 30)
    )
    assert session.time_s == pytest.approx(100, abs=2)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert session.time_s == pytest.approx(100 + end_s(map_panel.plan_layer.tracks) / 100, abs=2)
    assert "in the air" in panel.words.text()
    panel.grab()


@pytest.mark.parametrize(("highest", "top"), [(60, 80), (75, 80), (100, 120), (0, 1), (119, 160)])
def test_the_axis_ends_at_a_round_height(highest, top):
    assert nice_top(highest) == pytest.approx(top)


def test_coordinates_are_typed_and_checked(qtbot, small_mission):
    ring = small_mission.area[0].outer_lon_lat_deg
    dialog = CoordinatesDialog(ring, 3, UnitSystem.METRIC)
    qtbot.addWidget(dialog)
    for got, place in zip(dialog.ring, ring, strict=True):
        assert got == pytest.approx(place, abs=1e-6)
    dialog.text.setPlainText("40.0, 22.0\n40.1, 22.0\n40.1, nonsense")
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not ok.isEnabled()
    assert dialog.state.text().startswith("Line 3")
    dialog.text.setPlainText("40.0, 22.0\n40.1, 22.1\n40.1, 22.0\n40.0, 22.1")
    assert ok.isEnabled()
    assert "crosses itself" in dialog.state.text()


def test_a_closing_corner_is_dropped_and_too_few_are_refused():
    assert len(parse_places("1, 2\n3, 4\n5, 1\n1, 2", 3)) == 3
    with pytest.raises(InputError, match="3 places"):
        parse_places("1, 2\n\n3, 4", 3)


def test_an_empty_area_can_be_typed(qtbot):
    dialog = CoordinatesDialog((), 3, UnitSystem.METRIC)
    qtbot.addWidget(dialog)
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()


def test_an_unsafe_plan_is_not_exported(qtbot, settings, small_mission, tmp_path):
    error = Finding(level="error", code="x", message="leaves the area")
    dialog = ExportDialog(simple_plan(small_mission, (error,)), settings, tmp_path / "out")
    qtbot.addWidget(dialog)
    dialog.everything.setChecked(False)
    dialog.formats["csv"].setChecked(True)
    dialog.export()
    assert "leaves the area" in dialog.state.text()
    assert not (tmp_path / "out").exists()


def test_files_are_replaced_after_a_second_press_only(qtbot, settings, small_plan, tmp_path):
    dialog = ExportDialog(small_plan, settings, tmp_path / "out")
    qtbot.addWidget(dialog)
    dialog.everything.setChecked(False)
    dialog.formats["csv"].setChecked(True)
    dialog.export()
    (written,) = dialog.written
    written.write_text("mine")
    dialog.export()
    assert written.read_text() == "mine"
    assert dialog.go.text() == "Replace the files"
    dialog.export()
    assert written.read_text() != "mine"


def test_a_format_beside_everything_is_written_where_another_has_its_ending(
    qtbot, settings, small_plan, tmp_path
):
    dialog = ExportDialog(small_plan, settings, tmp_path / "out")
    qtbot.addWidget(dialog)
    for name in ("csv", "litchi", "qgc-plan"):
        dialog.formats[name].setChecked(True)
    dialog.export()
    written = [path.name for path in dialog.written]
    assert len(written) == len(set(written))
    assert {"README.txt", "waypoints.csv", "one.csv", "two.csv", "one.plan"} <= set(written)


def test_nothing_ticked_exports_nothing(qtbot, settings, small_plan, tmp_path):
    dialog = ExportDialog(small_plan, settings, tmp_path)
    qtbot.addWidget(dialog)
    dialog.everything.setChecked(False)
    assert not dialog.go.isEnabled()


def test_the_linters_words_stand_beside_the_target(qtbot, settings, small_plan, tmp_path):
    dialog = ExportDialog(small_plan, settings, tmp_path)
    qtbot.addWidget(dialog)
    for index in range(dialog.target.count()):
        dialog.target.setCurrentIndex(index)
        assert dialog.verdict.text()
        assert dialog.faults.isVisibleTo(dialog) is bool(dialog.faults.count())


def test_every_edit_of_the_fleet_is_undone(opened, small_mission):
    opened.edit("x", edits.change_uav(opened.mission, 0, speed_m_s=9.0))
    opened.undo_stack.undo()
    assert opened.mission == small_mission
