"""Ground heights in the window: chosen, loaded, shaded, and the ground under each flight."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QToolTip
from rasterio import Affine

from gui import engine
from gui.edits import ShapeRef
from gui.map.hill_shade import HillShade, shade
from mcpp.ground.frame import LocalFrame, frame_at
from tests.gui_tests.plans import HEIGHT_M, simple_plan
from tests.tile_server import TileServer, tile_bytes

LEFT = Qt.MouseButton.LeftButton
RISE = 0.1
"""Of the ground towards the east, metres in a metre."""


def write_slope(path, frame: LocalFrame, half_m: float = 900.0):
    """Ground that rises evenly to the east."""
    (west, south), (east, north) = frame.to_deg(np.array([[-half_m, -half_m], [half_m, half_m]]))
    size = 180
    lon = west + (np.arange(size) + 0.5) / size * (east - west)
    x_m = frame.to_m(np.column_stack([lon, np.full(size, (south + north) / 2)]))[:, 0]
    heights = np.broadcast_to(200 + RISE * x_m, (size, size)).astype("float32")
    with rasterio.open(
        path, "w", driver="GTiff", width=size, height=size, count=1, dtype="float32",
        crs="EPSG:4326",
        transform=Affine((east - west) / size, 0, west, 0, (south - north) / size, north),
    ) as out:  # fmt: skip
        out.write(heights, 1)


@pytest.fixture
def slope(tmp_path, small_mission):
    """A file of ground heights about the small mission."""
    path = tmp_path / "slope.tif"
    write_slope(path, frame_at(small_mission.area[0].outer_lon_lat_deg))
    return path


@pytest.fixture
def sloped(window, small_mission, slope, qtbot):
    """The window with a plan over the slope."""
    window.planning.drafts_wanted = False
    mission = engine.with_ground(small_mission, slope)
    window.session.open(mission, None, simple_plan(mission))
    qtbot.waitUntil(lambda: bool(window.ground.profiles), timeout=5000)
    window.docks["timeline"].show()
    window.timeline.show_chart(True)
    return window


def shades(window) -> bool:
    return any(isinstance(layer, HillShade) for layer in window.map.view.backgrounds)


def test_a_file_is_chosen_by_its_button_shaded_and_removed(
    window, small_mission, slope, qtbot, monkeypatch
):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.steps.setCurrentIndex(2)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(slope), ""))
    level = window.map.view.grab().toImage()
    qtbot.mouseClick(window.ground_panel.buttons["file"], LEFT)
    assert window.session.mission.flight.terrain == str(slope)
    assert "slope.tif" in window.ground_panel.state.text()
    assert window.ground_panel.form.isVisible()
    assert shades(window)
    assert window.map.view.grab().toImage() != level
    window.actions_table.trigger("map.hill_shade")
    assert not shades(window)
    window.actions_table.trigger("map.hill_shade")
    assert shades(window)
    window.session.undo_stack.undo()
    assert window.session.mission.flight.terrain is None
    assert not shades(window)
    window.session.undo_stack.redo()
    qtbot.mouseClick(window.ground_panel.buttons["remove"], LEFT)
    assert window.session.mission == small_mission
    assert not window.ground_panel.buttons["remove"].isEnabled()


def test_a_file_of_another_place_is_refused_in_words(
    window, small_mission, tmp_path, qtbot, monkeypatch
):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    far = tmp_path / "far.tif"
    write_slope(far, LocalFrame((10.0, 50.0)))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(far), ""))
    window.actions_table.trigger("map.ground_file")
    box = window.findChild(QMessageBox)
    assert "does not cover the area" in box.text()
    box.close()
    assert window.session.mission == small_mission


def test_heights_are_loaded_with_what_must_be_known_of_them(
    window, small_mission, tmp_path, qtbot, monkeypatch
):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.steps.setCurrentIndex(2)
    lon, lat = map(np.floor, small_mission.area[0].outer_lon_lat_deg[0])
    monkeypatch.setenv("MCPP_CACHE_DIR", str(tmp_path / "kept"))
    with TileServer({}) as server:
        monkeypatch.setenv("MCPP_TERRAIN_SERVER", server.address)
        north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
        name = f"Copernicus_DSM_COG_10_{north}{abs(int(lat)):02}_00_{east}{abs(int(lon)):03}_00_DEM"
        server.add(name, tile_bytes(int(lat), int(lon), lambda x, y: 100.0 + 0.0 * x * y))
        qtbot.mouseClick(window.ground_panel.buttons["load"], LEFT)
        assert window.ground_panel.stop.isVisible()
        qtbot.waitUntil(lambda: not window.ground.loading, timeout=20000)
    assert window.ground.file is not None
    assert window.ground.file.parent == tmp_path / "data" / "ground"
    box = window.findChild(QMessageBox)
    assert "100" in box.text()
    assert "geoid" in box.text()
    box.close()
    assert not window.ground_panel.stop.isVisible()


def test_no_connection_is_told_and_changes_nothing(
    window, small_mission, tmp_path, qtbot, monkeypatch
):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.steps.setCurrentIndex(2)
    monkeypatch.setenv("MCPP_CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("MCPP_TERRAIN_SERVER", "http://127.0.0.1:9")
    qtbot.mouseClick(window.ground_panel.buttons["load"], LEFT)
    qtbot.waitUntil(lambda: not window.ground.loading, timeout=30000)
    box = window.findChild(QMessageBox)
    assert "127.0.0.1:9" in box.text()
    box.close()
    assert window.session.mission == small_mission


def test_the_profile_lays_the_ground_under_a_flight(sloped):
    plan = sloped.session.plan
    for profile, sortie in zip(sloped.ground.profiles, plan.sorties, strict=True):
        east_m = sortie.xyz_m[:, 0] - sortie.xyz_m[0, 0]
        expected_m = RISE * np.interp(profile.time_s, sortie.time_s, east_m)
        assert profile.ground_m == pytest.approx(expected_m, abs=0.05)
        flying = (profile.time_s > sortie.time_s[1]) & (profile.time_s < sortie.time_s[-2])
        assert profile.above_ground_m[profile.lowest] == pytest.approx(
            HEIGHT_M - expected_m[flying].max(), abs=0.3
        )


def test_the_pointer_on_the_profile_tells_height_above_ground(sloped, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, *_more: told.append(words))
    timeline = sloped.timeline
    qtbot.keyClicks(timeline.whose, "two")
    assert timeline.whose.currentText() == "two"
    assert timeline.charts.currentWidget() is timeline.profile
    qtbot.waitExposed(timeline.profile)
    profile = next(p for p in sloped.ground.profiles if p.uav == 1)
    middle = len(profile.time_s) // 2
    x = round(timeline.profile.x_of(float(profile.time_s[middle])))
    QTest.mouseMove(timeline.profile, QPoint(x - 1, 30))
    QTest.mouseMove(timeline.profile, QPoint(x, 30))
    qtbot.waitUntil(lambda: bool(told), timeout=2000)
    time_s = timeline.profile.time_of(x)
    above_m = profile.height_at(time_s) - profile.ground_at(time_s)
    words = told[-1]
    assert f"{HEIGHT_M:g} m above the launch point" in words
    assert f"{above_m:.0f} m above the ground" in words
    QTest.mouseClick(timeline.profile, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, 30))
    assert sloped.session.time_s == pytest.approx(time_s)
    assert timeline.profile.time_s == sloped.session.time_s


def test_a_uav_that_is_selected_is_the_one_whose_ground_is_shown(sloped):
    sloped.session.select(ShapeRef("uav", 1))
    assert sloped.timeline.whose.currentText() == "two"
    sloped.session.select(ShapeRef("uav", 0))
    assert sloped.timeline.whose.currentText() == "one"


def test_without_ground_heights_the_profile_says_so(window, small_mission, small_plan):
    window.session.open(small_mission, None, small_plan)
    window.timeline.whose.setCurrentIndex(1)
    words = window.timeline.profile.words_at(window.timeline.profile.x_of(60.0))
    assert "drawn level" in words
    assert "above the ground" not in words


def test_the_pointer_on_the_map_tells_item_and_height_above_ground(sloped):
    sloped.map.fit()
    track = sloped.map.plan_layer.tracks[0]
    x, y = (track.xy[1] + track.xy[2]) / 2
    words = sloped.map.plan_layer.words_at(sloped.map.view.to_window(x, y))
    east_m = np.diff(sloped.session.plan.sorties[0].xyz_m[1:3, 0])[0]
    numbers = engine.item_numbers(sloped.session.plan, sloped.session.plan.sorties[0])
    assert f"to item {numbers[1]}" in words
    assert f"{HEIGHT_M - RISE * east_m / 2:.0f} m above the ground" in words


def test_items_are_numbered_as_in_the_file_for_the_autopilot(small_mission, tmp_path):
    plan = simple_plan(small_mission)
    sortie = plan.sorties[0]
    numbers = engine.item_numbers(plan, sortie)
    (path, *_) = engine.export_formats_to(plan, ["waypoints"], tmp_path, overwrite=False)
    rows = [line.split("\t") for line in path.read_text().splitlines()[1:]]
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for leg, number in enumerate(numbers[1:-1].tolist(), start=1):
        row = rows[number]
        assert int(row[0]) == number
        place = frame.to_m(np.array([float(row[9]), float(row[8])]))
        assert place == pytest.approx(sortie.xyz_m[leg + 1, :2], abs=0.05)
    assert numbers[-1] == len(rows) - 1


def test_slopes_towards_the_light_are_bright_and_those_away_from_it_dark():
    step = np.arange(20.0)
    rising_east = np.broadcast_to(step, (20, 20))
    assert (shade(rising_east, (10.0, 10.0))[..., 0] == 255).all()  # faces west, as the light
    assert (shade(-rising_east, (10.0, 10.0))[..., 0] == 0).all()
    falling_south = np.broadcast_to(-step[:, None], (20, 20))  # faces south: away from it
    assert (shade(falling_south, (10.0, 10.0))[..., 0] == 0).all()
    assert (shade(np.zeros((20, 20)), (10.0, 10.0))[..., 3] == 0).all()
    unknown = rising_east.copy()
    unknown[:] = np.nan
    assert (shade(unknown, (10.0, 10.0))[..., 3] == 0).all()


def test_a_mission_whose_file_is_gone_says_so(window, small_mission, slope):
    mission = engine.with_ground(small_mission, slope)
    slope.unlink()
    window.planning.drafts_wanted = False
    window.session.open(mission, None)
    window.steps.setCurrentIndex(2)
    assert "not there any more" in window.ground_panel.problem.text()
    assert window.ground_panel.problem.isVisible()


def test_every_setting_of_a_flight_has_a_field():
    from dataclasses import fields

    from gui import fields as forms
    from mcpp.model import FlightSettings

    shown = {
        field.key
        for made in (
            forms.flight_fields(), forms.photo_fields(), forms.seldom_fields(),
            forms.ground_fields(),
        )
        for field in made
    }  # fmt: skip
    assert {field.name for field in fields(FlightSettings)} == shown | {"terrain"}


def test_seldom_values_are_folded_away_and_edited(window, small_mission, qtbot):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.steps.setCurrentIndex(2)
    panel = window.flight_panel
    assert not panel.more.isVisible()
    qtbot.mouseClick(panel.fold, LEFT)
    assert panel.more.isVisible()
    line = panel.more.edits["timing_tolerance"].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "8")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.session.mission.flight.timing_tolerance == pytest.approx(0.08)
    line = panel.more.edits["timing_tolerance_s"].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "15")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.session.mission.flight == replace(
        small_mission.flight, timing_tolerance=0.08, timing_tolerance_s=15.0
    )
