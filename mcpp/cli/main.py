"""The command `mcpp`: a group whose commands load when they are called."""

import logging
import sys
from importlib import import_module
from typing import Any

import click

from mcpp import DISTRIBUTION
from mcpp.errors import Cancelled, McppError

_COMMANDS = {
    "plan": "mcpp.cli.plan:plan_command",
    "check": "mcpp.cli.check:check_command",
    "evaluate": "mcpp.cli.evaluate:evaluate_command",
    "info": "mcpp.cli.info:info_command",
    "export": "mcpp.cli.export:export_command",
    "convert": "mcpp.cli.convert:convert_command",
    "resume": "mcpp.cli.resume:resume_command",
    "verify": "mcpp.cli.verify:verify_command",
    "refly": "mcpp.cli.refly:refly_command",
    "repeat": "mcpp.cli.repeat:repeat_command",
    "replan": "mcpp.cli.replan:replan_command",
    "study": "mcpp.cli.study:study_command",
    "batch": "mcpp.cli.batch:batch_command",
    "bench": "mcpp.cli.bench:bench_command",
    "lint": "mcpp.cli.lint:lint_command",
    "cameras": "mcpp.cli.cameras:cameras_command",
    "aircraft": "mcpp.cli.cameras:aircraft_command",
    "gui": "mcpp.cli.gui:gui_command",
    "schema": "mcpp.cli.schema:schema_command",
    "planners": "mcpp.cli.planners:planners_command",
    "upload": "mcpp.cli.link_commands:upload_command",
    "download": "mcpp.cli.link_commands:download_command",
    "diff": "mcpp.cli.link_commands:diff_command",
    "params": "mcpp.cli.link_params:params_command",
    "watch": "mcpp.cli.link_flight:watch_command",
    "fly": "mcpp.cli.link_flight:fly_command",
    "simulate": "mcpp.cli.link_simulate:simulate_command",
    "volumes": "mcpp.cli.volumes:volumes_command",
    "terrain": "mcpp.cli.terrain:terrain_command",
    "doctor": "mcpp.cli.doctor:doctor_command",
}
CANCELLED_STATUS = 130


def _heard(ctx: click.Context, option: click.Parameter, value: int) -> None:
    """Set how much is said; the options may stand before the command, or after it."""
    said = ctx.ensure_object(dict)
    said[option.name] = max(value, said.get(option.name, 0))
    quiet, verbose = bool(said.get("quiet")), said.get("verbose", 0)
    said["quiet"] = quiet
    level = logging.ERROR if quiet else max(logging.WARNING - 10 * verbose, logging.DEBUG)
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(levelname)s: %(message)s", force=True
    )
    if level == logging.DEBUG:
        for library in ("numba", "matplotlib", "rasterio"):  # they say more than anybody can read
            logging.getLogger(library).setLevel(logging.WARNING)


def _verbose_option() -> click.Option:
    return click.Option(
        ["-v", "--verbose"],
        count=True,
        expose_value=False,
        callback=_heard,
        help="Say more on stderr; twice for everything.",
    )


def _quiet_option() -> click.Option:
    return click.Option(
        ["-q", "--quiet"],
        is_flag=True,
        expose_value=False,
        callback=_heard,
        help="No progress bars; only errors on stderr.",
    )


class LazyGroup(click.Group):
    """Imports a command when it is asked for, and tells our errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = _COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        if not any(option.name == "verbose" for option in command.params):
            command.params += [_verbose_option(), _quiet_option()]
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Cancelled, KeyboardInterrupt):
            click.echo("mcpp: stopped; nothing was written", err=True)
            ctx.exit(CANCELLED_STATUS)
        except McppError as error:
            click.echo(f"mcpp: error: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone: nothing is left to be said
            ctx.exit(1)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION, prog_name="mcpp")
def cli() -> None:
    """Plan safe, short, fairly divided coverage missions for a fleet of UAVs."""


cli.params += [_verbose_option(), _quiet_option()]


def main() -> None:
    """Run the command line."""
    cli(prog_name="mcpp")


if __name__ == "__main__":
    main()
