"""`mcpp cameras` and `mcpp aircraft`: the databases."""

import math
from dataclasses import asdict

import click

from mcpp.cli.options import json_option
from mcpp.cli.tables import plain_table
from mcpp.cli.terminal import terminal
from mcpp.io.text import dump_json
from mcpp.problem.aircraft import built_in_aircraft
from mcpp.problem.camera import PhotoGeometry, built_in_cameras, find_camera, photo_geometry


@click.group("cameras", invoke_without_command=True)
@click.pass_context
def cameras_command(ctx: click.Context) -> None:
    """List the cameras; 'show NAME' works out a survey with one."""
    if ctx.invoked_subcommand is not None:
        return
    table = plain_table("camera", "sensor mm", "lens mm", "image px", "interval s")
    for camera in built_in_cameras():
        table.add_row(
            camera.name,
            f"{camera.sensor_width_mm:g} x {camera.sensor_height_mm:g}",
            f"{camera.focal_mm:g}",
            f"{camera.image_width_px} x {camera.image_height_px}",
            "-" if camera.min_interval_s is None else f"{camera.min_interval_s:g}",
        )
    terminal().print(table)


def _lines(photo: PhotoGeometry) -> list[tuple[str, str]]:
    interval = photo.interval_speed_m_s
    return [
        ("height", f"{photo.height_m:.1f} m"),
        ("ground sample distance", f"{100 * photo.gsd_m:.2f} cm"),
        ("photo across x along", f"{photo.across_m:.1f} m x {photo.along_m:.1f} m"),
        ("scan distance", f"{photo.scan_distance_m:.1f} m (sidelap {100 * photo.sidelap:.0f} %)"),
        (
            "trigger distance",
            f"{photo.trigger_distance_m:.1f} m (frontlap {100 * photo.frontlap:.0f} %)",
        ),
        ("fastest without blur", f"{photo.blur_speed_m_s:.1f} m/s"),
        (
            "fastest for the camera",
            f"{interval:.1f} m/s" if math.isfinite(interval) else "its interval is not known",
        ),
    ]


@cameras_command.command("show", short_help="Work out a survey with camera NAME.")
@click.argument("name")
@click.option(
    "--height", type=float, metavar="M", help="Height above the ground; 80 without --gsd."
)
@click.option("--gsd", type=float, metavar="CM", help="Ground sample distance, in place of height.")
@click.option(
    "--sidelap",
    type=float,
    metavar="PERCENT",
    help="Overlap of neighbouring lines; 70 without --scan-distance.",
)
@click.option(
    "--scan-distance", type=float, metavar="M", help="Distance of lines, in place of sidelap."
)
@click.option(
    "--frontlap",
    type=float,
    default=75.0,
    show_default=True,
    metavar="PERCENT",
    help="Overlap of photos in a line.",
)
@click.option("--portrait", is_flag=True, help="Long side of the image along the flight.")
@json_option
def show_command(
    name: str,
    height: float | None,
    gsd: float | None,
    sidelap: float | None,
    scan_distance: float | None,
    frontlap: float,
    portrait: bool,
    as_json: bool,
) -> None:
    """Work out spacing, trigger distance and highest speed with camera NAME."""
    camera = find_camera(name)
    if height is None and gsd is None:
        height = 80.0
    if sidelap is None and scan_distance is None:
        sidelap = 70.0
    photo = photo_geometry(
        camera,
        height_m=height,
        gsd_m=None if gsd is None else gsd / 100,
        sidelap=None if sidelap is None else sidelap / 100,
        scan_distance_m=scan_distance,
        frontlap=frontlap / 100,
        portrait=portrait,
    )
    if as_json:
        known = {k: v for k, v in asdict(photo).items() if math.isfinite(v)}
        click.echo(dump_json({"camera": asdict(camera), **known}), nl=False)
        return
    console = terminal()
    console.print(f"[bold]{camera.name}[/]  ({camera.source})", highlight=False)
    for label, value in _lines(photo):
        console.print(f"  {label:<24} {value}", highlight=False)


@click.command("aircraft")
def aircraft_command() -> None:
    """List the aircraft presets."""
    table = plain_table("aircraft", "kind", "m/s", "turns", "endurance", "reserve", "most wind")
    for craft in built_in_aircraft():
        table.add_row(
            craft.name,
            craft.kind,
            f"{craft.speed_m_s:g}",
            craft.turn if not craft.turn_radius_m else f"{craft.turn} {craft.turn_radius_m:g} m",
            f"{craft.endurance_s / 60:.0f} min",
            f"{100 * craft.reserve:.0f} %",
            f"{craft.wind_limit_m_s:g} m/s",
        )
    terminal().print(table)
