"""The examples run as they stand."""

import runpy
from pathlib import Path
from types import SimpleNamespace

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def loaded(name):
    return SimpleNamespace(**runpy.run_path(str(EXAMPLES / f"{name}.py")))


def test_a_field_is_planned_twice_and_written(tmp_path, capsys):
    loaded("plan_a_field").main(tmp_path / "out")
    said = capsys.readouterr().out
    assert said.count("west:") == said.count("east:") == 2
    assert (tmp_path / "out" / "east.plan").is_file()


def test_planners_are_compared(small_mission):
    found = loaded("compare_planners").landing_times_s(small_mission, ["draft", "darp-stc"])
    assert list(found) == ["draft", "darp-stc"]
    assert all(isinstance(landed, float) and landed > 0 for landed in found.values())
