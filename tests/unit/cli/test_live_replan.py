"""Orders when a UAV is lost: shown first, sent on a word, and every refusal in words."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mcpp.api import lost_state, replan
from mcpp.cli.live_replan import FRESH_S, LiveReplan, later_flights
from mcpp.errors import InputError
from mcpp.replan.replan import Replanned
from tests.plans import good_plan


@dataclass
class Shown:
    """What a display was told."""

    lines: list[str] = field(default_factory=list)

    def note(self, uav: str, text: str) -> None:
        self.lines.append(f"{uav}: {text}")


class Divided:
    """Stands for `mcpp.link.dividing.Dividing`: divides on the ground, and remembers."""

    def __init__(self) -> None:
        self.now_s, self.gone = 0.0, ["two"]
        self.asked: list[tuple[str, ...]] = []
        self.sent: list[Replanned] = []
        loop = SimpleNamespace(clock=lambda: self.now_s, call=lambda action: action())
        self.pilot = SimpleNamespace(watcher=SimpleNamespace(loop=loop), loads=["one", "two"])
        self.started: list[str] = []
        self.grounded = SimpleNamespace(start=self.start)

    def lost(self) -> tuple[str, ...]:
        return tuple(self.gone)

    def proposed(self, lost: tuple[str, ...]) -> Replanned:
        if not lost:
            raise InputError("replan: nobody is lost")
        self.asked.append(lost)
        return replan(good_plan(), lost_state(good_plan(), dict.fromkeys(lost, 0.0)))

    def send(self, found: Replanned, on_done: Any, tell: Any) -> tuple[str, ...]:
        self.sent.append(found)
        on_done("one", "")
        tell("one", "flies its new mission")
        on_done("two", "no answer")
        return ("one", "two")

    def start(self, uav: str) -> None:
        if uav != "one":
            raise InputError(f"start {uav}: it waits for no word to start")
        self.started.append(uav)


@pytest.fixture
def live(tmp_path: Path):
    shown, divided = Shown(), Divided()
    made: Any = LiveReplan(divided, shown, tmp_path / "out")  # type: ignore[arg-type]
    return made, divided, shown


def test_a_loss_is_told_once_with_what_can_be_said(live) -> None:
    orders, _, shown = live
    orders.notice()
    orders.notice()
    assert shown.lines == ["two: lost: say 'replan' to divide its rest among the others"]


def test_it_is_shown_and_sent_only_on_the_word(live, capsys, tmp_path: Path) -> None:
    orders, divided, shown = live
    orders.take(["replan"])
    assert divided.asked == [("two",)]
    assert divided.sent == []
    assert "two" in capsys.readouterr().out
    orders.take(["send"])
    assert len(divided.sent) == 1
    assert shown.lines.count("one: flies its new mission") == 1
    assert "two: has not taken its new mission: no answer" in shown.lines
    assert (tmp_path / "out-replanned-1" / "plan.json").exists()
    orders.take(["send"])
    assert shown.lines[-1] == "-: send: nothing is divided yet: say replan first"


def test_what_was_shown_long_ago_is_divided_anew_before_it_is_sent(live) -> None:
    orders, divided, shown = live
    orders.take(["replan"])
    divided.now_s = FRESH_S + 1
    orders.take(["send"])
    assert divided.asked == [("two",), ("two",)]
    assert "-: divided anew, from where all are now" in shown.lines


def test_flights_from_the_ground_are_named_by_their_number() -> None:
    of = good_plan()
    one, two = of.sorties[0], of.sorties[1]
    aloft = replace(one, launch_m=np.array([0.0, 0.0]))
    later = (aloft, replace(one, number=2), replace(two, number=2))
    after = replace(of, sorties=later)
    assert later_flights(after, []) == {1: ["one"], 2: ["one", "two"]}
    assert later_flights(after, ["one"]) == {2: ["one", "two"]}
    assert later_flights(after, ["one", "two"]) == {2: ["one"]}


def test_one_on_the_ground_starts_on_a_word(live) -> None:
    orders, divided, shown = live
    orders.take(["start", "one"])
    assert divided.started == ["one"]
    orders.take(["start", "two"])
    assert shown.lines[-1] == "-: start two: it waits for no word to start"
    orders.take(["start"])
    assert shown.lines[-1] == "-: start: name who is to start, as in start uav1"


def test_it_can_be_let_be_and_refused(live) -> None:
    orders, divided, shown = live
    orders.take(["replan"])
    orders.take(["keep"])
    orders.take(["send"])
    assert divided.sent == []
    divided.gone = []
    orders.take(["replan"])
    assert shown.lines[-1] == "-: replan: nobody is lost"
