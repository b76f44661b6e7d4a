"""`mcpp repeat`: the same flight again, with other aircraft or cameras where needed."""

from pathlib import Path

import click
from rich.console import Console

from mcpp.after.repeat import Change, Exchange, repeat
from mcpp.api import read_plan, refuse_folder, write_outputs
from mcpp.cli.options import output_option, overwrite_option, pairs_option
from mcpp.cli.refly import battery_counts
from mcpp.cli.tables import plain_table, print_plan
from mcpp.cli.terminal import terminal

Pairs = tuple[tuple[str, str], ...]


def exchanges_of(
    ids: list[str], aircraft: Pairs, camera: Pairs, batteries: Pairs
) -> dict[str, Exchange]:
    """Gather what is exchanged, by UAV; ``all`` is every UAV, and one that is named goes first."""
    parts = (dict(aircraft), dict(camera), battery_counts(batteries))
    names = [name for part in parts for name in part if name != "all"]
    if any("all" in part for part in parts):
        names += ids
    return {
        name: Exchange(
            aircraft=parts[0].get(name, parts[0].get("all")),
            camera=parts[1].get(name, parts[1].get("all")),
            batteries=parts[2].get(name, parts[2].get("all")),
        )
        for name in dict.fromkeys(names)
    }


@click.command("repeat")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@pairs_option(
    "--aircraft",
    metavar="UAV=NAME",
    text="Another aircraft; 'all=NAME' for all. May be repeated.",
)
@pairs_option(
    "--camera",
    metavar="UAV=NAME",
    text="Another camera; the height follows, so that the lines overlap as before.",
)
@pairs_option("--batteries", metavar="UAV=N", text="Batteries it has.")
@output_option("Folder for the new plan, its missions and its report.", default="repeat")
@overwrite_option
def repeat_command(
    plan_file: Path,
    aircraft: Pairs,
    camera: Pairs,
    batteries: Pairs,
    output: Path,
    overwrite: bool,
) -> None:
    """Make the flight of PLAN again: the same ground, lines and overlaps, so that photos compare.

    UAVs may have other aircraft or cameras by now; what differs is listed.
    """
    plan = read_plan(plan_file)
    refuse_folder(output, overwrite=overwrite)
    ids = [uav.id for uav in plan.mission.uavs]
    again, changes = repeat(plan, exchanges_of(ids, aircraft, camera, batteries))
    paths = write_outputs(again, output, overwrite=overwrite)
    console = terminal()
    print_plan(again, console)
    print_changes(changes, console)
    console.print(f"{len(paths)} files in {output}; the report is {output / 'report.html'}")


def print_changes(changes: tuple[Change, ...], console: Console) -> None:
    """Print what differs, a line each."""
    if not changes:
        console.print("nothing differs from the first flight")
        return
    table = plain_table("UAV", "what", "first flight", "now")
    for one in changes:
        table.add_row(one.uav, one.what, one.before, one.after)
    console.print(table)
