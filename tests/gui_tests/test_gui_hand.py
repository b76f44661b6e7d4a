"""The hand on the map: several shapes, copy and paste, turning, the way of the lines, menus."""

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.edits import ShapeRef
from gui.main_window import MainWindow
from gui.map import geometry

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
AREA, ZONE = ShapeRef("area", 0), ShapeRef("zone", 0)


@pytest.fixture
def open_window(window, qtbot, small_mission):
    window.planning.drafts_wanted = False
    window.resize(1500, 950)
    window.session.open(small_mission, None)
    window.map.fit()
    qtbot.wait(20)
    return window


def port(window):
    return window.map.view.viewport()


def drag(window, start: QPointF, end: QPointF, keys=NONE):
    QTest.mousePress(port(window), LEFT, keys, start.toPoint())
    QTest.mouseMove(port(window), (start + (end - start) / 2).toPoint())
    QTest.mouseMove(port(window), end.toPoint())
    QTest.mouseRelease(port(window), LEFT, keys, end.toPoint())


def corner(window: MainWindow, ref: ShapeRef, number: int) -> QPointF:
    return window.map.view.to_window(*window.map.mission_layer.rings[ref][number])


def click(window, at: QPointF, keys=NONE):
    QTest.mouseClick(port(window), LEFT, keys, at.toPoint())


def test_several_are_selected_by_shift_and_by_a_frame_and_moved_and_deleted(open_window):
    window, session = open_window, open_window.session
    uavs = [corner(window, ShapeRef("uav", k), 0) for k in (0, 1)]
    click(window, uavs[0])
    click(window, uavs[1], SHIFT)
    assert session.chosen == [ShapeRef("uav", 0), ShapeRef("uav", 1)]
    before = [uav.start_lon_lat_deg for uav in session.mission.uavs]
    drag(window, uavs[1], uavs[1] + QPointF(40, 10))
    after = [uav.start_lon_lat_deg for uav in session.mission.uavs]
    far = [geometry.distance_m(a, b) for a, b in zip(before, after, strict=True)]
    assert far[0] == pytest.approx(far[1], rel=1e-3)
    assert far[0] > 5
    assert session.undo_stack.count() == 1
    click(window, uavs[0] + QPointF(40, 10), SHIFT)  # takes it out again
    assert session.chosen == [ShapeRef("uav", 1)]
    drag(
        window,
        QPointF(4, 60),
        QPointF(port(window).width() - 4, port(window).height() - 4),
        SHIFT,
    )
    assert AREA in session.chosen
    assert ShapeRef("uav", 0) in session.chosen
    QTest.keyClick(window.map.view, Qt.Key.Key_A, CTRL)
    assert len(session.chosen) == 5
    QTest.keyClick(window.map.view, Qt.Key.Key_Delete)
    assert (session.mission.area, session.mission.uavs, session.mission.no_fly_zones) == (
        (),
        (),
        (),
    )
    QTest.keyClick(window.map.view, Qt.Key.Key_Z, CTRL)
    assert len(session.mission.uavs) == 2


def test_copy_paste_duplicate_by_their_keys(open_window):
    window, session = open_window, open_window.session
    session.select(ZONE, [ShapeRef("uav", 1)])
    window.map.view.setFocus()
    QTest.keyClick(window.map.view, Qt.Key.Key_C, CTRL)
    assert "barn" in QGuiApplication.clipboard().text()
    QTest.keyClick(window.map.view, Qt.Key.Key_V, CTRL)
    assert len(session.mission.no_fly_zones) == 3
    assert [uav.id for uav in session.mission.uavs] == ["one", "two", "UAV-1"]
    assert session.chosen == [ShapeRef("zone", 2), ShapeRef("uav", 2)]
    QTest.keyClick(window.map.view, Qt.Key.Key_D, CTRL)
    assert len(session.mission.no_fly_zones) == 4
    one, other = (session.mission.no_fly_zones[k].outer_lon_lat_deg[0] for k in (2, 3))
    assert geometry.distance_m(one, other) > 1
    QTest.keyClick(window.map.view, Qt.Key.Key_X, CTRL)
    assert len(session.mission.no_fly_zones) == 3
    assert session.selection is None


def test_a_shape_is_turned_by_its_handle_and_by_keys(open_window):
    window, session = open_window, open_window.session
    session.select(AREA)
    handles = window.tool_box.select.handles
    turn = handles.turn_by(handles.cross(AREA))
    area_m2 = geometry.area_m2(session.mission.area[0].outer_lon_lat_deg)
    before = session.mission.area[0].outer_lon_lat_deg
    bearing = geometry.bearing_deg(before[0], before[1])
    drag(window, turn, turn + QPointF(0, 60))
    after = session.mission.area[0].outer_lon_lat_deg
    assert after != before
    assert geometry.area_m2(after) == pytest.approx(area_m2, rel=1e-4)
    session.undo_stack.undo()
    assert session.mission.area[0].outer_lon_lat_deg == before
    QTest.keyClick(window.map.view, Qt.Key.Key_BracketRight, CTRL)
    ring = session.mission.area[0].outer_lon_lat_deg
    assert (geometry.bearing_deg(ring[0], ring[1]) - bearing) % 360 == pytest.approx(5.0, abs=0.01)


def test_the_way_of_the_lines_is_chosen_by_the_knob_an_edge_or_the_field(open_window):
    window, session = open_window, open_window.session
    session.select(AREA)
    handles = window.tool_box.select.handles
    cross = handles.cross(AREA)
    drag(window, handles.course_by(cross), cross + QPointF(40, -40))
    assert session.mission.direction_deg == pytest.approx(45.0, abs=1.5)
    assert handles.course_deg() == session.mission.direction_deg
    session.select(replace(AREA, vertex=0))
    window.actions_table.trigger("edit.along_edge")
    assert session.mission.direction_deg is None
    ring = session.mission.area[0].outer_lon_lat_deg
    edge_deg = geometry.bearing_deg(ring[0], ring[1]) % 180
    assert abs((handles.course_deg() - edge_deg + 90) % 180 - 90) < 0.5
    window.actions_table.trigger("edit.any_direction")
    assert handles.course_deg() is None
    line = window.flight_panel.lines.edits["direction_deg"].line
    window.steps.setCurrentIndex(2)
    line.setFocus()
    QTest.keyClicks(line, "30")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert session.mission.direction_deg == 30.0


def test_handles_of_the_whole_stand_on_no_corner_and_in_sight(open_window):
    window = open_window
    window.session.select(AREA)
    handles = window.tool_box.select.handles
    for zoom in (0.0, -1.5, -3.0, 2.0):
        window.map.fit()
        window.map.view.zoom_by(zoom)
        pixels = handles.taken(AREA, handles.pixels(AREA))
        cross = handles.cross(AREA)
        for spot in (cross, handles.turn_by(cross)):
            gaps = [math.hypot(x - spot.x(), y - spot.y()) for x, y in pixels]
            assert min(gaps) > 20, zoom
            assert port(window).rect().contains(spot.toPoint()), zoom


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_offers_what_fits_to_what_lies_under_the_pointer(open_window, qtbot):
    window = open_window

    def titles(at: QPointF) -> list[str]:
        QTest.mouseClick(port(window), Qt.MouseButton.RightButton, NONE, at.toPoint())
        found = [action.text() for action in window.map_menu.actions()]
        window.map_menu.close()
        return found

    uav = titles(corner(window, ShapeRef("uav", 0), 0))
    assert "Land here" in uav
    first, second = corner(window, AREA, 0), corner(window, AREA, 1)
    edge = titles(first + (second - first) * 0.4)
    assert "&Lines along this edge" in edge
    assert window.session.selection == replace(AREA, vertex=0)
    free = titles(QPointF(14, port(window).height() - 60))
    assert "&Paste" in free
    assert "Place a UAV here" in free
    place = next(a for a in window.map_menu.actions() if a.text() == "Place a UAV here")
    place.trigger()
    assert len(window.session.mission.uavs) == 3


def test_the_edge_that_closes_a_drawn_zone_is_shown_and_red(open_window, qtbot):
    window = open_window
    window.session.open(replace(window.session.mission, area=(), no_fly_zones=(), uavs=()), None)
    window.use_tool("zone")
    middle = QPointF(port(window).rect().center())
    for dx, dy in ((-120, -80), (120, -80), (120, 80)):
        click(window, middle + QPointF(dx, dy))
    QTest.mouseMove(port(window), (middle + QPointF(-120, 80)).toPoint())
    qtbot.wait(20)
    image = port(window).grab().toImage()
    ratio = image.devicePixelRatio()

    def is_red(at: QPointF) -> bool:
        colour = image.pixelColor((at * ratio).toPoint())
        return bool(colour.red() > 130 and colour.red() > 2 * colour.green())

    first_edge = [is_red(middle + QPointF(dx, -80)) for dx in range(-60, 60, 5)]
    closing = [is_red(middle + QPointF(-120, dy)) for dy in range(-60, 60)]
    assert all(first_edge)
    assert sum(closing) > 20


def test_what_is_pointed_at_is_told_with_leg_height_time_and_speed(open_window, small_plan):
    window = open_window
    window.session.open(small_plan.mission, None, small_plan)
    track = window.map.plan_layer.tracks[0]
    at = window.map.view.to_window(*((track.xy[1] + track.xy[2]) / 2))
    words = window.map.plan_layer.words_at(at)
    for piece in ("one", "leg 2 of", "50 m", "min", "5 m/s"):
        assert piece in words


def test_undo_and_redo_work_from_a_field_and_typing_is_taken_back_first(open_window):
    window, session = open_window, open_window.session
    line = window.flight_panel.form.edits["max_height_m"].line
    window.steps.setCurrentIndex(2)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "90")
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert line.text() == "120"  # the typing
    assert session.undo_stack.count() == 0
    line.selectAll()
    QTest.keyClicks(line, "90")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert session.mission.flight.max_height_m == 90
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert session.mission.flight.max_height_m == 120
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL | SHIFT)
    assert session.mission.flight.max_height_m == 90
    window.map.view.setFocus()
    QTest.keyClick(window.map.view, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(window.map.view, Qt.Key.Key_Z, CTRL | SHIFT)
    assert session.mission.flight.max_height_m == 90
    assert window.tool_name == "select"


def test_two_fingers_zoom_the_map(open_window, qtbot):
    window = open_window
    view = window.map.view
    before = view.zoom
    device = QTest.createTouchDevice()
    middle = port(window).rect().center()

    def touch(step: str, gap: int) -> None:
        event = QTest.touchEvent(port(window), device)
        for finger, side in ((0, -1), (1, 1)):
            getattr(event, step)(finger, middle + QPoint(side * gap, 0), port(window))
        event.commit()
        qtbot.wait(10)

    touch("press", 40)
    for gap in range(50, 170, 15):
        touch("move", gap)
    touch("release", 165)
    assert view.zoom > before + 0.5


def test_handles_of_an_area_stand_beside_its_zones_and_their_names(open_window):
    window = open_window
    handles = window.tool_box.select.handles
    window.session.select(AREA)
    cross = handles.cross(AREA)
    for index in range(len(window.session.mission.no_fly_zones)):
        pixels = handles.pixels(ShapeRef("zone", index))
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        for spot in (cross, handles.turn_by(cross), handles.course_by(cross)):
            inside = low[0] <= spot.x() <= high[0] and low[1] <= spot.y() <= high[1]
            assert not inside
    assert handles.at(cross) == (AREA, "whole")


@pytest.mark.parametrize("size", [(960, 540), (1280, 800)])
def test_the_whole_mission_is_shown_beside_what_lies_over_the_map(open_window, size, qtbot):
    window = open_window
    window.resize(*size)
    qtbot.wait(50)
    window.map.fit()
    panel = window.map
    over = [panel.place_box, panel.banner, window.corner_bar]
    for ref in [AREA, ShapeRef("uav", 0), ShapeRef("uav", 1)]:
        for x, y in window.tool_box.select.handles.pixels(ref).tolist():
            assert panel.view.viewport().rect().contains(QPointF(x, y).toPoint())
            assert not any(
                widget.isVisible() and widget.geometry().contains(QPointF(x, y).toPoint())
                for widget in over
            )
