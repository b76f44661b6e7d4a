"""Corridors and structures in the whole window: drawn, chosen, changed, deleted, by hand."""

import pytest
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtTest import QTest

from gui import edits, engine
from gui.edits import ShapeRef
from gui.engine_words import in_words
from gui.i18n import install_language
from gui.map import geometry
from gui.map.drawn import CORRIDOR_WIDTH_M, LOWEST_M
from gui.panels.coordinates import parse_places
from mcpp.api import plan
from mcpp.model import Structure
from tests.gui_tests.hand import LEFT, MapHand


class Hand(MapHand):
    """Clicks, drags and types in a window whose map shows some 2 km."""

    def press(self, name):
        """Press a button of the area panel."""
        QTest.mouseClick(self.window.area_panel.buttons[name], LEFT)

    def type(self, form, key, words):
        line = form.edits[key].line
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.fixture
def hand(window):
    return Hand(window)


@pytest.fixture
def road(hand):
    """A hand and a road of three corners that it has drawn."""
    hand.press("draw.corridor")
    for corner in ((-150, 0), (50, 0), (150, -100)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    return hand


def test_a_corridor_is_drawn_by_clicks_and_enter(road):
    (corridor,) = road.session.mission.corridors
    assert corridor.line_lon_lat_deg[0] == pytest.approx(road.place(-150, 0), abs=1e-9)
    assert len(corridor.line_lon_lat_deg) == 3
    assert corridor.width_m == CORRIDOR_WIDTH_M
    assert road.session.selection == ShapeRef("corridor", 0)
    assert road.window.tool_name == "select"
    assert road.window.planning.obstacle() == "Add at least one UAV."
    assert "Corridor 1" in road.window.area_panel.model.index(0).data()


def test_one_corner_is_no_corridor(hand):
    hand.key(Qt.Key.Key_K)
    assert hand.window.tool_name == "corridor"
    hand.click(0, 0)
    hand.key(Qt.Key.Key_Return)
    assert hand.session.mission.corridors == ()
    assert "two corners" in hand.window.map.banner.text()


def test_name_and_width_are_typed_and_the_next_corridor_is_as_wide(road):
    form = road.window.area_panel.corridor
    assert form.isVisibleTo(road.window.area_panel)
    road.type(form, "width_m", "45")
    road.type(form, "name", "stream")
    (corridor,) = road.session.mission.corridors
    assert (corridor.width_m, corridor.name) == (45.0, "stream")
    road.type(form, "width_m", "0")
    assert form.edits["width_m"].error.text() == "Width: 0.5 to 10000 m"
    assert road.session.mission.corridors[0].width_m == 45.0
    road.press("draw.corridor")
    road.click(-100, 120)
    road.click(100, 120)
    road.key(Qt.Key.Key_Return)
    assert road.session.mission.corridors[1].width_m == 45.0


def test_corners_of_a_corridor_are_moved_inserted_and_deleted(road):
    session = road.session
    road.drag((150, -100), (160, -110), (180, -60))
    line = session.mission.corridors[0].line_lon_lat_deg
    assert line[2] == pytest.approx(road.place(180, -60), abs=1e-9)
    road.drag((-50, 0), (-50, 10), (-50, 60))  # the + in the middle of its first leg
    line = session.mission.corridors[0].line_lon_lat_deg
    assert len(line) == 4
    assert line[1] == pytest.approx(road.place(-50, 60), abs=1e-9)
    for left in (3, 2):
        road.key(Qt.Key.Key_Delete)
        assert len(session.mission.corridors[0].line_lon_lat_deg) == left
    road.key(Qt.Key.Key_Delete)
    assert session.mission.corridors == ()
    for _ in range(6):
        road.window.actions_table.trigger("edit.undo")
    assert session.mission.corridors == ()  # before it was drawn
    road.window.actions_table.trigger("edit.redo")
    assert len(session.mission.corridors[0].line_lon_lat_deg) == 3


def test_between_the_ends_of_a_line_there_is_no_edge(road):
    handles = road.window.tool_box.select.handles
    middle_of_ends = QPointF(road.at(0, -50))
    assert handles.at(middle_of_ends) is None
    gap, edge, foot = handles.edge_at(ShapeRef("corridor", 0), QPointF(road.at(-60, -10)))
    assert (round(gap), edge) == (10, 0)
    assert QPointF(*foot).toPoint() == road.at(-60, 0)
    gap, edge, _ = handles.edge_at(ShapeRef("corridor", 0), QPointF(road.at(100, -49)))
    assert (gap < 2, edge) == (True, 1)
    road.session.select(ShapeRef("corridor", 0, vertex=2))
    road.window.actions_table.trigger("edit.insert")  # the last corner has no edge after it
    line = road.session.mission.corridors[0].line_lon_lat_deg
    assert line[3] == pytest.approx(road.place(150, -100), abs=1e-9)
    assert line[2] == pytest.approx(road.place(100, -50), abs=1e-6)


def test_a_corridor_is_chosen_on_its_ground_and_beside_it_not(road):
    road.click(0, 200)
    assert road.session.selection is None
    px_m = geometry.distance_m(road.place(0, 0), road.place(1, 0))
    road.session.edit(
        "wide", edits.change_along(road.session.mission, ShapeRef("corridor", 0), width_m=60 * px_m)
    )
    road.click(-60, -25)
    assert road.session.selection == ShapeRef("corridor", 0)
    road.click(-60, -45)
    assert road.session.selection is None


def test_a_corridor_is_copied_and_kept_in_the_file(road, tmp_path):
    road.window.actions_table.trigger("edit.copy")
    road.window.actions_table.trigger("edit.duplicate")
    mission = road.session.mission
    assert len(mission.corridors) == 2
    one, two = (corridor.line_lon_lat_deg for corridor in mission.corridors)
    assert geometry.length_m(one) == pytest.approx(geometry.length_m(two), rel=1e-4)
    assert len(parse_places("48, 16\n48, 17\n49, 17\n48, 16", 2, as_line=True)) == 4  # goes round
    engine.save_mission(tmp_path / "road.json", mission)
    assert engine.open_file(tmp_path / "road.json").mission == mission


def test_an_orbit_is_drawn_from_its_middle_and_changed_in_its_form(hand):
    hand.press("draw.orbit")
    hand.drag((0, 0), (10, 0), (40, 0))
    (tower,) = hand.session.mission.structures
    assert tower.kind == "orbit"
    assert tower.line_lon_lat_deg[0] == pytest.approx(hand.place(0, 0), abs=1e-9)
    radius_m = geometry.distance_m(hand.place(0, 0), hand.place(40, 0))
    assert tower.radius_m == pytest.approx(radius_m, abs=0.06)
    form = hand.window.area_panel.structure
    assert form.edits["radius_m"].isVisibleTo(form)
    assert not form.edits["side"].isVisibleTo(form)
    for key, words in (
        ("radius_m", "6"),
        ("distance_m", "18"),
        ("lowest_m", "12"),
        ("highest_m", "36"),
        ("step_m", "8"),
        ("name", "tower"),
    ):
        hand.type(form, key, words)
    changed = hand.session.mission.structures[0]
    assert changed == Structure(
        kind="orbit",
        line_lon_lat_deg=tower.line_lon_lat_deg,
        radius_m=6.0,
        distance_m=18.0,
        lowest_m=12.0,
        highest_m=36.0,
        step_m=8.0,
        name="tower",
    )
    hand.drag((0, 0), (10, 5), (30, 20))  # its middle
    moved = hand.session.mission.structures[0]
    assert moved.line_lon_lat_deg[0] == pytest.approx(hand.place(30, 20), abs=1e-9)
    hand.key(Qt.Key.Key_Delete)
    assert hand.session.mission.structures == ()
    hand.window.actions_table.trigger("edit.undo")
    assert hand.session.mission.structures == (moved,)


def test_the_perimeter_of_a_drawn_polygon(hand):
    hand.press("draw.perimeter")
    for corner in ((-60, -40), (60, -40), (60, 40), (-60, 40)):
        hand.click(*corner)
    hand.key(Qt.Key.Key_Return)
    (yard,) = hand.session.mission.structures
    assert (yard.kind, len(yard.line_lon_lat_deg), yard.radius_m) == ("perimeter", 4, 0.0)
    handles = hand.window.tool_box.select.handles
    edge = handles.at(QPointF(hand.at(-60, 0)))  # the edge that closes it has a handle, too
    assert edge == (ShapeRef("structure", 0, vertex=3), "edge")
    assert "Perimeter 1" in hand.window.area_panel.model.index(0).data()


def test_a_facade_is_flown_on_the_side_that_is_chosen(hand):
    hand.press("draw.facade")
    hand.click(-80, 0)
    hand.click(80, 0)
    hand.key(Qt.Key.Key_Return)
    (wall,) = hand.session.mission.structures
    assert (wall.kind, wall.side) == ("facade", "right")
    south = min(lat for _, lat in geometry.along_rings(wall)[0])
    box = hand.window.area_panel.structure.edits["side"].box
    QTest.keyClick(box, Qt.Key.Key_Up)
    (turned,) = hand.session.mission.structures
    assert turned.side == "left"
    assert min(lat for _, lat in geometry.along_rings(turned)[0]) > south  # north of an east line
    hand.press("draw.facade")  # the next one is flown as far away and as high
    hand.click(-80, 100)
    hand.click(80, 100)
    hand.key(Qt.Key.Key_Return)
    assert hand.session.mission.structures[1].distance_m == wall.distance_m


def test_what_is_drawn_can_be_planned(hand):
    hand.press("draw.orbit")
    hand.drag((0, 0), (10, 0), (15, 0))
    hand.session.edit("uav", edits.add_uav(hand.session.mission, hand.place(60, 60)))
    assert hand.window.planning.obstacle() == ""
    made = plan(hand.session.mission)
    assert made.report.safe
    points = made.solution.routes[0].points_m
    assert max(point[2] for point in points) == pytest.approx(LOWEST_M)  # one pass, at its height


def test_what_the_engine_misses_in_a_structure_is_named_as_in_the_form(qapp):
    said = "structures[1].highest_m: 5 m is below lowest_m (12 m)"
    assert in_words(said) == "Structure 2, Highest pass: 5 m is below Lowest pass (12 m)"
    translators = install_language(qapp, "de")
    try:
        assert in_words(said) == (
            "Bauwerk 2, Höchster Umlauf: 5 m ist unter Niedrigster Umlauf (12 m)"
        )
        said = "structures: they are flown in a mission of their own: leave area and corridors out"
        assert in_words(said).startswith("Bauwerke: sie werden")
    finally:
        for translator in translators:
            QCoreApplication.removeTranslator(translator)
