"""Ground for the crew in the whole window: drawn, edited, kept, planned on, all by hand."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsPathItem

from gui import edits, engine
from gui.edits import ShapeRef
from gui.engine_words import in_words
from gui.i18n import install_language
from gui.launch_edits import chosen_starts
from gui.map import geometry
from gui.map.markers import LabelItem, UavMarker
from gui.panels.importing import ImportDialog
from gui.theme import CONTRAST, DARK, LIGHT
from mcpp.api import plan
from mcpp.errors import InputError
from mcpp.model import AreaPart, Uav
from tests.gui_tests.hand import LEFT, MapHand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CREW = ShapeRef("crew", 0)
FIELD = ((-150, -200), (150, -200), (150, 0), (-150, 0))
TRACK = ((-150, 40), (150, 40), (150, 90), (-150, 90))
"""Beside the field, outside its border: some 7 m from it, 330 m long, 55 m wide."""


class Hand(MapHand):
    """Clicks, drags and types in a window whose map shows some 1 km."""

    def draw(self, key, corners):
        """Draw a polygon by the key of its tool and a click at each corner."""
        self.key(key)
        for corner in corners:
            self.click(*corner)
        self.key(Qt.Key.Key_Return)

    def labels(self):
        return [item for item in self.view.scene().items() if isinstance(item, LabelItem)]

    def pens(self):
        """Colours of the lines on the map."""
        paths = [it for it in self.view.scene().items() if isinstance(it, QGraphicsPathItem)]
        return {path.pen().color().name() for path in paths}


@pytest.fixture
def hand(window):
    return Hand(window)


@pytest.fixture
def field(hand):
    """A hand that has drawn a field and, below it, ground for the crew."""
    hand.draw(Qt.Key.Key_A, FIELD)
    hand.draw(Qt.Key.Key_G, TRACK)
    return hand


def with_fleet(hand, count=2):
    """Add UAVs by the button of the fleet's step, without launch points."""
    hand.window.steps.setCurrentIndex(1)
    for _ in range(count):
        QTest.mouseClick(hand.window.fleet_panel.adder, LEFT)


# --------------------------------------------------------------------------------------- drawing


def test_it_is_drawn_outside_the_border_by_its_key_and_undone_and_done_again(field):
    (part,) = field.session.mission.crew_area
    assert len(part.outer_lon_lat_deg) == 4
    assert part.outer_lon_lat_deg[0] == pytest.approx(field.place(*TRACK[0]))
    assert len(field.session.mission.area) == 1
    assert field.session.mission.no_fly_zones == ()
    assert field.session.selection == CREW
    assert field.window.tool_name == "select"
    assert field.session.undo_stack.undoText() == "Draw ground for the crew"
    field.key(Qt.Key.Key_Z, CTRL)
    assert field.session.mission.crew_area == ()
    field.key(Qt.Key.Key_Y, CTRL)
    assert field.session.mission.crew_area == (part,)


def test_the_tool_says_what_to_do_next_and_what_it_is_for(hand):
    hand.key(Qt.Key.Key_G)
    assert hand.window.map.banner.text() == "Click the first corner of the ground for the crew."
    hand.click(0, 0)
    assert "next corner" in hand.window.map.banner.text()
    action = hand.window.actions_table["draw.crew"]
    assert "open launch points lie there" in action.toolTip()
    assert action.shortcut().toString() == "G"
    hand.click(80, 0)
    hand.key(Qt.Key.Key_Return)  # two corners are none
    assert hand.session.mission.crew_area == ()
    assert "three corners" in hand.window.map.banner.text()
    hand.click(80, 60)
    hand.key(Qt.Key.Key_Return)
    assert len(hand.session.mission.crew_area) == 1
    assert "left open are chosen there" in hand.window.statusBar().currentMessage()


def test_it_is_drawn_by_keys_alone(hand):
    hand.key(Qt.Key.Key_G)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        hand.key(Qt.Key.Key_Space)
        hand.key(key)
    hand.key(Qt.Key.Key_Return)
    assert len(hand.session.mission.crew_area[0].outer_lon_lat_deg) == 3


def test_rectangle_and_circle_by_the_buttons_of_the_panel(hand):
    buttons = hand.window.area_panel.buttons
    QTest.mouseClick(buttons["draw.crew_rectangle"], LEFT)
    hand.drag((-60, -40), (0, 0), (60, 40))
    QTest.mouseClick(buttons["draw.crew_circle"], LEFT)
    hand.drag((0, 150), (20, 150), (40, 150))
    square, circle = hand.session.mission.crew_area
    assert square.outer_lon_lat_deg[2] == pytest.approx(hand.place(60, 40), abs=1e-9)
    radius_m = geometry.distance_m(hand.place(0, 150), hand.place(40, 150))
    middle = hand.place(0, 150)
    for corner in circle.outer_lon_lat_deg:
        assert geometry.distance_m(middle, corner) == pytest.approx(radius_m, abs=0.1)


def test_a_slip_of_the_hand_is_no_ground(hand):
    hand.key(Qt.Key.Key_G, SHIFT)
    hand.click(0, 0)
    hand.click(1, 1)
    assert hand.session.mission.crew_area == ()


def test_an_outline_that_crosses_itself_is_red_and_keeps_plans_back(field):
    with_fleet(field)
    field.session.select(None)
    field.draw(Qt.Key.Key_G, ((-100, 120), (100, 180), (100, 120), (-100, 180)))
    assert field.window.map.mission_layer.crossing == [ShapeRef("crew", 1)]
    assert "crosses itself" in field.window.planning.obstacle()
    assert "crosses itself" in field.window.map.banner.text()
    assert not field.window.actions_table["plan.run"].isEnabled()


# --------------------------------------------------------------------------------------- editing


def test_corners_are_moved_inserted_and_deleted_by_hand(field):
    field.drag(TRACK[2], (160, 95), (180, 110))
    ring = field.session.mission.crew_area[0].outer_lon_lat_deg
    assert ring[2] == pytest.approx(field.place(180, 110), abs=1e-6)
    field.drag((0, 40), (0, 30), (0, 20))  # the + between two corners
    assert len(field.session.mission.crew_area[0].outer_lon_lat_deg) == 5
    field.key(Qt.Key.Key_Delete)
    assert len(field.session.mission.crew_area[0].outer_lon_lat_deg) == 4


def test_it_is_chosen_by_a_click_moved_copied_and_deleted_as_a_whole(field):
    field.click(0, 250)
    assert field.session.selection is None
    field.click(-100, 60)
    assert field.session.selection == CREW
    before = field.session.mission.crew_area[0].outer_lon_lat_deg
    field.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    after = field.session.mission.crew_area[0].outer_lon_lat_deg
    assert after[0][0] > before[0][0]
    field.key(Qt.Key.Key_D, CTRL)
    assert len(field.session.mission.crew_area) == 2
    assert field.session.selection == ShapeRef("crew", 1)
    field.key(Qt.Key.Key_Delete)
    field.key(Qt.Key.Key_N)  # from shape to shape by keys
    field.key(Qt.Key.Key_N)
    assert field.session.selection == CREW
    field.key(Qt.Key.Key_Delete)
    assert field.session.mission.crew_area == ()


def test_holes_of_imported_ground_are_moved_with_it(field):
    part = field.session.mission.crew_area[0]
    hole = tuple(field.place(*at) for at in ((-20, 50), (20, 50), (0, 80)))
    holed = AreaPart(outer_lon_lat_deg=part.outer_lon_lat_deg, holes_lon_lat_deg=(hole,))
    field.session.edit("x", edits.change_mission(field.session.mission, crew_area=(holed,)))
    field.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    (moved,) = field.session.mission.crew_area
    step = moved.outer_lon_lat_deg[0][0] - holed.outer_lon_lat_deg[0][0]
    assert step > 0
    assert moved.holes_lon_lat_deg[0][0][0] - hole[0][0] == pytest.approx(step, rel=1e-3)


def test_it_stands_in_the_list_and_takes_a_name(field):
    panel = field.window.area_panel
    assert [ref.kind for ref in panel.model.refs] == ["area", "crew"]
    assert panel.model.index(1).data().startswith("Ground for the crew 1")
    line = panel.crew.edits["name"].line
    assert panel.crew.isVisible()
    QTest.keyClicks(line, "farm track")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert field.session.mission.crew_area[0].name == "farm track"
    assert panel.model.index(1).data().startswith("farm track")
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert field.session.mission.crew_area[0].name == ""
    field.session.select(ShapeRef("area", 0))
    assert not panel.crew.isVisible()


@pytest.mark.parametrize(
    ("name", "theme"), [("light", LIGHT), ("dark", DARK), ("contrast", CONTRAST)]
)
def test_it_has_a_look_of_its_own_in_each_theme(field, name, theme):
    field.window.looks.set_theme(name)
    assert QColor(theme.crew).name() in field.pens()
    assert theme.crew not in {theme.zone, theme.area, theme.accent}
    field.session.select(None)
    assert len(field.labels()) == 1  # it says what it is


def test_show_all_shows_it_too(field):
    far = tuple(field.place(dx, dy + 4000) for dx, dy in TRACK)
    part = AreaPart(outer_lon_lat_deg=far)
    field.session.edit("x", edits.change_mission(field.session.mission, crew_area=(part,)))
    field.key(Qt.Key.Key_0, CTRL)
    seen = field.port.rect()
    for place in far:
        assert seen.contains(field.view.to_window(*field.view.projection.point(place)).toPoint())


# ------------------------------------------------------------------------------------- its files


def test_it_is_saved_and_opened_again(field, tmp_path):
    with_fleet(field)
    path = tmp_path / "field.json"
    engine.save_mission(path, field.session.mission)
    drawn = field.session.mission.crew_area
    field.session.mark_saved(path)
    field.window.files.new()
    assert field.session.mission.crew_area == ()
    assert field.window.files.open(path)
    assert field.session.mission.crew_area == drawn
    assert CREW in field.window.map.mission_layer.rings


def test_shapes_with_its_role_join_a_begun_mission(field, tmp_path):
    def feature(corners, **facts):
        ring = [list(field.place(*corner)) for corner in corners]
        shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        return {"type": "Feature", "properties": facts, "geometry": shape}

    file = tmp_path / "more.geojson"
    hut = ((-40, 120), (40, 120), (40, 160), (-40, 160))
    east = ((200, -200), (300, -200), (300, 0), (200, 0))
    shapes = [feature(hut, role="crew", name="hut"), feature(east, role="area", name="east")]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": shapes}))
    field.window.files.add_shapes(file)
    dialog = field.window.findChild(ImportDialog)
    assert "ground for the crew: 1" in dialog.state.text()
    QTest.mouseClick(dialog.go, LEFT)
    assert [part.name for part in field.session.mission.crew_area] == ["", "hut"]
    assert len(field.session.mission.area) == 2


def test_a_file_that_is_dropped_joins_ground_that_was_drawn_first(hand, tmp_path):
    hand.draw(Qt.Key.Key_G, TRACK)
    drawn = hand.session.mission.crew_area
    file = tmp_path / "field.wkt"
    ring = [hand.place(*corner) for corner in (*FIELD, FIELD[0])]
    file.write_text(f"POLYGON (({', '.join(f'{lon} {lat}' for lon, lat in ring)}))")
    hand.window.files.drop(file)
    assert len(hand.session.mission.area) == 1
    assert hand.session.mission.crew_area == drawn


# --------------------------------------------------------------------------------- launch points


def test_open_launch_points_lie_there_and_are_shown_and_kept(field):
    window, session = field.window, field.session
    with_fleet(field, 2)
    assert "UAV-1, UAV-2" in window.fleet_panel.crew.text()
    assert window.map.chosen_starts.markers == []
    mission = edits.change_planner(session.mission, name="draft")
    session.edit("x", mission)
    session.add_result(session.mission, plan(session.mission))
    starts = chosen_starts(session)
    assert sorted(starts) == [0, 1]
    ring = window.map.mission_layer.rings[CREW]
    for place, marker in zip(starts.values(), window.map.chosen_starts.markers, strict=True):
        x, y = field.view.projection.point(place)
        assert geometry.inside(x, y, ring)
        assert (marker.pos().x(), marker.pos().y()) == field.view.projection.point(place)
    at = field.view.to_window(*field.view.projection.point(starts[0])).toPoint()
    pointed = field.view.itemAt(at)  # whose tooltip Qt shows
    assert pointed.toolTip() == "UAV-1: launch point chosen by mcpp"
    told = [row.cells for row in window.result_panel.findings_model.rows]
    assert sum("launch point chosen" in " ".join(cells) for cells in told) == 2
    QTest.mouseClick(window.fleet_panel.launch_buttons["edit.starts_keep"], LEFT)
    assert [uav.start_lon_lat_deg for uav in session.mission.uavs] == list(starts.values())
    assert window.map.chosen_starts.markers == []  # they are the user's own now
    assert "none is chosen" in window.fleet_panel.crew.text()
    QTest.mouseClick(window.fleet_panel.launch_buttons["edit.starts_open"], LEFT)
    assert [uav.start_lon_lat_deg for uav in session.mission.uavs] == [None, None]
    assert len(window.map.chosen_starts.markers) == 2
    for _ in range(2):
        field.key(Qt.Key.Key_Z, CTRL)
    assert session.mission == mission


@pytest.fixture
def crowd(hand):
    """A hand that has placed two UAVs on one launch point, in the field."""
    hand.draw(Qt.Key.Key_A, FIELD)
    with_fleet(hand, 2)
    place = hand.place(0, -100)
    for index in (0, 1):
        changed = edits.change_uav(hand.session.mission, index, start_lon_lat_deg=place)
        hand.session.edit("x", edits.change_planner(changed, name="draft"))
    hand.view.setFocus()
    return hand


def starts(hand):
    return [uav.start_lon_lat_deg for uav in hand.session.mission.uavs]


def test_uavs_on_one_launch_point_get_spots_of_their_own_and_go_back(crowd):
    session, button = crowd.session, crowd.window.fleet_panel.launch_buttons["edit.starts_apart"]
    before, steps = session.mission, session.undo_stack.count()
    (shared,) = set(starts(crowd))
    QTest.mouseClick(button, LEFT)
    assert session.undo_stack.count() == steps + 1
    assert session.undo_stack.undoText() == "Give launch points of their own"
    one, other = starts(crowd)
    assert one == shared
    apart_m = geometry.distance_m(one, other)
    assert before.flight.separation_m <= apart_m < 5 * before.flight.separation_m
    assert session.mission.uavs[1].given_start_lon_lat_deg == shared
    assert button.isChecked()
    crowd.key(Qt.Key.Key_Z, CTRL)
    assert session.mission == before
    assert not button.isChecked()
    crowd.key(Qt.Key.Key_Y, CTRL)
    QTest.mouseClick(button, LEFT)
    assert session.mission == before
    assert session.undo_stack.undoText() == "Launch points as given"


def test_spots_that_a_plan_has_chosen_are_shown_and_kept_and_the_plan_fits_still(crowd):
    session, window = crowd.session, crowd.window
    mission = edits.change_flight(session.mission, launch_spots="apart")  # as the form does
    session.edit("x", mission)
    session.add_result(mission, plan(mission))
    assert list(chosen_starts(session)) == [1]
    assert len(window.map.chosen_starts.markers) == 1
    moved = chosen_starts(session)[1]
    QTest.mouseClick(window.fleet_panel.launch_buttons["edit.starts_keep"], LEFT)
    assert starts(crowd)[1] == moved
    assert session.finished is not None
    assert window.map.chosen_starts.markers == []
    session.edit("x", edits.change_flight(session.mission, launch_spots="given"))
    assert len(set(starts(crowd))) == 1


def test_no_name_lies_over_the_number_of_a_launch_point_beside_it(crowd):
    place = crowd.place(-30, -100)  # the name of UAV-2 reaches over the place of UAV-1
    changed = edits.change_uav(crowd.session.mission, 1, start_lon_lat_deg=place)
    crowd.session.edit("x", changed)
    at = crowd.view.to_window(*crowd.view.projection.point(starts(crowd)[0])).toPoint()
    assert isinstance(crowd.view.itemAt(at), UavMarker)
    under = [item for item in crowd.view.items(at) if isinstance(item, LabelItem)]
    assert len(under) == 1


def test_where_nobody_shares_a_launch_point_nothing_is_changed(crowd):
    place = crowd.place(100, -100)
    changed = edits.change_uav(crowd.session.mission, 1, start_lon_lat_deg=place)
    crowd.session.edit("x", changed)
    QTest.mouseClick(crowd.window.fleet_panel.launch_buttons["edit.starts_apart"], LEFT)
    assert crowd.session.mission == changed
    assert crowd.window.statusBar().currentMessage() == "No UAVs share a launch point."


def test_where_all_launch_points_are_given_the_window_says_so(hand):
    hand.draw(Qt.Key.Key_A, FIELD)
    hand.key(Qt.Key.Key_U)
    hand.click(0, -20)
    hand.key(Qt.Key.Key_Return)
    hand.draw(Qt.Key.Key_G, TRACK)
    assert "All launch points are given" in hand.window.statusBar().currentMessage()


def test_who_has_no_uav_yet_is_led_on(field):
    assert "they take off where the crew can stand" in field.window.map.banner.text()


def test_ground_far_away_is_told_in_both_languages(field, qapp):
    far = tuple(field.place(dx, dy + 300) for dx, dy in TRACK)
    uav = Uav(id="u", endurance_s=800.0)
    mission = edits.change_mission(
        field.session.mission,
        crew_area=(AreaPart(outer_lon_lat_deg=far),),
        uavs=(uav,),
        scan_distance_m=30.0,
    )
    mission = edits.change_planner(mission, name="draft")
    made = plan(mission)
    (said,) = [finding.message for finding in made.report.findings if finding.code == "crew-far"]
    assert in_words(said).startswith("Ground for the crew: it lies ")
    field.session.edit("x", mission)
    field.session.set_draft(mission, made)  # while it is drawn, before anyone plans
    assert in_words(said) in field.window.plan_bar.words.text()
    weak = edits.change_mission(mission, uavs=(Uav(id="u", endurance_s=200.0),))
    with pytest.raises(InputError, match=r"crew_area: it lies .* usable endurance") as refused:
        plan(weak)
    translators = install_language(qapp, "de")
    try:
        for words in (said, str(refused.value)):
            assert in_words(words).startswith("Platz für die Mannschaft: liegt ")
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
