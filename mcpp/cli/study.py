"""`mcpp study`: how many UAVs pay."""

import csv
import io
from dataclasses import asdict, replace
from pathlib import Path

import click
from rich.progress import Progress
from rich.table import Table

from mcpp.cli.options import (
    Decorator,
    json_option,
    overwrite_option,
    planner_option,
    scan_distance_option,
    spots_option,
    with_spots,
)
from mcpp.cli.tables import plain_table
from mcpp.cli.terminal import terminal
from mcpp.clock import minutes
from mcpp.io.atomic import refuse_existing, write_many_atomic
from mcpp.io.source import read_source
from mcpp.io.text import dump_json
from mcpp.model import PlannerChoice
from mcpp.problem.localize import frame_of, localize
from mcpp.study.plot import study_png
from mcpp.study.sizes import StudyCosts, StudyRow, fastest, fleet_of, knee, study

MOST_UAVS = 200


class CountsType(click.ParamType[tuple[int, ...]]):
    """Fleet sizes as ``1..15`` or ``1,2,5``."""

    name = "A..B"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        text = str(value)
        try:
            if ".." in text:
                low, high = (int(part) for part in text.split(".."))
                counts = tuple(range(low, high + 1))
            else:
                counts = tuple(sorted({int(part) for part in text.split(",")}))
        except ValueError:
            self.fail(f"{text!r} is neither A..B nor a list like 1,2,5", param, ctx)
        if not counts or counts[0] < 1 or counts[-1] > MOST_UAVS:
            self.fail(f"{text!r}: give fleet sizes from 1 to {MOST_UAVS}", param, ctx)
        return counts


def _table(rows: tuple[StudyRow, ...]) -> Table:
    table = plain_table("UAVs", "flying", "deploying", "in all", "swaps", "cost", "coverage")
    for row in rows:
        if row.error:
            table.add_row(str(row.uavs), *["-"] * 6)
            continue
        table.add_row(
            str(row.uavs),
            minutes(row.finish_s),
            minutes(row.deploy_s),
            minutes(row.total_s),
            str(row.swaps),
            f"{row.cost:.2f}",
            f"{row.coverage_percent:.1f} %",
        )
    return table


def _words(rows: tuple[StudyRow, ...]) -> list[str]:
    """Say which fleet is the knee, which the fastest in all, and which find no plan, and why."""
    chosen, best = knee(rows), fastest(rows)
    words = [f"no plan: {row.error}" for row in rows if row.error]
    if chosen is not None:
        words.append(f"knee: {chosen.uavs} UAVs; further ones bring little flying time")
    if best is not None:
        words.append(f"fastest in all, with the time to deploy: {best.uavs} UAVs")
    return words


def _csv(rows: tuple[StudyRow, ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [*asdict(rows[0]), "total_s"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**asdict(row), "total_s": row.total_s})
    return text.getvalue()


def _figure(name: str, default: float, metavar: str, text: str) -> Decorator:
    return click.option(
        name, type=float, default=default, show_default=True, metavar=metavar, help=text
    )


@click.command("study")
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--uavs",
    "counts",
    type=CountsType(),
    default="1..10",
    show_default=True,
    help="Fleet sizes, as 1..15 or 1,2,5.",
)
@scan_distance_option()
@spots_option
@planner_option
@_figure("--setup-min", 5.0, "MINUTES", "Time to deploy any fleet.")
@_figure("--setup-per-uav-min", 3.0, "MINUTES", "Time that each UAV adds to it.")
@_figure("--cost-per-hour", 1.03368, "MONEY", "Price of an hour of flight of one UAV.")
@_figure("--cost-per-swap", 0.0, "MONEY", "Price of a battery swap.")
@click.option("--workers", type=int, help="Processes; one per core without it.")
@click.option(
    "--scheduler", metavar="HOST:PORT", help="A Dask scheduler in place of own processes."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for study.csv and study.png."
)
@json_option
@overwrite_option
@click.pass_obj
def study_command(
    obj: dict[str, bool],
    source: Path,
    counts: tuple[int, ...],
    scan_distance: float | None,
    spots: bool | None,
    planner: str | None,
    setup_min: float,
    setup_per_uav_min: float,
    cost_per_hour: float,
    cost_per_swap: float,
    workers: int | None,
    scheduler: str | None,
    output: Path | None,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Plan SOURCE with fleets of several sizes, and say which one pays.

    The knee is where further UAVs bring little; the fastest counts the time to deploy too.
    """
    mission = with_spots(read_source(source, scan_distance_m=scan_distance), spots)
    if scan_distance is not None:
        mission = replace(mission, scan_distance_m=scan_distance)
    if planner:
        mission = replace(mission, planner=PlannerChoice(name=planner))
    localize(fleet_of(mission, counts[0]), frame_of(mission))  # bad input is told at once
    paths = [] if output is None else [output / "study.csv", output / "study.png"]
    refuse_existing(paths, overwrite=overwrite)
    costs = StudyCosts(
        setup_s=60 * setup_min,
        setup_per_uav_s=60 * setup_per_uav_min,
        per_flight_hour=cost_per_hour,
        per_swap=cost_per_swap,
    )
    with Progress(console=terminal(stderr=True), disable=obj["quiet"]) as progress:
        task = progress.add_task("fleets", total=len(counts))
        rows = study(
            mission,
            counts,
            costs,
            workers=workers,
            scheduler=scheduler,
            on_row=lambda _: progress.advance(task),
        )
    if paths:
        write_many_atomic({paths[0]: _csv(rows), paths[1]: study_png(rows)})
    if as_json:
        click.echo(dump_json([{**asdict(row), "total_s": row.total_s} for row in rows]), nl=False)
        return
    console = terminal()
    console.print(_table(rows))
    for line in _words(rows):
        console.print(line, highlight=False, soft_wrap=True)
    for path in paths:
        console.print(f"written: {path}", highlight=False)
