"""Tables of the result panel: as high as their rows, at each width."""

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.models.results import FindingsModel, UavFiguresModel
from gui.panels.result_table import HIGHEST_PX, ROW_PX, WordsTable
from mcpp.model import Finding, ViewFigures
from tests.gui_tests.plans import simple_plan

WORDS = "the way back passes over the barn and over the road behind it, which is not allowed"


def notes(count):
    return tuple(Finding(level="note", code="x", message=WORDS) for _ in range(count))


def shown_table(qtbot, session, settings):
    table = WordsTable("Checks", FindingsModel(session, settings), 1)
    around = QWidget()
    qtbot.addWidget(around)
    layout = QVBoxLayout(around)
    layout.addWidget(table.title)
    layout.addWidget(table)
    around.resize(900, 700)
    around.show()
    return around, table


def test_a_table_without_rows_is_hidden_with_its_title(
    qtbot, session, settings, small_mission, small_plan
):
    _, table = shown_table(qtbot, session, settings)
    assert not table.isVisible()
    assert not table.title.isVisible()
    session.open(small_mission, None, simple_plan(small_mission, notes(1)))
    assert table.isVisible()
    assert table.title.isVisible()
    session.open(small_mission, None, small_plan)
    assert not table.isVisible()


def test_rows_grow_where_their_words_wrap(qtbot, session, settings, small_mission):
    around, table = shown_table(qtbot, session, settings)
    session.open(small_mission, None, simple_plan(small_mission, notes(2)))
    qtbot.waitUntil(lambda: table.width() > 800, timeout=1000)
    one_line_px = table.rowHeight(0)  # a style sheet of another test adds its padding
    assert ROW_PX <= one_line_px < ROW_PX + table.fontMetrics().height()
    wide = table.height()
    around.resize(300, 700)
    qtbot.waitUntil(lambda: table.width() < 300, timeout=1000)
    assert table.rowHeight(0) > one_line_px
    assert table.height() > wide
    bottom = table.rowViewportPosition(1) + table.rowHeight(1)
    qtbot.waitUntil(lambda: bottom <= table.viewport().height(), timeout=1000)


def test_a_table_of_many_rows_is_scrolled(qtbot, session, settings, small_mission):
    _, table = shown_table(qtbot, session, settings)
    session.open(small_mission, None, simple_plan(small_mission, notes(200)))
    assert table.height() == HIGHEST_PX


def test_a_plan_that_comes_in_has_its_rows_measured_once(
    qtbot, session, settings, small_mission, monkeypatch
):
    _, table = shown_table(qtbot, session, settings)
    session.open(small_mission, None, simple_plan(small_mission, notes(7)))
    measured = []
    monkeypatch.setattr(
        WordsTable, "resizeRowToContents", lambda self, row: measured.append((self, row))
    )
    session.add_result(small_mission, simple_plan(small_mission, notes(6)))
    assert measured == [(table, row) for row in range(6)]


def test_each_uav_tells_how_many_photos_see_its_ground(session, settings, small_mission, qapp):
    plan = simple_plan(small_mission)
    views = ViewFigures(least=2, p1=4, p5=7, median=11, short_percent=0.4)
    uavs = tuple(
        replace(uav, kept=replace(uav.kept, views=views if uav.id == "one" else None))
        for uav in plan.report.uavs
    )
    fleet = replace(plan.report.fleet, min_views=6)
    plan = replace(plan, report=replace(plan.report, uavs=uavs, fleet=fleet))
    session.open(small_mission, None, plan)
    model = UavFiguresModel(session, settings)
    column = list(model.titles()).index("Views")
    assert [row.cells[column] for row in model.rows] == ["7", "-"]
    assert "on 7 photos or more, half on 11; 6 are wanted" in model.rows[0].tip
    assert "photos or more" not in model.rows[1].tip
