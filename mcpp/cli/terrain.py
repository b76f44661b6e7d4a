"""`mcpp terrain`: ground heights of the Copernicus surface model, loaded once and then offline."""

import json
from pathlib import Path

import click
import shapely

from mcpp.cli.options import NumberRange, json_option, overwrite_option
from mcpp.cli.progress import observer_for
from mcpp.cli.shapes import ShapeOptions, shape_options, sources_argument
from mcpp.errors import InputError
from mcpp.io.atomic import refuse_existing, write_text_atomic
from mcpp.io.mission import mission_to_json
from mcpp.io.missions import settled
from mcpp.io.shapes import Imported
from mcpp.io.source import load
from mcpp.model import LonLat, Mission
from mcpp.terrain.fetch import (
    CAVEATS,
    MARGIN_M,
    fetch_terrain,
    places_of,
    squares_about,
)
from mcpp.terrain.setting import with_terrain
from mcpp.terrain.store import SERVER_VARIABLE, default_store


@click.group("terrain", context_settings={"help_option_names": ["-h", "--help"]})
def terrain_command() -> None:
    """Load ground heights for missions: Copernicus DEM GLO-30, free, of the whole Earth."""


def _places(found: Mission | Imported, name: str) -> list[LonLat]:
    if isinstance(found, Mission):
        return places_of(found)
    shapes = [s.geometry for s in settled(found).shapes if s.role in {"area", "launch"}]
    corners = shapely.get_coordinates(shapes)
    if not len(corners):
        msg = f"{name}: it has no area to load ground heights for"
        raise InputError(msg)
    return [(float(lon), float(lat)) for lon, lat in corners]


_margin_option = click.option(
    "--margin",
    type=NumberRange(0, 50_000),
    default=MARGIN_M,
    show_default=True,
    metavar="M",
    help="Ground about the area and the launch points.",
)


@terrain_command.command("fetch")
@sources_argument
@shape_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="GeoTIFF to write; without it SOURCE-terrain.tif, beside SOURCE.",
)
@click.option(
    "--mission",
    "mission_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the mission with flight.terrain set; SOURCE itself with --overwrite.",
)
@_margin_option
@click.option(
    "--server",
    metavar="URL",
    help=f"A server with the same tiles, in place of the public one; also {SERVER_VARIABLE}.",
)
@click.option("--offline", is_flag=True, help="Ask no server: use the tiles on disk.")
@overwrite_option
@click.pass_obj
def fetch_command(
    obj: dict[str, bool],
    sources: tuple[Path, ...],
    shapes: ShapeOptions,
    output: Path | None,
    mission_file: Path | None,
    margin: float,
    server: str | None,
    offline: bool,
    overwrite: bool,
) -> None:
    """Write the ground heights about SOURCE as a GeoTIFF that 'mcpp plan' uses offline.

    Tiles of a square degree (20 to 50 MB) are loaded over HTTPS and kept in the user's cache; a
    download that was stopped goes on where it ended.
    """
    found = load(sources, choice=shapes.choice, crs=shapes.crs)
    places = _places(found, str(sources[0]))
    if output is None:
        beside = Path() if str(sources[0]) == "-" else sources[0].parent
        stem = "mission" if str(sources[0]) == "-" else sources[0].stem
        output = beside / f"{stem}-terrain.tif"
    if mission_file is not None:
        if not isinstance(found, Mission):
            msg = f"--mission: {sources[0]} is no mission: make one of it by 'mcpp convert'"
            raise InputError(msg)
        refuse_existing([mission_file], overwrite=overwrite)
    with observer_for(obj["quiet"]) as observer:
        fetched = fetch_terrain(
            places,
            output,
            store=default_store(server=server, offline=offline),
            margin_m=margin,
            overwrite=overwrite,
            observer=observer,
        )
    for line in fetched.told():
        click.echo(line)
    if not obj["quiet"]:
        for caveat in CAVEATS:
            click.echo(f"note: {caveat}", err=True)
    if mission_file is not None and isinstance(found, Mission):
        write_text_atomic(mission_file, mission_to_json(with_terrain(found, output)))
        click.echo(f"{mission_file}: flight.terrain is set")
    else:
        click.echo(f"to use it: mcpp plan {' '.join(map(str, sources))} --terrain {output}")


@terrain_command.command("list")
@click.argument(
    "sources", metavar="[SOURCE]...", nargs=-1, type=click.Path(path_type=Path, allow_dash=True)
)
@shape_options
@_margin_option
@json_option
def list_command(
    sources: tuple[Path, ...], shapes: ShapeOptions, margin: float, as_json: bool
) -> None:
    """List the tiles on disk; with SOURCE, those that it needs."""
    store = default_store(offline=True)
    if sources:
        found = load(sources, choice=shapes.choice, crs=shapes.crs)
        rows = []
        for square in squares_about(_places(found, str(sources[0])), margin):
            kept = store.kept(square)
            state = "not loaded" if kept is None else "sea" if kept.path is None else kept.product
            rows.append({"tile": square.name("GLO-30"), "state": state})
    else:
        rows = [
            {"tile": path.stem, "state": f"{path.stat().st_size / 1e6:.1f} MB"}
            for path in store.all_kept()
        ]
    if as_json:
        click.echo(json.dumps({"folder": str(store.folder), "tiles": rows}, indent=2))
        return
    click.echo(f"tiles in {store.folder}")
    for row in rows:
        click.echo(f"  {row['tile']}  {row['state']}")
    if not rows:
        click.echo("  none")
