"""`mcpp simulate`: a simulated fleet on this computer."""

import time
from pathlib import Path

import click

from mcpp.api import read_plan
from mcpp.cli.link_options import key_of, link_options, plan_argument, stop_on_signals
from mcpp.errors import LinkError
from mcpp.io.atomic import write_text_atomic
from mcpp.io.text import dump_json
from mcpp.link.fleet import fleet_links
from mcpp.link.simulate import SimulatedFleet, flight_log, simulated_vehicles


@click.command("simulate")
@plan_argument
@link_options
@click.option(
    "--speedup",
    type=click.FloatRange(min=0, min_open=True, max=1000),
    default=1.0,
    show_default=True,
    help="Seconds of flight in one second.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="GeoJSON of what was flown.")
@click.option("--until-landed", is_flag=True, help="End when all have flown and landed.")
@click.option("--for", "seconds", type=float, help="Stop after so many seconds.")
@click.pass_context
def simulate_command(
    ctx: click.Context,
    plan_file: Path,
    uavs: tuple[tuple[str, str], ...],
    common: str | None,
    only: tuple[str, ...],
    sortie: int,
    key_file: Path | None,
    speedup: float,
    output: Path | None,
    until_landed: bool,
    seconds: float | None,
) -> None:
    """Put a simulated vehicle at each start of PLAN; they speak MAVLink on this computer.

    They are kinematics, not autopilots: no wind, no attitude, no failures. Each takes the other end
    of its UAV's link; unless told otherwise all speak to udp:127.0.0.1:14550. Links and system ids
    are settled as `mcpp upload` settles them, so that the same options reach them.
    """
    plan = read_plan(plan_file)
    links = fleet_links(plan, dict(uavs), common=common)
    system_ids = {
        uav: choice.system_id or place for place, (uav, choice) in enumerate(links.items(), 1)
    }
    vehicles = tuple(
        vehicle
        for vehicle in simulated_vehicles(
            plan, sortie=sortie, speedup=speedup, system_ids=system_ids
        )
        if not only or vehicle.name in only
    )
    if not vehicles:
        msg = f"sortie {sortie}: no chosen UAV has one"
        raise LinkError(msg)
    addresses = {uav: choice.address for uav, choice in links.items()}
    fleet = SimulatedFleet(vehicles, addresses, key=key_of(key_file))
    for vehicle in vehicles:
        words = f"{vehicle.name}: simulated {vehicle.rules.autopilot}, system {vehicle.system}"
        click.echo(f"{words}, ground link {addresses[vehicle.name]}", err=True)
    end_s = None if seconds is None else time.monotonic() + seconds
    try:
        with stop_on_signals() as stop:
            fleet.run(
                lambda: (
                    stop()
                    or (until_landed and fleet.landed)
                    or (end_s is not None and time.monotonic() >= end_s)
                )
            )
    finally:
        fleet.close()
        if output is not None:
            write_text_atomic(output, dump_json(flight_log(vehicles)))
    ctx.exit(1 if until_landed and not fleet.landed else 0)
