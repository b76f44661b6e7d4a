"""`mcpp refly`: a plan of what a flight has left."""

from pathlib import Path

import click

from mcpp.after.refly import refly
from mcpp.after.setting import Wishes
from mcpp.after.source import read_plan_or_area
from mcpp.after.verify import verify
from mcpp.api import refuse_folder, write_outputs
from mcpp.cli.options import output_option, overwrite_option, pairs_option
from mcpp.cli.progress import observer_for
from mcpp.cli.tables import print_plan
from mcpp.cli.terminal import terminal
from mcpp.cli.verify import photo_options
from mcpp.errors import InputError
from mcpp.model import Plan


def battery_counts(given: tuple[tuple[str, str], ...]) -> dict[str, int]:
    """Read ``UAV=N``.

    Raises
    ------
    InputError
    """
    counts = {}
    for name, text in given:
        if not text.isdigit():
            msg = f"--batteries: {name}={text}: give a whole number, as in {name}=2"
            raise InputError(msg)
        counts[name] = int(text)
    return counts


@click.command("refly")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@click.argument("photos", metavar="PHOTOS_OR_LOGS...", nargs=-1, required=True)
@photo_options
@click.option("--without", multiple=True, metavar="UAV", help="It does not fly; may be repeated.")
@pairs_option("--batteries", metavar="UAV=N", text="Batteries that it has left; may be repeated.")
@click.option(
    "--every", is_flag=True, help="Take each missing photo, where others see the ground too."
)
@output_option("Folder for the new plan, its missions and its report.", default="refly")
@overwrite_option
@click.pass_obj
def refly_command(
    obj: dict[str, bool],
    plan_file: Path,
    photos: tuple[str, ...],
    views: int | None,
    camera: str | None,
    height: float | None,
    ground: float | None,
    terrain: str | None,
    without: tuple[str, ...],
    batteries: tuple[tuple[str, str], ...],
    every: bool,
    output: Path,
    overwrite: bool,
) -> None:
    """Plan the least extra flight after which the ground of PLAN has what it was promised.

    PHOTOS_OR_LOGS are read and held against PLAN as 'mcpp verify' does. What is missing is flown
    on the same lines, as high and with the same cameras, divided over the UAVs that are left, and
    checked and written like any plan.
    """
    wishes = Wishes(least_views=views, height_m=height, ground_m=ground, camera=camera)
    held = read_plan_or_area(plan_file, terrain)
    if not isinstance(held, Plan):
        msg = f"{plan_file}: it is no plan: give the plan.json of the flight"
        raise InputError(msg)
    refuse_folder(output, overwrite=overwrite)
    left = battery_counts(batteries)
    with observer_for(obj["quiet"]) as observer:
        found = verify(held, photos, wishes=wishes, observer=observer)
        again = refly(found, without=without, batteries=left, every=every, observer=observer)
    paths = write_outputs(again.plan, output, overwrite=overwrite)
    console = terminal()
    print_plan(again.plan, console)
    console.print(
        f"{again.photos} photos in {again.pieces} pieces of lines: {again.survey_m:,.0f} m of "
        f"survey, where the missing photos had {again.missing_m:,.0f} m",
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"{len(paths)} files in {output}; the report is {output / 'report.html'}")
