"""Nothing is lost: autosave, a killed process, a torn file."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from gui.autosave import Autosave, find_recovered
from gui.session import Session

ROOT = Path(__file__).resolve().parents[2]


def test_a_change_is_on_the_disk_within_two_seconds(session, small_mission, tmp_path, qtbot):
    saver = Autosave(session, tmp_path)
    session.open(small_mission, None)
    session.edit("x", replace(small_mission, seed=7))
    qtbot.waitUntil(saver.file.exists, timeout=2000)
    saver.close()
    assert not saver.file.exists()


def test_what_is_saved_is_not_autosaved(session, small_mission, tmp_path):
    saver = Autosave(session, tmp_path)
    session.open(small_mission, None)
    session.edit("x", replace(small_mission, seed=7))
    saver.write()
    assert saver.file.exists()
    session.mark_saved(tmp_path / "mine.json")
    saver.write()
    assert not saver.file.exists()
    saver.close()


def test_a_living_programs_mission_is_not_offered(session, small_mission, tmp_path):
    saver = Autosave(session, tmp_path)
    session.edit("x", small_mission)
    saver.write()
    assert find_recovered(tmp_path) == []
    saver.close()


CRASHING = """
import sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from gui.autosave import Autosave
from gui.engine import unchecked_mission
from gui.session import Session

app = QCoreApplication([])
session = Session()
saver = Autosave(session, Path(sys.argv[1]))
session.open(unchecked_mission(Path(sys.argv[2]).read_text()), Path("/somewhere/field.json"))
seeds = iter(range(100, 10**9))

def change():
    session.edit("x", replace(session.mission, seed=next(seeds)))
    print(session.mission.seed, flush=True)

timer = QTimer()
timer.timeout.connect(change)
timer.start(20)
app.exec()
"""


def test_kill_9_in_the_middle_loses_two_seconds_at_most(small_mission, tmp_path):
    from gui.engine import save_mission

    save_mission(tmp_path / "m.json", small_mission)
    folder = tmp_path / "autosave"
    process = subprocess.Popen(
        [sys.executable, "-c", CRASHING, str(folder), str(tmp_path / "m.json")],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    seen = []
    began = None
    assert process.stdout is not None
    for line in process.stdout:
        seen.append((time.monotonic(), int(line)))
        began = began or time.monotonic()
        if time.monotonic() - began > 2.2:
            break
    os.kill(process.pid, signal.SIGKILL)
    killed = time.monotonic()
    process.wait(5)
    process.stdout.close()
    (found,) = find_recovered(folder)
    assert found.path == Path("/somewhere/field.json")
    oldest_allowed = max(seed for at, seed in seen if at <= killed - 2.0)
    assert found.mission.seed >= oldest_allowed
    assert found.mission.area == small_mission.area
    found.discard()
    assert find_recovered(folder) == []


def test_a_torn_file_is_passed_over(tmp_path):
    (tmp_path / "torn.json").write_text('{"path": null, "mission": {"ar')
    assert find_recovered(tmp_path) == []


def test_a_mission_without_area_or_fleet_is_kept_too(tmp_path, qapp):
    session = Session()
    saver = Autosave(session, tmp_path)
    session.edit("x", replace(session.mission, name="begun"))
    saver.write()
    saver._lock.unlock()
    (found,) = find_recovered(tmp_path)
    assert found.mission.name == "begun"
    assert found.mission.area == ()
