"""What the process ``python -m gui`` says, in one line, where it can not open a window."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gui.__main__ as start

ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Start the program as a user does; a value of None takes a variable away."""
    kept = {name: value for name, value in os.environ.items() if name not in environment}
    given = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        cwd=ROOT,
        env=kept | given,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def _only_line(done: subprocess.CompletedProcess[str]) -> str:
    (line,) = done.stderr.splitlines()
    return line


def _fake_pyside(folder: Path, words: str) -> None:
    package = folder / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "QtCore.py").write_text(f"raise ImportError({words!r})\n")


def test_without_pyside_it_says_what_pip_installs(tmp_path):
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'PySide6'\", name='PySide6')\n"
    )
    done = _run(PYTHONPATH=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert "pip install 'mcpp-planner[gui]'" in _only_line(done)


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libxkbcommon.so.0", "libxkbcommon0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_missing_library_is_named_with_its_package(tmp_path, library, package):
    _fake_pyside(tmp_path, f"{library}: cannot open shared object file: No such file or directory")
    done = _run(PYTHONPATH=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert _only_line(done) == f"mcpp-gui: {library} is missing: sudo apt install {package}"


@pytest.mark.skipif(sys.platform != "linux", reason="the loader's path is Linux's")
def test_the_loaders_own_complaint_is_understood(tmp_path):
    (tmp_path / "libEGL.so.1").write_bytes(b"")  # found first, and no library
    done = _run(LD_LIBRARY_PATH=str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert _only_line(done).endswith("sudo apt install libegl1")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has DISPLAY")
@pytest.mark.parametrize(
    ("display", "words"),
    [(None, "DISPLAY is not set"), (":77", "display :77 does not answer")],
)
def test_a_display_that_is_not_there_is_told_in_a_line(display, words):
    if display is not None and not all(start._loads(name) for name in start._XCB):
        pytest.skip("the libraries for X are not installed here")
    done = _run(DISPLAY=display, QT_QPA_PLATFORM=None, WAYLAND_DISPLAY=None)
    assert done.returncode == 1
    assert words in _only_line(done)


def test_every_library_that_can_be_missing_has_a_package_of_debian():
    for library, package in start.PACKAGES.items():
        assert re.fullmatch(r"lib[\w.+-]+\.so\.\d+", library)
        assert re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", package)
