"""`mcpp watch` and `mcpp fly`: the fleet in the air, real or simulated."""

from collections.abc import Sequence
from contextlib import closing
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
from mcpp.cli.link_params import kept_file, set_parameters
from mcpp.cli.link_tables import FleetDisplay, print_preflight
from mcpp.cli.live_orders import ORDERS_BY_WORD, give_order, read_orders
from mcpp.cli.live_replan import LiveReplan
from mcpp.cli.main import CANCELLED_STATUS
from mcpp.cli.stopping import (
    StopSwitch,
    seconds_option,
    stop_after,
    stop_on_signals,
)
from mcpp.errors import LinkError
from mcpp.link.dividing import Dividing
from mcpp.link.fleet import start_delays_s, watched_fleet
from mcpp.link.fly import FleetPilot
from mcpp.link.guard import Guards
from mcpp.link.preflight import Limits, Preflight
from mcpp.link.upload import VehicleLoad, upload_fleet
from mcpp.link.watch import FleetWatcher, Watched

log_option = click.option(
    "--log",
    type=click.Path(path_type=Path),
    help="New file for all messages (.tlog); beside it each vehicle gets one of its own.",
)


@click.command("watch")
@optional_plan_argument
@fleet_options
@log_option
@seconds_option
@click.pass_context
def watch_command(
    ctx: click.Context,
    plan_file: Path | None,
    fleet: FleetOptions,
    log: Path | None,
    seconds: float | None,
) -> None:
    """Show the fleet live: mode, position, item, battery, link, share flown, expected end.

    Nothing is sent but a heartbeat and the wish for telemetry. Events go to stdout, one a line.

    With PLAN, a line on stdin divides what a lost UAV leaves: replan shows it, send gives it to the
    vehicles, in the air and on the ground. Nothing is started.
    """
    plan = None
    if plan_file is None:
        vehicles = [
            Watched(uav=uav, link=choice.address, system_id=choice.system_id)
            for uav, choice in fleet.named().items()
        ]
    else:
        plan = read_plan(plan_file)
        loads, links = fleet.chosen(plan)
        vehicles = watched_fleet(plan, loads, links, sortie=fleet.sortie)
    display = FleetDisplay(quiet=ctx.obj["quiet"])
    with (
        stop_on_signals() as stop,
        display,
        _open_watcher(vehicles, display, log, fleet) as watcher,
    ):
        ended = stop_after(stop, seconds)
        if plan is None or plan_file is None:
            watcher.run(ended)
            return
        pilot = FleetPilot(watcher, loads)
        live = LiveReplan(Dividing(plan, pilot, sortie=fleet.sortie), display, plan_file.parent)
        read_orders(None, live, display)
        while not ended():
            watcher.poll()
            live.notice()


def _open_watcher(
    vehicles: Sequence[Watched], display: FleetDisplay, log: Path | None, fleet: FleetOptions
) -> closing[FleetWatcher]:
    """Open the links to the vehicles, shown on the display; closed at the end of the context."""
    return closing(
        FleetWatcher(
            vehicles,
            on_state=display.on_state,
            on_event=display.on_event,
            log=log,
            key=fleet.key(),
        )
    )


@click.command("fly")
@plan_argument
@fleet_options
@log_option
@click.option("--arm", is_flag=True, help="Allow arming of real vehicles, after a typed word.")
@click.option("--check", "check_only", is_flag=True, help="Preflight checks only.")
@click.option(
    "--battery",
    type=click.IntRange(0, 100),
    default=60,
    show_default=True,
    metavar="PERCENT",
    help="Least battery charge at the start.",
)
@click.option(
    "--set", "set_them", is_flag=True, help="Write the parameters wanted, after a typed word."
)
@click.option("--own-camera", is_flag=True, help="The camera shoots by itself: ask for no trigger.")
@click.option("--any-kind", is_flag=True, help="Do not ask what kind of aircraft they are.")
@click.option(
    "--simulated",
    multiple=True,
    metavar="NAME",
    help="On your word this UAV, on a link of this computer, is a simulation.",
)
@click.option(
    "--order",
    type=click.Choice(list(ORDERS_BY_WORD)),
    help="Start nothing: give this order to the flying vehicles and end.",
)
@click.pass_context
def fly_command(
    ctx: click.Context,
    plan_file: Path,
    fleet: FleetOptions,
    log: Path | None,
    arm: bool,
    check_only: bool,
    battery: int,
    set_them: bool,
    own_camera: bool,
    any_kind: bool,
    simulated: tuple[str, ...],
    order: str | None,
) -> None:
    """Check the fleet, start it as planned, and show it until all have landed.

    Vehicles of `mcpp simulate`, ArduPilot's SITL and a PX4 with simulated motors (SYS_HITL) on this
    computer are recognised and start at once. All others count as real: they need --arm and a typed
    confirmation, or, on a link of this computer, your word for it with --simulated.

    While it runs, a line on stdin gives an order: pause, resume, return or rtl, for all or followed
    by the name of one UAV. Return flies the planned way home, round the no-fly zones; rtl is the
    autopilot's own return, which flies straight. Ctrl-C ends the display only: the vehicles fly on.

    Where a UAV is lost or called home, replan (or replan NAME) divides what it leaves among the
    others from where they are, and shows it; send gives the new missions to the vehicles in the
    air, one after another, each holding meanwhile, and to those on the ground, which start at their
    new times; keep lets all fly on. One that has landed takes its next mission too, and starts on
    the words start NAME, when its battery is changed.
    """
    plan = read_plan(plan_file) if order else safe_plan(plan_file)
    loads, links = fleet.chosen(plan)
    vehicles = watched_fleet(plan, loads, links, sortie=fleet.sortie)
    display = FleetDisplay(quiet=ctx.obj["quiet"])
    with stop_on_signals() as stop, _open_watcher(vehicles, display, log, fleet) as watcher:
        pilot = FleetPilot(watcher, loads, delays_s=start_delays_s(plan, sortie=fleet.sortie))
        if order:
            ctx.exit(give_order(pilot, watcher, ORDERS_BY_WORD[order]))
        limits = Limits(
            battery_percent=battery,
            own_camera=own_camera,
            guards=Guards(same_kind=not any_kind),
            said_simulated=frozenset(simulated),
        )
        checked = pilot.preflight(limits)
        print_preflight(checked)
        if any(result.broke_off for result in checked) and _mended(checked, loads, watcher):
            checked = pilot.preflight(limits)
            print_preflight(checked)
        if set_them and _set_wanted(checked, watcher, kept_file(plan_file)):
            checked = pilot.preflight(limits)
            print_preflight(checked)
        if check_only or not all(result.passed for result in checked):
            ctx.exit(0 if all(result.passed for result in checked) else 1)
        live = LiveReplan(Dividing(plan, pilot, sortie=fleet.sortie), display, plan_file.parent)
        status = _fly(pilot, live, display, _confirm(checked, arm=arm), stop)
    ctx.exit(status)


def _confirm(checked: tuple[Preflight, ...], *, arm: bool) -> tuple[str, ...]:
    """Ask for the typed word when vehicles may be real; who may be armed.

    Raises
    ------
    LinkError
        When --arm is missing or the word is another.
    """
    real = tuple(result.uav for result in checked if not result.simulated)
    if not real:
        return ()
    if not arm:
        msg = f"{', '.join(real)}: may be real, nothing was armed; give --arm to fly them"
        raise LinkError(msg)
    word = f"ARM {len(real)}"
    click.echo(f"{', '.join(real)}: not known to be simulated. Keep clear of the propellers.")
    typed = click.prompt(f"Type {word} to arm", err=True, default="", show_default=False)
    if typed.strip() != word:
        msg = f"{typed.strip()!r} is not {word!r}: nothing was armed"
        raise LinkError(msg)
    return real


def _mended(
    checked: Sequence[Preflight], loads: Sequence[VehicleLoad], watcher: FleetWatcher
) -> bool:
    """Offer to upload again what an upload that broke off has left; whether that was done."""
    names = [result.uav for result in checked if result.broke_off]
    try:
        wanted = click.confirm(f"Upload to {', '.join(names)} again now?", default=False, err=True)
    except click.Abort:  # nobody is there to answer
        wanted = False
    if not wanted:
        return False
    broken = [load for load in loads if load.uav in names]
    for result in upload_fleet(broken, {}, loop=watcher.loop):
        click.echo(str(result), err=not result.verified)
    return True


def _set_wanted(checked: Sequence[Preflight], watcher: FleetWatcher, kept: Path) -> bool:
    """Write the parameters that do not suit the plan; whether there were any."""
    checks = [result.parameters for result in checked if result.parameters is not None]
    wanted = {check.uav: check.changes() for check in checks}
    if not any(wanted.values()):
        return False
    set_parameters(checks, wanted, kept, loop=watcher.loop)
    return True


def _fly(
    pilot: FleetPilot,
    live: LiveReplan,
    display: FleetDisplay,
    confirmed: tuple[str, ...],
    stop: StopSwitch,
) -> int:
    """Launch, show and wait; the exit status."""
    watcher = pilot.watcher
    failed: set[str] = set()

    def on_start(uav: str, problem: str) -> None:
        display.note(uav, f"not started: {problem}" if problem else "started")
        (failed.add if problem else failed.discard)(uav)

    def on_order(uav: str, problem: str) -> None:
        display.note(uav, problem or "order accepted")

    with display:
        pilot.launch(on_start, confirmed=confirmed)
        read_orders(lambda order, uavs: pilot.order(order, on_order, uavs), live, display)
        while not stop():
            watcher.poll()
            live.notice()
            stays = failed - live.dividing.grounded.by_word
            if all(watcher.states[uav].ending or uav in stays for uav in pilot.loads):
                break
    for uav in pilot.loads:
        click.echo(_ended_words(watcher, uav))
    if stop():
        click.echo("the vehicles fly on: mcpp fly PLAN --order return calls them back", err=True)
        return CANCELLED_STATUS
    return 0 if all(watcher.states[uav].finished for uav in pilot.loads) else 1


def _ended_words(watcher: FleetWatcher, uav: str) -> str:
    """Say how the flight of one UAV ended, and how much of its mission was flown."""
    tracker = watcher.trackers[uav]
    state = tracker.state
    reached, of = tracker.waypoints()
    words = f"{uav}: {state.ending or 'not ended'}, {reached} of {of} waypoints reached"
    if state.photos_planned is not None:
        words += f", {state.photos} of {state.photos_planned} photos"
    if state.ending not in ("", "done"):
        words += f": {state.ending_text}"
    return words
