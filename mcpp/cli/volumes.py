"""`mcpp volumes`: the airspace that a plan needs, for the authority and the neighbours."""

from datetime import datetime
from pathlib import Path

import click

from mcpp.api import read_plan, recheck
from mcpp.cli.options import NumberRange, at_option, overwrite_option
from mcpp.errors import InputError
from mcpp.export.folder import refuse_unsafe
from mcpp.export.volumes import Margins, Meeting, Volume, launches_m, meetings, volumes_of
from mcpp.export.volumes_files import Launches, f3548_files, volumes_geojson
from mcpp.flight.terrain import mission_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.io.atomic import refuse_existing, write_many_atomic
from mcpp.model import Plan


def _numbers(given: tuple[str, ...]) -> dict[str, float]:
    """Read METRES for all, or ID=METRES for one each."""
    found = {}
    for text in given:
        uav, equals, number = text.rpartition("=")
        try:
            height_m = float(number)
        except ValueError:
            height_m = float("nan")
        if not -500 <= height_m <= 9000 or bool(uav) != bool(equals):
            msg = f"--w84: {text!r}: give METRES, -500 to 9000, or ID=METRES"
            raise InputError(msg)
        if uav in found:
            msg = f"--w84: {text!r}: {uav or 'the height of all'} is given twice: give it once"
            raise InputError(msg)
        found[uav] = height_m
    return found


def _launches_w84(
    plan: Plan, given: tuple[str, ...], geoid_m: float | None, launch_m: Launches
) -> Launches | None:
    """Find the height of each flight's launch point above the ellipsoid; None where unknown."""
    if given and geoid_m is not None:
        raise InputError("--w84, --geoid: give one of them")
    if geoid_m is not None:
        if plan.mission.flight.terrain is None:
            raise InputError("--geoid: the plan has no terrain model to add it to: give --w84")
        return {flight: height_m + geoid_m for flight, height_m in launch_m.items()}
    if not given:
        return None
    heights = _numbers(given)
    ids = [vehicle.id for vehicle in plan.problem.vehicles]
    for uav in heights:
        if uav and uav not in ids:
            msg = f"--w84: there is no UAV {uav!r}: there are {', '.join(ids)}"
            raise InputError(msg)
    missing = {ids[uav] for uav, _ in launch_m} - set(heights)
    if missing and "" not in heights:
        msg = f"--w84: no height for {', '.join(sorted(missing))}: give ID=METRES, or one for all"
        raise InputError(msg)
    return {(uav, number): heights.get(ids[uav], heights.get("", 0.0)) for uav, number in launch_m}


def _told(plan: Plan, volumes: tuple[Volume, ...], meets: tuple[Meeting, ...]) -> list[str]:
    if not meets:
        return ["no two volumes of different UAVs share room and time"]
    ids = [vehicle.id for vehicle in plan.problem.vehicles]
    pairs = sorted({tuple(sorted((volumes[m.first].uav, volumes[m.second].uav))) for m in meets})
    head = f"{len(meets)} pairs of volumes share room and time, by their margins: "
    lines = [f"{head}the flights themselves keep the mission's separation"]
    for one, two in pairs:
        own = [m for m in meets if {volumes[m.first].uav, volumes[m.second].uav} == {one, two}]
        lines.append(
            f"  {ids[one]} and {ids[two]}: {len(own)}, from {min(m.begin_s for m in own):.0f} to "
            f"{max(m.end_s for m in own):.0f} s"
        )
    return lines


@click.command("volumes")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@at_option(required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), default="volumes", help="Folder.")
@click.option(
    "--margin", type=NumberRange(1, 5000), default=Margins().aside_m, show_default=True,
    metavar="M", help="Room about the flights, to all sides.",
)  # fmt: skip
@click.option(
    "--height-margin", type=NumberRange(1, 1000), default=Margins().height_m,
    show_default=True, metavar="M", help="Room above and below the flights.",
)  # fmt: skip
@click.option(
    "--every", type=NumberRange(5, 86_400), default=Margins().every_s, show_default=True,
    metavar="S", help="Cut a flight into volumes of so long.",
)  # fmt: skip
@click.option(
    "--w84",
    multiple=True,
    metavar="[ID=]M",
    help="Height of the launch point above the WGS84 ellipsoid, as GNSS receivers give it; for all "
    "UAVs, or once each.",
)
@click.option(
    "--geoid",
    type=NumberRange(-110, 90),
    metavar="M",
    help="Height of the geoid above the ellipsoid, to be added to those of the terrain model.",
)
@overwrite_option
def volumes_command(
    plan_file: Path,
    at: datetime,
    output: Path,
    margin: float,
    height_margin: float,
    every: float,
    w84: tuple[str, ...],
    geoid: float | None,
    overwrite: bool,
) -> None:
    """Write the airspace that PLAN needs from a start time on, after checking it again.

    volumes.geojson holds, for each UAV and flight, pieces of ground, heights and times; where the
    launch point's height above the ellipsoid is known, one file per flight holds them as the
    details of an operational intent of ASTM F3548-21.
    """
    plan = recheck(read_plan(plan_file))
    refuse_unsafe(plan)
    margins = Margins(aside_m=margin, height_m=height_margin, every_s=every)
    terrain = mission_terrain(plan.mission, LocalFrame(plan.origin_lon_lat_deg), plan.problem)
    launch_m = launches_m(plan, terrain)
    w84_m = _launches_w84(plan, w84, geoid, launch_m)
    volumes = volumes_of(plan, margins)
    meets = meetings(volumes, launch_m)
    files = {
        "volumes.geojson": volumes_geojson(
            plan, volumes, meets, at=at, margins=margins, w84_m=w84_m
        )
    }
    if w84_m is not None:
        files |= f3548_files(plan, volumes, at=at, w84_m=w84_m)
    paths = {output / name: text for name, text in files.items()}
    refuse_existing(paths, overwrite=overwrite)
    write_many_atomic(paths)
    for path in paths:
        click.echo(path)
    for line in _told(plan, volumes, meets):
        click.echo(line)
    if w84_m is None:
        click.echo(
            "no ASTM F3548 files: their heights are above the ellipsoid; give --w84, or --geoid "
            "with a terrain model"
        )
