"""Compiled code: fresh after any edit, kept where it can be, and no hindrance where it can not."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from mcpp import kernels
from mcpp.kernels import kernel


@kernel
def _twice(x: float) -> float:
    return 2 * x


@kernel
def _twice_and_one(x: float) -> float:
    return _twice(x) + 1


def test_kernels_call_kernels():
    assert _twice_and_one(3.0) == 7
    assert _twice(2) == 4


@pytest.fixture
def fresh(monkeypatch, tmp_path):
    """Give a cache home of its own, and what was remembered of the other back at the end."""
    for remembered in (kernels.cache_folder, kernels.sources_digest):
        remembered.cache_clear()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    yield tmp_path
    for remembered in (kernels.cache_folder, kernels.sources_digest):
        remembered.cache_clear()


def test_an_edit_of_any_kernel_source_starts_a_new_folder(fresh, monkeypatch):
    sources = fresh / "sources"
    sources.mkdir()
    callee, caller, other = (sources / name for name in ("a.py", "b.py", "c.py"))
    callee.write_text("@kernel\ndef legal(): return 1\n")
    caller.write_text("@kernel\ndef leg(): return legal()\n")
    other.write_text("words = 1\n")
    monkeypatch.setattr(kernels, "_SOURCES", (sources,))
    before = kernels.sources_digest()
    kernels.sources_digest.cache_clear()
    other.write_text("words = 2\n")
    assert kernels.sources_digest() == before
    kernels.sources_digest.cache_clear()
    callee.write_text("@kernel\ndef legal(): return 2\n")
    assert kernels.sources_digest() != before


def test_without_a_folder_to_write_to_kernels_work_all_the_same(fresh, monkeypatch):
    (fresh / "cache").write_text("a file where the folder should be")
    assert kernels.cache_folder() is None
    assert kernels.first_run()
    doubled = kernels.Kernel(lambda x: x + x)
    assert doubled(np.float64(4.0)) == 8


def test_nothing_compiles_with_the_compiler_switched_off():
    code = (
        "import sys; from mcpp.ground.kinematics import route_time_s as t;"
        "print(t([[0, 0], [20, 0]], speed_m_s=5, acceleration_m_s2=2), 'numba' in sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=Path(kernels.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert out.stdout.split() == ["6.5", "False"]
