"""What the screen tells a newcomer to do next."""

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt

from gui.edits import ShapeRef
from gui.guide import next_step
from mcpp.model import Finding
from tests.gui_tests.plans import simple_plan

NO_KEYS = Qt.KeyboardModifier.NoModifier


def words(window):
    return next_step(window.session, window.planning)


def test_the_way_from_an_area_to_the_export_is_told_step_by_step(window, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(replace(small_mission, uavs=(), no_fly_zones=()), None)
    assert "no-fly zones" in words(window)
    assert "press UAVs" in words(window)
    window.session.open(replace(small_mission, uavs=()), None)
    assert "no-fly zones" not in words(window)
    window.session.open(small_mission, None)
    assert "press Plan" in words(window)
    assert window.map.banner.text() == words(window)
    window.session.add_result(small_mission, simple_plan(small_mission))
    assert "press Export" in words(window)


def test_who_has_planned_twice_is_told_no_more(window, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    for seed in (1, 2):
        mission = replace(small_mission, seed=seed)
        window.session.edit("x", mission)
        window.session.add_result(mission, simple_plan(mission))
    assert words(window) == ""
    window.session.edit("x", replace(small_mission, seed=7))
    assert words(window) == ""


def test_an_unsafe_plan_is_not_sent_on(window, small_mission):
    wrong = Finding(level="error", code="no-fly", message="flies through a zone")
    plan = simple_plan(small_mission, (wrong,))
    plan = replace(plan, report=replace(plan.report, findings=(wrong,)))
    window.session.open(small_mission, None, plan)
    assert words(window) == ""


def test_from_far_above_the_tools_send_to_the_field_first(window):
    window.map.view.go_to((20.0, 40.0), 3.0)
    window.use_tool("area")
    assert "go to your field" in window.map.banner.text()
    window.map.view.go_to((20.0, 40.0), 16.0)
    assert "first corner" in window.map.banner.text()
    window.tool_box.tools["area"].click(QPointF(100, 100), NO_KEYS)
    window.map.view.go_to((20.0, 40.0), 3.0)
    assert "next corner" in window.map.banner.text()


def test_a_placed_uav_is_selected_and_its_values_are_shown(window):
    window.map.view.go_to((20.0, 40.0), 16.0)
    window.use_tool("uav")
    window.tool_box.tools["uav"].click(QPointF(100, 100), NO_KEYS)
    window.tool_box.tools["uav"].click(QPointF(200, 100), NO_KEYS)
    assert window.session.selection == ShapeRef("uav", 1)
    assert window.fleet_panel.form.isVisibleTo(window.fleet_panel)


def test_the_banner_is_never_wider_than_the_map_nor_over_the_buttons(window):
    for width in (700, 1000, 1280, 1920):
        window.resize(width, 700)
        for hint in ("Short.", "A longer hint that takes a line. " * 4):
            window.map.say(hint)
            box = window.map.banner.geometry()
            assert window.map.rect().contains(box)
            assert not box.intersects(window.map.place_box.geometry())
            assert not box.intersects(window.corner_bar.geometry())
