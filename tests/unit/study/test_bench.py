"""The benchmark that others can rerun: instances, comparison, best known results."""

from dataclasses import replace
from math import inf

import pytest
from click.testing import CliRunner

from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.study.bench import (
    BenchRow,
    bench_json,
    best_known_json,
    differences,
    read_bench,
    with_better,
)
from mcpp.study.gaps import HEAD, gap_cells, gaps, gaps_html
from mcpp.study.instances import instances

ROW = BenchRow(name="a/1", finish_s=100.0, safe=True, effort=2.0, plan_sha256="x")


def test_instances_have_names_of_their_own_and_never_change():
    first, second = list(instances()), list(instances())
    assert [each.name for each in first] == [each.name for each in second]
    assert [each.mission for each in first] == [each.mission for each in second]
    assert len({each.name for each in first}) == len(first) > 12
    assert any(each.short for each in first)


def test_a_loss_is_a_later_landing_an_unsafe_plan_or_none():
    before = {"a/1": ROW}
    changed = [replace(ROW, finish_s=102.0), replace(ROW, safe=False), replace(ROW, error="no")]
    losses = [next(differences(before, {"a/1": row})).finish_percent for row in changed]
    assert losses == [pytest.approx(2.0), inf, inf]


def test_the_table_of_best_known_results_only_improves():
    known = {"a/1": ROW}
    assert with_better(known, [replace(ROW, finish_s=101.0)]) == known
    assert with_better(known, [replace(ROW, finish_s=90.0, safe=False)]) == known
    better = replace(ROW, finish_s=99.0)
    assert with_better(known, [better]) == {"a/1": better}
    assert '"effort": 0.0' in best_known_json({"a/1": better})


def test_results_come_back_and_other_files_are_refused(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(bench_json([ROW]))
    assert read_bench(path) == {"a/1": ROW}
    path.write_text('{"rows": [{"nonsense": 1}]}')
    with pytest.raises(InputError, match="no results"):
        read_bench(path)


def test_two_versions_are_compared_and_a_loss_fails(tmp_path):
    for name, row in (("a", ROW), ("b", replace(ROW, finish_s=103.0))):
        (tmp_path / f"{name}.json").write_text(bench_json([row]))
    files = [str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    shown = CliRunner().invoke(cli, ["bench", "--compare", *files])
    assert shown.exit_code == 0
    assert "+3.00 %" in shown.output
    failed = CliRunner().invoke(cli, ["bench", "--compare", *files, "--fail-over", "1"])
    assert failed.exit_code == 1
    assert "a/1 +3.00 %" in failed.stderr
    assert (
        CliRunner().invoke(cli, ["bench", "--compare", *files[::-1], "--fail-over", "1"]).exit_code
        == 0
    )


def test_a_small_instance_is_planned_beside_the_best_known(tmp_path):
    path = tmp_path / "results.json"
    page = tmp_path / "gaps.html"
    done = CliRunner().invoke(
        cli, ["-q", "bench", "--only", "bend-60/1", "-o", str(path), "--page", str(page)]
    )
    assert done.exit_code == 0, done.output
    row = read_bench(path)["bend-60/1"]
    assert row.safe
    assert row.finish_s > 0
    assert row.effort > 0
    assert "bend-60/1" in page.read_text()
    assert "http" not in page.read_text()


def test_gaps_are_percent_of_what_is_known():
    later = replace(ROW, finish_s=110.0, bound_finish_s=55.0)
    (gap,) = gaps([later], {"a/1": ROW})
    assert gap.to_best_percent == pytest.approx(10.0)
    assert gap.to_bound_percent == pytest.approx(100.0)
    assert dict(zip(HEAD, gap_cells(gap), strict=True))["To best known"] == "+10.00 %"
    (new,) = gaps([later], {})
    assert new.to_best_percent is None
    (failed,) = gaps([replace(ROW, error="no <way>")], {"a/1": ROW})
    assert failed.to_best_percent is None
    page = gaps_html([gap, failed])
    assert "no &lt;way&gt;" in page
    assert page.count("<rect") == 1
