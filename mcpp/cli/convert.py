"""`mcpp convert`: any input file to our mission file."""

from pathlib import Path

import click

from mcpp.cli.options import output_option, overwrite_option, scan_distance_option
from mcpp.errors import ExportError
from mcpp.io.mission import mission_to_json, write_mission
from mcpp.io.source import read_source


@click.command("convert")
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True))
@output_option("Mission file to write; standard output without it.")
@click.option("--uavs", type=int, help="Number of UAVs, for a file of shapes.")
@scan_distance_option(", for a file of shapes")
@overwrite_option
def convert_command(
    source: Path,
    output: Path | None,
    uavs: int | None,
    scan_distance: float | None,
    overwrite: bool,
) -> None:
    """Turn SOURCE into a mission file to be edited.

    SOURCE is GeoJSON, KML, KMZ, a shapefile, a GeoPackage, or the Java back-end's input.
    """
    mission = read_source(source, uavs=uavs, scan_distance_m=scan_distance)
    if output is None or str(output) == "-":
        click.echo(mission_to_json(mission), nl=False)
        return
    if output.exists() and not overwrite:
        msg = f"{output}: it is already there: give --overwrite to replace it"
        raise ExportError(msg)
    write_mission(output, mission)
