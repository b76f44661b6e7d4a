"""The search that goes on, as a user types it."""

import signal
import time

import pytest
from click.testing import CliRunner

from mcpp.cli.main import cli
from mcpp.io.mission import write_mission
from mcpp.io.plan import read_plan
from mcpp.planner import IMPROVING


@pytest.fixture
def mission_file(tmp_path, small_mission):
    path = tmp_path / "mission.json"
    write_mission(path, small_mission)
    return path


def run(*args):
    return CliRunner().invoke(cli, ["-q", "plan", *map(str, args)])


def test_seconds_limit_the_search_of_the_planner_that_was_named(mission_file, tmp_path):
    begin = time.monotonic()
    out = tmp_path / "out"
    result = run(mission_file, "-o", out, "--planner", "regions", "--seconds", 1, "-P", "rounds=0")
    assert result.exit_code == 0, result.output
    assert time.monotonic() - begin < 30
    plan = read_plan(out / "plan.json")
    assert plan.mission.planner.name == "best"
    assert plan.mission.planner.params["planner"] == "regions"
    assert plan.mission.planner.params["auto.regions.rounds"] == "0"
    assert plan.report.safe


def test_a_draft_is_an_effort_too(mission_file, tmp_path):
    result = run(mission_file, "-o", tmp_path / "out", "--effort", "draft")
    assert result.exit_code == 0, result.output
    assert read_plan(tmp_path / "out" / "plan.json").solution.planner == "draft"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--effort", "draft", "--seconds", 3), "--seconds: 3: only effort 'best'"),
        (("--planner", "draft", "--effort", "best"), "planner 'draft' can not search on"),
        (("--effort", "harder"), "'harder' is not one of"),
        (("--seconds", -1), "-1.0 is not in the range"),
    ],
)
def test_efforts_that_make_no_sense_are_refused(mission_file, tmp_path, options, words):
    result = run(mission_file, "-o", tmp_path / "out", *options)
    assert result.exit_code != 0
    assert words in result.output
    assert not (tmp_path / "out").exists()


def test_ctrl_c_writes_the_best_plan_so_far_and_says_so(mission_file, tmp_path, monkeypatch):
    def pressed(self, stage, fraction):
        if stage == IMPROVING:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("mcpp.cli.progress.QuietObserver.on_progress", pressed)
    out = tmp_path / "out"
    result = run(mission_file, "-o", out, "--planner", "darp-stc", "--effort", "best")
    assert result.exit_code == 0, result.output
    assert "stopped; this is the best plan found so far, checked" in result.stderr
    plan = read_plan(out / "plan.json")
    assert plan.report.safe
    assert {path.name for path in out.iterdir()} >= {"plan.json", "report.html"}


def test_ctrl_c_before_there_is_a_plan_writes_nothing(mission_file, tmp_path, monkeypatch):
    def pressed(self, stage, fraction):
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("mcpp.cli.progress.QuietObserver.on_progress", pressed)
    result = run(mission_file, "-o", tmp_path / "out", "--effort", "best")
    assert result.exit_code == 130
    assert "stopped; nothing was written" in result.stderr
    assert not (tmp_path / "out").exists()
