"""`mcpp simulate`: a simulated fleet on this computer."""

from pathlib import Path

import click

from mcpp.api import read_plan
from mcpp.cli.link_options import FleetOptions, fleet_options, plan_argument
from mcpp.cli.options import NumberRange
from mcpp.cli.stopping import seconds_option, stop_after, stop_on_signals
from mcpp.errors import LinkError
from mcpp.io.atomic import write_text_atomic
from mcpp.io.text import dump_json
from mcpp.link.fleet import all_system_ids, fleet_links
from mcpp.link.simulate import SimulatedFleet, flight_log, simulated_vehicles


@click.command("simulate")
@plan_argument
@fleet_options
@click.option(
    "--speedup",
    type=NumberRange(min=0, min_open=True, max=1000),
    default=1.0,
    show_default=True,
    help="Seconds of flight in one second.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="GeoJSON of what was flown.")
@click.option("--until-landed", is_flag=True, help="End when all have flown and landed.")
@click.option(
    "--as-shipped", is_flag=True, help="With the firmware's default parameters, not set up."
)
@seconds_option
@click.pass_context
def simulate_command(
    ctx: click.Context,
    plan_file: Path,
    fleet: FleetOptions,
    speedup: float,
    output: Path | None,
    until_landed: bool,
    as_shipped: bool,
    seconds: float | None,
) -> None:
    """Put a simulated vehicle at each start of PLAN; they speak MAVLink on this computer.

    They are kinematics, not autopilots: no wind, no attitude, no failures. Each takes the other end
    of its UAV's link; unless told otherwise all speak to udp:127.0.0.1:14550. Links and system ids
    are settled as `mcpp upload` settles them, so that the same options reach them.
    """
    plan = read_plan(plan_file)
    links = fleet_links(plan, fleet.given, common=fleet.common)
    vehicles = tuple(
        vehicle
        for vehicle in simulated_vehicles(
            plan,
            sortie=fleet.sortie,
            speedup=speedup,
            system_ids=all_system_ids(links),
            as_shipped=as_shipped,
        )
        if not fleet.only or vehicle.name in fleet.only
    )
    if not vehicles:
        msg = f"sortie {fleet.sortie}: no chosen UAV has one"
        raise LinkError(msg)
    addresses = {uav: choice.address for uav, choice in links.items()}
    simulated = SimulatedFleet(vehicles, addresses, key=fleet.key())
    for vehicle in vehicles:
        words = f"{vehicle.name}: simulated {vehicle.rules.autopilot}, system {vehicle.system}"
        click.echo(f"{words}, ground link {addresses[vehicle.name]}", err=True)
    try:
        with stop_on_signals() as stop:
            ended = stop_after(stop, seconds)
            simulated.run(lambda: ended() or (until_landed and simulated.landed))
    finally:
        simulated.close()
        if output is not None:
            write_text_atomic(output, dump_json(flight_log(vehicles)))
    ctx.exit(1 if until_landed and not simulated.landed else 0)
