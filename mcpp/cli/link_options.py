"""What the commands that speak to vehicles share: options, progress bars, a stop that tidies up."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from mcpp.api import read_plan, recheck
from mcpp.cli.options import Decorator
from mcpp.errors import InputError
from mcpp.link.fleet import LinkChoice, fleet_links, fleet_loads, parse_choice
from mcpp.link.signing import read_key
from mcpp.link.upload import VehicleLoad
from mcpp.link.watch import Watched
from mcpp.model import Plan
from mcpp.outputs import refuse_unsafe

CANCELLED_STATUS = 130


class UavLink(click.ParamType[tuple[str, str]]):
    """A UAV's link as ``NAME=LINK`` or ``NAME=LINK@SYSTEM``."""

    name = "NAME=LINK"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        uav, equals, link = str(value).partition("=")
        if not (uav and equals and link):
            self.fail(f"{value!r} is not NAME=LINK, as in a=udp:127.0.0.1:14550", param, ctx)
        return uav.strip(), link.strip()


_OPTIONS: tuple[Decorator, ...] = (
    click.option(
        "--uav",
        "uavs",
        type=UavLink(),
        multiple=True,
        help="Link of one UAV: udp:HOST:PORT listens, udpout: speaks first, tcp:, tcpin:,"
        " serial:PATH:BAUD; @SYSTEM names its system id. Goes before the mission file's.",
    ),
    click.option(
        "--link", "common", metavar="LINK", help="Link of all other UAVs, told apart by system id."
    ),
    click.option("--only", multiple=True, metavar="NAME", help="This UAV only; may be repeated."),
    click.option("--sortie", type=click.IntRange(min=1), default=1, show_default=True),
    click.option(
        "--key",
        "key_file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="File with the MAVLink 2 signing key: 32 bytes, 64 hex digits or a passphrase.",
    ),
)

plan_argument: Decorator = click.argument(
    "plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True)
)


def link_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which vehicles, and how to reach them."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def key_of(key_file: Path | None) -> bytes | None:
    """Read the signing key, if one is given."""
    return None if key_file is None else read_key(key_file)


def safe_plan(plan_file: Path) -> Plan:
    """Read a plan that is to be flown, and check it again.

    Raises
    ------
    UnsafePlanError
        When it fails.
    """
    plan = recheck(read_plan(plan_file))
    refuse_unsafe(plan)
    return plan


def chosen_fleet(
    plan: Plan,
    uavs: tuple[tuple[str, str], ...],
    common: str | None,
    only: tuple[str, ...],
    sortie: int,
) -> tuple[tuple[VehicleLoad, ...], dict[str, LinkChoice]]:
    """Settle what each chosen UAV is to hold, and its link.

    Raises
    ------
    InputError
        For a UAV that the plan has not.
    """
    links = fleet_links(plan, dict(uavs), common=common)
    for name in only:
        if name not in links:
            msg = f"--only {name}: the plan has no such UAV; it has {', '.join(links)}"
            raise InputError(msg)
    loads = fleet_loads(plan, links, sortie=sortie)
    chosen = tuple(load for load in loads if not only or load.uav in only)
    if not chosen:
        msg = f"--only {', '.join(only)}: no sortie {sortie} is planned for it"
        raise InputError(msg)
    return chosen, {load.uav: links[load.uav] for load in chosen}


def watched_fleet(
    plan: Plan, loads: tuple[VehicleLoad, ...], links: dict[str, LinkChoice], sortie: int
) -> list[Watched]:
    """Describe the chosen UAVs to the watcher, with their planned times."""
    names = [uav.id for uav in plan.mission.uavs]
    durations_s = {
        names[flown.uav]: float(flown.time_s[-1] - flown.time_s[0])
        for flown in plan.sorties
        if flown.number == sortie
    }
    return [
        Watched(
            uav=load.uav,
            link=links[load.uav].address,
            system_id=links[load.uav].system_id,
            mission=load.mission,
            start_lon_lat_deg=load.expected.start_lon_lat_deg,
            planned_s=durations_s[load.uav],
            home_first=load.expected.autopilot == "ardupilot",
        )
        for load in loads
    ]


def named_only(uavs: tuple[tuple[str, str], ...], common: str | None) -> dict[str, LinkChoice]:
    """Links of vehicles without a plan: those that --uav names.

    Raises
    ------
    InputError
        When there is none.
    """
    if not uavs:
        msg = "no vehicle: give a PLAN, or --uav NAME=LINK"
        raise InputError(msg)
    choices = {uav: parse_choice(link) for uav, link in uavs}
    if common is not None:
        msg = f"--link {common}: without a PLAN each vehicle needs its own --uav NAME=LINK"
        raise InputError(msg)
    return choices


class StopSwitch:
    """Set by the first SIGINT or SIGTERM; a second one ends the program at once."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        """Ask for the end."""
        self._event.set()


@contextmanager
def stop_on_signals() -> Iterator[StopSwitch]:
    """Turn the first SIGINT or SIGTERM into a request, so that vehicles are left in order."""
    switch = StopSwitch()
    if threading.current_thread() is not threading.main_thread():
        yield switch
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def handle(number: int, frame: FrameType | None) -> None:
        del frame
        switch.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, handle)
    try:
        yield switch
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class TransferBars:
    """One progress bar per vehicle on stderr; a context and a `TransferObserver`."""

    def __init__(self, should_stop: Callable[[], bool], *, quiet: bool) -> None:
        self.should_stop = should_stop
        self._progress = Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TextColumn("{task.fields[stage]}"),
            console=Console(stderr=True),
            disable=quiet,
        )
        self._bars: dict[str, TaskID] = {}

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        if uav not in self._bars:
            self._bars[uav] = self._progress.add_task(uav, total=total, stage=stage)
        self._progress.update(self._bars[uav], completed=done, total=total, stage=stage)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()
