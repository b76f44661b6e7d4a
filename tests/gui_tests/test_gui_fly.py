"""The fly panel and the bar over the map, against the simulated fleet on loopback."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from gui.flight import Flight
from gui.main_window import MainWindow
from gui.panels.fly import FlyPanel
from mcpp.link.state import VehicleState

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot, session, settings, map_panel, small_mission, small_plan):
    session.open(small_mission, None, small_plan)
    made = FlyPanel(session, settings, Flight(settings, map_panel), map_panel, button)
    qtbot.addWidget(made, before_close_func=lambda w: w.close_links())
    made.resize(340, 700)
    made.show()
    return made


@pytest.fixture
def linked(window, qtbot, small_mission, small_plan):
    """The whole window, with a simulated fleet that holds the plan."""
    window.planning.drafts_wanted = False
    window.session.open(small_mission, None, small_plan)
    window.plans.show_fly()
    qtbot.mouseClick(window.fly_panel.simulate, LEFT)
    qtbot.mouseClick(window.fly_panel.upload, LEFT)
    qtbot.waitUntil(lambda: len(window.flight.held) == 2, timeout=20000)
    yield window
    window.fly_panel.close_links()


def button(name, text=""):
    made = QToolButton()
    made.setText(text or name)
    return made


def heights_of(window: MainWindow) -> list[float]:
    return [state.height_m or 0.0 for state in window.flight.states.values()]


def fly(window, qtbot):
    qtbot.mouseClick(window.fly_panel.launch, LEFT)
    qtbot.waitUntil(lambda: min(heights_of(window)) > 5, timeout=20000)


def say(flight: Flight, name: str, **values: object) -> None:
    """Have a vehicle tell its state, as the link would."""
    flight._on_state(VehicleState(uav=name, connected=True, mode="AUTO", **values))  # type: ignore[arg-type]


def test_without_a_plan_nothing_can_be_sent(qtbot, session, settings, map_panel):
    panel = FlyPanel(session, settings, Flight(settings, map_panel), map_panel, button)
    qtbot.addWidget(panel)
    assert not panel.upload.isEnabled()
    assert "Make a plan first" in panel.words.text()


def test_a_typed_link_belongs_to_the_mission_and_keeps_the_plan(panel, session, qtbot):
    line = panel.cards["one"].link.line
    line.setFocus()
    QTest.keyClicks(line, "udp:127.0.0.1:14999")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert session.mission.uavs[0].link == "udp:127.0.0.1:14999"
    assert session.finished is not None


def test_a_link_that_is_none_is_told_in_words(panel, qtbot):
    panel.cards["one"].link.line.setText("carrier pigeon")
    qtbot.mouseClick(panel.upload, LEFT)
    qtbot.waitUntil(lambda: panel.problem.text() != "", timeout=5000)
    assert "carrier pigeon" in panel.problem.text()


def test_one_link_that_can_not_be_opened_does_not_keep_the_others_from_theirs(panel, qtbot):
    panel.cards["one"].link.line.setText("serial:/dev/there-is-none:57600")
    panel.cards["two"].link.line.setText("udp:127.0.0.1:14998")
    qtbot.mouseClick(panel.watch, LEFT)
    assert panel.flight.names == ["two"]
    assert panel.problem.text().startswith("one: ")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_where_a_vehicle_is_looked_for_is_said_and_ports_are_listed(panel, qtbot):
    box = panel.cards["two"].link
    assert box.line.placeholderText() == "udp:127.0.0.1:14550, system 2"
    box.showPopup()
    listed = [box.itemText(row) for row in range(box.count())]
    assert "udp:127.0.0.1:14550" in listed
    box.hidePopup()
    assert box.line.text() == ""


def test_uploads_go_over_the_open_links_and_are_remembered_by_a_badge(linked):
    panel = linked.fly_panel
    assert linked.flight.watching
    assert panel.cards["one"].badge.text() == "holds this plan"
    assert linked.settings.get("vehicles/one", "") == ""  # a simulated one is not kept


def test_the_whole_flight_by_mouse_and_keys(linked, qtbot):
    """Motors on: upload locked with the reason, pause without and recall with a question."""
    window, panel, bar = linked, linked.fly_panel, linked.flight_bar
    assert bar.isVisible()
    fly(window, qtbot)
    assert panel.problem.text() == ""
    assert sorted(window.flight.armed) == ["one", "two"]
    assert not panel.upload.isEnabled()
    assert not panel.upload.property("accent")
    assert "motors are on" in panel.cards["one"].lock.text()
    assert not panel.watch.isEnabled()
    assert "left" in panel.cards["one"].state.text()

    # another mission in the window: the vehicles stay in sight and in hand
    window.session.open(window.session.mission, None)
    assert window.flight.watching
    assert set(panel.cards) == {"one", "two"}
    assert "earlier plan" in panel.words.text()

    qtbot.keyClick(window, Qt.Key.Key_F8)
    for name in ("one", "two"):
        qtbot.waitUntil(
            lambda name=name: "holding" in panel.cards[name].state.text(), timeout=20000
        )
    assert window.orders.question is None
    qtbot.wait(600)  # it brakes
    left = panel.cards["one"].state.text().partition("about ")[2]
    qtbot.wait(400)
    assert panel.cards["one"].state.text().partition("about ")[2] == left

    qtbot.mouseClick(bar.chips["one"].buttons["return"], LEFT)
    question: Any = window.orders.question
    assert "one" in question.text()
    assert not question.isModal()
    yes = question.defaultButton()
    assert isinstance(yes, QPushButton)
    qtbot.mouseClick(yes, LEFT)
    qtbot.waitUntil(lambda: "return" in window.flight.doing.get("one", ""), timeout=30000)
    qtbot.waitUntil(lambda: "return" in panel.cards["one"].way.text(), timeout=20000)
    assert window.flight.holds("two")
    assert not window.flight.holds("one")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    question = window.orders.question
    assert question.text() == "Recall all vehicles?"
    qtbot.keyClick(question, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "return" in window.flight.doing.get("two", ""), timeout=30000)


def test_a_vehicle_without_a_legal_way_home_is_offered_the_straight_one(linked, qtbot, monkeypatch):
    window = linked
    window.flight._ordered["one"] = "return"
    window.flight._link.answered.emit(
        "one", "holds: no legal way home (x); the order rtl flies straight"
    )
    question: Any = window.orders.question
    assert "one" in question.text()
    assert "no-fly zones" in question.informativeText()
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(window.flight, "order", lambda order, name: given.append((order, name)))
    qtbot.mouseClick(question.defaultButton(), LEFT)
    assert given == [("rtl", "one")]


def test_the_preview_leaves_the_map_to_the_vehicles_or_is_a_ghost(linked, qtbot):
    window = linked
    assert window.session.time_s is None
    assert window.map.plan_layer._flying == {}
    window.session.set_time(30.0)
    assert all(item.ghost for item in window.map.plan_layer._flying.values())
    assert window.timeline.words.text().startswith("preview")
    qtbot.mouseClick(window.fly_panel.watch, LEFT)
    assert not window.flight.watching
    assert not window.flight_bar.isVisible()
    assert not any(item.ghost for item in window.map.plan_layer._flying.values())


def test_a_vehicle_that_falls_silent_with_motors_on_stays_locked(linked):
    flight = linked.flight
    say(flight, "one", armed=True)
    flight._on_state(VehicleState(uav="one", armed=True, connected=False, mode="AUTO"))
    assert flight.armed == ["one"]
    assert "last heard" in linked.fly_panel.cards["one"].lock.text()
    assert linked.fly_panel.upload.isEnabled()  # for the other one
    assert flight.upload(flight.names) == ["two"]


def test_every_vehicle_of_ten_can_be_paused_in_a_small_window(linked, qtbot, monkeypatch):
    bar = linked.flight_bar
    linked.resize(960, 540)
    monkeypatch.setattr(Flight, "names", property(lambda _self: [f"uav-{k}" for k in range(10)]))
    bar.refresh()
    qtbot.wait(50)
    for chip in bar.chips.values():
        for button in chip.buttons.values():
            assert not button.visibleRegion().isEmpty(), chip.name
    assert not bar.all["recall_all"].visibleRegion().isEmpty()
    monkeypatch.undo()
    bar.refresh()


def test_what_a_real_vehicle_was_given_is_kept_for_the_next_start(panel, session, settings):
    from gui.vehicle_book import Kept, VehicleBook

    book = VehicleBook(settings)
    assert panel._prints == {}  # nothing to compare with: what would be given is not made
    panel._look_up(compare=True)
    book.keep("one", Kept(link="udp:0.0.0.0:14550", system_id=7, print=panel._prints["one"]))
    book.keep("two", Kept(link="", system_id=8, print="another"))
    panel._shown = None
    panel.refresh()
    assert panel.cards["one"].badge.text() == "holds this plan"
    assert panel.cards["one"].link.line.text() == "udp:0.0.0.0:14550"
    assert panel.cards["two"].badge.text() == "holds another plan"
    settings.put("vehicles/one", "no json")
    assert book.of("one") == Kept()


def test_a_dji_is_offered_its_file_instead_of_a_link(
    qtbot, session, settings, map_panel, small_mission
):
    from dataclasses import replace

    from tests.gui_tests.plans import simple_plan

    uavs = (replace(small_mission.uavs[0], aircraft="dji-mavic-3e"), *small_mission.uavs[1:])
    mission = replace(small_mission, uavs=uavs)
    session.open(mission, None, simple_plan(mission))
    panel = FlyPanel(session, settings, Flight(settings, map_panel), map_panel, button)
    qtbot.addWidget(panel, before_close_func=lambda w: w.close_links())
    panel.show()
    card = panel.cards["one"]
    assert not card.link.isVisible()
    assert "KMZ" in card.state.text()
    panel.cards["two"].link.line.setText("udp:127.0.0.1:14997")
    qtbot.mouseClick(panel.watch, LEFT)
    assert panel.flight.names == ["two"]
