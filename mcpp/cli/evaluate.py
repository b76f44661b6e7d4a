"""`mcpp evaluate`: the paper's figures for any set of paths."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
import shapely
from rich.table import Table

from mcpp.check.evaluate import Evaluation, PathFigures, evaluate
from mcpp.cli.options import json_option, scan_distance_option
from mcpp.cli.tables import plain_table
from mcpp.cli.terminal import terminal
from mcpp.clock import minutes
from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.ground.shapes import area_shape, zone_shape
from mcpp.io.paths import read_paths
from mcpp.io.source import read_source
from mcpp.io.text import dump_json
from mcpp.model import FloatArray, Mission
from mcpp.problem.localize import frame_of
from mcpp.problem.vehicles import resolve_vehicles


def _cells(figures: PathFigures) -> tuple[str, ...]:
    return (
        f"{figures.poc_percent:.2f} %",
        f"{figures.pooc_percent:.2f} %",
        f"{figures.coverage_percent:.2f} %",
        str(figures.turns),
        str(figures.stops),
        f"{figures.length_m:,.0f} m",
        f"{figures.length_per_1000_m2:.2f} m",
        minutes(figures.time_s),
        f"{figures.outside_m:.1f} m",
        f"{figures.no_fly_m:.1f} m",
    )


_ROWS = (
    "PoC", "PoOC", "covered, exact area", "turns", "stops over 30 degrees", "length",
    "length per 1000 m2", "time", "outside the area", "in no-fly zones",
)  # fmt: skip


def _table(evaluation: Evaluation) -> Table:
    """Make a table of one column per path, so that it fits a narrow terminal."""
    columns = [(f"path {i + 1}", figures) for i, figures in enumerate(evaluation.paths)]
    if len(columns) > 1:
        columns.append(("all", evaluation.fleet))
    table = plain_table("", *(name for name, _ in columns))
    for row in zip(_ROWS, *(_cells(figures) for _, figures in columns), strict=True):
        table.add_row(*row)
    return table


def evaluation_of(
    mission: Mission, paths: Sequence[FloatArray], sample_step_m: float | None
) -> Evaluation:
    """Evaluate paths over a mission's area."""
    frame = frame_of(mission)
    zones = [
        frame.shape_to_deg(zone_shape(f"no_fly_zones[{i}]", zone, frame, buffered=False))
        for i, zone in enumerate(mission.no_fly_zones)
    ]
    # the paper's samples hang on the first corner as given: no point may move
    if len(mission.area) == 1 and not mission.corridors:
        part = mission.area[0]
        area = shapely.Polygon(part.outer_lon_lat_deg, part.holes_lon_lat_deg)
    else:
        area = frame.shape_to_deg(area_shape(mission, frame))
    return evaluate(area, zones, paths, _scan_m(mission, frame), sample_step_m=sample_step_m)


def _scan_m(mission: Mission, frame: LocalFrame) -> float:
    """Line spacing of a mission: its own, or what its cameras and overlaps give.

    Raises
    ------
    InputError
        When its UAVs have different ones.
    """
    if mission.scan_distance_m is not None:
        return mission.scan_distance_m
    spacings = sorted({round(v.spacing_m, 2) for v in resolve_vehicles(mission, frame)})
    if len(spacings) != 1:
        listed = ", ".join(f"{spacing:g}" for spacing in spacings)
        msg = (
            f"scan_distance_m: the mission names none, and the cameras of its UAVs give {listed} m:"
            " say with --scan-distance which counts"
        )
        raise InputError(msg)
    return spacings[0]


@click.command("evaluate")
@click.argument("area", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("paths", type=click.Path(path_type=Path))
@scan_distance_option(", where the area's file names none")
@click.option("--sample-step", type=float, metavar="M", help="Distance of the samples.")
@click.option("--all-legs", is_flag=True, help="Count transit and return legs too.")
@json_option
def evaluate_command(
    area: Path,
    paths: Path,
    scan_distance: float | None,
    sample_step: float | None,
    all_legs: bool,
    as_json: bool,
) -> None:
    """Measure PATHS over AREA as the paper does.

    AREA is any file that 'mcpp plan' takes; PATHS is GeoJSON with LineStrings, or a plan.

    PoC and PoOC are the paper's; exact is the covered area without samples; stops are turns over
    30 degrees; time is at 5 m/s and 2 m/s2 with a full stop at each.
    """
    mission = read_source(area, scan_distance_m=scan_distance)
    found = evaluation_of(mission, read_paths(paths, all_legs=all_legs), sample_step)
    if as_json:
        click.echo(dump_json(asdict(found)), nl=False)
    else:
        terminal().print(_table(found))
