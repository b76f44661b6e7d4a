"""What the commands that speak to vehicles are given: a plan, and which vehicles to reach how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from mcpp.api import read_plan, recheck
from mcpp.cli.options import Decorator, each_once
from mcpp.errors import InputError
from mcpp.export.folder import refuse_unsafe
from mcpp.link.fleet import LinkChoice, fleet_links, fleet_loads, parse_choice
from mcpp.link.signing import read_key
from mcpp.link.upload import VehicleLoad
from mcpp.model import Plan

_PLAN = click.Path(path_type=Path, allow_dash=True)
plan_argument: Decorator = click.argument("plan_file", metavar="PLAN", type=_PLAN)
optional_plan_argument: Decorator = click.argument(
    "plan_file", metavar="[PLAN]", required=False, type=_PLAN
)


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
        callback=each_once,
        help="Link of one UAV: udp:HOST:PORT listens, udpout: speaks first, tcp:, tcpin:,"
        " serial:PATH:BAUD; @SYSTEM names its system id. Goes before the mission file's.",
    ),
    click.option(
        "--link", "common", metavar="LINK", help="Link of all other UAVs, told apart by system id."
    ),
    click.option("--only", multiple=True, metavar="NAME", help="This UAV only; may be repeated."),
    click.option(
        "--sortie",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Number of the flight, of those that a battery each allows.",
    ),
    click.option(
        "--key",
        "key_file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="File with the MAVLink 2 signing key: 32 bytes, 64 hex digits or a passphrase.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetOptions:
    """Which vehicles a command is for, and how to reach them.

    Attributes
    ----------
    given
        Link by UAV id.
    common
        Link of all other UAVs, or None.
    only
        UAV ids; empty for all.
    sortie
        Number, counted from 1.
    key_file
        Signing key, or None.
    """

    given: Mapping[str, str]
    common: str | None
    only: tuple[str, ...]
    sortie: int
    key_file: Path | None

    def key(self) -> bytes | None:
        """Read the signing key, if one is given."""
        return None if self.key_file is None else read_key(self.key_file)

    def chosen(self, plan: Plan) -> tuple[tuple[VehicleLoad, ...], dict[str, LinkChoice]]:
        """Settle what each chosen UAV of a plan is to hold, and its link.

        Raises
        ------
        InputError
            For a UAV that the plan has not.
        """
        links = fleet_links(plan, self.given, common=self.common)
        for name in self.only:
            if name not in links:
                msg = f"--only {name}: the plan has no such UAV; it has {', '.join(links)}"
                raise InputError(msg)
        loads = fleet_loads(plan, links, sortie=self.sortie)
        chosen = tuple(load for load in loads if not self.only or load.uav in self.only)
        if not chosen:
            msg = f"--only {', '.join(self.only)}: no sortie {self.sortie} is planned for it"
            raise InputError(msg)
        return chosen, {load.uav: links[load.uav] for load in chosen}

    def named(self) -> dict[str, LinkChoice]:
        """Links of vehicles without a plan: those that --uav names.

        Raises
        ------
        InputError
            When there is none.
        """
        if not self.given:
            msg = "no vehicle: give a PLAN, or --uav NAME=LINK"
            raise InputError(msg)
        choices = {uav: parse_choice(link) for uav, link in self.given.items()}
        if self.common is not None:
            msg = f"--link {self.common}: without a PLAN each vehicle needs its own --uav NAME=LINK"
            raise InputError(msg)
        return choices


def fleet_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a fleet, as one argument `fleet`."""

    @wraps(function)
    def command(
        *args: Any,
        uavs: tuple[tuple[str, str], ...],
        common: str | None,
        only: tuple[str, ...],
        sortie: int,
        key_file: Path | None,
        **rest: Any,
    ) -> Any:
        fleet = FleetOptions(
            given=dict(uavs), common=common, only=only, sortie=sortie, key_file=key_file
        )
        return function(*args, fleet=fleet, **rest)

    decorated: Callable[..., Any] = command
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


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
