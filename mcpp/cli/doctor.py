"""`mcpp doctor`: whether the installation is sound."""

import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, version

import click

import mcpp
from mcpp import DISTRIBUTION
from mcpp.errors import McppError
from mcpp.requirements import check_installed, needed, wrong

_OURS = ("mcpp", "planners", "gui")
_EXTRAS = {
    "gui": "the desktop app",
    "serial": "telemetry radios on a serial port",
    "study": "many missions at once, and pictures of studies",
}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(missing)"


@click.command("doctor")
def doctor_command() -> None:
    """Print versions, and name other packages that use our package names."""
    click.echo(f"mcpp {mcpp.__version__}, Python {sys.version.split()[0]}")
    for need in needed():
        click.echo(f"  {need.name} {_version(need.name)}")
    for extra, purpose in _EXTRAS.items():
        absent = [need.name for need in needed(extra) if wrong(need)]
        state = f"needs {', '.join(absent)}: pip install '{DISTRIBUTION}[{extra}]'"
        click.echo(f"  {purpose}: {state if absent else 'all there'}")
    owners = packages_distributions()
    clashes = {
        name: sorted(set(owners.get(name, [])) - {DISTRIBUTION})
        for name in _OURS
        if set(owners.get(name, [])) - {DISTRIBUTION}
    }
    check_installed()
    for name, others in clashes.items():
        msg = (
            f"the package name {name!r} is also used by {', '.join(others)}: install mcpp in a "
            "virtual environment of its own, or with pipx"
        )
        raise McppError(msg)
    click.echo("all is well")
