"""Missions of corridors and structures in the window: shown, planned, and not lost on save."""

import pytest
from PySide6.QtWidgets import QGraphicsPathItem

from gui import engine
from gui.map.geometry import along_rings
from mcpp.api import plan
from mcpp.model import Corridor, Structure

SAMPLES = ("stream-corridor", "tower-orbit", "yard-perimeter", "wall-facade")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_mission_of_patterns_is_shown_and_kept(window, tmp_path, name):
    window.planning.drafts_wanted = False
    opened = engine.open_file(engine.asset_path(f"samples/{name}.json"))
    assert opened.own
    before = len(window.map.view.scene().items())
    window.session.open(opened.mission, None)
    assert window.planning.obstacle() == ""
    items = window.map.view.scene().items()
    assert len(items) > before
    assert any(isinstance(item, QGraphicsPathItem) for item in items)
    engine.save_mission(tmp_path / "again.json", window.session.mission)
    assert engine.open_file(tmp_path / "again.json").mission == opened.mission


@pytest.mark.parametrize("name", ["tower-orbit", "stream-corridor"])
def test_a_plan_of_patterns_is_shown_as_it_came_from_the_worker(window, name):
    window.planning.drafts_wanted = False
    mission = engine.open_file(engine.asset_path(f"samples/{name}.json")).mission
    made = engine.unpack_plan(engine.pack_plan(plan(mission)))
    assert made.report.safe
    window.session.open(mission, None, made)
    assert window.session.finished.plan is made
    assert len(made.solution.routes[0].points_m[0]) == (3 if mission.structures else 2)


def test_outlines_have_the_ground_and_what_is_none_has_no_outline():
    road = Corridor(line_lon_lat_deg=((11.0, 48.0), (11.01, 48.0)), width_m=30.0)
    (ring,) = along_rings(road)
    assert len(ring) == 4
    assert along_rings(Corridor(line_lon_lat_deg=((11.0, 48.0),), width_m=30.0)) == ()
    tower = Structure(
        kind="orbit", line_lon_lat_deg=((11.0, 48.0),), distance_m=10.0, radius_m=4.0, lowest_m=9.0
    )
    assert len(along_rings(tower)) == 3  # itself, and both sides of the way round it
    assert along_rings(Structure(kind="orbit", line_lon_lat_deg=(), distance_m=9, lowest_m=9)) == ()
