"""`mcpp doctor`: whether the installation is sound."""

import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, version

import click

import mcpp
from mcpp.errors import McppError

_OURS = ("mcpp", "planners", "gui")
_NEEDED = (
    "numpy", "scipy", "numba", "shapely", "pyproj", "simanneal", "pydantic", "click", "rich",
    "folium", "pymavlink", "pyogrio", "rasterio",
)  # fmt: skip


@click.command("doctor", short_help="Print versions; find clashing packages.")
def doctor_command() -> None:
    """Print versions, and name other packages that use our package names."""
    click.echo(f"mcpp {mcpp.__version__}, Python {sys.version.split()[0]}")
    missing = []
    for name in _NEEDED:
        try:
            click.echo(f"  {name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    try:
        click.echo(f"  PySide6-Essentials {version('PySide6-Essentials')} (for the desktop app)")
    except PackageNotFoundError:
        click.echo('  no PySide6-Essentials: the desktop app needs pip install "mcpp-planner[gui]"')
    owners = packages_distributions()
    clashes = {
        name: sorted(set(owners.get(name, [])) - {"mcpp-planner"})
        for name in _OURS
        if set(owners.get(name, [])) - {"mcpp-planner"}
    }
    if missing:
        msg = f"missing: {', '.join(missing)}: install mcpp-planner again"
        raise McppError(msg)
    for name, others in clashes.items():
        msg = (
            f"the package name {name!r} is also used by {', '.join(others)}: install mcpp in a "
            "virtual environment of its own, or with pipx"
        )
        raise McppError(msg)
    click.echo("all is well")
