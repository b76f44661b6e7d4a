"""`mcpp check`: whether a plan keeps its promises."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from mcpp.api import read_plan, recheck
from mcpp.cli.options import json_option
from mcpp.cli.sky_options import SkyOptions, sky_options, with_sky
from mcpp.cli.tables import print_plan
from mcpp.cli.terminal import terminal
from mcpp.io.text import dump_json


@click.command("check")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@sky_options
@json_option
@click.pass_context
def check_command(ctx: click.Context, plan_file: Path, sky: SkyOptions, as_json: bool) -> None:
    """Check PLAN again from its mission, by code that did not make it.

    The exit status is 1 when a leg leaves the allowed space, enters a no-fly zone, or another
    promise is broken. With --at and a forecast, what daylight and weather have against the flights
    is told.
    """
    plan = read_plan(plan_file)
    plan = recheck(replace(plan, mission=with_sky(plan.mission, sky)))
    if as_json:
        click.echo(dump_json(asdict(plan.report)), nl=False)
    else:
        console = terminal()
        print_plan(plan, console)
        console.print("[green]safe[/]" if plan.report.safe else "[red]NOT safe: do not fly it[/]")
    ctx.exit(0 if plan.report.safe else 1)
