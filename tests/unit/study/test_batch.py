"""Many missions: every one planned once, failures told, and a kill loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from click.testing import CliRunner
from shapely.geometry import box

from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.processes import own_command, own_environment
from mcpp.study import batch
from mcpp.study.batch import Results, run_batch
from mcpp.study.jobs import Grid, Job, jobs_of, key_of
from mcpp.study.runner import work_on
from mcpp.study.summary import summary_html
from tests.strategies import ring_lon_lat_deg


def field_file(folder, name, side_m):
    ring = [list(point) for point in ring_lon_lat_deg(box(0, 0, side_m, side_m))]
    mission = {
        "version": 1,
        "area": [{"outer_lon_lat_deg": ring}],
        "uavs": [{"id": "a"}],
        "scan_distance_m": 20.0,
        "planner": {"name": "draft", "params": {}},
    }
    (folder / name).write_text(json.dumps(mission))


@pytest.fixture(scope="module")
def fields_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fields")
    for i in range(6):
        field_file(folder, f"f{i}.json", 100 + 10 * i)
    (folder / "broken.json").write_text('{"version": 1, "area": []')
    return folder


@pytest.fixture(scope="module")
def done(fields_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    return folder, run_batch(jobs_of([fields_folder], Grid()), folder, workers=1)


def test_each_mission_has_one_row_and_a_failure_its_message(done):
    _, rows = done
    assert len(rows) == 7
    (failed,) = (row for row in rows if row.error)
    assert "broken.json" in failed.source
    assert "line 1" in failed.error
    good = [row for row in rows if not row.error]
    assert all(row.safe and row.finish_s > 0 and row.coverage_percent > 90 for row in good)
    assert len({row.key for row in rows}) == 7


def test_nothing_is_planned_twice(done, fields_folder, monkeypatch):
    folder, rows = done
    monkeypatch.setattr(batch, "plan", lambda _: pytest.fail("it was planned again"))
    assert run_batch(jobs_of([fields_folder], Grid()), folder, workers=1) == rows


def test_a_fault_of_ours_is_a_row_and_ends_nothing(fields_folder, tmp_path, monkeypatch):
    def crash(_):
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(batch, "plan", crash)
    rows = run_batch(jobs_of([fields_folder / "f0.json"], Grid()), tmp_path, workers=1)
    assert [row.error for row in rows] == ["internal error: ZeroDivisionError: deep inside"]


def test_the_grid_and_the_table_set_values_by_name(fields_folder, tmp_path):
    table = tmp_path / "table.csv"
    source = os.path.relpath(fields_folder / "f0.json", tmp_path)
    table.write_text(f"source,speed_m_s,planner\n{source},4,darp-stc\n{source},6,\n")
    jobs = list(jobs_of([table], Grid(values={"uavs": ("1", "2"), "sidelap": ("0.6",)})))
    missions = [job.mission() for job in jobs]
    assert [len(m.uavs) for m in missions] == [1, 2, 1, 2]
    assert [m.uavs[0].speed_m_s for m in missions] == [4, 4, 6, 6]
    assert [m.planner.name for m in missions] == ["darp-stc", "darp-stc", "draft", "draft"]
    assert {m.flight.sidelap for m in missions} == {0.6}
    assert len({key_of(m) for m in missions}) == 4


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ((("speeed", "4"),), "speeed: nothing has that name"),
        ((("uavs", "none"),), "uavs: 'none' is not a number"),
        ((("uavs", "1.5"),), "give a whole number"),
        ((("speed_m_s", "fast"),), "speed_m_s"),
    ],
)
def test_a_wrong_setting_is_told(fields_folder, settings, words):
    with pytest.raises(InputError, match=words):
        Job(source=str(fields_folder / "f0.json"), settings=settings).mission()


def test_a_table_without_sources_and_a_missing_folder_are_told(tmp_path):
    (tmp_path / "t.csv").write_text("file,uavs\na.json,1\n")
    with pytest.raises(InputError, match="no column 'source'"):
        list(jobs_of([tmp_path / "t.csv"], Grid()))
    with pytest.raises(InputError, match="no such file"):
        list(jobs_of([tmp_path / "absent"], Grid()))


def double(number):
    return 2 * number


def test_a_cluster_on_this_machine_gives_the_same_results():
    assert sorted(work_on(double, range(30), workers=2)) == [(n, 2 * n) for n in range(30)]


def test_figures_alike_but_for_rounding_have_a_summary_too(done):
    _, rows = done
    good = [row for row in rows if not row.error]
    like = [replace(row, coverage_percent=100.0 - i * 1e-14) for i, row in enumerate(good)]
    assert "Coverage" in summary_html(like)


def test_a_scheduler_that_does_not_answer_is_told():
    with pytest.raises(InputError, match="--scheduler"):
        list(work_on(double, [1], scheduler="nonsense://nowhere"))


def test_a_kill_in_the_middle_loses_no_row_and_the_rest_is_done(fields_folder, tmp_path):
    """Each mission flushes its row at once here; the process is killed after the first file."""
    command = own_command(
        "mcpp", "-q", "batch", str(fields_folder), "-o", str(tmp_path), "--workers", "1"
    )
    code = (
        "import sys; from mcpp.study import batch; batch.ROWS_A_FILE = 1;"
        "from mcpp.cli.main import cli; sys.argv[0] = 'mcpp'; cli()"
    )
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", code, *command[4:]], env=own_environment()
    )
    while process.poll() is None and not list(tmp_path.glob("rows-*.parquet")):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = Results(tmp_path).rows()
    assert kept
    result = CliRunner().invoke(
        cli, ["-q", "batch", str(fields_folder), "-o", str(tmp_path), "--workers", "1"]
    )
    assert result.exit_code == 0, result.output
    assert "7 rows, 1 without a plan" in result.output
    rows = Results(tmp_path).rows()
    assert len(rows) == 7
    assert all(row in rows for row in kept)
    assert "line 1" in (tmp_path / "summary.html").read_text()
