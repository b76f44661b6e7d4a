"""Check photos: a flight's photos against its plan, the gaps on the map, a flight for them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.panels.check_photos import CheckPhotosDialog
from tests.flown import clicks, surveyed, without, write_photos

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def flown(window, tmp_path):
    """A window with a plan, and the photos of it but for one line."""
    plan = surveyed(width_m=200.0, lines=4, uavs=1)
    taken = without(clicks(plan), lambda _, click: click.line == 1)
    folder = write_photos(tmp_path / "card", taken)
    window.planning.drafts_wanted = False
    window.session.open(plan.mission, None, plan)
    return window, folder


def test_gaps_are_found_shown_and_planned(flown, qtbot):
    window, folder = flown
    QTest.keyClick(window, Qt.Key.Key_J, CTRL)
    dialog = window.findChild(CheckPhotosDialog)
    dialog.folder.setFocus()
    dialog.folder.selectAll()
    QTest.keyClicks(dialog.folder, str(folder))
    QTest.mouseClick(dialog.check, LEFT)
    qtbot.waitUntil(lambda: dialog.found is not None and dialog.check.isEnabled(), timeout=60000)
    assert not dialog.found.complete
    assert "Gaps" in dialog.state.text()
    before = window.map.view.middle()
    item = dialog.gaps.item(0)
    at = dialog.gaps.visualItemRect(item).center()
    QTest.mouseClick(dialog.gaps.viewport(), LEFT, pos=at)
    gap = dialog.found.gaps[0].lon_lat_deg
    assert window.map.view.middle() == pytest.approx(gap, abs=1e-5)
    assert window.map.view.middle() != before
    QTest.mouseClick(dialog.refly, LEFT)
    qtbot.waitUntil(lambda: len(window.session.results) == 2, timeout=60000)
    again = window.session.finished
    assert again is not None
    assert again.plan.sorties  # whether it is safe to fly, the check says as of any plan
    assert window.result_panel.figures.isVisible()
    qtbot.waitUntil(lambda: dialog.check.isEnabled(), timeout=10000)
    dialog.close()


def test_a_folder_without_photos_is_said(flown, qtbot, tmp_path):
    window, _ = flown
    window.plans.check_photos()
    dialog = window.findChild(CheckPhotosDialog)
    dialog.folder.setText(str(tmp_path / "nothing"))
    QTest.mouseClick(dialog.check, LEFT)
    qtbot.waitUntil(lambda: dialog.check.isEnabled(), timeout=20000)
    assert dialog.state.property("role") == "error"
    assert not dialog.refly.isEnabled()
    dialog.close()
