"""Processes of our own: which code they run, and how many cores they take."""

import os
import subprocess
import sys

import pytest

import mcpp
from mcpp import processes


@pytest.fixture
def trap(tmp_path):
    """Make a folder whose own modules would end every command that runs them."""
    for name in ("gui", "planners", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the file of the folder was run')\n")
    return tmp_path


def test_a_folder_with_modules_of_our_names_does_no_harm(trap):
    done = subprocess.run(
        [sys.executable, "-m", "mcpp", "planners"],
        cwd=trap,
        env=processes.own_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "darp-stc" in done.stdout


def test_own_modules_run_wherever_they_are_started(trap):
    code = processes.own_command("mcpp", "--version")
    done = subprocess.run(
        code,
        cwd=trap,
        env=processes.own_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert mcpp.__version__ in done.stdout


def test_processes_that_work_together_share_the_cores(monkeypatch):
    monkeypatch.delenv(processes.THREADS_VARIABLE, raising=False)
    monkeypatch.setattr(processes, "core_count", lambda: 8)
    assert processes.thread_count() == 8
    monkeypatch.setenv(processes.THREADS_VARIABLE, "")
    processes.share_cores(3)
    assert processes.thread_count() == 2
    processes.share_cores(20)
    assert processes.thread_count() == 1
    assert os.environ[processes.THREADS_VARIABLE] == "1"
