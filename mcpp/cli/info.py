"""`mcpp info`: what a file holds."""

from pathlib import Path

import click
from rich.console import Console

from mcpp.cli.options import scan_distance_option
from mcpp.cli.tables import print_plan
from mcpp.io.plan import is_plan, plan_from_json
from mcpp.io.source import read_source
from mcpp.io.text import parse_json, read_text
from mcpp.model import Mission
from mcpp.problem.localize import frame_of, localize

_VECTOR = {".kml", ".kmz", ".shp", ".gpkg", ".zip"}


def _describe(mission: Mission, console: Console) -> None:
    frame = frame_of(mission)
    problem = localize(mission, frame)
    lon, lat = frame.origin_lon_lat_deg
    west, south, east, north = problem.ground.bounds
    console.print(f"mission {mission.name!r}" if mission.name else "mission", highlight=False)
    lines = [
        ("area", f"{problem.ground.area / 1e4:,.2f} ha in {len(mission.area)} part(s)"),
        ("extent", f"{east - west:,.0f} m x {north - south:,.0f} m about {lon:.5f}, {lat:.5f}"),
        ("no-fly zones", str(len(mission.no_fly_zones))),
        ("scan distance", f"{problem.spacing_m:g} m"),
        ("coverage wanted", f"{mission.coverage_percent:g} %"),
        ("planner", mission.planner.name),
        ("seed", str(mission.seed)),
    ]
    for name, value in lines:
        console.print(f"  {name:<16} {value}", highlight=False)
    for vehicle in problem.vehicles:
        start = "start chosen by mcpp" if vehicle.start_m is None else "start given"
        console.print(
            f"  UAV {vehicle.id:<12} share {100 * vehicle.share:.1f} %, {vehicle.speed_m_s:g} m/s, "
            f"{vehicle.endurance_s / 60:.0f} min usable, {start}",
            highlight=False,
        )


@click.command("info", short_help="Say what FILE holds.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@scan_distance_option(", for a file of shapes")
def info_command(file: Path, scan_distance: float | None) -> None:
    """Say what FILE holds: a mission, an area, the Java back-end's input or a plan."""
    console = Console()
    if file.suffix.lower() not in _VECTOR and str(file) != "-":
        value = parse_json(read_text(file), str(file))
        if is_plan(value):
            plan = plan_from_json(value, str(file))
            console.print(f"plan, made by mcpp {plan.version}", highlight=False)
            _describe(plan.mission, console)
            print_plan(plan, console)
            return
    _describe(read_source(file, scan_distance_m=scan_distance), console)
