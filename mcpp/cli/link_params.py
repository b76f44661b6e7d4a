"""`mcpp params`: the parameters that can end or spoil the planned flight."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from mcpp.api import read_plan
from mcpp.cli.link_options import FleetOptions, fleet_options, plan_argument
from mcpp.cli.options import each_once
from mcpp.errors import InputError, LinkError
from mcpp.io.atomic import write_many_atomic
from mcpp.io.text import dump_json
from mcpp.link.commands import Param
from mcpp.link.fleet import LinkChoice
from mcpp.link.kept import drop_values, keep_values, read_kept
from mcpp.link.loop import LinkLoop
from mcpp.link.param_file import param_file_name, param_file_text
from mcpp.link.parameters import (
    ParameterCheck,
    check_parameters,
    family_of,
    unfit_parameters,
    write_parameters,
)
from mcpp.link.sim_params import WHOLE, firmware_defaults
from mcpp.link.upload import VehicleLoad
from mcpp.link.vehicle_motion import motion_from, motion_value
from mcpp.link.wire import dialect

KEPT_NAME = "parameters-before.json"


class NamedValue(click.ParamType[tuple[str, float]]):
    """A parameter's value as ``NAME=VALUE``."""

    name = "NAME=VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        name, _, number = str(value).partition("=")
        try:
            return name.strip().upper(), float(number)
        except ValueError:
            self.fail(f"{value!r} is not NAME=VALUE, as in CAM1_TYPE=1", param, ctx)


def kept_file(plan_file: Path) -> Path:
    """Where the former values of a plan's vehicles are kept: beside the plan."""
    folder = Path() if str(plan_file) == "-" else plan_file.parent
    return folder / KEPT_NAME


@click.command("params")
@plan_argument
@fleet_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for a file per vehicle."
)
@click.option("--offline", is_flag=True, help="Ask no vehicle: take the firmware's defaults.")
@click.option("--set", "set_them", is_flag=True, help="Write what is wanted, after a typed word.")
@click.option(
    "--value",
    "given",
    type=NamedValue(),
    multiple=True,
    callback=each_once,
    help="Wanted too; may be repeated.",
)
@click.option(
    "--motion",
    is_flag=True,
    help="Print how each multirotor moves, for aircraft[].motion of the mission file.",
)
@click.option("--restore", is_flag=True, help="Write the former values back, after a typed word.")
@click.pass_context
def params_command(
    ctx: click.Context,
    plan_file: Path,
    fleet: FleetOptions,
    output: Path | None,
    offline: bool,
    set_them: bool,
    given: tuple[tuple[str, float], ...],
    motion: bool,
    restore: bool,
) -> None:
    """Compare the parameters that can end or spoil the flight with PLAN.

    Each that does not suit it is named with what would be right. --set writes those to the
    vehicles and reads them back; the former values are kept beside the plan, and --restore writes
    them back. With -o a parameter file per vehicle holds what is wanted, for a ground station.

    The exit status is 1 when a parameter would end or spoil the flight.
    """
    if offline and (set_them or restore):
        raise InputError("--offline reaches no vehicle: leave --set and --restore out")
    loads, links = fleet.chosen(read_plan(plan_file))
    if restore:
        ctx.exit(0 if _restore(kept_file(plan_file), links, fleet) else 1)
    extra = dict(given)
    checks = (
        tuple(_assumed(load) for load in loads)
        if offline
        else check_parameters(loads, _addresses(links), given=tuple(extra), key=fleet.key())
    )
    if motion:
        moving = {c.uav: motion_value(c.motion) for c in checks if c.motion is not None}
        click.echo(dump_json(moving), nl=False)
        ctx.exit(0 if len(moving) == len(checks) else 1)
    print_parameters(checks)
    wanted = {check.uav: check.changes(extra) for check in checks}
    if output is not None:
        _write_files(output, checks, extra)
    if set_them and any(wanted.values()):
        if not set_parameters(checks, wanted, kept_file(plan_file), links=links, key=fleet.key()):
            ctx.exit(1)
        checks = check_parameters(loads, _addresses(links), given=tuple(extra), key=fleet.key())
        print_parameters(checks)
    ctx.exit(1 if any(c.reason or any(u.blocks for u in c.unfit) for c in checks) else 0)


def _addresses(links: Mapping[str, LinkChoice]) -> dict[str, str]:
    return {uav: choice.address for uav, choice in links.items()}


def _assumed(load: VehicleLoad) -> ParameterCheck:
    """Judge a vehicle that nobody has set up."""
    autopilot, kind = load.expected.autopilot, load.expected.kind
    family = family_of(autopilot, wing=kind != "multirotor")
    if family is None or load.needs is None:
        return ParameterCheck(uav=load.uav, held={}, reason="its autopilot is not known")
    values = firmware_defaults(autopilot, kind)
    whole, real = int(dialect.MAV_PARAM_TYPE_INT32), int(dialect.MAV_PARAM_TYPE_REAL32)
    return ParameterCheck(
        uav=load.uav,
        autopilot=autopilot,
        system_id=load.system_id,
        held={
            name: Param(value, whole if family == "px4" and name in WHOLE else real)
            for name, value in values.items()
        },
        unfit=unfit_parameters(family, values, load.needs),
        motion=motion_from(family, values),
    )


def print_parameters(checks: Sequence[ParameterCheck]) -> None:
    """Say which parameters do not suit the plan."""
    for check in checks:
        if check.reason:
            click.echo(f"{check.uav}: parameters not read: {check.reason}", err=True)
        for unfit in check.unfit:
            advice = "" if unfit.blocks else "advice: "
            click.echo(f"{check.uav}: {advice}{unfit}")
        if not check.reason and not check.unfit:
            click.echo(f"{check.uav}: parameters suit the plan")


def _write_files(
    folder: Path, checks: Sequence[ParameterCheck], given: Mapping[str, float]
) -> None:
    """Write a file per vehicle with what is wanted of it."""
    files: dict[Path, str | bytes] = {}
    for check in checks:
        if check.reason:
            continue
        changes = check.changes(given)
        params = {name: Param(value, check.held[name].type) for name, value in changes.items()}
        path = folder / param_file_name(check.uav, check.autopilot)
        files[path] = param_file_text(
            params,
            check.autopilot,
            system_id=check.system_id or 1,
            why=f"what the plan asks of {check.uav}, written by mcpp",
        )
    there = next((path for path in files if path.exists()), None)
    if there is not None:
        raise LinkError(f"{there}: it is already there: give another folder")
    write_many_atomic(files)
    for path in files:
        click.echo(f"written: {path}", err=True)


def set_parameters(
    checks: Sequence[ParameterCheck],
    wanted: Mapping[str, Mapping[str, float]],
    kept: Path,
    *,
    links: Mapping[str, LinkChoice] | None = None,
    key: bytes | None = None,
    loop: LinkLoop | None = None,
) -> bool:
    """Write parameters after a typed word, former values kept first; whether all went well.

    Parameters
    ----------
    links
        Of the vehicles, where `loop` does not hold them open.

    Raises
    ------
    LinkError
        When the typed word is another.
    """
    held = {check.uav: check.held for check in checks}
    for uav, values in wanted.items():
        for name, value in values.items():
            click.echo(f"{uav}: {name} {held[uav][name].value:g} -> {value:g}")
    _ask("SET", sum(map(len, wanted.values())))
    chosen = {uav: values for uav, values in wanted.items() if values}
    keep_values(kept, {uav: {n: held[uav][n] for n in values} for uav, values in chosen.items()})
    click.echo(f"former values are kept in {kept}; mcpp params PLAN --restore writes them back")
    params = {
        uav: {name: Param(value, held[uav][name].type) for name, value in values.items()}
        for uav, values in chosen.items()
    }
    return _written(params, links or {}, "set", key=key, loop=loop)


def _restore(kept: Path, links: Mapping[str, LinkChoice], fleet: FleetOptions) -> bool:
    values = {uav: params for uav, params in read_kept(kept).items() if uav in links}
    if not values:
        raise LinkError(f"{kept}: no former values of these UAVs are kept there")
    for uav, params in values.items():
        for name, param in params.items():
            click.echo(f"{uav}: {name} back to {param.value:g}")
    _ask("RESTORE", sum(map(len, values.values())))
    restored = _written(values, links, "restored", key=fleet.key())
    if restored:
        drop_values(kept, values)
    return restored


def _ask(verb: str, count: int) -> None:
    word = f"{verb} {count}"
    typed = click.prompt(f"Type {word} to write", err=True, default="", show_default=False)
    if typed.strip() != word:
        raise LinkError(f"{typed.strip()!r} is not {word!r}: nothing was written")


def _written(
    values: Mapping[str, Mapping[str, Param]],
    links: Mapping[str, LinkChoice],
    done: str,
    *,
    key: bytes | None = None,
    loop: LinkLoop | None = None,
) -> bool:
    systems = {uav: choice.system_id for uav, choice in links.items()}
    results = write_parameters(values, _addresses(links), systems, key=key, loop=loop)
    for uav, problems in results.items():
        for problem in problems:
            click.echo(f"{uav}: {problem}", err=True)
        if not problems:
            click.echo(f"{uav}: {len(values[uav])} parameters {done} and read back")
    return not any(results.values())
