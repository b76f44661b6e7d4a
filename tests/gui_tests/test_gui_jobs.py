"""Planner processes: progress, results, cancelling, death; drafts that follow."""

import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from gui.jobs import DraftRunner, Worker
from mcpp.model import PlannerChoice
from tests.gui_tests.conftest import FAKE_WORKER


@pytest.fixture
def worker(qapp):
    made = Worker(FAKE_WORKER)
    yield made
    made.close()


def test_a_plan_comes_with_its_mission(worker, qtbot, small_mission):
    stages = []
    worker.progress.connect(lambda stage, fraction: stages.append((stage, fraction)))
    with qtbot.waitSignals([worker.finished, worker.idle], timeout=10000):
        worker.ask("plan", small_mission)
    assert stages == [("drawing", 0.5)]
    assert not worker.busy


def test_one_process_answers_many_requests(worker, qtbot, small_mission):
    for seed in (1, 2, 3):
        with qtbot.waitSignal(worker.finished, timeout=10000) as done:
            worker.ask("plan", replace(small_mission, seed=seed))
        assert done.args[0].seed == seed
        assert done.args[1].mission.seed == seed


def test_cancelling_takes_less_than_a_fifth_of_a_second(worker, qtbot, small_mission):
    with qtbot.waitSignal(worker.progress, timeout=10000):
        worker.ask("plan", replace(small_mission, name="slow"))
    began = time.monotonic()
    with qtbot.waitSignal(worker.idle, timeout=1000):
        worker.cancel()
    assert time.monotonic() - began < 0.2
    assert not worker.busy
    with qtbot.waitSignal(worker.finished, timeout=10000):  # and it can be asked again
        worker.ask("plan", small_mission)


def test_a_refusal_is_told_in_its_words(worker, qtbot, small_mission):
    with qtbot.waitSignal(worker.refused, timeout=10000) as told:
        worker.ask("plan", replace(small_mission, name="refuse"))
    assert told.args == ["uavs: 99: the area has 4 cells"]


def test_a_process_that_dies_is_told_and_replaced(worker, qtbot, small_mission):
    with qtbot.waitSignal(worker.refused, timeout=10000) as told:
        worker.ask("plan", replace(small_mission, name="die"))
    assert "MemoryError: too many cells" in told.args[0]
    with qtbot.waitSignal(worker.finished, timeout=10000):
        worker.ask("plan", small_mission)


def test_a_process_that_can_not_start_is_told(qtbot, small_mission):
    worker = Worker(("/nowhere/at/all",))
    with qtbot.waitSignal(worker.refused, timeout=3000):
        worker.ask("plan", small_mission)
    worker.close()


def test_of_many_drafts_the_newest_counts(qtbot, small_mission):
    drafts = DraftRunner(FAKE_WORKER)
    seeds = []
    drafts.drafted.connect(lambda mission, plan: seeds.append(mission.seed))
    drafts.want(small_mission)
    qtbot.waitUntil(lambda: seeds == [1], timeout=10000)
    for seed in range(2, 40):
        drafts.want(replace(small_mission, seed=seed))
        qtbot.wait(2)
    qtbot.waitUntil(lambda: seeds[-1] == 39, timeout=10000)
    assert len(seeds) < 30
    drafts.close()


def test_the_window_is_never_late_while_a_plan_is_made(worker, qtbot, small_mission):
    from PySide6.QtCore import QTimer

    gaps, last = [], [time.monotonic()]

    def tick():
        now = time.monotonic()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    with qtbot.waitSignal(worker.progress, timeout=10000):
        worker.ask("plan", replace(small_mission, name="slow"))
    last[0] = time.monotonic()
    timer.start(5)
    qtbot.wait(700)
    timer.stop()
    assert sorted(gaps)[int(0.98 * len(gaps))] < 0.05
    worker.cancel()


def test_the_real_worker_drafts(qtbot, small_mission):
    worker = Worker((sys.executable, "-m", "gui.worker"))
    plans: list[Any] = []
    words: list[str] = []
    worker.finished.connect(lambda mission, plan: plans.append(plan))
    worker.refused.connect(words.append)
    worker.ask("draft", small_mission)
    qtbot.waitUntil(lambda: bool(plans or words), timeout=60000)
    assert words == []
    assert len(plans[0].sorties) >= 2
    worker.ask("draft", replace(small_mission, scan_distance_m=-1.0))
    qtbot.waitUntil(lambda: bool(words), timeout=60000)
    assert "scan_distance_m" in words[0]
    worker.close()


def test_a_run_that_is_stopped_answers_with_its_best_plan(qapp, qtbot, small_mission):
    worker = Worker()
    try:
        stages = []
        worker.progress.connect(lambda stage, _: stages.append(stage))
        worker.ask("plan", replace(small_mission, planner=PlannerChoice(name="best")))
        # from then on there is a draft to keep
        qtbot.waitUntil(lambda: "landing together" in stages, timeout=30000)
        with qtbot.waitSignal(worker.finished, timeout=30000) as done:
            worker.stop()
        assert done.args[1].report.safe
    finally:
        worker.close()
