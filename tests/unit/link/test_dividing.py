"""A UAV is lost in the air: the others take its rest on a word, and finish the ground."""

import pytest

from mcpp.errors import InfeasibleError, InputError
from mcpp.model import Plan
from tests.link_air import PLACES, Air, plan_of_three

SLACK_PERCENT = 0.5


@pytest.fixture(scope="module")
def three() -> Plan:
    return plan_of_three()


@pytest.mark.parametrize("part", [0.02, 0.2, 0.5, 0.8])
def test_the_others_finish_the_ground_from_the_air(three: Plan, part: float) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("b") >= part)
    air.silence("b")
    air.poll(lambda: air.dividing.lost())
    assert air.dividing.lost() == ("b",)
    found = air.dividing.proposed(["b"])
    given = air.dividing.send(found, air.on_done)
    assert given
    air.poll(lambda: air.landed("a", "c"), 1500)
    assert [(uav, problem) for uav, problem in air.done if problem] == []
    assert air.watcher.states["a"].ending == air.watcher.states["c"].ending == "done"
    planned = three.report.fleet.coverage_percent
    assert air.covered_percent() >= planned - SLACK_PERCENT
    assert air.nearest_m("a", "c") > 9.0
    assert "fence breach" not in air.kinds("a") + air.kinds("c")


def test_nothing_is_sent_without_a_word(three: Plan) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("a") >= 0.3)
    before = {uav: list(sim.vehicle.server.lists[0]) for uav, sim in air.sims.items()}
    air.dividing.proposed(["b"])
    air.wait(5)
    assert {uav: list(sim.vehicle.server.lists[0]) for uav, sim in air.sims.items()} == before
    assert all(air.watcher.states[uav].mode != "hold" for uav in PLACES)


def test_a_second_loss_before_the_word_asks_for_a_new_division(three: Plan) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("a") >= 0.3)
    air.silence("b")
    air.poll(lambda: air.dividing.lost())
    found = air.dividing.proposed(["b"])
    air.silence("c")
    air.poll(lambda: len(air.dividing.lost()) == 2)
    with pytest.raises(InputError, match="c: lost meanwhile: say replan again"):
        air.dividing.send(found, air.on_done)
    again = air.dividing.proposed(air.dividing.lost())
    assert [change.id for change in again.changes if change.lost] == ["b", "c"]
    air.dividing.send(again, air.on_done)
    air.poll(lambda: air.landed("a"), 2000)
    assert air.watcher.states["a"].ending == "done"
    assert air.covered_percent() >= three.report.fleet.coverage_percent - SLACK_PERCENT


def test_a_link_that_dies_while_missions_are_given_leaves_a_clear_state(three: Plan) -> None:
    air = Air(three)
    air.poll(lambda: air.flown("a") >= 0.3)
    air.silence("b")
    air.poll(lambda: air.dividing.lost())
    given = air.dividing.send(air.dividing.proposed(["b"]), air.on_done)
    assert set(given) == {"a", "c"}
    air.sims[given[0]].wire.alive = False
    air.poll(lambda: not air.dividing.sending)
    told = dict(air.done[len(PLACES) :])
    assert told[given[0]]  # in words
    assert told[given[1]] == ""
    air.silence(given[0])
    air.poll(lambda: len(air.dividing.lost()) == 2)
    air.dividing.send(air.dividing.proposed(air.dividing.lost()), air.on_done)
    air.poll(lambda: air.landed(given[1]), 2000)
    assert air.watcher.states[given[1]].ending == "done"
    assert air.covered_percent() >= three.report.fleet.coverage_percent - SLACK_PERCENT


def test_who_is_lost_must_be_of_the_fleet_and_somebody_left(three: Plan) -> None:
    air = Air(three)
    with pytest.raises(InputError, match="nobody is lost"):
        air.dividing.proposed([])
    with pytest.raises(InputError, match="no such UAV; there are a, b, c"):
        air.dividing.proposed(["d"])
    air.poll(lambda: air.flown("a") >= 0.1)
    with pytest.raises(InfeasibleError, match="no UAV is left"):
        air.dividing.proposed(["a", "b", "c"])
