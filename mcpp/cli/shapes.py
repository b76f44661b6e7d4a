"""The options that say what the shapes of a file are for, and the reading that goes with them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from mcpp.cli.options import NumberRange, as_one, pairs_option
from mcpp.errors import InputError
from mcpp.export.app_words import path_words
from mcpp.io.airspace import read_airspace
from mcpp.io.airspace_zones import with_airspace, with_waivers
from mcpp.io.conditions import condition
from mcpp.io.missions import ZONE_WIDTH_M, mission_from
from mcpp.io.roles import Choice
from mcpp.io.source import load
from mcpp.io.summary import mission_summary, summary
from mcpp.model import Mission
from mcpp.terrain.setting import with_terrain

_PATTERN = "PATTERN"
_OPTIONS = (
    click.option(
        "--areas",
        multiple=True,
        metavar=_PATTERN,
        help="Shapes that are ground to survey, and no others: by name, folder, layer or file as "
        "in 'Field*', or by attribute as in 'crop=wheat'; may be repeated, as may the next eight.",
    ),
    click.option(
        "--corridors",
        multiple=True,
        metavar=_PATTERN,
        help="Lines that are ground to survey along: roads, rivers, power lines.",
    ),
    click.option("--zones", multiple=True, metavar=_PATTERN, help="Shapes to keep away from."),
    click.option("--launch", multiple=True, metavar=_PATTERN, help="Points to launch from."),
    click.option(
        "--crew", multiple=True, metavar=_PATTERN, help="Ground where the crew can stand."
    ),
    click.option("--unused", multiple=True, metavar=_PATTERN, help="Shapes to leave out."),
    click.option("--layer", multiple=True, metavar=_PATTERN, help="Read these layers alone."),
    click.option(
        "--where",
        multiple=True,
        metavar="CONDITION",
        help="Read only shapes that meet it, as in 'crop=wheat' or 'area_ha>2'.",
    ),
    click.option(
        "--zone-width",
        type=NumberRange(min=0.1, max=10_000),
        default=ZONE_WIDTH_M,
        show_default=True,
        metavar="M",
        help="Width of zones that are drawn as lines or points, where the file names none.",
    ),
    click.option(
        "--corridor-width",
        type=NumberRange(min=0.5, max=10_000),
        metavar="M",
        help="Lines are corridors of this width, to be surveyed along, where they say nothing else "
        "or the file holds no polygon; those that close only where all do, or by --corridors, "
        "which chooses some.",
    ),
    click.option(
        "--crs",
        metavar="EPSG:NUMBER",
        help="Coordinate system of a file that names none; without it that is degrees.",
    ),
)
_AIRSPACE_OPTIONS = (
    click.option(
        "--airspace",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Keep away from the zones of an airspace file that touch the mission: ED-269, ED-318, "
        "OpenAir, OpenAIP or a facility map of the FAA; may be repeated.",
    ),
    click.option(
        "--ground-height",
        type=NumberRange(-500, 9000),
        metavar="M",
        help="Height of the ground above sea, for airspace whose limits are above sea.",
    ),
    pairs_option(
        "--waive",
        metavar="ZONE=REASON",
        text="Do not keep away from the zones of this name; the report keeps the reason.",
    ),
    click.option(
        "--fly-over-zones",
        is_flag=True,
        help="Fly over zones that end 10 m or more below all flights; for level ground.",
    ),
    click.option(
        "--transit-over-zones",
        is_flag=True,
        help="Let ways there and back pass over zones that end 10 m or more below them; for level "
        "ground. Survey lines keep away.",
    ),
    click.option(
        "--terrain",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="GeoTIFF of ground heights, as 'mcpp terrain fetch' writes it: heights are then above "
        "ground.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeOptions:
    """What the user said about the shapes of the files."""

    choice: Choice
    crs: str | None
    zone_width_m: float
    corridor_width_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AirspaceOptions:
    """The airspace files, which zones the user waives, and the ground below."""

    files: tuple[Path, ...]
    ground_height_m: float | None
    waivers: tuple[tuple[str, str], ...]
    fly_over: bool
    transit_over: bool
    terrain: Path | None


def _gathered_shapes(given: dict[str, Any]) -> ShapeOptions:
    where, layers = given.pop("where"), given.pop("layer")
    names = ("areas", "corridors", "zones", "launch", "crew", "unused")
    patterns = {name: given.pop(name) for name in names}
    width_m = given.pop("corridor_width")
    choice = Choice(
        layers=layers,
        where=tuple(condition(text) for text in where),
        lines_are_corridors=width_m is not None and not patterns["corridors"],
        **patterns,
    )
    return ShapeOptions(
        choice=choice,
        crs=given.pop("crs"),
        zone_width_m=given.pop("zone_width"),
        corridor_width_m=width_m,
    )


def _gathered_airspace(given: dict[str, Any]) -> AirspaceOptions:
    return AirspaceOptions(
        files=given.pop("airspace"),
        ground_height_m=given.pop("ground_height"),
        waivers=given.pop("waive"),
        fly_over=given.pop("fly_over_zones"),
        transit_over=given.pop("transit_over_zones"),
        terrain=given.pop("terrain"),
    )


shape_options = as_one("shapes", _OPTIONS, _gathered_shapes)
"""Gives a command the options; it gets them as one `ShapeOptions`, named `shapes`."""
airspace_options = as_one("airspace", _AIRSPACE_OPTIONS, _gathered_airspace)
"""Gives a command the options on airspace, as one `AirspaceOptions`, named `airspace`."""


def sources_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command one file or several as `sources`."""
    return click.argument(
        "sources",
        metavar="SOURCE...",
        nargs=-1,
        required=True,
        type=click.Path(path_type=Path, allow_dash=True),
    )(function)


def read_told(
    sources: tuple[Path, ...],
    shapes: ShapeOptions,
    airspace: AirspaceOptions,
    *,
    uavs: int | None,
    scan_distance_m: float | None,
    quiet: bool = False,
) -> Mission:
    """Read a mission, and tell on stderr what it was made of.

    Raises
    ------
    InputError
    """
    found = load(sources, choice=shapes.choice, crs=shapes.crs)
    if isinstance(found, Mission):
        lines, mission = [mission_summary(found)], found
    else:
        lines = summary(found, shapes.zone_width_m)
        mission = mission_from(
            found,
            uavs=1 if uavs is None else uavs,
            scan_distance_m=scan_distance_m,
            zone_width_m=shapes.zone_width_m,
            corridor_width_m=shapes.corridor_width_m,
        )
        if shapes.corridor_width_m is not None and not mission.corridors:
            msg = (
                f"--corridor-width: {found.name} has no line that is a corridor: name its lines by "
                "--corridors"
            )
            raise InputError(msg)
    if airspace.terrain is not None:
        mission = with_terrain(mission, airspace.terrain)
    if airspace.files:
        zones = [zone for path in airspace.files for zone in read_airspace(path)]
        mission, told = with_airspace(mission, zones, ground_height_m=airspace.ground_height_m)
        lines += told
    mission = with_waivers(mission, airspace.waivers)
    if airspace.fly_over:
        mission = replace(mission, flight=replace(mission.flight, fly_over_zones=True))
    if airspace.transit_over:
        mission = replace(mission, flight=replace(mission.flight, transit_over_zones=True))
    lines += [f"{uav}: {words}" for uav, words in path_words(mission)]
    if not quiet:
        for line in lines:
            click.echo(line, err=True)
    return mission
