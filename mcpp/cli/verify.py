"""`mcpp verify`: the photos of a flight, held against what was promised."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.table import Table

from mcpp.after.output import gaps_geojson, verification_json
from mcpp.after.page import verification_html
from mcpp.after.result import Spread, UavFlown, Verification
from mcpp.after.setting import Wishes
from mcpp.after.source import read_plan_or_area
from mcpp.after.verify import verify
from mcpp.cli.options import Decorator, json_option, overwrite_option
from mcpp.cli.progress import observer_for
from mcpp.cli.tables import plain_table, print_findings
from mcpp.cli.terminal import terminal
from mcpp.io.atomic import refuse_existing, write_many_atomic
from mcpp.model import Mission

_MOST_GAPS = 8
_MOST_UNUSED = 8


def photo_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what photos do not tell."""
    options: list[Decorator] = [
        click.option("--views", type=int, metavar="N", help="Photos that are to see each point."),
        click.option(
            "--camera", metavar="NAME", help="Camera, where neither plan nor photos tell it."
        ),
        click.option(
            "--height", type=float, metavar="M", help="Above ground, for photos that tell none."
        ),
        click.option(
            "--ground",
            type=float,
            metavar="M",
            help="Place of take-off above the sea, for photos that tell only their own height.",
        ),
        click.option(
            "--terrain", metavar="FILE", help="GeoTIFF of ground heights, in place of the plan's."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def _spread(value: Spread | None, form: Callable[[float], str]) -> str:
    if value is None:
        return "unknown"
    return f"{form(value.median)} ({form(value.worst_5_percent)})"


_ROWS: tuple[tuple[str, Callable[[UavFlown], str]], ...] = (
    ("photos", lambda uav: f"{uav.photos:,}"),
    ("usable", lambda uav: f"{uav.usable:,}"),
    ("planned", lambda uav: f"{uav.planned:,}"),
    ("missing", lambda uav: f"{uav.missing:,}"),
    ("lines left out", lambda uav: f"{uav.lines_left_out} of {uav.lines}"),
    ("gimbal off", lambda uav: str(uav.tilted)),
    ("pixels too large", lambda uav: str(uav.too_coarse)),
    ("too low", lambda uav: str(uav.too_low)),
    ("blurred", lambda uav: str(uav.blurred)),
    ("frontlap (worst 5 %)", lambda uav: _spread(uav.frontlap, lambda v: f"{100 * v:.0f} %")),
    ("sidelap (worst 5 %)", lambda uav: _spread(uav.sidelap, lambda v: f"{100 * v:.0f} %")),
    ("off the line (worst 5 %)", lambda uav: _spread(uav.off_line_m, lambda v: f"{v:.1f} m")),
    ("above the line (worst 5 %)", lambda uav: _spread(uav.rise_m, lambda v: f"{v:+.1f} m")),
    ("blur (worst 5 %)", lambda uav: _spread(uav.blur_px, lambda v: f"{v:.2f} px")),
)


def flown_tables(found: Verification) -> list[Table]:
    """Make the tables: UAVs beside each other, the ground, the gaps, what was not used."""
    several = len(found.uavs) > 1
    columns = [*found.uavs, *([found.fleet] if several else [])]
    uavs = plain_table("", *(uav.id for uav in columns))
    for name, cell in _ROWS:
        uavs.add_row(name, *(cell(uav) for uav in columns))
    views = found.views
    ground = plain_table("ground", "")
    rows = [
        ("area", f"{found.area_m2 / 10_000:,.2f} ha"),
        ("promised", found.promised),
        ("photos that see a point, mean", _beside(views.mean, views.planned_mean)),
        ("photos that see a point, median", _beside(views.median, views.planned_median)),
        ("all but the worst 5 %", f"{views.p5} or more"),
        ("on no photo", f"{views.unseen_percent:.2f} %"),
        ("in gaps", f"{found.gaps_m2:,.0f} m2, {views.short_percent:.2f} %"),
    ]
    for row in rows:
        ground.add_row(*row)
    tables = [uavs, ground]
    if found.gaps:
        gaps = plain_table("gap", "size", "photos, least", "wanted", "longitude", "latitude")
        for gap in found.gaps[:_MOST_GAPS]:
            lon, lat = gap.lon_lat_deg
            gaps.add_row(str(gap.number), f"{gap.area_m2:,.0f} m2", str(gap.least_views),
                         str(gap.wanted_views), f"{lon:.6f}", f"{lat:.6f}")  # fmt: skip
        if len(found.gaps) > _MOST_GAPS:
            gaps.add_row(f"and {len(found.gaps) - _MOST_GAPS} smaller ones", "", "", "", "", "")
        tables.append(gaps)
    if found.unused:
        unused = plain_table("not used", "why")
        for one in found.unused[:_MOST_UNUSED]:
            unused.add_row(one.name, one.reason)
        if len(found.unused) > _MOST_UNUSED:
            unused.add_row(f"and {len(found.unused) - _MOST_UNUSED} more", "see --json")
        tables.append(unused)
    return tables


def _beside(flown: float, planned: float) -> str:
    return f"{flown:.4g} (planned {planned:.4g})" if planned else f"{flown:.4g}"


@click.command("verify")
@click.argument("source", metavar="PLAN|AREA", type=click.Path(path_type=Path))
@click.argument("photos", metavar="PHOTOS_OR_LOGS...", nargs=-1, required=True)
@photo_options
@click.option(
    "--gaps", type=click.Path(path_type=Path), metavar="FILE", help="Write the gaps as GeoJSON."
)
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="FILE", help="Write a page with a map."
)
@overwrite_option
@json_option
@click.pass_context
def verify_command(
    ctx: click.Context,
    source: Path,
    photos: tuple[str, ...],
    views: int | None,
    camera: str | None,
    height: float | None,
    ground: float | None,
    terrain: str | None,
    gaps: Path | None,
    report: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Hold the photos and logs of a flight against its plan, or against an area alone.

    PHOTOS_OR_LOGS are files and folders: JPEG, DNG and TIFF, .tlog, ArduPilot .bin, PX4 .ulg, CSV
    tables of positions. UAV=PATH tells whose they are; else folders named after a UAV, MAVLink
    system ids and the lines at which photos lie tell it.

    The exit status is 0 when the ground has what it was promised, 1 when gaps are left.
    """
    written = [path for path in (gaps, report) if path is not None]
    refuse_existing(written, overwrite=overwrite, instead="another name")
    wishes = Wishes(least_views=views, height_m=height, ground_m=ground, camera=camera)
    held = read_plan_or_area(source, terrain)
    with observer_for(ctx.obj["quiet"]) as observer:
        found = verify(held, photos, wishes=wishes, observer=observer)
    contents: dict[Path, str | bytes] = {}
    if gaps is not None:
        contents[gaps] = gaps_geojson(found)
    if report is not None:
        contents[report] = verification_html(found)
    write_many_atomic(contents)
    if as_json:
        click.echo(verification_json(found), nl=False)
    else:
        console = terminal()
        for table in flown_tables(found):
            console.print(table)
        print_findings(found.findings, console)
        good = "[green]complete[/]: the ground has what it was promised"
        left = f"{len(found.gaps)} gaps are left" if found.gaps else "see the errors"
        bad = f"[red]NOT complete[/]: {left}"
        console.print(good if found.complete else bad, highlight=False)
        if not found.complete and not isinstance(held, Mission):
            command = " ".join(["mcpp refly", str(source), *photos])
            console.print(f"fly only what is missing: {command}", highlight=False, soft_wrap=True)
    ctx.exit(0 if found.complete else 1)
