"""`mcpp resume`: the rest of a flight that was broken off."""

from pathlib import Path

import click

from mcpp.api import read_plan, recheck, write_outputs
from mcpp.cli.options import output_option, overwrite_option
from mcpp.cli.terminal import terminal
from mcpp.clock import minutes
from mcpp.flight.resume import resumed_plan


@click.command("resume")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--uav", required=True, metavar="ID", help="Whose flight was broken off.")
@click.option(
    "--waypoint",
    type=int,
    required=True,
    metavar="N",
    help="First point to fly again: column 'point' of 'mcpp export -f csv', from 0 on.",
)
@click.option("--sortie", type=int, default=1, show_default=True, help="Number of the flight.")
@output_option("Folder for the new plan, its missions and its report.", default="resumed")
@overwrite_option
def resume_command(
    plan_file: Path, uav: str, waypoint: int, sortie: int, output: Path, overwrite: bool
) -> None:
    """Make what is left of a flight of PLAN a mission of its own, from take-off to landing.

    It is checked as any plan. No other UAV is looked at: have them on the ground, or land them
    first. Later flights of the same UAV stay as they are in their own files.
    """
    plan = recheck(resumed_plan(read_plan(plan_file), uav, waypoint, sortie=sortie))
    paths = write_outputs(plan, output, overwrite=overwrite)
    console = terminal()
    for rest in plan.sorties:
        console.print(
            f"{uav}: {len(rest.xyz_m)} points, {minutes(float(rest.time_s[-1] - rest.time_s[0]))}",
            highlight=False,
        )
    click.echo("the other UAVs are not looked at: have them on the ground", err=True)
    console.print(f"{len(paths)} files in {output}; the report is {output / 'report.html'}")
