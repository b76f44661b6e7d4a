"""What a slip of the hand must not do: shapes of no size, lost steps, keys that draw nothing."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gui.edits import ShapeRef
from gui.map.draw_tools import CircleTool, PolygonTool, RectangleTool
from gui.map.select_tool import SelectTool
from gui.map.tools import PointsTool
from gui.session import Session

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def port(map_panel):
    map_panel.view.go_to((16.0, 48.0), 16.0)
    return map_panel.view.viewport()


def _take(panel, session: Session, kind: type[PointsTool], target: str) -> PointsTool:
    tool = kind(session, panel.view, panel.mission_layer, target)  # type: ignore[call-arg]
    panel.view.set_tool(tool)
    return tool


def _double_click(port, at: QPoint) -> None:
    """As a hand does it: the second press comes as a double click after a whole click."""
    QTest.mousePress(port, LEFT, NONE, at)
    QTest.mouseRelease(port, LEFT, NONE, at)
    QTest.mouseDClick(port, LEFT, NONE, at)


@pytest.mark.parametrize("kind", [RectangleTool, CircleTool])
@pytest.mark.parametrize("target", ["area", "zone"])
def test_a_double_click_draws_nothing_of_no_size(map_panel, session, port, kind, target):
    _take(map_panel, session, kind, target)
    _double_click(port, port.rect().center())
    QTest.keyClick(map_panel.view, Qt.Key.Key_Return)
    assert session.mission.area == ()
    assert session.mission.no_fly_zones == ()
    assert session.undo_stack.count() == 0


@pytest.mark.parametrize("kind", [RectangleTool, CircleTool])
def test_two_points_by_the_space_bar_draw_a_shape(map_panel, session, port, kind):
    _take(map_panel, session, kind, "area")
    view = map_panel.view
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
    assert len(session.mission.area) == 1


def test_a_double_click_ends_a_polygon_without_a_corner_twice(map_panel, session, port):
    _take(map_panel, session, PolygonTool, "area")
    middle = port.rect().center()
    for step in (QPoint(-90, 60), QPoint(90, 60)):
        QTest.mouseClick(port, LEFT, NONE, middle + step)
    _double_click(port, middle + QPoint(0, -60))
    ring = session.mission.area[0].outer_lon_lat_deg
    assert len(ring) == len(set(ring)) == 3


def test_escape_drops_what_is_half_drawn_and_then_the_tool(map_panel, session, port, qtbot):
    tool = _take(map_panel, session, PolygonTool, "zone")
    QTest.mouseClick(port, LEFT, NONE, port.rect().center())
    QTest.keyClick(map_panel.view, Qt.Key.Key_Escape)
    assert tool.points == []
    with qtbot.waitSignal(tool.done):
        QTest.keyClick(map_panel.view, Qt.Key.Key_Escape)
    assert session.undo_stack.count() == 0


def test_snapping_is_off_while_alt_is_held(map_panel, session, port, small_mission):
    session.open(small_mission, None)
    map_panel.fit()
    view, layer = map_panel.view, map_panel.mission_layer
    tool = _take(map_panel, session, PolygonTool, "zone")
    corner = view.to_window(*layer.rings[ShapeRef("area", 0)][0])
    near = corner + QPointF(4, 3)
    assert (tool.snapped(near, NONE) - corner).manhattanLength() < 1e-3
    assert tool.snapped(near, Qt.KeyboardModifier.AltModifier) == near


def test_every_edit_by_hand_is_taken_back_and_done_again(map_panel, session, port, small_mission):
    session.open(small_mission, None)
    map_panel.fit()
    view, rings = map_panel.view, map_panel.mission_layer.rings
    select = SelectTool(session, view, map_panel.mission_layer)
    view.set_tool(select)
    missions = [session.mission]

    def drag(start: QPointF, by: QPointF) -> None:
        assert select.press(start, NONE)
        select.move(start + by, Qt.KeyboardModifier.AltModifier, pressed=True)
        select.release(start + by, NONE)
        missions.append(session.mission)

    def pixel(ref, corner):
        return view.to_window(*map_panel.mission_layer.rings[ref][corner])

    area, uav = ShapeRef("area", 0), ShapeRef("uav", 0)
    session.select(area)
    drag(pixel(area, 2), QPointF(-30, 25))  # a corner
    drag((pixel(area, 1) + pixel(area, 2)) / 2, QPointF(20, 0))  # a new corner
    drag(select.handles.cross(area), QPointF(12, 9))  # the whole shape
    drag(pixel(uav, 0), QPointF(25, -25))
    session.select(ShapeRef("zone", 1))
    drag(pixel(ShapeRef("zone", 1), len(rings[ShapeRef("zone", 1)]) // 4), QPointF(30, 0))
    assert len(set(map(repr, missions))) == len(missions) == session.undo_stack.count() + 1
    for mission in reversed(missions[:-1]):
        session.undo_stack.undo()
        assert session.mission == mission
    for mission in missions[1:]:
        session.undo_stack.redo()
        assert session.mission == mission
