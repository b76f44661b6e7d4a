"""Starting: what is said on a machine that lacks something."""

import sys

import pytest

from gui.__main__ import display_words, main, missing_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("libEGL.so.1: cannot open shared object file", "apt install libegl1"),
        ("libGL.so.1: cannot open shared object file", "apt install libgl1"),
        ("libxkbcommon.so.0: cannot open shared object file", "apt install libxkbcommon0"),
        ("libfancy.so.9: cannot open shared object file", "libfancy.so.9"),
        ("No module named 'PySide6'", "pip install 'mcpp-planner[gui]'"),
        ("No module named 'xyzservices'", "pip install 'mcpp-planner[gui]'"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_its_package(text, words):
    said = missing_words(ImportError(text))
    assert words in said
    assert "\n" not in said


def test_no_display_is_said(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert "no display" in display_words()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display_words() == ""


def test_missing_libraries_of_x_are_named(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("gui.__main__._loads", lambda name: name != "libxcb-icccm.so.4")
    assert display_words().endswith("apt install libxcb-icccm4")


def test_without_qt_one_line_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "gui.app", None)  # importing it raises ImportError
    assert main([]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(("words", "status"), [(["--help"], 0), (["--wrong"], 2), (["a", "b"], 2)])
def test_usage_is_said(words, status, capsys):
    assert main(words) == status
    said = capsys.readouterr()
    assert "usage" in said.out + said.err
