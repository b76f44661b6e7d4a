"""`mcpp gui`: the desktop app, in a process of its own, since the library below knows no Qt."""

import subprocess
from pathlib import Path

import click

from mcpp.processes import own_command, own_environment


@click.command("gui")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def gui_command(ctx: click.Context, file: Path | None) -> None:
    """Open the desktop app, with FILE if one is named."""
    command = own_command("gui", *([str(file)] if file else []))
    ctx.exit(subprocess.call(command, env=own_environment()))
