"""`mcpp convert`: any input file to our mission file."""

from pathlib import Path

import click

from mcpp.cli.options import output_option, overwrite_option, scan_distance_option
from mcpp.cli.shapes import (
    AirspaceOptions,
    ShapeOptions,
    airspace_options,
    read_told,
    shape_options,
    sources_argument,
)
from mcpp.io.atomic import refuse_existing
from mcpp.io.mission import mission_to_json, write_mission


@click.command("convert")
@sources_argument
@output_option("Mission file to write; standard output without it.")
@click.option("--uavs", type=int, help="Number of UAVs, for a file of shapes.")
@scan_distance_option(", for a file of shapes")
@shape_options
@airspace_options
@overwrite_option
def convert_command(
    sources: tuple[Path, ...],
    shapes: ShapeOptions,
    airspace: AirspaceOptions,
    output: Path | None,
    uavs: int | None,
    scan_distance: float | None,
    overwrite: bool,
) -> None:
    """Turn SOURCE into a mission file to be edited.

    SOURCE is what 'mcpp plan' takes. On stderr stands what the shapes were taken for.
    """
    mission = read_told(sources, shapes, airspace, uavs=uavs, scan_distance_m=scan_distance)
    if output is None or str(output) == "-":
        click.echo(mission_to_json(mission), nl=False)
        return
    refuse_existing([output], overwrite=overwrite)
    write_mission(output, mission)
