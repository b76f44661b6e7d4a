"""A UAV is lost while others still stand on the ground: these fly the new plan, or not at all."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mcpp.errors import InputError
from mcpp.export.items import Command
from mcpp.link.diff import differences
from mcpp.link.wire import item_of
from mcpp.link.words import FENCE, MISSION, RALLY
from mcpp.model import Plan
from tests.link_air import Air, plan_of_three

SLACK_PERCENT = 0.5
WAIT_S = 100.0


def waiting(of: Plan, wait_s: float = WAIT_S) -> Plan:
    """The same, but "c" takes off later."""
    sorties = tuple(
        replace(s, time_s=s.time_s - s.time_s[0] + wait_s) if s.uav == 2 else s for s in of.sorties
    )
    return replace(of, sorties=sorties)


@pytest.fixture(scope="module")
def three() -> Plan:
    return waiting(plan_of_three())


class Crew(Air):
    """Says the words, and keeps what it is told."""

    def __init__(self, of: Plan):
        self.told: list[tuple[str, str]] = []
        super().__init__(of)

    def tell(self, uav: str, words: str) -> None:
        self.told.append((uav, words))

    def send(self, *lost: str) -> tuple[str, ...]:
        found = self.dividing.proposed(lost)
        return self.dividing.send(found, self.on_done, self.tell)

    def words_of(self, uav: str) -> str:
        return "; ".join(words for one, words in self.told if one == uav)

    def on_ground(self, uav: str) -> bool:
        return not self.sims[uav].flight.track

    def holds_its_load(self, uav: str) -> bool:
        """The vehicle's own lists are what the pilot says that it holds."""
        load, server = self.pilot.loads[uav], self.sims[uav].vehicle.server
        return not any(
            differences(load.items(kind), [item_of(m) for m in server.lists[kind]], kind=kind,
                        autopilot=load.expected.autopilot)
            for kind in (MISSION, FENCE, RALLY)
        )  # fmt: skip

    def problems(self) -> Sequence[tuple[str, str]]:
        return [(uav, problem) for uav, problem in self.done if problem]

    def assert_finished(self, of: Plan, *uavs: str) -> None:
        assert [self.watcher.states[uav].ending for uav in uavs] == ["done"] * len(uavs)
        assert self.covered_percent() >= of.report.fleet.coverage_percent - SLACK_PERCENT
        for uav in uavs:
            assert "fence breach" not in self.kinds(uav)


def test_one_that_waits_on_the_ground_takes_its_part_and_starts_by_the_new_plan(three) -> None:
    air = Crew(three)
    air.poll(lambda: air.flown("b") >= 0.2)
    before = list(air.sims["c"].vehicle.server.lists[MISSION])
    air.silence("b")
    given = air.send("b")
    assert "c" in given
    sortie = next(s for s in air.dividing.plan.sorties if s.uav == 2)
    due_s = air.world.now_s + float(sortie.time_s[0])
    air.poll(lambda: not air.on_ground("c"))
    assert air.world.now_s >= due_s - 0.5
    assert air.holds_its_load("c")
    assert air.sims["c"].vehicle.server.lists[MISSION] != before
    assert "c: holds its new mission and starts" in f"c: {air.words_of('c')}"
    air.poll(lambda: air.landed("a", "c"), 2000)
    assert air.problems() == []
    air.assert_finished(three, "a", "c")
    assert air.nearest_m("a", "c") > 9.0


def test_a_start_that_comes_due_while_the_upload_runs_waits_for_it(three) -> None:
    of = waiting(three, 20.0)
    air = Crew(of)
    assert air.pilot.launched_s is not None
    due_s = air.pilot.launched_s + 20.0
    air.poll(lambda: air.world.now_s >= due_s - 0.3)
    air.silence("b")
    assert "c" in air.send("b")
    air.poll(lambda: air.sims["c"].flight.armed)
    assert air.world.now_s > due_s
    assert air.holds_its_load("c")
    assert ("c", "") in air.done[len(air.sims) - 1 :]
    air.poll(lambda: air.landed("a", "c"), 2000)
    air.assert_finished(three, "a", "c")


def test_a_vehicle_that_does_not_take_its_mission_is_not_started(three) -> None:
    air = Crew(three)
    air.poll(lambda: air.flown("b") >= 0.2)
    air.silence("b")
    air.sims["c"].wire.alive = False
    air.send("b")
    air.poll(lambda: not air.dividing.sending)
    air.wait(1.0)
    (problem, why) = [words for uav, words in air.problems() if uav == "c"]
    assert "link lost: nothing heard for" in problem
    assert "nothing was written to it" in problem
    assert why == "it has not taken its new mission"  # of its start
    air.sims["c"].wire.alive = True
    air.wait(2 * WAIT_S)
    assert air.on_ground("c")
    assert air.send() == ("c",)  # once more, and it is taken
    air.poll(lambda: air.landed("a", "c"), 2000)
    air.assert_finished(three, "a", "c")


def test_the_one_on_the_ground_may_be_the_second_that_is_lost(three) -> None:
    air = Crew(three)
    air.poll(lambda: air.flown("b") >= 0.2)
    air.silence("b")
    air.sims["c"].wire.alive = False
    air.send("b")
    air.poll(lambda: not air.dividing.sending)
    air.send("b", "c")
    air.poll(lambda: air.landed("a"), 3000)
    assert air.on_ground("c")
    air.assert_finished(three, "a")


def test_nobody_starts_while_one_in_the_air_has_not_taken_its_mission(three) -> None:
    air = Crew(three)
    air.poll(lambda: air.flown("b") >= 0.2)
    air.silence("b")
    air.sims["a"].wire.alive = False
    assert {*air.send("b")} == {"a", "c"}
    air.poll(lambda: not air.dividing.sending)
    air.wait(WAIT_S)
    assert air.on_ground("c")
    assert "a has not taken its new mission: say replan, then send" in air.words_of("c")
    air.silence("a")
    air.poll(lambda: "a" in air.dividing.lost())
    air.send("a", "b")
    air.poll(lambda: air.landed("c"), 3000)
    air.assert_finished(three, "c")


def test_who_is_lost_on_the_ground_does_not_start_with_its_old_mission(three) -> None:
    air = Crew(three)
    air.poll(lambda: air.flown("a") >= 0.2)
    air.send("c")
    air.poll(lambda: air.landed("a", "b"), 2000)
    assert air.on_ground("c")
    assert ("c", "it flies no more") in air.problems()
    air.assert_finished(three, "a", "b")


def test_whose_flight_stays_as_it_was_is_not_touched(three) -> None:
    of = waiting(three, 300.0)
    air = Crew(of)
    before = list(air.sims["c"].vehicle.server.lists[MISSION])

    def comes_home() -> bool:
        state = air.watcher.states["b"]
        return state.items is not None and state.item == state.items - 1

    air.poll(comes_home)  # it has surveyed all that it had to
    air.silence("b")
    assert air.send("b") == ()
    assert air.words_of("c").startswith("keeps its mission and starts")
    air.poll(lambda: air.landed("a", "c"), 2000)
    assert air.sims["c"].vehicle.server.lists[MISSION] == before
    assert air.problems() == []
    air.assert_finished(of, "a", "c")


def test_one_that_has_landed_takes_its_next_mission_and_starts_on_a_word() -> None:
    of = plan_of_three(endurance_s=300.0)
    assert max(s.number for s in of.sorties) > 1
    air = Crew(of)
    air.poll(lambda: air.watcher.states["a"].ending == "done")
    air.silence("b")
    given = air.send("b")
    assert "a" in given
    air.poll(lambda: not air.dividing.sending)
    assert "say 'start a' when its battery is full" in air.words_of("a")
    assert air.holds_its_load("a")
    air.wait(60.0)
    assert not air.sims["a"].flight.armed  # somebody may be at its propellers
    air.sims["a"].flight.used_s = 0.9 * air.sims["a"].flight.endurance_s
    air.wait(3.0)
    air.dividing.grounded.start("a")
    air.poll(lambda: air.problems())
    assert "battery 10 %" in dict(air.problems())["a"]
    assert air.dividing.grounded.by_word == {"a"}
    air.sims["a"].flight.used_s = 0.0
    air.wait(3.0)
    air.dividing.grounded.start("a")
    air.poll(lambda: air.sims["a"].flight.armed)
    assert air.dividing.grounded.by_word == frozenset()
    with pytest.raises(InputError, match="start a: it waits for no word"):
        air.dividing.grounded.start("a")
    air.poll(lambda: air.landed("a"))
    assert air.watcher.states["a"].ending == "done"


def test_one_that_waits_with_armed_motors_is_stopped_loaded_and_started(three) -> None:
    flight = replace(three.mission.flight, start_delays="file")
    of = replace(three, mission=replace(three.mission, flight=flight))
    air = Crew(of)
    air.poll(lambda: air.sims["c"].flight.armed)
    assert Command.NAV_DELAY in [item.command for item in air.pilot.loads["c"].mission]
    air.poll(lambda: air.flown("b") >= 0.2)
    air.silence("b")
    assert "c" in air.send("b")
    assert "c" not in air.dividing.lost()
    air.poll(lambda: not air.dividing.sending)
    assert "c" not in air.dividing.lost()
    assert Command.NAV_DELAY not in [item.command for item in air.pilot.loads["c"].mission]
    air.poll(lambda: air.landed("a", "c"), 2000)
    assert air.problems() == []
    air.assert_finished(three, "a", "c")
