"""`mcpp lint`: what a target would refuse or read otherwise."""

from pathlib import Path
from typing import get_args

import click

from mcpp.api import read_plan
from mcpp.cli.options import json_option
from mcpp.export.plan_lint import lint_plan
from mcpp.export.targets import FileApp, Target
from mcpp.io.text import dump_json


@click.command("lint")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--target",
    type=click.Choice([*get_args(Target), *get_args(FileApp)]),
    help="Without it each UAV is held against its own autopilot or app.",
)
@json_option
@click.pass_context
def lint_command(
    ctx: click.Context, plan_file: Path, target: Target | FileApp | None, as_json: bool
) -> None:
    """Name every item, fence and height of PLAN that a target would refuse or read otherwise.

    The exit status is 1 when there is one.
    """
    faults = lint_plan(read_plan(plan_file), target)
    if as_json:
        click.echo(dump_json(faults), nl=False)
    elif faults:
        for fault in faults:
            click.echo(fault)
    else:
        click.echo(f"{target or 'every autopilot and app of the fleet'} would take it as it is")
    ctx.exit(1 if faults else 0)
