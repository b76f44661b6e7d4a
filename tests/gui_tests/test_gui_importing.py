"""Files of shapes: each with a role that is proposed, seen and changed before it is taken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from gui.panels.importing import ImportDialog

LEFT = Qt.MouseButton.LeftButton


def placemark(name: str, kind: str, places: str) -> str:
    inside = f"<coordinates>{places}</coordinates>"
    if kind == "Polygon":
        inside = f"<outerBoundaryIs><LinearRing>{inside}</LinearRing></outerBoundaryIs>"
    return f"<Placemark><name>{name}</name><{kind}>{inside}</{kind}></Placemark>"


@pytest.fixture
def kml(tmp_path):
    """A field, a barn among the obstacles, a power line, and a launch point."""
    field = "11.30,48.200 11.307,48.200 11.307,48.204 11.30,48.204 11.30,48.200"
    barn = "11.303,48.201 11.3035,48.201 11.3035,48.2014 11.303,48.2014 11.303,48.201"
    folders = (
        f"<Folder><name>Field</name>{placemark('Field 7', 'Polygon', field)}</Folder>"
        f"<Folder><name>Obstacles</name>{placemark('barn', 'Polygon', barn)}"
        f"{placemark('wires', 'LineString', '11.3005,48.2005 11.302,48.2030')}</Folder>"
        f"{placemark('Launch west', 'Point', '11.3002,48.2002')}"
    )
    path = tmp_path / "farm.kml"
    path.write_text(
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'
    )
    return path


def rows(dialog) -> list[tuple[str, str]]:
    return [
        (dialog.table.item(row, 0).text(), box.currentData())
        for row, box in enumerate(dialog.boxes)
    ]


def test_roles_are_proposed_and_the_mission_has_the_names(window, kml):
    window.planning.drafts_wanted = False
    assert window.files.open(kml)
    dialog = window.findChild(ImportDialog)
    assert rows(dialog) == [
        ("Field 7", "area"), ("barn", "zone"), ("wires", "zone"), ("Launch west", "launch"),
    ]  # fmt: skip
    assert window.session.mission.area == ()
    QTest.mouseClick(dialog.go, LEFT)
    mission = window.session.mission
    assert [part.name for part in mission.area] == ["Field 7"]
    assert mission.no_fly_zones[0].name == "barn"
    assert len(mission.uavs) == 1
    assert mission.uavs[0].start_lon_lat_deg == pytest.approx((11.3002, 48.2002))


def test_a_role_is_changed_by_keys_and_no_area_is_no_mission(window, kml):
    window.files.open(kml)
    dialog = window.findChild(ImportDialog)
    dialog.boxes[0].setFocus()
    QTest.keyClick(dialog.boxes[0], Qt.Key.Key_End)  # leave out
    assert dialog.boxes[0].currentData() == "unused"
    assert not dialog.go.isEnabled()
    assert dialog.state.property("role") == "error"
    QTest.keyClick(dialog.boxes[0], Qt.Key.Key_Home)
    dialog.boxes[1].setFocus()
    QTest.keyClick(dialog.boxes[1], Qt.Key.Key_End)
    assert "obstacles: 1" in dialog.state.text()
    cancel = dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    QTest.mouseClick(cancel, LEFT)
    assert window.session.mission.area == ()


def test_shapes_are_added_to_a_mission_as_one_step(window, kml, small_mission):
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None)
    window.files.drop(kml)
    QTest.mouseClick(window.findChild(ImportDialog).go, LEFT)
    assert len(window.session.mission.area) == 2
    assert len(window.session.mission.uavs) == 3
    window.session.undo_stack.undo()
    assert window.session.mission == small_mission
