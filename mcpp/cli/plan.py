"""`mcpp plan`: from a file to one mission per UAV."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from mcpp.api import plan, refuse_folder, write_outputs
from mcpp.cli.options import (
    LonLatType,
    NumberRange,
    output_option,
    overwrite_option,
    pairs_option,
    planner_option,
    scan_distance_option,
    spots_option,
    with_spots,
)
from mcpp.cli.progress import observer_for
from mcpp.cli.search_options import SearchOptions, search_options, with_search
from mcpp.cli.shapes import (
    AirspaceOptions,
    ShapeOptions,
    airspace_options,
    read_told,
    shape_options,
    sources_argument,
)
from mcpp.cli.sky_options import SkyOptions, sky_options, with_sky
from mcpp.cli.tables import print_plan
from mcpp.cli.terminal import terminal
from mcpp.errors import GeometryError, InputError
from mcpp.io.plan import plan_to_json
from mcpp.model import LonLat, Mission, PlannerChoice, Uav
from mcpp.problem.self_crossing import repaired_mission
from mcpp.requirements import check_installed


def _with_fleet(
    mission: Mission, uavs: int | None, starts: tuple[LonLat, ...], changes: dict[str, Any]
) -> Mission:
    fleet = mission.uavs
    if uavs is not None and uavs != len(fleet):
        if uavs < 1:
            msg = f"--uavs: {uavs}: give 1 or more"
            raise InputError(msg)
        model = fleet[0] if fleet else Uav(id="uav1")
        open_uav = replace(
            model,
            start_lon_lat_deg=None,
            landing_lon_lat_deg=None,
            given_start_lon_lat_deg=None,
            given_landing_lon_lat_deg=None,
            share=None,
        )
        fleet = tuple(
            replace(fleet[i] if i < len(fleet) else open_uav, id=f"uav{i + 1}", share=None)
            for i in range(uavs)
        )
    if starts:
        if len(starts) not in {1, len(fleet)}:
            msg = f"--start: {len(starts)} places for {len(fleet)} UAVs: give one, or one each"
            raise InputError(msg)
        each = starts if len(starts) > 1 else starts * len(fleet)
        fleet = tuple(
            replace(uav, start_lon_lat_deg=s, given_start_lon_lat_deg=None)
            for uav, s in zip(fleet, each, strict=True)
        )
    given = {key: value for key, value in changes.items() if value is not None}
    return replace(mission, uavs=tuple(replace(uav, **given) for uav in fleet))


def _with_shares(mission: Mission, shares: str | None) -> Mission:
    if shares is None:
        return mission
    try:
        wanted = [float(share) for share in shares.split(",")]
    except ValueError:
        msg = f"--shares: {shares!r} is no list of numbers, as in 0.5,0.3,0.2"
        raise InputError(msg) from None
    if len(wanted) != len(mission.uavs):
        msg = f"--shares: {len(wanted)} shares for {len(mission.uavs)} UAVs: give one each"
        raise InputError(msg)
    fleet = tuple(replace(u, share=s) for u, s in zip(mission.uavs, wanted, strict=True))
    return replace(mission, uavs=fleet)


def _with_direction(mission: Mission, angle: float | None, edge: LonLat | None) -> Mission:
    """Let all lines run one way; what the file says of it, for all or for a UAV, goes."""
    if angle is None and edge is None:
        return mission
    if angle is not None and edge is not None:
        msg = "--direction, --along-edge: give one of them"
        raise InputError(msg)
    fleet = tuple(
        replace(uav, direction_deg=None, direction_edge_lon_lat_deg=None) for uav in mission.uavs
    )
    return replace(mission, direction_deg=angle, direction_edge_lon_lat_deg=edge, uavs=fleet)


def _with_planner(
    mission: Mission, name: str | None, params: tuple[tuple[str, str], ...]
) -> Mission:
    kept = mission.planner.params if name in {None, mission.planner.name} else {}
    choice = PlannerChoice(name=name or mission.planner.name, params={**kept, **dict(params)})
    return replace(mission, planner=choice)


_STAGE_PARAMS = {"auto": "auto.", "regions": "auto.regions.", "darp-stc": "auto.stc."}


def _with_effort(mission: Mission, effort: str | None, seconds: float | None) -> Mission:
    """Turn the mission's planner into a draft, or into a search that goes on."""
    chosen = mission.planner
    if effort in {None, "normal"} and seconds is None:
        return mission
    if effort in {"draft", "normal"} and seconds is not None:
        msg = f"--seconds: {seconds:g}: only effort 'best' has a limit of time, not {effort!r}"
        raise InputError(msg)
    if effort == "draft":
        return replace(mission, planner=PlannerChoice(name="draft"))
    params = dict(chosen.params)
    if chosen.name != "best":
        if chosen.name not in {"auto", "regions", "darp-stc", "tour"}:
            msg = f"--effort: planner {chosen.name!r} can not search on; give auto or regions"
            raise InputError(msg)
        stage = _STAGE_PARAMS.get(chosen.name, f"auto.{chosen.name}.")
        params = {f"{stage}{key}": value for key, value in params.items()}
        params["planner"] = chosen.name
    if seconds is not None:
        params["seconds"] = seconds
    return replace(mission, planner=PlannerChoice(name="best", params=params))


@click.command("plan")
@sources_argument
@output_option(
    "Folder for the plan, its missions and its report; '-' prints the plan.", default="out"
)
@click.option("--uavs", type=int, help="Number of UAVs, in place of the file's.")
@scan_distance_option()
@click.option(
    "--start", type=LonLatType(), multiple=True, help="Launch point; once, or once per UAV."
)
@spots_option
@shape_options
@airspace_options
@search_options
@sky_options
@click.option("--shares", metavar="A,B,..", help="Wanted part of the area per UAV; they sum to 1.")
@click.option("--speed", type=float, metavar="M/S", help="Survey speed of all UAVs.")
@click.option(
    "--coverage",
    type=float,
    metavar="PERCENT",
    help="Ground to be covered, 96 to 100; of 100, slivers of 0.01 % in all may be left.",
)
@click.option(
    "--min-views", type=int, metavar="N", help="Photos that are to see each point of the ground."
)
@click.option(
    "--turn-overshoot",
    type=float,
    metavar="M",
    help="Fly straight on beyond the end of a line before turning, where there is room.",
)
@click.option(
    "--lead-in", type=float, metavar="M", help="Be on a line so far before its first photo."
)
@click.option(
    "--direction", type=float, metavar="DEG", help="Which way the lines run, from north, clockwise."
)
@click.option(
    "--along-edge", type=LonLatType(), help="Run the lines along the edge nearest to this place."
)
@click.option(
    "--crosshatch",
    type=float,
    metavar="DEG",
    help="Cover the ground twice, the second time with lines turned by this angle, as 90.",
)
@planner_option
@pairs_option("-P", "--param", "params", text="Set a parameter of the planner; may be repeated.")
@click.option(
    "--effort",
    type=click.Choice(["draft", "normal", "best"]),
    help="A rough plan at once, a plan, or go on improving it until --seconds, Ctrl-C or no gain.",
)
@click.option(
    "--seconds",
    type=NumberRange(min=0),
    metavar="S",
    help="Go on improving the plan for so long (effort best).",
)
@click.option("--seed", type=int, help="Seed of all chance: same input and seed, same bytes.")
@click.option(
    "--share-ground/--keep-apart",
    default=None,
    help="Let UAVs survey ground in turn, or give each a region of its own.",
)
@click.option(
    "--repair",
    is_flag=True,
    help="Accept the repaired shape of an area or zone that crosses itself.",
)
@click.option(
    "--accept-unfenced",
    is_flag=True,
    help="Write missions though an autopilot takes no fence about all zones and holes.",
)
@overwrite_option
@click.pass_obj
def plan_command(
    obj: dict[str, bool],
    sources: tuple[Path, ...],
    shapes: ShapeOptions,
    airspace: AirspaceOptions,
    search: SearchOptions,
    sky: SkyOptions,
    output: Path,
    uavs: int | None,
    scan_distance: float | None,
    start: tuple[LonLat, ...],
    spots: bool | None,
    shares: str | None,
    speed: float | None,
    coverage: float | None,
    min_views: int | None,
    turn_overshoot: float | None,
    lead_in: float | None,
    direction: float | None,
    along_edge: LonLat | None,
    crosshatch: float | None,
    planner: str | None,
    params: tuple[tuple[str, str], ...],
    effort: str | None,
    seconds: float | None,
    seed: int | None,
    share_ground: bool | None,
    repair: bool,
    accept_unfenced: bool,
    overwrite: bool,
) -> None:
    """Plan the missions of SOURCE.

    SOURCE is our mission file; or files of shapes, one or several together: GeoJSON, KML, KMZ, a
    shapefile (also zipped), GeoPackage, GPX, DXF, GML, WKT, CSV, a .plan of QGroundControl, a .poly
    or .fen of Mission Planner; or the Java back-end's inputVariables.json. What each shape is for
    follows from what it says itself, and is told before the planning.

    The folder then holds plan.json, each flight as its aircraft's own app reads it, README.txt with
    what to load where, routes.geojson and report.html. A plan that fails its independent check is
    not written.

    With --effort best, Ctrl-C ends the search and writes the best plan so far.
    """
    mission = read_told(
        sources, shapes, airspace, uavs=uavs, scan_distance_m=scan_distance, quiet=obj["quiet"]
    )
    changes: dict[str, Any] = {
        "scan_distance_m": scan_distance,
        "coverage_percent": coverage,
        "seed": seed,
        "crosshatch_deg": crosshatch,
        "keep_apart": None if share_ground is None else not share_ground,
    }
    mission = replace(mission, **{k: v for k, v in changes.items() if v is not None})
    mission = with_sky(mission, sky)
    if accept_unfenced:
        mission = replace(mission, flight=replace(mission.flight, accept_unfenced=True))
    mission = with_search(mission, search)
    mission = with_spots(_with_fleet(mission, uavs, start, {"speed_m_s": speed}), spots)
    mission = _with_direction(mission, direction, along_edge)
    wishes = {"min_views": min_views, "turn_overshoot_m": turn_overshoot, "lead_in_m": lead_in}
    flight: dict[str, Any] = {key: value for key, value in wishes.items() if value is not None}
    mission = replace(mission, flight=replace(mission.flight, **flight))
    mission = _with_planner(_with_shares(mission, shares), planner, params)
    mission = _with_effort(mission, effort, seconds)
    to_stdout = str(output) == "-"
    check_installed()
    if not to_stdout:
        refuse_folder(output, overwrite=overwrite)
    with observer_for(obj["quiet"]) as observer:
        try:
            finished = plan(mission, observer)
        except GeometryError as error:
            if not repair or error.repaired is None:
                raise
            finished = plan(repaired_mission(mission), observer)
    if finished.solution.stopped:
        click.echo("mcpp: stopped; this is the best plan found so far, checked", err=True)
    if to_stdout:
        click.echo(plan_to_json(finished), nl=False)
        print_plan(finished, terminal(stderr=True))
        return
    paths = write_outputs(finished, output, overwrite=overwrite)
    console = terminal()
    print_plan(finished, console)
    console.print(f"{len(paths)} files in {output}; the report is {output / 'report.html'}")
