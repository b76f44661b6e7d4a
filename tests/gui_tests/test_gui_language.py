"""The language changes at once, with the mission and its plan kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QMessageBox

from gui.app import Windows


@pytest.fixture
def windows(qapp, settings, tmp_path):
    """The program's windows, as `gui.app.run` makes them."""
    settings.put("language", "en")
    made = Windows(qapp, settings, data=tmp_path / "data", cache=tmp_path / "cache")
    made.window.planning.drafts_wanted = False
    yield made
    made.window.session.mark_saved(tmp_path / "saved.json")
    made.window.close()
    made.window.deleteLater()
    QCoreApplication.sendPostedEvents(made.window, QEvent.Type.DeferredDelete)
    for translator in made._translators:
        qapp.removeTranslator(translator)


def press(window, words):
    box = window.findChild(QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()


def test_the_window_is_made_anew_in_the_new_language(windows, small_mission, small_plan, tmp_path):
    former = windows.window
    former.session.open(small_mission, tmp_path / "field.json", small_plan)
    former.session.edit("x", replace(small_mission, name="renamed"))
    former.actions_table.trigger("help.language_de")
    press(former, "Now")
    assert windows.window is not former
    assert not former.isVisible()
    assert windows.window.isVisible()
    assert windows.window.plan_bar.go.text() == "Neu planen"
    session = windows.window.session
    assert session.mission.name == "renamed"
    assert session.path == tmp_path / "field.json"
    assert session.finished is not None
    assert session.dirty
    windows.window.actions_table.trigger("help.language_en")
    press(windows.window, "Jetzt")
    assert windows.window.plan_bar.go.text() == "Plan again"


def test_the_language_can_wait_for_the_next_start(windows, small_mission):
    former = windows.window
    former.session.open(small_mission, None)
    former.actions_table.trigger("help.language_de")
    press(former, "At the next start")
    assert windows.window is former
    assert former.settings.get("language", "") == "de"
    assert former.plan_bar.go.text() == "Plan"


def test_no_window_is_rebuilt_while_a_plan_is_made(windows, monkeypatch):
    monkeypatch.setattr(type(windows.window.planning), "running", True)
    windows.window.actions_table.trigger("help.language_de")
    assert windows.window.findChild(QMessageBox) is None
    assert "next start" in windows.window.statusBar().currentMessage()


def test_the_program_runs_on_while_the_window_is_made_anew(windows, qapp):
    former = windows.window
    QTimer.singleShot(0, former, former.reopen_wanted.emit)
    QTimer.singleShot(400, qapp, lambda: qapp.exit(7))
    assert qapp.exec() == 7
    assert windows.window is not former
