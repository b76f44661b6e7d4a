"""A UAV is lost in the air: the rest is divided, shown, and sent on a yes."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from gui.vehicle_book import fingerprint
from mcpp import api
from mcpp.ground.frame import LocalFrame
from mcpp.link.standing import fleet_state
from mcpp.link.state import VehicleState
from mcpp.model import PlannerChoice

if TYPE_CHECKING:
    from mcpp.replan.replan import Replanned

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def lost(window, qtbot, small_mission, monkeypatch):
    """Two simulated vehicles in the air, as their links would tell it; one is not heard."""
    plan = api.plan(replace(small_mission, planner=PlannerChoice(name="draft")))
    window.planning.drafts_wanted = False
    window.session.open(plan.mission, None, plan)
    window.plans.show_fly()
    flight = window.flight
    window.fly_panel.simulate.click()
    qtbot.waitUntil(window.fly_panel.watch.isEnabled, timeout=20_000)
    window.fly_panel.watch.click()
    qtbot.waitUntil(lambda: flight._link is not None, timeout=20_000)
    flight._link.blockSignals(True)
    qtbot.wait(100)  # what was told before has come in
    watcher = flight._link._watcher
    monkeypatch.setattr(type(watcher), "states", property(lambda _self: dict(flight.states)))
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for number, uav in enumerate(plan.mission.uavs):
        sortie = next(s for s in plan.sorties if s.uav == number)
        row = len(sortie.xyz_m) // 3
        lon, lat = frame.to_deg(sortie.xyz_m[row, :2])
        flight._on_state(
            VehicleState(
                uav=uav.id,
                armed=True,
                connected=number == 0,
                mode="AUTO",
                flown=1 / 3,
                lon_lat_deg=(float(lon), float(lat)),
                height_m=float(sortie.xyz_m[row, 2]),
                planned_s=float(sortie.time_s[-1]),
            )
        )
    yield window
    window.flight.states = {}
    window.fly_panel.close_links()


def test_the_rest_is_divided_shown_and_sent(lost, qtbot, monkeypatch):
    window = lost
    panel = window.fly_panel
    assert window.flight.lost == ["two"]
    assert panel.divide.isVisible()
    assert "two" in panel.divide.text()
    given: list[Replanned] = []
    monkeypatch.setattr(window.flight._link, "give", given.append)
    QTest.mouseClick(panel.divide, LEFT)
    qtbot.waitUntil(
        lambda: window.divide.question is not None or panel.problem.text() != "", timeout=60000
    )
    assert panel.problem.text() == ""
    question = window.divide.question
    assert "two: lost" in question.informativeText()
    assert not question.isModal()
    assert len(window.session.results) == 2
    send = next(b for b in question.findChildren(QPushButton) if b.text() == "Send")
    QTest.mouseClick(send, LEFT)
    (found,) = given
    assert [change.id for change in found.changes if change.lost] == ["two"]
    assert [c.id for c in found.changes if c.changed and not c.lost] == ["one"]
    flight = window.flight
    load = flight._link.loads["one"]
    flight._link.blockSignals(False)
    flight._link.given.emit("one", "")
    assert flight.held["one"].print == fingerprint(load)
    assert flight.held["one"].items == sum(map(len, (load.mission, load.fence, load.rally)))
    flight._link.given.emit("one", "refused; it may hold a part")
    assert (flight.held["one"].print, flight.held["one"].items) == ("", 0)
    assert set(panel.cards) == {"one", "two"}  # those in the air stay in sight


def test_where_the_fleet_is_comes_from_its_links(lost):
    plan = lost.flight.plan
    state = fleet_state(plan, lost.flight.states, {}, lost=["two"])
    assert [(uav.id, uav.status) for uav in state.uavs] == [("one", "flying"), ("two", "lost")]
    assert 0 < state.time_s < plan.report.fleet.finish_s
    assert state.uavs[0].lon_lat_deg == lost.flight.states["one"].lon_lat_deg
