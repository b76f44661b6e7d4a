"""A search in the window: opened, shown, planned and saved without loss."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from gui import engine
from gui.engine_words import in_words
from mcpp.api import plan
from mcpp.model import FlightSettings, LikelyArea, ProbabilityMap, SearchPattern


@pytest.fixture
def search_mission(plain_mission):
    ring = plain_mission.area[0].outer_lon_lat_deg
    lon, lat = ring[0]
    return replace(
        plain_mission,
        scan_distance_m=None,
        flight=FlightSettings(purpose="search", seen_width_m=45.0),
        probability=ProbabilityMap(
            areas=(LikelyArea(outer_lon_lat_deg=ring, weight=3.0, name="yard"),),
            elsewhere_weight=1.0,
            detection=0.9,
        ),
        search=SearchPattern(
            kind="expanding-square", datum_lon_lat_deg=(lon - 1e-3, lat + 9e-4), radius_m=80.0
        ),
    )


def test_a_search_is_opened_edited_and_saved_without_loss(window, tmp_path, search_mission):
    path = tmp_path / "search.json"
    engine.save_mission(path, search_mission)
    assert window.files.open(path)
    assert window.session.mission == search_mission
    window.session.edit("name", replace(search_mission, name="again"))
    assert window.files.save()
    opened = engine.open_file(path).mission
    assert opened == replace(search_mission, name="again")


def test_a_search_is_shown_with_its_plan(window, search_mission):
    made = plan(search_mission)
    assert made.report.safe
    without = replace(search_mission, probability=None, search=None)
    window.session.open(without, None)
    few = len(window.map.view.scene().items())
    window.session.open(search_mission, None, made)
    assert window.session.plan is made
    assert len(window.map.view.scene().items()) >= few + 2


@pytest.fixture
def search_panel(window, plain_mission):
    """The panel of a window whose mission is a search of plain ground."""
    window.planning.drafts_wanted = False
    window.session.open(replace(plain_mission, flight=FlightSettings(purpose="search")), None)
    window.steps.setCurrentIndex(2)
    return window.search_panel


def choose(form, key, name):
    """Take a choice of a form by its keys, as a hand does."""
    box = form.edits[key].box
    steps = box.findData(name) - box.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)


def type_into(form, key, words):
    line = form.edits[key].line
    line.selectAll()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_pattern_is_chosen_typed_and_undone(window, search_panel):
    form, session = search_panel.pattern, window.session
    assert search_panel.isVisibleTo(window)
    assert not search_panel.pick.isVisibleTo(search_panel)
    choose(form, "kind", "expanding-square")
    type_into(form, "datum_lon_lat_deg", "48.001, 16.002")
    type_into(form, "radius_m", "120")
    type_into(form, "direction_deg", "30")
    assert session.mission.search == SearchPattern(
        kind="expanding-square",
        datum_lon_lat_deg=(16.002, 48.001),
        radius_m=120.0,
        direction_deg=30.0,
    )
    choose(form, "kind", "parallel-track")  # it goes over the whole area
    assert session.mission.search.radius_m is None
    assert not form.edits["radius_m"].isVisibleTo(search_panel)
    choose(form, "kind", None)
    assert session.mission.search is None
    while session.mission.search != SearchPattern(kind="expanding-square"):
        session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.mission.search is None


def test_the_datum_is_picked_on_the_map(window, search_panel):
    choose(search_panel.pattern, "kind", "sector")
    window.map.fit()
    QTest.mouseClick(search_panel.pick, Qt.MouseButton.LeftButton)
    assert window.tool_name == "datum"
    view = window.map.view
    at = view.viewport().rect().center() + QPoint(30, -20)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    datum = window.session.mission.search.datum_lon_lat_deg
    assert datum == pytest.approx(view.place_at(QPointF(at)), abs=1e-9)
    assert window.tool_name == "select"
    assert window.session.undo_stack.undoText() == "Pick the datum"


def test_likely_ground_is_chosen_weighed_and_removed(window, search_panel, monkeypatch, tmp_path):
    ring = [[16.0, 48.0], [16.001, 48.0], [16.001, 48.001], [16.0, 48.0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"weight": 4}, "geometry": polygon}
    path = tmp_path / "likely.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    chosen = [str(path)]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (chosen[0], ""))
    button, session = search_panel.buttons["map.likely"], window.session
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.mission.probability.areas[0].weight == 4.0
    type_into(search_panel.likely, "elsewhere_weight", "2")
    type_into(search_panel.likely, "detection", "80")
    assert session.mission.probability.elsewhere_weight == 2.0
    assert session.mission.probability.detection == 0.8
    type_into(search_panel.likely, "detection", "120")
    assert search_panel.likely.edits["detection"].error.text() == "Found in one pass: 0 to 100 %"
    assert session.mission.probability.detection == 0.8
    chosen[0] = str(tmp_path / "weights.tif")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    raster = ProbabilityMap(raster=chosen[0], detection=0.8)  # it has weights for all ground
    assert session.mission.probability == raster
    assert not search_panel.likely.edits["elsewhere_weight"].isVisibleTo(search_panel)
    QTest.mouseClick(search_panel.buttons["map.likely_remove"], Qt.MouseButton.LeftButton)
    assert session.mission.probability is None
    session.undo_stack.undo()
    assert session.mission.probability == raster


def test_a_file_without_likely_ground_changes_nothing(window, search_panel, monkeypatch, tmp_path):
    told: list[str] = []
    monkeypatch.setattr(window.words, "show_problem", told.append)
    path = tmp_path / "empty.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    window.search_actions.use(path)
    assert window.session.mission.probability is None
    assert len(told) == 1


def test_a_mission_that_searches_nothing_does_not_ask_how(window, plain_mission):
    window.session.open(plain_mission, None)
    assert not window.search_panel.isVisibleTo(window.flight_panel)


def test_what_the_engine_misses_in_a_pattern_is_named_as_in_the_form():
    said = "search.datum_lon_lat_deg: a sector needs one: give a place"
    assert in_words(said) == "Datum: a sector needs one: give a place"
