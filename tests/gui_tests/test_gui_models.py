"""Tables of the fleet, of plans, of shapes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from gui.models.results import (
    AlternativesModel,
    FindingsModel,
    ResultsModel,
    UavFiguresModel,
    _finding_row,
)
from gui.models.shapes import ShapesModel
from gui.models.uavs import UavsModel
from gui.units import UnitSystem
from mcpp.model import Finding
from tests.gui_tests.plans import simple_plan

MODELS = [
    UavsModel, ShapesModel, UavFiguresModel, FindingsModel, ResultsModel, AlternativesModel,
]  # fmt: skip


@pytest.mark.parametrize("kind", MODELS)
def test_models_keep_qts_rules(qtmodeltester, session, settings, small_mission, kind):
    model = kind(session, settings)
    qtmodeltester.check(model)
    session.open(small_mission, None)
    finding = Finding(level="warning", code="x", message="odd", lon_lat_deg=(16.0, 48.0))
    session.add_result(small_mission, simple_plan(small_mission, (finding,)))
    qtmodeltester.check(model)
    session.edit("Less", replace(small_mission, uavs=small_mission.uavs[:1]))


def test_a_value_is_edited_in_its_unit(session, settings, small_mission):
    session.open(small_mission, None)
    model = UavsModel(session, settings)
    cell = model.index(0, model.column("endurance_s"))
    assert model.setData(cell, "20")
    assert session.mission.uavs[0].endurance_s == 1200
    assert model.data(cell) == "20"
    assert "[min]" in model.headerData(cell.column(), Qt.Orientation.Horizontal)


def test_a_wrong_value_stays_where_it_was_typed_and_says_what_is_right(
    session, settings, small_mission
):
    session.open(small_mission, None)
    model = UavsModel(session, settings)
    cell = model.index(1, model.column("speed_m_s"))
    model.setData(cell, "900")
    assert session.mission == small_mission
    assert model.data(cell) == "900"
    assert "0.1 to 60 m/s" in model.data(cell, Qt.ItemDataRole.ToolTipRole)
    assert model.data(cell, Qt.ItemDataRole.BackgroundRole) is not None
    model.setData(cell, "9")
    assert model.wrong_values == []
    assert session.mission.uavs[1].speed_m_s == 9


def test_two_uavs_can_not_have_one_name(session, settings, small_mission):
    session.open(small_mission, None)
    model = UavsModel(session, settings)
    model.setData(model.index(1, model.column("id")), "one")
    assert session.mission == small_mission
    assert "another UAV" in model.wrong_values[0]


def test_an_empty_value_is_the_presets(session, settings, small_mission):
    session.open(small_mission, None)
    model = UavsModel(session, settings)
    cell = model.index(0, model.column("speed_m_s"))
    model.setData(cell, "7")
    model.setData(cell, "")
    assert session.mission.uavs[0].speed_m_s is None
    assert model.data(cell) == "from the aircraft"


def test_units_change_in_all_cells(session, settings, small_mission):
    session.open(small_mission, None)
    model = UavsModel(session, settings)
    cell = model.index(0, model.column("height_m"))
    model.setData(cell, "30.48")
    settings.units = UnitSystem.IMPERIAL
    assert model.data(model.index(0, model.column("height_m"))) == "100"
    model.setData(model.index(0, model.column("height_m")), "200")
    assert session.mission.uavs[0].height_m == pytest.approx(60.96)


def test_findings_stand_the_worst_first(session, settings, small_mission):
    findings = tuple(
        Finding(level=level, code="x", message=level) for level in ("note", "error", "warning")
    )
    session.open(small_mission, None)
    model = FindingsModel(session, settings)
    session.add_result(small_mission, simple_plan(small_mission, findings))
    assert [row.cells[1] for row in model.rows] == ["error", "warning", "note"]


def test_the_shown_plan_is_bold_among_the_results(session, settings, small_mission, small_plan):
    session.open(small_mission, None)
    model = ResultsModel(session, settings)
    first = session.add_result(small_mission, small_plan)
    session.add_result(small_mission, simple_plan(small_mission))
    assert [row.bold for row in model.rows] == [False, True]
    session.look_at(first)
    assert [row.bold for row in model.rows] == [True, False]


def test_a_name_that_can_not_name_a_file_is_marked(session, settings, small_mission):
    session.open(small_mission, None)
    model = UavsModel(session, settings)
    for name in ("my drone", "a/b", ".hidden"):
        model.setData(model.index(0, model.column("id")), name)
        assert session.mission == small_mission
        assert "without spaces" in model.wrong_values[0]
    model.setData(model.index(0, model.column("id")), "my-drone_1")
    assert session.mission.uavs[0].id == "my-drone_1"
    assert model.wrong_values == []


@pytest.mark.parametrize("message", ["two: its battery is full", "its battery is full"])
def test_a_finding_names_its_uav_once(message):
    row = _finding_row(Finding(level="note", code="limit", message=message, uav="two"))
    assert row.cells[1] == "two: its battery is full"
