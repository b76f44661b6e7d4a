"""A search in the window: opened, shown, planned and saved without loss."""

from dataclasses import replace

import pytest

from gui import engine
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
