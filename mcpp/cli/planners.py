"""`mcpp planners`: which there are, and what each can be told."""

import math
from dataclasses import asdict

import click
from rich.table import Table

from mcpp.cli.options import json_option
from mcpp.cli.terminal import terminal
from mcpp.errors import UnknownPlannerError
from mcpp.io.text import dump_json
from planners.params import params_of
from planners.registry import get, names


def _summary(planner: object) -> str:
    return (type(planner).__doc__ or "").strip().splitlines()[0]


@click.command("planners")
@json_option
def planners_command(as_json: bool) -> None:
    """List the planners and their parameters, for --planner and -P."""
    planners = []
    for name in names():
        try:
            planners.append(get(name))
        except UnknownPlannerError as error:  # one broken package hides no other planner
            click.echo(f"mcpp: {error}", err=True)
    if as_json:
        value = [
            {
                "name": planner.name,
                "summary": _summary(planner),
                "params": [
                    {**asdict(info), "default": None if info.default == math.inf else info.default}
                    for info in params_of(planner)
                ],
            }
            for planner in planners
        ]
        click.echo(dump_json(value), nl=False)
        return
    console = terminal()
    for planner in planners:
        console.print(f"[bold]{planner.name}[/]  {_summary(planner)}", highlight=False)
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)  # a name that is cut short can not be typed after -P
        table.add_column()
        table.add_column(min_width=24)
        for info in params_of(planner):
            unit = f" {info.unit}" if info.unit else ""
            choices = f" ({', '.join(info.choices)})" if info.choices else ""
            table.add_row(f"  {info.name}", f"{info.default}{unit}", f"{info.help}{choices}")
        if table.rows:
            console.print(table)
