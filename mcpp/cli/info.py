"""`mcpp info`: what a file holds."""

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape

from mcpp.cli.shapes import ShapeOptions, shape_options, sources_argument
from mcpp.cli.tables import plain_table, print_plan
from mcpp.cli.terminal import terminal
from mcpp.errors import one_line
from mcpp.export.app_words import path_words
from mcpp.io.missions import area_ha, check_degrees, settled
from mcpp.io.plan import is_plan, plan_from_json
from mcpp.io.shapes import Imported
from mcpp.io.source import load
from mcpp.io.summary import mission_summary, summary
from mcpp.io.text import parse_json, read_text
from mcpp.model import Mission, Plan
from mcpp.problem.crew import crew_ground
from mcpp.problem.localize import frame_of, localize

MOST_ROWS = 60


def _describe(mission: Mission, console: Console) -> None:
    frame = frame_of(mission)
    problem = localize(mission, frame)
    crew_m2 = crew_ground(mission, frame).area
    lon, lat = frame.origin_lon_lat_deg
    west, south, east, north = problem.ground.bounds
    title = f"mission {one_line(mission.name)!r}" if mission.name else "mission"
    console.print(escape(title), highlight=False)
    parts, hectares = len(mission.area) + len(mission.corridors), problem.ground.area / 1e4
    lines = [
        ("holds", mission_summary(mission)),
        *([] if problem.walls else [("area", f"{hectares:,.2f} ha in {parts} part(s)")]),
        ("extent", f"{east - west:,.0f} m x {north - south:,.0f} m about {lon:.5f}, {lat:.5f}"),
        ("no-fly zones", str(len(mission.no_fly_zones))),
        *([("crew area", f"{crew_m2 / 1e4:,.2f} ha")] if mission.crew_area else []),
        *([] if problem.walls else [("scan distance", f"{problem.spacing_m:g} m")]),
        ("coverage wanted", f"{mission.coverage_percent:g} %"),
        ("planner", mission.planner.name),
        ("seed", str(mission.seed)),
    ]
    for name, value in lines:
        console.print(f"  {name:<16} {escape(value)}", highlight=False)
    given = {uav.id for uav in mission.uavs if uav.start_lon_lat_deg is not None}
    moved = {uav.id for uav in mission.uavs if uav.given_start_lon_lat_deg is not None}
    for vehicle in problem.vehicles:
        start = "start given" if vehicle.id in given else "start chosen by mcpp"
        start = "start on its own spot" if vehicle.id in moved else start
        console.print(
            f"  UAV {vehicle.id:<12} share {100 * vehicle.share:.1f} %, {vehicle.speed_m_s:g} m/s, "
            f"{vehicle.endurance_s / 60:.0f} min usable, {start}",
            highlight=False,
        )
    for uav, words in path_words(mission):
        console.print(escape(f"{uav}: {words}"), highlight=False, soft_wrap=True)


def _list_shapes(imported: Imported, console: Console) -> None:
    check_degrees(imported)
    imported = settled(imported)
    table = plain_table("shape", "layer", "folder", "kind", "ha", "role", "why")
    for shape in imported.shapes[:MOST_ROWS]:
        ha = f"{area_ha(shape):,.2f}" if shape.kind == "polygon" and not shape.flaw else ""
        cells = (shape.name, shape.layer, shape.folder, shape.kind, ha, shape.role, shape.why)
        table.add_row(*(escape(one_line(cell)) for cell in cells))
    for line in summary(imported):
        console.print(escape(line), highlight=False, soft_wrap=True)
    console.print(table)
    if len(imported.shapes) > MOST_ROWS:
        console.print(f"and {len(imported.shapes) - MOST_ROWS:,} more shapes")


def _plan_in(file: Path) -> Plan | None:
    if file.suffix.lower() != ".json":
        return None
    value = parse_json(read_text(file), str(file))
    return plan_from_json(value, str(file)) if is_plan(value) else None


@click.command("info")
@sources_argument
@shape_options
def info_command(sources: tuple[Path, ...], shapes: ShapeOptions) -> None:
    """Say what SOURCE holds: a mission, shapes, the Java back-end's input or a plan.

    Of shapes each is listed with what it would be for, and why.
    """
    console = terminal()
    plan = _plan_in(sources[0]) if len(sources) == 1 else None
    if plan is not None:
        console.print(f"plan, made by mcpp {escape(one_line(plan.version))}", highlight=False)
        _describe(plan.mission, console)
        print_plan(plan, console)
        return
    found = load(sources, choice=shapes.choice, crs=shapes.crs)
    if isinstance(found, Mission):
        _describe(found, console)
    else:
        _list_shapes(found, console)
