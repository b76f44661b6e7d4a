"""`mcpp export`: a plan in another format."""

from pathlib import Path

import click

from mcpp.api import read_plan, recheck
from mcpp.cli.options import overwrite_option
from mcpp.export.app_words import CREW_WORDS, FORMATS
from mcpp.export.folder import refuse_unsafe
from mcpp.export.registry import get, names, render
from mcpp.io.atomic import refuse_existing, write_many_atomic


def _format_help() -> str:
    return "; ".join(f"{name}: {get(name).title}" for name in names())


@click.command("export")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@click.option("-f", "--format", "name", required=True, metavar="NAME", help=_format_help())
@click.option("-o", "--output", type=click.Path(path_type=Path), default=".", help="Folder.")
@overwrite_option
@click.pass_obj
def export_command(
    obj: dict[str, bool], plan_file: Path, name: str, output: Path, overwrite: bool
) -> None:
    """Write PLAN in another format, after checking it again."""
    get(name)  # an unknown format is told before the long check
    plan = recheck(read_plan(plan_file))
    refuse_unsafe(plan)
    paths = {output / file: text for file, text in render(plan, name).items()}
    refuse_existing(paths, overwrite=overwrite)
    write_many_atomic(paths)
    for path in paths:
        click.echo(path)
    words = next((CREW_WORDS[app] for app, formats in FORMATS.items() if name in formats), "")
    if words and not obj["quiet"]:
        click.echo(words, err=True)
