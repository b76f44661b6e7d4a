"""The window gives a plan made anew to vehicles on the ground too, and starts none without it."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from gui.engine_words import in_words
from gui.fleet_link import NOTHING_WRITTEN, FleetLink
from gui.given_words import window_words
from gui.i18n import install_language
from mcpp.link.diff import differences
from mcpp.link.wire import item_of
from mcpp.link.words import FENCE, MISSION, RALLY
from tests.link_air import Air, plan_of_three

if TYPE_CHECKING:
    from mcpp.link.upload import UploadResult

WAIT_S = 100.0


class Grounded(Air):
    """A fleet whose starts are left to somebody else."""

    def launch(self) -> None:
        """Leave it to the window."""


@pytest.fixture(scope="module")
def three():
    """Of three vehicles "c" takes off later."""
    of = plan_of_three()
    sorties = tuple(
        replace(s, time_s=s.time_s - s.time_s[0] + WAIT_S) if s.uav == 2 else s for s in of.sorties
    )
    return replace(of, sorties=sorties)


class Flown:
    """The window's link to a fleet in a world of its own, launched by it; what it says is kept."""

    def __init__(self, of, monkeypatch):
        self.air = Grounded(of)
        watcher = self.air.watcher
        monkeypatch.setattr(watcher, "start", lambda: None)  # polled by the test
        monkeypatch.setattr(FleetLink, "_watch", lambda _self, _watched: watcher)
        self.link = FleetLink(of, {}, 1)
        self.answers: list[tuple[str, str]] = []
        self.told: list[tuple[str, str]] = []
        self.given: list[tuple[str, str]] = []
        self.uploads: list[UploadResult] = []
        self.link.answered.connect(lambda uav, problem: self.answers.append((uav, problem)))
        self.link.told.connect(lambda uav, words: self.told.append((uav, words)))
        self.link.given.connect(lambda uav, problem: self.given.append((uav, problem)))
        self.link.uploaded.connect(self.uploads.append)
        self.link.launch_simulated()
        self.air.poll(lambda: self.air.flown("b") >= 0.2)
        assert self.problems() == []

    def problems(self):
        return [(uav, problem) for uav, problem in self.answers if problem]

    def divide(self, *lost):
        self.link.give(self.link.proposed(lost))
        self.air.poll(lambda: self.link._dividing.sending)

    def on_ground(self, uav):
        return not self.air.sims[uav].flight.track

    def holds(self, uav, load):
        """The lists of the vehicle itself are those of a load."""
        server = self.air.sims[uav].vehicle.server
        autopilot = load.expected.autopilot
        return not any(
            differences(
                load.items(kind),
                [item_of(item) for item in server.lists[kind]],
                kind=kind,
                autopilot=autopilot,
            )
            for kind in (MISSION, FENCE, RALLY)
        )


@pytest.fixture
def flown(qapp, three, monkeypatch):
    return Flown(three, monkeypatch)


@pytest.fixture
def german(qapp):
    translators = install_language(qapp, "de")
    yield
    for translator in translators:
        QCoreApplication.removeTranslator(translator)


def test_one_on_the_ground_takes_its_new_mission_and_starts_by_the_new_plan(flown):
    air, link = flown.air, flown.link
    old = link.loads["c"]
    air.silence("b")
    flown.divide("b")
    sortie = next(s for s in link._dividing.plan.sorties if s.uav == 2)
    due_s = air.world.now_s + float(sortie.time_s[0])
    link.upload("c")  # two at once would mix: refused
    air.poll(lambda: flown.uploads)
    assert (flown.uploads[0].state, flown.uploads[0].holds) == ("failed", NOTHING_WRITTEN)
    air.poll(lambda: not flown.on_ground("c"))
    assert air.world.now_s >= due_s - 1.0
    assert link.loads["c"].mission != old.mission
    assert flown.holds("c", link.loads["c"])
    said = "; ".join(words for uav, words in flown.told if uav == "c")
    assert said.startswith("holds its new mission and starts ")
    air.poll(lambda: air.landed("a", "c"), 2000)
    assert [air.watcher.states[uav].ending for uav in ("a", "c")] == ["done", "done"]
    assert sorted(flown.given) == [("a", ""), ("c", "")]
    assert flown.problems() == []


def test_one_that_does_not_take_it_stays_until_it_is_given_once_more(flown):
    air, link = flown.air, flown.link
    air.silence("b")
    air.sims["c"].wire.alive = False
    flown.divide("b")
    air.poll(lambda: not link._dividing.sending)
    air.wait(1.0)
    said = [problem for uav, problem in flown.problems() if uav == "c"]
    assert any(one.startswith("has not taken its new mission: ") for one in said)
    assert "not started: it has not taken its new mission: say replan, then send" in said
    assert ("c", "keep it on the ground: say replan, then send") in flown.told
    air.sims["c"].wire.alive = True
    air.wait(2 * WAIT_S)
    assert flown.on_ground("c")
    flown.answers.clear()
    link.launch_simulated()  # a second press starts nobody with the old mission either
    air.wait(5.0)
    assert flown.problems() == [
        ("c", "it has not taken its new mission: say replan, then send"),
    ]
    assert flown.on_ground("c")
    flown.divide("b")
    air.poll(lambda: not flown.on_ground("c"))
    assert flown.holds("c", link.loads["c"])


def test_nothing_is_given_while_an_upload_runs(flown):
    air, link = flown.air, flown.link
    air.silence("b")
    before = link._dividing.plan
    found = link.proposed(("b",))
    link.upload("c")
    link.give(found)
    air.poll(lambda: flown.problems())
    assert flown.problems() == [("", "an upload still runs: stop it, say replan, then send")]
    assert link._dividing.plan is before


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "waits on the ground: a has not taken its new mission: say replan, then send",
            (
                "wartet am Boden: a hat den neuen Auftrag nicht angenommen: den Rest noch einmal"
                " aufteilen"
            ),
        ),
        (
            "holds its new mission and starts in 31 s",
            "hat ihren neuen Auftrag und startet in 31 s",
        ),
        (
            "holds its new mission: say 'start a' when its battery is full and all are clear",
            (
                "hat ihren neuen Auftrag: sie ist schon einmal gelandet"
                " und wird nicht von hier gestartet"
            ),
        ),
        (
            "replan: a is still given its mission: wait for it",
            "a bekommt noch ihren Auftrag: darauf warten",
        ),
        (
            "is landing: say replan and send once more then, for its next mission",
            "landet gerade: danach den Rest noch einmal aufteilen, für ihren nächsten Auftrag",
        ),
    ],
)
def test_what_is_said_names_what_is_pressed_here(german, said, shown):
    assert in_words(window_words(said)) == shown
