"""`mcpp upload`, `mcpp download` and `mcpp diff`: missions to vehicles, and what they hold."""

from dataclasses import asdict
from pathlib import Path

import click

from mcpp.api import read_plan
from mcpp.cli.link_options import (
    FleetOptions,
    fleet_options,
    optional_plan_argument,
    plan_argument,
    safe_plan,
)
from mcpp.cli.link_tables import TransferBars
from mcpp.cli.main import CANCELLED_STATUS
from mcpp.cli.options import NumberRange, json_option
from mcpp.cli.stopping import stop_on_signals
from mcpp.errors import LinkError
from mcpp.io.atomic import write_text_atomic
from mcpp.io.text import dump_json
from mcpp.link.diff import broken_off_at
from mcpp.link.download import OnVehicle, compare_fleet, download_fleet, items_value
from mcpp.link.fleet import LinkChoice
from mcpp.link.guard import Guards
from mcpp.link.preflight import broken_words
from mcpp.link.upload import upload_fleet

_SHOWN = 20


@click.command("upload")
@plan_argument
@fleet_options
@click.option(
    "--start-within",
    "start_within_m",
    type=NumberRange(min=0, min_open=True),
    default=100.0,
    show_default=True,
    metavar="M",
    help="Farthest that a vehicle may stand from its planned start.",
)
@click.option("--any-place", is_flag=True, help="Do not ask where the vehicles stand.")
@click.option("--any-kind", is_flag=True, help="Do not ask what kind of aircraft they are.")
@json_option
@click.pass_context
def upload_command(
    ctx: click.Context,
    plan_file: Path,
    fleet: FleetOptions,
    start_within_m: float,
    any_place: bool,
    any_kind: bool,
    as_json: bool,
) -> None:
    """Upload mission, fence and rally points of PLAN to the whole fleet, and verify them.

    All vehicles are served at once. Everything is read back and compared; only then a vehicle is
    reported as done. The exit status is 1 when any is not.
    """
    loads, links = fleet.chosen(safe_plan(plan_file))
    guards = Guards(start_within_m=None if any_place else start_within_m, same_kind=not any_kind)
    with stop_on_signals() as stop, TransferBars(stop, quiet=ctx.obj["quiet"]) as bars:
        results = upload_fleet(
            loads,
            {uav: choice.address for uav, choice in links.items()},
            guards=guards,
            key=fleet.key(),
            observer=bars,
        )
    if as_json:
        click.echo(dump_json([asdict(result) for result in results]), nl=False)
    else:
        for result in results:
            click.echo(str(result), err=not result.verified)
    if any(result.state == "cancelled" for result in results):
        ctx.exit(CANCELLED_STATUS)
    ctx.exit(0 if all(result.verified for result in results) else 1)


def _read(
    ctx: click.Context, links: dict[str, LinkChoice], fleet: FleetOptions
) -> tuple[OnVehicle, ...]:
    with stop_on_signals() as stop, TransferBars(stop, quiet=ctx.obj["quiet"]) as bars:
        found = download_fleet(
            {uav: choice.address for uav, choice in links.items()},
            {uav: choice.system_id for uav, choice in links.items()},
            key=fleet.key(),
            observer=bars,
        )
    if stop():
        ctx.exit(CANCELLED_STATUS)
    for vehicle in found:
        if not vehicle.known:
            click.echo(f"{vehicle.uav}: not read: {vehicle.reason}", err=True)
    return found


@click.command("download")
@optional_plan_argument
@fleet_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="New file instead of stdout.")
@click.pass_context
def download_command(
    ctx: click.Context,
    plan_file: Path | None,
    fleet: FleetOptions,
    output: Path | None,
) -> None:
    """Read mission, fence and rally points from vehicles, as JSON.

    PLAN only names the UAVs and their links; without it, --uav does.
    """
    if output is not None and output.exists():
        msg = f"{output}: it is already there: give another name"
        raise LinkError(msg)
    if plan_file is None:
        links = fleet.named()
    else:
        _, links = fleet.chosen(read_plan(plan_file))
    found = _read(ctx, links, fleet)
    text = dump_json(
        {
            vehicle.uav: {
                "system_id": vehicle.system_id,
                "autopilot": vehicle.autopilot,
                "mission": items_value(vehicle.mission),
                "fence": items_value(vehicle.fence),
                "rally": items_value(vehicle.rally),
            }
            for vehicle in found
            if vehicle.known
        }
    )
    if output is None:
        click.echo(text, nl=False)
    else:
        write_text_atomic(output, text)
    ctx.exit(0 if all(vehicle.known for vehicle in found) else 1)


@click.command("diff")
@plan_argument
@fleet_options
@click.pass_context
def diff_command(
    ctx: click.Context,
    plan_file: Path,
    fleet: FleetOptions,
) -> None:
    """Say where the missions, fences and rally points on the vehicles differ from PLAN.

    What an autopilot is known to change is no difference. The exit status is 1 when there is one.
    """
    loads, links = fleet.chosen(read_plan(plan_file))
    found = _read(ctx, links, fleet)
    compared = compare_fleet(loads, found)
    held = {vehicle.uav: vehicle for vehicle in found}
    for load in loads:
        vehicle = held[load.uav]
        broken = broken_off_at(load.mission, vehicle.mission, autopilot=vehicle.autopilot)
        if vehicle.known and broken is not None:
            click.echo(f"{load.uav}: {broken_words(broken, len(load.mission))}")
    for uav, wrong in compared.items():
        for difference in wrong[:_SHOWN]:
            click.echo(f"{uav}: {difference}")
        if len(wrong) > _SHOWN:
            click.echo(f"{uav}: and {len(wrong) - _SHOWN} more differences")
        if not wrong:
            click.echo(f"{uav}: as planned")
    same = len(compared) == len(loads) and not any(compared.values())
    ctx.exit(0 if same else 1)
