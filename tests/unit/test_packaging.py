"""The wheel, the version, the README's own words."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("mcpp", "planners", "gui")
EXTRA_OF = {
    "gui": "gui",
    "mcpp/study": "study",
    "gui/link_jobs.py": "serial",
    "mcpp/link/transport_serial.py": "serial",
}
"""What only those need who installed an extra, by folder or file."""


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    """Files of the wheel, built from the checkout as it is, in a build folder of its own.

    The checkout's may still hold modules that have been moved or removed since.
    """
    folder = tmp_path_factory.mktemp("wheel")
    config = folder / "build.cfg"
    config.write_text(f"[build]\nbuild_base = {folder / 'build'}\n")
    environment = os.environ | {"DIST_EXTRA_CONFIG": str(config)}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    done = subprocess.run(
        [*command, str(ROOT)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_every_module_and_nothing_of_the_tests(wheel_names):
    wanted = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }
    assert {name for name in wheel_names if name.endswith(".py")} == wanted
    assert {f"{package}/py.typed" for package in PACKAGES} <= wheel_names


def test_the_wheel_holds_every_asset(wheel_names):
    assets = {
        f"mcpp/assets/{path.relative_to(ROOT / 'assets')}"
        for path in (ROOT / "assets").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert assets
    assert {name for name in wheel_names if name.startswith("mcpp/assets/")} == assets


def test_the_wheel_holds_the_templates_of_the_pages(wheel_names):
    templates = {str(path.relative_to(ROOT)) for path in ROOT.glob("mcpp/report/templates/*")}
    assert templates
    assert templates <= wheel_names


def test_every_bound_of_a_dependency_has_its_reason_and_tests_that_tell_when_it_may_go():
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = document["project"]
    lines = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    needs = {canonicalize_name(need.name): need for need in map(Requirement, lines)}
    bounded = {
        name for name, need in needs.items() if any(one.operator != ">=" for one in need.specifier)
    }
    bounds = document["tool"]["mcpp"]["bounds"]
    assert set(bounds) == bounded
    for name, bound in bounds.items():
        beyond = Requirement(bound["beyond"])
        assert canonicalize_name(beyond.name) == name
        assert bound["reason"]
        assert all((ROOT / path).exists() for path in bound["tests"])


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_what_is_imported_is_asked_for_at_installation():
    """A package that comes with the tests alone, or through another, may be missing at a user's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def names(lines: list[str]) -> set[str]:
        return {canonicalize_name(Requirement(line).name) for line in lines}

    extras = {extra: names(lines) for extra, lines in project["optional-dependencies"].items()}
    shipped_by = packages_distributions()
    missing = set()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            at = str(path.relative_to(ROOT))
            allowed = names(project["dependencies"])
            for place, extra in EXTRA_OF.items():
                if at == place or at.startswith(f"{place}/"):
                    allowed |= extras[extra]
            missing |= {
                (at, name)
                for name in imported(path)
                if name in shipped_by and name not in PACKAGES
                and not allowed & {canonicalize_name(one) for one in shipped_by[name]}
            }  # fmt: skip
    assert not missing


def test_the_changelog_knows_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    heads = re.findall(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert heads[1] == version


def test_the_pictures_of_the_readme_are_there():
    text = (ROOT / "README.md").read_text()
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    assert pictures
    assert all((ROOT / picture).stat().st_size > 10_000 for picture in pictures)


def test_every_command_of_the_readme_exists():
    from mcpp.cli.main import cli

    text = (ROOT / "README.md").read_text()
    named = set(re.findall(r"\bmcpp ([a-z]+)", re.sub(r"```python.*?```", "", text, flags=re.S)))
    known = set(cli.list_commands(None))  # type: ignore[arg-type]
    assert named & known >= {"plan", "check", "evaluate", "study"}
    assert not {name for name in named if name not in known} - {"wants", "plans"}


def test_the_python_of_the_readme_runs(tmp_path, monkeypatch, capsys):
    text = (ROOT / "README.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", text, flags=re.S)
    ring = [[22.0, 40.0], [22.004, 40.0], [22.004, 40.003], [22.0, 40.003], [22.0, 40.0]]
    (tmp_path / "field.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    assert "%" in capsys.readouterr().out
    assert (tmp_path / "out" / "report.html").exists()
