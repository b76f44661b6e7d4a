"""Compiled code: fresh after any edit, kept where it can be, and no hindrance where it can not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mcpp import kernels
from mcpp.kernels import kernel, plain


@kernel
def _twice(x: float) -> float:
    return 2 * x


@kernel
def _twice_and_one(x: float) -> float:
    return _twice(x) + 1


def test_kernels_call_kernels():
    assert _twice_and_one(3.0) == 7
    assert _twice(2) == 4


def test_a_plain_kernel_calls_plain_ones_and_compiles_nothing(fresh):
    leg = plain(caller())
    assert leg(1.5) is True
    assert leg(2.5) is False
    assert kernels.first_run()
    assert plain(leg) is leg


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """Give a cache home of its own, and forget it at the end."""
    kernels.cache_folder.cache_clear()
    monkeypatch.setenv("MCPP_CACHE_DIR", str(tmp_path / "cache"))
    yield tmp_path
    kernels.cache_folder.cache_clear()


MODULE = """
from mcpp.kernels import kernel
LIMIT = {limit}

@kernel
def legal(x):
    {doc}
    return x < {inner}

@kernel
def leg(x):
    return legal(x) and x > LIMIT
"""


def caller(limit=1.0, inner="2.0", doc='"""Tell."""', before=""):
    names = {"__name__": "written"}
    exec(before + MODULE.format(limit=limit, inner=inner, doc=doc), names)
    return names["leg"]


def test_an_edit_anywhere_below_a_kernel_compiles_it_anew_and_words_do_not():
    asis = caller().digest()
    assert caller(doc='"""Tell it in other words."""').digest() == asis
    assert caller(before="\n\nOTHER = 5\n").digest() == asis
    assert caller(inner="3.0").digest() != asis
    assert caller(limit=0.5).digest() != asis
    assert caller(limit=1).digest() != asis


def test_what_runs_is_never_older_than_its_source(fresh):
    assert caller(inner="2.0")(2.5) is False
    assert caller(inner="3.0")(2.5) is True
    assert not kernels.first_run()


def test_machine_code_is_kept_and_used_again(fresh):
    caller()(1.5)
    again = caller()
    again(1.5)
    stats = again.compiled().stats
    assert sum(stats.cache_hits.values()) == 1
    assert not stats.cache_misses


def test_without_a_folder_to_write_to_kernels_work_all_the_same(fresh):
    (fresh / "cache").write_text("a file where the folder should be")
    assert kernels.cache_folder() is None
    assert kernels.first_run()
    assert caller()(1.5) is True


def loaded_by(code: str, **environment: str) -> list[str]:
    """Run code in a Python of its own, and list the words that it prints."""
    out = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        cwd=Path(kernels.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return out.stdout.split()


ROUTE = (
    "import sys; from mcpp.ground.kinematics import route_time_s as t;"
    "print(t([[0, 0], [20, 0]], speed_m_s=5, acceleration_m_s2=2{more}), 'numba' in sys.modules)"
)


def test_nothing_compiles_with_the_compiler_switched_off():
    assert loaded_by(ROUTE.format(more=""), NUMBA_DISABLE_JIT="1") == ["6.5", "False"]


def test_a_single_route_is_timed_without_the_compiler():
    assert loaded_by(ROUTE.format(more=", once=True")) == ["6.5", "False"]
