"""Each tool alone, by mouse and keys on a map."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gui import edits
from gui.edits import ShapeRef
from gui.map import geometry
from gui.map.draw_tools import CircleTool, MeasureTool, PolygonTool, RectangleTool, UavTool
from gui.map.select_tool import SelectTool
from mcpp.model import CircleZone

MIDDLE = (16.0, 48.0)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Does with a map what a hand does."""

    def __init__(self, panel, kind, *more):
        self.panel = panel
        self.view = panel.view
        self.port = panel.view.viewport()
        self.view.go_to(MIDDLE, 16.0)
        self.tool = kind(panel._session, panel.view, panel.mission_layer, *more)
        self.done: list[bool] = []
        self.hints: list[str] = []
        self.tool.done.connect(lambda: self.done.append(True))
        self.tool.hint_changed.connect(self.hints.append)
        self.view.set_tool(self.tool)

    def at(self, dx, dy):
        return self.port.rect().center() + QPoint(dx, dy)

    def click(self, dx, dy, button=LEFT):
        QTest.mouseMove(self.port, self.at(dx, dy))
        QTest.mouseClick(self.port, button, NONE, self.at(dx, dy))

    def double(self, dx, dy):
        self.click(dx, dy)
        QTest.mouseDClick(self.port, LEFT, NONE, self.at(dx, dy))

    def drag(self, start, *stops):
        QTest.mousePress(self.port, LEFT, NONE, self.at(*start))
        for stop in stops:
            QTest.mouseMove(self.port, self.at(*stop))
            self.tool.move(QPointF(self.at(*stop)), NONE, pressed=True)
        QTest.mouseRelease(self.port, LEFT, NONE, self.at(*stops[-1]))

    def key(self, key, keys=NONE):
        QTest.keyClick(self.view, key, keys)

    def place(self, dx, dy):
        return self.view.place_at(QPointF(self.at(dx, dy)))

    def pixel(self, place):
        return self.view.to_window(*self.view.projection.point(place)).toPoint()


@pytest.fixture
def session_with_square(session, map_panel):
    """A square of 200 pixels about the middle of the map at zoom 16."""
    hand = Hand(map_panel, SelectTool)
    ring = tuple(
        hand.place(*corner) for corner in ((-100, -100), (100, -100), (100, 100), (-100, 100))
    )
    session.open(edits.add_area(session.mission, ring), None)
    hand.view.go_to(MIDDLE, 16.0)
    return session


def test_a_polygon_is_drawn_by_clicks(map_panel, session):
    hand = Hand(map_panel, PolygonTool, "area")
    for corner in ((-100, -100), (100, -100), (100, 100)):
        hand.click(*corner)
    hand.double(-100, 100)
    (part,) = session.mission.area
    assert len(part.outer_lon_lat_deg) == 4
    assert part.outer_lon_lat_deg[0] == pytest.approx(hand.place(-100, -100))
    assert hand.done
    assert session.undo_stack.undoText() == "Draw area"


def test_a_polygon_closes_on_its_first_corner_and_backspace_takes_one_back(map_panel, session):
    hand = Hand(map_panel, PolygonTool, "zone")
    for corner in ((-100, -100), (100, -100), (150, 150), (100, 100)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Backspace)
    hand.click(0, 120)
    hand.click(-98, -98)
    (zone,) = session.mission.no_fly_zones
    assert len(zone.outer_lon_lat_deg) == 4
    assert zone.name == "Zone 1"


def test_two_corners_are_no_polygon(map_panel, session):
    hand = Hand(map_panel, PolygonTool, "area")
    hand.click(0, 0)
    hand.click(50, 0)
    hand.key(Qt.Key.Key_Return)
    assert session.mission.area == ()
    assert "three corners" in hand.hints[-1]
    hand.key(Qt.Key.Key_Escape)
    assert hand.tool.points == []
    hand.key(Qt.Key.Key_Escape)
    assert hand.done


def test_a_polygon_is_drawn_by_keys_alone(map_panel, session):
    hand = Hand(map_panel, PolygonTool, "area")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        hand.key(Qt.Key.Key_Space)
        hand.key(key)
    hand.key(Qt.Key.Key_Return)
    assert len(session.mission.area[0].outer_lon_lat_deg) == 3


@pytest.mark.parametrize("by_drag", [True, False])
def test_a_rectangle_is_drawn_by_a_drag_or_two_clicks(map_panel, session, by_drag):
    hand = Hand(map_panel, RectangleTool, "area")
    if by_drag:
        hand.drag((-60, -40), (0, 0), (60, 40))
    else:
        hand.click(-60, -40)
        hand.click(60, 40)
    ring = session.mission.area[0].outer_lon_lat_deg
    assert ring[0] == pytest.approx(hand.place(-60, -40), abs=1e-9)
    assert ring[2] == pytest.approx(hand.place(60, 40), abs=1e-9)


def test_a_round_zone_is_a_circle(map_panel, session):
    hand = Hand(map_panel, CircleTool, "zone")
    hand.drag((0, 0), (50, 0))
    (zone,) = session.mission.no_fly_zones
    assert isinstance(zone, CircleZone)
    assert zone.radius_m == pytest.approx(
        geometry.distance_m(hand.place(0, 0), hand.place(50, 0)), abs=0.06
    )


def test_a_round_area_is_a_polygon(map_panel, session):
    hand = Hand(map_panel, CircleTool, "area")
    hand.drag((0, 0), (50, 0))
    assert len(session.mission.area[0].outer_lon_lat_deg) == geometry.CIRCLE_CORNERS


def test_uavs_are_placed_one_a_click(map_panel, session):
    hand = Hand(map_panel, UavTool)
    for dx in (-50, 0, 50):
        hand.click(dx, 0)
    assert [uav.id for uav in session.mission.uavs] == ["UAV-1", "UAV-2", "UAV-3"]
    assert session.mission.uavs[2].start_lon_lat_deg == pytest.approx(hand.place(50, 0))
    hand.key(Qt.Key.Key_Return)
    assert hand.done


def test_a_uav_without_a_launch_point_is_placed_first(map_panel, session):
    session.edit("Add", edits.add_uav(session.mission, None))
    hand = Hand(map_panel, UavTool)
    assert "UAV-1" in hand.tool.hint()
    hand.click(10, 10)
    assert len(session.mission.uavs) == 1
    assert session.mission.uavs[0].start_lon_lat_deg == pytest.approx(hand.place(10, 10))


def test_measuring_changes_nothing(map_panel, session, qtbot):
    hand = Hand(map_panel, MeasureTool)
    hand.click(-50, 0)
    hand.click(50, 0)
    map_panel.grab()
    assert len(hand.tool.points) == 2
    assert session.undo_stack.count() == 0


def test_a_click_selects_and_another_drops(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    assert session_with_square.selection == ShapeRef("area", 0)
    hand.click(200, 200)
    assert session_with_square.selection is None


def test_a_corner_is_dragged_in_one_step(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    hand.drag((100, 100), (120, 120), (140, 150))
    ring = session_with_square.mission.area[0].outer_lon_lat_deg
    assert ring[2] == pytest.approx(hand.place(140, 150), abs=1e-9)
    assert session_with_square.undo_stack.undoText() == "Move corner"
    session_with_square.undo_stack.undo()
    assert session_with_square.mission.area[0].outer_lon_lat_deg[2] == pytest.approx(
        hand.place(100, 100), abs=1e-9
    )


def test_the_mark_between_two_corners_makes_a_corner(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    hand.drag((0, -100), (0, -120), (0, -150))
    ring = session_with_square.mission.area[0].outer_lon_lat_deg
    assert len(ring) == 5
    assert ring[1] == pytest.approx(hand.place(0, -150), abs=1e-9)
    assert session_with_square.undo_stack.count() == 1


def test_the_cross_moves_the_whole_shape(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    before = session_with_square.mission.area[0].outer_lon_lat_deg
    hand.drag((0, 0), (20, 0), (40, 30))
    after = session_with_square.mission.area[0].outer_lon_lat_deg
    assert after[0] == pytest.approx(hand.place(-60, -70), abs=1e-9)
    assert len(after) == len(before)


def test_a_drag_inside_moves_the_map_and_not_the_shape(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    mission, middle = session_with_square.mission, hand.view.middle()
    hand.drag((50, 50), (80, 50), (110, 50))
    assert session_with_square.mission == mission
    assert hand.view.middle() != middle


def test_a_corner_snaps_to_another_shape(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    ring = tuple(hand.place(*corner) for corner in ((150, 0), (200, 0), (200, 60)))
    session = session_with_square
    session.edit("Zone", edits.add_zone(session.mission, edits.polygon_zone(ring)))
    session.select(ShapeRef("area", 0))
    hand.drag((100, 100), (120, 60), (147, 3))
    assert session.mission.area[0].outer_lon_lat_deg[2] == pytest.approx(ring[0], abs=1e-9)


def test_crossing_edges_are_marked_while_the_corner_is_dragged(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    hand.drag((100, 100), (0, 0), (-150, -50))
    assert map_panel.mission_layer.crossing == [ShapeRef("area", 0)]
    session_with_square.undo_stack.undo()
    assert map_panel.mission_layer.crossing == []


def test_the_rim_of_a_circle_is_dragged(map_panel, session):
    hand = Hand(map_panel, CircleTool, "zone")
    hand.drag((0, 0), (50, 0))
    hand = Hand(map_panel, SelectTool)
    session.select(ShapeRef("zone", 0))
    hand.drag((50, 0), (70, 0), (90, 0))
    radius_m = session.mission.no_fly_zones[0].radius_m
    assert radius_m == pytest.approx(
        geometry.distance_m(hand.place(0, 0), hand.place(90, 0)), rel=0.01
    )


def test_uavs_are_dragged(map_panel, session):
    hand = Hand(map_panel, UavTool)
    hand.click(0, 0)
    hand = Hand(map_panel, SelectTool)
    hand.drag((0, 0), (20, 20), (60, 30))
    assert session.mission.uavs[0].start_lon_lat_deg == pytest.approx(hand.place(60, 30), abs=1e-7)
    assert session.selection == ShapeRef("uav", 0)


def test_keys_reach_shapes_and_corners(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    session = session_with_square
    hand.key(Qt.Key.Key_N)
    assert session.selection == ShapeRef("area", 0)
    hand.key(Qt.Key.Key_Period)
    hand.key(Qt.Key.Key_Period)
    assert session.selection == ShapeRef("area", 0, vertex=1)
    before = session.mission.area[0].outer_lon_lat_deg
    hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    after = session.mission.area[0].outer_lon_lat_deg
    assert after[1][0] > before[1][0]
    assert after[0] == before[0]
    assert session.undo_stack.count() == 1
    hand.key(Qt.Key.Key_Escape)
    assert session.selection == ShapeRef("area", 0)


def test_a_double_click_on_an_edge_makes_a_corner(map_panel, session_with_square):
    hand = Hand(map_panel, SelectTool)
    hand.click(30, 30)
    hand.double(50, -100)
    assert len(session_with_square.mission.area[0].outer_lon_lat_deg) == 5


def test_the_right_button_asks_for_a_menu(map_panel, session_with_square, qtbot):
    hand = Hand(map_panel, SelectTool)
    with qtbot.waitSignal(hand.tool.menu_wanted, timeout=500):
        hand.click(30, 30, RIGHT)
    assert session_with_square.selection == ShapeRef("area", 0)
