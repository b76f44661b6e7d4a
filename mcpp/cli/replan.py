"""`mcpp replan`: the fleet goes on when a UAV is lost or comes, or a zone appears."""

import re
from pathlib import Path

import click
from rich.console import Console

from mcpp.after.log_mavlink import read_tlog
from mcpp.after.state import state_of_logs
from mcpp.api import FleetState, Replanned, lost_state, read_plan, replan, write_outputs
from mcpp.cli.options import output_option, overwrite_option
from mcpp.cli.tables import plain_table, print_findings
from mcpp.cli.terminal import terminal
from mcpp.clock import minutes
from mcpp.errors import InfeasibleError, InputError
from mcpp.model import Plan
from mcpp.replan.file import read_state

_TIME = re.compile(r"(?:(\d+):)?(\d+):([0-5]?\d(?:\.\d+)?)")


def seconds_of(text: str, field: str) -> float:
    """Read ``754``, ``12:34`` or ``1:02:03``.

    Raises
    ------
    InputError
    """
    clock = _TIME.fullmatch(text.strip())
    if clock:
        hours, minute, second = clock.groups()
        return 3600.0 * int(hours or 0) + 60.0 * int(minute) + float(second)
    try:
        seconds = float(text)
    except ValueError:
        msg = f"{field}: {text!r} is no time: give seconds, or minutes:seconds as in 12:34"
        raise InputError(msg) from None
    if not 0 <= seconds < float("inf"):
        msg = f"{field}: {text!r}: give a time from 0 s on"
        raise InputError(msg)
    return seconds


def _losses(lost: tuple[str, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in lost:
        name, _, time = one.partition("@")
        if name in found:
            msg = f"--lost {one}: {name!r} is named twice"
            raise InputError(msg)
        found[name] = seconds_of(time, f"--lost {one}") if time else 0.0
    return found


@click.command("replan")
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--lost",
    multiple=True,
    metavar="ID[@TIME]",
    help="A UAV that flies no more, and when it was lost (seconds, or 12:34); without, before its "
    "take-off. May be repeated.",
)
@click.option("--at", "at", metavar="TIME", help="Now; without, the time of the last loss.")
@click.option(
    "--state",
    "state_file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="File with where each UAV is, and what is new: see 'mcpp schema --state'.",
)
@click.option(
    "--log",
    "logs",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Log of the flight so far (.tlog), with --lost ID: where all are at its end.",
)
@output_option("Folder for the new plan, its missions and its report.", default="replanned")
@overwrite_option
def replan_command(
    plan_file: Path,
    lost: tuple[str, ...],
    at: str | None,
    state_file: Path | None,
    logs: tuple[Path, ...],
    output: Path,
    overwrite: bool,
) -> None:
    """Divide what is left of PLAN among the UAVs that fly on.

    Survey lines stay where they are; who flies them changes. UAVs that need not change fly on as
    planned. The new plan begins where each UAV is, in the air or on the ground; it is checked from
    there, and shown as what differs. Nothing is sent: 'mcpp upload' does that.
    """
    plan = read_plan(plan_file)
    state = _of_logs(plan, lost, at, logs) if logs else _state(plan, lost, at, state_file)
    found = replan(plan, state)
    console = terminal()
    print_changes(found, state.time_s, console)
    print_findings(found.plan.report.findings, console)
    if not found.plan.report.safe:
        msg = "the new plan fails its check, and is not written: let the UAVs land"
        raise InfeasibleError(msg)
    paths = write_outputs(found.plan, output, overwrite=overwrite)
    console.print(f"{len(paths)} files in {output}; the report is {output / 'report.html'}")


def _of_logs(
    plan: Plan, lost: tuple[str, ...], at: str | None, logs: tuple[Path, ...]
) -> FleetState:
    if not lost or at is not None or any("@" in one for one in lost):
        msg = "--log: name who is lost with --lost ID; times are those of the log"
        raise InputError(msg)
    return state_of_logs(plan, [log for path in logs for log in read_tlog(path)], lost)


def _state(
    plan: Plan, lost: tuple[str, ...], at: str | None, state_file: Path | None
) -> FleetState:
    if bool(lost) == (state_file is not None):
        msg = "replan: say what has happened: --lost ID, or --state FILE"
        raise InputError(msg)
    if state_file is None:
        return lost_state(plan, _losses(lost), None if at is None else seconds_of(at, "--at"))
    if at is not None:
        msg = "--at: the time of a state stands in its file, as time_s"
        raise InputError(msg)
    return read_state(state_file)


def print_changes(found: Replanned, now_s: float, console: Console) -> None:
    """Show who gets what, and when all land; times are those of the plan before."""
    table = plain_table("UAV", "", "survey left", "now", "landed at", "lands at")
    for change in found.changes:
        word = "lost" if change.lost else "changed" if change.changed else "as it was"
        table.add_row(
            change.id,
            word,
            f"{change.survey_before_m:,.0f} m",
            f"{change.survey_m:,.0f} m",
            "-" if change.lands_before_s is None else minutes(change.lands_before_s),
            "-" if change.lands_s is None else minutes(change.lands_s),
        )
    console.print(table)
    console.print(
        f"from {minutes(now_s)} on; all have landed at {minutes(found.finish_s)}, planned was "
        f"{minutes(found.finish_before_s)}",
        highlight=False,
    )
    for note in found.notes:
        console.print(f"note: {note}", highlight=False)
