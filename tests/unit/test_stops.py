"""A stop is heard in the middle of flights and checks, by whoever is asked then."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from mcpp.api import plan, recheck
from mcpp.errors import Cancelled
from mcpp.model import Mission
from mcpp.planner import NullObserver
from mcpp.stops import heed, heedful, heeding


class StopsDuring(NullObserver):
    """Wants to stop from a stage on, after some looks."""

    def __init__(self, stage: str, looks: int) -> None:
        self._stage, self._left, self._there = stage, looks, False
        self.done = 0.0

    def on_progress(self, stage: str, fraction: float) -> None:
        self._there = stage == self._stage
        if self._there:
            self.done = fraction

    def should_stop(self) -> bool:
        self._left -= self._there
        return self._left < 0


@pytest.mark.parametrize("stage", ["flights", "checking"])
def test_a_stop_is_heard_within_a_stage(small_mission: Mission, stage: str) -> None:
    observer = StopsDuring(stage, 2)
    with pytest.raises(Cancelled, match="stopped during"):
        plan(small_mission, observer)
    assert observer.done == 0.0


def test_nobody_is_asked_when_a_plan_is_checked_alone(small_mission: Mission) -> None:
    assert recheck(plan(small_mission)).report.safe


def test_the_nearest_is_asked_and_then_the_one_before() -> None:
    with heeding(lambda: True):
        with heeding(lambda: False):
            heed("work")
        with pytest.raises(Cancelled, match="stopped during work"):
            heed("work")
    heed("work")


def test_threads_ask_whom_their_starter_asks() -> None:
    with heeding(lambda: True), ThreadPoolExecutor(1) as pool:
        heard = pool.submit(heedful(heed), "work")
        deaf = pool.submit(heed, "work")
        assert isinstance(heard.exception(), Cancelled)
        assert deaf.exception() is None
